"""Where unfinished films are kept, so that an interrupted one goes on where it stopped."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.resources
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

import platformdirs

from lichtspiel.engines.engine import FilmError

KEEP_BYTES = 4 << 30
"""Films and takes of earlier runs are kept up to this size, the most recently used first."""


def cache_root() -> Path:
    """The folder of everything that may be deleted: `LICHTSPIEL_CACHE`, or the user's cache."""
    chosen = os.environ.get("LICHTSPIEL_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("lichtspiel")


def key(rooms: Iterable[str], packages: Iterable[str], *parts: str) -> str:
    """Name of a work folder: a hash of what is asked for, and of the code and data that make it."""
    versions = [f"{package} {importlib.metadata.version(package)}" for package in packages]
    text = "\0".join([*(_code(room) for room in rooms), *versions, *parts])
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@contextlib.contextmanager
def opened(kind: str, name: str, *, wait: bool = False) -> Iterator[Path]:
    """The work folder of this kind and name, for this process alone.

    Raises FilmError when another run works in it, unless that is waited for, and when it cannot
    be written.
    """
    folder = cache_root() / kind / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise FilmError(
            f"The work folder {folder} cannot be written ({error.strerror}): "
            "set LICHTSPIEL_CACHE to a folder that can."
        ) from error
    with lock:
        if not _locked(lock.fileno(), wait=wait):
            raise FilmError("This very film is being made by another run: wait for it or end it.")
        os.utime(folder)
        yield folder


def prune(keep_bytes: int = KEEP_BYTES) -> None:
    """Delete the least recently used work folders beyond `keep_bytes` that no run works in."""
    folders = [folder for folder in cache_root().glob("*/*") if folder.is_dir()]
    total = 0
    for folder in sorted(folders, key=lambda folder: -folder.stat().st_mtime):
        total += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        if total > keep_bytes:
            with (folder / "lock").open("w") as lock:
                if _locked(lock.fileno(), wait=False):
                    shutil.rmtree(folder, ignore_errors=True)


@cache
def _code(room: str) -> str:
    digest = hashlib.sha256()
    for file in _files(importlib.resources.files(f"lichtspiel.{room}")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _files(item)
        elif item.name.endswith((".py", ".yaml")):
            yield item


def _locked(descriptor: int, *, wait: bool) -> bool:
    """Take the file's lock, which the system lets go of when this process ends, however it does."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists on Windows only

            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - does not exist on Windows

            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
