"""Words about people in a prompt: spans with what they may mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lichtspiel.director.inflection import dictionary_forms, is_plural
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Phrases
from lichtspiel.director.people_ages import Age, age_at
from lichtspiel.director.people_lexicon import (
    BodyPart,
    BodyWord,
    Deed,
    GarmentWord,
    Group,
    HairShape,
    Pattern,
    Quality,
    SpotWord,
    Undone,
    Way,
    people_lexicon,
)
from lichtspiel.director.senses import CueWord, Item, PlaceName, VerbWord
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import names_of, phrase_words
from lichtspiel.library import catalogue
from lichtspiel.library.records import Names
from lichtspiel.screenplay import Sex

_SHORTEST_TAIL = 4
"""Letters of the shortest name that may end a German compound: Sommer-rock."""


@dataclass(frozen=True)
class RoleName:
    role: str
    sex: Sex | None = None
    plural: bool = False


@dataclass(frozen=True)
class GarmentName:
    garments: tuple[str, ...]
    """All garments of this name."""
    along: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindName:
    kind: str
    bare: bool = False
    """Nothing of this kind is worn: barefoot."""


@dataclass(frozen=True)
class ShadeName:
    """Dark or light, of clothes whose colour is left open."""

    colour: str


@dataclass(frozen=True)
class StyleName:
    style: str


@dataclass(frozen=True)
class BeardName:
    beard: str


@dataclass(frozen=True)
class ToneName:
    """A colour in the words of skin, eyes or hair."""

    part: BodyPart
    id: str


@dataclass(frozen=True)
class Evident:
    """It comes true by itself."""

    note: str


@dataclass(frozen=True)
class Mark:
    """A word that only tells how its neighbours are meant."""

    kind: Literal["same", "without", "wearing", "shots", "photos"]


PeopleSense = (
    RoleName | GarmentName | KindName | ShadeName | StyleName | BeardName | ToneName | Quality | HairShape
    | BodyWord | Age | Pattern | Deed | Way | SpotWord | Group | Undone | Evident | Mark | CueWord
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    words: tuple[str, ...]
    sense: PeopleSense


@dataclass(frozen=True)
class Span:
    """Tokens [start, end) with what they may mean: to people first, then to the rest of the director."""

    start: int
    end: int
    senses: tuple[PeopleSense, ...]
    item: Item

    def sense[S](self, kind: type[S]) -> S | None:
        """The sense of this kind among those about people."""
        return next((sense for sense in self.senses if isinstance(sense, kind)), None)

    def mark(self, kind: str) -> bool:
        """Whether it is the word that marks this."""
        return any(isinstance(sense, Mark) and sense.kind == kind for sense in self.senses)


def spans(
    tokens: Sequence[Token],
    items: Sequence[Item],
    language: Language,
    alone: Callable[[int], Item],
) -> tuple[Span, ...]:
    """Cut a prompt anew where words about people stand; elsewhere the director's items hold.

    alone: reads one token by itself, for items that words about people break up.
    """
    starts = {item.start: item for item in items}
    found: list[Span] = []
    at = 0
    while at < len(tokens):
        found.append(_span(tokens, at, starts.get(at), language, alone, found[-1] if found else None))
        at = found[-1].end
    return tuple(found)


def _span(
    tokens: Sequence[Token],
    at: int,
    item: Item | None,
    language: Language,
    alone: Callable[[int], Item],
    before: Span | None,
) -> Span:
    age = age_at(tokens, at, before is not None and before.sense(RoleName) is not None, language)
    if age is not None:
        return Span(at, age.end, (age,), Item(at, age.end))
    end, senses = _longest(tokens, at, language)
    longer = item is not None and item.end > max(end, at + 1)
    if item and longer and (_holds_together(item) or not senses):
        if not senses and not _free(tokens, item, language):
            return Span(at, at + 1, (), alone(at))
        return Span(at, item.end, (), item)
    if senses:
        single = item if item and item.end == end else alone(at) if end == at + 1 else Item(at, end)
        return Span(at, end, senses, single)
    return Span(at, at + 1, (), item if item and item.end == at + 1 else alone(at))


def _holds_together(item: Item) -> bool:
    """Whether words about people inside it mean nothing by themselves."""
    return any(isinstance(sense, (CueWord, PlaceName, VerbWord)) for sense in item.senses)


def _free(tokens: Sequence[Token], item: Item, language: Language) -> bool:
    """No noun or verb about people stands inside it."""
    if _holds_together(item):
        return True
    kinds = (RoleName, GarmentName, StyleName, BeardName, BodyWord, SpotWord, Deed)
    inner = (sense for at in range(item.start + 1, item.end) for sense in _longest(tokens, at, language)[1])
    return not any(isinstance(sense, kinds) for sense in inner)


def _longest(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, tuple[PeopleSense, ...]]:
    if tokens[at].kind == "mark":
        return at, ()
    index = _index(language)
    best: list[tuple[int, int, Entry]] = []
    for form in dictionary_forms(tokens[at].key, language):
        for entry in index.get(form, ()):
            end = at + len(entry.words)
            if end <= len(tokens) and all(
                word == token.key or word in dictionary_forms(token.key, language)
                for word, token in zip(entry.words, tokens[at:end], strict=True)
            ):
                exact = sum(w == t.key for w, t in zip(entry.words, tokens[at:end], strict=True))
                best.append((end, exact, entry))
    if language == "de" and not tokens[at].text[:1].isupper():
        # German nouns are capitalised: `junge` is no Junge.
        best = [one for one in best if not isinstance(one[2].sense, RoleName)] or best
    if not best:
        return _tail(tokens, at, language)
    end = max(one[0] for one in best)
    exact = max(one[1] for one in best if one[0] == end)
    kept = [entry for one_end, one_exact, entry in best if one_end == end and one_exact == exact]
    senses: list[PeopleSense] = []
    for entry in kept:
        sense = _numbered(entry, tokens[end - 1], language)
        if sense not in senses:
            senses.append(sense)
    return end, tuple(senses)


def _numbered(entry: Entry, last: Token, language: Language) -> PeopleSense:
    sense = entry.sense
    if isinstance(sense, RoleName) and not sense.plural and is_plural(last.key, entry.words[-1], language):
        neuter = language == "de" and last.key in (entry.words[-1], entry.words[-1] + "n")
        return sense if neuter else RoleName(sense.role, sense.sex, plural=True)
    return sense


def _tail(tokens: Sequence[Token], at: int, language: Language) -> tuple[int, tuple[PeopleSense, ...]]:
    """German compounds that end with the name of a garment or a beard."""
    word = tokens[at].key
    if language != "de":
        return at, ()
    index = _index(language)
    for cut in range(3, len(word) - _SHORTEST_TAIL + 1):
        for form in dictionary_forms(word[cut:], language):
            senses = tuple(
                entry.sense
                for entry in index.get(form, ())
                if len(entry.words) == 1 and isinstance(entry.sense, (GarmentName, BeardName, BodyWord))
            )
            if senses and len(form) >= _SHORTEST_TAIL:
                return at + 1, senses
    return at, ()


@cache
def _index(language: Language) -> Mapping[str, tuple[Entry, ...]]:
    index: dict[str, list[Entry]] = defaultdict(list)
    for text, sense in (*_library(language), *_sheet(language)):
        words = phrase_words(text.lower())
        entry = Entry(words, sense)
        if words and entry not in index[words[0]]:
            index[words[0]].append(entry)
    return {first: tuple(entries) for first, entries in index.items()}


def _library(language: Language) -> Iterator[tuple[str, PeopleSense]]:
    for role in catalogue.roles().values():
        sex = Sex(role.sex) if role.sex else None
        named: tuple[tuple[Names, Sex | None], ...] = (
            (role.names, sex), (role.female, Sex.FEMALE), (role.male, Sex.MALE),
        )  # fmt: skip
        for names, own in named:
            yield from ((name, RoleName(role.id, own)) for name in names_of(names, language))
        for name in names_of(role.plurals, language):
            yield name, RoleName(role.id, _sex_of(name) or sex, plural=True)
    named_garments: dict[str, list[str]] = defaultdict(list)
    for garment in catalogue.garments().values():
        for name in (*names_of(garment.names, language), *names_of(garment.plurals, language)):
            if garment.kind != "underwear":
                named_garments[name.lower()].append(garment.id)
    yield from ((name, GarmentName(tuple(ids))) for name, ids in named_garments.items())
    for style in catalogue.hair_styles().values():
        long_enough = (name for name in names_of(style.names, language) if name.lower() != "short")
        yield from ((name, StyleName(style.id)) for name in long_enough)
    for beard in catalogue.beards().values():
        yield from ((name, BeardName(beard.id)) for name in names_of(beard.names, language))
    for tone in catalogue.skin_tones().values():
        yield from ((name, ToneName("skin", tone.id)) for name in names_of(tone.names, language))
    for eye in catalogue.eye_colours().values():
        yield from ((name, ToneName("eyes", eye.id)) for name in names_of(eye.names, language))
    for hair in catalogue.hair_colours().values():
        yield from ((name, ToneName("hair", hair.id)) for name in names_of(hair.names, language))


def _sex_of(plural: str) -> Sex | None:
    if plural.endswith("women"):
        return Sex.FEMALE
    return Sex.MALE if plural.endswith("men") and plural not in ("women", "fishermen", "seamen") else None


def _sheet(language: Language) -> Iterator[tuple[str, PeopleSense]]:
    words = people_lexicon()
    known = catalogue.garments()
    plain: tuple[Quality | HairShape | BodyWord | Pattern | Deed | Way | SpotWord | Group | Undone, ...] = (
        *words.qualities, *words.hair_shapes, *words.body, *words.patterns, *words.deeds, *words.ways,
        *words.spots, *words.groups, *words.undone,
    )  # fmt: skip
    marks: tuple[tuple[Phrases, Mark], ...] = (
        (words.same, Mark("same")), (words.without, Mark("without")), (words.wearing, Mark("wearing")),
        (words.shots, Mark("shots")), (words.photos, Mark("photos")),
    )  # fmt: skip
    sheets: tuple[tuple[Phrases, PeopleSense], ...] = (
        *((one, one) for one in plain),
        *((one, _garment(one)) for one in words.garments if one.garment in known),
        *((one, KindName(one.kind)) for one in words.kinds),
        *((one, KindName(one.kind, bare=True)) for one in words.bare),
        *((one, ShadeName(one.colour)) for one in words.shades),
        *((one, CueWord(one)) for one in words.cues),
        *((one, Evident(one.reason)) for one in words.evident),
        *marks,
    )
    for phrases, sense in sheets:
        yield from ((text, sense) for text in names_of(phrases, language))


def _garment(word: GarmentWord) -> GarmentName:
    return GarmentName((word.garment,), tuple(one for one in word.along if one in catalogue.garments()))
