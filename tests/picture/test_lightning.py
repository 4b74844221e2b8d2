"""A thunderstorm is seen: it flashes before it thunders, and rain falls from when it is heard to."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import camera, physics, stage
from lichtspiel.picture.film import Film, build
from lichtspiel.picture.lightning import drawn
from lichtspiel.picture.quality import DRAFT
from lichtspiel.screenplay import Cue, Prop, Screenplay, Setting, Shot, Weather
from lichtspiel.stage.world import World
from lichtspiel.take import Take
from lichtspiel.take.lightning import Strike, strikes

pytestmark = pytest.mark.render

STORM = (
    Cue(sound="wind"),
    Cue(sound="thunder", after="sounds[0]"),
    Cue(sound="rain", after="sounds[1]"),
)


def _performed(*sounds: Cue) -> tuple[World, Take]:
    screenplay = Screenplay(
        title="test",
        setting=Setting(place="meadow", weather=Weather.RAIN),
        props=(Prop(id="bucket", thing="bucket"),),
        sounds=sounds,
        shots=(Shot(),),
    )
    world = stage.build(screenplay)
    return world, physics.perform(world)


def _filmed(*sounds: Cue) -> tuple[Film, tuple[Strike, ...]]:
    world, take = _performed(*sounds)
    return build(world, take, camera.plan(world, take), DRAFT), strikes(world, take)


def _flash(film: Film, frame: int) -> float:
    film.scene.frame_set(frame)
    nodes = film.scene.world.node_tree.nodes
    return max(float(node.inputs["Strength"].default_value) for node in nodes if node.type == "BACKGROUND")


def test_sky_and_land_are_lit_in_the_frames_of_a_strike_and_its_channel_is_seen_then() -> None:
    film, (strike,) = _filmed(*STORM)
    before, struck = int(strike.film_s * DRAFT.fps) - 1, int(np.ceil(strike.film_s * DRAFT.fps))
    steady = _flash(film, before)
    lamp = next(one for one in film.scene.objects if one.type == "LIGHT" and one.name.startswith("lightning"))
    bolt = next(one for one in film.scene.objects if one.type == "MESH" and one.name.startswith("lightning"))
    assert lamp.data.energy == 0
    assert bolt.hide_render
    nodes = film.scene.world.node_tree.nodes
    film.scene.frame_set(struck)
    flash = [n.inputs["Strength"].default_value for n in nodes if n.type == "BACKGROUND"]
    assert sum(flash) > steady + 0.1
    assert lamp.data.energy > 0.5
    assert not bolt.hide_render
    film.scene.frame_set(film.frame_count - 1)
    assert lamp.data.energy == 0
    assert bolt.hide_render
    assert film.same_as == tuple(range(film.frame_count))


def test_rain_that_is_told_last_falls_last_and_more_and_more() -> None:
    film, _ = _filmed(*STORM)
    drops = [thing for thing in film.scene.objects if thing.name.startswith("rain")]
    falling = []
    for at in (0, film.frame_count // 2, film.frame_count * 3 // 4, film.frame_count - 1):
        film.scene.frame_set(at)
        falling.append(sum(not thing.hide_render for thing in drops))
    assert falling[:2] == [0, 0]
    assert 0 < falling[2] < falling[3] == len(drops)


def test_a_storm_far_off_is_seen_to_flash_while_an_earlier_flash_is_heard() -> None:
    world, take = _performed(Cue(sound="distant_thunder", at_s=1.0))
    first, again = strikes(world, take)
    assert first.heard_s == pytest.approx(1.0)
    end_s = world.timeline[-1].film_end_s
    assert 0 < again.film_s < end_s < again.heard_s


def test_rain_throughout_falls_from_the_first_frame_and_nothing_flashes() -> None:
    film, found = _filmed()
    assert found == ()
    film.scene.frame_set(0)
    assert all(not thing.hide_render for thing in film.scene.objects if thing.name.startswith("rain"))
    assert not [thing for thing in film.scene.objects if thing.name.startswith("lightning")]


def test_a_channel_reaches_from_the_ground_to_the_clouds_with_branches_in_between() -> None:
    mesh = drawn(Strike(1.0, 400.0, 0.0, ((0.0, 1.0),), 3, 0, "thunder"))
    heights = mesh.vertices[:, 2]
    assert heights.min() < 1
    assert 700 < heights.max() < 1000
    low = mesh.vertices[heights < 5]
    assert np.abs(low[:, 1] - 400).max() < 60
