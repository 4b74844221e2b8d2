"""What a shot shows of a person: points of the body that must be in frame, and the eyes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import about, bones_posed, rest_pose, rotate
from lichtspiel.screenplay import ShotSize
from lichtspiel.stage.world import PlacedFigure
from lichtspiel.take import Performance, Take

SAMPLES = 13
"""Times at which a body is posed for framing; between them its points move evenly."""
POINTS = 70
"""Points of the body that stand for the whole of it."""
EYE_BAND_M = 0.055
SHOULDER_DROP = 0.13
"""From the shoulder joints down to where a medium close-up cuts, against the body's height."""

PERSON_FILL: Mapping[ShotSize, float] = {
    ShotSize.EXTREME_CLOSE_UP: 0.95,
    ShotSize.CLOSE_UP: 0.62,
    ShotSize.MEDIUM_CLOSE_UP: 0.8,
    ShotSize.MEDIUM: 0.84,
    ShotSize.FULL: 0.82,
    ShotSize.WIDE: 0.5,
    ShotSize.EXTREME_WIDE: 0.2,
}
"""Share of the picture that the shown part of a person, or of a group, takes up on the tighter side."""


BodyPart = Literal["hands", "feet"]
PART_BONES: Mapping[BodyPart, str] = {"hands": "wrist", "feet": "foot"}
"""Bone on both sides that carries a part which a close-up shows instead of the face."""
FACE_DEPTH_M = 0.03
"""Before and behind the eyes, what is sharp in a near shot; the rest may blur."""
NEAR_SIZES = (ShotSize.EXTREME_CLOSE_UP, ShotSize.CLOSE_UP, ShotSize.MEDIUM_CLOSE_UP, ShotSize.MEDIUM)


def figure_points(
    figure: PlacedFigure, take: Take, size: ShotSize, world_times: Array, part: BodyPart | None = None
) -> Array:
    """(T, P, 3) points of what a shot of this size, or of this part, shows of a figure, world metres."""
    chosen = shown_vertices(figure.physique, size, part)
    vertices = figure.physique.vertices[chosen]
    skin = figure.physique.skin
    rig = figure.physique.rig
    heads, turns, times = _bones(figure, take, world_times)
    points = np.zeros((len(times), len(chosen), 3))
    for slot in range(skin.bones.shape[1]):
        bone = skin.bones[chosen, slot]
        place = (
            rotate(turns[:, bone], np.broadcast_to(vertices - rig.heads[bone], points.shape)) + heads[:, bone]
        )
        points += skin.shares[chosen, slot, None] * place
    return _between(points, times, world_times)


def eye_points(figure: PlacedFigure, take: Take, world_times: Array) -> Array:
    """(T, 3) between the eyes, world metres."""
    heads, _, times = _bones(figure, take, world_times)
    left, right = figure.physique.rig.index("eye.L"), figure.physique.rig.index("eye.R")
    return _between((heads[:, left] + heads[:, right]) / 2, times, world_times)


def heading(figure: PlacedFigure, take: Take, world_s: float) -> Array:
    """Unit vector along the ground that the figure's hips face at a world time."""
    _, turns, _ = _bones(figure, take, np.array([world_s]))
    ahead = rotate(turns[0, 0], np.array([0.0, -1.0, 0.0])) * [1.0, 1.0, 0.0]
    return np.asarray(ahead / max(float(np.linalg.norm(ahead)), 1e-9))


def face_ways(figure: PlacedFigure, take: Take, world_times: Array) -> Array:
    """(T, 3) where the face points, world axes, of length one where the head keeps still."""
    _, turns, times = _bones(figure, take, world_times)
    ways = rotate(turns[:, figure.physique.rig.index("head")], np.array([0.0, -1.0, 0.0]))
    return _between(ways, times, world_times)


