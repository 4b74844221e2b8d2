"""What hangs from a body: skirts, coat tails, capes and scarves, moved by the body, the air and their weight.

Position-based dynamics with small steps (Müller et al., 2007; Macklin et al., 2019) and long-range tethers
(Kim et al., 2012), so that cloth neither stretches nor needs many rounds. Cloth lies on the skin beneath it
and on the ground; it does not feel itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray, Vec3
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.motion import carried, turns
from lichtspiel.motion.underlay import Underlay
from lichtspiel.motion.weave import Bonds, Weave, weave

_EVERY = 2
"""Samples of a performance between two at which cloth is solved for."""
_STEPS_HZ = 96.0
"""Small steps in a second."""
_LOOKS = 2
"""Samples solved for between two at which what is near, and the air, are looked at anew."""
Fine = NDArray[np.float32]
_FINE = np.float32
"""Of the solver: a tenth of a micrometre at a metre, at half the memory."""
_SHEAR = 0.2
"""Share of an error against shear and bending that is put right in a step, of the softest cloth."""
_STIFF = 0.5
"""The same, more, of the stiffest."""
_HELD_PER_S = 25.0
"""How fast what is half pinned goes back to where the body carries it."""
_FADING_PER_S = 1.2
_DRAG, _ALONG = 1.2, 0.05
"""Coefficients of a plate across and along a stream (Hoerner, Fluid-Dynamic Drag, 1965)."""
_GUST, _EDDY_M = 0.3, 1.1
_EDDIES = ((1.0, _EDDY_M, 0.0), (0.6, 0.53 * _EDDY_M, 1.7), (0.8, 2.3 * _EDDY_M, 4.1))
"""Strength against the wind's, size and phase of gusts."""
_NEAR_M = 0.15
_FRICTION = 0.35
_OFF_SKIN_M = 0.008
_LEE = 0.6
"""Share of the wind that what hangs close to a body gets: half of it is always in its lee."""
_WAKE = 0.75
"""Share of its speed at which a body drags along the air about it."""
_PINNED = 1 - 1e-6
Surface = tuple[Array, Array]
"""Points (P, 3) and unit normals (P, 3) that cloth lies on."""


@dataclass(frozen=True)
class Air:
    density: float
    """kg/m³"""
    wind: Vec3
    gravity: Vec3


@dataclass(frozen=True, eq=False)
class Hanging:
    """A garment with the part of it that moves: `vertices` are indices into its mesh."""

    garment: Garment
    body: Underlay
    vertices: IntArray
    pinned: Array
    weave: Weave
    clearance: Array
    """(N,) how far each vertex keeps off the skin, metres."""
    area: Array
    skirt: bool
    """Falls from the waist."""


