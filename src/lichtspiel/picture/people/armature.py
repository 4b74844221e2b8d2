"""Rigs as Blender armatures that keep the bones' names, and poses on them."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import Rig, Skin, multiply
from lichtspiel.picture import animate
from lichtspiel.take import Performance

_SHORTEST_M = 1e-3
"""Blender drops bones that have no length."""
_STILL = 1e-5
"""Poses whose numbers differ by less than this are one pose."""
_SHARE_STEPS = 1000
"""Shares of bones are kept to this many steps."""


def add_armature(scene: Any, name: str, rig: Rig) -> Any:
    """An armature object at the origin, at rest."""
    data = bpy.data.armatures.new(name)
    made = bpy.data.objects.new(name, data)
    scene.collection.objects.link(made)
    bpy.context.view_layer.objects.active = made
    bpy.ops.object.mode_set(mode="EDIT")
    bones = []
    for index, bone_name in enumerate(rig.names):
        bone = data.edit_bones.new(bone_name)
        arm = rig.tails[index] - rig.heads[index]
        length = np.linalg.norm(arm)
        arm = arm * max(1.0, _SHORTEST_M / length) if length > 0 else np.array([0, 0, _SHORTEST_M])
        bone.head, bone.tail = rig.heads[index].tolist(), (rig.heads[index] + arm).tolist()
        bone.roll = rig.rolls[index]
        bones.append(bone)
        if rig.parents[index] >= 0:
            bone.parent = bones[rig.parents[index]]
    bpy.ops.object.mode_set(mode="OBJECT")
    for bone in made.pose.bones:
        bone.rotation_mode = "QUATERNION"
    return made


def key_pose(armature: Any, rig: Rig, performance: Performance, count: int, times: Array) -> None:
    """Pose the armature as the performance has it at these world times, two to a frame."""
    samples = [performance.at(float(time)) for time in times]
    roots = np.array([root for root, _ in samples])
    poses = np.array([pose for _, pose in samples])
    frames = animate.key_frames(count)
    curves = animate.curves_of(armature, "OBJECT")
    for index, name in enumerate(rig.names):
        bone = armature.pose.bones[name]
        rest = armature.data.bones[name].matrix_local.to_quaternion()
        turn = _in_bone_axes(np.array(rest), poses[:, index])
        bone.rotation_quaternion = turn[0]
        path = f'pose.bones["{name}"]'
        if np.ptp(turn, axis=0).max() > _STILL:
            animate.key(curves, f"{path}.rotation_quaternion", frames, turn)
        if rig.parents[index] < 0:
            shift = roots @ np.array(rest.to_matrix())
            bone.location = shift[0]
            if np.ptp(shift, axis=0).max() > _STILL:
                animate.key(curves, f"{path}.location", frames, shift)


def _in_bone_axes(rest: Array, turns: Array) -> Array:
    """Turns (K, 4) about the figure's axes as turns about a bone's own, in one half space."""
    back = rest * np.array([1, -1, -1, -1])
    own = multiply(multiply(np.broadcast_to(back, turns.shape), turns), np.broadcast_to(rest, turns.shape))
    flips = np.cumprod(np.where((own[1:] * own[:-1]).sum(-1) < 0, -1.0, 1.0))
    own[1:] *= flips[:, None]
    return own


def bind(thing: Any, armature: Any, rig: Rig, skin: Skin) -> None:
    """Let bones carry a mesh object's vertices; `skin` has a row for each of them."""
    # Blender takes one share for many vertices at a time, so equal shares go together.
    steps = np.round(skin.shares * _SHARE_STEPS).astype(np.int64)
    vertices, slots = np.nonzero(steps)
    keys = skin.bones[vertices, slots].astype(np.int64) * (_SHARE_STEPS + 1) + steps[vertices, slots]
    order = np.argsort(keys, kind="stable")
    distinct, starts = np.unique(keys[order], return_index=True)
    groups: dict[int, Any] = {}
    ordered = vertices[order].tolist()
    for key, start, end in zip(distinct.tolist(), starts.tolist(), [*starts[1:].tolist(), None], strict=True):
        bone, step = divmod(key, _SHARE_STEPS + 1)
        if bone not in groups:
            groups[bone] = thing.vertex_groups.new(name=rig.names[bone])
        groups[bone].add(ordered[start:end], step / _SHARE_STEPS, "REPLACE")
    modifier = thing.modifiers.new("Armature", "ARMATURE")
    modifier.object = armature
    thing.parent = armature
