"""Grooved tracks for marbles: a spiral and a straight one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Quat, Resonator, Shape
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import FIXED, Piece, board, fused, rod, shown
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]


FACET_RAD = np.radians(36.0)
"""Angle of the groove's round floor that one flat facet stands for in collisions."""


def spiral_track(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A grooved channel that winds down around four posts and leaves them straight, to the right.

    The marble runs counter-clockwise seen from above, from the back at the top to the front.
    """
    radius, groove, wall = (number(parameters, k) for k in ("radius", "groove_radius", "wall"))
    turns, pitch, exit_m = (number(parameters, k) for k in ("turns", "pitch", "exit"))
    low, per_turn = number(parameters, "end_height"), int(number(parameters, "segments_per_turn"))
    path = _descent(radius, turns, pitch, exit_m, low, per_turn)
    channel = _channel(_thinned(path, 4), groove, wall)
    # The marble presses outwards. There the facets are so short that their kinks are shallower
    # than the dent it makes, and their ends lie hidden behind their neighbours: it never leaves
    # them and meets no edges. On the inside of the bend ends cannot be hidden; few are enough.
    material = wish.material
    shapes = _groove_boxes(path, groove, wall, material, (0.5, 1.5), overlap=1.4)
    shapes += _groove_boxes(_thinned(path, 4), groove, wall, material, (2.5,), overlap=0.5)
    shapes += _groove_boxes(_thinned(path, 4), groove, wall, material, (-0.5,))
    shapes += _groove_boxes(_thinned(path, 8), groove, wall, material, (-1.5, -2.5))
    outer = radius + groove + wall
    top = low + pitch * turns + exit_m * pitch / (2 * np.pi * radius)
    pieces = [Piece(channel, shapes)]
    pieces += _posts(outer, path, radius, top + 0.05, wish.material)
    base = np.array([[0, 0], [0.985, 0], [1.0, 0.12], [1.0, 0.55], [0.975, 0.85], [0.94, 1.0], [0, 1.0]])
    thick, wide = 0.018, outer + 0.028
    disc = Shape("cylinder", (wide, thick / 2), wish.material, (0.0, 0.0, thick / 2))
    pieces.append(Piece(meshes.lathe(base * [wide, thick], 96, 1), (disc,)))
    part = fused(
        "track",
        pieces,
        (surface(wish, str(parameters["look"])), surface(wish, str(parameters["base_look"]))),
        joint=FIXED,
        resonator=Resonator(
            "bar", wish.material, {"length": 0.35, "width": 2 * (groove + wall), "thickness": groove + wall}
        ),
    )
    start, end = path[2], path[-1]
    ahead = end + (end - path[-2]) / np.linalg.norm(end - path[-2]) * 0.05
    spots = {
        "start": vector(start), "end": vector(end), "end_ahead": vector(ahead),
        "start_ahead": vector(path[8]),
    }  # fmt: skip
    return assembled([part], wish.scale, spots=spots)


def marble_track(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A straight grooved rail on two trestles, falling to the right."""
    length, slope = number(parameters, "length"), number(parameters, "slope")
    groove, wall, low = (number(parameters, k) for k in ("groove_radius", "wall", "end_height"))
    run, fall = length * np.cos(slope), length * np.sin(slope)
    path = np.linspace([-run / 2, 0, low + fall], [run / 2, 0, low], 9)
    pieces = [
        Piece(
            _channel(path, groove, wall),
            _groove_boxes(path[[0, -1]], groove, wall, wish.material, (-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)),
        )
    ]
    for share in (0.14, 0.86):
        x, z = run * (share - 0.5), low + fall * (1 - share) - wall - 0.001
        pieces += _trestle(x, z, 2 * (groove + wall), wish.material)
    part = fused(
        "track",
        pieces,
        (surface(wish, str(parameters["look"])), surface(wish, str(parameters["base_look"]))),
        joint=FIXED,
        resonator=Resonator(
            "bar", wish.material, {"length": length, "width": 2 * (groove + wall), "thickness": groove + wall}
        ),
    )
    along = (path[-1] - path[0]) / length
    spots = {
        "start": vector(path[0] + along * 0.012), "start_ahead": vector(path[0] + along * 0.1),
        "end": vector(path[-1]), "end_ahead": vector(path[-1] + along * 0.05),
    }  # fmt: skip
    return assembled([part], wish.scale, spots=spots)


def _descent(radius: float, turns: float, pitch: float, exit_m: float, low: float, per_turn: int) -> Array:
    """Floor line (N, 3) of the spiral's groove: a helix and its straight continuation."""
    slope = pitch / (2 * np.pi * radius)
    end_z = low + exit_m * slope
    count = round(turns * per_turn)
    angle = -np.pi / 2 - 2 * np.pi * turns + np.linspace(0, 2 * np.pi * turns, count + 1)
    height = end_z + pitch * (angle[-1] - angle) / (2 * np.pi)
    helix = np.stack([radius * np.cos(angle), radius * np.sin(angle), height], axis=1)
    straight = np.linspace([0, -radius, end_z], [exit_m, -radius, low], 4)[1:]
    path: Array = np.concatenate([helix, straight])
    return path


def _thinned(path: Array, step: int) -> Array:
    """Every so many points of the spiral, and its straight end."""
    return np.concatenate([path[:-4:step], path[-4:]])


def _frames(path: Array) -> Array:
    """Level unit normals (N, 3) to the left of a path's way."""
    ahead = np.gradient(path, axis=0)
    ahead[1:-1] = path[2:] - path[:-2]
    left = np.stack([-ahead[:, 1], ahead[:, 0], np.zeros(len(path))], axis=1)
    unit: Array = left / np.linalg.norm(left, axis=1, keepdims=True)
    return unit


def _channel(path: Array, groove: float, wall: float) -> Mesh:
    """The channel: a bar with a round-bottomed groove, its upper edges broken."""
    outer, ease = groove + wall, 0.0012
    floor = np.linspace(-np.pi, 0, 19)
    inner = np.stack([groove * np.cos(floor), groove + groove * np.sin(floor)], axis=1)
    rim = groove + 0.25 * groove
    inside = np.concatenate([[[-groove, rim - ease]], inner, [[groove, rim - ease]]])
    lip = np.linspace(0, np.pi / 2, 4)
    right = np.stack([groove + ease - ease * np.cos(lip), rim - ease + ease * np.sin(lip)], axis=1)[1:]
    crown = np.stack([outer - ease + ease * np.sin(lip), rim - ease + ease * np.cos(lip)], axis=1)
    foot = np.stack(
        [outer - 3 * ease + 3 * ease * np.cos(lip), -wall + 3 * ease - 3 * ease * np.sin(lip)], axis=1
    )
    half = np.concatenate([right, crown, foot])
    # Across the groove from left to right, then round the outside back to the left.
    outside = np.concatenate([half, (half * [-1, 1])[::-1]])
    section = np.concatenate([inside, outside])
    left = _frames(path)
    rings = (
        path[:, None] - section[None, :, :1] * left[:, None] + section[None, :, 1:] * np.array([0, 0, 1.0])
    )
    return _capped(rings, len(outside), len(inside))


def _capped(rings: Array, outside: int, inside: int) -> Mesh:
    """Loft of U-shaped rings; the ends, which are not convex, are closed in strips."""
    made = meshes.loft(rings, 0, 0.6)
    faces = [list(map(int, face)) for face in np.split(made.corners, np.cumsum(made.sizes)[:-1])[:-2]]
    count, last = rings.shape[1], (len(rings) - 1) * rings.shape[1]
    # The ring runs through the groove from left to right and back round the outside.
    across = count - 1 - np.linspace(0, outside - 1, inside).round().astype(int)
    for k in range(inside - 1):
        strip = [k, k + 1, *range(int(across[k + 1]), int(across[k]) + 1)]
        faces.append(strip[::-1])
        faces.append([last + i for i in strip])
    return meshes.from_polygons(rings.reshape(-1, 3), faces, 0, 0.6)


def _groove_boxes(
    path: Array, groove: float, wall: float, material: str, tilts: Sequence[float], overlap: float = 0.0
) -> tuple[Shape, ...]:
    """Flat facets tangent to the groove's round floor, one box each for each stretch of the path.

    tilts: where round the groove the facets touch it, in facets to the right of its lowest line.
    overlap: how far each box reaches into its neighbours, as a share of its length.
    """
    shapes = []
    left = _frames(path)
    facet = groove * np.tan(FACET_RAD / 2)
    for a, b, m, n in zip(path[:-1], path[1:], left[:-1], left[1:], strict=True):
        reach = float(np.linalg.norm(b - a))
        along = (b - a) / reach
        up = np.cross(along, m + n)
        up /= np.linalg.norm(up)
        side = np.cross(along, up)
        # Facets on the outside of a bend are longer than those on its inside.
        bend = float(np.linalg.norm(n - m)) / reach * float(np.sign(np.cross(m, n)[2]))
        for k in tilts:
            tilt = k * FACET_RAD
            inward = np.cos(tilt) * up - np.sin(tilt) * side
            centre = (a + b) / 2 + groove * up - inward * (groove + wall / 2)
            longer = 1.0 + bend * float((centre - a) @ side) + 2 * overlap
            size = (reach / 2 * longer, facet, wall / 2)
            turned_ = _axes(along, np.cross(inward, along), inward)
            shapes.append(Shape("box", size, material, vector(centre), turned_, label="groove"))
    return tuple(shapes)


def _axes(x: Array, y: Array, z: Array) -> Quat:
    """Quaternion of the turn that carries the axes to three orthogonal unit vectors."""
    m = np.stack([x, y, z], axis=1)
    w = np.sqrt(max(0.0, 1 + m[0, 0] + m[1, 1] + m[2, 2])) / 2
    if w > 1e-3:
        v = np.array([m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1]]) / (4 * w)
        return (float(w), *vector(v))
    symmetric = (m + np.eye(3)) / 2
    k = int(np.argmax(np.diag(symmetric)))
    return (0.0, *vector(symmetric[k] / np.sqrt(symmetric[k, k])))


