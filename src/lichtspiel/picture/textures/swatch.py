"""What a procedural pattern starts from and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lichtspiel.library.records import Rgb
from lichtspiel.picture.nodes import Graph, Input, Socket

FINEST = 800.0
"""A thread, a grain, a relief is seen up to this many times its size: there it is about a pixel wide."""

SLUB_M = 0.0022
"""From one thick thread to the next, across uneven yarn."""


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
    scale: float = 1.0

    def seen(self, fine: Socket, mean: float, size_m: float | None = None) -> Socket:
        """What is drawn so fine (as fine as the pattern, or as `size_m`), and its mean from where it is finer
        than a pixel: a few samples of it would be speckles there."""
        g = self.graph
        end_m = FINEST * self.scale * (size_m or self.size_m)
        rays = g.node("LightPath", {}, output="Ray Length")
        return g.add(mean, g.multiply(g.subtract(fine, mean), g.ramp(rays, end_m / 2, end_m, 1.0, 0.0)))


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
