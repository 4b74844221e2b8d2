"""How cloth lies on one body: layers above the skin, bridged hollows, and falling folds.

All cloth of the body below the chin rides on one cage, the basis' `helper-tights`. A layer is a
height above that cage for each of its vertices, along the cage's own normals; cloth that is put
on later lies higher, so that layers never cross.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.anatomy import Places, canonical
from lichtspiel.library.people.clothes.cloth import Mask, Piece, shell
from lichtspiel.library.people.clothes.hulls import at_sector, hull_radius, sector_of
from lichtspiel.library.people.clothes.sewing import Weights, basis_weights
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.weights import eased

CAGE = "helper-tights"
_CLEARANCE_M = 0.002
"""Between the skin and the innermost cloth."""
_SLACK_M = 0.02
_HIGHEST_M = 0.45
"""No cloth of a body shell stands farther off."""
_SECTORS, _RINGS = 64, 60
_DENSE, _SECTION = 2, 0.8
"""How often the cage is refined for sections of it, and half the height of one, in rings."""
_BRIDGING = 40
_CLEFT = 0.7
"""Steps in which cloth is drawn straight over the cleft, and how far in each where it is deepest."""
_MIDDLE_M, _APART_M = 0.002, 0.0004
"""Half width of the middle, that is of no leg, and how far from it cloth of the legs stays."""
_FORK = (0.70, 0.73, 0.78, 0.81)
_FORK_HALF_M, _FORK_FADES_M = 0.04, 0.02
"""Heights between which cloth is drawn in to the skin at the fork, fades, and how far from the middle."""
_FACING = 0.45
"""Cosine to the level way out from which on cloth falls clear of what is above it."""


@dataclass(frozen=True, eq=False)
class Ease:
    """How much room a garment leaves, for each vertex of the cage, in metres.

    snug: least height above what is worn below. room: height it rests at where nothing holds it.
    falls: from 1 where the cloth falls straight from what is above to 0 where it clings.
    tension: steps of smoothing that bridge hollows.
    """

    snug: Array
    room: Array
    falls: Array
    tension: int = 24
    swing: float = 0.04
    """How much a leg of trousers narrows, metres a metre."""
    close: bool = False
    """Presses what is worn below instead of lying on it."""


class Fitting:
    """One body being dressed, from the skin outward."""

    def __init__(self, physique: Physique) -> None:
        self.physique = physique
        self.index: IntArray = cage_index()
        self.cage = shell(CAGE, 0)
        self.points = self._bridged(physique.vertices[self.index])
        normals = self.cage.normals(self.points)
        for _ in range(6):
            normals = normals + self.cage.mean_of_neighbours @ normals
            normals /= np.linalg.norm(normals, axis=1, keepdims=True)
        self.normals = _parted(normals)
        self.scale = physique.height_m / canonical_height()
        """Size against the canonical body; sizes of cloth that go with the body's follow it."""
        self.bare = self._skin_height()
        self.taken = self.bare.copy()

    def _bridged(self, points: Array) -> Array:
        """The cage without the cleft behind, that no cloth follows."""
        for _ in range(_BRIDGING):
            points = points + _cleft()[:, None] * (self.cage.mean_of_neighbours @ points - points)
        return points

    def _skin_height(self) -> Array:
        """Height of the cage's vertices at which they clear the skin."""
        height = np.zeros(len(self.points))
        for _ in range(3):
            at = self.points + height[:, None] * self.normals
            lack = _CLEARANCE_M - self.skin.above(at, self.normals)
            height = height + np.clip(lack, -_SLACK_M, _HIGHEST_M)
        # The cage stands off the skin: on shoulders and arms and at the fork, where cloth lies close, it is
        # drawn in.
        places = cage_places()
        close = np.clip((places.z - 1.28) / 0.04, 0, 1)
        close = np.maximum(close, np.clip(3 * places.armness - 0.5, 0, 1))
        close = np.maximum(close, np.maximum(fork(places), places.folding))
        height = np.maximum(height, -_SLACK_M * close)
        even = outer_envelope(height, self.cage, 1)
        return np.asarray(even + places.folding * (height - even))

    @cached_property
    def skin(self) -> Skin:
        return Skin(self.physique.vertices)

    def draped(self, ease: Ease) -> Array:
        """(M,) heights of a garment's cage above the body's own."""
        below = self.bare + 0.0015 if ease.close else self.taken
        height = below + np.maximum(ease.snug, ease.room)
        points = self.points + height[:, None] * self.normals
        fallen = np.minimum(self._fallen(points, ease.swing), 0.2)
        height = height + ease.falls * fallen
        floor = height.copy()
        mean = self.cage.mean_of_neighbours
        # Arms are held out at rest: cloth that bridged the shoulder would stand up when they fall.
        places = cage_places()
        free = np.maximum(np.clip((1.28 - places.z) / 0.05, 0, 1), np.clip((places.arm - 0.08) / 0.06, 0, 1))
        for _ in range(ease.tension):
            points = self.points + height[:, None] * self.normals
            pull = ((mean @ points - points) * self.normals).sum(1)
            height = np.maximum(height + 0.6 * free * pull, floor)
        return np.minimum(height, _HIGHEST_M)

    def _fallen(self, points: Array, slope: float) -> Array:
        """How far outward cloth hangs that falls from higher parts of the trunk, or of each leg."""
        at, lift = cage_places(), np.zeros(len(points))
        # The cage's own vertices are too few to tell a section of a leg: some would show one side of it only.
        dense = shell(CAGE, _DENSE)
        vertices = self.physique.vertices.copy()
        vertices[self.index] = points
        cloth = laid(dense, vertices)
        for holds, way in (
            (_of_trunk, 0.12), (lambda at: _of_leg(at, 1.0), slope), (lambda at: _of_leg(at, -1.0), slope),
        ):  # fmt: skip
            members = holds(at)
            lift[members] = self._hung(points, members, cloth[holds(dense.places)], way)
        legs = (at.z < 0.77) & at.trunk
        lift[legs] *= np.clip((0.74 - at.z[legs]) / 0.08, 0, 1)
        return lift

    def _hung(self, points: Array, members: Mask, cloth: Array, slope: float) -> Array:
        """Heights that members (K,) lack to hang from cloth (D, 3) above them that swings in by `slope`."""
        part, normals = points[members], self.normals[members]
        top, foot = float(cloth[:, 2].max()), float(cloth[:, 2].min())
        centres, radius = _rings(cloth, top, foot)
        swing = slope * (top - foot) / (_RINGS - 1)
        for row in range(1, _RINGS):
            radius[row] = np.maximum(radius[row], radius[row - 1] - swing)
        rows = np.round(np.clip((top - part[:, 2]) / (top - foot) * (_RINGS - 1), 0, _RINGS - 1)).astype(int)
        arms = part[:, :2] - centres[rows]
        reach = np.linalg.norm(arms, axis=1)
        wanted = at_sector(radius, rows, sector_of(arms, _SECTORS))
        outward = arms / np.maximum(reach[:, None], 1e-6)
        along = (outward * normals[:, :2]).sum(1)
        # What faces down, at the fork, hangs from nothing: it must not be pushed to the knees.
        sideways = np.clip(along / _FACING, 0.0, 1.0)
        return np.asarray(sideways * np.maximum(wanted - reach, 0.0) / np.maximum(along, _FACING))

    def dressed(self, height: Array) -> Array:
        """(V, 3) vertices of the basis with the cage moved to a layer, for pieces to be laid on."""
        vertices = self.physique.vertices.copy()
        points = self.points + height[:, None] * self.normals
        # What is of one leg stays on its side, where buttocks press against each other.
        side, own = np.sign(cage_places().x), np.abs(cage_places().x) > _MIDDLE_M
        points[own, 0] = side[own] * np.maximum(side[own] * points[own, 0], _APART_M)
        vertices[self.index] = points
        return vertices

    @cached_property
    def ways_out(self) -> Array:
        """(V, 3) the cage's normals, on the vertices of the basis that make it; zero on the others."""
        table = np.zeros_like(self.physique.vertices)
        table[self.index] = self.normals
        return table

    def wear(self, height: Array, covered: Mask, thickness_m: float) -> None:
        """Remember a layer: later ones lie above it where it covers (M,) bool."""
        self.taken = np.where(covered, np.maximum(self.taken, height + thickness_m), self.taken)


