"""Small things of metal, bone and wood: coin, die, spoon, drink can, bowling pin."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Drag, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles, relief
from lichtspiel.library.things.handles import capsule
from lichtspiel.library.things.numerals import stroke_distance, strokes
from lichtspiel.library.things.substance import (
    density,
    enclosed_volume,
    is_usual,
    length,
    mass,
    number,
    surface,
)

PIPS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 0),),
    2: ((-1, -1), (1, 1)),
    3: ((-1, -1), (0, 0), (1, 1)),
    4: ((-1, -1), (-1, 1), (1, -1), (1, 1)),
    5: ((-1, -1), (-1, 1), (0, 0), (1, -1), (1, 1)),
    6: ((-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)),
}

PIN_PROFILE_IN: tuple[tuple[float, float], ...] = (
    (0.0, 2.031), (0.75, 2.828), (2.25, 3.906), (3.375, 4.510), (4.5, 4.766), (5.875, 4.563), (7.25, 3.703),
    (8.625, 2.472), (9.375, 1.965), (10.0, 1.797), (10.875, 1.870), (11.75, 2.094), (12.625, 2.406),
    (13.5, 2.547), (14.3, 2.28), (14.8, 1.5), (14.96, 0.8),
)  # fmt: skip
"""Height and diameter in inches (USBC Equipment Specifications, bowling pin), crown rounded to 15 in."""


def coin(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A coin lying flat: raised rim, a numeral in a ring of beads, and a milled edge."""
    radius, thickness = length(parameters, wish, "radius"), length(parameters, wish, "thickness")
    face = _coin_face(radius, thickness)
    under = meshes.moved(face, orientation=meshes.turn((1.0, 0.0, 0.0), np.pi))
    body = meshes.weld(meshes.joined(face, under, _milled_edge(radius, thickness)), radius * 1e-5)
    plain = wish.look is not None or wish.colour is not None
    ring = surface(wish, "coin_gold")
    part = Part(
        name="coin",
        shapes=(Shape("cylinder", (radius, thickness / 2), wish.material),),
        mesh=body,
        surfaces=(ring, ring if plain else Surface("coin_silver")),
        mass_kg=mass(parameters, wish, np.pi * radius**2 * thickness * 0.94),
        position=(0.0, 0.0, thickness / 2),
        resonator=Resonator("disc", wish.material, {"radius": radius, "thickness": thickness}),
        drag=Drag(float(np.pi * radius**2), 1.1),
    )
    return Asset((part,), (2 * radius, 2 * radius, thickness), spots={"top": (0.0, 0.0, thickness)})


