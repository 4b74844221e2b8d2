"""What is watered and dug: a pot of flowers, a heap of earth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import disc, pillar, seen, single, solid, tube
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def flower_pot(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A clay pot with a plant in bloom."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    r = radius
    profile = np.array(
        [(0, 0), (0.68 * r, 0), (0.92 * r, 0.78 * height), (r, 0.78 * height), (r, height), (0.9 * r, height)]
        + [(0.85 * r, 0.88 * height), (0, 0.88 * height)]
    )
    pot = meshes.lathe(profile, 48)
    soil = disc(0.86 * r, 0.01, (0, 0, 0.885 * height), slot=1)
    stems: list[Mesh] = []
    for number_ in range(13):
        angle, lean = number_ * 2.4, rng.uniform(0.15, 0.75)
        long = rng.uniform(0.85, 1.25) * height
        away = np.array([np.cos(angle), np.sin(angle), 0.0])
        foot = np.array([0, 0, 0.88 * height]) + 0.35 * r * away
        head = foot + 0.75 * lean * r * 1.6 * away + [0, 0, long * (1.05 - 0.3 * lean)]
        stems.append(
            tube(
                np.array([foot, (foot + head) / 2 + [0, 0, 0.04], head]), 0.004, slot=2, count=10, segments=6
            )
        )
        stems += _leaves(foot, head, angle, 0.5 * r)
        stems += _bloom(head, away, 0.22 * r)
    shapes = [
        pillar((0, 0, 0), (0, 0, height), 0.92 * r, wish.material, "pot"),
        pillar((0, 0, height), (0, 0, 1.8 * height), 0.6 * r, "foam", "plant"),
    ]
    surfaces = (
        surface(wish, "fired_brick", (0.36, 0.13, 0.06)),
        Surface("soil"),
        Surface("plant_leaf"),
        Surface("oil_paint", (0.62, 0.03, 0.16)),
        Surface("oil_paint", (0.75, 0.48, 0.03)),
    )
    made = single(
        "pot",
        [solid(shapes, pot), seen(soil, *stems)],
        surfaces,
        wish,
        7.0,
        Resonator("cylindrical_shell", wish.material, {"radius": r, "height": height, "thickness": 0.012}),
        {"top": (0.0, 0.0, height)},
    )
    # Above the soil.
    wide, low, high = (wish.scale * length for length in (0.8 * r, 0.9 * height, height))
    return replace(made, regions={"inside": ((-wide, -wide, low), (wide, wide, high))})


def _leaves(foot: Array, head: Array, angle: float, size: float) -> list[Mesh]:
    outline = np.array([(0, 0), (0.35, -0.24), (0.75, -0.2), (1, 0), (0.75, 0.2), (0.35, 0.24)]) * size
    leaf = meshes.extrude(outline, 0.001, 2)
    return [
        meshes.moved(
            meshes.moved(leaf, (0, 0, 0), meshes.turn((0, 1, 0), -0.5)),
            foot + share * (head - foot),
            meshes.turn((0, 0, 1), angle + turned),
        )
        for share, turned in ((0.3, 0.8), (0.5, -1.2), (0.7, 2.6))
    ]


def _bloom(head: Array, away: Array, size: float) -> list[Mesh]:
    """Petals about a yellow eye, turned up and outward."""
    petals = [
        meshes.moved(
            meshes.scaled(meshes.sphere(size, 10, 6, 3), (0.8, 0.5, 0.18)),
            (0.8 * size * np.cos(a), 0.8 * size * np.sin(a), 0.0),
            meshes.turn((0, 0, 1), a),
        )
        for a in np.linspace(0, 2 * np.pi, 6, endpoint=False)
    ]
    eye = meshes.sphere(0.4 * size, 10, 6, 4)
    side = (float(-away[1]), float(away[0]), 0.0)
    return [meshes.moved(part, head, meshes.turn(side, 0.6)) for part in (*petals, eye)]


def soil_heap(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A heap of dug earth beside the dark patch it has come out of."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    heap = _mound(radius, height, rng, 0)
    patch = meshes.moved(
        meshes.scaled(_mound(radius * 0.8, 0.02, rng, 0), (1.0, 0.7, 1.0)), (-1.9 * radius, 0, 0)
    )
    clods = [
        meshes.moved(meshes.sphere(r, 10, 6), (x * radius, y * radius, r * 0.5))
        for x, y, r in np.column_stack(
            [rng.uniform(-2.4, 1.2, 40), rng.uniform(-1, 1, 40), rng.uniform(0.008, 0.03, 40)]
        )
    ]
    shape = Shape("ellipsoid", (radius * 0.9, radius * 0.9, height * 0.9), wish.material, (0, 0, 0))
    return single(
        "heap",
        [solid(shape, heap), seen(patch, *clods)],
        (surface(wish, "soil"),),
        wish,
        90.0,
        Resonator("ground", wish.material, {"thickness": 0.2}),
        {"top": (0.0, 0.0, height)},
        fixed=True,
    )


def _mound(radius: float, height: float, rng: Generator, slot: int) -> Mesh:
    """A heap that lies at its own slope, uneven, its edge on the ground."""
    share = np.linspace(0, 1, 10)
    line = np.column_stack([radius * share[::-1], height * (1 - share[::-1] ** 1.5)])
    made = meshes.lathe(np.vstack([[(0, 0.0)], line]), 40, slot, 3.1)
    points = made.vertices.copy()
    angle = np.arctan2(points[:, 1], points[:, 0])
    uneven = 1 + 0.1 * np.sin(3 * angle + rng.uniform(0, 6)) + 0.06 * np.sin(7 * angle + rng.uniform(0, 6))
    points[:, :2] *= uneven[:, None]
    points[:, 2] *= 1 + 0.08 * np.sin(9 * angle + 14 * points[:, 2] / height)
    return Mesh(points, made.corners, made.sizes, made.slots, None, 3.1)
