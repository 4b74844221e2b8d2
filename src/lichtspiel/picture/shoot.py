"""Render frames: joined with their neighbours, or for a locked camera only what moves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image

from lichtspiel.picture import regions
from lichtspiel.picture.animate import SHUTTER
from lichtspiel.picture.expose import Exposer
from lichtspiel.picture.film import Film
from lichtspiel.picture.neighbours import Values, View, settled
from lichtspiel.picture.quality import Quality
from lichtspiel.picture.regions import Box, Picture
from lichtspiel.picture.settings import all_sharp

PROBE_PERCENT = 25
PROBE_SAMPLES = 4
WHOLE = 0.75
"""Share of the picture from which on a frame is rendered whole."""
CARE = 3
"""A small region gets up to this many times the samples of a whole frame."""
BORDER = 12
"""Pixels rendered around a region, so that the denoiser sees what surrounds it."""


@dataclass(frozen=True, eq=False)
class Plate:
    """What the camera of a shot sees without anything that moves, and its probe."""

    picture: Picture
    probe: Picture


@dataclass(frozen=True, eq=False)
class Shooter:
    """Renders the frames of a film. Plates are kept in `folder`, also for other processes."""

    film: Film
    quality: Quality
    folder: Path
    scratch: Path
    """A folder for this process alone."""
    plates: dict[int, Plate] = field(default_factory=dict)
    views: dict[int, View] = field(default_factory=dict)
    """Frames of a moving camera that may be neighbours of the next ones."""

    @cached_property
    def exposer(self) -> Exposer:
        return Exposer(self.film, self.quality, self.scratch)

    def picture(self, frame: int) -> Picture:
        """One frame before the grade. The same frame is the same picture in every process."""
        scene = self.film.scene
        shot = self.film.shot_of[frame]
        locked = self.film.locked[shot]
        if not locked:
            return self._settled(frame, shot)
        scene.cycles.seed = 0
        scene.frame_set(frame)
        if not self.film.moving:
            return self.exposer.picture(self.quality.still_samples)
        if shot not in self.plates:
            self.plates[shot] = self._plate(shot)
            scene.frame_set(frame)
        return self._join(frame, self.plates[shot])

    def whole(self, samples: int) -> Picture:
        """The scene as it stands, all of it."""
        return self.exposer.picture(samples)

    def depths(self, frames: Iterable[int]) -> Iterator[tuple[int, Values]]:
        """Frames, and how far away (H, W) everything in them is, in metres along the camera's axis."""
        scene = self.film.scene
        scene.cycles.seed = 0
        with all_sharp(scene):
            for frame in frames:
                scene.frame_set(frame)
                yield frame, self.exposer.depth()

    def _settled(self, frame: int, shot: int) -> Picture:
        """A frame of a moving camera, joined with those before and after it."""
        near = [f for f in (frame - 1, frame, frame + 1) if 0 <= f < self.film.frame_count]
        near = [f for f in near if self.film.shot_of[f] == shot]
        for done in self.views.keys() - near:
            del self.views[done]
        for wanted in near:
            if wanted not in self.views:
                self.film.scene.cycles.seed = wanted
                self.film.scene.frame_set(wanted)
                self.views[wanted] = self.exposer.view(self.quality.moving_samples)
        return settled(self.views[frame], [self.views[f] for f in near if f != frame])

    def _plate(self, shot: int) -> Plate:
        """The plate of a shot, taken at its first frame: the same, whichever frame is rendered first."""
        paths = [self.folder / f"shot{shot}.{part}.png" for part in ("plate", "probe")]
        if not all(path.exists() for path in paths):
            self.folder.mkdir(exist_ok=True)
            with _Hidden(self.film.moving):
                self.film.scene.frame_set(self.film.shot_of.index(shot))
                pictures = (
                    self.exposer.picture(self.quality.still_samples, accurate=True),
                    self._probe(),
                )
            for picture, path in zip(pictures, paths, strict=True):
                partial = self.scratch / path.name
                Image.fromarray(picture).save(partial, "PNG")
                partial.replace(path)
        return Plate(*(_read(path) for path in paths))

    def _join(self, frame: int, plate: Plate) -> Picture:
        shape = (self.quality.height, self.quality.width)
        probe = regions.touched(plate.probe, self._probe())
        silhouettes = regions.covered(self._silhouettes(frame, probe.shape), probe.shape)
        mask = regions.enlarged(regions.widened(probe | silhouettes), shape)
        boxes = regions.boxes_around(mask)
        share = regions.area(boxes) / mask.size
        if share > WHOLE:
            return self.exposer.picture(self.quality.samples)
        result = plate.picture
        care = min(CARE, max(1, round(0.3 / max(share, 1e-6))))
        for inner in boxes:
            box = _with_border(inner, shape)
            crop = self.exposer.picture(self.quality.samples * care, box=box)
            # The border is for the denoiser alone: at its rim a crop shows a seam.
            result = regions.joined(result, crop, box, mask & regions.covered([inner], shape))
        return result

    def _silhouettes(self, frame: int, shape: tuple[int, ...]) -> list[Box]:
        """Boxes around what moves while the shutter is open, in pixels of a picture of this shape."""
        scene = self.film.scene
        found = []
        for shift in (-SHUTTER / 2, SHUTTER / 2):
            scene.frame_set(frame + math.floor(shift), subframe=shift % 1.0)
            seen = bpy.context.evaluated_depsgraph_get()
            things = [thing.evaluated_get(seen) for thing in self.film.moving]
            found += [_silhouette(scene, thing, shape) for thing in things if not thing.hide_render]
        scene.frame_set(frame)
        return found

    def _probe(self) -> Picture:
        """A small picture in which light paths that meet nothing that moves are the plate's to the bit.

        A tree of lights is built anew wherever a lamp or a moving thing is, and then chooses others.
        """
        cycles = self.film.scene.cycles
        cycles.use_light_tree = False
        picture = self.exposer.picture(PROBE_SAMPLES, percent=PROBE_PERCENT, denoise=False)
        cycles.use_light_tree = True
        return picture


