"""Which soles a person stands on."""

from __future__ import annotations

from lichtspiel.library import catalogue
from lichtspiel.library.people.person import Person
from lichtspiel.library.records import GarmentEntry
from lichtspiel.motion.soles import Sole

_GROWN_M = 1.67
"""Height of the body whose shoes the library measures."""


def sole_of(person: Person) -> Sole:
    """Of the outermost footwear; bare feet and socks have none."""
    worn = [catalogue.garments()[w.garment] for w in person.wears if w.garment in catalogue.garments()]
    shoes = [entry for entry in worn if entry.kind == "footwear" and entry.sole]
    if not shoes:
        return Sole()
    outer = max(shoes, key=lambda entry: entry.layer)
    scale = person.height_m / _GROWN_M
    return Sole(scale * _measure(outer, "ball"), scale * _measure(outer, "heel"), outer.sole or "rubber")


def _measure(entry: GarmentEntry, name: str) -> float:
    value = entry.parameters.get(name, 0.0)
    return float(value) if isinstance(value, (int, float)) else 0.0
