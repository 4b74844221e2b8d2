"""How far a film is, from the progress of the engine's stages."""

from __future__ import annotations

import threading
from collections.abc import Callable

SHARES = {"take": 5.0, "sound": 2.0, "frames": 90.0, "cut": 3.0}
"""Of the time a film takes, in percent. A four-second draft of a falling ball took 0.4, 1, 55 and
1 s of 57 s; takes with people take longer. The rest, such as fetching packs, comes on top."""

_UNFINISHED = 99


class Meter:
    """An engine's progress callback that passes on whole percents as they grow, from any thread."""

    def __init__(self, tell: Callable[[int], None], reached: int = 0) -> None:
        self._tell = tell
        self._reached = reached
        self._done = dict.fromkeys(SHARES, 0.0)
        self._lock = threading.Lock()

    def __call__(self, stage: str, done: int, of: int) -> None:
        with self._lock:
            if stage in SHARES and of > 0:
                self._done[stage] = max(self._done[stage], min(1.0, done / of))
            percent = int(sum(SHARES[name] * part for name, part in self._done.items()))
            percent = min(_UNFINISHED, percent)
            if percent > self._reached:
                self._reached = percent
                self._tell(percent)
