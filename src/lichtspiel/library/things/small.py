"""Small things: coin, die and spoon."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.spatial import ConvexHull

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Drag, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import relief
from lichtspiel.library.things.numerals import stroke_distance, strokes
from lichtspiel.library.things.substance import (
    density,
    enclosed_volume,
    inertia,
    length,
    mass,
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
    weight = enclosed_volume(body) * density(wish.material)
    part = Part(
        name="spoon",
        shapes=_slices(body, wish.material),
        mesh=body,
        surfaces=(surface(wish, "chrome"),),
        mass_kg=weight,
        inertia=inertia(body, weight),
        resonator=Resonator(
            "bar", wish.material, {"length": span, "width": 0.08 * span, "thickness": 0.0022 * wish.scale}
        ),
    )
    return Asset(
        (part,),
        (float(extent[0]), float(extent[1]), float(extent[2])),
        spots={"top": (0.0, 0.0, 0.06 * span)},
    )


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


def _slices(body: Mesh, material: str) -> tuple[Shape, ...]:
    """Hulls of the spoon's pieces: eleven along it, the wide ones in six strips."""
    x, y = body.vertices[:, 0], body.vertices[:, 1]
    stops = np.interp(np.linspace(0, 1, 12), [0, 0.64, 1], [x.min(), 0.36 * x.min(), x.max()])
    shapes = []
    for low, high in itertools.pairwise(stops):
        margin = 0.005 * np.ptp(x)
        within = (x > low - margin) & (x < high + margin)
        width = float(np.abs(y[within]).max())
        strips = 6 if width > 0.06 * np.ptp(x) else 1
        for left, right in itertools.pairwise(np.linspace(-width, width, strips + 1)):
            piece = body.vertices[within & (y >= left - 0.04 * width) & (y <= right + 0.04 * width)]
            label = "bowl" if high < 0.36 * x.min() else ""
            shapes.append(
                Shape("hull", (), material, vertices=piece[ConvexHull(piece).vertices], label=label)
            )
    return tuple(shapes)


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
