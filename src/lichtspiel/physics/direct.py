"""Direct a world: find the start from which the screenplay's outcomes happen by themselves.

Nothing is keyframed. The world's freedoms, such as the speed of a throw, are tried within their bounds:
first as they are, then evenly over growing boxes around that, then downhill from the best of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from lichtspiel.library.asset import Array
from lichtspiel.physics.cast import Cast
from lichtspiel.physics.cloth import sheets
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.falls import fallen
from lichtspiel.physics.goals import Finding, judge, met_all
from lichtspiel.physics.handover import in_hand, thrown
from lichtspiel.physics.motion import Scene
from lichtspiel.physics.rehearsed import cast_of
from lichtspiel.physics.settle import settled
from lichtspiel.physics.simulate import Course, Share, unwatched
from lichtspiel.physics.start import felt_from, with_amounts
from lichtspiel.physics.struck import struck
from lichtspiel.screenplay import OutcomeKind
from lichtspiel.stage.world import Goal, World
from lichtspiel.take import Performance, Take, Verdict

MOST_TRIES = 200
MOST_EFFORT_S = 7.0
"""Seconds of a usual core for all tries together, counted by steps and contacts. Together with MOST_TRIES
this bounds the work without a clock, so that a search ends the same way on every machine."""
SPREAD_TRIES = 12
"""Even tries for each freedom before the descent begins."""
_BOXES = (0.3, 0.6, 1.0)
"""Sizes of the boxes around the unchanged start that are searched evenly, against the bounds."""
_SIMPLEX = 0.12
"""Edge of the first simplex of the descent, against the width of the bounds."""

_AIMED = (OutcomeKind.HITS, OutcomeKind.REBOUNDS_OFF)
"""Goals that are decided in flight: a try that misses one of them needs no simulation to the end."""
_AFTER_AIM_S = 0.7
_BEFORE_S = 0.01
"""So long before the first freedom matters tries part: the samples before it are taken in short steps."""


@dataclass(frozen=True, eq=False)
class Try:
    """A start and what came of it."""

    amounts: tuple[float, ...]
    take: Take
    findings: tuple[Finding, ...]
    cost: float
    effort_s: float


class _FoundError(Exception):
    """Ends the descent: everything is met, or the bound is reached."""


def perform(
    world: World,
    most_tries: int = MOST_TRIES,
    progress: Share = unwatched,
    rehearsal: Mapping[str, Performance] | None = None,
) -> Take:
    """The take in which the world's goals are met, with a verdict on each of them.

    rehearsal: how the figures move, by their names. Their limbs are in the way of things, their hands
    lead what they grip until they let it go, their weight is on what they stand on, and where their
    performances say that they fall, they do: the take holds the performances of those who fall.

    When no start within the freedoms meets all goals, the take is the one that comes closest and its
    verdicts say what did not happen. Raises SimulationError when the world cannot be built or its
    plain start runs away. `progress` is told the share of the work that is done; a search ends, and
    the share jumps to 1, as soon as everything is met.
    """
    take = _acted(world, dict(rehearsal or {}), most_tries, progress)
    felled = struck(world, take, rehearsal) if rehearsal else {}
    if felled:
        take = _acted(world, felled, most_tries, progress)
    progress(1.0)
    return take


def _acted(world: World, rehearsal: Mapping[str, Performance], most_tries: int, progress: Share) -> Take:
    """The take with what figures do to things as they were rehearsed, and with their falls."""
    performances, knocks = fallen(world, rehearsal)
    cast = cast_of(world, performances)
    world, cast = in_hand(world, cast)
    world = settled(world, cast)
    cast = thrown(world, cast)
    perform_all = _perform_with_cloths if world.cloths else _perform_solid
    take = perform_all(world, cast, most_tries, progress)
    impacts = sorted((*take.impacts, *knocks), key=lambda knock: (knock.time_s, knock.first, knock.second))
    fell = {name: performance for name, performance in performances.items() if performance.falls}
    return replace(take, figures=fell, impacts=tuple(impacts))


def _perform_with_cloths(world: World, cast: Cast, most_tries: int, progress: Share) -> Take:
    """Cloth pushes nothing, so that it need not be tried again and again: it follows the solid bodies."""
    carriers = {b.name for b in world.bodies if not b.part.shapes and not b.moves}
    solid = replace(
        world,
        cloths=(),
        goals=tuple(g for g in world.goals if not carriers.issuperset(g.subjects)),
        freedoms=tuple(f for f in world.freedoms if f.body not in carriers),
    )
    take = _perform_solid(solid, cast, most_tries, lambda share: progress(0.3 * share))
    take = replace(take, cloths=sheets(Scene(world, take), lambda share: progress(0.3 + 0.7 * share)))
    found = {id(goal): verdict for goal, verdict in zip(solid.goals, take.verdicts, strict=True)}
    judged = _verdicts(world, judge(Scene(world, take)), 1)
    verdicts = (found.get(id(goal), own) for goal, own in zip(world.goals, judged, strict=True))
    return replace(take, verdicts=tuple(verdicts))


def _perform_solid(world: World, cast: Cast, most_tries: int, progress: Share) -> Take:
    """The take of the solid bodies. What was added to a film has no say in how its first part comes about."""
    first_s = world.screenplay.part_end_s(None)
    if first_s >= world.screenplay.duration_s:
        take, _ = _directed(world, cast, most_tries, progress)
        return take
    first, amounts = _directed(_up_to(world, first_s), cast, most_tries, lambda s: progress(0.6 * s))
    course = Course(world, amounts, cast=cast)
    course.play(progress=lambda share: progress(0.6 + 0.4 * share))
    tried = _judged(world, amounts, course)
    known = {(verdict.beat, verdict.outcome): verdict for verdict in first.verdicts}
    own = _verdicts(world, tried.findings, 1)
    return replace(tried.take, verdicts=tuple(known.get((v.beat, v.outcome), v) for v in own))


def _up_to(world: World, film_s: float) -> World:
    """The world of a film that ends at a time, without what was added later."""
    spans = [span for span in world.timeline if span.film_start_s < film_s - 1e-6]
    spans[-1] = replace(spans[-1], film_end_s=min(spans[-1].film_end_s, film_s))
    goals = tuple(goal for goal in world.goals if not goal.added)
    return replace(world, timeline=tuple(spans), goals=goals)


def _directed(world: World, cast: Cast, most_tries: int, progress: Share) -> tuple[Take, tuple[float, ...]]:
    """The take in which the goals are met, or are closest to being met, and the start that leads to it."""
    may_search = bool(world.freedoms and world.goals)
    course, stem = Course(world, cast=cast), None
    shared_s = felt_from(world) - _BEFORE_S
    if may_search and 0 < shared_s < world.duration_s:
        course.play(shared_s, lambda share: progress(0.5 * share))
        stem = course.forked(())
    course.play(progress=(lambda share: progress(0.5 * share)) if may_search else progress)
    first = _judged(world, (), course)
    if met_all(first.findings) or not world.freedoms:
        return replace(first.take, verdicts=_verdicts(world, first.findings, 1)), ()
    search = _Search(world, cast, stem, first, most_tries, progress)
    search.run()
    best = search.best
    if best.take.duration_s < first.take.duration_s:
        course = search.course(best.amounts)
        course.play()
        best = _judged(world, best.amounts, course)
    return replace(best.take, verdicts=_verdicts(world, best.findings, search.tries)), best.amounts


class _Search:
    """Tries starts until one meets all goals or the bound is reached."""

    def __init__(
        self,
        world: World,
        cast: Cast,
        stem: Course | None,
        first: Try,
        most_tries: int,
        progress: Share,
    ) -> None:
        self._cast, self._stem = cast, stem
        self.world, self.tries, self._most_tries = world, 1, most_tries
        self._spent = first.effort_s
        self._dearest = first.effort_s - (stem.effort_s if stem else 0.0)
        self._progress = progress
        self._low = np.array([f.low for f in world.freedoms])
        self._high = np.array([f.high for f in world.freedoms])
        self._aim_s = _aim_time(world, first.take)
        missed = self._aim_s is not None and not met_all(_aimed(world, first.findings))
        # Tries that are cut short have to be comparable with the first one.
        self.best = (
            replace(first, cost=_cost_of(world.goals, first.findings, short=True)) if missed else first
        )
        self._rng = np.random.default_rng([world.screenplay.seed, 0xD1EC7])

    def run(self) -> None:
        try:
            for amounts in self._spread(SPREAD_TRIES * len(self._low)):
                self._cost(amounts)
            while True:
                self._descend()
        except _FoundError:
            return

    def _descend(self) -> None:
        """Nelder and Mead's simplex from the best start so far."""
        start = np.array(self.best.amounts) if self.best.amounts else np.clip(0.0, self._low, self._high)
        # Each descent from the same place looks in other directions.
        turns = self._rng.normal(size=(len(start), len(start)))
        directions, _ = np.linalg.qr(turns)
        edges = _SIMPLEX * (self._high - self._low) * directions
        minimize(
            self._cost,
            start,
            method="Nelder-Mead",
            bounds=list(zip(self._low, self._high, strict=True)),
            options={
                "initial_simplex": np.clip(np.vstack([start, start + edges]), self._low, self._high),
                "maxfev": 25 * len(start),
                "xatol": 1e-4,
                "fatol": 1e-4,
            },
        )

    def _cost(self, amounts: Array) -> float:
        if self.tries >= self._most_tries or self._spent + self._dearest / 2 > MOST_EFFORT_S:
            raise _FoundError
        self._progress(0.5 + 0.5 * max(self.tries / self._most_tries, self._spent / MOST_EFFORT_S))
        self.tries += 1
        chosen = tuple(float(a) for a in np.clip(amounts, self._low, self._high))
        try:
            tried = self._try(chosen)
        except SimulationError:
            return float(len(self.world.goals) + 1)
        if tried.cost < self.best.cost:
            self.best = tried
        if met_all(self.best.findings):
            raise _FoundError
        return tried.cost

    def course(self, amounts: tuple[float, ...]) -> Course:
        """A performance from this start: all of it, or what comes after all starts are alike."""
        if self._stem is not None:
            return self._stem.forked(amounts)
        return Course(self.world, amounts, cast=self._cast)

    def _try(self, amounts: tuple[float, ...]) -> Try:
        """A try to the end, or only past its aim when it misses that."""
        course = self.course(amounts)
        before_s = course.effort_s
        try:
            if self._aim_s is not None:
                course.play(self._aim_s)
                tried = _judged(self.world, amounts, course)
                if not met_all(_aimed(self.world, tried.findings)):
                    return replace(tried, cost=_cost_of(self.world.goals, tried.findings, short=True))
            course.play()
            return _judged(self.world, amounts, course)
        finally:
            self._spent += course.effort_s - before_s

    def _spread(self, count: int) -> Iterator[Array]:
        """Points spread evenly over boxes that grow from the unchanged start to the bounds.

        The additive recurrence of the plastic numbers (Roberts, 2018), which fills any number of
        dimensions evenly from the first points on.
        """
        centre = np.clip(0.0, self._low, self._high)
        dimensions = len(centre)
        root = 2.0
        for _ in range(40):
            root = (1.0 + root) ** (1.0 / (dimensions + 1))
        step = (1.0 / root) ** np.arange(1, dimensions + 1)
        for i in range(count):
            box = _BOXES[min(i * len(_BOXES) // count, len(_BOXES) - 1)]
            place = 2 * np.mod(0.5 + (i + 1) * step, 1.0) - 1
            reach = np.where(place < 0, centre - self._low, self._high - centre)
            yield centre + box * place * reach


def _judged(world: World, amounts: tuple[float, ...], course: Course) -> Try:
    """What came of a start, as far as it has been played."""
    take = course.take()
    findings = judge(Scene(with_amounts(world, amounts), take))
    return Try(amounts, take, findings, _cost_of(world.goals, findings, short=False), course.effort_s)


def _is_aimed(goal: Goal) -> bool:
    return goal.kind in _AIMED and not goal.never


def _aimed(world: World, findings: tuple[Finding, ...]) -> list[Finding]:
    return [f for goal, f in zip(world.goals, findings, strict=True) if _is_aimed(goal)]


def _cost_of(goals: tuple[Goal, ...], findings: tuple[Finding, ...], short: bool) -> float:
    """Sum of what is missing. In a short try whatever is not decided in flight counts as missed."""
    return float(
        sum(
            1.0 if short and not _is_aimed(goal) else finding.cost
            for goal, finding in zip(goals, findings, strict=True)
        )
    )


def _aim_time(world: World, take: Take) -> float | None:
    """When the plain start has passed everything that is aimed at; None when nothing is."""
    scene = Scene(world, take)
    times = [
        float(scene.times[int(np.argmin(scene.gap(scene.actor(subject), target, goal.labels)))])
        for goal in world.goals
        if _is_aimed(goal)
        for subject in goal.subjects
        for target in goal.targets
        if world.body(target).part.shapes
    ]
    if not times or max(times) + _AFTER_AIM_S > 0.8 * world.duration_s:
        return None
    return max(times) + _AFTER_AIM_S


def _verdicts(world: World, findings: tuple[Finding, ...], tries: int) -> tuple[Verdict, ...]:
    verdicts = []
    for goal, finding in zip(world.goals, findings, strict=True):
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
    return tuple(verdicts)
