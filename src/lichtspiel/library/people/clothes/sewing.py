"""Puts the pieces of a garment together: shells, hems, bands and hard parts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array, IntArray, Mesh
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.cloth import Piece
from lichtspiel.library.people.rig import Skin
from lichtspiel.library.people.weights import heaviest

_SHOULDER_Z = 1.33
_BENDS = (0.06, 0.17), (1.3, 1.245)
"""Height from which the trunk bends to the ridge of the shoulder, by the distance from the middle."""
_BEND_M, _RIDGE_Y = 0.1, -0.01
"""Mean radius of that bend, and where the ridge is."""
type Weights = Any
"""(N, B) sparse array of the shares of bones."""


def basis_weights(skin: Skin, bones: int) -> Weights:
    """(V, B) shares of the basis' vertices."""
    count, slots = skin.bones.shape
    rows = np.repeat(np.arange(count), slots)
    return sparse.csr_array((skin.shares.ravel(), (rows, skin.bones.ravel())), (count, bones))


def on_bone(count: int, bone: str) -> Weights:
    """Shares of vertices that one bone carries. Raises ValueError for an unknown bone."""
    names = load().bone_names
    columns = np.full(count, names.index(bone))
    return sparse.csr_array((np.ones(count), (np.arange(count), columns)), (count, len(names)))


@dataclass(eq=False)
class Work:
    """A garment being sewn: chunks of vertices with polygons, texture coordinates and bones."""

    points: list[Array] = field(default_factory=list)
    corners: list[IntArray] = field(default_factory=list)
    sizes: list[IntArray] = field(default_factory=list)
    slots: list[IntArray] = field(default_factory=list)
    uv: list[Array] = field(default_factory=list)
    weights: list[Weights] = field(default_factory=list)
    pinned: list[Array] = field(default_factory=list)
    """As in figure.Hang, 1 for what does not hang."""
    count: int = 0

    def add(
        self,
        points: Array,
        corners: IntArray,
        sizes: IntArray,
        slots: IntArray,
        uv: Array,
        weights: Weights,
        pinned: Array | None = None,
    ) -> int:
        """Add a chunk; uv is in metres, one row per corner. Returns the index of its first vertex."""
        first = self.count
        self.points.append(points)
        self.corners.append(corners + first)
        self.sizes.append(sizes)
        self.slots.append(slots)
        self.uv.append(uv)
        self.weights.append(weights)
        self.pinned.append(np.ones(len(points)) if pinned is None else pinned)
        self.count += len(points)
        return first

    def add_mesh(self, mesh: Mesh, weights: Weights, slot: int | None = None) -> int:
        """Add a ready mesh; its pattern is laid on from the three sides."""
        slots = mesh.slots if slot is None else np.full(len(mesh.sizes), slot, np.int32)
        uv = mesh.uv if mesh.uv is not None else boxed_uv(mesh)
        return self.add(mesh.vertices, mesh.corners, mesh.sizes, slots, uv, weights)

    def add_rows(
        self,
        rows: Array,
        weights: Weights,
        slot: int,
        closed: bool,
        flip: bool = False,
        join: IntArray | None = None,
        pinned: Array | None = None,
    ) -> int:
        """A strip through rows (R, N, 3); `join` sews its first row to vertices that are there already.

        weights: of one row; all rows share them, unless there are R * N of them.
        """
        across = rows.shape[1]
        fresh = rows if join is None else rows[1:]
        first = self.count
        index = first + np.arange(len(fresh) * across).reshape(-1, across)
        if join is not None:
            index = np.concatenate([join[None], index])
        grid = np.concatenate([index, index[:, :1]], 1) if closed else index
        quads = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], -1).reshape(-1, 4)
        uv = _strip_uv(rows, closed)
        if flip:
            quads, uv = quads[:, ::-1], uv[:, ::-1]
        if weights.shape[0] == across:
            weights = sparse.csr_array(sparse.vstack([weights] * len(fresh)))
        elif join is not None:
            weights = sparse.csr_array(weights[across:])
        return self.add(
            fresh.reshape(-1, 3),
            (quads - first).ravel().astype(np.int32),
            np.full(len(quads), 4, np.int32),
            np.full(len(quads), slot, np.int32),
            uv.reshape(-1, 2),
            weights,
            pinned,
        )

    def finished(self, smooth_angle_rad: float = 1.1) -> tuple[Mesh, Skin, Array]:
        """The mesh without vertices that nothing uses, the bones of its vertices, and `pinned`."""
        corners = np.concatenate(self.corners)
        used, renamed = np.unique(corners, return_inverse=True)
        mesh = Mesh(
            np.concatenate(self.points)[used],
            renamed.ravel().astype(np.int32),
            np.concatenate(self.sizes).astype(np.int32),
            np.concatenate(self.slots).astype(np.int32),
            np.concatenate(self.uv),
            smooth_angle_rad,
        )
        shares = sparse.csr_array(sparse.vstack(self.weights))[used].toarray()
        return mesh, heaviest(shares), np.concatenate(self.pinned)[used]


