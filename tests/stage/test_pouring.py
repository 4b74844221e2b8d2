"""Who pours fills one cup after the other, from right above each."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import motion, physics, stage
from lichtspiel.director import read
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import held
from lichtspiel.stage import World
from lichtspiel.take.cues import timed


def _poured(prompt: str) -> World:
    return stage.build(read(prompt)[0])


@pytest.mark.parametrize(
    ("prompt", "cups"),
    [("A grandmother pours tea into two blue cups at a table", 2), ("Ein Mann gießt Tee in eine Tasse", 1)],
)
def test_every_cup_is_filled_in_its_turn_within_the_film(prompt: str, cups: int) -> None:
    world = _poured(prompt)
    assert len({stream.vessel for stream in world.streams}) == cups
    ends = [stream.end_s for stream in world.streams]
    starts = [stream.start_s for stream in world.streams]
    assert all(begin > end for begin, end in zip(starts[1:], ends, strict=False))
    assert ends[-1] < world.duration_s


def test_the_spout_is_above_each_cup_while_it_pours_and_tilted() -> None:
    world = _poured("A grandmother pours tea into two cups at a kitchen table")
    figure = world.figures[0]
    grip = next(g for g in world.grips if g.body == world.streams[0].source)
    take = motion.rehearse(world)[figure.name]
    places, turns = held(figure.physique, grip.part, grip.position, grip.orientation, take.root, take.pose)
    for stream in world.streams:
        cup = world.body(stream.vessel)
        assert cup.part.mesh is not None
        rim = cup.position[2] + float(cup.part.mesh.vertices[:, 2].max())
        for moment in np.linspace(stream.start_s, stream.end_s, 5):
            sample = round(float(moment) * take.rate_hz)
            w, x, y, z = (float(v) for v in turns[sample])
            axes = rotation_matrix((w, x, y, z))
            mouth = places[sample] + axes @ np.array(stream.outlet)
            assert 0.02 < mouth[2] - rim < 0.09
            assert np.hypot(*(mouth - cup.position)[:2]) < 0.09
            assert np.degrees(np.arccos(axes[2, 2])) > 40


def test_pouring_is_heard_while_it_runs() -> None:
    world = _poured("A grandmother pours tea into two cups at a kitchen table")
    take = physics.perform(world, rehearsal=motion.rehearse(world))
    heard = [told for told in timed(world, take) if told.cue.sound == "pouring"]
    times = [(stream.start_s, stream.end_s - stream.start_s) for stream in world.streams]
    assert np.allclose([(one.start_s, one.seconds) for one in heard], times)
