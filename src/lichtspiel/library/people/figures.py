"""Puts a dressed person together."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lichtspiel.library import catalogue
from lichtspiel.library.people import clothes, hair
from lichtspiel.library.people.clothes import headwear
from lichtspiel.library.people.clothes.headfit import head_of
from lichtspiel.library.people.figure import Figure, Garment
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique


@lru_cache(maxsize=64)
def figure_of(person: Person, hair_share: float = 1.0) -> Figure:
    """Body, hair and clothes of a person. Raises PackMissingError, and KeyError for unknown ids.

    hair_share: how many of the hairs to grow; far people do with few.
    """
    body = physique(person)
    known = _in_known_clothes(person)
    worn = garments_of(person)
    strands = hair.strands_of(person, body, hair_share, worn)
    for wear in known.wears:
        entry = catalogue.garments()[wear.garment]
        if entry.kind == "headwear":
            strands = headwear.uncovered(strands, entry, head_of(person, body))
    return Figure(person, body, garments=worn, hair=strands)


@lru_cache(maxsize=64)
def garments_of(person: Person) -> tuple[Garment, ...]:
    """The clothes of a person, without the rest. Raises PackMissingError."""
    return clothes.garments_of(_in_known_clothes(person), physique(person))


def _in_known_clothes(person: Person) -> Person:
    return replace(person, wears=tuple(w for w in person.wears if w.garment in catalogue.garments()))
