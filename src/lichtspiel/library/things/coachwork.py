"""Bodies of road and rail vehicles: lofted hulls with wheel arches, glazed cabins, wheels with rims.

Vehicles face -y; their length runs along y, their left side is +x.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.interpolate import PchipInterpolator

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, IntArray, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.things.forms import disc, ribbon, slab
from lichtspiel.library.things.substance import enclosed_volume

PAINT, GLASS, TRIM, CHROME, LAMP, TAIL, SEAT, PLATE, SECOND = range(9)
"""Slots of every vehicle's surfaces, in this order."""

SIDE_RISE = np.array([0.0, 0.06, 0.16, 0.30, 0.48, 0.62, 0.72, 0.82, 0.91, 0.97, 1.0])
SIDE_REACH = np.array([0.90, 0.945, 0.972, 0.990, 1.0, 1.0, 0.992, 0.984, 0.962, 0.925, 0.86])
"""Where a car's side stands at shares of its height: in at the sill, full at the waist, round above."""


def vehicle_surfaces(paint: Surface, second: Surface | None = None) -> tuple[Surface, ...]:
    """What the slots of a vehicle look like."""
    return (
        paint,
        Surface("car_glass"),
        Surface("car_trim"),
        Surface("chrome"),
        Surface("headlamp"),
        Surface("tail_lamp"),
        Surface("car_seat"),
        Surface("number_plate"),
        second or paint,
    )


@dataclass(frozen=True)
class Line:
    """A smooth line along the vehicle: height or width at places y, between them a shape-preserving curve."""

    places: tuple[float, ...]
    values: tuple[float, ...]

    def at(self, y: Array) -> Array:
        found: Array = PchipInterpolator(self.places, self.values, extrapolate=True)(
            np.clip(y, self.places[0], self.places[-1])
        )
        return found


@dataclass(frozen=True)
class Hull:
    """The lower body of a car, up to its shoulders, hood and boot lid."""

    length: float
    half_width: Line
    sill: float
    shoulder: Line
    crown: float
    axles: tuple[float, float]
    arch_radius: float
    axle_height: float
    rounding: float = 0.22
    """How far from its ends the nose and the tail begin to turn in."""
    tub: tuple[float, float] | None = None
    """From where to where the deck is the dark inside of the cabin."""

    def stations(self) -> Array:
        """Places along y, close together where arches and ends bend."""
        half = self.length / 2
        turn = np.sin(np.linspace(0, np.pi / 2, 8))
        ends = np.concatenate([-half + self.rounding * (1 - turn), half - self.rounding * (1 - turn)])
        arcs = np.linspace(-1, 1, 23) * np.pi / 2
        arches = [a + self.arch_radius * np.sin(arcs) for a in self.axles]
        edges = [np.array([a - self.arch_radius - 0.001, a + self.arch_radius + 0.001]) for a in self.axles]
        even = np.linspace(-half + self.rounding, half - self.rounding, 46)
        away = np.min([np.abs(even - a) for a in self.axles], axis=0) > self.arch_radius + 0.02
        return np.unique(np.round(np.concatenate([ends, *arches, *edges, even[away]]), 5))

    def _turn_in(self, y: Array) -> Array:
        """0 on the straight part … 1 at the very ends."""
        depth = np.clip((np.abs(y) - (self.length / 2 - self.rounding)) / self.rounding, 0, 1)
        found: Array = 1 - np.sqrt(np.clip(1 - depth**2, 0, 1))
        return found

    def low(self, y: Array) -> Array:
        """Height of the lower edge, raised over the wheels."""
        edge = self.sill + 0.10 * self._turn_in(y)
        for axle in self.axles:
            inside = np.abs(y - axle) <= self.arch_radius
            bow = np.sqrt(np.clip(self.arch_radius**2 - (y - axle) ** 2, 0, None))
            edge = np.where(inside, np.maximum(edge, self.axle_height + bow), edge)
        return np.asarray(edge)

    def point(self, y: Array, share: Array, out: float = 0.0) -> Array:
        """Points (N, 3) of the left side (+x) at a share of the height between sill and shoulder."""
        y = np.asarray(y, float)
        turned = self._turn_in(y)
        top = self.shoulder.at(y) - 0.16 * turned
        base = self.sill + 0.10 * turned
        wide = self.half_width.at(y) * (1 - 0.20 * turned)
        reach = np.interp(share, SIDE_RISE, SIDE_REACH)
        return np.stack([wide * reach + out, y + 0 * reach, base + (top - base) * share], axis=-1)

    def mesh(self) -> Mesh:
        y = self.stations()
        top, low = self.shoulder.at(y) - 0.16 * self._turn_in(y), self.low(y)
        base = self.sill + 0.10 * self._turn_in(y)
        across = np.linspace(1, -1, 13)[1:-1]
        rings = []
        for k, place in enumerate(y):
            start = np.clip((low[k] - base[k]) / (top[k] - base[k]), 0, 0.9)
            share = start + (1 - start) * SIDE_RISE
            left = self.point(np.full(len(share), place), share)
            edge = left[-1, 0]
            deck = np.column_stack(
                [across * edge, np.full(11, place), top[k] + self.crown * (1 - np.abs(across) ** 2.2)]
            )
            rings.append(np.vstack([left, deck, left[::-1] * [-1, 1, 1]]))
        points = len(rings[0])
        slots = np.full((len(y) - 1, points), PAINT)
        slots[:, -1] = TRIM
        slots[:, [0, points - 2]] = TRIM
        if self.tub is not None:
            inside = (y[:-1] > self.tub[0]) & (y[1:] < self.tub[1])
            slots[np.ix_(inside, np.arange(12, points - 13))] = TRIM
        return skin(np.array(rings), slots, PAINT)


