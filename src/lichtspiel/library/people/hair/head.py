"""A head that hair grows on, and the roots of its scalp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.hair.drape import Layer, Obstacle, obstacle
from lichtspiel.library.people.hair.scalp import place
from lichtspiel.library.people.hair.surface import SkinSurface, reference_surface, skin_surface
from lichtspiel.library.people.physique import Physique


@dataclass(frozen=True, eq=False)
class Head:
    """A head that hair grows on."""

    surface: SkinSurface
    body: Obstacle
    scale: float
    """Size against the basis' head."""
    eyes: Array
    """(3,) middle between the eyes, metres."""


@dataclass(frozen=True, eq=False)
class Scalp:
    """Roots of the scalp with all that their place decides: places on the basis' head (N, 3), points and
    normals on this head (N, 3), unit directions of combing (N, 3), lengths (N,) metres, strength (N,) 0..1.
    """

    places: Array
    points: Array
    normals: Array
    headings: Array
    lengths: Array
    strength: Array

    def __getitem__(self, rows: slice) -> Scalp:
        return Scalp(
            self.places[rows],
            self.points[rows],
            self.normals[rows],
            self.headings[rows],
            self.lengths[rows],
            self.strength[rows],
        )


def head_of(physique: Physique, layers: Sequence[Layer] = ()) -> Head:
    """The head of a body that wears these layers of clothes, the outermost first."""
    left, right = physique.eye("l")[0], physique.eye("r")[0]
    eyes = (left + right) / 2
    surface = skin_surface(physique)
    depths = [float(np.ptp(_head_points(skin)[:, 1])) for skin in (surface, reference_surface())]
    return Head(surface, obstacle(surface, float(eyes[2]), layers), depths[0] / depths[1], eyes)


def _head_points(surface: SkinSurface) -> Array:
    reference = reference_surface()
    used = np.unique(reference.faces)
    head = used[place(reference.points[used])[:, 2] > -0.02]
    return np.asarray(surface.points[head])
