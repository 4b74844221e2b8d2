"""Lips, jaw and tongue of those who speak, from the phonemes of what they say.

Every phoneme has a target for each part of the mouth, and a dominance: how much it insists on that
part. What the mouth does is the mean of the targets of the phonemes around, weighted by dominance,
which falls off with time (Cohen and Massaro, 1993, Modeling coarticulation in synthetic visual
speech). So an s is round before an o and spread before an i. Lips that have to meet do meet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import zip_longest

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people import face
from lichtspiel.take import Utterance

_HOLD_S = 0.05
"""Lips stay closed at least this long, so that a frame of any usual rate sees it."""
_SHUT_S, _RELEASE_S = 0.055, 0.06
"""How long lips take to close and to part (Löfqvist and Gracco, 1997)."""
_FALL_S = {"jaw": 0.028, "round": 0.034, "spread": 0.03, "bite": 0.018, "tongue": 0.018}
"""Time in which a phoneme's hold on a part falls to a third; rounding reaches farthest."""
_PAUSE_S = 0.18
"""Gaps longer than this let the mouth come to rest."""
_ONSET_S = 0.02
"""How far into a phoneme its hold is complete."""
_ACCENT_S = (0.16, 0.34)
"""A brow comes up so long before a stressed syllable's peak and goes down so long after it."""
_ACCENTS_APART_S = 0.9
"""Brows go along with a stress now and then, not with each (Cavé et al., 1996)."""
_LEAST = 0.45
"""How much every phoneme insists on every part while it lasts."""
_WIDEST = {"jaw": 0.5, "round": 1.0, "spread": 1.0, "bite": 1.0, "tongue": 1.0}


@dataclass(frozen=True)
class Viseme:
    """What a phoneme asks of the mouth: targets 0..1, and how much it insists on each."""

    jaw: tuple[float, float] = (0.1, 0.4)
    round: tuple[float, float] = (0.0, 0.15)
    spread: tuple[float, float] = (0.0, 0.15)
    bite: tuple[float, float] = (0.0, 0.4)
    """Lower lip against the upper teeth."""
    tongue: tuple[float, float] = (0.0, 0.4)
    """Tip of the tongue between the teeth."""


_OPEN = Viseme(jaw=(0.42, 1.0), spread=(0.12, 0.4), round=(0.0, 0.5))
_SIBILANT = Viseme(jaw=(0.03, 1.3), spread=(0.25, 0.25))
_HUSHING = Viseme(jaw=(0.05, 1.2), round=(0.6, 0.9))
_DENTAL = Viseme(jaw=(0.12, 0.5))
_VELAR = Viseme(jaw=(0.16, 0.3))
_LABIAL = Viseme(jaw=(0.06, 0.8))

VISEMES: Mapping[str, Viseme] = {
    **dict.fromkeys("pbm", _LABIAL),
    **dict.fromkeys("fvⱱʋ", Viseme(jaw=(0.06, 1.0), bite=(1.0, 3.0))),
    **dict.fromkeys("θð", Viseme(jaw=(0.12, 0.8), tongue=(0.8, 3.0))),
    **dict.fromkeys("sz", _SIBILANT),
    **dict.fromkeys("ʃʒɕʑ", _HUSHING),
    **dict.fromkeys("tdnlɾrɫ", _DENTAL),
    **dict.fromkeys("kɡŋxçʁhɣɦʔχ", _VELAR),
    **dict.fromkeys("ɹɻ", Viseme(jaw=(0.1, 0.6), round=(0.4, 0.7))),
    **dict.fromkeys("wɥβ", Viseme(jaw=(0.07, 0.9), round=(0.95, 1.6))),
    **dict.fromkeys("jɲʎʝ", Viseme(jaw=(0.1, 0.6), spread=(0.45, 0.6))),
    **dict.fromkeys("iɪ", Viseme(jaw=(0.13, 0.8), spread=(0.75, 0.9), round=(0.0, 0.8))),
    **dict.fromkeys("eɨ", Viseme(jaw=(0.2, 0.8), spread=(0.6, 0.8), round=(0.0, 0.7))),
    **dict.fromkeys("ɛ", Viseme(jaw=(0.28, 0.9), spread=(0.45, 0.7), round=(0.0, 0.6))),
    **dict.fromkeys("æ", Viseme(jaw=(0.38, 1.0), spread=(0.5, 0.8), round=(0.0, 0.6))),
    **dict.fromkeys("aɑɐ", _OPEN),
    **dict.fromkeys("ʌɜɚɝ", Viseme(jaw=(0.27, 0.8), round=(0.1, 0.4), spread=(0.1, 0.3))),
    **dict.fromkeys("ə", Viseme(jaw=(0.17, 0.4))),
    **dict.fromkeys("ɔɒ", Viseme(jaw=(0.34, 1.0), round=(0.6, 1.0))),
    **dict.fromkeys("oɵɤ", Viseme(jaw=(0.22, 0.9), round=(0.8, 1.2))),
    **dict.fromkeys("uʊɯʉ", Viseme(jaw=(0.12, 0.9), round=(1.0, 1.4))),
    **dict.fromkeys("yʏøœ", Viseme(jaw=(0.16, 0.9), round=(0.9, 1.3), spread=(0.1, 0.3))),
}
"""By the first symbol of a phoneme in IPA; targets after Bälter et al. and Jeffers and Barley (1971)."""
_REST = Viseme(jaw=(0.0, 0.25), round=(0.0, 0.25), spread=(0.0, 0.25), bite=(0.0, 0.25), tongue=(0.0, 0.25))
_CLOSING = frozenset("pbm")


