"""Every motion as a strip of four frames, with the things it is done with: run as `python -m bench.strips`.

The figures are staged, rehearsed and simulated as in a film, so that what falls falls and what is let go of
flies; they are drawn as plain shapes, which takes no Blender.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parent.parent))

from lichtspiel import physics, stage
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray, Mesh, Surface
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.motion import MotionEntry
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import bones_posed, skinned
from lichtspiel.motion import rehearse
from lichtspiel.motion.lifting import lifted
from lichtspiel.motion.strip import Solid, drawn
from lichtspiel.screenplay import (
    Action,
    Beat,
    Character,
    Prop,
    Screenplay,
    Setting,
    Sex,
    Shot,
    ShotSize,
    View,
)
from lichtspiel.stage.pools import pools_of
from lichtspiel.stage.world import Kick, PlacedFigure, World
from lichtspiel.take import Performance, Take

_TILE = (180, 240)
_BEGINS_S = 0.4
_FAR_M = 2.6
"""What is further than this from everybody is scenery."""
_STAGGERS_S, _LIES_S = 0.12, 1.4
"""Between these times after its beginning a fall is looked at."""
_BESIDE = 0.8
"""By how much farther round pairs are looked at."""
_FURNITURE_M, _AT_M = 2.2, 1.3
"""What of a place is drawn: no larger than this, and no farther from somebody."""
_WIDE_M = 6.0
_HELD_M = 1.2
"""What is farther than this from somebody is not in hand."""
_FLIES_M, _TOP_M, _BALL_M = 1.6, 3.2, 0.4
"""What is no farther and no higher flies to or from somebody, if it is no larger."""
_WHILE_S = 1.6
"""For how much longer balls are looked at that go round."""
_STAIRS_S = 5.0
"""Some steps up or down."""
_WALKS_M_S = 0.25
_EVENLY, _HELD_EVENLY = 0.35, 0.9
"""How much of the time between two pictures is shared out evenly, against what moves in it; and of gestures,
which are held to be read."""
_WAIST, _CLOSER = 0.42, 1.7
_CHEST, _CLOSEST = 0.7, 2.7
"""From which share of the height on gestures are looked at, and by how much nearer; and those of the head."""
_ROUND = (0.0, 1.2, -1.2, 2.4, -2.4, 3.14)
_CLEAR, _DARK = 0.5, 190
"""Share of the people that is to be seen past things, and what is darker than the ground."""
_SEEN_FROM = {View.SIDE: -1.3, View.FRONT: 0.0}
_WORN = frozenset({"headwear", "eyewear"})
_GAMMA = 2.2
_WATER = (120, 150, 172)


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
        if len(entry.using) == 1:
            # What two carry together they have in hand from the start.
            beats = [beats[0].model_copy(update={"at_s": 0.0})]
        else:
            beats.append(beats[0].model_copy(update={"subject": "ben", "target": "anna"}))
    props: tuple[Prop, ...] = ()
    if entry.id == "stand_up":
        props = (Prop(id="chair", thing="chair"),)
        beats = [beats[0].model_copy(update={"target": "chair", "at_s": 2 * _BEGINS_S})]
    if entry.catches is not None:
        cast.append(Character(id="ben", sex=Sex.MALE, age_years=30))
        throw = Beat(
            subject="ben", action=Action.PERFORM, motion="throw_under", target="anna", at_s=_BEGINS_S
        )
        beats = [throw, beats[0].model_copy(update={"target": "ben"})]
    if entry.company:
        cast.append(Character(id="others", count=entry.company))
        beats.append(beats[0].model_copy(update={"subject": "others"}))
    if entry.to_person is not None:
        cast.append(Character(id="ben", sex=Sex.MALE, age_years=30))
        beats = [beats[0].model_copy(update={"target": "ben"})]
    lasts = _BEGINS_S + max(entry.duration_s * (2 if entry.loops else 1), 1.2) + 0.4
    if entry.kind in ("collapse", "pair") or entry.release is not None or entry.catches is not None:
        lasts += 1.6
    if entry.loops and entry.passes:
        lasts += _WHILE_S
    if entry.rises:
        lasts = _STAIRS_S
    return Screenplay(
        title=name, duration_s=min(max(lasts, 2.0), 12.0), setting=_setting(entry),
        cast=tuple(cast), props=props, beats=tuple(beats), shots=(_shot(entry),),
    )  # fmt: skip


def _setting(entry: MotionEntry) -> Setting:
    return Setting(place="street", wet=True) if entry.wet else Setting(place=entry.home or "studio")


def _shot(entry: MotionEntry) -> Shot:
    """All of who does it, but for gestures; two from beside them."""
    size = ShotSize.MEDIUM if entry.kind == "gesture" else ShotSize.FULL
    usual = View.SIDE if entry.kind == "pair" else View.THREE_QUARTER
    return Shot(size=size, view=entry.view or usual, follow=True)


def strip(name: str, frames: int, view: float) -> Image.Image:
    """A few frames of a motion side by side, with its name below."""
    world = stage.build(told(name))
    rehearsal = rehearse(world)
    take = physics.perform(world, rehearsal=rehearsal)
    figures = rehearsal | take.figures
    figures |= {f.name: replace(figures[f.name], garments=lifted(f, figures[f.name])) for f in world.figures}
    take = replace(take, figures=figures)
    entry = catalogue.motions()[name]
    moments = _moments(entry, world, take, frames)
    if entry.kind == "pair" or entry.to_person is not None:
        view = view - _BESIDE
    view = _SEEN_FROM.get(View.SIDE if entry.company else entry.view, view)
    shown = _near(world, take)
    scale, from_m = _framed(entry, world, take, shown, moments)

    def tile(moment: float, view: float, things: bool = True) -> Image.Image:
        bodies = [(f.physique, *take.figures[f.name].at(moment)) for f in world.figures]
        solids = _solids(world, take, shown, moment) + _puddles(world) if things else []
        solids += [one for f in world.figures for one in _worn(f, take.figures[f.name], moment)]
        return drawn(bodies, view - world.figures[0].yaw, _TILE, solids, scale, from_m)

    middle = float(moments[len(moments) // 2])
    views = [view + turn for turn in _ROUND] if shown else [view]
    clear = [_seen(tile(middle, v), tile(middle, v, things=False)) for v in views]
    view = view if clear[0] > _CLEAR else views[int(np.argmax(clear))]
    picture = Image.new("RGB", (_TILE[0] * frames, _TILE[1]), (255, 255, 255))
    for index, moment in enumerate(moments):
        picture.paste(tile(float(moment), view), (_TILE[0] * index, 0))
    ImageDraw.Draw(picture).text((4, 2), f"{name} ({entry.kind})", fill=(0, 0, 0))
    return picture


def _framed(
    entry: MotionEntry, world: World, take: Take, shown: list[str], moments: Array
) -> tuple[float, float]:
    """Pixels in a metre, and the height from which on is shown what matters of a motion."""
    scale = _scale(world, take, moments)
    if entry.kind != "gesture" or _stands_low(world, take, shown, moments):
        return scale, 0.0
    from_share, closer = _WAIST, _CLOSER
    if catalogue.scores()[entry.id].shows_in_face and not entry.using:
        from_share, closer = _CHEST, _CLOSEST
    return scale * closer, from_share * world.figures[0].physique.height_m


def _moments(entry: MotionEntry, world: World, take: Take, frames: int) -> Array:
    """When to look: often where much happens, seldom where little does."""
    last = take.positions.shape[0] / take.rate_hz if len(take.positions) else world.duration_s
    until = min(last, world.duration_s) - 0.05
    if entry.kind not in ("collapse", "pair") and not entry.loops:
        until = min(until, _BEGINS_S + entry.duration_s + (0.5 if entry.release else 0.0))
    begin = max(until - entry.duration_s, 0.0) if entry.loops else _BEGINS_S
    if entry.kind == "collapse":
        return np.asarray(begin + np.geomspace(_STAGGERS_S, min(_LIES_S, until - begin), frames))
    clock = np.linspace(begin, until, 120)
    moved = np.zeros(len(clock))
    for figure in world.figures:
        played = [take.figures[figure.name].at(float(moment)) for moment in clock]
        roots, poses = (np.array(part) for part in zip(*played, strict=True))
        heads = bones_posed(figure.physique.rig, roots, poses)[0]
        hips = np.linalg.norm(np.gradient(heads[:, 0, :2], clock, axis=0), axis=-1)
        if entry.kind == "pair" and not entry.loops and (hips > _WALKS_M_S).any():
            # They have come to each other.
            moved[clock < clock[np.flatnonzero(hips > _WALKS_M_S)[-1]]] = -np.inf
        about = heads - heads[:, :1]
        moved[1:] += np.linalg.norm(np.diff(about, axis=0), axis=-1).mean(1)
    known = np.isfinite(moved)
    evenly = _HELD_EVENLY if entry.kind == "gesture" else _EVENLY
    moved = np.where(known, moved + evenly * moved[known].mean() + 1e-9, 0.0)
    gone = np.cumsum(moved)
    return np.asarray(np.interp((np.arange(frames) + 0.6) / frames * gone[-1], gone, clock))


def _seen(with_things: Image.Image, alone: Image.Image) -> float:
    """Share of the people that is not behind things."""
    whole, bare = np.asarray(with_things, int), np.asarray(alone, int)
    body = bare.min(-1) < _DARK
    return float((np.abs(whole - bare).max(-1)[body] < 8).mean()) if body.any() else 0.0


def _stands_low(world: World, take: Take, shown: list[str], moments: Array) -> bool:
    """Whether things stand before the knees of who makes a gesture: a table."""
    low = _WAIST * world.figures[0].physique.height_m
    solids = [s for moment in moments for s in _solids(world, take, shown, float(moment))]
    return any(solid.vertices[:, 2].min() < low for solid in solids)


def _scale(world: World, take: Take, moments: Array) -> float:
    """Pixels in a metre with which everybody is in the picture, and what they ride or use."""
    tall, wide = 1.8, 0.8
    used = {grip.body for grip in world.grips}
    used |= {control.body for control in world.controls if isinstance(control, Kick)}
    for moment in moments:
        heads = [
            bones_posed(f.physique.rig, *take.figures[f.name].at(float(moment)))[0] for f in world.figures
        ]
        held = [solid.vertices for solid in _solids(world, take, sorted(used), float(moment))]
        near = [v for v in held if np.linalg.norm(v.mean(0) - heads[0], axis=-1).min() < _HELD_M]
        flying = [v for v in held if v[:, 2].max() < _TOP_M and np.ptp(v, axis=0).max() < _BALL_M]
        near += [v for v in flying if np.linalg.norm(v.mean(0) - heads[0], axis=-1).min() < _FLIES_M]
        points = np.concatenate(heads + [v for v in near if np.ptp(v, axis=0).max() < _WIDE_M])
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
            or body.part.mesh is None
            or not len(body.part.mesh.vertices)
            or np.ptp(body.part.mesh.vertices, axis=0).max()
            > (_FURNITURE_M if body.prop == "place" else _WIDE_M)
        ):
            continue
        places = np.array([body.position])
        if body.name in take.names:
            places = take.positions[::12, take.index(body.name)]
        far = _AT_M if body.prop == "place" else _FAR_M
        if np.linalg.norm(places[:, None] - people, axis=-1).min() < far:
            found.append(body.name)
    return found


def _hips(physique: Physique) -> Array:
    return np.asarray(physique.rig.heads[0])


def _solids(world: World, take: Take, shown: list[str], time_s: float) -> list[Solid]:
    found = []
    for body in (b for b in world.bodies if b.name in shown):
        position, turn = np.array(body.position), np.array(body.orientation)
        if body.name in take.names:
            if not take.is_present(body.name, time_s):
                continue
            position, turn = take.pose(body.name, time_s)
        mesh = body.part.mesh
        if mesh is None:
            continue
        w, x, y, z = (float(v) for v in turn)
        vertices = mesh.vertices @ rotation_matrix((w, x, y, z)).T + position
        found.append(_solid(mesh, vertices, body.part.surfaces))
    return found


def _worn(figure: PlacedFigure, played: Performance, time_s: float) -> list[Solid]:
    """Hats and glasses."""
    kinds, rig = catalogue.garments(), figure.physique.rig
    heads, turns = bones_posed(rig, *played.at(time_s))
    found = []
    for one in garments_of(figure.person):
        if kinds[one.garment].kind not in _WORN:
            continue
        if one.garment in played.garments:
            vertices = played.garment_at(one.garment, time_s)
        else:
            vertices = skinned(rig, one.skin, one.mesh.vertices, heads, turns)
        found.append(_solid(one.mesh, vertices, one.surfaces))
    return found


def _puddles(world: World) -> list[Solid]:
    """Water on the ground that somebody steps into."""
    found = []
    for pool in pools_of(world):
        turn = np.linspace(0, 2 * np.pi, 32, endpoint=False)
        out = pool.radius_m * (1 + 0.1 * np.sin(3 * turn + 1) + 0.07 * np.sin(5 * turn))
        shore = np.stack([out * np.cos(turn), out * np.sin(turn), np.full(32, 0.002)], -1)
        vertices = np.array([(0, 0, 0.002), *shore]) + pool.position
        faces = np.array([(0, k + 1, (k + 1) % 32 + 1, (k + 1) % 32 + 1) for k in range(32)], np.int32)
        found.append(Solid(vertices, faces, np.tile(_WATER, (32, 1))))
    return found


def _solid(mesh: Mesh, vertices: Array, surfaces: Sequence[Surface]) -> Solid:
    """A mesh in the plain colours of its looks."""
    faces, slots = _quads(mesh)
    looks = catalogue.looks()
    linear = [surface.colour or looks[surface.look].colour for surface in surfaces] or [(0.3, 0.3, 0.3)]
    paints = 255 * np.clip(np.array(linear, float), 0.0, 1.0) ** (1 / _GAMMA)
    return Solid(vertices, faces, paints[np.minimum(slots, len(paints) - 1)])


def _quads(mesh: Mesh) -> tuple[IntArray, IntArray]:
    """(F, 4) of polygons of any size, as fans, and their slots (F,); triangles end twice."""
    starts = np.concatenate([[0], np.cumsum(mesh.sizes)])
    found, slots = [], []
    for start, size, slot in zip(starts[:-1], mesh.sizes, mesh.slots, strict=True):
        corner = mesh.corners[start : start + size]
        if size <= 4:
            found.append([*corner, corner[-1]][:4])
            slots.append(slot)
        else:
            found += [[corner[0], corner[i], corner[i + 1], corner[i + 1]] for i in range(1, size - 1)]
            slots += [slot] * (int(size) - 2)
    return np.array(found, np.int32).reshape(-1, 4), np.array(slots, np.int32)


if __name__ == "__main__":
    raise SystemExit(main())
