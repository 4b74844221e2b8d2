"""Lightning: the channel that is seen, and the light that it throws on clouds, land and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from lichtspiel.camera import CameraTrack
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.mesh import joined, loft, rotation_matrix
from lichtspiel.picture import animate, meshes
from lichtspiel.picture.light import add_object
from lichtspiel.picture.nodes import Graph
from lichtspiel.stage.world import World
from lichtspiel.take.lightning import Strike, channel

_COLOUR = (0.78, 0.86, 1.0)
"""Of a channel of some 25,000 K, through the air before it."""
_SKY, _SUN_W_M2 = 0.42, 2.2
"""Radiance of the clouds and irradiance of the land when a strike at `_USUAL_M` is at its brightest. Eyes and
cameras are dazzled by real ones, thousands of times brighter than a storm's sky; films show this."""
_USUAL_M = 500.0
_MOST, _LEAST = 1.6, 0.35
"""Bounds of how much brighter or darker nearer and farther strikes are."""
_CHANNEL_W = 80.0
_THICK = 0.0008
"""Radius of the channel as seen, against its distance: it dazzles, and looks wider than it is."""
_UNDER_CLOUDS_M = 900.0
_BRANCHES, _BRANCH_PIECES = 7, (10, 34)
_ELEVATION = 0.55
"""Tangent of the height from which its light comes: the middle of what is seen of it, and its cloud."""
_WIDE_RAD = 0.35
_SEEN = 0.02
"""Brightness below which nothing of it is left in the picture."""


def add_lightning(
    scene: Any, world: World, track: CameraTrack, strikes: Sequence[Strike], count: int, fps: int
) -> bool:
    """Add the strikes to a scene that has its sky. Returns whether any of them is seen in the film."""
    seen = False
    for number, strike in enumerate(strikes, 1):
        bright = _by_frame(strike, count, fps)
        if bright.max(initial=0.0) < _SEEN:
            continue
        seen = True
        strength = float(np.clip((_USUAL_M / strike.distance_m) ** 0.7, _LEAST, _MOST))
        _light_clouds(scene, bright * strength * _SKY)
        turn = _facing(track, strike)
        _light_land(scene, turn, number, bright * strength * _SUN_W_M2)
        if world.acoustics.room_m is None:
            _show_channel(scene, turn, world, strike, number, bright)
    return seen


def _by_frame(strike: Strike, count: int, fps: int) -> Array:
    """Brightness (count,) while the shutter is open."""
    half = animate.SHUTTER / 2 / fps
    moments = np.arange(count) / fps
    bright = np.array([strike.brightness(float(at) - half, float(at) + half) for at in moments])
    return np.where(bright < _SEEN, 0.0, bright)


def _steps(curves: Any, path: str, values: Array) -> None:
    """One value per frame, from before its shutter opens until after it has closed."""
    animate.key(curves, path, np.arange(len(values)) - 0.5, values[:, None], "CONSTANT")


def _light_clouds(scene: Any, radiance: Array) -> None:
    """Add light to the whole sky, frame by frame."""
    tree = scene.world.node_tree
    graph = Graph(tree)
    surface = next(node for node in tree.nodes if node.type == "OUTPUT_WORLD").inputs["Surface"]
    flash = graph.node("Background", {"Color": _COLOUR, "Strength": 0.0})
    both = graph.node("AddShader", {0: surface.links[0].from_socket, 1: flash})
    graph.connect(surface, both)
    own = tree.animation_data
    curves = animate.curves_of(tree, "NODETREE") if own is None else _curves_in(own.action)
    _steps(curves, f'nodes["{flash.node.name}"].inputs["Strength"].default_value', radiance)


def _curves_in(action: Any) -> Any:
    return action.layers[0].strips[0].channelbags[0].fcurves


