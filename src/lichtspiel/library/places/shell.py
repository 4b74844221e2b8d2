"""The shell of a room: floor, walls with openings, skirting, ceiling and windows.

A room spans from `low` to `high` in x and y and stands on z = 0. Its walls are called by where
they stand: back (+y), front (-y), left (-x) and right (+x).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lichtspiel.library.asset import Part, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.mesh import from_polygons
from lichtspiel.library.place import Acoustics, Lamp, PlaceAsset, Spot
from lichtspiel.library.places.copies import box, sheet
from lichtspiel.library.places.interior import indoors, pendant
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.reflected import Window, enclosure
from lichtspiel.library.places.scenery import leaves
from lichtspiel.screenplay import Weather

THICKNESS = 0.3
HALLWAY_LAMP_M, HALLWAY_W = 2.3, 22.0
"""Where the lamp of the hallway hangs, and its radiant power."""
PANE_M = 0.15
"""How deep panes are set into the wall."""
WALLS = ("back", "front", "left", "right")


@dataclass(frozen=True)
class Opening:
    """A window opening: middle along the wall, height of the sill, width and height, metres."""

    middle: float
    sill: float = 0.9
    width: float = 1.5
    height: float = 1.5
    panes: int = 2


DOORWAY_M = (1.07, 2.13)
"""Width and height of the hole in the wall that a door with its frame fills."""
_IN_WALL_M = 0.07
"""From the inner face of the wall to the middle of the door."""
_HALLWAY_M = (2.6, 1.9)
"""Width and depth of what is seen of the hallway."""


@dataclass(frozen=True)
class Doorway:
    """Where a room has its door: which wall, where along it, and how the door looks."""

    side: str
    middle: float
    look: str = "white_paint"


@dataclass(frozen=True)
class Shell:
    """Inner measures of a room and the window openings of its walls."""

    low: tuple[float, float]
    high: tuple[float, float]
    height: float
    openings: dict[str, tuple[Opening, ...]] = field(default_factory=dict)
    doorway: Doorway | None = None
    """The way out, where it stands open; a closed door is a fitting of the wall."""

    def span(self, side: str) -> tuple[float, float]:
        """From where to where a wall runs, along x or y."""
        axis = 0 if side in ("back", "front") else 1
        return self.low[axis], self.high[axis]

    def slab(
        self, side: str, along: tuple[float, float], up: tuple[float, float], out: tuple[float, float]
    ) -> tuple[Vec3, Vec3]:
        """Corners of a box at a wall; `out` counts from the inner face, outwards positive."""
        if side in ("back", "front"):
            sign, face = (1, self.high[1]) if side == "back" else (-1, self.low[1])
            across = sorted((face + sign * out[0], face + sign * out[1]))
            return (along[0], across[0], up[0]), (along[1], across[1], up[1])
        sign, face = (1, self.high[0]) if side == "right" else (-1, self.low[0])
        across = sorted((face + sign * out[0], face + sign * out[1]))
        return (across[0], along[0], up[0]), (across[1], along[1], up[1])

    @property
    def windows(self) -> tuple[Window, ...]:
        """All openings as sources of daylight."""
        found = []
        for side, openings in self.openings.items():
            inward = {"back": (0, -1, 0), "front": (0, 1, 0), "left": (1, 0, 0), "right": (-1, 0, 0)}[side]
            for o in openings:
                a, b = self.slab(side, (o.middle, o.middle), (o.sill, o.sill + o.height), (0, 0))
                centre = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2)
                found.append(Window(centre, (float(inward[0]), float(inward[1]), 0.0), (o.width, o.height)))
        return tuple(found)

    @property
    def bounds(self) -> tuple[Vec3, Vec3]:
        """The inside, a hand's breadth and a lens away from walls, floor and ceiling."""
        gap = 0.3
        return (
            (self.low[0] + gap, self.low[1] + gap, 0.06),
            (self.high[0] - gap, self.high[1] - gap, self.height - 0.2),
        )

    @property
    def size(self) -> Vec3:
        return (self.high[0] - self.low[0], self.high[1] - self.low[1], self.height)


@dataclass(frozen=True)
class Finish:
    """Looks of a room's surfaces."""

    wall: str = "wall_paint"
    wall_colour: Vec3 | None = (0.72, 0.69, 0.63)
    accent: tuple[str, ...] = ()
    """Walls that have the accent's colour."""
    accent_colour: Vec3 = (0.30, 0.36, 0.36)
    wall_material: str = "plaster"
    ceiling_colour: Vec3 | None = (0.82, 0.82, 0.80)
    skirting: float = 0.08
    skirting_colour: Vec3 | None = (0.80, 0.79, 0.76)
    frame: str = "white_paint"


