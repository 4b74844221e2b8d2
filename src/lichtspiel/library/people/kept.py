"""What takes long to make of a person, kept between runs where it may be deleted at any time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import platformdirs

import lichtspiel

_KIND = "people"
_SOURCES = ("library/people", "library/data/hair", "library/data/people", "picture/people")
"""What decides how people look."""


def files(make: Callable[[Path], None], *parts: str) -> Path:
    """The folder that `make` filled for these parts, now or in an earlier run.

    It lies in `LICHTSPIEL_CACHE` or the user's cache; where that cannot be written, in a temporary
    folder that stays for this process alone.
    """
    text = "\0".join([_version(), *parts])
    name = hashlib.sha256(text.encode()).hexdigest()[:24]
    chosen = os.environ.get("LICHTSPIEL_CACHE")
    root = Path(chosen) if chosen else platformdirs.user_cache_path("lichtspiel")
    folder = root / _KIND / name
    if folder.exists():
        _touch(folder)
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(tempfile.mkdtemp(prefix=".", dir=folder.parent))
    except OSError:
        folder = Path(tempfile.mkdtemp()) / name
        partial = folder.with_suffix(".partial")
        partial.mkdir()
    make(partial)
    try:
        partial.rename(folder)
    except OSError:  # another process was faster
        return folder if folder.exists() else partial
    return folder


def _touch(folder: Path) -> None:
    """The least recently used is deleted first."""
    try:
        os.utime(folder)
    except OSError:
        return  # a cache that may only be read


@lru_cache(maxsize=1)
def _version() -> str:
    """A hash of the code and data that make people."""
    home = Path(lichtspiel.__file__).parent
    found = hashlib.sha256()
    for source in _SOURCES:
        for path in sorted((home / source).rglob("*")):
            if path.suffix in {".py", ".yaml"}:
                found.update(path.read_bytes())
    return found.hexdigest()
