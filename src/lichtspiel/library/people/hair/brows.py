"""Eyebrows: short hairs along an arch over each eye."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.hair.scalp import place, scatter
from lichtspiel.library.people.hair.surface import Roots, SkinSurface, reference_surface

_EYE_X = 0.0308
# The arch by share of its length: offset outward and height from the eye's centre, half width, metres.
_SHARE = (0.0, 0.3, 0.65, 1.0)
_OUT = (-0.0165, -0.003, 0.012, 0.0245)
_HEIGHT = (0.0150, 0.0190, 0.0215, 0.0155)
_HALF_WIDTH = (0.0042, 0.0048, 0.0036, 0.0011)
_POINTS = 6


def brow_hairs(
    surface: SkinSurface, scale: float, count: int, bushiness: float, rng: np.random.Generator
) -> tuple[Roots, Array, Array]:
    """Roots, curves (N, K, 3) and radii (N,). bushiness: 0 fine to 1 thick and long."""
    reference = reference_surface()
    middle = place(reference.points[reference.faces].mean(1))
    share, across = _on_arch(middle, bushiness)
    near = (np.abs(across) < 2.2) & (share > -0.15) & (share < 1.15) & (middle[:, 1] < 0.03)
    roots = scatter(count * 6, near.astype(float), rng)
    share, across = _on_arch(place(roots.on(reference, reference.points)), bushiness)
    kept = np.flatnonzero(rng.random(len(share)) < _likely(share, across))[:count]
    roots, share, across = roots[kept], share[kept], across[kept]
    length = scale * (0.0052 + 0.0042 * bushiness)
    return roots, _curves(surface, roots, share, across, length, rng), rng.uniform(0.7, 1.1, len(kept))


def density(places: Array, bushiness: float) -> Array:
    """(N,) how densely a brow grows at places of the basis' face: 1 in its middle, 0 outside it."""
    return _likely(*_on_arch(places, bushiness)) * (places[..., 1] < 0.03) * (places[..., 2] > 0)


def _likely(share: Array, across: Array) -> Array:
    ends = np.clip((share + 0.02) / 0.12, 0, 1) * np.clip((1.03 - share) / 0.15, 0, 1)
    return np.asarray(np.exp(-0.5 * (across / 0.62) ** 2) * ends)


def _on_arch(places: Array, bushiness: float) -> tuple[Array, Array]:
    """Share of the arch's length (N,), and the distance from its middle in half widths (N,)."""
    out = np.abs(places[:, 0]) - _EYE_X
    share = np.interp(out, _OUT, _SHARE) + np.where(out < _OUT[0], (out - _OUT[0]) / 0.05, 0)
    share = share + np.where(out > _OUT[-1], (out - _OUT[-1]) / 0.03, 0)
    width = np.interp(share, _SHARE, _HALF_WIDTH) * (0.75 + 0.5 * bushiness)
    return share, (places[:, 2] - np.interp(share, _SHARE, _HEIGHT)) / width


def _curves(
    surface: SkinSurface,
    roots: Roots,
    share: Array,
    across: Array,
    longest: float,
    rng: np.random.Generator,
) -> Array:
    """Hairs rise at the nose, lie outward along the arch, and lean to its middle line."""
    start = roots.on(surface, surface.points)
    normal = roots.on(surface, surface.normals)
    outward = np.sign(start[:, 0])
    rise = np.interp(share, [0, 0.15, 0.5, 1], [1.3, 0.8, 0.25, -0.35]) - 0.38 * np.clip(across, -1.5, 1.5)
    heading = np.stack([outward * np.interp(share, [0, 0.2, 1], [0.25, 0.8, 1]), 0 * rise, rise], -1)
    heading += rng.normal(0, 0.16, heading.shape)
    heading -= (heading * normal).sum(1, keepdims=True) * normal
    heading /= np.linalg.norm(heading, axis=1, keepdims=True)
    length = longest * np.interp(share, [0, 0.3, 1], [0.8, 1.1, 0.75])
    length = length * rng.uniform(0.7, 1.25, len(length))
    along = np.linspace(0, 1, _POINTS)[None, :, None]
    lift = 0.30 * along * (1 - 0.55 * along)
    droop = np.stack([outward * 0.12, 0 * rise, -0.14 - 0.1 * share], -1)[:, None] * along**2
    way = heading[:, None] * along + normal[:, None] * lift + droop
    return np.asarray(start[:, None] - 0.0003 * normal[:, None] + length[:, None, None] * way)
