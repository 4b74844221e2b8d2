"""Lays flights into a performance: in the air the joints move as played, the rest is momentum."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.motion.acting import Flying
from lichtspiel.motion.flight import fly
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.stage.world import PlacedFigure

_SHORTEST = 3


def samples_of(flight: Flying, count: int) -> tuple[int, int] | None:
    """First and last sample of a flight in a take of `count`; None where it is not wholly within."""
    first, last = round(flight.start_s * RATE_HZ), round(flight.end_s * RATE_HZ)
    return None if first < 0 or last >= count or last - first < _SHORTEST else (first, last)


def flown(
    figure: PlacedFigure, gravity: Vec3, flights: list[Flying], root: Array, pose: Array
) -> tuple[Array, Array]:
    """Root (T, 3) and pose (T, B, 4) with the body's flights through the air in them."""
    if not flights:
        return root, pose
    root, pose = root.copy(), pose.copy()
    for flight in flights:
        found_in = samples_of(flight, len(root))
        if found_in is None:
            continue
        first, last = found_in
        there = slice(first, last + 1)
        ahead = np.array([np.sin(flight.yaw), -np.cos(flight.yaw), 0.0])
        left = np.array([np.cos(flight.yaw), np.sin(flight.yaw), 0.0])
        over, twist, aside = flight.turns
        turn = 2 * np.pi * (over * left + twist * np.array([0.0, 0.0, 1.0]) + aside * ahead)
        found = fly(
            figure.physique,
            np.arange(last - first + 1) / RATE_HZ,
            pose[there],
            (root[first], pose[first, 0]),
            (root[last], pose[last, 0]),
            gravity,
            (float(turn[0]), float(turn[1]), float(turn[2])),
        )
        root[there], pose[there] = found.root, found.pose
    return root, pose
