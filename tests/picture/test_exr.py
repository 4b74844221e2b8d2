from pathlib import Path

import bpy
import numpy as np
import pytest

from lichtspiel.picture import exr


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.exr"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(exr.ExrError, match="no OpenEXR file"):
        exr.read(path)


def test_what_is_written_is_what_blender_reads(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    depth = np.cumsum(rng.random((37, 23), np.float32), 0) * 10
    depth[:5] = 1e5
    exr.write(tmp_path / "depth.exr", "Z", depth)
    size = (tmp_path / "depth.exr").stat().st_size
    assert size < depth.nbytes + 800
    image = bpy.data.images.load(str(tmp_path / "depth.exr"))
    image.colorspace_settings.name = "Non-Color"
    pixels = np.array(image.pixels[:], np.float32).reshape(37, 23, -1)[::-1]  # its rows go up
    assert tuple(image.size) == (23, 37)
    assert np.array_equal(pixels[..., 0], depth)


def test_the_same_values_are_the_same_bytes(tmp_path: Path) -> None:
    depth = np.linspace(1, 9, 20 * 40, dtype=np.float32).reshape(40, 20)
    for name in ("one", "other"):
        exr.write(tmp_path / name, "Z", depth)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
