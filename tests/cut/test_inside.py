"""What a film carries inside survives, and does not stop it from playing."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from lichtspiel.cut import inside
from lichtspiel.cut.encode import Soundtrack, encode


@pytest.fixture
def film(tmp_path: Path) -> Path:
    frame = tmp_path / "0.png"
    Image.new("RGB", (64, 64), (90, 120, 30)).save(frame)
    encode([frame] * 6, 12, Soundtrack(np.zeros((24_000, 2), np.float32)), tmp_path / "film.mp4")
    return tmp_path / "film.mp4"


def test_a_record_comes_back_and_the_film_still_plays(film: Path) -> None:
    record = {"title": "Ein Glas fällt", "numbers": [1, 2.5], "deep": {"a": None}}
    inside.write(film, record)
    assert inside.read(film) == record
    with av.open(str(film)) as container:
        assert len(list(container.decode(video=0))) == 6


def test_the_last_record_counts(film: Path) -> None:
    inside.write(film, {"version": 1})
    inside.write(film, {"version": 2})
    assert inside.read(film) == {"version": 2}


def test_a_film_of_another_program_has_no_record(film: Path) -> None:
    with pytest.raises(inside.NothingInsideError, match="not a Lichtspiel film"):
        inside.read(film)


@pytest.mark.parametrize("content", [b"", b"not a film", b"\0\0\0\1ftyp", b"\0" * 64])
def test_no_film_at_all_has_no_record(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "film.mp4").write_bytes(content)
    with pytest.raises(inside.NothingInsideError):
        inside.read(tmp_path / "film.mp4")


def test_a_damaged_record_is_named(film: Path) -> None:
    inside.write(film, {"version": 1})
    with film.open("r+b") as file:
        file.seek(-6, 2)
        file.write(b"\xff" * 6)
    with pytest.raises(inside.NothingInsideError, match="damaged"):
        inside.read(film)
