"""Things that swing and bounce about a rest: pendulum, Newton's cradle, spring, seesaw."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    board,
    capsule_chain,
    fused,
    rod,
    shown,
    turned,
    wire,
)
from lichtspiel.library.things.stands import hook, laboratory_stand
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]

STANDARD_GRAVITY = 9.80665
"""m/s²: for the length to which a weight stretches its spring at rest on Earth."""


def pendulum(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A ball on a thin cord, hung from a laboratory stand; it swings across the picture."""
    length, radius = number(parameters, "length"), number(parameters, "bob_radius")
    pivot = length + radius + number(parameters, "clearance")
    stand = laboratory_stand(pivot, 0.16, (0.3, 0.44))
    cord = meshes.sweep(
        np.array([[0, 0, radius + 0.006], [0, 0, length * 0.5], [0, 0, length]]), 0.0012, 8, 1
    )
    eye = np.array([[0, 0.0], [0.0042, 0], [0.0042, 0.004], [0.0022, 0.006], [0.0016, 0.009], [0, 0.009]])
    bob = fused(
        "bob",
        [
            Piece(meshes.sphere(radius, 56, 28), (Shape("sphere", (radius,), wish.material, label="bob"),)),
            turned(eye, (0, 0, radius - 0.0008), slot=2, segments=20),
            shown(cord),
        ],
        (surface(wish, str(parameters["look"])), Surface("twine"), Surface("brass")),
        position=(0.0, 0.0, pivot - length),
        parent="stand",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, length)),
        resonator=Resonator("sphere", wish.material, {"radius": radius}),
    )
    spots = {"bob": (0.0, 0.0, pivot - length), "pivot": (0.0, 0.0, pivot)}
    return assembled([stand, bob], wish.scale, spots=spots)


