"""Installs and removes packs."""

from __future__ import annotations

import importlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from lichtspiel.packs import store
from lichtspiel.packs.fetch import fetch
from lichtspiel.packs.pack import Pack, packs

Progress = Callable[[str], None]
"""Called with what is being done, in words."""

MARK = "pack.json"
"""Written last: a folder without it is not a whole pack."""
FORM = 1
"""Version of the compact form; packs of another form are made anew."""


class UnknownPackError(Exception):
    """There is no pack of this name. The message names those there are."""


def pack_of(name: str) -> Pack:
    """A pack by its name. Raises UnknownPackError."""
    try:
        return packs()[name]
    except KeyError:
        raise UnknownPackError(f"There is no pack “{name}”; there are: {', '.join(packs())}.") from None


def is_installed(pack: Pack) -> bool:
    """Whether the pack is there whole, in the wanted version and form."""
    mark = store.root() / pack.id / MARK
    return mark.exists() and json.loads(mark.read_text("utf-8")) == _mark(pack)


def install(pack: Pack, progress: Progress) -> Path:
    """Fetch, unpack and convert a pack, and return its folder; nothing is done twice.

    What is half done stays beside the pack's folder and is begun anew; the package client's own
    cache saves the second download. Raises FetchError.
    """
    folder = store.root() / pack.id
    if is_installed(pack):
        return folder
    working = folder.with_name(f".{pack.id}.partial")
    shutil.rmtree(working, ignore_errors=True)
    made, sources = working / "made", []
    progress(f"fetching {pack.package} {pack.version} ({pack.download_mb:.0f} MB)")
    for number, package in enumerate((pack, *pack.also)):
        unpacked = working / f"package{number}"
        unpacked.mkdir(parents=True)
        fetch(package, unpacked)
        sources.append(unpacked / package.takes)
    progress("converting")
    converter = importlib.import_module(f"{__package__}.{pack.converter}")
    converter.convert(sources[0], made, *sources[1:])
    (made / MARK).write_text(json.dumps(_mark(pack)), "utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)
    shutil.rmtree(working)
    return folder


def remove(pack: Pack) -> bool:
    """Remove a pack; False when it was not there."""
    folder = store.root() / pack.id
    if not folder.exists():
        return False
    shutil.rmtree(folder)
    return True


def _mark(pack: Pack) -> dict[str, object]:
    mark = {"package": pack.package, "version": pack.version, "sha256": pack.sha256, "form": FORM}
    return mark | ({"also": [package.sha256 for package in pack.also]} if pack.also else {})
