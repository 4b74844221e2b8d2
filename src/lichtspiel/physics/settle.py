"""Let everything that stands come to rest before the film begins."""

from __future__ import annotations

from dataclasses import replace

import mujoco
import numpy as np

from lichtspiel.library.asset import Array, Quat, Vec3
from lichtspiel.physics.cast import NOBODY, Cast
from lichtspiel.physics.contact import observe, respond
from lichtspiel.physics.mechanism import build
from lichtspiel.physics.rotation import placed_pose, relative_pose
from lichtspiel.stage.world import Body, Kick, World

SETTLE_S = 0.2
NEAR_M = 0.008
NEAR_SPEED_M_S = 0.01
"""A body that strays further, or is still faster at the end, is not standing: it keeps its place."""
_DAMPING = 0.02
"""Share of all speed that is taken away each step."""


def settled(world: World, cast: Cast = NOBODY) -> World:
    """The world with its standing bodies sunk onto what they stand on; what is held stays in the hand.

    Stages leave small gaps between things. Without this a film would begin with a rattle of everything
    falling by half a millimetre. Raises SimulationError when the world cannot be built.
    """
    absent = {shard for breakable in world.breakables for shard in breakable.shards}
    bodies = [body for body in world.bodies if body.name not in absent]
    held = {hand.grip.body for hand in cast.hands if hand.grip.start_s <= 0}
    standing = {body.name for body in bodies if _may_stand(world, body)} - held
    if not standing:
        return world
    mechanism = build(world, bodies)
    model = mechanism.model
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    start = data.qpos.copy()
    others = [number for number in range(model.njnt) if model.joint(number).name not in standing]
    still = np.isin(model.dof_jntid, others)
    steps = int(SETTLE_S / model.opt.timestep)
    for _ in range(steps):
        observe(mechanism, data)
        respond(mechanism, data)
        mujoco.mj_step2(model, data)
        data.qvel *= 1.0 - _DAMPING
        data.qvel[still] = 0.0
        for number in others:
            spot = slice(
                model.jnt_qposadr[number], model.jnt_qposadr[number] + _WIDTH[model.jnt_type[number]]
            )
            data.qpos[spot] = start[spot]
    moved: dict[str, Body] = {}
    for name in standing:
        joint = model.joint(name)
        place, dof = int(joint.qposadr[0]), int(joint.dofadr[0])
        shift = np.linalg.norm(data.qpos[place : place + 3] - start[place : place + 3])
        if shift > NEAR_M or np.abs(data.qvel[dof : dof + 6]).max() > NEAR_SPEED_M_S:
            continue
        moved[name] = replace(
            world.body(name),
            position=_vec3(data.qpos[place : place + 3]),
            orientation=_quat(data.qpos[place + 3 : place + 7]),
        )
    for breakable in world.breakables:
        if breakable.body in moved:
            moved |= _carried_shards(world, moved[breakable.body], breakable.shards)
    return replace(world, bodies=tuple(moved.get(body.name, body) for body in world.bodies))


_WIDTH = (7, 4, 1, 1)


def _may_stand(world: World, body: Body) -> bool:
    joint = body.part.joint
    if not body.moves or joint.kind != "free" or any(body.velocity) or any(body.angular_velocity):
        return False
    return not any(isinstance(c, Kick) and c.at_s <= 0 and c.body == body.name for c in world.controls)


def _carried_shards(world: World, carrier: Body, shards: tuple[str, ...]) -> dict[str, Body]:
    before = world.body(carrier.name)
    carried = {}
    for name in shards:
        shard = world.body(name)
        offset = relative_pose(shard.position, shard.orientation, before.position, before.orientation)
        position, orientation = placed_pose(*offset, carrier.position, carrier.orientation)
        carried[name] = replace(shard, position=_vec3(position), orientation=_quat(orientation))
    return carried


def _vec3(values: Array) -> Vec3:
    return (float(values[0]), float(values[1]), float(values[2]))


def _quat(values: Array) -> Quat:
    return (float(values[0]), float(values[1]), float(values[2]), float(values[3]))
