"""Puts a speech recogniser together: Whisper in the form of CTranslate2, which comes in two pieces."""

from __future__ import annotations

import shutil
from pathlib import Path


def convert(source: Path, target: Path, *more: Path) -> None:
    """Write `model.bin`, `config.json` and `vocabulary.txt`. `more` is the folder with the second piece."""
    target.mkdir(parents=True, exist_ok=True)
    pieces = [*sorted(source.glob("model.bin.part*")), *(p for m in more for p in m.glob("model.bin.part*"))]
    with (target / "model.bin").open("wb") as whole:
        for piece in pieces:
            with piece.open("rb") as stream:
                shutil.copyfileobj(stream, whole)
    for name in ("config.json", "vocabulary.txt"):
        shutil.copy(source / name, target / name)
