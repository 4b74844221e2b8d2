"""Grows the hair of a head in a style of the library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.library.people.hair import spread, tied
from lichtspiel.library.people.hair.comb import flow, lengths, off_parting
from lichtspiel.library.people.hair.drape import Start, grow
from lichtspiel.library.people.hair.head import Head, Scalp
from lichtspiel.library.people.hair.scalp import Growth, azimuth_deg, place, scalp_roots
from lichtspiel.library.people.hair.spread import Guides
from lichtspiel.library.people.hair.surface import Roots, reference_surface
from lichtspiel.library.records import Comb, HairStyleEntry

_GUIDES = 1600
_SCALP_M2 = 0.062
_LAYERED, _CUT_ROUND = 0.86, 0.95
"""Length of the shortest hairs against the usual one: of hair that stands out on all sides less differs,
since it is cut to a shape."""
_FLYING = 0.45
"""Thickness of hairs that fly away, against the others."""
_TOGETHER = 0.3
"""A hair that is drawn for many goes where they go on average, which strays less: by this power of their
share. It would be a half for hairs that stray each on its own, and none for locks that stray as one."""
_COMPANY = 4000
"""So many of the hairs, whatever share is drawn, tell which ones run alone."""
_PARTED_M, _LIFTS, _RISE_M = 0.035, 0.3, (0.02, 0.07)
"""So near to a parting hair lies down on the scalp, or one looks under it: what is left of its lift there,
and the way along a hair until it lies in its layer, away from a parting and at it."""
_HANGS = (0.0, 60.0, 140.0, 180.0), (0.045, 0.1, 0.1, 0.0)
"""By the azimuth of its root: how far from the middle of the body hair hangs below the jaw."""


def grow_style(
    head: Head,
    style: HairStyleEntry,
    growth: Growth,
    detail: float,
    rng: np.random.Generator,
) -> tuple[Array, Array]:
    """Hairs (N, K, 3) and how thick each is against the usual (N,).

    detail: share (0..1] of the hairs.
    """
    roots, strength = scalp_roots(style.hairs, growth, rng)
    scalp = _scalp(head, style, roots, strength, rng)
    count = max(1, round(detail * len(roots.faces)))
    grown = max(count, min(_COMPANY, len(roots.faces)))
    luck = rng.standard_normal((len(roots.faces), spread.LUCK))
    if style.tie is not None:
        hairs = tied.grow_tied(head, style, scalp, count, rng)
        lone = np.zeros(count, bool)
    else:
        hairs = _loose(head, style, scalp, grown, luck[:grown], rng)
        lone = spread.alone(hairs[:count], hairs[:_COMPANY])
    luck = luck[:count]
    hairs = spread.ruffle(hairs[:count], scalp[:count].lengths, style.frizz * detail**_TOGETHER, luck)
    free = ~_on_the_face(head, hairs) if style.guards_face or style.tie else np.full(count, True)
    # One that is drawn for several is wiry where nothing but the sky is behind it.
    thick = (0.55 + 0.45 * strength[:count]) * np.where(spread.flies(style.frizz, luck), _FLYING, 1.0)
    seen = free & ~lone
    return hairs[seen], thick[seen]


def _loose(
    head: Head, style: HairStyleEntry, scalp: Scalp, count: int, luck: Array, rng: np.random.Generator
) -> Array:
    """The first so many hairs (N, K, 3) of untied hair, in locks and curls."""
    kept = scalp[:count]
    guides = _guides(head, style, scalp[:_GUIDES], rng)
    locks = scalp[: max(20, int(_SCALP_M2 / style.lock.size_m**2))]
    centres = spread.fill(guides, locks.points, locks.headings, locks.lengths)
    hairs = spread.fill(guides, kept.points, kept.headings, kept.lengths)
    hairs, member = spread.gather(hairs, centres, style.lock, luck)
    return spread.curl(hairs, kept.lengths, style.curl, member, luck, rng)


def _on_the_face(head: Head, hairs: Array) -> NDArray[np.bool_]:
    """(N,) which hairs (N, K, 3) cross the face between the brows' ends and the chin."""
    places = (hairs - head.eyes) / head.scale
    x, y, z = np.abs(places[..., 0]), places[..., 1], places[..., 2]
    return np.asarray(((x < 0.046 - 0.1 * np.clip(y, 0, 1)) & (y < 0.06) & (z > -0.1) & (z < 0.058)).any(1))


