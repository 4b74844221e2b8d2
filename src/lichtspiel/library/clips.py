"""Movements that people add from files of their own, beside the motions that the library brings.

Each is a motion's entry in YAML, which can be edited, and a clip beside it. They are kept in the user's data
folder, or where LICHTSPIEL_MOTIONS says.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from platformdirs import user_data_path

from lichtspiel.library.asset import Array
from lichtspiel.library.motion import MotionEntry
from lichtspiel.library.score import Key, Score

_LIES_LEGS = 0.75
"""Hips that are lower than this in the end stay where they are."""
_GOES_LEGS, _TURNS_RAD = 0.2, 0.35
"""Way and turn from which on somebody is elsewhere after a movement."""


@dataclass(frozen=True, eq=False)
class Clip:
    """A movement of one person, free of the body that it was taken from.

    Axes are those of a figure that faces -y where it begins, x to its left, z up; the leading axis is time,
    axes of 2 are left and right. Lengths are shares of the leg from hip to ankle, those of hands shares of
    the arm from shoulder to wrist; heights are above the ankle of a foot that is flat on the ground. Turns
    are quaternions (w, x, y, z) against standing upright.
    """

    rate_hz: float
    hips: Array
    """(T, 3) between the hip joints."""
    pelvis: Array
    """(T, 4)"""
    thorax: Array
    head: Array
    shoulders: Array
    """(T, 2, 2) raised, drawn forward, radians."""
    wrists: Array
    """(T, 2, 3) from the shoulder."""
    elbows: Array
    """(T, 2, 3) direction to which the elbow is bent."""
    hand_along: Array
    """(T, 2, 3) direction from wrist to knuckles."""
    hand_thumb: Array
    """(T, 2, 3) direction to the thumb's side."""
    fingers: Array
    """(T, 2, 5) thumb to little finger, from 0, flat, to 1, a fist; (0, 2, 5) where nothing tells."""
    ankles: Array
    """(T, 2, 3)"""
    feet: Array
    """(T, 2, 4) against flat on the ground, toes to the front."""
    toes: Array
    """(T, 2) bent up, radians."""
    knees: Array
    """(T, 2) turned outward against the pelvis, radians."""
    steps_s: Array
    """(N,) when a foot comes down."""

    @property
    def duration_s(self) -> float:
        """From the first sample to the last."""
        return (len(self.hips) - 1) / self.rate_hz

    @property
    def way(self) -> tuple[Array, float]:
        """Where it ends: (2,) left and back, in legs, and how far it has turned to the left."""
        w, _, _, z = self.pelvis[[0, -1]].T
        first, last = 2 * np.arctan2(z, w)
        turn = float((last - first + np.pi) % (2 * np.pi) - np.pi)
        return np.asarray(self.hips[-1, :2] - self.hips[0, :2]), turn


def folder() -> Path:
    """Where own motions are kept."""
    chosen = os.environ.get("LICHTSPIEL_MOTIONS")
    return Path(chosen) if chosen else _usual()


@cache
def _usual() -> Path:
    return user_data_path("lichtspiel") / "motions"


def save(entry: MotionEntry, clip: Clip) -> Path:
    """Keep a motion; the path of its entry."""
    folder().mkdir(parents=True, exist_ok=True)
    arrays = {field.name: np.asarray(getattr(clip, field.name), np.float32) for field in fields(Clip)}
    with (folder() / f"{entry.id}.npz").open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type] # its stub takes the flag for an array
    path = folder() / f"{entry.id}.yaml"
    told = entry.model_dump(mode="json", exclude_defaults=True)
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    forget()
    return path


def remove(name: str) -> bool:
    """Remove an own motion; whether there was one of this id."""
    there = name in entries(folder())
    for suffix in (".yaml", ".npz"):
        (folder() / f"{name}{suffix}").unlink(missing_ok=True)
    forget()
    return there


def forget() -> None:
    """Look into the folder anew when something of it is asked for next."""
    for read in (entries, scores, clip):
        read.cache_clear()


@cache
def entries(root: Path) -> Mapping[str, MotionEntry]:
    """All own motions in a folder by id."""
    sheets = sorted(root.glob("*.yaml")) if root.is_dir() else []
    found = [MotionEntry.model_validate(yaml.safe_load(sheet.read_text("utf-8"))) for sheet in sheets]
    return {entry.id: entry for entry in found if (root / f"{entry.id}.npz").exists()}


@cache
def scores(root: Path) -> Mapping[str, Score]:
    """What all own motions in a folder are as scores: how long they last and where they end."""
    return {name: _score(entry, clip(root, name)) for name, entry in entries(root).items()}


@cache
def clip(root: Path, name: str) -> Clip:
    """The clip of an own motion. Raises KeyError."""
    if name not in entries(root):
        raise KeyError(name)
    with np.load(root / f"{name}.npz") as data:
        arrays = {field.name: data[field.name].astype(float) for field in fields(Clip)}
    return Clip(rate_hz=float(arrays.pop("rate_hz")), **arrays)


def digest(names: Iterable[str | None]) -> str:
    """Hash of the clips among these motions: what is made of one is made anew when it changes."""
    found = hashlib.sha256()
    for name in sorted({name for name in names if name is not None and name in entries(folder())}):
        found.update((folder() / f"{name}.npz").read_bytes())
        found.update((folder() / f"{name}.yaml").read_bytes())
    return found.hexdigest()


def _score(entry: MotionEntry, told: Clip) -> Score:
    (left, back), turn = told.way
    goes = float(np.hypot(left, back)) > _GOES_LEGS or abs(turn) > _TURNS_RAD
    last = Key(at=entry.duration_s, hips=(float(left), float(-back), 0.0), turn=float(np.degrees(turn)))
    return Score(
        id=entry.id,
        keys=(Key(at=0.0, hips=(0.0, 0.0, 0.0)), last),
        travels=goes and not entry.loops,
        stays=not entry.loops and float(told.hips[-1, 2]) < _LIES_LEGS,
        leans=True,
        vary=0.0,
    )
