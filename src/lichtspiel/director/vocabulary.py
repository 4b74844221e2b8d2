"""Every phrase the director knows: names from the library, words from the lexicon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import (
    Formation,
    Heading,
    Left,
    Lexicon,
    Number,
    Pace,
    Part,
    Particle,
    Phrases,
    Preposition,
    Side,
    Size,
    lexicon,
)
from lichtspiel.director.senses import (
    ColourName,
    CueWord,
    MaterialName,
    Measure,
    PlaceName,
    PronominalWord,
    Sense,
    ThingName,
    VerbWord,
    Word,
    WordKind,
)
from lichtspiel.director.tokens import tokenise
from lichtspiel.library import catalogue
from lichtspiel.library.records import ColourEntry, MaterialEntry, Names, PlaceEntry, ThingEntry

NUMBER = "#"
"""Stands for a number in a phrase."""


@dataclass(frozen=True)
class Library:
    """What the director may use: entries by id."""

    things: Mapping[str, ThingEntry]
    places: Mapping[str, PlaceEntry]
    materials: Mapping[str, MaterialEntry]
    colours: Mapping[str, ColourEntry]


@dataclass(frozen=True)
class Phrase:
    words: tuple[str, ...]
    sense: Sense


@dataclass(frozen=True)
class Vocabulary:
    """The phrases of one language by their first word, longest first."""

    language: Language
    phrases: Mapping[str, tuple[Phrase, ...]]
    library: Library
    lexicon: Lexicon

    def starting_with(self, forms: Iterable[str]) -> list[Phrase]:
        """Phrases whose first word is one of these forms, longest first."""
        found = [phrase for form in forms for phrase in self.phrases.get(form, ())]
        return sorted(found, key=lambda phrase: -len(phrase.words))

    def ending_with(self, word: str) -> ThingName | None:
        """Things whose names end with this word, the shortest name first: Kugel, sphere."""
        found: dict[str, int] = {}
        for entry in self.library.things.values():
            for name in names_of(entry.names, self.language):
                last = name.split()[-1]
                if last == word or (self.language == "de" and last.endswith(word)):
                    found[entry.id] = min(found.get(entry.id, len(name)), len(name))
        return ThingName(tuple(sorted(found, key=lambda thing: found[thing]))) if found else None

    def single(self, forms: Iterable[str]) -> list[Phrase]:
        """Phrases of one word that is one of these forms."""
        return [phrase for phrase in self.starting_with(forms) if len(phrase.words) == 1]


@cache
def installed() -> Library:
    """The library as installed."""
    return Library(catalogue.things(), catalogue.places(), catalogue.materials(), catalogue.colours())


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The vocabulary of a language over the installed library."""
    return build(language, installed(), lexicon())


def build(language: Language, library: Library, words: Lexicon) -> Vocabulary:
    """Index every phrase of the library and the lexicon in a language."""
    phrases: dict[str, list[Phrase]] = defaultdict(list)
    for text, sense in (*_library_phrases(language, library), *_lexicon_phrases(language, words)):
        split = phrase_words(text)
        phrase = Phrase(split, sense)
        if split and phrase not in phrases[split[0]]:
            phrases[split[0]].append(phrase)
    index = {first: tuple(found) for first, found in phrases.items()}
    return Vocabulary(language, index, library, words)


@cache
def phrase_words(text: str) -> tuple[str, ...]:
    """Split a phrase as prompts are split."""
    return tuple(token.key for token in tokenise(text))


def names_of(names: Names | Phrases, language: Language) -> tuple[str, ...]:
    """The names of an entry in a language."""
    return names.en if language == "en" else names.de


def _library_phrases(language: Language, library: Library) -> Iterator[tuple[str, Sense]]:
    for kind, entries in ((ThingName, library.things), (PlaceName, library.places)):
        by_name: dict[str, list[str]] = defaultdict(list)
        for entry in entries.values():
            for name in names_of(entry.names, language):
                by_name[name.lower()].append(entry.id)
        yield from ((name, kind(tuple(ids))) for name, ids in by_name.items())
    for material in library.materials.values():
        yield from ((name, MaterialName(material.id)) for name in names_of(material.names, language))
    for colour in library.colours.values():
        yield from ((name, ColourName(colour.id)) for name in names_of(colour.names, language))


def _lexicon_phrases(language: Language, words: Lexicon) -> Iterator[tuple[str, Sense]]:
    plain: tuple[
        Particle | Preposition | Part | Size | Side | Formation | Number | Pace | Heading | Left, ...
    ] = (
        *words.particles, *words.prepositions, *words.parts, *words.sizes, *words.sides,
        *words.formations, *words.numbers, *words.paces, *words.headings, *words.left,
    )  # fmt: skip
    sheets: tuple[tuple[Phrases, Sense], ...] = (
        *((cue, CueWord(cue)) for cue in words.cues),
        *((verb, VerbWord(verb)) for verb in words.verbs),
        *((sheet, sheet) for sheet in plain),
        *((phrases, Word(kind)) for kind, phrases in _closed_classes(words)),
    )
    if language == "de":
        yield from ((text, PronominalWord(role)) for text, role in words.words.pronominal.items())
    yield from _measures(language, words)
    for phrases, sense in sheets:
        yield from ((text, sense) for text in names_of(phrases, language))


def _measures(language: Language, words: Lexicon) -> Iterator[tuple[str, Sense]]:
    for unit in words.units:
        for name in names_of(unit, language):
            amount = f"{NUMBER} {name}"
            yield amount, Measure(None, unit.metres)
            for entry in words.dimensions:
                sense = Measure(entry.dimension, unit.metres)
                yield from ((f"{amount} {behind}", sense) for behind in names_of(entry, language))
                yield from ((f"{before} {amount}", sense) for before in names_of(entry.before, language))


def _closed_classes(words: Lexicon) -> tuple[tuple[WordKind, Phrases], ...]:
    closed = words.words
    return (
        ("definite", closed.definite),
        ("indefinite", closed.indefinite),
        ("every", closed.every),
        ("both", closed.both),
        ("other", closed.other),
        ("pronoun", closed.pronouns),
        ("conjunction", closed.conjunctions),
        ("subordinator", closed.subordinators),
        ("sequel", closed.sequels),
        ("relative", closed.relatives),
        ("passive", closed.passive),
        ("copula", closed.copula),
        ("light_verb", closed.light_verbs),
        ("causative", closed.causatives),
        ("negation", closed.negations),
        ("absent", closed.absent),
        ("almost", closed.almost),
        ("function", closed.function),
        ("ground", closed.ground),
        ("varied", closed.varied),
        ("together", closed.together),
        ("self_evident", closed.self_evident),
        ("person", words.people),
    )
