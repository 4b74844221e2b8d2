"""Takes on disk: arrays in `take.npz`, events in `take.json`."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np

from lichtspiel.take.model import Array, Break, Impact, Rub, Take, Verdict


def save(take: Take, folder: Path) -> None:
    """Write a take into an existing folder. Same take, same bytes."""
    arrays: dict[str, Array] = {
        "positions": take.positions,
        "orientations": take.orientations,
        "present": take.present,
        **{f"cloth:{name}": frames for name, frames in take.cloths.items()},
    }
    for index, rub in enumerate(take.rubs):
        for part in ("speed", "normal_force", "position"):
            arrays[f"rub:{index}:{part}"] = getattr(rub, part)
    _write_npz(folder / "take.npz", arrays)
    record = {
        "rate_hz": take.rate_hz,
        "names": take.names,
        "impacts": [dataclasses.asdict(impact) for impact in take.impacts],
        "rubs": [_without_arrays(rub) for rub in take.rubs],
        "breaks": [dataclasses.asdict(item) for item in take.breaks],
        "verdicts": [dataclasses.asdict(item) for item in take.verdicts],
    }
    (folder / "take.json").write_text(json.dumps(record, indent=1), encoding="utf-8")


def load(folder: Path) -> Take:
    """Read a take that `save` wrote."""
    record = json.loads((folder / "take.json").read_text(encoding="utf-8"))
    with np.load(folder / "take.npz") as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Take(
        rate_hz=record["rate_hz"],
        names=tuple(record["names"]),
        positions=arrays["positions"],
        orientations=arrays["orientations"],
        present=arrays["present"],
        cloths={
            name.removeprefix("cloth:"): frames
            for name, frames in arrays.items()
            if name.startswith("cloth:")
        },
        impacts=tuple(
            Impact(**{**item, "position": tuple(item["position"]), "normal": tuple(item["normal"])})
            for item in record["impacts"]
        ),
        rubs=tuple(
            Rub(
                **item,
                speed=arrays[f"rub:{index}:speed"],
                normal_force=arrays[f"rub:{index}:normal_force"],
                position=arrays[f"rub:{index}:position"],
            )
            for index, item in enumerate(record["rubs"])
        ),
        breaks=tuple(
            Break(**{**item, "position": tuple(item["position"]), "shards": tuple(item["shards"])})
            for item in record["breaks"]
        ),
        verdicts=tuple(Verdict(**item) for item in record["verdicts"]),
    )


def _without_arrays(rub: Rub) -> dict[str, Any]:
    plain = ("kind", "first", "second", "first_material", "second_material", "start_s", "rate_hz")
    return {name: getattr(rub, name) for name in plain}


def _write_npz(path: Path, arrays: dict[str, Array]) -> None:
    """Like `numpy.savez_compressed`, but without the clock in the archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, np.ascontiguousarray(array))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)
