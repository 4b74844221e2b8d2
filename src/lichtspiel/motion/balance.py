"""Keeping one's balance: wobbles that come back, slips that are caught, and standing on what moves.

A body that stands is a pendulum upside down. Its ankles can only hold it while it hangs over its feet; beyond
that, trunk and arms are thrown round against the fall, which turns the rest of the body back (Horak and
Nashner, J. Neurophysiol. 55, 1986). Both come late by a reaction time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import multiply
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import OUTWARD, Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.screenplay import OutcomeKind
from lichtspiel.stage.world import Direction, PlacedFigure, World
from lichtspiel.take import Take

_REACTION_S = 0.08
_ANKLES_RAD = 0.05
"""Lean that the ankles alone hold: half the breadth of a foot against the height of the hips."""
_STIFF, _DAMPED = 2.2, 0.8
"""Of the answer to a lean, against gravity and against critical damping."""
_COUNTER, _SHIFT = 0.28, 0.35
"""What trunk and arms, thrown round, turn the rest of the body: their share of the moment of inertia; and how
far the body's centre goes back with them."""
_RETURN, _CALM = 25.0, 2.0
"""How trunk and arms come back to where they were, per g/h and its root."""
_KICK = 0.62
"""Speed at which a wobble sets in, against the pendulum's own."""
_OVER_AT_S, _OVER = 0.75, -1.15
"""When people have thrown themselves back too far, and by how much of the first speed."""
_WHEELS_HZ = 1.9
"""Rounds of arms that wave for balance."""
_LASTS_S = 3.0
_FINE_S = 0.002
_AFTER = 0.35
"""Share of a motion after which it goes wrong, and is caught."""
_SLIDE_M, _SLIDES_S, _BACK_S = 0.24, 0.16, 0.9
"""A foot that slips: how far, how fast, and when it is drawn back under the body."""


@dataclass(frozen=True, eq=False)
class Sway:
    """A loss of balance that is caught. Angles over time, positive to one side."""

    lean: Array
    """(T,) of the body about its feet."""
    counter: Array
    """(T,) of trunk and arms against it."""
    alarm: Array
    """(T,) from 0, at ease, to 1: how far the arms are out."""
    wheel: Array
    """(T,) by which arms are ahead as they go round, from -1 to 1."""


def caught(times: Array, height_m: float, gravity: float, strength: float = 1.0) -> Sway:
    """A wobble that sets in at time 0 and comes to rest again; height_m: of the centre of mass."""
    weight = gravity / height_m
    pace = float(np.sqrt(weight / 9.81))
    count = int(_LASTS_S / _FINE_S)
    lean, counter = np.zeros(count), np.zeros(count)
    angle, speed, round_, round_speed = 0.0, _KICK * pace * strength, 0.0, 0.0
    late = int(_REACTION_S / _FINE_S)
    answers = np.zeros(count)
    for step in range(count):
        answers[step] = _STIFF * weight * angle + 2 * _DAMPED * np.sqrt(_STIFF * weight) * speed
        wanted = answers[step - late] if step >= late else 0.0
        ankles = float(np.clip(wanted, -weight * _ANKLES_RAD, weight * _ANKLES_RAD))
        thrown = (wanted - ankles) / _COUNTER - _RETURN * pace**2 * round_ - _CALM * pace * round_speed
        if step == int(_OVER_AT_S / _FINE_S):
            speed += _OVER * _KICK * pace * strength
        speed += (weight * (angle - _SHIFT * round_) - ankles - _COUNTER * thrown) * _FINE_S
        angle += speed * _FINE_S
        round_speed += thrown * _FINE_S
        round_ += round_speed * _FINE_S
        lean[step], counter[step] = angle, round_
    clock = np.arange(count) * _FINE_S
    fade = np.clip((_LASTS_S - clock) / 0.8, 0, 1)
    alarm = np.maximum.accumulate(np.abs(counter)[::-1])[::-1]
    alarm = np.clip(alarm / 0.35, 0, 1) * np.clip(clock / 0.25, 0, 1)
    alarm = gaussian_filter1d(alarm, 0.06 / _FINE_S)

    def at(values: Array) -> Array:
        return np.asarray(np.interp(times, clock, values * fade, left=0.0, right=0.0))

    wheel = np.sin(2 * np.pi * _WHEELS_HZ * clock) * alarm
    return Sway(at(lean), at(counter), at(alarm), at(wheel))