def _strip_uv(rows: Array, closed: bool) -> Array:
    """(Q, 4, 2) metres across and along a strip."""
    ring = np.concatenate([rows, rows[:, :1]], 1) if closed else rows
    along = np.linalg.norm(np.diff(ring[0], axis=0), axis=1)
    u = np.concatenate([[0], np.cumsum(along)])
    steps = np.linalg.norm(np.diff(rows, axis=0), axis=2).mean(1)
    v = np.concatenate([[0], np.cumsum(steps)])
    grid = np.stack(np.broadcast_arrays(u[None, :], v[:, None]), -1)
    return np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], -2).reshape(-1, 4, 2)


def boxed_uv(mesh: Mesh) -> Array:
    """(L, 2) metres: each polygon is looked at along the axis it faces most."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    owner = np.repeat(np.arange(len(mesh.sizes)), mesh.sizes)
    points = mesh.vertices[mesh.corners]
    ahead = np.arange(1, len(points) + 1)
    ahead[starts + mesh.sizes - 1] = starts
    facing = np.abs(np.add.reduceat(np.cross(points, points[ahead]), starts, axis=0)).argmax(1)[owner]
    u = np.where(facing == 0, points[:, 1], points[:, 0])
    v = np.where(facing == 2, points[:, 1], points[:, 2])
    return np.stack([u, v], 1)


def body_uv(piece: Piece) -> Array:
    """(L, 2) metres: around and along trunk, arms and legs, seamed at the back and under the arms."""
    places = piece.places
    corner = piece.corners
    x, y, z = places.x[corner], places.y[corner], places.z[corner]
    is_arm = np.bincount(piece.owner, places.armness[corner]) / piece.sizes > 0.5
    low = np.bincount(piece.owner, z) / piece.sizes < 0.75
    arm, leg = is_arm[piece.owner], (low & ~is_arm)[piece.owner]
    side = np.sign(np.bincount(piece.owner, x)[piece.owner])
    knee = np.interp(z, (0.07, 0.447, 0.765), (0.22, 0.158, 0.109))
    trunk_turn = np.arctan2(x, 0.05 - (y + 0.05) * 1.6)
    leg_turn = np.arctan2(x * side - knee, -(y + 0.02))
    centre = np.interp(np.maximum(places.arm[corner], 0), (0.0, 0.227, 0.455), (1.341, 1.166, 1.062))
    arm_y = np.interp(np.maximum(places.arm[corner], 0), (0.0, 0.227, 0.455), (-0.015, -0.013, -0.176))
    arm_turn = np.arctan2(-(y - arm_y), z - centre)
    turn = np.where(arm, arm_turn, np.where(leg, leg_turn, trunk_turn))
    first = turn[piece.starts][piece.owner]
    turn = first + (turn - first + np.pi) % (2 * np.pi) - np.pi
    radius = np.where(arm, 0.05, np.where(leg, 0.075, 0.14))
    # Stripes of sleeves begin at the height at which those of the trunk end.
    along = np.where(arm, _SHOULDER_Z - places.arm[corner], _over_shoulder(x, y, z))
    return np.stack([turn * radius, along], 1)


def _over_shoulder(x: Array, y: Array, z: Array) -> Array:
    """(N,) heights (m) as a tape measures them that goes up the chest and over the shoulder, where cloth lies
    flat and stripes that went by the height would widen."""
    bends = np.interp(np.abs(x), *_BENDS)
    turn = np.arctan2(np.maximum(z - bends, 0.0), np.abs(y - _RIDGE_Y))
    return np.where(z > bends, bends + _BEND_M * turn, z)


def rim_frames(points: Array, normals: Array, loop: IntArray) -> tuple[Array, Array]:
    """Normal (N, 3) and the way out of the cloth (N, 3) along a boundary loop."""
    at = points[loop]
    ahead = np.roll(at, -1, 0) - np.roll(at, 1, 0)
    for _ in range(2):
        ahead = ahead + 0.5 * (np.roll(ahead, 1, 0) + np.roll(ahead, -1, 0))
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1, keepdims=True), 1e-12)
    up = normals[loop]
    for _ in range(2):
        up = up + 0.5 * (np.roll(up, 1, 0) + np.roll(up, -1, 0))
    out = np.cross(ahead, up)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)
    up = np.cross(out, ahead)
    return up / np.maximum(np.linalg.norm(up, axis=1, keepdims=True), 1e-12), out


def hem(
    work: Work,
    at: Array,
    frames: tuple[Array, Array],
    weights: Weights,
    join: IntArray,
    thickness_m: float,
    slot: int,
    depth_m: float = 0.012,
) -> None:
    """Fold an edge over: a round rim, and cloth that goes back inside."""
    up, out = frames
    half = thickness_m / 2
    profile = (
        (0.0, 0.0),
        (half * 0.9, -half * 0.4),
        (half * 0.9, -half * 1.6),
        (0.0, -2 * half),
        (-depth_m, -2.2 * half),
    )
    rows = np.stack([at + o * out + u * up for o, u in profile])
    work.add_rows(rows, weights, slot, closed=True, flip=True, join=join)


def loop_rows(profile: tuple[tuple[float, float], ...], at: Array, frames: tuple[Array, Array]) -> Array:
    """Rows of points that carry a profile of (out, up) steps in metres along a loop."""
    up, out = frames
    return np.stack([at + o * out + u * up for o, u in profile])


def pairs(values: tuple[float, ...]) -> tuple[Array, Array]:
    """Positions and values of a flat list (position, value, position, value …), sorted."""
    rows = sorted(itertools.batched(values, 2, strict=True))
    table = np.array(rows, float)
    return table[:, 0], table[:, 1]
