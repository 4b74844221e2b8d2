"""Scores keep their key, meet the cuts, come home at the end, and are the same again."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from lichtspiel.library.catalogue import musical_styles
from lichtspiel.screenplay import Cue, Music, Prop, Screenplay, Setting, Shot
from lichtspiel.sound.music import Played, Players, compose, played
from lichtspiel.sound.music.form import form_of
from lichtspiel.sound.music.harmony import Chord, Key, chord_of, key_of, voiced
from lichtspiel.sound.music.instruments import INSTRUMENTS
from lichtspiel.sound.music.percussion import KIT
from tests.sound.test_hearing import film, heard, level_db

FS = 48_000
STYLES = list(musical_styles())


def composed(
    style: str, seconds: float = 12.0, cuts: tuple[float, ...] = (), seed: int = 1, **music: object
) -> Played:
    screenplay = Screenplay.model_validate(
        {
            "title": "t", "duration_s": seconds, "setting": Setting(place="studio"),
            "props": (Prop(id="ball", thing="steel_ball"),), "shots": (Shot(),),
        }
    )  # fmt: skip
    wanted = Music.model_validate({"style": style} | music)
    return compose(screenplay, wanted, cuts, (), np.random.default_rng(seed))


def test_there_are_at_least_sixteen_styles_and_somebody_plays_all_their_parts() -> None:
    assert len(STYLES) >= 16
    for style in musical_styles().values():
        assert {part.instrument for part in style.parts} <= set(INSTRUMENTS)
        assert {*style.drums, *style.fill} <= set(KIT)
        bar = style.beats * style.steps
        patterns = [p for part in style.parts for p in part.patterns]
        patterns += [*style.rhythms, *style.fill.values(), *(p for ps in style.drums.values() for p in ps)]
        assert {len(pattern.replace(" ", "")) for pattern in patterns} == {bar}
        for mode, progressions in (("major", style.major), ("minor", style.minor)):
            for numeral in " ".join(progressions).replace(",", " ").split():
                chord_of(numeral, Key(0, mode))  # type: ignore[arg-type]


def test_chords_are_what_their_numerals_say() -> None:
    assert chord_of("V7", key_of("C major")) == Chord(7, (0, 4, 7, 10))
    assert chord_of("vi", key_of("G major")).classes == (4, 7, 11)
    assert chord_of("VI", key_of("A minor")).classes == (5, 9, 0)
    assert chord_of("bVII", key_of("D major")).root == 0
    assert chord_of("ii7", key_of("A minor")).intervals == (0, 3, 6, 10)


def test_voices_lead_by_small_steps() -> None:
    key = key_of("C major")
    before: tuple[int, ...] | None = None
    for numeral in ["I", "vi", "IV", "V", "I", "iii", "IV", "ii", "V", "I"]:
        notes = voiced(chord_of(numeral, key), before, 60)
        if before:
            assert max(min(abs(note - old) for old in before) for note in notes) <= 4
        before = notes


@pytest.mark.parametrize("style", STYLES)
def test_tunes_stay_in_key_and_move_mostly_by_step(style: str) -> None:
    score = composed(style)
    scale = set(score.key.scale) | {(score.key.tonic + 11) % 12}
    tune = score.lines[[part.plays for part in score.style.parts].index("melody")] if any(
        part.plays == "melody" for part in score.style.parts
    ) else score.lines[0]  # fmt: skip
    notes = [note.note for note in tune.notes]
    outside = sum(note % 12 not in scale for note in notes)
    assert outside <= 0.34 * len(notes)
    leaps = [abs(after - before) for before, after in pairwise(notes)]
    assert np.mean(np.array(leaps) <= 5) > 0.7


@pytest.mark.parametrize("style", STYLES)
def test_the_end_is_the_tonic_on_the_last_downbeat_and_time_is_left_to_ring(style: str) -> None:
    score = composed(style, cuts=(4.3,))
    end = float(score.form.last_beat)
    assert 0.3 < 12.0 - score.form.time(end) < 3.2
    last = {note.note % 12 for line in score.lines for note in line.notes if note.beat == end}
    assert score.key.tonic in last
    assert all(note.beat <= end for line in score.lines for note in line.notes)


@pytest.mark.parametrize("cuts", [(2.0,), (3.7,), (2.5, 6.1), (4.0, 8.0)])
@pytest.mark.parametrize("style", ["piano", "rock", "waltz", "lofi"])
def test_beats_meet_the_cuts(style: str, cuts: tuple[float, ...]) -> None:
    form = composed(style, cuts=cuts).form
    off = [abs(form.time(round((cut - form.start_s) / form.beat_s)) - cut) for cut in cuts]
    assert max(off) < 0.09
    assert off[0] < 0.05


def test_a_wished_tempo_and_key_are_kept() -> None:
    score = composed("jazz", tempo_bpm=140, key="Bb major")
    assert score.form.tempo_bpm == 140
    assert (score.key.tonic, score.key.mode) == (10, "major")
    slow, fast = (form_of(8.0, (), (), (80.0, 120.0), 4, wish).tempo_bpm for wish in (82.0, 118.0))
    assert slow < fast


def test_sad_music_is_in_minor_and_happy_music_is_not() -> None:
    assert composed("piano", mood="sad").key.mode == "minor"
    assert composed("piano", mood="happy").key.mode == "major"


@pytest.mark.parametrize("style", STYLES)
def test_a_score_sounds_to_its_end_without_holes(style: str) -> None:
    score = composed(style, 3.0, (1.4,))
    sound = played(score, 3.0, Players(), np.random.default_rng(2))
    assert sound.shape == (2, 3 * FS)
    assert np.isfinite(sound).all()
    loud = np.sqrt(np.mean(sound[:, : int(2.7 * FS)].reshape(2, -1, FS * 3 // 10) ** 2, axis=(0, 2)))
    assert loud.min() > 1e-3
    assert np.abs(sound[:, -1]).max() < 1e-3


def test_the_seed_makes_the_music() -> None:
    first, again, other = (
        played(composed("folk", 4.0, seed=s), 4.0, Players(), np.random.default_rng(s)) for s in (3, 3, 4)
    )
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_music_goes_down_while_somebody_speaks_and_meets_the_loudness() -> None:
    world, take = film(Cue(sound="clock"), spoken=True, seconds=6.0)
    told = world.screenplay.model_copy(update={"music": Music(style="piano"), "duration_s": 6.0})
    sound = heard(replace(world, screenplay=told), take)
    music = sound.stems["music"]
    assert level_db(music[int(1.3 * FS) : int(2.8 * FS)]) < level_db(music[int(3.8 * FS) : int(5.3 * FS)]) - 3
    assert sound.measurements.integrated_lufs == pytest.approx(-16.0, abs=0.5)
    assert set(sound.stems) == {"dialogue", "effects", "ambience", "music"}


def test_music_of_a_radio_has_neither_bass_nor_air() -> None:
    world, take = film(seconds=4.0)
    shares = []
    for source in (None, "ball"):
        told = world.screenplay.model_copy(update={"music": Music(style="rock", diegetic=source)})
        music = heard(replace(world, screenplay=told), take).stems["music"].mean(axis=1)
        spectrum = np.abs(np.fft.rfft(music)) ** 2
        hertz = np.fft.rfftfreq(len(music), 1 / FS)
        shares.append(spectrum[(hertz < 90) | (hertz > 11000)].sum() / spectrum.sum())
    assert shares[1] < 0.1 * shares[0]
