"""Things that spin: top and gyroscope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import (
    FIXED,
    Piece,
    capsule_chain,
    fused,
    hull,
    ring_path,
    rod,
    shown,
    turned,
)
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

TOP_PROFILE = np.array(
    [[0, 0.004], [0.05, 0.012], [0.1, 0.05], [0.2, 0.1], [0.55, 0.21], [0.84, 0.315], [0.97, 0.40],
     [1.0, 0.455],
     [0.985, 0.50], [0.93, 0.53], [0.72, 0.565], [0.45, 0.60], [0.24, 0.64], [0.15, 0.69], [0.115, 0.76],
     [0.105, 0.86], [0.125, 0.93], [0.12, 0.97], [0.085, 0.995], [0, 1.0]]
)  # fmt: skip
"""Radius and height of a turned top as shares of its radius and height."""


def spinning_top(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A turned wooden top on its steel tip, with painted rings."""
    radius, height, tip = (number(parameters, k) for k in ("radius", "height", "tip_radius"))
    profile = _smoothed(TOP_PROFILE) * [radius, height]
    body = meshes.lathe(profile, 72, smooth_angle_rad=1.0)
    body = _ringed(body, height)
    ball = meshes.moved(meshes.sphere(tip, 20, 10, slot=3), (0, 0, tip))
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    cone = np.concatenate(
        [
            np.column_stack([r * circle, np.full(40, z)])
            for r, z in profile
            if 0.06 * height < z < 0.62 * height and r > 0
        ]
    )
    stem = (0.12 * radius, 0.19 * height)
    shapes = (
        Shape("sphere", (tip,), "steel", (0.0, 0.0, tip), label="tip"),
        hull(cone, wish.material),
        Shape("cylinder", stem, wish.material, (0.0, 0.0, 0.8 * height), label="stem"),
    )
    part = Part(
        "top",
        shapes,
        meshes.joined(body, ball),
        (
            surface(wish, "lacquered_wood"),
            Surface("lacquered_paint", (0.5, 0.02, 0.015)),
            Surface("lacquered_paint", (0.72, 0.42, 0.03)),
            Surface("steel"),
        ),
        resonator=Resonator("disc", wish.material, {"radius": radius, "thickness": 0.3 * height}),
    )
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, height)})


