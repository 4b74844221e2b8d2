"""What stands between a sound and the camera takes its treble, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel.library.asset import Resonator, Shape
from lichtspiel.sound import happenings
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.shadow import screens_of, shaded
from lichtspiel.sound.space import Space
from lichtspiel.stage.world import Body
from tests.sound import scenes

FS = 48_000
BRICK = Resonator("block", "brick", {"x": 4.0, "y": 0.3, "z": 2.4})


def wall(x: float = 0.0, y: float = -1.0, half: tuple[float, float, float] = (2.0, 0.15, 1.2)) -> Body:
    """A brick wall that stands on the ground, before the origin as the camera sees it."""
    shape = Shape("box", half, "brick", position=(x, y, half[2]))
    return scenes.thing("place/wall", BRICK, shape, moves=False)


def heard(*walls: Body, place: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> NDArray[np.float64]:
    """A knock on stone 3 m from the camera."""
    ball, floor = scenes.ball("steel", 0.03), scenes.floor("stone")
    world = scenes.world(ball, floor, *walls, seconds=2.0)
    take = scenes.take(ball, floor, impacts=(scenes.knock(0.3, ball, floor, position=place),))
    dice = Dice(1)
    space = Space(world, scenes.camera(3.0, 2.0), dice.of("space"))
    happenings.play(world, take, space, dice)
    return space.heard().mean(axis=0)


def energy(sound: NDArray[np.float64], low_hz: float, high_hz: float) -> float:
    power = np.abs(np.fft.rfft(sound)) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / FS)
    return float(power[(hertz >= low_hz) & (hertz < high_hz)].sum())


def test_a_knock_behind_a_wall_is_softer_and_duller_and_is_still_heard() -> None:
    free, behind = heard(), heard(wall())
    treble = energy(behind, 2000, 20000) / energy(free, 2000, 20000)
    assert 10 ** (-3) < treble < 10 ** (-1.2)
    assert treble < 0.7 * energy(behind, 50, 1000) / energy(free, 50, 1000)


@pytest.mark.parametrize(
    "body", [wall(x=5.0), wall(y=1.0), wall(half=(0.1, 0.1, 1.2)), wall(half=(2.0, 0.15, 0.1))],
    ids=["beside", "behind it", "a post", "a kerb"],
)  # fmt: skip
def test_what_does_not_stand_in_its_way_takes_nothing(body: Body) -> None:
    world = scenes.world(body, scenes.floor())
    screens = screens_of(world, 0.0)
    assert screens.detour_m(np.array([0.0, 0.0, 0.4]), np.array([0.0, -3.0, 1.0])) == 0.0


def test_a_thing_is_not_in_its_own_way() -> None:
    screens = screens_of(scenes.world(wall()), 0.0)
    for point in ([0.0, -0.84, 1.0], [0.0, -1.0, 2.41], [0.0, -1.0, 1.0]):
        assert screens.detour_m(np.array(point), np.array([0.0, -4.0, 1.0])) == 0.0


def test_the_way_round_a_low_wall_is_over_it_and_not_below() -> None:
    screens = screens_of(scenes.world(wall(half=(20.0, 0.02, 0.5))), 0.0)
    source, ears = np.array([0.0, 1.0, 0.1]), np.array([0.0, -3.0, 0.1])
    over = 2 * np.hypot(2.0, 0.9) - 4.0
    assert screens.detour_m(source, ears) == pytest.approx(over, rel=0.1)


def test_the_longer_the_way_round_the_less_comes() -> None:
    noise = np.random.default_rng(1).standard_normal(FS)
    sizes = [float(np.std(shaded(noise, detour))) for detour in (0.0, 0.01, 0.3)]
    assert sizes[0] > 1.5 * sizes[1] > 2.0 * sizes[2] > 0.0


def test_a_wall_of_loose_bricks_casts_a_shadow_as_one_of_stone_does() -> None:
    bricks = [
        replace(
            scenes.thing(f"bricks_{i}_{k}", BRICK, Shape("box", (0.24, 0.1, 0.14), "brick")),
            prop="bricks",
            position=(-1.75 + 0.5 * i, -1.0, 0.14 + 0.28 * k),
        )
        for i in range(8)
        for k in range(8)
    ]
    free, behind = heard(), heard(*bricks)
    assert energy(behind, 2000, 8000) < 0.2 * energy(free, 2000, 8000)
    assert energy(behind, 100, 300) > energy(behind, 2000, 8000) / energy(free, 2000, 8000) * energy(
        free, 100, 300
    )
