"""What outcomes mean, in terms of a take.

Each kind has one function (scene, goal, after_s) → Finding. `after_s` is when the goal before it in the
same beat happened; contacts count from then on. The cost is 0 when the goal is met, and else between
0.05 and about 1, falling as the take comes closer to meeting it: a search climbs down along it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.physics.motion import Scene, height_m, inner_radius
from lichtspiel.screenplay import OutcomeKind
from lichtspiel.stage.world import Goal
from lichtspiel.take import Impact

TOPPLED_RAD = np.radians(30.0)
"""Tilt at the end above which a thing has fallen over."""
UPRIGHT_RAD = np.radians(15.0)
"""Tilt that a thing which stays up may have at the end."""
AT_REST_M_S = 0.02
AT_REST_RAD_S = 0.3
REST_SPAN_S = 0.2
"""A thing rests that has kept below both speeds for so long at the end."""
STOPPED_M_S = 0.05
NEAR_M = 0.05
"""Clear distance at which a thing without a region stands at its target."""
CLOTH_NEAR_M = 0.01
"""Clear distance at which a cloth touches."""
REBOUND_M_S = 0.1
"""Speed at which a thing must fly off again to rebound."""
AWAY_M = 0.5
"""Distance from the target, or from its start, at which a thing has left."""
LEAST_COST = 0.05


@dataclass(frozen=True)
class Finding:
    """Whether a goal is met, when, and how far the take is from it."""

    met: bool
    cost: float
    time_s: float | None = None
    note: str = ""


@dataclass(frozen=True)
class Meeting:
    """A contact of a subject with a target."""

    time_s: float
    subject: str
    impact: Impact | None
    """None when they met too gently to knock."""


def judge(scene: Scene) -> tuple[Finding, ...]:
    """A finding for every goal of the world, in their order."""
    findings: dict[int, Finding] = {}
    order = sorted(
        range(len(scene.world.goals)),
        # What an action implies (outcome -1) has no place in the order and comes last.
        key=lambda i: (scene.world.goals[i].beat, scene.world.goals[i].outcome % 1000, i),
    )
    since: dict[int, float] = {}
    for i in order:
        goal = scene.world.goals[i]
        in_order = goal.outcome >= 0
        if goal.kind not in _BY_CONTACT:
            goal = replace(goal, subjects=tuple(scene.actor(name) for name in goal.subjects))
        if goal.never:
            findings[i] = _never(scene, goal)
            continue
        finding = JUDGES[goal.kind](scene, goal, since.get(goal.beat, 0.0) if in_order else 0.0)
        if in_order and finding.time_s is not None:
            since[goal.beat] = finding.time_s
        findings[i] = finding
    return tuple(findings[i] for i in range(len(findings)))


def _never(scene: Scene, goal: Goal) -> Finding:
    """Met when it happens to none of the subjects in the whole take."""
    found = JUDGES[goal.kind](scene, replace(goal, count=1), 0.0)
    if not found.met:
        return Finding(True, 0.0, None, found.note)
    when = "" if found.time_s is None else f" at {found.time_s:.2f} s"
    return Finding(False, 0.5, None, f"it happens{when}")


def meetings(scene: Scene, goal: Goal) -> Iterator[Meeting]:
    """Contacts of the goal's subjects with its targets (with anything else, when it names none)."""
    owner = {piece: subject for subject in goal.subjects for piece in scene.pieces(subject)}
    subjects, targets = set(owner), set(goal.targets) - set(owner)

    def ends(event: Impact) -> tuple[str, bool]:
        for own, other, label in (
            (event.first, event.second, event.second_label),
            (event.second, event.first, event.first_label),
        ):
            wanted = other in targets if targets else other not in subjects
            if own in subjects and wanted and (not goal.labels or label in goal.labels):
                return own, True
        return "", False

    found = []
    for impact in scene.take.impacts:
        own, counts = ends(impact)
        if counts:
            found.append(Meeting(impact.time_s, owner[own], impact))
    if not goal.labels:
        for rub in scene.take.rubs:
            pair = {rub.first, rub.second}
            own = next(iter(pair & subjects), "")
            if own and (pair - {own}) <= (targets or pair - subjects):
                found.append(Meeting(rub.start_s, owner[own], None))
    found += _cloth_meetings(scene, goal)
    yield from sorted(found, key=lambda meeting: meeting.time_s)


def _cloth_meetings(scene: Scene, goal: Goal) -> Iterator[Meeting]:
    for subject in goal.subjects:
        if scene.cloth_of(subject) is None:
            continue
        for target in goal.targets:
            near = np.flatnonzero(scene.gap(subject, target, goal.labels) < CLOTH_NEAR_M)
            if len(near):
                yield Meeting(float(scene.times[near[0]]), subject, None)


