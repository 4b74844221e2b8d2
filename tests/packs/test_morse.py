"""The grain of photographed skin, taken out of a Blender file."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lichtspiel.packs import morse


def _file(folder: Path, pictures: list[np.ndarray]) -> None:
    packed = b"BLENDER-v274"
    for pixels in pictures:
        stream = io.BytesIO()
        Image.fromarray(pixels).save(stream, "png")
        packed += b"between" + stream.getvalue()
    (folder / morse.SOURCE).write_bytes(gzip.compress(packed + b"ENDB"))


def test_only_what_is_fine_is_kept_of_the_sixth_picture(tmp_path: Path) -> None:
    other = np.full((8, 8, 3), 200, np.uint8)
    skin = np.full((morse.SIZE, morse.SIZE, 3), 150, np.uint8)
    skin[:, morse.SIZE // 2 :] = 90  # half of it lies in the shade
    skin[500:502, 500:502] = 120  # a pore
    _file(tmp_path, [other] * 5 + [skin])
    morse.convert(tmp_path, tmp_path / "made")
    grain = np.asarray(Image.open(tmp_path / "made" / "grain.png"), int) - morse.MIDDLE
    assert grain[500, 500].max() < -60
    assert np.abs(grain[1000, 200]).max() <= 1
    assert np.abs(grain[1000, 1800]).max() <= 1


def test_a_file_without_skin_is_no_pack(tmp_path: Path) -> None:
    _file(tmp_path, [np.zeros((4, 4, 3), np.uint8)])
    with pytest.raises(ValueError, match="none is the skin"):
        morse.convert(tmp_path, tmp_path / "made")
