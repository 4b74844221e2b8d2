"""Which voice somebody has: the library's voice that suits them, and what makes it theirs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.hearing import VoiceEntry
from lichtspiel.voice.speech import Speaker

_CHILD_AGES = (3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0)
_CHILD_PITCH_HZ = {
    "female": (300.0, 285.0, 270.0, 258.0, 245.0, 232.0, 222.0, 0.0),
    "male": (295.0, 280.0, 265.0, 250.0, 238.0, 205.0, 145.0, 0.0),
}
"""Lee, Potamianos and Narayanan (1999), Acoustics of children's speech, Table IV. 0 = as the voice has it."""
_CHILD_THROAT = {
    "female": (1.26, 1.21, 1.16, 1.12, 1.07, 1.03, 1.0, 1.0),
    "male": (1.25, 1.19, 1.14, 1.09, 1.05, 1.06, 1.02, 1.0),
}
"""Formants against those of the grown-up whose voice is taken (a woman's up to 12 years); same source."""
_OLD = (60.0, 90.0)
"""Between these ages the signs of age in a voice come fully (Linville, 2001, Vocal Aging)."""


@dataclass(frozen=True)
class Instrument:
    """A voice, ready to be played."""

    entry: VoiceEntry
    timbre: dict[str, float]
    manner: dict[str, float]
    """Voices of the pack and their shares: for the sound, and for pace and melody."""
    pitch: float
    """Against the melody's own pitch."""
    pitch_hz: float
    """Median pitch that it has; 0 = as the melody has it."""
    throat: float
    pace: float
    age: float
    """Signs of age, 0 to 1: tremor, breath, creak."""


def instrument(speaker: Speaker, language: str) -> Instrument:
    """The voice of a speaker. Raises KeyError when the record names a voice that the library lacks."""
    rng = np.random.default_rng([speaker.seed, 0x701CE])
    draws = [float(draw) for draw in rng.uniform(-1, 1, 3)]
    record = speaker.voice
    entry = (
        catalogue.voices()[record.voice] if record.voice else _cast(speaker, language, float(rng.uniform()))
    )
    years, sex = speaker.age_years, speaker.sex.value
    old = float(np.clip((years - _OLD[0]) / (_OLD[1] - _OLD[0]), 0, 1))
    throat = entry.throat * float(np.interp(years, _CHILD_AGES, _CHILD_THROAT[sex]))
    target = float(np.interp(years, _CHILD_AGES[:-1], _CHILD_PITCH_HZ[sex][:-1])) if years < 16 else 0.0
    # The pitch of old women sinks a little, that of old men rises (Linville, 2001).
    pitch = entry.pitch * (1 + old * (-0.06 if sex == "female" else 0.08))
    own = record.pitch or 1 + 0.06 * draws[0]
    return Instrument(
        entry=entry,
        timbre=dict(entry.timbre),
        manner=dict(entry.manner or entry.timbre),
        pitch=pitch * own,
        pitch_hz=target * own,
        throat=throat * (record.timbre or 1 + 0.03 * draws[1]),
        pace=entry.pace * (1 - 0.14 * old) * (record.pace or 1 + 0.05 * draws[2]),
        age=old,
    )


def _cast(speaker: Speaker, language: str, draw: float) -> VoiceEntry:
    """The library's voice at a place between 0 and 1 among those that suit, by their shares."""
    able = [entry for entry in catalogue.voices().values() if language in entry.languages]
    if language == "en" and speaker.voice.accent is not None:
        able = [entry for entry in able if entry.accent == speaker.voice.accent]
    nearest = min(_distance(speaker, entry) for entry in able)
    suiting = [entry for entry in able if _distance(speaker, entry) <= nearest]
    ends = np.cumsum([entry.share for entry in suiting])
    return suiting[min(int(np.searchsorted(ends, draw * ends[-1], side="right")), len(suiting) - 1)]


def _distance(speaker: Speaker, entry: VoiceEntry) -> float:
    """Years by which the speaker is outside the voice's ages; the other sex counts as very far."""
    low, high = entry.ages
    outside = max(low - speaker.age_years, speaker.age_years - high, 0.0)
    return outside + (0.0 if entry.sex == speaker.sex.value else 1000.0)
