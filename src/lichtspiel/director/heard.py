"""Sounds that a prompt asks for: `a clock ticks`, `rain on the window`, `distant thunder`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from lichtspiel.director.hearing_lexicon import hearing_lexicon
from lichtspiel.director.language import Language
from lichtspiel.director.segments import Segment, joins
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import verb_forms
from lichtspiel.director.vocabulary import names_of, phrase_words
from lichtspiel.library import catalogue

_LIGHT = frozenset([
        "a", "an", "the", "of", "some", "ein", "eine", "einen", "einem", "einer", "der", "die",
        "das", "den", "dem", "auf", "am", "im", "ans", "gegen", "against", "at", "on",
])  # fmt: skip
_WHERE = frozenset(["over", "above", "in", "near", "by", "beyond", "über", "überm", "hinter", "bei"])
_OPENERS = frozenset(["und", "dann", "danach", "da", "plötzlich", "draußen"])
"""What may stand before a German verb that comes first."""
_LATER = frozenset([
        "then", "finally", "afterwards", "next", "eventually", "later", "dann", "schließlich", "danach",
        "daraufhin", "anschließend", "zuletzt", "später",
])  # fmt: skip
"""Words that put a sound after the one before it."""
_NOBODY = "es"
"""Who knocks where it knocks: es klopft."""
_GAP = 2
"""So many words may stand between two of a name: the clock on the wall ticks."""
_ONLY_HEARD = frozenset({"vehicle"})
"""Kinds of sounds that are heard, whatever makes them does, where nothing of the library shows it."""
_LONE_KINDS = frozenset({"weather", "crowd", "effect", "ambience", "animal", "machine"})
"""Kinds of sounds that a bare noun asks for; a vehicle is to be seen."""


@dataclass(frozen=True)
class Sound:
    """A sound of the library at these tokens; `around` only say that it is heard."""

    sound: str
    at: tuple[int, ...]
    around: tuple[int, ...] = ()
    later: bool = False
    """It is told to come after the sound before it."""


@dataclass(frozen=True)
class _Name:
    words: tuple[str, ...]
    sound: str


def sounds(
    tokens: Sequence[Token],
    parts: Sequence[Segment],
    seen: Collection[int],
    acting: Collection[Segment],
    language: Language,
) -> tuple[Sound, ...]:
    """Every sound that the prompt names.

    seen: tokens of what can be seen (things, people, places, weather), whose bare names are no
    sounds. acting: segments in which people act, which sound by themselves.
    """
    found = []
    for part in parts:
        sound = _sound(tokens, part, seen, part in acting, language)
        if sound is not None:
            opened = any(token.key in _LATER for token in tokens[part[0] : min(sound.at)])
            found.append(replace(sound, later=opened))
    return tuple(found)


def _sound(
    tokens: Sequence[Token], part: Segment, seen: Collection[int], acts: bool, language: Language
) -> Sound | None:
    start, end = part
    around = _around(tokens, part, language)
    listened = bool(around)
    best: Sound | None = None
    for at in range(start, end):
        for form in verb_forms(tokens[at].key, language):
            for name in _names(language).get(form, ()):
                if acts and not listened and name.words[0] != _NOBODY:
                    continue
                places = _places(tokens, at, end, name, language)
                if places is None and language == "de":
                    # The verb may stand first: dann klingelt das Telefon.
                    places = _turned(tokens, at, part, name)
                if places is None or (best is not None and len(places) <= len(best.at)):
                    continue
                if len(places) > 1 or _stands_alone(tokens, part, at, name, seen, around, language):
                    best = Sound(name.sound, places, around)
    return best


@cache
def animals(language: Language) -> frozenset[str]:
    """Names of animals, which can be heard and not yet seen."""
    beasts = [sound for sound in catalogue.sounds().values() if sound.kind == "animal"]
    words = (phrase_words(text.lower()) for sound in beasts for text in names_of(sound.names, language))
    return frozenset(word for name in words for word in name)


def _around(tokens: Sequence[Token], part: Segment, language: Language) -> tuple[int, ...]:
    start, end = part
    found: list[int] = []
    for text in names_of(hearing_lexicon().heard, language):
        words = phrase_words(text)
        for at in range(start, end - len(words) + 1):
            if all(
                token.key == word for token, word in zip(tokens[at : at + len(words)], words, strict=False)
            ):
                found += range(at, at + len(words))
    return tuple(sorted(set(found)))


def _places(
    tokens: Sequence[Token], at: int, end: int, name: _Name, language: Language
) -> tuple[int, ...] | None:
    places = [at]
    for word in name.words[1:]:
        reach = range(places[-1] + 1, min(end, places[-1] + 2 + _GAP))
        place = next((n for n in reach if _alike(tokens[n].key, word, language)), None)
        if place is None:
            return None
        places.append(place)
    return tuple(places)


def _turned(tokens: Sequence[Token], at: int, part: Segment, name: _Name) -> tuple[int, ...] | None:
    """A German verb before its noun; at: the noun."""
    if len(name.words) != len(("noun", "verb")):
        return None
    before = range(max(part[0], at - 1 - _GAP), at)
    place = next((n for n in before if _alike(tokens[n].key, name.words[1], "de")), None)
    if place is None or any(tokens[n].key not in _OPENERS for n in range(part[0], place)):
        return None
    return place, at


def _stands_alone(
    tokens: Sequence[Token],
    part: Segment,
    at: int,
    name: _Name,
    seen: Collection[int],
    around: Collection[int],
    language: Language,
) -> bool:
    """Whether a bare noun is all that its clause says, so that it is to be heard."""
    kind, key = catalogue.sounds()[name.sound].kind, tokens[at].key
    if name.words[0] not in (key, key.removesuffix("s"), key.removesuffix("n")):
        return False
    if at in seen and not around:
        return False
    rest = [
        n
        for n in range(*part)
        if n != at and n not in around and tokens[n].key not in _LIGHT and not joins(tokens[n], language)
    ]
    if kind == "weather" and not around and all(tokens[n].key in _LIGHT for n in range(part[0], at)):
        # Thunder over a meadow at night: what follows says where and when.
        rest = [n for n in rest if n not in seen and tokens[n].key not in _WHERE]
    if (
        rest
        and kind in _ONLY_HEARD
        and at not in seen
        and all(tokens[n].key in _LIGHT for n in range(part[0], at))
    ):
        # A helicopter flies over the city: the library does not show it, so that it is heard at least.
        return True
    article = at > part[0] and tokens[at - 1].key in ("a", "an", "ein", "eine", "einen")
    shown = kind == "vehicle" or (kind in ("animal", "machine") and article)
    return len(rest) <= 1 and (bool(around) or (kind in _LONE_KINDS and not shown))


@cache
def _names(language: Language) -> Mapping[str, tuple[_Name, ...]]:
    index: dict[str, list[_Name]] = defaultdict(list)
    known = catalogue.sounds()
    named = [(sound.id, text) for sound in known.values() for text in names_of(sound.names, language)]
    more = [word for word in hearing_lexicon().sounds if word.sound in known]
    named += [(word.sound, text) for word in more for text in names_of(word, language)]
    for sound, text in named:
        words = tuple(word for word in phrase_words(text.lower()) if word not in _LIGHT)
        for first in sorted(verb_forms(words[0], language)) if words else ():
            index[first].append(_Name(words, sound))
    return {word: tuple(dict.fromkeys(names)) for word, names in index.items()}


def _alike(key: str, word: str, language: Language) -> bool:
    shared = verb_forms(key, language) & verb_forms(word, language)
    return any(len(form) > 2 for form in shared) or key == word
