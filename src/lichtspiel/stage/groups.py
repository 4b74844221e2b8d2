"""How several people stand together."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SHOULDER_SHARE = 0.36
"""Room across that a person takes in a row, against their height."""
ARM_SPAN_SHARE = 0.72
"""Room across that a person takes whose arms swing out, against their height; a span is about the height."""
CROWD_ROOM_M = 0.8
"""Least distance of two people who wait (Hall's personal distance begins at 0.45 m)."""


@dataclass(frozen=True)
class Stand:
    """Where one person of a group stands: metres right and back of its middle, and radians turned."""

    right: float
    back: float
    turn: float = 0.0


def stands(
    arrangement: str | None,
    heights_m: Sequence[float],
    room_m: tuple[float, float],
    rng: np.random.Generator,
    *,
    moving: bool = False,
) -> list[Stand]:
    """One stand for each person, in their order.

    room_m is the free width and depth of the ground, for those who spread out; moving: they need room for
    arms and legs. What is not said depends on the number: a row up to four, who have elbow room if they
    move, a group up to fourteen, then a crowd.
    """
    count = len(heights_m)
    if count == 1:
        return [Stand(0.0, 0.0, float(rng.normal(0, 0.05)))]
    few = "apart" if moving else "row"
    usual = few if count <= 4 else "group" if count <= 14 else "crowd"
    return _ARRANGEMENTS[arrangement or usual](heights_m, room_m, rng)


def _row(heights_m: Sequence[float], _: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    pitch = [SHOULDER_SHARE * (a + b) / 2 for a, b in itertools.pairwise(heights_m)]
    places = np.concatenate([[0.0], np.cumsum(pitch)])
    places = places - places.mean()
    # The outer ones turn a little inward, and nobody toes a line.
    return [
        Stand(float(p), float(rng.normal(0, 0.04)), float(-0.12 * p + rng.normal(0, 0.06))) for p in places
    ]


def _apart(heights_m: Sequence[float], _: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    """Side by side at arm's length of each other, every other one a step behind, half turned inward."""
    pitch = [ARM_SPAN_SHARE * (a + b) / 2 for a, b in itertools.pairwise(heights_m)]
    places = np.concatenate([[0.0], np.cumsum(pitch)])
    places = places - places.mean()
    return [
        Stand(
            float(p + rng.normal(0, 0.05)),
            float((i % 2) * 0.45 + rng.normal(0, 0.08)),
            float(-0.3 * p + rng.normal(0, 0.15)),
        )
        for i, p in enumerate(places)
    ]


def _rows(heights_m: Sequence[float], per_row: int, depth_m: float, rng: np.random.Generator) -> list[Stand]:
    """Rows one behind the other, the tallest at the back, staggered so that every face is seen."""
    order = np.argsort(heights_m, kind="stable")
    found: dict[int, Stand] = {}
    pitch = SHOULDER_SHARE * 1.12 * float(np.mean(heights_m))
    front = len(heights_m) % per_row or per_row
    rows = [order[:front], *(order[i : i + per_row] for i in range(front, len(order), per_row))]
    for row, members in enumerate(rows):
        shuffled = rng.permutation(members)
        stagger = pitch / 2 if (len(members) % 2) == (len(rows[0]) % 2) and row % 2 else 0.0
        for column, person in enumerate(shuffled):
            right = (column - (len(members) - 1) / 2) * pitch + stagger
            nudge = rng.normal(0, 0.025, 2)
            turn = float(-0.08 * right + rng.normal(0, 0.04))
            found[int(person)] = Stand(float(right + nudge[0]), float(row * depth_m + nudge[1]), turn)
    return [found[index] for index in range(len(heights_m))]


def _two_rows(heights_m: Sequence[float], _: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    return _rows(heights_m, -(-len(heights_m) // 2), 0.75, rng)


def _group(heights_m: Sequence[float], _: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    per_row = max(2, round(np.sqrt(1.8 * len(heights_m))))
    return [
        Stand(s.right * 1.1, s.back * 1.1 + float(rng.normal(0, 0.12)), s.turn + float(rng.normal(0, 0.18)))
        for s in _rows(heights_m, per_row, 0.8, rng)
    ]


def _circle(heights_m: Sequence[float], _: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    """All face the middle; the gap is on the camera's side."""
    count = len(heights_m)
    radius = max(0.6, 0.75 * count / (2 * np.pi))
    angles = np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / count
    return [
        Stand(float(radius * np.sin(a)), float(-radius * np.cos(a)), float(np.pi - a + rng.normal(0, 0.1)))
        for a in angles
    ]


def _queue(heights_m: Sequence[float], _: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    """One behind the other across the picture, facing its right."""
    count = len(heights_m)
    return [
        Stand(
            float((count - 1) / 2 - i) * CROWD_ROOM_M,
            float(rng.normal(0, 0.06)),
            float(np.pi / 2 + rng.normal(0, 0.1)),
        )
        for i in range(count)
    ]


def _crowd(heights_m: Sequence[float], room_m: tuple[float, float], rng: np.random.Generator) -> list[Stand]:
    """Spread over the ground at random, nobody too near another, most of them facing alike."""
    count = len(heights_m)
    width, depth = max(room_m[0], 3.0), max(room_m[1], 3.0)
    room = min(CROWD_ROOM_M, 0.75 * np.sqrt(width * depth / count))
    points: list[tuple[float, float]] = []
    while len(points) < count:
        # Bridson's idea, brute force: the best of some candidates, the farthest from all others.
        tried = rng.uniform((-width / 2, -depth / 2), (width / 2, depth / 2), (24, 2))
        if points:
            near = np.linalg.norm(tried[:, None] - np.array(points)[None], axis=2).min(1)
            pick = int(np.argmax(near >= room)) if (near >= room).any() else int(np.argmax(near))
        else:
            pick = 0
        points.append((float(tried[pick, 0]), float(tried[pick, 1])))
    common = float(rng.uniform(-0.5, 0.5))
    turns = np.where(
        rng.random(count) < 0.75, common + rng.normal(0, 0.35, count), rng.uniform(-np.pi, np.pi, count)
    )
    return [Stand(right, back, float(turn)) for (right, back), turn in zip(points, turns, strict=True)]


_ARRANGEMENTS: Mapping[
    str, Callable[[Sequence[float], tuple[float, float], np.random.Generator], list[Stand]]
] = {
    "row": _row,
    "apart": _apart,
    "two_rows": _two_rows,
    "group": _group,
    "circle": _circle,
    "crowd": _crowd,
    "queue": _queue,
}
