"""Where a person's hair, beard and brows grow, and in what colour, at places of the basis' skin."""

from __future__ import annotations

from typing import Literal

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.people.hair.beards import beard_cover, beard_lengths
from lichtspiel.library.people.hair.brows import density
from lichtspiel.library.people.hair.comb import lengths
from lichtspiel.library.people.hair.scalp import Growth, above_hairline, crown_cover, place
from lichtspiel.library.people.person import Person
from lichtspiel.library.records import HairStyleEntry
from lichtspiel.screenplay import Sex

Kind = Literal["scalp", "brow", "lash", "beard", "fur"]

CHILD_YEARS = 12.0
_PALE = frozenset({"grey", "white"})
"""Hair that has lost its colour, in brows as well."""
_BEARDS = 0.45
"""How much nearer to white a grey beard is than the head: it turns first."""
_BROWS = 0.5
"""How much of it is lost: some hairs of a grey brow stay dark, and skin shows between them."""
_GREY, _GREY_BROW = (0.62, 0.61, 0.60), (0.30, 0.29, 0.28)
_OVER_SKIN = 1.25
"""Luminance of pale brows against that of the skin, at most."""
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_LOW_M = (1.0, 3.0, 8.0, 14.0), (0.0, 0.011, 0.011, 0.0)
"""By age in years, how much lower than an adult's hairline a child's is; a baby's hair is sparse."""
_WHOLE_M = 0.010
"""Hair so long hides the skin wholly."""


def growth(person: Person, style: HairStyleEntry) -> Growth:
    """How far the hairline went back: by the style, and by age for men.

    A child's brow is high and bare already; drawn on it, an adult's hairline makes a doll's forehead.
    """
    if person.sex is not Sex.MALE or person.age_years < 18:
        low = np.interp(person.age_years, *_LOW_M)
        return Growth(style.recession, style.crown, float(low))
    early = np.random.default_rng([person.seed, 5]).normal(0, 0.12)
    aged = 0.06 + 0.4 * (person.age_years - 20) / 60 + early
    return Growth(max(style.recession, float(np.clip(aged, 0.05, 0.55))), style.crown)


def bushiness(person: Person) -> float:
    """Of brows: 0 fine … 1 thick and long."""
    rng = np.random.default_rng([person.seed, 2])
    bushy = {Sex.MALE: 0.65, Sex.FEMALE: 0.3}[person.sex] + rng.normal(0, 0.12)
    if person.age_years < CHILD_YEARS:
        bushy = 0.15
    elif person.sex is Sex.MALE:
        bushy += np.clip((person.age_years - 50) / 80, 0, 0.4)
    return float(np.clip(bushy, 0, 1))


def on_scalp(person: Person, points: Array) -> Array:
    """(N,) 0..1: how densely hair covers the skin at points (N, 3) of the basis."""
    style = catalogue.hair_styles()[person.hair_style]
    if not style.hairs:
        return np.zeros(len(points))
    places = place(points)
    grown = growth(person, style)
    inside = np.clip(above_hairline(places, grown) / 0.014 + 0.15, 0, 1) * (places[:, 2] > -0.085)
    long = np.clip(0.35 + 0.65 * lengths(places, style) / _WHOLE_M, 0, 1)
    return np.asarray(inside**1.5 * long * crown_cover(places, grown))


def beard_m(person: Person, points: Array) -> Array:
    """(N,) length of beard at points (N, 3) of the basis, metres."""
    return beard_lengths(place(points), catalogue.beards()[person.beard])


def on_beard(person: Person, points: Array) -> Array:
    """(N,) 0..1: how densely a beard covers the skin at points (N, 3) of the basis."""
    beard = catalogue.beards()[person.beard]
    return beard.density * beard_cover(place(points), beard)


def on_brow(person: Person, points: Array) -> Array:
    """(N,) 0..1: how densely brows cover the skin at points (N, 3) of the basis."""
    bushy = bushiness(person)
    return density(place(points), bushy) * (0.7 + 0.3 * bushy)


def colour(person: Person, kind: Kind) -> Vec3:
    """Linear RGB of a person's hair where it grows. Raises KeyError for an unknown colour."""
    name = person.hair_colour
    grown = catalogue.hair_colours().get(name)
    red, green, blue = grown.rgb if grown else catalogue.colours()[name].rgb
    if kind == "lash":
        return (min(0.35 * red, 0.05), min(0.3 * green, 0.03), min(0.3 * blue, 0.02))
    if kind == "brow" and grown and grown.id in _PALE:
        return _on_skin(person, (_BROWS * red, _BROWS * green, _BROWS * blue))
    if kind == "beard" and grown and grown.id in _PALE:
        whiter = np.asarray((red, green, blue)) * (1 - _BEARDS) + _BEARDS * np.asarray(_GREY)
        return (float(whiter[0]), float(whiter[1]), float(whiter[2]))
    if kind == "brow":  # brows are darker than light hair
        return (red * 0.6 if red > 0.1 else red, green * 0.55 if red > 0.1 else green, blue * 0.5)
    return (red, green, blue)


def pale(person: Person, kind: Kind) -> Vec3:
    """Linear RGB, lit, of a person's hairs that have no pigment."""
    return _on_skin(person, _GREY_BROW) if kind == "brow" else _GREY


def _on_skin(person: Person, hair: Vec3) -> Vec3:
    """The colour that pale hair has in brows: skin shows through its thin hairs."""
    light, below = (float(np.dot(rgb, _LUMINANCE)) for rgb in (hair, catalogue.skin_tones()[person.skin].rgb))
    red, green, blue = np.asarray(hair) * min(1.0, _OVER_SKIN * below / light)
    return (float(red), float(green), float(blue))
