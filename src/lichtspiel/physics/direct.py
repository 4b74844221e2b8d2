"""Direct a world: the performance that the screenplay asks for."""

from __future__ import annotations

from lichtspiel.physics.simulate import simulate
from lichtspiel.stage.world import World
from lichtspiel.take import Take


def perform(world: World) -> Take:
    """The take of a world. Raises SimulationError when the world cannot be built or runs away."""
    return simulate(world)
