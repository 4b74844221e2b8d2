"""Ages as prompts give them: of seventy, 8-year-old, in her thirties, siebzigjährig."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lichtspiel.director.language import Language
from lichtspiel.director.tokens import Token

_ENGLISH = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}  # fmt: skip
_GERMAN = {
    "ein": 1, "eins": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "dreißig": 30,
    "dreissig": 30, "vierzig": 40, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80,
    "neunzig": 90, "hundert": 100,
}  # fmt: skip
_DECADES = {f"{word[:-1]}ies": years for word, years in _ENGLISH.items() if word.endswith("ty")}
_MIDDLE_OF_DECADE = 5.0
_PARTS = {"anfang": 2.0, "early": 2.0, "mitte": 5.0, "mid": 5.0, "ende": 8.0, "late": 8.0}
_YEARS = frozenset({"year", "years", "jahr", "jahre", "jahren"})
_YOUNGEST, _OLDEST = 0.5, 100.0
_MONTHS = frozenset({"month", "months", "monate", "monaten"})


@dataclass(frozen=True)
class Age:
    """Tokens [start, end) that say how old someone is."""

    end: int
    years: float


def number_of(token: Token, language: Language) -> float | None:
    """Value of a number in digits or words up to a hundred."""
    if token.kind == "number":
        return token.amount
    if language == "en":
        return _ENGLISH.get(token.key)
    if token.key in _GERMAN:
        return _GERMAN[token.key]
    units, _, tens = token.key.partition("und")
    if units in _GERMAN and tens in _GERMAN:
        return _GERMAN[units] + _GERMAN[tens]
    return None


def age_at(tokens: Sequence[Token], at: int, behind_person: bool, language: Language) -> Age | None:
    """The age that begins at a token; behind_person: a person's name stands right before it."""
    keys = [token.key for token in tokens[at : at + 6]]
    first = _age_en(tokens, at, keys) if language == "en" else _age_de(tokens, at, keys)
    if first or not behind_person or keys[0] not in ("of", "von", "mit", "aged", "age", "um"):
        return first
    skip = 1 + (keys[0] == "um" and keys[1:2] == ["die"]) + (keys[:2] == ["age", "of"])
    value, end = _number(tokens, at + skip, language)
    if value is None:
        return None
    unit = tokens[end].key if end < len(tokens) else ""
    if unit in ("years", "year", "jahren", "jahre"):
        return Age(end + 1, value)
    noun_follows = end < len(tokens) and tokens[end].kind == "word" and unit not in _AFTER_AGE
    return None if noun_follows else Age(end, value)


_AFTER_AGE = frozenset(
    {"with", "in", "who", "sits", "stands", "walks", "looks", "and", "wearing", "is", "lies", "smiles", "at",
     "on", "waits", "mit", "im", "sitzt", "steht", "geht", "schaut", "und", "der", "die", "trägt", "liegt",
     "lächelt", "auf", "am", "by", "from", "das", "blickt", "frowns", "comes", "dressed"}
)  # fmt: skip


def _number(tokens: Sequence[Token], at: int, language: Language) -> tuple[float | None, int]:
    """A number and the token behind it: seventy five."""
    if at >= len(tokens):
        return None, at
    value = number_of(tokens[at], language)
    if value is None:
        return None, at
    if language == "en" and value >= 20 and value % 10 == 0 and at + 1 < len(tokens):
        unit = number_of(tokens[at + 1], language) if tokens[at + 1].kind == "word" else None
        if unit is not None and unit < 10:
            return value + unit, at + 2
    return value, at + 1


def _age_en(tokens: Sequence[Token], at: int, keys: Sequence[str]) -> Age | None:
    if keys[0] == "in" and len(keys) > 2 and keys[1] in ("his", "her", "their", "its", "the"):
        return _decade_en(at, keys)
    value, end = _number(tokens, at, "en")
    unit, last = _two_keys(tokens, end)
    return _years(value, end + 2, unit, last in ("old", "of"))


def _decade_en(at: int, keys: Sequence[str]) -> Age | None:
    """In her thirties, in his late 60s."""
    part = 3 if keys[2] in _PARTS else 2
    extra = _PARTS.get(keys[2], _MIDDLE_OF_DECADE)
    word, behind = (*keys[part:], "", "")[:2]
    if word in _DECADES:
        return Age(at + part + 1, _DECADES[word] + extra)
    return Age(at + part + 2, float(word) + extra) if word.isdigit() and behind == "s" else None


def _age_de(tokens: Sequence[Token], at: int, keys: Sequence[str]) -> Age | None:
    cut = keys[0].find("jährig")
    if cut > 0:
        value = number_of(Token(keys[0][:cut], 0, 0, "word"), "de")
        return None if value is None else Age(at + 1, value)
    if keys[0] in _PARTS and len(keys) > 1:
        decade = number_of(tokens[at + 1], "de")
        return None if decade is None or decade % 10 else Age(at + 2, decade + _PARTS[keys[0]])
    value, end = _number(tokens, at, "de")
    unit, last = _two_keys(tokens, end)
    if value is not None and unit.startswith("jährig"):
        return Age(end + 1, value)
    return _years(value, end + 2, unit, last.startswith("alt"))


def _two_keys(tokens: Sequence[Token], at: int) -> tuple[str, str]:
    first, second = (*(token.key for token in tokens[at : at + 2]), "", "")[:2]
    return first, second


def _years(value: float | None, end: int, unit: str, old: bool) -> Age | None:
    if value is None or not old:
        return None
    if unit in _MONTHS:
        return Age(end, max(_YOUNGEST, value / 12))
    return Age(end, min(max(value, _YOUNGEST), _OLDEST)) if unit in _YEARS else None
