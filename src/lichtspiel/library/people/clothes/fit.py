"""Measures how clothes fit in motion: what shows through what covers it.

A point of skin or of inner cloth belongs to the nearest place of the cloth over it at rest, where
the cloth lies straight over it: what is beyond a hem or the fold of a collar is not covered. In a
pose it pokes through where it lies outside that place along the cloth's normal, is not straight below
the cloth any more, and can be seen: a ray from it gets away from the dressed body. What hangs is left
to its simulation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray, Mesh
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.bending import bends
from lichtspiel.library.people.clothes.cloth import Mask
from lichtspiel.library.people.clothes.distance import above_surface
from lichtspiel.library.people.clothes.sewing import Weights, basis_weights
from lichtspiel.library.people.clothes.sight import Surroundings, triangles_of
from lichtspiel.library.people.clothes.wardrobe import pressed
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Rig, Skin, about, cross, multiply, rest_pose

_REACH_M = 0.03
_ASIDE_M = 0.012
_SHOWS_M = 0.0005
"""Less than this is hidden by the thickness of the cloth."""
_STILL = 2.0
"""Cloth that lies over something no farther than so many times as far as at rest still lies over it."""

_SHARED = 0.05
"""Cloth covers what at least this share of its movement is common with."""

_ON_HEAD = frozenset({"headwear", "eyewear"})

Turn = tuple[str, tuple[float, float, float], float, float]
JOINTS: tuple[Turn, ...] = (
    ("spine03", (1, 0, 0), -0.3, 0.45),
    ("spine02", (0, 0, 1), -0.4, 0.4),
    ("neck02", (0, 0, 1), -0.7, 0.7),
    ("head", (1, 0, 0), -0.35, 0.4),
    ("upperarm01", (0, 1, 0), -1.2, 0.8),
    ("upperarm01", (1, 0, 0), -1.2, 0.5),
    ("lowerarm01", (1, 0, 0), -1.7, 0.0),
    ("upperleg01", (1, 0, 0), -1.7, 0.35),
    ("upperleg01", (0, 1, 0), -0.4, 0.15),
    ("lowerleg01", (1, 0, 0), 0.0, 2.0),
    ("foot", (1, 0, 0), -0.4, 0.5),
)
"""Bone, axis of the figure and angles in radians between which people turn it; of the left side
where there are two."""


@dataclass(frozen=True)
class Fit:
    """covered: points that lie under cloth. shown: of them, that show through. deepest_m: how far the
    worst sticks out. farthest_m: how far the farthest vertex of skin and clothes is from their middle."""

    covered: int
    shown: int
    deepest_m: float
    worst: str
    """What shows most, as `inner under outer`."""
    farthest_m: float

    @property
    def share(self) -> float:
        return self.shown / max(self.covered, 1)


@dataclass(frozen=True, eq=False)
class Surface:
    """Skin that is seen, or a garment."""

    mesh: Mesh

    @cached_property
    def triangles(self) -> IntArray:
        return triangles_of(self.mesh.corners, self.mesh.sizes)

    @cached_property
    def _around(self) -> Weights:
        return _gathered(self.mesh)

    def normals(self, points: Array) -> Array:
        """(V, 3) unit normals of its vertices when they are at these points."""
        first, second, third = (points[self.triangles[:, k]] for k in range(3))
        total = self._around @ cross(second - first, third - first)
        return np.asarray(total / np.maximum(np.sqrt(np.einsum("ni,ni->n", total, total)), 1e-15)[:, None])


@dataclass(frozen=True, eq=False)
class _Pair:
    """Points (K,) of an inner surface and the vertices (K,) of the cloth over them, so many metres (K,)
    away at rest."""

    name: str
    inner: int
    points: IntArray
    over: int
    vertices: IntArray
    apart_m: Array


def poses(rig: Rig, rng: np.random.Generator, count: int) -> Iterable[Array]:
    """Poses (B, 4) spread over the joints' limits."""
    for _ in range(count):
        pose = rest_pose(rig)
        for bone, axis, low, high in JOINTS:
            for side in ("",) if bone in rig.names else (".L", ".R"):
                # Turns about y and z are mirrored on the right.
                mirror = -1.0 if side == ".R" and axis[0] == 0 else 1.0
                column = rig.index(f"{bone}{side}")
                turn = about(axis, mirror * float(rng.uniform(low, high)))
                pose[column] = multiply(turn, pose[column])
        yield pose


def measure(garments: Sequence[Garment], physique: Physique, poses: Iterable[Array]) -> Fit:
    """How far skin and inner cloth show through what is worn over them, over all poses."""
    dressed = Dressed.of(garments, physique)
    counts, farthest_m = [], 0.0
    for bend in bends(physique.rig, np.stack(list(poses))):
        points = bend.bent(dressed.rest, dressed.weights)
        counts.append(dressed.shown(points))
        farthest_m = max(farthest_m, float(np.linalg.norm(points - points.mean(0), axis=1).max()))
    worst = max((one for shown in counts for one in shown), key=lambda one: one.deepest_m, default=None)
    return Fit(
        sum(one.covered for shown in counts for one in shown),
        sum(one.shown for shown in counts for one in shown),
        worst.deepest_m if worst else 0.0,
        worst.name if worst and worst.shown else "",
        farthest_m,
    )


