"""Kept characters in new films: the prompt's names become people the director knows, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lichtspiel.director.language import Language, detect
from lichtspiel.screenplay import Character, Expression, Reading, Screenplay, Sex, Status, Understanding
from lichtspiel.studio.wish import Named

_NOUNS: Mapping[tuple[Language, Sex], tuple[str, ...]] = {
    ("en", Sex.FEMALE): ("the woman", "the sister"),
    ("en", Sex.MALE): ("the man", "the brother"),
    ("de", Sex.FEMALE): ("die Frau", "die Schwester"),
    ("de", Sex.MALE): ("der Mann", "der Bruder"),
}
"""What two people of one sex are called, so that the director tells them apart."""

_QUOTED = re.compile(r"[\"“„«»‹][^\"“”„«»‹›]*[\"”“»›]")


@dataclass(frozen=True)
class _Place:
    """Where a name stood in the prompt, and where its noun stands in what the director reads."""

    named: int
    own: tuple[int, int]
    read: tuple[int, int]


@dataclass(frozen=True)
class Script:
    """A prompt as the director can read it."""

    prompt: str
    text: str
    named: tuple[Named, ...]
    places: tuple[_Place, ...]

    def cast(self, screenplay: Screenplay, read: Understanding) -> tuple[Screenplay, Understanding]:
        """The film with the kept people in it, and the account of the prompt's own words."""
        ids = {one: self._id(one, read) for one in range(len(self.named))}
        people = tuple(self._played(member, ids) for member in screenplay.cast)
        readings = [self._told(reading) for reading in read.readings if not _is_drawn(reading, ids)]
        for one, named in enumerate(self.named):
            note = "the character of this name" if ids[one] else "nobody of this name could be placed"
            status = Status.REALISED if ids[one] else Status.NOT_REALISED
            slot = f"cast.{ids[one]}" if ids[one] else ""
            readings.append(Reading(status=status, text=named.name, slot=slot, note=note))
        played = screenplay.model_copy(update={"cast": people, "prompt": self.prompt})
        return played, Understanding(prompt=self.prompt, readings=tuple(readings))

    def _id(self, one: int, read: Understanding) -> str | None:
        """Which of the cast the director took somebody for."""
        spans = [place.read for place in self.places if place.named == one]
        for reading in read.readings:
            if (
                reading.span
                and reading.slot.startswith("cast.")
                and any(_meet(reading.span, s) for s in spans)
            ):
                return reading.slot.split(".")[1]
        return None

    def _played(self, member: Character, ids: Mapping[int, str | None]) -> Character:
        for one, played in ids.items():
            if played == member.id:
                kept = self.named[one].person
                own = {"id": member.id, "count": 1, "arrangement": None, "placement": member.placement}
                if member.expression is not Expression.NEUTRAL:
                    own["expression"] = member.expression
                if member.wears:
                    own["wears"] = member.wears
                return kept.model_copy(update=own)
        return member

    def _told(self, reading: Reading) -> Reading:
        """A reading against the prompt instead of what the director read."""
        if reading.span is None:
            return reading
        start, end = self._before(reading.span[0], 0), self._before(reading.span[1], 1)
        return reading.model_copy(update={"span": (start, end), "text": self.prompt[start:end]})

    def _before(self, offset: int, side: int) -> int:
        """An offset in the prompt; within a noun, the start (0) or the end (1) of the name."""
        moved = 0
        for place in self.places:
            if place.read[0] <= offset - side < place.read[1]:
                return place.own[side]
            if place.read[1] <= offset:
                moved = place.own[1] - place.read[1]
        return offset + moved


def script(prompt: str, named: Sequence[Named]) -> Script:
    """The prompt with nouns for the names of kept people."""
    language = detect(prompt)
    nouns: list[str] = []
    for one in named:
        mine = _NOUNS[language, one.person.sex or Sex.FEMALE]
        nouns.append(next(noun for noun in mine if noun not in nouns))
    by_length = sorted((one.name for one in named), key=len, reverse=True)
    names = "|".join(re.escape(name) for name in by_length)
    said = [quote.span() for quote in _QUOTED.finditer(prompt)]
    text, places, end = "", [], 0
    for found in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", prompt) if named else ():
        if any(_meet(found.span(), quote) for quote in said):
            continue  # what somebody says stays as it is
        index = next(index for index, known in enumerate(named) if known.name == found[0])
        text += prompt[end : found.start()]
        places.append(_Place(index, found.span(), (len(text), len(text) + len(nouns[index]))))
        text += nouns[index]
        end = found.end()
    return Script(prompt, text + prompt[end:], tuple(named), tuple(places))


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_drawn(reading: Reading, ids: Mapping[int, str | None]) -> bool:
    """Whether this tells what the director drew for somebody who is known already."""
    known = [f"cast.{one}." for one in ids.values() if one]
    return reading.status is Status.FILLED_IN and reading.slot.startswith(tuple(known))