def _hits(scene: Scene, goal: Goal, after_s: float) -> Finding:
    met = {m.subject: m.time_s for m in reversed(list(meetings(scene, goal))) if m.time_s > after_s}
    return _reached(scene, goal, met, after_s)


def _rebounds(scene: Scene, goal: Goal, after_s: float) -> Finding:
    met: dict[str, float] = {}
    for meeting in meetings(scene, goal):
        if meeting.time_s <= after_s or meeting.impact is None or meeting.subject in met:
            continue
        impact = meeting.impact
        own_first = impact.first in scene.pieces(meeting.subject)
        away = np.array(impact.normal) * (-1.0 if own_first else 1.0)
        now = min(int((meeting.time_s + impact.duration_s) * scene.take.rate_hz) + 2, len(scene.times) - 1)
        later = min(now + int(0.03 * scene.take.rate_hz), len(scene.times) - 1)
        path = scene.centre(scene.actor(meeting.subject))[[now, later]]
        if later > now and (path[1] - path[0]) @ away > REBOUND_M_S * (later - now) / scene.take.rate_hz:
            met[meeting.subject] = meeting.time_s
    return _reached(scene, goal, met, after_s)


def _lands(scene: Scene, goal: Goal, after_s: float) -> Finding:
    met: dict[str, float] = {}
    for meeting in meetings(scene, goal):
        level = meeting.impact is None or abs(meeting.impact.normal[2]) > 0.6
        if meeting.time_s > after_s and level:
            met.setdefault(meeting.subject, meeting.time_s)
    return _reached(scene, goal, met, after_s)


def _reached(scene: Scene, goal: Goal, met: dict[str, float], after_s: float) -> Finding:
    """Enough subjects met the target; else what is missing is how far they passed it by."""
    needed = _needed(goal, goal.subjects)
    if len(met) >= needed:
        return Finding(True, 0.0, sorted(met.values())[needed - 1])
    misses = sorted(_closest(scene, goal, s, after_s) for s in goal.subjects if s not in met)
    missing = misses[: needed - len(met)]
    far = float(np.mean(missing)) if missing else 1.0
    note = f"passes it by {far:.2f} m" if np.isfinite(far) and far > 0.005 else "not in this order"
    return Finding(False, _graded(far) * len(missing) / needed, None, note)


def _misses(scene: Scene, goal: Goal, _after_s: float) -> Finding:
    if goal.region is None:
        touched = list(meetings(scene, goal))
        gap = min((_closest(scene, goal, s, 0.0) for s in goal.subjects), default=1.0)
        note = f"touches it at {touched[0].time_s:.2f} s" if touched else ""
        return Finding(not touched, 1.0 if touched else 0.0, None, note or f"passes it by {gap:.2f} m")
    for subject in goal.subjects:
        if (time := _entry(scene, subject, goal.region, 0.0)) is not None:
            return Finding(False, 0.6, None, f"goes in at {time:.2f} s")
    return Finding(True, 0.0)


def _enters(scene: Scene, goal: Goal, after_s: float) -> Finding:
    if goal.region is None:
        return _lands(scene, goal, after_s)
    entries = {s: _entry(scene, s, goal.region, after_s) for s in goal.subjects}
    times = sorted(t for t in entries.values() if t is not None)
    needed = _needed(goal, goal.subjects)
    if len(times) >= needed:
        return Finding(True, 0.0, times[needed - 1])
    since = scene.times >= after_s
    far = [
        float(np.linalg.norm(_from_box(scene.centre(s)[since], goal.region), axis=1).min(initial=1.0))
        for s, t in entries.items()
        if t is None
    ]
    note = "gets in but not to stay" if min(far) < 1e-6 else f"passes it by {min(far):.2f} m"
    return Finding(False, _graded(float(np.mean(far))), None, note)


def _knocks_over(scene: Scene, goal: Goal, after_s: float) -> Finding:
    victims = [name for name in goal.targets if _is_loose(scene, name)]
    if not victims:
        return Finding(False, 1.0, None, "nothing there can fall over")
    return _fallen(scene, victims, _needed(goal, victims), after_s)


def _falls_over(scene: Scene, goal: Goal, after_s: float) -> Finding:
    return _fallen(scene, list(goal.subjects), _needed(goal, goal.subjects), after_s)


