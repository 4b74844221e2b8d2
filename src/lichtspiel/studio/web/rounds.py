"""What the server does by itself, round after round: deliver word of videos, and finish batches."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from lichtspiel.studio.web import batches, courier
from lichtspiel.studio.web.outside import Neighbours
from lichtspiel.studio.web.services import Services

_EVERY_S = 1.0

_log = logging.getLogger(__name__)


class Rounds:
    """Two threads, so that a receiver that keeps us waiting holds up no batch."""

    def __init__(self, here: Services) -> None:
        neighbours = Neighbours.from_environment()
        self._closing = threading.Event()
        self._threads = [
            self._started("deliveries", lambda: courier.deliver(here.sessions, neighbours)),
            self._started("batches", lambda: batches.finish(here)),
        ]

    def close(self) -> None:
        """Stop after what is being done."""
        self._closing.set()
        for thread in self._threads:
            thread.join()

    def _started(self, name: str, work: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=self._go_round, args=(name, work), name=name, daemon=True)
        thread.start()
        return thread

    def _go_round(self, name: str, work: Callable[[], object]) -> None:
        while not self._closing.wait(_EVERY_S):
            try:
                work()
            except Exception:
                _log.exception("the round of %s failed; the next one comes", name)
