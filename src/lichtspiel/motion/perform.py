"""The performance: all figures of a world, from what they are told to do to poses and faces over time."""

from __future__ import annotations

import zlib
from dataclasses import replace

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.motion import faces, gaze, lips, sway, turns
from lichtspiel.motion.acting import motion_of, tempo
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.airborne import flown
from lichtspiel.motion.balance import ridden
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.hanging import Moves, hang, may_hang
from lichtspiel.motion.course import Strike, cuts
from lichtspiel.motion.gait import mass_kg
from lichtspiel.motion.lifting import lifted, lifts
from lichtspiel.motion.rehearse import Rehearsed, kinematic, rehearsed, times_of
from lichtspiel.motion.solve import solve
from lichtspiel.motion.speaking import film_clock, spoken
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction, PlacedFigure, World
from lichtspiel.take import Footfall, Performance, Take

_MOST_DRAPED = 4
_SAME, _SAME_M = 1 - 1e-7, 1e-4
"""Half the cosine of the turn and the distance up to which two performances are the same."""
_UNEVEN = 0.13
"""Spread of the force of steps: no two steps of a walk are the same (Winter, 1991)."""
_STRIKE_M_S = 0.5
"""Speed at which a heel meets the ground, m/s (Cappellini et al., 2006)."""


def perform(world: World, take: Take) -> Take:
    """The same take with the performances of the world's figures, and where their feet come down.

    Where the take already holds performances, which physics has made of the rehearsal, the bodies do what
    they do there.
    """
    take = replace(take, utterances=spoken(world))
    times = times_of(world)
    parts = {name: _on_board(world, take, part, times) for name, part in rehearsed(world).items()}
    footfalls: list[Footfall] = []
    for name, part in parts.items():
        strikes = part.course.strikes
        rng = np.random.default_rng([part.figure.person.seed, zlib.crc32(name.encode()), len(strikes)])
        footfalls += [_footfall(part.figure, part.actor, strike, rng) for strike in strikes]
    eyes = {name: gaze.between_eyes(part.actor.body, part.course.controls) for name, part in parts.items()}
    figures = {name: _act(world, take, part, times, eyes) for name, part in parts.items()}
    for figure in _draped(world):
        figures[figure.name] = _hung(world, figure, figures[figure.name])
    for figure in world.figures:
        if lifts(figure):
            worn = figures[figure.name]
            garments = {**worn.garments, **lifted(figure, worn)}
            figures[figure.name] = replace(worn, garments=garments)
    footfalls.sort(key=lambda footfall: footfall.time_s)
    return replace(take, figures=figures, footfalls=tuple(footfalls))


def _on_board(world: World, take: Take, part: Rehearsed, times: Array) -> Rehearsed:
    """A figure with what it stands on, which has moved in the take."""
    controls = ridden(part.course.controls, world, take, part.figure, times)
    return replace(part, course=replace(part.course, controls=controls))


def _draped(world: World) -> list[PlacedFigure]:
    """Figures whose clothes are simulated: those that the camera follows first, the crowd not at all."""
    wearing = [figure for figure in world.figures if may_hang(figure.person)]
    return sorted(wearing, key=lambda figure: figure.name not in world.acting)[:_MOST_DRAPED]


def _hung(world: World, figure: PlacedFigure, performance: Performance) -> Performance:
    samples = tuple(int(np.ceil(cut * RATE_HZ)) for cut in performance.cuts)
    moves = Moves(RATE_HZ, performance.root, performance.pose, samples)
    air = Air(world.air_density, world.wind, world.gravity)
    hung = hang(figure.person, figure.physique, moves, air, figure.position[2])
    return replace(performance, garments=hung.garments, dents=hung.dents)


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


