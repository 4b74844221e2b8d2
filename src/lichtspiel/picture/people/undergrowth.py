"""Skin that hair grows on takes on its colour: there stand more hairs than are drawn, and shorter ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.hair import grows
from lichtspiel.library.people.hair.lashes import lash_roots
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people.fields import noise, step
from lichtspiel.picture.people.texels import Floats, Texels

_STAINS: Mapping[grows.Kind, float] = {"scalp": 0.985, "beard": 0.8, "brow": 0.5}
"""How far skin below whole hair takes on its colour."""
_PATCHY = 0.45
"""How uneven hair is where it covers half."""
_NECK = -5.5
"""Height in face units above which hair grows."""
_BEARD_M = 0.006
"""A beard so long covers wholly."""
_STUBBLED = 0.3
"""Share of a whole beard's cover that the shortest hairs give."""
_GREY = 0.5
"""Linear lightness of hair without pigment."""
_GREYED: Mapping[grows.Kind, tuple[float, float]] = {"scalp": (1.0, 1.0), "beard": (1.3, 0.8)}
"""Share of hair that is grey against that of the head, and at most: beards turn grey sooner."""
_LASH_M = 0.0009
"""Half width of the line that lashes draw along the rims of the lids."""
_LASHED = {"upper": 0.75, "lower": 0.3}
_SHADE = 0.6
"""Colour between hairs against their own: light hardly reaches there."""


@dataclass(frozen=True, eq=False)
class _Covers:
    """Texels (H,) of a head, and how far hair of each kind covers each of them (H,), 0..1."""

    head: IntArray
    kinds: Mapping[grows.Kind, Floats]


def cover(person: Person, texels: Texels) -> Floats:
    """(N,) 0..1: how far hair, beard and brows cover the skin."""
    covers = _covers(person, texels)
    bare = np.ones(len(texels.face))
    for share in covers.kinds.values():
        bare[covers.head] *= 1 - np.clip(share, 0, 1)
    return 1 - bare


def _covers(person: Person, texels: Texels) -> _Covers:
    head = np.flatnonzero(texels.face[:, 2] > _NECK)
    places = texels.place[head].astype(float)
    lips, ears = texels.mask("lips")[head], texels.mask("ears")[head]
    return _Covers(
        head.astype(np.int32),
        {
            "scalp": grows.on_scalp(person, places) * (1 - ears),
            "beard": _beard(person, places) * (1 - lips),
            "brow": grows.on_brow(person, places),
        },
    )


def grown_over(person: Person, texels: Texels, colour: Floats) -> Floats:
    """(N, 3) linear RGB of skin of this colour below a person's hair, beard and brows."""
    covers = _covers(person, texels)
    head = covers.head
    if not len(head):
        return colour
    places = texels.place[head].astype(float)
    rng = np.random.default_rng((person.seed, 606))
    patchy = _PATCHY * noise(rng, texels.place[head], 700.0, 2)
    result = colour.copy()
    result[head] = _lash_lines(person, places, result[head])
    for kind, part in covers.kinds.items():
        own = np.array(grows.colour(person, kind))
        sooner, most = _GREYED.get(kind, (0.0, 0.0))
        hair = _SHADE * (own + min(sooner * person.grey, most) * (_GREY - own))
        whole = np.clip(part, 0, 1)  # where hair covers wholly, no skin shows between
        share = _STAINS[kind] * np.clip(whole * (1 + patchy * (1 - whole)), 0, 1)[:, None]
        below = hair * (0.65 + 0.35 * result[head])
        result[head] = result[head] * (1 - share) + below * share
    return result


def _beard(person: Person, places: Array) -> Array:
    """(N,) 0..1: how far a beard covers the skin."""
    long = step(grows.beard_m(person, places), 0.001, _BEARD_M)
    return np.asarray(grows.on_beard(person, places) * (_STUBBLED + (1 - _STUBBLED) * long))


def _lash_lines(person: Person, places: Floats, colour: Floats) -> Floats:
    """Colour (N, 3) at places of the basis, with the dark line where lashes are rooted."""
    dark = np.array(grows.colour(person, "lash"))
    result = colour.copy()
    for lid, strength in _LASHED.items():
        away, _ = cKDTree(lash_roots(lid)).query(places, distance_upper_bound=4 * _LASH_M)
        near = np.flatnonzero(np.isfinite(away))
        share = strength * np.exp(-((away[near] / _LASH_M) ** 2))[:, None]
        result[near] = result[near] * (1 - share) + dark * share
    return result
