"""Shoes, boots and sandals: an upper from the body's shell on a sole of its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.anatomy import Places
from lichtspiel.library.people.clothes.cloth import Mask, Piece, clipped, kept, shell
from lichtspiel.library.people.clothes.fitting import CAGE, Ease, Fitting, cage_places, laid
from lichtspiel.library.people.clothes.hulls import directions, hull_radius
from lichtspiel.library.people.clothes.layers import Cover, Layer, Order
from lichtspiel.library.people.clothes.lines import Field
from lichtspiel.library.people.clothes.sewing import Weights, Work, body_uv, hem, rim_frames
from lichtspiel.library.people.clothes.shells import weights_of

_AROUND = 64
_HEEL_Y, _BALL_Y, _TOE_Y = 0.045, -0.115, -0.19
"""Along the foot of the canonical body."""
_SHAFT_M, _CLOSES = (0.12, 0.22), 0.9
"""Heights between which a shaft widens, and how much of that it gives back up to its edge."""


@dataclass(frozen=True)
class Last:
    """Shape of a shoe; metres, of a grown-up's foot.

    collar: height of its upper edge at the ankle. dip: how much lower the edge lies in front.
    vamp: where a low shoe's opening ends, along the foot. ball, heel: thickness of the sole.
    welt: how far the sole stands out. block: the heel is a block of its own, this wide.
    """

    collar: float
    dip: float
    vamp: float | None
    ball: float
    heel: float
    welt: float
    block: float | None


def shoe(order: Order, fitting: Fitting) -> Layer:
    """A pair of shoes. Parameters are those of `Last`, `room`, `laces` and `straps`."""
    last = Last(
        collar=order.number("collar", 0.1),
        dip=order.number("dip", 0.0),
        vamp=order.line("vamp"),
        ball=order.number("ball", 0.018),
        heel=order.number("heel", 0.028),
        welt=order.number("welt", 0.004),
        block=order.line("block"),
    )

    def beyond(at: Places) -> Field:
        return _beyond(last, at)

    at = cage_places()
    room = order.number("room", 0.005) + order.number("shaft", 0.0) * _shaft(last, at)
    close = order.number("close", 0.0) > 0
    ease = Ease(np.full(len(at.z), 0.003), room, np.zeros(len(at.z)), 60, close=close)
    height = fitting.draped(ease)
    fitting.wear(height, beyond(at) < 0.02, 0.003)

    def sew(settled: Array, _buried: Cover) -> Work:
        work = Work()
        for side in (1.0, -1.0):
            _one(order, fitting, last, settled, side, work)
        return work

    # One sees the foot between the straps of a sandal.
    return Layer(order, sew, None if order.text("straps") else beyond, height, 0.012)


def _shaft(last: Last, at: Places) -> Field:
    """(N,) how much of its room a shaft takes: it begins above the ankle, and a high one lies close at its
    edge again, or it would gape round the calf like a funnel."""
    begins = np.clip((at.z - _SHAFT_M[0]) / (_SHAFT_M[1] - _SHAFT_M[0]), 0, 1)
    ends = np.clip((at.z - _SHAFT_M[1]) / max(last.collar - _SHAFT_M[1], 1e-6), 0, 1)
    return np.asarray(begins * (1 - _CLOSES * ends * (last.collar > _SHAFT_M[1])))


def _beyond(last: Last, at: Places) -> Field:
    """Above the shoe's edge; the shell's foot has no hands, so height tells."""
    edge = last.collar - last.dip * np.clip((0.0 - at.y) / 0.06, 0, 1)
    field = np.where(at.trunk, at.z - edge, 1.0)
    if last.vamp is not None:
        # Low shoes are open over the instep, behind the vamp.
        field = np.where(at.trunk & (at.z < 0.2), np.minimum(at.z - edge, (at.y - last.vamp) * 1.0), 1.0)
    return np.asarray(field)


def _one(order: Order, fitting: Fitting, last: Last, height: Array, side: float, work: Work) -> None:
    whole = shell(CAGE, 2)
    foot = kept(
        whole, _all_corners(whole, (whole.places.x * side > 0) & (whole.places.z < last.collar + 0.05))
    )
    if order.text("straps"):
        foot = _straps(foot, order.text("straps"))
    else:
        foot = clipped(foot, _beyond(last, foot.places))
    points = laid(foot, fitting.dressed(height))
    scale = fitting.scale
    sole_top = 0.006 * scale
    points[:, 2] = np.maximum(points[:, 2], sole_top)
    normals = foot.normals(points)
    weights = _of_one_toe(weights_of(foot))
    first = work.add(points, foot.corners, foot.sizes, foot.slots, body_uv(foot), weights)
    for loop in foot.loops:
        frames = rim_frames(points, normals, loop)
        own = sparse.csr_array(weights[loop])
        hem(work, points[loop], frames, own, loop + first, order.entry.thickness_m, order.slot("trim"), 0.006)
    whole_foot = laid(
        kept(whole, _all_corners(whole, (whole.places.x * side > 0) & (whole.places.z < 0.05))),
        fitting.dressed(height),
    )
    _sole(order, fitting, last, whole_foot, side, work)
    if order.number("laces", 0.0) > 0:
        _laces(order, points, foot.places, weights, work, int(order.number("laces", 0.0)))


def _all_corners(piece: Piece, vertices: Mask) -> Mask:
    return np.asarray(np.logical_and.reduceat(vertices[piece.corners], piece.starts))


def _straps(foot: Piece, names: str) -> Piece:
    """Bands of the shell across the foot: toe, instep, ankle."""
    at = foot.places
    lines = {
        "toe": np.abs(at.y + 0.125 + 0.1 * (at.z - 0.03)) - 0.017,
        "instep": np.abs(at.y + 0.065 - 0.3 * (at.z - 0.05)) - 0.014,
        "ankle": np.abs(at.z - 0.095 - 0.15 * at.y) - 0.009,
    }
    bands = np.min([lines[name] for name in names.split()], axis=0)
    return clipped(foot, np.maximum(bands, at.z - 0.12))


def _of_one_toe(weights: Weights) -> Weights:
    """Shoes bend as one at the ball: all toes' shares go to the middle one."""
    names = load().bone_names
    table = weights.toarray()
    for side in "LR":
        toes = [i for i, name in enumerate(names) if name.startswith("toe") and name.endswith(side)]
        middle = names.index(f"toe3-1.{side}")
        share = table[:, toes].sum(1)
        table[:, toes] = 0.0
        table[:, middle] = share
    return sparse.csr_array(table)