def _fallen(scene: Scene, names: Sequence[str], needed: int, after_s: float) -> Finding:
    times, lacks = [], []
    for name in names:
        tilt, drop = scene.tilt(name), _drop(scene, name)
        down = (tilt > TOPPLED_RAD) | (drop > 0.5 * height_m(scene.world.body(name)))
        if down[-1] or name in {event.body for event in scene.take.breaks}:
            first = int(np.argmax(down)) if down.any() else 0
            times.append(max(float(scene.times[first]), after_s))
        else:
            lacks.append(1.0 - float(tilt.max()) / TOPPLED_RAD)
    if len(times) >= needed:
        return Finding(True, 0.0, sorted(times)[needed - 1])
    missing = needed - len(times)
    lack = float(np.mean(sorted(lacks)[:missing]))
    cost = (missing - 1 + float(np.clip(lack, 0.0, 1.0))) / needed
    return Finding(False, max(cost, LEAST_COST), None, f"{len(times)} of {needed} fall")


def _stays_up(scene: Scene, goal: Goal, _after_s: float) -> Finding:
    names = [name for name in goal.subjects if _is_loose(scene, name)] or list(goal.subjects)
    worst = max(float(scene.tilt(name)[-1]) for name in names)
    lowest = max(
        float(_drop(scene, name)[-1] / max(height_m(scene.world.body(name)), 0.02)) for name in names
    )
    up = worst < UPRIGHT_RAD and lowest < 0.25
    cost = 0.0 if up else max(LEAST_COST, min(worst / np.pi + min(lowest, 4.0) / 8, 1.0))
    return Finding(up, cost, None, "" if up else f"tilts by {np.degrees(worst):.0f}°")


def _falls_off(scene: Scene, goal: Goal, after_s: float) -> Finding:
    times, lacks = [], []
    for name in goal.subjects:
        size = max(height_m(scene.world.body(name)), 0.1)
        off = _drop(scene, name) > 0.5 * size
        if off[-1] or name in {event.body for event in scene.take.breaks}:
            times.append(max(float(scene.times[int(np.argmax(off))]), after_s))
        else:
            moved = np.linalg.norm(scene.centre(name)[-1] - scene.centre(name)[0])
            lacks.append(1.0 / (1.0 + moved / size))
    needed = _needed(goal, goal.subjects)
    if len(times) >= needed:
        return Finding(True, 0.0, sorted(times)[needed - 1])
    return Finding(False, max(LEAST_COST, float(np.mean(lacks))), None, f"{len(times)} of {needed} fall off")


def _breaks(scene: Scene, goal: Goal, after_s: float) -> Finding:
    fragile = {b.body: b.impulse_ns for b in scene.world.breakables}
    names = [n for n in goal.subjects if n in fragile] or [n for n in goal.targets if n in fragile]
    if not names:
        return Finding(False, 1.0, None, "it is not made to break")
    times = sorted(event.time_s for event in scene.take.breaks if event.body in names)
    needed = _needed(goal, names)
    if len(times) >= needed:
        return Finding(True, 0.0, max(times[needed - 1], after_s))
    blows = [
        impact.impulse_ns / fragile[name]
        for impact in scene.take.impacts
        for name in (impact.first, impact.second)
        if name in names
    ]
    hardest = max(blows, default=0.0)
    note = f"the hardest blow is {100 * hardest:.0f} % of what it bears"
    return Finding(False, max(LEAST_COST, 1.0 - 0.9 * min(hardest, 1.0)), None, note)


def _stops_at(scene: Scene, goal: Goal, _after_s: float) -> Finding:
    worst, note = 0.0, ""
    for name in goal.subjects:
        end = scene.centre(name)[-1:]
        if goal.region is not None:
            far = float(np.linalg.norm(_from_box(end, goal.region)))
        elif goal.targets:
            gaps = [scene.gap(name, target, goal.labels)[-1] for target in goal.targets]
            far = max(float(min(gaps)) - NEAR_M, 0.0)
        else:
            far = 0.0
        speed = float(scene.speed(name)[-1])
        if far > 0:
            note = f"ends {far:.2f} m away"
        elif speed > STOPPED_M_S:
            note = f"still moves at {speed:.2f} m/s"
        cost = (_graded(far) if far > 0 else 0.0) + (min(speed, 1.0) * 0.5 if speed > STOPPED_M_S else 0.0)
        worst = max(worst, cost)
    return Finding(worst == 0.0, worst, None, note)


def _settles(scene: Scene, goal: Goal, _after_s: float) -> Finding:
    span = max(int(REST_SPAN_S * scene.take.rate_hz), 1)
    fastest = max(float(scene.speed(name)[-span:].max()) for name in goal.subjects)
    turning = max(float(scene.turn_speed(name)[-span:].max(initial=0.0)) for name in goal.subjects)
    rests = fastest <= AT_REST_M_S and turning <= AT_REST_RAD_S
    cost = 0.0 if rests else max(LEAST_COST, min(fastest + turning / 20, 1.0))
    return Finding(rests, cost, None, "" if rests else f"still moves at {fastest:.2f} m/s")


