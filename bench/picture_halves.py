"""Light sampled at half resolution, joined with full-resolution albedo, normals and depth.

A way to render that was tried and is not used; bench/picture.py shows why. The light is the denoised
picture at half size divided by its albedo. Every full-size pixel takes it from those of the sixteen
nearest half-size pixels that have its normal, depth and albedo (Kopf et al., Joint Bilateral Upsampling,
2007), and multiplies it with its own albedo. A render of few samples without bounces gives these.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping

import bpy
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.picture import exr
from lichtspiel.picture.regions import Picture
from lichtspiel.picture.settings import saving_passes
from lichtspiel.picture.shoot import Shooter

Values = NDArray[np.float32]

LEAST_ALBEDO = 0.1
"""Added before dividing, so that the noise of what is black does not grow."""
NORMAL, DEPTH, ALBEDO = 0.25, 0.03, 0.15
"""Differences, of depths as a share, at which a pixel's weight falls to 1/√e."""
REACH = 1.5
"""Half-size pixels at which the weight of distance ends."""


def half_lit(shooter: Shooter, frame: int, light_samples: int, guide_samples: int) -> Picture:
    """A frame whose light is sampled at half size. Samples are per pixel of each of the two sizes."""
    scene, layer = shooter.film.scene, shooter.film.scene.view_layers[0]
    scene.cycles.seed = frame
    scene.frame_set(frame)
    layer.cycles.denoising_store_passes = layer.use_pass_z = True
    bounces = scene.cycles.max_bounces
    try:
        light = _passes(shooter, 50, light_samples, denoise=True)
        scene.cycles.max_bounces = 0
        guide = _passes(shooter, 100, guide_samples, denoise=False)
    finally:
        scene.cycles.max_bounces = bounces
        layer.cycles.denoising_store_passes = False
    return _graded(shooter, joined(light, guide))


def joined(light: Mapping[str, Values], guide: Mapping[str, Values]) -> Values:
    """(H, W, 3) linear colours, from passes by name."""
    own, far = _seen(guide), _seen(light)
    lit = _colours(light, "Combined") / (_albedo(light) + LEAST_ALBEDO)
    height, width = own.shape[:2]
    rows, columns = (
        (np.arange(count) + 0.5) * small / count - 0.5
        for count, small in zip((height, width), far.shape[:2], strict=True)
    )
    total, weights = np.zeros((height, width, 3)), np.zeros((height, width, 1))
    for down, right in itertools.product((-1, 0, 1, 2), repeat=2):
        row, column = np.floor(rows).astype(int) + down, np.floor(columns).astype(int) + right
        near = np.maximum(0, REACH - np.abs(rows - row))[:, None] * np.maximum(
            0, REACH - np.abs(columns - column)
        )
        row, column = np.clip(row, 0, far.shape[0] - 1), np.clip(column, 0, far.shape[1] - 1)
        there = np.ix_(row, column)
        alike = np.exp(-0.5 * ((far[there] - own) ** 2).sum(-1))
        weight = (near * (alike + 1e-6))[..., None]
        total += weight * lit[there]
        weights += weight
    return np.asarray(total / np.maximum(weights, 1e-12) * (_albedo(guide) + LEAST_ALBEDO), np.float32)


def _seen(passes: Mapping[str, Values]) -> Values:
    """(H, W, 7) what tells surfaces apart, in units of the differences that count."""
    normal = np.stack([passes[f"Denoising Normal.{axis}"] for axis in "XYZ"], -1)
    depth = np.log(np.clip(passes["Denoising Depth.Z"], 1e-3, 1e5))[..., None]
    return np.concatenate([normal / NORMAL, depth / DEPTH, _albedo(passes) / ALBEDO], -1)


def _albedo(passes: Mapping[str, Values]) -> Values:
    return _colours(passes, "Denoising Albedo") + _colours(passes, "Denoising Specular Albedo")


def _colours(passes: Mapping[str, Values], name: str) -> Values:
    return np.stack([passes[f"{name}.{channel}"] for channel in "RGB"], -1)


def _passes(shooter: Shooter, percent: int, samples: int, *, denoise: bool) -> dict[str, Values]:
    """Every pass of the scene as it stands, (H, W) by name."""
    shooter.exposer.prepare(samples, percent=percent, denoise=denoise)
    bpy.ops.render.render()
    path = shooter.exposer.folder / "passes.exr"
    with saving_passes(shooter.film.scene):
        bpy.data.images["Render Result"].save_render(str(path), scene=shooter.film.scene)
    return {name.split(".", 1)[1]: values for name, values in exr.read(path).items()}


def _graded(shooter: Shooter, linear: Values) -> Picture:
    """Linear colours as the film's view transform shows them."""
    height, width = linear.shape[:2]
    image = bpy.data.images.new("joined", width, height, alpha=False, float_buffer=True)
    image.colorspace_settings.name = "Linear Rec.709"
    image.pixels.foreach_set(np.dstack([linear, np.ones((height, width), np.float32)])[::-1].ravel())
    path = shooter.exposer.folder / "joined.png"
    image.save_render(str(path), scene=shooter.film.scene)
    bpy.data.images.remove(image)
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))
