"""Garments cut from the body's own shell: shirts, trousers, suits, underwear, gloves, tights."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from scipy import sparse

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes import trims
from lichtspiel.library.people.clothes.anatomy import Places
from lichtspiel.library.people.clothes.applique import Trimming
from lichtspiel.library.people.clothes.cloth import Piece, clipped, shell, split
from lichtspiel.library.people.clothes.fitting import (
    CAGE,
    Ease,
    Fitting,
    cage_places,
    cloth_weights,
    laid,
    outer_envelope,
)
from lichtspiel.library.people.clothes.folds import folds
from lichtspiel.library.people.clothes.layers import MARGIN_M, Cover, Layer, Lift, Order
from lichtspiel.library.people.clothes.lines import Field, Lines
from lichtspiel.library.people.clothes.sewing import (
    Weights,
    Work,
    body_uv,
    hem,
    pairs,
    rim_frames,
)
from lichtspiel.library.people.clothes.sheet import Sheet
from lichtspiel.library.people.clothes.tails import Tail, sew_tail
from lichtspiel.screenplay import Sex

_FINE = 2
_TAIL_HIDES_Z = 0.775
_FORK_M = 0.8
"""Above it trunk and hips are one tube."""
_HANGS_FROM_M = 0.84
"""Nothing that has a tail reaches farther down as a shell: a ring about both thighs turns inside out when
they are bent."""
_UNDER_HEM_M = 0.01
_TUCKED_IN_M = 0.025
"""How far above the hem of knitwear a shirt under it ends."""
_TO_THE_SHOE_M = 0.12
_SMALL_YEARS, _SHORTER_M = (9.0, 13.0), 0.032
"""Long trousers of children, whose feet are high for their legs, end above the shoe."""
_BAND_BEGINS_M = 0.006
"""Within this width cloth rises to a band."""
_BURIED_M = 0.02
"""Cloth that lies this far under other cloth is left out."""
_ARMHOLE_M, _ARMPIT_Z = 0.04, 1.22
"""So far from an armhole, or below this height, cloth is led up to what covers it altogether."""
_BREAK = 0.6
"""How much less room there is on the instep."""
_LEFT_BY_FEET, _HEEL_M = 0.7, 0.03
"""Of what moves with the foot: how much of it stays with the shin where trousers hang straight, from so far
behind the ankle on. Before it they go with the foot that is drawn up."""


@dataclass(frozen=True)
class Cut:
    """A shell garment on the canonical body. edges: per loop, the edge that it belongs to."""

    piece: Piece
    edges: tuple[str, ...]


def garment(order: Order, fitting: Fitting) -> Layer:
    """Cloth on the body, with the lines, the ease and the trims that the entry gives."""
    lines = _under_others(order, lines_of(order))
    height = fitting.draped(ease_of(order, fitting))
    covered = lines.beyond(cage_places()) < 0.02
    covers, rides = (_with_tail(lines), _to_the_fork(lines)) if tail_of(order) else (lines, lines)
    lift = _lift(order, lines)

    def sew(settled: Array, cover: Cover) -> Work:
        return _sewn(order, fitting, lines, lift, settled, cover)

    fitting.wear(height, covered, order.entry.thickness_m)
    return Layer(order, sew, covers.beyond, height, order.number("margin", MARGIN_M), lift, rides.beyond)


def lines_of(order: Order) -> Lines:
    """The cut lines that an entry gives."""
    given = {f.name: order.line(f.name) for f in fields(Lines) if f.name in order.entry.parameters}
    lines = Lines(**given)  # type: ignore[arg-type]
    if lines.leg is None or lines.leg > _TO_THE_SHOE_M:
        return lines
    young = float(np.interp(order.person.age_years, _SMALL_YEARS, (1.0, 0.0)))
    return replace(lines, leg=lines.leg + _SHORTER_M * young)


def ease_of(order: Order, fitting: Fitting) -> Ease:
    """The room that an entry gives, as curves over height and along the arm."""
    at = cage_places()
    body = np.interp(at.z, *pairs(order.curve("ease", (0.004,))))
    arm = np.interp(at.arm, *pairs(order.curve("arm_ease", order.curve("ease", (0.004,)))))
    # Sleeves hang from the arm: their room is below it.
    arm = arm * (0.25 + 0.75 * np.clip(0.5 - fitting.normals[:, 2], 0, 1))
    room = at.armness * arm + (1 - at.armness) * body
    trunk = np.clip(1.3 - at.z, 0, 0.06) / 0.06 * (1 - at.armness)
    legs = np.clip((0.78 - at.z) / 0.04, 0, 1)
    # On the instep trousers break: what stood off there would fold in when the foot is drawn up.
    room = room * (1 - _BREAK * at.instep)
    hangs = (1 - legs) * order.number("falls", 0.0) + legs * order.number("straight", 0.0)
    falls = (1 - at.instep) * trunk * hangs
    # Pads fill the dip between neck and shoulder that arms held out make deeper than it is.
    top = np.clip(fitting.normals[:, 2], 0, 1) * np.exp(-(((np.abs(at.x) - 0.125) / 0.035) ** 2))
    room = room + order.number("pads", 0.0) * top * (at.z > 1.25)
    return Ease(
        snug=np.full(len(room), order.number("snug", 0.0015)),
        room=room,
        falls=falls,
        tension=int(order.number("tension", 24)),
        swing=order.number("swing", 0.04),
        close=order.number("close", 0.0) > 0,
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
def weights_of(piece: Piece) -> Weights:
    """Shares of bones of the vertices of a piece."""
    return sparse.csr_array(piece.matrix @ cloth_weights())


def bands_of(order: Order) -> tuple[tuple[str, float, int], ...]:
    """Ribs, cuffs and waistbands: parameters `rib_<edge>` give their widths."""
    found = []
    for name, value in order.entry.parameters.items():
        if name.startswith("rib_"):
            found.append((name.removeprefix("rib_"), float(value), order.slot("trim")))  # type: ignore[arg-type]
    return tuple(found)


def _sewn(order: Order, fitting: Fitting, lines: Lines, lift: Lift, height: Array, cover: Cover) -> Work:
    made = cut(lines, bands_of(order))
    piece = made.piece
    depth = cover(piece.places)
    points = laid(piece, fitting.dressed(height))
    normals = piece.normals(points)
    points = points + (lift(piece.places, depth) * fitting.scale)[:, None] * normals
    points = _off_skin(order, fitting, piece, points, normals)
    led = cover.tucked(fitting, piece, points)
    points = points + _led(lines, piece.places)[:, None] * (led - points)
    weights = _hung_from_shins(weights_of(piece), piece.places, order.number("straight", 0.0))
    sheet = Sheet(piece, made.edges, points, piece.normals(points), weights, depth)
    work = Work()
    seen = np.bincount(piece.owner, depth[piece.corners] > -_BURIED_M, len(piece.sizes)) > 0
    work.add(
        points,
        piece.corners[seen[piece.owner]],
        piece.sizes[seen],
        piece.slots[seen],
        body_uv(piece)[seen[piece.owner]],
        sheet.weights,
    )
    _finish_edges(order, fitting, sheet, work)
    for name in order.text("trims").split():
        trims.TRIMS[name](Trimming(order, fitting, sheet, work))
    return work


def _hung_from_shins(weights: Weights, at: Places, straight: float) -> Weights:
    """Shares (N, B) of cloth at places that hangs straight: behind the ankle legs of trousers do not lie
    on the foot, which leaves their hem when it is pointed. What went with it crumpled, and bared the heel."""
    if straight == 0:
        return weights
    share = sparse.diags_array(_LEFT_BY_FEET * straight * np.clip(at.y / _HEEL_M, 0, 1))
    return sparse.csr_array(weights + share @ (weights @ _feet_to_shins() - weights))


@lru_cache(maxsize=1)
def _feet_to_shins() -> Weights:
    """(B, B) that gives the shares of feet and toes to the lower legs."""
    names = load().bone_names
    takes = [
        names.index(f"lowerleg02.{name[-1]}") if name.startswith(("foot.", "toe")) else bone
        for bone, name in enumerate(names)
    ]
    return sparse.csr_array((np.ones(len(names)), (np.arange(len(names)), takes)))


def _led(lines: Lines, at: Places) -> Field:
    """(N,) how far cloth is led up to what covers it: not at all at an armhole of its own. What stood off
    the armpit there would not cover the skin that arms press out of it."""
    if lines.armhole is None:
        return np.ones(len(at.z))
    inside = np.clip(-lines.fields(at)["armhole"] / _ARMHOLE_M, 0, 1)
    below = np.clip((_ARMPIT_Z - at.z) / _ARMHOLE_M, 0, 1)
    return np.asarray(np.maximum(inside, below))


def _finish_edges(order: Order, fitting: Fitting, sheet: Sheet, work: Work) -> None:
    banded = {name for name, _, _ in bands_of(order)}
    for loop, edge in zip(sheet.piece.loops, sheet.edges, strict=True):
        tail = tail_of(order) if edge == "hem" else None
        if sheet.buried[loop].max() < 0 and tail is None:
            continue
        at, own = sheet.points[loop], sparse.csr_array(sheet.weights[loop])
        slot = order.slot("trim") if edge in banded else 0
        if tail is not None:
            sew_tail(work, fitting, tail, loop, at, own, order.entry.thickness_m, slot, order.rng)
        else:
            frames = rim_frames(sheet.points, sheet.normals, loop)
            hem(work, at, frames, own, loop, order.entry.thickness_m, slot)


def _under_others(order: Order, lines: Lines) -> Lines:
    """Lines of a garment whose hem others are worn over: a tail hangs free only from where they end, and a
    shirt is not seen below knitwear (`tucks_in` of its entry)."""
    if lines.hem is None:
        return lines
    known = catalogue.garments()
    over = [e for e in (known[w.garment] for w in order.person.wears) if e.layer > order.entry.layer]
    hems = [(float(e.parameters["hem"]), e.parameters.get("tucks_in")) for e in over if "hem" in e.parameters]  # type: ignore[arg-type]
    if tail_of(order) is not None:
        ends = min((hem for hem, _ in hems), default=np.inf) - _UNDER_HEM_M
        return replace(lines, hem=min(lines.hem, max(ends, _HANGS_FROM_M)))
    ends = max((hem for hem, tucks in hems if tucks), default=-np.inf) + _TUCKED_IN_M
    return replace(lines, hem=ends, hem_curve=0.0) if ends > lines.hem else lines


def _with_tail(lines: Lines) -> Lines:
    """Lines of what a garment hides: a tail covers the hips for good."""
    return replace(lines, hem=min(lines.hem or _TAIL_HIDES_Z, _TAIL_HIDES_Z), hem_curve=0.0)


def _to_the_fork(lines: Lines) -> Lines:
    """Lines of where a garment with a tail lies around the body: between the legs it is not."""
    return replace(lines, hem=min(lines.hem or _FORK_M, _FORK_M), hem_curve=0.0)


def tail_of(order: Order) -> Tail | None:
    """What hangs from the hem, where the entry has a `tail_end`."""
    if order.line("tail_end") is None:
        return None
    names = {f.name for f in fields(Tail)}
    given = {
        name.removeprefix("tail_"): value
        for name, value in order.entry.parameters.items()
        if name.startswith("tail_")
    }
    unknown = set(given) - names
    if unknown:
        raise ValueError(f"{order.entry.id} has an unknown tail measure: {sorted(unknown)}")
    return Tail(**given)  # type: ignore[arg-type]


def _lift(order: Order, lines: Lines) -> Lift:
    """Folds, and bands that stand out from the cloth beside them."""
    seed = int(order.rng.integers(2**32))
    widths = {name: width for name, width, _ in bands_of(order)}
    height_m, kinds = order.number("fold_depth", 0.006), order.text("folds")

    def lift(at: Places, depth: Field) -> Field:
        risen = np.clip(depth / 0.03, 0, 1) * (1 - at.instep)
        raised = height_m * folds(at, kinds, np.random.default_rng(seed)) * risen
        edges = lines.fields(at)
        near = [np.clip(1 + (edges[name] + widths[name]) / _BAND_BEGINS_M, 0, 1) for name in widths]
        banded = np.max([np.zeros(len(at.z)), *near], axis=0)
        return np.asarray(raised * (1 - 0.7 * banded) + 0.0008 * banded)

    return lift


def _off_skin(order: Order, fitting: Fitting, piece: Piece, points: Array, normals: Array) -> Array:
    # Outer layers keep a little more distance, so that two that cling do not meet.
    gap = order.entry.thickness_m + 0.0008 + 0.00008 * order.entry.layer
    lack = np.clip(gap - fitting.skin.above(points, normals), 0.0, 0.02)
    if lack.any():
        points = points + outer_envelope(lack, piece, 6)[:, None] * normals
    return points


_GROWN_YEARS = 13.0


def underwear(order: Order, fitting: Fitting) -> Layer:
    """Briefs, and for all but grown men a vest in one with them where nothing else covers the chest."""
    person = order.person
    kinds = {catalogue.garments()[wear.garment].kind for wear in person.wears}
    grown_man = person.sex is Sex.MALE and person.age_years >= _GROWN_YEARS
    if grown_man or kinds & {"top", "whole"}:
        return garment(order, fitting)
    entry = order.entry
    lines = {"neck": 0.05, "neck_wide": 0.03, "nape": 0.06, "armhole": 0.112, "hips": 0.95}
    kept = {name: value for name, value in entry.parameters.items() if name not in ("top", "top_dip")}
    whole = entry.model_copy(update={"parameters": {**kept, **lines}})
    return garment(replace(order, entry=whole), fitting)


def socks(order: Order, fitting: Fitting) -> Layer:
    """From the toes up to `shaft` on the shin."""
    top = Lines(top=order.number("shaft", 0.2))
    height = fitting.draped(ease_of(order, fitting))
    fitting.wear(height, top.beyond(cage_places()) < 0.02, order.entry.thickness_m)

    lift = _lift(order, top)

    def sew(settled: Array, cover: Cover) -> Work:
        return _sewn(order, fitting, top, lift, settled, cover)

    return Layer(order, sew, top.beyond, height, 0.012, lift)


def gloves(order: Order, fitting: Fitting) -> Layer:
    """Both hands, from the body's own skin; `cuff` is where they begin on the arm."""
    cuff, room = order.number("cuff", 0.435), order.number("room", 0.002)

    def beyond(at: Places) -> Array:
        return np.where(at.armness > 0.5, cuff - at.arm, 1.0)

    def sew(_settled: Array, cover: Cover) -> Work:
        piece = clipped(shell("body", 1), beyond(shell("body", 1).places))
        points = np.asarray(piece.matrix @ fitting.physique.vertices)
        normals = piece.normals(points)
        wrist = np.clip((piece.places.arm - cuff) / 0.03, 0, 1)
        points = points + ((room + 0.003 * (1 - wrist)) * fitting.scale)[:, None] * normals
        weights = weights_of(piece)
        work = Work()
        work.add(points, piece.corners, piece.sizes, piece.slots, body_uv(piece), weights)
        for loop in piece.loops:
            if cover(piece.places)[loop].max() > 0:
                frames = rim_frames(points, normals, loop)
                own = sparse.csr_array(weights[loop])
                hem(work, points[loop], frames, own, loop, order.entry.thickness_m, 0, 0.008)
        return work

    return Layer(order, sew, beyond, None, 0.008)
