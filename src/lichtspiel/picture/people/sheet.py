"""Contact sheets of people in studio light, to judge them by eye.

python -m lichtspiel.picture.people.sheet [--people N | --every hair|beard|expression]
    [--view portrait full …] [-o FILE.png]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people import face, figure_of
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.population import complete
from lichtspiel.library.people.rig import about, bones_posed
from lichtspiel.library.place import Lamp, Sky
from lichtspiel.motion import postures
from lichtspiel.picture.light import add_lamp, set_sky
from lichtspiel.picture.people import pages
from lichtspiel.picture.people.build import build
from lichtspiel.picture.people.closeness import HEAD_M, Closeness
from lichtspiel.picture.settings import new_scene
from lichtspiel.screenplay import Character, Expression, HairStyle, Sex, Wear, Weather
from lichtspiel.take import Performance

VIEWS = ("close", "portrait", "profile", "bust", "full", "back")
_BACKDROP = Sky("gradient", strength=0.32, horizon=(0.9, 0.95, 1.0), zenith=(0.5, 0.56, 0.66))


@dataclass(frozen=True)
class View:
    """Where the camera stands: what it holds in head heights, and its turn to the person's left."""

    heads: float
    turn_rad: float
    lens_mm: float


_VIEWS = {
    "close": View(1.05, 0.28, 100.0),
    "portrait": View(1.8, 0.2, 85.0),
    "profile": View(1.7, 1.45, 85.0),
    "bust": View(3.4, 0.35, 70.0),
    "full": View(0.0, 0.3, 50.0),
    "back": View(0.0, 2.7, 50.0),
}


def main(arguments: list[str] | None = None) -> int:
    """Render the sheet, a row per view and a column per person."""
    options = _parser().parse_args(arguments)
    _expand(options)
    tiles = []
    for person in _people(options):
        column = []
        for view in options.view:
            started = time.process_time()
            column.append(_tile(person, view, options))
            print(f"{_words(person)}: {view} {time.process_time() - started:.1f} CPU s", file=sys.stderr)
        tiles.append((_words(person), column))
        pages.laid_out(tiles, options.columns).save(options.output)
    print(options.output)
    return 0


def _expand(options: argparse.Namespace) -> None:
    """Fill in the people that show every one of a kind."""
    if options.every == "expression":
        options.expression = list(Expression)
    elif options.every == "hair":
        styles = catalogue.hair_styles()
        options.hair = list(styles)
        options.sex = [
            Sex.FEMALE if style.common.get("female", 0.0) > style.common.get("male", 0.0) else Sex.MALE
            for style in styles.values()
        ]
    elif options.every == "beard":
        options.beard = list(catalogue.beards())
        options.sex = [Sex.MALE]
    found = {"expression": options.expression, "hair": options.hair, "beard": options.beard}
    if options.people is None:
        options.people = len(found[options.every]) if options.every else 4


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lichtspiel.picture.people.sheet", description=__doc__)
    parser.add_argument("--people", type=int, help="how many, of the seeds from --seed on")
    parser.add_argument("--every", choices=("hair", "beard", "expression"), help="each that there is, once")
    parser.add_argument("--columns", type=int, default=10, help="people in a row")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--role")
    parser.add_argument("--sex", type=Sex, nargs="+", default=[None])
    parser.add_argument("--age", type=float, nargs="+", default=[None])
    parser.add_argument("--build", type=float)
    parser.add_argument("--skin", nargs="+", default=[None], choices=list(catalogue.skin_tones()))
    parser.add_argument("--features", nargs="+", default=[None])
    parser.add_argument("--eyes")
    parser.add_argument("--hair", nargs="+", default=[None], help="hair styles")
    parser.add_argument("--hair-colour", nargs="+", default=[None])
    parser.add_argument("--beard", nargs="+", default=[None])
    parser.add_argument("--wear", nargs="+", default=[], help="garments, from the skin outward")
    parser.add_argument("--expression", type=Expression, nargs="+", default=[Expression.NEUTRAL])
    parser.add_argument("--look", type=float, nargs=2, default=(0.0, 0.0), help="degrees to the left and up")
    parser.add_argument("--texture", help="face picture in the body's texture layout")
    parser.add_argument("--view", nargs="+", default=["portrait"], choices=VIEWS)
    parser.add_argument("--size", type=int, nargs=2, default=(270, 480), metavar=("WIDTH", "HEIGHT"))
    parser.add_argument("--samples", type=int, default=16)
    parser.add_argument("--turn", type=float, default=0.0, help="more degrees to the person's left")
    parser.add_argument("--sun", action="store_true", help="sun and sky instead of the studio")
    parser.add_argument("-o", "--output", type=Path, default=Path("people.png"))
    return parser


