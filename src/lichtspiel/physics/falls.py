"""Falls: from the pose and the speed of a rehearsal a body goes on as mechanics drives it.

A body is many times heavier than what lies about, so that it falls among what is fixed or heavy first, and
what is light feels its limbs afterwards, as it does those of everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import mujoco
import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Part, Vec3
from lichtspiel.library.people.segments import Segments, segments
from lichtspiel.physics.motion import half_extent
from lichtspiel.physics.ragdoll import STEP_S, Ragdoll, build, limit, qpos_of
from lichtspiel.physics.rehearsed import SKIN
from lichtspiel.physics.rising import risen
from lichtspiel.physics.rotation import conjugate, cross, product, rotate
from lichtspiel.stage.world import Body, PlacedFigure, World
from lichtspiel.take import Fall, Impact, Performance

_HEAVY_KG = 12.0
"""What people fall on without shoving it away."""
_BLOW_S = 0.06
_RELEASE_S = 0.25
"""In which a body goes from the pose it held to the one that it protects itself with."""
_THICKEST_SOLE_M = 0.07
_APART_S, _LEAST_M_S = 0.15, 0.35
"""Knocks of a segment that follow sooner, or are slower, are not told."""
_LASTS_S = 0.05
_TENSE_S, _EASES_S, _EASED = 1.0, 0.6, 0.15
"""A body that fell lets its muscles go after so long, within so long, to this share."""
_UNDECIDED_M_S = 0.1


def fallen(
    world: World, rehearsal: Mapping[str, Performance]
) -> tuple[dict[str, Performance], tuple[Impact, ...]]:
    """The rehearsed performances with their falls done, and the knocks of bodies on what they fall on."""
    done, knocks = dict(rehearsal), []
    for figure in world.figures:
        performance = done.get(figure.name)
        for fall in performance.falls if performance is not None else ():
            done[figure.name], heard = _fall(world, figure, done[figure.name], fall)
            knocks += heard
    return done, tuple(sorted(knocks, key=lambda impact: impact.time_s))


def _fall(
    world: World, figure: PlacedFigure, performance: Performance, fall: Fall
) -> tuple[Performance, list[Impact]]:
    rate = performance.rate_hz
    count = len(performance.root)
    first = min(max(int(np.ceil(fall.start_s * rate)), 1), count - 1)
    last = min(max(int(np.ceil(fall.end_s * rate)), first + 1), count - 1)
    body = segments(figure.physique)
    heads, turns = body.carried(
        performance.root[first - 1 : first + 1], performance.pose[first - 1 : first + 1]
    )
    around = [other for other in world.bodies if _is_solid(other)]
    probe = build(body, heads[1], turns[1], around, world.gravity, fall.tone, fall.hold, 0.0)
    doll = build(
        body,
        heads[1],
        turns[1],
        around,
        world.gravity,
        fall.tone,
        fall.hold,
        _sole_m(probe, heads[1], turns[1]),
    )
    run = _Run(doll, figure.name, heads, turns, rate)
    run.strike(fall.blows)
    run.brace(fall.tone)
    steps_per_sample = 1 / rate / STEP_S
    root, pose = performance.root.copy(), performance.pose.copy()
    for sample in range(first + 1, last + 1):
        run.go_to(round((sample - first) * steps_per_sample))
        root[sample], pose[sample] = _posed(body, performance.pose[first], *run.bones())
    root[last + 1 :], pose[last + 1 :] = root[last], pose[last]
    if last < count - 1:
        own = performance.root, performance.pose
        root, pose = risen(body, root, pose, own, last, rate, figure.position[2])
    pose[first:] = _continuous(pose[first:])
    start_s = first / rate
    knocks = [replace(knock, time_s=knock.time_s + start_s) for knock in run.knocks()]
    return replace(performance, root=root, pose=pose), knocks


def _is_solid(body: Body) -> bool:
    if not any(shape.collides for shape in body.part.shapes):
        return False
    return not body.moves or (body.parent is None and _mass_kg(body.part) > _HEAVY_KG)


def _mass_kg(part: Part) -> float:
    """As given, or by the boxes about its shapes."""
    if part.mass_kg is not None:
        return part.mass_kg
    solid = [shape for shape in part.shapes if shape.collides and shape.kind != "plane"]
    density = catalogue.materials()
    return sum(8 * float(np.prod(half_extent(s))) * density[s.material].density for s in solid)


class _Run:
    """A ragdoll in motion."""

    def __init__(self, doll: Ragdoll, figure: str, heads: Array, turns: Array, rate_hz: float) -> None:
        self.doll, self.figure = doll, figure
        self.data = mujoco.MjData(doll.model)
        before, now = (limit(doll, qpos_of(doll, heads[i], turns[i])) for i in (0, 1))
        self.data.qpos[:] = now
        mujoco.mj_differentiatePos(doll.model, self.data.qvel, 1 / rate_hz, before, now)
        self._held, self._goal = now.copy(), now.copy()
        self._stiffness = doll.model.jnt_stiffness.copy()
        self._blows: list[tuple[int, Array]] = []
        self._step = 0
        self._loads: list[Array] = []
        self._segment_of = np.zeros(doll.model.nbody, np.int64)
        self._segment_of[doll.body_ids] = np.arange(len(doll.body_ids))
        self._is_ground = np.zeros(doll.model.ngeom, bool)
        self._is_ground[list(doll.ground)] = True
        self._centre = np.zeros(3)
        mujoco.mj_forward(doll.model, self.data)

    def strike(self, blows: Sequence[tuple[str, Vec3]]) -> None:
        """Blows at the start, by impulse per kilogram of the whole body."""
        self._blows = [
            (int(self.doll.body_ids[self.doll.segments.index(part)]), np.array(push)) for part, push in blows
        ]

    def brace(self, tone: float) -> None:
        """Head for the pose in which people fall forward, backward or aside."""
        model, goal = self.doll.model, self._held.copy()
        for name, angle in _protected(self._way()).items():
            joint = model.joint(name)
            low, high = joint.range
            wanted = float(np.clip(angle, low, high))
            place = int(joint.qposadr[0])
            goal[place] += (0.3 + 0.7 * min(tone / 0.4, 1.0)) * (wanted - goal[place])
        self._goal = goal

    def _way(self) -> Array:
        """(2,) to the left and to the front: where the upper body goes against the feet."""
        way = np.zeros(3)
        for number, push in self._blows:
            low = self.doll.segments.all[self._segment_of[number]].name.startswith(("foot", "shank", "thigh"))
            way += -push if low else push
        if np.linalg.norm(way) < _UNDECIDED_M_S:
            way = self.data.qvel[:3].copy()
        own = rotate(conjugate(self.data.qpos[3:7]), way)
        return np.array([own[0], -own[1]])

    def go_to(self, step: int) -> None:
        model, data = self.doll.model, self.data
        while self._step < step:
            share = min(self._step * STEP_S / _RELEASE_S, 1.0)
            ease = np.clip((self._step * STEP_S - _TENSE_S) / _EASES_S, 0.0, 1.0)
            model.jnt_stiffness[:] = self._stiffness * (1 - (1 - _EASED) * ease)
            model.qpos_spring[:] = self._held + share * (self._goal - self._held)
            data.xfrc_applied[:] = 0.0
            if self._step * STEP_S < _BLOW_S:
                for number, push in self._blows:
                    data.xfrc_applied[number, :3] += push * self.doll.segments.mass_kg / _BLOW_S
            before, self._centre = data.cvel.copy(), data.subtree_com[self.doll.body_ids[0]].copy()
            mujoco.mj_step(model, data)
            self._feel(before)
            self._step += 1

    def bones(self) -> tuple[Array, Array]:
        """Head (3,) of the root's bone and turns (S, 4) of the segments."""
        mujoco.mj_kinematics(self.doll.model, self.data)
        ids = self.doll.body_ids
        return self.data.xpos[ids[0]].copy(), self.data.xquat[ids].copy()

    def _feel(self, before: Array) -> None:
        """Note who touches the surroundings, how hard and how fast."""
        data, model = self.data, self.doll.model
        if not data.ncon:
            return
        contact = data.contact
        geoms = contact.geom
        ground = self._is_ground[geoms]
        told = np.flatnonzero((ground[:, 0] != ground[:, 1]) & (contact.efc_address >= 0))
        if not len(told):
            return
        first = ground[told, 0]
        mine = np.where(first, geoms[told, 1], geoms[told, 0])
        other = np.where(first, geoms[told, 0], geoms[told, 1])
        bodies = model.geom_bodyid[mine]
        normal = contact.frame[told, :3] * np.where(first, 1.0, -1.0)[:, None]
        place = contact.pos[told]
        velocity = before[bodies, 3:] + cross(before[bodies, :3], place - self._centre)
        speed = -(velocity * normal).sum(1)
        force = data.efc_force[contact.efc_address[told]]
        owner = self._segment_of[bodies]
        self._loads.append(
            np.column_stack([np.full(len(told), self._step), owner, other, force, speed, place, normal])
        )

    def knocks(self) -> list[Impact]:
        """The knocks of the run, seconds from its start."""
        found: list[Impact] = []
        if not self._loads:
            return found
        loads = np.concatenate(self._loads)
        apart, span = int(_APART_S / STEP_S), int(_LASTS_S / STEP_S)
        for number, segment in enumerate(self.doll.segments.all):
            rows = loads[loads[:, 1] == number]
            fresh = np.diff(rows[:, 0], prepend=-np.inf) > apart
            for row in rows[fresh & (rows[:, 4] > _LEAST_M_S)]:
                within = (rows[:, 0] >= row[0]) & (rows[:, 0] < row[0] + span)
                name, material = self.doll.ground[int(row[2])]
                found.append(
                    Impact(
                        float(row[0]) * STEP_S, name, f"{self.figure}/{segment.name}", material, SKIN,
                        _vec3(row[5:8]), _vec3(row[8:11]), float(rows[within, 3].sum()) * STEP_S,
                        float(row[4]), 0.0, _LASTS_S,
                    )
                )  # fmt: skip
        return found