def die(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A rounded cube with hollow pips, opposite sides adding up to seven; any side up."""
    edge = length(parameters, wish, "edge")
    body = _die_mesh(edge, edge * 0.14)
    turned = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))[int(rng.integers(2))]
    half = edge / 2
    part = Part(
        name="die",
        shapes=_rounded_box(half, edge * 0.1, wish.material),
        mesh=body,
        surfaces=(surface(wish, str(parameters["look"]), (0.5, 0.012, 0.012)), Surface("pip_paint")),
        mass_kg=mass(parameters, wish, enclosed_volume(body)),
        inertia=None,
        position=(0.0, 0.0, half),
        orientation=meshes.turn(turned, float(rng.integers(4)) * np.pi / 2),
        resonator=Resonator("block", wish.material, {"x": edge, "y": edge, "z": edge}),
    )
    return Asset((part,), (edge, edge, edge), spots={"top": (0.0, 0.0, edge)})


def spoon(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A table spoon lying on its back, bowl to the left."""
    span = length(parameters, wish, "length")
    body = _spoon_mesh(span, length(parameters, wish, "thickness"))
    extent = np.ptp(body.vertices, axis=0)
    bowl, neck, mid, end = (np.array([x * span, 0.0, z * span]) for x, z in _SPOON_AXIS)
    thick = 0.0095 * span
    part = Part(
        name="spoon",
        shapes=(
            Shape(
                "ellipsoid",
                (0.165 * span, 0.105 * span, 0.03 * span),
                wish.material,
                (float(bowl[0]), 0.0, 0.03 * span),
                label="bowl",
            ),
            capsule(neck, mid, thick, wish.material),
            capsule(mid, end, thick, wish.material),
        ),
        mesh=body,
        surfaces=(surface(wish, "chrome"),),
        mass_kg=enclosed_volume(body) * density(wish.material),
        resonator=Resonator(
            "bar", wish.material, {"length": span, "width": 0.08 * span, "thickness": 0.0022 * wish.scale}
        ),
    )
    return Asset(
        (part,),
        (float(extent[0]), float(extent[1]), float(extent[2])),
        spots={"top": (0.0, 0.0, 0.06 * span)},
    )


def can(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """An empty drink can with its ring pull, closed."""
    height, radius = length(parameters, wish, "height"), length(parameters, wish, "radius")
    lid = radius * 0.82
    line = np.array(
        [
            (0, 0.085), (0.55, 0.075), (0.68, 0.035), (0.73, 0.0), (0.77, 0.0), (0.81, 0.03), (0.97, 0.16),
            (1.0, 0.25), (1.0, 0.5), (1.0, 3.04), (0.985, 3.1), (0.83, 3.4), (0.82, 3.42), (0.835, 3.455),
            (0.825, 3.483), (0.8, 3.48), (0.785, 3.44), (0.77, 3.36), (0.73, 3.345), (0.71, 3.385), (0, 3.39),
        ]
    )  # fmt: skip
    line = line * [radius, height / 3.483]
    fine = profiles.smooth_line(line, height * 0.012)
    middle = (fine[:-1, 1] + fine[1:, 1]) / 2
    printed = (
        (fine[:-1, 0] + fine[1:, 0] > 1.84 * radius) & (middle > 0.05 * height) & (middle < 0.92 * height)
    )
    shell = profiles.revolved(fine, 96, [0 if label else 1 for label in printed])
    top = height * 3.39 / 3.483
    body = meshes.joined(shell, meshes.in_slot(_ring_pull(lid, top), 1))
    own = surface(wish, "can_label")
    volume = np.pi * radius**2 * height
    wall = number(parameters, "wall")
    part = Part(
        name="can",
        shapes=(
            Shape("cylinder", (radius, height * 0.44), wish.material, (0.0, 0.0, height * 0.455)),
            Shape("cylinder", (lid, height * 0.06), wish.material, (0.0, 0.0, height * 0.935), label="rim"),
            Shape("cylinder", (radius * 0.77, height * 0.01), wish.material, (0.0, 0.0, height * 0.01)),
        ),
        mesh=body,
        surfaces=(own, own if wish.look else Surface("aluminium")),
        mass_kg=mass(
            parameters, wish, (2 * np.pi * radius * height + 2 * np.pi * radius**2) * wall * wish.scale
        ),
        resonator=Resonator(
            "cylindrical_shell",
            wish.material,
            {"radius": radius, "height": height, "thickness": wall * wish.scale},
        ),
        drag=Drag(float(2 * radius * height), 1.0, float(volume) if is_usual(parameters, wish) else 0.0),
    )
    return Asset((part,), (2 * radius, 2 * radius, height), spots={"top": (0.0, 0.0, height)})


def bowling_pin(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A ten-pin: the outline of the rules, white, two red rings about the neck."""
    scale = wish.scale
    outline = np.array([(d / 2, h) for h, d in PIN_PROFILE_IN]) * 0.0254 * scale
    height = length(parameters, wish, "height")
    foot = np.array([(0.0, 0.0), (outline[0, 0] * 0.97, 0.0)])
    line = np.concatenate([foot, outline[:1] + [0.0, 0.0008 * scale], outline[1:], [[0.0, height]]])
    fine = _crowned(profiles.smooth_line(line, 0.004 * scale), height)
    middle = (fine[:-1, 1] + fine[1:, 1]) / 2 / height
    stripe = ((middle > 0.625) & (middle < 0.65)) | ((middle > 0.69) & (middle < 0.715))
    body = profiles.revolved(fine, 72, [1 if ring else 0 for ring in stripe])
    stripes = Surface("bowling_pin_coat", (0.55, 0.015, 0.015))
    own = surface(wish, "bowling_pin_coat")
    part = Part(
        name="pin",
        shapes=_pin_shapes(outline, height, wish.material),
        mesh=body,
        surfaces=(own, own if wish.look else stripes),
        mass_kg=mass(parameters, wish, enclosed_volume(body)),
        resonator=Resonator(
            "bar", wish.material, {"length": height, "width": 0.09 * scale, "thickness": 0.09 * scale}
        ),
    )
    width = float(outline[:, 0].max()) * 2
    return Asset((part,), (width, width, height), spots={"top": (0.0, 0.0, height)})


def _coin_face(radius: float, thickness: float) -> Mesh:
    """The upper face of a coin about its middle, out to the rim's top edge."""
    rim, core = 0.93, 0.72
    disc = _disc(1.0, 40)
    from_figure = stroke_distance(strokes("1", 0.62) + [-0.02, -0.02])
    beads = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    bead_at = np.stack([np.cos(beads), np.sin(beads)], axis=1) * 0.825

    def flat(points: Array) -> Array:
        return points

    def off_axis(points: Array) -> Array:
        reach: Array = np.linalg.norm(points[:, :2], axis=1)
        return reach

    def figure(points: Array) -> Array:
        return from_figure(points[:, :2])

    def bead(points: Array) -> Array:
        apart: Array = np.linalg.norm(points[:, None, :2] - bead_at[None], axis=2).min(axis=1)
        return apart

    disc = relief.cut(disc, off_axis, (core - 0.012, core, core + 0.012, rim - 0.02, rim, 0.985), flat)
    disc = relief.cut(disc, figure, (0.035, 0.055, 0.08), flat)
    disc = relief.cut(disc, bead, (0.02, 0.038, 0.05), flat)
    disc = relief.painted(disc, lambda points: off_axis(points) < core, 1)
    reach = off_axis(disc.points)
    step = 0.035 * thickness
    height = np.interp(reach, [0, core - 0.012, core, core + 0.012, rim - 0.02, rim, 0.985, 1.0],
                       [0.3, 0.3, 0.0, 0.3, 0.3, 2.6, 2.6, 2.0]) * step  # fmt: skip
    height += np.interp(figure(disc.points), [0, 0.035, 0.055, 0.08], [1.7, 1.6, 1.2, 0.0]) * step
    height += np.interp(bead(disc.points), [0, 0.02, 0.038, 0.05], [1.6, 1.4, 0.8, 0.0]) * step
    points = np.column_stack([disc.points[:, :2] * radius, thickness / 2 - 2.6 * step + height])
    return relief.as_mesh(replace(disc, points=points), smooth_angle_rad=0.9)


def _disc(radius: float, rings: int, around: int = 180) -> relief.Skin:
    """A flat disc facing up, fine enough for cutting pictures into it."""
    turn = np.linspace(0, 2 * np.pi, around, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn), np.zeros(around)], axis=1)
    shares = np.linspace(0, 1, rings + 1)[1:]
    points = np.concatenate([[[0.0, 0.0, 0.0]], *(circle * share * radius for share in shares)])
    i, j = np.arange(around), (np.arange(around) + 1) % around
    faces = [np.stack([np.zeros(around, int), 1 + i, 1 + j], axis=1)]
    for ring in range(rings - 1):
        low, high = 1 + ring * around, 1 + (ring + 1) * around
        faces += [np.stack([low + i, high + i, high + j], 1), np.stack([low + i, high + j, low + j], 1)]
    return relief.skin(points, np.concatenate(faces))


def _milled_edge(radius: float, thickness: float, around: int = 180) -> Mesh:
    """The edge between the faces, every other column drawn in: fine grooves in three bands."""
    turn = np.linspace(0, 2 * np.pi, around, endpoint=False)
    step = 0.035 * thickness
    top = thickness / 2 - 0.6 * step
    heights = np.array([-top, -top * 0.9, top * 0.9, top])
    banded = (np.arange(around) * 6 // around) % 2 == 0
    depth = np.where(banded & (np.arange(around) % 2 == 0), 0.008 * radius, 0.0)
    rows = []
    for k, height in enumerate(heights):
        reach = radius - (depth if k in (1, 2) else 0.0)
        rows.append(np.stack([reach * np.cos(turn), reach * np.sin(turn), np.full(around, height)], axis=1))
    i, j = np.arange(around), (np.arange(around) + 1) % around
    quads = np.concatenate(
        [
            np.stack([k * around + i, k * around + j, (k + 1) * around + j, (k + 1) * around + i], 1)
            for k in range(3)
        ]
    )
    count = len(quads)
    return Mesh(
        np.concatenate(rows),
        quads.ravel().astype(np.int32),
        np.full(count, 4, np.int32),
        np.zeros(count, np.int32),
    )


def _die_mesh(edge: float, rounding: float) -> Mesh:
    """Six sides with pips on a cube whose edges are round."""
    half, pieces = edge / 2, 30
    sides = []
    for value, outward, right in (
        (1, 2, 0), (6, -2, 0), (2, -1, 0), (5, 1, 0), (3, 0, 1), (4, -0.5, 1),
    ):  # fmt: skip
        axis = int(abs(outward)) if outward != -0.5 else 0
        normal = np.eye(3)[axis] * (1.0 if outward >= 0 else -1.0)
        first = np.eye(3)[right if right != axis else (axis + 1) % 3]
        second = np.cross(normal, first)
        sides.append(_die_side(value, half, rounding, pieces, normal, first, second))
    return meshes.weld(meshes.joined(*sides), edge * 1e-6)


def _die_side(
    value: int, half: float, rounding: float, pieces: int, normal: Array, right: Array, up: Array
) -> Mesh:
    flat = meshes.grid(2.0, 2.0, pieces + 1, pieces + 1)
    quads = flat.corners.reshape(-1, 4)
    side = relief.skin(flat.vertices * half, np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]))
    spots = np.array(PIPS[value], float) * half * 0.5
    size = half * 0.19

    def apart(points: Array) -> Array:
        distance: Array = np.linalg.norm(points[:, None, :2] - spots[None], axis=2).min(axis=1)
        return distance

    side = relief.cut(
        side, apart, [size * share for share in (1.08, 1.0, 0.8, 0.55, 0.25)], lambda points: points
    )
    side = relief.painted(side, lambda points: apart(points) < size, 1)
    share = apart(side.points) / size
    # A spherical hollow as deep as half its radius, its brim slightly rounded.
    depth = (
        np.where(share < 1, 0.08 + 0.5 * (1 - share**2), np.clip((1.08 - share) / 0.08, 0, 1) * 0.08) * size
    )
    plane = side.points[:, :1] * right + side.points[:, 1:2] * up + half * normal
    core = np.clip(plane, -(half - rounding), half - rounding)
    round_off = relief.to_sphere(plane - core)
    points = core + round_off * rounding - depth[:, None] * normal
    return relief.as_mesh(replace(side, points=points), smooth_angle_rad=0.8)


