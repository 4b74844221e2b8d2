"""Beards: where on a face they grow, how they lie, how long they are."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.hair import spread
from lichtspiel.library.people.hair.drape import Start, grow
from lichtspiel.library.people.hair.head import Head
from lichtspiel.library.people.hair.scalp import place, scatter
from lichtspiel.library.people.hair.spread import Guides
from lichtspiel.library.people.hair.surface import reference_surface
from lichtspiel.library.records import BeardEntry, Lock, Names

_FULL = 20_000
_GUIDES = 900
_AREA_M2 = 0.021

# Landmarks of the basis' face from between the eyes, metres: height of the mouth's line, of the nose's
# base and of the chin, half width of the mouth, and how far back the jaw's angle lies.
MOUTH_Z, NOSE_Z, CHIN_Z = -0.0645, -0.0415, -0.104
MOUTH_X = 0.026
_LIP_M = 0.0062
"""Height of the upper lip's red above the mouth's line: a moustache is rooted above it."""
_BARE_M = 0.0125
"""Half height of the bare skin around the lips."""
JAW_Y = 0.060


_EVERYWHERE = BeardEntry(
    id="everywhere",
    names=Names(),
    moustache_m=1.0,
    chin_m=1.0,
    jaw_m=1.0,
    cheek_m=1.0,
    sideburn_m=1.0,
    neck_m=1.0,
)
"""A beard whose lengths say how surely hair grows at a place."""


def beard_lengths(places: Array, beard: BeardEntry) -> Array:
    """(N,) metres of beard at places of the basis' face; 0 where none grows."""
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    # Cheek line from the sideburn before the ear to the corner of the moustache.
    cheek_line = np.interp(y, [-0.02, 0.0, 0.02, 0.045, 0.065], [-0.056, -0.052, -0.044, -0.026, -0.012])
    under_line = np.clip((cheek_line - z) / 0.008, 0, 1)
    neck_line = np.interp(y, [-0.03, 0.0, 0.03, 0.07], [-0.128, -0.132, -0.128, -0.10])
    over_neck = np.clip((z - neck_line) / 0.01, 0, 1)
    before_ear = np.clip((JAW_Y + 0.006 - y) / 0.006, 0, 1)
    lip = np.clip((NOSE_Z - 0.002 - z) / 0.003, 0, 1) * np.clip((z - MOUTH_Z - _LIP_M) / 0.003, 0, 1)
    moustache = lip * np.clip((MOUTH_X + 0.008 - x) / 0.006, 0, 1) * (y < 0.005)
    around = np.hypot(x / (MOUTH_X + 0.005), (z - MOUTH_Z + 0.001) / _BARE_M)
    clear = np.clip((around - 1.0) / 0.3, 0, 1)
    soul = np.clip((MOUTH_Z - 0.010 - z) / 0.004, 0, 1) * np.clip((0.008 - x) / 0.004, 0, 1)
    area = under_line * over_neck * before_ear * np.maximum(clear, soul)
    chin = np.exp(-((x / 0.024) ** 4)) * np.clip((0.022 - y) / 0.012, 0, 1)
    burn = np.clip((y - 0.036) / 0.008, 0, 1) * np.clip((z + 0.085) / 0.01, 0, 1)
    throat = np.clip((CHIN_Z - 0.002 - z) / 0.008, 0, 1)
    low = np.clip((-0.052 - z) / 0.035, 0, 1)
    side = beard.cheek_m + (beard.jaw_m - beard.cheek_m) * low
    side = side + (beard.sideburn_m - side) * burn
    length = side + (beard.chin_m - side) * chin
    length = length + (beard.neck_m - length) * throat * (1 - 0.5 * chin)
    return np.asarray(np.maximum(area * length, moustache * beard.moustache_m))


