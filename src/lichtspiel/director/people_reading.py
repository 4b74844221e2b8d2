"""What a prompt says of people, as it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed, DraftLine
from lichtspiel.director.people_senses import RoleName
from lichtspiel.director.senses import CueWord, Item
from lichtspiel.director.story import Story

_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", " ": "_"})


def id_of(name: RoleName) -> str:
    """What the screenplay calls somebody: their role, or the prompt's own word for them."""
    called = name.called.translate(_LETTERS)
    return called if called.isascii() and called.replace("_", "").isalpha() else name.role


@dataclass
class PeopleReading:
    """What a prompt says of people, and the words that speak of the rest."""

    story: Story
    """What things do."""
    cast: dict[str, DraftCharacter] = field(default_factory=dict)
    deeds: list[DraftDeed] = field(default_factory=list)
    cues: list[tuple[Item, CueWord, int]] = field(default_factory=list)
    places: list[tuple[Item, tuple[str, ...]]] = field(default_factory=list)
    home: str | None = None
    """Place that has the spots the prompt names."""
    cuts: list[Item] = field(default_factory=list)
    """Where new shots begin that the prompt counts."""
    lines: list[DraftLine] = field(default_factory=list)
    plural: set[str] = field(default_factory=set)
    """Props that are several, without a number."""
    tails: list[tuple[int, Item]] = field(default_factory=list)
    """Words that belong to the verb at a token."""

    def free_id(self, name: str) -> str:
        """An id for a new character."""
        number, person_id = 1, name
        while person_id in self.cast or person_id in ("ground", "camera"):
            number += 1
            person_id = f"{name}_{number}"
        return person_id

    def part_from(self, person: DraftCharacter, count: int = 1) -> DraftCharacter:
        """Make some of several people a character of their own, who takes part in all they did."""
        one = replace(
            person, id=self.free_id(person.id.rstrip("_0123456789")), count=count,
            fields=dict(person.fields), hair=dict(person.hair),
            shape=dict(person.shape), wears=[dict(wear) for wear in person.wears],
            wears_not=list(person.wears_not),
        )  # fmt: skip
        self.cast[one.id] = one
        person.count -= count
        for deed in self.deeds:
            if person in deed.people and one not in deed.people:
                deed.people.append(one)
        return one

    photo: bool = False
    items: tuple[Item, ...] = ()
    """What the prompt was cut into."""