_FORWARD = {
    "waist/0": 0.1, "chest/0": 0.0, "head/0": -0.5,
    "thigh_l/0": -0.25, "thigh_r/0": -0.45, "shank_l/0": 0.45, "shank_r/0": 0.7,
    "upper_arm_l/0": -1.25, "upper_arm_r/0": -1.35, "upper_arm_l/1": 0.25, "upper_arm_r/1": -0.25,
    "forearm_l/0": 0.1, "forearm_r/0": 0.2,
}  # fmt: skip
_BACKWARD = {
    "waist/0": 0.25, "chest/0": 0.15, "head/0": 0.4,
    "thigh_l/0": -0.55, "thigh_r/0": -0.75, "shank_l/0": 0.8, "shank_r/0": 1.05,
    "upper_arm_l/0": -0.2, "upper_arm_r/0": -0.3, "upper_arm_l/1": -0.3, "upper_arm_r/1": 0.3,
    "forearm_l/0": 0.3, "forearm_r/0": 0.4,
}  # fmt: skip
_ASIDE = {
    "waist/0": 0.1, "chest/0": 0.05, "head/0": 0.1,
    "thigh_l/0": -0.2, "thigh_r/0": -0.3, "shank_l/0": 0.35, "shank_r/0": 0.5,
    "upper_arm_l/0": -0.5, "upper_arm_r/0": -0.5, "upper_arm_l/1": -0.5, "upper_arm_r/1": 0.5,
    "forearm_l/0": 0.3, "forearm_r/0": 0.3,
}  # fmt: skip
"""Radians: hands go to where the body falls, the head is held away from it, knees and hips bend (Hsiao and
Robinovitch, J. Biomechanics 31, 1998)."""


