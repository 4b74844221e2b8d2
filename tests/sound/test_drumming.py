"""Strokes on drums are heard when sticks come down on them, and as what they come down on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.library.asset import Resonator, Shape
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from lichtspiel.sound import drumming, score
from lichtspiel.stage.world import World
from lichtspiel.take import Take
from tests.sound import scenes

RATE = 240.0
WOOD = Resonator("bar", "wood", {"length": 0.4, "width": 0.014, "thickness": 0.014})


def playing(beats: list[float], drum: str = "snare", above_m: float = 0.0) -> tuple[World, Take]:
    """A stick whose tip meets the middle of a drum at these moments, or turns round so far above it."""
    stick = scenes.thing("stick", WOOD, Shape("capsule", (0.005, 0.03), "wood", (0.2, 0.0, 0.0)))
    kit = scenes.thing(f"kit/{drum}", WOOD, Shape("cylinder", (0.18, 0.07), "wood"))
    kit = replace(kit, prop="kit", position=(0.2, 0.0, 0.7), moves=False)
    things = {"stick": "drumstick", "kit": "drum_kit"}
    world = scenes.world(stick, kit, things=things)
    times = np.arange(int(2 * RATE) + 1) / RATE
    height = (
        0.7
        + above_m
        + np.min([2.0 * np.abs(times - beat) for beat in beats] + [np.full(len(times), 0.3)], axis=0)
    )
    take = replace(
        scenes.take(stick, kit),
        rate_hz=RATE,
        names=("stick",),
        positions=np.column_stack([0 * times, 0 * times, height])[:, None],
        orientations=np.tile([1.0, 0.0, 0.0, 0.0], (len(times), 1, 1)),
    )
    return world, take


def test_a_stick_that_comes_down_on_a_drum_strikes_it_then() -> None:
    strokes = drumming.strokes_of(*playing([0.5, 1.0, 1.5]))
    assert [stroke.part for stroke in strokes] == ["snare"] * 3
    assert [stroke.time_s for stroke in strokes] == pytest.approx([0.5, 1.0, 1.5], abs=0.01)


def test_a_stick_that_turns_round_in_the_air_strikes_nothing() -> None:
    assert drumming.strokes_of(*playing([0.5], above_m=0.5)) == []


def test_a_cymbal_rings_longer_and_brighter_than_a_drum() -> None:
    def heard(drum: str) -> tuple[float, float]:
        sound = drumming.sounded(drumming.strokes_of(*playing([0.5], drum))[0], np.random.default_rng(1))
        spectrum = np.abs(np.fft.rfft(sound)) ** 2
        hertz = np.fft.rfftfreq(len(sound), 1 / 48000)
        energy = np.cumsum(sound**2)
        return float(np.searchsorted(energy, 0.95 * energy[-1])) / 48000, float(
            (hertz * spectrum).sum() / spectrum.sum()
        )

    (crash_s, crash_hz), (tom_s, tom_hz) = heard("crash"), heard("tom_1")
    assert crash_s > 2 * tom_s
    assert crash_hz > 4 * tom_hz


@pytest.mark.parametrize(("drum", "caption"), [("crash", "[cymbal]"), ("snare", "[drums]")])
def test_captions_tell_cymbals_from_drums(drum: str, caption: str) -> None:
    world, take = playing([0.5], drum)
    assert [one.text for one in score(world, take, scenes.camera(2.0, 2.0)).captions] == [caption]


def test_a_hand_that_grazes_its_drum_is_not_heard() -> None:
    world = stage.build(
        Screenplay(
            title="test",
            setting=Setting(place="studio"),
            cast=(Character(id="drummer", role="person"),),
            beats=(Beat(subject="drummer", action=Action.PERFORM, motion="play_drums"),),
            shots=(Shot(),),
        )
    )
    hand = f"{world.figures[0].name}/hand_r"
    drum = next(body.name for body in world.bodies if body.name.endswith("/snare"))
    ball, floor = scenes.ball("wood", 0.04), scenes.floor("wood", 0.03)
    graze = replace(scenes.knock(0.5, ball, floor), first=hand, second=drum)
    take = scenes.take(ball, floor, impacts=(graze, replace(graze, second=floor.name)))
    assert [one.second for one in drumming.without_sticks(world, take).impacts] == [floor.name]
