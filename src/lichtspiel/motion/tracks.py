"""Numbers between key poses: smooth, without running past any of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, IntArray


def through(times: Array, values: Array, clock: Array) -> Array:
    """Values (K, ...) at times (K,), at the moments of the clock (T,), as (T, ...).

    Before the first and after the last key they stay. Between
    keys they go along cubics with Fritsch and Carlson's slopes (1980): a turning point is a key, and what
    is equal in two keys does not move between them.
    """
    return _between(times, values[None], clock)


def through_moving(times: Array, values: Array, clock: Array) -> Array:
    """The same for values (T, K, ...) that move themselves."""
    return _between(times, values, clock)


def eased(share: Array) -> Array:
    """From 0 to 1 with rest at both ends, clipped beyond."""
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s * s * s * (10 - 15 * s + 6 * s * s))


def _between(times: Array, values: Array, clock: Array) -> Array:
    """values is (T or 1, K, ...)."""
    count = len(times)
    rows = np.arange(len(clock)) if len(values) > 1 else np.zeros(len(clock), int)
    if count == 1:
        return np.asarray(values[rows, 0])
    left = np.clip(np.searchsorted(times, clock, side="right") - 1, 0, count - 2)
    corner = np.clip(left[:, None] + np.arange(-1, 3), 0, count - 1)
    value = values[rows[:, None], corner]
    step, slope = _chords(times, value, corner)
    shape = (len(clock), *[1] * (value.ndim - 2))
    share = np.clip((clock - times[left]) / (times[left + 1] - times[left]), 0.0, 1.0).reshape(shape)
    start = _slope(step[:, 0], step[:, 1], slope[:, 0], slope[:, 1], left > 0)
    end = _slope(step[:, 1], step[:, 2], slope[:, 1], slope[:, 2], left + 2 < count)
    width = step[:, 1].reshape(shape)
    s2, s3 = share**2, share**3
    return np.asarray(
        (2 * s3 - 3 * s2 + 1) * value[:, 1]
        + (s3 - 2 * s2 + share) * width * start
        + (3 * s2 - 2 * s3) * value[:, 2]
        + (s3 - s2) * width * end
    )


def _chords(times: Array, value: Array, corner: IntArray) -> tuple[Array, Array]:
    """Widths (T, 3) of the intervals about each moment, and how steep the values are in them."""
    step = np.maximum(np.diff(times[corner], axis=1), 1e-9)
    return step, np.diff(value, axis=1) / step.reshape(*step.shape, *[1] * (value.ndim - 2))


def _slope(before_s: Array, after_s: Array, before: Array, after: Array, inside: NDArray[np.bool_]) -> Array:
    """Slopes at the keys between two intervals; none at the ends, where motion begins and comes to rest."""
    shape = (len(before_s), *[1] * (before.ndim - 1))
    first, second = (2 * after_s + before_s).reshape(shape), (after_s + 2 * before_s).reshape(shape)
    same = (before * after > 0) & inside.reshape(shape)
    safe_before, safe_after = np.where(same, before, 1.0), np.where(same, after, 1.0)
    return np.where(same, (first + second) / (first / safe_before + second / safe_after), 0.0)