def skin(rings: Array, slots: IntArray | Array, ends: int, angle: float = 0.7) -> Mesh:
    """A closed skin through rings (M, N, 3) with a slot for every polygon (M - 1, N), facing outward."""
    made = meshes.loft(rings, 0, angle)
    if enclosed_volume(made) < 0:
        made = meshes.loft(rings[:, ::-1], 0, angle)
        last = rings.shape[1] - 1
        slots = slots[:, [*range(last - 1, -1, -1), last]]
    chosen = np.concatenate([np.asarray(slots).ravel(), [ends, ends]]).astype(np.int32)
    return replace(made, slots=chosen)


@dataclass(frozen=True)
class Level:
    """A plan of the cabin at a height: where its front, rear and sides stand there."""

    height: float
    front: float
    rear: float
    half: float
    bow: float = 0.12
    """How far the corners of the front lie behind its middle."""
    tail: float = 0.06


@dataclass(frozen=True)
class Cabin:
    """A glazed body through levels. Columns run round it; bands are the rows between levels.

    front, side, rear: shares where columns end (-1 … 1 across, 0 … 1 along). The kinds of the
    columns between them are glass (g), pillar (p) or panel (.); one letter each.
    """

    levels: tuple[Level, ...]
    bands: tuple[int, ...]
    """Slot of every band of panels; GLASS for bands of windows."""
    front: tuple[float, ...]
    front_kinds: str
    side: tuple[float, ...]
    side_kinds: str
    rear: tuple[float, ...]
    rear_kinds: str
    pillar: int = PAINT
    roof_crown: float = 0.05
    squareness: float = 3.0

    def mesh(self) -> Mesh:
        rings = [self._plan(level) for level in self.levels]
        top = rings[-1]
        middle = top.mean(axis=0)
        for shrink in (0.94, 0.8, 0.55, 0.3):
            ring = middle + (top - middle) * shrink
            ring[:, 2] = top[:, 2] + self.roof_crown * (1 - shrink**2.2)
            rings.append(ring)
        kinds = self.front_kinds + self.side_kinds + self.rear_kinds + self.side_kinds[::-1]
        rows = []
        for band in (*self.bands, *([self.bands[-1]] * 4)):
            if band == GLASS:
                rows.append([GLASS if k == "g" else self.pillar if k == "p" else PAINT for k in kinds])
            else:
                rows.append([band] * len(kinds))
        return skin(np.array(rings), np.array(rows), self.bands[-1], 0.55)

    def _plan(self, level: Level) -> Array:
        f, r = np.array(self.front), np.array(self.rear)
        front = np.column_stack([f * level.half, level.front + level.bow * np.abs(f) ** self.squareness])
        rear = np.column_stack(
            [r[::-1] * level.half, level.rear - level.tail * np.abs(r[::-1]) ** self.squareness]
        )
        s = np.array(self.side)[1:-1]
        start, end = front[-1, 1], rear[0, 1]
        side = np.column_stack([level.half * (1 + 0.022 * np.sin(np.pi * s)), start + (end - start) * s])
        other = side[::-1] * [-1, 1]
        plan = np.vstack([front, side, rear, other])
        return np.column_stack([plan, np.full(len(plan), level.height)])


