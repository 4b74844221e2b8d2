"""The sheet of words in which people ask for changes of a film, checked when it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

from lichtspiel.director.inflection import dictionary_forms
from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Phrases, Sheet
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import names_of, phrase_words

_GAP = "…"
_NO_GAP = "gap"


class Mark(Phrases):
    """A word that says what kind of change its neighbours name."""

    kind: Literal[
        "set", "swap", "remove", "add", "same", "instead", "instead_of", "into", "more", "fewer", "slot",
        "everything", "also", "go_on",
    ]  # fmt: skip


class Degree(Phrases):
    """More or less of something: closer, louder, older."""

    change: Literal[
        "shot_size", "angle", "scale", "age", "speed", "light", "warmth", "loudness", "wind", "duration",
        "mood", "real_time",
    ]  # fmt: skip
    step: float = 1.0
    """How far: a factor of sizes, speeds, winds and lengths; years; decibels; else a direction."""
    to: Literal["", "happy", "sad", "angry", "tense", "calm"] = ""


class RevisionLexicon(Sheet):
    marks: tuple[Mark, ...]
    ordinals: dict[Language, dict[str, int]]
    degrees: tuple[Degree, ...]
    introductions: Phrases
    """Words before what was not spoken of yet."""


@dataclass(frozen=True)
class Found:
    """A phrase of the sheet at tokens [start, end)."""

    start: int
    end: int
    sense: Mark | Degree
    rest: int | None = None
    """Token of its word that stands apart: weg in `lass den Ball weg`."""


@cache
def revision_lexicon() -> RevisionLexicon:
    """The sheet under `director/lexicon/revision/`. Raises ValidationError for a faulty one."""
    sheet = files("lichtspiel.director") / "lexicon" / "revision" / "revision.yaml"
    return RevisionLexicon.model_validate(yaml.safe_load(sheet.read_text("utf-8")))


def instruction_words(tokens: Sequence[Token], language: Language) -> dict[int, Found]:
    """The phrases of the sheet in a prompt by their first token, the longest at each place."""
    found: dict[int, Found] = {}
    at = 0
    while at < len(tokens):
        best = _longest(tokens, at, language)
        if best is not None:
            found[at] = best
        at = best.end if best is not None else at + 1
    return found


def slot_at(tokens: Sequence[Token], at: int, language: Language) -> Found | None:
    """The name of what can be changed that stands at a token: colour, size."""
    for words, sheet in _index(language).get(tokens[at].key, ()):
        if isinstance(sheet, Mark) and sheet.kind == "slot" and len(words) == 1:
            return Found(at, at + 1, sheet)
    return None


@cache
def _index(language: Language) -> Mapping[str, tuple[tuple[tuple[str, ...], Mark | Degree], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Mark | Degree]]] = {}
    words = revision_lexicon()
    sheets: tuple[Mark | Degree, ...] = (*words.marks, *words.degrees)
    for sheet in sheets:
        for text in names_of(sheet, language):
            split = phrase_words(text.replace(_GAP, _NO_GAP))
            index.setdefault(split[0], []).append((split, sheet))
    return {first: tuple(entries) for first, entries in index.items()}


def _longest(tokens: Sequence[Token], at: int, language: Language) -> Found | None:
    best: Found | None = None
    size = 0
    forms = sorted(dictionary_forms(tokens[at].key, language), key=lambda form: form != tokens[at].key)
    for words, sheet in (entry for form in forms for entry in _index(language).get(form, ())):
        found = _match(tokens, at, words, sheet, language)
        if found is not None and len(words) > size:
            best, size = found, len(words)
    return best


def _match(
    tokens: Sequence[Token], at: int, words: tuple[str, ...], sheet: Mark | Degree, language: Language
) -> Found | None:
    if _NO_GAP in words:
        ends = (n for n in range(at, len(tokens)) if tokens[n].kind == "mark")
        clause = range(at + 1, next(ends, len(tokens)))
        place = next((n for n in clause if tokens[n].key == words[-1]), None)
        return None if place is None else Found(at, at + 1, sheet, place)
    if at + len(words) > len(tokens):
        return None
    fits = all(
        word == token.key or word in dictionary_forms(token.key, language)
        for word, token in zip(words, tokens[at : at + len(words)], strict=False)
    )
    return Found(at, at + len(words), sheet) if fits else None
