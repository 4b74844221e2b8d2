"""What is fitted to the walls of a room: doors, curtains, radiators."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.places.copies import box, boxes
from lichtspiel.library.places.pieces import Piece, piece
from lichtspiel.library.places.shell import Opening, Shell


def door(
    shell: Shell, side: str, middle: float, look: str = "white_paint", colour: Vec3 | None = None
) -> list[Piece]:
    """A closed panel door with frame and handle on a wall; nothing where the way out stands open."""
    if shell.doorway is not None and (shell.doorway.side, shell.doorway.middle) == (side, middle):
        return []
    left, right, top = middle - 0.43, middle + 0.43, 2.02
    frame = [
        shell.slab(side, (left - 0.09, left), (0.0, top + 0.09), (-0.03, 0.001)),
        shell.slab(side, (right, right + 0.09), (0.0, top + 0.09), (-0.03, 0.001)),
        shell.slab(side, (left, right), (top, top + 0.09), (-0.03, 0.001)),
    ]
    leaf = [shell.slab(side, (left, right), (0.008, top), (-0.012, 0.001))]
    for up in ((0.12, 0.85), (1.0, 1.88)):
        leaf += [shell.slab(side, (u, u + 0.3), up, (-0.018, 0)) for u in (left + 0.09, middle + 0.04)]
    lever = shell.slab(side, (right - 0.17, right - 0.05), (1.03, 1.05), (-0.07, -0.05))
    neck = shell.slab(side, (right - 0.07, right - 0.05), (1.03, 1.05), (-0.06, 0.0))
    return [
        piece(look, *(box(*slab, bevel=0.006) for slab in [*frame, *leaf]), colour=colour),
        piece("brushed_steel", box(*lever, bevel=0.004), box(*neck)),
    ]


def curtains(shell: Shell, side: str, opening: Opening, colour: Vec3, drop: float = 0.08) -> list[Piece]:
    """Two gathered curtains beside a window and the rod they hang on."""
    cloths: list[Array] = []
    high = opening.sill + opening.height + 0.2
    pieces = []
    for sign in (-1, 1):
        edge = opening.middle + sign * opening.width / 2
        u = np.linspace(edge - sign * 0.08, edge + sign * 0.42, 41)
        wave = -0.09 + 0.035 * np.sin(np.linspace(0, 9 * np.pi, 41))
        rows = []
        for z in (drop, (drop + high) / 2, high):
            ends = [
                shell.slab(side, (float(a), float(a)), (z, z), (float(d), float(d)))[0]
                for a, d in zip(u, wave, strict=True)
            ]
            rows.append(np.array(ends))
        cloths = rows
        vertices = np.vstack(cloths)
        polygons = [
            (r * 41 + i, r * 41 + i + 1, (r + 1) * 41 + i + 1, (r + 1) * 41 + i)
            for r in range(2)
            for i in range(40)
        ]
        pieces.append(meshes.from_polygons(vertices, polygons, smooth_angle_rad=1.2))
    reach = opening.width / 2 + 0.5
    rod = shell.slab(
        side, (opening.middle - reach, opening.middle + reach), (high - 0.01, high + 0.015), (-0.105, -0.08)
    )
    return [piece("curtain", *pieces, colour=colour), piece("brushed_steel", box(*rod, bevel=0.005))]


def radiator(shell: Shell, side: str, opening: Opening) -> list[Piece]:
    """A ribbed radiator under a window sill."""
    count = int(opening.width * 0.8 / 0.06)
    ribs = []
    for k in range(count):
        u = opening.middle + (k - (count - 1) / 2) * 0.06
        ribs.append(shell.slab(side, (u - 0.024, u + 0.024), (0.14, opening.sill - 0.16), (-0.13, -0.04)))
    centres = [(np.array(a) + b) / 2 for a, b in ribs]
    sizes = [np.subtract(b, a) for a, b in ribs]
    return [piece("white_paint", boxes(np.array(centres), np.array(sizes), 0.012))]
