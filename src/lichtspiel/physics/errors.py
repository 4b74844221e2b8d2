"""What can go wrong in a simulation."""

from __future__ import annotations


class SimulationError(RuntimeError):
    """The world cannot be simulated, or its simulation ran away. The message says which body."""
