"""Where the cracks of a broken surface run: its triangles parted into cells with bent borders."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.things.relief import edges_of

CHIP_WIDTH_M = 0.0016
"""Narrower cells stay with their neighbour: such fragments are dust, not shards."""


def cells(
    points: Array, triangles: IntArray, count: int, rng: np.random.Generator
) -> tuple[csr_matrix, IntArray, IntArray]:
    """Part a surface into cells.

    Returns a sparse matrix that makes the points of the parted surface from the old ones, its
    triangles (F, 3), and the cell of each triangle (F,).
    """
    distance = _distances(points, triangles, count, rng)
    label = distance.argmin(axis=1).astype(np.int32)
    site = label[triangles]
    different = np.stack([site[:, k] != site[:, (k + 1) % 3] for k in range(3)], axis=1)
    edges, sides = edges_of(triangles)
    first, second = edges.T
    cracked = label[first] != label[second]
    gap_first = distance[first, label[second]] - distance[first, label[first]]
    gap_second = distance[second, label[first]] - distance[second, label[second]]
    share = np.clip(gap_first / np.maximum(gap_first + gap_second, 1e-12), 0.04, 0.96)
    new = np.full(len(edges), -1)
    new[cracked] = len(points) + np.arange(cracked.sum())
    middle = new[sides]
    lone = different.sum(axis=1) == 2
    meeting = np.flatnonzero(different.all(axis=1))
    hubs = len(points) + int(cracked.sum()) + np.arange(len(meeting))

    faces = [triangles[~different.any(axis=1)]]
    owner = [site[~different.any(axis=1), 0]]
    # One corner lies in another cell than the other two.
    rows = np.flatnonzero(lone)
    start = np.argmax(different[rows] & np.roll(different[rows], 1, axis=1), axis=1)
    order = (start[:, None] + np.arange(3)) % 3
    a, b, c = np.take_along_axis(triangles[rows], order, axis=1).T
    ab, _, ca = np.take_along_axis(middle[rows], order, axis=1).T
    one, other = np.take_along_axis(site[rows], order, axis=1)[:, :2].T
    faces += [np.stack([a, ab, ca], 1), np.stack([ab, b, c], 1), np.stack([ab, c, ca], 1)]
    owner += [one, other, other]
    # Three cells meet in a triangle.
    for k in range(3):
        corner, ahead = triangles[meeting, k], middle[meeting, k]
        behind = middle[meeting, (k + 2) % 3]
        faces += [np.stack([corner, ahead, hubs], 1), np.stack([corner, hubs, behind], 1)]
        owner += [site[meeting, k]] * 2

    weights = _mixing(len(points), edges[cracked], share[cracked], triangles[meeting])
    return weights, np.concatenate(faces).astype(np.int32), np.concatenate(owner).astype(np.int32)


def without_crumbs(points: Array, thickness: Array, faces: IntArray, owner: IntArray) -> IntArray:
    """The cell of each triangle, where pieces too small to be shards have joined a neighbour.

    Pieces of less than half the wall's thickness are too small, and those below CHIP_WIDTH_M.
    """
    _, side = edges_of(faces)
    order = np.argsort(side.ravel(), kind="stable")
    same = np.flatnonzero(np.diff(side.ravel()[order]) == 0)
    left, right = order[same] // 3, order[same + 1] // 3
    corner = points[faces]
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1) / 2
    least = np.maximum(CHIP_WIDTH_M, 0.5 * thickness[faces].mean(axis=1)) ** 2
    for _ in range(4):
        within = owner[left] == owner[right]
        links = coo_matrix((np.ones(within.sum()), (left[within], right[within])), (len(faces),) * 2)
        _, piece = connected_components(links, directed=False)
        total = np.bincount(piece, area)
        crumbs = np.flatnonzero(total * np.bincount(piece) < np.bincount(piece, least))
        owner = piece.astype(np.int32)
        for crumb in crumbs:
            touching = np.concatenate(
                [piece[right[piece[left] == crumb]], piece[left[piece[right] == crumb]]]
            )
            touching = touching[touching != crumb]
            if len(touching):
                values, counts = np.unique(touching, return_counts=True)
                owner[piece == crumb] = values[np.argmax(counts)]
        if not len(crumbs):
            break
    return owner


def _mixing(count: int, edges: IntArray, share: Array, hubs: IntArray) -> csr_matrix:
    """Matrix (V, count): the old points, then points on edges, then middles of triangles."""
    line, middle = np.arange(len(edges)) + count, np.arange(len(hubs)) + count + len(edges)
    rows = np.concatenate([np.arange(count), line, line, np.repeat(middle, 3)])
    columns = np.concatenate([np.arange(count), edges[:, 0], edges[:, 1], hubs.ravel()])
    values = np.concatenate([np.ones(count), 1 - share, share, np.full(3 * len(hubs), 1 / 3)])
    return coo_matrix((values, (rows, columns)), (count + len(edges) + len(hubs), count)).tocsr()


def _distances(points: Array, triangles: IntArray, count: int, rng: np.random.Generator) -> Array:
    """Distance (V, S) of the points from scattered sites, bent by smooth noise."""
    corner = points[triangles]
    area = np.linalg.norm(np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1)
    pick = rng.choice(len(triangles), 40 * count, p=area / area.sum())
    weight = rng.dirichlet((1.0, 1.0, 1.0), len(pick))
    candidates = np.einsum("nk,nkx->nx", weight, corner[pick])
    size = float(np.ptp(points, axis=0).max())
    # What breaks is mostly struck at an edge: one of the points farthest out or lowest.
    exposed = (
        np.linalg.norm(candidates[:, :2], axis=1) - candidates[:, 2] + rng.uniform(0, 0.3 * size, len(pick))
    )
    struck = candidates[np.argsort(-exposed)[:1]]
    # A third of the sites lie far from each other, half crowd towards the blow, and the rest
    # make the chips there.
    wide = max(3, round(0.34 * count))
    sites = [candidates[0]]
    while len(sites) < wide:
        apart = np.linalg.norm(candidates[:, None] - np.array(sites)[None], axis=2).min(axis=1)
        sites.append(candidates[int(np.argmax(apart * rng.uniform(0.35, 1.0, len(apart))))])
    for reach, number in ((0.3 * size, count - wide - count // 5), (0.045 * size, count // 5)):
        near = np.linalg.norm(candidates[:, None] - struck[None], axis=2).min(axis=1)
        chance = np.exp(-((near / reach) ** 2)) + 1e-12
        chosen = rng.choice(len(candidates), number, replace=False, p=chance / chance.sum())
        sites += list(candidates[chosen])
    centre = np.array(sites)
    away = centre - struck[np.linalg.norm(centre[:, None] - struck[None], axis=2).argmin(axis=1)]
    length = np.linalg.norm(away, axis=1, keepdims=True)
    ray = away / np.maximum(length, 1e-9)
    # Cracks run outward from the blow: cells are longer along the way from it than across.
    stretch = 1 - 1 / (1 + 1.9 * np.clip(length / size * 3, 0, 1)) ** 2
    offset = (points + _noise(points, size, rng))[:, None] - centre[None]
    along = np.einsum("vsx,sx->vs", offset, ray)
    squared = np.einsum("vsx,vsx->vs", offset, offset) - stretch.ravel() * along**2
    distances: Array = np.sqrt(np.maximum(squared, 0.0))
    return distances


def _noise(points: Array, size: float, rng: np.random.Generator) -> Array:
    """A smooth displacement (N, 3) of some percent of the size, in four octaves."""
    moved = np.zeros_like(points)
    for octave in range(4):
        wave = size * 0.5 / 2.1**octave
        frequency = rng.normal(size=(5, 3)) * 2 * np.pi / wave / 1.7
        phase, swing = rng.uniform(0, 2 * np.pi, 5), rng.normal(size=(5, 3))
        moved += np.sin(points @ frequency.T + phase) @ swing * (0.018 * wave)
    return moved
