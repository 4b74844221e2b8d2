"""Lengths that prompts give of things, against the sizes of the library's own."""

from __future__ import annotations

from functools import cache

import numpy as np

from lichtspiel.director.lexicon import DimensionName
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Vec3
from lichtspiel.library.records import ThingEntry


def usual_length(entry: ThingEntry, dimension: DimensionName | None) -> float:
    """The extent of a thing of usual size, metres. None: its longest one.

    Things face -y, so that their width runs along x and their depth along y.
    """
    width, depth, height = _usual_size(entry.id, entry.material)
    match dimension:
        case "height":
            return height
        case "width":
            return width
        case "depth":
            return depth
        case "thickness":
            return min(width, depth, height)
        case "diameter":
            return max(width, depth)
        case _:
            return max(width, depth, height)


@cache
def _usual_size(thing: str, material: str) -> Vec3:
    return catalogue.build_thing(thing, catalogue.Wish(material), np.random.default_rng(0)).size
