"""Faces over time: expressions that come and go, blinks, and lids that go with the eyes."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people import face
from lichtspiel.library.people.person import Person
from lichtspiel.motion.manner import Manner
from lichtspiel.motion.sway import wander
from lichtspiel.screenplay import Expression

_ONSET_S, _OFFSET_S = 0.42, 0.75
"""A felt smile takes about half a second to come, and longer to go (Ekman and Friesen, 1982)."""
_LAG_S = 0.05
"""How much later one side of a face may act than the other."""
_CLOSING_S, _SHUT_S, _OPENING_S = 0.07, 0.03, 0.15
"""Course of a blink (Sforza et al., 2008)."""
_BLINKS_HZ = 0.27


def course(
    person: Person,
    manner: Manner,
    times: Array,
    shown: list[tuple[float, Expression]],
    jumps_s: tuple[float, ...],
    eye_angles: Array,
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Face shape → weights (T,).

    shown: expressions by the time from which they show; those at or before 0 are there from the start.
    eye_angles: (T, 2) turn of the eyes in the head to the left, and up.
    """
    weights = _expressions(person, times, shown, rng)
    for name, track in _lids(eye_angles).items():
        weights[name] = np.maximum(weights.get(name, 0.0), track)
    shut = _blinks(times, manner, jumps_s, rng)
    for side, late in zip(face.SIDES, (0.0, 0.008), strict=True):
        name = f"eyeBlink{side}"
        open_lid = weights.get(name, np.zeros(len(times)))
        weights[name] = open_lid + (1 - open_lid) * np.interp(times - late, times, shut)
        for other in (f"eyeWide{side}", f"eyeSquint{side}", f"eyeLookDown{side}"):
            if other in weights:
                weights[other] = weights[other] * (1 - shut)
    return {name: track for name, track in weights.items() if track.any()}


def _expressions(
    person: Person, times: Array, shown: list[tuple[float, Expression]], rng: np.random.Generator
) -> dict[str, Array]:
    lag = dict(zip(face.SIDES, rng.uniform(0, _LAG_S, 2), strict=True))
    play = 1 + 0.05 * wander(times, rng, 1)[:, 0]
    before = face.weights(person, Expression.NEUTRAL)
    tracks = {name: np.full(len(times), weight) for name, weight in before.items()}
    for start_s, kind in shown:
        goal = face.weights(person, kind)
        takes = _ONSET_S if kind is not Expression.NEUTRAL else _OFFSET_S
        for name in sorted({*tracks, *goal}):
            late = next((lag[side] for side in face.SIDES if name.endswith(side)), 0.0)
            share = np.clip((times - start_s - late) / takes, 0, 1) if start_s > 0 else np.ones(len(times))
            eased = share * share * (3 - 2 * share)
            track = tracks.get(name, np.zeros(len(times)))
            resting = before.get(name, 0.0)
            level = resting + (goal.get(name, 0.0) - resting) * play
            tracks[name] = np.clip(track + eased * (level - track), 0, 1)
    return tracks


def _lids(eye_angles: Array) -> dict[str, Array]:
    """Weights of the look shapes: they grow with the turn of the eyes up to their full weight."""
    tracks: dict[str, Array] = {}
    small = 0.1
    for axis, angle in np.ndindex(2, 2):
        turn = small * (1 - 2 * angle)
        pair = (turn, 0.0) if axis == 0 else (0.0, turn)
        for name, weight in face.gaze(*pair).items():
            tracks[name] = np.clip(weight / turn * eye_angles[:, axis], 0, 1)
    return tracks


def _blinks(times: Array, manner: Manner, jumps_s: tuple[float, ...], rng: np.random.Generator) -> Array:
    """(T,) how far the lids are shut by blinks, 0 to 1."""
    with_jumps, rng = rng.spawn(2)
    moments = [jump for jump in jumps_s if with_jumps.uniform() < 0.6]
    clock = float(rng.exponential(1 / _BLINKS_HZ)) - 1.0
    while clock < times[-1]:
        if all(abs(clock - moment) > 0.5 for moment in moments):
            moments.append(clock)
        clock += 0.7 + float(rng.exponential(1 / (_BLINKS_HZ * manner.liveliness)))
    shut = np.zeros(len(times))
    for moment in moments:
        since = times - moment
        course = np.interp(
            since, [0, _CLOSING_S, _CLOSING_S + _SHUT_S, _CLOSING_S + _SHUT_S + _OPENING_S], [0, 1, 1, 0]
        )
        shut = np.maximum(shut, course * course * (3 - 2 * course))
    return shut
