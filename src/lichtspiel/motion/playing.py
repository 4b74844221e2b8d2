"""Hands on what they play: fingertips on keys and strings, bows on strings, the tips of pens on paper."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.motion import MotionEntry, Play
from lichtspiel.library.people.holds import frames, held
from lichtspiel.motion import acting, rhythm, shafts, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD, SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.fingers import phalanges
from lichtspiel.motion.solve import Skeleton, solve, torso
from lichtspiel.motion.tracks import eased
from lichtspiel.stage.world import Body, Direction, Grip, PlacedFigure, World

_PAD = 0.0022
"""Flesh between the end of the last bone of a finger and what it presses, against body height."""
_DEEP = 0.0038
"""How much lower than bent fingers ask for a hand is on keys, against body height; short ones reach so."""
_ROUNDS = 3
"""How often the hand is moved by what its tips are off; wrists and arms have limits of their own."""
_BENDS = np.linspace(0.0, 1.0, 121)
_KEEPS = 0.004
"""Metres of height that a finger gives up for being bent by 1 more or less than the others."""
_AWAY_S = 0.25
_TRIPOD = np.array([0.3, 0.33, 0.42, 0.55, 0.62])
"""Bends of fingers that hold a pen between thumb, index and middle finger."""
_TOOLS = ("bow", "write", "paint", "strike", "stir")
_SIDED = (*_TOOLS, "grasp")
"""What left-handers do with the other hand."""
_SWINGS = 0.24
"""From what a tool strikes back to the elbow about which it is swung, against body height."""
_HAND, _STRETCHED = 0.085, 0.86
"""From the wrist to the tips of bent fingers, against body height; share of an arm's length that is used."""
_FORWARD, _TRUNK, _LEANS = 0.1, 0.29, 0.5
"""How far on a seat one moves forward, and from hips to shoulders, against body height; lean at most."""


@dataclass(frozen=True, eq=False)
class Instrument:
    """What is played, over time: origin (T, 3) and axes (T, 3, 3) of the frame that `Play` speaks of."""

    origin: Array
    axes: Array

    def points(self, local: Array) -> Array:
        """(T, 3) of points (T, 3) of its frame."""
        return self.origin + turns.turned(self.axes, local)

    def directed(self, local: Array) -> Array:
        """(T, 3) of one direction (3,) of its frame."""
        return np.asarray(self.axes @ (local / np.linalg.norm(local)))


def playing(world: World, figure: PlacedFigure, actor: Actor, controls: Controls, times: Array) -> Controls:
    """The same with hands where the figure's motions play, as long as they do."""
    for direction in sorted(figure.directions, key=lambda d: d.start_s):
        motion = acting.motion_of(direction)
        if motion is None or not motion.entry.plays:
            continue
        until = _ends(figure, direction)
        here = np.flatnonzero((times >= direction.start_s) & (times < until + _AWAY_S))
        if len(here) < 2:
            continue
        share = 1.0 - eased((times - until + _AWAY_S) / _AWAY_S)
        controls = _closer(world, figure, actor, controls, times, (motion.entry, direction), share)
        for play in motion.entry.plays:
            controls = _played(world, figure, actor, controls, times, (motion.entry, play, direction), share)
    return controls


def _ends(figure: PlacedFigure, direction: Direction) -> float:
    """When something else is asked of the body."""
    later = [
        d.start_s
        for d in figure.directions
        if d.start_s > direction.start_s and (d.action is direction.action or d.path)
    ]
    return min([direction.end_s or np.inf, *later])


