"""Work that is heard: saws through wood, pencils on paper, fists in dough, keys, hammers, brooms, spades.

Physics lets tools that are led pass through what is held fast under them. What they do to it follows from how
they move in the take: where a tool's end is on the workpiece it rubs as fast as it slips there, and where it
comes down and stops it knocks as fast as it came. From there on it sounds as all that rubs or knocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import median_filter, uniform_filter1d

from lichtspiel.library.catalogue import motions
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.motion import MotionEntry, Play
from lichtspiel.library.people.rig import bones_posed, rotate
from lichtspiel.sound.limbs import SKIN
from lichtspiel.sound.modes import Array
from lichtspiel.stage.world import Body, Direction, PlacedFigure, World
from lichtspiel.take import Impact, Rub, Take

BoolArray = NDArray[np.bool_]
_FORCE_N = {"bow": 25.0, "write": 1.5, "paint": 0.8, "stir": 2.5, "knead": 8.0}
"""Usual normal force of a hand or a tool, by how it is used: saws and knives, pencils (Mann et al., Human
Movement Science 14 (1995) 67: 1 to 2 N), brushes, spoons, palms that slip little
of their way on dough."""
_MUSIC = frozenset({"bow", "piano"})
"""What the score is heard of: the tool that is drawn over strings, and keys with strings behind them."""
_NEAR_M = {"write": 0.004, "paint": 0.02, "stir": 0.03, "knead": 0.012}
"""So near to where it is pressed a tool or palm is on what it works on."""
_SOFTLY_S = 0.02
"""Pressure comes and goes within such a time."""
_JERK_S = 0.1
"""What is over within half of this is no stroke: wrists at their limits twitch."""
_STRUCK_M_S, _BEFORE_S, _APART_S = 0.6, 0.12, 0.15
"""A tool has struck that came down at least so fast, within so long before; and not again for a while."""
_FINGERS = range(1, 6)
_FALL_M, _FALL_S, _KEY_S = 0.0025, 0.08, 0.12
"""A finger has struck a key that came down so far within so long; and not again for a while."""
_KEY_KG = 0.03
"""Of a fingertip and a key, which are stopped together: 1 to 3 N (Gerard et al., American Industrial Hygiene
Association Journal 57 (1996) 849) for some milliseconds take up what they bring at the finger's 0.3 m/s."""
_REBOUND = 1.15
"""Impulse of a blow against the momentum of what strikes: dead materials give little back."""


@dataclass(frozen=True)
class _End:
    """The working end of a tool whose motion does not say where it touches: its point that comes lowest."""

    on: str
    """Thing that is worked on; empty for the ground."""
    force_n: float = 0.0
    near_m: float = 0.02
    """So far above its lowest it still touches."""
    strikes: bool = False


_ENDS: dict[str, _End] = {
    "sweep": _End("", 2.0),
    "dig": _End("soil_heap", 12.0, 0.15),
    "chop_wood": _End("chopping_block", strikes=True),
}
"""Motions whose tool is the first that they use."""


def with_work(world: World, take: Take) -> Take:
    """The take with the rubs and knocks of all work that people do in it."""
    known = motions()
    rubs: list[Rub] = []
    impacts: list[Impact] = []
    for figure in world.figures:
        for direction in figure.directions if figure.name in take.figures else ():
            entry = known.get(direction.motion or "")
            for found in _done(world, take, figure, direction, entry) if entry is not None else ():
                if isinstance(found, Rub):
                    rubs.append(found)
                else:
                    impacts.append(found)
    if not rubs and not impacts:
        return take
    return replace(take, rubs=(*take.rubs, *rubs), impacts=(*take.impacts, *impacts))


def _done(
    world: World, take: Take, figure: PlacedFigure, direction: Direction, entry: MotionEntry
) -> Iterator[Rub | Impact]:
    times = np.arange(len(take.positions)) / take.rate_hz
    end_s = direction.end_s if direction.end_s is not None else np.inf
    there = (times >= direction.start_s) & (times < end_s)
    tool = _held(world, take, figure, entry)
    for play in entry.plays:
        piece = _worked(world, figure, play.thing)
        if piece is None:
            continue
        if play.how == "knead":
            yield from _pressed(take, figure, play, piece, there)
        elif play.how == "keys" and not _plays_music(world, piece):
            yield from _typed(take, figure, play, piece, there)
        elif tool is not None and tool.prop != piece.prop and not _plays_music(world, tool):
            if play.how == "bow":
                yield from _drawn(take, tool, play, piece, there)
            elif play.how == "strike":
                point, away = _place(piece, play)
                path = _path(take, tool, np.array(play.tip, float))
                yield from _blows(take, tool, piece, path, (path - point) @ away, there)
            elif play.how in _FORCE_N:
                yield from _led(take, tool, play, piece, there)
    end = _ENDS.get(entry.id)
    if end is not None and tool is not None:
        ground = next((body for body in world.bodies if body.name == figure.ground), None)
        piece = _worked(world, figure, end.on) if end.on else ground
        if piece is not None:
            yield from _by_its_end(take, tool, end, piece, there)


