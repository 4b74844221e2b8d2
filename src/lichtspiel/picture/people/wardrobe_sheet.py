"""Contact sheets of garments on people who stand, walk and sit, to judge them by eye.

python -m lichtspiel.picture.people.wardrobe_sheet [GARMENT[+GARMENT…] …] [--pose stand walk sit] [-o FILE]

With no garment named, all of them; a garment's name stands for an outfit that goes with it.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image

from lichtspiel import motion, stage
from lichtspiel.library import catalogue
from lichtspiel.library.people import figure_of
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.library.place import Lamp, Sky
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.hanging import Moves, hang
from lichtspiel.motion.postures import seated, standing
from lichtspiel.picture.light import add_lamp, set_sky
from lichtspiel.picture.people import pages
from lichtspiel.picture.people.build import build
from lichtspiel.picture.people.closeness import NEAR
from lichtspiel.picture.settings import new_scene
from lichtspiel.screenplay import Action, Character, Screenplay, Setting, Sex, Shot, Wear, Weather
from lichtspiel.stage.world import Direction, PlacedFigure
from lichtspiel.take import Performance, Take

POSES = ("stand", "walk", "sit")
_RATE_HZ = 48.0
_SECONDS = 1.7
_SEAT = 0.27
"""Height of a seat, in body heights."""
_LENS_MM, _SENSOR_MM = 60.0, 36.0
_BACKDROP = Sky("gradient", strength=0.32, horizon=(0.9, 0.95, 1.0), zenith=(0.5, 0.56, 0.66))
_STILL_AIR = Air(1.2, (0.0, 0.0, 0.0), (0.0, 0.0, -9.81))


def main(arguments: list[str] | None = None) -> int:
    """Render the sheet, a row per pose and a column per outfit."""
    parser = _parser()
    options = parser.parse_args(arguments)
    unknown = {name.partition(":")[0] for one in options.garments for name in one.split("+")}
    unknown -= set(catalogue.garments())
    if unknown:
        parser.error(
            f"no such garment: {', '.join(sorted(unknown))}; garments are {', '.join(catalogue.garments())}"
        )
    outfits = options.garments or [
        name for name, entry in catalogue.garments().items() if entry.kind != "underwear"
    ]
    columns = []
    for number, outfit in enumerate(outfits):
        who = _person(outfit.split("+"), options, number)
        columns.append((outfit, [_tile(who, pose, options) for pose in options.pose]))
        print(outfit, file=sys.stderr)
    pages.laid_out(columns, options.columns).save(options.output)
    print(options.output)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lichtspiel.picture.people.wardrobe_sheet")
    parser.add_argument("garments", nargs="*")
    parser.add_argument("--pose", nargs="+", default=["stand"], choices=POSES)
    parser.add_argument("--sex", type=Sex)
    parser.add_argument("--age", type=float, default=30.0)
    parser.add_argument("--build", type=float)
    parser.add_argument("--role")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--turn", type=float, default=20.0, help="degrees to the person's left")
    parser.add_argument("--crop", type=float, nargs=2, default=(0.0, 1.0), help="shown, in body heights")
    parser.add_argument("--size", type=int, nargs=2, default=(200, 356), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--samples", type=int, default=14)
    parser.add_argument("--columns", type=int, default=12)
    parser.add_argument("-o", "--output", type=Path, default=Path("wardrobe.png"))
    return parser


def _person(garments: list[str], options: argparse.Namespace, number: int) -> Person:
    wears = []
    for garment in garments:
        name, _, colour = garment.partition(":")
        wears.append(Wear(garment=name, colour=colour or None))
    sex = options.sex or (Sex.FEMALE if number % 2 else Sex.MALE)
    character = Character(
        id="person", seed=options.seed, role=options.role, sex=sex, age_years=options.age,
        build=options.build, wears=tuple(wears),
    )  # fmt: skip
    return complete(character, 0, 0, Weather.CLEAR)


def performed(who: Person, pose: str) -> Performance:
    """A person who stands, walks or sits for a while, and what hangs on them."""
    if pose == "walk":
        return _walking(who)
    body = physique(who)
    root, bones = standing(who, body) if pose == "stand" else seated(who, body, _SEAT * body.height_m)
    count = round(_SECONDS * _RATE_HZ)
    moves = Moves(_RATE_HZ, np.repeat(root[None], count, 0), np.repeat(bones[None], count, 0))
    hung = hang(who, body, moves, _STILL_AIR, 0.0)
    return Performance(_RATE_HZ, moves.root, moves.pose, garments=hung.garments, dents=hung.dents)


def _walking(who: Person) -> Performance:
    empty = stage.build(
        Screenplay(
            title="walk", setting=Setting(place="studio"), cast=(Character(id="person"),), shots=(Shot(),)
        )
    )
    ground = empty.figures[0].ground
    told = (Direction(Action.WALK, 0.0),)
    figure = PlacedFigure("person", "person", who, physique(who), (0.0, 0.0, 0.0), 0.0, ground, told)
    span = replace(empty.timeline[0], film_start_s=0.0, film_end_s=_SECONDS, world_start_s=0.0, rate=1.0)
    world = replace(empty, figures=(figure,), timeline=(span,), acting=("person",))
    nothing = Take(_RATE_HZ, (), np.zeros((2, 0, 3)), np.zeros((2, 0, 4)), np.zeros((0, 2)))
    return motion.perform(world, nothing).figures["person"]


def _tile(who: Person, pose: str, options: argparse.Namespace) -> Image.Image:
    scene = new_scene()
    figure = figure_of(who, NEAR.hair_share)
    performance = performed(who, pose)
    times = np.full(2, _SECONDS - 0.1)
    build(scene, "person", figure, performance, 1, times, NEAR)
    root, bones = performance.at(float(times[0]))
    heads, _ = bones_posed(figure.physique.rig, root, bones)
    hips = heads[figure.physique.rig.index("spine05")]
    tall = figure.physique.height_m * (1.0 if pose != "sit" else 0.8)
    low, high = (share * tall for share in options.crop)
    middle = np.array([hips[0], hips[1], (low + high) / 2])
    _light(scene, middle, tall)
    _floor(scene, middle)
    _camera(scene, middle, 1.12 * (high - low), np.radians(options.turn), options.size)
    return pages.rendered(scene, options.size, options.samples)


def _light(scene: Any, middle: np.ndarray, tall: float) -> None:
    """Key from the person's left front, fill, and a rim from behind."""
    set_sky(scene, _BACKDROP)
    for name, offset, size, power in (
        ("key", (1.1, -1.4, 1.1), 0.7, 34.0),
        ("fill", (-1.6, -1.1, 0.4), 1.2, 9.0),
        ("rim", (-0.7, 1.6, 1.1), 0.6, 34.0),
    ):
        shift = np.asarray(offset) * tall
        place = middle + shift
        lamp = Lamp(
            "area", power * tall**2,
            position=(float(place[0]), float(place[1]), float(place[2])),
            direction=(float(-shift[0]), float(-shift[1]), float(-shift[2])),
            size_m=(size * tall, size * tall),
        )  # fmt: skip
        add_lamp(scene, lamp, name)


def _floor(scene: Any, middle: np.ndarray) -> None:
    data = bpy.data.meshes.new("floor")
    x, y = float(middle[0]), float(middle[1])
    data.from_pydata(
        [(x - 4, y - 4, 0), (x + 4, y - 4, 0), (x + 4, y + 4, 0), (x - 4, y + 4, 0)], [], [(0, 1, 2, 3)]
    )
    scene.collection.objects.link(bpy.data.objects.new("floor", data))


def _camera(scene: Any, middle: np.ndarray, held_m: float, turn: float, size: tuple[int, int]) -> None:
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_fit, data.sensor_height = _LENS_MM, "VERTICAL", _SENSOR_MM
    distance = held_m * _LENS_MM / _SENSOR_MM / min(1.0, size[0] / size[1] * 1.75)
    back = np.array([np.sin(turn), -np.cos(turn), 0.12])
    camera = bpy.data.objects.new("camera", data)
    camera.location = (middle + distance * back).tolist()
    camera.rotation_euler = Vector((-back).tolist()).to_track_quat("-Z", "Y").to_euler()
    scene.collection.objects.link(camera)
    scene.camera = camera


if __name__ == "__main__":
    sys.exit(main())
