"""Collars, lapels and hoods along a neckline."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.ndimage import gaussian_filter1d
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.applique import Trimming
from lichtspiel.library.people.clothes.cloth import shell
from lichtspiel.library.people.clothes.fitting import CAGE, Fitting, laid
from lichtspiel.library.people.clothes.sewing import Weights, basis_weights
from lichtspiel.library.people.clothes.sheet import Sheet
from lichtspiel.library.people.rig import Skin

_FINGER_M = 0.0095
"""Room between a neck, that turns, and a collar, that hardly does."""
_DRAWN_M = 0.03
"""How far the upper edge of a shirt's collar is drawn in at most to lie a finger off the neck."""
_BELOW_HEAD = ("neck", "spine", "clavicle", "shoulder")
_FRONT_M = 0.045
"""Way from the front within which a leaf is cut slanting."""
_LEANS = 0.2
"""How far outward a leaf falls for each metre down, where nothing below it holds it up."""
_TUCKED = (-0.003, 0.008), (-0.0015, 0.03)
"""How far a leaf may stand off its own cloth, by how far that lies outside what is worn over it, metres."""
_HOOD_STANDS = (0.004, 0.030)
"""How high a hood stands in front, and how much higher around the neck, metres."""
_HOOD_FALLS = (0.016, 0.045, 0.125)
"""Way from its rim to its edge in front, at the sides, and how much more at the nape, metres."""
_HOOD_ROWS = (0.12, 0.28, 0.45, 0.62, 0.78, 0.9, 1.0)
_HOOD_EASES = 3, 3.0
"""How often the lift of a hood off the cloth is evened out and topped up again, and over how many points."""
_TURNS = 0.8
"""How far the upper edge of a collar goes with the neck."""


@dataclass(frozen=True, eq=False)
class Neckline:
    """The upper edge of a garment from its front once round the neck.

    at: (N, 3). out: (N, 3) level, away from the neck's axis. facing: (N,) 1 in front … -1 at the
    nape.
    """

    at: Array
    out: Array
    facing: Array
    weights: Weights

    @classmethod
    def of(cls, sheet: Sheet) -> Neckline | None:
        """Of the loop around the neck; None where a garment has none."""
        loops = [
            loop
            for loop, edge in zip(sheet.piece.loops, sheet.edges, strict=True)
            if edge in ("neck", "vee", "collar")
        ]
        if not loops:
            return None
        loop = max(loops, key=len)
        at = sheet.piece.places
        start = int(np.argmin(at.y[loop] + np.abs(at.x[loop])))
        loop = np.roll(loop, -start)
        loop = np.append(loop, loop[0])
        points = sheet.points[loop]
        axis = points.mean(0)
        out = (points - axis) * [1, 1, 0]
        out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
        return cls(points, out, at.facing[loop], sparse.csr_array(sheet.weights[loop]))


def _clear(points: Array, sheet: Sheet, gap_m: float) -> Array:
    """Points lifted off the cloth they would lie in."""
    return _above(points, sheet.points, sheet.normals, gap_m)


def _draped(top: Array, ways: Array, sheet: Sheet, gap_m: float) -> Array:
    """Rows (R, N, 3) that go ways (R, N, 3) on from a top row (N, 3), each from where the one before it
    came to lie on the cloth, without a step between neighbours. The last point is the first again."""
    rows, row = [], top
    for step in np.diff(ways, axis=0, prepend=0):
        row = row + step
        lift = np.zeros_like(row)
        for _ in range(_HOOD_EASES[0]):
            lift = _clear(row + lift, sheet, gap_m) - row
            eased = gaussian_filter1d(lift[:-1], _HOOD_EASES[1], axis=0, mode="wrap")
            lift = np.concatenate([eased, eased[:1]])
        row = _clear(row + lift, sheet, gap_m)
        rows.append(row)
    return np.stack(rows)


def _under_covers(points: Array, sheet: Sheet) -> Array:
    """Points (R, N, 3) of a leaf, tucked in where the cloth that they lie on is under other cloth."""
    _, near = cKDTree(sheet.points).query(points)
    above = ((points - sheet.points[near]) * sheet.normals[near]).sum(-1)
    over = np.clip(above - np.interp(sheet.buried[near], *_TUCKED), 0, None)
    return np.asarray(points - over[..., None] * sheet.normals[near])


