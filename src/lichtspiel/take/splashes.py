"""Feet that come down in standing water."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.stage.pools import pools_of
from lichtspiel.stage.world import World
from lichtspiel.take.model import Take, Vec3

USUAL_NS = 1.0
"""Impulse of a foot that steps in a puddle as in walking; a jump's landing has several times as much."""


@dataclass(frozen=True)
class Splash:
    """A foot that strikes water, at world time."""

    time_s: float
    figure: str
    position: Vec3
    impulse_ns: float


def splashes_of(world: World, take: Take) -> tuple[Splash, ...]:
    """Every splash of a take, in time order."""
    pools = pools_of(world)
    found = [
        Splash(step.time_s, step.figure, step.position, step.impulse_ns)
        for step in take.footfalls
        if any(pool.holds(step.position) for pool in pools)
    ]
    return tuple(sorted(found, key=lambda splash: splash.time_s))