def _posts(outer: float, path: Array, radius: float, top: float, material: str) -> list[Piece]:
    """Turned posts beside the channel, with a dowel into it at every turn."""
    pieces = []
    thick = 0.009
    at = outer + thick + 0.0015
    for k in range(4):
        angle = np.pi / 4 + k * np.pi / 2
        x, y = at * np.cos(angle), at * np.sin(angle)
        shape = Shape(
            "cylinder", (thick, (top - 0.018) / 2), material, (float(x), float(y), (top + 0.018) / 2)
        )
        pieces.append(Piece(meshes.lathe(_post_profile(thick, 0.016, top), 28, 1), (shape,)))
        pieces[-1] = Piece(meshes.moved(pieces[-1].mesh, (x, y, 0)), pieces[-1].shapes)
        around = np.arctan2(path[:, 1], path[:, 0])
        helix = np.hypot(path[:, 0], path[:, 1]) < radius * 1.0001
        close = np.abs((around - angle + np.pi) % (2 * np.pi) - np.pi)
        for i in np.flatnonzero(helix[1:-1] & (close[1:-1] <= close[:-2]) & (close[1:-1] < close[2:])) + 1:
            z = float(path[i, 2]) + 0.002
            inner = np.array([np.cos(angle), np.sin(angle)]) * (outer - 0.003)
            pieces.append(
                shown(
                    rod(
                        (float(inner[0]), float(inner[1]), z),
                        (float(x), float(y), z),
                        0.004,
                        material,
                        slot=1,
                    ).mesh
                )
            )
    return pieces


