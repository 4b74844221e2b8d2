"""A take survives the disk unchanged."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from lichtspiel import take as takes
from lichtspiel.take import Break, Dents, Fall, Footfall, Impact, Performance, Rub, Take, Verdict


def _take() -> Take:
    times = np.linspace(0, 1, 11)
    positions = np.stack([times, 0 * times, 1 - times], axis=1)[:, None]
    orientations = np.tile([1.0, 0.0, 0.0, 0.0], (11, 1, 1))
    knock = Impact(
        0.5, "ball", "floor", "rubber", "stone", (0, 0, 0), (0, 0, -1), 0.3, 2.0, 0.1, 0.004, "", "top"
    )
    rub = Rub(
        "roll", "ball", "floor", "rubber", "stone", 0.6, 480.0, *(np.ones(4), np.ones(4), np.ones((4, 3)))
    )
    return Take(
        10.0,
        ("ball",),
        positions,
        orientations,
        np.array([[0.0, np.inf]]),
        cloths={"flag/flag": np.ones((11, 6, 3))},
        impacts=(knock,),
        rubs=(rub,),
        breaks=(Break(0.7, "glass", (0, 0, 0), 1.0, ("a", "b")),),
        verdicts=(Verdict("ball lands", True, "", 0, None),),
    )


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    saved = _take()
    takes.save(saved, tmp_path)
    loaded = takes.load(tmp_path)
    assert loaded.names == saved.names
    assert (loaded.positions == saved.positions).all()
    assert (loaded.cloths["flag/flag"] == saved.cloths["flag/flag"]).all()
    assert (loaded.impacts, loaded.breaks, loaded.verdicts) == (saved.impacts, saved.breaks, saved.verdicts)
    assert loaded.rubs[0].kind == "roll"
    assert (loaded.rubs[0].position == saved.rubs[0].position).all()
    assert loaded.is_present("ball", 1e6)


def test_same_take_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        takes.save(_take(), tmp_path / name)
    for file in ("take.npz", "take.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_poses_between_samples_are_interpolated() -> None:
    position, orientation = _take().pose("ball", 0.25)
    assert np.allclose(position, [0.25, 0, 0.75])
    assert np.isclose(np.linalg.norm(orientation), 1)


def test_figures_and_their_steps_are_loaded(tmp_path: Path) -> None:
    count, bones = 9, 12
    pose = np.zeros((count, bones, 4))
    pose[..., 0] = 1.0
    angle = np.linspace(0, 1, count)
    pose[:, 4, 0], pose[:, 4, 3] = np.cos(angle), np.sin(angle)
    pose[:, 7] = [0.6, 0.8, 0.0, 0.0]
    walked = Performance(
        48.0,
        np.linspace([0, 0, 0], [0, -1, 0], count),
        pose,
        {"eyeBlinkLeft": np.linspace(0, 1, count)},
        {"cape": np.full((count, 5, 3), 1.25)},
        falls=(Fall(0.1, 0.3, 0.2, (("chest", (0.0, 1.5, 0.0)),)),),
        dents={"skin": Dents(np.array([3, 8], np.int32), np.full((count, 2, 3), 0.25))},
    )
    step = Footfall(0.4, "knight", "l", (0.1, 0.2, 0.0), "place/floor", "leather", 12.0)
    takes.save(dataclasses.replace(_take(), figures={"knight": walked}, footfalls=(step,)), tmp_path)
    loaded = takes.load(tmp_path)
    found = loaded.figures["knight"]
    assert loaded.footfalls == (step,)
    assert found.falls == walked.falls
    np.testing.assert_allclose(found.root, walked.root, atol=1e-6)
    np.testing.assert_allclose(found.pose, walked.pose, atol=1e-6)
    np.testing.assert_allclose(found.face["eyeBlinkLeft"], walked.face["eyeBlinkLeft"], atol=1e-6)
    np.testing.assert_array_equal(found.garments["cape"], walked.garments["cape"])
    np.testing.assert_array_equal(found.dents["skin"].vertices, [3, 8])
    np.testing.assert_array_equal(found.dents["skin"].ways, walked.dents["skin"].ways)
