"""What a procedural pattern starts from and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lichtspiel.library.records import Rgb
from lichtspiel.picture.nodes import Graph, Input, Socket


@dataclass(frozen=True)
class Swatch:
    """What a pattern starts from."""

    graph: Graph
    colour: Input
    """A colour, or the socket of a print."""
    second: Rgb
    """Grain, joints or veins."""
    contrast: float
    size_m: float
    place: Socket
    grain: Socket
    flat: Socket
    """Coordinates in metres, see `picture.meshes`, already divided by the surface's scale."""


@dataclass(frozen=True)
class Drawn:
    """What a pattern gives: sockets or constants."""

    colour: Input
    height: Input | None = None
    """0 … 1; None is smooth."""
    gloss: Input | None = None
    """Added to the look's roughness; None leaves it."""
    relief_m: float | None = None
    """Size of what stands out in the height; None is the pattern's own size."""


Pattern = Callable[[Swatch], Drawn]
