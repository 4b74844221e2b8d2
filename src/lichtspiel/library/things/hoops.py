"""The basketball hoop."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Resonator, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    board,
    capsule_chain,
    fused,
    ring_path,
    rod,
    shown,
    wire,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


def basketball_hoop(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A hoop on a post, facing -y: ring, net, backboard, arms and padded post.

    The origin is the middle of the post's foot; the ring's centre is the spot `opening`.
    """
    inside, thick = number(parameters, "ring_inside_radius"), number(parameters, "ring_thickness") / 2
    height, overhang = number(parameters, "ring_height"), number(parameters, "overhang")
    gap, wide, tall = (number(parameters, k) for k in ("ring_gap", "board_width", "board_height"))
    sheet, low = number(parameters, "board_thickness"), number(parameters, "board_low")
    face = -overhang
    line = inside + thick
    centre = (0.0, face - gap - inside, height - thick)
    ring = fused(
        "rim",
        [_ring(line, thick), *_bracket(line, thick, gap + inside), *_net_hooks(line, thick)],
        (Surface("painted_metal", (0.72, 0.115, 0.01)),),
        position=centre,
        parent="frame",
        joint=FIXED,
        resonator=Resonator(
            "bar", "steel", {"length": 2 * np.pi * line, "width": 2 * thick, "thickness": 2 * thick}
        ),
    )
    net = Part(
        "net",
        (),
        _net(line - thick * 0.4, number(parameters, "net_length"), thick),
        (Surface("net_white"),),
        position=centre,
        parent="rim",
        joint=FIXED,
        resonator=Resonator("cloth", "fabric", {"area": 0.5, "thickness": 0.004}),
    )
    glass = fused(
        "backboard",
        [*_backboard(wide, tall, sheet), shown(_markings(wide, tall, sheet, height - low - tall / 2))],
        (
            surface(wish, str(parameters["look"])),
            Surface("line_white"),
            Surface("painted_metal", (0.05, 0.05, 0.055)),
            Surface("black_rubber"),
        ),
        position=(0.0, face + sheet / 2, low + tall / 2),
        parent="frame",
        joint=FIXED,
        resonator=Resonator("plate", wish.material, {"length": wide, "width": tall, "thickness": sheet}),
    )
    spots = {
        "opening": (centre[0], centre[1], height),
        "board": (0.0, face, low + tall / 2),
        "rim": (0.0, centre[1] - line, height),
    }
    flat = inside * 0.94
    region = (
        (centre[0] - flat, centre[1] - flat, height - 0.16),
        (centre[0] + flat, centre[1] + flat, height - 0.10),
    )
    frame = _post(face + sheet, low, tall, height, wide)
    return assembled([frame, glass, ring, net], wish.scale, spots=spots, regions={"opening": region})


def _ring(line: float, thick: float) -> Piece:
    path = ring_path(line, 96)[:-1]
    made = meshes.sweep(path, thick, 20, closed=True)
    return Piece(made, capsule_chain(ring_path(line, 48), thick, "steel", "rim"))


def _bracket(line: float, thick: float, reach: float) -> list[Piece]:
    """Plate on the board and the two bent flats that carry the ring."""
    back = reach - 0.006
    pieces = [
        board((0.16, 0.01, 0.13), "steel", (0, back, -0.03), bevel=0.002, label="bracket"),
        board(
            (0.13, back - line + 0.05, 0.008),
            "steel",
            (0, (back + line - 0.05) / 2 + 0.02, -thick - 0.003),
            bevel=0.002,
            label="bracket",
        ),
    ]
    for s in (-1.0, 1.0):
        start = (s * 0.06, back - 0.003, -0.075)
        angle = np.radians(62.0)
        end = (s * line * float(np.cos(angle)), line * float(np.sin(angle)), -thick * 0.9)
        pieces.append(rod(start, vector(np.array(end)), 0.0065, "steel", segments=14, label="bracket"))
    for s in (-1.0, 1.0):
        for z in (-0.075, 0.015):
            bolt = meshes.moved(
                meshes.cylinder(0.011, 0.008, 6, 0.001),
                (s * 0.058, back - 0.008, z),
                meshes.turn((1, 0, 0), np.pi / 2),
            )
            pieces.append(shown(bolt))
    return pieces


