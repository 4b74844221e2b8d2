"""Built things on their way into the world: one instance for each single thing of a prop."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Asset, Part, Quat, Vec3
from lichtspiel.library.mesh import rotation_matrix, turn
from lichtspiel.library.records import ThingEntry
from lichtspiel.screenplay import Prop, Screenplay

VARIED_SCALES = (1.0, 0.72, 1.38, 0.85, 1.18, 0.6, 1.6)
"""Sizes of neighbours in a prop of varied size, against the usual size."""


@dataclass
class Instance:
    """One thing while the stage places it. The asset's origin stands at `position`."""

    name: str
    prop: Prop
    entry: ThingEntry
    asset: Asset
    position: Array = field(default_factory=lambda: np.zeros(3))
    orientation: Quat = (1.0, 0.0, 0.0, 0.0)
    velocity: Array = field(default_factory=lambda: np.zeros(3))
    """Of its root part's centre of mass at world time 0."""
    angular_velocity: Array = field(default_factory=lambda: np.zeros(3))
    joint_offsets: dict[str, float] = field(default_factory=dict)
    support: Instance | None = None

    @property
    def size(self) -> Vec3:
        return self.asset.size

    @property
    def is_round(self) -> bool:
        """It rolls in every direction."""
        return "ball" in self.entry.tags

    @property
    def is_fixed(self) -> bool:
        """What carries all else of it does."""
        return self.root.joint.kind == "fixed"

    def body(self, part: Part | str) -> str:
        """Name in the world of one of its parts."""
        name = part if isinstance(part, str) else part.name
        return self.name if len(self.asset.parts) == 1 else f"{self.name}/{name}"

    @property
    def bodies(self) -> tuple[str, ...]:
        return tuple(self.body(part) for part in self.asset.parts)

    @property
    def root(self) -> Part:
        """The part that carries the others: the first that hangs on nothing."""
        return next(part for part in self.asset.parts if part.parent is None)

    @property
    def root_body(self) -> str:
        return self.body(self.root)

    def hanging_parts(self) -> tuple[Part, ...]:
        """Parts that swing or turn about a joint."""
        return tuple(part for part in self.asset.parts if part.joint.kind in ("hinge", "ball", "slide"))

    def to_world(self, point: Vec3 | Array) -> Array:
        """A point of the asset's frame in the world."""
        return np.asarray(self.position + rotation_matrix(self.orientation) @ np.asarray(point, float))

    def direction(self, vector: Vec3 | Array) -> Array:
        """A direction of the asset's frame in the world."""
        turned: Array = rotation_matrix(self.orientation) @ np.asarray(vector, float)
        return turned

    def spot(self, name: str) -> Array | None:
        """World position of a named spot, or None."""
        point = self.asset.spots.get(name)
        return None if point is None else self.to_world(point)

    def region(self, name: str) -> tuple[Vec3, Vec3] | None:
        """World box around a named region, or None."""
        box = self.asset.regions.get(name)
        if box is None:
            return None
        low, high = np.array(box[0]), np.array(box[1])
        corners = np.array([self.to_world(np.where(mask, high, low)) for mask in np.ndindex(2, 2, 2)])
        return as_vec3(corners.min(0)), as_vec3(corners.max(0))

    @property
    def top_m(self) -> float:
        """Height of its upper end in the world, upright."""
        return float(self.position[2]) + self.size[2]


def as_vec3(values: Array) -> Vec3:
    """Three plain floats."""
    return (float(values[0]), float(values[1]), float(values[2]))


def rng_for(screenplay: Screenplay, purpose: str) -> np.random.Generator:
    """A generator of its own for each purpose, so that one change leaves the rest alone."""
    return np.random.default_rng([screenplay.seed, zlib.crc32(purpose.encode())])


def build_instances(screenplay: Screenplay) -> dict[str, list[Instance]]:
    """All things of all props, built and not yet placed, by prop id."""
    return {prop.id: _instances_of(screenplay, prop) for prop in screenplay.props}


def facing_yaw(facing: Array | Vec3) -> float:
    """Turn about z that makes a thing's front (-y) face this way."""
    return float(np.arctan2(facing[0], -facing[1]))


def yaw(angle_rad: float) -> Quat:
    """Quaternion of a turn about the vertical."""
    return turn((0.0, 0.0, 1.0), angle_rad)


def multiply(first: Quat, second: Quat) -> Quat:
    """Quaternion of the turn `second` followed by `first`."""
    a, b, c, d = first
    e, f, g, h = second
    return (
        a * e - b * f - c * g - d * h,
        a * f + b * e + c * h - d * g,
        a * g - b * h + c * e + d * f,
        a * h + b * g - c * f + d * e,
    )


def _instances_of(screenplay: Screenplay, prop: Prop) -> list[Instance]:
    entry = catalogue.things()[prop.thing]
    scales = [VARIED_SCALES[i % len(VARIED_SCALES)] if prop.varied_size else 1.0 for i in range(prop.count)]
    if prop.varied_size:
        scales.sort()
    built: dict[float, Asset] = {}
    instances = []
    for index, factor in enumerate(scales):
        scale = prop.scale * factor
        # Alike things share one asset, so that a hundred of them cost as much as one.
        if scale not in built:
            rng = rng_for(screenplay, f"thing:{prop.id}:{scale:.3f}")
            built[scale] = catalogue.build_thing(prop.thing, _wish(prop, entry, scale), rng)
        name = prop.id if prop.count == 1 else f"{prop.id}_{index + 1}"
        instances.append(Instance(name, prop, entry, built[scale]))
    return instances


def _wish(prop: Prop, entry: ThingEntry, scale: float) -> catalogue.Wish:
    material = prop.material or entry.material
    look = catalogue.materials()[material].look if prop.material else None
    colour = catalogue.colours()[prop.colour].rgb if prop.colour else None
    return catalogue.Wish(material, look, colour, scale)
