"""Things that give way: chain, rope, flag, cloth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import (
    Asset,
    Cloth,
    Joint,
    Mesh,
    Part,
    Quat,
    Resonator,
    Shape,
    Surface,
    Vec3,
)
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import FIXED, Piece, capsule, fused, turned
from lichtspiel.library.things.stands import crook
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]

DOWN: Quat = meshes.turn((0, 1, 0), np.pi / 2)
"""Carries x, along which chains and ropes are made, to -z."""

STRANDS = 3


def chain(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A chain that lies along x in a slack wave, its links at 45° to the ground, left and right by turns."""
    links, pitch = int(number(parameters, "links")), number(parameters, "pitch")
    height = _lying_height(parameters)
    parts = [
        _link(k, at, lay, parameters, wish, None if k == 0 else "")
        for k, (at, lay) in enumerate(_slack_wave(links, pitch, height))
    ]
    return assembled(parts, wish.scale, spots={"top": (0.0, 0.0, 2 * height)})


def hanging_chain(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A chain that hangs from an iron crook."""
    links, pitch = int(number(parameters, "links")), number(parameters, "pitch")
    top = links * pitch + number(parameters, "clearance")
    parts = [crook(top + number(parameters, "wire_radius"), 0.34, 0.01)]
    for k in range(links):
        position = (0.0, 0.0, top - (k + 0.5) * pitch)
        parts.append(_link(k, position, DOWN, parameters, wish, "stand" if k == 0 else ""))
    spots = {"bob": parts[-1].position, "pivot": (0.0, 0.0, top)}
    return assembled(parts, wish.scale, spots=spots)


def rope(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A laid rope of three strands that lies along x in a slack wave, its ends whipped with twine."""
    pieces, pitch = (
        int(number(parameters, "pieces")),
        number(parameters, "length") / number(parameters, "pieces"),
    )
    radius = number(parameters, "radius")
    parts = [
        _rope_piece(k, at, lay, pitch, pieces, parameters, wish, None if k == 0 else "")
        for k, (at, lay) in enumerate(_slack_wave(pieces, pitch, radius))
    ]
    return assembled(parts, wish.scale, spots={"top": (0.0, 0.0, 2 * radius)})


def hanging_rope(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A rope that hangs from an iron crook, a knot at its end."""
    pieces, length = int(number(parameters, "pieces")), number(parameters, "length")
    pitch, radius = length / pieces, number(parameters, "radius")
    top = length + number(parameters, "clearance")
    parts = [crook(top + radius, 0.34, 0.01)]
    for k in range(pieces):
        at = (0.0, 0.0, top - (k + 0.5) * pitch)
        parts.append(_rope_piece(k, at, DOWN, pitch, pieces, parameters, wish, "stand" if k == 0 else ""))
    parts[-1] = _knotted(parts[-1], radius, wish)
    spots = {"bob": parts[-1].position, "pivot": (0.0, 0.0, top)}
    return assembled(parts, wish.scale, spots=spots)


def flag(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A flag on a pole with a gilt ball; its hoist is sewn to the pole's ropes."""
    wide, high, pole = (number(parameters, k) for k in ("width", "height", "pole"))
    columns, rows = int(number(parameters, "columns")), int(number(parameters, "rows"))
    thick = number(parameters, "pole_radius")
    sheet = meshes.grid(wide, high, columns, rows)
    # Upright, the hoist at the pole. A still wave of a hundredth keeps it from being a perfect
    # plane, which no wind could start to move.
    points = np.stack(
        [sheet.vertices[:, 0] + wide / 2, np.zeros(rows * columns), sheet.vertices[:, 1]], axis=1
    )
    phase = rng.uniform(0, 2 * np.pi)
    points[:, 1] = 0.012 * wide * np.sin(2 * np.pi * points[:, 0] / wide * 1.5 + phase) * points[:, 0] / wide
    points += [thick + 0.004, 0.0, pole - high / 2 - 0.08]
    cloth = Cloth(
        "flag",
        replace(sheet, vertices=points),
        (_cloth_surface(wish, (0.45, 0.012, 0.016)),),
        rows,
        columns,
        wide * high * number(parameters, "weight"),
        tuple(row * columns for row in range(rows)),
        None,
        0.0006,
        wish.material,
    )
    return assembled(
        [_pole(pole, thick, high)], wish.scale, spots={"pivot": (0.0, 0.0, pole)}, cloths=[cloth]
    )


def cloth(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A square of cloth that lies flat."""
    wide, weight = number(parameters, "width"), number(parameters, "weight")
    count = int(number(parameters, "columns"))
    sheet = meshes.grid(wide, wide, count, count)
    points = sheet.vertices.copy()
    phase = rng.uniform(0, 2 * np.pi, 2)
    points[:, 2] = 0.004 + 0.0015 * np.sin(9 * points[:, 0] / wide + phase[0]) * np.sin(
        7 * points[:, 1] / wide + phase[1]
    )
    sheet = replace(sheet, vertices=points)
    made = Cloth(
        "cloth",
        sheet,
        (_cloth_surface(wish, None),),
        count,
        count,
        wide**2 * weight,
        (),
        None,
        0.0008,
        wish.material,
    )
    root = Part("root", (), joint=FIXED)
    return assembled([root], wish.scale, spots={"top": (0.0, 0.0, 0.006)}, cloths=[made])


def _slack_wave(count: int, pitch: float, height: float) -> list[tuple[Vec3, Quat]]:
    """Middles and orientations of pieces that lie end to end in a gentle S about the origin."""
    share = (np.arange(count) + 0.5) / count
    heading = 0.55 * np.sin(2 * np.pi * share) + 0.2 * np.sin(2 * np.pi * share * 2.3 + 0.7)
    steps = pitch * np.stack([np.cos(heading), np.sin(heading)], axis=1)
    joints = np.concatenate([[[0.0, 0.0]], np.cumsum(steps, axis=0)])
    middles = (joints[:-1] + joints[1:]) / 2
    middles -= (joints.max(axis=0) + joints.min(axis=0)) / 2
    return [
        ((float(x), float(y), height), meshes.turn((0, 0, 1), float(angle)))
        for (x, y), angle in zip(middles, heading, strict=True)
    ]


def _hung(kind: str, pitch: float, stiffness: float, damping: float) -> Joint:
    """How a piece hangs: the first on a hinge, so that the whole swings across the picture."""
    anchor = (-pitch / 2, 0.0, 0.0)
    if kind == "hinge":
        return Joint("hinge", (0.0, 1.0, 0.0), anchor, damping=damping)
    return Joint("ball", anchor=anchor, stiffness=stiffness, damping=damping)


def _cloth_surface(wish: Wish, colour: Vec3 | None) -> Surface:
    return surface(wish, "flag_cloth" if colour else "linen", colour)


def _lying_height(parameters: Parameters) -> float:
    """Of a link's middle over the ground when it lies on one side at 45°."""
    wire, wide = number(parameters, "wire_radius"), number(parameters, "width") / 2
    return (wide - wire) * float(np.sqrt(0.5)) + wire


def _link(
    index: int, position: Vec3, lay: Quat, parameters: Parameters, wish: Wish, parent: str | None
) -> Part:
    """One welded link along x, turned a quarter about x against its neighbours.

    `parent` is None for a loose first link, the stand's name for a hung one, and empty for
    those that hang on the link before.
    """
    pitch, wire = number(parameters, "pitch"), number(parameters, "wire_radius")
    wide = number(parameters, "width") / 2 - wire
    # Links touch inside their bows: from bow to bow along the middle of the wire.
    half = pitch / 2 + wire
    straight = half - wide
    turn = np.linspace(-np.pi / 2, np.pi / 2, 13)
    bow = np.stack([straight + wide * np.cos(turn), wide * np.sin(turn), np.zeros(13)], axis=1)
    path = np.concatenate([bow, (bow * [-1, -1, 1])])
    made = meshes.sweep(path, wire, 14, closed=True)
    roll = np.pi / 4 if index % 2 else -np.pi / 4
    rolled = meshes.turn((1, 0, 0), roll)
    shapes = tuple(
        _rolled(
            capsule(
                (-straight - 0.3 * wide, s * wide, 0.0),
                (straight + 0.3 * wide, s * wide, 0.0),
                wire,
                wish.material,
            ),
            rolled,
        )
        for s in (-1.0, 1.0)
    )
    name = f"link_{index + 1}"
    length = 2 * np.pi * wide + 4 * straight
    mass = float(length * np.pi * wire**2 * density(wish.material))
    along, across = mass * wide**2 * 0.7, mass * (half**2 / 3 + wide**2 * 0.3)
    joint = _hung("hinge" if parent else "ball", pitch, 0.0, mass * 5e-3)
    return Part(
        name,
        shapes,
        meshes.moved(made, (0, 0, 0), rolled),
        (surface(wish, "galvanised_steel"),),
        mass_kg=mass,
        inertia=(along, across, across),
        position=position,
        orientation=lay,
        parent=parent or (f"link_{index}" if parent == "" else None),
        joint=Joint("free") if parent is None else joint,
        resonator=Resonator(
            "bar", wish.material, {"length": length / 2, "width": 2 * wire, "thickness": 2 * wire}
        ),
    )


def _rolled(shape: Shape, roll: Quat) -> Shape:
    """The capsule turned about x. All lie along x, so only their places change."""
    position = meshes.rotation_matrix(roll) @ np.array(shape.position)
    return replace(shape, position=(float(position[0]), float(position[1]), float(position[2])))


def _rope_piece(
    index: int,
    position: Vec3,
    lay: Quat,
    pitch: float,
    count: int,
    parameters: Parameters,
    wish: Wish,
    parent: str | None,
) -> Part:
    """A short stretch of rope along x; its strands go on in the next one."""
    radius = number(parameters, "radius")
    first, last = index == 0, index == count - 1
    over = 0.22 * radius
    made = [_strands(index * pitch, pitch, radius, 0.0 if first else over, 0.0 if last else over)]
    if first or last:
        side = -1.0 if first else 1.0
        whip = (
            np.array(
                [
                    [0, -0.9],
                    [1.02, -0.9],
                    [1.08, -0.8],
                    *([1.04 + 0.05 * (k % 2), -0.75 + k * 0.1] for k in range(16)),
                    [1.08, 0.8],
                    [1.0, 0.9],
                    [0, 0.9],
                ]
            )
            * radius
        )
        place = side * (pitch / 2 - radius)
        made.append(meshes.moved(meshes.lathe(whip, 20, 1), (place, 0, 0), DOWN))
    shape = capsule(
        (-pitch / 2 + radius * 0.5, 0, 0), (pitch / 2 - radius * 0.5, 0, 0), radius * 0.98, wish.material
    )
    mass = float(np.pi * radius**2 * pitch * 0.72 * density(wish.material))
    across = mass * (pitch**2 / 12 + radius**2 / 4)
    joint = _hung("hinge" if parent else "ball", pitch, mass * 0.004, mass * 0.004)
    return Part(
        f"piece_{index + 1}",
        (shape,),
        meshes.joined(*made),
        (surface(wish, "hemp_strand"), Surface("twine")),
        mass_kg=mass,
        inertia=(mass * radius**2 / 2, across, across),
        position=position,
        orientation=lay,
        parent=parent or (f"piece_{index}" if parent == "" else None),
        joint=Joint("free") if parent is None else joint,
        resonator=Resonator("cloth", "fabric", {"area": 2 * radius * pitch, "thickness": radius}),
    )


def _strands(start: float, pitch: float, radius: float, before: float, after: float) -> Mesh:
    """Three strands laid round each other, seven and a half turns to the metre and 10 mm radius."""
    lay = 7.0 * radius
    along = np.linspace(-pitch / 2 - before, pitch / 2 + after, max(6, int(pitch / radius * 4)))
    strands = []
    for k in range(STRANDS):
        angle = 2 * np.pi * ((start + along) / lay + k / STRANDS)
        centre = 0.53 * radius
        path = np.stack([along, centre * np.cos(angle), centre * np.sin(angle)], axis=1)
        strands.append(meshes.sweep(path, 0.485 * radius, 12))
    return meshes.joined(*strands)


def _knotted(part: Part, radius: float, wish: Wish) -> Part:
    """An overhand knot, drawn tight, round the last piece."""
    assert part.mesh is not None
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    # A trefoil, flattened along the rope.
    x = 0.55 * radius * -np.sin(3 * turn)
    y = 0.85 * radius * (np.sin(turn) + 2 * np.sin(2 * turn)) / 2
    z = 0.85 * radius * (np.cos(turn) - 2 * np.cos(2 * turn)) / 2
    knot = meshes.sweep(np.stack([x * 1.6, y, z], axis=1), 0.8 * radius, 14, closed=True)
    ball = Shape("sphere", (2.0 * radius,), wish.material, label="bob")
    return replace(part, mesh=meshes.joined(part.mesh, knot), shapes=(*part.shapes, ball))


def _pole(height: float, thick: float, flag_height: float) -> Part:
    """A tapered white pole on a round foot, its halyard beside it."""
    profile = np.array(
        [[0, 0], [thick * 6, 0], [thick * 6, 0.012], [thick * 5.4, 0.02], [thick * 1.7, 0.03],
         [thick * 1.5, 0.12],
         [thick * 1.05, 0.13], [thick, 0.14], [thick * 0.8, height - 0.02], [thick * 1.1, height - 0.018],
         [thick * 1.1, height - 0.005], [thick * 0.5, height], [0, height]]
    )  # fmt: skip
    shape = Shape("cylinder", (thick, height / 2), "aluminium", (0.0, 0.0, height / 2))
    ball = meshes.moved(meshes.sphere(thick * 2.2, 36, 18, slot=1), (0, 0, height + thick * 1.8))
    pieces = [Piece(meshes.lathe(profile, 40), (shape,)), Piece(ball)]
    for z in (height - 0.09, height - flag_height - 0.07):
        ring = np.array(
            [
                [thick * 1.25, -0.006],
                [thick * 1.3, 0.0],
                [thick * 1.25, 0.006],
                [thick * 0.7, 0.006],
                [thick * 0.7, -0.006],
                [thick * 1.25, -0.006],
            ]
        )
        pieces.append(turned(ring, (0, 0, z), slot=1))
        pieces[-1] = Piece(meshes.weld(pieces[-1].mesh))
    return fused(
        "pole",
        pieces,
        (Surface("white_paint"), Surface("gold")),
        joint=FIXED,
        resonator=Resonator("tube", "aluminium", {"radius": thick, "length": height, "thickness": 0.002}),
    )
