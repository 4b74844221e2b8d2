"""What people do of whom a prompt says nothing else: a pianist plays."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.acting_lexicon import acting_lexicon
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.language import Language
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_lexicon import Undone
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_senses import Span
from lichtspiel.director.senses import Item
from lichtspiel.screenplay import Action


def play_their_own(reading: PeopleReading, cut: Sequence[Span], language: Language, ledger: Ledger) -> None:
    """Have those play what they are called after who do nothing else in the prompt, but for a photo."""
    if reading.photo:
        return
    busy = [person for deed in reading.deeds for person in deed.people]
    busy += [person for line in reading.lines for person in line.people]
    for person in reading.cast.values():
        motion = _played(person, language)
        if person in busy or motion is None:
            continue
        verb = next((span.item for span in cut if span.sense(Undone) is not None), None)
        item = verb or Item(person.at, person.at + 1)
        reading.deeds.append(DraftDeed([person], Action.PERFORM, item, {"motion": motion}))
        if verb is not None:
            ledger.entries.pop(verb.start, None)
        else:
            ledger.fill(f"{person.id}: deed", "beats", f"{motion}: that is what they are called after")


def _played(person: DraftCharacter, language: Language) -> str | None:
    called = {person.called, *dictionary_forms(person.called, language)}
    return next((one.means for one in acting_lexicon().players if called & set(one.who)), None)
