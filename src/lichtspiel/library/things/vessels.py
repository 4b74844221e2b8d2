"""Tableware and other vessels turned on a lathe, thick-walled and hollow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import fracture
from lichtspiel.library.asset import Array, Asset, Drag, Fracture, Part, Resonator, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles
from lichtspiel.library.things.handles import Handle, ear
from lichtspiel.library.things.profiles import Stem, Vessel, Wall
from lichtspiel.library.things.substance import density, enclosed_volume, length, surface

BREAK_LOOKS = {"porcelain": "porcelain_break", "ceramic": "ceramic_break"}
"""Look of crack faces under a glaze; other materials look the same inside."""


def cup(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A rounded cup with a foot ring and an ear."""
    size = _lengths(parameters, wish, "height", "radius", "wall")
    height, radius, wall = size
    foot = radius * 0.58
    controls = [
        (0, wall * 0.6, 0, wall * 1.6),
        (foot * 0.8, wall * 0.6, foot * 0.8, wall * 1.65),
        (foot * 0.88, 0, foot * 0.93, wall * 1.8),
        (foot, 0, foot * 1.02, wall * 2.0),
        (foot * 1.04, wall * 0.8, foot * 1.12, wall * 2.5),
        (radius * 0.82, height * 0.25, radius * 0.82 - wall * 0.8, height * 0.25 + wall * 0.6),
        (radius * 0.95, height * 0.55, radius * 0.95 - wall, height * 0.55),
        (radius * 0.985, height * 0.85, radius * 0.985 - wall * 0.85, height * 0.85),
        (radius, height - wall * 0.3, radius - wall * 0.65, height - wall * 0.3),
    ]
    handle = ear(radius * 0.93, height * 0.3, height * 0.8, radius * 0.52, wall * 1.9)
    return _turned(parameters, wish, rng, "porcelain", _walled(controls), handles=(handle,))


def mug(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A straight mug with an ear."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    controls = [
        (0, wall * 0.4, 0, wall * 1.5),
        (radius * 0.78, wall * 0.4, radius * 0.78, wall * 1.5),
        (radius * 0.82, 0, radius * 0.82, wall * 1.6),
        (radius * 0.92, 0, radius * 0.87, wall * 1.9),
        (radius * 0.985, wall * 0.7, radius - wall * 1.15, wall * 2.6),
        (radius, wall * 1.8, radius - wall, wall * 3.6),
        (radius, height * 0.5, radius - wall, height * 0.5),
        (radius, height - wall * 0.8, radius - wall, height - wall * 0.8),
        (radius * 0.995, height - wall * 0.4, radius - wall * 0.85, height - wall * 0.4),
    ]
    handle = ear(radius * 0.99, height * 0.2, height * 0.8, radius * 0.62, wall * 2.1)
    return _turned(parameters, wish, rng, "ceramic", _walled(controls), handles=(handle,))


