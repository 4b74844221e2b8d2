"""What a place has anyway, and what is done to it: a net, a goal and its posts."""

from __future__ import annotations

from lichtspiel.director.people_lexicon import Fixture, people_lexicon
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import Span
from lichtspiel.director.senses import Item
from lichtspiel.director.vocabulary import names_of, phrase_words

_AIMED = frozenset(
    {"into", "against", "across", "above", "at", "onto", "towards", "through", "past", "in", "on"}
)
"""Prepositions before what something is thrown, kicked or hit at."""
UNAIMED = "it stands there, but nothing can be aimed at it yet"


def fixture_end(scene: Scene, at: int) -> int | None:
    """Where the name of what the place has anyway ends that begins at a token; None where there is none."""
    ends = [
        at + len(words)
        for fixture in people_lexicon().fixtures
        if set(fixture.places) & _places(scene)
        for words in _names(scene, fixture)
        if tuple(token.key for token in scene.tokens[at : at + len(words)]) == words
    ]
    return max(ends, default=None)


def take_fixture(scene: Scene, span: Span, end: int) -> None:
    """It stands there; nothing can be aimed at it."""
    item = Item(span.start, end)
    if scene.role in _AIMED and scene.deed is not None and scene.deed.motion is not None:
        scene.ledger.refuse(item, UNAIMED)
    else:
        scene.ledger.realise(item, "setting.place", "places are furnished as such places are")
    scene.forget()
    scene.role = None


def _names(scene: Scene, fixture: Fixture) -> list[tuple[str, ...]]:
    return [phrase_words(text.lower()) for text in names_of(fixture, scene.language)]


def _places(scene: Scene) -> set[str]:
    """Where the film may play, as far as it was told: named places, else where such deeds are done."""
    named = {place for _, ids in scene.reading.places for place in ids}
    homes = {deed.motion.home for deed in scene.reading.deeds if deed.motion is not None and deed.motion.home}
    return named or homes or {one.entry.home for one in scene.reading.cast.values() if one.entry.home}
