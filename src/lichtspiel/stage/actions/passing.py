"""Balls that go from hand to hand, to the ground and back, or are struck: physics has them in between.

And what else becomes of things in hand: ropes are swung, swords drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.motion import HoldingPart, MotionEntry, Pass
from lichtspiel.library.surfaces import touch
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import UP, Blocking
from lichtspiel.stage.holding import NEVER_S, drawn, in_palm
from lichtspiel.stage.instance import Instance, as_vec3
from lichtspiel.stage.people import Actor, ground_body, people_ground
from lichtspiel.stage.world import Direction, Grip, Kick

_FASTEST_M_S = 14.0
_HALVINGS = 40
_AIR_KG_M3 = 1.2
_BESIDE = 1.2
"""Balls' widths between two in a hand."""
_STEPS, _TRIES = 60, 4
_OTHER: dict[HoldingPart, HoldingPart] = {"hand_l": "hand_r", "hand_r": "hand_l"}


def handled(
    blocking: Blocking,
    beat: Beat,
    motion: MotionEntry,
    actor: Actor,
    held: Sequence[Instance],
    told: Direction,
) -> Direction:
    """What becomes of things in the course of a motion: drawn from where they hang, swung, passed on."""
    for thing in held:
        blocking.grips = drawn(actor, thing, motion.holds, blocking.grips, told.start_s, beat.speed)
    blocking.controls += _spins(beat, motion, held, told.start_s)
    return _pass_on(blocking, beat, motion, actor, held, told) if motion.passes else told


def _pass_on(
    blocking: Blocking,
    beat: Beat,
    motion: MotionEntry,
    actor: Actor,
    held: Sequence[Instance],
    told: Direction,
) -> Direction:
    """Let what an actor plays with go its ways, again and again of what goes on; they look after it."""
    loose = [
        thing
        for group in blocking.cast.values()
        for thing in group
        if thing.entry.id in motion.before and not any(g.body == thing.root_body for g in blocking.grips)
    ]
    things = [*held, *loose]
    passed = {thing.root_body for thing in things if any(w.thing == thing.entry.id for w in motion.passes)}
    blocking.grips = [g for g in blocking.grips if g.body not in passed or g.figure != actor.name]
    followed = told
    seen: dict[str, int] = {}
    for thing in things:
        number = seen.get(thing.entry.id, 0)
        seen[thing.entry.id] = number + 1
        ways = [way for way in motion.passes if way.thing == thing.entry.id and way.number == number]
        times = sorted(_times(blocking, beat, motion, ways, told.start_s), key=lambda at: at[0])
        if times:
            _send(blocking, beat, actor, thing, times)
            followed = replace(followed, follows=followed.follows or thing.root_body)
    return followed


def _spins(beat: Beat, motion: MotionEntry, held: Sequence[Instance], start_s: float) -> list[Kick]:
    """Pieces of held things that go round with the motion set off."""
    if motion.spins is None or not held:
        return []
    told = motion.spins
    first, last = catalogue.scores()[motion.id].cycle or (0.0, motion.duration_s)
    round_s = (last - first) / beat.speed
    at_s = start_s + (told.begins_s - (first if motion.loops and start_s <= 0 else 0.0)) / beat.speed
    while at_s < 0:
        at_s += round_s
    speed = 2 * np.pi * told.per_round / round_s
    return [
        Kick(held[0].body(part), at_s, joint_speed=speed)
        for part in held[0].asset.parts
        if part.name == told.piece
    ]


def _times(
    blocking: Blocking, beat: Beat, motion: MotionEntry, ways: Sequence[Pass], start_s: float
) -> Iterator[tuple[float, Pass]]:
    """World times at which the ways begin."""
    score = catalogue.scores()[motion.id]
    first, last = score.cycle or (0.0, motion.duration_s)
    # Who does it from the start has come to its first round.
    offset = first if motion.loops and start_s <= 0 else 0.0
    for way in ways:
        rounds = 0
        while True:
            at_s = start_s + (way.begins_s - offset + rounds * way.every * (last - first)) / beat.speed
            if at_s >= blocking.screenplay.duration_s or (rounds and not motion.loops):
                break
            if at_s >= 0:
                yield at_s, way
            rounds += 1


def _send(
    blocking: Blocking, beat: Beat, actor: Actor, thing: Instance, times: list[tuple[float, Pass]]
) -> None:
    """One thing on its ways, in order."""
    first = times[0][1]
    if first.out_of is None:
        place = _place(actor, first.start)
        floor = float(people_ground(blocking.place).centre[2])
        place[2] = max(float(place[2]), floor + thing.size[2] / 2)
        thing.position = place - UP * thing.size[2] / 2
    since_s = 0.0
    for at_s, way in times:
        if way.out_of is not None:
            blocking.grips.append(_held(blocking, actor, thing, way.out_of, since_s, at_s))
        lasts_s = way.lasts_s / beat.speed
        start, end = (_place(actor, at) for at in (way.start, way.end))
        if way.slides:
            velocity = _slid(blocking, thing, (end - start) * [1.0, 1.0, 0.0], lasts_s)
        else:
            velocity = _velocity(blocking, thing, start, end, lasts_s, bounces=way.bounces)
        blocking.controls.append(Kick(thing.root_body, at_s, as_vec3(velocity)))
        since_s = at_s + lasts_s
    last = times[-1][1]
    if last.into is not None:
        blocking.grips.append(_held(blocking, actor, thing, last.into, since_s, NEVER_S))


