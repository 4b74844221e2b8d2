"""One exposure: Blender renders the scene as it stands, and the picture is read back."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import bpy
import numpy as np
from PIL import Image

from lichtspiel.picture import exr
from lichtspiel.picture.film import Film
from lichtspiel.picture.neighbours import FAR_M, Values, View
from lichtspiel.picture.quality import Quality
from lichtspiel.picture.regions import Box, Picture
from lichtspiel.picture.settings import saving_passes, set_denoising


@dataclass(frozen=True, eq=False)
class Exposer:
    """Renders a film's scene. `folder` holds what passes between Blender and here."""

    film: Film
    quality: Quality
    folder: Path
    rendering_s: list[float] = field(default_factory=list)
    """Seconds that Cycles itself sampled and denoised, per exposure."""

    def picture(
        self,
        samples: int,
        *,
        percent: int = 100,
        denoise: bool = True,
        accurate: bool = False,
        box: Box | None = None,
    ) -> Picture:
        """The whole picture, or what of it lies in a box, at a percentage of its size."""
        self.prepare(samples, percent=percent, denoise=denoise, accurate=accurate, box=box)
        path = self.folder / "rendering.png"
        self.film.scene.render.filepath = str(path)
        bpy.ops.render.render(write_still=True)
        picture = self._developed(path)
        if box is not None and picture.shape[:2] != (box[3] - box[1], box[2] - box[0]):
            raise RuntimeError(f"Blender rendered {picture.shape} for {box}")
        return picture

    def view(self, samples: int) -> View:
        """The whole picture, with the depth and the body of every pixel."""
        self.prepare(samples)
        scene, layer = self.film.scene, self.film.scene.view_layers[0]
        layer.use_pass_z = layer.use_pass_object_index = True
        for number, thing in enumerate(self.film.moving, 1):
            thing.pass_index = number
        bpy.ops.render.render()
        result = bpy.data.images["Render Result"]
        path = self.folder / "rendering.png"
        result.save_render(str(path), scene=scene)
        with saving_passes(scene):
            result.save_render(str(self.folder / "rendering.exr"), scene=scene)
        passes = exr.read(self.folder / "rendering.exr")
        seen = bpy.context.evaluated_depsgraph_get()
        width, height = self.quality.width, self.quality.height
        return View(
            picture=self._developed(path),
            depth=passes[f"{layer.name}.Depth.Z"],
            body=passes[f"{layer.name}.Object Index.X"].astype(np.intp),
            lens=np.array(scene.camera.calc_matrix_camera(seen, x=width, y=height)),
            camera=np.array(scene.camera.evaluated_get(seen).matrix_world),
            poses={
                number: np.array(thing.evaluated_get(seen).matrix_world)
                for number, thing in enumerate(self.film.moving, 1)
            },
        )

    def depth(self) -> Values:
        """(H, W) metres along the camera's axis to what every pixel shows; FAR_M for the sky."""
        self.prepare(1, denoise=False)
        scene, layer = self.film.scene, self.film.scene.view_layers[0]
        layer.use_pass_z = True
        bpy.ops.render.render()
        path = self.folder / "rendering.exr"
        with saving_passes(scene):
            bpy.data.images["Render Result"].save_render(str(path), scene=scene)
        return np.minimum(exr.read(path)[f"{layer.name}.Depth.Z"], np.float32(FAR_M))

    def _developed(self, path: Path) -> Picture:
        with Image.open(path) as image:
            words = image.info.get("cycles.ViewLayer.render_time", "0:0")
            minutes, seconds = words.split(":")[-2:]
            self.rendering_s.append(60 * float(minutes) + float(seconds))
            return np.asarray(image.convert("RGB"))

    def prepare(
        self,
        samples: int,
        *,
        percent: int = 100,
        denoise: bool = True,
        accurate: bool = False,
        box: Box | None = None,
    ) -> None:
        """Set the samples and the size of the next render, as in `picture`."""
        scene, render = self.film.scene, self.film.scene.render
        scene.cycles.samples = samples
        scene.cycles.use_denoising = denoise
        set_denoising(scene, accurate=accurate or self.quality.accurate)
        render.resolution_percentage = percent
        render.use_border = render.use_crop_to_border = box is not None
        if box is not None:
            width, height = self.quality.width, self.quality.height
            # Blender cuts to whole pixels; a quarter more keeps rounding from losing one.
            render.border_min_x, render.border_max_x = (box[0] + 0.25) / width, (box[2] + 0.25) / width
            render.border_min_y = (height - box[3] + 0.25) / height
            render.border_max_y = (height - box[1] + 0.25) / height
