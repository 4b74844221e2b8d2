"""Rain on window panes: beads that hang there, drops that run down, and the runnels they leave.

Each drop is a lens that turns what is behind it upside down; between drops one looks straight through.
Light that is not on its way to the camera passes unbent, since few samples would never find it otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.picture.clock import Clock
from lichtspiel.picture.nodes import Graph, Input, Socket

LOOK = "rained_pane"
"""Of the glass that rain runs down."""
_IOR = 1.33
_BEADS = ((38.0, 0.40), (95.0, 0.45))
"""Layers of hanging drops: how many to a metre, and the largest radius in shares of their distance."""
_BARE = 0.52
"""Share of places at which no bead hangs."""
_COLUMN_M, _APART_M = 0.034, 0.55
"""How far runners are from each other across and down the pane."""
_SPEED_M_S = (0.03, 0.24)
"""Drops of 3 to 5 mm run down clean glass so fast; those that stick to it are slower."""
_HEAD_M = (0.0040, 0.0065)
"""Half width and half height of a running drop."""
_TRAIL_M = 0.0021
"""Half width of the runnel behind it."""
_WINDING_M = 0.011
"""How far a runnel winds to both sides."""
_DEEP_M = 0.0035
"""Thickness of a drop."""
_RIM = 0.3
"""What steep rims let through: the rest is reflected within the drop and shows the dark of the room."""


@dataclass(frozen=True, eq=False)
class RainedPanes:
    """The water on the panes of a film."""

    clock: Clock

    def surface(self, graph: Graph) -> Socket:
        """A pane with water on it."""
        x, y, up = graph.split(graph.attribute("place"))
        # A pane stands along x or along y.
        across = graph.add(x, y)
        water = graph.math("MAXIMUM", self._beads(graph, across, up), self._runners(graph, across, up))
        relief: dict[str | int, Input] = {"Height": water, "Distance": _DEEP_M, "Strength": 1.0}
        rim = graph.ramp(water, 0.1, 0.55, _RIM, 1.0)
        lens = graph.node(
            "BsdfRefraction",
            {
                "Color": graph.join(rim, rim, rim),
                "Roughness": 0.0,
                "IOR": _IOR,
                "Normal": graph.node("Bump", relief),
            },
        )
        clear = graph.node("BsdfTransparent", {})
        seen = graph.node("LightPath", {}, output="Is Camera Ray")
        return graph.node(
            "MixShader", {0: graph.multiply(seen, graph.ramp(water, 0.02, 0.12)), 1: clear, 2: lens}
        )

    def _beads(self, graph: Graph, across: Socket, up: Socket) -> Socket:
        """Thickness of the drops that hang, of their greatest."""
        layers = []
        for per_metre, largest in _BEADS:
            inputs: dict[str | int, Input] = {"Vector": graph.join(across, up), "Scale": per_metre}
            cells = graph.node("TexVoronoi", inputs, voronoi_dimensions="2D").node
            chance, size, _ = graph.split(cells.outputs["Color"])
            radius = graph.multiply(graph.ramp(size, 0.0, 1.0, 0.35, 1.0), largest)
            share = graph.math("DIVIDE", cells.outputs["Distance"], radius)
            hangs = graph.math("GREATER_THAN", chance, _BARE)
            layers.append(graph.multiply(hangs, _dome(graph, graph.multiply(share, share))))
        return graph.math("MAXIMUM", *layers)

    def _runners(self, graph: Graph, across: Socket, up: Socket) -> Socket:
        """Thickness of the drops that run and of what they leave."""
        column = graph.floor(graph.multiply(across, 1 / _COLUMN_M))
        phase = graph.random(graph.join(column, 3.1))
        speed = graph.ramp(graph.random(graph.join(column, 7.7)), 0.0, 1.0, *_SPEED_M_S)
        fallen = graph.multiply(speed, self.clock.ticks(graph, 1.0))
        above = graph.multiply(
            graph.fraction(graph.add(graph.multiply(graph.add(up, fallen), 1 / _APART_M), phase)), _APART_M
        )
        winding = graph.subtract(graph.noise(graph.join(graph.multiply(column, 5.3), up), 9.0), 0.5)
        middle = graph.multiply(graph.add(column, 0.5), _COLUMN_M)
        aside = graph.subtract(graph.subtract(across, middle), graph.multiply(winding, 2 * _WINDING_M))
        wide, high = _HEAD_M
        head = _dome(graph, graph.add(
            _square(graph, graph.multiply(aside, 1 / wide)),
            _square(graph, graph.multiply(graph.subtract(above, high), 1 / high)),
        ))  # fmt: skip
        left = graph.ramp(above, 0.1 * _APART_M, 0.8 * _APART_M, 0.6, 0.0)
        torn = graph.ramp(graph.noise(graph.join(column, up), 55.0), 0.42, 0.5)
        trail = _dome(graph, _square(graph, graph.multiply(aside, 1 / _TRAIL_M)))
        runnel = graph.multiply(trail, graph.multiply(left, torn))
        return graph.math("MAXIMUM", head, runnel)


def _square(graph: Graph, value: Socket) -> Socket:
    return graph.multiply(value, value)


def _dome(graph: Graph, squared: Socket) -> Socket:
    """Height of half a ball at a distance from its middle, given squared and in radii."""
    return graph.math("SQRT", graph.math("MAXIMUM", graph.subtract(1.0, squared), 0.0))