def _sole(order: Order, fitting: Fitting, last: Last, foot: Array, side: float, work: Work) -> None:
    """A sole under the foot's outline, and a heel."""
    scale = fitting.scale
    centre = foot[:, :2].mean(0)
    facing = directions(_AROUND).T
    low = foot[foot[:, 2] < 0.035 * scale]
    arm = low[:, :2] - centre
    outline = hull_radius(arm, _AROUND)
    for _ in range(2):
        outline = (np.roll(outline, 1) + 2 * outline + np.roll(outline, -1)) / 4
    outline = outline + last.welt * scale
    ring = centre + (outline * facing).T
    toe, heel = float(ring[:, 1].min()), float(ring[:, 1].max())
    share = (heel - ring[:, 1]) / (heel - toe)
    bottom = -_thickness(last, share) * scale
    spring = 0.010 * scale * np.clip((share - 0.8) / 0.2, 0, 1) ** 2
    lift = 0.008 * scale
    inner = centre + (ring - centre) * 0.9
    rows = np.stack(
        [
            np.column_stack([inner, np.full(_AROUND, lift)]),
            np.column_stack([ring, np.full(_AROUND, lift * 0.8)]),
            np.column_stack([ring, bottom * 0.7 + spring]),
            np.column_stack([centre + (ring - centre) * 0.985, bottom + spring]),
            np.column_stack([inner, bottom + spring]),
            np.column_stack([centre + (ring - centre) * 0.45, bottom + spring]),
            np.column_stack([centre + (ring - centre) * 0.02, bottom + spring]),
        ]
    )
    name = "L" if side > 0 else "R"
    names = load().bone_names
    bend = np.clip((np.tile(share, len(rows)) - 0.66) / 0.12, 0, 1)
    table = np.zeros((len(bend), len(names)))
    table[:, names.index(f"foot.{name}")] = 1 - bend
    table[:, names.index(f"toe3-1.{name}")] = bend
    work.add_rows(rows, sparse.csr_array(table), order.slot("sole"), closed=True, flip=True)
    if last.block is not None:
        _heel(order, fitting, last, ring, heel, toe, name, work)


