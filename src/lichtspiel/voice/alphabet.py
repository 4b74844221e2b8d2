"""Symbols of phonemes: those the speech model reads, and the IPA that everybody else does."""

from __future__ import annotations

SHORTHANDS = {
    "A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ",
    "ʤ": "dʒ", "ʧ": "tʃ", "ʦ": "ts", "ʣ": "dz", "ʥ": "dʑ", "ʨ": "tɕ", "ᵊ": "ə", "T": "ɾ", "ᵻ": "ɪ",
}  # fmt: skip
"""Single symbols of the model for sounds that IPA writes with two or otherwise (misaki's alphabet)."""

STRESSES = "ˈˌ"
MODIFIERS = "ː\u0303ʰʲᵝ"
"""Stand after the phoneme that they change: length, nasal, breath."""
PAUSES = ",.!?;:—…"

VOWELS = frozenset("aeiouyøœɶæɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵʉʊʌʏ")
VOICED = VOWELS | frozenset("bdɡvðzʒmnŋɲɱlʎɹɾrʁjwɥʝɣβ")


def ipa(symbols: str) -> str:
    """IPA of a phoneme in the model's symbols, without stress marks."""
    return "".join(SHORTHANDS.get(symbol, symbol) for symbol in symbols if symbol not in STRESSES)


def is_vowel(phoneme: str) -> bool:
    """Whether a phoneme, in IPA or in the model's symbols, is a vowel or a diphthong."""
    return ipa(phoneme)[:1] in VOWELS


def is_voiced(phoneme: str) -> bool:
    """Whether the vocal folds sound in it."""
    return ipa(phoneme)[:1] in VOICED


def split(word: str) -> list[str]:
    """Phonemes of a word in the model's symbols: stress marks lead, modifiers follow."""
    phonemes: list[str] = []
    leading = ""
    for symbol in word:
        if symbol in STRESSES:
            leading += symbol
        elif symbol in MODIFIERS and phonemes:
            phonemes[-1] += symbol
        else:
            phonemes.append(leading + symbol)
            leading = ""
    return phonemes
