"""Which language a prompt is written in."""

from __future__ import annotations

import re
from typing import Literal

Language = Literal["en", "de"]

_GERMAN_WORDS = """
der die das den dem des ein eine einen einem einer eines und oder auf im in ins vom von zum zur aus
mit ist sind wird werden nicht sich es sie er während dann über unter neben nach bei durch gegen an am
alle drei zwei vier fünf sechs sieben acht neun zehn langsam schnell kamera rollt fällt schwingt
kein keine wie wenn bis hinter vor zwischen ihn ihm ihr sagt fragt
"""
_ENGLISH_WORDS = """
the a an and or of on in into onto off from to at is are was were it its they with by while then over
under next after before through against down up all three two four five six seven eight nine ten as
slowly fast camera rolls falls swings says asks that which for each other same shot light floor
"""
_GERMAN = frozenset(_GERMAN_WORDS.split())
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_SHARED = _GERMAN & _ENGLISH


_QUOTED = re.compile(r"[\"“„«»‹][^\"“”„«»‹›]*[\"”“»›]")
_FEW = 4
"""Words that are too few to tell the language by."""
_PLAIN = 1.5
"""How much more of one language than of the other shows what few words are written in."""


def detect(prompt: str) -> Language:
    """The language with more of its small words and spellings in the prompt; English when even.

    What people say in quotation marks counts only where nothing else is written.
    """
    outside = outside_quotes(prompt)
    few = len(re.findall(r"[^\W\d_]+", outside)) < _FEW
    german, english = _shares(prompt if few else outside)
    return "de" if german > english else "en"


def outside_quotes(prompt: str) -> str:
    """What a prompt says itself, without what people say in it."""
    return _QUOTED.sub(" ", prompt)


def leaning(text: str) -> Language | None:
    """The language of a short text, where it shows."""
    german, english = _shares(text)
    if abs(german - english) < _PLAIN:
        return None
    return "de" if german > english else "en"


def _shares(prompt: str) -> tuple[float, float]:
    """What speaks for German and for English."""
    words = re.findall(r"[^\W\d_]+", prompt)
    german = english = 0.0
    for word in words:
        key = word.lower()
        if key not in _SHARED:
            german += key in _GERMAN
            english += key in _ENGLISH
        german += 0.8 * any(letter in "äöüß" for letter in key)
        german += 0.4 * key.endswith(("ung", "kugel", "licht", "tisch", "boden", "stein", "heit", "chen"))
        english += 0.3 * key.endswith(("ing", "tion", "ly", "th"))
    # German writes nouns with capitals inside the sentence.
    inner = [word for word in words[1:] if word[0].isupper() and not word.isupper()]
    german += 0.5 * min(len(inner), 4) * (len(inner) >= 0.2 * max(len(words) - 1, 1))
    return german, english