def plate(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A dinner plate: flat well, foot ring, and a flaring flag."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    ring = radius * 0.58
    floor = wall * 1.45
    controls = [
        (0, wall * 0.5, 0, floor),
        (ring * 0.9, wall * 0.5, ring * 0.9, floor),
        (ring * 0.945, 0.0002, ring * 0.95, floor),
        (ring * 0.985, 0, ring * 1.0, floor + wall * 0.05),
        (ring * 1.03, wall * 0.55, ring * 1.06, floor + wall * 0.35),
        (radius * 0.7, height * 0.42, radius * 0.695, height * 0.42 + wall * 0.95),
        (radius * 0.85, height * 0.66, radius * 0.845, height * 0.66 + wall * 0.85),
        (radius * 0.98, height - wall * 0.75, radius * 0.975, height),
    ]
    return _turned(parameters, wish, rng, "porcelain", _walled(controls))


def wine_glass(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A tulip on a drawn stem and a thin foot."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    stem, foot_radius = length(parameters, wish, "stem"), length(parameters, wish, "foot")
    node, edge = height * 0.45, wall * 1.7
    bowl_height = height - node
    joint = stem * 1.25
    bowl = profiles.wall(
        [
            (0, node, 0, node + wall * 3.2),
            (joint, node, joint * 0.9, node + wall * 3.5),
            (
                radius * 0.45,
                node + bowl_height * 0.075,
                radius * 0.4,
                node + bowl_height * 0.075 + wall * 1.9,
            ),
            (
                radius * 0.8,
                node + bowl_height * 0.22,
                radius * 0.8 - wall * 0.95,
                node + bowl_height * 0.23 + wall,
            ),
            (radius, node + bowl_height * 0.45, radius - wall, node + bowl_height * 0.45),
            (
                radius * 0.93,
                node + bowl_height * 0.75,
                radius * 0.93 - wall * 0.95,
                node + bowl_height * 0.75,
            ),
            (radius * 0.79, height - wall * 0.5, radius * 0.79 - wall * 0.9, height - wall * 0.5),
        ],
        height * 0.011,
        joint,
    )
    top = edge + foot_radius * 0.1
    foot = profiles.wall(
        [
            (0, wall * 0.8, 0, top),
            (joint, wall * 0.75, joint, top),
            (foot_radius * 0.45, wall * 0.45, foot_radius * 0.42, edge + foot_radius * 0.035),
            (foot_radius * 0.8, 0, foot_radius * 0.8, edge + foot_radius * 0.01),
            (foot_radius * 0.985, 0, foot_radius * 0.985, edge),
        ],
        height * 0.011,
        joint,
    )
    ends = [(joint, top), (stem * 1.02, top + 0.05 * height), (stem * 0.86, (top + node) / 2)]
    ends += [(stem * 1.0, node - 0.06 * height), (joint, node)]
    curve = profiles.smooth_line(np.array(ends), height * 0.011)
    stem_length = node - top
    ringing = {"radius": radius, "height": bowl_height, "thickness": wall, "stem_length": stem_length}
    return _turned(
        parameters,
        wish,
        rng,
        "glass",
        bowl,
        stem=Stem(curve),
        foot=foot,
        resonator=("cylindrical_shell", ringing),
    )


def drinking_glass(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A tumbler with a heavy base."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    low, base = radius * 0.8, wall * 4.0
    controls = [
        (0, wall * 0.45, 0, base),
        (low * 0.8, wall * 0.35, low * 0.7, base * 1.02),
        (low * 0.88, 0, low * 0.8, base * 1.1),
        (low * 0.94, 0, low * 0.9, base * 1.35),
        (low * 1.0, wall * 0.8, low - wall * 1.15, base * 1.8),
        (low * 1.035, height * 0.2, low * 1.035 - wall * 1.05, height * 0.2 + base * 0.3),
        (low + (radius - low) * 0.6, height * 0.6, low + (radius - low) * 0.6 - wall, height * 0.6),
        (radius, height - wall * 0.4, radius - wall * 0.9, height - wall * 0.4),
    ]
    return _turned(parameters, wish, rng, "glass", _walled(controls))


def bottle(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A wine bottle: punted base, straight body, shoulders, neck with a ring at the mouth."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    neck, mouth = length(parameters, wish, "neck"), length(parameters, wish, "mouth")
    punt, heel = height * 0.07, wall * 2.2
    shoulder, collar = height * 0.635, height * 0.78
    controls = [
        (0, punt, 0, punt + heel),
        (radius * 0.3, punt * 0.75, radius * 0.3, punt * 0.75 + heel),
        (radius * 0.72, wall * 0.5, radius * 0.68, wall * 0.5 + heel),
        (radius * 0.85, 0, radius * 0.8, heel * 1.02),
        (radius * 0.95, wall * 0.5, radius * 0.88, heel * 1.4),
        (radius, wall * 2.5, radius - wall, heel * 2.2),
        (radius, height * 0.3, radius - wall, height * 0.3),
        (radius, shoulder * 0.94, radius - wall, shoulder * 0.94),
        (radius * 0.93, shoulder * 1.04, radius * 0.93 - wall, shoulder * 1.03),
        (neck * 1.35, collar * 0.955, neck * 1.35 - wall, collar * 0.945),
        (neck * 1.06, collar * 1.02, mouth * 1.02, collar * 1.02),
        (neck, height * 0.9, mouth, height * 0.9),
        (neck * 0.985, height * 0.952, mouth, height * 0.952),
        (neck * 1.1, height * 0.956, mouth, height * 0.956),
        (neck * 1.1, height * 0.972, mouth, height * 0.972),
        (neck * 1.0, height * 0.977, mouth, height * 0.977),
        (neck * 0.98, height - wall * 0.5, mouth, height - wall * 0.5),
    ]
    ringing = {"radius": radius, "height": shoulder, "thickness": wall}
    ringing |= {"neck_radius": mouth, "neck_length": height - collar}
    return _turned(
        parameters, wish, rng, "bottle_green", _walled(controls, 0.005), resonator=("bottle", ringing)
    )


def bowl(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A round bowl on a foot ring."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    foot = radius * 0.44
    turns = np.radians([26, 38, 52, 66, 80])
    floor = wall * 2.1
    depth = height - floor
    side = [
        (
            radius * np.sin(turn) ** 0.9,
            floor - wall * 0.55 + (depth + wall * 0.3) * (1 - np.cos(turn)) ** 1.05 / 1.0,
            radius * np.sin(turn) ** 0.9 - wall * np.sin(turn) ** 2,
            floor - wall * 0.55 + (depth + wall * 0.3) * (1 - np.cos(turn)) ** 1.05 + wall * np.cos(turn),
        )
        for turn in turns[1:]
    ]
    controls = [
        (0, wall * 1.0, 0, floor),
        (foot * 0.84, wall * 1.0, foot * 0.84, floor + depth * 0.02),
        (foot * 0.9, 0, foot * 0.92, floor + depth * 0.035),
        (foot * 1.0, 0, foot * 1.02, floor + depth * 0.05),
        (foot * 1.06, wall * 0.9, foot * 1.1, floor + depth * 0.075),
        *side,
        (radius, height - wall * 0.4, radius - wall * 0.85, height - wall * 0.4),
    ]
    return _turned(parameters, wish, rng, "porcelain", _walled(controls), resonator="bowl")


def metal_bowl(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A mixing bowl of sheet metal with a flat base and a rolled edge."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    base = radius * 0.42
    edge = profiles.smooth_line(
        np.array([(0, 0), (base * 0.92, 0), (base * 1.1, height * 0.03)]), height * 0.04
    )
    turn = np.linspace(np.radians(24), np.radians(84), 22)
    reach = (np.sin(turn) - np.sin(turn[0])) / (np.sin(turn[-1]) - np.sin(turn[0]))
    rise = (np.cos(turn[0]) - np.cos(turn)) / (np.cos(turn[0]) - np.cos(turn[-1]))
    side = np.stack(
        [base * 1.1 + (radius * 0.955 - base * 1.1) * reach, height * 0.03 + height * 0.95 * rise], axis=1
    )
    line = np.concatenate([edge, side[1:]])
    body = profiles.sheet(line, wall)
    lip = Handle(_circle(radius * 0.955 + wall, height * 0.975, 97), np.full(97, wall * 2.4))
    return _turned(parameters, wish, rng, "steel", body, handles=(lip,), resonator="bowl", handle_pieces=0)


def pan(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A frying pan with a long handle to the right."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    base = radius * 0.78
    controls = [
        (0, 0, 0, wall * 1.3),
        (base * 0.97, 0, base * 0.95, wall * 1.3),
        (base * 1.04, wall * 0.7, base * 1.0, wall * 1.7),
        (base * 1.09, wall * 2.6, base * 1.04, wall * 3.2),
        (radius * 0.975, height * 0.86, radius * 0.975 - wall * 0.95, height * 0.87),
        (radius, height - wall * 0.5, radius - wall * 0.75, height - wall * 0.1),
    ]
    t = np.linspace(0, 1, 25)[:, None]
    start, end = radius * 0.96, radius * 0.96 + length(parameters, wish, "handle")
    path = np.concatenate(
        [start + (end - start) * t, 0 * t, height * (0.72 + 0.55 * t - 0.25 * t**2)], axis=1
    )
    grip = wall * (1.6 + 1.3 * np.clip((t[:, 0] - 0.22) / 0.1, 0, 1) + 0.7 * t[:, 0])
    handle = Handle(path, np.minimum(grip, wall * 4.4 * np.sqrt(1.02 - t[:, 0] ** 24)), 1.35)
    body = _walled(controls)
    return _turned(
        parameters, wish, rng, "aluminium", body, handles=(handle,), inside="nonstick_coating",
        handle_look="bakelite", resonator="bowl",
    )  # fmt: skip


def pot(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A cooking pot with a sandwich base and two ears."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    base = length(parameters, wish, "base")
    controls = [
        (0, 0, 0, base),
        (radius * 0.93, 0, radius * 0.9, base),
        (radius * 0.955, base * 0.25, radius * 0.94, base * 1.15),
        (radius * 0.96, base, radius - wall * 2.6, base * 1.5),
        (radius * 0.985, base * 1.35, radius - wall * 1.5, base * 2.2),
        (radius, base * 2.6, radius - wall, base * 3.4),
        (radius, height * 0.6, radius - wall, height * 0.6),
        (radius, height * 0.96, radius - wall, height * 0.96),
        (radius + wall * 2.5, height - wall, radius + wall * 1.8, height - wall * 0.1),
    ]
    ears = tuple(_side_ear(side, radius, height * 0.82, height * 0.035) for side in (-1.0, 1.0))
    return _turned(parameters, wish, rng, "steel", _walled(controls), handles=ears)


def vase(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A bellied vase with a narrow neck and a flared lip."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    foot, neck = radius * 0.55, radius * 0.36
    outline = [
        (foot * 1.04, wall * 0.9), (radius * 0.78, height * 0.14), (radius, height * 0.38),
        (radius * 0.84, height * 0.6), (neck * 1.18, height * 0.78), (neck, height * 0.87),
        (neck * 1.12, height * 0.95), (neck * 1.42, height - wall * 0.5),
    ]  # fmt: skip
    controls = [
        (0, wall * 0.6, 0, wall * 1.8),
        (foot * 0.82, wall * 0.6, foot * 0.7, wall * 1.9),
        (foot * 0.88, 0, foot * 0.76, wall * 2.0),
        (foot, 0, foot * 0.85, wall * 2.25),
        *(
            (r, z, r - wall * (1.0 if z > height * 0.1 else 1.15), z + (0 if z > wall else wall * 2))
            for r, z in outline
        ),
    ]
    return _turned(parameters, wish, rng, "ceramic", _walled(controls, 0.006))


def bucket(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A tapered bucket of sheet metal; its bail hangs down at the front."""
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
    base = radius * 0.7
    line = [
        (0, height * 0.035),
        (base * 0.9, height * 0.035),
        (base * 0.97, height * 0.03),
        (base * 0.985, 0),
    ]
    line += [(base * 1.0, 0), (base * 1.012, height * 0.04)]
    line += [(base + (radius - base) * h, height * h) for h in (0.2, 0.4, 0.42, 0.44, 0.6, 0.8, 0.97)]
    body = profiles.sheet(profiles.smooth_line(np.array(line), height * 0.03), wall)
    bead = Handle(_circle(radius * 0.993 + wall, height * 0.985, 97), np.full(97, height * 0.012))
    t = np.linspace(0, np.pi, 49)
    bail_reach, ears_at = radius * 1.035, height * 0.9
    path = np.stack(
        [bail_reach * np.cos(t), -radius * 0.28 * np.sin(t) - radius * 0.72 * np.sin(t) ** 0.7,
         ears_at - height * 0.28 * np.sin(t)], axis=1
    )  # fmt: skip
    path[1:-1, 1] = np.minimum(
        path[1:-1, 1], -np.sqrt(np.maximum((radius * 1.03) ** 2 - path[1:-1, 0] ** 2, 0))
    )
    bail = Handle(path, np.full(49, height * 0.009))
    return _turned(
        parameters,
        wish,
        rng,
        "steel",
        body,
        handles=(bead, bail),
        resonator="cylindrical_shell",
        handle_pieces=0,
    )


def _turned(
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
    height, radius, wall = _lengths(parameters, wish, "height", "radius", "wall")
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
        shapes=vessel.shapes(material, 0.01 * radius),
        mesh=solid,
        surfaces=tuple(surfaces),
        mass_kg=volume * density(material),
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
        regions={"inside": profiles.inside_box(body)},
    )


def _lengths(parameters: Mapping[str, Parameter], wish: Wish, *names: str) -> tuple[float, ...]:
    return tuple(length(parameters, wish, name) for name in names)


def _walled(controls: Sequence[Sequence[float]], share: float = 0.011) -> Wall:
    """A wall through controls, in steps of a share of its reach (at least 1 mm)."""
    table = np.asarray(controls, float)
    return profiles.wall(controls, max(float(np.ptp(table[:, :2], axis=0).sum()) * share, 0.001))


def _circle(radius: float, height: float, points: int) -> Array:
    turn = np.linspace(0, 2 * np.pi, points)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn), np.full(points, height)], axis=1)


def _side_ear(side: float, radius: float, height: float, thickness: float) -> Handle:
    """A flat loop at the left (-1) or right (1) of a pot."""
    t = np.linspace(-1, 1, 33)
    half = radius * 0.42
    path = np.stack(
        [
            side * (radius * 0.9 + radius * 0.42 * (1 - t**4)),
            half * t,
            np.full(33, height) + 0.12 * radius * (1 - t**2),
        ],
        axis=1,
    )
    return Handle(path, np.full(33, thickness))
