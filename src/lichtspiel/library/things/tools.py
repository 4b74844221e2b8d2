"""Hand tools: hammer, pencil."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import Piece, fused, hull, rounded_rectangle
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

ALONG_X = meshes.turn((0, 1, 0), np.pi / 2)
ALONG_Y = meshes.turn((1, 0, 0), -np.pi / 2)


def hammer(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """An engineer's hammer lying on its side: handle along x, head along y at its right end."""
    length, head, side = (number(parameters, k) for k in ("length", "head_length", "face"))
    eye = length - 0.012 - side / 2
    middle = side / 2
    pieces = [_head(head, side, eye, middle, wish.material), _handle(length, eye, middle)]
    part = fused(
        "hammer",
        [_shifted(piece, -length / 2) for piece in pieces],
        (surface(wish, "forged_steel"), Surface("ash_handle"), Surface("steel")),
        resonator=Resonator("block", wish.material, {"x": side, "y": head, "z": side}),
    )
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, side)})


def pencil(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A sharpened six-sided pencil with a rubber at its end, lying along x."""
    length, flat = number(parameters, "length"), number(parameters, "width")
    round_ = flat / np.sqrt(3)
    cone, tip, ferrule, rubber = 0.019, 0.0055, 0.013, 0.009
    shaft_start, shaft_end = cone, length - ferrule - rubber
    meshes_ = [
        _hexagon(round_, shaft_start, shaft_end, flat),
        meshes.lathe(_cone(flat, cone, tip), 24, 1),
        meshes.lathe(np.array([[0, 0], [0.0003, 0.0001], [0.0011, tip * 0.86], [0, tip * 0.86]]), 16, 2),
        meshes.lathe(_ferrule(flat * 0.483, shaft_end - 0.001, ferrule), 32, 3),
        meshes.moved(
            meshes.cylinder(flat * 0.5, rubber + 0.002, 24, 0.0018, slot=4),
            (0, 0, length - rubber / 2 - 0.001),
        ),
    ]
    lying = [
        meshes.moved(meshes.moved(part, (0, 0, -length / 2)), (0, 0, flat / 2), ALONG_X) for part in meshes_
    ]
    angles = np.arange(6) * np.pi / 3
    ring = np.stack([round_ * np.sin(angles), round_ * np.cos(angles)], axis=1) + [0, flat / 2]
    ends = [np.column_stack([np.full(6, x), ring]) for x in (cone - length / 2, length / 2)]
    point = np.array([[-length / 2, 0.0, flat / 2]])
    body = hull(np.concatenate([point, *ends]), wish.material)
    part = fused(
        "pencil",
        [Piece(lying[0], (body,)), *(Piece(mesh) for mesh in lying[1:])],
        (
            surface(wish, "lacquered_paint", (0.72, 0.36, 0.01)),
            Surface("softwood"),
            Surface("graphite"),
            Surface("aluminium"),
            Surface("soft_rubber", (0.55, 0.16, 0.14)),
        ),
        resonator=Resonator("bar", wish.material, {"length": length, "width": flat, "thickness": flat}),
    )
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, flat)})


def _shifted(piece: Piece, x: float) -> Piece:
    shapes = tuple(
        replace(shape, position=(shape.position[0] + x, shape.position[1], shape.position[2]))
        if shape.vertices is None
        else replace(shape, vertices=shape.vertices + [x, 0.0, 0.0])
        for shape in piece.shapes
    )
    return Piece(meshes.moved(piece.mesh, (x, 0, 0)), shapes)


def _head(length: float, side: float, x: float, z: float, material: str) -> Piece:
    """Forged head along y: square face with chamfers, waist, eye, and a wedge-shaped pein."""
    half = length / 2
    # y, width (x), height (z), corner radius as a share of the smaller side
    stations = [
        (-half, 0.86, 0.86, 0.12), (-half + 0.0015, 0.97, 0.97, 0.14), (-half + 0.004, 1.0, 1.0, 0.14),
        (-half + 0.017, 1.0, 1.0, 0.14), (-half + 0.021, 0.9, 0.9, 0.3), (-half + 0.034, 0.88, 0.88, 0.3),
        (-half + 0.040, 1.0, 1.0, 0.16), (0.012, 1.0, 1.0, 0.16), (0.017, 0.96, 0.96, 0.2),
        (half - 0.004, 0.16, 0.98, 0.3), (half - 0.001, 0.12, 0.97, 0.45), (half, 0.06, 0.95, 0.45),
    ]  # fmt: skip
    rings = []
    for y, wide, high, corner in stations:
        w, h = side * wide, side * high
        outline = rounded_rectangle(w, h, corner * min(w, h), 4)
        rings.append(np.column_stack([outline[:, 0] + x, np.full(len(outline), y), outline[:, 1] + z]))
    forged = meshes.loft(np.array(rings)[:, ::-1], 0, 0.5)
    forged = _polished(forged, -half + 0.018, half - 0.012)
    box = ((side / 2, (0.5 * length + 0.012) / 2, side / 2), (x, (0.012 - half) / 2, z))
    pein = np.array(
        [
            [x + sx * wide * side / 2, y, z + sz * side / 2 * 0.97]
            for y, wide in ((0.012, 0.98), (half, 0.09))
            for sx in (-1, 1)
            for sz in (-1, 1)
        ]
    )
    return Piece(forged, (Shape("box", box[0], material, box[1], label="head"), hull(pein, material, "head")))


def _polished(forged: Mesh, low: float, high: float) -> Mesh:
    """Face and pein bright, the rest as it was forged."""
    starts = np.concatenate([[0], np.cumsum(forged.sizes)[:-1]])
    y = np.add.reduceat(forged.vertices[forged.corners, 1], starts) / forged.sizes
    return replace(forged, slots=np.where((y < low) | (y > high), 2, 0).astype(np.int32))


def _handle(length: float, eye: float, z: float) -> Piece:
    """Oval ash handle, waisted behind the head and swollen at the end of the grip."""
    # x, width (y), thickness (z)
    stations = [
        (0.0, 0.020, 0.013), (0.002, 0.027, 0.0185), (0.008, 0.0315, 0.0215), (0.03, 0.0325, 0.022),
        (0.08, 0.029, 0.0205), (0.14, 0.0265, 0.0195), (0.19, 0.0235, 0.018), (0.235, 0.0215, 0.0165),
        (eye - 0.018, 0.0235, 0.0165), (eye - 0.012, 0.026, 0.0165), (eye + 0.014, 0.026, 0.0165),
        (length - 0.001, 0.0262, 0.0168), (length, 0.025, 0.0155),
    ]  # fmt: skip
    angles = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    xs = np.array([station[0] for station in stations]) * np.where(
        np.arange(len(stations)) < 8, eye / 0.296, 1.0
    )
    rings = [
        np.column_stack([np.full(28, at), wide / 2 * np.cos(angles), thick / 2 * np.sin(angles) + z])
        for at, (_, wide, thick) in zip(xs, stations, strict=True)
    ]
    grip = meshes.loft(np.array(rings), 1, 0.9)
    box = Shape(
        "capsule", (0.0105, eye / 2 - 0.018), "hardwood", (eye / 2 - 0.006, 0.0, z), ALONG_X, label="handle"
    )
    return Piece(grip, (box,))


def _hexagon(radius: float, start: float, end: float, flat: float) -> Mesh:
    """The painted shaft; its end towards the tip is scalloped where the sharpener cut it."""
    angles = np.arange(36) * np.pi / 18
    # Distance of a regular hexagon's outline at each angle, its corners slightly rounded.
    outline = np.minimum(flat / 2 / np.cos((angles + np.pi / 6) % (np.pi / 3) - np.pi / 6), radius * 0.975)
    scallop = (outline - flat / 2) * 5.0
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    first = np.column_stack([outline[:, None] * circle, start - scallop + 0.0022])
    inner = np.column_stack([(outline[:, None] - 0.0012) * circle, start - scallop + 0.0024])
    last = np.column_stack([outline[:, None] * circle, np.full(36, end)])
    return meshes.loft(np.array([inner, first, last]), 0, 0.45)


def _cone(flat: float, cone: float, tip: float) -> Array:
    """Cut wood from the lead to inside the shaft."""
    slope = (flat * 0.56 - 0.0011) / (cone - tip * 0.86)
    end = cone + 0.003
    return np.array(
        [
            [0, tip * 0.86 - 0.0001],
            [0.00112, tip * 0.86],
            [0.00112 + slope * (end - 0.0025 - tip * 0.86), end - 0.0025],
            [0, end - 0.0025],
        ]
    )


def _ferrule(radius: float, start: float, length: float) -> Array:
    """A tin sleeve with two double beads."""
    t = np.linspace(0, 1, 41)
    bead = (
        0.00012
        * np.maximum(np.sin(t * np.pi * 12), 0)
        * ((np.abs(t - 0.2) < 0.09) | (np.abs(t - 0.8) < 0.09))
    )
    sleeve = np.column_stack([radius + bead, start + t * length])
    return np.concatenate([[[0, start]], sleeve, [[0, start + length]]])
