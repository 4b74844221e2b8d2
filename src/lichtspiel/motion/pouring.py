"""A hand that pours: the spout of what it holds is led over each vessel and tilted while the liquid runs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import frames
from lichtspiel.motion import turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import OUTWARD, SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.playing import brought, turned_to
from lichtspiel.motion.solve import Skeleton
from lichtspiel.motion.tracks import eased
from lichtspiel.stage.world import Grip, PlacedFigure, Stream, World

_CLEAR_M = 0.045
"""The spout's mouth above the rim of what is filled."""
_RISE_M, _LIFT_M = 0.05, 0.06
"""How much higher the spout comes to a vessel than it is while it pours, and goes on the way to the next."""
_CARRIED_RAD = np.radians(42.0)
"""Tilt of what is poured from on the way from one vessel to the next."""
_COMES_S, _TILTS_S, _RIGHTS_S, _LEAVES_S = 0.9, 0.5, 0.3, 0.9
"""From where the hand was to the vessel; into the tilt; out of it; away from the last vessel."""
_AHEAD = 0.35
"""How far the spout points ahead of who pours, against to their other side."""
_LEAST_PULL = 0.3
"""m/s², below which nobody pours into a cup."""
_BACK, _RAISED = 0.4, 0.8
"""How far behind the body's side the elbow is, and above it."""


@dataclass(frozen=True, eq=False)
class _Way:
    """Where the spout's mouth is (T, 3), how far it is tilted (T,), and how much the hand goes by it (T,)."""

    mouth: Array
    tilt: Array
    weight: Array


def pouring(world: World, figure: PlacedFigure, actor: Actor, controls: Controls, times: Array) -> Controls:
    """The same with hands that lead what the figure pours from over what it fills."""
    for grip in world.grips:
        streams = [one for one in world.streams if one.source == grip.body and grip.figure == figure.name]
        if streams and grip.part in ("hand_l", "hand_r"):
            controls = _led(world, figure, actor, controls, times, (grip, streams))
    return controls


def _led(
    world: World,
    figure: PlacedFigure,
    actor: Actor,
    controls: Controls,
    times: Array,
    told: tuple[Grip, list[Stream]],
) -> Controls:
    grip, streams = told
    side = 0 if grip.part == "hand_l" else 1
    left = np.array([np.cos(figure.yaw), np.sin(figure.yaw), 0.0])
    ahead = np.array([np.sin(figure.yaw), -np.cos(figure.yaw), 0.0])
    across = -OUTWARD[side] * left
    level = turns.unit(across + _AHEAD * ahead)
    outlet, along = np.array(streams[0].outlet), np.array(streams[0].along)
    spout = turns.unit(outlet * [1.0, 1.0, 0.0])
    way = _way(world, streams, times, level, (float(along @ spout), float(along[2])))
    up = np.array([0.0, 0.0, 1.0])
    cos, sin = np.cos(way.tilt)[:, None], np.sin(way.tilt)[:, None]
    x, z = cos * level - sin * up, cos * up + sin * level
    place, turn = np.array(grip.position), np.array(grip.orientation)
    if side:
        place, turn = place * [-1, 1, 1], turn * [1, 1, -1, -1]
    in_hand = rotation_matrix((turn[0], turn[1], turn[2], turn[3]))
    own = turns.frame(spout, np.array([0.0, 0.0, 1.0]))
    hand = turns.frame(x, z) @ own.T @ in_hand.T
    # A hand that tilts what it holds does so from an elbow that is raised.
    elbow = -across - _BACK * ahead + _RAISED * up
    poles = controls.elbow_poles.copy()
    poles[:, side] += way.weight[:, None] * (elbow - poles[:, side])
    changed = replace(controls, elbow_poles=poles)
    changed = turned_to(changed, side, OUTWARD[side] * hand[..., 0], hand[..., 2], way.weight)
    rest = frames(actor.physique)[grip.part]
    axes = rotation_matrix((rest.axes[0], rest.axes[1], rest.axes[2], rest.axes[3]))
    local = rest.origin - actor.body.rig.heads[rest.bone] + axes @ (place + in_hand @ outlet)

    def mouth(found: Skeleton) -> Array:
        name = f"wrist.{SIDES[side]}"
        return np.asarray(found.heads[name] + found.turns[name] @ local)

    return brought(actor, changed, side, mouth, way.mouth, way.weight)


def _way(
    world: World, streams: list[Stream], times: Array, level: Array, points: tuple[float, float]
) -> _Way:
    """level: where the spout points, seen from above; points: forward and upward, how its mouth does when
    upright."""
    full = streams[0].tilt_rad
    height, tilt = np.zeros(len(times)), np.zeros(len(times))
    mouth = np.zeros((len(times), 3))
    places = [_above(world, stream, level, points) for stream in streams]
    mouth[:] = places[0]
    for before, after, here, there in zip(streams, streams[1:], places, places[1:], strict=False):
        goes = before.end_s + _RIGHTS_S
        share = eased((times - goes) / max(after.start_s - _TILTS_S - goes, 0.1))[:, None]
        mouth = np.where(times[:, None] > goes, here + share * (there - here), mouth)
        height += _LIFT_M * 4 * (share * (1 - share))[:, 0]
    for stream in streams:
        share = eased((times - stream.start_s) / _TILTS_S + 1) * (
            1 - eased((times - stream.end_s) / _RIGHTS_S)
        )
        tilt = np.maximum(tilt, _CARRIED_RAD + share * (full - _CARRIED_RAD))
        height = height + _RISE_M / len(streams) * (1 - share)
    first, last = streams[0].start_s, streams[-1].end_s
    come = eased((times - first + _COMES_S) / (_COMES_S - 0.5 * _TILTS_S))
    left = eased((times - last - 0.5 * _RIGHTS_S) / _LEAVES_S)
    return _Way(mouth + height[:, None] * [0.0, 0.0, 1.0], tilt, come * (1 - left))


def _above(world: World, stream: Stream, level: Array, points: tuple[float, float]) -> Array:
    """Where the mouth is so that the jet falls into the middle of the vessel."""
    vessel = world.body(stream.vessel)
    tall = float(vessel.part.mesh.vertices[:, 2].max()) if vessel.part.mesh is not None else 0.0
    speed, tilt, (forward, upward) = stream.speed_m_s, stream.tilt_rad, points
    ahead = speed * (forward * np.cos(tilt) + upward * np.sin(tilt))
    rises = speed * (upward * np.cos(tilt) - forward * np.sin(tilt))
    drop = _CLEAR_M + 0.5 * tall
    pull = max(float(np.linalg.norm(world.gravity)), _LEAST_PULL)
    falls_s = (rises + np.sqrt(rises**2 + 2 * pull * drop)) / pull
    place = np.array(vessel.position) + [0.0, 0.0, tall + _CLEAR_M]
    return np.asarray(place - ahead * falls_s * level)