def wobbled(
    body: Anatomy, controls: Controls, figure: PlacedFigure, times: Array, gravity: float
) -> Controls:
    """The controls with what a figure almost loses its balance over, as its directions say."""
    for index, direction in enumerate(figure.directions):
        start_s = _wobbles_at(direction)
        if start_s is None:
            continue
        entry = catalogue.motions().get(direction.motion)
        clock = times - start_s
        sway = caught(clock, 0.56 * body.height_m, gravity, float(np.clip(direction.intensity, 0.3, 1.0)))
        if entry is not None and entry.kind == "collapse":
            controls = _slipped(body, controls, sway, clock)
        else:
            controls = _swayed(body, controls, sway, 1.0 if (index + figure.person.seed) % 2 else -1.0)
    return controls


def _wobbles_at(direction: Direction) -> float | None:
    """When a direction makes the figure wobble, if it does."""
    entry = catalogue.motions().get(direction.motion)
    if direction.outcome is OutcomeKind.FALLS_OVER or entry is None:
        return None
    if direction.outcome is not OutcomeKind.STAYS_UP and direction.motion != "wobble":
        return None
    if entry.kind == "collapse" or direction.motion == "wobble":
        return direction.start_s
    return direction.start_s + _AFTER * entry.duration_s / direction.speed


def _swayed(body: Anatomy, controls: Controls, sway: Sway, side: float) -> Controls:
    """To the left (side 1) or to the right first."""
    lean, counter = side * sway.lean, side * sway.counter
    left = turns.about_z(controls.pelvis[:, 0]) @ np.array([1.0, 0.0, 0.0])
    hips = controls.hips + _tipped(body, lean)[:, None] * left - _sunk(body, sway)[:, None] * _UP
    pelvis = controls.pelvis + np.outer(0.6 * lean, _ROLL)
    thorax = controls.thorax - np.outer(counter - 0.3 * lean, _ROLL)
    head = controls.head - np.outer(0.35 * counter, _ROLL)
    out = sway.alarm[:, None]
    arms = controls.arms.copy()
    raised = 1.25 - OUTWARD * 0.9 * counter[:, None]
    arms[..., 1] += out * (np.clip(raised, 0.2, 2.4) - arms[..., 1])
    arms[..., 0] *= 1 - 0.6 * out
    arms[..., 0] += 0.45 * OUTWARD * sway.wheel[:, None]
    elbows = controls.elbows + out * (0.35 - controls.elbows)
    # The foot away from the lean comes off the ground.
    free = np.clip((np.abs(lean) - 0.09) / 0.1, 0, 1)[:, None] * (OUTWARD * lean[:, None] < 0)
    free = gaussian_filter1d(free * _still(controls), 2.0, axis=0)[..., None]
    ankles = controls.ankles + free * (0.16 * OUTWARD[:, None] * left[:, None] + 0.10 * _UP)
    return replace(
        controls, hips=hips, pelvis=pelvis, thorax=thorax, head=head, arms=arms, elbows=elbows, ankles=ankles
    )


def _slipped(body: Anatomy, controls: Controls, sway: Sway, clock: Array) -> Controls:
    """A foot shoots forward, the body bends over it, and the arms go round."""
    front = turns.about_z(controls.pelvis[:, 0]) @ np.array([0.0, -1.0, 0.0])
    slide = np.clip(clock / _SLIDES_S, 0, 1) * np.clip(1 - (clock - _BACK_S) / 0.5, 0, 1)
    slide = slide * slide * (3 - 2 * slide) * (clock > 0)
    drawn = np.clip((clock - _BACK_S) / 0.5, 0, 1)
    hips = controls.hips - 0.8 * _tipped(body, sway.lean)[:, None] * front
    hips = hips + (0.35 * _SLIDE_M * slide)[:, None] * front
    hips = hips - (_sunk(body, sway) + 0.05 * slide * body.leg)[:, None] * _UP
    pelvis = controls.pelvis - np.outer(0.7 * sway.lean, _PITCH)
    thorax = controls.thorax + np.outer(0.6 * sway.counter - 0.7 * sway.lean, _PITCH)
    head = controls.head + np.outer(0.3 * sway.counter, _PITCH)
    out = sway.alarm[:, None]
    arms = controls.arms.copy()
    ahead = np.array([0.9, 0.5]) + 0.9 * OUTWARD * sway.wheel[:, None]
    arms[..., 0] += out * (ahead - arms[..., 0])
    arms[..., 1] += out * (np.array([0.9, 1.2]) + 0.5 * sway.wheel[:, None] - arms[..., 1])
    elbows = controls.elbows + out * (0.5 - controls.elbows)
    first = int(((controls.ankles[:, 1] - controls.ankles[:, 0]) * front).sum(-1)[_onset(clock)] > 0)
    ankles, toes = controls.ankles.copy(), controls.feet.copy()
    ankles[:, first] += (_SLIDE_M * slide)[:, None] * front + np.outer(0.05 * np.sin(np.pi * drawn), _UP)
    toes[:, first, 1] -= 0.25 * slide
    return replace(
        controls,
        hips=hips,
        pelvis=pelvis,
        thorax=thorax,
        head=head,
        arms=arms,
        elbows=elbows,
        ankles=ankles,
        feet=toes,
    )