def furnished(
    shell: Shell,
    parts: list[Part],
    surroundings: Surroundings,
    evening: tuple[Lamp, ...],
    target: Vec3,
    spots: dict[str, Spot],
    absorption: float,
    always_lit: tuple[Lamp, ...] = (),
    bed: str = "room_tone",
) -> PlaceAsset:
    """The room with everything in it, lit for its action at `target`."""
    if surroundings.weather is Weather.RAIN and shell.openings:
        parts = [*parts, fixed("panes", _panes(shell))]
    room = enclosure(shell.size, shell.windows, parts)
    light = indoors(surroundings, shell.windows, evening, target, room, always_lit, shell.height)
    acoustics = Acoustics(shell.size, absorption, bed, -56.0)
    lamps, look = light.lamps, "white_paint"
    if shell.doorway is not None:
        spot = _threshold(shell, shell.doorway)
        inward = np.array(spot.facing)
        lit = np.array(spot.position) - (_IN_WALL_M + THICKNESS + _HALLWAY_M[1] / 2) * inward
        parts = [*parts, fixed("hallway", _hallway(shell, shell.doorway))]
        spots, look = {**spots, "doorway": spot}, shell.doorway.look
        lamps = (*lamps, pendant((float(lit[0]), float(lit[1]), HALLWAY_LAMP_M), HALLWAY_W, 0.1))
    return PlaceAsset(tuple(parts), lamps, light.sky, acoustics, spots, light.exposure_ev, shell.bounds, look)


def _threshold(shell: Shell, doorway: Doorway) -> Spot:
    """In the middle of the door, facing into the room."""
    a, b = shell.slab(doorway.side, (doorway.middle,) * 2, (0.0, 0.0), (_IN_WALL_M, _IN_WALL_M))
    inward: dict[str, Vec3] = {
        "back": (0.0, -1.0, 0.0), "front": (0.0, 1.0, 0.0), "left": (1.0, 0.0, 0.0), "right": (-1.0, 0.0, 0.0)
    }  # fmt: skip
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0.0)
    return Spot(middle, inward[doorway.side], (DOORWAY_M[0], 0.14))


def _hallway(shell: Shell, doorway: Doorway) -> list[Piece]:
    """Floor, walls and ceiling that are seen through the open door."""
    side, (width, depth) = doorway.side, _HALLWAY_M
    left, right = doorway.middle - width / 2, doorway.middle + width / 2
    near, far, high = THICKNESS, THICKNESS + depth, 2.6
    ground = shell.slab(side, (left, right), (-0.1, 0.0), (0.0, far))
    walls = [
        shell.slab(side, (left - 0.1, right + 0.1), (0.0, high), (far, far + 0.1)),
        shell.slab(side, (left - 0.1, left), (0.0, high), (near, far)),
        shell.slab(side, (right, right + 0.1), (0.0, high), (near, far)),
    ]
    top = shell.slab(side, (left - 0.1, right + 0.1), (high, high + 0.1), (near, far + 0.1))
    board = shell.slab(side, (left, right), (0.0, 0.1), (far - 0.015, far))
    return [
        piece("dark_floor", box(*ground)),
        piece("wall_paint", *(box(*slab) for slab in walls), colour=(0.60, 0.55, 0.46)),
        piece("wall_paint", box(*top), colour=(0.8, 0.79, 0.76)),
        piece("white_paint", box(*board, bevel=0.004)),
    ]


def shell_parts(
    shell: Shell, finish: Finish, floor_look: str, floor_material: str, rng: Generator
) -> list[Part]:
    """Floor, walls, ceiling, window frames and what one sees through the windows."""
    low, high = shell.low, shell.high
    ground = floor("floor", [piece(floor_look, sheet(low, high, 0.0))], floor_material)
    top = box(
        (low[0] - THICKNESS, low[1] - THICKNESS, shell.height),
        (high[0] + THICKNESS, high[1] + THICKNESS, shell.height + 0.2),
    )
    parts = [ground, fixed("ceiling", [piece("wall_paint", top, colour=finish.ceiling_colour)])]
    for side in WALLS:
        parts.append(_wall(shell, side, finish))
    if shell.openings:
        parts.append(fixed("windows", _frames(shell, finish)))
        parts.append(fixed("outside", _outside(shell, rng)))
    return parts


