"""Threads finer than a pixel do not speckle cloth that is seen from afar."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

bpy = pytest.importorskip("bpy")

from lichtspiel.library import catalogue  # noqa: E402
from lichtspiel.library import mesh as meshes  # noqa: E402
from lichtspiel.library.asset import Surface  # noqa: E402
from lichtspiel.picture.materials import Materials  # noqa: E402
from lichtspiel.picture.scene import add_mesh  # noqa: E402
from lichtspiel.picture.settings import new_scene, set_picture, set_sampling  # noqa: E402

_AWAY_M, _LENS_MM, _TALL_PX = 3.5, 50.0, 1280


def _seen(look: str, away_m: float, folder: Path) -> np.ndarray:
    """(40, 40) lightness 0..255 of cloth before a camera, in even light, four samples to a pixel."""
    scene = new_scene()
    add_mesh(scene, "cloth", meshes.box((3.0, 3.0, 0.1)), (Surface(look),), Materials(catalogue.looks()))
    sun = bpy.data.lights.new("sun", "SUN")
    sun.angle, sun.energy = 0.0, 4.0
    scene.collection.objects.link(bpy.data.objects.new("sun", sun))
    data = bpy.data.cameras.new("camera")
    data.lens = _LENS_MM * _TALL_PX / 40
    camera = bpy.data.objects.new("camera", data)
    camera.location = (0.3, 0.2, away_m)
    scene.collection.objects.link(camera)
    scene.camera = camera
    set_sampling(scene, 4)
    scene.cycles.use_denoising = False
    set_picture(scene, 40, 40, 0.0)
    scene.render.filepath = str(folder / "cloth.png")
    bpy.ops.render.render(write_still=True)
    with Image.open(scene.render.filepath) as image:
        return np.asarray(image.convert("L"), float)


@pytest.mark.parametrize("look", ["denim", "canvas", "rib_knit"])
def test_cloth_far_away_is_even(look: str, tmp_path: Path) -> None:
    far = _seen(look, _AWAY_M, tmp_path)
    steps = np.abs(np.diff(far, axis=1)).mean() / far.mean()
    assert far.mean() > 10, "the cloth is not in the picture"
    assert steps < 0.01, f"{steps:.3f} from pixel to pixel"


def test_threads_are_seen_from_near(tmp_path: Path) -> None:
    near = _seen("denim", 0.5, tmp_path)
    assert np.abs(np.diff(near, axis=1)).mean() / near.mean() > 0.03
