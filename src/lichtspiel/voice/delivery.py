"""How a line is delivered: what each manner of speaking does to pace, melody, loudness and breath."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.screenplay import Delivery


@dataclass(frozen=True)
class Manner:
    """A manner of speaking, against plain speech."""

    level_db: float
    """Sound pressure level at a metre (ANSI S3.5-1997: normal 62, raised 68, loud 75, shout 82)."""
    effort: float
    pace: float = 1.0
    pitch: float = 1.0
    range: float = 1.0
    """Spread of the pitch about its median, in octaves against octaves."""
    pauses: float = 1.0
    stress: float = 1.0
    """How much longer stressed vowels last."""
    tilt_db: float = 0.0
    """Decibels per octave that the spectrum gains towards high frequencies: pressed voices are bright."""
    breath: float = 0.0
    """Share of breath in the voice; 1 is a whisper."""
    rise: float = 0.0
    """Octaves that the pitch climbs in the last syllable."""
    laugh: float = 0.0
    """How deeply laughter shakes the voice."""


MANNERS = {
    Delivery.NORMAL: Manner(62, 0.5),
    Delivery.WHISPER: Manner(43, 0.05, pace=0.92, breath=1.0, range=0.8, stress=1.05),
    Delivery.SHOUT: Manner(82, 1.0, pace=0.9, pitch=1.5, range=1.15, tilt_db=3.0, stress=1.25),
    Delivery.LAUGHING: Manner(66, 0.6, pace=0.97, pitch=1.17, range=1.25, breath=0.12, laugh=0.7),
    Delivery.SAD: Manner(56, 0.3, pace=0.84, pitch=0.94, range=0.6, pauses=1.5, tilt_db=-1.2, breath=0.12),
    Delivery.ANGRY: Manner(71, 0.8, pace=1.06, pitch=1.12, range=1.3, pauses=0.8, tilt_db=1.8, stress=1.12),
    Delivery.EXCITED: Manner(68, 0.7, pace=1.12, pitch=1.2, range=1.4, pauses=0.75, tilt_db=0.9),
    Delivery.TIRED: Manner(55, 0.25, pace=0.82, pitch=0.92, range=0.65, pauses=1.7, tilt_db=-1.6, breath=0.1),
    Delivery.ASKING: Manner(62, 0.5, range=1.1, rise=0.45),
}
"""After Banse and Scherer (1996), Acoustic profiles in vocal emotion expression; Juslin and Laukka (2003)."""
