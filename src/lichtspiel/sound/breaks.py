"""Glass and ceramics breaking: the vessel's last cry, the crack, and shards torn from each other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.sound.impacts import SHARD_LOSS, Knock, Side
from lichtspiel.sound.modes import Array
from lichtspiel.sound.reverberation import low_passed
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ
from lichtspiel.sound.voices import Voice
from lichtspiel.take import Break, Take

SPREAD_S = 0.006
"""Mean time in which the cracks run through the body and part its shards."""
CRACKS_PER_SHARD = 3
RELEASED_SHARE = 0.5
"""Of the breaking impulse, what the snapping shards get between them."""
BREAKING_SPEED = 4.0
"""m/s that the cracked body's parts spring apart with."""
BROKEN_LOSS = 0.06
"""Loss factor of a body that is falling apart."""


def snaps_of(take: Take, voices: Mapping[str, Voice], rng: np.random.Generator) -> list[Knock]:
    """The knocks that a body's breaking makes: its own ring cut short, then each shard's snap."""
    knocks: list[Knock] = []
    for item in take.breaks:
        position = np.array(item.position)
        whole = Side(voices[item.body], np.zeros(3), BROKEN_LOSS)
        knocks.append(
            Knock(item.time_s, position, (whole,), item.impulse_ns, BREAKING_SPEED, 8e-5, item.body)
        )
        count = CRACKS_PER_SHARD * len(item.shards)
        shares = rng.pareto(1.6, count) + 0.2
        shares *= RELEASED_SHARE * item.impulse_ns / max(float(shares.sum()), 1e-9)
        delays = rng.exponential(SPREAD_S, count)
        for index, shard in enumerate(np.repeat(np.array(item.shards, dtype=object), CRACKS_PER_SHARD)):
            local = rng.normal(0.0, 0.01, 3)
            side = Side(voices[str(shard)], local, SHARD_LOSS)
            time = item.time_s + float(delays[index])
            knocks.append(
                Knock(time, position, (side,), float(shares[index]), BREAKING_SPEED, 3e-5, item.body)
            )
    return knocks


def crack(item: Break, voices: Mapping[str, Voice], rng: np.random.Generator) -> Array:
    """The crack itself: broadband noise of newly torn surface, pascal at 1 m.

    Fracture sends out a burst above 1 kHz that dies within some 20 ms; its size is taken in
    proportion to the breaking impulse.
    """
    count = int(0.09 * SAMPLE_RATE_HZ)
    clock = np.arange(count) / SAMPLE_RATE_HZ
    noise = rng.standard_normal(count)
    bright = noise - low_passed(noise, 1400.0, order=2)
    envelope = np.exp(-clock / 0.004) + 0.25 * np.exp(-clock / 0.02)
    hardness = voices[item.body].material.hardness
    return np.asarray(bright * envelope * 6.0 * item.impulse_ns * hardness)