def gyroscope(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A heavy rotor in two gimbal rings on a stand: turns freely about all three axes."""
    radius, level = number(parameters, "radius"), number(parameters, "height")
    ring = 0.0042
    inner, outer, fork = radius + 0.018, radius + 0.034, radius + 0.052
    tilt = number(parameters, "tilt")
    stand = _fork(fork, level, ring)
    outer_ring = fused(
        "outer_ring",
        [
            _gimbal(outer, ring, (0, 1, 0)),
            *_pivots((0, 0, 1), outer, fork - 0.004),
        ],
        (Surface("chrome"), Surface("brass")),
        position=(0.0, 0.0, level),
        parent="stand",
        joint=Joint("hinge", (0.0, 0.0, 1.0), damping=2e-6),
        resonator=Resonator(
            "bar", "steel", {"length": 2 * np.pi * outer, "width": 2 * ring, "thickness": 2 * ring}
        ),
    )
    inner_ring = fused(
        "inner_ring",
        [_gimbal(inner, ring, (0, 1, 0)), *_pivots((1, 0, 0), inner, outer - 0.003)],
        (Surface("chrome"), Surface("brass")),
        position=(0.0, 0.0, level),
        orientation=meshes.turn((1, 0, 0), tilt),
        parent="outer_ring",
        joint=Joint("hinge", (1.0, 0.0, 0.0), damping=2e-6),
        resonator=Resonator(
            "bar", "steel", {"length": 2 * np.pi * inner, "width": 2 * ring, "thickness": 2 * ring}
        ),
    )
    rotor = _rotor(radius, inner, wish)
    rotor = replace(
        rotor,
        position=(0.0, 0.0, level),
        orientation=meshes.turn((1, 0, 0), tilt),
        parent="inner_ring",
        joint=Joint("hinge", (0.0, 0.0, 1.0), damping=2e-6),
    )
    spots = {"top": (0.0, 0.0, level + fork), "pivot": (0.0, 0.0, level)}
    return assembled([stand, rotor, outer_ring, inner_ring], wish.scale, spots=spots)


def _smoothed(profile: Array) -> Array:
    """The profile with its corners rounded by two rounds of corner cutting (Chaikin, 1974)."""
    for _ in range(2):
        a, b = profile[:-1], profile[1:]
        cut = np.stack([0.75 * a + 0.25 * b, 0.25 * a + 0.75 * b], axis=1).reshape(-1, 2)
        profile = np.concatenate([profile[:1], cut, profile[-1:]])
    return profile


def _ringed(body: Mesh, height: float) -> Mesh:
    """Painted bands round the body."""
    starts = np.concatenate([[0], np.cumsum(body.sizes)[:-1]])
    z = np.add.reduceat(body.vertices[body.corners, 2], starts) / body.sizes / height
    slots = np.where((z > 0.39) & (z < 0.51), 1, 0)
    slots = np.where(((z > 0.335) & (z <= 0.375)) | ((z > 0.53) & (z < 0.555)), 2, slots)
    return replace(body, slots=slots.astype(np.int32))


def _gimbal(radius: float, thick: float, axis: Vec3) -> Piece:
    """A round ring of square-ish section about an axis."""
    half, flat = thick, thick * 0.8
    profile = np.array(
        [[radius - flat, -half], [radius + flat, -half], [radius + flat * 1.15, -half * 0.7],
         [radius + flat * 1.15, half * 0.7],
         [radius + flat, half], [radius - flat, half], [radius - flat * 1.15, half * 0.7],
         [radius - flat * 1.15, -half * 0.7],
         [radius - flat, -half]]
    )  # fmt: skip
    made = meshes.weld(meshes.lathe(profile, 96, smooth_angle_rad=0.5))
    turned_ = meshes.moved(
        made, (0, 0, 0), meshes.turn((1, 0, 0), -np.pi / 2) if axis[1] else (1.0, 0.0, 0.0, 0.0)
    )
    return Piece(turned_, capsule_chain(ring_path(radius, 24, axis), thick, "steel"))


def _pivots(axis: Vec3, start: float, end: float) -> list[Piece]:
    """Pins from a ring outwards into the next one, with their bushes."""
    profile = np.array(
        [[0, 0], [0.0032, 0], [0.0032, 0.004], [0.0016, 0.0048], [0.0016, end - start], [0, end - start]]
    )
    pieces = []
    for sign in (-1.0, 1.0):
        way = np.array(axis) * sign
        pieces.append(turned(profile, vector(way * (start + 0.002)), slot=1, axis=vector(way), segments=18))
    return pieces


def _rotor(radius: float, inner: float, wish: Wish) -> Part:
    """A wheel with a heavy rim, a thin web and an axle, about z."""
    rim, half, hub = 0.72 * radius, 0.010, 0.16 * radius
    e = 0.0012
    profile = np.array(
        [[0, -half * 1.1], [hub - e, -half * 1.1], [hub, -half * 1.1 + e], [hub, -0.0035],
         [hub * 1.3, -0.0022], [rim - 0.003, -0.0022], [rim, -0.004],
         [rim, -half + e], [rim + e, -half], [radius - 2 * e, -half],
         [radius - 0.4 * e, -half + 0.5 * e], [radius, -half + 2 * e],
         [radius, -0.0022], [radius - 0.0012, -0.001], [radius - 0.0012, 0.001], [radius, 0.0022]]
    )  # fmt: skip
    whole = np.concatenate([profile, (profile * [1, -1])[::-1][1:]])
    axle = rod((0, 0, -inner + 0.001), (0, 0, inner - 0.001), 0.0022, "steel", slot=1)
    spokes = [
        shown(
            meshes.moved(
                meshes.cylinder(0.0032, 0.0012, 18, 0.0004, slot=1),
                (0.48 * radius * np.cos(a), 0.48 * radius * np.sin(a), s * 0.0022),
            )
        )
        for a in np.arange(6) * np.pi / 3
        for s in (-1.0, 1.0)
    ]
    disc = Shape("cylinder", (radius, half), wish.material)
    return fused(
        "rotor",
        [Piece(meshes.lathe(whole, 96, smooth_angle_rad=0.5), (disc,)), shown(axle.mesh), *spokes],
        (surface(wish, "brass"), Surface("steel")),
        resonator=Resonator("disc", wish.material, {"radius": radius, "thickness": 2 * half}),
    )


def _fork(radius: float, level: float, thick: float) -> Part:
    """A foot with a column and a C-shaped fork that holds the outer ring above and below."""
    low = level - radius
    foot = np.array(
        [[0, 0], [0.058, 0], [0.062, 0.002], [0.062, 0.009], [0.058, 0.013], [0.03, 0.016],
         [0.012, 0.024], [0.0075, 0.034],
         [0.006, 0.05], [0.0075, low - 0.012], [0.011, low - 0.006], [0.011, low], [0, low]]
    )  # fmt: skip
    shape = Shape("cylinder", (0.062, 0.007), "iron", (0.0, 0.0, 0.007))
    pieces = [Piece(meshes.lathe(foot, 64), (shape,))]
    turn = np.linspace(-np.pi / 2, np.pi / 2, 41)
    bow = np.stack([radius * np.cos(turn) * 1.0, np.zeros(41), level + radius * np.sin(turn)], axis=1)
    bow[:, 0] *= -1
    pieces.append(Piece(meshes.sweep(bow, thick * 1.15, 18, 1), capsule_chain(bow[::4], thick, "steel")))
    for sign in (-1.0, 1.0):
        screw = np.array(
            [[0, -0.006], [0.005, -0.006], [0.0058, -0.004], [0.0058, 0.009], [0.004, 0.012], [0, 0.012]]
        )
        pieces.append(turned(screw, (0, 0, level + sign * radius), slot=2, axis=(0, 0, sign), segments=24))
    return fused(
        "stand",
        pieces,
        (Surface("painted_metal", (0.02, 0.022, 0.025)), Surface("chrome"), Surface("brass")),
        joint=FIXED,
        resonator=Resonator("block", "iron", {"x": 0.12, "y": 0.12, "z": 0.015}),
    )
