"""Footsteps: each is a heel that knocks and, a moment later, a sole that slaps, by shoe and ground.

A step is two contacts (Ekimov & Sabatier, J. Acoust. Soc. Am. 120 (2006) 762): the heel brings foot and
shank to rest; the forefoot comes down slower, over a larger face.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Resonator
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.families import modes_of
from lichtspiel.sound.voices import Voice
from lichtspiel.stage.world import World
from lichtspiel.take import Footfall, Impact, Take

_HEEL_SHARE, _SOLE_SHARE = 0.7, 0.3
"""Of a step's impulse."""
_HEEL_M_S, _SOLE_M_S = 0.5, 0.28
_SOLE_LATER_S = 0.085
"""From the heel's strike to the forefoot's, at the usual pace (Perry and Burnfield: 7 % of a cycle)."""
_FOOT_KG = 1.1
_HEEL = {"x": 0.06, "y": 0.06, "z": 0.025}
_HELD_LOSS = 0.15
"""Loss factor that the foot in it adds to a heel's ringing."""
_CURVATURE_M = 0.03
"""Of a worn heel's edge, and of the ball of a sole."""


def foot_of(footfall: Footfall) -> str:
    """Name of the foot as a body that sounds."""
    return f"{footfall.figure}/foot_{footfall.foot}"


def figure_of(world: World, body: str) -> str | None:
    """The character whose foot this is; None for bodies that are no feet."""
    figure, _, part = body.rpartition("/")
    if not part.startswith("foot_"):
        return None
    return next((placed.character for placed in world.figures if placed.name == figure), None)


def impacts_of(world: World, take: Take) -> tuple[Impact, ...]:
    """The knocks of all footfalls of the take."""
    return tuple(
        impact
        for footfall in take.footfalls
        for impact in (
            _impact(world, footfall, 0.0, _HEEL_SHARE, _HEEL_M_S),
            _impact(world, footfall, _SOLE_LATER_S, _SOLE_SHARE, _SOLE_M_S),
        )
    )


def voices_of(world: World, take: Take, materials: Mapping[str, MaterialEntry]) -> dict[str, Voice]:
    """What each foot of the take brings to its knocks."""
    return {
        foot_of(footfall): _voice(world, footfall, materials[footfall.sole_material])
        for footfall in take.footfalls
    }


def _impact(world: World, footfall: Footfall, later_s: float, share: float, speed: float) -> Impact:
    return Impact(
        footfall.time_s + later_s,
        foot_of(footfall),
        footfall.ground,
        footfall.sole_material,
        _ground_material(world, footfall),
        footfall.position,
        (0.0, 0.0, -1.0),
        footfall.impulse_ns * share,
        speed,
        0.0,
        0.0,
    )


def _ground_material(world: World, footfall: Footfall) -> str:
    shapes = world.body(footfall.ground).part.shapes
    solid = [shape for shape in shapes if shape.collides] or list(shapes)
    return solid[0].material


def _voice(world: World, footfall: Footfall, sole: MaterialEntry) -> Voice:
    name = foot_of(footfall)
    rng = np.random.default_rng([world.screenplay.seed, zlib.crc32(name.encode())])
    modes = modes_of(Resonator("block", sole.id, _HEEL), sole, rng)
    volume = _HEEL["x"] * _HEEL["y"] * _HEEL["z"]
    extent = (3 * volume / (4 * np.pi)) ** (1 / 3)
    # The heel is held by the foot: what it rests on takes its ringing away.
    damped = replace(modes, loss_per_s=modes.loss_per_s + np.pi * modes.frequency_hz * _HELD_LOSS)
    return Voice(name, damped, sole, _FOOT_KG, volume, _CURVATURE_M, extent, extent)
