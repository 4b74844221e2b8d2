"""Pictures of a film show the film."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lichtspiel.cut import pictures
from lichtspiel.cut.encode import Soundtrack, encode


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A film that goes from black to white."""
    frames = [tmp_path / f"{index}.png" for index in range(24)]
    for index, frame in enumerate(frames):
        Image.new("RGB", (64, 96), (index * 11,) * 3).save(frame)
    encode(frames, 24, Soundtrack(np.zeros((48_000, 2), np.float32)), tmp_path / "film.mp4")
    return tmp_path / "film.mp4"


def test_stills_are_spread_over_the_film(film: Path) -> None:
    stills, times = pictures.stills(film, 4)
    assert times == pytest.approx([3 / 24, 9 / 24, 15 / 24, 21 / 24])
    greys = [float(np.asarray(still).mean()) for still in stills]
    assert greys == pytest.approx([33, 99, 165, 231], abs=3)


def test_more_stills_than_frames_repeat_some(film: Path) -> None:
    assert len(pictures.stills(film, 60)[0]) == 60


@pytest.mark.parametrize("suffix", ["webp", "jpg"])
def test_thumbnail_and_spritesheet(film: Path, tmp_path: Path, suffix: str) -> None:
    pictures.thumbnail(film, tmp_path / f"thumbnail.{suffix}")
    pictures.spritesheet(film, tmp_path / f"sprites.{suffix}", columns=3, rows=2, width=40)
    with Image.open(tmp_path / f"thumbnail.{suffix}") as thumbnail:
        assert thumbnail.size == (64, 96)
        assert float(np.asarray(thumbnail).mean()) == pytest.approx(132, abs=4)
    with Image.open(tmp_path / f"sprites.{suffix}") as sprites:
        assert sprites.size == (120, 120)
        grey = np.asarray(sprites.convert("L"), float)
        assert grey[:60, :40].mean() < grey[:60, 80:].mean() < grey[60:, 80:].mean()


def test_a_contact_sheet_shows_every_still(film: Path, tmp_path: Path) -> None:
    pictures.contact_sheet(film, tmp_path / "sheet.png", count=12)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 6 * 240
        assert float(np.asarray(sheet).max()) > 230
