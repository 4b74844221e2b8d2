"""How long and how hard two bodies press on each other in a knock."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound.modes import Array
from lichtspiel.sound.voices import Voice
from lichtspiel.take import Impact

SHORTEST_S, LONGEST_S = 25e-6, 25e-3


def contact_time(
    impact: Impact,
    first: Voice,
    second: Voice,
    first_material: MaterialEntry,
    second_material: MaterialEntry,
) -> float:
    """Seconds of contact in a knock.

    Hertz: τ = 2.87 (m² / (R E*² v))^(1/5) (Johnson, *Contact Mechanics*, §11.4) with the
    effective mass from impulse and speed, so that lever arms count. Inflated balls are springs
    of their pressure, τ = π√(m/k). Bounded to 25 µs (metals yield) … 25 ms.
    """
    speed = max(impact.normal_speed, 1e-3)
    lightest = min(first.mass_kg, second.mass_kg)
    mass = float(np.clip(impact.impulse_ns / (1.5 * speed), 1e-6, max(min(lightest, 1e4), 1e-6)))
    if spring := first.spring_n_m or second.spring_n_m:
        duration = np.pi * np.sqrt(mass / spring)
    else:
        compliance = sum(
            (1 - material.poisson_ratio**2) / material.youngs_modulus
            for material in (first_material, second_material)
        )
        curvature = 1 / (1 / first.curvature_m + 1 / second.curvature_m)
        duration = 2.87 * (mass**2 * compliance**2 / (curvature * speed)) ** 0.2
    return float(np.clip(duration, SHORTEST_S, LONGEST_S))


def pulse_spectrum(frequency_hz: Array, duration_s: float) -> Array:
    """Size of the spectrum of a half-sine pulse of unit impulse; 1 at 0 Hz.

    |F| = |cos(πfτ)| / |1 - 4f²τ²|. Real pulses are less even, so the zeros are filled and the
    slope of 12 dB per octave above them is kept.
    """
    x = frequency_hz * duration_s
    near = np.abs(1 - 4 * x**2) < 1e-3
    safe = np.where(near, 1.0, 1 - 4 * x**2)
    exact = np.where(near, np.pi / 4, np.abs(np.cos(np.pi * x) / safe))
    envelope = 1 / (1 + 4 * x**2)
    result: Array = np.sqrt(0.7 * exact**2 + 0.3 * envelope**2)
    return result