def _outside(points: Array, fitting: Fitting, gap_m: float) -> Array:
    """Points lifted off everything that is worn."""
    piece = shell(CAGE, 1)
    surface = laid(piece, fitting.dressed(fitting.taken))
    return _above(points, surface, piece.normals(surface), gap_m)


def _above(points: Array, surface: Array, normals: Array, gap_m: float) -> Array:
    tree = cKDTree(surface)
    lifted = points
    for _ in range(2):
        _, near = tree.query(lifted)
        above = ((lifted - surface[near]) * normals[near]).sum(-1)
        lack = np.clip(gap_m - above, 0, 0.03)
        lifted = lifted + lack[..., None] * normals[near]
    return np.asarray(lifted)


def _resting(rows: Array, line: Weights, sheet: Sheet, shares: Array) -> Weights:
    """Shares of bones (R * N, B) of rows (R, N, 3), from the neckline's to those of the cloth below."""
    _, near = cKDTree(sheet.points).query(rows)
    parts = [(1 - share) * line + share * sheet.weights[at] for at, share in zip(near, shares, strict=True)]
    return sparse.csr_array(sparse.vstack(parts))


def _turning(rows: Array, weights: Weights, fitting: Fitting, shares: Array) -> Weights:
    """Shares of bones (R * N, B) of rows (R, N, 3) that in part (R,) go with the neck they lie on."""
    body, bones = fitting.physique, fitting.physique.rig.names
    near = fitting.skin.nearest(rows.reshape(-1, 3))
    neck = basis_weights(Skin(body.skin.bones[near], body.skin.shares[near]), len(bones)).toarray()
    neck *= [name.startswith(_BELOW_HEAD) for name in bones]
    of_neck = neck.sum(1)
    keep = 1 - np.repeat(shares, rows.shape[1]) * of_neck
    neck *= ((1 - keep) / np.maximum(of_neck, 1e-9))[:, None]
    return sparse.csr_array(sparse.diags_array(keep) @ weights + sparse.csr_array(neck))


def _off_neck(points: Array, out: Array, fitting: Fitting, gap_m: float) -> Array:
    flat = points.reshape(-1, 3)
    facing = np.broadcast_to(out, points.shape).reshape(-1, 3)
    lack = np.clip(gap_m - fitting.skin.above(flat, facing), 0, 0.03)
    return np.asarray((flat + lack[:, None] * facing).reshape(points.shape))


def _drawn_in(points: Array, out: Array, fitting: Fitting, shares: Array) -> Array:
    """Rows of points (R, N, 3) of a collar that buttons around the neck, so far (R,) of the way to it."""
    facing = np.broadcast_to(out, points.shape)
    off = fitting.skin.above(points.reshape(-1, 3), facing.reshape(-1, 3)).reshape(points.shape[:2])
    return np.asarray(points - (shares[:, None] * np.clip(off - _FINGER_M, 0, _DRAWN_M))[..., None] * out)


def _leaf(on: Trimming, stand_m: float, fall: Array, open_m: float) -> None:
    """A collar that stands up from the neckline and falls outward by fall (N,) metres; its points lie so far
    from the middle of the front."""
    line = Neckline.of(on.sheet)
    if line is None:
        return
    scale, up = on.fitting.scale, np.array([0.0, 0.0, 1.0])
    height = stand_m * scale * (0.75 + 0.25 * np.clip(-line.facing, 0, 1))
    lean = -0.06 * line.out
    top = line.at + height[:, None] * (up + lean)
    inner = np.stack([line.at - 0.002 * line.out, line.at + 0.5 * height[:, None] * (up + lean), top])
    inner = _drawn_in(inner, line.out, on.fitting, np.array([0.0, 0.5, 1.0]))
    inner = _off_neck(inner, line.out, on.fitting, _FINGER_M)
    top = inner[-1]
    thick = max(on.order.entry.thickness_m, 0.0012)
    rows = [top + thick * (0.8 * up + 0.5 * line.out)]
    tangent = np.gradient(line.at, axis=0)
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    first = (np.arange(len(line.at)) < len(line.at) / 2)[:, None]
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line.at, axis=0), axis=1))])
    away = np.exp(-np.minimum(along, along[-1] - along) / (_FRONT_M * scale))
    aside = np.where(first, tangent, -tangent) * (open_m * scale * away)[:, None]
    for share in (0.25, 0.5, 0.75, 1.0):
        down = share * fall * scale
        off = (0.003 + _LEANS * share * fall) * scale
        rows.append(top - down[:, None] * up + off[:, None] * line.out + share * aside)
    outer = np.stack(rows)
    outer[1:] = _under_covers(_clear(outer[1:], on.sheet, thick * 1.5), on.sheet)
    under = _under_covers(_clear(outer[-1:] - thick * line.out * 0.8, on.sheet, thick * 0.3), on.sheet)
    leaf = np.concatenate([inner, outer, under])
    lying = np.array([0.0, 0.0, 0.0, 0.0, 0.3, 0.7, 1.0, 1.0, 1.0])
    weights = _resting(leaf, line.weights, on.sheet, lying)
    turning = _TURNS * np.array([0.0, 0.5, 1.0, 1.0, 0.6, 0.3, 0.0, 0.0, 0.0])
    on.work.add_rows(
        leaf, _turning(leaf, weights, on.fitting, turning), on.order.slot("collar"), closed=False
    )


def shirt_collar(on: Trimming) -> None:
    """Stand, fall and points of a shirt's collar."""
    line = Neckline.of(on.sheet)
    if line is None:
        return
    front = np.clip(line.facing, 0, 1) ** 6
    fall = on.order.number("collar_fall", 0.042) + 0.026 * front
    _leaf(on, on.order.number("collar_stand", 0.03), fall, on.order.number("collar_open", 0.03))


def stand_collar(on: Trimming) -> None:
    """A collar that only stands."""
    line = Neckline.of(on.sheet)
    if line is None:
        return
    height = on.order.number("collar_stand", 0.04) * on.fitting.scale
    shares = np.array([0.0, 0.35, 0.7, 1.0])
    up = np.array([0.0, 0.0, 1.0]) - on.order.number("collar_lean", 0.1) * line.out
    rows = line.at + (shares * height)[:, None, None] * up
    rows = _off_neck(rows, line.out, on.fitting, 0.006)
    thick = max(on.order.entry.thickness_m, 0.002)
    rim = rows[-1] + thick * np.array([0, 0, 0.7]) + 0.5 * thick * line.out
    outside = rows[::-1] + thick * line.out
    collar = np.concatenate([rows, rim[None], outside])
    weights = sparse.csr_array(sparse.vstack([line.weights] * len(collar)))
    turning = _TURNS * np.concatenate([shares, [1.0], shares[::-1]])
    on.work.add_rows(
        collar, _turning(collar, weights, on.fitting, turning), on.order.slot("collar"), closed=False
    )


def lapels(on: Trimming) -> None:
    """The fronts of a jacket folded back, up into a notched collar."""
    line = Neckline.of(on.sheet)
    if line is None:
        return
    low, high = line.at[:, 2].min(), line.at[:, 2].max()
    rise = (line.at[:, 2] - low) / max(float(high - low), 1e-6)
    half = np.arange(len(line.at)) / (len(line.at) - 1)
    around = np.minimum(half, 1 - half) * 2
    broad = on.order.number("lapel", 0.075)
    notch = np.clip(1 - np.abs(rise - 0.83) / 0.04, 0, 1)
    lapel = broad * np.clip(rise / 0.8, 0, 1) ** 0.8 * (rise < 0.83)
    collar = 0.05 * (rise >= 0.83)
    width = (lapel + collar) * (1 - 0.55 * notch) + 0.004
    fold_up = 0.02 * np.clip((rise - 0.6) / 0.3, 0, 1) * np.clip(around, 0, 1)
    scale, up = on.fitting.scale, np.array([0.0, 0.0, 1.0])
    edge = _off_neck((line.at + (fold_up * scale)[:, None] * up)[None], line.out, on.fitting, 0.006)[0]
    thick = max(on.order.entry.thickness_m, 0.002)
    drop = -0.75 * np.clip((rise - 0.55) / 0.3, 0, 1)
    rows = [line.at - 0.002 * line.out, edge + thick * (0.5 * up)]
    for share in (0.33, 0.66, 1.0):
        reach = (share * width * scale)[:, None]
        rows.append(edge + reach * (line.out + drop[:, None] * up))
    outer = np.stack(rows)
    outer[2:] = _clear(outer[2:], on.sheet, thick * 1.6)
    under = _clear(outer[-1:], on.sheet, thick * 0.4)
    on.work.add_rows(np.concatenate([outer, under]), line.weights, on.order.slot("collar"), closed=False)


def hood(on: Trimming) -> None:
    """A hood that is down: it stands up around the neck and folds over; its bag hangs at the nape."""
    line = Neckline.of(on.sheet)
    if line is None:
        return
    scale, up = on.fitting.scale, np.array([0.0, 0.0, 1.0])
    thick = max(on.order.entry.thickness_m, 0.0025)
    front = np.clip(line.facing, 0, 1)
    nape = np.clip((0.45 - line.facing) / 1.45, 0, 1)
    nape = nape * nape * (3 - 2 * nape)
    around = np.linspace(0, 1, len(line.at))
    stand = scale * (_HOOD_STANDS[0] + _HOOD_STANDS[1] * (1 - front**2))
    # Around a collar of its own it begins outside it.
    collared = "stand_collar" in on.order.text("trims")
    off = (2.5 * thick * (1 - front) * collared)[:, None]
    base = line.at
    top = base + stand[:, None] * (up + 0.12 * line.out)
    inner = np.stack([base, base + 0.55 * stand[:, None] * (up + 0.06 * line.out), top])
    inner = _off_neck(inner, line.out, on.fitting, _FINGER_M) + off * line.out
    top, roll = inner[-1], (scale * (0.0015 + 0.003 * (1 - front) + 0.004 * nape))[:, None]
    rim = np.stack([top + roll * (0.9 * up + 0.4 * line.out), top + roll * (0.8 * up + 1.4 * line.out)])
    fall = scale * (
        _HOOD_FALLS[0] + (_HOOD_FALLS[1] - _HOOD_FALLS[0]) * (1 - front) + _HOOD_FALLS[2] * nape**1.5
    )
    lean = 0.75 * (1 - nape) + 0.30 * nape
    middle = line.at[:, :1].mean()
    creased = (
        1
        + 0.22 * np.sin(2 * np.pi * (5 * around + on.order.rng.random()))
        + 0.12 * np.sin(2 * np.pi * (11 * around + on.order.rng.random()))
    )
    begin = top + roll * (0.2 * up + 1.9 * line.out)
    ways, lofts = [], []
    for share in _HOOD_ROWS:
        way = (share * fall)[:, None] * (lean[:, None] * line.out - up)
        way[:, 0] -= 0.45 * share**2 * nape * (begin[:, 0] + way[:, 0] - middle)
        ways.append(way)
        lofts.append(scale * (0.003 + 0.036 * nape**1.5) * np.sin(np.pi * share**0.75) * creased)
    fallen = _outside(_draped(begin, np.stack(ways), on.sheet, 1.5 * thick), on.fitting, 1.5 * thick)
    outward = line.out + 0.35 * up
    lofted = fallen + np.stack(lofts)[..., None] * outward
    under = _outside(_clear(fallen[-1:], on.sheet, 0.4 * thick), on.fitting, 0.4 * thick)
    rows = np.concatenate([inner, rim, lofted, under])
    lies = np.concatenate([[0.0] * 5, np.clip(1.2 * np.array(_HOOD_ROWS), 0, 1), [1.0]])
    turns = _TURNS * np.concatenate([[0.0, 0.5, 1.0, 1.0, 0.9], 0.8 * (1 - np.array(_HOOD_ROWS)), [0.0]])
    weights = _turning(rows, _resting(rows, line.weights, on.sheet, lies), on.fitting, turns)
    on.work.add_rows(rows, weights, on.order.slot("collar"), closed=False)
