"""What goes with a film for other programs: its take, and how far away everything in its frames is.

`take.zip` holds the screenplay, what happened (`take.npz`, `take.json`) and where the camera was
(`camera.npz`): metres, seconds and quaternions (w, x, y, z), z is up. `depth.zip` holds one OpenEXR
file per frame, in the film's size, with the channel `Z` in 32-bit numbers: metres along the camera's
axis, without blur by motion or lens; the sky is 100 000 m away.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

from lichtspiel.engines.engine import PERFORMED, depth_name

TAKE, DEPTH = "take.zip", "depth.zip"

_TAKEN = tuple(name for name in PERFORMED if name != "job.json")
_DATE = (1980, 1, 1, 0, 0, 0)
"""The first one that the format knows: the same files make the same archive."""


def pack(folder: Path, frames: int) -> None:
    """Leave the archives of a film of so many frames in its work folder."""
    _write(folder / TAKE, ((name, folder / name) for name in _TAKEN), zipfile.ZIP_DEFLATED)
    depths = [folder / depth_name(frame) for frame in range(frames)]
    if all(depth.exists() for depth in depths):
        # They are packed already.
        _write(folder / DEPTH, ((f"depth/{depth.name}", depth) for depth in depths), zipfile.ZIP_STORED)


def _write(path: Path, files: Iterable[tuple[str, Path]], packing: int) -> None:
    part = path.with_suffix(f".{os.getpid()}.part")
    with zipfile.ZipFile(part, "w", packing) as archive:
        for name, file in files:
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = packing
            archive.writestr(entry, file.read_bytes())
    part.replace(path)
