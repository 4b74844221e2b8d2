"""Clothes in motion: how far bodies and inner garments come out of what covers them, in poses of motions."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bench.cast import DEEPEST_MM, SHOWN_SHARE, sample
from bench.figures import Figure, at_most
from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes import fit
from lichtspiel.library.people.figures import figure_of

_PEOPLE = 20
"""Of all ages, each in other clothes; every garment of them is in every twentieth pose."""
_BALD = 0.1


def worn(poses: Sequence[tuple[str, Array]]) -> dict[str, Figure]:
    """What shows of poses (B, 4) and under the names of their motions, on dressed people in turn."""
    covered, shown, worst = 0, 0, (0.0, "")
    for index, person in enumerate(sample(_PEOPLE)):
        print(f"clothes of person {index + 1} of {_PEOPLE}", file=sys.stderr)
        figure = figure_of(person, _BALD)
        for name, pose in poses[index::_PEOPLE]:
            found = fit.measure(figure.garments, figure.physique, [pose])
            covered, shown = covered + found.covered, shown + found.shown
            worst = max(worst, (found.deepest_m, f"{found.worst}, person {index}, {name}"))
    return {
        "garment gaps, points that show through": at_most(100 * shown / max(covered, 1), SHOWN_SHARE, "%"),
        f"garment gaps, deepest ({worst[1]})": at_most(1000 * worst[0], DEEPEST_MM, "mm"),
    }
