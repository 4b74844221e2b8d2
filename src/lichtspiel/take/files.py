"""Takes on disk: arrays in a compressed `.npz`, everything else as JSON inside it."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from lichtspiel.take.model import Array, Break, Impact, Rub, Take, Verdict

FORMAT = 1

_CLOTH = "cloth/"
_RUB = "rub/"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class TakeError(ValueError):
    """A file that is not a take, or one of a format this version does not read."""


def save(take: Take, path: Path) -> None:
    """Write a take. The same take gives the same bytes: no date or machine goes in."""
    arrays: dict[str, Array] = {
        "positions": take.positions,
        "orientations": take.orientations,
        "present": take.present,
    }
    for name, vertices in take.cloths.items():
        arrays[_CLOTH + name] = vertices.astype(np.float32)
    for i, rub in enumerate(take.rubs):
        arrays[f"{_RUB}{i}/speed"] = rub.speed.astype(np.float32)
        arrays[f"{_RUB}{i}/normal_force"] = rub.normal_force.astype(np.float32)
        arrays[f"{_RUB}{i}/position"] = rub.position.astype(np.float32)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
        _put(archive, "take.json", json.dumps(_record(take), ensure_ascii=False).encode())
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, np.ascontiguousarray(array), allow_pickle=False)
            _put(archive, f"{name}.npy", buffer.getvalue())


def load(path: Path) -> Take:
    """Read a take. Raises TakeError when the file is not one, FileNotFoundError when missing."""
    try:
        with zipfile.ZipFile(path) as archive:
            record = json.loads(archive.read("take.json"))
            arrays = {
                name.removesuffix(".npy"): np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
                for name in archive.namelist()
                if name.endswith(".npy")
            }
    except (zipfile.BadZipFile, KeyError, ValueError) as problem:
        raise TakeError(f"{path} is not a take") from problem
    if record["format"] != FORMAT:
        raise TakeError(f"{path} has take format {record['format']}; this version reads {FORMAT}")
    return Take(
        rate_hz=record["rate_hz"],
        names=tuple(record["names"]),
        positions=arrays["positions"],
        orientations=arrays["orientations"],
        present=arrays["present"],
        cloths={
            name.removeprefix(_CLOTH): array.astype(float)
            for name, array in arrays.items()
            if name.startswith(_CLOTH)
        },
        impacts=tuple(Impact(**_tuples(item)) for item in record["impacts"]),
        rubs=tuple(
            Rub(
                **item,
                speed=arrays[f"{_RUB}{i}/speed"].astype(float),
                normal_force=arrays[f"{_RUB}{i}/normal_force"].astype(float),
                position=arrays[f"{_RUB}{i}/position"].astype(float),
            )
            for i, item in enumerate(record["rubs"])
        ),
        breaks=tuple(Break(**_tuples(item)) for item in record["breaks"]),
        verdicts=tuple(Verdict(**item) for item in record["verdicts"]),
    )


def _record(take: Take) -> dict[str, Any]:
    arrays = {"speed", "normal_force", "position"}
    return {
        "format": FORMAT,
        "rate_hz": take.rate_hz,
        "names": take.names,
        "impacts": [dataclasses.asdict(impact) for impact in take.impacts],
        "rubs": [
            {f.name: getattr(rub, f.name) for f in dataclasses.fields(rub) if f.name not in arrays}
            for rub in take.rubs
        ],
        "breaks": [dataclasses.asdict(event) for event in take.breaks],
        "verdicts": [dataclasses.asdict(verdict) for verdict in take.verdicts],
    }


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    # A fixed date keeps equal takes equal on disk.
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
