"""Places and grounds that noun phrases name."""

from __future__ import annotations

from lichtspiel.director.discourse import Discourse, Referent
from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.senses import Item, MaterialName, PlaceName, Word


def ground_named(discourse: Discourse, phrase: NounPhrase) -> Referent:
    """The ground the action stands on, of the material that the phrase names."""
    if phrase.head:
        discourse.ledger.realise(phrase.head, "setting.ground", "the ground the action stands on")
    _take_modifiers(discourse, phrase, "only the material of the ground can be chosen yet")
    return Referent(ground=True)


def place_named(discourse: Discourse, phrase: NounPhrase, place: PlaceName) -> Referent:
    """A place of the library, on the ground that the phrase gives it."""
    assert phrase.head is not None
    discourse.place_mentions.append((phrase.head, place.ids))
    _ground_in_name(discourse, phrase.head)
    _take_modifiers(discourse, phrase, "places of the library are as they are, but for their ground")
    return Referent(places=place.ids, ground=True)


def _take_modifiers(discourse: Discourse, phrase: NounPhrase, others: str) -> None:
    """Materials are grounds, places are places; others: why nothing else can be said of them."""
    for item, sense in phrase.modifiers:
        if isinstance(sense, MaterialName):
            discourse.grounds.append((item, sense.id))
        elif isinstance(sense, PlaceName):
            discourse.place_mentions.append((item, sense.ids))
        elif not isinstance(sense, Word):
            discourse.ledger.refuse(item, others)


def _ground_in_name(discourse: Discourse, head: Item) -> None:
    """`wooden table` as the name of a place still asks for wood."""
    text = discourse.tokens[head.start].key
    forms = dictionary_forms(text, discourse.words.language)
    if discourse.words.language == "de" and head.end - head.start == 1:
        forms = frozenset(text[:cut] for cut in range(3, len(text) - 2))
    if head.end - head.start > 1 or discourse.words.language == "de":
        for phrase in discourse.words.single(forms):
            if isinstance(phrase.sense, MaterialName):
                discourse.grounds.append((head, phrase.sense.id))
                return
