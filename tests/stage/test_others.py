"""What it takes besides who does it: somebody to chase, somebody who strikes, a ladder, a wall."""

from __future__ import annotations

import numpy as np

from lichtspiel import director, motion, physics, stage
from lichtspiel.camera.people import figure_points
from lichtspiel.library import catalogue
from lichtspiel.screenplay import ShotSize
from lichtspiel.stage.world import World
from lichtspiel.take import Take


def _played(prompt: str) -> tuple[World, Take]:
    world = stage.build(director.read(prompt)[0])
    return world, motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))


def test_who_is_chased_runs_ahead_and_loses_ground() -> None:
    for prompt in ("A man chases a woman.", "A woman chases."):
        world = stage.build(director.read(prompt)[0])
        motions = {figure.name: figure.directions[0].motion for figure in world.figures}
        chaser = next(name for name, done in motions.items() if done == "chase")
        chased = next(name for name, done in motions.items() if done == "run")
        rehearsed = motion.rehearse(world)
        after, ahead = rehearsed[chaser].root[:, :2], rehearsed[chased].root[:, :2]
        apart = np.linalg.norm(ahead - after, axis=1)
        assert 1.8 < apart[0] < 2.6
        assert 0.4 < apart[-1] < apart[0]
        way = (ahead[-1] - ahead[0]) / np.linalg.norm(ahead[-1] - ahead[0])
        assert ((ahead - after) @ way).min() > 0.4
        usual = catalogue.motions()["chase"].speed_m_s or 0.0
        assert np.linalg.norm(after[-1] - after[0]) / world.duration_s > 0.8 * usual


def test_who_gets_hit_is_struck_by_somebody_near_and_falls() -> None:
    world, take = _played("A woman gets hit by a man.")
    told = {figure.character: figure for figure in world.figures}
    assert set(told) == {"woman", "man"}
    fist = [figure_points(told["man"], take, ShotSize.FULL, np.array([t, t + 1e-3]), "hands")[0] for t in
            np.arange(0.4, 1.4, 0.1)]  # fmt: skip
    head = figure_points(told["woman"], take, ShotSize.CLOSE_UP, np.array([0.9, 0.901]))[0].mean(0)
    nearest = min(float(np.linalg.norm(points - head, axis=1).min()) for points in fist)
    assert nearest < 0.35
    end_s = world.duration_s - 0.05
    fallen = figure_points(told["woman"], take, ShotSize.CLOSE_UP, np.array([end_s, end_s + 1e-3]))[0]
    assert fallen[:, 2].mean() < 0.8


def test_who_falls_off_falls_off_a_ladder() -> None:
    world, take = _played("A man falls off a ladder.")
    (figure,) = world.figures
    assert figure.position[2] > 0.7
    end_s = world.duration_s - 0.05
    body = figure_points(figure, take, ShotSize.FULL, np.array([0.0, 1e-3, end_s]))
    assert body[0, :, 2].min() > 0.7
    assert body[2, :, 2].mean() < 0.6


def test_who_leans_has_a_wall_at_the_back() -> None:
    world, take = _played("A woman leans against a wall.")
    (figure,) = world.figures
    wall = next(body for body in world.bodies if "garden_wall" in body.name)
    body = figure_points(figure, take, ShotSize.FULL, np.array([2.0, 2.001]))[0]
    ahead = np.array([np.sin(figure.yaw), -np.cos(figure.yaw), 0.0])
    face = np.array(wall.position) + 0.2 * ahead
    gap = float(((body - face) @ ahead).min())
    assert -0.04 < gap < 0.06


def test_who_falls_off_what_the_prompt_names_has_stood_on_it() -> None:
    world, take = _played("A woman falls off a horse.")
    (figure,) = world.figures
    assert figure.position[2] > 1.3
    assert not any("ladder" in body.name for body in world.bodies)
    end_s = world.duration_s - 0.05
    body = figure_points(figure, take, ShotSize.FULL, np.array([end_s, end_s + 1e-3]))[0]
    assert body[:, 2].mean() < 0.8