def _plays_music(world: World, tool: Body) -> bool:
    return any(prop.id == tool.prop and prop.thing in _MUSIC for prop in world.screenplay.props)


def _held(world: World, take: Take, figure: PlacedFigure, entry: MotionEntry) -> Body | None:
    """The tool that somebody works with."""
    if not entry.using:
        return None
    props = {prop.id for prop in world.screenplay.props if prop.thing == entry.using[0]}
    mine = {grip.body for grip in world.grips if grip.figure == figure.name}
    found = (b for b in world.bodies if b.prop in props and b.name in mine and b.name in take.names)
    return next(found, None)


def _worked(world: World, figure: PlacedFigure, thing: str) -> Body | None:
    """The nearest such thing."""
    props = {prop.id for prop in world.screenplay.props if prop.thing == thing}
    found = [body for body in world.bodies if body.prop in props and body.part.shapes and not body.parent]
    here = np.array(figure.position)
    return min(found, key=lambda body: float(np.linalg.norm(body.position - here)), default=None)


def _place(piece: Body, play: Play) -> tuple[Array, Array]:
    """Point (3,) at which a workpiece that is held fast is worked, and the unit vector (3,) away from it."""
    turned = rotation_matrix(piece.orientation)
    middle = (np.array(play.begin, float) + np.array(play.end, float)) / 2
    away = -turned @ np.array(play.press, float)
    point = np.array(piece.position) + turned @ (middle - np.array(piece.part.position, float))
    return point, away / max(float(np.linalg.norm(away)), 1e-9)


def _poses(take: Take, tool: Body) -> tuple[Array, Array]:
    """Positions (T, 3) and axes (T, 3, 3) of a body."""
    index = take.index(tool.name)
    return take.positions[:, index], np.array([rotation_matrix(q) for q in take.orientations[:, index]])


def _path(take: Take, tool: Body, point: Array) -> Array:
    """(T, 3) where a point of the tool's frame is."""
    position, turned = _poses(take, tool)
    return np.asarray(position + turned @ point)