def _held(
    blocking: Blocking, actor: Actor, thing: Instance, part: HoldingPart, since_s: float, until_s: float
) -> Grip:
    """In a hand, on the fingers where something lies on the palm already."""
    side = _OTHER.get(part, part) if actor.person.left_handed else part
    grip = in_palm(actor, thing, side, since_s, until_s)
    there = [
        g
        for g in blocking.grips
        if g.figure == actor.name and g.part == side and g.start_s <= since_s < g.end_s
    ]
    if not there:
        return grip
    x, y, z = grip.position
    return replace(grip, position=(x + _BESIDE * thing.size[0] * len(there), y, z))


def _place(actor: Actor, at: tuple[float, float, float]) -> Array:
    """A point aside, ahead and up of somebody, in their heights."""
    right = -np.array([np.cos(actor.yaw), np.sin(actor.yaw), 0.0])
    side, ahead, up = at
    side = -side if actor.person.left_handed else side
    return np.asarray(actor.position + actor.person.height_m * (side * right + ahead * actor.ahead + up * UP))


def _velocity(
    blocking: Blocking, thing: Instance, start: Array, end: Array, lasts_s: float, *, bounces: bool
) -> Array:
    """With which it is there in that time, m/s."""
    gravity = blocking.gravity_m_s2
    if not bounces:
        velocity = (end - start) / lasts_s + 0.5 * gravity * lasts_s * UP
        for _ in range(_TRIES):
            velocity = velocity + (end - _flown(thing, start, velocity, lasts_s, gravity)) / lasts_s
        return np.asarray(velocity)
    ground = people_ground(blocking.place)
    radius = thing.size[2] / 2
    above = [float(point[2] - ground.centre[2]) - radius for point in (start, end)]
    bounce = touch(thing.root.shapes[0].material, _floor(blocking)).restitution
    down = _thrown_down(above[0], above[1], lasts_s, gravity, bounce)
    level = (end - start) * [1.0, 1.0, 0.0] / lasts_s
    return np.asarray(level - down * UP)


def _slid(blocking: Blocking, thing: Instance, way: Array, lasts_s: float) -> Array:
    """With which something that slides is there in that time, slowed down by friction, m/s."""
    friction = touch(thing.root.shapes[0].material, _floor(blocking)).friction
    braked_m_s = 0.5 * friction * blocking.gravity_m_s2 * lasts_s
    length = float(np.linalg.norm(way))
    return np.asarray(way / length * (length / lasts_s + braked_m_s))


def _flown(thing: Instance, start: Array, velocity: Array, lasts_s: float, gravity: float) -> Array:
    """Where something is after a time in the air."""
    drag, mass = thing.root.drag, thing.root.mass_kg
    braked = (
        0.0 if drag is None or mass is None else 0.5 * _AIR_KG_M3 * drag.coefficient * drag.area_m2 / mass
    )
    step = lasts_s / _STEPS
    place, speed = start.copy(), velocity.copy()
    for _ in range(_STEPS):
        push = -gravity * UP - braked * float(np.linalg.norm(speed)) * speed
        place = place + step * speed + 0.5 * step**2 * push
        speed = speed + step * push
    return np.asarray(place)


def _floor(blocking: Blocking) -> str:
    """Material of the ground that people stand on."""
    name = ground_body(blocking.place).rsplit("/", maxsplit=1)[-1]
    part = next((p for p in blocking.place.parts if p.name == name and p.shapes), blocking.place.parts[0])
    return part.shapes[0].material


def _thrown_down(start_m: float, end_m: float, lasts_s: float, gravity: float, bounce: float) -> float:
    """Speed downward with which something that falls from one height has bounced up to another in a time.

    As fast as it takes to come so high at all, where the time is longer than that; heights over the ground.
    """

    def takes(down: float) -> float:
        hits = np.sqrt(down**2 + 2 * gravity * start_m)
        rises = bounce * hits
        left = rises**2 - 2 * gravity * end_m
        return (
            float("inf") if left < 0 else float((hits - down) / gravity + (rises - np.sqrt(left)) / gravity)
        )

    slow, fast = 0.0, _FASTEST_M_S
    for _ in range(_HALVINGS):
        middle = 0.5 * (slow + fast)
        slow, fast = (middle, fast) if takes(middle) > lasts_s else (slow, middle)
    return fast