@dataclass(frozen=True)
class _Held:
    """A phoneme, or a half of a diphthong, in film time."""

    start_s: float
    end_s: float
    viseme: Viseme
    stretch: float
    """How much wider than usual the jaw opens: in long vowels and loud speech."""


@dataclass(frozen=True, eq=False)
class Mouth:
    """What a mouth does over time, each (T,) from 0 to 1."""

    jaw: Array
    round: Array
    spread: Array
    bite: Array
    tongue: Array
    closed: Array
    """Lips that meet, whatever the jaw does."""
    speaking: Array
    """How far speech has taken the mouth over from the face's expression."""
    accent: Array
    """How strongly the brows stress what is said."""


def mouth(utterances: Sequence[Utterance], film_s: Array) -> Mouth:
    """The mouth of one speaker at film times (T,) in seconds."""
    held: list[_Held] = []
    closures: list[tuple[float, float]] = []
    spans: list[tuple[float, float]] = []
    for utterance in utterances:
        wide = 0.75 + 0.5 * utterance.effort
        for phoneme, following in zip_longest(utterance.phonemes, utterance.phonemes[1:]):
            start, end = utterance.film_s + phoneme.start_s, utterance.film_s + phoneme.end_s
            gap = following.start_s - phoneme.end_s if following else _PAUSE_S
            # Between words the mouth keeps its shape until shortly before the next one.
            held += _parts(
                phoneme.text, start, end + (max(gap - _ONSET_S, 0.0) if gap < _PAUSE_S else 0.0), wide
            )
            spans.append((start, end))
            if phoneme.text[:1] in _CLOSING:
                closures.append((start, max(end, start + _HOLD_S)))
    tracks = {field.name: _blended(field.name, held, film_s) for field in fields(Viseme)}
    return Mouth(
        **tracks,
        closed=_closed(closures, film_s),
        speaking=_speaking(spans, film_s),
        accent=_accented(utterances, film_s),
    )


def _parts(text: str, start: float, end: float, wide: float) -> list[_Held]:
    """Targets of a phoneme: diphthongs and affricates go from one to the other."""
    symbols = [symbol for symbol in text if symbol in VISEMES] or ["ə"]
    # A vowel that is held, as in laughter, yawns and shouts, opens fully.
    stretch = wide * (1 + 0.5 * float(np.clip((end - start - 0.25) / 0.5, 0, 1)))
    edges = np.linspace(start, end, min(len(symbols), 2) + 1)
    return [
        _Held(float(edges[place]), float(edges[place + 1]), VISEMES[symbol], stretch)
        for place, symbol in enumerate((symbols[0], symbols[-1])[: len(edges) - 1])
    ]


def _blended(part: str, held: list[_Held], film_s: Array) -> Array:
    fall = _FALL_S[part]
    rest, resistance = getattr(_REST, part)
    above = np.full(len(film_s), resistance * rest)
    below = np.full(len(film_s), resistance)
    for phoneme in held:
        target, dominance = getattr(phoneme.viseme, part)
        if part == "jaw":
            target *= phoneme.stretch
        inner = min(_ONSET_S, (phoneme.end_s - phoneme.start_s) / 2)
        outside = np.maximum(phoneme.start_s + inner - film_s, film_s - phoneme.end_s + inner)
        weight = 4 * dominance * np.exp(-np.maximum(outside, 0.0) / fall)
        weight = weight + 4 * _LEAST * np.exp(-np.maximum(outside, 0.0) / _ONSET_S)
        above += weight * target
        below += weight
    track: Array = np.clip(above / below, 0, _WIDEST[part])
    return track


