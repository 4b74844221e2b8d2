"""People who do what a motion of the library names: where, with whom, with what, and on which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.motion import Hold, MotionEntry
from lichtspiel.screenplay import Action, Beat, OutcomeKind
from lichtspiel.stage.actions.doors import at_door, hold_handle, leaf_of
from lichtspiel.stage.actions.driving import VEHICLE, spin_wheels, steered
from lichtspiel.stage.actions.facing import face, face_struck
from lichtspiel.stage.actions.handing import hand_over
from lichtspiel.stage.actions.laying import hold_fast, lay_before, on_top_of, split, taken
from lichtspiel.stage.actions.leaning import lean_on
from lichtspiel.stage.actions.leaps import off_top, over_edge
from lichtspiel.stage.actions.passing import handled
from lichtspiel.stage.actions.pendulums import at_pendulum, hangs, hold_bob
from lichtspiel.stage.actions.people import (
    WALK_M_S,
    behind_others,
    has_acted,
    pace_m_s,
    seat_at,
    start_of,
    way_of,
)
from lichtspiel.stage.actions.perches import falls_off, standing_place, tips_off
from lichtspiel.stage.actions.pouring import pour
from lichtspiel.stage.actions.releasing import caught, let_go
from lichtspiel.stage.actions.riding import at_gait, mounted
from lichtspiel.stage.actions.stairs import up_or_down
from lichtspiel.stage.beds import lie_in_bed
from lichtspiel.stage.blocking import UP, Blocking, level, shift
from lichtspiel.stage.holding import NEVER_S, beside, carried, grips
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw, yaw
from lichtspiel.stage.layout import CLEARANCE_M
from lichtspiel.stage.parts import is_added
from lichtspiel.stage.people import Actor, people_ground, spot_ground
from lichtspiel.stage.seats import Seat, chair_seat, needs_chair, seat_at_top, seats_for
from lichtspiel.stage.timeline import first_action_s, lay_out
from lichtspiel.stage.world import Direction

BEFORE_M = 0.28
"""Clear way between a person and what they work at."""
_PACES = (0.6, 1.5)
"""Speeds between which those who wait in a line fidget."""
_BEFORE_EMBRACE_M = 0.7
"""Who comes closer than this does so as part of the motion."""
_AT_ONCE_S = 0.06
"""What begins within so much of a cut begins with the new shot."""
_BEFORE_CUT_S = 0.03
"""Who is elsewhere after a cut is there less than a frame earlier, so that its first frame has them."""
_HEIGHT_OF_IT = 0.55
"""Share of a deed at which what it is about happens: the leap is in the air, the door is open."""
_ENDS = (OutcomeKind.STAYS_UP, OutcomeKind.FALLS_OVER)


def perform(blocking: Blocking, beat: Beat) -> None:
    """Direct everyone of a beat to its motion, alone or two by two."""
    assert beat.motion is not None
    motion = catalogue.motions()[beat.motion]
    start = start_of(blocking, beat)
    actors = blocking.people[beat.subject]
    things = take_up(blocking, beat)
    direction = _direction(beat, start)
    if motion.kind == "pair":
        _pair_up(blocking, beat, motion, direction, things)
        return
    if motion.kind == "locomotion":
        for actor in actors:
            own = _unlike(blocking, actor, direction) if motion.company else direction
            travel(blocking, beat, actor, motion, own)
        return
    lie_in_bed(blocking, beat, actors, motion.head_deg)
    face_struck(blocking, beat, motion, start)
    lean_on(blocking, beat, motion)
    seats = _seats(blocking, beat, motion, len(actors))
    for number, actor in enumerate(actors):
        told = replace(direction, using=tuple(thing.root_body for thing in things[number]))
        where = _at_work(blocking, beat, motion, actor, start)
        if number < len(seats):
            if is_added(blocking.screenplay, beat):
                seat_at(actor, seats[number], start)
                continue
            told = _take_seat(blocking, actor, seats[number], told)
        elif where is not None:
            told = _go_to_work(blocking, beat, motion, actor, where, told)
        told = _begun(blocking, beat, motion, actor, things[number], told)
        if number == 0 and motion.before and not is_added(blocking.screenplay, beat):
            lay_before(blocking, beat, motion, actor)
            taken(blocking, motion, actor, things[number], told)
            split(blocking, motion, told)
        told = replace(told, start_s=caught(blocking, motion, actor, beat, told.start_s))
        if motion.release is not None and things[number]:
            told = _send(blocking, beat, motion, actor, things[number][0], told)
        told = pour(blocking, beat, motion, actor, things[number], told)
        told = handled(blocking, beat, motion, actor, things[number], told)
        actor.directions.append(_towards(blocking, beat, actor, told))
    if not motion.loops and not is_added(blocking.screenplay, beat):
        blocking.expect(start + _HEIGHT_OF_IT * motion.duration_s / beat.speed)


def _begun(
    blocking: Blocking,
    beat: Beat,
    motion: MotionEntry,
    actor: Actor,
    things: Sequence[Instance],
    told: Direction,
) -> Direction:
    """Who opens a film with work or a meal at a table is at it already, and has over the table what it takes:
    below there is no room for a bowl."""
    at_table = motion.is_work or bool(motion.loops and things and actor.seat)
    opens = told.start_s <= first_action_s(blocking.screenplay) and not is_added(blocking.screenplay, beat)
    return replace(told, start_s=0.0) if at_table and opens else told


def _unlike(blocking: Blocking, actor: Actor, direction: Direction) -> Direction:
    """The same at a pace of their own, so that those who wait in a line do not sway as one."""
    pace = float(blocking.rng(f"{actor.name}:pace").uniform(*_PACES))
    return replace(direction, speed=direction.speed * pace)


def _send(
    blocking: Blocking, beat: Beat, motion: MotionEntry, actor: Actor, thing: Instance, told: Direction
) -> Direction:
    """Let go of a thing; who sends it at nothing looks after it."""
    let_go(blocking, beat, motion, actor, thing, start_of(blocking, beat))
    return replace(told, follows=thing.root_body) if beat.target is None else told


def _take_seat(blocking: Blocking, actor: Actor, seat: Seat, told: Direction) -> Direction:
    """Sit down where they are from the first moment on; who was elsewhere before is there after a cut, else
    goes there first. Who rises has sat until then."""
    if told.motion == "stand_up":
        seat_at(actor, seat, 0.0)
        return told
    place = seat.below(actor.physique)
    if told.start_s <= 0 or not has_acted(actor):
        actor.position, actor.yaw, actor.seat = place, facing_yaw(seat.facing), True
        return replace(told, seat_height_m=seat.height_m)
    spans = lay_out(blocking.screenplay, None)
    yaw = facing_yaw(seat.facing)
    if any(abs(span.world_start_s - told.start_s) < _AT_ONCE_S for span in spans):
        there_s = told.start_s - _BEFORE_CUT_S
        return replace(told, start_s=there_s, position=as_vec3(place), yaw=yaw, seat_height_m=seat.height_m)
    walks = [number for number, one in enumerate(actor.directions) if one.path]
    if walks:
        walk = actor.directions[walks[-1]]
        actor.directions[walks[-1]] = replace(walk, path=(*walk.path[:-1], as_vec3(place)))
    return replace(told, seat_height_m=seat.height_m)


def _go_to_work(
    blocking: Blocking,
    beat: Beat,
    motion: MotionEntry,
    actor: Actor,
    where: tuple[Array, float],
    told: Direction,
) -> Direction:
    """Put somebody where they do it: on a seat, before a door with its handle in reach."""
    actor.position, actor.yaw = where
    door = _mount(blocking, beat, motion)
    if door is not None and (taken := carried(actor, door, motion.holds, 0.0)):
        blocking.grips += taken
        actor.stands_on = None
    if door is not None and leaf_of(door):
        hold_handle(blocking, door, actor, motion.id, told.start_s, motion.duration_s / beat.speed)
    if door is not None and motion.release is not None and hangs(door):
        hold_bob(blocking, door, motion, actor, told.start_s, beat.speed)
        told = replace(told, follows=door.root_body)
    if way := over_edge(blocking, beat, motion, actor):
        # Who rolls up to an edge on a landing does so from the first moment on.
        told = replace(told, path=way, start_s=0.0)
    if way := off_top(blocking, motion, actor, door):
        told = replace(told, path=way)
    if not actor.seat:
        return told
    floor = float(people_ground(blocking.place).centre[2])
    seat_height_m = float(actor.position[2]) - floor
    actor.position[2] = floor
    # Who sits at work that goes on has sat down before the film begins.
    begins = 0.0 if motion.loops else told.start_s
    return replace(told, seat_height_m=seat_height_m, start_s=begins)


def take_up(blocking: Blocking, beat: Beat) -> list[list[Instance]]:
    """What each of a beat's people uses, given into their hands."""
    actors = blocking.people[beat.subject]
    things = _handed_out(blocking, beat, len(actors))
    motion = catalogue.motions().get(beat.motion or "")
    if motion is not None and motion.takes_s is not None and not is_added(blocking.screenplay, beat):
        return things  # They take it only then.
    for actor, own in zip(actors, things, strict=True):
        if is_added(blocking.screenplay, beat):
            _reach_for(blocking, actor, own, start_of(blocking, beat), _holds(beat))
        else:
            _take_up(blocking, actor, own, _holds(beat))
    return things


