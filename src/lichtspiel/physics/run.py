"""Run a mechanism: step it, hold, kick and push its bodies, and write down what happens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import mujoco
import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.physics.air import Air
from lichtspiel.physics.cast import NOBODY, Cast
from lichtspiel.physics.contact import Contacts, observe, respond
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.led import Led
from lichtspiel.physics.log import ContactLog
from lichtspiel.physics.mechanism import STEPS_PER_SAMPLE, TIME_STEP_S, Mechanism
from lichtspiel.physics.pace import FLIGHT, Pace
from lichtspiel.physics.points import Points
from lichtspiel.physics.splinters import LOOK_STEPS, Splinters
from lichtspiel.physics.strain import Strain
from lichtspiel.stage.world import Body, Control, Hold, Kick, Push, World

_FASTEST = 400.0
"""m/s; nothing on a stage is faster, so a body that is has been thrown out by the solver."""

_STEP_S, _TOUCHING_STEP_S, _CONTACT_S = 40e-6, 75e-6, 1.9e-6
"""What a step costs, one in which things touch besides, and each of their contacts."""
_LIMBS_STEP_S = 25e-6
"""What a step costs besides where there are limbs."""
_TOLD_STEPS = 48 * STEPS_PER_SAMPLE
"""Steps between two words on how far it is."""
_AIR_STEPS = FLIGHT
"""Steps between two looks at the air, whose forces change slowly: 1 ms."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """What one mechanism did from a step on."""

    first_sample: int
    """Index of the first pose at the take's rate."""
    positions: Array
    """(S, B, 3)"""
    orientations: Array


