"""Takes on disk: arrays in `take.npz`, events in `take.json`."""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lichtspiel.take.model import (
    Array,
    Break,
    Dents,
    Fall,
    Footfall,
    Impact,
    Performance,
    Rub,
    Span,
    Take,
    Utterance,
    Verdict,
)


def save(take: Take, folder: Path) -> None:
    """Write a take into an existing folder. Same take, same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {
        "positions": take.positions,
        "orientations": take.orientations,
        "present": take.present,
        **{f"cloth:{name}": frames for name, frames in take.cloths.items()},
    }
    for index, rub in enumerate(take.rubs):
        for part in ("speed", "normal_force", "position"):
            arrays[f"rub:{index}:{part}"] = getattr(rub, part)
    figures: dict[str, dict[str, Any]] = {}
    for name, performance in take.figures.items():
        figures[name], stored = _packed(performance)
        arrays |= {f"figure:{name}:{part}": array for part, array in stored.items()}
    _write_npz(folder / "take.npz", arrays)
    record = {
        "rate_hz": take.rate_hz,
        "names": take.names,
        "impacts": [dataclasses.asdict(impact) for impact in take.impacts],
        "rubs": [_without_arrays(rub) for rub in take.rubs],
        "breaks": [dataclasses.asdict(item) for item in take.breaks],
        "verdicts": [dataclasses.asdict(item) for item in take.verdicts],
        "figures": figures,
        "footfalls": [dataclasses.asdict(item) for item in take.footfalls],
        "utterances": [dataclasses.asdict(item) for item in take.utterances],
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
        figures={
            name: _unpacked(facts, f"figure:{name}:", arrays) for name, facts in record["figures"].items()
        },
        footfalls=tuple(
            Footfall(**{**item, "position": tuple(item["position"])}) for item in record["footfalls"]
        ),
        utterances=tuple(_uttered(item) for item in record["utterances"]),
    )


def _uttered(item: dict[str, Any]) -> Utterance:
    spans = {part: tuple(Span(**span) for span in item[part]) for part in ("words", "phonemes")}
    return Utterance(**{**item, **spans, "stressed": tuple(item["stressed"])})


def _packed(performance: Performance) -> tuple[dict[str, Any], dict[str, NDArray[np.generic]]]:
    """Facts and arrays of a performance: 32 bits are enough, and bones that keep still need one sample."""
    pose = performance.pose.astype(np.float32)
    moving = np.flatnonzero((pose != pose[:1]).any((0, 2)))
    facts = {
        "rate_hz": performance.rate_hz,
        "moving": moving.tolist(),
        "face": list(performance.face),
        "garments": list(performance.garments),
        "cuts": list(performance.cuts),
        "falls": [dataclasses.asdict(fall) for fall in performance.falls],
        "dents": list(performance.dents),
    }
    arrays: dict[str, NDArray[np.generic]] = {
        "root": performance.root.astype(np.float32),
        "still": pose[0],
        "pose": pose[:, moving],
    }
    for name, weights in performance.face.items():
        arrays[f"face:{name}"] = weights.astype(np.float32)
    for name, frames in performance.garments.items():
        arrays[f"garment:{name}"] = frames.astype(np.float32)
    for name, dents in performance.dents.items():
        arrays[f"dents:{name}"] = dents.ways.astype(np.float32)
        arrays[f"dented:{name}"] = dents.vertices
    return facts, arrays


def _unpacked(facts: dict[str, Any], prefix: str, arrays: dict[str, NDArray[Any]]) -> Performance:
    def array(part: str) -> Array:
        return np.asarray(arrays[prefix + part], np.float64)

    root = array("root")
    pose = np.repeat(array("still")[None], len(root), axis=0)
    pose[:, facts["moving"]] = array("pose")
    return Performance(
        facts["rate_hz"],
        root,
        pose / np.linalg.norm(pose, axis=-1, keepdims=True),
        {name: array(f"face:{name}") for name in facts["face"]},
        {name: array(f"garment:{name}") for name in facts["garments"]},
        tuple(facts["cuts"]),
        tuple(_fallen(item) for item in facts["falls"]),
        {
            name: Dents(np.asarray(arrays[f"{prefix}dented:{name}"], np.int32), array(f"dents:{name}"))
            for name in facts["dents"]
        },
    )


def _fallen(item: dict[str, Any]) -> Fall:
    return Fall(**{**item, "blows": tuple((part, tuple(push)) for part, push in item["blows"])})


def _without_arrays(rub: Rub) -> dict[str, Any]:
    plain = ("kind", "first", "second", "first_material", "second_material", "start_s", "rate_hz")
    return {name: getattr(rub, name) for name in plain}


def _write_npz(path: Path, arrays: dict[str, NDArray[np.generic]]) -> None:
    """Like `numpy.savez_compressed`, but without the clock in the archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, np.ascontiguousarray(array))
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)
