"""Hands that close about what they hold: each finger as far as the shape of the thing lets it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from scipy.ndimage import gaussian_filter1d

from lichtspiel.library.asset import Array, Part, Quat, Shape
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import frames, held
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.doorway import through_door
from lichtspiel.motion.fingers import phalanges
from lichtspiel.motion.playing import playing
from lichtspiel.motion.pouring import pouring
from lichtspiel.motion.solve import solve
from lichtspiel.motion.taking import taking
from lichtspiel.motion.tracks import eased
from lichtspiel.stage.world import Grip, PlacedFigure, World

_BENDS = np.linspace(0.0, 1.15, 24)
_FINGER = 0.0046
"""Radius of a finger against body height (after Buchholz et al., 1992)."""
_AROUND_S = 0.25
_BESIDE = 0.1
_CLOSE_S, _NEARER_M = 0.12, 0.12
"""How long before a ball is there hands begin to close on it, and how far each goes for that at most."""
_LOOSE = 0.62
"""How far fingers close that find nothing to close about."""


def holding(world: World, figure: PlacedFigure, actor: Actor, controls: Controls, times: Array) -> Controls:
    """The same with fingers about what the figure holds, as long as it holds it."""
    fingers = controls.fingers.copy()
    for grip in world.grips:
        if grip.figure != figure.name or grip.part not in ("hand_l", "hand_r", "hands"):
            continue
        body = next((body for body in world.bodies if body.name == grip.body), None)
        if body is None:
            continue
        if grip.part == "hands":
            controls = _clasped(figure, actor, controls, times, grip, body.part)
            continue
        side = 0 if grip.part == "hand_l" else 1
        bends = closed(actor, body.part, grip.position, grip.orientation, side)
        begins = np.ones(len(times)) if grip.start_s <= 0 else eased((times - grip.start_s) / _AROUND_S + 1)
        share = begins * (1 - eased((times - grip.end_s) / _AROUND_S + 0.5))
        share = gaussian_filter1d(share, 1.0, mode="nearest")[:, None]
        fingers[:, side] += share * (bends - fingers[:, side])
    controls = playing(world, figure, actor, replace(controls, fingers=fingers), times)
    controls = pouring(world, figure, actor, controls, times)
    controls = taking(world, figure, actor, controls, times)
    return through_door(world, figure, actor, controls, times)


def _clasped(
    figure: PlacedFigure, actor: Actor, controls: Controls, times: Array, grip: Grip, part: Part
) -> Controls:
    """Both hands as far from each other as a ball between them is wide."""
    if not part.shapes or any(shape.kind != "sphere" for shape in part.shapes):
        return controls
    wide = 2 * max(float(shape.size[0]) for shape in part.shapes)
    root, pose, _ = solve(actor.body, controls)
    still = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0))
    left, right = (held(figure.physique, side, *still, root, pose)[0] for side in ("hand_l", "hand_r"))
    apart = np.linalg.norm(left - right, axis=-1, keepdims=True)
    begins = np.ones(len(times)) if grip.start_s <= 0 else eased((times - grip.start_s) / _CLOSE_S + 1)
    share = begins * (1 - eased((times - grip.end_s) / _AROUND_S + 0.5))
    amount = np.clip(0.5 * (wide - apart), -_NEARER_M, _NEARER_M) * share[:, None]
    outward = amount * (left - right) / np.maximum(apart, 1e-6)
    moved = controls.hands + np.stack([outward, -outward], 1)
    return replace(controls, hands=moved)


def closed(actor: Actor, part: Part, position: tuple[float, ...], orientation: Quat, side: int) -> Array:
    """(5,) bends of the fingers of a side about a part that lies in its palm as `stage.world.Grip` says."""
    place, turn = np.asarray(position, float), np.asarray(orientation, float)
    frame = frames(actor.physique)[f"hand_{'lr'[side]}"]
    if side:
        place, turn = place * [-1, 1, 1], turn * [1, 1, -1, -1]
    hand = rotation_matrix(_quat(frame.axes))
    axes = hand @ rotation_matrix(_quat(turn))
    origin = frame.origin + hand @ place
    points = (_fingers(actor.body, side) - origin) @ axes
    radius = _FINGER * actor.body.height_m
    depth = np.full(points.shape[:3], np.inf)
    for shape in part.shapes:
        if shape.kind != "plane":
            depth = np.minimum(depth, _outside(shape, points) - radius)
    touches = (depth.min(2) < 0.0).any(1)
    bends = _BENDS[np.maximum((depth.min(2) < 0.0).argmax(1) - 1, 0)]
    if not touches[1:].any():
        return np.where(touches, bends, _LOOSE)
    # A finger beside the thing lies along with those that hold it.
    beside = min(float(bends[1:][touches[1:]].mean()) + _BESIDE, 1.0)
    return np.where(touches, bends, [min(beside, _LOOSE), *[beside] * 4])


def _quat(turn: Array) -> Quat:
    w, x, y, z = (float(v) for v in turn)
    return (w, x, y, z)


@lru_cache(maxsize=128)
def _fingers(body: Anatomy, side: int) -> Array:
    """(5, B, P, 3) points along the outer two bones of each finger, of a body at rest, bent by each bend."""
    return np.stack([phalanges(body, side, float(bend)) for bend in _BENDS], 1)


def _outside(shape: Shape, points: Array) -> Array:
    """Distances (...) of points (..., 3) of a part's frame from a shape; negative within."""
    local = (points - np.array(shape.position)) @ rotation_matrix(shape.orientation)
    size = np.array(shape.size, float)
    if shape.kind == "sphere":
        return np.asarray(np.linalg.norm(local, axis=-1) - size[0])
    if shape.kind == "ellipsoid":
        return np.asarray((np.linalg.norm(local / size, axis=-1) - 1.0) * size.min())
    if shape.kind == "capsule":
        along = np.clip(local[..., 2], -size[1], size[1])
        return np.asarray(np.linalg.norm(local - along[..., None] * [0.0, 0.0, 1.0], axis=-1) - size[0])
    if shape.kind == "cylinder":
        off = np.stack([np.hypot(local[..., 0], local[..., 1]), np.abs(local[..., 2])], -1) - size
    elif shape.kind == "hull" and shape.vertices is not None:
        low, high = shape.vertices.min(0), shape.vertices.max(0)
        off = np.abs(local - (low + high) / 2) - (high - low) / 2
    else:
        off = np.abs(local) - size
    outer = np.linalg.norm(np.maximum(off, 0.0), axis=-1)
    return np.asarray(outer + np.minimum(off.max(-1), 0.0))
