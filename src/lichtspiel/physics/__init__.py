"""World to take: MuJoCo's mechanics, calibrated contacts, and events as they are heard."""

from lichtspiel.physics.direct import perform
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.simulate import simulate

__all__ = ["SimulationError", "perform", "simulate"]
