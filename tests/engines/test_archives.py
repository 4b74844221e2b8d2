"""What goes with a film for other programs."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path

import bpy
import numpy as np
import pytest
from numpy.typing import NDArray

from lichtspiel import director
from lichtspiel.engines import FilmRequest, archives
from lichtspiel.engines.fake import FakeEngine
from lichtspiel.engines.world import WorldEngine
from lichtspiel.picture import DRAFT


def depth_in(path: Path) -> NDArray[np.float32]:
    """The numbers of an OpenEXR file as Blender reads them, from the upper left corner."""
    image = bpy.data.images.load(str(path))
    image.colorspace_settings.name = "Non-Color"
    width, height = image.size
    return np.array(image.pixels[:], np.float32).reshape(height, width, -1)[::-1, :, 0]


def asked(folder: Path, depth: bool) -> FilmRequest:
    screenplay, read = director.read("A red rubber ball falls on a stone floor", 0, 1.0)
    quality = DRAFT.with_size(96, 64).with_fps(2)
    return FilmRequest(screenplay, read, folder / "film.mp4", quality, depth=depth)


def test_a_take_always_and_depth_where_it_is_asked_for(tmp_path: Path) -> None:
    for depth in (False, True):
        folder = tmp_path / str(depth)
        engine, request = FakeEngine(), asked(tmp_path, depth)
        engine.perform(request, folder, lambda *_: None)
        engine.render(folder, range(request.frame_count), lambda *_: None)
        engine.score(request, folder, lambda *_: None)
        engine.cut(folder, lambda *_: None)
        with zipfile.ZipFile(folder / archives.TAKE) as taken:
            assert set(taken.namelist()) == {"screenplay.json", "take.json", "take.npz", "camera.npz"}
        assert (folder / archives.DEPTH).exists() is depth


@pytest.mark.render
def test_depth_is_in_metres_and_leaves_the_film_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, pictures = asked(tmp_path, True), []
    for depth in (False, True):
        monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / f"cache {depth}"))
        WorldEngine().film(dataclasses.replace(request, depth=depth), lambda *_: None)
        pictures.append((tmp_path / "film.mp4").read_bytes())
    assert pictures[0] == pictures[1]
    with zipfile.ZipFile(tmp_path / "film.depth.zip") as archive:
        assert archive.namelist() == ["depth/000000.exr", "depth/000001.exr"]
        archive.extractall(tmp_path)
    first, second = (depth_in(tmp_path / f"depth/00000{frame}.exr") for frame in (0, 1))
    assert first.shape == (64, 96)
    assert 0.2 < np.median(first) < 20, "a ball on a floor is some metres away"
    assert np.ptp(first) > 0.5
    changed = np.abs(first - second) > 0.01
    assert 0.0003 < changed.mean() < 0.5, "only the ball has moved"