def _thickness(last: Last, share: Array) -> Array:
    """Of the sole, from the heel (0) to the toe (1); under a heel of its own it stays thin."""
    if last.block is not None:
        return np.full(len(share), last.ball)
    return np.interp(share, (0.0, 0.3, 0.62, 1.0), (last.heel, last.heel, last.ball, last.ball))


def _heel(
    order: Order, fitting: Fitting, last: Last, ring: Array, heel: float, toe: float, name: str, work: Work
) -> None:
    """A heel that stands upright when the foot is pitched onto the ball."""
    scale = fitting.scale
    length = heel - toe
    behind = ring[ring[:, 1] > heel - 0.3 * length]
    middle = np.array([behind[:, 0].mean(), heel - 0.15 * length])
    pitch = np.arcsin(np.clip((last.heel - last.ball) * scale / (0.62 * length), 0, 0.9))
    angles = np.arange(24) / 24 * 2 * np.pi
    circle = np.stack([np.cos(angles), np.sin(angles)], 1)
    top = np.array([(behind[:, 0].max() - behind[:, 0].min()) / 2 * 0.94, 0.125 * length])
    tip = np.full(2, (last.block or 0.02) * scale / 2)
    rows: list[Array] = []
    for share in (0.0, 0.12, 0.3, 0.6, 1.0, 1.0):
        size = tip + (np.minimum(top, np.maximum(top, tip)) - tip) * (1 - share) ** 2
        if share == 1.0 and len(rows) == 5:
            size = size * 0.05
        down = share * (last.heel - 0.6 * last.ball) * scale
        at = middle + np.array([0.0, -np.sin(pitch) * down + 0.02 * scale * (1 - share)])
        rows.append(
            np.column_stack(
                [at + circle * size, np.full(24, -0.6 * last.ball * scale - np.cos(pitch) * down)]
            )
        )
    table = np.zeros((len(rows) * 24, len(load().bone_names)))
    table[:, load().bone_names.index(f"foot.{name}")] = 1.0
    work.add_rows(np.stack(rows), sparse.csr_array(table), order.slot("sole"), closed=True, flip=True)


def _laces(order: Order, points: Array, at: Places, weights: Weights, work: Work, count: int) -> None:
    """Rungs of lace across the instep."""
    tree = cKDTree(np.column_stack([at.x, at.y, at.z]))
    side = np.sign(at.x.mean())
    for k in range(count):
        y = -0.058 - 0.052 * k / max(count - 1, 1)
        near = np.flatnonzero(np.abs(at.y - y) < 0.012)
        if not len(near):
            continue
        crest = near[np.argmax(points[near, 2])]
        middle = np.array([at.x[crest], y, at.z[crest]])
        across = np.linspace(-0.021, 0.021, 7)
        wanted = middle + np.stack([across, np.abs(across) * 0.2, -(across**2) * 14], 1) * [side, 1, 1]
        _, found = tree.query(wanted)
        path = points[found] + np.array([0, 0, 0.0028])
        path = np.concatenate([path[:1], (path[:-2] + path[1:-1] + path[2:]) / 3, path[-1:]])
        lace = meshes.sweep(path, 0.0021, 6)
        _, owner = cKDTree(points).query(lace.vertices)
        work.add_mesh(lace, sparse.csr_array(weights[owner]), order.slot("lace"))
