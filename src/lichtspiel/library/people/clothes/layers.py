"""What builders of garments are given and what they give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.anatomy import Places
from lichtspiel.library.people.clothes.cloth import Piece
from lichtspiel.library.people.clothes.fitting import Fitting, cage_places, laid
from lichtspiel.library.people.clothes.lines import Field
from lichtspiel.library.people.clothes.sewing import Work
from lichtspiel.library.people.person import Person
from lichtspiel.library.records import GarmentEntry

MARGIN_M = 0.025
"""How far from the edges of close cloth one can look under it."""
Beyond = Callable[[Places], Field]
"""Metres beyond a garment's edges at some places; negative under it."""
Lift = Callable[[Places, Field], Field]
"""Metres that folds and bands raise a garment at some places, so many metres outside what is worn over it."""
_FREE_M = 1.0
"""What a place is beyond that nothing covers."""
_TUCK_FROM_M, _FOLDING_TUCK_FROM_M, _TUCK_M = -0.002, -0.005, 0.007
"""Where beneath an edge cloth begins to be led to what covers it, the same where trunk and thighs meet, and
within which way it gets there."""
_UNDER_M, _DEEP_UNDER_M, _DEEP_FROM_M = 0.001, 0.004, 0.012
"""How far below its cover cloth lies at the edge, and from so far beneath it on."""
_FOLDING_UNDER_M = 0.0004
"""The same where trunk and thighs meet: bent, what lies deeper there comes out farther."""
_PRESSED_FLAT = 0.9
"""There cloth takes so much less of its thickness."""
_WIDE_M = 0.05
"""One sees into openings wider than this: cloth in them stays where it lies."""
_FOLDING_WIDE_M = 0.07
"""The same where trunk and thighs meet."""


@dataclass(frozen=True, eq=False)
class Order:
    """A garment for somebody."""

    entry: GarmentEntry
    person: Person
    rng: np.random.Generator

    def number(self, name: str, default: float) -> float:
        return float(self.entry.parameters.get(name, default))  # type: ignore[arg-type]

    def line(self, name: str) -> float | None:
        value = self.entry.parameters.get(name)
        return None if value is None else float(value)  # type: ignore[arg-type]

    def text(self, name: str, default: str = "") -> str:
        return str(self.entry.parameters.get(name, default))

    def curve(self, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
        value = self.entry.parameters.get(name, default)
        return value if isinstance(value, tuple) else (0.0, float(value))

    def slot(self, part: str) -> int:
        """Surface slot of a part; a part that the entry does not name is of the cloth itself."""
        names = list(self.entry.parts)
        return names.index(part) if part in names else 0


@dataclass(frozen=True, eq=False)
class Worn:
    """A garment that lies over another: see `Layer` for its fields. cover: what lies over it in turn."""

    beyond: Beyond
    rides: Beyond
    margin_m: float
    height: Array | None
    thickness_m: float
    cover: Cover
    lift: Lift


@dataclass(frozen=True, eq=False)
class Cover:
    """Everything that is worn over a garment, from the skin outward."""

    worn: tuple[Worn, ...]

    def __call__(self, at: Places) -> Field:
        """Metres outside everything that is worn over it, as far as one can see."""
        depths = [one.beyond(at) + one.margin_m - MARGIN_M for one in self.worn]
        return np.min(np.stack(depths), axis=0) if depths else np.full(len(at.z), _FREE_M)

    def tucked(self, fitting: Fitting, piece: Piece, points: Array) -> Array:
        """Points (N, 3) of a piece, led to the underside of what covers them.

        Where two layers are at the same place of the cage, the same bones carry both, so what is led
        up close to its cover stays below it in every pose.
        """
        for one in reversed(self.worn):
            if one.height is None:
                continue
            beneath = -one.rides(piece.places)
            begins = _TUCK_FROM_M + (_FOLDING_TUCK_FROM_M - _TUCK_FROM_M) * piece.places.folding
            deep = np.clip((beneath - begins) / _TUCK_M, 0, 1)
            if not deep.any():
                continue
            thick = one.thickness_m * (1 - _PRESSED_FLAT * cage_places().folding)
            under = laid(piece, fitting.dressed(one.height - thick))
            open_m = _UNDER_M + _DEEP_UNDER_M * np.clip(beneath / _DEEP_FROM_M, 0, 1)
            lower = open_m + (_FOLDING_UNDER_M - open_m) * piece.places.folding
            raised = fitting.scale * one.lift(piece.places, one.cover(piece.places))
            under = under + (raised - lower)[:, None] * laid(piece, fitting.ways_out)
            target = one.cover.tucked(fitting, piece, under)
            gap = np.linalg.norm(target - points, axis=1)
            wide = _WIDE_M + (_FOLDING_WIDE_M - _WIDE_M) * piece.places.folding
            share = deep * deep * (3 - 2 * deep) * np.clip(1.6 - gap / wide, 0, 1)
            points = points + share[:, None] * (target - points)
        return points


def smooth(at: Places, depth: Field) -> Field:  # noqa: ARG001 - a `Lift`
    """No folds."""
    return np.zeros(len(at.z))


@dataclass(frozen=True, eq=False)
class Layer:
    """A garment that is fitted but not yet sewn.

    beyond: where it covers; None covers nothing. height: (M,) of its cage; None for what is not
    of the body shell. sew: makes it from the settled height and from what is worn over it. rides: where
    it lies at that height, if not wherever it covers: a tail that hangs from a hem does not.
    """

    order: Order
    sew: Callable[[Array, Cover], Work]
    beyond: Beyond | None = None
    height: Array | None = None
    margin_m: float = MARGIN_M
    """How far from its edges one can look under it."""
    lift: Lift = smooth
    rides: Beyond | None = None


Builder = Callable[[Order, Fitting], Layer]
