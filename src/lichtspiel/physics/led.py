"""What a cast does to a run: limbs go their way, hands lead what they hold, feet press on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import mujoco
import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.physics.cast import Cast, Hand
from lichtspiel.physics.contact import THROUGH_M, Contacts, Drift
from lichtspiel.physics.handles import Handle
from lichtspiel.physics.mechanism import RATE_HZ, STEPS_PER_SAMPLE, TIME_STEP_S, Mechanism
from lichtspiel.physics.rotation import conjugate, cross, product, rotate

BEFORE_S = 0.6
"""For so long before it is taken a thing passes through who takes it, so that fingers can close about it."""
_CATCH_S = 0.12
"""In which a thing that is taken comes to lie in the hand as it is to."""
_CATCH_M_S = 4.0
"""A thing that is farther from the hand comes to it no faster than this."""
_CLEAR_M = 0.01
"""Once so far from its former holder, a thing collides with them again."""
_ARM_N, _BODY_N = 900.0, 3000.0
"""Most that arms and all other limbs push with: peaks of a slap and of a hard kick (Shinkai et al., Med. Sci.
Sports Exerc. 41, 2009)."""
_HELD = 4
"""Type of held things in collisions, in which what is fixed is not."""


@dataclass
class _Holding:
    """A hand that leads its body, and how the body comes into it: offset and turn left at the start."""

    hand: Hand
    since_s: float
    places: tuple[int, int]
    """Where the body's joint begins among the model's positions and velocities."""
    offset: Array = field(default_factory=lambda: np.zeros(3))
    turn: Array = field(default_factory=lambda: np.zeros(3))
    lasts_s: float = _CATCH_S


class Led:
    """The cast of one run."""

    def __init__(self, cast: Cast, mechanism: Mechanism, step: int) -> None:
        self._cast, self._mechanism, self._model = cast, mechanism, mechanism.model
        present = set(mechanism.names)
        held = {name for name in present if _can_be_led(mechanism, name)}
        self._coming = sorted(
            (h for h in cast.hands if h.grip.body in held and h.grip.end_s > step * TIME_STEP_S),
            key=lambda h: (h.grip.start_s, h.grip.end_s),
        )
        self._holding: dict[str, _Holding] = {}
        self._handles: dict[str, tuple[Hand, Handle]] = {}
        self._treads = [tread for tread in cast.treads if tread.body in present]
        nbody = mechanism.model.nbody
        strength = np.zeros(nbody)
        strength[mechanism.limb_ids] = [_strength_n(limb.name) for limb in cast.limbs]
        still = np.zeros((nbody, 3))
        self.drift = Drift(still, still.copy(), strength) if cast.limbs else None
        self._rows = _run_of(mechanism.limb_rows)
        self._passing: dict[str, set[int]] = {}
        """Held body → bits of figures that it does not collide with."""
        self._geoms = {
            h.grip.body: _geoms_of(mechanism, h.grip.body) for h in cast.hands if h.grip.body in present
        }
        self._types = {name: self._types_of(geoms) for name, geoms in self._geoms.items()}
        self._sample = -1

    @property
    def is_idle(self) -> bool:
        """Whether there is no cast at all."""
        return not (self._cast.limbs or self._coming or self._holding or self._handles or self._treads)

    @property
    def moments(self) -> list[float]:
        """Times at which hands take or let go."""
        times = [(h.grip.start_s, h.grip.end_s, h.grip.start_s - BEFORE_S) for h in self._cast.hands]
        return [moment for group in times for moment in group]

    def lead(self, data: mujoco.MjData, step: int) -> list[tuple[str, Array, Array]]:
        """Bring limbs and held things to where they are at a step.

        Returns what has just been let go, with the velocity of its centre of mass and its spin.
        """
        if self.is_idle:
            return []
        low, share = divmod(step, STEPS_PER_SAMPLE)
        self._move_limbs(data, low, share / STEPS_PER_SAMPLE)
        now = step * TIME_STEP_S + TIME_STEP_S / 2
        let_go = self._let_go(data, now)
        self._take(data, now)
        for holding in self._holding.values():
            self._carry(data, holding, low, share / STEPS_PER_SAMPLE, step * TIME_STEP_S)
        for name, (hand, handle) in list(self._handles.items()):
            if hand.grip.end_s <= now:
                del self._handles[name]
                self._set_types(name)
            else:
                handle.carry(data, step)
        if share == 0 and low % 8 == 0 and self._passing:
            self._part(data, now)
        return let_go

    def press(self, data: mujoco.MjData, step: int) -> None:
        """Add the forces of feet."""
        for tread in self._treads:
            sample = min(step // STEPS_PER_SAMPLE, len(tread.forces) - 1)
            number = self._mechanism.body_id(tread.body)
            frame = data.xmat[number].reshape(3, 3)
            loads = [(tread.forces[sample], tread.points[sample])]
            if tread.usual is not None:
                loads.append((-np.array(tread.usual[0]), np.array(tread.usual[1])))
            for force, point in loads:
                arm = data.xpos[number] + frame @ point - data.xipos[number]
                data.xfrc_applied[number, :3] += force
                data.xfrc_applied[number, 3:] += cross(arm, force)

    @property
    def presses(self) -> bool:
        return bool(self._treads)

    def _move_limbs(self, data: mujoco.MjData, low: int, share: float) -> None:
        if self.drift is None:
            return
        ways, rows = self._cast.ways, self._rows
        last = min(low, len(ways.positions) - 1)
        if low != self._sample:
            self._sample = low
            self.drift.velocity[self._mechanism.limb_ids] = ways.velocities[last]
            self.drift.spin[self._mechanism.limb_ids] = ways.spins[last]
        ahead_s = share / RATE_HZ
        data.mocap_pos[rows] = ways.positions[last] + ahead_s * ways.velocities[last]
        data.mocap_quat[rows] = ways.orientations[last] + ahead_s * ways.turning[last]

    def _let_go(self, data: mujoco.MjData, now: float) -> list[tuple[str, Array, Array]]:
        free = []
        for name, holding in list(self._holding.items()):
            if holding.hand.grip.end_s > now:
                continue
            del self._holding[name]
            self._lift_out(data, name)
            track = holding.hand.track
            sample = min(round(holding.hand.grip.end_s * RATE_HZ), len(track.positions) - 1)
            number = self._mechanism.body_id(name)
            arm = data.xipos[number] - data.xpos[number]
            spin = track.spins[sample]
            velocity = track.velocities[sample] + cross(spin, arm)
            if holding.hand.throw is not None:
                velocity = np.array(holding.hand.throw)
            free.append((name, velocity, spin))
        return free

    def _take(self, data: mujoco.MjData, now: float) -> None:
        for hand in [h for h in self._coming if h.grip.start_s - BEFORE_S <= now]:
            self._pass_through(hand)
            if hand.grip.start_s <= now:
                self._coming.remove(hand)
                if not self._is_free(hand.grip.body):
                    self._handles[hand.grip.body] = (hand, Handle(self._model, data, hand, now))
                    self._set_types(hand.grip.body)
                    continue
                self._holding[hand.grip.body] = self._holding_from(data, hand, now)
                self._set_types(hand.grip.body)

    def _is_free(self, name: str) -> bool:
        return bool(self._model.joint(name).type[0] == mujoco.mjtJoint.mjJNT_FREE)

    def _pass_through(self, hand: Hand) -> None:
        """Let a thing pass through who takes it."""
        self._excuse(hand.grip.body, self._mechanism.limb_bits.get(hand.grip.figure, 0))

    def _excuse(self, name: str, bit: int) -> None:
        if name not in self._geoms:
            self._geoms[name] = _geoms_of(self._mechanism, name)
            self._types[name] = self._types_of(self._geoms[name])
        if bit not in self._passing.setdefault(name, set()):
            self._passing[name].add(bit)
            self._set_types(name)

    def notice(self, contacts: Contacts | None) -> None:
        """Let pass through a limb what it has got too deep into to push aside: it is caught on something."""
        if contacts is None or self.drift is None or (contacts.depth < THROUGH_M).all():
            return
        bodies = self._mechanism.geom_body[contacts.geoms]
        led = self.drift.strength_n[bodies] > 0
        for row in np.flatnonzero((contacts.depth >= THROUGH_M) & led.any(axis=1)):
            side = int(led[row, 1])
            bit = int(self._model.geom_contype[contacts.geoms[row, side]])
            other = int(bodies[row, 1 - side])
            root = int(self._model.body_rootid[other])
            for name in (self._model.body(other).name, self._model.body(root).name):
                if name in self._mechanism.names:
                    self._excuse(name, bit)

    def _holding_from(self, data: mujoco.MjData, hand: Hand, now: float) -> _Holding:
        """Where a thing is when it is taken, against where it is to be in the hand."""
        joint = self._model.joint(hand.grip.body)
        holding = _Holding(hand, now, (int(joint.qposadr[0]), int(joint.dofadr[0])))
        if hand.grip.start_s <= TIME_STEP_S:
            return holding
        number = self._mechanism.body_id(hand.grip.body)
        sample = min(int(now * RATE_HZ), len(hand.track.positions) - 1)
        holding.offset = data.xpos[number] - hand.track.positions[sample]
        holding.turn = _vector(product(data.xquat[number], conjugate(hand.track.orientations[sample])))
        holding.lasts_s = max(_CATCH_S, 1.5 * float(np.linalg.norm(holding.offset)) / _CATCH_M_S)
        return holding

    def _carry(self, data: mujoco.MjData, holding: _Holding, low: int, share: float, time_s: float) -> None:
        track = holding.hand.track
        low = min(low, len(track.positions) - 1)
        ahead_s = share / RATE_HZ
        velocity, own_spin = track.velocities[low], track.own_spins[low]
        place = track.positions[low] + ahead_s * velocity
        turn = track.orientations[low].copy()
        mujoco.mju_quatIntegrate(turn, own_spin, ahead_s)
        progress = (time_s - holding.since_s) / holding.lasts_s
        if progress < 1:
            u = max(progress, 0.0)
            left, slope = 1 - u * u * (3 - 2 * u), -6 * u * (1 - u) / holding.lasts_s
            place = place + left * holding.offset
            turn = product(_turn(left * holding.turn), turn)
            velocity = velocity + slope * holding.offset
            own_spin = rotate(conjugate(turn), track.spins[low] + slope * holding.turn)
        start, dof = holding.places
        data.qpos[start : start + 3] = place
        data.qpos[start + 3 : start + 7] = turn
        data.qvel[dof : dof + 3] = velocity
        data.qvel[dof + 3 : dof + 6] = own_spin

    def _part(self, data: mujoco.MjData, now: float) -> None:
        """Let things collide again with those who held them, once they are clear of them."""
        for name, bits in list(self._passing.items()):
            wanted = {
                self._mechanism.limb_bits.get(h.grip.figure, 0)
                for h in self._coming
                if h.grip.body == name and h.grip.start_s - BEFORE_S <= now
            }
            if name in self._holding or name in self._handles or bits == wanted:
                continue
            if self._gap(data, name, bits - wanted) > _CLEAR_M:
                self._passing[name] = wanted
                if not wanted:
                    del self._passing[name]
                self._set_types(name)

    def _gap(self, data: mujoco.MjData, name: str, bits: set[int]) -> float:
        """Distance between a thing and the limbs of figures."""
        model = self._model
        limbs = [
            geom
            for body in self._mechanism.limb_ids
            for geom in range(model.body_geomadr[body], model.body_geomadr[body] + model.body_geomnum[body])
            if int(model.geom_contype[geom]) in bits
        ]
        gaps = [
            mujoco.mj_geomDistance(model, data, own, limb, 2 * _CLEAR_M, None)
            for own in self._geoms[name]
            for limb in limbs
        ]
        return min(gaps, default=np.inf)

    def _types_of(self, geoms: Sequence[int]) -> NDArray[np.int32]:
        return np.array([(self._model.geom_contype[g], self._model.geom_conaffinity[g]) for g in geoms])

    def _set_types(self, name: str) -> None:
        """What a thing collides with now."""
        passing = sum(self._passing.get(name, ()))
        held = name in self._holding or name in self._handles
        rides = name in self._holding and self._holding[name].hand.rides
        # Oars that are rowed do not lift the boat that they lie on.
        under = name in self._handles and self._handles[name][0].grip.part == "feet"
        for geom, (kind, meets) in zip(self._geoms[name], self._types[name], strict=True):
            if rides:
                self._model.geom_contype[geom] = self._model.geom_conaffinity[geom] = 0
                continue
            self._model.geom_contype[geom] = 0 if under else _HELD if held else kind
            self._model.geom_conaffinity[geom] = (
                meets & ~passing & ~(1 if held else 0) & ~(_HELD if under else 0)
            )

    def _lift_out(self, data: mujoco.MjData, name: str) -> None:
        """Put a thing that is let go on top of what it is in."""
        self._set_types(name)
        joint = self._model.joint(name)
        start = int(joint.qposadr[0])
        mine = set(self._geoms[name])
        for _ in range(4):
            mujoco.mj_fwdPosition(self._model, data)
            push = np.zeros(3)
            for number in range(data.ncon):
                contact = data.contact[number]
                sides = [int(geom) in mine for geom in contact.geom]
                if sides[0] != sides[1] and contact.dist < 0:
                    way = contact.frame[:3] * (1.0 if sides[1] else -1.0)
                    push += max(-contact.dist - push @ way, 0.0) * way
            if not push.any():
                break
            data.qpos[start : start + 3] += push


def _strength_n(limb: str) -> float:
    part = limb.rsplit("/", maxsplit=1)[-1]
    return _ARM_N if part.startswith(("hand", "forearm", "upper_arm")) else _BODY_N


def _can_be_led(mechanism: Mechanism, name: str) -> bool:
    """Whether a body has the one joint that a hand can lead."""
    model, number = mechanism.model, mechanism.body_id(name)
    return bool(
        model.body_jntnum[number] == 1
        and model.jnt_type[model.body_jntadr[number]] != mujoco.mjtJoint.mjJNT_BALL
    )


def _run_of(rows: NDArray[np.int64]) -> slice | NDArray[np.int64]:
    """Rows that follow each other as a slice, which is written several times faster."""
    if len(rows) and (np.diff(rows) == 1).all():
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _geoms_of(mechanism: Mechanism, name: str) -> list[int]:
    """Geoms of a body and of all that hangs on it."""
    model, root = mechanism.model, mechanism.body_id(name)
    found = []
    for geom in range(model.ngeom):
        body = int(model.geom_bodyid[geom])
        while body and body != root:
            body = int(model.body_parentid[body])
        if body:
            found.append(geom)
    return found


def _vector(turn: Array) -> Array:
    """Axis times angle of a turn."""
    turn = -turn if turn[0] < 0 else turn
    sine = float(np.linalg.norm(turn[1:]))
    return np.asarray(turn[1:] * (2 * np.arctan2(sine, turn[0]) / sine if sine > 1e-12 else 2.0))


def _turn(vector: Array) -> Array:
    half = float(np.linalg.norm(vector)) / 2
    return np.concatenate([[np.cos(half)], vector * float(np.sinc(half / np.pi)) / 2])
