"""Talk without words: syllables that nobody understands, in the sound of a language."""

from __future__ import annotations

import numpy as np

_BEGIN = ("b", "d", "l", "m", "n", "r", "s", "t", "v", "w", "br", "dr", "tr", "st")
_VOWELS = ("a", "e", "i", "o", "u")
_END = ("", "", "n", "l", "r", "nd")
"""Sounds that all of the library's languages have, spelt as all of them read them; none that would make the
words of any that are better not said."""
_WORD = (0.3, 0.5, 0.2)
"""Shares of words of one, two and three syllables."""


def sentence(rng: np.random.Generator, syllables: int, mark: str) -> str:
    """A sentence of about so many syllables that ends with a mark, as it is written."""
    words: list[str] = []
    left = syllables
    while left > 0:
        length = min(left, 1 + int(rng.choice(len(_WORD), p=_WORD)))
        words.append("".join(_syllable(rng, last=place == length - 1) for place in range(length)))
        left -= length
    return " ".join(words) + mark


def _syllable(rng: np.random.Generator, last: bool) -> str:
    end = str(rng.choice(_END)) if last else ""
    return str(rng.choice(_BEGIN)) + str(rng.choice(_VOWELS)) + end
