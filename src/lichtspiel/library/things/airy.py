"""Things that the air carries: balloon and feather."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np
from scipy.interpolate import CubicSpline

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Drag, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.handles import Handle
from lichtspiel.library.things.substance import density, is_usual, length, number, sphere_drag, surface

GAS_DENSITY = {"air": 1.22, "helium": 0.18}
"""kg/m³ inside a balloon at 20 °C and 1-2 % overpressure."""


def balloon(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A tied party balloon, knot down. `gas` is air or helium; its mass is in the balloon's."""
    radius = length(parameters, wish, "radius")
    height = radius * 2.36
    line = np.array(
        [
            (0, 2.36), (0.32, 2.31), (0.62, 2.145), (0.86, 1.86), (0.985, 1.5), (0.985, 1.22), (0.87, 0.85),
            (0.63, 0.5), (0.38, 0.26), (0.17, 0.125), (0.07, 0.09), (0.055, 0.075), (0.085, 0.062),
            (0.075, 0.045), (0.05, 0.035), (0.07, 0.02), (0.1, 0.0), (0.088, 0.0), (0.0, 0.026),
        ]
    )[::-1] * radius  # fmt: skip
    centre = 1.36 * radius
    body = meshes.moved(meshes.lathe(_rounded(line), 64, smooth_angle_rad=1.2), (0.0, 0.0, -centre))
    volume = 4 / 3 * np.pi * radius**3
    skin = number(parameters, "mass") * wish.scale**2
    if not is_usual(parameters, wish):
        skin = 4 * np.pi * radius**2 * 0.0003 * density(wish.material)
    gas = volume * GAS_DENSITY[str(parameters["gas"])]
    moment = 2 / 3 * skin * radius**2 + 0.4 * gas * radius**2
    part = Part(
        name="balloon",
        shapes=(
            Shape("sphere", (radius,), wish.material),
            Shape("sphere", (0.09 * radius,), wish.material, (0.0, 0.0, -1.27 * radius), label="knot"),
        ),
        mesh=body,
        surfaces=(surface(wish, "balloon_latex"),),
        mass_kg=float(skin + gas),
        inertia=(moment, moment, moment),
        position=(0.0, 0.0, centre),
        resonator=Resonator(
            "membrane_ball", wish.material, {"radius": radius, "thickness": 0.0003, "pressure_pa": 2000.0}
        ),
        drag=sphere_drag(radius, float(volume)),
    )
    return Asset((part,), (2 * radius, 2 * radius, height), spots={"top": (0.0, 0.0, height)})


