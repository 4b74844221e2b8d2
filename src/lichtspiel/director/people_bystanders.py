"""Who else is there, where a prompt speaks of life around those it names: a busy market, many voices."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.heard import Sound
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.language import Language
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_lexicon import people_lexicon
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.shots import DraftShot
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import names_of
from lichtspiel.screenplay import Action, Beat, Placement, Relation, ShotSize

_ENOUGH = 6
"""So many people of the prompt's own are company already."""


def add_bystanders(
    reading: PeopleReading,
    tokens: Sequence[Token],
    language: Language,
    place: str,
    sounds: Sequence[Sound],
    drafts: Sequence[DraftShot],
    ledger: Ledger,
) -> tuple[Beat, ...]:
    """Put people in the background of a place that is full of them, say so, and return what they do.

    Shots keep to those whom the prompt names.
    """
    life = people_lexicon().life
    if place not in life.places or sum(person.count for person in reading.cast.values()) >= _ENOUGH:
        return ()
    busy = set(names_of(life, language))
    words = [
        item
        for item in reading.items
        if not dictionary_forms(tokens[item.start].key, language).isdisjoint(busy)
    ]
    heard = any(sound.sound in life.sounds for sound in sounds)
    if not words and not heard and place not in life.always:
        return ()
    named = list(reading.cast)
    why = "many voices are heard" if heard else "such places are full of people"
    beats = []
    for some in life.bystanders:
        person = DraftCharacter(reading.free_id(some.id), ANYONE, count=some.count)
        person.placement = Placement(relation=Relation.IN_BACKGROUND, side=some.side)
        person.arrangement = some.arrangement
        reading.cast[person.id] = person
        beats.append(Beat(subject=person.id, action=Action.PERFORM, motion=some.motion))
        ledger.fill(person.id, person.slot, f"{some.count} in the background: {why}")
    for word in words:
        ledger.realise(word, f"cast.{life.bystanders[0].id}", "people in the background")
    for index, draft in enumerate(drafts):
        draft.subjects = draft.subjects or list(named)
        if "size" not in draft.fields:
            draft.fields["size"] = ShotSize.FULL.value
            ledger.fill("size", f"shots.{index}.size", "full: the others are seen behind")
    return tuple(beats)
