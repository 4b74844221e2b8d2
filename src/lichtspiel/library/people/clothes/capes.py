"""Capes: cloth that hangs from the neck over the shoulders and down the back."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.fitting import Fitting, cage_places
from lichtspiel.library.people.clothes.hulls import at_sector, hull_radius
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.sewing import Weights, Work, basis_weights
from lichtspiel.library.people.clothes.standing import Standing

_PINNED_M, _LOOSENS_M = 0.09, 0.16
"""How far from the neck it goes with the shoulders, and in what way more it comes to hang: arms lift it."""
_COLUMNS, _ROWS, _RINGS, _SECTORS = 90, 56, 90, 96


def cape(order: Order, fitting: Fitting) -> Layer:
    """A cape down to `end`, open in front; `half_turn` is how far it reaches round from the back."""

    def sew(_settled: Array, _buried: Cover) -> Work:
        standing = Standing.of(fitting)
        rows = _rows(order, fitting, standing)
        weights = _weights(fitting, standing, rows)
        work = Work()
        rest = standing.bend.at_rest(rows.reshape(-1, 3), weights).reshape(rows.shape)
        fall = np.linalg.norm(np.diff(rows, axis=0), axis=2).cumsum(0)
        free = np.clip(
            (np.concatenate([0 * fall[:1], fall]) - _PINNED_M * fitting.scale) / (_LOOSENS_M * fitting.scale),
            0,
            1,
        )
        work.add_rows(rest, weights, 0, closed=False, pinned=(1 - free * free * (3 - 2 * free)).ravel())
        clasp = meshes.sphere(0.016 * fitting.scale, 20, 10)
        for column in (0, -1):
            first = weights[[0 if column == 0 else _COLUMNS - 1]]
            ball = meshes.moved(clasp, rest[0, column])
            own = sparse.csr_array(sparse.vstack([first] * len(ball.vertices)))
            work.add_mesh(ball, own, order.slot("clasp"))
        return work

    return Layer(order, sew)


def _rows(order: Order, fitting: Fitting, standing: Standing) -> Array:
    """(R, C, 3) on the standing body, from the neck down; columns go round the back."""
    at = cage_places()
    points = standing.outline
    top, end = standing.height_at(1.385), standing.height_at(order.number("end", 0.16))
    axis = points[at.trunk & (at.z > 1.36)].mean(0)[:2]
    near = at.arm < 0.16
    arm = points[near, :2] - axis
    ring = (top - points[near, 2]) / (top - end) * (_RINGS - 1)
    radius = np.zeros((_RINGS, _SECTORS))
    for k in range(_RINGS):
        members = (ring > k - 1.6) & (ring < k + 1.6)
        if members.any():
            radius[k] = hull_radius(arm[members], _SECTORS)
    drop = (top - end) / (_RINGS - 1)
    room = 0.022 * fitting.scale
    radius[0] = np.maximum(radius[0], 0.05 * fitting.scale)
    for k in range(1, _RINGS):
        radius[k] = np.maximum(radius[k], radius[k - 1] + order.number("flare", 0.1) * drop * (k > 12))
    turns = np.pi / 2 + np.linspace(-1, 1, _COLUMNS) * order.number("half_turn", 1.9)
    rows, columns = np.meshgrid(np.arange(_RINGS), (turns / (2 * np.pi) * _SECTORS) % _SECTORS, indexing="ij")
    profile = at_sector(radius, rows, columns) + room
    z = np.linspace(top, end, _RINGS)
    phase = order.rng.uniform(0, 6.28, 2)
    wave = np.sin(order.number("folds", 9.0) * turns + phase[0]) + 0.5 * np.sin(15 * turns + phase[1])
    sheet = np.empty((_ROWS, _COLUMNS, 3))
    for column in range(_COLUMNS):
        line = np.stack([profile[:, column], z], 1)
        run = np.concatenate([[0], np.linalg.norm(np.diff(line, axis=0), axis=1).cumsum()])
        along = np.linspace(0, run[-1], _ROWS)
        reach, height = np.interp(along, run, line[:, 0]), np.interp(along, run, line[:, 1])
        hanging = np.clip((along - 0.25 * fitting.scale) / run[-1], 0, 1)
        reach = reach + order.number("depth", 0.03) * fitting.scale * hanging * (wave[column] + 1.2)
        sheet[:, column] = np.stack(
            [axis[0] + reach * np.cos(turns[column]), axis[1] + reach * np.sin(turns[column]), height], 1
        )
    for _ in range(4):
        sheet[1:-1, 1:-1] = 0.5 * sheet[1:-1, 1:-1] + 0.125 * (
            sheet[:-2, 1:-1] + sheet[2:, 1:-1] + sheet[1:-1, :-2] + sheet[1:-1, 2:]
        )
    return sheet


def _weights(fitting: Fitting, standing: Standing, rows: Array) -> Weights:
    """Shoulders carry the upper part, with half of what their arms do; the back carries the rest."""
    rig = fitting.physique.rig
    table = basis_weights(fitting.physique.skin, len(rig.names))[fitting.index].toarray()
    _, near = cKDTree(standing.outline).query(rows.reshape(-1, 3), k=6)
    own = table[near].mean(1)
    arms = [
        i
        for i, name in enumerate(rig.names)
        if name.startswith(("upperarm", "lowerarm", "wrist", "finger", "meta"))
    ]
    chest = rig.index("spine01")
    own[:, chest] += own[:, arms].sum(1) * 0.7
    own[:, arms] *= 0.3
    shoulder = standing.heads[rig.index("upperarm01.L")][2]
    hang = np.clip((shoulder + 0.02 - rows.reshape(-1, 3)[:, 2]) / (0.16 * fitting.scale), 0, 1)
    own *= (1 - hang)[:, None]
    own[:, chest] += hang
    grid = own.reshape(*rows.shape[:2], -1)
    for _ in range(6):
        grid[:, 1:-1] = 0.5 * grid[:, 1:-1] + 0.25 * (grid[:, :-2] + grid[:, 2:])
        grid[1:-1] = 0.5 * grid[1:-1] + 0.25 * (grid[:-2] + grid[2:])
    return sparse.csr_array(grid.reshape(own.shape) / grid.reshape(own.shape).sum(1, keepdims=True))
