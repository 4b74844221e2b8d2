"""Mode frequencies of the families of shapes: solids, plates and slabs here, shells in `shells`.

Sources: [FR] Fletcher & Rossing, *The Physics of Musical Instruments*, 2nd ed.; [B] Blevins,
*Formulas for Natural Frequency and Mode Shape*; [L] Leissa, *Vibration of Plates* (NASA SP-160);
[W] Warburton, Proc. IMechE 168 (1954); [La] Lamb, Proc. London Math. Soc. 13 (1882).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lichtspiel.library.asset import Resonator
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound import shells
from lichtspiel.sound.modes import HIGHEST_HZ, SPEED_OF_SOUND, Array, Dimensions, Modes, Partials, with_losses

FREE_BAR = np.array([4.7300, 7.8532, 10.9956, 14.1372, 17.2788, 20.4204, 23.5619, 26.7035])
"""βL of a bar with free ends: cosh x cos x = 1 [B, table 8-1]."""
FREE_DISC = np.array(
    [5.358, 9.003, 12.439, 20.475, 21.835, 33.495, 35.260, 38.443, 47.378, 53.07, 59.81, 63.48]
)
"""λ² of a disc with a free edge, ν = 0.33 [L, table 2.5; higher ones Itao & Crandall 1979]."""
SOLID_SPHERE = np.array([2.50, 2.64, 3.45, 3.86, 3.87, 4.86, 5.03, 5.09, 6.15, 7.1])
"""ω a / c_t of a solid sphere's torsional and spheroidal modes at ν ≈ 0.3 [La]."""
SHEAR_COEFFICIENT = 5 / 6
BOARD_M, BAY_M, BOARD_DENSITY = 0.04, (2.5, 1.2), 1000.0
"""Floors of wood, which is stiff and light, are boards on joists, however deep the whole floor is; the
boards and what they are nailed to answer together over a few joists."""


Family = Callable[[Dimensions, MaterialEntry], Partials]


def modes_of(resonator: Resonator, material: MaterialEntry, rng: np.random.Generator) -> Modes:
    """Modes of a resonator. Raises ValueError for a kind that nobody has described."""
    try:
        family = FAMILIES[resonator.kind]
    except KeyError:
        raise ValueError(f"no modes are known for a resonator of the kind {resonator.kind!r}") from None
    return with_losses(family(resonator.dimensions, material), material, rng)


