"""Things lie on those who use them as they are used: bars level, blades down, skis under feet."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.library.asset import Array
from lichtspiel.library.people.holds import held
from lichtspiel.library.people.rig import rotate
from lichtspiel.motion import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from lichtspiel.stage.world import Grip


def _carried(motion: str) -> dict[str, tuple[Grip, Array, Array]]:
    """Grips by body with places (T, 3) and turns (T, 4) over somebody's doing a motion for three seconds."""
    world = stage.build(
        Screenplay(
            title=motion,
            duration_s=3.0,
            setting=Setting(place="studio"),
            cast=(Character(id="anna"),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion=motion, at_s=0.0),),
            shots=(Shot(),),
        )
    )
    performance = rehearse(world)["anna"]
    body = world.figures[0].physique
    return {
        grip.body: (
            grip,
            *held(body, grip.part, grip.position, grip.orientation, performance.root, performance.pose),
        )
        for grip in world.grips
    }


def _axis(turns: Array, axis: tuple[float, float, float]) -> Array:
    """(T, 3) an axis of a thing in the world, in the second half of its time."""
    return rotate(turns, np.broadcast_to(np.array(axis), (len(turns), 3)))[len(turns) // 2 :]


@pytest.mark.parametrize(
    ("motion", "thing", "axis", "low", "high"),
    [
        ("hold_umbrella", "anna_umbrella", (0, 0, 1), 0.85, 1.0),
        ("lift", "anna_barbell", (1, 0, 0), -0.3, 0.3),
        ("dig", "anna_shovel", (1, 0, 0), -1.0, -0.2),
        ("sweep", "anna_broom", (1, 0, 0), -1.0, -0.5),
        ("play_cello", "anna_cello", (1, 0, 0), 0.7, 1.0),
        ("play_guitar", "anna_guitar", (0, 0, 1), -0.4, 0.4),
    ],
)
def test_things_are_turned_as_they_are_used(
    motion: str, thing: str, axis: tuple[float, float, float], low: float, high: float
) -> None:
    _, _, turns = _carried(motion)[thing]
    rises = _axis(turns, axis)[:, 2]
    assert rises.min() > low
    assert rises.max() <= high + 1e-9


def test_violins_are_on_the_left_shoulder_and_bows_in_the_right_hand() -> None:
    found = _carried("play_violin")
    assert found["anna_violin"][0].part == "shoulder_l"
    assert found["anna_bow"][0].part == "hand_r"


def test_each_ski_is_under_its_own_foot_and_points_ahead() -> None:
    found = _carried("ski")
    left, right = found["anna_skis/left"], found["anna_skis/right"]
    assert left[0].part == "foot_l"
    assert right[0].part == "foot_r"
    assert np.linalg.norm(left[1] - right[1], axis=-1).min() > 0.1
    assert (np.abs(_axis(left[2], (0, 1, 0))[:, 2]) < 0.3).all()


def test_a_board_stays_below_the_soles_of_who_jumps_with_it() -> None:
    _, places, turns = _carried("ollie")["anna_skateboard/board"]
    assert np.ptp(places[:, 2]) > 0.25, "it comes up with the feet"
    assert rotate(turns, np.broadcast_to([0.0, 0.0, 1.0], (len(turns), 3)))[:, 2].min() > 0.6
