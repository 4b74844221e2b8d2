"""Collision shapes of things turned on a lathe: discs, cylinders and rings of convex wedges."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Array, Shape
from lichtspiel.library.things.profiles import EDGE_ROWS, Stem, Vessel, Wall

FLAT = 0.0004
"""Metres within which a bottom counts as flat."""


def vessel_shapes(vessel: Vessel, material: str, tolerance: float) -> tuple[Shape, ...]:
    """Collision shapes of a whole vessel, true to its walls within a tolerance in metres."""
    shapes = wall_shapes(vessel.body, material, tolerance)
    if vessel.stem is not None and vessel.foot is not None:
        shapes += stem_shapes(vessel.stem, material) + foot_shapes(vessel.foot, material)
    for handle in vessel.handles:
        shapes += handle.shapes(material, vessel.handle_pieces) if vessel.handle_pieces else []
    return tuple(shapes)


def wall_shapes(body: Wall, material: str, tolerance: float, sectors: int = 24) -> list[Shape]:
    """Collision shapes of a wall: a disc to stand on, a floor, and rings of wedges around a free inside.

    The last ring is labelled `rim`. Walls thinner than 1.5 mm are thickened to the outside.
    """
    low = float(body.outer[:, 1].min())
    stand = float(body.outer[body.outer[:, 1] < low + FLAT, 0].max())
    start, floor = float(body.outer[0, 1]), float(body.inner[0, 1])
    level = np.abs(body.inner[:, 1] - floor) < tolerance
    first = max(int(np.argmin(level)) - 1, 1)
    half = max((floor - start) / 2, 0.0002)
    reach = float(body.middle[first, 0])
    thin = min(0.00025, (floor - low) / 2)
    shapes = [
        Shape("cylinder", (stand, thin), material, (0.0, 0.0, low + thin)),
        Shape("cylinder", (reach, half), material, (0.0, 0.0, start + half)),
    ]
    body = _square_edged(body)
    outer = _thickened(body)
    bands = _bands(body, first, tolerance)
    for number, (begin, end) in enumerate(bands):
        label = "rim" if number == len(bands) - 1 else ""
        rows = [outer[begin], outer[end], body.inner[begin], body.inner[end]]
        shapes += _ring(rows, sectors, material, label)
    return shapes


def stem_shapes(stem: Stem, material: str, pieces: int = 3) -> list[Shape]:
    """Cylinders along a stem."""
    heights = np.linspace(stem.profile[0, 1], stem.profile[-1, 1], pieces + 1)
    shapes = []
    for low, high in itertools.pairwise(heights):
        between = np.linspace(low, high, 9)
        radius = float(np.interp(between, stem.profile[:, 1], stem.profile[:, 0]).mean())
        shapes.append(
            Shape("cylinder", (radius, float(high - low) / 2), material, (0.0, 0.0, float(low + high) / 2))
        )
    return shapes


def foot_shapes(foot: Wall, material: str) -> list[Shape]:
    """A disc to stand on, as thick as the foot's edge, and a cone on it."""
    edge = int(np.argmax(foot.outer[:, 0]))
    radius = float(foot.outer[edge, 0])
    low = float(foot.outer[:, 1].min())
    half = max(float(foot.inner[edge - 4 : edge, 1].mean() - low) / 2, 0.0005)
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    rings = [
        np.column_stack([circle * share, np.full(24, height)])
        for share, height in ((radius * 0.95, low + half), (foot.inner[foot.joint, 0], foot.inner[0, 1]))
    ]
    return [
        Shape("cylinder", (radius, half), material, (0.0, 0.0, low + half), label="foot"),
        Shape("hull", (), material, vertices=np.concatenate(rings), label="foot"),
    ]


def inside_box(body: Wall) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Box (low, high) in the hollow of a vessel, from its floor to its edge."""
    floor, top = float(body.inner[0, 1]), float(body.outer[:, 1].max())
    upper = body.inner[body.inner[:, 1] > floor + 0.3 * (top - floor), 0]
    reach = float(np.median(upper)) * 0.85
    return (-reach, -reach, floor), (reach, reach, top)


def _square_edged(body: Wall) -> Wall:
    """The wall with one flat end in place of its rounded edge."""
    last = -EDGE_ROWS - 1
    rise = body.outer[-1] - body.middle[last]
    outer = np.concatenate([body.outer[: last + 1], [body.outer[last] + rise]])
    inner = np.concatenate([body.inner[: last + 1], [body.inner[last] + rise]])
    return Wall(outer, inner)


def _thickened(body: Wall, least: float = 0.0015) -> Array:
    """The outer side moved away from the inner one where the wall is thin.

    It ends just above the ground, so that a standing vessel touches it with its disc alone.
    """
    across = body.outer - body.inner
    thick = np.linalg.norm(across, axis=1, keepdims=True)
    grown = body.inner + across * np.maximum(least / thick, 1.0)
    grown[:, 1] = np.maximum(grown[:, 1], body.outer[:, 1].min() + FLAT / 2)
    return grown


def _bands(body: Wall, first: int, tolerance: float) -> list[tuple[int, int]]:
    """Runs of rows (start, end) along which both sides are straight within a tolerance."""
    bands, start = [], first
    while start < len(body.outer) - 1:
        end = start + 1
        while end + 1 < len(body.outer) and all(
            _sag(side[start : end + 2]) < tolerance for side in (body.outer, body.inner)
        ):
            end += 1
        bands.append((start, end))
        start = end
    return bands


def _sag(line: Array) -> float:
    """Greatest distance of points (N, 2) from the chord of their ends."""
    chord = line[-1] - line[0]
    span = float(np.linalg.norm(chord))
    if span < 1e-9:
        return float(np.linalg.norm(line - line[0], axis=1).max())
    off = (line - line[0]) @ np.array([-chord[1], chord[0]]) / span
    return float(np.abs(off).max())


def _ring(rows: Sequence[Array], sectors: int, material: str, label: str) -> list[Shape]:
    """Wedges about the z axis between outer rows 0, 1 and inner rows 2, 3 of (radius, height)."""
    half = np.pi / sectors
    # A chord between points on the true circle bulges into the hollow; stretched by half of
    # that, chords are as much inside as outside of the circle.
    stretch = 2 / (1 + np.cos(half))
    shapes = []
    for sector in range(sectors):
        middle = 2 * np.pi * sector / sectors
        points = []
        for turn in (middle - half, middle + half):
            points += [
                (radius * stretch * np.cos(turn), radius * stretch * np.sin(turn), height)
                for radius, height in rows
            ]
        corners = np.unique(np.round(points, 9), axis=0)
        shapes.append(Shape("hull", (), material, vertices=corners, label=label))
    return shapes