@dataclass(frozen=True, eq=False)
class Skin:
    """The body's surface, to keep away from."""

    vertices: Array

    @cached_property
    def _surface(self) -> tuple[Array, Array, cKDTree]:
        body = shell("body", 0)
        points = np.asarray(body.matrix @ self.vertices)
        return points, body.normals(points), cKDTree(points)

    def nearest(self, points: Array) -> IntArray:
        """(N,) vertices of the basis, of the skin nearest to points (N, 3)."""
        _, _, tree = self._surface
        _, near = tree.query(points)
        return np.asarray(shell("body", 0).matrix.indices[near], np.int32)

    def above(self, points: Array, facing: Array) -> Array:
        """(N,) metres of points above the nearest skin that faces the same way."""
        surface, normals, tree = self._surface
        _, near = tree.query(points, k=4)
        gaps = ((points[:, None] - surface[near]) * normals[near]).sum(2)
        alike = (normals[near] * facing[:, None]).sum(2) > 0.2
        return np.where(alike.any(1), np.where(alike, gaps, np.inf).min(1), _HIGHEST_M)


def fork(at: Places) -> Array:
    """(N,) 1 between the thighs, where the cage hangs below the skin."""
    middle = np.clip(1 - (np.abs(at.x) - _FORK_HALF_M) / _FORK_FADES_M, 0, 1) * at.trunk
    return np.asarray(middle * np.interp(at.z, _FORK, (0.0, 1.0, 1.0, 0.0)))