@lru_cache(maxsize=512)
def shown_vertices(physique: Physique, size: ShotSize, part: BodyPart | None = None) -> IntArray:
    """Indices of basis vertices that stand for what a shot of this size, or of this part, shows."""
    body = basis.load().group("body")
    vertices = physique.vertices[body]
    heads = physique.rig.heads
    main = physique.skin.bones[body, np.argmax(physique.skin.shares[body], axis=1)]
    if part is not None:
        bones = [bone for side in "LR" for bone in _with_children(physique, f"{PART_BONES[part]}.{side}")]
        kept = np.flatnonzero(np.isin(main, bones))
        return np.asarray(body[kept[np.unique(_extremes(vertices[kept]))]], np.int32)
    is_head = np.isin(main, _with_children(physique, "head"))
    is_arm = np.isin(
        main, [*_with_children(physique, "lowerarm01.L"), *_with_children(physique, "lowerarm01.R")]
    )
    eyes = physique.eye("l")[0][2]
    shoulders = heads[physique.rig.index("upperarm01.L")][2]
    hips = heads[physique.rig.index("upperleg01.L")][2]
    masks: Mapping[ShotSize, NDArray[np.bool_]] = {
        ShotSize.EXTREME_CLOSE_UP: is_head & (np.abs(vertices[:, 2] - eyes) < EYE_BAND_M),
        ShotSize.CLOSE_UP: is_head,
        ShotSize.MEDIUM_CLOSE_UP: (vertices[:, 2] > shoulders - SHOULDER_DROP * physique.height_m) & ~is_arm,
        ShotSize.MEDIUM: (vertices[:, 2] > hips + 0.03 * physique.height_m) & ~is_arm,
    }
    kept = np.flatnonzero(masks.get(size, np.ones(len(body), bool)))
    return np.asarray(body[kept[np.unique(_extremes(vertices[kept]))]], np.int32)


def _extremes(points: Array) -> IntArray:
    """Indices of the outermost points in evenly spread directions (a Fibonacci sphere)."""
    index = np.arange(POINTS)
    z = 1 - (2 * index + 1) / POINTS
    angle = np.pi * (3 - np.sqrt(5)) * index
    radius = np.sqrt(1 - z**2)
    ways = np.stack([radius * np.cos(angle), radius * np.sin(angle), z], 1)
    return np.argmax(points @ ways.T, axis=0).astype(np.int32)


def _with_children(physique: Physique, bone: str) -> list[int]:
    rig = physique.rig
    found = {rig.index(bone)}
    for child, parent in enumerate(rig.parents):
        if int(parent) in found:
            found.add(child)
    return sorted(found)


def _bones(figure: PlacedFigure, take: Take, world_times: Array) -> tuple[Array, Array, Array]:
    """Heads (S, B, 3) and turns (S, B, 4) of the bones at some of the times, and those times (S,)."""
    performance = take.figures.get(figure.name)
    if performance is None:
        root, pose = _at_rest(figure)
        times = world_times[:1]
    else:
        times = np.linspace(world_times[0], world_times[-1], min(SAMPLES, len(world_times)))
        root, pose = _sampled(performance, times)
    heads, turns = bones_posed(figure.physique.rig, root, pose)
    return heads, turns, times


def _sampled(performance: Performance, times: Array) -> tuple[Array, Array]:
    samples = [performance.at(float(time)) for time in times]
    return np.stack([root for root, _ in samples]), np.stack([pose for _, pose in samples])


def _at_rest(figure: PlacedFigure) -> tuple[Array, Array]:
    rig = figure.physique.rig
    pose = rest_pose(rig)[None]
    pose[0, 0] = about((0.0, 0.0, 1.0), figure.yaw)
    turned = rotate(pose[0, 0], rig.heads[0])
    return (np.array(figure.position) + turned - rig.heads[0])[None], pose


def _between(points: Array, times: Array, wanted: Array) -> Array:
    if len(times) == 1:
        return np.repeat(points, len(wanted), axis=0)
    place = np.clip((wanted - times[0]) / (times[-1] - times[0]) * (len(times) - 1), 0, len(times) - 1)
    low = np.minimum(place.astype(int), len(times) - 2)
    share = (place - low).reshape(-1, *([1] * (points.ndim - 1)))
    return np.asarray((1 - share) * points[low] + share * points[low + 1])