def _closer(
    world: World,
    figure: PlacedFigure,
    actor: Actor,
    controls: Controls,
    times: Array,
    told: tuple[MotionEntry, Direction],
    share: Array,
) -> Controls:
    """Somebody who sits down, or leans, so near to what they play that both hands reach all of it."""
    entry, direction = told
    body, held = actor.body, {g.body for g in world.grips if g.figure == figure.name}
    found = torso(body, controls)
    front = -found.turns["root"][..., 1] * [1.0, 1.0, 0.0]
    lacks = np.zeros(len(times))
    for play in entry.plays:
        thing = _nearest(world, figure, play.thing)
        instrument = _instrument(world, figure, actor, controls, play)
        if thing is None or instrument is None or thing.name in held:
            continue
        ends = [np.broadcast_to(np.array(p, float), (len(times), 3)) for p in (play.begin, play.end)]
        length = _HAND * body.height_m
        side = int((play.hand == "r") != (figure.person.left_handed and play.how in _TOOLS))
        arm = _STRETCHED * float(body.upper_arm[side] + body.forearm[side]) + length
        for end in ends:
            away = instrument.points(end) - found.heads[f"upperarm01.{SIDES[side]}"]
            ahead = np.einsum("ti,ti->t", away, front)
            beside = np.maximum(arm**2 - (away**2).sum(-1) + ahead**2, 0.0)
            lacks = np.maximum(lacks, ahead - np.sqrt(beside))
    weight = np.where(times >= direction.start_s, share, 0.0) * controls.grip.max(1)
    sits = acting.motion_of(direction)
    room = _FORWARD * body.height_m if sits is not None and sits.score.base == "sit" else 0.0
    moved = weight * np.clip(lacks, 0.0, room)
    rest = weight * np.clip(lacks - room, 0.0, None)
    bend = np.clip(np.arctan2(rest, _TRUNK * body.height_m), 0.0, _LEANS)
    lean = np.stack([np.zeros_like(bend), bend, np.zeros_like(bend)], -1)
    return replace(
        controls,
        hips=controls.hips + moved[:, None] * front,
        thorax=controls.thorax + lean,
        head=controls.head + 0.7 * lean,
    )


def _played(
    world: World,
    figure: PlacedFigure,
    actor: Actor,
    controls: Controls,
    times: Array,
    told: tuple[MotionEntry, Play, Direction],
    share: Array,
) -> Controls:
    entry, play, direction = told
    # Who is left-handed writes and bows with the left hand; keys and frets are the same for all.
    turned_round = figure.person.left_handed and any(one.how in _SIDED for one in entry.plays)
    column = int((play.hand == "r") != turned_round)
    if turned_round:
        play = _mirrored(play, before=play.thing in entry.before)
    instrument = _instrument(world, figure, actor, controls, play)
    if instrument is None:
        return controls
    weight = np.where(times >= direction.start_s, share, 0.0) * (controls.grip[:, column] > 0)
    if play.how == "grasp":
        return _grasped(actor, controls, play, instrument, column, weight)
    if play.how == "lever":
        grip = _tool(world, figure, column, None)
        return controls if grip is None else _levered(actor, controls, play, instrument, grip, weight)
    clock = (times - direction.start_s) * acting.tempo(direction)
    rng = np.random.default_rng([figure.person.seed, zlib.crc32(f"{entry.id} {play.hand}".encode())])
    way = rhythm.course(play, clock, rng)
    target = _target(play, instrument, way)
    if play.how in _TOOLS:
        grip = _tool(world, figure, column, direction)
        return controls if grip is None else _led(actor, controls, play, instrument, way, grip, weight)
    return _fingered(actor, controls, play, instrument, way, column, target, weight)


def _mirrored(play: Play, *, before: bool) -> Play:
    """The same by left-handers: on a fiddle that is held the other way round, on what lies before them and on
    paper with the other hand; they write from left to right too."""
    if play.how in ("write", "paint", "grasp"):
        return play
    signs = (-1, 1, 1) if before or play.how == "rest" else (1, -1, 1)
    names = ("begin", "end", "press", "fingers", "palm", "along")
    told = {name: value for name in names if (value := getattr(play, name)) is not None}
    mirrored = {name: tuple(s * v for s, v in zip(signs, value, strict=True)) for name, value in told.items()}
    return play.model_copy(update=mirrored)


