"""Bowling pins."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np

from lichtspiel.library.asset import Array, Asset, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles
from lichtspiel.library.things.substance import enclosed_volume, inertia, length, mass, surface

PIN_PROFILE_IN: tuple[tuple[float, float], ...] = (
    (0.0, 2.031), (0.75, 2.828), (2.25, 3.906), (3.375, 4.510), (4.5, 4.766), (5.875, 4.563), (7.25, 3.703),
    (8.625, 2.472), (9.375, 1.965), (10.0, 1.797), (10.875, 1.870), (11.75, 2.094), (12.625, 2.406),
    (13.5, 2.547), (14.3, 2.28), (14.8, 1.5), (14.96, 0.8),
)  # fmt: skip
"""Height and diameter in inches (USBC Equipment Specifications, bowling pin), crown rounded to 15 in."""


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
    weight = mass(parameters, wish, enclosed_volume(body))
    part = Part(
        name="pin",
        shapes=_pin_shapes(outline, height, wish.material),
        mesh=body,
        surfaces=(own, own if wish.look else stripes),
        mass_kg=weight,
        inertia=inertia(body, weight),
        resonator=Resonator(
            "bar", wish.material, {"length": height, "width": 0.09 * scale, "thickness": 0.09 * scale}
        ),
    )
    width = float(outline[:, 0].max()) * 2
    return Asset((part,), (width, width, height), spots={"top": (0.0, 0.0, height)})


def _crowned(line: Array, height: float) -> Array:
    """The outline of a pin with the crown of its head as a true arc (radius 1.273 in)."""
    arc = 1.273 / 15 * height
    low = height - arc * 0.75
    turn = np.linspace(np.arccos((height - arc - low) / -arc) if arc else 0.0, 0, 16)
    crown = np.stack([arc * np.sin(turn), height - arc + arc * np.cos(turn)], axis=1)
    return np.concatenate([line[line[:, 1] < crown[0, 1] - 0.002], crown])


def _pin_shapes(outline: Array, height: float, material: str) -> tuple[Shape, ...]:
    """A foot to stand on, stacked hulls of 20-gons, and a ball for the head."""
    turn = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    foot = float(outline[0, 0])
    shapes = [Shape("cylinder", (foot, 0.002 / 0.381 * height), material, (0.0, 0.0, 0.002 / 0.381 * height))]
    # The belly is convex; towards the neck the outline is hollow and needs a piece for each step.
    stops = (0, 3, 6, 7, 8, 9, 10, 11, 12, 13)
    shapes += [_stack(outline[low : high + 1], circle, material) for low, high in itertools.pairwise(stops)]
    arc = 1.273 / 15 * height
    shapes.append(Shape("sphere", (arc,), material, (0.0, 0.0, height - arc), label="head"))
    return tuple(shapes)


def _stack(rows: Array, circle: Array, material: str) -> Shape:
    rings = [np.column_stack([circle * radius, np.full(len(circle), level)]) for radius, level in rows]
    return Shape("hull", (), material, vertices=np.concatenate(rings))