def _post_profile(r: float, low: float, top: float) -> Array:
    ball = np.linspace(-1.1, np.pi / 2, 9)
    knob = np.stack([1.12 * r * np.cos(ball), top + 1.12 * r * np.sin(ball)], axis=1)
    knob[-1, 0] = 0.0
    foot = [
        [0, low],
        [1.5 * r, low],
        [1.5 * r, low + 0.006],
        [1.25 * r, low + 0.009],
        [1.35 * r, low + 0.012],
        [r, low + 0.02],
    ]
    neck = [[r, top - 0.02], [0.8 * r, top - 0.017], [1.05 * r, top - 0.0125], [0.6 * r, top - 0.0105]]
    return np.concatenate([foot, neck, knob])


def _trestle(x: float, top: float, width: float, material: str) -> list[Piece]:
    """An A of two boards under the rail, with a crossbar and a saddle."""
    spread = 0.35 * top + width * 0.4
    pieces = []
    for s in (-1.0, 1.0):
        start, end = np.array([x, s * spread, 0.0]), np.array([x, s * width * 0.3, top - 0.008])
        lean = float(np.arctan2(start[1] - end[1], end[2]))
        size = (0.03, 0.014, float(np.linalg.norm(end - start)) - 0.002)
        pieces.append(
            board(
                size,
                material,
                vector((start + end) / 2 + [0, 0, 0.0012]),
                bevel=0.002,
                slot=1,
                orientation=meshes.turn((1, 0, 0), lean),
            )
        )
    pieces.append(board((0.026, spread * 1.25, 0.016), material, (x, 0, top * 0.42), bevel=0.002, slot=1))
    pieces.append(board((0.034, width + 0.012, 0.014), material, (x, 0, top - 0.007), bevel=0.002, slot=1))
    return pieces
