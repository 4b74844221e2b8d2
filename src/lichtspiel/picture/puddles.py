"""Standing water on paved ground, ringed by the drops that fall into it.

Water gathers where the ground dips. A slow noise over the ground's plan stands for its height; whatever
lies below a level is a puddle: dark, flat, and mirror-like at the shallow angles from which one sees it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.picture.clock import Clock
from lichtspiel.picture.nodes import Graph, Input, Socket
from lichtspiel.stage.pools import Pool

GROUNDS = frozenset({"asphalt", "concrete", "tiles", "bricks"})
"""Patterns of ground that does not drink the rain."""
HIGHEST_M = 0.2
"""What is higher is no ground: kerbs are 0.12 m."""
_LEVEL = 0.995
"""Cosine of the steepest slope that water stands on."""
_PER_M = 0.42
"""Of the noise that stands for the ground's height; puddles are one or two metres long."""
_SHORE, _DEEP = 0.575, 0.61
"""Values of that noise at the shore and where the ground is under water everywhere."""
_RAGGED_PER_M, _RAGGED = 2.2, 0.9
"""Of the noise that frays the shore of a pool, and by how many of its radii it does."""
_BASIN = 0.8
"""Share of a pool's radius within which the water is whole."""
_RINGS = ((3.1, 0.00), (4.3, 0.37))
"""Two layers of rings: drops per metre along each axis, and how far their clocks are apart."""
_RING_S = 0.75
"""Until the next drop falls into the same cell."""
_WAVE_M, _CREST_M = 0.014, 0.0003
"""Length and height of capillary waves from drops (Le Méhauté, J. Fluid Mech. 197, 1988: 1 to 2 cm)."""


@dataclass(frozen=True, eq=False)
class Puddles:
    """The standing water of a film."""

    clock: Clock
    rained_on: bool = True
    """Drops fall into it."""
    pools: tuple[Pool, ...] = ()
    """Puddles that stand at a place of their own, besides where the ground dips."""

    def stand_on(self, graph: Graph, surface: Socket, colour: Input) -> Socket:
        """A surface of ground with water where it stands."""
        ground = graph.node("NewGeometry", {}, output="Position").node
        x, y, z = graph.split(ground.outputs["Position"])
        _, _, up = graph.split(ground.outputs["True Normal"])
        plan = graph.join(x, y)
        level = graph.multiply(graph.math("GREATER_THAN", up, _LEVEL), graph.math("LESS_THAN", z, HIGHEST_M))
        covered = graph.ramp(self._height(graph, plan, x, y), _SHORE, _DEEP)
        inputs: dict[str | int, Input] = {
            "Base Color": graph.shade(colour, 0.35),
            "Roughness": 0.015,
            "IOR": 1.333,
        }
        if self.rained_on:
            rings: dict[str | int, Input] = {
                "Height": self._rings(graph, plan),
                "Distance": 1.0,
                "Strength": 1.0,
            }
            inputs["Normal"] = graph.node("Bump", rings)
        water = graph.node("BsdfPrincipled", inputs)
        return graph.node("MixShader", {0: graph.multiply(level, covered), 1: surface, 2: water})

    def _height(self, graph: Graph, plan: Socket, x: Socket, y: Socket) -> Socket:
        """What stands for how low the ground lies; pools are dips with ragged shores."""
        height = graph.noise(plan, _PER_M, detail=3.0)
        ragged = graph.multiply(graph.subtract(graph.noise(plan, _RAGGED_PER_M, detail=2.0), 0.5), _RAGGED)
        for pool in self.pools:
            across, deep = graph.subtract(x, pool.position[0]), graph.subtract(y, pool.position[1])
            away = graph.math("SQRT", graph.add(graph.multiply(across, across), graph.multiply(deep, deep)))
            share = graph.add(graph.multiply(away, 1 / pool.radius_m), ragged)
            height = graph.math("MAXIMUM", height, graph.ramp(share, _BASIN, 1.0, 1.0, _SHORE))
        return height

    def _rings(self, graph: Graph, plan: Socket) -> Socket:
        """Height of the water, metres: around every drop a short train of waves that widens and fades."""
        clock = self.clock.ticks(graph, _RING_S)
        trains = []
        for per_metre, shift in _RINGS:
            place = graph.shift(plan, (7.3 * shift, 3.1 * shift, 0.0))
            inputs: dict[str | int, Input] = {"Vector": place, "Scale": per_metre}
            cells = graph.node("TexVoronoi", inputs, voronoi_dimensions="2D").node
            chance, _, _ = graph.split(cells.outputs["Color"])
            age = graph.fraction(graph.add(clock, graph.add(chance, shift)))
            # Distances are in cells; waves of this length run at 0.25 m/s.
            ahead = graph.subtract(
                graph.multiply(cells.outputs["Distance"], 1 / per_metre), graph.multiply(age, 0.25 * _RING_S)
            )
            inside = graph.math("EXPONENT", graph.multiply(graph.multiply(ahead, ahead), -1 / _WAVE_M**2))
            wave = graph.math("COSINE", graph.multiply(ahead, 2 * np.pi / _WAVE_M))
            fading = graph.multiply(graph.subtract(1.0, age), _CREST_M)
            trains.append(graph.multiply(graph.multiply(inside, wave), fading))
        return graph.add(*trains)