def _closed(closures: list[tuple[float, float]], film_s: Array) -> Array:
    track = np.zeros(len(film_s))
    for start, end in closures:
        knots = [start - _SHUT_S, start, end, end + _RELEASE_S]
        track = np.maximum(track, np.interp(film_s, knots, [0.0, 1.0, 1.0, 0.0]))
    return track


def _speaking(spans: list[tuple[float, float]], film_s: Array) -> Array:
    track = np.zeros(len(film_s))
    for start, end in spans:
        knots = [start - 0.12, start, end, end + _PAUSE_S]
        track = np.maximum(track, np.interp(film_s, knots, [0.0, 1.0, 1.0, 0.0]))
    eased: Array = track * track * (3 - 2 * track)
    return eased


def _accented(utterances: Sequence[Utterance], film_s: Array) -> Array:
    track = np.zeros(len(film_s))
    before, after = _ACCENT_S
    for utterance in utterances:
        last = -np.inf
        for number, peak in enumerate(utterance.stressed):
            moment = utterance.film_s + peak
            if moment - last < _ACCENTS_APART_S:
                continue
            last = moment
            height = (0.35 + 0.5 * utterance.effort) * (1.0, 0.55, 0.8)[number % 3]
            rise = np.interp(film_s, [moment - before, moment, moment + after], [0.0, height, 0.0])
            track = np.maximum(track, rise)
    return track


_YIELDS = {
    "mouthFrown": 0.4, "mouthPress": 0.9, "mouthPucker": 1.0, "mouthFunnel": 1.0, "mouthClose": 1.0,
    "mouthRollLower": 1.0, "mouthRollUpper": 1.0, "mouthShrugLower": 0.8, "mouthShrugUpper": 0.8,
    "mouthStretch": 0.6, "mouthSmile": 0.35, "mouthUpperUp": 0.5, "mouthLowerDown": 0.5, "jawOpen": 1.0,
}  # fmt: skip
"""How much of a shape of the expression gives way to speech."""
_PARTING = ("mouthUpperUp", "mouthLowerDown", "mouthFunnel", "tongueOut")
"""Shapes that would hold the lips apart where they have to meet."""


def over(weights: Mapping[str, Array], said: Mouth) -> dict[str, Array]:
    """Weights of face shapes (T,) with speech laid over what the face shows."""
    made = {name: np.array(track, float) for name, track in weights.items()}
    for name, share in face.both_sides(_YIELDS).items():
        if name in made:
            made[name] *= 1 - share * said.speaking
    spoken = _shapes(said)
    for name, track in spoken.items():
        made[name] = np.clip(made.get(name, 0.0) + said.speaking * track, 0, 1)
    for name in face.both_sides(dict.fromkeys(_PARTING, 1.0)):
        if name in made:
            made[name] = made[name] * (1 - said.closed)
    # The shape that closes the lips undoes just what the jaw opens.
    made["mouthClose"] = np.clip(said.closed * made["jawOpen"], 0, 1)
    return made


def _shapes(said: Mouth) -> dict[str, Array]:
    """Face shapes of a mouth; those that part the lips wait while they are closed."""
    parted = 1 - said.closed
    both = {
        "mouthStretch": 0.3 * said.spread,
        "mouthSmile": 0.16 * said.spread,
        "mouthUpperUp": 0.32 * said.spread + 0.3 * said.bite + 0.3 * said.jaw,
        "mouthLowerDown": 0.4 * said.spread * parted + 0.3 * said.jaw * (1 - said.bite),
        "browOuterUp": 0.3 * said.accent,
        "eyeWide": 0.12 * said.accent,
        "mouthPress": 0.3 * said.closed,
    }
    sided = {name + side: track for name, track in both.items() for side in face.SIDES}
    return sided | {
        "jawOpen": said.jaw,
        "browInnerUp": 0.35 * said.accent,
        "mouthPucker": 0.75 * said.round,
        "mouthFunnel": 0.3 * said.round * parted,
        "mouthRollLower": 0.75 * said.bite + 0.15 * said.closed,
        "mouthRollUpper": 0.12 * said.closed,
        "tongueOut": 0.22 * said.tongue,
    }
