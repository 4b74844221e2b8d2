"""What a library builder makes: shapes, surfaces, masses and joints of one thing, in metres.

Axes: x to the right, y away from the viewer, z up; a thing's front faces -y. The origin of
an asset is the middle of its footprint, at the height where it touches the ground.
Orientations are unit quaternions (w, x, y, z).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
IntArray = NDArray[np.int32]
Vec3 = tuple[float, float, float]
Quat = tuple[float, float, float, float]

UPRIGHT: Quat = (1.0, 0.0, 0.0, 0.0)
ORIGIN: Vec3 = (0.0, 0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Mesh:
    """A polygon mesh.

    vertices: (V, 3) metres. corners: (L,) vertex index of every polygon corner, polygon after
    polygon, counter-clockwise seen from outside. sizes: (P,) corners of each polygon.
    slots: (P,) index into the part's surfaces. uv: (L, 2) or None (the look is then mapped
    by object coordinates in metres). Edges sharper than smooth_angle_rad, one number or one per
    polygon (P,), are shaded hard.
    """

    vertices: Array
    corners: IntArray
    sizes: IntArray
    slots: IntArray
    uv: Array | None = None
    smooth_angle_rad: float | Array = 0.6


@dataclass(frozen=True)
class Surface:
    """How a part looks: a look of the library, with a colour of its own where wanted."""

    look: str
    colour: Vec3 | None = None
    """Linear RGB that replaces the look's base colour; None = the look's own."""
    scale: float = 1.0
    """Size of the look's pattern against its usual one."""
    print: Literal["stripes", "checks", "dots", "floral", "camouflage"] | None = None
    """What is printed on cloth, in a second colour that goes with the first."""


@dataclass(frozen=True, eq=False)
class Shape:
    """A convex solid for collisions and mass, in the part's frame.

    size by kind: sphere (radius), box (half lengths x, y, z), cylinder and capsule (radius,
    half length along z), ellipsoid (radii), plane (), hull () with `vertices` (V, 3).
    """

    kind: Literal["sphere", "box", "cylinder", "capsule", "ellipsoid", "plane", "hull"]
    size: tuple[float, ...]
    material: str
    """Id of a physical material: friction, restitution, hardness, roughness."""
    position: Vec3 = ORIGIN
    orientation: Quat = UPRIGHT
    vertices: Array | None = None
    label: str = ""
    """Name for outcomes that speak of a part: rim, backboard, edge."""
    collides: bool = True
    """False: counts for nothing in contacts (a marker such as the opening of a hoop)."""


@dataclass(frozen=True)
class Joint:
    """How a part hangs on its parent part, or on the world when it has none."""

    kind: Literal["free", "fixed", "hinge", "slide", "ball"] = "free"
    axis: Vec3 = (0.0, 0.0, 1.0)
    anchor: Vec3 = ORIGIN
    """Point on the joint's axis, in the part's frame, metres."""
    range: tuple[float, float] | None = None
    """Limits in radians or metres."""
    stiffness: float = 0.0
    """N·m/rad or N/m."""
    damping: float = 0.0
    """N·m·s/rad or N·s/m."""
    angle: float = 0.0
    """Where the joint stands at rest in the asset, radians or metres."""


@dataclass(frozen=True)
class Resonator:
    """What rings when a part is struck: enough to derive its modes of vibration.

    kind: bar (length, width, thickness), plate (length, width, thickness), disc (radius,
    thickness), block (x, y, z), sphere (radius), spherical_shell (radius, thickness),
    cylindrical_shell (radius, height, thickness; open at one end: cups, glasses, cans),
    bottle (radius, height, thickness, neck_radius, neck_length), bowl (radius, height,
    thickness), bell (radius, height, thickness), membrane_ball (radius, thickness,
    pressure_pa: an inflated ball and its air cavity), tube (radius, length, thickness),
    string (length, radius, tension_n), cloth (area, thickness), ground (thickness; a floor
    or a wall: short and dull).
    """

    kind: str
    material: str
    dimensions: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Drag:
    """What air does to a part: quadratic drag and buoyancy."""

    area_m2: float
    coefficient: float
    volume_m3: float = 0.0
    """Displaced air; 0 leaves buoyancy out."""
    flutter: float = 0.0
    """0 falls straight … 1 side-slips and rocks like a feather or a leaf."""


@dataclass(frozen=True, eq=False)
class Part:
    """One rigid piece of a thing."""

    name: str
    shapes: tuple[Shape, ...]
    mesh: Mesh | None = None
    surfaces: tuple[Surface, ...] = ()
    mass_kg: float | None = None
    """None = from the shapes' volumes and their materials' density."""
    inertia: Vec3 | None = None
    """Principal moments about the centre of mass on the part's axes, kg·m²; None = from shapes."""
    position: Vec3 = ORIGIN
    """Of the part's frame in the asset's frame, at rest."""
    orientation: Quat = UPRIGHT
    parent: str | None = None
    joint: Joint = Joint()
    resonator: Resonator | None = None
    drag: Drag | None = None


@dataclass(frozen=True)
class Tie:
    """A string or rod between points of two parts that holds their distance."""

    kind: Literal["string", "rod", "weld"]
    first: str
    second: str
    """Part names; an empty one is the world."""
    first_point: Vec3 = ORIGIN
    second_point: Vec3 = ORIGIN
    length_m: float | None = None
    """None = the distance at rest."""


@dataclass(frozen=True, eq=False)
class Cloth:
    """A sheet that bends: mesh of rows x columns vertices, some of them pinned."""

    name: str
    mesh: Mesh
    surfaces: tuple[Surface, ...]
    rows: int
    columns: int
    mass_kg: float
    pinned: tuple[int, ...]
    """Indices of vertices that never move, or move with `pinned_to`."""
    pinned_to: str | None = None
    thickness_m: float = 0.0008
    material: str = "fabric"


@dataclass(frozen=True, eq=False)
class Fracture:
    """How a part breaks: shards that replace it when it is hit hard enough.

    The shards are parts in the frame of the broken part and fill its place exactly.
    """

    part: str
    impulse_ns: float
    """Normal impulse of one contact above which it breaks, N·s."""
    shards: tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class Asset:
    """A built thing."""

    parts: tuple[Part, ...]
    size: Vec3
    """Extent of the whole at rest along x, y, z, metres."""
    ties: tuple[Tie, ...] = ()
    cloths: tuple[Cloth, ...] = ()
    fractures: tuple[Fracture, ...] = ()
    spots: dict[str, Vec3] = field(default_factory=dict)
    """Named points in the asset's frame: top, opening, release, bob, start, end…"""
    regions: dict[str, tuple[Vec3, Vec3]] = field(default_factory=dict)
    """Named boxes (low, high) in the asset's frame: inside of a bowl, opening of a hoop."""
