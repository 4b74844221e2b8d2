"""Measures how clothes fit in motion: what shows through what covers it.

A point of skin or of inner cloth belongs to the nearest place of the cloth over it at rest. In
a pose it pokes through where it lies outside that place along the cloth's normal, unless that is
deep in a fold between limbs, where nothing is seen. What hangs is left to its simulation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray, Mesh
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.cloth import Mask
from lichtspiel.library.people.clothes.fitting import Skin
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Rig, about, bones_posed, multiply, rest_pose, skinned

_REACH_M = 0.03
_ASIDE_M = 0.012
_AHEAD_M = (0.012, 0.03)
"""How far before a point is looked for another limb."""
_SHOWS_M = 0.0005
"""Less than this is hidden by the thickness of the cloth."""

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
    """share: of the covered points that show through. deepest_m: how far the worst sticks out."""

    share: float
    deepest_m: float
    worst: str
    """What shows most, as `inner under outer`."""


@dataclass(frozen=True, eq=False)
class _Pair:
    """Points (K,) of an inner surface and the vertices (K,) of the cloth over them."""

    name: str
    inner: int
    points: IntArray
    over: int
    vertices: IntArray


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
    body, surfaces = _surfaces(garments, physique)
    found = _pairs(garments, surfaces)
    covered, shown, deepest, worst = 0, 0, 0.0, ""
    for pose in poses:
        heads, turns = bones_posed(physique.rig, np.zeros(3), pose)
        person = skinned(physique.rig, physique.skin, physique.vertices, heads, turns)
        skin = Skin(person)
        moved = [person[body]]
        moved += [skinned(physique.rig, g.skin, g.mesh.vertices, heads, turns) for g in garments]
        normals = [normals_of(g.mesh, points) for g, points in zip(garments, moved[1:], strict=True)]
        for pair in found:
            points, facing = moved[pair.inner][pair.points], normals[pair.over - 1][pair.vertices]
            out = ((points - moved[pair.over][pair.vertices]) * facing).sum(1)
            covered += len(out)
            through = out > _SHOWS_M
            through[through] = _in_view(skin, points[through], facing[through])
            shown += int(through.sum())
            if through.any() and out[through].max() > deepest:
                deepest, worst = float(out[through].max()), pair.name
    return Fit(shown / max(covered, 1), deepest, worst)


def _in_view(skin: Skin, points: Array, facing: Array) -> Mask:
    """(K,) whether there is air before points: no limb lies on them."""
    free = np.ones(len(points), bool)
    for ahead in _AHEAD_M:
        at = points + ahead * facing
        free &= skin.outside(at) > 0.003
    return free


def _surfaces(garments: Sequence[Garment], physique: Physique) -> tuple[IntArray, list[tuple[Array, Array]]]:
    """Vertices of skin that is seen, and points and normals of it and of every garment at rest."""
    basis = load()
    hidden = np.concatenate([np.zeros(0, np.int32), *(garment.hides for garment in garments)])
    faces = basis.faces[np.setdiff1d(basis.faces_of("body"), hidden)]
    body = np.unique(faces).astype(np.int32)
    corners = np.searchsorted(body, faces).ravel().astype(np.int32)
    sizes = np.full(len(faces), 4, np.int32)
    skin = Mesh(physique.vertices[body], corners, sizes, np.zeros(len(faces), np.int32))
    meshes = [skin, *(garment.mesh for garment in garments)]
    return body, [(mesh.vertices, normals_of(mesh, mesh.vertices)) for mesh in meshes]


def _pairs(garments: Sequence[Garment], surfaces: Sequence[tuple[Array, Array]]) -> list[_Pair]:
    found = []
    names = ["skin", *(garment.garment for garment in garments)]
    for over in range(1, len(surfaces)):
        points, normals = surfaces[over]
        rim = _rim(garments[over - 1].mesh)
        tree = cKDTree(points)
        for inner, (inside, facing) in enumerate(surfaces):
            if inner == over:
                continue
            _, near = tree.query(inside)
            apart = inside - points[near]
            out = (apart * normals[near]).sum(1)
            aside = np.linalg.norm(apart - out[:, None] * normals[near], axis=1)
            alike = (facing * normals[near]).sum(1) > 0.3
            hang = garments[over - 1].hang
            if hang is not None:
                alike &= hang.pinned[near] > 0.99
            under = alike & ~rim[near] & (aside < _ASIDE_M) & (out < 0) & (out > -_REACH_M)
            chosen = np.flatnonzero(under)
            name = f"{names[inner]} under {names[over]}"
            found.append(_Pair(name, inner, chosen.astype(np.int32), over, near[chosen].astype(np.int32)))
    return found


def _rim(mesh: Mesh) -> Mask:
    """(V,) bool: vertices of open edges and of their neighbours."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    ahead = np.arange(1, len(mesh.corners) + 1)
    ahead[starts + mesh.sizes - 1] = starts
    here, there = mesh.corners.astype(np.int64), mesh.corners[ahead].astype(np.int64)
    count = len(mesh.vertices)
    single = ~np.isin(here * count + there, there * count + here)
    rim = np.zeros(count, bool)
    rim[here[single]] = rim[there[single]] = True
    for _ in range(2):
        touched = rim[here] | rim[there]
        rim[here[touched]] = rim[there[touched]] = True
    return rim


def normals_of(mesh: Mesh, points: Array) -> Array:
    """(V, 3) unit normals of a mesh whose vertices are at these points."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    owner = np.repeat(np.arange(len(mesh.sizes)), mesh.sizes)
    ahead = np.arange(1, len(mesh.corners) + 1)
    ahead[starts + mesh.sizes - 1] = starts
    first = points[mesh.corners[starts]][owner]
    spokes = np.cross(points[mesh.corners] - first, points[mesh.corners[ahead]] - first)
    areas = np.add.reduceat(spokes, starts, axis=0)[owner]
    total = np.stack([np.bincount(mesh.corners, areas[:, k], len(points)) for k in range(3)], 1)
    return np.asarray(total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-15))
