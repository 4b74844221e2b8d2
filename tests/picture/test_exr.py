from pathlib import Path

import pytest

from lichtspiel.picture import exr


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "picture.exr"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with pytest.raises(exr.ExrError, match="no OpenEXR file"):
        exr.read(path)