def _scalp(
    head: Head, style: HairStyleEntry, roots: Roots, strength: Array, rng: np.random.Generator
) -> Scalp:
    reference = reference_surface()
    places = place(roots.on(reference, reference.points))
    normals = roots.on(head.surface, head.surface.normals)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    jitter = rng.normal(0, 0.0025, places.shape)  # no parting is a ruled line
    headings = flow(places + jitter, normals, style.comb)
    least = _CUT_ROUND if style.comb.lift == 1.0 else _LAYERED
    uneven = rng.uniform(least, 1.04, len(places)) * (0.35 + 0.65 * strength)
    if style.tie is not None:
        uneven = np.ones(len(places))
    points = roots.on(head.surface, head.surface.points) - 0.0004 * normals
    return Scalp(places, points, normals, headings, lengths(places, style) * uneven * head.scale, strength)


def _guides(head: Head, style: HairStyleEntry, scalp: Scalp, rng: np.random.Generator) -> Guides:
    flat = _at_parting(scalp.places, style.comb)
    lift = style.comb.lift * (1 - (1 - _LIFTS) * flat)[:, None]
    wander = rng.normal(0, 0.10 + 0.1 * style.frizz, scalp.headings.shape)
    directions = lift * scalp.normals + (1 - lift) * scalp.headings + 0.5 * wander
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    # The higher its root, the further outside a hair lies.
    rank = np.clip((scalp.places[:, 2] + 0.06) / 0.17, 0, 1) * rng.uniform(0.6, 1.1, len(scalp.places))
    layers = head.scale * (0.0012 + style.volume_m * rank)
    rises = head.scale * np.interp(flat, (0.0, 1.0), _RISE_M)
    start = Start(scalp.points, scalp.normals, directions, scalp.lengths, layers)
    points = grow(head.body, start, steps_of(style), style.stiffness, _Pull(head, style, scalp), rises)
    return Guides(points, scalp.headings, scalp.lengths)


def _at_parting(places: Array, comb: Comb) -> Array:
    """(N,) 1 at a parting to 0 away from it."""
    if comb.parting_m is None:
        return np.zeros(len(places))
    return np.asarray(np.clip(1 - off_parting(places, comb) / _PARTED_M, 0, 1))


def steps_of(style: HairStyleEntry) -> int:
    """Segments of each hair: enough for its bends and turns."""
    longest = max(style.top_m, style.side_m, style.back_m, style.front_m)
    turns = longest / style.curl.pitch_m if style.curl.radius_m > 0.0015 else 0.0
    return int(np.clip(max(7, 7 + longest * 55, turns * 6), 4, 60))


@dataclass(frozen=True, eq=False)
class _Pull:
    """What draws the tips of loose hair: combing near the root, then gravity; the face stays free."""

    head: Head
    style: HairStyleEntry
    scalp: Scalp

    def __call__(self, points: Array, vertices: Array, share: Array) -> Array:
        reference = reference_surface()
        places = place(reference.points[vertices])
        normals = self.head.surface.normals[vertices]
        way = share * self.scalp.lengths
        on_scalp = np.clip((places[:, 2] + 0.03) / 0.04, 0, 1)
        held = np.exp(-way / (self.style.comb.hold_m * self.head.scale)) * on_scalp
        lying = min(1.0, 2 * (1 - self.style.comb.lift))  # hair that stands out is not combed down
        pull = lying * held[:, None] * flow(places, normals, self.style.comb)
        pull[:, 2] -= self.style.gravity * np.where(held > 0.5, 0.5, 1.0)
        if self.style.guards_face:
            pull += self._aside(places, points)
        return np.asarray(pull)

    def _aside(self, places: Array, points: Array) -> Array:
        """Off the face, and off the shoulders' ridge to the front or the back."""
        side = np.sign(self.scalp.places[:, 0] + 1e-6)
        turned = azimuth_deg(places)
        before = np.clip((62 - turned) / 20, 0, 1) * (places[:, 2] < 0.062) * (places[:, 2] > -0.13)
        push = np.stack([1.3 * side * before, 0.8 * before, 0 * before], -1)
        below = np.clip((-0.09 - (points[:, 2] - self.head.eyes[2]) / self.head.scale) / 0.05, 0, 1)
        fore = np.where(azimuth_deg(self.scalp.places) < 58, -1.0, 1.0)
        push[:, 1] += 0.35 * self.style.gravity * below * fore
        aside = np.abs(points[:, 0] - self.head.eyes[0]) / self.head.scale
        hangs = np.interp(azimuth_deg(self.scalp.places), *_HANGS)
        push[:, 0] -= 0.28 * side * below * np.clip((aside - hangs) / 0.04, 0, 1)
        return push
