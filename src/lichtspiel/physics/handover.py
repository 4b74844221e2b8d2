"""From hand to hand: where held things are at the start, and how they are thrown to who takes them next."""

from __future__ import annotations

from dataclasses import replace

import mujoco
import numpy as np

from lichtspiel.library.asset import Array, Quat, Vec3
from lichtspiel.library.surfaces import touch
from lichtspiel.physics.cast import Cast, Hand, Track
from lichtspiel.physics.mechanism import RATE_HZ, Mechanism, build
from lichtspiel.physics.motion import inner_radius
from lichtspiel.physics.rotation import cross, placed_pose, product, relative_pose, rotate
from lichtspiel.physics.start import carried
from lichtspiel.stage.world import Body, Kick, World

_STANDING_M = 0.006
"""What is no farther from a held thing, and higher, stands on it."""
_SHORTEST_FLIGHT_S = 0.08
_BOUNCED_M_S = -0.4
"""A thing that leaves a hand downward faster than this is bounced."""
_HALVINGS = 50


def in_hand(world: World, cast: Cast) -> tuple[World, Cast]:
    """The world with the things that are held from the start in the hands, and with them what stands on them.

    Stages place them before anybody knows where the hands will be. What things stand on is kept level.
    """
    loose = {body.name for body in world.bodies if body.moves and body.part.joint.kind == "free"}
    starting = [hand for hand in cast.hands if hand.grip.start_s <= 0 and hand.grip.body in loose]
    if not starting:
        return world, cast
    absent = {shard for breakable in world.breakables for shard in breakable.shards}
    mechanism = build(world, [body for body in world.bodies if body.name not in absent])
    data = mujoco.MjData(mechanism.model)
    mujoco.mj_fwdPosition(mechanism.model, data)
    held = {hand.grip.body for hand in starting}
    level: dict[str, Hand] = {}
    riders: list[Hand] = []
    for starter in starting:
        hand, name = starter, starter.grip.body
        if name not in mechanism.names:
            continue
        on_top = _standing_on(mechanism, data, name, held)
        if on_top:
            hand = level[name] = replace(hand, track=_level(hand.track))
        moved = set().union(*(carried(world, body) for body in (name, *on_top)))
        world = _moved(world, hand, moved)
        riders += [_rider(world, hand, rider) for rider in sorted(on_top)]
    hands = [level.get(h.grip.body, h) if h.grip.start_s <= 0 else h for h in cast.hands]
    return world, replace(cast, hands=(*hands, *riders))


def _standing_on(mechanism: Mechanism, data: mujoco.MjData, base: str, held: set[str]) -> set[str]:
    """All that stands on a body, and on that, but is not held itself."""
    found = {base}
    while True:
        more = {
            name
            for name in mechanism.names
            if name not in found | held and any(_stands_on(mechanism, data, name, on) for on in found)
        }
        if not more:
            return found - {base}
        found |= more


def _rider(world: World, hand: Hand, name: str) -> Hand:
    """A body that goes where what it stands on goes: who carries a tray keeps things on it."""
    base, body = world.body(hand.grip.body), world.body(name)
    offset, turn = relative_pose(body.position, body.orientation, base.position, base.orientation)
    way = hand.track
    arms = rotate(way.orientations, offset)
    track = Track(
        way.positions + arms,
        product(way.orientations, np.broadcast_to(turn, way.orientations.shape)),
        way.velocities + cross(way.spins, arms),
        way.spins,
    )
    return Hand(replace(hand.grip, body=name), track, rides=True)


def _level(track: Track) -> Track:
    """The same way with the z axis up."""
    ahead = rotate(track.orientations, np.array([1.0, 0.0, 0.0]))
    heading = np.unwrap(np.arctan2(ahead[:, 1], ahead[:, 0]))
    zero = np.zeros_like(heading)
    turns = np.stack([np.cos(heading / 2), zero, zero, np.sin(heading / 2)], -1)
    rate = np.gradient(heading) * RATE_HZ
    return replace(track, orientations=turns, spins=np.stack([zero, zero, rate], -1))