def _rounded_box(half: float, cut: float, material: str) -> tuple[Shape, ...]:
    """A cube without its edges and corners, as one hull."""
    inner = half - cut
    corners = [
        [(half if k == axis else inner) * sign for k, sign in enumerate((x, y, z))]
        for axis in range(3)
        for x in (-1, 1)
        for y in (-1, 1)
        for z in (-1, 1)
    ]
    return (Shape("hull", (), material, vertices=np.array(corners, float)),)


_SPOON_AXIS = ((-0.335, 0.006), (-0.165, 0.042), (0.18, 0.052), (0.49, 0.014))
"""Bowl, neck, middle of the handle and its end, in shares of the length."""


def _spoon_mesh(span: float, thickness: float) -> Mesh:
    """A sheet over the spoon's outline, hollowed at the bowl, arched along the handle, thickened."""
    x = np.concatenate([np.linspace(-0.5, -0.14, 46), np.linspace(-0.13, 0.5, 50)])
    bowl = np.sqrt(np.clip(1 - ((x + 0.325) / 0.175) ** 2, 0, 1)) * np.clip(
        1 - 0.22 * (x + 0.325) / 0.175, 0, 2
    )
    grip = np.interp(
        x, [-0.2, -0.13, -0.05, 0.2, 0.42, 0.47, 0.5], [0.0, 0.020, 0.0165, 0.026, 0.05, 0.046, 0.004]
    )
    width = np.maximum(np.maximum(bowl * 0.108, grip), 0.0035)
    line = np.interp(x, [-0.5, -0.33, -0.16, 0.0, 0.18, 0.5], [0.03, 0.034, 0.046, 0.064, 0.06, 0.014])
    kernel = np.hanning(11) / np.hanning(11).sum()
    line = np.convolve(np.pad(line, 5, mode="edge"), kernel, mode="valid")
    across = np.linspace(-1, 1, 25)
    deep = 0.058 * np.clip(bowl, 0, 1)[:, None] * (1 - across[None] ** 2)
    # The handle's section is slightly crowned, which makes it stiff and catches the light.
    crown = -0.006 * (1 - np.clip(bowl * 3, 0, 1))[:, None] * (1 - across[None] ** 2)
    middle = np.stack(
        [np.repeat(x[:, None], 25, 1), width[:, None] * across[None], line[:, None] - deep - crown], axis=2
    )
    middle = middle * span
    normal = np.cross(np.gradient(middle, axis=0), np.gradient(middle, axis=1))
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    edge = np.sqrt(np.clip(1 - np.abs(across) ** 6, 0, 1))[None, :, None]
    ends = np.sqrt(np.clip(1 - np.abs(np.linspace(-1, 1, len(x))) ** 40, 0, 1))[:, None, None]
    thick = thickness / 2 * edge * ends * normal
    rows, columns = middle.shape[:2]
    index = np.arange(rows * columns).reshape(rows, columns)
    quads = np.stack([index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]], axis=2).reshape(-1, 4)
    corners = np.concatenate([quads, quads[:, ::-1] + rows * columns]).ravel().astype(np.int32)
    points = np.concatenate([(middle + thick).reshape(-1, 3), (middle - thick).reshape(-1, 3)])
    points[:, 2] -= points[:, 2].min()
    count = 2 * len(quads)
    both = Mesh(points, corners, np.full(count, 4, np.int32), np.zeros(count, np.int32), None, 3.1)
    return meshes.weld(both, span * 1e-6)


