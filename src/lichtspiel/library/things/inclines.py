"""What things bounce and slide down: ramp and staircase."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import FIXED, Piece, board, fused, hull, prism, shown
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def ramp(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A plywood ramp that falls to the right: a deck on two cheeks and cross battens."""
    length, height, width = (number(parameters, k) for k in ("length", "height", "width"))
    toe, sheet, material = 0.006, 0.015, wish.material
    half = length / 2
    slope = np.arctan2(height - toe, length)
    deck = np.array(
        [
            [-half, height - sheet / np.cos(slope)],
            [half - (sheet - toe) / np.tan(slope), 0.0],
            [half, 0.0],
            [half, toe],
            [-half, height],
        ]
    )
    cheek = np.array(
        [
            [-half, 0.0],
            [half - (sheet + 0.012) / np.tan(slope), 0.0],
            [-half, height - sheet / np.cos(slope) - 0.0005],
        ]
    )
    pieces = [shown(_upright(prism(deck, width, 0.001), width / 2))]
    for y in (-width / 2 + 0.012, width / 2 - 0.012 - sheet, -sheet / 2):
        pieces.append(shown(_upright(prism(cheek, sheet, 0.001), y + sheet)))
    tall = height - sheet / np.cos(slope) - 0.003
    pieces.append(
        shown(
            board(
                (sheet, width - 0.03 - 2 * sheet, tall * 0.9), material, (-half + 0.03, 0, tall * 0.45)
            ).mesh
        )
    )
    pieces.append(shown(_screws(deck, width, slope)))
    wedge = np.array(
        [[x, y, z] for x, z in deck[[1, 2, 3, 4]] for y in (-width / 2, width / 2)]
        + [[-half, y, 0.0] for y in (-width / 2, width / 2)]
    )
    pieces[0] = Piece(pieces[0].mesh, (hull(wedge, material),))
    part = fused(
        "ramp",
        pieces,
        (surface(wish, str(parameters["look"])), Surface("steel")),
        joint=FIXED,
        resonator=Resonator("plate", material, {"length": length, "width": width, "thickness": sheet}),
    )
    along = np.array([np.cos(slope), 0.0, -np.sin(slope)])
    high = np.array([-half, 0.0, height])
    spots = {
        "top": (0.0, 0.0, (height + toe) / 2), "edge": (-half, 0.0, height),
        "start": vector(high + along * 0.08), "start_ahead": vector(high + along * 0.2),
        "end": (half, 0.0, toe), "end_ahead": (half + 0.05, 0.0, toe),
    }  # fmt: skip
    return assembled([part], wish.scale, spots=spots)


