"""All hair of a person, as curves."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.figure import Strands
from lichtspiel.library.people.hair.brows import brow_hairs
from lichtspiel.library.people.hair.lashes import lash_hairs
from lichtspiel.library.people.hair.scalp import Growth, place, scalp_roots
from lichtspiel.library.people.hair.surface import reference_surface, skin_surface
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique

_FULL = 45_000


def strands_of(person: Person, physique: Physique, detail: float = 1.0) -> tuple[Strands, ...]:
    """Hair of head and face. detail: share (0..1] of the hairs, drawn thicker the fewer they are."""
    return (_scalp(person, physique, detail), _brows(person, physique), _lashes(person, physique))


def _scalp(person: Person, physique: Physique, detail: float) -> Strands:
    rng = np.random.default_rng([person.seed, 1])
    surface = skin_surface(physique)
    roots, strength = scalp_roots(_FULL, Growth(), rng)
    count = int(detail * len(roots.faces))
    roots, strength = roots[slice(count)], strength[:count]
    reference = reference_surface()
    spot = place(roots.on(reference, reference.points))
    start, normal = roots.on(surface, surface.points), roots.on(surface, surface.normals)
    flow = spot - np.array([0.01, 0.115, 0.10])
    flow = flow - (flow * normal).sum(1, keepdims=True) * normal
    flow /= np.linalg.norm(flow, axis=1, keepdims=True)
    length = (0.010 + 0.03 * np.clip(spot[:, 2] / 0.1, 0, 1)) * (0.4 + 0.6 * strength)
    share = np.linspace(0, 1, 8)[None, :, None]
    way = flow[:, None] * share + normal[:, None] * 0.5 * share * (1 - 0.6 * share)
    points = start[:, None] + way * length[:, None, None]
    return _strands("scalp", points, 6e-5, "scalp")


def _brows(person: Person, physique: Physique) -> Strands:
    rng = np.random.default_rng([person.seed, 2])
    _, points, _ = brow_hairs(skin_surface(physique), 800, 0.5, rng)
    return _strands("brows", points, 4e-5, "brow")


def _lashes(person: Person, physique: Physique) -> Strands:
    rng = np.random.default_rng([person.seed, 3])
    return _strands("lashes", lash_hairs(physique, 1.0, rng), 3.5e-5, "lash")


def _strands(name: str, points: Array, radius: float, kind: str) -> Strands:
    count, steps, _ = points.shape
    taper = np.linspace(1, 0.3, steps)
    radii = np.broadcast_to(radius * taper, (count, steps))
    return Strands(name, points, radii, np.ones((count, steps)), (0.05, 0.03, 0.02), kind)  # type: ignore[arg-type]
