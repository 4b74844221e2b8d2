"""What people perform: every motion has a movement, hands and feet are where they should be, nobody pops."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.counted import is_counted
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.segments import segments
from lichtspiel.motion.rehearse import rehearsed
from lichtspiel.motion.strip import demonstration, sample_world, somebody
from lichtspiel.screenplay import Action, Sex, Style
from lichtspiel.stage.world import Direction, World
from tests.motion.measures import measure
from tests.motion.people import bones, everybody

_NOT_PLAYED = "collapse"


def _performed(
    name: str, who: str = "man", style: str | None = None
) -> tuple[World, dict[str, Array], float]:
    world, begin, _ = demonstration(name, style, "stand", everybody()[who])
    figure = world.figures[0]
    heads, _ = bones(figure.physique, motion.rehearse(world)[figure.name])
    return world, heads, begin


def test_every_motion_has_a_score_and_every_score_a_motion() -> None:
    played = {name for name, entry in catalogue.motions().items() if entry.kind != _NOT_PLAYED}
    assert played == set(catalogue.scores())
    assert len(played) >= 120


def test_what_has_a_cycle_goes_on_or_is_counted() -> None:
    for name, score in catalogue.scores().items():
        entry = catalogue.motions()[name]
        assert score.cycle is None or entry.loops or is_counted(entry, score), name


@pytest.mark.parametrize("name", sorted(set(catalogue.scores()))[::15])
def test_every_motion_moves_people_without_popping(name: str) -> None:
    # Who stands already need not stand up.
    world, _, _ = demonstration(name, None, "sit" if name == "stand_up" else "stand", everybody()["girl"])
    figure = world.figures[0]
    performance = motion.rehearse(world)[figure.name]
    assert np.isfinite(performance.pose).all()
    moved = np.abs(np.diff(performance.pose, axis=0)).sum()
    measures = measure(figure.physique, performance)
    assert moved > 0.5
    assert np.percentile(measures.jerked, 99) < 8.0
    assert measures.beyond_deg.max() < 10


@pytest.mark.parametrize(
    "name", ["bow", "forehand", "throw_over", "pick_up", "dance", "kick_ball", "draw_sword"]
)
def test_feet_that_stand_do_not_slide(name: str) -> None:
    world, _, _ = demonstration(name, None, "stand", everybody()["heavy_woman"])
    figure = world.figures[0]
    measures = measure(figure.physique, motion.rehearse(world)[figure.name])
    assert measures.slide_m.max() < 0.025
    assert np.percentile(measures.slide_m, 97) < 0.012
    assert measures.sunk_m.max() < 0.01


@pytest.mark.parametrize("name", sorted(n for n, m in catalogue.motions().items() if m.release))
def test_hands_are_where_they_let_go_when_they_let_go(name: str) -> None:
    world, begin, _ = demonstration(name, None, "stand", somebody())
    figure = world.figures[0]
    release = catalogue.motions()[name].release
    assert release is not None
    heads, _ = bones(figure.physique, motion.rehearse(world)[figure.name])
    moment = round((begin + release.at_s) * 48)
    wrist, knuckles = heads["wrist.R"][moment], heads["finger3-1.R"][moment]
    palm = (wrist + 0.6 * (knuckles - wrist)) / figure.person.height_m
    side, ahead, up = release.at
    assert palm == pytest.approx([-side, -ahead, up], abs=0.06)


def test_a_wave_is_laid_over_a_walk() -> None:
    told = (
        Direction(Action.WALK, 0.0, path=((0.0, -6.0, 0.0),)),
        Direction(Action.PERFORM, 0.5, motion="wave", end_s=3.0),
    )
    world = sample_world(((somebody(), told, (0.0, 0.0), 0.0),), 4.0)
    figure = world.figures[0]
    heads, _ = bones(figure.physique, motion.rehearse(world)["figure_0"])
    raised = heads["wrist.R"][:, 2] > heads["upperarm01.R"][:, 2]
    assert raised[70:130].all()
    assert not raised[:20].any()
    assert not raised[-12:].any()
    assert heads["root"][-1, 1] < -2.0


def test_the_centre_of_mass_of_a_backflip_flies_a_parabola_and_turns_over_once() -> None:
    world, _, _ = demonstration("backflip")
    part = rehearsed(world)["figure_0"]
    performance = motion.rehearse(world)["figure_0"]
    (flight,) = part.course.flights
    there = slice(round(flight.start_s * 48), round(flight.end_s * 48) + 1)
    centre = segments(part.figure.physique).centre_of_mass(performance.root[there], performance.pose[there])
    fall = np.diff(centre[:, 2], 2) * 48**2
    assert fall == pytest.approx(-9.81, abs=0.2)
    heads, _ = bones(part.figure.physique, performance)
    upright = (heads["head"] - heads["root"])[there, 2]
    assert upright.min() < -0.3
    assert upright[-1] > 0.3


def test_runners_leave_the_ground_and_walkers_do_not() -> None:
    def least(name: str) -> float:
        _, heads, _ = _performed(name)
        return float(np.minimum(heads["toe2-1.L"][60:, 2], heads["toe2-1.R"][60:, 2]).max())

    assert least("run") > 0.05
    assert least("walk") < 0.04


def test_partners_hands_meet_and_arms_close_round_backs() -> None:
    world, _, _ = demonstration("shake_hands")
    performances = motion.rehearse(world)
    first, second = (bones(f.physique, performances[f.name])[0]["finger3-1.R"] for f in world.figures)
    assert np.linalg.norm(first - second, axis=1).min() < 0.12
    world, _, _ = demonstration("hug")
    performances = motion.rehearse(world)
    one, two = (bones(f.physique, performances[f.name])[0] for f in world.figures)
    behind = two["spine01"] - one["spine01"]
    reach = ((one["finger3-1.L"] - one["spine01"]) * behind).sum(1) / (behind**2).sum(1)
    assert reach[-20:].min() > 0.9


def test_left_handers_wave_with_the_left() -> None:
    who = next(p for seed in range(2, 200) if (p := somebody(seed)).left_handed)
    world, _, _ = demonstration("wave", who=who)
    heads, _ = bones(physique(who), motion.rehearse(world)["figure_0"])
    assert heads["wrist.L"][60:, 2].mean() > heads["wrist.R"][60:, 2].mean() + 0.3


def test_the_sad_move_slower_and_less_than_the_happy() -> None:
    def way(style: Style) -> float:
        _, heads, _ = _performed("sneak", style=style.value)
        return float(np.linalg.norm(heads["root"][-1] - heads["root"][0]))

    assert way(Style.SAD) < 0.85 * way(Style.HAPPY)


def test_gestures_fit_children_and_giants() -> None:
    for who in ("toddler", "thin_man"):
        world, begin, _ = demonstration("facepalm", who=everybody()[who])
        figure = world.figures[0]
        heads, _ = bones(figure.physique, motion.rehearse(world)["figure_0"])
        moment = round((begin + 1.2) * 48)
        face = heads["eye.R"][moment]
        assert np.linalg.norm(heads["finger3-1.R"][moment] - face) < 0.09 * figure.person.height_m


def test_a_seated_man_talks_with_his_hands() -> None:
    told = (Direction(Action.SIT, 0.0, seat_height_m=0.45), Direction(Action.PERFORM, 0.5, motion="talk"))
    world = sample_world(((somebody(2, Sex.MALE), told, (0.0, 0.0), 0.0),), 4.0)
    heads, _ = bones(world.figures[0].physique, motion.rehearse(world)["figure_0"])
    assert np.ptp(heads["wrist.R"][48:, 2]) > 0.1
    assert np.ptp(heads["foot.R"], axis=0).max() < 0.01
