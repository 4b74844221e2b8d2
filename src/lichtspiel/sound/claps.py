"""Hands that are clapped: when they meet, and what that sounds like."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.catalogue import motions, scores
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.library.score import Key
from lichtspiel.sound.modes import Array
from lichtspiel.sound.sources.crowd import clap
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Performance, Take

NEAR_M, APART_M, BEFORE_S = 0.2, 0.05, 0.3
"""Palms meet that come nearer than this, after they were so much farther apart shortly before."""
PEAK_PA, USUAL_M_S = 0.9, 1.5
"""Peak at 1 m of hands that meet at a usual speed, about 93 dB (Repp, The sound of two hands clapping, J.
Acoust. Soc. Am. 81 (1987) 1100, has claps of every colour, by how the palms lie on each other)."""


@dataclass(frozen=True, eq=False)
class Clap:
    """Two palms that meet, at world time."""

    time_s: float
    figure: str
    position: Array
    speed_m_s: float


def claps_of(world: World, take: Take) -> list[Clap]:
    """All claps of the people of a take who do what hands are clapped in, in time order."""
    found = []
    for placed in world.figures:
        performance = take.figures.get(placed.name)
        for direction in placed.directions if performance is not None else ():
            if performance is not None and _claps(direction.motion):
                end = direction.end_s if direction.end_s is not None else np.inf
                found += _meetings(placed, performance, direction.start_s, end)
    return sorted(found, key=lambda one: (one.time_s, one.figure))


def sounded(one: Clap, seed: int, rng: np.random.Generator) -> Array:
    """Samples (N,) of a clap in pascal at 1 m, with hands that are its owner's own."""
    own = np.random.default_rng([seed, zlib.crc32(one.figure.encode())])
    centre = float(np.exp(own.uniform(np.log(850), np.log(2200)))) * float(rng.uniform(0.93, 1.07))
    signal = clap(centre, rng)
    strength = (one.speed_m_s / USUAL_M_S) * float(rng.uniform(0.85, 1.15))
    return np.asarray(signal * (PEAK_PA * strength / np.abs(signal).max()))


def _claps(motion: str) -> bool:
    """Whether somebody's own hands meet in a motion."""
    # Who swings an axe strikes with both hands, too.
    if motion not in scores() or motions()[motion].using:
        return False
    return any(_both_strike(key) for key in scores()[motion].keys)


def _both_strike(key: Key) -> bool:
    return key.strikes and key.left is not None and key.right is not None


def _meetings(placed: PlacedFigure, performance: Performance, start_s: float, end_s: float) -> list[Clap]:
    rate = performance.rate_hz
    first, last = int(max(start_s, 0) * rate), int(min(end_s * rate, len(performance.root) - 1)) + 1
    if last - first < 3:
        return []
    rig = placed.physique.rig
    heads, _ = bones_posed(rig, performance.root[first:last], performance.pose[first:last])
    palms = [
        (heads[:, rig.index(f"wrist.{side}")] + heads[:, rig.index(f"finger3-1.{side}")]) / 2 for side in "LR"
    ]
    apart = np.linalg.norm(palms[0] - palms[1], axis=1)
    closing = -np.diff(apart, prepend=apart[:1]) * rate
    reach = int(BEFORE_S * rate)
    found = []
    for place in range(1, len(apart) - 1):
        before = apart[max(0, place - reach) : place + 1]
        lowest = apart[place] < apart[place - 1] and apart[place] <= apart[place + 1]
        if lowest and apart[place] < NEAR_M and before.max() - apart[place] > APART_M:
            fastest = float(closing[max(0, place - reach) : place + 1].max())
            where = (palms[0][place] + palms[1][place]) / 2
            found.append(Clap((first + place) / rate, placed.name, where, fastest))
    return found
