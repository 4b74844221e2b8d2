"""Skin that hair grows on takes on its colour: there stand more hairs than are drawn, and shorter ones."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array
from lichtspiel.library.people import complexion
from lichtspiel.library.people.hair import grows
from lichtspiel.library.people.hair.lashes import lash_roots
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people.pigment import noise, step
from lichtspiel.picture.people.texels import Floats, Texels

_SCALP, _BEARD, _BROW = 0.93, 0.8, 0.5
"""How far skin below whole hair takes on its colour."""
_BEARD_M = 0.006
"""A beard so long covers wholly."""
_STUBBLED = 0.3
"""Share of a whole beard's cover that the shortest hairs give."""
_GREY, _GREYER = 0.5, 1.3
"""Linear lightness of hair without pigment; beards turn grey sooner than heads."""
_LASH_M = 0.0009
"""Half width of the line that lashes draw along the rims of the lids."""
_LASHED = {"upper": 0.75, "lower": 0.3}
_SHADE = 0.6
"""Colour between hairs against their own: light hardly reaches there."""


def grown_over(person: Person, texels: Texels, colour: Floats) -> Floats:
    """(N, 3) linear RGB of skin of this colour below a person's hair, beard and brows."""
    head = np.flatnonzero(texels.face[:, 2] > -5.5)
    if not len(head):
        return colour
    places = texels.place[head].astype(float)
    rng = np.random.default_rng((person.seed, 606))
    uneven = 1 + 0.18 * noise(rng, texels.place[head], 700.0, 2)
    result = colour.copy()
    lips = texels.mask("lips")[head]
    ears = texels.mask("ears")[head]
    kinds: tuple[tuple[Floats, grows.Kind], ...] = (
        (_SCALP * grows.on_scalp(person, places) * (1 - ears), "scalp"),
        (_BEARD * _beard(person, places) * (1 - lips), "beard"),
        (_BROW * grows.on_brow(person, places), "brow"),
    )
    result[head] = _lash_lines(person, places, result[head])
    grey = complexion.grey_share(person.age_years, person.seed)
    for cover, kind in kinds:
        own = np.array(grows.colour(person.hair_colour, kind))
        hair = _SHADE * (own + min(_GREYER * grey, 0.8) * (_GREY - own) * (kind == "beard"))
        share = np.clip(cover * uneven, 0, 0.95)[:, None]
        below = hair * (0.65 + 0.35 * result[head])
        result[head] = result[head] * (1 - share) + below * share
    return result


def _beard(person: Person, places: Array) -> Array:
    """(N,) 0..1: how far a beard covers the skin."""
    long = step(grows.beard_m(person, places), 0.001, _BEARD_M)
    return np.asarray(grows.on_beard(person, places) * (_STUBBLED + (1 - _STUBBLED) * long))


def _lash_lines(person: Person, places: Floats, colour: Floats) -> Floats:
    """Colour (N, 3) at places of the basis, with the dark line where lashes are rooted."""
    dark = np.array(grows.colour(person.hair_colour, "lash"))
    result = colour.copy()
    for lid, strength in _LASHED.items():
        away, _ = cKDTree(lash_roots(lid)).query(places, distance_upper_bound=4 * _LASH_M)
        near = np.flatnonzero(np.isfinite(away))
        share = strength * np.exp(-((away[near] / _LASH_M) ** 2))[:, None]
        result[near] = result[near] * (1 - share) + dark * share
    return result
