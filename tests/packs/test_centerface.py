from pathlib import Path

import pytest

from lichtspiel.packs import centerface

SIDES = b"\x0a\x07input.1\x12\x16\x0a\x14\x08\x01\x12\x10"


def test_the_network_takes_any_size_afterwards(tmp_path: Path) -> None:
    fixed = b"\x0a\x02\x08\x0a\x0a\x02\x08\x03\x0a\x02\x08\x20\x0a\x02\x08\x20"
    (tmp_path / "centerface.onnx").write_bytes(b"before" + SIDES + fixed + b"after")
    centerface.convert(tmp_path, tmp_path / "made")
    made = (tmp_path / "made" / "centerface.onnx").read_bytes()
    assert made.startswith(b"before" + SIDES)
    assert made.endswith(b"after")
    assert len(made) == len(b"before" + SIDES + fixed + b"after")
    assert b"\x08\x20" not in made


def test_another_network_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "centerface.onnx").write_bytes(b"another")
    with pytest.raises(ValueError, match="another input"):
        centerface.convert(tmp_path, tmp_path / "made")