def _protected(way: Array) -> dict[str, float]:
    left, front = way
    if abs(left) > 1.2 * abs(front):
        return _ASIDE
    return _FORWARD if front > 0 else _BACKWARD


def _posed(body: Segments, held: Array, head: Array, turns: Array) -> tuple[Array, Array]:
    """Root offset (3,) and pose (B, 4) with segments turned so; other bones keep to what carries them."""
    pose = held.copy()
    rig = body.rig
    carried = np.zeros((len(rig.names), 4))
    wanted = {segment.bone: turns[i] for i, segment in enumerate(body.all)}
    for bone, parent in enumerate(rig.parents):
        above = carried[parent] if parent >= 0 else np.array([1.0, 0.0, 0.0, 0.0])
        if bone in wanted:
            pose[bone] = product(conjugate(above), wanted[bone])
        carried[bone] = product(above, pose[bone])
    return head - rig.heads[0], pose


def _sole_m(doll: Ragdoll, heads: Array, turns: Array) -> float:
    """How far the bare feet are above what they stand on: the thickness of shoes."""
    lowest = np.inf
    for number, segment in enumerate(doll.segments.all):
        if not segment.name.startswith("foot"):
            continue
        home = doll.segments.rig.heads[segment.bone]
        for capsule in segment.flesh:
            for end in (capsule.start, capsule.end):
                place = heads[number] + rotate(turns[number], end - home)
                lowest = min(lowest, _gap(doll, place) - capsule.radius)
    return float(lowest) if 0 < lowest < _THICKEST_SOLE_M else 0.0


def _gap(doll: Ragdoll, place: Array) -> float:
    """Distance from a point down to the surroundings."""
    data = mujoco.MjData(doll.model)
    mujoco.mj_kinematics(doll.model, data)
    groups = np.ones(6, np.uint8)
    down = np.array([0.0, 0.0, -1.0])
    start, travelled = place.copy(), 0.0
    for _ in range(4):
        hit = np.zeros(1, np.int32)
        distance = mujoco.mj_ray(doll.model, data, start, down, groups, 1, -1, hit)
        if distance < 0:
            return np.inf
        if int(hit[0]) in doll.ground:
            return travelled + float(distance)
        # Through the body itself.
        travelled += float(distance) + 1e-4
        start = start + (float(distance) + 1e-4) * down
    return np.inf


def _continuous(pose: Array) -> Array:
    agree = np.sign((pose[1:] * pose[:-1]).sum(-1))
    signs = np.cumprod(np.where(agree == 0, 1.0, agree), axis=0)
    pose[1:] *= signs[..., None]
    return pose


def _vec3(values: Array) -> Vec3:
    return (float(values[0]), float(values[1]), float(values[2]))