def outer_envelope(values: Array, piece: Piece, steps: int) -> Array:
    """Values (N,) on a piece with their peaks spread out, so that nothing small shows through."""
    spread = values
    for _ in range(steps):
        spread = np.maximum(spread, piece.mean_of_neighbours @ spread)
    for _ in range(2):
        spread = np.maximum(values, 0.5 * (spread + piece.mean_of_neighbours @ spread))
    return np.asarray(spread)


def _of_trunk(at: Places) -> Mask:
    return np.asarray(at.trunk & (at.z > 0.76) & (at.z < 1.34))


def _of_leg(at: Places, side: float) -> Mask:
    return np.asarray(at.trunk & (at.z < 0.77) & (at.z > 0.085) & (at.x * side > 0))


def _rings(cloth: Array, top: float, foot: float) -> tuple[Array, Array]:
    """Centres (R, 2) of level sections of cloth (D, 3) between two heights, and their reach (R, S)."""
    ring = (top - cloth[:, 2]) / (top - foot) * (_RINGS - 1)
    centres, radius = np.zeros((_RINGS, 2)), np.zeros((_RINGS, _SECTORS))
    for row in range(_RINGS):
        near = cloth[np.abs(ring - row) < _SECTION, :2]
        if len(near):
            centres[row] = (near.min(0) + near.max(0)) / 2
            radius[row] = hull_radius(near - centres[row], _SECTORS)
        elif row:
            centres[row], radius[row] = centres[row - 1], radius[row - 1]
    return centres, radius


def _cleft() -> Array:
    """(M,) how much a vertex of the cage is eased in each step of bridging the cleft behind."""
    at = cage_places()
    deep = np.exp(-((at.x / 0.045) ** 2)) * np.clip((at.y - 0.01) / 0.02, 0, 1) * at.trunk
    high = np.clip((at.z - 0.775) / 0.02, 0, 1) * np.clip((0.99 - at.z) / 0.05, 0, 1)
    return np.asarray(_CLEFT * deep * high)


def _parted(normals: Array) -> Array:
    """Normals (M, 3) of the cage that lead nothing of one side into the cleft, to the other side."""
    side, share = np.sign(cage_places().x), _cleft() / _CLEFT
    parted = normals.copy()
    parted[:, 0] += share * side * np.clip(-side * normals[:, 0], 0, None)
    return np.asarray(parted / np.linalg.norm(parted, axis=1, keepdims=True))


@lru_cache(maxsize=1)
def cloth_weights() -> Weights:
    """(V, B) shares of bones of what rides on the cage: where cloth bridges the cleft neither leg has it."""
    shares = basis_weights(eased(), len(load().bone_names)).tolil()
    index, mean = cage_index(), shell(CAGE, 0).mean_of_neighbours
    table = shares[index].toarray()
    for _ in range(_BRIDGING):
        table = table + _cleft()[:, None] * (mean @ table - table)
    shares[index] = table
    return sparse.csr_array(shares)


def cage_index() -> IntArray:
    """Vertices of the basis that make the cage, in its own order."""
    return np.asarray(shell(CAGE, 0).matrix.indices, np.int32)


def cage_places() -> Places:
    """Canonical places of the cage's vertices."""
    return shell(CAGE, 0).places


def canonical_height() -> float:
    """Of the body that garments are cut on, metres."""
    body = load().group("body")
    return float(np.ptp(canonical().z[body]))


def laid(piece: Piece, vertices: Array) -> Array:
    """(N, 3) points of a piece on these vertices of the basis."""
    return np.asarray(piece.matrix @ vertices)
