"""What goods travel in: cardboard box, crate, barrel."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, triple, vector
from lichtspiel.library.things.joinery import Piece, aligned, board, fused, hull, prism, shown
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]

NAIL = Surface("iron")
CARDBOARD_KG_M2 = 0.55
"""Single-wall corrugated board with B flute."""


def cardboard_box(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A shut carton: flaps meet in the middle of the lid under a strip of tape."""
    x, y, z = size = triple(parameters)
    wall, tape = 0.004, 0.05
    pieces = [shown(meshes.moved(meshes.box((x, y, z - wall), 0.0025, 3), (0, 0, (z - wall) / 2)))]
    flap = (y - 0.0025) / 2
    pieces += [
        shown(
            meshes.moved(meshes.box((x - 0.001, flap, wall), 0.0014), (0, s * (y - flap) / 2, z - wall / 2))
        )
        for s in (-1, 1)
    ]
    pieces.append(shown(_tape(x, z, tape)))
    half = (x / 2, y / 2, z / 2)
    area = 2 * (x * y * 2 + x * z + y * z)
    usual = wish.material == "cardboard"
    mass = area * (CARDBOARD_KG_M2 if usual else wall * density(wish.material))
    part = fused(
        "cardboard_box",
        pieces,
        (surface(wish, "cardboard"), Surface("packing_tape")),
        mass_kg=mass,
        inertia=_hollow_inertia(size, mass),
        resonator=Resonator("plate", wish.material, {"length": x, "width": y, "thickness": wall}),
    )
    shape = Shape("box", half, wish.material, (0.0, 0.0, z / 2))
    return assembled([_with_shapes(part, (shape,))], wish.scale, spots=_on_top(size))


