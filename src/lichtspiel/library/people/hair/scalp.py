"""Where hair grows on a head: the hairline, the scalp behind it, and roots spread over it.

All places are drawn on the basis' own head (`reference_surface`), in metres from the point between
its eyes: x to the person's left, y back, z up. Vertices correspond, so they fit every head.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.hair.surface import Roots, reference_surface

EYES = np.array([0.0, -0.1245, 0.7284])
"""Middle between the basis' eyeballs, in the basis' frame."""
_AXIS_Y = 0.070
"""The head's middle, behind the eyes: azimuths are measured about it."""
_RADIUS_M, _SAMPLES = 0.08, 361
"""Of the head about that middle, where the hairline runs, and points that stand for the line."""

# Height of the hairline above the eyes by azimuth from the front (0) to the nape (180 degrees).
# Trichion a third of a face above the brows; the dip at 68 to 80 degrees is the sideburn.
_HAIRLINE = (
    (0, 0.0715), (15, 0.0725), (28, 0.0720), (38, 0.0650), (46, 0.0520), (53, 0.0400), (60, 0.0300),
    (66, 0.0080), (71, -0.0120), (78, -0.0150), (84, 0.0000), (92, 0.0120), (104, 0.0080),
    (112, -0.0150), (122, -0.0450), (135, -0.0640), (150, -0.0720), (165, -0.0740), (180, -0.0760),
)  # fmt: skip


@dataclass(frozen=True)
class Growth:
    """How far the hair of a head has gone.

    recession: 0 a child's round hairline, 0.35 a man's temples, 1 the corners run to the crown.
    crown: 0 full to 1 a bare crown that reaches down to the ring above the ears.
    low_m: how much lower it begins over the forehead than an adult's, on the basis' head.
    """

    recession: float = 0.0
    crown: float = 0.0
    low_m: float = 0.0


def place(points: Array) -> Array:
    """Points of the basis' frame, from the middle between the eyes."""
    return np.asarray(points - EYES)


def azimuth_deg(places: Array) -> Array:
    """0 at the front of the head, 90 over the ears, 180 at the nape."""
    return np.asarray(np.degrees(np.arctan2(np.abs(places[..., 0]), _AXIS_Y - places[..., 1])))


def above_hairline(places: Array, growth: Growth) -> Array:
    """Metres from the hairline into the scalp, negative outside it."""
    azimuth = azimuth_deg(places)
    _, y, z = np.moveaxis(places, -1, 0)
    # At the temples the line is so steep that height above it says little of how near it is.
    turned = np.linspace(0, 180, _SAMPLES)
    line = np.stack([np.radians(turned) * _RADIUS_M, _hairline(turned, growth)], -1)
    away, _ = cKDTree(line).query(np.stack([np.radians(azimuth) * _RADIUS_M, z], -1))
    inside = np.where(z > _hairline(azimuth, growth), away, -away)
    front = azimuth < 75
    back = y - 0.012 - 0.095 * np.clip(growth.recession - 0.4, 0, 1)
    bare = np.where(front & (z > 0.05), np.minimum(inside, inside + back * growth.recession), inside)
    return np.asarray(bare)


def _hairline(azimuth: Array, growth: Growth) -> Array:
    """(N,) height of the hairline above the eyes by azimuth (N,) in degrees."""
    height = PchipInterpolator(*np.array(_HAIRLINE).T)(azimuth)
    # Children's and women's corners are rounded; men's recede, then run back over the head.
    corner = np.exp(-(((azimuth - 34) / 11) ** 2))
    height = height + 0.030 * growth.recession * corner
    return np.asarray(height - growth.low_m * np.clip((height - 0.03) / 0.04, 0, 1))


def crown_cover(places: Array, growth: Growth) -> Array:
    """Share (0..1) of hair that is left where a crown thins out."""
    if growth.crown <= 0:
        return np.ones(places.shape[:-1])
    centre = np.array([0.0, 0.105, 0.100])
    reach = 0.025 + 0.075 * growth.crown
    distance = np.linalg.norm((places - centre) * np.array([1.0, 0.85, 1.0]), axis=-1)
    cover = np.clip((distance - reach + 0.022) / 0.03, 0, 1)
    return np.asarray(cover**1.5)


@lru_cache(maxsize=1)
def _is_ear() -> Array:
    """(F,) 1 for faces of the ears."""
    base = basis.load()
    uv = base.uv[base.face_uv[base.faces_of("body")]].mean(1)
    mask = base.mask("ears")
    rows = np.clip(((1 - uv[:, 1]) * len(mask)).astype(int), 0, len(mask) - 1)
    columns = np.clip((uv[:, 0] * len(mask)).astype(int), 0, len(mask) - 1)
    return np.asarray((mask[rows, columns] > 110).astype(float))


def ear_vertices() -> IntArray:
    """Vertices of the ears."""
    faces = reference_surface().faces[_is_ear() > 0]
    return np.unique(faces).astype(np.int32)


def scatter(count: int, weights: Array, rng: np.random.Generator) -> Roots:
    """Roots at random on faces, by their area times `weights` (F,)."""
    surface = reference_surface()
    a, b, c, d = (surface.points[surface.faces[:, corner]] for corner in range(4))
    area = np.linalg.norm(np.cross(c - a, d - b), axis=1) / 2
    share = area * weights
    faces = rng.choice(len(share), count, p=share / share.sum())
    return Roots(faces.astype(np.int32), rng.random((count, 2)))


def scalp_roots(count: int, growth: Growth, rng: np.random.Generator) -> tuple[Roots, Array]:
    """Up to `count` roots on a scalp, and how well hair grows there (N,): 1 inside, less at the edge."""
    surface = reference_surface()
    middle = place(surface.points[surface.faces].mean(1))
    near = (middle[:, 2] > -0.10) & (np.abs(middle[:, 0]) < 0.12) & (_is_ear() == 0)
    near &= above_hairline(middle, growth) > -0.012
    roots = scatter(count, near.astype(float), rng)
    places = place(roots.on(surface, surface.points))
    edge = above_hairline(places, growth) + _ragged(places, rng)
    strength = np.clip(edge / 0.017, 0, 1)
    kept = rng.random(count) < np.clip(0.06 + edge / 0.013, 0, 1) * (edge > -0.001) * crown_cover(
        places, growth
    )
    return roots[kept], strength[kept]


def _ragged(places: Array, rng: np.random.Generator) -> Array:
    """Irregularity of a hairline: a few waves along it and a jitter per hair, metres."""
    azimuth = np.radians(azimuth_deg(places)) * np.sign(places[:, 0] + 1e-9)
    waves = sum(
        rng.uniform(0.4, 1.2) * np.sin(turns * azimuth + rng.uniform(0, 6.3)) / np.sqrt(turns / 5)
        for turns in (5, 9, 16, 27)
    )
    return np.asarray(0.0014 * waves + 0.0020 * rng.normal(size=len(places)))
