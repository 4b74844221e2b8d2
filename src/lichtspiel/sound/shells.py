"""Mode frequencies of shells: vessels, bells and hollow balls.

Sources: [FR] Fletcher & Rossing, *The Physics of Musical Instruments*, 2nd ed.; [F] French, "In
vino veritas: a study of wineglass acoustics", Am. J. Phys. 51 (1983) 688; [R] Rayleigh, *The
Theory of Sound*, §233–235; [Ba] Baker, J. Acoust. Soc. Am. 33 (1961) 1749; [Ru] Russell,
"Basketballs as spherical acoustic cavities", Am. J. Phys. 78 (2010) 549.
"""

from __future__ import annotations

import numpy as np

from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.modes import AIR_DENSITY, SPEED_OF_SOUND, Array, Dimensions, Partials

ATMOSPHERE_PA = 101_325.0
HEAT_RATIO = 1.4
CAVITY = np.array([2.0816, 3.3421, 4.4934, 4.5141, 5.6467, 5.9404, 6.7565, 7.2899, 7.7253, 7.8511])
"""Zeros of j_l'(ka): standing waves in a sphere with hard walls [Ru]."""
BELL = np.array([0.5, 1.0, 1.2, 1.5, 2.0, 2.5, 2.61, 3.0, 3.3, 4.0, 5.1, 5.33, 6.2, 6.7])
"""Hum, prime, tierce, quint, nominal … of a tuned bell against its prime [FR, table 21.1]."""
BELL_SHARE = np.array([0.6, 0.7, 1.0, 0.4, 1.0, 0.3, 0.3, 0.7, 0.3, 0.6, 0.3, 0.4, 0.25, 0.3])


