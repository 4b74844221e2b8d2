"""What feet sound like that come down in puddles."""

from __future__ import annotations

import numpy as np

from lichtspiel.sound.modes import Array
from lichtspiel.sound.sources.water import splash
from lichtspiel.take.splashes import USUAL_NS, Splash

_FOOT_KG, _LASTS_S = 1.0, 0.7
"""Water that a foot throws up weighs about as much as the foot."""
_STEP_M_S = 1.0
"""Speed of the sole that strikes water in a step; it goes with the impulse."""
PEAK_PA = 0.5
"""Peak at 1 m of a step in a puddle, about 88 dB."""


def sounded(one: Splash, rng: np.random.Generator) -> Array:
    """Samples (N,) of a splash in pascal at 1 m."""
    strength = float(np.clip(one.impulse_ns / USUAL_NS, 0.3, 4.0)) * float(rng.uniform(0.85, 1.15))
    signal = splash({"mass_kg": _FOOT_KG, "speed": _STEP_M_S * strength}, _LASTS_S, rng)
    return np.asarray(signal * (PEAK_PA * np.sqrt(strength) / np.abs(signal).max()))
