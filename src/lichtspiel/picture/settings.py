"""Cycles, film and colour settings of a Blender scene."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import bpy

DEVICES = ("OPTIX", "CUDA", "HIP", "METAL", "ONEAPI")
"""Compute devices that Cycles may find, best first."""


def new_scene() -> Any:
    """An empty Blender file's scene, set up for Cycles."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.unit_settings.system = "METRIC"
    return scene


def use_device(scene: Any) -> str:
    """Render on the best device found; return its name, CPU when there is no other."""
    preferences = bpy.context.preferences.addons["cycles"].preferences
    for kind in DEVICES:
        try:
            preferences.compute_device_type = kind
        except TypeError:
            continue  # this build of Blender does not know it
        preferences.get_devices()
        found = [device for device in preferences.devices if device.type == kind]
        if found:
            for device in preferences.devices:
                device.use = device.type == kind
            scene.cycles.device = "GPU"
            return f"{kind} {found[0].name}"
    scene.cycles.device = "CPU"
    return "CPU"


def set_denoising(scene: Any, *, accurate: bool) -> None:
    """OpenImageDenoise guided by albedo and normals; `accurate` prefilters the guides."""
    cycles = scene.cycles
    cycles.denoiser = "OPENIMAGEDENOISE"
    cycles.denoising_input_passes = "RGB_ALBEDO_NORMAL"
    cycles.denoising_prefilter = "ACCURATE" if accurate else "FAST"
    cycles.denoising_quality = "HIGH" if accurate else "BALANCED"


def set_sampling(scene: Any, samples: int) -> None:
    """Samples per pixel, and how far light is followed."""
    scene.render.threads_mode = "FIXED"
    scene.render.threads = os.cpu_count() or 1
    cycles = scene.cycles
    cycles.samples = samples
    # Blue noise, the automatic choice, keeps the pattern of a process's first render, whatever its number
    # of samples: a resumed film would then show other noise than its first half.
    cycles.sampling_pattern = "TABULATED_SOBOL"
    cycles.use_adaptive_sampling = False
    cycles.use_light_tree = True
    cycles.max_bounces = 10
    cycles.diffuse_bounces = 3
    cycles.glossy_bounces = 4
    cycles.transmission_bounces = 10
    cycles.transparent_max_bounces = 16
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.blur_glossy = 0.5
    cycles.sample_clamp_indirect = 6.0
    cycles.seed = 0
    cycles.use_animated_seed = False
    cycles.use_denoising = True
    cycles.use_auto_tile = False


def set_picture(scene: Any, width: int, height: int, exposure_ev: float) -> None:
    """Size in pixels, and how light becomes colour: AgX, exposure in stops."""
    render = scene.render
    render.resolution_x, render.resolution_y, render.resolution_percentage = width, height, 100
    render.use_persistent_data = True
    render.use_compositing = False
    render.use_sequencer = False
    render.dither_intensity = 0.0
    view = scene.view_settings
    scene.display_settings.display_device = "sRGB"
    view.view_transform = "AgX"
    view.look = "AgX - Medium High Contrast"
    view.exposure = exposure_ev
    set_file(render.image_settings)


def set_file(image: Any) -> None:
    """Save pictures as PNG. Nothing is packed: they are read back at once."""
    image.media_type = "IMAGE"
    image.file_format = "PNG"
    image.color_mode = "RGB"
    image.color_depth = "8"
    image.compression = 0


@contextmanager
def saving_passes(scene: Any) -> Iterator[None]:
    """Has Blender save every pass in its own numbers for a while."""
    image = scene.render.image_settings
    image.media_type = "MULTI_LAYER_IMAGE"
    image.file_format = "OPEN_EXR_MULTILAYER"
    image.color_depth, image.exr_codec = "32", "NONE"
    try:
        yield
    finally:
        set_file(image)


@contextmanager
def all_sharp(scene: Any) -> Iterator[None]:
    """Nothing is blurred for a while, neither by motion nor by the lens."""
    lens, render = scene.camera.data.dof, scene.render
    before = lens.use_dof, render.use_motion_blur
    lens.use_dof = render.use_motion_blur = False
    try:
        yield
    finally:
        lens.use_dof, render.use_motion_blur = before
