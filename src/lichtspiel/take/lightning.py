"""Lightning: when it strikes, where, and how bright it is; its thunder comes later by the way of sound.

A thunder that the screenplay asks for at a moment has struck before it. Where its usual distance would put
the flash before the film, the strike is nearer, within reason, so that both are in the film.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.catalogue import sounds
from lichtspiel.library.hearing import SoundEntry
from lichtspiel.stage.instance import rng_for
from lichtspiel.stage.storm import THUNDER
from lichtspiel.stage.world import World
from lichtspiel.take.cues import Timed, timed
from lichtspiel.take.model import Array, Take

SPEED_OF_SOUND = 343.0
LEAD_S = 0.3
"""A film is seen for so long before it first flashes."""
NEAREST = 0.2
"""Share of its usual distance down to which a strike comes nearer for the film's sake."""
BY_THEN = 0.4
"""Share of a storm after which its first thunder is heard."""
FAR_M, SUMMER_AT = 2500.0, 0.4
"""A storm so far off, of which a flash before the film is heard, is seen to flash again when this share of
the film is over; nobody hears that one any more."""
PAUSE_S = (5.0, 9.0)
"""Between the strikes of a storm overhead."""
ASIDE_RAD = 0.3
"""Strikes fall within so much of where the camera looks."""
RETURN_S, RETURN_SPREAD = 0.060, 0.5
"""Geometric mean of the time between return strokes, and its spread (Rakov and Uman, Lightning, 2003)."""
MOST_RETURNS = 4
GLOW_S = 0.045
"""In which the light of one stroke fades to 1/e: the current that goes on, and what clouds hold back."""
SEGMENT_M, CLOUD_M = 8.0, 3500.0
"""Length of a straight piece of the channel; height at which it leaves the cloud."""


@dataclass(frozen=True)
class Strike:
    """A flash of lightning."""

    film_s: float
    """When it is seen; negative before the film."""
    distance_m: float
    """From the action."""
    aside_rad: float
    """How far to the right it strikes of where the camera looks; its thunder comes from all around."""
    strokes: tuple[tuple[float, float], ...]
    """Seconds after its beginning and brightness, 0 … 1, of the first stroke and of those that return."""
    shape: int
    """Seed of its channel."""
    cue: int
    """Index into the screenplay's sounds."""
    sound: str
    """Its thunder in the library."""

    @property
    def heard_s(self) -> float:
        """Film time at which its thunder begins."""
        return self.film_s + self.distance_m / SPEED_OF_SOUND

    def brightness(self, from_s: float, until_s: float) -> float:
        """Mean over an interval of film time, where 1 is the first stroke at its brightest."""
        total = 0.0
        for after, bright in self.strokes:
            start = max(from_s - self.film_s - after, 0.0)
            end = max(until_s - self.film_s - after, 0.0)
            total += bright * GLOW_S * float(np.exp(-start / GLOW_S) - np.exp(-end / GLOW_S))
        return total / (until_s - from_s)


def strikes(world: World, take: Take) -> tuple[Strike, ...]:
    """All lightning whose thunder the film's screenplay has, in the order of the cues, the heard first."""
    if world.air_density <= 0:
        return ()
    return tuple(one for item in timed(world, take) for one in _of(world, item))


def thunders_in(entry: SoundEntry) -> tuple[SoundEntry, ...]:
    """The thunder that a sound is or has among its layers."""
    known = sounds()
    parts = (known[layer.sound] for layer in entry.layers)
    return tuple(one for one in (entry, *parts) if one.builder == THUNDER)


def channel(distance_m: float, shape: int) -> Array:
    """Points (N, 3) of a strike's channel from the ground upwards, metres; it is heard at the origin.

    It strikes at (0, distance_m, 0) and goes up in short straight pieces that lean and wander.
    """
    rng = np.random.default_rng(shape)
    pieces = int(CLOUD_M / SEGMENT_M * 1.3)
    lean = np.array([rng.normal(0, 0.35), rng.normal(0, 0.35), 1.0])
    wander = np.cumsum(rng.normal(0, 0.5, (pieces, 3)), axis=0) * 0.06
    steps = lean + wander + rng.normal(0, 0.45, (pieces, 3))
    steps *= SEGMENT_M / np.linalg.norm(steps, axis=1, keepdims=True)
    return np.asarray(np.array([0.0, distance_m, 0.0]) + np.cumsum(steps, axis=0))


def _of(world: World, item: Timed) -> Iterator[Strike]:
    rng = rng_for(world.screenplay, f"lightning {item.number}")
    for thunder in thunders_in(item.entry):
        usual = float(thunder.parameters["distance_m"])  # type: ignore[arg-type]
        if thunder is item.entry:
            distance = _brought_near(usual, item.start_s - LEAD_S)
            struck_s, end_s = item.start_s - distance / SPEED_OF_SOUND, world.timeline[-1].film_end_s
            yield _strike(item, thunder, struck_s, distance, rng)
            seen_s = LEAD_S + SUMMER_AT * (end_s - LEAD_S)
            if struck_s < 0 and distance >= FAR_M and seen_s + distance / SPEED_OF_SOUND > end_s:
                yield _strike(item, thunder, seen_s, distance, rng)
            continue
        distance, at = _brought_near(usual, BY_THEN * item.seconds - LEAD_S), item.start_s + LEAD_S
        while at + distance / SPEED_OF_SOUND < item.start_s + item.seconds:
            yield _strike(item, thunder, at, distance, rng)
            distance, at = usual * float(rng.uniform(0.5, 1.2)), at + float(rng.uniform(*PAUSE_S))


def _brought_near(usual_m: float, delay_s: float) -> float:
    """Distance from which thunder takes so long; the usual one where that is nearer or all too far."""
    near = SPEED_OF_SOUND * delay_s
    return near if NEAREST * usual_m <= near < usual_m else usual_m


def _strike(
    item: Timed, thunder: SoundEntry, film_s: float, distance_m: float, rng: np.random.Generator
) -> Strike:
    aside = float(rng.uniform(-ASIDE_RAD, ASIDE_RAD))
    strokes, after = [(0.0, 1.0)], 0.0
    for _ in range(int(rng.integers(1, MOST_RETURNS))):
        after += float(RETURN_S * rng.lognormal(0.0, RETURN_SPREAD))
        strokes.append((after, float(rng.uniform(0.3, 0.8))))
    shape = int(rng.integers(2**31))
    return Strike(film_s, distance_m, aside, tuple(strokes), shape, item.number, thunder.id)
