"""How long a step of a film waits for the studio's files while their store is down."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from lichtspiel.studio.jobs.crew import UnwantedError
from lichtspiel.studio.media import MediaDownError

PATIENCE_S = 300.0
"""Then the film goes back into the queue, where it waits without holding up a worker."""

_PAUSES_S = (1.0, 30.0)
"""Between two attempts: at first, and at most; each is twice the one before."""

_LOOK_S = 1.0

_log = logging.getLogger(__name__)


class LaterError(Exception):
    """The film has to be begun again later; frames that are there need not be rendered again."""


def patiently[T](ask: Callable[[], T], wanted: Callable[[], bool], patience_s: float) -> T:
    """Ask the store until it answers. Raises LaterError, and UnwantedError when nobody wants to know."""
    end = time.monotonic() + patience_s
    pause, longest = _PAUSES_S
    while True:
        try:
            return ask()
        except MediaDownError as error:
            left = end - time.monotonic()
            if left <= 0:
                raise LaterError(str(error)) from error
            _log.warning("the store of files does not answer: %s", error)
        _wait(min(pause, left), wanted)
        pause = min(2 * pause, longest)


def _wait(seconds: float, wanted: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        time.sleep(min(_LOOK_S, left))
        if not wanted():
            raise UnwantedError
