"""What runs out of a tap or a spout, and the level to which it stands in what it fills.

A jet that falls freely grows faster and so thinner: its cross-section times its speed stays the flow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array, Mesh, Surface
from lichtspiel.library.mesh import loft, rotation_matrix
from lichtspiel.picture import animate
from lichtspiel.picture import scene as staging
from lichtspiel.picture.materials import Materials
from lichtspiel.stage.world import Stream, World
from lichtspiel.take import Take

_RINGS, _SIDES = 48, 16
_WAVE_M, _WAVE = 0.021, 0.09
"""Length of the waves that run down a jet (Rayleigh: 9 radii break it up first a long way down) and
their share of its radius near its end."""
_GAP_M = 0.0004
"""Between water and glass, so that neither lies in the other."""
_LEVELS = 60
_GRAVITY = 9.80665
_ACROSS = 0.9
"""A jet that goes less along an axis than this has its rings laid out from that axis."""


@dataclass(frozen=True, eq=False)
class Hollow:
    """The inside of a vessel: radii (N,) at heights (N,), and the volume up to each of them."""

    heights: Array
    radii: Array
    volumes: Array


def hollow_of(mesh: Mesh, floor: float, mouth: float) -> Hollow:
    """The inside of an upright vessel between two heights of its own frame, by its innermost wall."""
    heights = np.linspace(floor + _GAP_M, mouth - _GAP_M, _LEVELS)
    following = np.arange(1, len(mesh.corners) + 1)
    ends = np.cumsum(mesh.sizes)
    following[ends - 1] = ends - mesh.sizes
    start, end = mesh.vertices[mesh.corners], mesh.vertices[mesh.corners[following]]
    radii = []
    for height in heights:
        cut = (start[:, 2] - height) * (end[:, 2] - height) < 0
        share = (height - start[cut, 2]) / (end[cut, 2] - start[cut, 2])
        met = start[cut, :2] + share[:, None] * (end[cut, :2] - start[cut, :2])
        radii.append(float(np.hypot(*met.T).min()) if cut.any() else 0.0)
    wide = np.maximum(np.array(radii) - _GAP_M, 1e-4)
    slices = np.pi * (wide[1:] ** 2 + wide[:-1] ** 2) / 2 * np.diff(heights)
    return Hollow(heights, wide, np.concatenate([[0.0], np.cumsum(slices)]))


def add_streams(
    scene: Any, world: World, take: Take, count: int, times: Array, materials: Materials
) -> list[Any]:
    """Objects of every jet and of the liquid that it has filled in; they move."""
    made = []
    for number, stream in enumerate(world.streams, 1):
        body = world.body(stream.vessel)
        if body.part.mesh is None:
            continue
        heights = body.part.mesh.vertices[:, 2]
        hollow = hollow_of(body.part.mesh, stream.floor_m, float(heights.max()))
        jets, pools = [], []
        for time in times:
            level = level_at(hollow, stream, float(time))
            at, turn = _pose(world, take, body.name, float(time))
            jets.append(
                _jet(stream, *_outlet(world, take, stream, float(time)), float(at[2]) + level, float(time))
            )
            pools.append(_pool(hollow, level, filled=time > stream.start_s) @ turn.T + at)
        for name, rings in (("jet", jets), ("pool", pools)):
            shape = loft(rings[0])
            thing = staging.add_mesh(scene, f"{name} {number}", shape, (Surface(stream.liquid),), materials)
            animate.key_vertices(thing, (one.reshape(-1, 3) for one in rings), count)
            made.append(thing)
    return made


def _pose(world: World, take: Take, name: str, time_s: float) -> tuple[Array, Array]:
    """Position (3,) and axes (3, 3) of a body."""
    body = world.body(name)
    position, turn = take.pose(name, time_s) if name in take.names else (body.position, body.orientation)
    w, x, y, z = (float(v) for v in turn)
    return np.array(position, float), rotation_matrix((w, x, y, z))


def _outlet(world: World, take: Take, stream: Stream, time_s: float) -> tuple[Array, Array]:
    """Where it runs out, and how fast (3,), m/s; of what has ended, where it last did."""
    place, along = np.array(stream.outlet), np.array(stream.along)
    if stream.source is not None:
        at, turn = _pose(world, take, stream.source, min(time_s, stream.end_s))
        place, along = at + turn @ place, turn @ along
    return place, stream.speed_m_s * along


def level_at(hollow: Hollow, stream: Stream, time_s: float) -> float:
    """Height of the water in the vessel's frame, metres."""
    ran = np.clip(time_s, stream.start_s, stream.end_s) - stream.start_s
    volume = max(float(ran) * stream.flow_m3_s, float(hollow.volumes[1]))
    return float(np.interp(volume, hollow.volumes, hollow.heights))


def _jet(stream: Stream, top: Array, velocity: Array, bottom: float, time_s: float) -> Array:
    """Rings (M, N, 3) along the parabola from the outlet down to the liquid, as far as what has left the
    outlet has come; a mere point where nothing runs."""
    lands_s = (
        velocity[2] + np.sqrt(max(velocity[2] ** 2 + 2 * _GRAVITY * (top[2] - bottom), 0.0))
    ) / _GRAVITY
    begins = max(time_s - stream.end_s, 0.0)
    ends = min(lands_s, time_s - stream.start_s)
    runs = ends > begins
    since = np.linspace(begins, ends, _RINGS) if runs else np.zeros(_RINGS)
    path = top + since[:, None] * velocity
    path[:, 2] -= _GRAVITY * since**2 / 2
    going = np.broadcast_to(velocity, path.shape) - [0.0, 0.0, _GRAVITY] * since[:, None]
    speed, first = np.linalg.norm(going, axis=1), stream.speed_m_s
    fallen = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    radius = stream.mouth_m * np.sqrt(first / speed) * (1.0 if runs else 1e-3)
    phase = 2 * np.pi * (fallen / _WAVE_M - time_s * first / _WAVE_M)
    grown = np.minimum(fallen / 0.15, 1.0)
    wavy = radius * (1 + _WAVE * grown * np.sin(phase) + 0.5 * _WAVE * grown * np.sin(2.3 * phase))
    along = going / speed[:, None]
    aside = np.cross(along, [0.0, 1.0, 0.0] if abs(along[0, 1]) < _ACROSS else [1.0, 0.0, 0.0])
    aside /= np.linalg.norm(aside, axis=1)[:, None]
    around = np.linspace(0, 2 * np.pi, _SIDES, endpoint=False)
    circle = (
        aside[:, None] * np.cos(around)[:, None] + np.cross(along, aside)[:, None] * np.sin(around)[:, None]
    )
    return np.asarray(path[:, None] + wavy[:, None, None] * circle)


def _pool(hollow: Hollow, level: float, *, filled: bool) -> Array:
    """Rings (M, N, 3) of the liquid from the floor to its level, in the vessel's frame; a mere point where
    there is none yet."""
    heights = np.linspace(hollow.heights[0], max(level, hollow.heights[1]), _RINGS)
    radii = np.interp(heights, hollow.heights, hollow.radii) * (1.0 if filled else 1e-3)
    around = np.linspace(0, 2 * np.pi, 2 * _SIDES, endpoint=False)
    circle = np.column_stack([np.cos(around), np.sin(around)])
    flat = radii[:, None, None] * circle
    return np.concatenate([flat, np.broadcast_to(heights[:, None, None], (_RINGS, 2 * _SIDES, 1))], 2)
