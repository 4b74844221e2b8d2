"""Breath that steams in the cold: warm, moist air that leaves the mouth, turns to droplets, slows and thins.

A breath is a jet that entrains the air about it: it is slowed in a few tenths of a second, widens in
proportion to its way, and rises with what is left of its warmth (Tang et al., PLoS ONE 8 (2013) e59970: half
a metre and 1.3 m/s at rest through the mouth).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import sphere
from lichtspiel.library.people.rig import bones_posed, rotate
from lichtspiel.motion.manner import manner
from lichtspiel.motion.sway import breath, speech_of
from lichtspiel.picture import animate, meshes
from lichtspiel.picture.light import add_object
from lichtspiel.picture.nodes import Graph
from lichtspiel.screenplay import Weather
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Performance, Take

COLD = ("snowfield", "snow_valley")
"""Places of frost whatever the weather."""
_MOUTH = (0.0, -0.024, -0.039)
"""The lips from between the eyes, against body height (Farkas, Anthropometry of the Head and Face, 1994)."""
_PUFFS_HZ = 7.0
_SPEED_M_S, _SLOWED_S, _RISE_M_S = 1.1, 0.28, 0.07
_LASTS_S = 1.1
_RADIUS_M, _WIDENS = 0.016, 0.27
"""At the lips, and growth per metre of the way and second of drifting apart."""
_DRIFTS = 0.055
_DENSITY = 0.34
"""Share of the light that the middle of a fresh puff takes out of what is behind it."""
_RINGS = (16, 10)


@dataclass(frozen=True, eq=False)
class _Puff:
    start_s: float
    place: Array
    velocity: Array
    strength: float
    turn: float


def is_cold(world: World) -> bool:
    """Whether breath is seen."""
    setting = world.screenplay.setting
    return setting.weather is Weather.SNOW or setting.place in COLD


def add_breath(scene: Any, world: World, take: Take, count: int, times: Array) -> list[Any]:
    """Objects of the breath of all figures that the take knows; they move and fade."""
    if not is_cold(world):
        return []
    made = []
    material = _material()
    ball = sphere(1.0, *_RINGS)
    for placed in world.figures:
        if placed.name not in take.figures or placed.name not in world.acting:
            continue
        for number, puff in enumerate(_puffs(world, placed, take, times), 1):
            name = f"breath {placed.name} {number}"
            data = meshes.make(name, ball, [material])
            thing = add_object(scene, name, data, (0.0, 0.0, 0.0))
            _key(thing, puff, world, count, times)
            made.append(thing)
    return made


def _puffs(world: World, placed: PlacedFigure, take: Take, times: Array) -> list[_Puff]:
    """What one figure breathes out, in pieces that each fly on by themselves."""
    performance = take.figures[placed.name]
    rng = np.random.default_rng([world.screenplay.seed, zlib.crc32(placed.name.encode())])
    clock = np.arange(min(float(times.min()), 0.0) - _LASTS_S, float(times.max()), 1 / _PUFFS_HZ)
    flow = -np.gradient(breath(clock, manner(placed.person), speech_of(take, placed.name)), clock)
    flow = np.maximum(flow / max(float(np.abs(flow).max()), 1e-9), 0.0)
    found = []
    for start_s, strength in zip(clock, flow, strict=True):
        if strength < 0.25 or any(0 <= start_s - cut < 0.1 for cut in performance.cuts):
            continue
        mouth, ahead = _lips(placed, performance, max(float(start_s), 0.0))
        way = ahead + [0.0, 0.0, -0.2] + rng.normal(0, 0.07, 3)
        speed = _SPEED_M_S * (0.6 + 0.4 * strength)
        turn = float(rng.uniform(0, 2 * np.pi))
        found.append(_Puff(float(start_s), mouth, speed * way, float(strength), turn))
    return found


def _lips(placed: PlacedFigure, performance: Performance, time_s: float) -> tuple[Array, Array]:
    """Where the lips are (3,), and which way the face looks (3,)."""
    root, pose = performance.at(time_s)
    rig = placed.physique.rig
    heads, turns = bones_posed(rig, root[None], pose[None])
    head = rig.index("head")
    eyes = np.mean([placed.physique.eye(side)[0] for side in "lr"], axis=0)
    offset = eyes + np.array(_MOUTH) * placed.physique.height_m - rig.heads[head]
    return heads[0, head] + rotate(turns[0, head], offset), rotate(turns[0, head], np.array([0.0, -1.0, 0.0]))


def _key(thing: Any, puff: _Puff, world: World, count: int, times: Array) -> None:
    """Way, size and density of a puff over the film; before and after it is too thin to be drawn."""
    age = times - puff.start_s
    lives = (age > 0) & (age < _LASTS_S)
    aged = np.clip(age, 0.0, _LASTS_S)
    gone = _SLOWED_S * (1 - np.exp(-aged / _SLOWED_S))
    drift = np.outer(aged - gone, 0.6 * np.array(world.wind) + [0.0, 0.0, _RISE_M_S])
    place = puff.place + np.outer(gone, puff.velocity) + drift
    way = gone * float(np.linalg.norm(puff.velocity))
    radius = _RADIUS_M + _WIDENS * way + _DRIFTS * aged
    density = _DENSITY * puff.strength * np.clip(aged / 0.06, 0, 1) * (1 - aged / _LASTS_S) ** 1.5
    curves = animate.curves_of(thing, "OBJECT")
    frames = animate.key_frames(count)
    thing.rotation_mode = "XYZ"
    thing.rotation_euler = (puff.turn, 0.7 * puff.turn, 0.0)
    animate.key(curves, "location", frames, place)
    animate.key(curves, "scale", frames, np.repeat(np.where(lives, radius, 1e-4)[:, None], 3, axis=1))
    animate.key(curves, "color", frames, np.stack([*[np.ones_like(age)] * 3, density * lives], -1))
    hidden = np.repeat(~lives.reshape(-1, 2).any(1), 2).astype(float)[:, None]
    for way_off in ("hide_render", "hide_viewport"):
        animate.key(curves, way_off, frames, hidden, "CONSTANT")
    thing.visible_shadow = False


def _material() -> Any:
    """Droplets that scatter light to all sides: densest where one looks through the most of them, uneven."""
    material = bpy.data.materials.new("breath")
    tree = material.node_tree
    tree.nodes.clear()
    graph = Graph(tree)
    facing = graph.node("NewGeometry", {}, "Backfacing")
    edge = graph.node("LayerWeight", {"Blend": 0.5}, "Facing")
    through = graph.math("POWER", graph.subtract(1.0, edge), 2.2)
    uneven = graph.noise(graph.node("TexCoord", {}, "Object"), 1.6, 3.0, 0.6)
    thick = graph.multiply(through, graph.ramp(uneven, 0.3, 0.62))
    density = graph.node("ObjectInfo", {}, "Alpha")
    share = graph.multiply(graph.multiply(thick, density), graph.subtract(1.0, facing))
    white = (0.93, 0.95, 0.98)
    lit = graph.node(
        "MixShader",
        {
            0: 0.5,
            1: graph.node("BsdfDiffuse", {"Color": white}),
            2: graph.node("BsdfTranslucent", {"Color": white}),
        },
    )
    shown = graph.node("MixShader", {0: share, 1: graph.node("BsdfTransparent", {}), 2: lit})
    graph.connect(tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], shown)
    return material
