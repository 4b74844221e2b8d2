"""A worker: `python -m lichtspiel.studio.jobs.worker SETTINGS`, where settings are JSON.

Takes its share of what is to be done for the studio's videos. Its standard input is a line to the
process that started it: when that breaks, this process ends, and what it was at is taken by another.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError

from lichtspiel.studio import connection, media
from lichtspiel.studio.accounts import bounds
from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home, StudioError
from lichtspiel.studio.jobs import janitor, queue, workflow
from lichtspiel.studio.jobs.confine import default_limits
from lichtspiel.studio.jobs.crew import Hand
from lichtspiel.studio.jobs.making import Making
from lichtspiel.studio.jobs.presence import Presence, present
from lichtspiel.studio.jobs.settings import FORM
from lichtspiel.studio.jobs.shelf import Shelf
from lichtspiel.studio.operations import logs

_LOOK_S = 0.25
_REVIVE_S = 2.0
_TIDY_S = 600.0
_REMEMBER_MS = 24 * 3600 * 1000
"""How long workflows stay on record that have ended."""

_log = logging.getLogger(__name__)


def main(arguments: list[str]) -> None:
    """Work until the line breaks."""
    _end_with_parent()
    logs.set_up("worker")
    settings = FORM.validate_json(arguments[0])
    home = Home(settings.folder)
    place = connection.url(home)
    database = _opened(place)
    kept = media.opened(home)
    limits = default_limits(settings.memory_bytes)
    making = Making(
        home,
        database,
        kept,
        Shelf(kept) if media.is_shared() else None,
        Hand(settings.engine, limits, ready="render" in settings.queues),
        Hand(settings.engine, limits, ready="render" not in settings.queues),
        settings.patience_s,
    )
    for hand in making.hands:  # what is kept ready starts while this process connects
        hand.rest()
    with present(home, place) as presence:
        carrier = workflow.launch(home, place, presence.name, settings.queues, making)
        _look_after(making, presence, carrier)


def _opened(place: URL) -> Sessions:
    """The studio's database, once it is there: it may be starting just like this worker."""
    while True:
        try:
            return connection.sessions(place)
        except (StudioError, DBAPIError) as error:
            _log.warning("%s", str(error).splitlines()[0])
            time.sleep(_REVIVE_S)


def _look_after(making: Making, presence: Presence, carrier: workflow.Carrier) -> None:
    """Give videos their turn, see to what dead workers left, and tidy up."""
    concurrency = bounds.from_environment().quota.concurrency

    def admit() -> None:
        room = presence.count() + 1
        # Nothing is begun while the files do not answer: it would only hold up a worker.
        while queue.waits(making.database) and making.media.answers():
            job = queue.claim(making.database, room, concurrency)
            if job is None:
                return
            carrier.start(job)

    def revive() -> None:
        carrier.take_over(presence.is_dead, presence.forget)
        carrier.revive()
        for hand in making.hands:
            hand.rest()

    def tidy() -> None:
        janitor.tidy(making.home, making.database, making.media, making.shelf)
        workflow.clear(int(time.time() * 1000) - _REMEMBER_MS)

    threading.Thread(target=_again_and_again, args=(revive, _REVIVE_S), daemon=True).start()
    threading.Thread(target=_again_and_again, args=(tidy, _TIDY_S, _TIDY_S), daemon=True).start()
    _again_and_again(admit, _LOOK_S)


def _again_and_again(duty: Callable[[], None], every_s: float, first_s: float = 0.0) -> None:
    time.sleep(first_s)
    while True:
        try:
            duty()
        except Exception as error:  # the next round may succeed: the database may be back
            said = str(error).strip() or type(error).__name__
            _log.warning("%s: %s", duty.__name__, said.splitlines()[0])
        time.sleep(every_s)


def _end_with_parent() -> None:
    """Leave standard input to the parent alone, and end this group when it breaks."""
    line = os.dup(sys.stdin.fileno())
    with open(os.devnull, "rb") as nothing:  # noqa: PTH123 - a device
        os.dup2(nothing.fileno(), sys.stdin.fileno())

    def watch() -> None:
        os.read(line, 1)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main(sys.argv[1:])
