"""From rehearsed performances to what the figures are to things."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy.interpolate import CubicSpline

from lichtspiel.library import bows, canter
from lichtspiel.library.asset import Array, Quat, Shape, Vec3
from lichtspiel.library.people.holds import held, span
from lichtspiel.library.people.segments import Capsule, segments
from lichtspiel.physics.cast import Cast, Hand, Limb, Track, Tread
from lichtspiel.physics.mechanism import RATE_HZ
from lichtspiel.physics.rotation import conjugate, product, rotate
from lichtspiel.stage.world import Body, Canter, Grip, Kick, PlacedFigure, World
from lichtspiel.take import Performance

SKIN = "skin"
NEAR_M, FAR_M = 3.0, 9.0
"""A figure that never comes so near to anything that can move, or is sent on its way, does not meet it."""
_MOST = 12
"""Figures at most whose limbs are in the way of things."""
_STARTLED_S = 0.15
"""From losing one's feet to letting go of what one holds."""
_SMOOTH_S = 0.03
"""Accelerations of a centre of mass are measured over twice this."""


def cast_of(world: World, rehearsal: Mapping[str, Performance]) -> Cast:
    """What the figures of a world are to its things as they were rehearsed."""
    count = int(np.ceil(world.duration_s * RATE_HZ - 1e-6)) + 1
    limbs: list[Limb] = []
    treads: list[Tread] = []
    near = _in_reach(world, rehearsal)
    for figure in world.figures:
        performance = rehearsal.get(figure.name)
        if performance is None:
            continue
        if figure.name in near:
            limbs += _limbs(figure, performance, count)
        ground = next((body for body in world.bodies if body.name == figure.ground), None)
        if ground is not None and ground.moves:
            treads.append(_tread(world, figure, performance, ground, count))
    hands = tuple(
        Hand(grip, _led(world.figure(grip.figure), grip, rehearsal[grip.figure], count))
        for grip in (_dropped(grip, rehearsal) for grip in world.grips)
        if grip.figure in rehearsal
    )
    horses = tuple(hand for told in world.canters for hand in _cantering(told, world.duration_s, count))
    return Cast(tuple(limbs), (*hands, *horses), tuple(treads))


def _cantering(told: Canter, duration_s: float, count: int) -> list[Hand]:
    """Every piece of a horse that goes by itself, on its way."""
    times = np.arange(int(np.ceil(duration_s * RATE_HZ)) + 2) / RATE_HZ
    way_m = told.speed_m_s * times
    stride = canter.strides(way_m, RATE_HZ)
    places = np.array(told.start) + way_m[:, None] * np.array(told.heading)
    places[:, 2] += canter.rise(*stride)
    # A thing faces -y before it is turned.
    half = 0.5 * np.arctan2(told.heading[0], -told.heading[1])
    turned = np.broadcast_to([np.cos(half), 0.0, 0.0, np.sin(half)], (len(times), 4))
    posed = canter.posed(*stride)
    hands = []
    for body, piece in told.pieces:
        offset, turn = posed[piece]
        gone = Performance(RATE_HZ, places + rotate(turned, offset), product(turned, turn)[:, None])
        grip = Grip("", "seat", body, 0.0, np.inf, gait_of=piece)
        hands.append(Hand(grip, track_of(gone, gone.root, gone.pose[:, 0], count)))
    return hands


