"""Fittings of laboratories, workshops and halls: boards, clocks, tools, wall bars, lamps.

Each hangs or stands with its back at y = 0 and faces -y.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh, Vec3
from lichtspiel.library.catalogue import Generator
from lichtspiel.library.places.copies import arc, box, boxes, copies, strips
from lichtspiel.library.places.pieces import Piece, piece


def upright(mesh: Mesh) -> Mesh:
    """A mesh drawn in x and y, set up as x and z, its +z side facing -y."""
    x, y, z = mesh.vertices.T
    return replace(mesh, vertices=np.column_stack([x, -z, y]))


def blackboard(width: float, bottom: float, height: float) -> list[Piece]:
    """A school blackboard with a chalk drawing of a pendulum, its period and its swing over time."""
    frame = 0.05
    board = box((-width / 2, -0.03, bottom), (width / 2, 0, bottom + height))
    rails = [
        box((-width / 2 - frame, -0.045, bottom - frame), (width / 2 + frame, 0, bottom), 0.004),
        box(
            (-width / 2 - frame, -0.045, bottom + height),
            (width / 2 + frame, 0, bottom + height + frame),
            0.004,
        ),
        box((-width / 2 - frame, -0.045, bottom), (-width / 2, 0, bottom + height), 0.004),
        box((width / 2, -0.045, bottom), (width / 2 + frame, 0, bottom + height), 0.004),
        box((-0.02, -0.04, bottom), (0.02, 0, bottom + height), 0.003),
    ]
    tray = box((-width / 2, -0.13, bottom - 0.06), (width / 2, 0, bottom - 0.045), 0.004)
    sticks = boxes(
        np.array([[x, -0.09, bottom - 0.038] for x in (-0.9, -0.82, 0.55, 1.0)]),
        np.array([0.07, 0.012, 0.012]),
        0.003,
    )
    chalk = meshes.moved(upright(strips(_chalk_drawing(width, height), 0.009, 0.0312)), (0, 0, bottom))
    return [piece("blackboard", board), piece("aluminium", *rails, tray), piece("chalk", chalk, sticks)]


def _chalk_drawing(width: float, height: float) -> list[Array]:
    left, top = -width * 0.33, height * 0.86
    swing = 0.42
    bob = (left + 0.62 * np.sin(swing), top - 0.62 * np.cos(swing))
    x = np.linspace(0, width * 0.36, 90)
    origin = (width * 0.08, height * 0.52)
    wave = np.column_stack([origin[0] + x, origin[1] + 0.2 * np.cos(x * 9.5) * np.exp(-0.9 * x)])
    lines = [
        np.array([[left - 0.25, top], [left + 0.25, top]]),
        *(np.array([[left + d, top], [left + d + 0.05, top + 0.05]]) for d in (-0.2, -0.08, 0.04, 0.16)),
        np.array([[left, top], bob]),
        arc(bob, 0.055, 0, 2 * np.pi, 24),
        *(np.array([[left, top - a], [left, top - a - 0.05]]) for a in np.arange(0.05, 0.7, 0.1)),
        arc((left, top), 0.3, -np.pi / 2, -np.pi / 2 + swing, 10),
        wave,
        np.array([[origin[0] - 0.06, origin[1]], [origin[0] + width * 0.38, origin[1]]]),
        np.array([[origin[0], origin[1] - 0.28], [origin[0], origin[1] + 0.32]]),
    ]
    return lines + _formula((-width * 0.33, height * 0.14), 0.13)


def _formula(at: tuple[float, float], size: float) -> list[Array]:
    """T = 2π √(l/g) in chalk strokes."""
    strokes: list[list[tuple[float, float]]] = [
        [(0, 1), (0.8, 1)],
        [(0.4, 1), (0.4, 0)],
        [(1.1, 0.62), (1.6, 0.62)],
        [(1.1, 0.38), (1.6, 0.38)],
        [(1.95, 0.8), (2.1, 1), (2.4, 0.95), (2.45, 0.7), (1.95, 0), (2.5, 0)],
        [(2.75, 0.62), (3.4, 0.65)],
        [(2.92, 0.62), (2.85, 0)],
        [(3.2, 0.63), (3.2, 0.1), (3.3, 0)],
        [(3.6, 0.4), (3.75, 0.5), (3.95, -0.45), (4.2, 1.45), (5.1, 1.45)],
        [(4.45, 0.52), (5.0, 0.52)],
        [(4.7, 1.3), (4.7, 0.68)],
        [(4.85, 0.35), (4.6, 0.3), (4.55, 0.1), (4.8, 0.05), (4.85, 0.35), (4.85, -0.25), (4.6, -0.32)],
    ]
    return [np.array(stroke, float) * size + at for stroke in strokes]


def clock(radius: float = 0.16) -> list[Piece]:
    """A wall clock at ten past ten, its middle at the origin."""
    quarter = meshes.turn((1.0, 0.0, 0.0), np.pi / 2)
    face = meshes.moved(meshes.cylinder(radius, 0.03, 40), (0, -0.015, 0), quarter)
    rim = meshes.moved(
        meshes.lathe(
            np.array(
                [[radius - 0.01, 0.015], [radius + 0.012, 0.012], [radius + 0.012, -0.03], [radius, -0.03]]
            ),
            40,
        ),
        (0, -0.02, 0),
        quarter,
    )
    hands = upright(
        strips([np.array([[0, 0], [-0.07, 0.055]]), np.array([[0, 0], [0.105, 0.075]])], 0.008, 0.034)
    )
    ticks = [
        np.array(
            [
                [0.83 * radius * np.cos(a), 0.83 * radius * np.sin(a)],
                [0.94 * radius * np.cos(a), 0.94 * radius * np.sin(a)],
            ]
        )
        for a in np.arange(12) * np.pi / 6
    ]
    marks = upright(strips(ticks, 0.006, 0.033))
    return [
        piece("page_paper", face, colour=(0.78, 0.78, 0.76)),
        piece("painted_metal", rim, hands, marks, colour=(0.02, 0.02, 0.02)),
    ]


def poster(width: float, height: float, ground: Vec3, ink: Vec3, rows: int, columns: int) -> list[Piece]:
    """A chart of small coloured fields on paper, its middle at the origin."""
    sheet = box((-width / 2, -0.003, -height / 2), (width / 2, 0, height / 2))
    cell = np.array([0.86 * width / columns, 0.002, 0.72 * height / rows])
    xs = (np.arange(columns) - (columns - 1) / 2) * cell[0]
    zs = (np.arange(rows) - (rows - 1) / 2) * cell[2] - 0.06 * height
    across, up = (a.ravel() for a in np.meshgrid(xs, zs))
    # The gaps of a periodic table: the middle of the upper rows is empty.
    kept = ~((np.abs(across + 0.06 * width) < 0.3 * width) & (up > 0.1 * height))
    centres = np.column_stack([across, np.full(len(across), -0.004), up])[kept]
    fields = boxes(centres, cell * [0.88, 1, 0.86])
    title = box((-0.25 * width, -0.004, 0.37 * height), (0.25 * width, -0.003, 0.43 * height))
    return [piece("page_paper", sheet, colour=ground), piece("page_paper", fields, title, colour=ink)]


def luminous_panel(width: float, depth: float) -> list[Piece]:
    """A ceiling luminaire about the origin, its glowing side down."""
    frame = box((-width / 2, -depth / 2, 0), (width / 2, depth / 2, 0.06), 0.005)
    glow = box((-width / 2 + 0.02, -depth / 2 + 0.02, -0.004), (width / 2 - 0.02, depth / 2 - 0.02, 0.001))
    return [piece("painted_metal", frame, colour=(0.6, 0.6, 0.6)), piece("lamp_panel", glow)]


def apparatus(rng: Generator, width: float, base: float, depth: float) -> list[Piece]:
    """A shelf board's load of laboratory gear: coils, weights, meters, stands."""
    pieces: list[Piece] = []
    x = -width / 2 + 0.12
    while x < width / 2 - 0.12:
        kind, y = int(rng.integers(0, 5)), -depth * 0.5
        if kind == 0:
            coil = meshes.moved(meshes.cylinder(0.05, 0.11, 20, 0.004), (x, y, base + 0.065))
            ends = copies(
                meshes.cylinder(0.07, 0.012, 20, 0.003),
                np.array([[x, y, base + 0.006], [x, y, base + 0.124]]),
            )
            pieces += [piece("copper", coil), piece("matte_plastic", ends, colour=(0.03, 0.03, 0.03))]
        elif kind == 1:
            weights = copies(
                meshes.cylinder(0.03, 0.06, 18, 0.004),
                np.array([[x - 0.04, y, base + 0.03], [x + 0.04, y, base + 0.03]]),
                None,
                np.array([1.0, 0.8]),
            )
            pieces.append(piece("brass", weights))
        elif kind == 2:
            pieces += [
                piece(
                    "matte_plastic",
                    box((x - 0.08, y - 0.05, base), (x + 0.08, y + 0.05, base + 0.19), 0.008),
                    colour=(0.05, 0.08, 0.12),
                ),
                piece(
                    "page_paper", box((x - 0.06, y - 0.053, base + 0.09), (x + 0.06, y - 0.049, base + 0.17))
                ),
            ]
        elif kind == 3:
            stand = [
                box((x - 0.07, y - 0.05, base), (x + 0.07, y + 0.05, base + 0.015), 0.003),
                box((x - 0.006, y - 0.006, base), (x + 0.006, y + 0.006, base + 0.27)),
            ]
            pieces.append(piece("brushed_steel", *stand))
        else:
            pieces.append(
                piece("wood", box((x - 0.09, y - 0.07, base), (x + 0.09, y + 0.07, base + 0.12), 0.003))
            )
        x += 0.25
    return pieces


