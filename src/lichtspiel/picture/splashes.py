"""Water that feet throw up out of puddles.

A sole that strikes shallow water drives a sheet out from under itself that rises round it as a crown and
parts into drops (Yarin, Annu. Rev. Fluid Mech. 38 (2006) 159); from there on each drop flies freely.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array, Surface
from lichtspiel.library.mesh import joined, moved, scaled, sphere
from lichtspiel.picture import animate
from lichtspiel.picture import scene as staging
from lichtspiel.picture.materials import Materials
from lichtspiel.stage.world import World
from lichtspiel.take import Take
from lichtspiel.take.splashes import USUAL_NS, Splash, splashes_of

DROPS = 120
_SPEED_M_S, _SPREAD = 1.7, 0.45
"""Median speed of drops that a step throws up, and the deviation of its logarithm."""
_FASTEST_M_S = 3.6
_RISE = (0.45, 1.25)
"""Least and greatest elevation, radians: the crown leans outward."""
_RADIUS_M, _RADII = 0.0045, 0.55
"""Median radius of the drops, and the deviation of its logarithm."""
_SOLE_M = (0.05, 0.12)
"""Half a sole: where round the foot the drops come from."""
_BELOW_M = 0.05
"""Under the ground, where drops are before and after."""
_BEFORE_S, _LASTS_S = 0.1, 0.9
"""About a splash, what a film shows of it."""


def add_splashes(
    scene: Any, world: World, take: Take, count: int, times: Array, materials: Materials
) -> list[Any]:
    """One object for the drops of every splash; they move."""
    found = splashes_of(world, take)
    made = []
    for number, splash in enumerate(found, 1):
        shown = _frames(splash, count, times)
        if len(shown) < 2:
            continue
        rng = np.random.default_rng([world.screenplay.seed, number, zlib.crc32(splash.figure.encode())])
        starts, speeds, radii = _thrown(splash, rng)
        drop = sphere(1.0, 6, 4)
        drops = [moved(scaled(drop, float(r)), at) for r, at in zip(radii, starts, strict=True)]
        shape = joined(*drops)
        thing = staging.add_mesh(scene, f"splash {number}", shape, (Surface("water"),), materials)
        ages = times[2 * shown[0] : 2 * shown[-1] + 2] - splash.time_s
        ways = (_way(float(age), speeds, np.array(world.gravity)) for age in ages)
        shapes = (shape.vertices + np.repeat(way, len(drop.vertices), axis=0) for way in ways)
        animate.key_vertices(thing, shapes, len(shown), shown[0])
        made.append(thing)
    return made


def _frames(splash: Splash, count: int, times: Array) -> range:
    """Numbers of the frames that show the splash, with one before and one after it."""
    middle = times.reshape(-1, 2).mean(1)
    near = (middle > splash.time_s - _BEFORE_S) & (middle < splash.time_s + _LASTS_S)
    seen = np.flatnonzero(near)
    return range(max(int(seen[0]) - 1, 0), min(int(seen[-1]) + 2, count)) if len(seen) else range(0)


def _thrown(splash: Splash, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Where drops (N, 3) lie under the ground, with which velocity they leave it, and their radii (N,)."""
    round_sole = rng.uniform(0, 2 * np.pi, DROPS)
    out = np.stack([np.cos(round_sole), np.sin(round_sole)], 1)
    starts = np.column_stack([out * _SOLE_M, np.full(DROPS, -_BELOW_M)]) + np.array(splash.position)
    strength = np.clip((splash.impulse_ns / USUAL_NS) ** 0.5, 0.5, 2.0)
    fast = np.minimum(strength * _SPEED_M_S * np.exp(rng.normal(0, _SPREAD, DROPS)), _FASTEST_M_S)
    rise = rng.uniform(*_RISE, DROPS)
    speeds = np.column_stack([out * (fast * np.cos(rise))[:, None], fast * np.sin(rise)])
    return starts, speeds, _RADIUS_M * np.exp(rng.normal(0, _RADII, DROPS))


def _way(age_s: float, speeds: Array, gravity: Array) -> Array:
    """(N, 3) way that each drop has gone: none before, and none once it is under the ground again."""
    if age_s <= 0:
        return np.zeros_like(speeds)
    way = speeds * age_s + 0.5 * gravity * age_s**2
    flies = way[:, 2] > 0
    way[:, 2] += _BELOW_M
    return np.asarray(np.where(flies[:, None], way, 0.0))
