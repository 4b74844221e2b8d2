"""Where installed packs are kept."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


class PackMissingError(Exception):
    """A pack is needed that is not installed. The message says how to install it."""

    def __init__(self, pack: str) -> None:
        super().__init__(f"The asset pack “{pack}” is not installed: run `lichtspiel packs install {pack}`.")
        self.pack = pack


def root() -> Path:
    """Folder of all packs: LICHTSPIEL_PACKS, or the user's data folder."""
    if chosen := os.environ.get("LICHTSPIEL_PACKS"):
        return Path(chosen)
    return user_data_path("lichtspiel") / "packs"


def content(pack: str, name: str) -> Path:
    """A file of an installed pack. Raises PackMissingError."""
    path = root() / pack / name
    if not path.exists():
        raise PackMissingError(pack)
    return path