def _instrument(
    world: World, figure: PlacedFigure, actor: Actor, controls: Controls, play: Play
) -> Instrument | None:
    """The nearest thing of its kind, standing, carried by the player's own body or in the other hand."""
    body = _nearest(world, figure, play.thing)
    if body is None:
        return None
    count = len(controls.hips)
    grip = next((g for g in world.grips if g.body == body.name and g.figure == figure.name), None)
    if grip is None or (grip.part.startswith("hand") and play.how != "grasp"):
        position = np.broadcast_to(np.array(body.position), (count, 3))
        axes = np.broadcast_to(rotation_matrix(body.orientation), (count, 3, 3))
    else:
        root, pose, _ = solve(actor.body, controls)
        position, turn = held(figure.physique, grip.part, grip.position, grip.orientation, root, pose)
        axes = turns.of_quaternions(turn)
        if body.part.joint is not None and body.part.joint.kind == "slide":
            # Hips and feet of a rower take a boat along, but do not turn it.
            keel = rotation_matrix(body.orientation) @ np.array(body.part.joint.axis, float)
            position = np.array(body.position) + np.outer((position - position[0]) @ keel, keel)
            axes = np.broadcast_to(rotation_matrix(body.orientation), (count, 3, 3))
    # Plays are told in the frame of the whole thing, of which the body is a part.
    own = rotation_matrix(body.part.orientation)
    axes = axes @ own.T
    return Instrument(position - turns.turned(axes, np.array(body.part.position, float)), axes)


def _nearest(world: World, figure: PlacedFigure, thing: str) -> Body | None:
    props = {prop.id for prop in world.screenplay.props if prop.thing == thing}
    found = [body for body in world.bodies if body.prop in props and body.parent is None]
    own = [
        body for body in found if any(g.body == body.name and g.figure == figure.name for g in world.grips)
    ]
    here = np.array(figure.position)
    return min(own or found, key=lambda b: float(np.linalg.norm(b.position - here)), default=None)


def _tool(world: World, figure: PlacedFigure, side: int, direction: Direction | None) -> Grip | None:
    """What a hand works with; without a direction, whatever it holds."""
    part = f"hand_{'lr'[side]}"
    mine = [g for g in world.grips if g.figure == figure.name and g.part == part]
    return next((g for g in mine if direction is None or g.body in direction.using), None)


def _target(play: Play, instrument: Instrument, way: rhythm.Course) -> Array:
    """(T, 3) where tips are to be, in the world."""
    begin, end, press = (np.array(v, float) for v in (play.begin, play.end, play.press))
    press = press / np.linalg.norm(press)
    across = np.cross(press, end - begin)
    across = across / max(float(np.linalg.norm(across)), 1e-9)
    local = begin + way.along[:, None] * (end - begin)
    return instrument.points(local + way.across[:, None] * across - way.away[:, None] * press)


def _led(
    actor: Actor,
    controls: Controls,
    play: Play,
    instrument: Instrument,
    way: rhythm.Course,
    grip: Grip,
    weight: Array,
) -> Controls:
    """A hand whose tool touches with its tip; a bow lies on the strings as `play.along` says."""
    side = 0 if grip.part == "hand_l" else 1
    target = _target(play, instrument, way)
    if play.along is not None and way.raised is not None:
        target = target + _swung(actor, play, instrument, way.raised)
    tip = np.array(play.tip, float)
    frog = tip if play.frog is None else np.array(play.frog, float)
    touching = tip + way.drawn[:, None] * (frog - tip)
    place, turn = np.array(grip.position), np.array(grip.orientation)
    if side:
        place, turn = place * [-1, 1, 1], turn * [1, 1, -1, -1]
    in_hand = rotation_matrix((turn[0], turn[1], turn[2], turn[3]))
    rest = frames(actor.physique)[grip.part]
    axes_at_rest = rotation_matrix((rest.axes[0], rest.axes[1], rest.axes[2], rest.axes[3]))
    changed = controls
    if play.along is not None:
        x, up = _raised(play, instrument, way)
        lift = np.array(play.lift, float)
        own = turns.frame(tip - frog, lift)
        hand = turns.frame(x, up) @ own.T @ in_hand.T
        changed = turned_to(changed, side, OUTWARD[side] * hand[..., 0], hand[..., 2], weight)
    bone = rest.origin - actor.body.rig.heads[rest.bone]

    def tips(found: Skeleton) -> Array:
        name = f"wrist.{SIDES[side]}"
        hand = found.turns[name]
        local = bone + (place + touching @ in_hand.T) @ axes_at_rest.T
        return np.asarray(found.heads[name] + turns.turned(hand, local))

    changed = brought(actor, changed, side, tips, target, weight)
    if play.along is not None:
        return changed
    bends = np.broadcast_to(_TRIPOD, (len(weight), rhythm.FINGERS))
    return _bent(changed, side, bends, weight, np.arange(rhythm.FINGERS, dtype=np.int32))


