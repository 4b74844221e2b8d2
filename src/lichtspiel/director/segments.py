"""Cut a prompt where clauses may end: at marks and at words that join clauses."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.language import Language
from lichtspiel.director.tokens import Token

_JOINTS: dict[Language, frozenset[str]] = {
    "en": frozenset([
        "and", "then", "while", "as", "but", "or", "because", "before", "until", "after", "so",
        "where", "when", "whereas", "which",
    ]),
    "de": frozenset([
        "und", "dann", "während", "als", "aber", "oder", "weil", "bevor", "bis", "nachdem", "wobei",
        "sodass", "danach", "doch", "sondern",
    ]),
}  # fmt: skip
_PREPOSITIONS = frozenset({"before", "after", "until", "bis"})
_ARTICLES = frozenset(["the", "a", "an", "his", "her", "their", "den", "dem", "der", "die", "das"])
_NOUN_WORDS = 4
_MARKS = frozenset(",.;:!?\n…–—-()")
QUOTES = frozenset('"“”„«»‹›')

Segment = tuple[int, int]
"""Tokens [start, end)."""


def segments(tokens: Sequence[Token], language: Language) -> tuple[Segment, ...]:
    """Stretches of tokens without a mark or a joining word. A joining word opens its stretch."""
    found: list[Segment] = []
    start = 0
    for at, token in enumerate(tokens):
        if token.kind == "mark" and (token.text in _MARKS or token.text in QUOTES):
            found.append((start, at))
            start = at + 1
        elif token.key in _JOINTS[language] and at > start and not _before_noun(tokens, at, language):
            found.append((start, at))
            start = at
    found.append((start, len(tokens)))
    return tuple(segment for segment in found if segment[1] > segment[0])


def _before_noun(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """`before the queen`, `nach dem Spiel`: no clause follows, only a noun."""
    if tokens[at].key not in _PREPOSITIONS or at + 1 >= len(tokens):
        return False
    ends = range(at + 1, len(tokens))
    end = next(
        (n for n in ends if tokens[n].kind == "mark" or tokens[n].key in _JOINTS[language]), len(tokens)
    )
    return tokens[at + 1].key in _ARTICLES and end - at <= _NOUN_WORDS


def joins(token: Token, language: Language) -> bool:
    """Whether the word joins two clauses."""
    return token.key in _JOINTS[language]
