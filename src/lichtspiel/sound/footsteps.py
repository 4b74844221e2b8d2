"""Footsteps: each is a heel that knocks, a leg that comes to rest on it, and a sole that slaps.

What is heard of a step is first the shoe's heel alone, which is light and stiff and clicks, then the leg
above it, which is heavy and soft and thuds, and last the forefoot, slower and flatter (Ekimov & Sabatier,
J. Acoust. Soc. Am. 120 (2006) 762).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.voices import Held, Voice
from lichtspiel.stage.world import World
from lichtspiel.take import Footfall, Impact, Take


@dataclass(frozen=True)
class _Contact:
    """One of the knocks of a step."""

    part: str
    later_s: float
    share: float
    """Of the step's impulse."""
    speed_m_s: float


_CONTACTS = (
    _Contact("shoe", 0.0, 0.05, 0.5),
    _Contact("leg", 0.012, 0.6, 0.4),
    _Contact("shoe", 0.085, 0.025, 0.28),
)
"""The forefoot comes down 7 % of a cycle after the heel (Perry and Burnfield, 2010)."""
_SHOE_KG, _LEG_KG = 0.1, 4.0
_FLESH = "soft_rubber"
"""What the leg's weight comes down through: the pad below the heel is about as soft."""
_HEEL = Held({"x": 0.06, "y": 0.06, "z": 0.025}, loss=0.15, curvature_m=0.02)
"""A worn heel; its curvature is also that of the ball of a sole."""


def part_of(footfall: Footfall, part: str) -> str:
    """Name of a shoe or leg as a body that sounds."""
    return f"{footfall.figure}/{part}_{footfall.foot}"


def is_step(body: str) -> bool:
    """Whether a body that sounds is a shoe or a leg that comes down."""
    return body.rpartition("/")[2].startswith(("shoe_", "leg_"))


def impacts_of(world: World, take: Take) -> tuple[Impact, ...]:
    """The knocks of all footfalls of the take."""
    return tuple(_impact(world, footfall, contact) for footfall in take.footfalls for contact in _CONTACTS)


def voices_of(world: World, take: Take, materials: Mapping[str, MaterialEntry]) -> dict[str, Voice]:
    """What each shoe and leg of the take brings to its knocks."""
    return {
        name: _HEEL.voice(world, name, materials[material], mass)
        for footfall in take.footfalls
        for name, material, mass in (
            (part_of(footfall, "shoe"), footfall.sole_material, _SHOE_KG),
            (part_of(footfall, "leg"), _FLESH, _LEG_KG),
        )
    }


def _impact(world: World, footfall: Footfall, contact: _Contact) -> Impact:
    return Impact(
        footfall.time_s + contact.later_s,
        part_of(footfall, contact.part),
        footfall.ground,
        footfall.sole_material if contact.part == "shoe" else _FLESH,
        _ground_material(world, footfall),
        footfall.position,
        (0.0, 0.0, -1.0),
        footfall.impulse_ns * contact.share,
        contact.speed_m_s,
        0.0,
        0.0,
    )


def _ground_material(world: World, footfall: Footfall) -> str:
    shapes = world.body(footfall.ground).part.shapes
    solid = [shape for shape in shapes if shape.collides] or list(shapes)
    return solid[0].material
