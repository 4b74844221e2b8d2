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

_SUBSTEPS = 5
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
    frames = np.stack([bones.carry(sample, skin, mesh.vertices) for sample in range(len(bones))])
    body = [hanging.body.at(bones, sample) for sample in range(len(bones))]
    if beneath:
        body = [joined(skin_, cloth) for skin_, cloth in zip(body, beneath, strict=True)]
    sheet = _Sheet(hanging, frames[:, hanging.vertices], body, rate_hz, air, ground_m)
    frames[:, hanging.vertices] = sheet.run(lead)
    return frames


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
    under_m: float,
    beneath: Surface | None = None,
) -> Hanging:
    """Make a garment ready to hang: on the body at ease, `still`, its cloth is relaxed.

    under_m: thickness of what is worn beneath. beneath: cloth that hangs there, at ease.
    """
    assert garment.hang is not None
    free = garment.hang.pinned < _PINNED
    starts = np.concatenate([[0], np.cumsum(garment.mesh.sizes)])
    owner = np.repeat(np.arange(len(garment.mesh.sizes)), garment.mesh.sizes)
    moved = np.maximum.reduceat(free[garment.mesh.corners], starts[:-1])
    touching = np.zeros(len(free), bool)
    touching[garment.mesh.corners[moved[owner]]] = True
    vertices = np.flatnonzero(touching).astype(np.int32)
    relaxed = still.carry(0, garment.skin, garment.mesh.vertices)
    threads = weave(garment.mesh, relaxed, garment.hang.pinned, vertices)
    elbow = physique.rig.heads[physique.rig.index("lowerarm01.L"), 2]
    skirt = bool(garment.mesh.vertices[free, 2].max() < elbow)
    body = Underlay.below_skirts(physique) if skirt else Underlay.of(physique)
    points, normals = body.at(still, 0) if beneath is None else joined(body.at(still, 0), beneath)
    _, nearest = cKDTree(points).query(relaxed[vertices])
    gap = np.einsum("ni,ni->n", relaxed[vertices] - points[nearest], normals[nearest])
    least = _OFF_SKIN_M if beneath is not None else 0.002
    clearance = np.clip(gap - 0.001, least, garment.thickness_m + _OFF_SKIN_M + under_m)
    area = _areas(threads.triangles, relaxed[vertices])
    return Hanging(garment, body, vertices, garment.hang.pinned[vertices], threads, clearance, area, skirt)


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
        self._hanging, self._goal, self._body = hanging, carried_to, body
        self._step_s = 1 / rate_hz / _SUBSTEPS
        self._rate_hz, self._air, self._ground_m = rate_hz, air, ground_m
        self._loose_share = _SHEAR + _STIFF * hang.bending
        self._mass = np.maximum(hanging.area, 1e-7) * hang.mass_kg_m2
        self._free = (hanging.pinned < _PINNED).astype(float)
        held = hanging.pinned / np.maximum(1 - hanging.pinned, 1e-6)
        self._held = (1 - np.exp(-_HELD_PER_S * held**2 * self._step_s))[:, None]
        self._place = carried_to[0].copy()
        self._speed = np.zeros_like(self._place)
        loose = hanging.weave.loose
        count, bonds = len(self._place), np.arange(len(loose.length))
        ends = np.concatenate([loose.first, loose.second])
        signs = np.repeat([1.0, -1.0], len(bonds))
        self._gather = sparse.csr_array((signs, (ends, np.tile(bonds, 2))), (count, len(bonds)))
        self._met = np.sqrt(np.maximum(np.bincount(ends, minlength=count), 1))
        self._time_s = 0.0
        self._drift = np.zeros(3)

    def run(self, lead: int) -> Array:
        """(T, N, 3); what moves on after the lead carries its cloth along from the first sample."""
        frames = np.empty_like(self._goal)
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
        # What a vertex lies off before the body moves is what it must stay off while it moves.
        away, nearest = cKDTree(old).query(self._place, distance_upper_bound=_NEAR_M)
        near = np.flatnonzero(np.isfinite(away))
        skin = nearest[near]
        gravity = np.asarray(self._air.gravity)
        self._drift = (self._goal[after] - self._goal[before]).mean(0) * self._rate_hz
        force = self._wind()
        for part in range(1, _SUBSTEPS + 1):
            share = part / _SUBSTEPS
            dt = self._step_s
            start = self._place
            self._speed = (self._speed + dt * (gravity + force)) * (1 - _FADING_PER_S * dt)
            place = start + dt * self._speed
            goal = self._goal[before] + share * (self._goal[after] - self._goal[before])
            place += self._held * (goal - place)
            self._hold_together(place)
            if part % 2:
                self._resist(place)
            moved = points[skin] - old[skin]
            self._keep_off(
                place, start, near, points[skin] - (1 - share) * moved, normals[skin], moved / _SUBSTEPS
            )
            np.maximum(place[:, 2], self._ground_m + 0.004, out=place[:, 2])
            place = np.where(self._free[:, None] > 0, place, goal)
            self._speed = (place - start) / dt
            self._place = place
        self._time_s += 1 / self._rate_hz

    def _hold_together(self, place: Array) -> None:
        free = self._free
        for bonds in self._hanging.weave.threads:
            move = _error(place, bonds, free, 1.0)
            place[bonds.first] += free[bonds.first, None] * move
            place[bonds.second] -= free[bonds.second, None] * move
        rope = place - place[self._hanging.weave.tether_to]
        length = np.sqrt(np.einsum("ni,ni->n", rope, rope))
        over = np.minimum(self._hanging.weave.tether_m / np.maximum(length, 1e-9), 1.0)
        place -= (free * (1 - over))[:, None] * rope

    def _resist(self, place: Array) -> None:
        """Against shear and bending: all bonds at once, each vertex by the mean of what its bonds ask."""
        loose, free = self._hanging.weave.loose, self._free
        move = _error(place, loose, free, self._loose_share)
        place += (free / self._met)[:, None] * (self._gather @ move)

    def _keep_off(
        self,
        place: Array,
        start: Array,
        near: NDArray[np.integer],
        points: Array,
        normals: Array,
        moved: Array,
    ) -> None:
        depth = self._hanging.clearance[near] - np.einsum("ni,ni->n", place[near] - points, normals)
        # Deep inside, the nearest point is no longer the one that was passed.
        hit = (depth > 0) & (depth < _NEAR_M) & (self._free[near] > 0)
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
        sums = np.stack(
            [
                np.bincount(triangles.ravel(), np.repeat(force[:, axis], 3), len(self._place))
                for axis in range(3)
            ],
            -1,
        )
        pulled = sums / self._mass[:, None]
        # Air cannot do more within a sample than carry the cloth along with it.
        fastest = float(total.max()) * self._rate_hz
        size = np.linalg.norm(pulled, axis=1, keepdims=True)
        return np.asarray(pulled * np.minimum(1.0, 0.5 * fastest / np.maximum(size, 1e-9)))

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


def _error(place: Array, bonds: Bonds, free: Array, share: float) -> Array:
    """(N, 3) by how much both ends of each bond must come together, for each unit of freedom."""
    apart = place[bonds.second] - place[bonds.first]
    length = np.sqrt(np.einsum("ni,ni->n", apart, apart))
    both = np.maximum(free[bonds.first] + free[bonds.second], 1e-9)
    return np.asarray((share * (1 - bonds.length / np.maximum(length, 1e-9)) / both)[:, None] * apart)