def _ring_pull(lid: float, height: float) -> Mesh:
    """The ring and rivet on a can's lid."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.stack(
        [lid * 0.3 * np.cos(turn), lid * (-0.28 + 0.36 * np.sin(turn)), np.full(40, height + lid * 0.06)],
        axis=1,
    )
    loop = meshes.sweep(ring, lid * 0.05, 10, closed=True)
    tongue = meshes.moved(
        meshes.box((lid * 0.4, lid * 0.26, lid * 0.05), lid * 0.02), (0, lid * 0.05, height + lid * 0.06)
    )
    rivet = meshes.moved(
        meshes.cylinder(lid * 0.1, lid * 0.12, 24, lid * 0.03), (0, lid * 0.05, height + lid * 0.05)
    )
    return meshes.joined(loop, tongue, rivet)


def _crowned(line: Array, height: float) -> Array:
    """The outline of a pin with the crown of its head as a true arc (radius 1.273 in)."""
    arc = 1.273 / 15 * height
    low = height - arc * 0.75
    turn = np.linspace(np.arccos((height - arc - low) / -arc) if arc else 0.0, 0, 16)
    crown = np.stack([arc * np.sin(turn), height - arc + arc * np.cos(turn)], axis=1)
    return np.concatenate([line[line[:, 1] < crown[0, 1] - 0.002], crown])


def _pin_shapes(outline: Array, height: float, material: str) -> tuple[Shape, ...]:
    """A foot to stand on, hulls of 20-gons for belly and neck, and a ball for the head."""
    turn = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    foot = float(outline[0, 0])
    shapes = [Shape("cylinder", (foot, 0.002 / 0.381 * height), material, (0.0, 0.0, 0.002 / 0.381 * height))]
    stops = (0, 4, 9, 13)
    for low, high in itertools.pairwise(stops):
        rows = outline[low : high + 1]
        if low == 4:
            # Towards the neck the outline is hollow: two straight pieces follow it closely.
            for part in (rows[:4], rows[3:]):
                shapes.append(_stack(part, circle, material))
        else:
            shapes.append(_stack(rows, circle, material))
    arc = 1.273 / 15 * height
    shapes.append(Shape("sphere", (arc,), material, (0.0, 0.0, height - arc), label="head"))
    return tuple(shapes)


def _stack(rows: Array, circle: Array, material: str) -> Shape:
    rings = [np.column_stack([circle * radius, np.full(len(circle), level)]) for radius, level in rows]
    return Shape("hull", (), material, vertices=np.concatenate(rings))
