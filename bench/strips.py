"""Every motion as a strip of four frames, with the things it is done with: run as `python -m bench.strips`.

The figures are staged, rehearsed and simulated as in a film, so that what falls falls and what is let go of
flies; they are drawn as plain shapes, which takes no Blender.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parent.parent))

from lichtspiel import physics, stage
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray, Mesh
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.motion import rehearse
from lichtspiel.motion.strip import Solid, drawn
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Sex, Shot
from lichtspiel.stage.world import World
from lichtspiel.take import Take

_TILE = (150, 200)
_BEGINS_S = 0.4
_FAR_M = 2.6
"""What is further than this from everybody is scenery."""
_STAGGERS_S, _LIES_S = 0.12, 1.4
"""Between these times after its beginning a fall is looked at."""
_BESIDE = 0.8
"""By how much farther round pairs are looked at."""
_WIDE_M = 6.0
_STAIRS_S = 5.0
"""Some steps up or down."""
_PAINTS = ((176, 120, 70), (150, 150, 156), (190, 170, 110), (120, 140, 110), (160, 90, 84), (90, 110, 150))


def main() -> int:
    """Draw the strips of the named motions, or of all, beside and below each other."""
    parser = argparse.ArgumentParser(prog="python -m bench.strips", description=__doc__)
    parser.add_argument("motions", nargs="*")
    parser.add_argument("--columns", type=int, default=3)
    parser.add_argument("--frames", type=int, default=4)
    parser.add_argument("--view", type=float, default=-0.6, help="radians round the figure, 0 is in front")
    parser.add_argument("-o", "--output", default="strips.png")
    options = parser.parse_args()
    rows = [
        strip(name, options.frames, options.view) for name in options.motions or sorted(catalogue.motions())
    ]
    columns = min(options.columns, len(rows))
    size = (rows[0].width * columns, rows[0].height * -(-len(rows) // columns))
    sheet = Image.new("RGB", size, (255, 255, 255))
    for index, row in enumerate(rows):
        sheet.paste(row, (row.width * (index % columns), row.height * (index // columns)))
    sheet.save(options.output)
    return 0


def told(name: str) -> Screenplay:
    """A film in which a motion of the library is performed, at home where it is at home."""
    entry = catalogue.motions()[name]
    cast = [Character(id="anna", sex=Sex.FEMALE, age_years=30)]
    beats = [Beat(subject="anna", action=Action.PERFORM, motion=name, at_s=_BEGINS_S)]
    if entry.kind == "pair":
        cast.append(Character(id="ben", sex=Sex.MALE, age_years=30))
        beats = [beats[0].model_copy(update={"target": "ben"})]
        beats.append(beats[0].model_copy(update={"subject": "ben", "target": "anna"}))
    lasts = _BEGINS_S + max(entry.duration_s * (2 if entry.loops else 1), 1.2) + 0.4
    if entry.kind == "collapse" or entry.release is not None or entry.kind == "pair":
        lasts += 1.6
    if entry.rises:
        lasts = _STAIRS_S
    return Screenplay(
        title=name, duration_s=min(max(lasts, 2.0), 12.0), setting=Setting(place=entry.home or "studio"),
        cast=tuple(cast), beats=tuple(beats), shots=(Shot(),),
    )  # fmt: skip


def strip(name: str, frames: int, view: float) -> Image.Image:
    """A few frames of a motion side by side, with its name below."""
    world = stage.build(told(name))
    rehearsal = rehearse(world)
    take = physics.perform(world, rehearsal=rehearsal)
    take = replace(take, figures=rehearsal | take.figures)
    last = take.positions.shape[0] / take.rate_hz if len(take.positions) else world.duration_s
    entry = catalogue.motions()[name]
    until = min(last, world.duration_s) - 0.05
    if entry.kind not in ("collapse", "pair") and not entry.loops:
        until = min(until, _BEGINS_S + entry.duration_s + (0.5 if entry.release else 0.0))
    begin = max(until - entry.duration_s, 0.0) if entry.loops else _BEGINS_S
    moments = begin + (until - begin) * (np.arange(frames) + 0.6) / frames
    if entry.kind == "collapse":
        moments = begin + np.geomspace(_STAGGERS_S, min(_LIES_S, until - begin), frames)
    if entry.kind == "pair":
        view = view - _BESIDE
    shown = _near(world, take)
    scale = _scale(world, take, moments)
    picture = Image.new("RGB", (_TILE[0] * frames, _TILE[1]), (255, 255, 255))
    for index, moment in enumerate(moments):
        bodies = [(f.physique, *take.figures[f.name].at(float(moment))) for f in world.figures]
        solids = _solids(world, take, shown, float(moment))
        tile = drawn(bodies, view - world.figures[0].yaw, _TILE, solids, scale)
        picture.paste(tile, (_TILE[0] * index, 0))
    ImageDraw.Draw(picture).text((4, 2), f"{name} ({entry.kind})", fill=(0, 0, 0))
    return picture


def _scale(world: World, take: Take, moments: Array) -> float:
    """Pixels in a metre with which everybody is in the picture."""
    tall, wide = 1.8, 0.8
    for moment in moments:
        heads = [
            bones_posed(f.physique.rig, *take.figures[f.name].at(float(moment)))[0] for f in world.figures
        ]
        points = np.concatenate(heads)
        tall = max(tall, float(points[:, 2].max()) + 0.15)
        wide = max(wide, float(np.ptp(points[:, :2], axis=0).max()) + 0.3)
    return min(0.86 * _TILE[1] / tall, 0.95 * _TILE[0] / wide)


def _near(world: World, take: Take) -> list[str]:
    """Bodies of things that are used, or close to somebody at some time, without the place itself."""
    people = np.concatenate([take.figures[f.name].root[::12] + _hips(f.physique) for f in world.figures])
    found = []
    shards = {shard for breakable in world.breakables for shard in breakable.shards}
    for body in world.bodies:
        if (
            body.name in shards
            or body.prop == "place"
            or body.part.mesh is None
            or np.ptp(body.part.mesh.vertices, axis=0).max() > _WIDE_M
        ):
            continue
        places = np.array([body.position])
        if body.name in take.names:
            places = take.positions[::12, take.index(body.name)]
        if np.linalg.norm(places[:, None] - people, axis=-1).min() < _FAR_M:
            found.append(body.name)
    return found


def _hips(physique: Physique) -> Array:
    return np.asarray(physique.rig.heads[0])


def _solids(world: World, take: Take, shown: list[str], time_s: float) -> list[Solid]:
    found = []
    for number, body in enumerate(b for b in world.bodies if b.name in shown):
        position, turn = np.array(body.position), np.array(body.orientation)
        if body.name in take.names:
            if not take.is_present(body.name, time_s):
                continue
            position, turn = take.pose(body.name, time_s)
        mesh = body.part.mesh
        assert mesh is not None
        w, x, y, z = (float(v) for v in turn)
        vertices = mesh.vertices @ rotation_matrix((w, x, y, z)).T + position
        found.append(Solid(vertices, _quads(mesh), _PAINTS[number % len(_PAINTS)]))
    return found


def _quads(mesh: Mesh) -> IntArray:
    """(F, 4) of polygons of any size, as fans; triangles have their last corner twice."""
    starts = np.concatenate([[0], np.cumsum(mesh.sizes)])
    found = []
    for start, size in zip(starts[:-1], mesh.sizes, strict=True):
        corner = mesh.corners[start : start + size]
        if size <= 4:
            found.append([*corner, corner[-1]][:4])
        else:
            found += [[corner[0], corner[i], corner[i + 1], corner[i + 1]] for i in range(1, size - 1)]
    return np.array(found, np.int32).reshape(-1, 4)


if __name__ == "__main__":
    raise SystemExit(main())
