"""Hair gathered at ties: ponytails, pigtails, braids and buns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.hair.drape import Obstacle, Start, grow
from lichtspiel.library.people.hair.head import Head, Scalp
from lichtspiel.library.people.hair.scalp import azimuth_deg
from lichtspiel.library.records import HairStyleEntry, Tie

_GATHER = 12
"""Segments from root to tie."""
_END = {"tail": 32, "braid": 64, "bun": 40}
"""Segments of the end."""
_GUIDES = 1600
_LOCKS = 46
"""Locks in a tail."""
_TEMPLES_DEG, _EDGE_M = (44.0, 74.0), 0.02
"""Between these azimuths, and no farther from the hairline, hair may be too short for the tie."""
_WISPS, _WISP_M, _WISP_WIDE_M = 14, (0.04, 0.11), 0.0045
"""Number of its locks, their lengths, and how wide each is at its root."""
_OFF_FACE_M = 0.0025
_COMBED_BACK_DEG = (35.0, 85.0)
"""Hair that grows at azimuths up to the first is combed back before it turns to the tie."""
_DOWN_M = (0.006, 0.03)
"""Lengths of the short hairs at the edge of the scalp."""


@dataclass(frozen=True, eq=False)
class Knot:
    """A tie in place. place, normal: (3,) metres, away from the head. width: radius of the hair in it."""

    place: Array
    normal: Array
    width: float


def grow_tied(head: Head, style: HairStyleEntry, scalp: Scalp, count: int, rng: np.random.Generator) -> Array:
    """The first `count` hairs of a scalp, (count, K, 3), over the tie nearest to each. Raises ValueError."""
    tie = style.tie
    if tie is None:
        raise ValueError(f"{style.id} is not tied")
    discs = _disc(len(scalp.points), rng)
    strands = rng.integers(0, 3, len(scalp.points)).astype(np.int32)
    own = rng.uniform(0.0, 1.0, len(scalp.points))
    layers = head.scale * style.volume_m * rng.uniform(0.25, 1.0, len(scalp.points))
    hairs = np.empty((count, _GATHER + _END[tie.end] + 1, 3))
    spots = np.asarray(tie.spots)
    mine = np.argmin(np.abs(scalp.places[:, None, 0] - spots[None, :, 0]), axis=1)
    for index, spot in enumerate(spots):
        knot = _knot(head, tie, spot)
        rows = np.flatnonzero(mine == index).astype(np.int32)
        shown = rows[rows < count]
        guides = rows[:_GUIDES]
        first, second = _across(knot.normal)
        through = knot.place + knot.width * (discs[:, :1] * first + discs[:, 1:] * second)
        bulges = _to_tie(head.body, _combed(scalp, guides, through[guides]), layers[guides])
        combed = _combed(scalp, shown, through[shown])
        hairs[shown, : _GATHER + 1] = combed + _blended(scalp.points[guides], bulges, scalp.points[shown])
        if tie.end == "bun":
            ends = _bun(knot, discs[shown], own[shown])
        else:
            middle = _middle(head, knot, style, tie)
            if tie.end == "braid":
                ends = _braid(middle, discs[shown], strands[shown], knot.width)
            else:
                ends = _tail(head, middle, discs[shown], own[shown], knot.width)
        # The gathered part meets its end wherever that begins.
        meet = ends[:, :1] - hairs[shown, _GATHER : _GATHER + 1]
        fade = (np.linspace(0, 1, _GATHER + 1) ** 3)[None, :, None]
        hairs[shown, : _GATHER + 1] += meet * fade
        hairs[shown, _GATHER:] = ends
    loose, ways = _wisps(head, scalp, hairs.shape[1] - 1, rng)
    hairs[loose[loose < count]] = ways[loose < count]
    return _with_down(hairs, scalp.strength[:count], head.scale, rng)


def _wisps(head: Head, scalp: Scalp, steps: int, rng: np.random.Generator) -> tuple[IntArray, Array]:
    """Rows (N,) of hairs at the temples that are too short for the tie; how they fall, (N, steps + 1, 3)."""
    edge = np.flatnonzero(_temples(scalp))
    if not len(edge):
        return np.zeros(0, np.int32), np.zeros((0, steps + 1, 3))
    chosen = rng.choice(edge, min(_WISPS, len(edge)), replace=False)
    side = np.sign(scalp.points[chosen, :1])
    down = np.array([0.0, 0.0, -1.0]) + side * [0.08, 0.0, 0.0] + [0.0, 0.12, 0.0]
    start = Start(
        scalp.points[chosen],
        scalp.normals[chosen],
        0.35 * scalp.normals[chosen] + 0.65 * down + rng.normal(0, 0.12, (len(chosen), 3)),
        head.scale * rng.uniform(*_WISP_M, len(chosen)),
        np.full(len(chosen), _OFF_FACE_M),
    )
    bent = down + rng.normal(0, 0.06, (len(chosen), 3))
    middles = grow(head.body, start, steps, 0.85, lambda *_: bent, 0.015)
    away, mine = cKDTree(scalp.points[chosen]).query(scalp.points[edge])
    within = away < _WISP_WIDE_M
    rows, mine = edge[within], mine[within]
    share = np.linspace(0, 1, steps + 1)[None, :, None]
    apart = (scalp.points[rows] - scalp.points[chosen][mine])[:, None] * (1 - 0.7 * share)
    waves = 0.0012 * np.sin(np.linspace(0, 9, steps + 1))[None, :, None] * rng.normal(0, 1, (len(rows), 1, 3))
    ways = middles[mine] + apart + share * waves
    ways = ways[:, :1] + (ways - ways[:, :1]) * rng.uniform(0.6, 1.0, (len(rows), 1, 1))
    return rows.astype(np.int32), ways


def _temples(scalp: Scalp) -> NDArray[np.bool_]:
    """(N,) which hairs grow at the edge of the scalp between forehead and ear."""
    turn = azimuth_deg(scalp.places)
    between = (turn > _TEMPLES_DEG[0]) & (turn < _TEMPLES_DEG[1])
    cell = np.floor(turn / 3).astype(int) * 2 + (scalp.places[:, 0] > 0)
    lowest = np.full(cell.max(initial=0) + 1, np.inf)
    np.minimum.at(lowest, cell, scalp.places[:, 2])
    return np.asarray(between & (scalp.places[:, 2] < lowest[cell] + _EDGE_M))


def _knot(head: Head, tie: Tie, spot: Array) -> Knot:
    near = head.eyes + head.scale * spot
    height, normal, _ = head.body.probe(near[None])
    width = head.scale * tie.width_m
    return Knot(near + normal[0] * (0.9 * width - height[0]), normal[0], width)


def _combed(scalp: Scalp, rows: IntArray, through: Array) -> Array:
    """Ways (N, _GATHER + 1, 3) from roots to a tie: hair of the forehead is first combed back.

    The shortest way from there to a tie at the side of the neck would lie across the face.
    """
    roots, normals = scalp.points[rows], scalp.normals[rows]
    back = np.array([0.0, 1.0, 0.0]) - normals[:, 1:2] * normals
    back /= np.maximum(np.linalg.norm(back, axis=1, keepdims=True), 1e-6)
    front = np.interp(azimuth_deg(scalp.places[rows]), _COMBED_BACK_DEG, (1.0, 0.0))[:, None]
    reach = np.linalg.norm(through - roots, axis=1, keepdims=True)
    turn = (roots + through) / 2 * (1 - front) + (roots + 0.6 * reach * back) * front
    share = np.linspace(0, 1, _GATHER + 1)[None, :, None]
    ways = roots[:, None] * (1 - share) ** 2 + turn[:, None] * 2 * share * (1 - share)
    return np.asarray(ways + through[:, None] * share**2)


def _with_down(hairs: Array, strength: Array, scale: float, rng: np.random.Generator) -> Array:
    """The hairs (N, K, 3), of which many at the very edge of the scalp are short and fine.

    strength: (N,) how well each grows, 1 inside the scalp.
    """
    chance, length = rng.random(len(hairs)), scale * rng.uniform(*_DOWN_M, len(hairs))
    short = np.flatnonzero(chance > 0.35 + strength)
    steps = np.linalg.norm(np.diff(hairs[short], axis=1), axis=2).cumsum(1)
    along = np.hstack([np.zeros((len(short), 1)), steps])
    grid = np.linspace(0, 1, hairs.shape[1])
    for row, way in zip(short, along, strict=True):
        at = np.minimum(length[row], way[-1]) * grid
        hairs[row] = np.stack([np.interp(at, way, hairs[row, :, axis]) for axis in range(3)], -1)
    return hairs


def _blended(guides: Array, bulges: Array, roots: Array) -> Array:
    distance, near = cKDTree(guides).query(roots, 3)
    share = 1 / (distance + 5e-4) ** 2
    share /= share.sum(1, keepdims=True)
    return np.asarray(sum(share[:, k, None, None] * bulges[near[:, k]] for k in range(3)))


def _to_tie(body: Obstacle, combed: Array, layers: Array) -> Array:
    """How far (N, _GATHER + 1, 3) taut hair bends from the way it is combed, over the head."""
    share = np.linspace(0, 1, _GATHER + 1)[None, :]
    rise = (layers[:, None] * np.clip(share / 0.25, 0.1, 1))[:, 1:-1].ravel()
    ways = combed.copy()
    for attempt in range(4):
        inner = ways[:, 1:-1]
        if attempt:
            inner = 0.5 * inner + 0.25 * (ways[:, :-2] + ways[:, 2:])
        flat = inner.reshape(-1, 3)
        height, normal, _ = body.probe(flat)
        ways[:, 1:-1] = (flat + normal * np.maximum(rise - height, 0)[:, None]).reshape(inner.shape)
    return ways - combed


def _middle(head: Head, knot: Knot, style: HairStyleEntry, tie: Tie) -> Array:
    """(K, 3) way of the middle of a hanging end."""
    side = float(np.sign(knot.place[0]) or 1.0)

    def pull(points: Array, _vertices: Array, share: Array) -> Array:
        down = np.zeros_like(points)
        down[:, 2] = -0.5
        if tie.forward:
            down[:, 1] -= 0.75 * np.clip(1 - share / 0.6, 0, 1)
            down[:, 0] += 0.25 * side * np.clip(0.4 - share, 0, 1)
        return down

    out = knot.normal * tie.leaves + np.array([0.0, 0.0, -0.35])
    out /= np.linalg.norm(out)
    layer = np.array([1.1 * knot.width])
    start = Start(
        knot.place[None], knot.normal[None], out[None], np.array([style.back_m * head.scale]), layer
    )
    way = grow(head.body, start, _END[tie.end], 0.7, pull, 0.03)[0]
    for _ in range(2):
        way[1:-1] = 0.5 * way[1:-1] + 0.25 * (way[:-2] + way[2:])
    return np.asarray(way)


def _tail(head: Head, middle: Array, disc: Array, own: Array, width: float) -> Array:
    """A loose bundle of locks: it swells below the tie and thins to the tips."""
    share = np.linspace(0, 1, len(middle))
    first, second = _frames(middle)
    swell = width * np.interp(share, [0, 0.12, 0.45, 0.8, 1], [1, 1.5, 2.0, 1.8, 1.1])
    ways = _resampled(middle, (1 - 0.4 * own[:, None] ** 2) * share[None])
    centres = disc[:_LOCKS]
    lock = centres[cKDTree(centres).query(disc)[1]]
    places = disc[:, None] + (0.75 * share**0.7)[None, :, None] * (lock - disc)[:, None]
    places = places * swell[None, :, None]
    offsets = places[..., :1] * first[None] + places[..., 1:] * second[None]
    # The skin below the middle is flat enough to stand for what lies below the bundle.
    height, normal, _ = head.body.probe(middle)
    above = height[None] + (offsets * normal[None]).sum(2)
    lack = np.clip(0.003 - above, 0, None)
    return np.asarray(ways + offsets + lack[..., None] * normal[None])


def _braid(middle: Array, disc: Array, strand: IntArray, width: float) -> Array:
    """Three strands that cross in turn, then a tuft. disc: (N, 2) unit place of each hair in its strand."""
    share = np.linspace(0, 1, len(middle))
    first, second = _frames(middle)
    length = float(np.linalg.norm(np.diff(middle, axis=0), axis=1).sum())
    angle = (2 * np.pi * share * length / (width * 3.6))[None] + (strand * 2 * np.pi / 3)[:, None]
    tuft = np.clip((share - 0.86) / 0.14, 0, 1)
    begin = np.clip(share / 0.05, 0, 1)
    taper = (1 - 0.35 * share) * width
    apart = taper * begin * (1 - np.clip(tuft * 4, 0, 1))
    thick = taper * np.interp(share, [0, 0.05, 0.86, 0.875, 0.93, 1], [0.95, 0.52, 0.52, 0.45, 0.8, 0.55])
    sideways = apart * 0.78 * np.sin(angle) + disc[:, :1] * thick
    depth = apart * 0.45 * np.sin(2 * angle) + disc[:, 1:] * thick
    return np.asarray(middle[None] + sideways[..., None] * first[None] + depth[..., None] * second[None])


def _bun(knot: Knot, disc: Array, own: Array) -> Array:
    """A ring of hair wound about the tie. disc: (N, 2) unit place of each hair."""
    first, second = _across(knot.normal)
    share = np.linspace(0, 1, _END["bun"] + 1)[None]
    angle = 2 * np.pi * (own[:, None] + 1.15 * share)
    ring, tube = 1.35 * knot.width, 1.05 * knot.width
    enter = np.clip(share / 0.1, 0, 1)
    spin = np.arctan2(disc[:, 1:], disc[:, :1]) + 2.2 * share
    depth = 0.55 + 0.45 * np.linalg.norm(disc, axis=1, keepdims=True)
    radius = (ring + tube * depth * np.cos(spin)) * enter
    out = (tube * depth * np.sin(spin) + 0.6 * tube) * enter
    ways = knot.place + (radius * np.cos(angle))[..., None] * first
    return np.asarray(ways + (radius * np.sin(angle))[..., None] * second + out[..., None] * knot.normal)


def _disc(count: int, rng: np.random.Generator) -> Array:
    turn, reach = rng.uniform(0, 2 * np.pi, count), np.sqrt(rng.random(count))
    return np.stack([reach * np.cos(turn), reach * np.sin(turn)], -1)


def _across(axis: Array) -> tuple[Array, Array]:
    """Two unit directions across an axis, the first as level as can be."""
    first = np.cross([0.0, 0.0, 1.0], axis)
    first /= max(float(np.linalg.norm(first)), 1e-9)
    return first, np.cross(axis, first)


def _frames(way: Array) -> tuple[Array, Array]:
    """Across directions (K, 3) along a way, carried on without twist."""
    tangent = np.gradient(way, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-12)
    first = np.empty_like(way)
    seed = np.array([1.0, 0.0, 0.0])
    for step, along in enumerate(tangent):
        seed = seed - (seed @ along) * along
        seed /= max(float(np.linalg.norm(seed)), 1e-9)
        first[step] = seed
    return first, np.cross(tangent, first)


def _resampled(way: Array, share: Array) -> Array:
    """Points (N, K, 3) at shares (N, K) of a way (M, 3)."""
    grid = np.linspace(0, 1, len(way))
    return np.stack([np.interp(share, grid, way[:, axis]) for axis in range(3)], -1)
