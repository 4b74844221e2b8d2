"""Relief of skin: the lines that faces grow with the years, hands and the fine grain of age."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.people.person import Person
from lichtspiel.picture.people import hands
from lichtspiel.picture.people.fields import noise, step
from lichtspiel.picture.people.texels import Floats, Texels

_UNIT_M = 0.0308
"""Half the distance of the base mesh's eyes: the unit of face coordinates."""
_SPACING = 0.012
"""Of the points that stand for a line, in face units."""
_REACH = 5.0
"""Half widths of a line away from which nothing is left of it."""

Points = tuple[tuple[float, float], ...]
"""In face units: to the left, up."""

_SIDES: tuple[tuple[Points, float, float, float, float], ...] = (
    (((0.5, -0.42), (0.8, -0.62), (1.15, -0.66), (1.5, -0.5)), 35, 80, 0.00058, 0.0012),
    (((0.6, -0.30), (0.95, -0.42), (1.35, -0.33)), 26, 70, 0.00030, 0.0007),
    (((0.56, -1.12), (0.8, -1.45), (1.02, -1.9), (1.12, -2.35)), 25, 75, 0.00055, 0.0020),
    (((0.95, -2.3), (1.03, -2.6), (1.0, -2.95)), 42, 80, 0.00050, 0.0017),
    (((1.35, -1.5), (1.55, -2.0), (1.6, -2.5)), 55, 88, 0.00030, 0.0014),
)
"""Bag and fold below the eye, nasolabial and marionette line, cheek: points, ages in years at which
the line comes and is at its full depth, depth and half width in metres."""


@dataclass(frozen=True)
class Line:
    """A crease seen from the front: points (K, 2) in face units, its depth and half width in metres."""

    points: Floats
    depth_m: float
    width_m: float


def relief(person: Person, texels: Texels) -> Floats:
    """(N,) height in metres against smooth skin."""
    rng = np.random.default_rng((person.seed, 202))
    old = float(np.clip((person.age_years - 25) / 55, 0, 1.1))
    height = carved(texels, list(_lines(person.age_years, rng)))
    height += _grain(texels, old, rng)
    height += hands.relief(person, texels)
    lips = texels.mask("lips")
    furrows = noise(rng, texels.face * np.array([1, 0.3, 0.12]), 16.0, 2)
    return np.asarray(height * (1 - 0.7 * lips) + (0.00012 + 0.00005 * old) * lips * furrows)


def _lines(age_years: float, rng: np.random.Generator) -> Iterator[Line]:
    """Every line of the face. Each kind comes at an age of its own, some sooner, some later."""

    def grown(onset: float, full: float) -> float:
        share = (age_years - onset - rng.normal(0, 4)) / (full - onset)
        return float(np.clip(share, 0, 1) ** 1.2)

    forehead = grown(24, 78) * rng.uniform(0.6, 1.2)
    for index, level in enumerate((1.15, 1.5, 1.85, 2.2)):
        yield Line(brow_line(level, rng), 0.00060 * forehead * (1.0 - 0.15 * index), 0.0009)
    furrow, feet = grown(28, 80) * rng.uniform(0.4, 1.2), grown(27, 70)
    onsets = [grown(onset, full) for _, onset, full, _, _ in _SIDES]
    sipping = grown(52, 85)
    for side in (-1.0, 1.0):
        yield sided(side, ((0.2, 0.5), (0.17, 0.75), (0.22, 1.0)), 0.00042 * furrow, 0.0010, rng)
        for lean in (0.75, 0.35, -0.05, -0.45, -0.8):
            yield sided(side, crows_foot(lean + rng.normal(0, 0.08), rng), 0.00042 * feet, 0.0007, rng)
        for (points, _, _, depth, width), share in zip(_SIDES, onsets, strict=True):
            yield sided(side, points, depth * share, width, rng)
        for across in np.arange(0.08, 0.75, 0.13).tolist():
            yield sided(side, ((across, -1.72), (across * 1.03, -1.95)), 0.00030 * sipping, 0.0005, rng)
            yield sided(side, ((across, -2.45), (across * 1.03, -2.6)), 0.00015 * sipping, 0.0005, rng)
    chin = np.array([[-0.55, -2.82], [0.0, -2.68], [0.55, -2.82]])
    yield Line(chin, 0.0003 * grown(35, 80), 0.0014)
    for level in (-4.7, -5.5, -6.2):
        across = np.linspace(-1.5, 1.5, 9)
        ring = level + rng.normal(0, 0.1) + 0.09 * across**2 + rng.normal(0, 0.02, 9)
        yield Line(np.stack([across, ring], -1), 0.0005 * max(0.12, grown(30, 75)), 0.0011)