def _lowest(take: Take, tool: Body) -> Array:
    """(T, 3) where the point of a tool is that comes lowest."""
    position, turned = _poses(take, tool)
    mesh = tool.part.mesh
    points = np.zeros((1, 3)) if mesh is None else np.asarray(mesh.vertices, float)
    few = slice(None, None, max(1, len(take.positions) // 60))
    heights = position[few, 2:] + turned[few, 2] @ points.T
    return np.asarray(position + turned @ points[int(heights.min(0).argmin())])


def _drawn(take: Take, tool: Body, play: Play, piece: Body, there: BoolArray) -> Iterator[Rub]:
    """A blade that goes to and fro over one place of what it cuts."""
    point, _ = _place(piece, play)
    position, turned = _poses(take, tool)
    local = np.einsum("tji,tj->ti", turned, point - position)
    where = np.tile(point, (len(local), 1))
    yield from _rub(take, tool, piece, where, _speed(take, local), there, _FORCE_N["bow"])


def _led(take: Take, tool: Body, play: Play, piece: Body, there: BoolArray) -> Iterator[Rub]:
    """The tip of a tool that goes over a surface, or round in a pot."""
    point, away = _place(piece, play)
    path = _path(take, tool, np.array(play.tip, float))
    on = there & ((path - point) @ away < _NEAR_M[play.how])
    yield from _rub(take, tool, piece, path, _speed(take, path), on, _FORCE_N[play.how])


def _by_its_end(take: Take, tool: Body, end: _End, piece: Body, there: BoolArray) -> Iterator[Rub | Impact]:
    path = _lowest(take, tool)
    above = path[:, 2] - float(path[there, 2].min(initial=np.inf))
    if end.strikes:
        yield from _blows(take, tool, piece, path, above, there)
    else:
        on = there & (above < end.near_m)
        yield from _rub(take, tool, piece, path, _speed(take, path), on, end.force_n)


def _pressed(take: Take, figure: PlacedFigure, play: Play, piece: Body, there: BoolArray) -> Iterator[Rub]:
    """A palm that presses dough away."""
    performance = take.figures[figure.name]
    rig = figure.physique.rig
    heads, _ = bones_posed(rig, performance.root, performance.pose)
    side = play.hand.upper()
    own = (heads[:, rig.index(f"wrist.{side}")] + heads[:, rig.index(f"finger3-1.{side}")]) / 2
    times = np.arange(len(take.positions)) / take.rate_hz
    given = np.arange(len(own)) / performance.rate_hz
    path = np.stack([np.interp(times, given, own[:, axis]) for axis in range(3)], 1)
    _, away = _place(piece, play)
    height = path @ away
    on = there & (height < float(height[there].min(initial=np.inf)) + _NEAR_M["knead"])
    rub = _rub(take, piece, piece, path, _speed(take, path), on, _FORCE_N["knead"])
    for one in rub:
        yield replace(one, first=f"{figure.name}/hand_{play.hand}", first_material=SKIN)


def _typed(take: Take, figure: PlacedFigure, play: Play, piece: Body, there: BoolArray) -> Iterator[Impact]:
    """Fingers that come down on keys, one at a time; what is heard is the key that meets its plate."""
    performance = take.figures[figure.name]
    rig = figure.physique.rig
    heads, turns = bones_posed(rig, performance.root, performance.pose)
    _, away = _place(piece, play)
    material, rate = _material(piece), performance.rate_hz
    reach, pause = max(1, int(_FALL_S * rate)), int(_KEY_S * rate)
    on = np.interp(np.arange(len(heads)) / rate, np.arange(len(there)) / take.rate_hz, there) > 0.5
    tips = [rig.index(f"finger{finger}-3.{play.hand.upper()}") for finger in _FINGERS]
    paths = [heads[:, tip] + rotate(turns[:, tip], rig.tails[tip] - rig.heads[tip]) for tip in tips]
    found = [(fallen, place, path) for path in paths for place, fallen in _falls(path @ away, reach)]
    struck: list[int] = []  # the others of a hand sink with the finger that strikes
    for fallen, place, path in sorted(found, key=lambda one: -one[0]):
        if on[place] and all(abs(place - other) >= pause for other in struck):
            struck.append(place)
            x, y, z = path[place].tolist()
            speed = fallen * rate / reach
            yield Impact(
                place / rate, f"{figure.name}/hand_{play.hand}", piece.name, material, material, (x, y, z),
                (0.0, 0.0, -1.0), _KEY_KG * speed, speed, 0.0, 0.0,
            )  # fmt: skip


def _falls(height: Array, reach: int) -> Iterator[tuple[int, float]]:
    """Where heights (T,) stop falling, and by how much they have within so many of the values before."""
    for place in np.flatnonzero((height[1:-1] < height[:-2]) & (height[1:-1] <= height[2:])) + 1:
        fallen = float(height[max(0, place - reach) : place].max() - height[place])
        if fallen > _FALL_M:
            yield int(place), fallen


def _rub(
    take: Take, tool: Body, piece: Body, path: Array, speed: Array, on: BoolArray, force_n: float
) -> Iterator[Rub]:
    """A tool that slips at a point (T, 3) at this speed (T,) and presses as long as it is on (T,)."""
    if not on.any():
        return
    share = uniform_filter1d(on.astype(float), max(1, int(_SOFTLY_S * take.rate_hz)), mode="nearest")
    eased = np.asarray(force_n * share, np.float64)
    own, other = _material(tool, take, path), _material(piece)
    yield Rub("slide", tool.name, piece.name, own, other, 0.0, take.rate_hz, speed, eased, path)


def _blows(
    take: Take, tool: Body, piece: Body, path: Array, above: Array, there: BoolArray
) -> Iterator[Impact]:
    """Moments at which the end of a tool (T, 3) stops coming down, so high (T,) over what it strikes."""
    rate = take.rate_hz
    own, other = _material(tool, take, path), _material(piece)
    falling = -np.gradient(above) * rate
    reach, last_s = int(_BEFORE_S * rate), -np.inf
    mass = tool.part.mass_kg or 1.0
    for place in np.flatnonzero((falling[:-1] > 0.1) & (falling[1:] <= 0.1)) + 1:
        speed = float(falling[max(0, place - reach) : place + 1].max())
        time_s = float(place / rate)
        low = above[place] < float(above.min()) + 0.06
        if there[place] and low and speed > _STRUCK_M_S and time_s - last_s > _APART_S:
            last_s = time_s
            x, y, z = path[place].tolist()
            impulse = _REBOUND * mass * speed
            yield Impact(
                time_s,
                tool.name,
                piece.name,
                own,
                other,
                (x, y, z),
                (0.0, 0.0, -1.0),
                impulse,
                speed,
                0.0,
                0.0,
            )


def _speed(take: Take, path: Array) -> Array:
    """(T,) m/s of a point (T, 3), without jerks."""
    speed = np.linalg.norm(np.gradient(path, axis=0), axis=1) * take.rate_hz
    return np.asarray(median_filter(speed, max(1, int(_JERK_S * take.rate_hz)), mode="nearest"))


def _material(body: Body, take: Take | None = None, path: Array | None = None) -> str:
    """Of the shape that touches: nearest to the point of the path where it begins, else the first."""
    shapes = [shape for shape in body.part.shapes if shape.collides] or list(body.part.shapes)
    if take is None or path is None or body.name not in take.names:
        return shapes[0].material
    position, turned = _poses(take, body)
    local = turned[0].T @ (path[0] - position[0])
    return min(shapes, key=lambda shape: float(np.linalg.norm(shape.position - local))).material