def _facing(track: CameraTrack, strike: Strike) -> Array:
    """Rotation (3, 3) about the vertical of what lies along +y to where it strikes."""
    film_s = max(0.0, strike.film_s)
    ahead = rotation_matrix(track.shot_at(film_s).at(film_s).orientation) @ [0.0, 0.0, -1.0]
    along = float(np.arctan2(ahead[0], ahead[1])) + strike.aside_rad
    c, s = np.cos(along), np.sin(along)
    return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])


def _light_land(scene: Any, turn: Array, number: int, irradiance: Array) -> None:
    """Light from where it strikes, with the soft shadows of a cloud that glows."""
    data = bpy.data.lights.new(f"lightning {number}", "SUN")
    data.color = _COLOUR
    data.angle = _WIDE_RAD
    lamp = add_object(scene, f"lightning {number}", data, (0.0, 0.0, 0.0))
    away = Vector((turn @ [0.0, 1.0, _ELEVATION]).tolist())
    lamp.rotation_quaternion = away.to_track_quat("Z", "Y")
    _steps(animate.curves_of(data, "LIGHT"), "energy", irradiance)


def _show_channel(scene: Any, turn: Array, world: World, strike: Strike, number: int, bright: Array) -> None:
    material = bpy.data.materials.new(f"lightning {number}")
    material.cycles.emission_sampling = "NONE"
    tree = material.node_tree
    tree.nodes.clear()
    graph = Graph(tree)
    glow = graph.node("Emission", {"Color": _COLOUR, "Strength": 0.0})
    graph.connect(tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], glow)
    path = f'nodes["{glow.node.name}"].inputs["Strength"].default_value'
    _steps(animate.curves_of(tree, "NODETREE"), path, bright * _CHANNEL_W)
    mesh = drawn(strike)
    mesh = replace(mesh, vertices=mesh.vertices @ turn.T)
    x, y, _ = world.action_centre
    data = meshes.make(material.name, mesh, [material])
    thing = add_object(scene, f"lightning {number}", data, (x, y, 0.0))
    thing.visible_diffuse = thing.visible_shadow = False
    own = animate.curves_of(thing, "OBJECT")
    for hidden in ("hide_render", "hide_viewport"):
        _steps(own, hidden, (bright <= 0).astype(float))


def drawn(strike: Strike) -> Mesh:
    """The channel up to the clouds with its branches, heard at the origin and struck along +y."""
    points = channel(strike.distance_m, strike.shape)
    points = points[points[:, 2] < _UNDER_CLOUDS_M]
    points = np.concatenate([[[0.0, strike.distance_m, 0.0]], points])
    rng = np.random.default_rng([strike.shape, 1])
    thick = _THICK * strike.distance_m
    tubes = [_tube(points, np.full(len(points), thick))]
    for _ in range(_BRANCHES):
        start = int(rng.integers(len(points) // 5, len(points)))
        branch = _branch(points[start], rng)
        tubes.append(_tube(branch, np.linspace(0.55 * thick, 0.2 * thick, len(branch))))
    return joined(*tubes)


def _branch(start: Array, rng: np.random.Generator) -> Array:
    """Points (N, 3) of a side channel that has not reached the ground: leaders come from above."""
    pieces = int(rng.integers(*_BRANCH_PIECES))
    turn = float(rng.uniform(0, 2 * np.pi))
    lean = np.array([np.cos(turn), np.sin(turn), -0.8])
    steps = 6.0 * (lean + rng.normal(0, 0.55, (pieces, 3)))
    points = np.concatenate([[start], start + np.cumsum(steps, axis=0)])
    kept: Array = points[: max(2, int(np.argmax(points[:, 2] < 2.0)) or len(points))]
    return kept


def _tube(points: Array, radii: Array) -> Mesh:
    """A thin skin around a line that mostly rises or mostly falls."""
    rising = points[-1, 2] >= points[0, 2]
    around = np.linspace(0, 2 * np.pi, 5, endpoint=False) * (1 if rising else -1)
    circle = np.column_stack([np.cos(around), np.sin(around), np.zeros(5)])
    return loft(points[:, None] + radii[:, None, None] * circle)