def seam(points: Array, width: float = 0.006) -> Mesh:
    """A dark gap between panels along points (N, 3) on a side; +x is outward."""
    return ribbon(points, width, 0.004, (0.0, 1.0, 0.0), slot=TRIM)


def both_sides(*parts: Mesh) -> list[Mesh]:
    """Meshes of the left side, and the same on the right."""
    return [*parts, *(mirrored_mesh(part) for part in parts)]


def mirrored_mesh(mesh: Mesh) -> Mesh:
    """The mesh on the other side of the plane x = 0, still facing outward."""
    starts = np.cumsum(mesh.sizes) - mesh.sizes
    order = np.concatenate([np.arange(s, s + n)[::-1] for s, n in zip(starts, mesh.sizes, strict=True)])
    return replace(mesh, vertices=mesh.vertices * [-1, 1, 1], corners=mesh.corners[order])


def lamp(size: Vec3, at: Vec3, slot: int, turn_rad: float = 0.0) -> Mesh:
    """A lens: a rounded cushion."""
    cushion = meshes.box(size, min(size) * 0.48, 4, slot)
    return meshes.moved(cushion, at, meshes.turn((0, 0, 1), turn_rad))


def plate_at(y: float, z: float, facing: float) -> list[Mesh]:
    """A number plate on a dark holder, facing -y (-1) or +y (1)."""
    return [
        slab((0.53, 0.012, 0.12), (0, y, z), 0.004, slot=TRIM),
        slab((0.515, 0.006, 0.105), (0, y + facing * 0.006, z), 0.003, slot=PLATE),
    ]


def wheel_mesh(radius: float, width: float, rim: float, spokes: int = 5, steel: bool = False) -> Mesh:
    """A tyred wheel about the x axis, its face towards +x. Slots: 0 rubber, 1 rim, 2 dark."""
    half = width / 2
    tyre = np.array(
        [
            (rim, -half * 0.8),
            (rim + 0.012, -half * 0.93),
            (radius * 0.86, -half),
            (radius * 0.955, -half * 0.94),
            (radius * 0.992, -half * 0.78),
            (radius * 0.994, -half * 0.36),
            (radius * 0.975, -half * 0.34),
            (radius * 0.975, -half * 0.28),
            (radius, -half * 0.26),
            (radius, half * 0.26),
            (radius * 0.975, half * 0.28),
            (radius * 0.975, half * 0.34),
            (radius * 0.994, half * 0.36),
            (radius * 0.992, half * 0.78),
            (radius * 0.955, half * 0.94),
            (radius * 0.86, half),
            (rim + 0.012, half * 0.93),
            (rim, half * 0.8),
        ]
    )
    ring = meshes.loft(np.array([_circle(r, z, 72) for r, z in tyre]), 0, 0.6, closed=True)
    barrel = np.array(
        [
            (rim * 0.93, -half * 0.8),
            (rim * 1.005, -half * 0.82),
            (rim * 1.005, half * 0.80),
            (rim * 1.02, half * 0.90),
            (rim * 0.985, half * 0.93),
            (rim * 0.95, half * 0.80),
            (rim * 0.93, half * 0.4),
        ]
    )
    outer = meshes.loft(np.array([_circle(r, z, 72) for r, z in barrel]), 1, 0.6, closed=True)
    back = disc(rim * 0.95, 0.01, (0, 0, half * 0.05), slot=2, segments=48)
    hub = meshes.lathe(
        np.array(
            [
                (0, 0.0),
                (rim * 0.24, 0),
                (rim * 0.25, half * 0.62),
                (rim * 0.18, half * 0.74),
                (0, half * 0.76),
            ]
        ),
        32,
        1,
    )
    made = [ring, outer, back, hub]
    if steel:
        dish = np.array(
            [
                (rim * 0.2, half * 0.3),
                (rim * 0.5, half * 0.5),
                (rim * 0.72, half * 0.42),
                (rim * 0.95, half * 0.62),
                (rim * 0.95, half * 0.5),
                (rim * 0.2, half * 0.2),
            ]
        )
        made.append(meshes.loft(np.array([_circle(r, z, 48) for r, z in dish])[::-1], 1, 0.5, closed=True))
        for k in range(10):
            a = 2 * np.pi * k / 10
            made.append(
                disc(
                    rim * 0.045,
                    0.02,
                    (rim * 0.36 * np.cos(a), rim * 0.36 * np.sin(a), half * 0.44),
                    slot=2,
                    segments=12,
                    bevel=0.004,
                )
            )
    else:
        u = np.linspace(0, 1, 7)
        reach = rim * (0.2 + 0.755 * u)
        for k in range(spokes):
            a = 2 * np.pi * (k + 0.25) / spokes
            level = half * (0.66 + 0.16 * np.sin(np.pi * u * 0.8))
            path = np.column_stack([reach * np.cos(a), reach * np.sin(a), level])
            made.append(
                ribbon(
                    path,
                    rim * (0.20 - 0.05 * np.sin(np.pi * u) + 0.05 * u**3) * 5 / spokes * 1.05,
                    half * 0.22,
                    (-np.sin(a), np.cos(a), 0),
                    slot=1,
                    rounding=0.8,
                )
            )
    return meshes.moved(meshes.joined(*made), orientation=meshes.turn((0, 1, 0), np.pi / 2))


