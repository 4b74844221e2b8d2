"""People thud when they fall, kick things that then sound, rustle as they move, and breathe in the cold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import about, rest_pose
from lichtspiel.screenplay import Setting, Wear, Weather
from lichtspiel.sound import Soundtrack, happenings, score
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.space import Space
from lichtspiel.stage.world import Body, PlacedFigure, World
from lichtspiel.take import Impact, Performance, Take
from tests.sound import scenes
from tests.sound.test_footsteps import WALKER
from tests.sound.test_hearing import clip, utterance

FS = 48_000
DRESSED = replace(WALKER, wears=(Wear(garment="t_shirt"), Wear(garment="jeans")))


def staged(*bodies: Body, weather: Weather = Weather.CLEAR, **options: str) -> World:
    world = scenes.world(*bodies, **options)  # type: ignore[arg-type]
    figure = PlacedFigure("anna", "anna", DRESSED, physique(DRESSED), (0.0, 0.0, 0.0), 0.0, "place/floor")
    setting = Setting(place="street", weather=weather)
    return replace(
        world, figures=(figure,), screenplay=world.screenplay.model_copy(update={"setting": setting})
    )


def waving(times_per_s: float) -> Performance:
    """Arms that swing to and fro for two seconds."""
    rig = physique(DRESSED).rig
    pose = np.tile(rest_pose(rig), (97, 1, 1))
    for frame in range(97):
        swing = 0.6 * np.sin(2 * np.pi * times_per_s * frame / 48)
        for side in "LR":
            pose[frame, rig.index(f"upperarm01.{side}")] = about((1.0, 0.0, 0.0), float(swing))
    return Performance(48.0, np.zeros((97, 3)), pose)


def blow(time_s: float, first: str, second: str, materials: tuple[str, str], impulse_ns: float) -> Impact:
    return Impact(
        time_s, first, second, *materials, (0.0, 0.0, 0.0), (0.0, 0.0, -1.0), impulse_ns, 2.0, 0.0, 0.02
    )


def heard(world: World, take: Take) -> Soundtrack:
    return score(world, take, scenes.camera(), clip)


def raw(world: World, take: Take) -> np.ndarray:
    """Effects in pascal at the camera, before any mix."""
    dice = Dice(1)
    space = Space(world, scenes.camera(), dice.of("space"))
    happenings.play(world, take, space, dice)
    return space.heard().mean(axis=0)


def test_a_body_that_falls_thuds_and_its_floor_sounds() -> None:
    floor = scenes.floor("hardwood", 0.025)
    world = staged(floor, scenes.ball("steel"))
    fall = blow(0.5, "place/floor", "anna/chest", ("hardwood", "skin"), 25.0)
    sound = heard(world, replace(scenes.take(), impacts=(fall,)))
    assert sound.onsets[0].heard_s == pytest.approx(0.506, abs=0.003)
    assert any(caption.text == "[thud]" for caption in sound.captions)
    power = np.abs(np.fft.rfft(raw(world, replace(scenes.take(), impacts=(fall,))))) ** 2
    assert power[: 2 * 500].sum() > 0.7 * power.sum()


def test_a_kicked_ball_sounds_of_the_ball() -> None:
    ball, floor = scenes.ball("steel", 0.05), scenes.floor()
    kick = blow(0.5, "anna/foot_r", ball.name, ("skin", "steel"), 2.0)
    sound = heard(staged(ball, floor, language="de"), replace(scenes.take(ball, floor), impacts=(kick,)))
    assert sound.measurements.impacts_sounded == 1
    assert any(caption.text == "[dumpfer Aufprall]" for caption in sound.captions)


def test_clothes_rustle_the_more_the_faster_their_wearer_moves() -> None:
    world = staged(scenes.floor(), scenes.ball("steel"))
    levels = []
    for pace in (0.0, 0.7, 2.0):
        sound = raw(world, replace(scenes.take(), figures={"anna": waving(pace)}))
        levels.append(float(np.sqrt(np.mean(sound**2))))
    assert levels[0] == 0.0
    assert 0 < levels[1] < 0.6 * levels[2]


def test_breath_is_heard_in_the_cold_but_not_while_its_owner_speaks() -> None:
    still = waving(0.0)
    quiet = replace(scenes.take(), figures={"anna": still})
    warm = raw(staged(scenes.floor(), scenes.ball("steel")), quiet)
    cold = staged(scenes.floor(), scenes.ball("steel"), weather=Weather.SNOW)
    assert not np.any(warm)
    assert np.any(raw(cold, quiet))
    speaking = replace(utterance(0.0, 2.0), figure="anna")
    assert not np.any(raw(cold, replace(quiet, utterances=(speaking,))))


def test_a_voice_comes_from_its_speakers_mouth() -> None:
    world = staged(scenes.floor(), scenes.ball("steel"))
    aside = replace(world.figures[0], position=(2.0, 0.0, 0.0))
    walking = replace(waving(0.0), root=np.tile([2.0, 0.0, 0.0], (97, 1)))
    take = replace(
        scenes.take(), figures={"anna": walking}, utterances=(replace(utterance(0.2, 1.5), figure="anna"),)
    )
    left, right = heard(replace(world, figures=(aside,)), take).stems["dialogue"].T
    assert np.sqrt(np.mean(right**2)) > 1.3 * np.sqrt(np.mean(left**2))
