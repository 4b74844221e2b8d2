"""Places and grounds that noun phrases name."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.discourse import Discourse, Referent
from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.lexicon import Preposition
from lichtspiel.director.senses import Item, MaterialName, PlaceName, ThingName, Word

_BENEATH = frozenset({"on", "onto", "along", "across"})
_FLOORS = frozenset({"carpet", "linoleum", "tile"})
"""Floors of rooms."""
_OPEN = {"grass": "lawn", "sand": "beach", "snow": "snowfield"}
"""Where grounds are that are places of their own."""


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


def floors_named(discourse: Discourse, items: Sequence[Item], open_place: bool) -> None:
    """What somebody is on, called by its material: on the carpet, on a blue rug, on the grass.

    open_place: the prompt names no place, so that grass tells it.
    """
    beneath = False
    for item in items:
        role, material = item.sense(Preposition), item.sense(MaterialName)
        if role is not None:
            beneath = role.role in _BENEATH
        elif item.sense(ThingName) is not None or item.mark:
            beneath = False
        elif not beneath or material is None or item.sense(PlaceName) is not None:
            continue
        elif material.id in _FLOORS:
            _retake(discourse, item)
            discourse.grounds.append((item, material.id))
        elif material.id in _OPEN and open_place:
            _retake(discourse, item)
            discourse.place_mentions.append((item, (_OPEN[material.id],)))


def _retake(discourse: Discourse, item: Item) -> None:
    """Forget that whoever read what people do has made nothing of a word."""
    discourse.ledger.entries.pop(item.start, None)


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