def _act(world: World, take: Take, part: Rehearsed, times: Array, eyes: dict[str, Array]) -> Performance:
    figure, actor, controls = part.figure, part.actor, part.course.controls
    rng = np.random.default_rng([world.screenplay.seed, figure.person.seed, zlib.crc32(figure.name.encode())])
    # The face has chances of its own: a film that goes on begins as it did when it was shorter.
    (of_face,) = rng.spawn(1)
    speech = sway.speech_of(take, figure.name)
    living = sway.alive(controls, times, actor.body, actor.manner, rng, speech)
    targets = [
        gaze.Target(direction.start_s, _watched(direction, take, times, eyes), direction.speed)
        for direction in _told(figure, Action.LOOK)
    ]
    looking, seen = gaze.look(living, times, actor.body, actor.manner, targets, rng)
    root, pose, found = solve(actor.body, looking)
    root, pose = flown(figure, world.gravity, part.course.flights, root, pose)
    if figure.name in take.figures:
        root, pose = _answered(world, part, take.figures[figure.name], root, pose)
    eye_turns = gaze.eye_turns(actor.body, found, seen.points)
    columns = [actor.body.rig.index(f"eye.{side}") for side in "LR"]
    pose[:, columns] = turns.quaternions(eye_turns)
    ahead = -eye_turns[..., 1].mean(1)
    angles = np.stack([np.arctan2(ahead[:, 0], -ahead[:, 1]), np.arcsin(np.clip(ahead[:, 2], -1, 1))], -1)
    shown = [faces.Shown(0.0, figure.person.expression)]
    shown += [
        faces.Shown(direction.start_s, direction.expression, direction.intensity, direction.speed)
        for direction in _told(figure, Action.EXPRESS)
    ]
    shown = _with_hints(figure, shown)
    weights = faces.course(figure.person, actor.manner, times, shown, seen.jumps_s, angles, of_face)
    if said := [utterance for utterance in take.utterances if utterance.figure == figure.name]:
        weights = lips.over(weights, lips.mouth(said, film_clock(world, times)))
    return Performance(RATE_HZ, root, pose, weights, cuts=cuts(figure, world.timeline))


def _answered(
    world: World, part: Rehearsed, answer: Performance, root: Array, pose: Array
) -> tuple[Array, Array]:
    """The performance, and physics' own where that has changed the rehearsal: falls, and the way back."""
    own_root, own_pose = kinematic(world, part)
    count = min(len(root), len(answer.root))
    off = np.zeros(len(root))
    agree = np.abs((answer.pose[:count] * own_pose[:count]).sum(-1)).min(1)
    apart = np.linalg.norm(answer.root[:count] - own_root[:count], axis=-1)
    off[:count] = (agree < _SAME) | (apart > _SAME_M)
    if not off.any():
        return root, pose
    weight = np.clip(gaussian_filter1d(maximum_filter1d(off, 9), 2.0), 0.0, 1.0)[:count]
    weight = np.where(off[:count] > 0, 1.0, weight)
    root, pose = root.copy(), pose.copy()
    root[:count] += weight[:, None] * (answer.root[:count] - root[:count])
    sign = np.where((pose[:count] * answer.pose[:count]).sum(-1, keepdims=True) < 0, -1.0, 1.0)
    pose[:count] += weight[:, None, None] * (sign * answer.pose[:count] - pose[:count])
    return root, pose / np.linalg.norm(pose, axis=-1, keepdims=True)


def _with_hints(figure: PlacedFigure, shown: list[faces.Shown]) -> list[faces.Shown]:
    """Expressions with those of the motions, where nothing else has been asked of the face."""
    hints = []
    for direction in figure.directions:
        motion = motion_of(direction)
        if motion is None or motion.score.face is None or len(shown) > 1:
            continue
        hints.append(faces.Shown(direction.start_s, motion.score.face, direction.intensity))
        ends = direction.end_s
        if ends is None and not motion.entry.loops and not motion.score.stays:
            ends = direction.start_s + motion.entry.duration_s / tempo(direction)
        if ends is not None:
            hints.append(faces.Shown(ends, figure.person.expression))
    return sorted(shown + hints, key=lambda hint: hint.start_s)


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
