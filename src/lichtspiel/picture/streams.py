"""Water that runs out of a tap, and the level to which it stands in what it fills.

A jet that falls freely grows faster and so thinner: its cross-section times its speed stays the flow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array, Mesh, Surface
from lichtspiel.library.mesh import loft
from lichtspiel.picture import animate
from lichtspiel.picture import scene as staging
from lichtspiel.picture.materials import Materials
from lichtspiel.stage.world import Stream, World
from lichtspiel.take import Take

_MOUTH_M = 0.0052
"""Radius of the jet as it leaves the tap."""
_RINGS, _SIDES = 48, 16
_WAVE_M, _WAVE = 0.021, 0.09
"""Length of the waves that run down a jet (Rayleigh: 9 radii break it up first a long way down) and
their share of its radius near its end."""
_GAP_M = 0.0004
"""Between water and glass, so that neither lies in the other."""
_LEVELS = 60


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
    """Objects of every jet and of the water that it has filled in; they move."""
    made = []
    for number, stream in enumerate(world.streams, 1):
        body = world.body(stream.vessel)
        if body.part.mesh is None:
            continue
        at = take.pose(body.name, float(times[0]))[0] if body.name in take.names else np.array(body.position)
        heights = body.part.mesh.vertices[:, 2]
        hollow = hollow_of(body.part.mesh, stream.floor_m, float(heights.max()))
        levels = [level_at(hollow, stream, float(time)) for time in times]
        jets = [
            _jet(stream, float(at[2]) + level, float(time)) for level, time in zip(levels, times, strict=True)
        ]
        pools = [_pool(hollow, level) + at for level in levels]
        for name, rings in (("jet", jets), ("water", pools)):
            shape = loft(rings[0])
            thing = staging.add_mesh(scene, f"{name} {number}", shape, (Surface("water"),), materials)
            animate.key_vertices(thing, (one.reshape(-1, 3) for one in rings), count)
            made.append(thing)
    return made


def level_at(hollow: Hollow, stream: Stream, time_s: float) -> float:
    """Height of the water in the vessel's frame, metres."""
    ran = np.clip(time_s, stream.start_s, stream.end_s) - stream.start_s
    volume = max(float(ran) * stream.flow_m3_s, float(hollow.volumes[1]))
    return float(np.interp(volume, hollow.volumes, hollow.heights))


def _jet(stream: Stream, bottom: float, time_s: float) -> Array:
    """Rings (M, N, 3) from the water up to the tap; a mere point at the tap while none runs."""
    top = np.array(stream.outlet)
    runs = stream.start_s <= time_s <= stream.end_s
    down = np.linspace(top[2] - bottom, 0.0, _RINGS) * runs
    first = stream.flow_m3_s / (np.pi * _MOUTH_M**2)
    speed = np.sqrt(first**2 + 2 * 9.80665 * down)
    radius = _MOUTH_M * np.sqrt(first / speed) * (runs or 1e-3)
    phase = 2 * np.pi * (down / _WAVE_M - time_s * first / _WAVE_M)
    grown = np.minimum(down / 0.15, 1.0)
    wavy = radius * (1 + _WAVE * grown * np.sin(phase) + 0.5 * _WAVE * grown * np.sin(2.3 * phase))
    around = np.linspace(0, 2 * np.pi, _SIDES, endpoint=False)
    circle = np.column_stack([np.cos(around), np.sin(around)])
    flat = top[:2] + wavy[:, None, None] * circle
    return np.concatenate([flat, np.broadcast_to((top[2] - down)[:, None, None], (_RINGS, _SIDES, 1))], 2)


def _pool(hollow: Hollow, level: float) -> Array:
    """Rings (M, N, 3) of the water from the floor to its level."""
    heights = np.linspace(hollow.heights[0], max(level, hollow.heights[1]), _RINGS)
    radii = np.interp(heights, hollow.heights, hollow.radii)
    around = np.linspace(0, 2 * np.pi, 2 * _SIDES, endpoint=False)
    circle = np.column_stack([np.cos(around), np.sin(around)])
    flat = radii[:, None, None] * circle
    return np.concatenate([flat, np.broadcast_to(heights[:, None, None], (_RINGS, 2 * _SIDES, 1))], 2)
