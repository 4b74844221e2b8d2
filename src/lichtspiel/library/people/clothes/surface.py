"""The outside of what somebody wears so far, as ties, straps and bags lie on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.anatomy import nearest
from lichtspiel.library.people.clothes.cloth import shell
from lichtspiel.library.people.clothes.fitting import CAGE, Fitting, laid
from lichtspiel.library.people.clothes.sewing import Weights
from lichtspiel.library.people.clothes.shells import weights_of


@dataclass(frozen=True, eq=False)
class Outside:
    """points, normals: (N, 3) at rest. table: (N, 3) canonical places of them."""

    points: Array
    normals: Array
    table: Array
    weights: Weights

    @classmethod
    def of(cls, fitting: Fitting) -> Outside:
        """The surface above everything worn by now."""
        piece = shell(CAGE, 1)
        points = laid(piece, fitting.dressed(fitting.taken))
        return cls(points, piece.normals(points), piece.places.table[:, :3], weights_of(piece))

    def at(self, places: Array) -> tuple[Array, Array, Weights]:
        """Points, normals and shares of bones at canonical places (K, 3), smoothed over a few vertices."""
        apart, near = nearest(self.table, places, 5)
        share = 1 / (apart + 1e-3)
        share /= share.sum(1, keepdims=True)
        points = (share[..., None] * self.points[near]).sum(1)
        normals = (share[..., None] * self.normals[near]).sum(1)
        normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
        rows = np.repeat(np.arange(len(places)), 5)
        pick = sparse.csr_array((share.ravel(), (rows, near.ravel())), (len(places), len(self.points)))
        return points, normals, sparse.csr_array(pick @ self.weights)