def _holds(beat: Beat) -> tuple[Hold, ...]:
    return catalogue.motions()[beat.motion].holds if beat.motion else ()


def travel(blocking: Blocking, beat: Beat, actor: Actor, motion: MotionEntry, direction: Direction) -> None:
    """Along the way that a walk would take, as far as this one goes in the time."""
    if motion.canters:
        beat, direction = at_gait(beat, direction)
    share = (motion.speed_m_s or WALK_M_S) / WALK_M_S
    mount = _mount(blocking, beat, motion)
    afloat = mount is not None and mount.root.joint.kind == "slide"
    seat = _saddle(mount, motion) if mount is not None else None
    # Who is in a boat or on a bicycle does not go to it.
    led = beat.model_copy(update={"target": None}) if afloat or seat is not None else beat
    if seat is not None:
        direction = replace(direction, start_s=0.0, seat_height_m=seat.of[2])
    elif afloat and mount is not None and (thwart := _thwart_m(mount)) is not None:
        direction = replace(direction, start_s=0.0, seat_height_m=thwart)
    if mount is not None and motion.rises:
        abreast = blocking.people[beat.subject]
        path = up_or_down(mount, actor, motion.rises, (abreast.index(actor), len(abreast)))
        actor.directions.append(replace(direction, path=path))
        return
    on_road = mount is not None and VEHICLE in mount.entry.tags and "road" in blocking.place.spots
    if mount is not None and on_road and not has_acted(actor):
        path = steered(blocking, led, mount, actor, (motion.speed_m_s or WALK_M_S) * direction.speed)
    elif motion.flees is not None and (path := behind_others(blocking, beat, actor)):
        direction = replace(direction, start_s=0.0)
    else:
        water = spot_ground(blocking.place, "water") if motion.swims else None
        if water is not None:
            led = led.model_copy(update={"target": None, "spot": None})
            if not has_acted(actor):
                actor.position = actor.position + water.centre - people_ground(blocking.place).centre
        path = way_of(blocking, led, actor, share * pace_m_s(actor, beat), direction.start_s, water)
    if mount is not None:
        path = _on_board(mount, actor, path) if afloat else path
        direction = replace(direction, using=(mount.root_body, *direction.using))
        blocking.grips += mounted(actor, mount, motion)
        if seat is not None:
            spin_wheels(blocking, mount, (motion.speed_m_s or WALK_M_S) * direction.speed)
    actor.directions.append(replace(direction, path=path))


