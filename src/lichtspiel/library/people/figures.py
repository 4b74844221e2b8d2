"""Puts a dressed person together."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from lichtspiel.library import catalogue
from lichtspiel.library.people import clothes, hair
from lichtspiel.library.people.clothes import headwear
from lichtspiel.library.people.clothes.headfit import head_of
from lichtspiel.library.people.figure import Figure
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique


@lru_cache(maxsize=64)
def figure_of(person: Person) -> Figure:
    """Body, hair and clothes of a person. Raises PackMissingError, and KeyError for unknown ids."""
    body = physique(person)
    known = replace(person, wears=tuple(w for w in person.wears if w.garment in catalogue.garments()))
    strands = hair.strands_of(person, body)
    for wear in known.wears:
        entry = catalogue.garments()[wear.garment]
        if entry.kind == "headwear":
            strands = headwear.uncovered(strands, entry, head_of(person, body))
    return Figure(person, body, garments=clothes.garments_of(known, body), hair=strands)
