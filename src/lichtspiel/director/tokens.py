"""Words, numbers and marks of a prompt, with their place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

_PATTERN = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>[^\w\s]|_|\n)"
)
_HYPHENS = "-‐‑"


@dataclass(frozen=True)
class Token:
    """One word, number or mark: prompt[start:end] == text."""

    text: str
    start: int
    end: int
    kind: Literal["word", "number", "mark"]

    @cached_property
    def key(self) -> str:
        """Lower case without apostrophes: the form under which lexicons hold a word."""
        return self.text.lower().replace("'", "").replace("’", "")

    @property
    def amount(self) -> float | None:
        """Value of a number token."""
        return float(self.text.replace(",", ".")) if self.kind == "number" else None


def tokenise(prompt: str) -> tuple[Token, ...]:
    """Split a prompt. Hyphens inside a word part it: `close-up` is `close` and `up`."""
    tokens = []
    for match in _PATTERN.finditer(prompt):
        kind: Literal["word", "number", "mark"] = (
            "number" if match["number"] else "word" if match["word"] else "mark"
        )
        if kind == "mark" and match.group() in _HYPHENS and _inside_word(prompt, match.start()):
            continue
        tokens.append(Token(match.group(), match.start(), match.end(), kind))
    return tuple(tokens)


def _inside_word(prompt: str, at: int) -> bool:
    return 0 < at < len(prompt) - 1 and prompt[at - 1].isalnum() and prompt[at + 1].isalnum()