def tool_wall(width: float, bottom: float, height: float) -> list[Piece]:
    """A pegboard with spanners, saws, screwdrivers, a square and hammers on it."""
    board = box((-width / 2, -0.02, bottom), (width / 2, 0, bottom + height), 0.003)
    steel: list[Mesh] = []
    grips: list[Mesh] = []
    handles: list[Mesh] = []
    for k in range(8):
        x, length = -width / 2 + 0.18 + 0.085 * k, 0.26 - 0.018 * k
        z = bottom + height - 0.15
        steel.append(box((x - 0.008, -0.032, z - length), (x + 0.008, -0.024, z), 0.003))
        steel.append(
            upright(
                meshes.moved(
                    meshes.extrude(
                        arc((0, 0), 0.021, 0.6 + np.pi / 2, 2 * np.pi - 0.6 + np.pi / 2, 14), 0.01
                    ),
                    (x, z, 0.022),
                )
            )
        )
    for k in range(7):
        x, z = 0.02 + 0.075 * k, bottom + height - 0.16
        grips.append(meshes.moved(meshes.cylinder(0.015, 0.1, 14, 0.006), (x, -0.04, z)))
        steel.append(meshes.moved(meshes.cylinder(0.004, 0.16, 8), (x, -0.04, z - 0.12)))
    for k, turn in enumerate((0.0, 0.1)):
        x, z = -width / 2 + 0.3 + 0.75 * k, bottom + 0.2
        blade = np.array([[0, 0], [0.46, 0.02 + turn * 0.2], [0.46, 0.07], [0, 0.13]]) + [x, z]
        steel.append(upright(meshes.moved(meshes.extrude(blade, 0.002), (0, 0, 0.026))))
        handles.append(box((x - 0.12, -0.045, z - 0.01), (x + 0.01, -0.022, z + 0.12), 0.02))
    for k in range(3):
        x, z = width / 2 - 0.62 + 0.2 * k, bottom + height - 0.14
        handles.append(box((x - 0.012, -0.05, z - 0.3), (x + 0.012, -0.026, z), 0.006))
        steel.append(box((x - 0.06, -0.054, z - 0.015), (x + 0.05, -0.022, z + 0.018), 0.005))
    return [
        piece("pegboard", board),
        piece("brushed_steel", *steel),
        piece("glossy_plastic", *grips, colour=(0.42, 0.03, 0.02)),
        piece("hardwood", *handles),
    ]


