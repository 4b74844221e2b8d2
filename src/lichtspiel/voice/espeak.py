"""Reads words aloud on paper: text to phonemes by eSpeak NG, for all languages but English."""

from __future__ import annotations

import ctypes
from functools import cache

import espeakng_loader

VOICES = {"de": "de", "fr": "fr", "es": "es", "it": "it", "pt": "pt-br", "en": "en-us"}
"""Language of the screenplay → voice of eSpeak, which is a set of reading rules."""

_RETRIEVAL, _NO_EXIT = 2, 0x8000
_UTF8, _IPA, _SEPARATED = 1, 0x02, ord("_") << 8
_SWITCHED = ("(", ")")
"""eSpeak marks words that it reads by another language's rules as (en)…(de)."""


def phonemes(phrase: str, language: str) -> list[list[str]]:
    """IPA of each word as it is spoken: one string per phoneme, stress marks before what is stressed.

    Numbers and abbreviations may become several words. Raises KeyError for an unknown language.
    """
    library = _library()
    library.espeak_SetVoiceByName(VOICES[language].encode())
    place, words = ctypes.c_char_p(phrase.encode()), []
    while place.value:
        read = library.espeak_TextToPhonemes(ctypes.byref(place), _UTF8, _IPA | _SEPARATED).decode()
        for word in read.split():
            words.append([sound for sound in word.split("_") if sound and sound[0] not in _SWITCHED])
    return [word for word in words if word]


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(_RETRIEVAL, 0, espeakng_loader.get_data_path().encode(), _NO_EXIT)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    library.espeak_TextToPhonemes.argtypes = [
        ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int,
    ]  # fmt: skip
    return library