def newtons_cradle(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """Balls in a row, each on two cords, in a frame of two bent rods on a wooden base."""
    count, radius, gap = (
        int(number(parameters, "balls")),
        number(parameters, "radius"),
        number(parameters, "gap"),
    )
    length, spread, base = number(parameters, "length"), number(parameters, "spread"), 0.018
    pitch = 2 * radius + gap
    level = base + radius + 0.026
    rail = level + length
    half = pitch * count / 2 + 0.042
    pieces = [
        board(
            (2 * half + 0.05, 2 * spread + 0.05, base - 0.003),
            "hardwood",
            (0, 0, 0.003 + (base - 0.003) / 2),
            bevel=0.004,
        )
    ]
    for s in (-1.0, 1.0):
        bow = _bow(half, s * spread, base - 0.002, rail, 0.018)
        pieces.append(
            Piece(meshes.sweep(bow, 0.003, 20, 1), capsule_chain(bow[[0, 8, 16, 17, 25, -1]], 0.003, "steel"))
        )
        for sx in (-1.0, 1.0):
            collar = np.array([[0, 0], [0.0058, 0], [0.0058, 0.0012], [0.0044, 0.003], [0, 0.003]])
            pieces.append(turned(collar, (sx * half, s * spread, base), slot=1, segments=24))
            pad = (sx * half, s * spread, 0.0)
            pieces.append(turned(np.array([[0, 0], [0.008, 0], [0.008, 0.0032], [0, 0.0032]]), pad, slot=2))
    frame = fused(
        "frame",
        pieces,
        (Surface("dark_wood"), Surface("chrome"), Surface("black_rubber")),
        joint=FIXED,
        resonator=Resonator("block", "hardwood", {"x": 2 * half, "y": 2 * spread, "z": base}),
    )
    parts = [frame]
    for k in range(count):
        x = (k - (count - 1) / 2) * pitch
        parts.append(_cradle_ball(k + 1, x, level, radius, length, spread, wish))
    spots = {
        "bob": (-(count - 1) / 2 * pitch, 0.0, level),
        "pivot": (0.0, 0.0, rail),
        "top": (0.0, 0.0, base),
    }
    return assembled(parts, wish.scale, spots=spots)


def spring(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A weight on a coil spring, hung from a laboratory stand.

    The coil is a chain of short arcs that slide on each other, each with its share of the
    wire's mass, so that it stretches evenly and waves run along it.
    """
    stiffness, weight = number(parameters, "stiffness"), number(parameters, "weight")
    turns, per_turn = int(number(parameters, "turns")), int(number(parameters, "arcs_per_turn"))
    coil, thick = number(parameters, "coil_radius"), number(parameters, "wire_radius")
    stretched = number(parameters, "length")
    arcs = turns * per_turn
    own = 2 * np.pi * coil * turns * np.pi * thick**2 * density("steel") / arcs
    rest = weight * STANDARD_GRAVITY / (stiffness * arcs)
    if stretched - arcs * rest < 2 * thick * turns:
        raise ValueError("the coil's turns would lie inside each other without the weight")
    tall = (weight / density(wish.material) / np.pi * 4 / 9) ** (1 / 3) * 1.5
    bob_top = number(parameters, "clearance") + tall
    pivot = bob_top + 0.03 + stretched
    damping = weight * np.sqrt(stiffness / weight) / number(parameters, "quality") * arcs
    give = Joint("slide", (0.0, 0.0, -1.0), stiffness=stiffness * arcs, damping=damping, angle=rest)
    bob = _weight("bob", weight, tall, wish, f"arc_{arcs}", bob_top, give)
    parts: list[Part] = [laboratory_stand(pivot, 0.16, (0.22, 0.44)), bob]
    for k in range(arcs):
        below = weight + own * (arcs - k - 0.5)
        slide = Joint(
            "slide",
            (0.0, 0.0, -1.0),
            stiffness=stiffness * arcs,
            damping=damping,
            range=(0.25 * rest, 4.5 * rest),
            angle=below * STANDARD_GRAVITY / (stiffness * arcs),
        )
        parent = "stand" if k == 0 else f"arc_{k}"
        level = pivot - stretched * (k + 0.5) / arcs
        parts.append(
            Part(
                f"arc_{k + 1}",
                (),
                _arc(k, per_turn, coil, thick, stretched / turns, first=k == 0, last=k == arcs - 1),
                (Surface("steel"),),
                mass_kg=own,
                inertia=(own * coil**2, own * coil**2, own * coil**2),
                position=(0.0, 0.0, level),
                parent=parent,
                joint=slide,
            )
        )
    spots = {"bob": (0.0, 0.0, bob_top - tall / 2), "pivot": (0.0, 0.0, pivot)}
    return assembled(parts, wish.scale, spots=spots)


def seesaw(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A playground seesaw: a plank with seats and handles on a steel trestle."""
    length, pivot, width = (number(parameters, k) for k in ("length", "pivot", "width"))
    thick, seat = 0.045, 0.42
    plank = [board((length, width, thick), wish.material, bevel=0.006, label="plank")]
    for s in (-1.0, 1.0):
        at = s * (length / 2 - seat / 2 - 0.02)
        plank.append(
            board((seat, width + 0.06, 0.022), wish.material, (at, 0, thick / 2 + 0.011), bevel=0.008, slot=1)
        )
        plank += _handle(s * (length / 2 - seat - 0.12), thick / 2)
        plank.append(
            turned(
                np.array([[0, 0], [0.045, 0], [0.05, 0.006], [0.05, 0.034], [0, 0.034]]),
                (at, 0, -thick / 2 - 0.034),
                slot=3,
            )
        )
    for x in (-0.09, 0.09):
        for y in (-0.06, 0.06):
            plank.append(
                turned(
                    np.array([[0, 0], [0.011, 0], [0.0095, 0.004], [0, 0.006]]),
                    (x, y, thick / 2),
                    slot=2,
                    segments=16,
                )
            )
    plank.append(
        rod(
            (0, -width / 2 - 0.01, -thick / 2 - 0.024),
            (0, width / 2 + 0.01, -thick / 2 - 0.024),
            0.022,
            "steel",
            slot=2,
        )
    )
    limit = float(np.arcsin((pivot - 0.06) / (length / 2)))
    beam = fused(
        "plank",
        [shown(piece.mesh) if index and not piece.shapes else piece for index, piece in enumerate(plank)],
        (
            surface(wish, "oiled_wood"),
            Surface("painted_metal", (0.5, 0.03, 0.02)),
            Surface("chrome"),
            Surface("black_rubber"),
        ),
        position=(0.0, 0.0, pivot + thick / 2 + 0.024),
        parent="trestle",
        joint=Joint(
            "hinge", (0.0, 1.0, 0.0), (0.0, 0.0, -thick / 2 - 0.024), range=(-limit, limit), damping=1.5
        ),
        resonator=Resonator("bar", wish.material, {"length": length, "width": width, "thickness": thick}),
    )
    top = pivot + thick + 0.024
    end = length / 2 - seat / 2 - 0.02
    spots = {
        "top": (0.0, 0.0, top), "pivot": (0.0, 0.0, pivot),
        "left": (-end, 0.0, top + 0.022), "right": (end, 0.0, top + 0.022),
    }  # fmt: skip
    return assembled([_trestle(pivot, width), beam], wish.scale, spots=spots)


def _bow(half: float, y: float, low: float, high: float, bend: float) -> Array:
    """A rod bent to a gate: up, across and down, its corners round."""
    turn = np.linspace(0, np.pi / 2, 9)
    left = np.stack(
        [-half + bend - bend * np.cos(turn), np.full(9, y), high - bend + bend * np.sin(turn)], axis=1
    )
    right = (left * [-1, 1, 1])[::-1]
    middle = np.linspace(left[-1], right[0], 10)[1:-1]
    path: Array = np.concatenate([[[-half, y, low]], left, middle[:7], right, [[half, y, low]]])
    return path


def _cradle_ball(
    number_: int, x: float, z: float, radius: float, length: float, spread: float, wish: Wish
) -> Part:
    cords = [
        wire(
            np.array(
                [
                    [0, 0, radius * 0.985],
                    [0, s * spread * 0.5, (radius + length) / 2],
                    [0, s * spread, length],
                ]
            ),
            0.00022,
            slot=1,
            segments=6,
        )
        for s in (-1.0, 1.0)
    ]
    loops = [
        wire(_loop((0, s * spread, length), 0.0034), 0.0003, slot=1, segments=6, closed=True)
        for s in (-1.0, 1.0)
    ]
    stud = np.array([[0, 0], [0.0011, 0], [0.0011, 0.0011], [0.0006, 0.0016], [0, 0.0016]])
    return fused(
        f"ball_{number_}",
        [
            Piece(meshes.sphere(radius, 64, 32), (Shape("sphere", (radius,), wish.material, label="bob"),)),
            turned(stud, (0, 0, radius - 0.0006), slot=0, segments=14),
            *cords,
            *loops,
        ],
        (surface(wish, "polished_steel"), Surface("nylon")),
        position=(x, 0.0, z),
        parent="frame",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, length)),
        resonator=Resonator("sphere", wish.material, {"radius": radius}),
    )