def _leaves(scene: Scene, goal: Goal, after_s: float) -> Finding:
    lacks = []
    for name in goal.subjects:
        centre = scene.centre(name)
        wanted = max(AWAY_M, 4 * inner_radius(scene.world.body(name)))
        starts = scene.times >= after_s
        if goal.targets:
            far = float(min(scene.gap(name, target)[-1] for target in goal.targets))
        else:
            far = float(np.linalg.norm(centre[-1] - centre[int(np.argmax(starts))]))
        if far < wanted:
            lacks.append(1.0 - max(far, 0.0) / wanted)
    allowed = len(goal.subjects) - _needed(goal, goal.subjects)
    if len(lacks) <= allowed:
        return Finding(True, 0.0, None)
    return Finding(False, max(LEAST_COST, float(np.mean(lacks))), None, "stays too near")


JUDGES: dict[OutcomeKind, Callable[[Scene, Goal, float], Finding]] = {
    OutcomeKind.HITS: _hits,
    OutcomeKind.MISSES: _misses,
    OutcomeKind.ENTERS: _enters,
    OutcomeKind.REBOUNDS_OFF: _rebounds,
    OutcomeKind.KNOCKS_OVER: _knocks_over,
    OutcomeKind.BREAKS: _breaks,
    OutcomeKind.STOPS_AT: _stops_at,
    OutcomeKind.LANDS_ON: _lands,
    OutcomeKind.LEAVES: _leaves,
    OutcomeKind.FALLS_OFF: _falls_off,
    OutcomeKind.FALLS_OVER: _falls_over,
    OutcomeKind.STAYS_UP: _stays_up,
    OutcomeKind.SETTLES: _settles,
}


_BY_CONTACT = {
    OutcomeKind.HITS,
    OutcomeKind.MISSES,
    OutcomeKind.REBOUNDS_OFF,
    OutcomeKind.LANDS_ON,
    OutcomeKind.BREAKS,
}
"""Kinds in which any piece of a subject counts; in the others the piece that moves."""


def _needed(goal: Goal, among: Sequence[str]) -> int:
    return len(among) if goal.count is None else min(goal.count, len(among))


def _graded(metres: float) -> float:
    """Cost of missing by a distance: rises fast over the first decimetres and never ends."""
    metres = max(metres, 0.0) if np.isfinite(metres) else 10.0
    return LEAST_COST + 0.95 * metres / (metres + 0.5)


def _closest(scene: Scene, goal: Goal, subject: str, after_s: float) -> float:
    since, subject = scene.times >= after_s, scene.actor(subject)
    gaps = [scene.gap(subject, target, goal.labels)[since].min(initial=10.0) for target in goal.targets]
    return float(max(min(gaps, default=10.0), 0.0))


def _entry(scene: Scene, name: str, region: tuple[Vec3, Vec3], after_s: float) -> float | None:
    """When a body's middle falls through a box, or comes into it to stay until the end."""
    low, high = np.array(region[0]), np.array(region[1])
    path = scene.centre(name)
    level = (low[2] + high[2]) / 2
    above, below = path[:-1], path[1:]
    crossing = np.flatnonzero((above[:, 2] > level) & (below[:, 2] <= level) & (scene.times[1:] > after_s))
    for i in crossing:
        share = (above[i, 2] - level) / max(above[i, 2] - below[i, 2], 1e-12)
        place = above[i] + share * (below[i] - above[i])
        if not _within(place[None, :2], low[:2], high[:2])[0]:
            continue
        out = np.flatnonzero((path[i:, 2] < low[2]) | (path[i:, 2] > high[2]))
        if len(out) and path[i + out[0], 2] < low[2]:
            return float(scene.times[i + 1])
    inside = _within(path, low, high)
    if not inside[-1]:
        return None
    outside = np.flatnonzero(np.logical_not(inside))
    return float(scene.times[outside[-1] + 1 if len(outside) else 0])


def _within(points: Array, low: Array, high: Array) -> Array:
    return np.asarray(((points >= low) & (points <= high)).all(axis=1))


def _from_box(points: Array, region: tuple[Vec3, Vec3]) -> Array:
    low, high = np.array(region[0]), np.array(region[1])
    return np.asarray(np.maximum(np.maximum(low - points, points - high), 0.0))


def _drop(scene: Scene, name: str) -> Array:
    centre = scene.centre(name)[:, 2]
    return np.asarray(centre[0] - centre)


def _is_loose(scene: Scene, name: str) -> bool:
    body = scene.world.body(name)
    return body.moves and body.part.joint.kind == "free"


def met_all(findings: Iterable[Finding]) -> bool:
    """Whether every goal is met."""
    return all(finding.met for finding in findings)
