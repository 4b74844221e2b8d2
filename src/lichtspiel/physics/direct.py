"""Direct a world: find the start from which the screenplay's outcomes happen by themselves.

Nothing is keyframed. The world's freedoms, such as the speed of a throw, are tried within their bounds,
first as they are, then evenly over growing boxes around that, then close to the best of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.goals import Finding, judge, met_all
from lichtspiel.physics.motion import Scene
from lichtspiel.physics.simulate import simulate
from lichtspiel.physics.start import with_amounts
from lichtspiel.stage.world import World
from lichtspiel.take import Take, Verdict

MOST_TRIES = 160
MOST_SIMULATED_S = 400.0
"""World seconds of all tries together. Together with MOST_TRIES this bounds the work without a clock, so
that a search ends the same way on every machine."""
_SPREAD_SHARE = 0.6
"""Share of the tries that look everywhere before the rest look near the best."""
_BOXES = (0.3, 0.6, 1.0)
"""Sizes of the boxes around the unchanged start that are searched evenly, against the bounds."""
_FIRST_STRIDE = 0.15
"""Standard deviation of the first step of the local search, against the width of the bounds."""


@dataclass(frozen=True, eq=False)
class Try:
    """A start and what came of it."""

    amounts: tuple[float, ...]
    take: Take
    findings: tuple[Finding, ...]
    cost: float


def perform(world: World) -> Take:
    """The take in which the world's goals are met, with a verdict on each of them.

    When no start within the freedoms meets all goals, the take is the one that comes closest and its
    verdicts say what did not happen. Raises SimulationError when the world cannot be built or its
    plain start runs away.
    """
    first = _attempt(world, ())
    if met_all(first.findings) or not world.freedoms:
        return _with_verdicts(world, first, 1)
    best, tries = _search(world, first)
    return _with_verdicts(world, best, tries)


def _search(world: World, first: Try) -> tuple[Try, int]:
    best, spent, tries = first, world.duration_s, 1
    most = min(MOST_TRIES, int(MOST_SIMULATED_S / world.duration_s))
    rng = np.random.default_rng([world.screenplay.seed, 0xD1EC7])
    search = _Descent(world, rng)
    spread = _spread(world, int(most * _SPREAD_SHARE))
    while tries < most and spent < MOST_SIMULATED_S:
        amounts = next(spread, None)
        local = amounts is None
        if amounts is None:
            amounts = search.propose(best)
        tries += 1
        spent += world.duration_s
        try:
            tried = _attempt(world, tuple(float(a) for a in amounts))
        except SimulationError:
            continue
        better = tried.cost < best.cost
        if local:
            search.learn(better)
        if better:
            best = tried
        if met_all(best.findings):
            break
    return best, tries


def _attempt(world: World, amounts: tuple[float, ...]) -> Try:
    take = simulate(world, amounts)
    findings = judge(Scene(with_amounts(world, amounts), take))
    return Try(amounts, take, findings, float(sum(finding.cost for finding in findings)))


def _spread(world: World, count: int) -> Iterator[Array]:
    """Points spread evenly over boxes that grow from the unchanged start to the bounds.

    The additive recurrence of the plastic numbers (Roberts, 2018), which fills any number of dimensions
    evenly from the first points on.
    """
    low, high = _bounds(world)
    centre = np.clip(0.0, low, high)
    dimensions = len(low)
    root = 2.0
    for _ in range(40):
        root = (1.0 + root) ** (1.0 / (dimensions + 1))
    step = (1.0 / root) ** np.arange(1, dimensions + 1)
    for i in range(count):
        box = _BOXES[min(i * len(_BOXES) // max(count, 1), len(_BOXES) - 1)]
        place = 2 * np.mod(0.5 + (i + 1) * step, 1.0) - 1
        reach = np.where(place < 0, centre - low, high - centre)
        yield centre + box * place * reach


class _Descent:
    """A (1+1) evolution strategy with the one-fifth rule (Rechenberg, 1973)."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self._low, self._high = _bounds(world)
        self._rng = rng
        self._stride = _FIRST_STRIDE

    def propose(self, best: Try) -> Array:
        centre = np.array(best.amounts) if best.amounts else np.clip(0.0, self._low, self._high)
        step = self._rng.normal(size=len(centre)) * self._stride * (self._high - self._low)
        return np.clip(centre + step, self._low, self._high)

    def learn(self, better: bool) -> None:
        self._stride *= 1.5 if better else 1.5**-0.25
        self._stride = float(np.clip(self._stride, 0.002, 0.5))


def _bounds(world: World) -> tuple[Array, Array]:
    return np.array([f.low for f in world.freedoms]), np.array([f.high for f in world.freedoms])


def _with_verdicts(world: World, chosen: Try, tries: int) -> Take:
    verdicts = []
    for goal, finding in zip(world.goals, chosen.findings, strict=True):
        note = finding.note
        if not finding.met:
            how = f"closest of {tries} tries" if tries > 1 else "nothing about the start was free to change"
            note = f"{note} ({how})" if note else how
        verdicts.append(
            Verdict(
                goal=goal.words or goal.kind.value,
                met=finding.met,
                note=note,
                beat=goal.beat,
                outcome=goal.outcome if goal.outcome >= 0 else None,
            )
        )
    return replace(chosen.take, verdicts=tuple(verdicts))
