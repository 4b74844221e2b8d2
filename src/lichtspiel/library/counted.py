"""Motions that are done so many times: three claps, five push-ups, a triple pirouette."""

from __future__ import annotations

from lichtspiel.library.motion import MotionEntry
from lichtspiel.library.score import Key, Score

_OUT_S = 0.5
"""Way back from the last round of what goes on otherwise."""


def is_counted(entry: MotionEntry, score: Score | None) -> bool:
    """Whether a motion can go round so many times within itself; others are done once more as a whole."""
    return score is not None and score.cycle is not None and not (entry.passes or entry.spins or entry.plays)


def counted(entry: MotionEntry, score: Score, times: int) -> tuple[MotionEntry, Score]:
    """The motion that goes round so many times and then comes to its end."""
    if not is_counted(entry, score) or score.cycle is None:
        return entry, score
    begin, end = score.cycle
    rounds = max(times - score.counts + 1, 0)
    keys = sorted(score.keys, key=lambda key: key.at)
    inner = [key for key in keys if begin <= key.at < end - 1e-9]
    last = next((key for key in keys if key.at >= end - 1e-9), None)
    turned = ((last.turn if last else None) or 0.0) - (inner[0].turn or 0.0)
    unrolled = [key for key in keys if key.at < begin]
    for number in range(rounds):
        unrolled += [_later(key, number * (end - begin), number * turned) for key in inner]
    shift = (rounds - 1) * (end - begin)
    unrolled += [_later(key, shift, (rounds - 1) * turned) for key in keys if key.at >= end - 1e-9]
    done = max(key.at + key.hold for key in unrolled)
    way_out = _OUT_S if entry.loops else entry.duration_s - max(key.at + key.hold for key in keys)
    return (
        entry.model_copy(update={"loops": False, "duration_s": done + way_out}),
        score.model_copy(update={"keys": tuple(unrolled), "cycle": None}),
    )


def _later(key: Key, by_s: float, turned: float) -> Key:
    turn = None if key.turn is None else key.turn + turned
    return key.model_copy(update={"at": key.at + by_s, "turn": turn})
