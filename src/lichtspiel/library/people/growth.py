"""How tall people are, by age and sex."""

from __future__ import annotations

import numpy as np

from lichtspiel.screenplay import Sex

_YEARS = np.array([0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
"""Medians and standard deviations in metres: WHO child growth standards 2006 (to five years, whole
months) and WHO growth reference 2007 (to nineteen)."""
_MEDIAN_M = {
    Sex.MALE: np.array(
        [0.676, 0.757, 0.871, 0.961, 1.033, 1.100, 1.160, 1.217, 1.273, 1.326, 1.378, 1.431, 1.491,
         1.560, 1.632, 1.690, 1.729, 1.752, 1.761, 1.765]
    ),
    Sex.FEMALE: np.array(
        [0.657, 0.740, 0.857, 0.951, 1.027, 1.094, 1.151, 1.208, 1.266, 1.325, 1.386, 1.450, 1.512,
         1.564, 1.598, 1.617, 1.625, 1.629, 1.631, 1.632]
    ),
}  # fmt: skip
_DEVIATION_M = {
    Sex.MALE: np.array(
        [0.021, 0.024, 0.031, 0.037, 0.042, 0.046, 0.049, 0.052, 0.055, 0.058, 0.061, 0.065, 0.069,
         0.073, 0.076, 0.078, 0.076, 0.074, 0.073, 0.073]
    ),
    Sex.FEMALE: np.array(
        [0.022, 0.026, 0.032, 0.038, 0.043, 0.047, 0.051, 0.054, 0.058, 0.061, 0.064, 0.066, 0.068,
         0.068, 0.067, 0.066, 0.066, 0.065, 0.065, 0.065]
    ),
}  # fmt: skip
_LOSS_YEARS = np.array([30, 40, 50, 60, 70, 80, 90])
_LOSS_M = {
    Sex.MALE: np.array([0, 0.003, 0.008, 0.016, 0.030, 0.048, 0.067]),
    Sex.FEMALE: np.array([0, 0.002, 0.009, 0.023, 0.048, 0.077, 0.105]),
}
"""What age takes off again: Sorkin, Muller and Andres 1999, Am. J. Epidemiol. 150(9)."""


def height_m(sex: Sex, age_years: float, deviations: float) -> float:
    """Height of a person who is `deviations` standard deviations taller than others of their age."""
    median = float(np.interp(age_years, _YEARS, _MEDIAN_M[sex]))
    deviation = float(np.interp(age_years, _YEARS, _DEVIATION_M[sex]))
    loss = float(np.interp(age_years, _LOSS_YEARS, _LOSS_M[sex]))
    return median + deviations * deviation - loss
