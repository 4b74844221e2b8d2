"""A frame rendered by EEVEE, Blender's rasteriser, with its ray tracing in the picture and all its shadows.

A way to render that was tried and is not used; bench/picture.py shows why. EEVEE draws through the
machine's graphics library. Without a GPU Mesa's software one does: LIBGL_ALWAYS_SOFTWARE=1
EGL_PLATFORM=surfaceless MESA_GL_VERSION_OVERRIDE=4.6 in the environment, and some minutes of patience.
Without any Blender ends the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import bpy
import numpy as np
from PIL import Image

from lichtspiel.picture.regions import Picture
from lichtspiel.picture.shoot import Shooter

SAMPLES = 32


def rasterised(shooter: Shooter, frame: int) -> Picture:
    """A whole frame by EEVEE."""
    path = shooter.scratch / "rasterised.png"
    scene = shooter.film.scene
    scene.frame_set(frame)
    scene.render.resolution_percentage = 100
    scene.render.use_border = False
    scene.render.filepath = str(path)
    with _eevee(shooter):
        bpy.ops.render.render(write_still=True)
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


@contextmanager
def _eevee(shooter: Shooter) -> Iterator[None]:
    scene = shooter.film.scene
    scene.render.engine = "BLENDER_EEVEE"
    eevee = scene.eevee
    eevee.taa_render_samples = SAMPLES
    eevee.use_shadows = eevee.use_raytracing = eevee.use_fast_gi = True
    eevee.fast_gi_method = "GLOBAL_ILLUMINATION"
    try:
        yield
    finally:
        scene.render.engine = "CYCLES"