def staircase(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A flight of block steps that comes down to the right, with a landing and cheek walls.

    Every step is one stone with a worn, rounded nose over a joint.
    """
    steps = int(number(parameters, "steps"))
    rise, run, width = (number(parameters, k) for k in ("rise", "run", "width"))
    landing, nose = number(parameters, "landing"), 0.012
    total = landing + (steps - 1) * run
    left, material = -total / 2, wish.material
    pieces: list[Piece] = []
    for k in range(steps):
        top = rise * (steps - k)
        start = left if k == 0 else left + landing + (k - 1) * run
        tread = landing if k == 0 else run
        pieces += _stones(start, tread, top, rise, width, nose, rng)
        solid = (tread / 2, width / 2, top / 2)
        at = (start + tread / 2, 0.0, top / 2)
        label = "landing" if k == 0 else "step"
        pieces.append(Piece(pieces[-1].mesh, (Shape("box", solid, material, at, label=label),)))
        del pieces[-2]
    for s in (-1.0, 1.0):
        pieces += _cheek(left, total, landing, rise, steps, s * (width / 2 + 0.11), material)
    part = fused(
        "staircase",
        pieces,
        (surface(wish, str(parameters["look"])), surface(wish, str(parameters["cheek_look"]))),
        joint=FIXED,
        resonator=Resonator("block", material, {"x": run, "y": width, "z": rise}),
    )
    high = rise * steps
    spots = {
        "top": (left + landing / 2, 0.0, high), "edge": (left + landing, 0.0, high),
        "start": (left + landing - 0.12, 0.0, high), "end": (left + total + 0.1, 0.0, 0.0),
        "end_ahead": (left + total + 0.6, 0.0, 0.0),
    }  # fmt: skip
    return assembled([part], wish.scale, spots=spots)


def _upright(lying: Mesh, y: float) -> Mesh:
    """A prism drawn in x and z: from its back at `y` towards -y."""
    return meshes.moved(lying, (0, y, 0), meshes.turn((1, 0, 0), np.pi / 2))


def _screws(deck: Array, width: float, slope: float) -> Mesh:
    head = meshes.in_slot(meshes.cylinder(0.0038, 0.0008, 14, 0.0003), 1)
    tilt = meshes.turn((0, 1, 0), float(slope))
    heads = []
    for share in (0.06, 0.35, 0.64, 0.88):
        x, z = deck[4] * (1 - share) + deck[3] * share
        for y in (-width / 2 + 0.02, 0.0, width / 2 - 0.02):
            heads.append(meshes.moved(head, (x, y, z), tilt))
    return meshes.joined(*heads)


def _stones(
    start: float,
    tread: float,
    top: float,
    rise: float,
    width: float,
    nose: float,
    rng: Generator,
) -> list[Piece]:
    """The blocks of one step, side by side, each a little uneven."""
    cuts = np.sort(rng.uniform(-0.3, 0.3, 1)) * width if width > 1.2 else np.zeros(0)
    edges = np.concatenate([[-width / 2], cuts, [width / 2]])
    under = 0.02
    blocks = []
    for a, b in itertools.pairwise(edges):
        size = (tread + under, float(b - a) - 0.003, rise - 0.002)
        solid = meshes.box(size, nose, 4)
        solid = _worn(solid, rng)
        blocks.append(meshes.moved(solid, (start + tread / 2 - under / 2, (a + b) / 2, top - size[2] / 2)))
    return [Piece(meshes.joined(*blocks))]


def _worn(solid: Mesh, rng: Generator) -> Mesh:
    """Corners knocked by a millimetre; the faces stay where they are."""
    points = solid.vertices
    reach = np.abs(points).max(axis=0)
    edge = (np.abs(points) < reach - 1e-9).sum(axis=1) >= 2
    worn = points - np.sign(points) * rng.uniform(0, 0.0012, points.shape) * edge[:, None]
    return replace(solid, vertices=worn)


def _cheek(
    left: float, total: float, landing: float, rise: float, steps: int, y: float, material: str
) -> list[Piece]:
    """A wall beside the flight that follows its slope, with a coping stone on it."""
    wide, over, cope = 0.2, 0.10, 0.06
    high = rise * steps + over
    foot = left + total + 0.1
    bend = left + landing - 0.05
    low = over + rise * 0.6
    outline = np.array([[left, 0.0], [foot, 0.0], [foot, low], [bend, high], [left, high]])
    wall = _upright(prism(outline, wide, 0.004), y + wide / 2)
    wall = meshes.in_slot(wall, 1)
    points = np.array([[x, y + s * wide / 2, z] for x, z in outline for s in (-1, 1)])
    pieces = [Piece(wall, (hull(points, material),))]
    along = np.array([foot - bend, low - high])
    normal = np.array([-along[1], along[0]]) / np.linalg.norm(along)
    lift = cope / normal[1]
    cap = np.array(
        [
            [left - 0.02, high],
            [bend, high],
            [foot + 0.03, low - 0.03 * (high - low) / (foot - bend)],
            [foot + 0.03, low + lift - 0.03 * (high - low) / (foot - bend)],
            [bend + cope * 0.25, high + cope],
            [left - 0.02, high + cope],
        ]
    )
    flat = np.array([cap[0], cap[1], cap[4], cap[5]])
    slant = np.array([cap[1], cap[2], cap[3], cap[4]])
    for shape in (flat, slant):
        stone = _upright(prism(shape, wide + 0.05, 0.007), y + wide / 2 + 0.025)
        solid = np.array([[x, y + s * (wide / 2 + 0.025), z] for x, z in shape for s in (-1, 1)])
        pieces.append(Piece(stone, (hull(solid, material),)))
    return pieces