def at_rate(performance: Performance, values: Array, count: int) -> tuple[Array, Array]:
    """Values (T, K) of a performance's samples at the rate of a take, and their slopes, (N, K) each.

    Smooth in each shot, and elsewhere at once at its cuts.
    """
    given = np.arange(len(values)) / performance.rate_hz
    times = np.arange(count) / RATE_HZ
    found, slopes = np.empty((count, values.shape[1])), np.empty((count, values.shape[1]))
    bounds = [0.0, *sorted(performance.cuts), np.inf]
    for low, high in itertools.pairwise(bounds):
        wanted = (times >= low) & (times < high)
        mine = (given >= low - 1e-9) & (given < high - 1e-9)
        if not wanted.any():
            continue
        if mine.sum() < 2:
            nearest = int(np.clip(np.searchsorted(given, low), 0, len(given) - 1))
            found[wanted], slopes[wanted] = values[nearest], 0.0
            continue
        spline = CubicSpline(given[mine], values[mine], bc_type="natural")
        within = np.clip(times[wanted], given[mine][0], given[mine][-1])
        found[wanted] = spline(within)
        slopes[wanted] = np.where((within == times[wanted])[:, None], spline(within, 1), 0.0)
    return found, slopes


def track_of(performance: Performance, positions: Array, orientations: Array, count: int) -> Track:
    """The track of a frame that is at these positions (T, 3) and orientations (T, 4) of a performance."""
    agree = np.sign((orientations[1:] * orientations[:-1]).sum(-1))
    signs = np.concatenate([[1.0], np.cumprod(np.where(agree == 0, 1.0, agree))])
    values, slopes = at_rate(performance, np.hstack([positions, orientations * signs[:, None]]), count)
    length = np.linalg.norm(values[:, 3:], axis=1, keepdims=True)
    turns, rates = values[:, 3:] / length, slopes[:, 3:] / length
    spins = 2 * product(rates, conjugate(turns))[:, 1:]
    return Track(values[:, :3], turns, slopes[:, :3], spins)


def _in_reach(world: World, rehearsal: Mapping[str, Performance]) -> set[str]:
    """Figures that things may meet: who holds some, then those who come nearest to what moves."""
    sent = {c.body for c in world.controls if isinstance(c, Kick)} | {grip.body for grip in world.grips}
    moving = [body for body in world.bodies if body.moves]
    if not moving:
        return set()
    places = np.array([body.position[:2] for body in moving])
    reach = np.array([FAR_M if b.name in sent or any(b.velocity) else NEAR_M for b in moving])
    gripping = {grip.figure for grip in world.grips}
    gaps: dict[str, float] = {}
    for name, performance in rehearsal.items():
        way = performance.root[:: max(int(performance.rate_hz / 8), 1), :2]
        apart = (np.linalg.norm(way[:, None] - places[None], axis=-1) - reach).min()
        if name in gripping or apart < 0:
            gaps[name] = -np.inf if name in gripping else float(apart)
    return set(sorted(gaps, key=lambda name: (gaps[name], name))[:_MOST])


def _limbs(figure: PlacedFigure, performance: Performance, count: int) -> list[Limb]:
    body = segments(figure.physique)
    heads, turns = body.carried(performance.root, performance.pose)
    limbs = []
    for number, segment in enumerate(body.all):
        track = track_of(performance, heads[:, number], turns[:, number], count)
        home = body.rig.heads[segment.bone]
        shapes = tuple(_shape(capsule, home) for capsule in segment.flesh)
        limbs.append(Limb(f"{figure.name}/{segment.name}", figure.name, shapes, track))
    return limbs


def _shape(capsule: Capsule, home: Array) -> Shape:
    """Flesh as a shape in the frame of a bone whose head is at `home` at rest."""
    middle = (capsule.start + capsule.end) / 2 - home
    half = float(np.linalg.norm(capsule.end - capsule.start)) / 2
    return Shape("capsule", (capsule.radius, half), SKIN, _vec3(middle), _up_to(capsule.end - capsule.start))


def _up_to(direction: Array) -> Quat:
    """The shortest turn from up to a direction."""
    x, y, z = direction / max(float(np.linalg.norm(direction)), 1e-12)
    if z < -1 + 1e-9:
        return (0.0, 1.0, 0.0, 0.0)
    turn = np.array([1 + z, -y, x, 0.0])
    turn /= np.linalg.norm(turn)
    return (float(turn[0]), float(turn[1]), float(turn[2]), float(turn[3]))