def ridden(controls: Controls, world: World, take: Take, figure: PlacedFigure, times: Array) -> Controls:
    """The controls of a figure carried along by the body that it stands on: boards and trampolines give way.

    The feet go with it wholly; the hips follow where it goes and not how it tips, and the trunk leans
    against that a little.
    """
    if figure.ground not in take.names:
        return controls
    ground, column = world.body(figure.ground), take.index(figure.ground)
    clock = np.arange(len(take.positions)) / take.rate_hz
    wanted = np.clip(np.round(times * take.rate_hz).astype(int), 0, len(clock) - 1)
    home = np.array(ground.orientation) * [1.0, -1.0, -1.0, -1.0]
    tipped = _matrices(multiply(take.orientations[wanted, column], np.broadcast_to(home, (len(times), 4))))
    place, start = take.positions[wanted, column], np.array(ground.position)

    def carried(points: Array) -> Array:
        return np.asarray(place[:, None] + (points - start) @ tipped.swapaxes(1, 2))

    below = controls.hips * [1.0, 1.0, 0.0] + np.array([0.0, 0.0, figure.position[2]])
    moved = carried(below[:, None])[:, 0] - below
    lean = turns.vector_of(tipped)
    angles = _angles(tipped[:, None] @ turns.euler(controls.feet))
    sway = turns.back(turns.about_z(controls.pelvis[:, 0])) @ lean[..., None]
    against = np.stack([0 * times, sway[:, 0, 0], sway[:, 1, 0]], -1)
    return replace(
        controls,
        hips=controls.hips + moved,
        hands=controls.hands + moved[:, None],
        ankles=carried(controls.ankles),
        feet=angles,
        pelvis=controls.pelvis + 0.35 * against,
        thorax=controls.thorax - 0.15 * against,
    )


_UP = np.array([0.0, 0.0, 1.0])
_PITCH, _ROLL = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])


def _tipped(body: Anatomy, lean: Array) -> Array:
    """How far the hips go aside."""
    return np.asarray(body.leg * np.sin(lean))


def _sunk(body: Anatomy, sway: Sway) -> Array:
    """How far the hips go down: by the lean itself, and as knees give."""
    return np.asarray(body.leg * ((1 - np.cos(sway.lean)) + 0.05 * sway.alarm))


def _still(controls: Controls) -> Array:
    """(T, 2) 1 where a foot stands."""
    speed = np.linalg.norm(np.gradient(controls.ankles, axis=0), axis=-1)
    return np.asarray(speed < 0.004, float)


def _onset(clock: Array) -> int:
    return int(np.clip(np.searchsorted(clock, 0.0), 0, len(clock) - 1))


def _angles(turn: Array) -> Array:
    """Yaw, pitch and roll (..., 3) of turns, as `turns.euler` takes them."""
    pitch = np.arcsin(np.clip(turn[..., 2, 1], -1, 1))
    yaw = np.arctan2(-turn[..., 0, 1], turn[..., 1, 1])
    roll = np.arctan2(-turn[..., 2, 0], turn[..., 2, 2])
    return np.stack([yaw, pitch, roll], -1)


def _matrices(quaternions: Array) -> Array:
    w, x, y, z = np.moveaxis(quaternions, -1, 0)
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), (0, 1), (-2, -1))
