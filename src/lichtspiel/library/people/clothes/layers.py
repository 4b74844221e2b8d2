"""What builders of garments are given and what they give back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.anatomy import Places
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.lines import Field
from lichtspiel.library.people.clothes.sewing import Work
from lichtspiel.library.people.person import Person
from lichtspiel.library.records import GarmentEntry

MARGIN_M = 0.025
"""How far from the edges of close cloth one can look under it."""
Beyond = Callable[[Places], Field]
"""Metres beyond a garment's edges at some places; negative under it."""


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
class Layer:
    """A garment that is fitted but not yet sewn.

    beyond: where it covers; None covers nothing. height: (M,) of its cage; None for what is not
    of the body shell. sew: makes it from the settled height and from where it is buried.
    """

    order: Order
    sew: Callable[[Array, Beyond], Work]
    beyond: Beyond | None = None
    height: Array | None = None
    margin_m: float = MARGIN_M
    """How far from its edges one can look under it."""


Builder = Callable[[Order, Fitting], Layer]