def beard_hairs(
    head: Head, beard: BeardEntry, detail: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Hairs (N, K, 3) of a beard, and how thick each is against the usual (N,)."""
    reference = reference_surface()
    middle = place(reference.points[reference.faces].mean(1))
    near = (beard_lengths(middle, beard) > 1e-4) & (middle[:, 2] > -0.14) & (np.abs(middle[:, 0]) < 0.09)
    if not near.any():
        return np.zeros((0, 4, 3)), np.zeros(0)
    inside = _outside_mouth(middle, reference.normals[reference.faces].mean(1))
    roots = scatter(round(_FULL * beard.density), near * inside * (1 + 1.6 * _on_lip(middle)), rng)
    places = place(roots.on(reference, reference.points))
    longest = max(beard.moustache_m, beard.chin_m, beard.jaw_m, beard.cheek_m, beard.sideburn_m)
    length = beard_lengths(places, beard)
    grows = beard_lengths(places, _EVERYWHERE)
    patchy = 0.5 + 0.5 * np.sin(places @ rng.normal(0, 160, 3) + rng.uniform(0, 6))
    kept = (length > 3e-4) & (rng.random(len(length)) < grows * (0.8 + 0.2 * patchy))
    roots, places, length = roots[kept], places[kept], length[kept]
    luck = rng.standard_normal((len(length), spread.LUCK))
    count = max(1, round(detail * len(length)))
    length = head.scale * np.maximum(length, 0.25 * longest * (longest < 0.004)) * np.exp(0.16 * luck[:, 15])
    points = roots.on(head.surface, head.surface.points)
    normals = roots.on(head.surface, head.surface.normals)
    points = points - 0.0003 * normals
    headings = _headings(places, normals)
    guides = _guides(
        head, points[:_GUIDES], normals[:_GUIDES], headings[:_GUIDES], length[:_GUIDES], longest, luck
    )
    hairs = spread.fill(guides, points[:count], headings[:count], length[:count])
    if longest > 0.004:
        lock = Lock(size_m=0.0055 if longest < 0.03 else 0.008, share=0.45)
        locks = max(10, int(_AREA_M2 / lock.size_m**2))
        centres = spread.fill(guides, points[:locks], headings[:locks], length[:locks])
        hairs, member = spread.gather(hairs, centres, lock, luck[:count])
        hairs = spread.curl(hairs, length[:count], beard.curl, member, luck[:count], rng)
    hairs = spread.ruffle(hairs, length[:count], 0.9 if longest > 0.004 else 0.4, luck[:count])
    return hairs, np.exp(0.15 * luck[:count, 14])


def _on_lip(places: Array) -> Array:
    """1 between nose and mouth, where a beard is densest."""
    high = np.clip((places[:, 2] - MOUTH_Z) / 0.004, 0, 1) * (places[:, 2] < NOSE_Z + 0.004)
    return np.asarray(high * (np.abs(places[:, 0]) < MOUTH_X + 0.01))


def _outside_mouth(places: Array, normals: Array) -> Array:
    """1 for faces that do not lie within the mouth or on the lips' inner side."""
    deep = (places[:, 1] > 0.004) & (np.abs(places[:, 0]) < 0.03) & (places[:, 2] > -0.085)
    return np.asarray(~deep | (normals[:, 1] < -0.6), np.float64)


def _headings(places: Array, normals: Array) -> Array:
    """Beards lie down and a little forward; a moustache runs out from under the nose."""
    side = np.sign(places[:, 0])
    lip = _on_lip(places)
    out = np.clip(np.abs(places[:, 0]) / 0.012, 0.15, 1)
    flow = np.stack([side * (1.5 * lip * out), -0.25 * (1 - lip), -(1 - 0.45 * lip)], -1)
    flow -= (flow * normals).sum(1, keepdims=True) * normals
    return np.asarray(flow / np.maximum(np.linalg.norm(flow, axis=1, keepdims=True), 1e-9))


def _guides(
    head: Head, points: Array, normals: Array, headings: Array, lengths: Array, longest: float, luck: Array
) -> Guides:
    lift = 0.62 if longest < 0.004 else 0.42
    start = lift * normals + (1 - lift) * headings + 0.14 * luck[: len(points), :3]
    start /= np.linalg.norm(start, axis=1, keepdims=True)
    steps = int(np.clip(3 + longest * 260, 3, 24))

    def pull(_points: Array, _vertices: Array, share: Array) -> Array:
        down = 0.55 * headings * (1 - share[:, None])
        down[:, 2] -= 0.5 * share + 0.15
        return down

    layers = np.minimum(0.0015 + 0.12 * lengths, 0.012) * np.exp(0.3 * luck[: len(points), 3])
    grown = grow(head.body, Start(points, normals, start, lengths, layers), steps, 0.8, pull, 0.015)
    return Guides(grown, headings, lengths)