def _circle(radius: float, z: float, count: int) -> Array:
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle), np.full(count, z)])


def wheel_part(
    name: str,
    mesh: Mesh,
    radius: float,
    width: float,
    at: Vec3,
    mass: float,
    parent: str = "body",
    rim: str = "alloy_rim",
) -> Part:
    """A wheel that turns about its axle, its face outward from the middle of the vehicle."""
    axle = meshes.turn((0, 1, 0), np.pi / 2)
    shown = mesh if at[0] > 0 else meshes.moved(mesh, orientation=meshes.turn((0, 0, 1), np.pi))
    shape = Shape("cylinder", (radius, width / 2), "rubber", orientation=axle, label="wheel")
    return Part(
        name,
        (shape,),
        shown,
        (Surface("tyre_rubber"), Surface(rim), Surface("car_trim")),
        mass_kg=mass,
        position=at,
        parent=parent,
        joint=Joint("hinge", (1.0, 0.0, 0.0), damping=0.4),
        resonator=Resonator("block", "rubber", {"x": 0.1, "y": width, "z": 0.1}),
    )


def four_wheels(
    mesh: Mesh,
    radius: float,
    width: float,
    track: float,
    axles: Sequence[float],
    mass: float,
    rim: str = "alloy_rim",
) -> list[Part]:
    """Wheels left and right on every axle; `track` is the distance of their middles."""
    names = ("front", "rear") if len(axles) == 2 else tuple(f"axle_{k + 1}" for k in range(len(axles)))
    return [
        wheel_part(f"wheel_{name}_{side}", mesh, radius, width, (s * track / 2, y, radius), mass, rim=rim)
        for name, y in zip(names, axles, strict=True)
        for side, s in (("left", 1.0), ("right", -1.0))
    ]


def seats(rows: Sequence[tuple[float, Sequence[float]]], height: float, width: float = 0.46) -> list[Mesh]:
    """Front-facing seats at places (y, xs), their cushions at a height."""
    made = []
    for y, xs in rows:
        for x in xs:
            back = meshes.turn((1, 0, 0), -0.22)
            made += [
                slab((width, 0.5, 0.14), (x, y, height - 0.07), 0.05, slot=SEAT),
                slab((width, 0.13, 0.62), (x, y + 0.29, height + 0.28), 0.055, slot=SEAT, turn=back),
                slab((width * 0.56, 0.10, 0.19), (x, y + 0.40, height + 0.68), 0.045, slot=SEAT, turn=back),
            ]
    return made