@dataclass(frozen=True)
class Shown:
    """What of one surface shows through another in a pose; numbers of points, metres."""

    name: str
    covered: int
    shown: int
    deepest_m: float


@dataclass(frozen=True, eq=False)
class Dressed:
    """A body and what it wears, ready to be posed and looked at.

    rest: (V, 3) of the body's skin and after it of the garments, carried by bones as weights (V, B)
    say. solid: how many of the triangles (F, 3) are of the body. names, surfaces: of the skin that is
    seen and the garments, parts: the vertices that each has.
    """

    rest: Array
    weights: Weights
    triangles: IntArray
    solid: int
    names: Sequence[str]
    surfaces: Sequence[Surface]
    parts: Sequence[IntArray]
    pairs: Sequence[_Pair]
    seen: IntArray
    """Vertices of the basis whose skin is seen, in the order of the first surface."""

    @classmethod
    def of(cls, garments: Sequence[Garment], physique: Physique) -> Dressed:
        basis, bones = load(), len(physique.rig.names)
        vertices = pressed(physique, garments)
        used, whole = np.unique(basis.faces[basis.faces_of("body")], return_inverse=True)
        solid = triangles_of(whole.ravel().astype(np.int32), np.full(len(whole.reshape(-1, 4)), 4))
        seen, skin = _skin(garments, vertices)
        surfaces = [Surface(skin), *(Surface(garment.mesh) for garment in garments)]
        offsets = np.cumsum([len(used), *(len(g.mesh.vertices) for g in garments)])
        fans = [one.triangles + o for one, o in zip(surfaces[1:], offsets[:-1], strict=True)]
        parts = [np.searchsorted(used, seen), *map(np.arange, offsets[:-1], offsets[1:])]
        bare = Skin(physique.skin.bones[used], physique.skin.shares[used])
        weights = [basis_weights(one, bones) for one in (bare, *(g.skin for g in garments))]
        return cls(
            np.concatenate([vertices[used], *(g.mesh.vertices for g in garments)]),
            sparse.csr_array(sparse.vstack(weights)),
            np.concatenate([solid, *fans]),
            len(solid),
            ["skin", *(garment.garment for garment in garments)],
            surfaces,
            [slots.astype(np.int32) for slots in parts],
            _pairs(
                garments, surfaces, [weights[0][np.searchsorted(used, seen)], *weights[1:]], seen, physique
            ),
            seen,
        )

    def shown(self, points: Array) -> list[Shown]:
        """What shows where `rest` has been moved to points, for each surface that lies under another."""
        moved = [points[part] for part in self.parts]
        normals = [one.normals(at) for one, at in zip(self.surfaces, moved, strict=True)]
        around = Surroundings(points, self.triangles, self.solid)
        # Skin that has sunk into the body, where limbs fold, is behind the skin that one sees there.
        drawn = self.parts[0][self.surfaces[0].triangles]
        closed = Surroundings(points, np.concatenate([self.triangles, drawn]), self.solid)
        return [self._through(pair, moved, normals, around if pair.inner else closed) for pair in self.pairs]

    def _through(
        self, pair: _Pair, moved: Sequence[Array], normals: Sequence[Array], around: Surroundings
    ) -> Shown:
        points, facing = moved[pair.inner][pair.points], normals[pair.inner][pair.points]
        over = moved[pair.over][pair.vertices]
        out = np.einsum("ni,ni->n", points - over, normals[pair.over][pair.vertices])
        through = out > _SHOWS_M
        if through.any():
            # The cloth may have moved aside: what lies on another place of it does not stand out far, and
            # what is behind the nearest cloth has not come through it.
            triangles = self.surfaces[pair.over].triangles
            cloth = moved[pair.over][triangles]
            out[through] = np.minimum(out[through], above_surface(points[through], cloth))
            through = out > _SHOWS_M
        if through.any():
            # Where cloth folds it turns its back on what is still straight below it.
            sheet = Surroundings(moved[pair.over], triangles, 0)
            reach = _STILL * pair.apart_m[through]
            through[through] = ~sheet.stop(points[through], facing[through], reach)
        if through.any():
            through[through] = around.seen(points[through], facing[through])
        deepest = float(out[through].max(initial=0.0))
        return Shown(pair.name, len(out), int(through.sum()), deepest)