class Run:
    """A mechanism in motion until its end or until a body breaks. Steps are counted from world time 0."""

    def __init__(
        self,
        world: World,
        bodies: Sequence[Body],
        mechanism: Mechanism,
        log: ContactLog,
        step: int,
        end_step: int,
        cast: Cast = NOBODY,
    ) -> None:
        by_name = {body.name: body for body in bodies}
        self._mechanism, self._model = mechanism, mechanism.model
        self.data = mujoco.MjData(mechanism.model)
        self._air = Air(world, by_name, mechanism)
        self.strain = Strain(world, by_name, mechanism)
        self._log, self._step, self._stride, self._end_step = log, step, 1, end_step
        self._acted_on = {body.name: self._mover(body, by_name) for body in bodies}
        self.heed(world.controls)
        self._led = Led(cast, mechanism, step)
        self.splinters, self.points = Splinters(world, mechanism), Points(mechanism)
        self._flying = np.flatnonzero(
            [self._model.body(int(body)).name in self.splinters.names for body in self._model.dof_bodyid]
        )
        self._pace = Pace(world, bodies, mechanism, self._controls, self._led.moments)
        self._first_sample, self._row = -(-step // STEPS_PER_SAMPLE), -1
        samples = max(end_step // STEPS_PER_SAMPLE - self._first_sample + 1, 0)
        self._positions = np.empty((samples, len(mechanism.names), 3))
        self._orientations = np.empty((samples, len(mechanism.names), 4))
        self.broken: str | None = None
        """The body that broke and ended the run."""
        self.effort_s = 0.0
        """What the run has cost so far by the number of its steps and contacts, in seconds of a usual core.

        The same on every machine, unlike a clock.
        """
        self._step_s = _STEP_S + (_LIMBS_STEP_S if cast.limbs else 0.0)
        self._before, self._began = mujoco.MjData(mechanism.model), (step, 1)
        """The beginning of a sample that is taken in long steps, in case it has to be taken again, with its
        step and stride."""
        self._trial: list[tuple[int, Contacts, Array]] | None = None
        """Contacts of that sample."""
        self._wind = np.zeros((mechanism.model.nbody, 6))
        self._frozen: tuple[NDArray[np.int64], Array] = (np.zeros(0, np.int64), np.zeros(0))
        self._still: NDArray[np.int64] = np.zeros(0, np.int64)

    def heed(self, controls: Sequence[Control]) -> None:
        """Obey these controls from now on. They have to begin and end when the former ones did."""
        acted_on = self._acted_on
        self._controls = tuple(
            c if isinstance(c, Hold) else replace(c, body=str(acted_on[c.body]))
            for c in controls
            if acted_on.get(c.body) is not None
        )
        self._held = [c for c in self._controls if isinstance(c, Hold) and c.until_s > self.time_s + 1e-9]
        self._kicks = sorted(
            (c for c in self._controls if isinstance(c, Kick) and c.at_s >= self.time_s - TIME_STEP_S / 2),
            key=lambda kick: kick.at_s,
        )
        self._pushes = [c for c in self._controls if isinstance(c, Push)]

    def _mover(self, body: Body, bodies: Mapping[str, Body]) -> str | None:
        """What a control of this body moves: itself, or else the first that hangs on it and can move."""
        if body.name in self._mechanism.names:
            return body.name
        for name in self._mechanism.names:
            carrier: Body | None = bodies[name]
            while carrier is not None:
                if carrier.name == body.name:
                    return name
                carrier = bodies.get(carrier.parent or "")
        return None

    @property
    def time_s(self) -> float:
        return self._step * TIME_STEP_S

    def start(self, bodies: Sequence[Body]) -> None:
        """Put every body where the world has it at time 0, with its velocity."""
        for body in bodies:
            joint = body.part.joint
            if not body.moves or joint.kind == "fixed":
                continue
            if joint.kind == "free":
                self.set_velocity(body.name, body.velocity, body.angular_velocity)
            elif joint.kind in ("hinge", "slide"):
                self.data.qpos[self._model.joint(body.name).qposadr[0]] = joint.angle + body.joint_offset
        self.settle_in()
        self.lag(np.setdiff1d(np.arange(self._model.nv), self._still))

    def settle_in(self) -> None:
        """Bring everything that follows from poses up to date, and hold what is held."""
        mujoco.mj_forward(self._model, self.data)
        self._freeze()

    def set_velocity(self, name: str, velocity: Vec3 | Array, spin: Vec3 | Array) -> None:
        """Velocity of a free body's centre of mass and its spin, in world axes."""
        joint = self._model.joint(name)
        start = int(joint.dofadr[0])
        turn = np.zeros(9)
        mujoco.mju_quat2Mat(turn, self.data.qpos[joint.qposadr[0] + 3 : joint.qposadr[0] + 7])
        frame = turn.reshape(3, 3)
        centre = frame @ self._model.body_ipos[self._mechanism.body_id(name)]
        self.data.qvel[start : start + 3] = np.asarray(velocity) - np.cross(spin, centre)
        self.data.qvel[start + 3 : start + 6] = frame.T @ np.asarray(spin, float)

    def lag(self, dofs: NDArray[np.int64]) -> None:
        """Set velocities back by half a step.

        Stepping then is the leapfrog scheme, whose positions in free flight are exact at every step.
        """
        mujoco.mj_forward(self._model, self.data)
        self.data.qvel[dofs] -= 0.5 * self._model.opt.timestep * self.data.qacc_smooth[dofs]

    @property
    def step(self) -> int:
        """The next step."""
        return self._step

    @property
    def stretch(self) -> Stretch:
        """What it did so far."""
        rows = self._row + 1
        return Stretch(self._first_sample, self._positions[:rows], self._orientations[:rows])

    def play(self, tell: Callable[[int], None], pause_step: float = np.inf) -> bool:
        """Go on to the end, or until something breaks, and tell now and then at which step it is.

        Returns False when it pauses instead, at the first sample from a step on. A run that pauses and
        goes on does the same as one that does not. Raises SimulationError when it runs away.
        """
        while self._step <= self._end_step and self.broken is None:
            begins = self._step % STEPS_PER_SAMPLE == 0
            if begins:
                if self._step >= pause_step:
                    return False
                self._check()
                if self._step % LOOK_STEPS == 0:
                    self.splinters.part(self.data)
                if self._step % _TOLD_STEPS == 0:
                    tell(self._step)
                self._take_strides(self._pace.stride(self._step) if self._step < self._end_step else 1)
            contacts = self._look()
            if not self._pace.feel(contacts) and (self._stride > 1 or self._trial is not None):
                self._take_back()
                continue
            if begins:
                self.broken = self._accept()
                if self._record():
                    continue
            self.broken = self.broken or self._go(contacts)
        self._take_strides(1)
        return True

    def _record(self) -> bool:
        """Keep the poses of a sample; whether nothing moves from then on for a while, which is kept, too."""
        row = self._row = self._step // STEPS_PER_SAMPLE - self._first_sample
        self._positions[row] = self.data.xpos[self._mechanism.body_ids]
        self._orientations[row] = self.data.xquat[self._mechanism.body_ids]
        if rest := self._rest(self._end_step):
            self._positions[row + 1 : row + 1 + rest] = self._positions[row]
            self._orientations[row + 1 : row + 1 + rest] = self._orientations[row]
            self._row += rest
            self._step += rest * STEPS_PER_SAMPLE
            return True
        if self._stride > 1:
            mujoco.mj_copyData(self._before, self._model, self.data)
            self._began, self._trial = (self._step, self._stride), []
        return False

    def _look(self) -> Contacts | None:
        """All of a step that comes before its forces."""
        self._apply_controls()
        observe(self._mechanism, self.data)
        self._load()
        contacts = respond(self._mechanism, self.data, self._led.drift)
        self._led.notice(contacts)
        return contacts

    def _go(self, contacts: Contacts | None) -> str | None:
        """The rest of the step. Returns what breaks in it."""
        step, broken = self._step, None
        blows = self.points.enter(self.data, contacts) if contacts is not None and self._trial is None else {}
        if blows:
            self._freeze()
        mujoco.mj_step2(self._model, self.data)
        self.effort_s += self._step_s
        if contacts is not None:
            self.effort_s += _TOUCHING_STEP_S + _CONTACT_S * len(contacts.rows)
            force = self.data.efc_force[contacts.rows]
            for row, impulse_ns in blows.items():
                force[row] = impulse_ns / TIME_STEP_S
            if self._trial is not None:
                self._trial.append((step, contacts, force))
            else:
                broken = self._note(step, 1, contacts, force)
        self._step += self._stride
        return broken

    def _note(self, step: int, stride: int, contacts: Contacts, force: Array) -> str | None:
        self._log.add(step, stride, self._mechanism, contacts, force)
        return self.strain.feel(step, stride, contacts, force)

    def _take_strides(self, stride: int) -> None:
        """Change the length of steps. Velocities lag by half a step, so that they change with it."""
        if stride == self._stride:
            return
        awake = self.data.dof_awake_ind[: self.data.nv_awake]
        change_s = 0.5 * TIME_STEP_S * (self._stride - stride)
        self.data.qvel[awake] += change_s * self.data.qacc[awake]
        self._model.opt.timestep = stride * TIME_STEP_S
        self._stride = stride

    def _take_back(self) -> None:
        """Take the latest sample in short steps instead of long ones."""
        if self._trial is not None:
            step, stride = self._began
            self._take_strides(stride)
            mujoco.mj_copyData(self.data, self._model, self._before)
            self._step, self._trial = step, None
        self._pace.beware(self._step)

    def _accept(self) -> str | None:
        """The latest sample in long steps stands. Returns what broke in it."""
        rows, self._trial = self._trial or (), None
        stride = self._began[1]
        broken = [self._note(step, stride, contacts, force) for step, contacts, force in rows]
        return next((name for name in broken if name is not None), None)

    def _rest(self, end_step: int) -> int:
        """Samples to leave out because all that moves sleeps, and no control will wake it."""
        if self.data.ntree_awake or len(self._still) or not self._led.is_idle:
            return 0
        until = min(float(end_step), self._pace.next_control(self._step))
        return max(int(until - self._step) // STEPS_PER_SAMPLE, 0)

    def _apply_controls(self) -> None:
        now = self.time_s + TIME_STEP_S / 2
        places, values = self._frozen
        if len(places):
            self.data.qpos[places] = values
            self.data.qvel[self._still] = 0.0
        if self._held and any(hold.until_s <= now for hold in self._held):
            held_before = self._still
            self._freeze()
            self.lag(np.setdiff1d(held_before, self._still))
        for name, velocity, spin in self._led.lead(self.data, self._step):
            self.set_velocity(name, velocity, spin)
            dof = int(self._model.joint(name).dofadr[0])
            self.lag(np.arange(dof, dof + 6))
        while self._kicks and self._kicks[0].at_s <= now:
            self._kick(self._kicks.pop(0))

    def _freeze(self) -> None:
        """Find what holds keep still from now on."""
        now = self.time_s + TIME_STEP_S / 2
        self._held = [hold for hold in self._held if hold.until_s > now]
        names = [*(hold.body for hold in self._held), *self.points.stuck]
        held = {int(self._model.body(name).id) for name in names}
        places: list[int] = []
        dofs: list[int] = []
        for number in range(1, self._model.nbody):
            chain = number
            while chain and chain not in held:
                chain = int(self._model.body_parentid[chain])
            if not chain:
                continue
            for joint in range(
                self._model.body_jntadr[number],
                self._model.body_jntadr[number] + self._model.body_jntnum[number],
            ):
                kind = self._model.jnt_type[joint]
                start, dof = self._model.jnt_qposadr[joint], self._model.jnt_dofadr[joint]
                places += range(start, start + (7, 4, 1, 1)[kind])
                dofs += range(dof, dof + (6, 3, 1, 1)[kind])
        index = np.array(places, np.int64)
        self._frozen = (index, self.data.qpos[index].copy())
        self._still = np.array(dofs, np.int64)
        self.data.qvel[self._still] = 0.0

    def _kick(self, kick: Kick) -> None:
        joint = self._model.joint(kick.body)
        dof = int(joint.dofadr[0])
        if joint.type[0] == mujoco.mjtJoint.mjJNT_FREE:
            self.set_velocity(kick.body, kick.velocity, kick.angular_velocity)
            dofs = np.arange(dof, dof + 6)
        elif joint.type[0] == mujoco.mjtJoint.mjJNT_BALL:
            number = self._mechanism.body_id(kick.body)
            frame = self.data.xmat[number].reshape(3, 3)
            self.data.qvel[dof : dof + 3] = frame.T @ np.asarray(kick.angular_velocity)
            dofs = np.arange(dof, dof + 3)
        else:
            self.data.qvel[dof] = self._joint_speed(kick)
            dofs = np.arange(dof, dof + 1)
        self.lag(dofs)

    def _joint_speed(self, kick: Kick) -> float:
        """Speed of a hinge or slide: as the kick says, or the one that comes closest to its velocity."""
        if kick.joint_speed is not None:
            return kick.joint_speed
        joint = int(self._model.joint(kick.body).id)
        way = self.data.xaxis[joint]
        if self._model.jnt_type[joint] == mujoco.mjtJoint.mjJNT_HINGE:
            centre = self.data.xipos[self._mechanism.body_id(kick.body)]
            way = np.cross(way, centre - self.data.xanchor[joint])
        return float(way @ np.asarray(kick.velocity) / max(way @ way, 1e-12))

    def _load(self) -> None:
        """Set the forces of the air and of pushes."""
        if not self._air.is_still and self._step % _AIR_STEPS == 0:
            self._wind = self._air.wrench(self.data)
            self.data.xfrc_applied[:] = self._wind
        if self._pushes or self._led.presses:
            self.data.xfrc_applied[:] = self._wind
            self._led.press(self.data, self._step)
            now = self.time_s + TIME_STEP_S / 2
            for push in self._pushes:
                if push.start_s <= now < push.end_s:
                    self._push(push)

    def _push(self, push: Push) -> None:
        number = self._mechanism.body_id(push.body)
        frame = self.data.xmat[number].reshape(3, 3)
        arm = self.data.xpos[number] + frame @ np.asarray(push.point) - self.data.xipos[number]
        self.data.xfrc_applied[number, :3] += push.force_n
        self.data.xfrc_applied[number, 3:] += np.cross(arm, push.force_n)

    def _check(self) -> None:
        speeds = np.abs(self.data.qvel)
        # What is not a number is not below the bound either.
        if not len(speeds) or np.maximum.reduce(speeds) < _FASTEST:
            return
        if np.isfinite(speeds).all():
            # A splinter that is squeezed out from between two bodies spins as fast as the solver lets it.
            self.data.qvel[self._flying] = np.clip(self.data.qvel[self._flying], -_FASTEST, _FASTEST)
            speeds[self._flying] = 0.0
            if speeds.max() < _FASTEST * 10:
                return
        culprit = int(np.argmax(np.where(np.isfinite(speeds), speeds, np.inf)))
        body = self._model.body(int(self._model.dof_bodyid[culprit])).name
        raise SimulationError(f"the simulation ran away at {self.time_s:.3f} s: {body} left the stage")
