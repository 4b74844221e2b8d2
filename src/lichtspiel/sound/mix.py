"""Dialogue, effects, ambience and music to a finished track: balance, loudness, true peak, clean ends.

The rule of balance: dialogue is what a film is set by; music and ambience go down under it, and all that is
not dialogue stays well below it while somebody speaks. Where nobody speaks, music carries and effects stand
out of it; each leads where the other is not.

The rule of loudness: all of it together is raised or lowered until the film measures -16 LUFS. Where the
peaks of effects are too high for that, the bodies of the sounds are filled up first, by no more than the
limiter needs to stay gentle. No effect is raised by more than MOST_GAIN, so that a feather's landing stays
quiet; and the limiter never takes more than MOST_LIMITING_DB from a peak. Where a bound holds, the film stays
quieter, and the measurements say why. A bed that nobody asked for keeps the level that its place gives it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyloudnorm
from scipy.signal import butter, sosfilt

from lichtspiel.sound.ducking import carved, present, under_speech
from lichtspiel.sound.dynamics import dispersed, envelope, filled, limit, limiting
from lichtspiel.sound.layout import weights_of
from lichtspiel.sound.modes import Array
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.surround import with_bass

TARGET_LUFS = -16.0
CEILING_DBTP = -1.0
MOST_GAIN = 1 / 0.006
"""Full scale per pascal: a peak of 0.006 Pa (50 dB) may become full scale, no softer one."""
MOST_RAISE_DB = 18.0
"""What ambience that was asked for may be raised by, where it is all there is."""
FILLINGS_DB = (0.0, 6.0, 12.0, 18.0)
"""How far the bodies of sounds may be raised against their attacks; the least that does is taken."""
GENTLE_LIMITING_DB, MOST_LIMITING_DB = 6.0, 11.8
"""What the limiter may take from a peak unheard; and what it may take when the fullest sounds need it."""
EFFECTS_UNDER_DIALOGUE_DB, MUSIC_UNDER_DIALOGUE_DB = 3.0, 5.0
"""Loudness of effects and of music in a film with dialogue, below it; ducking comes on top."""
EFFECTS_WITH_MUSIC_DB, MUSIC_WITH_EFFECTS_DB = 4.0, 2.5
"""Loudness of both below what leads, where they sound together: steps do not drown the dance, and blows,
which are short, stand out all the same."""
QUIET_DB, QUIET_DBFS, RATIO = 30.0, -54.0, 0.6
"""A quiet room's level and where it lies in a mix, and how far differences between places are kept: in a
cinema a street is louder than a study, though not by as much as outside."""
EFFECTS_OVER_AMBIENCE_DB = 26.0
"""What effects may stand out by from ambience of the same sound pressure level, where they are not alone."""
ONE_PASCAL_DB = 94.0
RUMBLE_HZ = 35.0
"""Below this no loudspeaker that people have answers; it would only eat headroom."""
AIRLESS_PEAK_DB = -30.0
"""Peak of what comes through the ground alone: audible, but far below any film with air."""
SHORT = "its sounds are too short to reach -16 LUFS without being flattened"
SOFT = "its sounds are too soft to be raised to -16 LUFS"
FADE_IN_S, FADE_OUT_S = 0.002, 0.03


@dataclass(frozen=True, eq=False)
class Tracks:
    """What goes into a mix, (C, N) each."""

    effects_pa: Array
    """In pascal."""
    bed: Array
    """Ambience of the place, at its level in the mix, full scale."""
    atmosphere: Array | None = None
    """Ambience that the screenplay asks for, full scale, at its level against the bed."""
    dialogue: Array | None = None
    music: Array | None = None
    """In any unit: the mix sets their levels."""
    music_level_db: float = 0.0
    """Of the music against its usual level."""


@dataclass(frozen=True, eq=False)
class Mix:
    """A finished mix: (C, N) samples and stems, and what was measured on it."""

    samples: Array
    stems: dict[str, Array]
    """What adds up to the samples: dialogue, effects, ambience, music, as far as there are any."""
    integrated_lufs: float
    true_peak_dbtp: float
    limiting_db: float
    gain: Array
    """Full scale per pascal that the effects were given, (N,)."""
    note: str

    def gain_at(self, film_s: float) -> float:
        """What an effect was given that begins to be heard at a moment."""
        return float(self.gain[min(int(film_s * SAMPLE_RATE_HZ), len(self.gain) - 1)])


def mixed(tracks: Tracks, airless: bool = False) -> Mix:
    """Mix the tracks of a film."""
    ends = _ends(tracks.effects_pa.shape[1])
    highpass = butter(2, RUMBLE_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    effects = dispersed(sosfilt(highpass, tracks.effects_pa, axis=1)) * ends
    bed = tracks.bed * ends
    others = {
        name: track * ends
        for name in ("dialogue", "music", "atmosphere")
        if (track := getattr(tracks, name)) is not None and np.any(track)
    }
    peak = float(np.max(np.abs(effects), initial=0.0))
    if airless and "dialogue" not in others and "music" not in others:
        if peak <= 1e-9:
            return _measured({"effects": effects, "ambience": bed}, 0.0, "nothing sounds but the ambience")
        gain = min(10 ** (AIRLESS_PEAK_DB / 20) / peak, MOST_GAIN * 100)
        note = "no air carries sound here; only the ground does, faintly"
        return _measured({"effects": effects * gain, "ambience": bed}, gain, note)
    if others:
        return _programme(effects, bed, others, tracks.music_level_db)
    if peak <= 1e-9:
        return _measured({"effects": effects, "ambience": bed}, 0.0, "nothing sounds but the ambience")
    full, gain, note = _effects_at(effects, bed, TARGET_LUFS)
    return _measured({"effects": full * gain, "ambience": bed}, gain, note)


def in_the_mix(level_db: float) -> float:
    """Where a sound pressure level lies in a finished mix, dBFS."""
    return QUIET_DBFS + RATIO * (level_db - QUIET_DB)


def loudness(samples: Array) -> float:
    """Integrated loudness of (C, N) samples in LUFS, ITU-R BS.1770-4."""
    samples = samples[weights_of(samples) > 0]
    if samples.shape[1] < 0.4 * SAMPLE_RATE_HZ + 1 or not np.any(samples):
        return float("-inf")
    return float(pyloudnorm.Meter(SAMPLE_RATE_HZ).integrated_loudness(samples.T))


def true_peak(samples: Array) -> float:
    """Peak of (C, N) samples oversampled four times, dBTP."""
    peak = float(np.max(envelope(samples, float(np.max(np.abs(samples), initial=0.0))), initial=0.0))
    return float(20 * np.log10(peak)) if peak > 0 else float("-inf")


def _programme(effects: Array, bed: Array, others: dict[str, Array], music_level_db: float) -> Mix:
    """A film with dialogue, music or an atmosphere that was asked for."""
    atmosphere = others.get("atmosphere", np.zeros_like(bed))
    ambience = bed + atmosphere
    gain: Array | float = 0.0
    stems: dict[str, Array] = {}
    leads = TARGET_LUFS - 0.5
    sounding = float(np.max(np.abs(effects), initial=0.0)) > 1e-9
    if sounding:
        aim = leads - (EFFECTS_WITH_MUSIC_DB if "music" in others else 0.0)
        aim -= EFFECTS_UNDER_DIALOGUE_DB if "dialogue" in others else 0.0
        # What is faint where one stands stays so beside others: a clock, bells from afar.
        aim = min(aim, in_the_mix(loudness(effects) + ONE_PASCAL_DB) + EFFECTS_OVER_AMBIENCE_DB)
        effects, gain, _ = _effects_at(effects, ambience, aim)
    stems["effects"] = effects * gain
    if "music" in others:
        under = (
            MUSIC_UNDER_DIALOGUE_DB if "dialogue" in others else MUSIC_WITH_EFFECTS_DB if sounding else 0.0
        )
        stems["music"] = _at(others["music"], leads - under + music_level_db)
    if "dialogue" in others:
        stems["dialogue"] = _at(present(others["dialogue"]), leads)
        room = carved(stems["dialogue"], {**stems, "ambience": ambience})
        ambience = room.pop("ambience")
        stems |= room
        ducking = under_speech(stems["dialogue"], {**stems, "ambience": ambience})
        stems |= {name: stems[name] * curve for name, curve in ducking.items() if name in stems}
        ambience = ambience * ducking["ambience"]
        gain = gain * ducking["effects"]
    stems["ambience"] = ambience
    # An atmosphere on its own is raised as far as the rule lets it be; with others, it is balanced already.
    alone = set(others) == {"atmosphere"} and not sounding
    most = MOST_RAISE_DB if alone else 12.0
    raised, note = _raised(stems, most)
    return _measured({name: stem * raised for name, stem in stems.items()}, gain * raised, note)


def _raised(stems: dict[str, Array], most_db: float) -> tuple[float, str]:
    """Gain of the whole with which it reaches the target after limiting, and why it does not."""
    total = np.sum(list(stems.values()), axis=0)
    alone = loudness(total)
    if not np.isfinite(alone):
        return 1.0, SOFT
    gain, most = 10 ** ((TARGET_LUFS - alone) / 20), 10 ** (most_db / 20)
    for _ in range(8):
        gain = min(gain, most)
        measured = loudness(limit(total * gain, CEILING_DBTP))
        if abs(measured - TARGET_LUFS) < 0.1:
            return gain, ""
        if gain >= most and measured < TARGET_LUFS:
            return gain, "" if measured > TARGET_LUFS - 0.5 else SOFT
        gain *= 10 ** ((TARGET_LUFS - measured) / 20 * (1.3 if measured < TARGET_LUFS else 1.0))
    return gain, ""


def _effects_at(effects: Array, bed: Array, target_lufs: float) -> tuple[Array, float, str]:
    """Effects in pascal, filled as far as they need it, their gain for a loudness over a bed, and a note."""
    full, gain, note = effects, 0.0, ""
    for filling_db in FILLINGS_DB:
        full = filled(effects, filling_db)
        allowed_db = MOST_LIMITING_DB if filling_db == FILLINGS_DB[-1] else GENTLE_LIMITING_DB
        crest = 10 ** ((CEILING_DBTP + allowed_db) / 20) / float(np.max(np.abs(full)))
        most = MOST_GAIN / 10 ** (filling_db / 20)
        gain, reached = _gain_for_target(full, bed, min(most, crest), target_lufs)
        note = "" if reached else SOFT if most < crest else SHORT
        if reached or most < crest:
            break
    return full, gain, note


def _gain_for_target(effects: Array, bed: Array, most: float, target_lufs: float) -> tuple[float, bool]:
    """Gain with which effects over a bed reach a loudness after limiting, and whether they do."""
    alone = loudness(effects)
    if not np.isfinite(alone):
        return most, False
    gain = min(most, 10 ** ((target_lufs - alone) / 20))
    for _ in range(8):
        measured = loudness(limit(effects * gain + bed, CEILING_DBTP))
        if abs(measured - target_lufs) < 0.1:
            return gain, True
        if measured > target_lufs and alone + 20 * np.log10(gain) < target_lufs - 12:
            return gain, True  # the bed alone is louder than that
        wanted = gain * 10 ** ((target_lufs - measured) / 20 * (1.3 if measured < target_lufs else 1.0))
        if wanted >= most and gain >= most * 0.999:
            return most, measured > target_lufs - 0.4
        gain = min(wanted, most)
    return gain, True


def _at(track: Array, target_lufs: float) -> Array:
    """A track at a loudness; short or silent ones as their RMS has it."""
    measured = loudness(track)
    if not np.isfinite(measured):
        measured = float(20 * np.log10(np.sqrt(np.mean(track**2)) + 1e-12))
    return track * 10 ** ((target_lufs - measured) / 20)


def _measured(stems: dict[str, Array], gain: Array | float, note: str) -> Mix:
    if len(stems["effects"]) > 2:
        stems = stems | {"effects": with_bass(stems["effects"])}
    limiter = limiting(np.sum(list(stems.values()), axis=0), CEILING_DBTP)
    stems = {name: stem * limiter for name, stem in stems.items()}
    samples = np.sum(list(stems.values()), axis=0)
    reduction_db = float(20 * np.log10(1 / limiter.min(initial=1.0)))
    return Mix(samples, stems, loudness(samples), true_peak(samples), reduction_db, gain * limiter, note)


def _ends(samples: int) -> Array:
    """Fades at both ends of the film that keep it from clicking."""
    shape = np.ones(samples)
    rise, fall = int(FADE_IN_S * SAMPLE_RATE_HZ), int(FADE_OUT_S * SAMPLE_RATE_HZ)
    rise, fall = min(rise, samples // 2), min(fall, samples // 2)
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    shape[samples - fall :] = 0.5 + 0.5 * np.cos(np.pi * (np.arange(fall) + 1) / max(fall, 1))
    return shape
