"""World time for materials that change of themselves: rings on puddles, drops on panes."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.library.asset import Array
from lichtspiel.picture import animate
from lichtspiel.picture.nodes import Graph, Socket


@dataclass(frozen=True, eq=False)
class Clock:
    """The moments of a film's frames."""

    count: int
    times: Array
    """(2 * count,) world seconds at which the shutter opens and closes."""

    def ticks(self, graph: Graph, period_s: float) -> Socket:
        """World time in periods, keyed for every frame."""
        value = graph.node("Value", {})
        animate.key(
            animate.curves_of(graph.tree, "NODETREE"),
            f'nodes["{value.node.name}"].outputs[0].default_value',
            animate.key_frames(self.count),
            self.times[:, None] / period_s,
        )
        return value
