"""Wristwatches: a strap round the forearm just above the hand, with case, dial and hands on its back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse
from scipy.spatial import ConvexHull

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people import basis
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Work, basis_weights
from lichtspiel.library.people.physique import Physique

_ABOVE_M = 0.016
"""From the joint of the wrist up the forearm to the middle of the strap: behind the ulna's head."""
_SLAB_M, _NEAR_M = 0.012, 0.07
"""Half the length of forearm that the strap has to go round, and how far from its axis that is looked for."""
_AIR_M, _THICK_M = 0.0015, 0.0028
_ROUND = 48
_TEN_PAST_TEN = ((305.0, 0.52, 0.0016), (60.0, 0.8, 0.0011))
"""Hands as on watchmakers' pictures: degrees clockwise from twelve, length against the dial, half width."""


@dataclass(frozen=True, eq=False)
class _Wrist:
    """A wrist at rest: middle of the strap, and the axes to the hand, to the thumb and out of its back."""

    middle: Array
    along: Array
    thumb: Array
    back: Array
    reach: Array
    """(N,) metres from the middle to the skin, from the back round over the thumb's side."""
    shares: Array
    """(B,) of the bones that carry the skin there: a watch turns with the skin, and with cuffs under it."""

    def out(self, turn: Array) -> Array:
        """(N, 3) directions round the forearm, from its back over the thumb's side."""
        return np.asarray(np.cos(turn)[:, None] * self.back + np.sin(turn)[:, None] * self.thumb)


def watch(order: Order, fitting: Fitting) -> Layer:
    """On the arm of the hand that does not write; parameters: case_m across, strap_m wide."""
    wrist = _wrist(fitting.physique, "R" if order.person.left_handed else "L")
    pieces = _pieces(order, wrist, fitting.scale)

    def sew(_settled: Array, _buried: Cover) -> Work:
        work = Work()
        for mesh, slot in pieces:
            carried = sparse.csr_array(np.repeat(wrist.shares[None], len(mesh.vertices), axis=0))
            work.add_mesh(mesh, carried, slot)
        return work

    return Layer(order, sew)


def _wrist(body: Physique, side: str) -> _Wrist:
    heads, index = body.rig.heads, body.rig.index
    joint = heads[index(f"wrist.{side}")]
    along = _unit(joint - heads[index(f"lowerarm02.{side}")])
    across = heads[index(f"finger2-1.{side}")] - heads[index(f"finger5-1.{side}")]
    thumb = _unit(across - (across @ along) * along)
    # From the left hand's fingers and thumb the back of the hand is to the right, and the other way round.
    back = np.cross(thumb, along) * (1.0 if side == "L" else -1.0)
    middle = joint - _ABOVE_M * along
    skin = body.vertices[basis.load().group("body")]
    away = skin - middle
    beside = away - (away @ along)[:, None] * along
    there = (np.abs(away @ along) < _SLAB_M) & (np.linalg.norm(beside, axis=1) < _NEAR_M)
    flat = np.stack([away[there] @ back, away[there] @ thumb], 1)
    hull = ConvexHull(flat).equations
    turn = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
    facing = np.stack([np.cos(turn), np.sin(turn)], 1) @ hull[:, :2].T
    reach = np.where(facing > 1e-6, -hull[:, 2] / np.maximum(facing, 1e-6), np.inf).min(1)
    shares = basis_weights(body.skin, len(body.rig.names))[basis.load().group("body")[there]]
    return _Wrist(middle, along, thumb, back, reach, np.asarray(shares.mean(axis=0)).ravel())


def _pieces(order: Order, wrist: _Wrist, scale: float) -> list[tuple[Mesh, int]]:
    radius = order.number("case_m", 0.038) / 2 * scale
    high = 0.0085 * scale
    turn = np.linspace(0, 2 * np.pi, _ROUND, endpoint=False)
    half = order.number("strap_m", 0.02) / 2 * scale
    ring = ((-1, 0), (-0.9, 1), (0.9, 1), (1, 0))
    inner = wrist.reach + _AIR_M
    rings = np.stack(
        [
            wrist.middle + (inner + up * _THICK_M)[:, None] * wrist.out(turn) + wide * half * wrist.along
            for wide, up in ring
        ],
        1,
    )
    strap = _outside_out(meshes.loft(rings, closed=True), wrist.middle)
    # With the arm before the chest the thumb's side is up: twelve is there, and three towards the hand.
    twelve, right = wrist.thumb, np.cross(wrist.thumb, wrist.back)
    foot = wrist.middle + (float(inner[0]) + 0.0005) * wrist.back
    axes = np.stack([right, twelve, wrist.back])

    def on(mesh: Mesh, up: float) -> Mesh:
        return replace(mesh, vertices=(mesh.vertices + [0.0, 0.0, up]) @ axes + foot)

    rim = 0.86 * radius
    case = meshes.lathe(
        np.array([
            (0, 0), (0.94 * radius, 0), (radius, 0.25 * high), (radius, 0.7 * high), (0.95 * radius, high),
            (rim, high), (rim, 0.84 * high), (0, 0.84 * high),
        ]),
        40,
    )  # fmt: skip
    dial = meshes.lathe(np.array([(0, 0), (rim, 0), (0.97 * rim, 0.02 * high), (0, 0.02 * high)]), 40)
    crown = meshes.box((0.004 * scale, 0.005 * scale, 0.005 * scale), 0.001 * scale)
    crown = meshes.moved(crown, (radius + 0.001 * scale, 0.0, 0.5 * high))
    found = [(strap, 0), (on(case, 0.0), order.slot("case")), (on(crown, 0.0), order.slot("case"))]
    found.append((on(dial, 0.85 * high), order.slot("dial")))
    marks = [(30.0 * hour, 0.93, 0.0007) for hour in range(12)]
    for number, (degrees, length, wide) in enumerate((*_TEN_PAST_TEN, *marks)):
        begin = 0.0 if number < len(_TEN_PAST_TEN) else 0.8
        found.append(
            (on(_bar(degrees, begin * rim, length * rim, wide * scale), 0.89 * high), order.slot("hands"))
        )
    return found


def _bar(degrees: float, begin: float, end: float, half: float) -> Mesh:
    """A flat bar of the dial from its middle outward, clockwise from twelve (+y)."""
    angle = np.radians(degrees)
    bar = meshes.moved(meshes.box((2 * half, end - begin, 0.0003)), (0.0, (begin + end) / 2, 0.0))
    return meshes.moved(bar, (0, 0, 0), (np.cos(angle / 2), 0.0, 0.0, -np.sin(angle / 2)))


def _outside_out(mesh: Mesh, middle: Array) -> Mesh:
    """A mesh of four-cornered faces with its outside outside, whichever arm it is on."""
    polygons = mesh.corners.reshape(-1, 4)
    a, b, c, d = np.moveaxis(mesh.vertices[polygons] - middle, 1, 0)
    volume = (np.cross(c - a, d - b) * (a + b + c + d)).sum()
    return mesh if volume > 0 else replace(mesh, corners=polygons[:, ::-1].ravel())


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.linalg.norm(vector))