def cylindrical_shell(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A vessel closed at its bottom (radius, height, thickness): glasses, mugs, cans [F].

    f = h/(2πR²)·√(E/12ρ)·√(((n²-1)² + (βR/H)⁴)/(1+1/n²)), β of a clamped-free bar; n waves
    around the rim, each as a pair that handle, stem or flaws set apart.
    """
    radius, height = dimensions["radius"], dimensions["height"]
    return _vessel(radius, height, dimensions["thickness"], material, np.array([1.8751, 4.6941]))


def bottle(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A bottle (radius, height, thickness, neck_radius, neck_length): closed shell and Helmholtz air."""
    radius, height = dimensions["radius"], dimensions["height"]
    shell = _vessel(radius, height, dimensions["thickness"], material, np.array([4.7300, 7.8532]))
    neck = dimensions.get("neck_radius", radius / 3)
    length = dimensions.get("neck_length", height / 4) + 1.5 * neck
    volume = np.pi * radius**2 * height * 0.7
    helmholtz = SPEED_OF_SOUND / (2 * np.pi) * np.sqrt(np.pi * neck**2 / (volume * length))
    count = len(shell.frequency_hz)
    return Partials(
        np.concatenate([[helmholtz], shell.frequency_hz]),
        shell.mass_kg,
        shell.area_m2,
        radius,
        loss_factor=np.concatenate([[0.04], np.full(count, 0.001)]),
        rest_loss=shell.rest_loss,
        share=np.concatenate([[0.05], np.ones(count)]),
    )


def bowl(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A hemispherical bowl or pan (radius, height, thickness), bending without stretching [R §235].

    Rayleigh's hemisphere has f(2) : f(3) : f(4) = 1 : 2.81 : 5.43, close to n(n²-1)/√(n²+1), and
    sounds 2.14 times higher than a ring of its section; a shallow one lies towards a disc.
    """
    radius, thickness = dimensions["radius"], dimensions["thickness"]
    depth = min(dimensions.get("height", radius) / radius, 2.0)
    n = np.arange(2.0, 16.0)
    ring = _ring(n, radius, thickness, material)
    frequency = ring * (1.0 + 1.14 * min(depth, 1.0))
    # A second family with a nodal circle lies higher and closer.
    upper = frequency[1:8] * 1.9
    paired = np.concatenate([frequency, frequency * 1.003, upper])
    area = 2 * np.pi * radius**2 * max(depth, 0.5)
    return Partials(
        paired,
        material.density * area * thickness,
        area,
        radius,
        loss_factor=0.0005,
        rest_loss=0.004,
        share=np.concatenate([np.full(2 * len(n), 0.7), np.full(7, 0.5)]),
    )


def bell(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A bell (radius, height, thickness of the wall at the rim) [FR ch. 21].

    A bronze bell of 1 m across with a rim of 7.5 cm has its prime near 440 Hz; frequency goes
    with thickness/diameter² and with the speed of sound in the metal.
    """
    diameter, thickness = 2 * dimensions["radius"], dimensions["thickness"]
    wave = np.sqrt(material.youngs_modulus / material.density)
    prime = 440.0 * (thickness / 0.075) / diameter**2 * wave / 3430.0
    frequency = np.concatenate([BELL * prime, BELL * prime * 1.0015])
    area = np.pi * diameter * dimensions["height"]
    return Partials(
        frequency,
        material.density * area * thickness * 0.7,
        area,
        diameter / 2,
        rest_loss=0.02,
        share=0.7 * np.tile(BELL_SHARE, 2),
    )


def spherical_shell(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """A closed hollow sphere (radius, thickness), membrane branch with bending added [Ba]."""
    radius, thickness = dimensions["radius"], dimensions["thickness"]
    nu = material.poisson_ratio
    n = np.arange(2, 14)
    waves = n * (n + 1)
    total = 1 + 3 * nu + waves
    lower = (total - np.sqrt(total**2 - 4 * (1 - nu**2) * (waves - 2))) / 2
    squared = lower + (thickness / radius) ** 2 / 12 * waves**2
    wave = np.sqrt(material.youngs_modulus / (material.density * (1 - nu**2)))
    area = 4 * np.pi * radius**2
    return Partials(
        np.sqrt(squared) * wave / (2 * np.pi * radius),
        material.density * area * thickness,
        area,
        radius,
        loss_factor=0.004,
        rest_loss=0.01,
    )


def membrane_ball(dimensions: Dimensions, material: MaterialEntry) -> Partials:
    """An inflated ball (radius, thickness, pressure_pa above the air's): skin and cavity [Ru].

    The skin's tension pR/2 carries waves around the ball; the air inside makes the whole ball
    breathe and rings between the walls, the "pong" after the thump.
    """
    radius, thickness = dimensions["radius"], dimensions["thickness"]
    pressure = dimensions.get("pressure_pa", 50_000.0)
    surface_density = material.density * thickness
    tension = max(pressure, 500.0) * radius / 2
    n = np.arange(2, 12)
    skin = np.sqrt(tension / surface_density * (n - 1) * (n + 2)) / (2 * np.pi * radius)
    air = 3 * HEAT_RATIO * (pressure + ATMOSPHERE_PA) / radius
    wall = 2 * material.youngs_modulus * thickness / (radius**2 * (1 - material.poisson_ratio))
    breathing = np.sqrt((air + wall) / surface_density) / (2 * np.pi)
    cavity = CAVITY * SPEED_OF_SOUND / (2 * np.pi * radius)
    area = 4 * np.pi * radius**2
    mass = surface_density * area
    enclosed = AIR_DENSITY * (1 + pressure / ATMOSPHERE_PA) * 4 / 3 * np.pi * radius**3
    skins, cavities = len(skin), len(cavity)
    return Partials(
        np.concatenate([skin, [breathing], cavity]),
        mass,
        area,
        radius,
        # Waves about the skin push air to and fro, breathing pushes it away: poles of order 3 and 1.
        order=np.concatenate([np.full(skins, 3.0), np.ones(1 + cavities)]),
        loss_factor=np.concatenate(
            [np.full(skins, 0.04), [0.03], np.full(cavities, 0.008 - material.loss_factor)]
        ),
        rest_loss=0.05,
        # The air's waves reach the outside through the wall: their share is that of the masses.
        # A blow flattens one spot; little of it makes the whole ball breathe.
        share=np.concatenate([0.5 / (n - 1.0), [0.2], np.full(cavities, 0.4 * np.sqrt(enclosed / mass))]),
    )


def _vessel(
    radius: float, height: float, thickness: float, material: MaterialEntry, roots: Array
) -> Partials:
    """Bending of a cylindrical wall: n waves around, one axial shape per root (β of a bar)."""
    n, root = (grid.ravel() for grid in np.meshgrid(np.arange(2, 12), roots, indexing="ij"))
    stiff = ((n**2 - 1) ** 2 + (root * radius / height) ** 4) / (1 + 1 / n**2)
    frequency = (
        thickness
        / (2 * np.pi * radius**2)
        * np.sqrt(material.youngs_modulus / (12 * material.density))
        * np.sqrt(stiff)
    )
    area = 2 * np.pi * radius * height
    # An oval of n waves moves like a multipole; the open mouth keeps it from cancelling fully.
    share = np.where(root == roots[0], 0.7, 0.4) / np.sqrt(np.maximum(n - 1, 1))
    return Partials(
        np.concatenate([frequency, frequency * 1.006]),
        material.density * (area + np.pi * radius**2) * thickness,
        area,
        radius,
        loss_factor=0.001,
        rest_loss=0.006,
        share=np.tile(share, 2),
    )


def _ring(n: Array, radius: float, thickness: float, material: MaterialEntry) -> Array:
    """Bending of a ring in its plane: ω² = E h² n²(n²-1)² / (12 ρ R⁴ (n²+1)) [R §233]."""
    wave = np.sqrt(material.youngs_modulus / (12 * material.density))
    result: Array = thickness / (2 * np.pi * radius**2) * wave * n * (n**2 - 1) / np.sqrt(n**2 + 1)
    return result
