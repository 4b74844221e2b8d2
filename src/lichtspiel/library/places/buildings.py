"""Houses and walls along streets and yards: fronts with windows, doors, cornices and roofs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Mesh, Vec3
from lichtspiel.library.catalogue import Generator
from lichtspiel.library.places.copies import box, boxes
from lichtspiel.library.places.pieces import Piece, piece


@dataclass(frozen=True)
class Front:
    """A street front: axes of windows, storeys, and what it is made of."""

    bays: int
    storeys: int
    look: str
    colour: Vec3 | None = None
    bay_m: float = 2.6
    storey_m: float = 3.1
    depth_m: float = 9.0
    roof: str = "roof_tiles"
    shop: bool = False

    @property
    def width(self) -> float:
        return self.bays * self.bay_m

    @property
    def height(self) -> float:
        return self.storeys * self.storey_m + 0.5


def house(front: Front, rng: Generator, lit: bool = False) -> list[Piece]:
    """A house whose front stands along x from 0 at y = 0 and faces -y. `lit`: some windows glow."""
    w, bay, storey, top = front.width, front.bay_m, front.storey_m, front.height
    walls: list[Mesh] = []
    frames: list[Mesh] = []
    glass: list[Mesh] = []
    glowing: list[Mesh] = []
    stone: list[Mesh] = []
    opening_w, opening_h, sill = 1.15, 1.65, 0.85
    walls.append(box((0, 0.24, 0), (w, front.depth_m, top)))
    edges = np.concatenate(
        [
            [0.0],
            *[[b * bay + (bay - opening_w) / 2, b * bay + (bay + opening_w) / 2] for b in range(front.bays)],
            [w],
        ]
    )
    for k in range(0, len(edges), 2):
        walls.append(box((edges[k], 0, 0), (edges[k + 1], 0.25, top)))
    for b in range(front.bays):
        x0, x1 = b * bay + (bay - opening_w) / 2, b * bay + (bay + opening_w) / 2
        door = front.storeys > 1 and b == front.bays // 2 and not front.shop
        z = 0.0
        for s in range(front.storeys):
            base = s * storey + 0.5
            is_door = door and s == 0
            low = 0.15 if is_door else base + sill - 0.5 * (s == 0)
            high = base + sill + opening_h - (0.35 if s == 0 else 0.0)
            walls.append(box((x0, 0, z), (x1, 0.25, low)))
            z = high
            pane = box((x0, 0.19, low), (x1, 0.21, high))
            if is_door:
                frames += [box((x0, 0.12, low), (x1, 0.19, high), 0.01)]
                frames += [
                    box((x0 + 0.12, 0.10, low + a), (x1 - 0.12, 0.13, low + b2), 0.01)
                    for a, b2 in ((0.15, 0.95), (1.1, 2.0))
                ]
            else:
                (glowing if lit and rng.uniform() < 0.4 else glass).append(pane)
                frames += [
                    box((x0, 0.13, low), (x0 + 0.07, 0.19, high)),
                    box((x1 - 0.07, 0.13, low), (x1, 0.19, high)),
                    box((x0, 0.13, low), (x1, 0.19, low + 0.07)),
                    box((x0, 0.13, high - 0.07), (x1, 0.19, high)),
                    box(((x0 + x1) / 2 - 0.04, 0.13, low), ((x0 + x1) / 2 + 0.04, 0.19, high)),
                    box((x0, 0.14, low + 1.05), (x1, 0.18, low + 1.11)),
                ]
                stone.append(box((x0 - 0.1, -0.1, low - 0.08), (x1 + 0.1, 0.2, low), 0.012))
            stone.append(box((x0 - 0.12, -0.04, high), (x1 + 0.12, 0.1, high + 0.16), 0.012))
        walls.append(box((x0, 0, z), (x1, 0.25, top)))
    stone += [box((0, -0.05, 0), (w, 0.02, 0.45), 0.01), box((0, -0.22, top - 0.3), (w, 0.2, top), 0.02)]
    if front.storeys > 1:
        stone.append(box((0, -0.07, storey + 0.28), (w, 0.05, storey + 0.46), 0.015))
    pieces = [
        piece(front.look, *walls, colour=front.colour),
        piece("stone", *stone, colour=(0.42, 0.39, 0.34)),
        piece("white_paint", *frames, colour=(0.40, 0.39, 0.36)),
        piece(front.roof, _roof(w, front.depth_m, top)),
    ]
    # By night all windows of a house may be lit, or none.
    return pieces + [
        piece(look, *panes) for look, panes in (("window_glass", glass), ("window_lit", glowing)) if panes
    ]


def _roof(width: float, depth: float, base: float) -> Mesh:
    """A gable roof with its ridge along x."""
    over, rise = 0.35, depth * 0.34
    half = depth / 2
    outline = np.array([[-over, 0.0], [depth + over, 0.0], [half, rise]])
    prism = meshes.extrude(outline, width)
    # Drawn in x and y, extruded along z; stood up so that y, z, x follow.
    points = np.column_stack([prism.vertices[:, 2], prism.vertices[:, 0], prism.vertices[:, 1] + base])
    return Mesh(points, prism.corners, prism.sizes, prism.slots, None, 0.5)


def garden_wall(length: float, height: float, look: str = "stone_wall", cap: float = 0.5) -> list[Piece]:
    """A wall along x from 0 to `length` with coping stones, its face at y = 0."""
    wall = box((0, 0, 0), (length, 0.4, height))
    count = max(1, int(length / cap))
    xs = (np.arange(count) + 0.5) * length / count
    coping = boxes(
        np.column_stack([xs, np.full(count, 0.2), np.full(count, height + 0.05)]),
        np.array([length / count - 0.008, 0.52, 0.1]),
        0.012,
    )
    return [piece(look, wall), piece("stone", coping, colour=(0.45, 0.42, 0.36))]


def container(colour: Vec3, length: float = 6.06) -> list[Piece]:
    """A 20-foot shipping container (ISO 668: 6.06 x 2.44 x 2.59 m), its long side facing -y."""
    width, height, pitch = 2.44, 2.59, 0.28
    count = int((length - 0.3) / pitch)
    profile = [(-length / 2 + 0.15, 0.0)]
    for k in range(count):
        x = -length / 2 + 0.15 + k * pitch
        profile += [(x + 0.07, 0.0), (x + 0.11, 0.036), (x + 0.2, 0.036), (x + 0.24, 0.0)]
    profile.append((length / 2 - 0.15, 0.0))
    line = np.array(profile)
    n = len(line)
    low = np.column_stack([line[:, 0], line[:, 1], np.full(n, 0.15)])
    high = np.column_stack([line[:, 0], line[:, 1], np.full(n, height - 0.12)])
    wall = meshes.from_polygons(
        np.vstack([low, high]), [(i, i + 1, n + i + 1, n + i) for i in range(n - 1)], 0, 0.3
    )
    front = meshes.moved(wall, (0, -width / 2 + 0.02, 0))
    back = meshes.moved(wall, (0, width / 2 - 0.02, 0), meshes.turn((0.0, 0.0, 1.0), np.pi))
    beams = [
        box(
            (-length / 2, s * (width / 2 - 0.06) - 0.06, z),
            (length / 2, s * (width / 2 - 0.06) + 0.06, z + 0.14),
            0.01,
        )
        for s in (-1, 1)
        for z in (0.02, height - 0.14)
    ]
    posts = boxes(
        np.array(
            [
                [sx * (length / 2 - 0.08), sy * (width / 2 - 0.08), height / 2]
                for sx in (-1, 1)
                for sy in (-1, 1)
            ]
        ),
        np.array([0.16, 0.16, height]),
        0.01,
    )
    body = box(
        (-length / 2 + 0.05, -width / 2 + 0.1, 0.1), (length / 2 - 0.05, width / 2 - 0.1, height - 0.03)
    )
    bars = boxes(
        np.array([[length / 2 + 0.02, y, height / 2] for y in (-0.75, -0.35, 0.35, 0.75)]),
        np.array([0.04, 0.04, height - 0.3]),
        0.008,
    )
    return [
        piece("painted_metal", front, back, *beams, posts, body, colour=colour),
        piece("brushed_steel", bars),
    ]