def _wall(shell: Shell, side: str, finish: Finish) -> Part:
    start, end = shell.span(side)
    openings = sorted(shell.openings.get(side, ()), key=lambda o: o.middle)
    if shell.doorway is not None and shell.doorway.side == side:
        openings = sorted([*openings, Opening(shell.doorway.middle, 0.0, *DOORWAY_M)], key=lambda o: o.middle)
    rectangles = []
    at = start - THICKNESS
    for o in openings:
        left, right = o.middle - o.width / 2, o.middle + o.width / 2
        rectangles.append(((at, left), (0.0, shell.height)))
        if o.sill > 0:
            rectangles.append(((left, right), (0.0, o.sill)))
        rectangles.append(((left, right), (o.sill + o.height, shell.height)))
        at = right
    rectangles.append(((at, end + THICKNESS), (0.0, shell.height)))
    slabs = [shell.slab(side, along, up, (0.0, THICKNESS)) for along, up in rectangles]
    colour = finish.accent_colour if side in finish.accent else finish.wall_colour
    pieces = [piece(finish.wall, *(box(*slab) for slab in slabs), colour=colour)]
    if finish.skirting > 0:
        runs = [(start, end)]
        if shell.doorway is not None and shell.doorway.side == side:
            edges = [shell.doorway.middle + sign * DOORWAY_M[0] / 2 for sign in (-1, 1)]
            runs = [(start, edges[0]), (edges[1], end)]
        boards = [shell.slab(side, run, (0.0, finish.skirting), (-0.015, 0.001)) for run in runs]
        pieces.append(
            piece("white_paint", *(box(*b, bevel=0.004) for b in boards), colour=finish.skirting_colour)
        )
    shapes = [solid(*slab, finish.wall_material, label="wall") for slab in slabs]
    return fixed(f"wall_{side}", pieces, shapes)


def _frames(shell: Shell, finish: Finish) -> list[Piece]:
    """Casements, mullions and sills, set back into the reveals."""
    wood, sill = [], []
    for side, openings in shell.openings.items():
        for o in openings:
            left, right = o.middle - o.width / 2, o.middle + o.width / 2
            low, top = o.sill, o.sill + o.height
            depth = (0.12, 0.18)
            for along, up in [
                ((left, right), (low, low + 0.07)),
                ((left, right), (top - 0.06, top)),
                ((left, left + 0.06), (low, top)),
                ((right - 0.06, right), (low, top)),
            ]:
                wood.append(box(*shell.slab(side, along, up, depth), bevel=0.006))
            for k in range(1, o.panes):
                bar = left + o.width * k / o.panes
                wood.append(box(*shell.slab(side, (bar - 0.04, bar + 0.04), (low, top), depth), bevel=0.006))
            board = shell.slab(side, (left - 0.05, right + 0.05), (low - 0.03, low), (-0.06, 0.12))
            sill.append(box(*board, bevel=0.006))
    return [piece(finish.frame, *wood), piece("white_paint", *sill, colour=(0.82, 0.81, 0.78))]


def _panes(shell: Shell) -> list[Piece]:
    """The glass of all windows, in the middle of their frames."""
    glass = []
    for side, openings in shell.openings.items():
        for o in openings:
            along, up = (o.middle - o.width / 2, o.middle + o.width / 2), (o.sill, o.sill + o.height)
            a, b = shell.slab(side, along, up, (PANE_M, PANE_M))
            corners = [(a[0], a[1], a[2]), (b[0], b[1], a[2]), (b[0], b[1], b[2]), (a[0], a[1], b[2])]
            glass.append(from_polygons(np.array(corners), [(0, 1, 2, 3)]))
    return [piece("rained_pane", *glass)]


def _outside(shell: Shell, rng: Generator) -> list[Piece]:
    """Grass and a row of bushes as seen through the windows."""
    spread = 26.0
    pieces = []
    for side in shell.openings:
        start, end = shell.span(side)
        middle = (start + end) / 2
        a, b = shell.slab(side, (middle - spread, middle + spread), (-0.4, -0.4), (THICKNESS, THICKNESS + 30))
        pieces.append(piece("lawn", sheet((a[0], a[1]), (b[0], b[1]), -0.4)))
        along = np.linspace(middle - 18, middle + 18, 19)
        offsets: list[Vec3] = []
        for k, u in enumerate(along):
            away = 11.0 + 1.7 * np.sin(5.1 * k)
            p, _ = shell.slab(side, (float(u), float(u)), (0.2, 0.2), (away, away))
            offsets.append(p)
        centres = np.repeat(np.array(offsets), 320, axis=0)
        cloud = centres + rng.normal(0, 1, centres.shape) * (0.75, 0.75, 0.7) + (0.0, 0.0, 0.5)
        pieces.append(piece("tree_leaves", leaves(cloud[cloud[:, 2] > -0.4], 0.34, rng)))
    return pieces
