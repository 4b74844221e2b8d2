"""Puts a dressed person together."""

from __future__ import annotations

from functools import lru_cache

from lichtspiel.library.people import hair
from lichtspiel.library.people.figure import Figure
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique


@lru_cache(maxsize=64)
def figure_of(person: Person) -> Figure:
    """Body, hair and clothes of a person. Raises PackMissingError, and KeyError for unknown ids."""
    body = physique(person)
    return Figure(person, body, garments=(), hair=hair.strands_of(person, body))
