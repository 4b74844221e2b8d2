"""What every body of a world brings to its sounds: modes, mass, volume, elasticity."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import ConvexHull

from lichtspiel.library.asset import Part, Resonator, Shape
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.families import modes_of
from lichtspiel.sound.modes import Array, Modes
from lichtspiel.stage.world import Body, World

BUILT_IN_LOSS = 0.12
"""Loss factor of blocks that are walled in: steps, plinths, bricks."""
FLAT_RADIUS_M = 1.0
"""Curvature of a flat face in a Hertz contact: bodies rarely meet perfectly flat on flat."""


@dataclass(frozen=True, eq=False)
class Voice:
    """One body as a sound source."""

    name: str
    modes: Modes
    material: MaterialEntry
    """Of its resonator."""
    mass_kg: float
    """Infinite for what never moves."""
    volume_m3: float
    curvature_m: float
    """Radius of its surface where it is usually struck."""
    extent_m: float
    """Radius of a sphere of its volume."""
    turning_m: float
    """Radius it rolls on."""
    spring_n_m: float = 0.0
    """Stiffness of an inflated ball; 0 for solids, which meet as Hertz says."""


def voices_of(world: World, materials: Mapping[str, MaterialEntry], names: set[str]) -> dict[str, Voice]:
    """Voices of the named bodies. Each depends on its own name and the seed only."""
    seed = world.screenplay.seed
    return {
        body.name: _voice(body, materials, np.random.default_rng([seed, zlib.crc32(body.name.encode())]))
        for body in world.bodies
        if body.name in names
    }


@dataclass(frozen=True)
class Held:
    """A block that flesh holds from within, such as a heel or a hoof."""

    sizes_m: dict[str, float]
    """Along x, y and z."""
    loss: float
    """Loss factor that what holds it adds to its ringing."""
    curvature_m: float

    def voice(self, world: World, name: str, material: MaterialEntry, mass_kg: float) -> Voice:
        """What it brings to knocks under a body's name; depends on that and the seed only."""
        rng = np.random.default_rng([world.screenplay.seed, zlib.crc32(name.encode())])
        modes = modes_of(Resonator("block", material.id, self.sizes_m), material, rng)
        volume = float(np.prod(list(self.sizes_m.values())))
        extent = (3 * volume / (4 * np.pi)) ** (1 / 3)
        damped = replace(modes, loss_per_s=modes.loss_per_s + np.pi * modes.frequency_hz * self.loss)
        return Voice(name, damped, material, mass_kg, volume, self.curvature_m, extent, extent)


def _voice(body: Body, materials: Mapping[str, MaterialEntry], rng: np.random.Generator) -> Voice:
    part = body.part
    solid = [shape for shape in part.shapes if shape.collides] or list(part.shapes)
    resonator = part.resonator or default_resonator(part)
    material = materials[resonator.material]
    volume = float(sum(shape_volume(shape) for shape in solid))
    mass = part.mass_kg or float(sum(shape_volume(s) * materials[s.material].density for s in solid))
    curvature = min((_curvature(shape) for shape in solid), default=FLAT_RADIUS_M)
    spring = 0.0
    if resonator.kind == "membrane_ball":
        # A ball pressed flat by x carries the pressure on a patch of area 2πRx; the air also warms.
        pressure = resonator.dimensions.get("pressure_pa", 50_000.0)
        spring = 2 * np.pi * resonator.dimensions["radius"] * (pressure + 5_000.0)
    modes = modes_of(resonator, material, rng)
    extent = (3 * volume / (4 * np.pi)) ** (1 / 3)
    if resonator.kind == "block" and not body.moves:
        modes = replace(modes, rest_loss=BUILT_IN_LOSS)
    return Voice(
        body.name,
        modes,
        material,
        mass if body.moves else np.inf,
        volume,
        curvature,
        extent,
        resonator.dimensions.get("radius", max(extent, 0.002)),
        spring,
    )


def default_resonator(part: Part) -> Resonator:
    """What rings in a part whose entry does not say: its largest shape, solid."""
    if not part.shapes:
        return Resonator("ground", "wood", {"thickness": 0.05})
    shape = max(part.shapes, key=lambda one: (one.kind == "plane", shape_volume(one)))
    if shape.kind == "plane":
        return Resonator("ground", shape.material, {"thickness": 0.12})
    if shape.kind == "sphere":
        return Resonator("sphere", shape.material, {"radius": shape.size[0]})
    x, y, z = (max(float(edge), 1e-4) for edge in shape_extent(shape))
    if shape.kind in ("cylinder", "capsule"):
        if z < x:
            return Resonator("disc", shape.material, {"radius": x / 2, "thickness": z})
        solid = {"radius": x / 2, "length": z, "thickness": x / 2}
        return Resonator("tube", shape.material, solid)
    return Resonator("block", shape.material, {"x": x, "y": y, "z": z})


def shape_extent(shape: Shape) -> Array:
    """Full edges (3,) of the box about a shape, metres; a plane has none."""
    match shape.kind:
        case "sphere":
            half = [shape.size[0]] * 3
        case "cylinder":
            half = [shape.size[0], shape.size[0], shape.size[1]]
        case "capsule":
            half = [shape.size[0], shape.size[0], shape.size[1] + shape.size[0]]
        case "box" | "ellipsoid":
            half = list(shape.size[:3])
        case "hull" if shape.vertices is not None:
            half = list(np.ptp(shape.vertices, axis=0) / 2)
        case _:
            half = [0.0, 0.0, 0.0]
    return 2 * np.array(half, float)


def shape_volume(shape: Shape) -> float:
    """Cubic metres; 0 for a plane."""
    if shape.kind == "hull":
        return float(ConvexHull(shape.vertices).volume) if shape.vertices is not None else 0.0
    x, y, z = shape_extent(shape)
    match shape.kind:
        case "sphere" | "ellipsoid":
            return float(np.pi / 6 * x * y * z)
        case "cylinder":
            return float(np.pi / 4 * x * y * z)
        case "capsule":
            return float(np.pi / 4 * x * y * (z - x) + np.pi / 6 * x**3)
        case _:
            return float(x * y * z)


def _curvature(shape: Shape) -> float:
    """Radius of a shape's surface where it is usually hit: edges and corners of boxes are rounded."""
    match shape.kind:
        case "plane":
            return FLAT_RADIUS_M
        case "sphere" | "capsule":
            return shape.size[0]
        case _:
            extent = shape_extent(shape)
            return float(np.clip(0.15 * extent.min(), 0.001, 0.02)) if extent.max() < 1.0 else FLAT_RADIUS_M
