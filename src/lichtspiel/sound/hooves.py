"""Hoofbeats: each is a hoof that knocks on the ground and the leg above it that comes to rest on it.

When and how hard follows from the hooves' own way in the take: what is drawn is what is heard.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import canter
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.modes import Array
from lichtspiel.sound.voices import Held, Voice
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Impact, Take

HORSE = "horse"
_LEGS = {"foot": "fore", "hoof": "hind"}
"""Lowest piece of a leg → which leg."""
_DOWN_M, _LIFTED_M = 0.012, 0.05
"""A hoof is on the ground that is no higher above its lowest than this; it comes down after it was higher."""
_FALL_S = 0.04
"""How fast it comes down is seen in so long before."""
_SLOWEST_M_S = 0.25
_HOOF, _LEG = 1 / 500, 1 / 250
"""Of the horse's mass: what knocks at once, and what follows it within some hundredths of a second (hoof,
hoof to fetlock, some of the rest; Buchner et al., Journal of Biomechanics 30 (1997) 695)."""
_LEG_LATER_S, _LEG_SLOWER = 0.014, 0.5
_HORN, _FLESH = "plastic", "soft_rubber"
"""Materials about as stiff as horn (Kasapi & Gosline, Journal of Experimental Biology 200 (1997) 1639), and
as the leg above it."""
_HORNY = Held({"x": 0.12, "y": 0.13, "z": 0.08}, loss=0.12, curvature_m=0.03)


@dataclass(frozen=True, eq=False)
class Fall:
    """A hoof that comes down, at world time."""

    time_s: float
    hoof: str
    leg: str
    """Bodies."""
    position: Array
    speed_m_s: float
    """Downward."""
    horse_kg: float


def falls_of(world: World, take: Take) -> list[Fall]:
    """All hooves of a take that come down, in time order."""
    props = {prop.id for prop in world.screenplay.props if prop.thing == HORSE}
    found = [
        fall
        for body in world.bodies
        if body.prop in props and body.name in take.names and _leg_of(body) is not None
        for fall in _falls(world, take, body)
    ]
    return sorted(found, key=lambda fall: (fall.time_s, fall.hoof))


def impacts_of(world: World, falls: list[Fall]) -> tuple[Impact, ...]:
    """The knocks of hooves on the ground that figures stand on, or the place's own."""
    ground = _ground(world)
    if ground is None:
        return ()
    solid = [shape for shape in ground.part.shapes if shape.collides] or list(ground.part.shapes)
    return tuple(
        Impact(
            fall.time_s + later_s,
            body,
            ground.name,
            material,
            solid[0].material,
            (float(fall.position[0]), float(fall.position[1]), float(fall.position[2])),
            (0.0, 0.0, -1.0),
            share * fall.horse_kg * slower * fall.speed_m_s,
            slower * fall.speed_m_s,
            0.0,
            0.0,
        )
        for fall in falls
        for body, material, share, later_s, slower in (
            (fall.hoof, _HORN, _HOOF, 0.0, 1.0),
            (fall.leg, _FLESH, _LEG, _LEG_LATER_S, _LEG_SLOWER),
        )
    )


def voices_of(world: World, falls: list[Fall], materials: Mapping[str, MaterialEntry]) -> dict[str, Voice]:
    """What the hooves and legs bring to their knocks."""
    found = {}
    for fall in falls:
        found[fall.hoof] = _HORNY.voice(world, fall.hoof, materials[_HORN], _HOOF * fall.horse_kg)
        found[fall.leg] = _HORNY.voice(world, fall.leg, materials[_FLESH], _LEG * fall.horse_kg)
    return found


def is_hoof(world: World, body: str) -> bool:
    """Whether a body that sounds is a piece of a horse's leg."""
    horses = {prop.id for prop in world.screenplay.props if prop.thing == HORSE}
    return any(one.prop in horses for one in world.bodies if one.name == body)


def _leg_of(body: Body) -> tuple[str, str] | None:
    """Which leg, fore or hind, and which side a body is the lowest piece of."""
    kind, _, side = body.name.rpartition("/")[2].rpartition("_")
    return (_LEGS[kind], side) if kind in _LEGS and side in ("l", "r") else None


def _falls(world: World, take: Take, body: Body) -> Iterator[Fall]:
    leg, side = _leg_of(body) or ("", "")
    fetlock, toe = (np.array(point) for point in canter.JOINTS[leg][3:5])
    index, rate = take.names.index(body.name), take.rate_hz
    tip = np.array([0.0, fetlock[0] - toe[0], toe[1] - fetlock[1]])
    turned = np.array([rotation_matrix(one) for one in take.orientations[:, index]])
    path = take.positions[:, index] + turned @ tip
    height = path[:, 2] - path[:, 2].min()
    sinking = np.gradient(height) * -rate
    down = height < _DOWN_M
    horse, _, _ = body.name.rpartition("/")
    whole = sum(one.part.mass_kg or 0.0 for one in world.bodies if one.prop == body.prop)
    for place in np.flatnonzero(~down[:-1] & down[1:]) + 1:
        before = slice(max(0, place - int(_FALL_S * rate)), place + 1)
        since = np.flatnonzero(down[:place])
        swung = height[since[-1] if len(since) else 0 : place]
        speed = float(sinking[before].max())
        if speed > _SLOWEST_M_S and float(swung.max(initial=0.0)) > _LIFTED_M:
            above = f"{horse}/{canter.CHAINS[leg][2]}_{side}"
            yield Fall(float(place / rate), body.name, above, path[place], speed, whole)


def _ground(world: World) -> Body | None:
    """What horses go on: where their riders stand, or the place's ground."""
    names = [figure.ground for figure in world.figures]
    level = [body for body in world.bodies if any(shape.kind == "plane" for shape in body.part.shapes)]
    under = [body for body in world.bodies if body.name in names]
    return next(iter([*under, *level]), None)