def _loop(centre: Vec3, radius: float) -> Array:
    """Where a cord is tied round a rail that runs along x."""
    turn = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    circle: Array = np.stack([np.zeros(16), radius * np.cos(turn), radius * np.sin(turn)], axis=1) + np.array(
        centre
    )
    return circle


def _arc(
    index: int, per_turn: int, coil: float, thick: float, pitch: float, *, first: bool, last: bool
) -> Mesh:
    """One arc of the coil about its own middle, a little longer than its share."""
    share, over = 2 * np.pi / per_turn, 0.22
    turn = np.linspace(-(0.5 + over) * share, (0.5 + over) * share, 9)
    start = (index + 0.5) * share
    path = np.stack(
        [coil * np.cos(start + turn), coil * np.sin(start + turn), -turn / (2 * np.pi) * pitch], axis=1
    )
    if first:
        path = np.concatenate([_tail(path[0], 0.5 * share * pitch / (2 * np.pi) + 0.004), path[1:]])
    if last:
        path = np.concatenate([path[:-1], _tail(path[-1], -0.012)[::-1]])
    return meshes.sweep(path, thick, 10)


def _tail(end: Array, rise: float) -> Array:
    """The wire's end, bent to the axis and along it."""
    share = np.linspace(1, 0, 8)[:, None]
    flat = end * [1, 1, 0] * share
    height = end[2] + rise * (1 - share[:, 0]) ** 2
    return np.concatenate([[[0, 0, end[2] + rise * 1.3]], np.column_stack([flat[:, :2], height])[::-1]])


