"""An incident light meter: three white cards where a face will be, and what Cycles says of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from lichtspiel.library.asset import Array
from lichtspiel.picture import exr
from lichtspiel.picture.light import add_object
from lichtspiel.picture.settings import saving_passes

CARD_TURN_RAD = 0.9
"""How far the outer cards are turned away from the camera, to tell where the light comes from."""
_CARD_M = 0.06
_APART_M = 0.08
_AWAY_M = 0.4
_PIXELS = 8
"""Width and height of the picture of one card."""
_SAMPLES = 64
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Rec. 709."""


def read(scene: Any, hidden: Iterable[Any], point: Array, toward: Array, frame: int) -> tuple[Array, Array]:
    """Colours (3, 3) of white cards at a point at a frame: on the camera's left, facing it, on its right;
    and the unit vector to the camera's right. `toward` is the unit vector to the camera; what stands where
    the cards are is hidden."""
    right = np.cross([0.0, 0.0, 1.0], toward)
    right /= max(float(np.linalg.norm(right)), 1e-9)
    kept = (scene.camera, scene.frame_current, _settings(scene))
    cards = [_card(scene, point, toward, right, side) for side in (-1, 0, 1)]
    camera = _camera(scene, point, toward)
    shown = [thing for thing in hidden if not thing.hide_render]
    # A camera that is bound to a marker takes over at every frame that is set.
    markers = {marker: marker.camera for marker in scene.timeline_markers}
    try:
        for thing in shown:
            thing.hide_render = True
        for marker in markers:
            marker.camera = None
        scene.frame_set(frame)
        scene.camera = camera
        return _exposed(scene), right
    finally:
        for thing in shown:
            thing.hide_render = False
        for marker, own in markers.items():
            marker.camera = own
        for thing in (*cards, camera):
            bpy.data.objects.remove(thing)
        _restore(scene, *kept)


def luminance(colour: Array) -> float:
    """Of linear RGB."""
    return float(_LUMINANCE @ colour)


def _exposed(scene: Any) -> Array:
    render = scene.render
    render.resolution_x, render.resolution_y, render.resolution_percentage = 3 * _PIXELS, _PIXELS, 100
    render.use_border = render.use_motion_blur = False
    scene.cycles.use_denoising = False
    scene.cycles.samples = _SAMPLES
    bpy.ops.render.render()
    with TemporaryDirectory() as folder, saving_passes(scene):
        path = Path(folder) / "cards.exr"
        bpy.data.images["Render Result"].save_render(str(path), scene=scene)
        passes = exr.read(path)
    layer = scene.view_layers[0].name
    picture = np.stack([passes[f"{layer}.Combined.{channel}"] for channel in "RGB"], -1)
    middle = slice(_PIXELS // 2 - 1, _PIXELS // 2 + 1)
    found = [picture[middle, side * _PIXELS :][:, middle].reshape(-1, 3).mean(0) for side in range(3)]
    return np.array(found, float)


def _card(scene: Any, point: Array, toward: Array, right: Array, side: int) -> Any:
    turn = side * CARD_TURN_RAD
    facing = np.cos(turn) * toward + np.sin(turn) * right
    data = bpy.data.meshes.new("card")
    corners = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0)]
    data.from_pydata([tuple(_CARD_M / 2 * c for c in corner) for corner in corners], [], [(0, 1, 2, 3)])
    white = bpy.data.materials.new("card")
    shader = white.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (1.0, 1.0, 1.0, 1.0)
    shader.inputs["Roughness"].default_value = 1.0
    shader.inputs["Specular IOR Level"].default_value = 0.0
    data.materials.append(white)
    card = add_object(scene, "card", data, point + side * _APART_M * right)
    card.rotation_quaternion = Vector(facing.tolist()).to_track_quat("Z", "Y")
    return card


def _camera(scene: Any, point: Array, toward: Array) -> Any:
    data = bpy.data.cameras.new("meter")
    data.type, data.ortho_scale, data.clip_start = "ORTHO", 3 * _APART_M, 0.01
    camera = add_object(scene, "meter", data, point + _AWAY_M * toward)
    camera.rotation_quaternion = Vector((-toward).tolist()).to_track_quat("-Z", "Y")
    return camera


def _settings(scene: Any) -> tuple[Any, ...]:
    render = scene.render
    return (
        render.resolution_x, render.resolution_y, render.resolution_percentage, render.use_border,
        render.use_motion_blur, scene.cycles.use_denoising, scene.cycles.samples,
    )  # fmt: skip


def _restore(scene: Any, camera: Any, frame: int, settings: tuple[Any, ...]) -> None:
    render = scene.render
    (
        render.resolution_x, render.resolution_y, render.resolution_percentage, render.use_border,
        render.use_motion_blur, scene.cycles.use_denoising, scene.cycles.samples,
    ) = settings  # fmt: skip
    scene.frame_set(frame)
    scene.camera = camera
