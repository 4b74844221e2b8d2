"""Who goes up or down stairs is seen on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lichtspiel import camera, motion, physics, stage
from lichtspiel.camera.people import figure_points
from lichtspiel.camera.sight import Obstacles
from lichtspiel.director import read
from lichtspiel.screenplay import ShotSize


@pytest.mark.parametrize("prompt", ["A woman climbs the stairs.", "Ein Kind rennt die Treppe hinauf."])
def test_nobody_on_stairs_is_hidden_by_them_for_most_of_the_shot(prompt: str) -> None:
    world = stage.build(read(prompt)[0])
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    take = replace(take, figures={**motion.rehearse(world), **take.figures})
    track, obstacles = camera.plan(world, take), Obstacles(world)
    none = np.zeros((0, 3))
    hidden = []
    for film_s in np.linspace(0.1, world.screenplay.duration_s - 0.1, 6):
        position = np.array(track.at(float(film_s)).position)
        moment = np.array([world.world_time(float(film_s))])
        points = figure_points(world.figures[0], take, ShotSize.FULL, moment)[0]
        hidden.append(obstacles.blocked_share(position, none, points))
    assert np.mean(hidden) < 0.25
    assert max(hidden) < 0.5


def test_several_climb_beside_each_other() -> None:
    world = stage.build(read("Two children run up the stairs")[0])
    first, second = (np.array(figure.position) for figure in world.figures)
    assert 0.4 < np.linalg.norm((first - second)[:2]) < 1.3


def test_a_low_camera_that_follows_a_jump_over_stairs_stays_low_and_sees_her() -> None:
    film = read("Eine Skaterin springt über eine Treppe, Zeitlupe, Kamera verfolgt sie von unten.")[0]
    world = stage.build(film)
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    take = replace(take, figures={**motion.rehearse(world), **take.figures})
    track, obstacles = camera.plan(world, take), Obstacles(world)
    hidden = []
    for film_s in np.linspace(0.1, film.duration_s - 0.1, 5):
        lens = track.at(float(film_s))
        moment = np.array([world.world_time(float(film_s))])
        points = figure_points(world.figures[0], take, ShotSize.FULL, moment)[0]
        hidden.append(obstacles.blocked_share(np.array(lens.position), np.zeros((0, 3)), points))
        assert lens.position[2] < points[:, 2].max()
    assert np.mean(hidden) < 0.25