def _dropped(grip: Grip, rehearsal: Mapping[str, Performance]) -> Grip:
    """A grip that ends where its holder falls: hands open to catch the body."""
    falls = rehearsal[grip.figure].falls if grip.figure in rehearsal else ()
    starts = [fall.start_s + _STARTLED_S for fall in falls if fall.start_s > grip.start_s]
    return replace(grip, end_s=min([grip.end_s, *starts]))


def _led(figure: PlacedFigure, grip: Grip, performance: Performance, count: int) -> Track:
    place, turn = np.array(grip.position), np.array(grip.orientation)
    root, pose = performance.root, performance.pose
    if grip.gait_of in bows.HALVES:
        half_m = abs(grip.position[2])
        turn = bows.drawn(grip.gait_of, span(figure.physique, root, pose), half_m, turn)
        place = np.broadcast_to(place, root.shape)
    elif grip.gait_of:
        seat, _ = held(figure.physique, grip.part, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), root, pose)
        stride = canter.strides(canter.gone(seat), performance.rate_hz)
        places, turn = canter.posed(*stride)[grip.gait_of]
        place = place + places - canter.pieces()[grip.gait_of]
    places, turns = held(figure.physique, grip.part, place, turn, root, pose)
    return track_of(performance, places, turns, count)


def _tread(world: World, figure: PlacedFigure, performance: Performance, ground: Body, count: int) -> Tread:
    """The force of the feet: what moves the centre of mass, less the weight, acts on the ground."""
    body = segments(figure.physique)
    centres, _ = body.posed(performance.root, performance.pose)
    whole = np.einsum("s,tsk->tk", body.masses, centres) / body.mass_kg
    feet = [centres[:, body.index(name)] for name in ("foot_l", "foot_r")]
    values, slopes = at_rate(performance, np.hstack([whole, *feet]), count)
    span = max(int(_SMOOTH_S * RATE_HZ), 1)
    ahead = np.minimum(np.arange(count) + span, count - 1)
    behind = np.maximum(np.arange(count) - span, 0)
    gap = np.maximum(ahead - behind, 1)[:, None] / RATE_HZ
    acceleration = (slopes[ahead, :3] - slopes[behind, :3]) / gap
    gravity = np.asarray(world.gravity)
    forces = body.mass_kg * (gravity - acceleration)
    up = -gravity / max(float(np.linalg.norm(gravity)), 1e-9)
    # Feet push and do not pull.
    forces *= ((forces @ up) < 0)[:, None]
    left, right = values[:, 3:6], values[:, 6:9]
    line = right - left
    # Over the foot, or at the place between both, that the force leads through to the centre of mass.
    lean = forces / np.minimum(forces @ up, -1e-6)[:, None]
    height = ((values[:, :3] - (left + right) / 2) @ up)[:, None]
    through = values[:, :3] - height * lean
    share = ((through - left) * line).sum(1) / np.maximum((line * line).sum(1), 1e-6)
    lifted = np.clip((line @ up) / 0.06, -1.0, 1.0)
    share = np.clip(share, np.maximum(-lifted, 0.0), 1.0 - np.maximum(lifted, 0.0))
    points = left + share[:, None] * line
    # Rehearsed on a body that keeps still.
    local = rotate(conjugate(ground.orientation), points - np.asarray(ground.position))
    if _is_sprung(world, ground):
        # Staged where it bears who stands on it: it feels only what that load changes by.
        return Tread(ground.name, forces, local, (_vec3(forces[0]), _vec3(local[0])))
    return Tread(ground.name, forces, local)


def _is_sprung(world: World, body: Body) -> bool:
    """Whether springs carry a body: a float, a mat, a diving board."""
    while body.part.joint.stiffness <= 0 and body.parent is not None:
        body = world.body(body.parent)
    return body.part.joint.stiffness > 0


def _vec3(values: Array) -> Vec3:
    return (float(values[0]), float(values[1]), float(values[2]))