def _stands_on(mechanism: Mechanism, data: mujoco.MjData, name: str, base: str) -> bool:
    model = mechanism.model
    upper, lower = mechanism.body_id(name), mechanism.body_id(base)
    if model.body_parentid[upper] or data.xipos[upper, 2] <= data.xipos[lower, 2]:
        return False
    gaps = [
        mujoco.mj_geomDistance(model, data, one, other, 2 * _STANDING_M, None)
        for one in _geoms(model, upper)
        for other in _geoms(model, lower)
    ]
    return min(gaps, default=np.inf) < _STANDING_M


def _geoms(model: mujoco.MjModel, body: int) -> range:
    return range(model.body_geomadr[body], model.body_geomadr[body] + model.body_geomnum[body])


def _moved(world: World, hand: Hand, names: set[str]) -> World:
    """Bodies moved along with one that goes from where the stage put it to where the hand has it."""
    base = world.body(hand.grip.body)
    place, turn = hand.track.positions[0], hand.track.orientations[0]

    def moved(body: Body) -> Body:
        offset = relative_pose(body.position, body.orientation, base.position, base.orientation)
        position, orientation = placed_pose(*offset, place, turn)
        return replace(body, position=_vec3(position), orientation=_quat(orientation))

    return replace(world, bodies=tuple(moved(b) if b.name in names else b for b in world.bodies))


def thrown(world: World, cast: Cast) -> Cast:
    """The cast with throws that reach the hands that take the same thing next.

    Where the world kicks a thing as it is let go, that holds. Air is not reckoned with: the hand that
    takes it makes up for the little that it changes.
    """
    hands = sorted(cast.hands, key=lambda hand: (hand.grip.body, hand.grip.start_s))
    aimed = []
    for number, hand in enumerate(hands):
        later = [other for other in hands[number + 1 :] if other.grip.body == hand.grip.body]
        aimed.append(replace(hand, throw=_throw(world, hand, later[0])) if later else hand)
    return replace(cast, hands=tuple(aimed))


def _throw(world: World, hand: Hand, successor: Hand) -> Vec3 | None:
    start_s, end_s = hand.grip.end_s, successor.grip.start_s
    flight_s = end_s - start_s
    kicks = [c for c in world.controls if isinstance(c, Kick) and c.body == hand.grip.body]
    if world.body(hand.grip.body).part.joint.kind != "free":
        return None
    if flight_s < _SHORTEST_FLIGHT_S or any(start_s - 0.1 <= kick.at_s <= end_s for kick in kicks):
        return None
    count = len(hand.track.positions)
    leaves, arrives = (min(round(time * RATE_HZ), count - 1) for time in (start_s, end_s))
    begin, end = hand.track.positions[leaves], successor.track.positions[arrives]
    gravity = np.asarray(world.gravity)
    velocity = (end - begin) / flight_s - gravity * flight_s / 2
    if hand.track.velocities[leaves, 2] < _BOUNCED_M_S:
        down = _bounce(world, hand, float(begin[2]), float(end[2]), flight_s)
        if down is not None:
            velocity[2] = -down
    return _vec3(velocity)


def _bounce(world: World, hand: Hand, begin_m: float, end_m: float, flight_s: float) -> float | None:
    """Speed downward at which a thing comes from one height to another in this time with one bounce."""
    figure, body = world.figure(hand.grip.figure), world.body(hand.grip.body)
    floor = world.body(figure.ground).part.shapes
    if not floor or not body.part.shapes:
        return None
    returned = touch(body.part.shapes[0].material, floor[0].material).restitution
    ground = figure.position[2] + inner_radius(body)
    gravity = float(np.linalg.norm(world.gravity))

    def late(speed: float) -> float:
        """Height above the goal at the end, for a speed downward."""
        fallen = max(begin_m - ground, 0.0)
        meets = float(np.sqrt(speed**2 + 2 * gravity * fallen))
        left_s = flight_s - (meets - speed) / gravity
        return ground + returned * meets * left_s - gravity * left_s**2 / 2 - end_m

    low, high = 0.0, 25.0
    if late(high) < 0 or late(low) > 0:
        return None
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if late(middle) < 0 else (low, middle)
    return (low + high) / 2


def _vec3(values: Array) -> Vec3:
    return (float(values[0]), float(values[1]), float(values[2]))


def _quat(values: Array) -> Quat:
    return (float(values[0]), float(values[1]), float(values[2]), float(values[3]))
