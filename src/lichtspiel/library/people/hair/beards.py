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
from lichtspiel.library.records import BeardEntry, Lock

_FULL = 20_000
_GUIDES = 900
_AREA_M2 = 0.021
_SHORTEST, _UNEVEN = 0.5, 0.22
"""Length of a moustache's hairs at its edge against those within, and how unlike its hairs are."""
_LONG_M = 0.03
"""A moustache so long hangs over the lip."""

# Landmarks of the basis' face from between the eyes, metres: height of the mouth's line, of the nose's
# base and of the chin, half width of the mouth, and how far back the jaw's angle lies.
MOUTH_Z, NOSE_Z, CHIN_Z = -0.0645, -0.0415, -0.104
MOUTH_X = 0.026
JAW_Y = 0.060
# The red of the lips by distance from the middle: its upper and its lower edge.
_LIP_X = (0.0, 0.006, 0.009, 0.012, 0.015, 0.018, 0.021, 0.0255)
_LIP_TOP = (-0.0586, -0.0575, -0.0565, -0.0568, -0.0579, -0.0597, -0.0617, -0.0660)
_LIP_BOTTOM = (-0.0795, -0.0789, -0.0783, -0.0770, -0.0757, -0.0741, -0.0720, -0.0685)
# Where a moustache begins: below the nose, then below the fold beside it.
_NOSE_X = (0.0, 0.008, 0.014, 0.020, 0.027, 0.034, 0.040)
_BELOW_NOSE = (-0.0515, -0.0510, -0.0495, -0.0490, -0.0515, -0.0560, -0.0620)
# One that stands alone narrows to its ends.
_TAPERED = (-0.0515, -0.0512, -0.0512, -0.0535, -0.0595, -0.0650, -0.0700)


def beard_lengths(places: Array, beard: BeardEntry) -> Array:
    """(N,) metres of beard at places of the basis' face; 0 where none grows."""
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    joined = beard.chin_m > 0
    # Cheek line from the sideburn before the ear to the corner of the moustache.
    cheek_line = np.interp(y, [-0.02, 0.0, 0.02, 0.045, 0.065], [-0.052, -0.048, -0.040, -0.022, -0.008])
    under_line = _ramp(cheek_line - z, 0.0, 0.018)
    neck_line = np.interp(y, [-0.03, 0.0, 0.03, 0.07], [-0.130, -0.134, -0.130, -0.102])
    over_neck = _ramp(z - neck_line, 0.0, 0.018)
    before_ear = _ramp(JAW_Y + 0.007 - y, 0.0, 0.009)
    lip = off_lips(places)
    top = _BELOW_NOSE if joined else _TAPERED
    below_nose = _ramp(np.interp(x, _NOSE_X, top) - z, -0.0050, 0.0020)
    beside_mouth = _ramp(z, -0.084, -0.072) if joined else _ramp(z, -0.072, -0.062)
    ends = _ramp(x, 0.040, 0.031) if joined else _ramp(x, 0.034, 0.019)
    moustache = below_nose * _ramp(lip, 0.0, 0.0013) * ends * beside_mouth * (y < 0.005)
    # Beside the tuft below the lip is a bare spot on either side.
    bare = np.exp(-(((x - 0.0135) / 0.0055) ** 2) - ((z + 0.084) / 0.0045) ** 2)
    area = under_line * over_neck * before_ear * _ramp(lip, 0.001, 0.004) * (1 - 0.8 * bare)
    area = area * (_ramp(z, -0.066, -0.071) + (1 - _ramp(z, -0.066, -0.071)) * _ramp(x, 0.028, 0.034))
    wide = np.interp(z, [-0.105, -0.085, -0.070], [0.024, 0.030, 0.034])
    chin = np.exp(-((x / wide) ** 6)) * _ramp(y, 0.022, 0.010)
    burn = _ramp(y, 0.036, 0.046) * _ramp(z, -0.087, -0.075)
    throat = _ramp(CHIN_Z - 0.002 - z, 0.0, 0.010)
    low = np.clip((-0.052 - z) / 0.035, 0, 1)
    side = beard.cheek_m + (beard.jaw_m - beard.cheek_m) * low
    side = side + (beard.sideburn_m - side) * burn
    length = side + (beard.chin_m - side) * chin
    length = length + (beard.neck_m - length) * throat * (1 - 0.5 * chin)
    return np.asarray(np.maximum(area * length, moustache * beard.moustache_m))


