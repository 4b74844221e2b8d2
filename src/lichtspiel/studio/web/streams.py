"""How many answers that go on for long an account has open at once."""

from __future__ import annotations

import threading
from collections import Counter

MOST = 16
"""Of an account: whoever follows more videos waits for webhooks instead."""

MOST_OF_ALL = 512
"""Of everybody together: each looks into the database every now and then."""


class Streams:
    """The open ones of one process, by account."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    def enter(self, account: str) -> bool:
        """Count another one; False when the account, or everybody together, has enough."""
        with self._lock:
            if self._open[account] >= MOST or self._open.total() >= MOST_OF_ALL:
                return False
            self._open[account] += 1
            return True

    def leave(self, account: str) -> None:
        """One of the account's has ended."""
        with self._lock:
            self._open[account] -= 1
            if not self._open[account]:
                del self._open[account]
