"""Rain and snow that fall before the camera.

A column of drops or flakes repeats itself upwards. It sinks with the film's world time and jumps
back by one period between two frames, where no shutter is open, so that it never runs out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from lichtspiel.camera import CameraTrack
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.mesh import from_polygons, rotation_matrix
from lichtspiel.library.records import LookEntry
from lichtspiel.picture import animate, meshes
from lichtspiel.picture.puddles import GROUNDS
from lichtspiel.screenplay import Weather
from lichtspiel.stage.world import World

REACH_M = 11.0
"""Beyond this, single drops and flakes are too small to be seen."""
PERIOD_M = 5.0
LENS_CLEARANCE_M = 0.7
"""Nothing falls nearer to the lens than this: it would cover the picture."""
PARTS, ONSET_S = 5, 1.2
"""In how many parts rain sets in, and within how long."""


@dataclass(frozen=True)
class Fall:
    """What falls: one of several layers that move a little differently."""

    per_m3: float
    speed_m_s: float
    """Terminal velocity: drops of 2 mm fall at 6.5 to 8 m/s (Gunn and Kinzer 1949), flakes at about 1."""
    length_m: float
    """A drop is drawn as the streak that the eye sees of it."""
    radius_m: float
    sway_m: float
    sway_s: float
    wind_share: float
    alpha: float


FALLS = {
    Weather.RAIN: (
        Fall(34, 7.4, 0.16, 0.0010, 0.0, 1.0, 0.5, 0.30),
        Fall(34, 6.6, 0.12, 0.0008, 0.0, 1.0, 0.5, 0.26),
    ),
    Weather.SNOW: (
        Fall(9, 1.15, 0.0, 0.0040, 0.10, 2.3, 0.9, 0.95),
        Fall(11, 0.95, 0.0, 0.0032, 0.16, 3.1, 0.9, 0.95),
        Fall(11, 1.35, 0.0, 0.0026, 0.08, 1.7, 0.9, 0.95),
    ),
}


_FIBRES = frozenset({"weave", "felt", "knit", "ribbed", "twill", "denim", "cardboard"})


def rained_on(world: World) -> bool:
    """Whether it rains where the film is."""
    return world.acoustics.room_m is None and world.screenplay.setting.weather is Weather.RAIN


def weathered(looks: Mapping[str, LookEntry], rains: bool, puddles: bool) -> Mapping[str, LookEntry]:
    """The looks of everything: wet where it rains, and where puddles stand after it what is paved."""
    return {
        name: _wet(look) if rains or (puddles and look.texture.kind in GROUNDS) else look
        for name, look in looks.items()
    }


def _wet(look: LookEntry) -> LookEntry:
    """Water darkens what soaks it up and lies on it as a smooth film (Lekner and Dorf 1988)."""
    if look.metallic > 0.5 or look.transmission > 0 or look.emission_w > 0 or look.texture.kind == "water":
        return look
    soaks = 0.62 if look.roughness > 0.5 else 0.9
    red, green, blue = look.colour
    if look.sheen > 0 or look.texture.kind in _FIBRES:
        # Cloth drinks the film: it gets darker and heavier, and hardly shines.
        soaked = (0.6 * red, 0.6 * green, 0.6 * blue)
        return look.model_copy(update={"colour": soaked, "roughness": 0.88 * look.roughness, "sheen": 0.0})
    return look.model_copy(
        update={
            "colour": (soaks * red, soaks * green, soaks * blue),
            "roughness": max(0.1, 0.7 * look.roughness),
            "coat": max(look.coat, 0.5),
            "coat_roughness": 0.09,
        }
    )


def add_precipitation(
    scene: Any, world: World, track: CameraTrack, count: int, times: Array, begins: float = 0.0
) -> list[Any]:
    """Objects of the falling rain or snow of a film's weather; none indoors and in other weather.

    begins: frame from which on it falls. What sets in after the first one is thin at first.
    """
    falls: Sequence[Fall] = FALLS.get(world.screenplay.setting.weather, ())
    if world.acoustics.room_m is not None or not falls:
        return []
    low, high, lenses = _volume(track)
    made = []
    for index, fall in enumerate(falls):
        rng = np.random.default_rng([world.screenplay.seed, index, 71])
        points = _scattered(fall, low, high, lenses, rng)
        path = _path(fall, world, times, index)
        parts = np.array_split(points, PARTS) if begins > 0 else [points]
        for number, part in enumerate(parts):
            name = f"{world.screenplay.setting.weather.value} {index + 1}" + number * "'"
            data = meshes.make(name, _drawn(fall, part, rng), [_material(name, fall)])
            thing = bpy.data.objects.new(name, data)
            thing.visible_shadow = False
            thing.visible_diffuse = False
            scene.collection.objects.link(thing)
            own = animate.curves_of(thing, "OBJECT")
            animate.key(own, "location", animate.key_frames(count), path)
            if begins > 0:
                first = begins + number / PARTS * ONSET_S * scene.render.fps
                _hide_until(own, first, count)
            made.append(thing)
    return made


def _hide_until(curves: Any, first: float, count: int) -> None:
    """Hide an object in the frames before the first one."""
    frames = np.arange(count)
    for path in ("hide_render", "hide_viewport"):
        animate.key(curves, path, frames - 0.5, (frames < first).astype(float)[:, None], "CONSTANT")


def _volume(track: CameraTrack) -> tuple[Array, Array, Array]:
    """Box (low, high) that the cameras see of the near air, and where their lenses are (N, 3)."""
    corners, lenses = [], []
    for shot in track.shots:
        for position, orientation in zip(shot.positions[::12], shot.orientations[::12], strict=True):
            lenses.append(position)
            frame = rotation_matrix(orientation)
            for right in (-0.55, 0.55):
                for up in (-0.55, 0.55):
                    corners.append(position + REACH_M * (frame @ np.array([right, up, -1.0])))
    everything = np.concatenate([np.array(corners), np.array(lenses)])
    low, high = everything.min(0) - 0.5, everything.max(0) + 0.5
    low[2] = max(low[2], float(np.min(lenses, axis=0)[2]) - 2.2)
    high[2] = low[2] + PERIOD_M
    return low, high, np.array(lenses)


def _scattered(fall: Fall, low: Array, high: Array, lenses: Array, rng: np.random.Generator) -> Array:
    """(N, 3) points of one period of the column, clear of the lenses' own columns of air."""
    size = high - low
    points = low + size * rng.random((round(fall.per_m3 * float(np.prod(size))), 3))
    near = np.linalg.norm(points[:, None, :2] - lenses[None, :: max(1, len(lenses) // 24), :2], axis=2).min(1)
    kept: Array = points[near > LENS_CLEARANCE_M]
    return kept


def _drawn(fall: Fall, points: Array, rng: np.random.Generator) -> Mesh:
    """Two periods of the column as one mesh: upright needles, or small tumbled octahedra."""
    both = np.concatenate([points, points + [0.0, 0.0, PERIOD_M]])
    half = max(fall.length_m / 2, fall.radius_m)
    tips = np.array([[1, 0, 0], [0, 1, 0], [-1, 0, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]], float)
    shape = tips * [fall.radius_m, fall.radius_m, half]
    sizes = np.tile(rng.uniform(0.6, 1.3, len(points)), 2)
    vertices = (both[:, None] + shape[None] * sizes[:, None, None]).reshape(-1, 3)
    sides = [(0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 0, 4), (1, 0, 5), (2, 1, 5), (3, 2, 5), (0, 3, 5)]
    corners = (np.arange(len(both))[:, None, None] * 6 + np.array(sides)[None]).reshape(-1, 3)
    template = from_polygons(shape, sides)
    return Mesh(
        vertices,
        corners.ravel().astype(template.corners.dtype),
        np.full(len(corners), 3, template.sizes.dtype),
        np.zeros(len(corners), template.slots.dtype),
        None,
        3.2,
    )


def _path(fall: Fall, world: World, times: Array, index: int) -> Array:
    """(2 * count, 3) offsets of the column when the shutter opens and closes."""
    middle = times.reshape(-1, 2).mean(1).repeat(2)
    periods = np.floor(middle * fall.speed_m_s / PERIOD_M)
    sink = periods * PERIOD_M - times * fall.speed_m_s
    turn = 2 * np.pi * (times / fall.sway_s + 0.37 * index)
    wind = np.array(world.wind)[:2] * fall.wind_share
    # The wind may not carry the column away: it leans back and forth by the sway alone.
    lean = np.clip(wind * 0.15, -0.4, 0.4)
    return np.column_stack(
        [
            lean[0] * np.sin(0.7 * turn) + fall.sway_m * np.sin(turn),
            lean[1] * np.sin(0.7 * turn) + fall.sway_m * np.cos(1.3 * turn),
            sink,
        ]
    )


def _material(name: str, fall: Fall) -> Any:
    """Bright, half transparent: a drop shows the whole sky, and much of what lies behind it."""
    material = bpy.data.materials.new(name)
    tree = material.node_tree
    tree.nodes.clear()
    output = tree.nodes.new("ShaderNodeOutputMaterial")
    mix = tree.nodes.new("ShaderNodeMixShader")
    clear = tree.nodes.new("ShaderNodeBsdfTransparent")
    white = tree.nodes.new("ShaderNodeBsdfTranslucent")
    white.inputs["Color"].default_value = (0.9, 0.93, 0.97, 1.0)
    diffuse = tree.nodes.new("ShaderNodeBsdfDiffuse")
    diffuse.inputs["Color"].default_value = (0.9, 0.93, 0.97, 1.0)
    both = tree.nodes.new("ShaderNodeAddShader")
    mix.inputs["Fac"].default_value = fall.alpha
    tree.links.new(white.outputs[0], both.inputs[0])
    tree.links.new(diffuse.outputs[0], both.inputs[1])
    tree.links.new(clear.outputs[0], mix.inputs[1])
    tree.links.new(both.outputs[0], mix.inputs[2])
    tree.links.new(mix.outputs[0], output.inputs["Surface"])
    return material