def beard_cover(places: Array, beard: BeardEntry) -> Array:
    """(N,) 0..1: how densely a beard grows at places of the basis' face; it thins out to its edges."""
    parts = ("moustache_m", "chin_m", "jaw_m", "cheek_m", "sideburn_m", "neck_m")
    anywhere = {part: float(getattr(beard, part) > 0) for part in parts}
    return np.clip(beard_lengths(places, beard.model_copy(update=anywhere)), 0, 1)


def off_lips(places: Array) -> Array:
    """(N,) metres from the red of the lips, 0 on it."""
    x, z = np.abs(places[..., 0]), places[..., 2]
    high = np.maximum(z - np.interp(x, _LIP_X, _LIP_TOP), np.interp(x, _LIP_X, _LIP_BOTTOM) - z)
    return np.asarray(np.hypot(np.maximum(x - _LIP_X[-1], 0), np.maximum(high, 0)))


def _ramp(values: Array, none: float, whole: float) -> Array:
    """Smooth step from 0 at `none` to 1 at `whole`."""
    share = np.clip((values - none) / (whole - none), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def beard_hairs(
    head: Head, beard: BeardEntry, detail: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Hairs (N, K, 3) of a beard, and how thick each is against the usual (N,)."""
    reference = reference_surface()
    middle = place(reference.points[reference.faces].mean(1))
    near = (beard_lengths(middle, beard) > 5e-5) & (middle[:, 2] > -0.14) & (np.abs(middle[:, 0]) < 0.09)
    if not near.any():
        return np.zeros((0, 4, 3)), np.zeros(0)
    inside = _outside_mouth(middle, reference.normals[reference.faces].mean(1))
    roots = scatter(round(_FULL * beard.density), near * inside * (1 + 0.8 * _on_lip(middle)), rng)
    places = place(roots.on(reference, reference.points))
    longest = max(beard.moustache_m, beard.chin_m, beard.jaw_m, beard.cheek_m, beard.sideburn_m)
    length = beard_lengths(places, beard)
    cover = beard_cover(places, beard)
    patchy = 0.5 + 0.5 * np.sin(places @ rng.normal(0, 160, 3) + rng.uniform(0, 6))
    kept = (cover > 0.02) & (rng.random(len(length)) < cover**1.2 * (0.75 + 0.25 * patchy))
    roots, places, length, cover = roots[kept], places[kept], length[kept], cover[kept]
    luck = rng.standard_normal((len(length), spread.LUCK))
    count = max(1, round(detail * len(length)))
    # Hairs over the lip are cut above it, and what stands at the edge is finer and shorter.
    cut = np.minimum(
        0.0045 + 1.1 * off_lips(places), np.interp(np.abs(places[:, 0]), [0.014, 0.032], [0.011, 0.0045])
    )
    cut *= (_SHORTEST + (1 - _SHORTEST) * cover) * np.exp(_UNEVEN * luck[: len(cut), 14])
    trim = np.where(_on_lip(places) > 0, cut, np.inf)
    length = np.minimum(length, trim) if beard.moustache_m < _LONG_M else length
    length = head.scale * np.maximum(length, min(0.25 * longest, 0.001)) * np.exp(0.16 * luck[:, 15])
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
    return hairs, (0.6 + 0.4 * cover[:count]) * np.exp(0.15 * luck[:count, 14])


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
    out = np.clip(np.abs(places[:, 0]) / 0.016, 0.15, 1)
    flow = np.stack([side * (1.5 * lip * out), -0.25 * (1 - lip), -(1 - 0.5 * lip)], -1)
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
