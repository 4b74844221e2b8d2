"""A horse is heard by its own hooves: when each comes down, as hard as it does, on what is beneath it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel import sound
from lichtspiel.library import canter, catalogue
from lichtspiel.library.asset import Array, Joint, Part
from lichtspiel.sound import hooves
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Take
from tests.sound import scenes

RATE, SECONDS, SPEED = 240.0, 2.0, 4.9


def cantering(speed_m_s: float = SPEED, ground: str = "stone", language: str = "en") -> tuple[World, Take]:
    """A horse without rider that goes by at a speed."""
    times = np.arange(int(SECONDS * RATE) + 1) / RATE
    way = speed_m_s * times
    pieces = canter.posed(*canter.strides(way, RATE))
    places: list[Array] = []
    turns: list[Array] = []
    for at, turn in pieces.values():
        places.append(at + np.stack([0 * way, -way, canter.rise(*canter.strides(way, RATE))], -1))
        turns.append(turn)
    bodies = tuple(
        Body(f"horse/{name}", "horse", Part(name, (), mass_kg=30.0, joint=Joint("fixed")), (0, 0, 0),
             (1, 0, 0, 0), True)
        for name in pieces
    )  # fmt: skip
    floor = scenes.floor(ground)
    world = scenes.world(floor, *bodies, seconds=SECONDS, things={"horse": "horse"}, language=language)
    take = replace(
        scenes.take(*bodies, seconds=SECONDS),
        rate_hz=RATE, names=tuple(f"horse/{name}" for name in pieces),
        positions=np.stack(places, 1), orientations=np.stack(turns, 1),
    )  # fmt: skip
    return world, take


def test_every_stride_of_a_canter_has_three_beats_and_a_rest() -> None:
    world, take = cantering()
    falls = hooves.falls_of(world, take)
    stride_s = canter.CANTER.stride_m / SPEED
    first = [fall.time_s for fall in falls if fall.hoof == "horse/hoof_r"]
    assert np.diff(first) == pytest.approx(stride_s, abs=0.02)
    one = [fall for fall in falls if first[0] <= fall.time_s < first[0] + stride_s - 0.02]
    assert [fall.hoof.removeprefix("horse/") for fall in one] == ["hoof_r", "hoof_l", "foot_r", "foot_l"]
    beats = [fall.time_s - first[0] for fall in one]
    assert beats[2] - beats[1] < 0.04, "a hind foot and its diagonal come down as one"
    assert stride_s - beats[3] > 1.3 * (beats[3] - beats[2]), "then nothing is heard for a while"


def test_a_horse_that_stands_is_silent() -> None:
    world, take = cantering(0.0)
    assert hooves.falls_of(world, take) == []


def test_hooves_are_heard_when_they_come_down() -> None:
    world, take = cantering()
    track = sound.score(world, take, scenes.camera(14.0))
    effects = np.abs(track.stems["effects"].astype(float)).max(axis=1)
    for fall in hooves.falls_of(world, take):
        heard = int((fall.time_s + 0.006) * SAMPLE_RATE_HZ)
        if fall.hoof != "horse/hoof_r" or fall.time_s > SECONDS - 0.1:
            continue
        before, after = effects[heard - 2000 : heard - 400], effects[heard : heard + 1600]
        assert after.max() > 3 * before.max()
    assert [caption.text for caption in track.captions] == ["[hoofbeats]"]


def test_hooves_knock_on_stone_and_thud_on_sand() -> None:
    def dullness(ground: str) -> float:
        world, take = cantering(ground=ground)
        falls = hooves.falls_of(world, take)[:2]
        voices = hooves.voices_of(world, falls, catalogue.materials())
        assert set(voices) == {name for fall in falls for name in (fall.hoof, fall.leg)}
        effects = sound.score(world, take, scenes.camera(14.0)).stems["effects"].astype(float).mean(1)
        power = np.abs(np.fft.rfft(effects)) ** 2
        hertz = np.fft.rfftfreq(len(effects), 1 / SAMPLE_RATE_HZ)
        return float(power[hertz < 400].sum() / power[hertz > 1000].sum())

    assert dullness("sand") > 2 * dullness("stone")