def crate(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A shipping crate of nailed boards: slatted sides, battens round every face."""
    x, y, z = size = triple(parameters)
    t, batten = number(parameters, "board"), number(parameters, "batten")
    inner = (x - 2 * t, y - 2 * t, z - 2 * t)
    pieces = _slats(inner, t, wish.material, rng)
    pieces += _battens(size, inner, t, batten, wish.material)
    wood = sum(8 * float(np.prod(shape.size)) for piece in pieces for shape in piece.shapes)
    mass = wood * density(wish.material)
    part = fused(
        "crate",
        [shown(piece.mesh) for piece in pieces] + [shown(_nails(size, batten, t))],
        (surface(wish, str(parameters["look"])), NAIL),
        mass_kg=mass,
        inertia=_hollow_inertia(size, mass),
        resonator=Resonator("plate", wish.material, {"length": z, "width": batten * 1.4, "thickness": t}),
    )
    # One solid box: crates that stand on each other touch with their frames only, whose outline
    # this is, and stacks of it stay still.
    shape = Shape("box", (x / 2, y / 2, z / 2), wish.material, (0.0, 0.0, z / 2))
    return assembled([_with_shapes(part, (shape,))], wish.scale, spots=_on_top(size))


def barrel(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A standing cask: bulged staves, iron hoops, heads sunk between the chimes."""
    height, belly, head = (number(parameters, k) for k in ("height", "belly_radius", "head_radius"))
    stave, staves = number(parameters, "stave"), int(number(parameters, "staves"))
    z = np.linspace(0, height, 33)
    outline = _bulge(z, height, belly, head)
    wall = _staved(np.column_stack([outline, z]), stave, staves, rng)
    sunk = 0.035
    pieces = [shown(wall)]
    for at, flip in ((sunk, -1.0), (height - sunk, 1.0)):
        pieces += _head(float(_bulge(np.array([at]), height, belly, head)[0]) - stave * 0.7, at, flip)
    for share in (0.03, 0.14, 0.3, 0.7, 0.86, 0.97):
        pieces.append(shown(_hoop(share * height, height, belly, head)))
    volume = 2 * np.pi * (belly * 0.65 + head * 0.35) * height * stave + 2 * np.pi * head**2 * 0.022
    hoops = 0.003 * 0.04 * 6 * 2 * np.pi * belly * density("iron")
    mass = volume * density(wish.material) + hoops
    radius = (belly + head) / 2
    across = mass * (0.4 * radius**2 + height**2 / 10)
    part = fused(
        "barrel",
        pieces,
        (surface(wish, str(parameters["look"])), Surface("barrel_hoop")),
        mass_kg=mass,
        inertia=(across, across, 0.8 * mass * radius**2),
        resonator=Resonator("bar", wish.material, {"length": height, "width": 0.07, "thickness": stave}),
    )
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    levels = np.linspace(0, height, 7)
    radii = _bulge(levels, height, belly, head) + 0.002
    points = np.concatenate(
        [np.column_stack([r * circle, np.full(48, h)]) for r, h in zip(radii, levels, strict=True)]
    )
    spots = {"top": (0.0, 0.0, height), "edge": (0.0, -head, height)}
    return assembled([_with_shapes(part, (hull(points, wish.material),))], wish.scale, spots=spots)


def _on_top(size: Vec3) -> dict[str, Vec3]:
    return {"top": (0.0, 0.0, size[2]), "edge": (0.0, -size[1] / 2, size[2])}


def _with_shapes(part: Part, shapes: tuple[Shape, ...]) -> Part:
    return replace(part, shapes=shapes)


def _hollow_inertia(size: Vec3, mass: float) -> Vec3:
    """Moments of a thin-walled box with all six walls of one thickness."""
    x, y, z = size
    areas = np.array([y * z, x * z, x * y])
    share = mass * areas / areas.sum()
    second = np.array(
        [
            # ∫x² dm: the two walls across x sit at x/2, the other four spread evenly along it.
            share[axis] * size[axis] ** 2 / 4 + (share.sum() - share[axis]) * size[axis] ** 2 / 12
            for axis in range(3)
        ]
    )
    return vector(second.sum() - second)


def _tape(x: float, z: float, width: float) -> Mesh:
    """A strip over the lid's joint that reaches down both ends."""
    thick, down = 0.0003, 0.07
    path = np.array(
        [
            [-x / 2 - thick, z - down],
            [-x / 2 - thick, z - 0.002],
            [-x / 2 + 0.002, z + thick],
            [x / 2 - 0.002, z + thick],
            [x / 2 + thick, z - 0.002],
            [x / 2 + thick, z - down],
        ]
    )
    inner = path - np.sign(path - [0, z - 0.5]) * [thick * 2, thick * 2]
    outline = np.concatenate([path[::-1], inner])
    points = meshes.extrude(outline, width, 1)
    return _quads_across(points, len(path), width)


def _quads_across(made: Mesh, count: int, width: float) -> Mesh:
    """The strip with its concave sides as quads, standing in x and z about y = 0."""
    total = 2 * count
    polygons: list[list[int]] = []
    for i in range(total):
        j = (i + 1) % total
        polygons.append([i, j, total + j, total + i])
    for i in range(count - 1):
        k = total - 1 - i
        polygons.append([i, k, k - 1, i + 1])
        polygons.append([total + i, total + i + 1, total + k - 1, total + k])
    solid = meshes.from_polygons(made.vertices, polygons, 1)
    upright = np.stack([solid.vertices[:, 0], width / 2 - solid.vertices[:, 2], solid.vertices[:, 1]], axis=1)
    return meshes.in_slot(meshes.from_polygons(upright, polygons), 1)


def _slats(inner: Vec3, t: float, material: str, rng: Generator) -> list[Piece]:
    """Boards with gaps on all six faces, inside the battens."""
    x, y, z = inner
    pieces = []
    for axis, (across, along) in {1: (2, 0), 0: (2, 1), 2: (1, 0)}.items():
        span = (x, y, z)[across]
        count = max(2, round(span / 0.115))
        pitch = span / count
        for side in (-1.0, 1.0):
            for k in range(count):
                size, middle = np.zeros(3), np.zeros(3)
                size[axis], size[along], size[across] = t, (x, y, z)[along], pitch - rng.uniform(0.004, 0.009)
                middle[axis] = side * ((x, y, z)[axis] - t) / 2
                middle[across] = (k + 0.5) * pitch - span / 2
                middle[2] += z / 2 + t
                pieces.append(board(vector(size), material, vector(middle), bevel=0.0018))
    return pieces


def _battens(size: Vec3, inner: Vec3, t: float, width: float, material: str) -> list[Piece]:
    """A frame of boards around every upright face, with a post in the middle of front and back."""
    x, y, z = size
    pieces = []
    for side in (-1.0, 1.0):
        front = side * (y - t) / 2
        for s in (-1.0, 1.0):
            pieces.append(board((width, t, z), material, (s * (x - width) / 2, front, z / 2)))
            rail = z / 2 + s * (z - width) / 2
            pieces.append(board((x - 2 * width - 0.001, t, width), material, (0, front, rail)))
            pieces.append(board((t, y - 2 * t - 0.001, width), material, (side * (x - t) / 2, 0, rail)))
            upright = (side * (x - t) / 2, s * (y / 2 - t - width / 2), z / 2)
            pieces.append(board((t, width, z - 2 * width - 0.001), material, upright))
        middle = (width * 1.1, t * 0.96, z - 2 * width - 0.001)
        pieces.append(board(middle, material, (0, front, z / 2)))
    for side in (-1.0, 1.0):
        for s in (-1.0, 1.0):
            pieces.append(
                board(
                    (width, inner[1], t),
                    material,
                    (s * (x / 2 - t - width / 2), 0, z / 2 + side * (z - t) / 2),
                )
            )
    return pieces


def _nails(size: Vec3, width: float, t: float) -> Mesh:
    """Heads of nails where the boards cross, two by two."""
    x, y, z = size
    head = meshes.in_slot(meshes.cylinder(0.0042, 0.003, 12, 0.0008), 1)
    nails = []
    for side in (-1.0, 1.0):
        for s in (-1.0, 1.0):
            for up in np.linspace(width / 2, z - width / 2, 6):
                for aside in (-0.22, 0.22):
                    across = s * (x - width) / 2 + aside * width
                    level = up + aside * width * 0.3
                    nails.append(meshes.moved(head, (across, side * (y / 2), level), aligned((0, side, 0))))
                    depth = s * (y / 2 - t - width / 2) + aside * width
                    nails.append(meshes.moved(head, (side * (x / 2), depth, level), aligned((side, 0, 0))))
            for along in np.linspace(-y / 2 + t + width / 2, y / 2 - t - width / 2, 4):
                nails.append(
                    meshes.moved(
                        head,
                        (s * (x / 2 - t - width / 2), along, z / 2 + side * z / 2),
                        aligned((0, 0, side)),
                    )
                )
    return meshes.joined(*nails)


def _bulge(z: Array, height: float, belly: float, head: float) -> Array:
    radius: Array = belly - (belly - head) * (2 * z / height - 1) ** 2
    return radius


def _staved(outline: Array, stave: float, count: int, rng: Generator) -> Mesh:
    """The wall with a V-joint between staves; outside up, chime across, inside down."""
    fine = 6
    profile = np.concatenate([outline, (outline - [stave, 0.0])[::-1]])
    angles = np.arange(count * fine) * 2 * np.pi / (count * fine)
    joint = np.array([0.0022, 0.0003, 0.0, 0.0, 0.0, 0.0003])
    depth = np.tile(joint, count) + np.repeat(rng.uniform(0.0, 0.0007, count), fine)
    rings = []
    for index, (radius, z) in enumerate(profile):
        own = radius - (depth if index < len(outline) else 0.0)
        rings.append(np.stack([own * np.cos(angles), own * np.sin(angles), np.full(len(angles), z)], axis=1))
    return meshes.loft(np.array(rings), 0, 0.5, closed=True)


def _hoop(z: float, height: float, belly: float, head: float) -> Mesh:
    """A flat iron band that follows the staves."""
    wide, thick = 0.042, 0.0022
    levels = np.clip(np.linspace(z - wide / 2, z + wide / 2, 4), 0.002, height - 0.002)
    outer = _bulge(levels, height, belly, head) + thick
    edge = np.array([outer[0] - 0.0004, levels[0] - 0.0004])
    inner = np.column_stack([outer - thick - 0.0035, levels])[::-1]
    profile = np.concatenate([edge[None], np.column_stack([outer, levels]), inner, edge[None]])
    return meshes.weld(meshes.lathe(profile, 72, 1))


def _head(radius: float, z: float, facing: float) -> list[Piece]:
    """Boards side by side, cut to a round head."""
    count, thick = 7, 0.02
    edges = np.linspace(-radius, radius, count + 1)
    pieces = []
    for low, high in itertools.pairwise(edges):
        a, b = low + 0.0006, high - 0.0006
        ys = np.linspace(a, b, 5)
        reach = np.sqrt(np.maximum(radius**2 - ys**2, (0.12 * radius) ** 2))
        outline = np.concatenate([np.column_stack([reach, ys]), np.column_stack([-reach, ys])[::-1]])
        plate = prism(outline, thick, 0.001)
        pieces.append(shown(meshes.moved(plate, (0, 0, z - thick if facing > 0 else z))))
    return pieces
