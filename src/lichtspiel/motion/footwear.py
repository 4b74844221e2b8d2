"""Which soles a person stands on."""

from __future__ import annotations

from lichtspiel.library.people.person import Person
from lichtspiel.motion.soles import Sole

_SOLES = {
    "sneakers": Sole(0.018, 0.028, "rubber"),
    "leather_shoes": Sole(0.010, 0.030, "leather"),
    "boots": Sole(0.015, 0.035, "rubber"),
    "sandals": Sole(0.012, 0.018, "rubber"),
    "high_heels": Sole(0.006, 0.075, "plastic"),
    "rubber_boots": Sole(0.018, 0.028, "rubber"),
    "football_boots": Sole(0.012, 0.014, "plastic"),
}


def sole_of(person: Person) -> Sole:
    """Of the outermost footwear; bare feet and socks have none."""
    for wear in reversed(person.wears):
        if wear.garment in _SOLES:
            return _SOLES[wear.garment]
    return Sole()
