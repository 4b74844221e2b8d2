"""One performance of a world, from its time 0 to the end of the film."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import mujoco
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.physics.cast import NOBODY, Cast
from lichtspiel.physics.cloth import sheets
from lichtspiel.physics.events import impacts_of, rubs_of
from lichtspiel.physics.log import ContactLog
from lichtspiel.physics.mechanism import RATE_HZ, STEPS_PER_SAMPLE, Mechanism, build, faces_of
from lichtspiel.physics.motion import Scene
from lichtspiel.physics.run import Run, Stretch
from lichtspiel.physics.shatter import Motion, shards_of
from lichtspiel.physics.start import with_amounts
from lichtspiel.stage.world import Body, Breakable, World
from lichtspiel.take import Break, Take

_MOVED_M = 1e-4
_TURNED = 1e-10
"""1 - cos of half a turn: 1.4e-5 rad. A body that strays less than both has not moved."""
_PLACED_M = 0.002
"""A body that stands so near its place in the world is shown there."""


Share = Callable[[float], None]
"""Is told what share of some work is done, 0 … 1."""


def unwatched(_share: float) -> None:
    """Nobody asks how far the work is."""


def simulate(
    world: World,
    amounts: Sequence[float] = (),
    until_s: float | None = None,
    progress: Share = unwatched,
    cast: Cast = NOBODY,
) -> Take:
    """Run the world once, with what its figures do to things.

    amounts: one for each of the world's freedoms, or none of them. until_s: world time to stop
    at; None = as long as the film needs. Raises SimulationError when the world cannot be built or runs
    away. The same arguments give the same take, byte by byte.
    """
    return performed(world, amounts, until_s, progress, cast)[0]


def performed(
    world: World, amounts: Sequence[float], until_s: float | None, progress: Share, cast: Cast
) -> tuple[Take, float]:
    """`simulate`, and what it cost in seconds of a usual core, counted by steps and not by a clock."""
    begun = with_amounts(world, amounts)
    duration = world.duration_s if until_s is None else until_s
    samples = int(np.ceil(duration * RATE_HZ - 1e-6)) + 1
    log = ContactLog(faces_of(begun, cast))
    absent = {shard for breakable in begun.breakables for shard in breakable.shards}
    bodies = [body for body in begun.bodies if body.name not in absent]
    mechanism = build(begun, bodies, cast)
    run = Run(begun, bodies, mechanism, log, 0, cast)
    run.start(bodies)
    end = (samples - 1) * STEPS_PER_SAMPLE
    stretches: list[tuple[Mechanism, Stretch]] = []
    breaks: list[Break] = []
    effort_s = 0.0
    while True:
        stretch = run.play(end, lambda step: progress(step / max(end, 1)))
        stretches.append((mechanism, stretch))
        effort_s += run.effort_s
        if stretch.broken is None:
            break
        breakable = next(b for b in begun.breakables if b.body == stretch.broken)
        breaks.append(
            Break(
                run.time_s,
                stretch.broken,
                (float(run.strain.position[0]), float(run.strain.position[1]), float(run.strain.position[2])),
                run.strain.impulse_ns,
                breakable.shards,
            )
        )
        bodies = [b for b in bodies if b.name != stretch.broken]
        bodies += [begun.body(name) for name in breakable.shards]
        successor = build(begun, bodies, cast)
        run = _go_on(begun, run, mechanism, successor, bodies, breakable, stretch.step, log, cast)
        mechanism = successor
    traces = log.traces()
    names, positions, orientations, present = _poses(world, begun, samples, stretches, breaks)
    take = Take(
        rate_hz=RATE_HZ,
        names=names,
        positions=positions,
        orientations=orientations,
        present=present,
        impacts=impacts_of(traces),
        rubs=rubs_of(traces),
        breaks=tuple(breaks),
    )
    if world.cloths:
        take = replace(take, cloths=sheets(Scene(begun, take), progress))
    return take, effort_s


def _go_on(
    world: World,
    before: Run,
    old: Mechanism,
    new: Mechanism,
    bodies: Sequence[Body],
    breakable: Breakable,
    step: int,
    log: ContactLog,
    cast: Cast,
) -> Run:
    """A run that takes over from another one at the moment a body breaks."""
    run = Run(world, bodies, new, log, step, cast)
    for number in range(new.model.njnt):
        name = new.model.joint(number).name
        if name in breakable.shards:
            continue
        source, target = before.data.joint(name), run.data.joint(name)
        target.qpos[:], target.qvel[:] = source.qpos, source.qvel
    shards = [world.body(name) for name in breakable.shards]
    ids = np.array([new.body_id(name) for name in breakable.shards], np.int64)
    started = shards_of(
        world.body(breakable.body),
        shards,
        new.model.body_mass[ids],
        new.model.body_ipos[ids],
        _motion(before, old, breakable.body),
        before.strain.position,
        before.strain.energy_j,
    )
    for shard in started:
        address = int(new.model.joint(shard.name).qposadr[0])
        run.data.qpos[address : address + 3] = shard.position
        run.data.qpos[address + 3 : address + 7] = shard.orientation
        run.set_velocity(shard.name, shard.velocity, shard.spin)
    run.settle_in()
    return run


def _motion(run: Run, mechanism: Mechanism, name: str) -> Motion:
    number = mechanism.body_id(name)
    mujoco.mj_forward(mechanism.model, run.data)
    velocity = np.zeros(6)
    mujoco.mj_objectVelocity(mechanism.model, run.data, mujoco.mjtObj.mjOBJ_BODY, number, velocity, 0)
    data = run.data
    spin, centre, origin = velocity[:3], data.xipos[number].copy(), data.xpos[number].copy()
    return Motion(origin, data.xquat[number].copy(), centre, velocity[3:], spin)


def _poses(
    world: World,
    begun: World,
    samples: int,
    stretches: Sequence[tuple[Mechanism, Stretch]],
    breaks: Sequence[Break],
) -> tuple[tuple[str, ...], Array, Array, Array]:
    """Names, positions, orientations and presence of all bodies that move or are not where they were."""
    movable = dict.fromkeys(name for mechanism, _ in stretches for name in mechanism.names)
    order = [body for body in begun.bodies if body.name in movable]
    column = {body.name: i for i, body in enumerate(order)}
    positions = np.empty((samples, len(order), 3))
    orientations = np.empty((samples, len(order), 4))
    positions[:] = [body.position for body in order] if order else np.zeros((0, 3))
    orientations[:] = [body.orientation for body in order] if order else np.zeros((0, 4))
    seen = np.zeros(len(order), bool)
    for mechanism, stretch in stretches:
        columns = np.array([column[name] for name in mechanism.names], np.int64)
        if not len(stretch.positions):
            continue
        rows = slice(stretch.first_sample, stretch.first_sample + len(stretch.positions))
        positions[rows, columns] = stretch.positions
        orientations[rows, columns] = stretch.orientations
        # What appears later has been where it begins; what goes stays where it ended.
        fresh = columns[~seen[columns]]
        positions[: rows.start, fresh] = positions[rows.start, fresh]
        orientations[: rows.start, fresh] = orientations[rows.start, fresh]
        positions[rows.stop :, columns] = positions[rows.stop - 1, columns]
        orientations[rows.stop :, columns] = orientations[rows.stop - 1, columns]
        seen[columns] = True
    turned = np.sum(orientations[1:] * orientations[:-1], axis=2) < 0
    orientations[1:] *= np.where(np.cumsum(turned, axis=0) % 2, -1.0, 1.0)[..., None]
    present = np.tile([0.0, np.inf], (len(order), 1))
    for event in breaks:
        present[column[event.body], 1] = event.time_s
        for shard in event.shards:
            present[column[shard], 0] = event.time_s
    home = np.array([world.body(body.name).position for body in order]).reshape(-1, 3)
    facing = np.array([world.body(body.name).orientation for body in order]).reshape(-1, 4)
    strayed = (np.abs(positions - positions[0]) > _MOVED_M).any(axis=(0, 2))
    strayed |= (np.abs(np.sum(orientations * orientations[0], axis=2)) < 1 - _TURNED).any(axis=0)
    strayed |= (np.abs(positions[0] - home) > _PLACED_M).any(axis=1)
    strayed |= np.abs(np.sum(orientations[0] * facing, axis=1)) < 1 - _PLACED_M**2
    strayed |= np.isfinite(present[:, 1]) | (present[:, 0] > 0)
    kept = np.flatnonzero(strayed)
    names = tuple(order[i].name for i in kept)
    return names, positions[:, kept], orientations[:, kept], present[kept]