def _saddle(mount: Instance, motion: MotionEntry) -> Hold | None:
    """Where one sits on it while it goes; None on what one stands on."""
    return next((h for h in motion.holds if h.part == "seat" and h.thing == mount.entry.id), None)


def _thwart_m(boat: Instance) -> float | None:
    """How high its seat is above the boards that feet stand on; None on a board, where people stand."""
    seat, boards = boat.spot("seat"), boat.spot("boards")
    return None if seat is None or boards is None else float(seat[2] - boards[2])


def _on_board(mount: Instance, actor: Actor, path: tuple[Vec3, ...]) -> tuple[Vec3, ...]:
    """The way of somebody in a boat, which is brought under them and goes straight on along its keel."""
    boards = mount.spot("boards")
    if boards is None or not path:
        return path
    there = np.array(path[-1], float)
    ahead = level(there - actor.position)
    lift = float(boards[2] - mount.position[2])
    mount.orientation = yaw(facing_yaw(ahead))
    offset = actor.position - np.asarray(mount.spot("seat"))
    shift([mount], offset * [1.0, 1.0, 0.0])
    mount.position[2] = actor.position[2]
    actor.position = actor.position + lift * UP
    return (as_vec3(there + lift * UP),)


def _direction(beat: Beat, start: float) -> Direction:
    ends = [outcome.kind for outcome in beat.outcomes if outcome.kind in _ENDS and not outcome.never]
    return Direction(
        Action.PERFORM,
        start,
        motion=beat.motion or "",
        style=beat.style,
        outcome=ends[-1] if ends else None,
        intensity=beat.intensity,
        speed=beat.speed,
        times=beat.times,
    )


