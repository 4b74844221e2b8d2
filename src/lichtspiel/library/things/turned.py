"""Make an asset of a vessel: mesh, collision shapes, mass, sound and shards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import fracture
from lichtspiel.library.asset import Asset, Drag, Fracture, Part, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import hulls, profiles
from lichtspiel.library.things.handles import Handle
from lichtspiel.library.things.profiles import Stem, Vessel, Wall
from lichtspiel.library.things.substance import density, enclosed_volume, inertia, length, surface

BREAK_LOOKS = {"porcelain": "porcelain_break", "ceramic": "ceramic_break"}
"""Look of crack faces under a glaze; other materials look the same inside."""


def turned(
    parameters: Mapping[str, Parameter],
    wish: Wish,
    rng: Generator,
    look: str,
    body: Wall,
    *,
    stem: Stem | None = None,
    foot: Wall | None = None,
    handles: tuple[Handle, ...] = (),
    inside: str | None = None,
    handle_look: str | None = None,
    resonator: str | tuple[str, dict[str, float]] = "cylindrical_shell",
    handle_pieces: int = 5,
) -> Asset:
    """The one part of a vessel, with its shards where its material is brittle."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    own = surface(wish, look)
    surfaces = [own]
    slots = []
    for extra in (inside, handle_look):
        slots.append(len(surfaces) if extra else 0)
        surfaces += [own if wish.look else Surface(extra)] if extra else []
    vessel = Vessel(
        body, profiles.segments_for(radius), stem, foot, handles, slots[0], slots[1], handle_pieces
    )
    solid = vessel.mesh()
    material = wish.material
    kind, ringing = (resonator, {}) if isinstance(resonator, str) else resonator
    dimensions = ringing or {"radius": radius, "height": height, "thickness": wall}
    extent = np.ptp(solid.vertices, axis=0)
    volume = enclosed_volume(solid)
    part = Part(
        name="body",
        shapes=hulls.vessel_shapes(vessel, material, 0.01 * radius),
        mesh=solid,
        surfaces=tuple(surfaces),
        mass_kg=volume * density(material),
        inertia=inertia(solid, volume * density(material)),
        resonator=Resonator(kind, material, dimensions),
        drag=Drag(float(2 * radius * height), 1.0),
    )
    fractures: tuple[Fracture, ...] = ()
    if fracture.is_brittle(material):
        struck = length({"struck": 2.5 * wall / wish.scale, **parameters}, wish, "struck")
        # Longer contact and thicker walls together: the impulse grows with the mass.
        impulse = fracture.breaking_impulse(material, struck) * wish.scale
        crack = Surface(BREAK_LOOKS[material]) if material in BREAK_LOOKS else own
        fractures = (fracture.shatter("body", vessel, (*surfaces, crack), material, impulse, rng),)
    floor = float(body.inner[0, 1])
    spots: dict[str, Vec3] = {"opening": (0.0, 0.0, height), "floor": (0.0, 0.0, floor)}
    spots["top"] = spots["floor"] if height < 0.4 * radius else spots["opening"]
    return Asset(
        (part,),
        (float(extent[0]), float(extent[1]), float(extent[2])),
        fractures=fractures,
        spots=spots,
        regions={"inside": hulls.inside_box(body)},
    )


def lengths(parameters: Mapping[str, Parameter], wish: Wish, *names: str) -> tuple[float, ...]:
    """Several lengths of the entry in metres, at the wished scale."""
    return tuple(length(parameters, wish, name) for name in names)


def walled(controls: Sequence[Sequence[float]], share: float = 0.011) -> Wall:
    """A wall through controls, in steps of a share of its reach (at least 1 mm)."""
    table = np.asarray(controls, float)
    return profiles.wall(controls, max(float(np.ptp(table[:, :2], axis=0).sum()) * share, 0.001))
