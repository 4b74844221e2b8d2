"""Couples turn and travel in hold; heads pass each other in a hug; styles are seen in every movement."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.motion.rehearse import kinematic, rehearsed
from lichtspiel.motion.solve import solve
from lichtspiel.motion.strip import demonstration, sample_world
from lichtspiel.screenplay import Action, Sex, Style
from lichtspiel.stage.world import Direction
from lichtspiel.take import Performance
from tests.motion.inside import pairs_inside
from tests.motion.people import everybody, person

WOMAN, MAN = person(Sex.FEMALE, 30, 1.68, seed=2), person(Sex.MALE, 32, 1.83, seed=3)


def _together(motion: str, seconds: float) -> list[dict[str, Array]]:
    """Heads of bones of two who do something with each other."""
    one = Direction(Action.PERFORM, 0.5, motion=motion, partner="figure_1")
    two = Direction(Action.PERFORM, 0.5, motion=motion, partner="figure_0")
    stand = Direction(Action.STAND, 0.0)
    world = sample_world(
        ((WOMAN, (stand, one), (-0.5, 0.0), np.pi / 2), (MAN, (stand, two), (0.5, 0.0), -np.pi / 2)), seconds
    )
    found = rehearsed(world).values()
    return [solve(part.actor.body, part.course.controls)[2].heads for part in found]


@pytest.mark.parametrize("dance", ["dance_waltz", "dance_tango"])
def test_a_couple_turns_and_travels_without_letting_go(dance: str) -> None:
    woman, man = _together(dance, 7.0)
    danced = slice(3 * 48, None)
    line = (man["root"] - woman["root"])[danced, :2]
    turned = np.unwrap(np.arctan2(line[:, 1], line[:, 0]))
    assert np.ptp(turned) > np.radians(60)
    apart = np.linalg.norm(line, axis=1)
    assert np.ptp(apart) < 0.2
    assert apart.max() < 0.95
    middle = 0.5 * (man["root"] + woman["root"])[danced, :2]
    assert np.ptp(middle, axis=0).max() > 0.4


def test_who_turns_in_a_waltz_does_not_cross_legs() -> None:
    world, _, _ = demonstration("dance_waltz", None, "stand", everybody()["grandmother"])
    for name, part in rehearsed(world).items():
        performance = Performance(48.0, *kinematic(world, part))
        legs = [
            deep
            for pair, deep in pairs_inside(world.figure(name).physique, performance).items()
            if not {word.split("_")[0] for word in pair.split(" in ")} - {"thigh", "shank", "foot"}
        ]
        assert np.max(legs) < 0.03


def test_heads_pass_each_other_in_a_hug() -> None:
    woman, man = _together("hug", 4.0)
    apart = np.linalg.norm(woman["head"] - man["head"], axis=1)[-48:]
    near = np.linalg.norm((woman["root"] - man["root"])[-48:, :2], axis=1)
    assert near.max() < 0.7
    assert apart.min() > 0.17


def _waved(who: Person, style: Style | None, intensity: float = 1.0) -> dict[str, Array]:
    told = (
        Direction(Action.STAND, 0.0),
        Direction(Action.PERFORM, 0.5, motion="wave", style=style, intensity=intensity),
    )
    (part,) = rehearsed(sample_world(((who, told, (0.0, 0.0), 0.0),), 3.0)).values()
    return solve(part.actor.body, part.course.controls)[2].heads


def test_styles_are_seen_in_a_gesture() -> None:
    plain, tired, old, happy, proud = (
        _waved(WOMAN, style) for style in (None, Style.TIRED, Style.OLD, Style.HAPPY, Style.PROUD)
    )

    def height(of: dict[str, Array], bone: str) -> float:
        return float(of[bone][72:, 2].mean())

    assert height(old, "head") < height(plain, "head") - 0.05
    assert height(tired, "wrist.R") < height(plain, "wrist.R") - 0.1
    assert height(happy, "wrist.R") > height(plain, "wrist.R") + 0.03
    assert height(proud, "head") > height(plain, "head") - 0.01
    faint = _waved(WOMAN, None, 0.3)
    assert height(faint, "wrist.R") < height(plain, "wrist.R") - 0.05