def feather(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A white goose feather lying along x, quill to the right: shaft, combed vanes, down at their root."""
    span, breadth = length(parameters, wish, "length"), length(parameters, wish, "breadth")
    shaft = _shaft(span)
    vanes = [_vane(shaft, span, breadth, side, rng) for side in (-1.0, 1.0)]
    body = meshes.joined(meshes.in_slot(shaft.mesh(), 1), *vanes, _down(shaft, span, rng))
    low = float(body.vertices[:, 2].min())
    body = meshes.moved(body, (0.0, 0.0, -low))
    extent = np.ptp(body.vertices, axis=0)
    thick = float(extent[2]) / 2
    weight = number(parameters, "mass") * wish.scale**2
    if not is_usual(parameters, wish):
        weight = span * breadth * 0.7 * 0.0008 * density(wish.material)
    area = span * breadth * 0.62
    part = Part(
        name="feather",
        shapes=(
            Shape(
                "box",
                (span * 0.38, breadth * 0.4, 0.0006 * wish.scale),
                wish.material,
                (-span * 0.08, 0.0, thick * 0.6),
            ),
            Shape(
                "capsule",
                (0.0012 * wish.scale, span * 0.11),
                wish.material,
                (span * 0.39, 0.0, thick),
                meshes.turn((0.0, 1.0, 0.0), np.pi / 2),
            ),
        ),
        mesh=body,
        surfaces=(surface(wish, "feather_vane"), Surface("feather_shaft")),
        mass_kg=weight,
        # A thin plate: the shapes' own thickness would make it too light to turn.
        inertia=(weight * breadth**2 / 14, weight * span**2 / 13, weight * (span**2 / 13 + breadth**2 / 14)),
        resonator=Resonator("cloth", wish.material, {"area": area, "thickness": 0.0003}),
        drag=Drag(float(area), 1.15, 0.0, 0.8),
    )
    size = (float(extent[0]), float(extent[1]), float(extent[2]))
    return Asset((part,), size, spots={"top": (0.0, 0.0, size[2])})


def _rounded(line: Array) -> Array:
    """The line (N, 2) with four points between any two, on a smooth curve."""
    pace = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    fine = np.concatenate([np.linspace(a, b, 6)[:-1] for a, b in itertools.pairwise(pace)] + [pace[-1:]])
    curve: Array = CubicSpline(pace, line)(fine)
    curve[:, 0] = np.maximum(curve[:, 0], 0.0)
    curve[0, 0] = curve[-1, 0] = 0.0
    return curve


def _shaft(span: float) -> Handle:
    """The quill: thick and bare at the right end, hair-thin at the tip, bent up and aside."""
    t = np.linspace(0, 1, 41)
    x = span * (0.5 - t)
    y = 0.03 * span * np.sin(np.pi * t * 0.9) - 0.012 * span
    z = span * (0.05 * (2 * t - 1) ** 2 + 0.012)
    radii = span * np.interp(t, [0, 0.02, 0.1, 0.3, 1], [0.003, 0.0075, 0.0085, 0.006, 0.0008])
    return Handle(np.stack([x, y, z], axis=1), radii)


def _vane(shaft: Handle, span: float, breadth: float, side: float, rng: Generator) -> Mesh:
    """Barbs of one side: narrow ribbons that lean to the tip, closed like a comb, split here and there."""
    count, steps = 150, 9
    at = np.linspace(0.2, 0.995, count)
    outline = np.interp(at, [0.2, 0.26, 0.4, 0.6, 0.8, 0.92, 1.0], [0.45, 0.8, 0.98, 1.0, 0.85, 0.55, 0.08])
    reach = breadth / 2 * outline * (1.12 if side > 0 else 0.88) * (1 + 0.012 * rng.normal(size=count))
    lean = np.interp(at, [0.2, 0.5, 1.0], [0.95, 0.75, 0.3]) + 0.01 * rng.normal(size=count)
    # Splits: a few groups of barbs lean apart from their neighbours.
    for _ in range(int(rng.integers(1, 4))):
        lean += np.where(at > rng.uniform(0.3, 0.85), rng.uniform(-0.1, 0.1), 0.0) * np.exp(-3 * (1 - at))
    path = np.array([np.interp(at, np.linspace(0, 1, len(shaft.path)), axis) for axis in shaft.path.T]).T
    s = np.linspace(0, 1, steps)[None]
    bend = lean[:, None] - 0.25 * s
    out, ahead = reach[:, None] * s * np.sin(bend), reach[:, None] * s * np.cos(bend)
    lift = 0.16 * reach[:, None] * s**1.5 + 0.0035 * span * s * rng.normal(size=(count, 1)) * 0.3
    middle = np.stack([path[:, :1] - ahead * 0.9, path[:, 1:2] + side * out, path[:, 2:] + lift], axis=2)
    half = span * 0.795 / count * 0.62 * np.clip(1.25 - s, 0.3, 1)[..., None] * np.array([1.0, 0.0, 0.0])
    tilt = np.array([0.0, 0.0, span * 0.0009])
    strip = np.stack([middle - half - tilt, middle + half + tilt], axis=2)
    return _ribbons(strip, side > 0)


def _down(shaft: Handle, span: float, rng: Generator) -> Mesh:
    """Loose, curled barbs at the root of the vanes."""
    count, steps = 46, 10
    at = rng.uniform(0.13, 0.25, count)
    path = np.array([np.interp(at, np.linspace(0, 1, len(shaft.path)), axis) for axis in shaft.path.T]).T
    turn = rng.uniform(0, 2 * np.pi, count)
    reach = span * rng.uniform(0.05, 0.1, count)
    s = np.linspace(0, 1, steps)[None]
    curl = rng.normal(size=(count, 1)) * 1.4 * s**2
    out = reach[:, None] * s
    around = turn[:, None] + curl
    middle = np.stack(
        [
            path[:, :1] - out * 0.35 + 0.12 * reach[:, None] * np.sin(6 * s + turn[:, None]),
            path[:, 1:2] + out * np.cos(around),
            path[:, 2:] + 0.45 * out * np.abs(np.sin(around)),
        ],
        axis=2,
    )
    half = np.array([span * 0.0011, 0.0, span * 0.0006]) * (1.1 - s)[..., None]
    return _ribbons(np.stack([middle - half, middle + half], axis=2), True)


def _ribbons(strip: Array, flip: bool) -> Mesh:
    """Ribbons (N, S, 2, 3) as open quads."""
    count, steps = strip.shape[:2]
    index = np.arange(count * steps * 2).reshape(count, steps, 2)
    quads = np.stack([index[:, :-1, 0], index[:, :-1, 1], index[:, 1:, 1], index[:, 1:, 0]], axis=2)
    if flip:
        quads = quads[..., ::-1]
    total = count * (steps - 1)
    corners, sizes = quads.ravel().astype(np.int32), np.full(total, 4, np.int32)
    return Mesh(strip.reshape(-1, 3), corners, sizes, np.zeros(total, np.int32), None, 3.1)
