"""Modes of vibration of a struck body, from its shape, its size and its material.

Every family of shapes yields partials: frequencies with the mass and surface that take part.
From them follow, without recordings or tuning tables, how loud a blow makes each mode (Cremer,
Heckl & Petersson, *Structure-Borne Sound*, 3rd ed., ch. 3 and 6) and how fast it dies away by
internal loss and by radiation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.records import MaterialEntry

Array = NDArray[np.float64]
Dimensions = dict[str, float]

SPEED_OF_SOUND = 343.0
"""m/s in air at 20 °C."""
AIR_DENSITY = 1.204
"""kg/m³ at 20 °C."""
AIR_IMPEDANCE = SPEED_OF_SOUND * AIR_DENSITY

LOWEST_HZ, HIGHEST_HZ = 25.0, 18_000.0
MOST_MODES = 40
BODY_DETUNE, MODE_DETUNE = 0.03, 0.012
"""Spread (one sigma) of a body's pitch and of its modes about the formula. Traer et al. (DAFx 2019)
draw 10 % where only a size class is known; here the shape is, and a row of tuned things stays in tune."""


@dataclass(frozen=True, eq=False)
class Partials:
    """Modes of a shape before its losses are known. Arrays are (M,) or broadcast to it."""

    frequency_hz: Array
    mass_kg: float | Array
    """Mass that moves."""
    area_m2: float | Array
    """Surface that radiates."""
    radius_m: float | Array
    """Acoustic size: below c/(2π radius) the surface's parts cancel."""
    order: int | Array = 2
    """1 breathes like a monopole, 2 moves to and fro like a dipole, 3 like a quadrupole."""
    critical_hz: float = 0.0
    """Coincidence frequency of a plate; 0 for shapes that have none."""
    loss_factor: float | Array = 0.0
    """Loss beyond the material's: joints, edges, enclosed air."""
    rest_loss: float = 0.01
    """Loss factor that standing or lying on something adds."""
    share: float | Array = 1.0
    """Relative readiness to be excited."""


@dataclass(frozen=True, eq=False)
class Modes:
    """Modes of one body, (M,) each.

    A blow of J newton seconds makes mode m sound with the pressure amplitude `gain[m]·J` pascal
    at one metre; it decays as exp(-loss_per_s·t).
    """

    frequency_hz: Array
    loss_per_s: Array
    gain: Array
    mass_kg: Array
    """Mass that moves in each mode."""
    rest_loss: float
    wave_vector: Array = field(default_factory=lambda: np.zeros((0, 3)))
    """(M, 3) rad/m and (M,) rad: where on the body a blow finds the mode's bellies and nodes."""
    phase: Array = field(default_factory=lambda: np.zeros(0))

    def weights(self, local: Array) -> Array:
        """Share (M,) of each mode for a blow at a point (3,) of the body's frame.

        A standing wave along the mode's own direction; its root mean square over the body is
        about 1, and a node never silences a mode wholly, for a blow covers an area.
        """
        wave = np.sqrt(2.0) * np.cos(self.wave_vector @ local + self.phase)
        share: Array = np.sign(wave) * np.sqrt(0.1 + 0.9 * wave**2)
        return share


def radiation_efficiency(partials: Partials) -> Array:
    """Share (M,) of a piston's radiation: multipole cancellation and, for plates, coincidence.

    σ = x/(1+x) with x = (ka)^(2·order) (Fahy & Gardonio, *Sound and Structural Vibration*, ch. 3);
    below coincidence a bending plate radiates by its edges only, about in proportion to f/f_c.
    """
    frequency = partials.frequency_hz
    size = (2 * np.pi * frequency / SPEED_OF_SOUND * partials.radius_m) ** (2 * partials.order)
    efficiency = size / (1 + size)
    if partials.critical_hz > 0:
        efficiency = efficiency * np.minimum(1.0, frequency / partials.critical_hz)
    result: Array = efficiency
    return result


def with_losses(partials: Partials, material: MaterialEntry, rng: np.random.Generator) -> Modes:
    """The audible modes, slightly out of tune, with decay and loudness."""
    count = len(partials.frequency_hz)
    body = 1.0 + BODY_DETUNE * float(np.clip(rng.standard_normal(), -2, 2))
    detune = body * (1.0 + MODE_DETUNE * np.clip(rng.standard_normal(count), -2, 2))
    direction = rng.standard_normal((count, 3))
    phase = rng.uniform(0, 2 * np.pi, count)
    frequency = partials.frequency_hz * detune
    mass, area = (np.broadcast_to(value, count) for value in (partials.mass_kg, partials.area_m2))
    efficiency = radiation_efficiency(partials)
    radiation_loss = AIR_IMPEDANCE * area * efficiency / (2 * mass)
    loss = np.pi * frequency * (material.loss_factor + partials.loss_factor) + radiation_loss
    # Far pressure of a surface with mean square velocity v²: p² = (ρc)² σ S v² / 4π at 1 m, v = J/m.
    gain = AIR_IMPEDANCE * np.sqrt(efficiency * area / (4 * np.pi)) / mass * partials.share
    # Half a wave across the acoustic size for the lowest mode, shorter waves above it.
    across = np.linalg.norm(direction, axis=1, keepdims=True)
    reach = np.broadcast_to(np.asarray(partials.radius_m, float), count)
    number = np.pi / 2 / reach * np.sqrt(frequency / max(float(frequency.min(initial=np.inf)), 1.0))
    audible = np.flatnonzero((frequency > LOWEST_HZ) & (frequency < HIGHEST_HZ))
    kept, weight = _thinned(audible, frequency)
    return Modes(
        frequency[kept],
        loss[kept] + 3.0,
        gain[kept] * weight,
        mass[kept],
        partials.rest_loss,
        (direction / across * number[:, None])[kept],
        phase[kept],
    )


def _thinned(audible: NDArray[np.intp], frequency: Array) -> tuple[NDArray[np.intp], Array]:
    """At most MOST_MODES of the modes, the lowest all; each of the others stands for a band.

    Modes of a dense band add in power, so one mode for n of them gets the weight √n.
    """
    ordered = audible[np.argsort(frequency[audible])]
    if len(ordered) <= MOST_MODES:
        return ordered, np.ones(len(ordered))
    low = MOST_MODES // 2
    edges = np.geomspace(low, len(ordered), MOST_MODES - low + 1).round().astype(int)
    edges = np.unique(np.maximum.accumulate(edges))
    middles = (edges[:-1] + edges[1:]) // 2
    chosen = np.concatenate([np.arange(low), middles])
    return ordered[chosen], np.sqrt(np.concatenate([np.ones(low), np.diff(edges)]).astype(float))
