"""What the relatives of a film have in common: skin, features, colours, and likeness by descent."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.people.draws import generator
from lichtspiel.screenplay import Character, Sex

_LIKENESS = 0.82
"""Correlation of a trait with the line of descent; siblings share two thirds of what makes
a face, parents and children half: a little more than is measured, since a film has seconds to show it."""
_SAME_COLOUR = 0.75
"""How often eyes and hair have the family's colour."""
_SIDES = ("maternal", "paternal")


@dataclass(frozen=True)
class Kin:
    """Somebody's place in the family of a film. family and lines are seeds; children come from both lines."""

    family: int
    lines: tuple[int, ...]
    features: Literal["african", "asian", "european", "mixed"] | None = None
    """Family of features that the screenplay names for one of them."""
    skin: str | None = None

    def colour_seed(self, own: int, purpose: str) -> int:
        """The seed that a colour is drawn from: the family's, or somebody's own."""
        return self.family if generator(own, f"kin {purpose}").random() < _SAME_COLOUR else own

    def deviation(self, own: float, purpose: str) -> float:
        """A trait in standard deviations, by what descent gives and what is one's own."""
        given = sum(generator(line, purpose).standard_normal() for line in self.lines)
        share = _LIKENESS / np.sqrt(len(self.lines))
        return float(share * given + np.sqrt(1 - _LIKENESS**2) * own)


def families(cast: Sequence[Character], film_seed: int) -> Mapping[str, Kin]:
    """The kin of each character, by id, who is somebody's relative in this film.

    Who is a mother, a son or a grandfather is; small children are where such a one is with them.
    Characters with a seed of their own keep the face that they have everywhere.
    """
    known = catalogue.roles()
    roles = {one.id: known[one.role] for one in cast if one.role is not None and one.role in known}
    places = {name: role.kin for name, role in roles.items()}
    related = [one for one in cast if places.get(one.id)]
    if len(related) < 2 or all(places[one.id] == "young" for one in related):
        return {}
    family = _seed(film_seed, "family")
    parents = {place for place in places.values() if place is not None and place in _SIDES}
    skin = next((one.skin for one in related if one.skin), None)
    features = next((one.features for one in related if one.features), None)
    found = {}
    for one in related:
        if one.seed is None and one.likeness is None:
            sides = _sides(places[one.id] or "", one.sex or roles[one.id].sex, parents)
            found[one.id] = Kin(family, tuple(_seed(film_seed, side) for side in sides), features, skin)
    return found


def _sides(place: str, sex: str | Sex | None, parents: Collection[str]) -> tuple[str, ...]:
    if place in _SIDES:
        return (place,)
    if place == "elder":
        if len(parents) == 1:  # of the one parent who is there
            return tuple(side for side in _SIDES if side in parents)
        return ("maternal",) if sex == Sex.FEMALE else ("paternal",)
    return _SIDES


def _seed(film_seed: int, purpose: str) -> int:
    return int(np.random.SeedSequence([2, film_seed, zlib.crc32(purpose.encode())]).generate_state(1)[0])