def _skin(garments: Sequence[Garment], vertices: Array) -> tuple[IntArray, Mesh]:
    """Vertices of the basis whose skin is seen, and its mesh at rest, of all its vertices (V, 3)."""
    basis = load()
    hidden = np.concatenate([np.zeros(0, np.int32), *(garment.hides for garment in garments)])
    faces = basis.faces[np.setdiff1d(basis.faces_of("body"), hidden)]
    body = np.unique(faces).astype(np.int32)
    corners = np.searchsorted(body, faces).ravel().astype(np.int32)
    sizes = np.full(len(faces), 4, np.int32)
    return body, Mesh(vertices[body], corners, sizes, np.zeros(len(faces), np.int32))


def _pairs(
    garments: Sequence[Garment],
    worn: Sequence[Surface],
    weights: Sequence[Weights],
    body: IntArray,
    physique: Physique,
) -> list[_Pair]:
    found = []
    surfaces = [(one.mesh.vertices, one.normals(one.mesh.vertices)) for one in worn]
    names = ["skin", *(garment.garment for garment in garments)]
    entries = [catalogue.garments()[name] for name in names[1:]]
    layers = [-1, *(entry.layer for entry in entries)]
    turning = _of_head(physique)[body]
    for over in range(1, len(surfaces)):
        points, normals = surfaces[over]
        around_edges = rim(garments[over - 1].mesh)
        cloth = Surroundings(points, worn[over].triangles, 0)
        tree = cKDTree(points)
        for inner, (inside, facing) in enumerate(surfaces):
            # Hats turn with the head: what cloth they cover now and then is not theirs to hide.
            hat = entries[over - 1].kind == "headwear" and inner > 0
            if inner == over or layers[inner] > layers[over] or hat:
                continue
            far, near = tree.query(inside, distance_upper_bound=float(np.hypot(_REACH_M, _ASIDE_M)))
            near[np.isinf(far)] = 0
            apart = inside - points[near]
            out = (apart * normals[near]).sum(1)
            aside = np.linalg.norm(apart - out[:, None] * normals[near], axis=1)
            alike = (facing * normals[near]).sum(1) > 0.3
            hang = garments[over - 1].hang
            if hang is not None:
                alike &= hang.pinned[near] > 0.99
            under = (
                np.isfinite(far)
                & alike
                & ~around_edges[near]
                & (aside < _ASIDE_M)
                & (out < 0)
                & (out > -_REACH_M)
            )
            # Nor are chin and cheeks that of collars and hoods, in which the head turns.
            if inner == 0 and entries[over - 1].kind not in _ON_HEAD:
                under &= ~turning
            chosen = np.flatnonzero(under)
            chosen = chosen[cloth.stop(inside[chosen], normals[near[chosen]])]
            # A sleeve that rests in the side of a vest is not covered by it: the arm takes it away.
            common = weights[inner][chosen].minimum(weights[over][near[chosen]]).sum(1)
            chosen = chosen[common > _SHARED]
            name = f"{names[inner]} under {names[over]}"
            cover = near[chosen].astype(np.int32)
            found.append(_Pair(name, inner, chosen.astype(np.int32), over, cover, far[chosen]))
    return found


def _of_head(physique: Physique) -> Mask:
    """(V,) bool: vertices of the basis that the head carries, or bones on it."""
    rig, skin = physique.rig, physique.skin
    on_head = np.zeros(len(rig.names), bool)
    for bone, parent in enumerate(rig.parents):
        on_head[bone] = rig.names[bone] == "head" or (parent >= 0 and on_head[parent])
    return np.asarray((skin.shares * on_head[skin.bones]).sum(1) > 0.5)


def rim(mesh: Mesh, rings: int = 2) -> Mask:
    """(V,) bool: vertices of open edges and of so many rings of neighbours."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    ahead = np.arange(1, len(mesh.corners) + 1)
    ahead[starts + mesh.sizes - 1] = starts
    here, there = mesh.corners.astype(np.int64), mesh.corners[ahead].astype(np.int64)
    count = len(mesh.vertices)
    keys = np.minimum(here, there) * count + np.maximum(here, there)
    _, edge = np.unique(keys, return_inverse=True)
    single = np.bincount(edge)[edge] == 1
    found = np.zeros(count, bool)
    found[here[single]] = found[there[single]] = True
    for _ in range(rings):
        touched = found[here] | found[there]
        found[here[touched]] = found[there[touched]] = True
    return found


def _gathered(mesh: Mesh) -> Weights:
    """(V, F) which of the triangles of `triangles_of` are of polygons around each vertex."""
    sides = np.maximum(mesh.sizes - 2, 0)
    owner = np.concatenate([np.flatnonzero(sides >= k) for k in range(1, int(sides.max(initial=0)) + 1)])
    count, polygons = len(mesh.vertices), len(mesh.sizes)
    around = (mesh.corners, np.repeat(np.arange(polygons), mesh.sizes))
    touching = sparse.csr_array((np.ones(len(mesh.corners)), around), (count, polygons))
    parts = sparse.csr_array((np.ones(len(owner)), (owner, np.arange(len(owner)))), (polygons, len(owner)))
    return sparse.csr_array(touching @ parts)