def _handed_out(blocking: Blocking, beat: Beat, count: int) -> list[list[Instance]]:
    """What each of several people holds: one of each prop, as far as they go round; one alone has all."""
    if count == 1:
        return [[thing for prop in beat.using for thing in blocking.cast.get(prop, [])]]
    shares: list[list[Instance]] = [[] for _ in range(count)]
    for prop in beat.using:
        for index, thing in enumerate(blocking.cast.get(prop, [])):
            if index < count:
                shares[index].append(thing)
    return shares


def _take_up(blocking: Blocking, actor: Actor, things: list[Instance], holds: tuple[Hold, ...] = ()) -> None:
    """Things in hand from the first moment on, unless the hand has them already: who uses a thing within
    the film has brought it."""
    held = {grip.body for grip in blocking.grips if grip.figure == actor.name}
    new = [thing for thing in things if thing.root_body not in held]
    for thing in new:
        riders = on_top_of(blocking, thing)
        shift([thing, *riders], np.array(beside(actor)) - thing.position)
        for number, rider in enumerate(riders, 1):
            place = thing.spot(f"place_{number}")
            rider.position = rider.position if place is None else place + CLEARANCE_M * UP
    blocking.grips += grips(actor, new, 0.0, NEVER_S, holds)


def _reach_for(
    blocking: Blocking,
    actor: Actor,
    things: list[Instance],
    start: float,
    holds: tuple[Hold, ...] = (),
) -> None:
    """Things that come to hand only then, wherever they are until then."""
    held = {grip.body for grip in blocking.grips if grip.figure == actor.name}
    new = [thing for thing in things if thing.root_body not in held]
    blocking.grips += grips(actor, new, start, NEVER_S, holds)


def _pair_up(
    blocking: Blocking,
    beat: Beat,
    motion: MotionEntry,
    direction: Direction,
    things: list[list[Instance]],
) -> None:
    """Partners face each other; several of one character pair up among themselves."""
    actors = blocking.people[beat.subject]
    partners = blocking.people.get(beat.target or "", [])
    if partners and beat.target != beat.subject:
        couples = list(zip(actors, partners, strict=False))
    else:
        couples = list(zip(actors[::2], actors[1::2], strict=False))
    coupled = {actor.name for couple in couples for actor in couple}
    for (first, second), held in zip(couples, things, strict=False):
        face(first, second, max(motion.apart_m, _BEFORE_EMBRACE_M), moves=direction.start_s <= 0.5)
        first.directions.append(replace(direction, partner=second.name))
        second.directions.append(replace(direction, partner=first.name, answers=True))
        hand_over(blocking, motion, (first, second), held, direction)
    if left := [actor for actor in actors if actor.name not in coupled]:
        index = blocking.number_of(beat)
        blocking.notes.append((f"beats[{index}].motion", f"nobody is left to {motion.id} with"))
        for actor in left:
            actor.directions.append(Direction(Action.STAND, direction.start_s))