NET_LOOPS = 12


def _net_hooks(line: float, thick: float) -> list[Piece]:
    """Twelve small loops of wire under the ring."""
    pieces = []
    for k in range(NET_LOOPS):
        angle = (k + 0.5) * 2 * np.pi / NET_LOOPS
        turn = np.linspace(0, np.pi, 9)
        along = 0.013 * np.cos(turn)
        path = np.stack([np.full(9, line), along, -thick * 0.8 - 0.014 * np.sin(turn)], axis=1)
        path[:, 0] -= 0.002
        c, s = np.cos(angle), np.sin(angle)
        path = np.stack(
            [path[:, 0] * c - path[:, 1] * s, path[:, 0] * s + path[:, 1] * c, path[:, 2]], axis=1
        )
        pieces.append(wire(path, 0.0024, segments=8))
    return pieces


def _net(top: float, length: float, thick: float) -> Mesh:
    """Twelve loops of cord knotted in diamonds, drawn in towards the bottom.

    It stays wider than a ball, so that a ball falls through without touching it.
    """
    rows = 6
    depth = np.array([0.0, 0.13, 0.3, 0.48, 0.66, 0.83, 1.0]) * length
    radius = top + (0.158 - top) * np.clip(depth / length / 0.75, 0, 1) ** 0.85
    radius[-1] = 0.166
    cords = []
    for k in range(NET_LOOPS):
        for way in (-1.0, 1.0):
            points = []
            for row in range(rows + 1):
                angle = (k + 0.5 + way * 0.5 * (row % 2)) * 2 * np.pi / NET_LOOPS
                points.append(
                    [radius[row] * np.cos(angle), radius[row] * np.sin(angle), -depth[row] - thick - 0.012]
                )
            cords.append(meshes.sweep(_slack(np.array(points)), 0.0023, 7))
    for row in range(1, rows + 1):
        for k in range(NET_LOOPS):
            angle = (k + 0.5 + 0.5 * (row % 2)) * 2 * np.pi / NET_LOOPS
            knot = meshes.scaled(meshes.sphere(0.0046, 10, 6), (1.0, 1.0, 1.5))
            cords.append(
                meshes.moved(
                    knot,
                    (radius[row] * np.cos(angle), radius[row] * np.sin(angle), -depth[row] - thick - 0.012),
                )
            )
    return meshes.joined(*cords)


def _slack(points: Array) -> Array:
    """Cords hang through a little between their knots."""
    fine = []
    for a, b in itertools.pairwise(points):
        for share in (0.0, 0.2, 0.4, 0.6, 0.8):
            sag = 0.004 * np.sin(np.pi * share)
            fine.append(a + (b - a) * share - [0, 0, sag])
    return np.array([*fine, points[-1]])


def _backboard(wide: float, tall: float, sheet: float) -> list[Piece]:
    """The pane in its steel frame, with padding along its lower edge."""
    pieces = [board((wide, sheet, tall), "acrylic", bevel=0.002, label="backboard")]
    edge, deep = 0.045, 0.03
    for s in (-1.0, 1.0):
        y = sheet / 2 + deep / 2 + 0.0005
        pieces.append(
            shown(
                meshes.moved(
                    meshes.box((wide - 2 * edge, deep, edge), 0.003, 2, 2), (0, y, s * (tall - edge) / 2)
                )
            )
        )
        pieces.append(
            shown(meshes.moved(meshes.box((edge, deep, tall), 0.003, 2, 2), (s * (wide - edge) / 2, y, 0)))
        )
        lip = meshes.box((wide - 0.002, 0.01, 0.012), 0.002, 1, 2)
        pieces.append(shown(meshes.moved(lip, (0, sheet / 2 - 0.002, s * (tall / 2 + 0.004)))))
    pad = board(
        (wide + 0.02, 0.06, 0.055), "foam", (0, 0.012, -tall / 2 - 0.01), bevel=0.016, slot=3, label="pad"
    )
    sides = [
        board(
            (0.055, 0.06, 0.36),
            "foam",
            (s * (wide / 2 - 0.0), 0.012, -tall / 2 + 0.16),
            bevel=0.016,
            slot=3,
            label="pad",
        )
        for s in (-1.0, 1.0)
    ]
    return [*pieces, pad, *sides]


