"""All hair of a person, as curves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.fit import Surface
from lichtspiel.library.people.figure import Garment, Strands
from lichtspiel.library.people.hair.beards import beard_hairs
from lichtspiel.library.people.hair.brows import brow_hairs
from lichtspiel.library.people.hair.drape import Layer
from lichtspiel.library.people.hair.grows import CHILD_YEARS, Kind, bushiness, colour, growth, pale
from lichtspiel.library.people.hair.head import Head, head_of
from lichtspiel.library.people.hair.lashes import lash_hairs
from lichtspiel.library.people.hair.styles import grow_style
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.screenplay import Sex

_RADIUS_M = {"scalp": 6.6e-5, "brow": 4.2e-5, "lash": 3.2e-5, "beard": 5.4e-5}
"""Of a thick hair at its root; where fewer hairs are grown than people have they are thicker."""
_LAIN_ON = frozenset({"top", "whole", "outer", "neckwear"})
"""Kinds of garments on which hair lies."""
_DULL: Mapping[Kind, float] = {"brow": 0.8, "lash": 0.8, "beard": 0.3}
"""How little short hairs shine; those of the head by how frizzy their style is."""
_STUBBLE = (0.006, 0.02), (0.8, 0.0)
"""By the length of hair on top."""
_RESTS_M, _LOOSE_M = 0.27, 0.17
"""Hair that reaches so far below the eyes rests on chest and back; so long a part above goes with both."""
_BEFORE, _BEFORE_M = 0.35, 0.09
"""How much lower what lies before the neck counts as lying, a metre before so far behind the eyes."""
_BEARD_MORE = 2.5
"""Hairs of a beard are short and stand before skin of another colour: more of them are grown."""


def strands_of(
    person: Person, physique: Physique, detail: float = 1.0, garments: Sequence[Garment] = ()
) -> tuple[Strands, ...]:
    """Hair of head and face. detail: share (0..1] of the hairs, drawn thicker the fewer they are.
    garments: the person's clothes, on which long hair lies.

    Fewer hairs are the first of the same ones. Raises KeyError for an unknown style, beard or colour.
    """
    head = head_of(physique, _layers(garments))
    made = (
        _scalp(person, physique, head, detail),
        _beard(person, physique, head, detail),
        _brows(person, physique, head),
        _lashes(person, physique, head),
    )
    return tuple(strands for strands in made if strands is not None)


def _scalp(person: Person, physique: Physique, head: Head, detail: float) -> Strands | None:
    style = catalogue.hair_styles()[person.hair_style]
    if not style.hairs:
        return None
    rng = np.random.default_rng([person.seed, 1])
    points, thick = grow_style(head, style, growth(person, style), detail, rng)
    radius = _RADIUS_M["scalp"] * (0.75 if person.age_years < CHILD_YEARS else 1.0)
    radius *= (45_000 / style.hairs) ** 0.6
    return _strands(person, physique, head, "scalp", points, thick * _thicker(radius, detail), detail)


def _layers(garments: Sequence[Garment]) -> list[Layer]:
    """What clothes hair may lie on, the outermost first."""
    entries = catalogue.garments()
    lain_on = [g for g in garments if entries[g.garment].kind in _LAIN_ON]
    lain_on.sort(key=lambda g: -entries[g.garment].layer)
    return [Layer(g.mesh.vertices, Surface(g.mesh).normals(g.mesh.vertices)) for g in lain_on]


def _beard(person: Person, physique: Physique, head: Head, detail: float) -> Strands | None:
    beard = catalogue.beards()[person.beard]
    detail = min(_BEARD_MORE * detail, 1.0)
    rng = np.random.default_rng([person.seed, 4])
    points, thick = beard_hairs(head, beard, detail, rng)
    if not len(points):
        return None
    return _strands(
        person, physique, head, "beard", points, thick * _thicker(_RADIUS_M["beard"], detail), detail
    )


def _brows(person: Person, physique: Physique, head: Head) -> Strands:
    rng = np.random.default_rng([person.seed, 2])
    bushy = bushiness(person)
    _, points, thick = brow_hairs(head.surface, head.scale, round(520 + 700 * bushy), bushy, rng)
    return _strands(person, physique, head, "brow", points, thick * _RADIUS_M["brow"] * (0.75 + 0.35 * bushy))


def _lashes(person: Person, physique: Physique, head: Head) -> Strands:
    rng = np.random.default_rng([person.seed, 3])
    length = head.scale * (1.0 if person.sex is Sex.FEMALE or person.age_years < CHILD_YEARS else 0.85)
    points = lash_hairs(physique, length, rng)
    return _strands(person, physique, head, "lash", points, np.full(len(points), _RADIUS_M["lash"]))


def _thicker(radius: float, detail: float) -> float:
    return float(radius * detail**-0.8)


def _strands(
    person: Person,
    physique: Physique,
    head: Head,
    kind: Kind,
    points: Array,
    radius: Array,
    share: float = 1.0,
) -> Strands:
    taper = np.interp(np.linspace(0, 1, points.shape[1]), [0, 0.5, 1], _tapers(person, kind))
    grey = person.grey * {"beard": 1.3, "brow": 0.5, "lash": 0.0}.get(kind, 1.0)
    return Strands(
        name=kind,
        points=points,
        radius=radius[:, None] * taper[None],
        follow=_follow(physique, head, points) if kind == "scalp" else np.ones(points.shape[:2]),
        colour=colour(person, kind),
        kind=kind,
        grey=min(grey, 1.0),
        pale=pale(person, kind),
        dull=_DULL[kind] if kind in _DULL else _dullness(person),
        share=share,
    )


def _tapers(person: Person, kind: Kind) -> tuple[float, float, float]:
    """Thickness at root, middle and tip. Coils that stand out on all sides end in a dense edge: there one
    hair is drawn for several that lie in one another."""
    stands = kind == "scalp" and catalogue.hair_styles()[person.hair_style].comb.lift == 1.0
    return (0.9, 1.0, 1.4) if stands else (1.0, 0.9, 0.25)


def _dullness(person: Person) -> float:
    """Hair that is frizzy or so short that only its ends are seen: its hairs differ less, or it is grain."""
    style = catalogue.hair_styles()[person.hair_style]
    return float(max(style.frizz, np.interp(style.top_m, *_STUBBLE)))


def _follow(physique: Physique, head: Head, points: Array) -> Array:
    """(N, K) from 1 where a hair moves with the head to 0 where it rests on chest and back."""
    y, z = ((points[..., axis] - head.eyes[axis]) / head.scale for axis in (1, 2))
    # A nod would press what lies before the neck into the chest: it rests sooner than what hangs behind.
    low = z - _BEFORE * np.clip(_BEFORE_M - y, 0, _BEFORE_M)
    free = np.clip((low + _RESTS_M) / _LOOSE_M, 0, 1)
    hanging = free * free * (3 - 2 * free)
    # At the nape the skin that hairs are rooted in goes partly with the neck.
    vertex = head.body.probe(points[:, 0])[2]
    shares = {"neck01": 0.25, "neck02": 0.5, "neck03": 0.75}
    trunk = ("spine", "clavicle", "shoulder", "root")
    parts = np.array([shares.get(b, 0.0 if b.startswith(trunk) else 1.0) for b in load().bone_names])
    carried = (physique.skin.shares[vertex] * parts[physique.skin.bones[vertex]]).sum(1)
    return np.asarray(np.minimum(hanging, carried[:, None]))