def brow_line(level: float, rng: np.random.Generator) -> Floats:
    """A line across the forehead, seldom straight and never quite even."""
    reach = rng.uniform(0.8, 1.5)
    across = np.linspace(-reach, reach * rng.uniform(0.8, 1.0), 12)
    wave = level + rng.normal(0, 0.05) - 0.09 * across**2 + 0.05 * np.sin(across * 2.6 + rng.uniform(0, 6))
    wave += 0.10 * np.exp(-((across / 0.3) ** 2)) * rng.uniform(-0.6, 0.3) + rng.normal(0, 0.012, 12)
    return np.stack([across, wave], -1)


def crows_foot(lean: float, rng: np.random.Generator) -> Points:
    """A ray from the outer corner of the eye."""
    length, start = rng.uniform(0.35, 0.75), (1.66, 0.02 + 0.16 * np.sin(lean))
    return tuple(
        (float(start[0] + np.cos(lean) * length * t), float(start[1] + np.sin(lean) * length * t))
        for t in (0.0, 0.5, 1.0)
    )


def sided(side: float, points: Points, depth_m: float, width_m: float, rng: np.random.Generator) -> Line:
    """A line on the left (1) or right (-1) half of the face, which differ a little."""
    jitter = rng.normal(0, 0.025, (len(points), 2))
    return Line((np.array(points) + jitter) * np.array([side, 1.0]), depth_m, width_m)


def carved(texels: Texels, lines: list[Line]) -> Floats:
    """Lines laid on the front of the head and cut in, with the skin piled up a little beside them."""
    face = texels.face
    height = np.zeros(len(face))
    front = np.flatnonzero(
        (texels.normal[:, 1] < 0.15)
        & (face[:, 2] > -7.5)
        & (face[:, 2] < 3.5)
        & (texels.mask("inside_mouth") < 0.1)
        & (np.abs(face[:, 0]) < 3.2)
    )
    drawn = [line for line in lines if line.depth_m > 5e-6]
    if not drawn or not len(front):
        return height
    flat = np.concatenate([_dense(line.points) for line in drawn])
    counts = [len(_dense(line.points)) for line in drawn]
    owner = np.repeat(np.arange(len(drawn)), counts)
    ends = np.concatenate([np.sin(np.pi * np.linspace(0.03, 0.97, count)) ** 0.5 for count in counts])
    _, below = cKDTree(face[front][:, [0, 2]]).query(flat)
    points = texels.place[front[below]]
    widths = np.array([line.width_m for line in drawn])[owner]
    depths = np.array([line.depth_m for line in drawn])[owner] * ends
    for layer in range(2):  # two sets, so that crossing lines both show
        chosen = owner % 2 == layer
        if not chosen.any():
            continue
        reach = _REACH * float(widths.max())
        distance, near = cKDTree(points[chosen]).query(texels.place[front], distance_upper_bound=reach)
        close = np.isfinite(distance)
        away = distance[close] / widths[chosen][near[close]]
        # A groove with a slow rise beside it, which is what catches the light.
        profile = -np.exp(-(away**2)) + 0.28 * np.exp(-((away / 2.8) ** 2))
        height[front[close]] += depths[chosen][near[close]] * profile
    return height


def _dense(points: Floats) -> Floats:
    """A smooth line through the points at even spacing."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    at = np.linspace(0, length[-1], max(4, int(length[-1] / _SPACING)))
    line = np.stack([np.interp(at, length, points[:, axis]) for axis in range(2)], -1)
    padded = np.pad(line, ((3, 3), (0, 0)), mode="reflect", reflect_type="odd")
    kernel = np.ones(7) / 7
    return np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in range(2)], -1)


def _grain(texels: Texels, old: float, rng: np.random.Generator) -> Floats:
    """Fine unevenness everywhere; crossing wrinkles on old cheeks, necks and hands."""
    face = texels.face
    soft = 0.00006 * noise(rng, texels.place, 110.0, 2)
    fine = noise(rng, texels.place * np.array([1.0, 1.0, 0.35]), 420.0, 2)
    crossed = noise(rng, texels.place * np.array([0.4, 0.4, 1.0]), 480.0, 2)
    where = 0.35 + 0.65 * step(face[:, 2], 0.5, -0.6)
    return np.asarray(
        soft * (0.5 + old) - (0.00001 + 0.00007 * old**1.5) * where * (np.abs(fine) + np.abs(crossed))
    )
