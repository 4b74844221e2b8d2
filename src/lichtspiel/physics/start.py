"""Starts of a world: what its freedoms change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.stage.world import Body, Freedom, Kick, Push, World


def with_amounts(world: World, amounts: Sequence[float]) -> World:
    """The world with these amounts of its freedoms, or as it is when there are none.

    Raises ValueError when there are some but not one for each freedom.
    """
    if not len(amounts):
        return world
    for freedom, amount in zip(world.freedoms, amounts, strict=True):
        world = _changed(world, freedom, float(amount))
    return world


def felt_from(world: World) -> float:
    """World time before which no amount of the world's freedoms changes anything."""
    return min((_felt_from(world, freedom) for freedom in world.freedoms), default=np.inf)


def _felt_from(world: World, freedom: Freedom) -> float:
    kicks = [c.at_s for c in world.controls if isinstance(c, Kick) and c.body == freedom.body]
    pushes = [c.start_s for c in world.controls if isinstance(c, Push) and c.body == freedom.body]
    match freedom.quantity:
        case "velocity" | "angular_velocity":
            return kicks[0] if kicks else 0.0
        case "force":
            return pushes[0] if pushes else np.inf
        case _:
            return 0.0


def _changed(world: World, freedom: Freedom, amount: float) -> World:
    if freedom.quantity == "position":
        moving = carried(world, freedom.body)
        moved = _along(freedom.axis, amount)
        return _map_bodies(world, moving, lambda b: replace(b, position=_sum(b.position, moved)))
    if freedom.quantity == "joint_offset":
        return _map_bodies(world, {freedom.body}, lambda b: replace(b, joint_offset=b.joint_offset + amount))
    change = _along(freedom.axis, amount)
    if freedom.quantity == "force":
        pushes = [c for c in world.controls if isinstance(c, Push) and c.body == freedom.body]
        return _swap(world, pushes[:1], [replace(p, force_n=_sum(p.force_n, change)) for p in pushes[:1]])
    kicks = [c for c in world.controls if isinstance(c, Kick) and c.body == freedom.body][:1]
    for kick in kicks:
        return _swap(world, [kick], [_kicked(kick, freedom, change, amount)])
    if freedom.quantity == "velocity":
        return _map_bodies(world, {freedom.body}, lambda b: replace(b, velocity=_sum(b.velocity, change)))
    return _map_bodies(
        world, {freedom.body}, lambda b: replace(b, angular_velocity=_sum(b.angular_velocity, change))
    )


def _kicked(kick: Kick, freedom: Freedom, change: Vec3, amount: float) -> Kick:
    if kick.joint_speed is not None:
        return replace(kick, joint_speed=kick.joint_speed + amount)
    if freedom.quantity == "velocity":
        return replace(kick, velocity=_sum(kick.velocity, change))
    return replace(kick, angular_velocity=_sum(kick.angular_velocity, change))


def carried(world: World, name: str) -> set[str]:
    """A body with all that hangs on it, and the shards it would break into."""
    found = {name}
    while True:
        more = {b.name for b in world.bodies if b.parent in found}
        more |= {shard for b in world.breakables if b.body in found for shard in b.shards}
        if more <= found:
            return found
        found |= more


def _map_bodies(world: World, names: set[str], change: Callable[[Body], Body]) -> World:
    return replace(world, bodies=tuple(change(b) if b.name in names else b for b in world.bodies))


def _swap(world: World, old: Sequence[object], new: Sequence[Kick | Push]) -> World:
    exchange = {id(o): n for o, n in zip(old, new, strict=True)}
    return replace(world, controls=tuple(exchange.get(id(c), c) for c in world.controls))


def _along(axis: Vec3, amount: float) -> Vec3:
    return _vec3(np.asarray(axis, float) * amount)


def _sum(first: Vec3, second: Vec3) -> Vec3:
    return _vec3(np.add(first, second))


def _vec3(values: Array) -> Vec3:
    return (float(values[0]), float(values[1]), float(values[2]))
