"""A fitted shell, as trims are sewn onto it."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.cloth import Piece
from lichtspiel.library.people.clothes.sewing import Weights


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cloth of a shell on one body.

    edges: name of each of the piece's loops. points, normals: (N, 3). buried: (N,) metres outside
    what is worn over it. Its vertices are the first ones of the work.
    """

    piece: Piece
    edges: tuple[str, ...]
    points: Array
    normals: Array
    weights: Weights
    buried: Array