def _markings(wide: float, tall: float, sheet: float, ring_above: float) -> Mesh:
    """White lines 50 mm wide: along the border, and a rectangle 590 x 450 mm over the ring."""
    line, lift = 0.05, 0.0006
    y = -sheet / 2 - lift / 2 + 0.0001
    bars = []
    for s in (-1.0, 1.0):
        bars.append(((wide - 0.012, line), (0.0, s * (tall / 2 - 0.006 - line / 2))))
        bars.append(((line, tall - 0.012 - 2 * line), (s * (wide / 2 - 0.006 - line / 2), 0.0)))
    low = ring_above - line
    bars += [((0.59, line), (0.0, low + line / 2)), ((0.59, line), (0.0, low + 0.45 - line / 2))]
    bars += [((line, 0.45 - 2 * line), (s * (0.295 - line / 2), low + 0.225)) for s in (-1.0, 1.0)]
    return meshes.joined(
        *(meshes.moved(meshes.box((w, lift, h), slot=1), (x, y, z)) for (w, h), (x, z) in bars)
    )


def _post(back: float, low: float, tall: float, height: float, wide: float) -> Part:
    """A square post with padding, a bent arm, and four struts to the board's corners."""
    side, top = 0.16, low + tall * 0.42
    pieces = [board((side, side, top), "steel", (0, 0, top / 2), bevel=0.012, label="post")]
    pieces.append(board((0.5, 0.5, 0.025), "steel", (0, 0, 0.0125), bevel=0.004, label="post"))
    for sx in (-1.0, 1.0):
        for sy in (-1.0, 1.0):
            pieces.append(
                shown(
                    meshes.moved(meshes.cylinder(0.02, 0.03, 6, 0.002, slot=1), (sx * 0.2, sy * 0.2, 0.035))
                )
            )
    pieces.append(
        board((side + 0.12, side + 0.12, 2.0), "foam", (0, 0, 1.04), bevel=0.035, slot=2, label="pad")
    )
    head = board((side * 0.8, 0.05, side * 0.8), "steel", (0, -side / 2 - 0.02, top - side), bevel=0.004)
    pieces.append(head)
    joint = back + 0.075
    beam = (0.11, -joint - side / 2 + 0.02, 0.14)
    middle = (0.0, (joint - side / 2) / 2, top - side)
    pieces.append(board(beam, "steel", middle, bevel=0.01, label="arm"))
    for z in (low + 0.12, low + tall - 0.12):
        pieces.append(
            board((wide * 0.62, 0.05, 0.05), "steel", (0, back + 0.056, z), bevel=0.006, label="arm")
        )
    pieces.append(
        board((0.22, 0.03, tall - 0.2), "steel", (0, back + 0.09, low + tall / 2), bevel=0.006, label="arm")
    )
    for s in (-1.0, 1.0):
        for z in (low + 0.12, low + tall - 0.12):
            end = (s * wide * 0.28, back + 0.07, z)
            pieces.append(
                rod((s * 0.05, back + 0.62, top - side), end, 0.022, "steel", segments=18, label="arm")
            )
    pieces.append(
        rod(
            (0, -side / 2, top - side - 0.62),
            (0, back + 0.55, top - side - 0.05),
            0.03,
            "steel",
            segments=20,
            label="arm",
        )
    )
    surfaces = (Surface("painted_metal", (0.06, 0.065, 0.075)), Surface("steel"), Surface("vinyl_pad"))
    ring = Resonator("tube", "steel", {"radius": side / 2, "length": height, "thickness": 0.005})
    return fused("frame", pieces, surfaces, joint=FIXED, resonator=ring)
