"""Steps are heard when and where feet come down, as shoe and ground make them sound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from lichtspiel import sound
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.screenplay import Sex
from lichtspiel.sound import Soundtrack
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Footfall
from tests.sound import scenes

WALKER = Person(Sex.MALE, 35, 1.8, 0.0, 0.0, (0, 0, 1), (), "fair", "blue", "short", "brown", "none", ())


def _world(ground: str, language: str = "en") -> World:
    empty = scenes.world(scenes.floor(ground), scenes.ball("steel"), language=language)
    body = physique(WALKER)
    walker = PlacedFigure("anna", "anna", WALKER, body, (0.0, 0.0, 0.0), 0.0, "place/floor")
    return replace(empty, figures=(walker,))


def _steps(sole: str, *times: float) -> tuple[Footfall, ...]:
    return tuple(
        Footfall(time, "anna", "l" if i % 2 else "r", (0.0, 0.0, 0.0), "place/floor", sole, 2.0)
        for i, time in enumerate(times)
    )


def _heard(ground: str, sole: str, language: str = "en") -> Soundtrack:
    world = _world(ground, language)
    take = replace(scenes.take(seconds=2.0), footfalls=_steps(sole, 0.4, 0.95, 1.5))
    return sound.score(world, take, scenes.camera())


def _level(track: Soundtrack, start_s: float, end_s: float) -> float:
    effects = track.stems["effects"].astype(float)
    part = effects[int(start_s * SAMPLE_RATE_HZ) : int(end_s * SAMPLE_RATE_HZ)]
    return float(np.sqrt((part**2).mean()))


def test_each_step_is_heard_when_the_heel_comes_down() -> None:
    track = _heard("stone", "leather")
    for time in (0.4, 0.95, 1.5):
        assert _level(track, time, time + 0.12) > 8 * _level(track, time - 0.1, time - 0.005)
    assert any(caption.text == "[footsteps]" for caption in track.captions)
    assert [round(onset.film_s, 2) for onset in track.onsets][:1] == [0.4]


def test_german_films_call_them_steps() -> None:
    assert any(caption.text == "[Schritte]" for caption in _heard("stone", "leather", "de").captions)


@pytest.mark.parametrize(("bright", "dull"), [(("stone", "plastic"), ("carpet", "rubber"))])
def test_hard_heels_on_stone_are_brighter_than_rubber_on_carpet(
    bright: tuple[str, str], dull: tuple[str, str]
) -> None:
    high = butter(4, 2000, "highpass", fs=SAMPLE_RATE_HZ, output="sos")

    def share(ground: str, sole: str) -> float:
        effects = _heard(ground, sole).stems["effects"].astype(float)
        filtered = sosfilt(high, effects, axis=0)
        return float((filtered**2).sum() / (effects**2).sum())

    assert share(*bright) > 2 * share(*dull)
