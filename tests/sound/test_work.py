"""Work is heard as it is done: when hammers come down, as fast as saws go, where brooms are on the floor."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel import motion, sound, stage
from lichtspiel.library.asset import Array
from lichtspiel.library.catalogue import motions
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from lichtspiel.sound import work
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Performance, Take
from tests.sound import scenes

RATE, SECONDS = 240.0, 2.0
TIMES = np.arange(int(SECONDS * RATE) + 1) / RATE


def at_work(deed: str, place: str) -> tuple[World, Body]:
    """Somebody at work, and the tool."""
    entry = motions()[deed]
    world = stage.build(
        Screenplay(
            title="Work", duration_s=SECONDS, setting=Setting(place=place),
            cast=(Character(id="anna", role="woman"),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion=deed),), shots=(Shot(),),
        )
    )  # fmt: skip
    tools = {prop.id for prop in world.screenplay.props if prop.thing == entry.using[0]}
    return world, next(body for body in world.bodies if body.prop in tools)


def moved(world: World, tool: Body, path: Array) -> Take:
    """A take in which the tool goes along a path (T, 3), unturned, and nothing else moves."""
    figure = world.figures[0]
    still = np.zeros((len(TIMES), len(figure.physique.rig.heads), 4))
    still[..., 0] = 1.0
    return replace(
        scenes.take(seconds=SECONDS), rate_hz=RATE, names=(tool.name,), positions=path[:, None],
        orientations=np.tile([1.0, 0.0, 0.0, 0.0], (len(TIMES), 1, 1)), present=np.array([[0.0, np.inf]]),
        figures={figure.name: Performance(RATE, np.zeros((len(TIMES), 3)), still)},
    )  # fmt: skip


def touching(world: World, deed: str) -> tuple[Array, Array]:
    """Where a tool's own frame is when it touches what it works on, and the way out of that."""
    play = motions()[deed].plays[0]
    props = {prop.id for prop in world.screenplay.props if prop.thing == play.thing}
    piece = next(body for body in world.bodies if body.prop in props)
    point, away = work._place(piece, play)
    return point - np.array(play.tip), away


def test_keys_are_heard_when_fingers_come_down_on_them() -> None:
    world = stage.build(
        Screenplay(
            title="Work", duration_s=SECONDS, setting=Setting(place="office"),
            cast=(Character(id="anna", role="woman"),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion="type"),), shots=(Shot(),),
        )
    )  # fmt: skip
    empty = replace(scenes.take(seconds=SECONDS), rate_hz=RATE, positions=np.zeros((len(TIMES), 0, 3)))
    knocks = work.with_work(world, replace(empty, figures=motion.rehearse(world))).impacts
    for play in motions()["type"].plays:
        mine = [knock for knock in knocks if knock.first.endswith(f"hand_{play.hand}")]
        assert 0.35 * SECONDS < len(mine) / play.strikes_hz < 1.4 * SECONDS, "its strokes are heard"
        loud = [knock.time_s for knock in mine if knock.normal_speed > 0.1]
        off_s = [abs(time - round(time * play.strikes_hz) / play.strikes_hz) for time in loud]
        assert np.mean(np.array(off_s) < 0.05) > 0.5, "on the strokes that are seen"


def hammered() -> tuple[World, Take]:
    world, hammer = at_work("hammer", "workshop")
    place, away = touching(world, "hammer")
    up = 0.3 * np.abs(np.sin(np.pi * (TIMES - 0.4) / 0.8))
    return world, moved(world, hammer, place + up[:, None] * away)


def test_a_hammer_knocks_whenever_it_comes_down() -> None:
    world, take = hammered()
    blows = work.with_work(world, take).impacts
    assert [blow.time_s for blow in blows] == pytest.approx([0.4, 1.2], abs=0.02)
    assert all(0.8 < blow.normal_speed < 1.3 for blow in blows), "0.3 m up and down in 0.8 s"
    track = sound.score(world, take, scenes.camera())
    effects = np.abs(track.stems["effects"].astype(float)).max(axis=1)
    for blow in blows:
        heard = int((blow.time_s + 0.02) * SAMPLE_RATE_HZ)
        assert effects[heard : heard + 2400].max() > 5 * effects[heard - 9600 : heard - 2400].max()
    assert any("hammer" in caption.text for caption in track.captions)


def test_a_hammer_that_is_held_up_is_silent() -> None:
    world, hammer = at_work("hammer", "workshop")
    place, away = touching(world, "hammer")
    take = moved(world, hammer, np.tile(place + 0.3 * away, (len(TIMES), 1)))
    assert work.with_work(world, take).impacts == ()


def test_a_saw_is_heard_as_fast_as_it_goes_and_not_where_it_turns() -> None:
    world, saw = at_work("saw", "workshop")
    place, _ = touching(world, "saw")
    along = 0.1 * np.sin(2 * np.pi * TIMES)
    take = moved(world, saw, place + along[:, None] * np.array([0.0, 1.0, 0.0]))
    (rub,) = work.with_work(world, take).rubs
    assert rub.kind == "slide"
    assert rub.speed[int(0.5 * RATE)] == pytest.approx(0.2 * np.pi, rel=0.05)
    assert rub.speed[int(0.75 * RATE)] < 0.2 * rub.speed.max()
    effects = sound.score(world, take, scenes.camera()).stems["effects"].astype(float).mean(1)

    def level(time_s: float) -> float:
        part = effects[int((time_s - 0.04) * SAMPLE_RATE_HZ) : int((time_s + 0.04) * SAMPLE_RATE_HZ)]
        return float(np.sqrt((part**2).mean()))

    assert min(level(0.5), level(1.0)) > 2 * max(level(0.75), level(1.25))


def test_a_broom_in_the_air_does_not_sweep() -> None:
    world, broom = at_work("sweep", "kitchen")
    low = np.array([0.0, 0.0, 1.0])
    swing = np.column_stack([0.3 * np.sin(2 * np.pi * TIMES), 0 * TIMES, np.where(TIMES < 1.0, 0.0, 0.2)])
    (rub,) = work.with_work(world, moved(world, broom, low + swing)).rubs
    assert rub.second == world.figures[0].ground
    assert rub.normal_force[TIMES < 0.9].min() > 0
    assert rub.normal_force[TIMES > 1.1].max() == 0
