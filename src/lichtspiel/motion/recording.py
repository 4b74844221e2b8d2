"""A movement as a file of somebody else's tells it: joints over time, by whatever names they have there."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.library.asset import Array


class RecordingError(Exception):
    """A recording that cannot be used. The message says why, and what to do."""


@dataclass(frozen=True, eq=False)
class Recording:
    """Joints of one skeleton, z up, in any unit of length; parents come before their children."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    """-1 for those that hang on nothing."""
    rate_hz: float
    rest_heads: Array
    """(J, 3) where the joints are in the skeleton's own pose."""
    rest_tails: Array
    """(J, 3) where its bones end."""
    rest_turns: Array
    """(J, 3, 3) axes of its bones as columns."""
    heads: Array
    """(T, J, 3)"""
    tails: Array
    turns: Array
    """(T, J, 3, 3)"""
