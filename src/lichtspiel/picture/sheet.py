"""Contact sheets of things, looks and places, to judge them by eye.

python -m lichtspiel.picture.sheet [THING …] [--place PLACE] [--look LOOK …] [-o FILE.png]
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector
from PIL import Image, ImageDraw, ImageFont

from lichtspiel.library import catalogue, mesh
from lichtspiel.library.asset import Array, Asset, Joint, Part, Surface
from lichtspiel.library.catalogue import Surroundings, Wish
from lichtspiel.library.place import Lamp, Sky
from lichtspiel.picture import scene as staging
from lichtspiel.picture.light import add_lamp, set_sky
from lichtspiel.picture.materials import Materials
from lichtspiel.picture.settings import new_scene, set_denoising, set_picture, set_sampling
from lichtspiel.screenplay import Light, TimeOfDay, Weather

COLUMNS = 5
SOFT_SKY = Sky("gradient", strength=0.45, horizon=(1.0, 1.0, 1.0), zenith=(0.55, 0.6, 0.68))


def main(arguments: list[str] | None = None) -> int:
    """Render the sheet; 1 when something failed (it is named on the sheet and on stderr)."""
    options = _parser().parse_args(arguments)
    tiles: list[tuple[str, Callable[[], Image.Image]]] = []
    for place in options.place:
        tiles.append((place, lambda place=place: _place_tile(place, options)))  # type: ignore[misc]
    for look in options.look:
        tiles.append((look, lambda look=look: _thing_tile(look, _swatch(look), options)))  # type: ignore[misc]
    for thing in options.things or ([] if tiles else list(catalogue.things())):
        tiles.append((thing, lambda thing=thing: _built_tile(thing, options)))  # type: ignore[misc]
    failed = 0
    images = []
    for name, render in tiles:
        try:
            images.append((name, render()))
        except Exception as error:
            failed = 1
            print(f"{name}: {error}", file=sys.stderr)
            traceback.print_exc()
            images.append(
                (f"{name}: {type(error).__name__}", Image.new("RGB", (options.size,) * 2, (90, 0, 0)))
            )
    _montage(images).save(options.output)
    print(options.output)
    return failed


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lichtspiel.picture.sheet", description=__doc__)
    parser.add_argument("things", nargs="*", metavar="THING", help="all things when nothing is named")
    parser.add_argument("--place", nargs="+", default=[])
    parser.add_argument("--look", nargs="+", default=[])
    parser.add_argument("--material", help="material of the things' bodies")
    parser.add_argument("--colour", help="colour of the things")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the things against their usual one")
    parser.add_argument("--time", type=TimeOfDay, default=TimeOfDay.AFTERNOON)
    parser.add_argument("--weather", type=Weather, default=Weather.CLEAR)
    parser.add_argument("--light", type=Light, default=Light.NATURAL)
    parser.add_argument("--ground", help="material of the place's ground")
    parser.add_argument("--turn", type=float, default=35.0, help="degrees the camera stands to the right")
    parser.add_argument("--height", type=float, default=22.0, help="degrees the camera stands above")
    parser.add_argument("--focal", type=float, default=0.0, help="mm; 0 = 60 for things, 24 for places")
    parser.add_argument("--spot", help="spot of the place to look at")
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--exposure", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path, default=Path("sheet.png"))
    return parser


def _swatch(look: str) -> Asset:
    """A ball and a slab with the look."""
    if look not in catalogue.looks():
        raise KeyError(f"no look is called {look}")
    surface = (Surface(look),)
    ball = mesh.moved(mesh.sphere(0.06, 64, 32), (0, 0, 0.06))
    slab = mesh.moved(mesh.box((0.22, 0.08, 0.02), 0.002), (0, -0.11, 0.01))
    parts = (
        Part("ball", (), ball, surface, joint=Joint("fixed")),
        Part("slab", (), slab, surface, joint=Joint("fixed")),
    )
    return Asset(parts, (0.22, 0.26, 0.12))


def _built_tile(thing: str, options: argparse.Namespace) -> Image.Image:
    entry = catalogue.things()[thing]
    wish = Wish(
        material=options.material or entry.material,
        look=(catalogue.materials()[options.material].look or options.material) if options.material else None,
        colour=catalogue.colours()[options.colour].rgb if options.colour else None,
        scale=options.scale,
    )
    asset = catalogue.build_thing(thing, wish, np.random.default_rng(options.seed))
    return _thing_tile(thing, asset, options)


def _thing_tile(name: str, asset: Asset, options: argparse.Namespace) -> Image.Image:
    scene = new_scene()
    materials = Materials(catalogue.looks())
    staging.add_asset(scene, name, asset, materials)
    clouds = staging.rest_points(asset)
    if not clouds:
        raise ValueError("nothing to see: no part has a mesh")
    points = np.concatenate(clouds)
    low, high = points.min(axis=0), points.max(axis=0)
    radius = float(np.linalg.norm(high - low)) / 2
    _cyclorama(scene, radius, float(low[2]), (low + high) / 2, materials)
    camera = _camera(scene, options.focal or 60.0)
    _frame(camera, points, math.radians(options.turn), math.radians(options.height))
    return _render(scene, options)


def _cyclorama(scene: Any, radius: float, floor: float, centre: Array, materials: Materials) -> None:
    """A grey sweep, a large softbox from the left and a fill from the right."""
    width = 40 * radius
    turn = np.linspace(0, math.pi / 2, 12)
    bend = 6 * radius
    profile = [(-20 * radius, 0.0), (6 * radius, 0.0)]
    profile += [(6 * radius + bend * math.sin(a), bend - bend * math.cos(a)) for a in turn]
    profile += [(6 * radius + bend, 30 * radius)]
    points = np.array([(x, y, z) for y, z in profile for x in (-width, width)], float)
    quads = [(2 * i, 2 * i + 1, 2 * i + 3, 2 * i + 2) for i in range(len(profile) - 1)]
    sweep = mesh.from_polygons(points, quads, smooth_angle_rad=3.1)
    backdrop = staging.add_mesh(scene, "cyclorama", sweep, (Surface("studio_grey"),), materials)
    backdrop.location = (centre[0], centre[1], floor - 0.0002 * radius)
    set_sky(scene, SOFT_SKY)
    for name, offset, size, power in (
        ("key", (-2.6, -1.8, 3.2), 2.6, 130.0),
        ("fill", (3.4, -1.6, 1.6), 1.4, 26.0),
        ("rim", (0.8, 3.4, 2.8), 1.6, 50.0),
    ):
        position = np.asarray(offset) * radius
        lamp = Lamp(
            "area", power * radius**2,
            position=tuple((position + centre).tolist()),
            direction=tuple((-position).tolist()),
            size_m=(size * radius, size * radius),
        )  # fmt: skip
        add_lamp(scene, lamp, name)


def _camera(scene: Any, focal_length_mm: float) -> Any:
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_width = focal_length_mm, 36.0
    data.sensor_fit = "AUTO"
    data.clip_start, data.clip_end = 0.001, 10000.0
    camera = bpy.data.objects.new("camera", data)
    scene.collection.objects.link(camera)
    scene.camera = camera
    return camera


def _frame(camera: Any, points: Array, turn: float, height: float) -> None:
    """Look at the points from the front, turned to the right and up, so that they fill the tile."""
    back = Vector((math.sin(turn) * math.cos(height), -math.cos(turn) * math.cos(height), math.sin(height)))
    rotation = back.to_track_quat("Z", "Y").to_matrix()
    axes = np.array(rotation)
    seen = points @ axes
    slope = 0.5 * 36.0 / camera.data.lens * 0.86
    middle = (seen.min(axis=0) + seen.max(axis=0)) / 2
    for _ in range(8):  # the middle of the view depends on the distance
        offset = seen - middle
        distance = float((np.abs(offset[:, :2]).max(axis=1) / slope + offset[:, 2]).max())
        across = offset[:, :2] / (distance - offset[:, 2])[:, None]
        shift = (across.min(axis=0) + across.max(axis=0)) / 2 * distance
        middle[:2] += shift
    position = axes @ (middle + np.array([0, 0, distance]))
    camera.matrix_world = Matrix.Translation(position.tolist()) @ rotation.to_4x4()


def _place_tile(place: str, options: argparse.Namespace) -> Image.Image:
    surroundings = Surroundings(options.time, options.weather, options.light, options.ground)
    built = catalogue.build_place(place, surroundings, np.random.default_rng(options.seed))
    scene = new_scene()
    materials = Materials(catalogue.looks())
    for part in built.parts:
        if part.mesh is not None:
            staging.place(
                staging.add_part(scene, part.name, part, materials), part.position, part.orientation
            )
    set_sky(scene, built.sky)
    for index, lamp in enumerate(built.lamps):
        add_lamp(scene, lamp, f"lamp {index}")
    spot = built.spots[options.spot or ("main" if "main" in built.spots else "floor")]
    camera = _camera(scene, options.focal or 24.0)
    span = max(*spot.size_m, 0.5)
    target = np.asarray(spot.position) + (0.0, 0.0, 0.18 * span)
    facing = np.asarray(spot.facing, float)
    turn = math.atan2(facing[0], -facing[1]) + math.radians(options.turn)
    height = math.radians(options.height)
    back = np.array([math.sin(turn) * math.cos(height), -math.cos(turn) * math.cos(height), math.sin(height)])
    position = target + back * span * 1.1
    if built.camera_bounds is not None:
        position = np.clip(position, built.camera_bounds[0], built.camera_bounds[1])
    rotation = Vector((position - target).tolist()).to_track_quat("Z", "Y").to_matrix()
    camera.matrix_world = Matrix.Translation(position.tolist()) @ rotation.to_4x4()
    return _render(scene, options, exposure_ev=built.exposure_ev)


def _render(scene: Any, options: argparse.Namespace, exposure_ev: float = 0.0) -> Image.Image:
    set_sampling(scene, options.samples)
    set_denoising(scene, accurate=False)
    set_picture(scene, options.size, options.size, exposure_ev + options.exposure)
    handle, name = tempfile.mkstemp(suffix=".png")
    os.close(handle)
    try:
        scene.render.filepath = name
        bpy.ops.render.render(write_still=True)
        with Image.open(name) as image:
            return image.convert("RGB")
    finally:
        Path(name).unlink()


def _montage(images: list[tuple[str, Image.Image]]) -> Image.Image:
    size = images[0][1].width
    columns = min(COLUMNS, len(images))
    rows = math.ceil(len(images) / columns)
    label = 18
    sheet = Image.new("RGB", (columns * size, rows * (size + label)), (24, 24, 24))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(13)
    for index, (name, image) in enumerate(images):
        x, y = index % columns * size, index // columns * (size + label)
        sheet.paste(image, (x, y))
        draw.text((x + 4, y + size + 1), name, fill=(235, 235, 235), font=font)
    return sheet


if __name__ == "__main__":
    sys.exit(main())
