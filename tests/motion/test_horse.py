"""A horse canters: three beats and a moment in the air, hooves that do not skate, a rider in the saddle."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import physics, stage
from lichtspiel.library import canter
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import held
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot
from lichtspiel.stage.world import World
from lichtspiel.take import Take

LEGS = {"hoof_r": "hind", "hoof_l": "hind", "foot_r": "fore", "foot_l": "fore"}


def _ridden() -> tuple[World, Take]:
    beat = Beat(subject="anna", action=Action.PERFORM, motion="ride_horse", at_s=0.0)
    world = stage.build(
        Screenplay(
            title="on horseback",
            setting=Setting(place="meadow"),
            cast=(Character(id="anna"),),
            beats=(beat,),
            shots=(Shot(duration_s=2.4),),
        )
    )
    moves = rehearse(world)
    return world, physics.perform(world, rehearsal=moves)


def _toes(take: Take) -> dict[str, Array]:
    """(T, 3) ways of the four toes."""
    found = {}
    for name, leg in LEGS.items():
        body = take.index(f"anna_horse/{name}")
        fetlock, toe = canter.JOINTS[leg][3:5]
        off = np.array([0.0, fetlock[0] - toe[0], toe[1] - fetlock[1]])
        turned = np.array([rotation_matrix(q) @ off for q in take.orientations[:, body]])
        found[name] = take.positions[:, body] + turned
    return found


def test_hooves_come_down_in_three_beats_and_stay_where_they_are() -> None:
    world, take = _ridden()
    floor = world.figures[0].position[2]
    down = {}
    for name, way in _toes(take).items():
        height = way[:, 2] - floor
        assert -0.05 < height.min() < 0.03
        assert height.max() > 0.15
        on = height < 0.03
        speed = np.linalg.norm(np.gradient(way[:, :2], axis=0), axis=1) * take.rate_hz
        inside = on & np.roll(on, 6) & np.roll(on, -6)
        assert np.median(speed[inside]) < 0.6
        down[name] = on
    stride = int(take.rate_hz * 0.6)
    aloft = ~np.any(list(down.values()), axis=0)
    assert aloft.mean() > 0.08
    lands = {n: np.flatnonzero(on[1:] & ~on[:-1]) for n, on in down.items()}
    first = int(lands["hoof_r"][lands["hoof_r"] > 0.3 * take.rate_hz][0])
    after = {n: int(t[t >= first][0]) - first for n, t in lands.items()}
    assert after["hoof_r"] < after["hoof_l"] <= after["foot_l"] < stride
    # The second hind foot and its diagonal fore are one beat.
    assert abs(after["hoof_l"] - after["foot_r"]) < 0.16 * stride
    assert after["foot_l"] > after["foot_r"] + 0.1 * stride


def test_the_rider_rises_and_falls_with_the_saddle() -> None:
    world, take = _ridden()
    figure, performance = world.figures[0], take.figures["anna"] if take.figures else rehearse(world)["anna"]
    trunk = take.positions[:, take.index("anna_horse/trunk")]
    assert 0.06 < np.ptp(trunk[:, 2]) < 0.16
    seat, _ = held(figure.physique, "seat", (0, 0, 0), (1, 0, 0, 0), performance.root, performance.pose)
    times = np.arange(len(seat)) / performance.rate_hz
    saddle = np.array(
        [take.pose("anna_horse/trunk", float(t))[0] for t in times[: int(2.3 * performance.rate_hz)]]
    )
    assert np.abs((seat[: len(saddle)] - saddle)[:, 2]).max() < 0.05
    assert np.linalg.norm(trunk[-1, :2] - trunk[0, :2]) > 9.0


def test_a_horse_that_nobody_rides_stands() -> None:
    world = stage.build(
        Screenplay(
            title="a horse",
            setting=Setting(place="meadow"),
            props=(Prop(id="horse", thing="horse"),),
            shots=(Shot(),),
        )
    )
    pieces = [body for body in world.bodies if body.prop == "horse"]
    assert len(pieces) == 19
    assert not any(body.moves for body in pieces)


@pytest.mark.parametrize(("speed", "diagonal"), [(1.6, False), (3.5, True)])
def test_a_horse_that_goes_slowly_walks_or_trots(speed: float, diagonal: bool) -> None:
    stride = canter.strides(speed * np.arange(200) / 48, 48)
    posed, rises = canter.posed(*stride), canter.rise(*stride)

    def height(leg: str, side: str) -> Array:
        return posed[f"{canter.CHAINS[leg][3]}_{side}"][0][100:, 2] + rises[100:]

    together = np.corrcoef(height("hind", "l"), height("fore", "r"))[0, 1]
    assert (together > 0.8) == diagonal
