"""Put a finished film where it was asked for, and know early whether that will be possible."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from lichtspiel.cut import stems
from lichtspiel.engines.engine import FilmError
from lichtspiel.engines.request import FilmRequest
from lichtspiel.engines.workfolder import cache_root

_BYTES_PER_PIXEL = 2.5
"""Of a photographic frame as PNG; measured frames take 1.2 to 2.2."""

_SPARE_BYTES = 200 << 20


def check(request: FilmRequest) -> None:
    """Raise FilmError when the film could not be put at its place or would fill the disk."""
    check_target(request.output)
    if request.save_blend is not None:
        check_target(request.save_blend)
    pixels = request.quality.width * request.quality.height
    needed = int(request.frame_count * pixels * _BYTES_PER_PIXEL) + _SPARE_BYTES
    for folder in (_existing(cache_root()), request.output.parent):
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise FilmError(
                f"The disk of {folder} has {free / 1e9:.1f} GB free, and the film needs "
                f"{needed / 1e9:.1f} GB: make room or choose a smaller film."
            )


def check_target(path: Path) -> None:
    """Raise FilmError when no file can be put at this path."""
    folder = path.parent
    if path.is_dir():
        raise FilmError(f"{path} is a folder: name a file.")
    if not folder.is_dir():
        raise FilmError(f"The folder {folder} does not exist: make it or choose another with -o.")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FilmError(
            f"The folder {folder} cannot be written ({reason}): choose another with -o."
        ) from error


def deliver(finished: Path, path: Path) -> None:
    """Copy a finished file to its place in one step. Raises FilmError."""
    put(path, lambda part: shutil.copyfile(finished, part))


def deliver_stems(finished: Path, path: Path) -> None:
    """Copy the stems that lie beside a finished film to beside its place. Raises FilmError."""
    for stem in stems.NAMES:
        made = stems.path_of(finished, stem)
        if made.exists():
            deliver(made, stems.path_of(path, stem))


def put(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` make a file beside `path`, then give it its name. Raises FilmError."""
    part = path.with_name(f".{path.stem}.part{path.suffix}")
    try:
        write(part)
        part.replace(path)
    except OSError as error:
        raise FilmError(f"{path} cannot be written: {(error.strerror or str(error)).lower()}.") from error
    finally:
        part.unlink(missing_ok=True)


def _existing(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder
