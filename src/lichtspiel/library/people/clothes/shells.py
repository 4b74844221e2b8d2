"""Garments cut from the body's own shell: shirts, trousers, suits, underwear, gloves, tights."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.anatomy import Places
from lichtspiel.library.people.clothes.cloth import Piece, clipped, shell, split
from lichtspiel.library.people.clothes.fitting import CAGE, Ease, Fitting, cage_places, laid
from lichtspiel.library.people.clothes.folds import folds
from lichtspiel.library.people.clothes.layers import Beyond, Layer, Order, Sewn
from lichtspiel.library.people.clothes.lines import Lines
from lichtspiel.library.people.clothes.sewing import (
    Weights,
    Work,
    body_uv,
    hem,
    pairs,
    rim_frames,
)

_FINE = 2
_BURIED_M = 0.035
"""Cloth that lies this far under other cloth is left out."""


@dataclass(frozen=True)
class Cut:
    """A shell garment on the canonical body. edges: per loop, the edge that it belongs to."""

    piece: Piece
    edges: tuple[str, ...]


def garment(order: Order, fitting: Fitting) -> Layer:
    """Cloth on the body, with the lines, the ease and the trims that the entry gives."""
    lines = lines_of(order)
    height = fitting.draped(ease_of(order))
    covered = lines.beyond(cage_places()) < 0.02

    def sew(settled: Array, buried: Beyond) -> Sewn:
        return Sewn(_sewn(order, fitting, lines, settled, buried))

    fitting.wear(height, covered, order.entry.thickness_m)
    return Layer(order, sew, lines.beyond, height, order.number("margin", 0.025))


def lines_of(order: Order) -> Lines:
    """The cut lines that an entry gives."""
    given = {f.name: order.line(f.name) for f in fields(Lines) if f.name in order.entry.parameters}
    return Lines(**given)  # type: ignore[arg-type]


def ease_of(order: Order) -> Ease:
    """The room that an entry gives, as curves over height and along the arm."""
    at = cage_places()
    body = np.interp(at.z, *pairs(order.curve("ease", (0.004,))))
    arm = np.interp(at.arm, *pairs(order.curve("arm_ease", order.curve("ease", (0.004,)))))
    room = at.armness * arm + (1 - at.armness) * body
    falls = order.number("falls", 0.0) * np.clip(1.3 - at.z, 0, 0.06) / 0.06 * (1 - at.armness)
    return Ease(
        np.full(len(room), order.number("snug", 0.0015)), room, falls, int(order.number("tension", 24))
    )


@lru_cache(maxsize=128)
def cut(lines: Lines, bands: tuple[tuple[str, float, int], ...]) -> Cut:
    """A shell cut along its lines; `bands` are (edge, width, slot) of ribs and cuffs along them."""
    piece = shell(CAGE, _FINE)
    names = list(lines.fields(piece.places))
    for name in names:
        piece = clipped(piece, lines.fields(piece.places)[name])
    for name, width, slot in bands:
        halves = split(piece, lines.fields(piece.places)[name] + width, slot)
        piece = halves.piece
    at = lines.fields(piece.places)
    edges = tuple(min(names, key=lambda n: float(np.median(np.abs(at[n][loop])))) for loop in piece.loops)
    return Cut(piece, edges)


@lru_cache(maxsize=64)
def _weights_of(piece: Piece) -> Weights:
    basis = load()
    shares = np.asarray(basis.arrays["weight_shares"], float)
    bones = np.asarray(basis.arrays["weight_bones"])
    rows = np.repeat(np.arange(len(shares)), shares.shape[1])
    table = sparse.csr_array((shares.ravel(), (rows, bones.ravel())), (len(shares), len(basis.bone_names)))
    return sparse.csr_array(piece.matrix @ table)


def bands_of(order: Order) -> tuple[tuple[str, float, int], ...]:
    """Ribs, cuffs and waistbands: parameters `rib_<edge>` give their widths."""
    found = []
    for name, value in order.entry.parameters.items():
        if name.startswith("rib_"):
            found.append((name.removeprefix("rib_"), float(value), order.slot("trim")))  # type: ignore[arg-type]
    return tuple(found)


def _sewn(order: Order, fitting: Fitting, lines: Lines, height: Array, buried: Beyond) -> Work:
    made = cut(lines, bands_of(order))
    piece = made.piece
    points = laid(piece, fitting.dressed(height))
    normals = piece.normals(points)
    lift = _lift(order, piece.places, piece, buried(piece.places))
    points = points + (lift * fitting.scale)[:, None] * normals
    points = _off_skin(order, fitting, points, normals)
    normals = piece.normals(points)
    weights = _weights_of(piece)
    work = Work()
    work.add(points, piece.corners, piece.sizes, piece.slots, body_uv(piece), weights)
    for loop, edge in zip(piece.loops, made.edges, strict=True):
        frames = rim_frames(points, normals, loop)
        slot = order.slot("trim") if any(edge == name for name, _, _ in bands_of(order)) else 0
        hem(work, points[loop], frames, sparse.csr_array(weights[loop]), loop, order.entry.thickness_m, slot)
    return work


def _lift(order: Order, at: Places, piece: Piece, buried: Array) -> Array:
    """Folds, and bands that stand out from the cloth beside them."""
    depth = order.number("fold_depth", 0.006)
    raised = depth * folds(at, order.text("folds"), order.rng) if depth > 0 else np.zeros(len(at.z))
    raised = raised * np.clip(buried / 0.04, 0, 1)
    banded = np.zeros(len(at.z))
    in_band = piece.slots[piece.owner] > 0
    banded[piece.corners[in_band]] = 1.0
    return np.asarray(raised * (1 - 0.7 * banded) + 0.0008 * banded)


def _off_skin(order: Order, fitting: Fitting, points: Array, normals: Array) -> Array:
    gap = order.entry.thickness_m * 1.2 + 0.001
    for _ in range(2):
        lack = np.maximum(0.0, gap - fitting.skin.above(points, normals))
        points = points + np.minimum(lack, 0.02)[:, None] * normals
    return points


def underwear(order: Order, fitting: Fitting) -> Layer:
    """Briefs, and a top where the body is not a grown man's."""
    return garment(order, fitting)
