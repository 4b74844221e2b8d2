"""What hangs below a shell: skirts, coat tails, gowns. Rows of cloth that fall from its hem.

They are shaped on a body that stands with its legs together, and carried back to the rest pose,
so that standing people wear them as they were shaped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.clothes.fitting import Fitting, cage_places
from lichtspiel.library.people.clothes.hulls import at_sector, hull_radius
from lichtspiel.library.people.clothes.sewing import Weights, Work
from lichtspiel.library.people.clothes.standing import Standing

_SECTORS = 96
_ROW_M = 0.022
_PINNED_M = 0.22
"""How far below its beginning a tail hangs free altogether."""


@dataclass(frozen=True)
class Tail:
    """How cloth falls. Heights are metres of the canonical body.

    end: where it ends. flare: metres outward a metre down. ease: room about the legs. folds: how
    many run down. depth: of a fold at the end, metres. gather: depth of the small folds in which
    the cloth is gathered at the seam, metres. slit: open in front. train: how much longer it is
    behind, metres.
    """

    end: float
    flare: float = 0.12
    ease: float = 0.006
    folds: int = 9
    depth: float = 0.012
    gather: float = 0.0
    slit: bool = False
    train: float = 0.0


def sew_tail(
    work: Work,
    fitting: Fitting,
    tail: Tail,
    loop: IntArray,
    at: Array,
    weights: Weights,
    thickness_m: float,
    slot: int,
    rng: np.random.Generator,
) -> None:
    """Add a tail that is sewn to vertices `loop` (N,) at points `at`."""
    standing = Standing.of(fitting)
    front = int(np.argmin(at[:, 1] + np.abs(at[:, 0])))
    order = np.roll(np.arange(len(loop)), -front)
    if tail.slit:
        order = np.append(order, order[0])
    loop, top = loop[order], standing.bend.bent(at[order], sparse.csr_array(weights[order]))
    rows = _rows(fitting, standing, tail, top, rng)
    carried = _carried(fitting, standing, rows, sparse.csr_array(weights[order]))
    rest = standing.bend.at_rest(rows.reshape(-1, 3), carried).reshape(rows.shape)
    rest[0] = at[order]
    inward = np.array([0.0, 0.0, 0.0]) - np.stack([rest[-1, :, 0], rest[-1, :, 1], 0 * rest[-1, :, 0]], 1)
    inward /= np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-6)
    inside = rest[-1] + inward * thickness_m
    fold = np.stack([inside, inside + (rest[-2] - rest[-1]) * 0.7])
    rest = np.concatenate([rest, fold])
    last = sparse.csr_array(carried[-rows.shape[1] :])
    carried = sparse.csr_array(sparse.vstack([carried, last, last]))
    steps = np.linalg.norm(np.diff(rows, axis=0), axis=2).cumsum(0)
    free = np.clip(steps / (_PINNED_M * fitting.scale), 0, 1)
    pinned = 1 - free * free * (3 - 2 * free)
    pinned = np.concatenate([pinned, pinned[-1:], pinned[-1:]]).ravel()
    work.add_rows(rest, carried, slot, closed=not tail.slit, join=loop, flip=True, pinned=pinned)


def _rows(fitting: Fitting, standing: Standing, tail: Tail, top: Array, rng: np.random.Generator) -> Array:
    """(R, N, 3) rows from the hem down, on the standing body."""
    centre = top.mean(0)
    arm = top[:, :2] - centre[:2]
    turn, reach = np.arctan2(arm[:, 1], arm[:, 0]), np.linalg.norm(arm, axis=1)
    end = standing.height_at(tail.end)
    count = max(4, round((float(top[:, 2].mean()) - end) / (_ROW_M * fitting.scale)))
    shares = np.linspace(0, 1, count + 1)
    legs = _legs(standing, centre, float(top[:, 2].max()), end)
    phase = rng.uniform(0, 2 * np.pi, 4)
    behind = np.clip(np.sin(turn), 0, 1) ** 2
    rows = [top]
    for share in shares[1:]:
        z = top[:, 2] + (end - tail.train * 0.0 - top[:, 2]) * share
        drop = rows[-1][:, 2] - z
        body = legs(turn, z) + tail.ease * fitting.scale
        # It takes some way down until cloth has spread from a narrow hem over the hips.
        reach = np.maximum(reach + tail.flare * drop, np.minimum(body, reach + 0.9 * drop))
        reach = reach + 0.5 * (_round(reach) - reach)
        wave = np.sin(tail.folds * turn + phase[0] + 2.0 * share) + 0.6 * np.sin(
            (tail.folds * 1.0 // 2 + 2) * turn + phase[1] - 1.5 * share
        )
        deep = tail.depth * fitting.scale * share**1.3
        out = reach + deep * (wave + 1.2) + tail.train * behind * share**6
        out = out + _gathers(tail, fitting.scale, turn, top[:, 2] - z, phase)
        xy = centre[:2] + out[:, None] * np.stack([np.cos(turn), np.sin(turn)], 1)
        rows.append(np.column_stack([xy, z]))
    return np.stack(rows)


def _gathers(tail: Tail, scale: float, turn: Array, below: Array, phase: Array) -> Array:
    """Small folds (N,) `below` a seam, that join into the large ones farther down."""
    wave = np.sin(2.6 * tail.folds * turn + phase[2]) + 0.7 * np.sin(4.1 * tail.folds * turn + phase[3])
    strength = np.clip(below / (0.03 * scale), 0, 1) * np.exp(-below / (0.25 * scale))
    return np.asarray(tail.gather * scale * strength * (wave + 1.0))


def _round(values: Array) -> Array:
    return (np.roll(values, 2) + np.roll(values, 1) + values + np.roll(values, -1) + np.roll(values, -2)) / 5


def _legs(standing: Standing, centre: Array, top: float, end: float) -> Callable[[Array, Array], Array]:
    """How far the standing body reaches out at a turn and a height."""
    points = standing.outline
    low = (points[:, 2] < top + 0.03) & (cage_places().armness < 0.3)
    arm = points[low, :2] - centre[:2]
    rings = 40
    span = max(top + 0.03 - end, 0.1)
    ring = np.clip((top + 0.03 - points[low, 2]) / span * rings, 0, rings - 1).astype(int)
    radius = np.zeros((rings, _SECTORS))
    inside = points[low, 2] > end - 0.02
    for k in range(rings):
        members = inside & (ring == k)
        if members.any():
            radius[k] = hull_radius(arm[members], _SECTORS)
        elif k:
            radius[k] = radius[k - 1]

    def reach(turn: Array, z: Array) -> Array:
        row = np.clip((top + 0.03 - z) / span * rings, 0, rings - 1).astype(int)
        return at_sector(radius, row, (turn / (2 * np.pi) * _SECTORS) % _SECTORS)

    return reach


def _carried(fitting: Fitting, standing: Standing, rows: Array, top: Weights) -> Weights:
    """Shares of bones: of the hem above at the top, of the thighs and a little of the shins below."""
    count, across = rows.shape[:2]
    rig = fitting.physique.rig
    hip = standing.heads[rig.index("upperleg01.L")][2]
    knee = standing.heads[rig.index("lowerleg01.L")][2]
    centre = rows[0].mean(0)
    half = np.abs(rows[..., 0] - centre[0]).max(1, keepdims=True)
    side = np.clip((rows[..., 0] - centre[0]) / np.maximum(half, 1e-6) * 0.9 + 0.5, 0, 1)
    side = side * side * (3 - 2 * side)
    thigh = np.clip((hip + 0.04 - rows[..., 2]) / 0.28, 0, 1) * 0.8
    shin = 0.45 * np.clip((knee - rows[..., 2]) / 0.3, 0, 1)
    bones = len(rig.names)
    parts = []
    for k in range(count):
        table = top.toarray() * (1 - thigh[k])[:, None]
        for name, share in (("L", side[k]), ("R", 1 - side[k])):
            table[:, rig.index(f"upperleg02.{name}")] += thigh[k] * share * (1 - shin[k])
            table[:, rig.index(f"lowerleg01.{name}")] += thigh[k] * share * shin[k]
        parts.append(sparse.csr_array(table))
    made = sparse.csr_array(sparse.vstack(parts))
    assert made.shape == (count * across, bones)
    return made