def _grasped(
    actor: Actor, controls: Controls, play: Play, instrument: Instrument, side: int, weight: Array
) -> Controls:
    """A hand that has closed about the shaft of what the other one holds."""
    begin, end = (np.array(point, float) for point in (play.begin, play.end))
    target = instrument.points(np.broadcast_to(begin, (len(weight), 3)))

    def middle(found: Skeleton) -> Array:
        return shafts.hollow(actor, found, side)

    for _ in range(2):
        controls = brought(actor, controls, side, middle, target, weight)
        found = solve(actor.body, controls)[2]
        along, thumb = shafts.clasp(actor, found, side, instrument.directed(end - begin))
        controls = turned_to(controls, side, along, thumb, weight)
    return brought(actor, controls, side, middle, target, weight)


def _levered(
    actor: Actor, controls: Controls, play: Play, instrument: Instrument, grip: Grip, weight: Array
) -> Controls:
    """A hand that goes round a lock with what it holds, and turns as that does."""
    side = 0 if grip.part == "hand_l" else 1
    lock = instrument.points(np.broadcast_to(np.array(play.begin, float), (len(weight), 3)))
    shaft = np.array(play.tip, float) - np.array(play.frog or (0.0, 0.0, 0.0), float)

    def middle(found: Skeleton) -> Array:
        return shafts.hollow(actor, found, side)

    way = turns.unit(lock - middle(solve(actor.body, controls)[2]))
    for _ in range(2):
        controls = brought(actor, controls, side, middle, lock - np.linalg.norm(shaft) * way, weight)
        found = solve(actor.body, controls)[2]
        along, thumb = shafts.levered(actor, found, side, grip, shaft, way)
        controls = turned_to(controls, side, along, thumb, weight)
    return controls


def _raised(play: Play, instrument: Instrument, way: rhythm.Course) -> tuple[Array, Array]:
    """(T, 3) where a tool points, and what is above it, swung up by as much as its course says."""
    x = instrument.directed(np.array(play.along, float))
    up = instrument.directed(-np.array(play.press, float))
    if way.raised is None:
        return x, up
    up = turns.unit(up - (up * x).sum(-1, keepdims=True) * x)
    cos, sin = np.cos(way.raised)[:, None], np.sin(way.raised)[:, None]
    return cos * x + sin * up, cos * up - sin * x


def _swung(actor: Actor, play: Play, instrument: Instrument, raised: Array) -> Array:
    """(T, 3) from where a tool strikes to where its tip is, swung up about the elbow."""
    x = instrument.directed(np.array(play.along, float))
    up = instrument.directed(-np.array(play.press, float))
    cos, sin = np.cos(raised)[:, None], np.sin(raised)[:, None]
    return np.asarray(_SWINGS * actor.body.height_m * ((cos - 1) * x + sin * up))


