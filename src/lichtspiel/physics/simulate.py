"""One performance of a world, from its time 0 to the end of the film."""

from __future__ import annotations

import copy
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
from lichtspiel.stage.world import Breakable, World
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
    course = Course(world, amounts, until_s, cast)
    course.play(progress=progress)
    return course.take(progress)


class Course:
    """A performance of a world under way. It can pause, and go on with another start from there."""

    def __init__(
        self, world: World, amounts: Sequence[float] = (), until_s: float | None = None, cast: Cast = NOBODY
    ) -> None:
        self._world, self._begun, self._cast = world, with_amounts(world, amounts), cast
        duration = world.duration_s if until_s is None else until_s
        self._end = int(np.ceil(duration * RATE_HZ - 1e-6)) * STEPS_PER_SAMPLE
        absent = {shard for breakable in world.breakables for shard in breakable.shards}
        self._bodies = [body for body in self._begun.bodies if body.name not in absent]
        self._mechanism = build(self._begun, self._bodies, cast)
        self._log = ContactLog(faces_of(self._begun, cast))
        self._run = Run(self._begun, self._bodies, self._mechanism, self._log, 0, self._end, cast)
        self._run.start(self._bodies)
        self._past: list[tuple[Mechanism, Stretch]] = []
        self._breaks: list[Break] = []
        self._spent_s, self._is_over = 0.0, False

    @property
    def effort_s(self) -> float:
        """What it has cost so far in seconds of a usual core, counted by steps and not by a clock."""
        return self._spent_s + self._run.effort_s

    def play(self, until_s: float = np.inf, progress: Share = unwatched) -> None:
        """Go on to a world time, or to the end. Raises SimulationError when the world runs away."""
        pause = until_s * RATE_HZ * STEPS_PER_SAMPLE
        while not self._is_over:
            if not self._run.play(lambda step: progress(step / max(self._end, 1)), pause):
                return
            if self._run.broken is None:
                self._is_over = True
            else:
                self._break(self._run.broken)

    def forked(self, amounts: Sequence[float]) -> Course:
        """Another performance that has the same past and goes on with these amounts of the freedoms.

        They must not have mattered so far: see `start.felt_from`.
        """
        self._log.condense()
        # What is only read is shared.
        shared = [self._world, self._begun, self._cast, *self._cast.hands, *self._cast.treads, *self._bodies]
        fork = copy.deepcopy(self, {id(thing): thing for thing in shared})
        fork._begun = with_amounts(self._world, amounts)
        fork._run.heed(fork._begun.controls)
        return fork

    def take(self, progress: Share = unwatched) -> Take:
        """The take, as far as it has been played."""
        stretches = [*self._past, (self._mechanism, self._run.stretch)]
        samples = self._end // STEPS_PER_SAMPLE + 1 if self._is_over else max(1, _samples(stretches))
        traces = self._log.traces()
        names, positions, orientations, present = _poses(
            self._world, self._begun, samples, stretches, self._breaks
        )
        take = Take(
            rate_hz=RATE_HZ,
            names=names,
            positions=positions,
            orientations=orientations,
            present=present,
            impacts=impacts_of(traces),
            rubs=rubs_of(traces),
            breaks=tuple(self._breaks),
        )
        if self._world.cloths:
            take = replace(take, cloths=sheets(Scene(self._begun, take), progress))
        return take

    def _break(self, name: str) -> None:
        """Put shards in the place of a body."""
        run, strain = self._run, self._run.strain
        breakable = next(b for b in self._begun.breakables if b.body == name)
        place = (float(strain.position[0]), float(strain.position[1]), float(strain.position[2]))
        self._breaks.append(Break(run.time_s, name, place, strain.impulse_ns, breakable.shards))
        self._past.append((self._mechanism, run.stretch))
        self._spent_s += run.effort_s
        self._bodies = [b for b in self._bodies if b.name != name]
        self._bodies += [self._begun.body(shard) for shard in breakable.shards]
        successor = build(self._begun, self._bodies, self._cast)
        after = Run(self._begun, self._bodies, successor, self._log, run.step, self._end, self._cast)
        _hand_over(self._begun, run, self._mechanism, after, successor, breakable)
        self._run, self._mechanism = after, successor


def _samples(stretches: Sequence[tuple[Mechanism, Stretch]]) -> int:
    return max(stretch.first_sample + len(stretch.positions) for _, stretch in stretches)


def _hand_over(
    world: World, before: Run, old: Mechanism, run: Run, new: Mechanism, breakable: Breakable
) -> None:
    """Let a run take over from another one at the moment a body breaks."""
    for number in range(new.model.njnt):
        name = new.model.joint(number).name
        if name in breakable.shards:
            continue
        source, target = before.data.joint(name), run.data.joint(name)
        target.qpos[:], target.qvel[:] = source.qpos, source.qvel
    run.splinters.free(sorted(before.splinters.apart))
    run.points.keep(before.points.stuck)
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
