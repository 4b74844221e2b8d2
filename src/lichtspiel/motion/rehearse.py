"""The rehearsal: what the bodies of all figures do, before physics has answered.

Faces, gaze, breath and hanging cloth come with the performance.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import controls as control
from lichtspiel.motion import styles
from lichtspiel.motion.acting import Setting, lay_over, motion_of, room_below, tempo
from lichtspiel.motion.actor import Actor, actor, styled
from lichtspiel.motion.airborne import flown
from lichtspiel.motion.balance import wobbled
from lichtspiel.motion.clear import cleared
from lichtspiel.motion.collapse import falls_of
from lichtspiel.motion.company import Company, Member, pairs_of
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.course import Course, course, cuts
from lichtspiel.motion.elbows import spared
from lichtspiel.motion.embrace import Who
from lichtspiel.motion.grasp import holding
from lichtspiel.motion.landing import Moving, caught
from lichtspiel.motion.parting import parted
from lichtspiel.motion.solve import solve
from lichtspiel.motion.supple import supple
from lichtspiel.motion.tracks import eased
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.stage.world import Direction, PlacedFigure, World
from lichtspiel.take import Performance

_NEVER = 1e6
_COMES_S = 0.5
_ON_PARTNER = ("partner.back", "partner.loins")
"""Where hands lie on whom they hold."""


@dataclass(frozen=True, eq=False)
class Rehearsed:
    """One figure: who, and its course with all that arms and head do besides."""

    figure: PlacedFigure
    actor: Actor
    course: Course


def times_of(world: World) -> Array:
    """(T,) moments of all performances of a world."""
    return np.arange(int(np.ceil(world.duration_s * RATE_HZ)) + 1) / RATE_HZ


@lru_cache(maxsize=1)
def rehearsed(world: World) -> Mapping[str, Rehearsed]:
    """The courses of all figures by name, kept from the rehearsal to the performance.

    Who acts in a pair is rehearsed three times: alone, where the two meet, and with hands on the other.
    """
    times = times_of(world)
    found = {figure.name: _alone(figure, world, times) for figure in world.figures}
    paired = [figure for figure in world.figures if pairs_of(figure)]
    for _ in range(2 if paired else 0):
        company = {
            name: Member(order, part.figure, part.actor, part.course.controls)
            for order, (name, part) in enumerate(found.items())
        }
        found |= {figure.name: _alone(figure, world, times, company) for figure in paired}
    for one, other in sorted({tuple(sorted((f.name, str(d.partner)))) for f in paired for d in pairs_of(f)}):
        if other in found and one in found:
            found[one], found[other] = _apart(found[one], found[other])
    return found


def _apart(one: Rehearsed, other: Rehearsed) -> tuple[Rehearsed, Rehearsed]:
    """Two who do something together, outside of each other."""
    whole = [Who(part.actor, part.course.controls, _lying(part.figure)) for part in (one, other)]
    first, second = parted(*whole)
    courses = replace(one.course, controls=first), replace(other.course, controls=second)
    return replace(one, course=courses[0]), replace(other, course=courses[1])


def _lying(figure: PlacedFigure) -> tuple[bool, bool]:
    """Which hands of somebody, left and right, lie on the trunk of a partner by what they do."""
    found = [False, False]
    for direction in pairs_of(figure):
        motion = motion_of(direction)
        for key in (*motion.score.keys, *motion.score.answer) if motion else ():
            for side, reach in ((0, key.left), (1, key.right), (0, key.hands), (1, key.hands)):
                found[side] |= reach is not None and reach.to in _ON_PARTNER
    return found[0], found[1]


def _alone(figure: PlacedFigure, world: World, times: Array, company: Company | None = None) -> Rehearsed:
    who = actor(figure.person, figure.physique)
    gravity = float(np.linalg.norm(world.gravity))
    whole = course(who, figure, world.timeline, times, company, gravity)
    controls = _gestures(who, figure, whole.controls, times)
    controls = wobbled(who.body, controls, figure, times, gravity)
    begins = [0, *(int(np.searchsorted(times, cut)) for cut in cuts(figure, world.timeline)), len(times)]
    stretches = [control.part(controls, slice(a, b)) for a, b in itertools.pairwise(begins) if b > a]
    controls = control.joined([_eased(who, stretch, figure) for stretch in stretches])
    controls = holding(world, figure, who, controls, times)
    found = Rehearsed(figure, who, Course(controls, whole.strikes, whole.flights))
    return _caught(world, found) if whole.flights else found


def _eased(who: Actor, stretch: Controls, figure: PlacedFigure) -> Controls:
    """What a body makes of a course between two cuts: limbs go round its flesh, nothing jerks."""
    told = [motion for direction in figure.directions if (motion := motion_of(direction))]
    firm = not any(motion.entry.home == "sea" for motion in told)
    heights = [point[2] for direction in figure.directions for point in direction.path]
    clear = cleared(who, spared(who.body, stretch), min([figure.position[2], *heights]), firm)
    return supple(who.body, clear)


def _caught(world: World, part: Rehearsed) -> Rehearsed:
    """The same with legs that push off and land as hard as the flights ask for."""
    body, told = part.actor.body, part.course
    root, pose, _ = solve(body, told.controls)
    flight, turned = flown(part.figure, world.gravity, told.flights, root, pose)
    course, air = Moving(root, pose[:, 0]), Moving(flight, turned[:, 0])
    controls = caught(told.controls, told.flights, course, air, body.leg)
    return replace(part, course=replace(told, controls=controls))


def rehearse(world: World) -> dict[str, Performance]:
    """Kinematic performances by figure: what physics takes limbs and hands from."""
    found = {
        name: Performance(RATE_HZ, *kinematic(world, part), cuts=cuts(part.figure, world.timeline))
        for name, part in rehearsed(world).items()
    }
    return {name: replace(p, falls=falls_of(world.figure(name), p)) for name, p in found.items()}


def kinematic(world: World, part: Rehearsed) -> tuple[Array, Array]:
    """Root (T, 3) and pose (T, B, 4) of a rehearsed figure."""
    root, pose, _ = solve(part.actor.body, part.course.controls)
    return flown(part.figure, world.gravity, part.course.flights, root, pose)


def _gestures(who: Actor, figure: PlacedFigure, base: Controls, times: Array) -> Controls:
    """What is laid over the postures, one after the other."""
    told = sorted((d for d in figure.directions if _overlaid(d)), key=lambda d: d.start_s)
    for index, direction in enumerate(told):
        motion = motion_of(direction)
        assert motion is not None
        next_s = told[index + 1].start_s if index + 1 < len(told) else _NEVER
        until = min(direction.end_s or _NEVER, next_s + motion.score.lead * 0.5)
        once = motion.entry.duration_s / tempo(direction)
        if not (motion.entry.loops or motion.score.stays):
            until = min(until, direction.start_s + once)
        samples = np.flatnonzero((times >= direction.start_s) & (times < until))
        if not len(samples):
            continue
        here = slice(samples[0], samples[-1] + 1)
        under = _in_style(who, control.part(base, here), direction, times[here], until)
        setting = Setting(
            np.array(figure.position),
            figure.yaw,
            times[here] - direction.start_s,
            until - direction.start_s,
            begun=direction.start_s <= 0 and bool(motion.entry.loops or motion.score.stays),
            left_handed=figure.person.left_handed,
            room=room_below(under, figure.position[2]),
        )
        over = lay_over(styled(who, direction), motion, direction, under, setting, until < float(times[-1]))
        base = _replaced(base, over, here)
    return base


def _in_style(who: Actor, under: Controls, direction: Direction, times: Array, until: float) -> Controls:
    """Whatever is below a gesture in the posture of its style, which comes and goes with it."""
    comes = (times - direction.start_s) / _COMES_S if direction.start_s > 0 else np.ones(len(times))
    share = eased(np.minimum(comes, (until - times) / _COMES_S))
    how = styles.of(direction)
    return styles.borne(who.body, under, how, share, times, how.stoop)


def _overlaid(direction: Direction) -> bool:
    motion = motion_of(direction)
    return motion is not None and motion.overlaid


def _replaced(base: Controls, over: Controls, here: slice) -> Controls:
    count = len(base.hips)
    before, after = slice(0, here.start), slice(here.stop, count)
    return control.joined([control.part(base, before), over, control.part(base, after)])
