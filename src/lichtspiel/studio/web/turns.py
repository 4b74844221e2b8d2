"""What takes much memory for a moment is done a few at a time, however many ask for it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from lichtspiel.studio.web.errors import ApiError

AT_ONCE = 2
PATIENCE_S = 30.0

_threads = ThreadPoolExecutor(AT_ONCE, "unpacking")
"""Always the same ones: what a thread has freed, the C library keeps for it."""


def in_turn[T](work: Callable[[], T]) -> T:
    """Unpack a picture, or what a film carries, when there is room for it.

    Raises what the work raises, and ApiError when others have kept it waiting for long.
    """
    done = _threads.submit(work)
    try:
        return done.result(PATIENCE_S)
    except TimeoutError as error:
        done.cancel()
        said = "The studio is busy with what others sent: send it again in a while."
        raise ApiError(503, said, code="busy", headers={"retry-after": "10"}) from error
