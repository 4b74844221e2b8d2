"""Forms of words: which dictionary forms may stand behind a word of the prompt.

Rules only. They propose candidates generously; a candidate counts only where a lexicon or the
library holds it, so a wrong proposal does no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lichtspiel.director.language import Language

_IRREGULAR = {
    "dice": "die", "feet": "foot", "knives": "knife", "shelves": "shelf", "leaves": "leaf",
    "loaves": "loaf", "halves": "half", "geese": "goose", "teeth": "tooth", "mice": "mouse",
}  # fmt: skip
_UMLAUTS = (("äu", "au"), ("ä", "a"), ("ö", "o"), ("ü", "u"))
_ENDINGS = ("", "e", "en", "n", "er", "ern", "s", "es", "em", "sten", "ste", "nen", "se", "sen", "ses")
_VERB_ENDINGS = ("t", "et", "te", "ten", "ete", "eten", "st", "end", "ende", "enden", "ender", "endes",
                 "endem", "nd", "nde", "nden", "nder", "ndes")  # fmt: skip


@lru_cache(maxsize=20_000)
def dictionary_forms(word: str, language: Language) -> frozenset[str]:
    """The word itself and every dictionary form it may be an inflection of."""
    forms = _english(word) if language == "en" else _german(word)
    return frozenset({word, *forms})


def is_noun_form(word: str, singular: str, language: Language) -> bool:
    """Whether `word` may be a form of a noun: an English ladder is no form of lad.

    German nouns lose nothing but the r of those that were adjectives: nicht is no form of Nichte.
    """
    if language == "de":
        return len(word) >= len(singular) or f"{word}r" == singular
    return word == singular or is_plural(word, singular, language)


def is_plural(word: str, singular: str, language: Language) -> bool:
    """Whether `word`, found under the name `singular`, is its plural."""
    if word == singular:
        return False
    if language == "en":
        return _IRREGULAR.get(word) == singular or word.endswith("s")
    ending = word[len(singular) :] if word.startswith(singular) else "umlaut"
    if ending in ("es", "ses"):
        return False
    return ending != "s" or singular[-1] in "aeiouy"


def _english(word: str) -> Iterator[str]:
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    for ending in ("s", "es", "ed", "d", "ing", "er"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        yield stem
        if ending in ("ed", "ing", "er"):
            yield stem + "e"
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield word[:-3] + "f"
        yield word[:-3] + "fe"


def _german(word: str) -> Iterator[str]:
    bases = {word, *(word.replace(a, b) for a, b in _UMLAUTS)}
    if "ss" in word:
        bases.add(word.replace("ss", "ß"))
    for base in bases:
        yield base
        for ending in _ENDINGS:
            stem = base.removesuffix(ending)
            if len(stem) < 3 or (ending and stem == base):
                continue
            yield stem
            yield stem + "e"
            if stem[-1] in "lr" and stem[-2] not in "aeiou":
                yield f"{stem[:-1]}e{stem[-1]}"
    yield from _german_infinitives(word)


def _german_infinitives(word: str) -> Iterator[str]:
    stems = {word.removesuffix(ending) for ending in _VERB_ENDINGS if word.endswith(ending)} | {word}
    stems |= {word.removesuffix("e")}
    if word.startswith("ge"):
        stems |= {stem.removeprefix("ge") for stem in tuple(stems)}
    for stem in stems:
        if len(stem) >= 2:
            yield stem + "en"
            yield stem + "n"