class _Hidden:
    """Hides objects from the render for a while, whatever their animation says."""

    def __init__(self, things: Iterable[Any]) -> None:
        self.things = tuple(things)

    def __enter__(self) -> None:
        for thing in self.things:
            for ray in _RAYS:
                setattr(thing, ray, False)

    def __exit__(self, *_: object) -> None:
        for thing in self.things:
            for ray in _RAYS:
                setattr(thing, ray, True)


_RAYS = tuple(
    f"visible_{ray}" for ray in ("camera", "diffuse", "glossy", "transmission", "shadow", "volume_scatter")
)


def _silhouette(scene: Any, thing: Any, shape: tuple[int, ...]) -> Box:
    """Box in the picture around the bounds of a thing."""
    lens = scene.camera.calc_matrix_camera(
        bpy.context.evaluated_depsgraph_get(), x=scene.render.resolution_x, y=scene.render.resolution_y
    )
    project = lens @ scene.camera.matrix_world.inverted() @ thing.matrix_world
    corners = np.array([project @ Vector((*corner, 1.0)) for corner in thing.bound_box])
    if corners[:, 3].min() <= 0:  # reaches behind the camera
        return (0, 0, shape[1], shape[0])
    flat = corners[:, :2] / corners[:, 3:]
    x, y = (flat[:, 0] + 1) / 2 * shape[1], (1 - flat[:, 1]) / 2 * shape[0]
    return (math.floor(x.min()), math.floor(y.min()), math.ceil(x.max()), math.ceil(y.max()))


def _with_border(box: Box, shape: tuple[int, ...]) -> Box:
    left, top, right, bottom = box
    return (
        max(0, left - BORDER),
        max(0, top - BORDER),
        min(shape[1], right + BORDER),
        min(shape[0], bottom + BORDER),
    )


def _read(path: Path) -> Picture:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))
