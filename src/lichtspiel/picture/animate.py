"""Takes and camera tracks as keyframes.

Frame i shows film time i / fps. Everything that moves gets two keys per frame, where the shutter
opens and where it closes, so that motion blur sees the true motion and a cut between two shots,
or slow motion that sets in, lies between frames. The same keys drive the saved Blender file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import bpy
import numpy as np

from lichtspiel.camera import CameraTrack, ShotTrack
from lichtspiel.library.asset import Array
from lichtspiel.library.people.rig import multiply
from lichtspiel.picture.quality import Quality
from lichtspiel.stage.world import World
from lichtspiel.take import Take

SHUTTER = 0.5
"""Share of the frame time that the shutter is open: 180°."""

_INTERPOLATION = {"CONSTANT": 0, "LINEAR": 1}
_STILL_M = 1e-6
"""A body whose poses differ by less than this does not move."""
_SAME_M = 2e-5
"""Frames in which nothing has moved further than this since the first of them are the same."""


def frame_count(world: World, quality: Quality) -> int:
    """Frames of the whole film."""
    return max(1, round(world.screenplay.duration_s * quality.fps))


def key_frames(count: int) -> Array:
    """(2 * count,) Blender frames at which the shutter opens and closes."""
    frames = np.arange(count)[:, None] + np.array([-0.5, 0.5]) * SHUTTER
    return frames.ravel()


def world_times(world: World, count: int, fps: int) -> Array:
    """(2 * count,) world seconds at which the shutter opens and closes.

    The shutter of a frame stays in the shot of its middle, also next to a cut.
    """
    times = []
    for frame in range(count):
        middle = frame / fps
        span = next((s for s in world.timeline if middle < s.film_end_s), world.timeline[-1])
        for film_s in (middle - 0.5 * SHUTTER / fps, middle + 0.5 * SHUTTER / fps):
            times.append(max(0.0, span.world_start_s + (film_s - span.film_start_s) * span.rate))
    return np.array(times)


def moving_names(take: Take, times: Array) -> list[str]:
    """Bodies of the take that move, appear or vanish at these world times."""
    names = []
    for name in take.names:
        poses = [np.concatenate(take.pose(name, time)) for time in times]
        start, end = take.present[take.index(name)]
        if np.ptp(poses, axis=0).max() > _STILL_M or start > times.min() or end <= times.max():
            names.append(name)
    return names


def repeats(
    take: Take, names: Sequence[str], times: Array, shots: Sequence[tuple[int, bool]]
) -> tuple[int, ...]:
    """For every frame the first frame of its shot that shows the same, or the frame itself.

    `names` are the bodies and cloths that move; `shots` gives per frame its shot's number and
    whether that shot's camera is locked.
    """
    first: list[int] = []
    states = [_state(take, names, times[2 * frame : 2 * frame + 2]) for frame in range(len(shots))]
    for frame, (shot, locked) in enumerate(shots):
        before = first[-1] if first else frame
        same = locked and shots[before][0] == shot
        unmoved = same and np.abs(states[frame] - states[before]).max(initial=0.0) < _SAME_M
        first.append(before if unmoved else frame)
    return tuple(first)


def _state(take: Take, names: Sequence[str], times: Array) -> Array:
    """Everything that can differ between two frames of a locked shot, as one array."""
    parts = [np.zeros(0)]
    for time in times:
        for name in names:
            if name in take.cloths:
                parts.append(take.cloth(name, time).ravel())
            else:
                parts += [*take.pose(name, time), np.array([10.0 * take.is_present(name, time)])]
    return np.concatenate(parts)


def key_body(thing: Any, take: Take, name: str, count: int, times: Array) -> None:
    """Key a body's poses, and hide it while it is not there."""
    poses = [take.pose(name, float(time)) for time in times]
    own = curves_of(thing, "OBJECT")
    frames = key_frames(count)
    key(own, "location", frames, np.array([position for position, _ in poses]))
    key(own, "rotation_quaternion", frames, np.array([turn for _, turn in poses]))
    _key_presence(own, take, [name], count, times)


def key_turning(thing: Any, rate_rad_s: float, count: int, times: Array) -> None:
    """Turn a lamp about the vertical at a steady rate from where it points now."""
    start = np.array(thing.rotation_quaternion)
    half = rate_rad_s * times / 2
    about = np.stack([np.cos(half), np.zeros(len(half)), np.zeros(len(half)), np.sin(half)], 1)
    turned = multiply(about, np.broadcast_to(start, about.shape))
    key(curves_of(thing, "OBJECT"), "rotation_quaternion", key_frames(count), turned)


def key_cloth(thing: Any, take: Take, name: str, count: int, times: Array) -> None:
    """Key a cloth's vertices."""
    key_vertices(thing, [take.cloth(name, float(time)) for time in times], count)