def drape(
    hanging: Hanging,
    bones: carried.Bones,
    rate_hz: float,
    air: Air,
    ground_m: float,
    lead: int,
    beneath: Sequence[Surface] = (),
) -> Array:
    """Vertices (T, V, 3) of a garment on a body that moves, the `lead` included.

    The first `lead` samples take the body from standing at ease, where the garment hangs as it was cut,
    to where it is when the take begins, so that cloth is in front of what it belongs in front of.
    beneath: at every sample the cloth that already hangs below this one.
    """
    mesh, skin = hanging.garment.mesh, hanging.garment.skin
    frames = bones.carry(skin, mesh.vertices)
    solved = bones.every(_EVERY)
    body = hanging.body.at(solved)
    if beneath:
        body = [joined(skin_, cloth) for skin_, cloth in zip(body, beneath[::_EVERY], strict=True)]
    goal = frames[::_EVERY, hanging.vertices]
    sheet = _Sheet(hanging, goal, body, rate_hz / _EVERY, air, ground_m)
    frames[:, hanging.vertices] += _between(sheet.run(-(-lead // _EVERY)) - goal, len(frames))
    return frames


def _between(values: Array, count: int) -> Array:
    """Values (S, ...) at every second of `count` samples, at all of them: by cubics through four."""
    found = np.empty((count, *values.shape[1:]))
    found[::_EVERY], found[-1] = values, values[-1]
    if len(values) > 1:
        wide = np.concatenate([values[:1], values, values[-1:]])
        middle = (9 * (wide[1:-2] + wide[2:-1]) - wide[:-3] - wide[3:]) / 16
        found[1 : 2 * len(middle) : 2] = middle
    return found


def surfaces(hanging: Hanging, frames: Array) -> list[Surface]:
    """The outside of a garment's hanging part at vertices (T, V, 3) of all of it, to lie on."""
    triangles = hanging.weave.triangles
    sheets = [_with_normals(frame[hanging.vertices], triangles) for frame in frames]
    points, normals = sheets[0]
    # Hems are folded over: their inside faces the body.
    away = points - points.mean(0)
    outside = (away[:, :2] * normals[:, :2]).sum(1) > 0
    chosen = np.flatnonzero(outside)
    return [(points[chosen], normals[chosen]) for points, normals in sheets]


def joined(first: Surface, second: Surface) -> Surface:
    """Both surfaces."""
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])


def _with_normals(points: Array, triangles: IntArray) -> Surface:
    corner = points[triangles]
    across = turns.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    total = [np.bincount(triangles.ravel(), np.repeat(across[:, k], 3), len(points)) for k in range(3)]
    return points, turns.unit(np.stack(total, 1) + 1e-12)


def hung(
    garment: Garment,
    physique: Physique,
    still: carried.Bones,
    under: Array,
    beneath: Surface | None = None,
) -> Hanging:
    """Make a garment ready to hang: on the body at ease, `still`, its cloth is relaxed.

    under: (P, 3) points of the cloth that is worn beneath it and goes with the body, at ease. beneath: cloth
    that hangs there, at ease.
    """
    assert garment.hang is not None
    free = garment.hang.pinned < _PINNED
    starts = np.concatenate([[0], np.cumsum(garment.mesh.sizes)])
    owner = np.repeat(np.arange(len(garment.mesh.sizes)), garment.mesh.sizes)
    moved = np.maximum.reduceat(free[garment.mesh.corners], starts[:-1])
    touching = np.zeros(len(free), bool)
    touching[garment.mesh.corners[moved[owner]]] = True
    vertices = np.flatnonzero(touching).astype(np.int32)
    relaxed = still.carry(garment.skin, garment.mesh.vertices)[0]
    threads = weave(garment.mesh, relaxed, garment.hang.pinned, vertices)
    elbow = physique.rig.heads[physique.rig.index("lowerarm01.L"), 2]
    skirt = bool(garment.mesh.vertices[free, 2].max() < elbow)
    body = Underlay.below_skirts(physique) if skirt else Underlay.of(physique)
    at_ease = body.at(still)[0]
    points, normals = at_ease if beneath is None else joined(at_ease, beneath)
    gap = _above(relaxed[vertices], points, normals)
    least = _OFF_SKIN_M if beneath is not None else 0.002
    most = garment.thickness_m + _OFF_SKIN_M + np.zeros(len(vertices))
    if len(under):
        # Trousers stand off the legs by more at the knee than at the hip: a coat hangs over both.
        _, below = cKDTree(under).query(relaxed[vertices])
        most += np.maximum(_above(under, points, normals), 0.0)[below]
    clearance = np.clip(gap - 0.001, least, most)
    area = _areas(threads.triangles, relaxed[vertices])
    return Hanging(garment, body, vertices, garment.hang.pinned[vertices], threads, clearance, area, skirt)


def _above(cloth: Array, points: Array, normals: Array) -> Array:
    """(N,) metres that cloth (N, 3) lies above a surface (P, 3) with these normals."""
    _, nearest = cKDTree(points).query(cloth)
    return np.asarray(np.einsum("ni,ni->n", cloth - points[nearest], normals[nearest]))


def _areas(triangles: IntArray, points: Array) -> Array:
    corner = points[triangles]
    area = np.linalg.norm(turns.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1) / 2
    return np.bincount(triangles.ravel(), np.repeat(area / 3, 3), len(points))


class _Sheet:
    """The hanging part of one garment between two cuts."""

    def __init__(
        self,
        hanging: Hanging,
        carried_to: Array,
        body: list[tuple[Array, Array]],
        rate_hz: float,
        air: Air,
        ground_m: float,
    ) -> None:
        hang = hanging.garment.hang
        assert hang is not None
        self._hanging, self._goal = hanging, carried_to.astype(_FINE)
        self._body = [(points.astype(_FINE), normals.astype(_FINE)) for points, normals in body]
        self._steps = max(round(_STEPS_HZ / rate_hz), 1)
        self._step_s = 1 / rate_hz / self._steps
        self._rate_hz, self._air, self._ground_m = rate_hz, air, ground_m
        self._loose_share = _SHEAR + _STIFF * hang.bending
        self._mass = np.maximum(hanging.area, 1e-7) * hang.mass_kg_m2
        self._free = (hanging.pinned < _PINNED).astype(_FINE)
        self._loose_rows, self._fast = np.flatnonzero(self._free), np.flatnonzero(self._free == 0)
        held = hanging.pinned / np.maximum(1 - hanging.pinned, 1e-6)
        self._held = (1 - np.exp(-_HELD_PER_S * held**2 * self._step_s))[:, None].astype(_FINE)
        self._place = self._goal[0].copy()
        self._speed = np.zeros_like(self._place)
        self._threads = [_Pull.of(bonds, self._free, 1.0) for bonds in hanging.weave.threads]
        self._loose = _Pull.of(hanging.weave.loose, self._free, self._loose_share)
        self._gather = _gathering(self._loose, len(self._place))
        triangles = hanging.weave.triangles
        rows = (triangles.ravel(), np.repeat(np.arange(len(triangles)), 3))
        ones = np.ones(triangles.size, _FINE)
        self._corners = sparse.csr_array((ones, rows), (len(self._place), len(triangles)))
        self._clearance = hanging.clearance.astype(_FINE)
        self._tether_m = hanging.weave.tether_m.astype(_FINE)
        self._near: tuple[NDArray[np.integer], NDArray[np.integer]] | None = None
        self._force = np.zeros_like(self._place)
        self._time_s = 0.0
        self._drift = np.zeros(3)

    def run(self, lead: int) -> Array:
        """(T, N, 3); what moves on after the lead carries its cloth along from the first sample."""
        frames = np.empty(self._goal.shape)
        frames[0] = self._place
        for sample in range(1, len(self._goal)):
            self._advance(sample - 1, sample)
            frames[sample] = self._place
            if sample == lead and lead + 1 < len(self._goal):
                self._speed += (self._goal[lead + 1] - self._goal[lead]).mean(0) * self._rate_hz
        return frames

    def _advance(self, before: int, after: int) -> None:
        points, normals = self._body[after]
        old, _ = self._body[before]
        self._drift = (self._goal[after] - self._goal[before]).mean(0) * self._rate_hz
        if before % _LOOKS == 0 or self._near is None:
            # What a vertex lies off before the body moves is what it must stay off while it moves.
            away, nearest = cKDTree(old, balanced_tree=False, compact_nodes=False).query(
                self._place[self._loose_rows], distance_upper_bound=_NEAR_M
            )
            close = np.isfinite(away)
            self._near = self._loose_rows[close], nearest[close]
            self._force = self._wind()
        near, skin = self._near
        now, facing = points[skin], normals[skin]
        moved = now - old[skin]
        dt = self._step_s
        push = dt * (np.asarray(self._air.gravity, _FINE) + self._force)
        for part in range(1, self._steps + 1):
            share = part / self._steps
            start = self._place
            self._speed = (self._speed + push) * (1 - _FADING_PER_S * dt)
            place = start + dt * self._speed
            goal = self._goal[before] + share * (self._goal[after] - self._goal[before])
            place += self._held * (goal - place)
            self._hold_together(place)
            if part % 2 == 0:
                self._resist(place)
            self._keep_off(place, start, near, now - (1 - share) * moved, facing, moved / self._steps)
            np.maximum(place[:, 2], self._ground_m + 0.004, out=place[:, 2])
            place[self._fast] = goal[self._fast]
            self._speed = (place - start) / dt
            self._place = place
        self._time_s += 1 / self._rate_hz

    def _hold_together(self, place: Array) -> None:
        for bonds in self._threads:
            move = bonds.error(place)
            place[bonds.first] += bonds.first_share * move
            place[bonds.second] -= bonds.second_share * move
        rope = place - place[self._hanging.weave.tether_to]
        length = np.sqrt(np.einsum("ni,ni->n", rope, rope))
        over = np.minimum(self._tether_m / np.maximum(length, 1e-9), 1.0)
        place -= (self._free * (1 - over))[:, None] * rope

    def _resist(self, place: Array) -> None:
        """Against shear and bending: all bonds at once, each vertex by the mean of what its bonds ask."""
        place += self._gather @ self._loose.error(place)

    def _keep_off(
        self,
        place: Array,
        start: Array,
        near: NDArray[np.integer],
        points: Array,
        normals: Array,
        moved: Array,
    ) -> None:
        depth = self._clearance[near] - np.einsum("ni,ni->n", place[near] - points, normals)
        # Deep inside, the nearest point is no longer the one that was passed.
        hit = (depth > 0) & (depth < _NEAR_M)
        which = near[hit]
        place[which] += depth[hit, None] * normals[hit]
        slip = place[which] - start[which] - moved[hit]
        along = slip - np.einsum("ni,ni->n", slip, normals[hit])[:, None] * normals[hit]
        size = np.sqrt(np.einsum("ni,ni->n", along, along))
        # Coulomb's law: at most so much of the slip as the push off the skin allows.
        held = np.minimum(_FRICTION * depth[hit] / np.maximum(size, 1e-9), 1.0)
        place[which] -= held[:, None] * along

    def _wind(self) -> Array:
        """Acceleration (N, 3) by the air."""
        if self._air.density <= 0:
            return np.zeros_like(self._place)
        triangles = self._hanging.weave.triangles
        corner = self._place[triangles]
        across = turns.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]) / 2
        normal = turns.unit(across)
        area = np.linalg.norm(across, axis=1)
        stream = self._stream(corner.mean(1)) + _WAKE * self._drift - self._speed[triangles].mean(1)
        through = np.einsum("ni,ni->n", stream, normal)
        along = stream - through[:, None] * normal
        total = np.linalg.norm(stream, axis=1)
        push = _DRAG * (np.abs(through) * through)[:, None] * normal + _ALONG * total[:, None] * along
        force = 0.5 * self._air.density * area[:, None] * push / 3
        sums = self._corners @ force
        pulled = sums / self._mass[:, None]
        # Air cannot do more within a sample than carry the cloth along with it.
        fastest = float(total.max()) * self._rate_hz
        size = np.linalg.norm(pulled, axis=1, keepdims=True)
        return np.asarray(pulled * np.minimum(1.0, 0.5 * fastest / np.maximum(size, 1e-9)), _FINE)

    def _stream(self, points: Array) -> Array:
        """The wind with gusts of three sizes that it carries along (Taylor's frozen turbulence)."""
        wind = _LEE * np.asarray(self._air.wind, float)
        speed = float(np.linalg.norm(wind))
        if speed < 1e-6:
            return np.zeros_like(points)
        ahead = wind / speed
        side = turns.unit(np.array([-ahead[1], ahead[0], 0.0]) + 1e-9)
        drift = points @ ahead - speed * self._time_s
        gust = sum(
            share * np.sin(2 * np.pi * drift / size + phase + 2.1 * points[:, 2] / size)
            for share, size, phase in (
                (1.0, _EDDY_M, 0.0),
                (0.6, 0.53 * _EDDY_M, 1.7),
                (0.8, 2.3 * _EDDY_M, 4.1),
            )
        )
        swell = 1 + 0.5 * _GUST * np.sin(2 * np.pi * drift / (5 * _EDDY_M))
        return wind * swell[:, None] + _GUST * speed * np.asarray(gust)[:, None] * (side + [0.0, 0.0, 0.3])


