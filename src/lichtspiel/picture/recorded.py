"""Movements from files, as Blender reads them: `python -m lichtspiel.picture.recorded FILE OUT [CLIP]`.

Runs as a process of its own, since readers of foreign formats may fail in foreign ways. Writes an .npz, or
prints what is wrong to standard error and ends with 2.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from lichtspiel.motion.recording import Recording, RecordingError

FORMATS = (".bvh", ".fbx", ".glb", ".gltf")
LONGEST_S = 120.0
_FIELDS = ("rest_heads", "rest_tails", "rest_turns", "heads", "tails", "turns")
_UNUSABLE = 2
_RATE_HZ = 60


def read(file: Path, clip: str | None = None) -> Recording:
    """The skeleton of a BVH, FBX or glTF file and how it moves; `clip` names one of several movements.

    Raises RecordingError.
    """
    if file.suffix.lower() not in FORMATS:
        raise RecordingError(f"{file} is none of {', '.join(FORMATS)}: export the movement as one of them.")
    if not file.is_file():
        raise RecordingError(f"There is no file {file}.")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "recording.npz"
        command = [sys.executable, "-m", "lichtspiel.picture.recorded", str(file), str(out)]
        done = subprocess.run(
            [*command, *([clip] if clip else [])], capture_output=True, text=True, check=False
        )
        if done.returncode == _UNUSABLE:
            raise RecordingError(done.stderr.strip().splitlines()[-1])
        if done.returncode or not out.exists():
            last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise RecordingError(f"{file} cannot be read: {last}")
        with np.load(out) as data:
            arrays = {name: data[name] for name in _FIELDS}
            names, parents = tuple(map(str, data["names"])), tuple(map(int, data["parents"]))
            return Recording(names, parents, float(data["rate_hz"]), **arrays)


def main(arguments: list[str]) -> int:
    """Read one file with Blender."""
    file, out = Path(arguments[0]), Path(arguments[1])
    try:
        np.savez(out, **_read(file, arguments[2] if len(arguments) > 2 else None))
    except RecordingError as error:
        print(error, file=sys.stderr)
        return _UNUSABLE
    return 0


def _read(file: Path, clip: str | None) -> dict[str, Any]:
    import bpy  # noqa: PLC0415 - only the process that reads needs Blender

    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.fps = _RATE_HZ
    try:
        match file.suffix.lower():
            case ".bvh":
                bpy.ops.import_anim.bvh(filepath=str(file), update_scene_fps=True, use_fps_scale=False)
            case ".fbx":
                bpy.ops.wm.fbx_import(filepath=str(file))
            case _:
                bpy.ops.import_scene.gltf(filepath=str(file))
    except RuntimeError as error:
        raise RecordingError(f"{file} cannot be read: {str(error).strip().splitlines()[-1]}") from error
    skeletons = [thing for thing in bpy.data.objects if thing.type == "ARMATURE"]
    if not skeletons:
        raise RecordingError(f"{file} has no skeleton: export the movement with its bones.")
    skeleton = max(skeletons, key=lambda thing: len(thing.data.bones))
    first, last = _played(skeleton, clip, file)
    rate_hz = scene.render.fps / scene.render.fps_base
    if last - first < 2:
        raise RecordingError(f"The skeleton in {file} does not move.")
    if (last - first) / rate_hz > LONGEST_S:
        raise RecordingError(
            f"The movement in {file} lasts {(last - first) / rate_hz:.0f} s; {LONGEST_S:.0f} s are the most: "
            "cut it, or take a part of it with --from and --until."
        )
    return _sampled(scene, skeleton, range(first, last + 1)) | {"rate_hz": rate_hz}


def _played(skeleton: Any, clip: str | None, file: Path) -> tuple[int, int]:
    """Have the skeleton play a movement; its first and last frame."""
    import bpy  # noqa: PLC0415

    actions = list(bpy.data.actions)
    if not actions:
        raise RecordingError(f"There is no movement in {file}, only a skeleton.")
    chosen = skeleton.animation_data.action if skeleton.animation_data else None
    if clip is not None or (chosen is None and len(actions) > 1):
        fits = [action for action in actions if action.name == clip]
        if not fits:
            names = ", ".join(action.name for action in actions)
            raise RecordingError(f"Say which of the movements in {file} is meant, with --clip: {names}.")
        chosen = fits[0]
    chosen = chosen or actions[0]
    moves = skeleton.animation_data or skeleton.animation_data_create()
    moves.use_nla = False
    moves.action = chosen
    if moves.action_slot is None and moves.action_suitable_slots:
        moves.action_slot = moves.action_suitable_slots[0]
    begin, end = chosen.frame_range
    return int(np.floor(begin)), int(np.ceil(end))


def _sampled(scene: Any, skeleton: Any, frames: range) -> dict[str, Any]:
    bones = list(skeleton.data.bones)
    order = {bone.name: index for index, bone in enumerate(bones)}
    names = [bone.name for bone in bones]
    parents = [order[bone.parent.name] if bone.parent else -1 for bone in bones]
    whole: dict[str, list[Any]] = {"heads": [], "tails": [], "turns": []}
    scene.frame_set(frames[0])
    world = skeleton.matrix_world.copy()
    rest = [_placed(world @ bone.matrix_local, bone.length) for bone in bones]
    posed = [skeleton.pose.bones[name] for name in names]
    for frame in frames:
        scene.frame_set(frame)
        world = skeleton.matrix_world
        here = [_placed(world @ bone.matrix, bone.length) for bone in posed]
        for name, values in zip(("heads", "tails", "turns"), zip(*here, strict=True), strict=True):
            whole[name].append(values)
    found = {name: np.array(values, float) for name, values in whole.items()}
    for name, values in zip(("rest_heads", "rest_tails", "rest_turns"), zip(*rest, strict=True), strict=True):
        found[name] = np.array(values, float)
    return found | {"names": np.array(names), "parents": np.array(parents)}


def _placed(matrix: Any, length: float) -> tuple[Any, Any, Any]:
    """Head, tail and axes of a bone, which lies along its own y."""
    values = np.array(matrix)
    axes = values[:3, :3]
    return values[:3, 3], values[:3, 3] + length * axes[:, 1], axes / np.linalg.norm(axes, axis=0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
