"""Faces over time: expressions that come and go, blinks, and lids that go with the eyes."""

from __future__ import annotations

from dataclasses import dataclass

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
_FADES, _FADE_S = 0.18, 2.5
"""Share of an expression that goes again when its first moment is over, and how fast."""
_PLAY = 0.07
"""How unsteadily an expression is held (standard deviation)."""
_MICRO = {
    "browInnerUp": 0.035, "browOuterUp": 0.04, "browDown": 0.045, "eyeSquint": 0.05, "cheekSquint": 0.03,
    "mouthPress": 0.045, "mouthSmile": 0.03, "mouthFrown": 0.025, "mouthRollLower": 0.035, "noseSneer": 0.015,
    "mouthLeft": 0.025, "mouthRight": 0.025,
}  # fmt: skip
"""What a face never stops doing, whatever it shows: standard deviations of the weights."""


@dataclass(frozen=True)
class Shown:
    """What a face shows from a time on; at or before 0: from the start.

    intensity: how much of it shows, 0..1. speed: of its coming, against the usual.
    """

    start_s: float
    kind: Expression
    intensity: float = 1.0
    speed: float = 1.0


def course(
    person: Person,
    manner: Manner,
    times: Array,
    shown: list[Shown],
    jumps_s: tuple[float, ...],
    eye_angles: Array,
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Face shape → weights (T,).

    shown: expressions in the order of their times.
    eye_angles: (T, 2) turn of the eyes in the head to the left, and up.
    """
    weights = _expressions(person, times, shown, rng)
    for name, track in _micro(times, manner, rng.spawn(1)[0]).items():
        weights[name] = np.clip(weights.get(name, 0.0) + track, 0, 1)
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
    person: Person, times: Array, shown: list[Shown], rng: np.random.Generator
) -> dict[str, Array]:
    lag = dict(zip(face.SIDES, rng.uniform(0, _LAG_S, 2), strict=True))
    play = 1 + _PLAY * wander(times, rng, 1)[:, 0]
    before = face.weights(person, Expression.NEUTRAL)
    tracks = {name: np.full(len(times), weight) for name, weight in before.items()}
    for item in shown:
        goal = face.weights(person, item.kind, item.intensity)
        takes = (_ONSET_S if item.kind is not Expression.NEUTRAL else _OFFSET_S) / item.speed
        start_s = item.start_s
        held = play * (1 - _FADES * (1 - np.exp(-np.maximum(times - start_s - takes, 0) / _FADE_S)))
        for name in sorted({*tracks, *goal}):
            late = next((lag[side] for side in face.SIDES if name.endswith(side)), 0.0)
            share = np.clip((times - start_s - late) / takes, 0, 1) if start_s > 0 else np.ones(len(times))
            eased = share * share * (3 - 2 * share)
            track = tracks.get(name, np.zeros(len(times)))
            resting = before.get(name, 0.0)
            level = resting + (goal.get(name, 0.0) - resting) * held
            tracks[name] = np.clip(track + eased * (level - track), 0, 1)
    return tracks


def _micro(times: Array, manner: Manner, rng: np.random.Generator) -> dict[str, Array]:
    """Weights of the little movements of every living face, both sides nearly alike."""
    tracks: dict[str, Array] = {}
    for name, size in _MICRO.items():
        noise = wander(1.6 * manner.liveliness * times, rng, 3)
        # Muscles pull and let go: only one half of the noise shows.
        both = [name] if name in face.names() else [name + side for side in face.SIDES]
        for side, whole in enumerate(both):
            tracks[whole] = size * np.maximum(0.9 * noise[:, 0] + 0.4 * noise[:, 1 + side] - 0.3, 0.0)
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