def workbench(width: float, depth: float, height: float) -> list[Piece]:
    """A heavy bench with a vice and a shelf below, back at y = 0."""
    count = 5
    each = depth / count
    top = boxes(
        np.array([[0, -each * (k + 0.5), height - 0.03] for k in range(count)]),
        np.array([width, each, 0.06]),
        0.002,
    )
    legs = boxes(
        np.array(
            [
                [x, y, (height - 0.06) / 2]
                for x in (-width / 2 + 0.1, 0, width / 2 - 0.1)
                for y in (-depth + 0.08, -0.08)
            ]
        ),
        np.array([0.09, 0.09, height - 0.06]),
        0.004,
    )
    shelf = box((-width / 2 + 0.05, -depth + 0.1, 0.18), (width / 2 - 0.05, -0.05, 0.205), 0.003)
    rail = box(
        (-width / 2 + 0.05, -depth + 0.06, height - 0.18),
        (width / 2 - 0.05, -depth + 0.09, height - 0.06),
        0.003,
    )
    x = -width / 2 + 0.45
    vice = [
        box((x - 0.08, -depth - 0.03, height - 0.05), (x + 0.08, -depth + 0.14, height + 0.07), 0.012),
        box((x - 0.08, -depth - 0.13, height - 0.02), (x + 0.08, -depth - 0.09, height + 0.09), 0.01),
        box((x - 0.02, -depth - 0.2, height), (x + 0.02, -depth, height + 0.035), 0.006),
    ]
    lever = box((x - 0.13, -depth - 0.21, height + 0.012), (x + 0.13, -depth - 0.195, height + 0.026), 0.004)
    return [
        piece("pine", top, legs, shelf, rail),
        piece("painted_metal", *vice, colour=(0.03, 0.10, 0.16)),
        piece("brushed_steel", lever),
    ]


def wall_bars(width: float = 1.0, height: float = 2.6) -> list[Piece]:
    """Gymnastic wall bars (DIN EN 12346: 2.5 m and more high, bars about 16 cm apart)."""
    posts = boxes(
        np.array([[s * width / 2, -0.06, height / 2] for s in (-1, 0, 1)]),
        np.array([0.035, 0.1, height]),
        0.004,
    )
    bar = meshes.moved(meshes.cylinder(0.019, width, 12), (0, 0, 0), meshes.turn((0.0, 1.0, 0.0), np.pi / 2))
    bars = copies(bar, np.array([[0, -0.085, z] for z in np.arange(0.14, height - 0.05, 0.165)]))
    return [piece("pine", posts, bars)]