def _people(options: argparse.Namespace) -> Iterator[Person]:
    """The people asked for; options with several values are gone through in step."""
    for index in range(options.people):

        def nth(values: list[Any], index: int = index) -> Any:
            return values[index % len(values)]

        character = Character(
            id="person",
            seed=options.seed + index * (options.every != "expression"),
            role=options.role,
            sex=nth(options.sex),
            age_years=nth(options.age),
            build=options.build,
            skin=nth(options.skin),
            features=nth(options.features),
            eyes=options.eyes,
            hair=HairStyle(
                style=nth(options.hair), colour=nth(options.hair_colour), beard=nth(options.beard)
            ),
            face_texture=options.texture,
            wears=tuple(Wear(garment=garment) for garment in options.wear),
            expression=nth(options.expression),
        )
        yield complete(character, 0, 0, Weather.CLEAR)


def _words(person: Person) -> str:
    return (
        f"{person.sex.value[0]}{person.age_years:.0f} {person.skin} {person.eyes} "
        f"{person.hair_style}/{person.beard} {person.expression.value}"
    )


def standing(person: Person, body: Physique, look: tuple[float, float] = (0.0, 0.0)) -> Performance:
    """A still performance: at ease as in films, the person's expression, eyes turned by `look`."""
    root, pose = postures.standing(person, body)
    left, up = (float(np.radians(angle)) for angle in look)
    for bone in ("eye.L", "eye.R"):
        turn = about((0.0, 0.0, 1.0), left)
        pose[body.rig.index(bone)] = turn if abs(left) >= abs(up) else about((-1.0, 0.0, 0.0), up)
    weights = face.weights(person, person.expression) | face.gaze(left, up)
    return Performance(
        rate_hz=1.0,
        root=root[None],
        pose=pose[None],
        face={name: np.array([weight]) for name, weight in weights.items()},
    )


def _tile(person: Person, view: str, options: argparse.Namespace) -> Image.Image:
    scene = new_scene()
    body = physique(person)
    performance = standing(person, body, tuple(options.look))
    seen = _camera(scene, body, performance, _VIEWS[view], np.radians(options.turn), options.size)
    figure = figure_of(person, seen.hair_share)
    build(scene, "person", figure, performance, 1, np.zeros(2), seen)
    _light(scene, body, sun=options.sun)
    return pages.rendered(scene, options.size, options.samples)


def _head(body: Physique) -> tuple[Array, float]:
    """Middle of the face (3,) at rest and the height of the head, metres."""
    eyes = (body.eye("l")[0] + body.eye("r")[0]) / 2
    height = (body.height_m - eyes[2]) * 2.05
    return eyes - np.array([0.0, 0.0, 0.06 * height]), height


def _light(scene: Any, body: Physique, *, sun: bool) -> None:
    """Key from the person's left front, fill, and a rim that parts hair from the backdrop."""
    if sun:
        set_sky(scene, Sky("atmosphere", sun_elevation_rad=0.75, sun_azimuth_rad=-1.1))
        return
    set_sky(scene, _BACKDROP)
    middle, head = _head(body)
    for name, offset, size, power in (
        ("key", (4.2, -5.0, 3.2), 3.0, 34.0),
        ("fill", (-5.5, -4.0, 0.5), 4.5, 6.0),
        ("rim", (-2.6, 5.5, 3.5), 2.2, 30.0),
    ):
        shift = np.asarray(offset) * head
        position = middle + shift
        lamp = Lamp(
            "area", power * head**2 * 16,
            position=(float(position[0]), float(position[1]), float(position[2])),
            direction=(float(-shift[0]), float(-shift[1]), float(-shift[2])),
            size_m=(size * head, size * head),
        )  # fmt: skip
        add_lamp(scene, lamp, name)


def _camera(
    scene: Any, body: Physique, performance: Performance, view: View, turn: float, size: tuple[int, int]
) -> Closeness:
    """Set up the camera of a view; return how closely it looks."""
    root, pose = performance.at(0.0)
    heads, _ = bones_posed(body.rig, root, pose)
    middle, head = _head(body)
    skull = body.rig.index("head")
    middle = middle + heads[skull] - body.rig.heads[skull]
    held = view.heads * head
    if not view.heads:
        low, high = heads[:, 2].min() - 0.05, middle[2] + 0.8 * head
        middle, held = np.array([middle[0], middle[1], (low + high) / 2]), 1.08 * (high - low)
    elif view.heads > 1.6:
        middle = middle - np.array([0.0, 0.0, 0.3 * (view.heads - 1.35) * head])
    data = bpy.data.cameras.new("camera")
    data.lens, data.sensor_width, data.sensor_fit = view.lens_mm, 36.0, "VERTICAL"
    data.sensor_height = 36.0
    distance = held * view.lens_mm / 36.0 / min(1.0, size[0] / size[1] * 1.6)
    angle = view.turn_rad + turn
    back = np.array([np.sin(angle), -np.cos(angle), 0.04])
    camera = bpy.data.objects.new("camera", data)
    camera.location = (middle + distance * back).tolist()
    camera.rotation_euler = Vector((-back).tolist()).to_track_quat("-Z", "Y").to_euler()
    data.dof.use_dof, data.dof.focus_distance, data.dof.aperture_fstop = True, distance * 0.97, 8.0
    scene.collection.objects.link(camera)
    scene.camera = camera
    return Closeness(float(max(size) / 36.0 * view.lens_mm * HEAD_M / distance))


if __name__ == "__main__":
    sys.exit(main())