@dataclass(frozen=True, eq=False)
class _Pull:
    """Bonds with how much of what they ask each end does."""

    first: IntArray
    second: IntArray
    length: Fine
    first_share: Fine
    """(N, 1)"""
    second_share: Fine

    @classmethod
    def of(cls, bonds: Bonds, free: Fine, share: float) -> _Pull:
        """Of bonds between vertices of which some are free (1) and some are not (0)."""
        moves = free[bonds.first] + free[bonds.second] > 0
        first, second = bonds.first[moves], bonds.second[moves]
        both = (free[first] + free[second])[:, None] / _FINE(share)
        length = bonds.length[moves].astype(_FINE)
        return cls(first, second, length, free[first, None] / both, free[second, None] / both)

    def error(self, place: Array) -> Array:
        """(N, 3) by how much the ends of each bond are too far apart."""
        apart = place[self.second] - place[self.first]
        length = np.sqrt(np.einsum("ni,ni->n", apart, apart))
        return np.asarray((1 - self.length / np.maximum(length, 1e-9))[:, None] * apart)


def _gathering(bonds: _Pull, count: int) -> sparse.csr_array:
    """(V, N) what each vertex does of what all of its bonds ask, divided by the root of their number."""
    number = np.arange(len(bonds.length))
    ends = np.concatenate([bonds.first, bonds.second])
    met = np.sqrt(np.maximum(np.bincount(ends, minlength=count), 1)).astype(_FINE)
    shares = np.concatenate([bonds.first_share[:, 0], -bonds.second_share[:, 0]]) / met[ends]
    return sparse.csr_array((shares, (ends, np.tile(number, 2))), (count, len(number)))