def _weight(name: str, mass: float, tall: float, wish: Wish, parent: str, top: float, joint: Joint) -> Part:
    """A turned cylinder with a groove and a hook; its frame is at its middle."""
    radius = float(np.sqrt(mass / density(wish.material) / (np.pi * tall)))
    h = tall / 2
    e = 0.12 * radius
    profile = np.array(
        [[0, -h], [radius - e, -h], [radius - e * 0.3, -h + e * 0.3], [radius, -h + e], [radius, h * 0.1],
         [radius - e * 0.5, h * 0.13], [radius - e * 0.5, h * 0.2], [radius, h * 0.23], [radius, h - e],
         [radius - e * 0.3, h - e * 0.3], [radius - e, h], [0.22 * radius, h],
         [0.18 * radius, h + 0.006], [0, h + 0.006]]
    )  # fmt: skip
    shape = Shape("cylinder", (radius, h), wish.material, label="bob")
    eye = meshes.moved(hook((0, 0, 0), 0.02, 0.0014, 1), (0, 0, h + 0.004), meshes.turn((1, 0, 0), np.pi))
    return fused(
        name,
        [Piece(meshes.lathe(profile, 48), (shape,)), shown(eye)],
        (surface(wish, "brass"), Surface("steel")),
        mass_kg=mass,
        position=(0.0, 0.0, top - h),
        parent=parent,
        joint=joint,
        resonator=Resonator("block", wish.material, {"x": 2 * radius, "y": 2 * radius, "z": tall}),
    )


def _handle(x: float, z: float) -> list[Piece]:
    """A bent tube to hold on to, across the plank."""
    bow = _bow(0.085, 0.0, 0.0, 0.2, 0.03)[:, [1, 0, 2]] + [x, 0, z]
    grip = meshes.sweep(bow, 0.0125, 16, 2)
    return [Piece(grip, capsule_chain(bow[[0, 8, -9, -1]], 0.0125, "steel"))]


def _trestle(pivot: float, width: float) -> Part:
    """Two A-shaped frames of tube with a bearing each, and ground plates."""
    spread, out, pipe = 0.26, width / 2 + 0.05, 0.024
    pieces: list[Piece] = []
    for s in (-1.0, 1.0):
        top = (0.0, s * out, pivot)
        for sx in (-1.0, 1.0):
            pieces.append(
                rod((sx * spread, s * (out + 0.05), 0.012), (sx * 0.012, s * out, pivot), pipe, "steel")
            )
            pieces.append(
                board((0.11, 0.09, 0.012), "steel", (sx * spread, s * (out + 0.05), 0.006), bevel=0.002)
            )
        pieces.append(
            rod(
                (-spread * 0.52, s * (out + 0.026), pivot * 0.48),
                (spread * 0.52, s * (out + 0.026), pivot * 0.48),
                0.017,
                "steel",
            )
        )
        pieces.append(
            turned(
                np.array(
                    [[0, -0.03], [0.046, -0.03], [0.05, -0.024], [0.05, 0.024], [0.046, 0.03], [0, 0.03]]
                ),
                top,
                slot=1,
                axis=(0, 1, 0),
            )
        )
    pieces.append(rod((0, -out, pivot), (0, out, pivot), 0.016, "steel", slot=1))
    pieces[-1] = shown(pieces[-1].mesh)
    return fused(
        "trestle",
        pieces,
        (Surface("painted_metal", (0.012, 0.075, 0.24)), Surface("painted_metal", (0.03, 0.03, 0.032))),
        joint=FIXED,
        resonator=Resonator("tube", "steel", {"radius": pipe, "length": pivot, "thickness": 0.003}),
    )
