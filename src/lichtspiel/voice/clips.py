"""Spoken lines on disk: what was made once is not made again."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import platformdirs

from lichtspiel.packs.pack import packs
from lichtspiel.voice.speech import Speech, Timed


def kept(clip: str, make: Callable[[], Speech]) -> Speech:
    """The speech of a clip from the disk, or made and left there."""
    folder = _root() / hashlib.sha256(f"{_version()}\0{clip}".encode()).hexdigest()[:24]
    path = folder / "speech.npz"
    if path.exists():
        return _loaded(path, clip)
    speech = make()
    folder.mkdir(parents=True, exist_ok=True)
    half = folder / f"half-{os.getpid()}.npz"
    told = asdict(speech) | {"samples": None, "clip": None}
    np.savez(half, samples=speech.samples, told=np.array(json.dumps(told)))
    half.replace(path)
    return speech


def _loaded(path: Path, clip: str) -> Speech:
    with np.load(path) as stored:
        told = json.loads(str(stored["told"]))
        return Speech(
            samples=stored["samples"],
            words=tuple(Timed(**word) for word in told["words"]),
            phonemes=tuple(Timed(**phoneme) for phoneme in told["phonemes"]),
            stressed=tuple(told["stressed"]),
            effort=told["effort"],
            clip=clip,
            note=told["note"],
        )


def _root() -> Path:
    chosen = os.environ.get("LICHTSPIEL_CACHE")
    return (Path(chosen) if chosen else platformdirs.user_cache_path("lichtspiel")) / "speech"


@cache
def _version() -> str:
    """Hash of everything that a speech is made by: this room's code, its entries, its pack."""
    digest = hashlib.sha256(packs()["voices"].model_dump_json().encode())
    for folder in (files("lichtspiel.voice"), files("lichtspiel.library") / "data" / "voices"):
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            if file.name.endswith((".py", ".yaml")):
                digest.update(file.read_bytes())
    return digest.hexdigest()
