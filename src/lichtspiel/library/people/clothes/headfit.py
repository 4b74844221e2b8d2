"""The measures of a head that hats, helmets and glasses are fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique

USUAL_LENGTH_M = 0.2
"""Forehead to back of a grown-up's head (about 0.19 to 0.2 m in anthropometric surveys)."""
EARS_END_M = 0.03
"""Above the eyes by this share of the usual head, the ears no longer widen the head."""
THROAT_M = 0.14
"""Skin so far below the eyes of a usual head still counts to it."""
SIDES = 72
"""Points around a ring."""
FLAT_STYLES = frozenset(["bald", "buzz", "balding"])


@dataclass(frozen=True, eq=False)
class HeadFit:
    """A head as ellipses: at heights above the eyes, half width, half length and middle (y)."""

    eyes: Array
    """Middle between the eyes (3,), metres."""
    eye_half_distance: float
    eye_radius: float
    heights: Array
    half_widths: Array
    half_lengths: Array
    middles: Array
    top_m: float
    """Of the crown above the eyes."""
    hair_m: float
    """How far hair lifts a hat off the scalp."""
    skin: Array
    """Points (N, 3) of head and throat down to below the chin."""

    @property
    def scale(self) -> float:
        """Size of the head against a grown-up's."""
        return float(2 * self.half_lengths[0] / USUAL_LENGTH_M)

    def ring(self, height: float | Array, out: float | Array = 0.0, sides: int = SIDES) -> Array:
        """(N, 3) points around the head at a height above the eyes, `out` metres off scalp and hair.

        The first point is in front; the ring runs to the person's left. Heights and distances may
        differ around the ring.
        """
        turn = np.linspace(0, 2 * np.pi, sides, endpoint=False)
        up = np.broadcast_to(np.asarray(height, float), (sides,))
        off = np.broadcast_to(np.asarray(out, float), (sides,)) + self.hair_m
        wide = np.interp(up, self.heights, self.half_widths) + off
        long = np.interp(up, self.heights, self.half_lengths) + off
        middle = np.interp(up, self.heights, self.middles)
        x, y = wide * np.sin(turn), middle - long * np.cos(turn)
        return np.stack([self.eyes[0] + x, y, self.eyes[2] + up], 1)

    def around(self, sides: int = SIDES) -> Array:
        """(N,) angles of a ring's points: 0 in front, a quarter turn at the person's left."""
        return np.linspace(0, 2 * np.pi, sides, endpoint=False)


@lru_cache(maxsize=256)
def head_of(person: Person, physique: Physique) -> HeadFit:
    """Measure a head."""
    body = physique.vertices[load().group("body")]
    left, radius = physique.eye("l")
    right, _ = physique.eye("r")
    eyes = (left + right) / 2
    above = body[(body[:, 2] > eyes[2] - 0.01) & (np.abs(body[:, 0]) < 0.16)]
    top = float(above[:, 2].max() - eyes[2])
    heights, widths, lengths, middles = [], [], [], []
    for height in np.linspace(EARS_END_M * top / 0.115, 0.97 * top, 9):
        band = above[np.abs(above[:, 2] - eyes[2] - height) < 0.05 * top]
        heights.append(float(height))
        widths.append(float(np.abs(band[:, 0]).max()))
        lengths.append(float(np.ptp(band[:, 1]) / 2))
        middles.append(float((band[:, 1].max() + band[:, 1].min()) / 2))
    hair = 0.004 if person.hair_style in FLAT_STYLES else 0.009
    return HeadFit(
        eyes=eyes,
        eye_half_distance=float(abs(left[0] - right[0]) / 2),
        eye_radius=radius,
        heights=np.array(heights),
        half_widths=np.array(widths),
        half_lengths=np.array(lengths),
        middles=np.array(middles),
        top_m=top,
        hair_m=hair * top / 0.115,
        skin=body[(body[:, 2] > eyes[2] - THROAT_M * top / 0.115) & (np.abs(body[:, 0]) < 0.16)],
    )
