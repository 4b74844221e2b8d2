"""Drums that people play: sticks that come down on the parts of a kit, as the take has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.catalogue import motions
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.sound.modes import Array
from lichtspiel.sound.music import best
from lichtspiel.sound.music.percussion import KIT
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Take

STICK, DRUMS = "drumstick", "drum_kit"
DRUM_OF = {
    "snare": "snare",
    "tom_1": "tom",
    "tom_2": "tom",
    "floor_tom": "tom",
    "hi_hat": "hat",
    "ride": "ride",
    "crash": "crash",
    "bass_drum": "kick",
}
"""Part of the kit → what it sounds like."""
PEDAL, PEDAL_M_S = "bass_drum", 4.0
"""What feet play, and how hard."""
REACH_M = 0.2
"""A stick that turns round so near to a drum has struck it; arms differ in length, kits do not."""
FALL_S, SLOWEST_M_S, LEAST_FALL_M = 0.12, 0.8, 0.04
"""A stroke has come down at least so fast, and so far, within so long before it."""
USUAL_M_S = 3.0
"""Speed of a stick's tip in a full stroke."""
AT_THE_KIT_DB = {"crash": 7.0}
"""Over the level that a score gives it behind a band: at the kit a crash is about as loud as the snare."""
PEAK_PA = 6.0
"""Of a bass drum's full stroke at 1 m, 110 dB."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """A stick that meets a drum or a cymbal, at world time."""

    time_s: float
    body: str
    """Stick, or the drum whose pedal is trodden."""
    part: str
    position: Array
    speed_m_s: float


def strokes_of(world: World, take: Take) -> list[Stroke]:
    """All strokes of a take on the parts of its drum kits, in time order."""
    targets = [body for body in _of_things(world, DRUMS) if _part(body) in DRUM_OF]
    found: list[Stroke] = []
    for stick in _of_things(world, STICK) if targets else ():
        if stick.name in take.names:
            found += _strokes(stick, targets, take)
    pedal = next((body for body in targets if _part(body) == PEDAL), None)
    if pedal is not None:
        at, players = np.array(pedal.position), _players(world)
        found += [
            Stroke(one.time_s, pedal.name, PEDAL, at, PEDAL_M_S)
            for one in take.footfalls
            if one.figure in players
        ]
    return sorted(found, key=lambda stroke: (stroke.time_s, stroke.part))


def sounded(stroke: Stroke, rng: np.random.Generator) -> Array:
    """Samples (N,) of a stroke in pascal at 1 m."""
    drum = DRUM_OF[stroke.part]
    force = float(np.clip(stroke.speed_m_s / USUAL_M_S, 0.2, 1.0)) * float(rng.uniform(0.92, 1.0))
    signal = best().stroke(drum, force, rng)
    level_db = KIT[drum][1] + AT_THE_KIT_DB.get(drum, 0.0)
    gain = PEAK_PA * 10 ** (level_db / 20) * force
    return np.asarray(signal * (gain / float(np.abs(signal).max())))


def without_sticks(world: World, take: Take) -> Take:
    """The take without what sticks do to drums and to each other and feet to pedals: those are strokes.

    Nor are players' hands and knees heard that graze their drums.
    """
    drums = {body.name for body in _of_things(world, DRUMS)}
    sticks = {body.name for body in _of_things(world, STICK)}
    if not drums | sticks:
        return take
    players = _players(world)

    def heard(first: str, second: str) -> bool:
        own = {name for name in (first, second) if name.rpartition("/")[0] in players}
        return not {first, second} <= drums | sticks | own

    return replace(
        take,
        impacts=tuple(one for one in take.impacts if heard(one.first, one.second)),
        rubs=tuple(one for one in take.rubs if heard(one.first, one.second)),
        footfalls=tuple(one for one in take.footfalls if one.figure not in players),
    )


def _players(world: World) -> set[str]:
    """Figures that sit at drums, whose feet tread pedals where their score has a foot strike."""
    known = motions()
    at_drums = {motion.id for motion in known.values() if motion.on == DRUMS}
    return {one.name for one in world.figures if any(d.motion in at_drums for d in one.directions)}


def _of_things(world: World, thing: str) -> Iterator[Body]:
    props = {prop.id for prop in world.screenplay.props if prop.thing == thing}
    return (body for body in world.bodies if body.prop in props)


def _part(body: Body) -> str:
    return body.name.rpartition("/")[2]


def _strokes(stick: Body, targets: list[Body], take: Take) -> Iterator[Stroke]:
    """Moments at which the tip of a stick stops falling near a part of the kit."""
    index, rate = take.names.index(stick.name), take.rate_hz
    tip = max((np.array(shape.position) for shape in stick.part.shapes), key=lambda at: float(at[0]))
    turned = np.array([rotation_matrix(one) for one in take.orientations[:, index]])
    path = take.positions[:, index] + turned @ tip
    velocity = np.gradient(path, axis=0) * rate
    speed = velocity[:, 2]
    reach = max(1, int(FALL_S * rate))
    for place in np.flatnonzero((speed[:-1] < 0) & (speed[1:] >= 0)):
        before = slice(max(0, place - reach), place + 1)
        fastest, fallen = -float(speed[before].min()), float(path[before, 2].max() - path[place, 2])
        away, target = min(((_away(body, path[place]), body) for body in targets), key=lambda one: one[0])
        if fastest > SLOWEST_M_S and fallen > LEAST_FALL_M and away < REACH_M:
            # A cymbal is struck from the side as much as from above.
            hard = float(np.linalg.norm(velocity[before], axis=1).max())
            yield Stroke(float(place / rate), stick.name, _part(target), np.array(target.position), hard)


def _away(body: Body, point: Array) -> float:
    """Distance from a point to the disc about a part's origin that is struck."""
    radius = max(float(shape.size[0]) for shape in body.part.shapes)
    offset = point - np.array(body.position)
    beside = max(0.0, float(np.hypot(offset[0], offset[1])) - radius)
    return float(np.hypot(beside, offset[2]))
