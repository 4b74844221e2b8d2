"""What is said in a prompt: words between quotation marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lichtspiel.director.language import Language, leaning
from lichtspiel.director.tokens import Token

_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‚": "‘’", "‘": "’", '"': '"', "'": "'"}
_LONGEST = 500
"""Characters of a line, as in the screenplay."""


@dataclass(frozen=True)
class Quote:
    """Tokens [start, end), the marks among them, and the words between."""

    start: int
    end: int
    text: str


def quotes(prompt: str, tokens: Sequence[Token]) -> tuple[Quote, ...]:
    """All that is quoted, in order. An opening mark without its closing one is no quote."""
    return tuple(_quotes(prompt, tokens))


def _quotes(prompt: str, tokens: Sequence[Token]) -> Iterator[Quote]:
    at = 0
    while at < len(tokens):
        end = _closing(prompt, tokens, at) if tokens[at].text in _CLOSING else None
        if end is None:
            at += 1
            continue
        text = " ".join(prompt[tokens[at].end : tokens[end].start].split())
        if any(letter.isalnum() for letter in text):
            yield Quote(at, end + 1, text[:_LONGEST])
        at = end + 1


def _closing(prompt: str, tokens: Sequence[Token], at: int) -> int | None:
    mark = tokens[at].text
    if mark in "'‘‚" and at and prompt[tokens[at].start - 1].isalnum():
        return None
    for end in range(at + 1, len(tokens)):
        if tokens[end].text in _CLOSING[mark]:
            return end
        if tokens[end].text == "\n":
            return None
    return None


def spoken_language(text: str, film: Language) -> Language | None:
    """Language of a line, where it is plainly not the film's."""
    lean = leaning(text)
    other: Language = "de" if film == "en" else "en"
    return other if lean == other else None
