"""Outcomes of the screenplay in terms of bodies and boxes in the world."""

from __future__ import annotations

from lichtspiel.library.asset import Vec3
from lichtspiel.screenplay import Beat, Outcome, OutcomeKind
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance, as_vec3
from lichtspiel.stage.parts import is_added
from lichtspiel.stage.world import Goal

EDGE_STRIP_M = 0.15
"""Depth of the strip along an edge in which a thing counts as stopped at it."""

_PLURAL_SUFFERERS = (OutcomeKind.KNOCKS_OVER,)


def goals_of(blocking: Blocking) -> tuple[Goal, ...]:
    """Every outcome of every beat, then those that actions imply (outcome = -1)."""
    goals = [
        _goal(blocking, beat, outcome, number, index)
        for number, beat in enumerate(blocking.screenplay.beats)
        for index, outcome in enumerate(beat.outcomes)
        if not _of_balance(blocking, beat, outcome)
    ]
    for number, kind in blocking.implied:
        beat = blocking.screenplay.beats[number]
        goals.append(_goal(blocking, beat, Outcome(kind=kind, target=_aimed_at(beat)), number, -1))
    return tuple(goals)


def _of_balance(blocking: Blocking, beat: Beat, outcome: Outcome) -> bool:
    """Whether somebody falls or keeps on their feet is the motion room's."""
    balance = outcome.kind in (OutcomeKind.STAYS_UP, OutcomeKind.FALLS_OVER)
    return beat.subject in blocking.people and (balance or not beat.using)


def _aimed_at(beat: Beat) -> str | None:
    """Target of the beat, for outcomes that name none of their own."""
    return beat.target if beat.target not in (beat.subject, "ground") else None


def _goal(blocking: Blocking, beat: Beat, outcome: Outcome, number: int, index: int) -> Goal:
    named = outcome.target or _aimed_at(beat)
    target = blocking.cast.get(str(named))
    doers = [beat.subject] if beat.subject in blocking.cast else beat.using
    subjects = tuple(i.root_body for name in doers for i in blocking.cast[name])
    targets: tuple[str, ...] = ()
    if named == "ground":
        targets = _ground_bodies(blocking)
    elif target is not None and target[0].prop.id != beat.subject:
        targets = tuple(body for instance in target for body in instance.bodies)
    return Goal(
        kind=outcome.kind,
        subjects=subjects,
        targets=targets,
        labels=(outcome.part,) if outcome.part else (),
        region=_region(blocking, outcome, target[0] if target else None),
        count=_count(outcome, len(target) if target and _suffers(outcome) else len(subjects)),
        beat=number,
        never=outcome.never,
        added=is_added(blocking.screenplay, beat),
        outcome=index,
        words=_words(beat, outcome, named),
    )


def _suffers(outcome: Outcome) -> bool:
    return outcome.kind in _PLURAL_SUFFERERS


def _count(outcome: Outcome, available: int) -> int | None:
    if outcome.count is None or outcome.count == "all":
        return available if outcome.count == "all" else None
    return min(outcome.count, available)


def _ground_bodies(blocking: Blocking) -> tuple[str, ...]:
    return tuple(f"place/{part.name}" for part in blocking.place.parts if part.shapes)


def _region(blocking: Blocking, outcome: Outcome, target: Instance | None) -> tuple[Vec3, Vec3] | None:
    if outcome.kind is OutcomeKind.STOPS_AT and outcome.part == "edge":
        return _edge_strip(blocking, target)
    if target is None or outcome.kind not in (OutcomeKind.ENTERS, OutcomeKind.MISSES):
        return None
    return target.region("inside") or target.region("opening")


def _edge_strip(blocking: Blocking, target: Instance | None) -> tuple[Vec3, Vec3] | None:
    edge = target.spot("edge") if target else None
    width = target.size[0] if target else blocking.ground.size_m[0]
    if edge is None:
        spot = blocking.place.spots.get("edge")
        if spot is None:
            return None
        edge, width = blocking.ground.centre * 0 + spot.position, spot.size_m[0]
    right, back = blocking.ground.right, -blocking.ground.facing
    corners = [edge + s * width / 2 * right + d * EDGE_STRIP_M * back for s in (-1, 1) for d in (0, 1)]
    low = [min(c[axis] for c in corners) for axis in range(3)]
    high = [max(c[axis] for c in corners) for axis in range(3)]
    return (low[0], low[1], low[2] - 0.01), (high[0], high[1], high[2] + 0.5)


def _words(beat: Beat, outcome: Outcome, named: str | None) -> str:
    subject = beat.subject.replace("_", " ")
    verb = outcome.kind.value.replace("_", " ")
    part = f" ({outcome.part})" if outcome.part else ""
    object_ = "" if named is None else f" {named.replace('_', ' ')}{part}"
    count = f" [{outcome.count}]" if outcome.count is not None else ""
    never = "never " if outcome.never else ""
    return f"{subject} {never}{verb}{object_}{count}"


def centre_of(instances: list[Instance]) -> Vec3:
    """Middle of some things, at half their height."""
    points = [i.position + [0.0, 0.0, i.size[2] / 2] for i in instances]
    return as_vec3(sum(points[1:], points[0]) / len(points))
