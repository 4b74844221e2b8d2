"""Dominoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, triple
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

PIPS: dict[int, tuple[tuple[int, int], ...]] = {
    0: (),
    1: ((1, 1),),
    2: ((0, 0), (2, 2)),
    3: ((0, 0), (1, 1), (2, 2)),
    4: ((0, 0), (0, 2), (2, 0), (2, 2)),
    5: ((0, 0), (0, 2), (1, 1), (2, 0), (2, 2)),
    6: ((0, 0), (0, 1), (0, 2), (2, 0), (2, 1), (2, 2)),
}
"""Cells (column, row) of a 3 x 3 field that carry a pip."""

CELL_STEPS = 4
"""Border points of a pip's cell on each side, so that all cells share their corners."""


def domino(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A standing domino with carved pips and a line between its halves, facing -y."""
    width, thickness, height = triple(parameters)
    halves = (int(rng.integers(0, 7)), int(rng.integers(0, 7)))
    tile = _domino_mesh(width, height, thickness, number(parameters, "bevel"), halves)
    # The tile is made lying on its back; standing up its face looks to -y.
    stood = meshes.moved(tile, (0, 0, height / 2), meshes.turn((1, 0, 0), np.pi / 2))
    body = surface(wish, str(parameters["look"]), triple(parameters, "colour"))
    pip = Surface("matte_plastic", (0.012, 0.012, 0.013))
    half = (width / 2, thickness / 2, height / 2)
    part = Part(
        "domino",
        (Shape("box", half, wish.material, (0.0, 0.0, height / 2)),),
        stood,
        (body, pip),
        resonator=Resonator("bar", wish.material, {"length": height, "width": width, "thickness": thickness}),
    )
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, height)})


def _domino_mesh(
    width: float, height: float, thickness: float, bevel: float, halves: tuple[int, int]
) -> Mesh:
    """The tile in x and y with its face towards +z, the origin in its middle."""
    margin = 0.09 * width
    field = width - 2 * margin
    cell = field / 3
    line = height / 2 - margin - 3 * cell
    # Columns and rows of the grid on the face: three cells, the line, three cells.
    xs: Array = -field / 2 + cell * np.arange(4.0)
    above: Array = line + cell * np.arange(4.0)
    ys: Array = np.concatenate([-above[::-1], above])
    pieces = [
        _cell(xs, ys, c, r, _has_pip(halves, c, r), cell, thickness / 2)
        for r in (0, 1, 2, 4, 5, 6)
        for c in range(3)
    ]
    pieces += _line(xs, line, thickness / 2)
    pieces.append(_rim(xs, ys, width, height, thickness, bevel))
    return replace(meshes.weld(meshes.joined(*pieces), 1e-7), smooth_angle_rad=0.7)


def _has_pip(halves: tuple[int, int], column: int, row: int) -> bool:
    return (column, row % 4) in PIPS[halves[row // 4]]


def _cell(xs: Array, ys: Array, column: int, row: int, pip: bool, cell: float, z: float) -> Mesh:
    """One field of the face, flat or with a hollow in its middle."""
    border = _border(xs[column], ys[row], xs[column + 1], ys[row + 1], CELL_STEPS)
    count = len(border)
    flat = np.column_stack([border, np.full(count, z)])
    if not pip:
        return meshes.from_polygons(flat, [range(count)])
    centre = border.mean(axis=0)
    angles = np.arctan2(*(border - centre).T[::-1])
    radius, depth = 0.31 * cell, 0.11 * cell
    hollow = [(1.0, 0.0), (0.94, 0.12), (0.82, 0.45), (0.55, 0.82), (0.25, 0.97)]
    rings = [flat]
    for share, down in hollow:
        circle = centre + radius * share * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        rings.append(np.column_stack([circle, np.full(count, z - depth * down)]))
    polygons = [
        [k * count + i, k * count + (i + 1) % count, (k + 1) * count + (i + 1) % count, (k + 1) * count + i]
        for k in range(len(hollow))
        for i in range(count)
    ]
    polygons.append([len(hollow) * count + i for i in range(count)])
    made = meshes.from_polygons(np.concatenate(rings), polygons)
    slots = np.ones(len(polygons), np.int32)
    slots[: 2 * count] = 0
    return replace(made, slots=slots)


def _border(left: float, low: float, right: float, high: float, steps: int) -> Array:
    """Points around a rectangle, counter-clockwise from its lower left corner."""
    across, up = np.linspace(left, right, steps + 1), np.linspace(low, high, steps + 1)
    return np.concatenate(
        [
            np.stack([across[:-1], np.full(steps, low)], axis=1),
            np.stack([np.full(steps, right), up[:-1]], axis=1),
            np.stack([across[:0:-1], np.full(steps, high)], axis=1),
            np.stack([np.full(steps, left), up[:0:-1]], axis=1),
        ]
    )


def _line(xs: Array, half: float, z: float) -> list[Mesh]:
    """The band between the halves, with a carved line that runs out before the sides."""
    steps = CELL_STEPS * 3
    across = np.linspace(xs[0], xs[-1], steps + 1)
    reach = np.clip((1 - np.abs(np.linspace(-1, 1, steps + 1))) * 5, 0, 1)
    rows = [(-half, 0.0), (-0.3 * half, 0.0), (0.0, 0.32 * half), (0.3 * half, 0.0), (half, 0.0)]
    points = np.concatenate(
        [np.stack([across, np.full(steps + 1, y), z - down * reach], axis=1) for y, down in rows]
    )
    count = steps + 1
    polygons = [
        [r * count + c, r * count + c + 1, (r + 1) * count + c + 1, (r + 1) * count + c]
        for r in range(len(rows) - 1)
        for c in range(steps)
    ]
    made = meshes.from_polygons(points, polygons)
    carved = np.repeat(np.array([0, 1, 1, 0], np.int32), steps)
    return [replace(made, slots=carved)]


def _rim(xs: Array, ys: Array, width: float, height: float, thickness: float, bevel: float) -> Mesh:
    """Everything but the field of pips: margin, rounded edges, sides and back."""
    half = ys[4]
    across = np.linspace(xs[0], xs[-1], 3 * CELL_STEPS + 1)
    up = np.concatenate(
        [
            np.linspace(ys[0], ys[3], 3 * CELL_STEPS + 1),
            half * np.array([-0.3, 0.0, 0.3]),
            np.linspace(ys[4], ys[7], 3 * CELL_STEPS + 1),
        ]
    )
    field = np.concatenate(
        [
            np.stack([across[:-1], np.full(len(across) - 1, ys[0])], axis=1),
            np.stack([np.full(len(up) - 1, xs[-1]), up[:-1]], axis=1),
            np.stack([across[:0:-1], np.full(len(across) - 1, ys[-1])], axis=1),
            np.stack([np.full(len(up) - 1, xs[0]), up[:0:-1]], axis=1),
        ]
    )
    corner, z = 0.1 * width, thickness / 2
    turn = np.linspace(0, np.pi / 2, 5)
    face = [(bevel * (1 - np.sin(t)), z - bevel * (1 - np.cos(t))) for t in turn]
    levels = [*face, *((inset, -depth) for inset, depth in face[::-1])]
    rings = [np.column_stack([field, np.full(len(field), z)])]
    for inset, depth in levels:
        outline = _rounded(field, width - 2 * inset, height - 2 * inset, corner - inset)
        rings.append(np.column_stack([outline, np.full(len(field), depth)]))
    count = len(field)
    polygons = [
        [k * count + i, (k + 1) * count + i, (k + 1) * count + (i + 1) % count, k * count + (i + 1) % count]
        for k in range(len(rings) - 1)
        for i in range(count)
    ]
    polygons.append([(len(rings) - 1) * count + i for i in range(count)][::-1])
    return meshes.from_polygons(np.concatenate(rings), polygons)


def _rounded(field: Array, width: float, height: float, radius: float) -> Array:
    """The field's outline stretched to a rectangle with rounded corners."""
    reach = np.abs(field).max(axis=0)
    square: Array = field / reach * [width / 2, height / 2]
    inner = np.array([width / 2, height / 2]) - radius
    core = np.clip(square, -inner, inner)
    offset = square - core
    length = np.linalg.norm(offset, axis=1, keepdims=True)
    # Only the corners leave the inner rectangle in both directions.
    both = (np.abs(offset) > 1e-12).all(axis=1)
    square[both] = (core + radius * offset / np.maximum(length, 1e-12))[both]
    return square
