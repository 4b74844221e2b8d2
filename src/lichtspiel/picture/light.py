"""Sky and lamps in Blender."""

from __future__ import annotations

import math
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from numpy.typing import ArrayLike

from lichtspiel.library.place import Lamp, Sky
from lichtspiel.picture.nodes import Graph, Socket

ATMOSPHERE_UNIT = 0.06
"""Blender's physical sky at strength 1 is so bright that a matt grey card in the noon sun has a
radiance near 3; this makes it about 0.18, which is what exposure 0 shows as middle grey."""


def set_sky(scene: Any, sky: Sky) -> None:
    """Give the scene this sky as its world."""
    world = bpy.data.worlds.new("sky")
    tree = world.node_tree
    tree.nodes.clear()
    graph = Graph(tree)
    makers = {"atmosphere": _atmosphere, "gradient": _gradient, "stars": _stars}
    background = makers[sky.kind](graph, sky)
    graph.connect(tree.nodes.new("ShaderNodeOutputWorld").inputs["Surface"], background)
    if sky.kind == "atmosphere":
        # The sun is sampled by itself; what remains is smooth, and a small map stays in the cache.
        world.cycles.sampling_method = "MANUAL"
        world.cycles.sample_map_resolution = 256
    else:
        # Paths that leave a surface find an even sky as well as samples aimed at it do, and in a
        # room, which most of those miss, far better.
        world.cycles.sampling_method = "NONE"
    scene.world = world


def _atmosphere(graph: Graph, sky: Sky) -> Socket:
    """A sky with its sun; below the horizon lies hazy ground, so that no black gap shows."""
    colour = graph.node(
        "TexSky",
        {},
        sky_type="MULTIPLE_SCATTERING",
        sun_disc=sky.sun_strength > 0,
        sun_size=math.radians(0.545),
        sun_intensity=sky.sun_strength,
        sun_elevation=sky.sun_elevation_rad,
        # The texture counts from +y clockwise seen from above, the library from +x to +y.
        sun_rotation=math.pi / 2 - sky.sun_azimuth_rad,
        aerosol_density=sky.haze,
    )
    horizon = graph.node(
        "TexSky",
        {"Vector": _above_horizon(graph, 0.02)},
        sky_type="MULTIPLE_SCATTERING",
        sun_disc=False,
        sun_elevation=sky.sun_elevation_rad,
        sun_rotation=math.pi / 2 - sky.sun_azimuth_rad,
        aerosol_density=sky.haze,
    )
    _, _, height = graph.split(_direction(graph))
    ground = graph.shade(horizon, graph.ramp(height, -0.35, 0.0, 0.3, 0.8))
    blended = graph.mix(graph.ramp(height, -0.012, 0.004), ground, colour)
    return graph.node("Background", {"Color": blended, "Strength": sky.strength * ATMOSPHERE_UNIT})


def _gradient(graph: Graph, sky: Sky) -> Socket:
    _, _, height = graph.split(_direction(graph))
    rise = graph.math("POWER", graph.math("MAXIMUM", height, 0.0), 0.5)
    above = graph.mix(rise, sky.horizon, sky.zenith)
    below = graph.shade(sky.horizon, graph.ramp(height, -0.5, 0.0, 0.35, 0.9))
    colour = graph.mix(graph.ramp(height, -0.01, 0.01), below, above)
    return graph.node("Background", {"Color": colour, "Strength": sky.strength})


def _stars(graph: Graph, sky: Sky) -> Socket:
    direction = _direction(graph)
    distance = graph.cells(direction, 55.0)
    magnitude, warmth, _ = graph.split(graph.cells(direction, 55.0, "Color"))
    bright = graph.multiply(graph.math("POWER", magnitude, 12.0), graph.ramp(distance, 0.02, 0.09, 1.0, 0.0))
    colour = graph.mix(warmth, (0.7, 0.8, 1.0), (1.0, 0.9, 0.75))
    # Stars are for the eye: as light they would only be noise.
    seen = graph.node("LightPath", {}, output="Is Camera Ray")
    strength = graph.multiply(graph.multiply(bright, seen), 3.0 * sky.strength)
    return graph.node("Background", {"Color": colour, "Strength": strength})


def _direction(graph: Graph) -> Socket:
    return graph.node("TexCoord", {}, output="Generated")


def _above_horizon(graph: Graph, height: float) -> Socket:
    x, y, _ = graph.split(_direction(graph))
    return graph.join(x, y, height)


def add_lamp(scene: Any, lamp: Lamp, name: str) -> Any:
    """Add a lamp. Radiant watts and W/m² are Blender's own units."""
    data = bpy.data.lights.new(name, lamp.kind.upper())
    data.energy = lamp.power_w
    data.color = lamp.colour
    if lamp.kind == "sun":
        data.angle = lamp.size_m[0]
    elif lamp.kind == "area":
        data.shape = "RECTANGLE"
        data.size, data.size_y = lamp.size_m
    else:
        data.shadow_soft_size = lamp.size_m[0]
    if lamp.kind == "spot":
        data.spot_size = lamp.cone_rad
        data.spot_blend = 0.35
    thing = add_object(scene, name, data, lamp.position)
    direction = Vector(np.asarray(lamp.direction, float).tolist())
    thing.rotation_quaternion = direction.to_track_quat("-Z", "Y")
    thing.visible_camera = lamp.visible
    return thing


def add_object(scene: Any, name: str, data: Any, position: ArrayLike) -> Any:
    """An object of this data at a place, turned by quaternions."""
    thing = bpy.data.objects.new(name, data)
    thing.location = np.asarray(position, float).tolist()
    thing.rotation_mode = "QUATERNION"
    scene.collection.objects.link(thing)
    return thing
