"""From what is written to what is said: words with their phonemes, and the pauses between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from lichtspiel.voice import alphabet, espeak

Reader = Callable[[str], list[str]]
"""Phrase without punctuation → its spoken words in the model's symbols."""

_SENTENCE = re.compile(
    r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!Dr\.)(?<!Mr\.)(?<!Ms\.)(?<!Mrs\.)(?<!Prof\.)[\"”’“»)\]]*\s+"
)
_AFTER = re.compile(r"[,.!?;:—–…\"”“’»«)\]]+$")
_INNER_DASH = re.compile(r"\s+[—–-]\s+")
_TITLES = frozenset({"Dr", "Mr", "Ms", "Mrs", "Prof"})
_QUOTES = "\"“”„‚‘’'«»‹›()[]*_"


@dataclass(frozen=True)
class Word:
    """A word as it is written and as it sounds."""

    text: str
    sounds: str
    """In the model's symbols, stress marks before what is stressed; more spoken words have spaces."""
    mark: str = ""
    """Punctuation after it, one of alphabet.PAUSES."""


def sentences(text: str, language: str, accent: str = "us") -> list[list[Word]]:
    """Words of each sentence. Words that have no sound, such as a lone dash, are left out."""
    read = _reader(language, accent)
    found = [_words(sentence, read) for sentence in _SENTENCE.split(_INNER_DASH.sub(", ", text.strip()))]
    return [words for words in found if words]


def _words(sentence: str, read: Reader) -> list[Word]:
    words: list[Word] = []
    phrase: list[str] = []
    for written in sentence.split():
        after = _AFTER.search(written)
        bare = (written[: after.start()] if after else written).strip(_QUOTES)
        mark = "" if bare in _TITLES else _pause(after.group() if after else "")
        if bare:
            phrase.append(bare)
        if mark and phrase:
            words += _phrase(phrase, read)
            words[-1:] = [Word(word.text, word.sounds, mark) for word in words[-1:]]
            phrase = []
    return words + (_phrase(phrase, read) if phrase else [])


def _pause(marks: str) -> str:
    """The weightiest of several punctuation marks; empty if there is none."""
    plain = marks.replace("...", "…").replace("–", "—")
    return next((mark for mark in "?!….;:,—" if mark in plain), "")


def _phrase(written: list[str], read: Reader) -> list[Word]:
    """Words of a phrase, read together, since neighbours change a word, and told apart again."""
    spoken = read(" ".join(written))
    if len(spoken) == len(written):
        return [Word(text, sounds) for text, sounds in zip(written, spoken, strict=True) if sounds]
    alone = [read(word) for word in written]
    if sum(map(len, alone)) == len(spoken):
        parts = iter(spoken)
        alone = [[next(parts) for _ in word] for word in alone]
    return [Word(text, " ".join(word)) for text, word in zip(written, alone, strict=True) if word]


@cache
def _reader(language: str, accent: str) -> Reader:
    if language == "en":
        return _english(accent == "gb")
    return lambda phrase: [fit(word, language) for word in espeak.phonemes(phrase, language)]


def _english(british: bool) -> Reader:
    from hibari.g2p import G2P  # noqa: PLC0415 - its lexicon takes a moment, and only English needs it
    from hibari.g2p.normalize import normalize  # noqa: PLC0415

    known = G2P(british=british)

    def read(phrase: str) -> list[str]:
        spoken = [""]
        for token in known.phonemize_tokens(known.tokenize(normalize(phrase))):
            spoken[-1] += (token.phonemes or "").translate(_UNSPOKEN)
            if token.whitespace:
                spoken.append("")
        return [part for word in spoken for part in word.split()]

    return read


_UNSPOKEN = {ord(mark): None for mark in alphabet.PAUSES + _QUOTES}

_LETTERS = {
    "ts": "ʦ", "tʃ": "ʧ", "dʒ": "ʤ", "dz": "ʣ", "ʏ": "y", "g": "ɡ", "e-": "e", "ɜ": "ɐ", "ɵ": "ø",
    "ɫ": "l", "ɬ": "l", "\u0329": "", "\u0361": "", "\u032f": "", "-": "", "_": "",
}  # fmt: skip
"""eSpeak's symbols → those the speech model knows."""

_GERMAN = {"ʊɐ": "ʊr", "ɜ": "ɛr", "ɐ": "ɛr", "ɾ": "r", "ʁ": "r", "ɔø": "Y", "ʏ": "yː", "ɑ": "a"}
"""What a recogniser understands best of several ways to say them: the model's ʁ is heard as h, vowels in
place of r and of -er as other vowels or not at all, a short y as i, and its ø after a vowel as nothing."""


def fit(phonemes: list[str], language: str) -> str:
    """A word of eSpeak's in the model's symbols."""
    made = "".join(phonemes)
    for letters, symbol in (_GERMAN | _LETTERS if language == "de" else _LETTERS).items():
        made = made.replace(letters, symbol)
    # A neutral vowel at the end of a word is heard as -er or -en.
    return made[:-1] + "ɛ" if language == "de" and made.endswith("ə") else made
