"""How often somebody may come: a bucket of tokens each, refilled at a steady rate."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_KEPT = 10_000
"""Buckets; the longest unused ones are forgotten, which are full again by then or nearly so."""


@dataclass(frozen=True)
class Rate:
    """So many at once, and so many a second in the long run."""

    burst: int
    per_s: float


@dataclass(frozen=True)
class Leave:
    """Whether one may, and how things stand."""

    granted: bool
    remaining: int
    wait_s: float
    """Until the next one is granted; 0 when one was."""


class Rates:
    """The buckets of one process."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def burst(self) -> int:
        return self._rate.burst

    def ask(self, who: str) -> Leave:
        """Take a token from somebody's bucket if there is one."""
        with self._lock:
            now = self._clock()
            level, since = self._buckets.pop(who, (float(self._rate.burst), now))
            level = min(self._rate.burst, level + (now - since) * self._rate.per_s)
            granted = level >= 1
            level -= granted
            self._buckets[who] = (level, now)
            if len(self._buckets) > _KEPT:
                self._buckets.popitem(last=False)
        return Leave(granted, int(level), 0.0 if granted else (1 - level) / self._rate.per_s)