def _fingered(
    actor: Actor,
    controls: Controls,
    play: Play,
    instrument: Instrument,
    way: rhythm.Course,
    side: int,
    target: Array,
    weight: Array,
) -> Controls:
    """A hand whose fingers come down on what they press."""
    changed = controls
    if play.fingers is not None and play.palm is not None:
        along = instrument.directed(np.array(play.fingers, float))
        palm = instrument.directed(np.array(play.palm, float))
        changed = turned_to(changed, side, along, turns.cross(palm, along) * OUTWARD[side], weight)
    ends = np.stack([phalanges(actor.body, side, float(bend))[:, -1] for bend in _BENDS], 1)
    ends = ends - actor.body.wrist[side]
    touch = slice(1, 3) if play.how == "strum" else slice(1, 5)
    usual = ends[touch, int(np.abs(_BENDS - play.curl).argmin())].mean(0)
    up = -instrument.directed(np.array(play.press, float))
    pad = _PAD * actor.body.height_m
    name = f"wrist.{SIDES[side]}"

    def tips(found: Skeleton) -> Array:
        return np.asarray(found.heads[name] + found.turns[name] @ usual)

    deep = _DEEP * actor.body.height_m if play.how == "keys" else 0.0
    changed = brought(actor, changed, side, tips, target + (pad - deep) * up, weight)
    if play.how == "strum":
        bends = np.full((len(weight), rhythm.FINGERS), play.curl)
        bends[:, 0] = 0.3
        return _bent(changed, side, bends, weight, np.arange(rhythm.FINGERS, dtype=np.int32))
    _, _, found = solve(actor.body, changed)
    away = np.einsum("tij,fbj->tfbi", found.turns[name], ends) + (found.heads[name] - target)[:, None, None]
    height = np.einsum("tfbi,ti->tfb", away, up) - pad
    height += way.away[:, None, None]
    wish = play.hover_m * (1 - way.pressed)
    cost = np.abs(height - wish[..., None]) + _KEEPS * np.abs(_BENDS - play.curl)
    bends = _BENDS[cost.argmin(-1)]
    of = np.arange(1, rhythm.FINGERS, dtype=np.int32)
    return _bent(changed, side, gaussian_filter1d(bends, 0.7, axis=0, mode="nearest"), weight, of)


def _bent(controls: Controls, side: int, bends: Array, weight: Array, of: IntArray) -> Controls:
    fingers = controls.fingers.copy()
    share = (weight * controls.grip[:, side])[:, None]
    fingers[:, side, of] += share * (bends[:, of] - fingers[:, side, of])
    return replace(controls, fingers=fingers)


def turned_to(controls: Controls, side: int, along: Array, thumb: Array, weight: Array) -> Controls:
    """The same with a hand turned to directions (T, 3) to knuckles and thumb, by a share (T,)."""
    told = {}
    for name, goal in (("hand_along", along), ("hand_thumb", turns.unit(thumb))):
        values = getattr(controls, name).copy()
        values[:, side] = turns.unit(values[:, side] + weight[:, None] * (goal - values[:, side]))
        told[name] = values
    return replace(controls, **told)


def brought(
    actor: Actor,
    controls: Controls,
    side: int,
    tips: Callable[[Skeleton], Array],
    target: Array,
    weight: Array,
) -> Controls:
    """The same with a hand moved until what `tips` finds of a solved body is at the target (T, 3)."""
    there = weight > 0
    grip, hands = controls.grip.copy(), controls.hands.copy()
    grip[:, side] = np.where(there, np.ceil(grip[:, side]), grip[:, side])
    for _ in range(_ROUNDS):
        found = solve(actor.body, replace(controls, grip=grip, hands=hands))[2]
        wrist = found.heads[f"wrist.{SIDES[side]}"] + target - tips(found)
        hands[:, side] = np.where(there[:, None], wrist, hands[:, side])
    before = controls.hands[:, side]
    hands[:, side] = before + weight[:, None] * (hands[:, side] - before)
    return replace(controls, hands=hands)
