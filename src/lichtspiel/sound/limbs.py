"""What bodies of flesh bring to a knock: soft, heavy and dull, they thud and let the other thing sound."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Resonator
from lichtspiel.library.people.segments import Segment, segments
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.families import modes_of
from lichtspiel.sound.voices import Voice
from lichtspiel.stage.world import World
from lichtspiel.take import Take

FLESH_DENSITY = 1050.0
FLESH_LOSS = 0.4
"""Loss factor of muscle and fat in audible vibration: they do not ring."""
FREE_SHARE = 0.5
"""How much of a segment's mass moves as one in the first milliseconds of a blow."""
SKIN = "skin"


def figure_of(world: World, body: str) -> str | None:
    """The character that a shoe, a leg or a segment of flesh belongs to; None for things."""
    figure, _, part = body.rpartition("/")
    if not part or not figure:
        return None
    return next((placed.character for placed in world.figures if placed.name == figure), None)


def voices_of(world: World, take: Take, materials: Mapping[str, MaterialEntry]) -> dict[str, Voice]:
    """What the segments bring that take part in impacts and rubs of the take."""
    found: dict[str, Voice] = {}
    for name in sorted(_named(take)):
        figure, _, part = name.rpartition("/")
        placed = next((one for one in world.figures if one.name == figure), None)
        if placed is None or any(body.name == name for body in world.bodies):
            continue
        body = segments(placed.physique)
        segment = next((one for one in body.all if one.name == part), None)
        if segment is not None:
            found[name] = _voice(name, segment, materials[SKIN], world.screenplay.seed)
    return found


def _named(take: Take) -> set[str]:
    names = {name for impact in take.impacts for name in (impact.first, impact.second)}
    return names | {name for rub in take.rubs for name in (rub.first, rub.second)}


def _voice(name: str, segment: Segment, skin: MaterialEntry, seed: int) -> Voice:
    rng = np.random.default_rng([seed, zlib.crc32(name.encode())])
    volume = segment.mass_kg / FLESH_DENSITY
    edge = volume ** (1 / 3)
    modes = modes_of(Resonator("block", skin.id, {"x": edge, "y": edge, "z": edge}), skin, rng)
    damped = replace(modes, loss_per_s=modes.loss_per_s + np.pi * modes.frequency_hz * FLESH_LOSS)
    radius = min((capsule.radius for capsule in segment.flesh), default=edge / 2)
    extent = (3 * volume / (4 * np.pi)) ** (1 / 3)
    return Voice(name, damped, skin, FREE_SHARE * segment.mass_kg, volume, radius, extent, radius)
