"""The performance: all figures of a world, from what they are told to do to poses and faces over time."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import faces, gaze, sway, turns
from lichtspiel.motion.actor import Actor, actor
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.course import Strike, course, cuts
from lichtspiel.motion.drape import Air
from lichtspiel.motion.gait import mass_kg
from lichtspiel.motion.hanging import Moves, hang, may_hang
from lichtspiel.motion.solve import solve
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction, PlacedFigure, World
from lichtspiel.take import Footfall, Performance, Take

_MOST_DRAPED = 4
_UNEVEN = 0.13
"""Spread of the force of steps: no two steps of a walk are the same (Winter, 1991)."""
_STRIKE_M_S = 0.5
"""Speed at which a heel meets the ground, m/s (Cappellini et al., 2006)."""


def perform(world: World, take: Take) -> Take:
    """The same take with the performances of the world's figures, and where their feet come down."""
    times = np.arange(int(np.ceil(world.duration_s * RATE_HZ)) + 1) / RATE_HZ
    actors = {figure.name: actor(figure.person, figure.physique) for figure in world.figures}
    courses: dict[str, Controls] = {}
    footfalls: list[Footfall] = []
    for figure in world.figures:
        courses[figure.name], strikes = course(actors[figure.name], figure, world.timeline, times)
        rng = np.random.default_rng([figure.person.seed, zlib.crc32(figure.name.encode()), len(strikes)])
        footfalls += [_footfall(figure, actors[figure.name], strike, rng) for strike in strikes]
    eyes = {name: gaze.between_eyes(actors[name].body, controls) for name, controls in courses.items()}
    figures = {
        figure.name: _act(world, take, figure, actors[figure.name], courses[figure.name], times, eyes)
        for figure in world.figures
    }
    for figure in _draped(world):
        figures[figure.name] = _hung(world, figure, figures[figure.name])
    footfalls.sort(key=lambda footfall: footfall.time_s)
    return replace(take, figures=figures, footfalls=tuple(footfalls))


def _draped(world: World) -> list[PlacedFigure]:
    """Figures whose clothes are simulated: those that the camera follows first, the crowd not at all."""
    wearing = [figure for figure in world.figures if may_hang(figure.person)]
    return sorted(wearing, key=lambda figure: figure.name not in world.acting)[:_MOST_DRAPED]


def _hung(world: World, figure: PlacedFigure, performance: Performance) -> Performance:
    samples = tuple(int(np.ceil(cut * RATE_HZ)) for cut in performance.cuts)
    moves = Moves(RATE_HZ, performance.root, performance.pose, samples)
    air = Air(world.air_density, world.wind, world.gravity)
    garments = hang(figure.person, figure.physique, moves, air, figure.position[2])
    return replace(performance, garments=garments)


def _footfall(figure: PlacedFigure, walker: Actor, strike: Strike, rng: np.random.Generator) -> Footfall:
    x, y, z = strike.place
    # Foot and shank, a sixteenth of the body, come down at some half a metre in a second.
    impulse = mass_kg(figure.person) / 16 * _STRIKE_M_S * (0.4 + 0.6 * strike.force)
    impulse *= 1 + _UNEVEN * float(np.clip(rng.standard_normal(), -2, 2))
    _, _, ankle = walker.sole.flat(walker.body)
    place = (float(x), float(y), float(z - ankle))
    return Footfall(
        strike.time_s,
        figure.name,
        "r" if strike.side else "l",
        place,
        figure.ground,
        walker.sole.material,
        impulse,
    )


def _act(
    world: World,
    take: Take,
    figure: PlacedFigure,
    actor: Actor,
    controls: Controls,
    times: Array,
    eyes: dict[str, Array],
) -> Performance:
    rng = np.random.default_rng([world.screenplay.seed, figure.person.seed, zlib.crc32(figure.name.encode())])
    living = sway.alive(controls, times, actor.body, actor.manner, rng)
    targets = [
        gaze.Target(direction.start_s, _watched(direction, take, times, eyes), direction.speed)
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
    return Performance(RATE_HZ, root, pose, weights, cuts=cuts(figure, world.timeline))


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
