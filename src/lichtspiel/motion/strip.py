"""Strips of motions to look at: a few frames of each, drawn in a moment as shaded mannequins.

python -m lichtspiel.motion.strip MOTION… [--frames N] [--view front|side|three|back] [-o FILE.png]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from lichtspiel import stage
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import bones_posed, skinned
from lichtspiel.motion.mannequin import painted
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.screenplay import Action, Character, Screenplay, Setting, Sex, Shot, Style, Wear
from lichtspiel.stage.world import Direction, PlacedFigure, World

_TILE = (150, 200)
_PIXELS_PER_M = 90.0
_VIEWS = {"front": 0.0, "three": -0.6, "side": -1.5, "back": 3.14, "left": 0.6}
_MEET_M = 0.9
"""How far apart two are at least who are to come to each other."""
_TILT = 0.16
"""How far the camera looks down, as a slope."""
_SUN = np.array([-0.35, -0.6, 0.72])


def main(arguments: list[str] | None = None) -> int:
    """Draw the strips one below the other."""
    options = _parser().parse_args(arguments)
    rows = []
    for name in options.motions or sorted(catalogue.scores()):
        begun = time.process_time()
        rows.append(strip(name, options.frames, _VIEWS[options.view], options.style, options.after))
        print(f"{name}: {time.process_time() - begun:.1f} s", file=sys.stderr)
    sheet = Image.new(
        "RGB", (rows[0].width * options.columns, rows[0].height * -(-len(rows) // options.columns))
    )
    for index, row in enumerate(rows):
        sheet.paste(row, (row.width * (index % options.columns), row.height * (index // options.columns)))
    sheet.save(options.output)
    print(options.output)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lichtspiel.motion.strip", description=__doc__)
    parser.add_argument("motions", nargs="*")
    parser.add_argument("--frames", type=int, default=4)
    parser.add_argument("--columns", type=int, default=1)
    parser.add_argument("--view", choices=sorted(_VIEWS), default="three")
    parser.add_argument("--style", choices=[style.value for style in Style])
    parser.add_argument(
        "--after", choices=["stand", "sit", "walk"], default="stand", help="what is done before or below"
    )
    parser.add_argument("-o", "--output", default="strip.png")
    return parser


def sample_world(
    directions: tuple[tuple[Person, tuple[Direction, ...], tuple[float, float], float], ...], seconds: float
) -> World:
    """An empty studio with figures: person, directions, place and yaw of each."""
    empty = _studio()
    span = replace(empty.timeline[0], film_start_s=0.0, film_end_s=seconds, world_start_s=0.0, rate=1.0)
    ground = empty.figures[0].ground
    figures = tuple(
        PlacedFigure(f"figure_{i}", f"figure_{i}", who, physique(who), (*at, 0.0), yaw, ground, told)
        for i, (who, told, at, yaw) in enumerate(directions)
    )
    return replace(empty, figures=figures, timeline=(span,), acting=tuple(f.name for f in figures))


@cache
def _studio() -> World:
    return stage.build(
        Screenplay(
            title="strip", setting=Setting(place="studio"), cast=(Character(id="anna"),), shots=(Shot(),)
        )
    )


def somebody(seed: int = 1, sex: Sex = Sex.FEMALE) -> Person:
    """A grown person in trainers."""
    height = 1.7 if sex is Sex.FEMALE else 1.8
    return Person(
        sex, 30, height, 0.0, 0.0, (0.2, 0.3, 0.5), (), "fair", "blue", "short", "brown", "none",
        (Wear(garment="sneakers"),), seed=seed,
    )  # fmt: skip


def demonstration(
    name: str, style: str | None = None, after: str = "stand", who: Person | None = None
) -> tuple[World, float, float]:
    """A world in which a motion is shown, and from when to when."""
    entry, score = catalogue.motions()[name], catalogue.scores()[name]
    how = None if style is None else Style(style)
    begin = 0.5
    loops = entry.loops
    until = begin + entry.duration_s * (2 if loops else 1)
    told = Direction(Action.PERFORM, begin, motion=name, style=how, end_s=None)
    under = {"stand": Action.STAND, "sit": Action.SIT, "walk": Action.WALK}[after]
    if entry.kind == "pair":
        one = Direction(Action.PERFORM, begin, motion=name, style=how, partner="figure_1")
        two = Direction(Action.PERFORM, begin, motion=name, style=how, partner="figure_0")
        # Those who carry something long between them have it there already.
        half_m = max(_MEET_M, entry.apart_m) / 2
        world = sample_world(
            (
                (who or somebody(1), (Direction(Action.STAND, 0.0), one), (-half_m, 0.0), np.pi / 2),
                (somebody(2, Sex.MALE), (Direction(Action.STAND, 0.0), two), (half_m, 0.0), -np.pi / 2),
            ),
            until + 0.2,
        )
        return world, begin, until
    first = Direction(under, 0.0)
    if entry.kind == "locomotion" and score.gait:
        until = begin + 2.5
    # Who rides something is on it from the beginning.
    rides = score.gait == "glide" and score.base == "sit"
    directions = (replace(told, start_s=0.0),) if rides else (first, told)
    world = sample_world(((who or somebody(), directions, (0.0, 0.0), 0.0),), until + 0.2)
    return world, begin, until


def strip(name: str, frames: int, view: float, style: str | None = None, after: str = "stand") -> Image.Image:
    """A few frames of a motion side by side, with its name below."""
    world, begin, until = demonstration(name, style, after)
    performances = rehearse(world)
    entry = catalogue.motions()[name]
    if entry.loops:
        times = until - entry.duration_s * (1 - (np.arange(frames) + 0.5) / frames)
    else:
        times = begin + (until - begin) * (np.arange(frames) + 0.6) / frames
    tiles = []
    for moment in times:
        bodies = []
        for figure in world.figures:
            root, pose = performances[figure.name].at(float(moment))
            bodies.append((figure.physique, root, pose))
        tiles.append(drawn(bodies, view, _TILE))
    picture = Image.new("RGB", (_TILE[0] * frames, _TILE[1]), (255, 255, 255))
    for index, tile in enumerate(tiles):
        picture.paste(tile, (_TILE[0] * index, 0))
    ImageDraw.Draw(picture).text((4, 2), f"{name} ({entry.kind})", fill=(0, 0, 0))
    return picture


@dataclass(frozen=True, eq=False)
class Solid:
    """A thing beside the bodies: vertices (V, 3) in the world, faces (F, 4), and their colours (F, 3)."""

    vertices: Array
    faces: IntArray
    colours: Array


def drawn(
    bodies: list[tuple[Physique, Array, Array]],
    view: float,
    size: tuple[int, int],
    solids: Sequence[Solid] = (),
    pixels_per_m: float = _PIXELS_PER_M,
    from_m: float = 0.0,
) -> Image.Image:
    """Bodies and things at a moment, from far away, the farthest faces first; from this height on."""
    scale = 3
    width, height = size[0] * scale // 2, size[1] * scale // 2
    picture = Image.new("RGB", (width, height), (226, 226, 222))
    pen = ImageDraw.Draw(picture)
    cos, sin = np.cos(view), np.sin(view)
    turn = np.array([[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]])
    posed = [_skin(body, root, pose) @ turn.T for body, root, pose in bodies]
    body_points = basis.load().group("body")
    middle, depth_m = np.mean([points[body_points, :2].mean(0) for points in posed], axis=0)
    pixels = pixels_per_m * scale / 2
    ground = height - 0.11 * height + from_m * pixels
    _floor(pen, width, ground, turn, pixels, (middle, depth_m))
    shapes = [(points, *painted(body)) for (body, _, _), points in zip(bodies, posed, strict=True)]
    shapes += [(s.vertices @ turn.T, s.faces, s.colours) for s in solids]
    polygons, depths, colours = [], [], []
    for points, faces, paint in shapes:
        corners = points[faces] - [0.0, depth_m, 0.0]
        normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
        facing = normal @ np.array([0.0, -1.0, _TILT]) > 0
        light = 0.5 + 0.5 * np.clip(normal @ (_SUN / np.linalg.norm(_SUN)), -0.4, 1.0)
        shade = np.clip(paint * light[:, None], 0, 255).astype(int)
        x = width / 2 + (corners[..., 0] - middle) * pixels
        y = ground - (corners[..., 2] - _TILT * corners[..., 1]) * pixels
        polygons += list(np.stack([x, y], -1)[facing])
        depths.append((corners[..., 1] + _TILT * corners[..., 2]).mean(1)[facing])
        colours.append(shade[facing])
    depth, colour = np.concatenate(depths), np.concatenate(colours)
    for index in np.argsort(-depth):
        pen.polygon([tuple(p) for p in polygons[index]], fill=tuple(colour[index]))
    return picture.resize(size, Image.Resampling.BILINEAR)


def _skin(body: Physique, root: Array, pose: Array) -> Array:
    heads, turned = bones_posed(body.rig, root, pose)
    return skinned(body.rig, body.skin, body.vertices, heads, turned)


def _floor(
    pen: ImageDraw.ImageDraw,
    width: int,
    ground: float,
    turn: Array,
    pixels: float,
    middle: tuple[float, float],
) -> None:
    """Lines every half metre, so that one sees who moves."""
    for step in np.arange(-9, 9.5, 0.5):
        for line in (((step, -9), (step, 9)), ((-9, step), (9, step))):
            ends = np.array([[*p, 0.0] for p in line]) @ turn.T - [*middle, 0.0]
            x, y = width / 2 + ends[:, 0] * pixels, ground + _TILT * ends[:, 1] * pixels
            pen.line([(x[0], y[0]), (x[1], y[1])], fill=(204, 204, 198))


if __name__ == "__main__":
    raise SystemExit(main())