def bar(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A free bar (length, width, thickness): bending both ways, twisting, lengthwise [B, FR ch. 2]."""
    length, width, thickness = sorted(
        (dimensions["length"], dimensions["width"], dimensions["thickness"]), reverse=True
    )
    bending = [_bending(length, depth / np.sqrt(12), material, FREE_BAR) for depth in (thickness, width)]
    shear = np.sqrt(_shear_modulus(material) / material.density)
    # Saint-Venant torsion of a rectangle, K/I_p ≈ 4 (t/w)² / (1 + (t/w)²)² within 10 %.
    slender = (thickness / width) ** 2
    twist = np.arange(1, 5) / (2 * length) * shear * np.sqrt(min(4 * slender / (1 + slender) ** 2, 0.85))
    stretch = np.arange(1, 4) / (2 * length) * np.sqrt(material.youngs_modulus / material.density)
    return Partials(
        np.concatenate([*bending, twist, stretch]),
        material.density * length * width * thickness,
        2 * length * (width + thickness),
        0.5 * np.sqrt(width * length) / np.sqrt(2),
        share=np.concatenate([np.ones(8), np.full(8, 0.6), np.full(4, 0.5), np.full(3, 0.2)]),
        loss_factor=0.002,
        rest_loss=0.03,
    )


def block(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A solid block (x, y, z), as a stout bar; thin ones are plates."""
    length, width, thickness = sorted((dimensions[axis] for axis in "xyz"), reverse=True)
    sides = {"length": length, "width": width, "thickness": thickness}
    return plate(sides, material) if width > 4 * thickness else bar(sides, material)


def plate(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A rectangular plate with free edges (length, width, thickness), Warburton's formula [W, L]."""
    length, width, thickness = (dimensions[name] for name in ("length", "width", "thickness"))
    stiffness, surface_density = _plate_constants(thickness, material)
    speed = np.sqrt(stiffness / surface_density)
    most = int(min(24, 2 + np.sqrt(HIGHEST_HZ * 2 / (np.pi * speed)) * max(length, width)))
    order = np.arange(most + 1.0)
    g, h, j = _warburton(order)
    gx, gy = np.meshgrid(g / length**2, g / width**2, indexing="ij")
    hx, hy = np.meshgrid(h / length**2, h / width**2, indexing="ij")
    jx, jy = np.meshgrid(j / length**2, j / width**2, indexing="ij")
    nu = material.poisson_ratio
    squared = gx**2 + gy**2 + 2 * (nu * hx * hy + (1 - nu) * jx * jy)
    frequency = np.pi / 2 * speed * np.sqrt(squared).ravel()
    frequency = np.sort(frequency[frequency > 1e-6])
    # Rotary inertia and shear slow short waves [Mindlin 1951].
    frequency = frequency / np.sqrt(1 + 2 * np.pi * frequency / speed * thickness**2 / 12 * 4.1)
    return Partials(
        frequency,
        material.density * length * width * thickness,
        length * width,
        np.sqrt(length * width / np.pi),
        critical_hz=float(SPEED_OF_SOUND**2 / (2 * np.pi * speed)),
        loss_factor=0.003,
        rest_loss=0.06,
    )


def disc(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A circular plate with a free edge (radius, thickness) [L]: coins, lids, gongs."""
    radius, thickness = dimensions["radius"], dimensions["thickness"]
    stiffness, surface_density = _plate_constants(thickness, material)
    speed = np.sqrt(stiffness / surface_density)
    higher = 63.48 * (np.arange(1, 41) / 12 + 1)
    frequency = np.concatenate([FREE_DISC, higher]) / (2 * np.pi * radius**2) * speed
    frequency = frequency / np.sqrt(1 + 2 * np.pi * frequency / speed * thickness**2 / 12 * 4.1)
    # All but the axisymmetric modes come in pairs that the slightest flaw sets apart.
    paired = np.sort(np.concatenate([frequency, frequency * 1.004]))
    return Partials(
        paired,
        material.density * np.pi * radius**2 * thickness,
        np.pi * radius**2,
        radius,
        critical_hz=float(SPEED_OF_SOUND**2 / (2 * np.pi * speed)),
        rest_loss=0.02,
        share=0.75,
    )


def sphere(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A solid sphere (radius) [La]. Of hard materials, it rings above hearing and only clicks."""
    radius = dimensions["radius"]
    shear = np.sqrt(_shear_modulus(material) / material.density)
    return Partials(
        SOLID_SPHERE * shear / (2 * np.pi * radius),
        material.density * 4 / 3 * np.pi * radius**3,
        4 * np.pi * radius**2,
        radius,
        order=2,
        rest_loss=0.02,
        share=np.where(np.arange(len(SOLID_SPHERE)) % 2, 1.0, 0.4),
    )


def tube(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A free tube (radius, length, thickness) [FR ch. 2]: chimes, poles, pipes, and rods if thick."""
    radius, length = dimensions["radius"], dimensions["length"]
    thickness = min(dimensions["thickness"], radius)
    inner = radius - thickness
    frequency = _bending(length, np.sqrt(radius**2 + inner**2) / 2, material, FREE_BAR)
    # The two planes of bending differ a little: a slow beat.
    frequency = np.concatenate([frequency, frequency * 1.002])
    return Partials(
        frequency,
        material.density * np.pi * (radius**2 - inner**2) * length,
        2 * np.pi * radius * length,
        radius * 1.5,
        rest_loss=0.03,
        share=0.75,
    )


def string(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A stretched string (length, radius, tension_n), stiffness included [FR ch. 2]."""
    length, radius, tension = (dimensions[name] for name in ("length", "radius", "tension_n"))
    line = material.density * np.pi * radius**2
    number = np.arange(1, 31)
    inharmonic = np.pi**3 * material.youngs_modulus * radius**4 / (4 * max(tension, 0.1) * length**2)
    frequency = (
        number / (2 * length) * np.sqrt(max(tension, 0.1) / line) * np.sqrt(1 + inharmonic * number**2)
    )
    return Partials(frequency, line * length, 2 * radius * length, radius, loss_factor=0.01, share=1 / number)


def cloth(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """Hanging cloth (area, thickness): a limp membrane, all but silent when struck."""
    area = dimensions["area"]
    frequency = np.geomspace(40, 400, 10)
    mass = max(material.density * area * dimensions["thickness"], 1e-3)
    return Partials(frequency, mass, area, np.sqrt(area / np.pi), loss_factor=0.6, share=0.05)


def ground(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A floor, wall or slab (thickness; optionally length and width between its supports).

    A simply supported panel [B, table 11-4] whose edges lose energy to what carries it: a plank
    floor booms, a stone slab is too heavy to answer, and soft ground swallows the blow. Without
    a size, the span is 45 thicknesses, as joists and slabs are built.
    """
    thickness = dimensions.get("thickness", 0.1)
    span = float(np.clip(45 * thickness, 0.5, 6.0))
    sides = 1.25 * span, 0.8 * span
    if material.density < BOARD_DENSITY and material.youngs_modulus > 1e9:
        thickness, sides = min(thickness, BOARD_M), BAY_M
    length, width = dimensions.get("length", sides[0]), dimensions.get("width", sides[1])
    length, width = min(length, 6.0), min(width, 6.0)
    stiffness, surface_density = _plate_constants(thickness, material)
    speed = np.sqrt(stiffness / surface_density)
    m, n = np.meshgrid(np.arange(1, 41), np.arange(1, 41), indexing="ij")
    frequency = np.sort((np.pi / 2 * speed * ((m / length) ** 2 + (n / width) ** 2)).ravel())
    frequency = frequency / np.sqrt(1 + 2 * np.pi * frequency / speed * thickness**2 / 12 * 4.1)
    return Partials(
        frequency,
        material.density * length * width * thickness,
        length * width,
        np.sqrt(length * width / np.pi),
        order=1,
        critical_hz=float(SPEED_OF_SOUND**2 / (2 * np.pi * speed)),
        loss_factor=0.06 + 25.0 / frequency,
        rest_loss=0.0,
    )


def _bending(length: float, gyration: float, material: MaterialEntry, roots: Array) -> Array:
    """Bending of a free bar, Euler–Bernoulli with Timoshenko's shear and rotary inertia [B, 8-2]."""
    wave = np.sqrt(material.youngs_modulus / material.density)
    slender = (roots * gyration / length) ** 2
    stout = 1 + slender * (1 + material.youngs_modulus / (SHEAR_COEFFICIENT * _shear_modulus(material)))
    result: Array = roots**2 / (2 * np.pi * length**2) * wave * gyration / np.sqrt(stout)
    return result


def _plate_constants(thickness: float, material: MaterialEntry) -> tuple[float, float]:
    """Bending stiffness D (N·m) and mass per area (kg/m²)."""
    stiffness = material.youngs_modulus * thickness**3 / (12 * (1 - material.poisson_ratio**2))
    return stiffness, material.density * thickness


def _shear_modulus(material: MaterialEntry) -> float:
    return material.youngs_modulus / (2 * (1 + material.poisson_ratio))


def _warburton(order: Array) -> tuple[Array, Array, Array]:
    """G, H and J of a free-free beam function for its 0th, 1st, 2nd … shape [W, table 1]."""
    half = order - 0.5
    higher = 1 - 2 / np.where(order > 1, half * np.pi, 1.0)
    g = np.where(order < 2, 0.0, half)
    h = np.where(order < 2, 0.0, half**2 * higher)
    j = np.where(order < 2, 0.0, half**2 * (1 + 6 / np.where(order > 1, half * np.pi, 1.0)))
    g[2:3], h[2:3], j[1:2], j[2:3] = 1.506, 1.248, 12 / np.pi**2, 5.017
    return g, h, j


FAMILIES: dict[str, Family] = {
    "bar": bar,
    "block": block,
    "plate": plate,
    "disc": disc,
    "sphere": sphere,
    "tube": tube,
    "string": string,
    "cloth": cloth,
    "ground": ground,
    "spherical_shell": shells.spherical_shell,
    "cylindrical_shell": shells.cylindrical_shell,
    "bottle": shells.bottle,
    "bowl": shells.bowl,
    "bell": shells.bell,
    "membrane_ball": shells.membrane_ball,
}