def key_vertices(thing: Any, shapes: Iterable[Array], count: int, first: int = 0) -> None:
    """Key vertices (V, 3), two shapes per frame for `count` frames from the first, as absolute shape keys."""
    thing.shape_key_add(name="rest", from_mix=False)
    keys = thing.data.shape_keys
    keys.use_relative = False
    moments = []
    for index, shape in enumerate(shapes):
        block = thing.shape_key_add(name=str(index), from_mix=False)
        block.data.foreach_set("co", shape.astype(np.float32).ravel())
        block.interpolation = "KEY_LINEAR"
        moments.append(block.frame)
    key(curves_of(keys, "KEY"), "eval_time", first + key_frames(count), np.array(moments)[:, None])


def key_presence(thing: Any, take: Take, names: Iterable[str], count: int, times: Array) -> None:
    """Hide an object while any of these bodies is not there."""
    _key_presence(curves_of(thing, "OBJECT"), take, names, count, times)


def _key_presence(own: Any, take: Take, names: Iterable[str], count: int, times: Array) -> None:
    middle = times.reshape(-1, 2).mean(axis=1)
    needed = [name for name in names if name in take.names]
    absent = np.array([any(not take.is_present(n, float(t)) for n in needed) for t in middle], float)
    if absent.any():
        for path in ("hide_render", "hide_viewport"):
            key(own, path, np.arange(count), absent[:, None], "CONSTANT")


def add_cameras(scene: Any, track: CameraTrack, quality: Quality, count: int) -> list[Any]:
    """One camera per shot, each bound to a marker at its first frame."""
    cameras = []
    for index, shot in enumerate(track.shots):
        frames = [f for f in range(count) if track.shot_at(f / quality.fps) is shot]
        camera = _camera(scene, f"shot {index + 1}", shot)
        if frames:
            marker = scene.timeline_markers.new(f"shot {index + 1}", frame=frames[0])
            marker.camera = camera
            if not shot.locked:
                _key_camera(camera, shot, frames, quality.fps)
        cameras.append(camera)
    scene.camera = cameras[0]
    return cameras


def _camera(scene: Any, name: str, shot: ShotTrack) -> Any:
    lens = shot.at(shot.film_start_s)
    data = bpy.data.cameras.new(name)
    data.sensor_width = 36.0
    data.sensor_fit = "AUTO"
    data.lens = lens.focal_length_mm
    data.clip_start, data.clip_end = 0.002, 20000.0
    data.dof.use_dof = True
    data.dof.aperture_fstop = lens.f_stop
    data.dof.focus_distance = lens.focus_distance_m
    camera = bpy.data.objects.new(name, data)
    camera.rotation_mode = "QUATERNION"
    camera.location = lens.position
    camera.rotation_quaternion = lens.orientation
    scene.collection.objects.link(camera)
    return camera


def _key_camera(camera: Any, shot: ShotTrack, frames: Sequence[int], fps: int) -> None:
    at = (np.array(frames)[:, None] + np.array([-0.5, 0.5]) * SHUTTER).ravel()
    lenses = [shot.at(float(frame) / fps) for frame in at]
    own = curves_of(camera, "OBJECT")
    key(own, "location", at, np.array([lens.position for lens in lenses]))
    key(own, "rotation_quaternion", at, np.array([lens.orientation for lens in lenses]))
    optics = curves_of(camera.data, "CAMERA")
    key(optics, "lens", at, np.array([[lens.focal_length_mm] for lens in lenses]))
    key(optics, "dof.focus_distance", at, np.array([[lens.focus_distance_m] for lens in lenses]))


def curves_of(target: Any, kind: str) -> Any:
    """The animation curves of a data block: Blender keeps them in an action's layer and slot."""
    action = bpy.data.actions.new(target.name)
    slot = action.slots.new(id_type=kind, name=target.name)
    strip = action.layers.new("poses").strips.new(type="KEYFRAME")
    target.animation_data_create().action = action
    target.animation_data.action_slot = slot
    return strip.channelbag(slot, ensure=True).fcurves


def key(
    curves: Any, path: str, frames: Iterable[float], values: Array, interpolation: str = "LINEAR"
) -> None:
    """Add one curve per column of `values` (K, C) at `frames` (K,)."""
    at = np.asarray(list(frames), float)
    for column in range(values.shape[1]):
        curve = curves.new(path, index=column)
        curve.keyframe_points.add(len(at))
        pairs = np.stack([at, values[:, column]], axis=1)
        curve.keyframe_points.foreach_set("co", pairs.astype(np.float32).ravel())
        kinds = np.full(len(at), _INTERPOLATION[interpolation], np.int32)
        curve.keyframe_points.foreach_set("interpolation", kinds)
        curve.update()
