"""German words made of several: Holztisch, Fliesenboden, umgestoßen."""

from __future__ import annotations

from collections.abc import Iterator

from lichtspiel.director.inflection import dictionary_forms, is_plural
from lichtspiel.director.lexicon import Formation, Left, Number, Part, Size
from lichtspiel.director.senses import (
    ColourName,
    CueWord,
    Item,
    MaterialName,
    PlaceName,
    Sense,
    ThingName,
    VerbWord,
    Word,
)
from lichtspiel.director.vocabulary import Vocabulary, names_of

_LINKS = ("", "s", "es", "n", "en", "er", "e")
"""Letters that may join the parts of a compound."""
_SHORTEST_PART = 3
_FIRST = (
    MaterialName, ColourName, Size, PlaceName, ThingName, Number, Formation, CueWord, Left,
)  # fmt: skip
_LAST = (ThingName, PlaceName, Part, Formation, CueWord, MaterialName, ColourName)


def compound(word: str, at: int, words: Vocabulary) -> Item | None:
    """Read a compound as its last part with the first part as a modifier."""
    for first, last in _splits(word):
        modifiers = _modifiers(first, words)
        if not modifiers:
            continue
        heads = words.single(dictionary_forms(last, "de"))
        senses = tuple(phrase.sense for phrase in heads if _may_be_last(phrase.sense))
        if senses:
            plural = any(
                is_plural(last, phrase.words[0], "de")
                for phrase in heads
                if isinstance(phrase.sense, ThingName)
            )
            return Item(at, at + 1, senses, plural=plural, modifiers=modifiers)
    return None


def coloured(word: str, at: int, words: Vocabulary) -> Item | None:
    """Read a noun that says a colour too: Schimmel."""
    forms = dictionary_forms(word, words.language)
    for one in words.lexicon.coloured:
        if not forms.isdisjoint(names_of(one, words.language)):
            return Item(at, at + 1, (ThingName((one.thing,)),), modifiers=(ColourName(one.colour),))
    return None


def separable_verb(word: str, at: int, words: Vocabulary) -> Item | None:
    """Read a verb written in one word with its prefix: umfällt, umgestoßen, umzufallen."""
    for prefix, particle in words.lexicon.words.verb_prefixes.items():
        rest = word.removeprefix(prefix)
        if rest == word or len(rest) < _SHORTEST_PART:
            continue
        for stem in (rest, rest.removeprefix("zu")):
            senses = tuple(
                VerbWord(phrase.sense.verb, particle)
                for phrase in words.single(dictionary_forms(stem, "de"))
                if isinstance(phrase.sense, VerbWord)
            )
            if senses:
                return Item(at, at + 1, senses)
    return None


def _splits(word: str) -> Iterator[tuple[str, str]]:
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        yield word[:cut], word[cut:]


def _modifiers(first: str, words: Vocabulary) -> tuple[Sense, ...]:
    for link in _LINKS:
        stem = first.removesuffix(link)
        if (link and stem == first) or len(stem) < _SHORTEST_PART:
            continue
        for form in (stem, stem + "e"):
            senses = [p.sense for p in words.single({form}) if isinstance(p.sense, _FIRST)]
            if senses:
                return (min(senses, key=lambda sense: _FIRST.index(type(sense))),)
    return ()


def _may_be_last(sense: Sense) -> bool:
    return isinstance(sense, _LAST) or (isinstance(sense, Word) and sense.kind == "ground")
