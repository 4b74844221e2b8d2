"""Hands are on what they play: fingertips on keys, bows on strings, pens on paper."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import held
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import bones_posed, rotate
from lichtspiel.motion import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Sex, Shot
from lichtspiel.stage.world import Body, World
from lichtspiel.take import Performance

_PAD_M = 0.008
"""Flesh and bone between the end of a finger's bone and the skin that presses, at most."""


def _film(motion: str, years: float = 30, sex: Sex = Sex.FEMALE) -> tuple[World, Physique, Performance]:
    world = stage.build(
        Screenplay(
            title=motion,
            duration_s=4.0,
            setting=Setting(place=catalogue.motions()[motion].home or "studio"),
            cast=(Character(id="anna", sex=sex, age_years=years),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion=motion),),
            shots=(Shot(),),
        )
    )
    return world, world.figures[0].physique, rehearse(world)["anna"]


def _body(world: World, thing: str) -> Body:
    props = {prop.id for prop in world.screenplay.props if prop.thing == thing}
    return next(body for body in world.bodies if body.prop in props)


def _tips(body: Physique, performance: Performance, side: str) -> Array:
    """(T, 4, 3) ends of index to little finger."""
    heads, turned = bones_posed(body.rig, performance.root, performance.pose)
    found = []
    for finger in range(2, 6):
        bone = body.rig.index(f"finger{finger}-3.{side}")
        arm = body.rig.tails[bone] - body.rig.heads[bone]
        found.append(heads[:, bone] + rotate(turned[:, bone], np.broadcast_to(arm, heads[:, bone].shape)))
    return np.stack(found, 1)


def _carried(world: World, body: Physique, performance: Performance, thing: str) -> tuple[Array, Array]:
    grip = next(grip for grip in world.grips if grip.body == _body(world, thing).name)
    return held(body, grip.part, grip.position, grip.orientation, performance.root, performance.pose)


@pytest.mark.parametrize(("sex", "years"), [(Sex.FEMALE, 30), (Sex.MALE, 40), (Sex.FEMALE, 9)])
def test_fingers_of_pianists_come_down_on_the_keys(sex: Sex, years: float) -> None:
    world, body, performance = _film("play_piano", years, sex)
    piano = _body(world, "piano")
    for side in "LR":
        tips = (_tips(body, performance, side)[60:] - piano.position) @ rotation_matrix(piano.orientation)
        height = tips[..., 2] - 0.743
        assert height.min() > -0.01
        # One finger or another is down again and again.
        assert np.percentile(height.min(1), 12) < _PAD_M
        # Over the white keys, and apart as keys are.
        middle = np.median(tips[..., 1], axis=0)
        assert np.abs(middle - 0.215).max() < 0.11
        assert np.ptp(tips[..., 2], axis=0).max() > 0.008


def test_who_types_does_so_on_a_laptop_that_stands_on_the_desk() -> None:
    world, body, performance = _film("type")
    laptop = _body(world, "laptop")
    assert all(grip.body != laptop.name for grip in world.grips)
    assert abs(laptop.position[2] - 0.76) < 0.02
    for side in "LR":
        tips = _tips(body, performance, side)[60:] - laptop.position
        assert (np.abs(tips[..., 0]) < 0.16).all()
        assert np.percentile(tips[..., 2].min(1), 35) - 0.0145 < _PAD_M


@pytest.mark.parametrize("motion", ["write", "draw"])
def test_pencils_are_led_over_paper(motion: str) -> None:
    world, body, performance = _film(motion)
    pad = _body(world, "writing_pad")
    position, turn = _carried(world, body, performance, "pencil")
    tip = position + rotate(turn, np.broadcast_to([-0.095, 0.0, 0.0035], position.shape)) - pad.position
    assert (np.abs(tip[:, 0]) < 0.085).all()
    assert (np.abs(tip[:, 1]) < 0.12).all()
    assert tip[:, 2].min() > 0.0
    assert np.percentile(tip[:, 2], 25) < 0.011
    assert np.ptp(tip[:, 0]) > 0.05


def test_writers_sit_on_the_chair_at_the_desk() -> None:
    world, _, _ = _film("write")
    figure = world.figures[0]
    direction = next(d for d in figure.directions if d.motion == "write")
    assert direction.start_s <= 0
    assert 0.35 < (direction.seat_height_m or 0) < 0.55
    assert 0.4 < figure.position[1] < 1.2


@pytest.mark.parametrize(("motion", "along"), [("play_violin", -0.07), ("play_cello", -0.09)])
def test_bows_lie_on_the_strings(motion: str, along: float) -> None:
    world, body, performance = _film(motion)
    fiddle = motion.removeprefix("play_")
    origin, axes = _carried(world, body, performance, fiddle)
    bow, turn = _carried(world, body, performance, "bow")
    base = np.array(_body(world, "bow").part.position)
    point = base + np.stack([np.linspace(-0.3, 0.3, 241)] + [np.zeros(241)] * 2, -1)
    hair = point + [0.0, 0.0, 0.0115 - base[2]] - base
    here = range(100, len(origin), 8)
    back = axes * [1, -1, -1, -1]
    for sample in here:
        world_points = bow[sample] + rotate(np.broadcast_to(turn[sample], (241, 4)), hair)
        local = rotate(np.broadcast_to(back[sample], (241, 4)), world_points - origin[sample])
        nearest = local[np.abs(local[:, 1]).argmin()]
        assert abs(nearest[0] - along) < 0.02
    assert np.ptp([np.linalg.norm(bow[i] - origin[i]) for i in here]) > 0.05
