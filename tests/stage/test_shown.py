"""What of a stage belongs to the action that a camera shows."""

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot, View


@pytest.mark.parametrize(
    ("place", "motion", "thing"),
    [
        ("lawn", "let_go", "helium_balloon"),
        ("lake", "row", "rowing_boat"),
        ("street", "ride_bicycle", "bicycle"),
    ],
)
def test_what_rises_or_carries_people_belongs_to_the_action(place: str, motion: str, thing: str) -> None:
    world = stage.build(
        Screenplay(
            title="Shown",
            setting=Setting(place=place),
            cast=(Character(id="woman"),),
            props=(Prop(id="thing", thing=thing),),
            beats=(Beat(subject="woman", action=Action.PERFORM, motion=motion, using=("thing",)),),
            shots=(Shot(),),
        )
    )
    assert set(world.framing["thing"]) <= set(world.acting)


def test_two_who_argue_before_they_hug_are_half_turned_to_the_camera() -> None:
    argue = [
        Beat(subject=one, action=Action.PERFORM, motion="argue", target=other)
        for one, other in (("ann", "ben"), ("ben", "ann"))
    ]
    hug = Beat(subject="ann", action=Action.PERFORM, motion="hug", target="ben")
    world = stage.build(
        Screenplay(
            title="Friends",
            setting=Setting(place="street"),
            duration_s=9.0,
            cast=(Character(id="ann"), Character(id="ben")),
            beats=(*argue, hug),
            shots=(Shot(view=View.FRONT),),
        )
    )
    for figure in world.figures:
        ahead = np.array([np.sin(figure.yaw), -np.cos(figure.yaw), 0.0])
        assert 0.4 < ahead @ np.array(world.facing) < 0.9
