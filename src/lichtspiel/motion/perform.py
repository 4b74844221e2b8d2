"""The performance: all figures of a world, from what they are told to do to poses and faces over time."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import faces, gaze, sway, turns
from lichtspiel.motion.anatomy import anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.course import Actor, course
from lichtspiel.motion.footwear import sole_of
from lichtspiel.motion.manner import manner
from lichtspiel.motion.solve import solve
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction, PlacedFigure, World
from lichtspiel.take import Performance, Take

RATE_HZ = 48.0


def perform(world: World, take: Take) -> Take:
    """The same take with the performances of the world's figures."""
    times = np.arange(int(np.ceil(world.duration_s * RATE_HZ)) + 1) / RATE_HZ
    actors = [_actor(figure) for figure in world.figures]
    courses = {actor.figure.name: course(actor, times) for actor in actors}
    eyes = {actor.figure.name: gaze.between_eyes(actor.body, courses[actor.figure.name]) for actor in actors}
    figures = {
        actor.figure.name: _act(world, take, actor, courses[actor.figure.name], times, eyes)
        for actor in actors
    }
    return replace(take, figures=figures)


def _actor(figure: PlacedFigure) -> Actor:
    return Actor(figure, anatomy(figure.physique), manner(figure.person), sole_of(figure.person))


def _act(
    world: World, take: Take, actor: Actor, controls: Controls, times: Array, eyes: dict[str, Array]
) -> Performance:
    figure = actor.figure
    rng = np.random.default_rng([world.screenplay.seed, figure.person.seed, zlib.crc32(figure.name.encode())])
    living = sway.alive(controls, times, actor.body, actor.manner, rng)
    targets = [
        gaze.Target(direction.start_s, _watched(direction, take, times, eyes))
        for direction in _told(figure, Action.LOOK)
    ]
    looking, seen = gaze.look(living, times, actor.body, actor.manner, targets, rng)
    root, pose, found = solve(actor.body, looking)
    eye_turns = gaze.eye_turns(actor.body, found, seen.points)
    columns = [actor.body.rig.index(f"eye.{side}") for side in "LR"]
    pose[:, columns] = turns.quaternions(eye_turns)
    ahead = -eye_turns[..., 1].mean(1)
    angles = np.stack([np.arctan2(ahead[:, 0], -ahead[:, 1]), np.arcsin(np.clip(ahead[:, 2], -1, 1))], -1)
    shown = [(0.0, figure.person.expression)]
    shown += [(direction.start_s, direction.expression) for direction in _told(figure, Action.EXPRESS)]
    weights = faces.course(figure.person, actor.manner, times, shown, seen.jumps_s, angles, rng)
    return Performance(RATE_HZ, root, pose, weights)


def _told(figure: PlacedFigure, action: Action) -> list[Direction]:
    return sorted((d for d in figure.directions if d.action is action), key=lambda d: d.start_s)


def _watched(direction: Direction, take: Take, times: Array, eyes: dict[str, Array]) -> Array | None:
    """(T, 3) points that a look is directed at."""
    if direction.follows in eyes:
        return eyes[direction.follows]
    if direction.follows in take.names:
        column = take.index(direction.follows)
        clock = np.arange(len(take.positions)) / take.rate_hz
        return np.stack([np.interp(times, clock, take.positions[:, column, axis]) for axis in range(3)], -1)
    if direction.target is not None:
        return np.broadcast_to(np.array(direction.target), (len(times), 3))
    return None
