"""A film's whole sound: what happens in its take, what its screenplay asks for, what is said, its score."""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, sosfilt

from lichtspiel.camera import CameraTrack
from lichtspiel.sound import captions, cues, happenings, speech, surround, vehicles, whereabouts
from lichtspiel.sound.ambience import bed
from lichtspiel.sound.audibility import standing_out
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.happenings import Happenings
from lichtspiel.sound.layout import STEREO, SURROUND, SURROUND_DIALOGUE, Layout
from lichtspiel.sound.mix import Mix, Tracks, mixed
from lichtspiel.sound.modes import Array
from lichtspiel.sound.music import best, compose, played
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ, Caption, Measurements, Samples, Soundtrack
from lichtspiel.sound.space import Space
from lichtspiel.sound.speech import Clips
from lichtspiel.stage.world import World
from lichtspiel.take import Take
from lichtspiel.voice import say
from lichtspiel.voice.speech import Floats

PLAYED_M, PLAYED_FOLLOWING = 2.0, 0.4
"""Distance from which music of the scene is taken, and how much of a change of distance a cut lets be heard:
a song that goes on over cuts comes from where the camera has it, and stays one song."""
LOUDSPEAKER_HZ = (180.0, 5500.0)
"""What a table radio's loudspeaker of some 10 cm gives back."""
EDGE_S = 0.8
"""So near to a film's ends nothing is an event that music leads up to."""


def _from_voice_room(clip: str) -> Floats:
    return say.load(clip).samples


def score(
    world: World,
    take: Take,
    track: CameraTrack,
    clips: Clips = _from_voice_room,
    layout: Layout = STEREO,
) -> Soundtrack:
    """Make the sound of a film, STEREO or SURROUND. Same world, take, track and clips, same samples.

    Raises ValueError for a resonator or an ambience that nobody has described, KeyError for an unknown
    material, sound or style.
    """
    dice = Dice(world.screenplay.seed)
    around_all = layout is SURROUND
    space = Space(world, track, dice.of("space"), layout)
    events = happenings.play(world, take, space, dice)
    if space.has_air:
        vehicles.play(world, take, space, events.loudest, dice)
    around, cued = cues.play(world, take, space, events.loudest, dice)
    dialogue = Space(world, track, dice.of("dialogue"), SURROUND_DIALOGUE if around_all else STEREO)
    speech.play(world, take, dialogue, clips)
    music = _music(world, take, events, Space(world, track, dice.of("music"), layout), dice)
    wide = _widened if around_all else _as_it_is
    tracks = Tracks(
        space.heard(),
        wide(bed(world, space.samples, dice), "ambience", dice),
        wide(around, "ambience", dice) if space.has_air else None,
        dialogue.heard() if take.utterances else None,
        wide(music, "music", dice) if music is not None else None,
        world.screenplay.music.level_db if world.screenplay.music is not None else 0.0,
    )
    mix = mixed(tracks, airless=not space.has_air)
    said = speech.captions(take, world.screenplay, space.samples / SAMPLE_RATE_HZ)
    return _finished(world, mix, events, (*cued, *said))


def _widened(sound: Array, kind: str, dice: Dice) -> Array:
    """Stereo all around; what is in surround already stays."""
    return surround.widened(sound, kind, dice.of(f"rear {kind}")) if len(sound) == 2 else sound


def _as_it_is(sound: Array, _kind: str, _dice: Dice) -> Array:
    return sound


def _music(world: World, take: Take, events: Happenings, space: Space, dice: Dice) -> Array | None:
    """The film's score (2, N), or what a prop or a person of it plays (C, N), where they stand."""
    wanted = world.screenplay.music
    if wanted is None:
        return None
    seconds = space.samples / SAMPLE_RATE_HZ
    cuts = [span.film_start_s for span in world.timeline[1:]]
    composed = compose(world.screenplay, wanted, cuts, _main_events(events, seconds), dice.of("score"))
    stereo = played(composed, seconds, best(), dice.of("players"))
    if wanted.diegetic is None:
        return stereo
    path = whereabouts.of_source(world, take, wanted.diegetic, 0.0, seconds)
    heard = stereo.mean(axis=0)
    if any(prop.id == wanted.diegetic for prop in world.screenplay.props):
        heard = _from_loudspeaker(heard)
    space.play_along(heard, 0.0, path.followed(PLAYED_M, PLAYED_FOLLOWING))
    return space.heard()


def _from_loudspeaker(sound: Array) -> Array:
    """A sound (N,) as the small loudspeaker of a radio gives it back: neither bass nor much treble."""
    band = butter(2, LOUDSPEAKER_HZ, "bandpass", fs=SAMPLE_RATE_HZ, output="sos")
    small = np.asarray(sosfilt(band, sound))
    size = float(np.sqrt(np.mean(small**2)))
    return np.asarray(3 * size * np.tanh(small / (3 * size))) if size > 0 else small


def _main_events(events: Happenings, seconds: float) -> list[float]:
    """Film times of what a score answers to: the loudest moment, if it stands out and leaves time for it."""
    inner = [onset for onset, _ in events.knocks if EDGE_S < onset.film_s < seconds - EDGE_S]
    return [max(inner, key=lambda onset: onset.energy).film_s] if inner else []


def _finished(world: World, mix: Mix, events: Happenings, more: tuple[Caption, ...]) -> Soundtrack:
    onsets = [onset for onset, _ in events.knocks]
    attacks = [size * mix.gain_at(onset.heard_s) ** 2 for onset, size in events.knocks]
    apart = standing_out([onset.heard_s for onset in onsets], attacks, mix.samples)
    duration_s = mix.samples.shape[1] / SAMPLE_RATE_HZ
    loudest = max(onsets, key=lambda onset: onset.energy, default=None)
    words = captions.captions(world, events.heard, duration_s)
    if world.air_density <= 0 and onsets:
        text = captions.PATTERNS[world.screenplay.language]["air"]
        first = onsets[0].film_s
        words = (Caption(first, min(first + 2.0, duration_s), text),)
    return Soundtrack(
        _as_samples(mix.samples),
        Measurements(
            mix.integrated_lufs,
            mix.true_peak_dbtp,
            len(onsets),
            events.dropped,
            loudest.words if loudest else "",
            loudest.film_s if loudest else None,
            mix.limiting_db,
            mix.note,
        ),
        tuple(sorted((*words, *more), key=lambda caption: caption.film_start_s)),
        tuple(onset for onset, heard_apart in zip(onsets, apart, strict=True) if heard_apart),
        {name: _as_samples(stem) for name, stem in mix.stems.items()},
        tuple(onset.heard_s for onset in onsets),
    )


def _as_samples(sound: Array) -> Samples:
    return np.ascontiguousarray(sound.T, dtype=np.float32)