def _seats(blocking: Blocking, beat: Beat, motion: MotionEntry, count: int) -> list[Seat]:
    risen = motion.id == "stand_up" and not any(has_acted(actor) for actor in blocking.people[beat.subject])
    return seats_for(blocking, beat, count) if risen or motion.id == "sit_down" else []


def _towards(blocking: Blocking, beat: Beat, actor: Actor, direction: Direction) -> Direction:
    """What it is done to is looked at, and faced where it is a person."""
    name = beat.target or ""
    if others := [other for other in blocking.people.get(name, []) if other is not actor]:
        return replace(direction, follows=others[0].name, partner=others[0].name)
    if name in blocking.cast:
        return replace(direction, follows=blocking.cast[name][0].root_body)
    if beat.target == "camera":
        ahead = people_ground(blocking.place).facing
        return replace(direction, target=as_vec3(actor.position + 3.0 * ahead + [0.0, 0.0, 1.5]))
    return direction


def _at_work(
    blocking: Blocking, beat: Beat, motion: MotionEntry, actor: Actor, start: float
) -> tuple[Array, float] | None:
    """Where the actor stands for it, and which way; None = where they are."""
    mount = _mount(blocking, beat, motion)
    if actor.seat or start > 1.0 or actor.stands_on is not None or tips_off(blocking, motion, mount, actor):
        return None
    if mount is None or needs_chair(motion):
        return _at_table(blocking, beat, motion, actor)
    if motion.on == mount.entry.id and (leaf_of(mount) or hangs(mount)):
        leaf = leaf_of(mount)
        return at_door(blocking, mount, actor) if leaf else at_pendulum(blocking, mount, motion, actor)
    front = mount.direction((0.0, -1.0, 0.0))
    if falls_off(motion):
        hold_fast(mount)
    top = standing_place(mount, motion)
    if top is not None:
        actor.stands_on = mount.body(next(part for part in mount.asset.parts if part.mesh is not None))
        return top, facing_yaw(mount.direction((1.0, 0.0, 0.0)))
    seat = mount.spot("seat")
    if seat is not None:
        actor.seat = True
        return seat, facing_yaw(level(mount.position - seat))
    away = mount.position + front * (mount.size[1] / 2 + BEFORE_M)
    return np.array([*away[:2], people_ground(blocking.place).centre[2]]), facing_yaw(-front)


def _at_table(
    blocking: Blocking, beat: Beat, motion: MotionEntry, actor: Actor
) -> tuple[Array, float] | None:
    """On the chair that is brought for it, or at the place's own furniture: on its seat, where one sits."""
    if motion.on is None:
        return None
    seat = None
    if needs_chair(motion):
        seat = chair_seat(blocking, beat.subject)
    elif motion.id in (scores := catalogue.scores()) and scores[motion.id].base == "sit":
        seat = seat_at_top(blocking)
    if seat is None:
        return _at_furniture(blocking, motion.on)
    actor.seat = True
    return seat.position, facing_yaw(seat.facing)


def _at_furniture(blocking: Blocking, name: str) -> tuple[Array, float] | None:
    """Where one stands at a piece of furniture that the place has itself, on its far side from the camera."""
    own = spot_ground(blocking.place, name)
    if own is not None:
        return own.centre, facing_yaw(own.facing)
    if name not in catalogue.places()[blocking.screenplay.setting.place].furnishes:
        return None
    top = blocking.ground
    behind = top.at(0.0, top.size_m[1] / 2 + BEFORE_M)
    return np.array([*behind[:2], people_ground(blocking.place).centre[2]]), facing_yaw(top.facing)


def _mount(blocking: Blocking, beat: Beat, motion: MotionEntry) -> Instance | None:
    """The thing of the cast that the motion is done on: of the kind it asks for, or a target to stand on."""
    target = blocking.cast.get(beat.target or "", [])
    for things in (target, *blocking.cast.values()):
        if things and things[0].entry.id in motion.mounts:
            return things[0]
    stood_on = motion.release is None and target and standing_place(target[0], motion) is not None
    return target[0] if stood_on else None
