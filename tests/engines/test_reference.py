"""A picture stands as the first frame and gives way to the film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lichtspiel.director import read
from lichtspiel.engines import reference
from lichtspiel.engines.request import FilmRequest
from lichtspiel.picture import DRAFT


@pytest.fixture
def request_with_picture(tmp_path: Path) -> FilmRequest:
    turned = Image.new("RGB", (32, 48), (255, 0, 0))
    exif = turned.getexif()
    exif[0x0112] = 6  # the camera was held upright: turn it by 90 degrees
    turned.save(tmp_path / "picture.jpg", exif=exif)
    screenplay, understanding = read("A ball falls", 0, 4.0)
    quality = DRAFT.with_size(48, 32).with_fps(8)
    picture = tmp_path / "picture.jpg"
    return FilmRequest(screenplay, understanding, tmp_path / "film.mp4", quality, reference=picture)


def blues(folder: Path, count: int) -> list[Path]:
    frames = [folder / f"{index:06d}.png" for index in range(count)]
    for frame in frames:
        Image.new("RGB", (48, 32), (0, 0, 255)).save(frame)
    return frames


def test_it_dissolves_into_the_film(request_with_picture: FilmRequest, tmp_path: Path) -> None:
    frames = blues(tmp_path, 12)
    reference.keep(request_with_picture, tmp_path)
    shown = reference.shown(frames, tmp_path, fps=8)
    pictures = [np.asarray(Image.open(frame)) for frame in shown]
    assert len(shown) == 12
    assert (pictures[0] == np.asarray(Image.open(tmp_path / reference.FILE))).all()
    reds = [float(picture[..., 0].mean()) for picture in pictures]
    assert reds == sorted(reds, reverse=True)
    assert all((picture == pictures[4]).all() for picture in pictures[4:])  # 0.5 s at 8 fps
    assert pictures[4][..., 2].mean() > 200
    assert np.asarray(Image.open(frames[0])).mean(axis=(0, 1))[2] == 255  # the frames stay as they were


def test_a_picture_of_another_shape_is_cut_and_not_squeezed(tmp_path: Path) -> None:
    wide = Image.new("RGB", (300, 100), (0, 0, 0))
    wide.paste((255, 255, 255), (100, 0, 200, 100))
    wide.save(tmp_path / "wide.png")
    fitted = np.asarray(reference.fitted(tmp_path / "wide.png", DRAFT.with_size(100, 100)))
    assert fitted.min() > 250


def test_without_one_the_frames_are_the_film(tmp_path: Path) -> None:
    frames = blues(tmp_path, 3)
    assert reference.shown(frames, tmp_path, fps=8) == frames


def test_other_pictures_are_other_films(tmp_path: Path) -> None:
    for name, colour in (("a", 1), ("b", 2), ("c", 1)):
        Image.new("RGB", (4, 4), (colour, 0, 0)).save(tmp_path / name, "PNG")
    digests = [reference.digest(tmp_path / name) for name in "abc"]
    assert digests[0] == digests[2] != digests[1]
    assert reference.digest(None) == ""
