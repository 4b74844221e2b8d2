"""Folds that a face throws as it moves: beside a smile, around narrowed eyes, on raised and knit brows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.library.people import face
from lichtspiel.library.people.person import Person
from lichtspiel.picture import animate
from lichtspiel.picture.nodes import Graph, Socket
from lichtspiel.picture.people import creases
from lichtspiel.picture.people.creases import Line
from lichtspiel.picture.people.texels import texels
from lichtspiel.take import Performance

DEPTH_M = 0.0020
"""Height that the whole range of a picture's channel spans."""
SMOOTH = 0.7
"""Value of a channel where there is no fold: what is lower lies deeper."""
_SIZE = 1024
_THROAT = -4.0
"""Height in face units above which there are folds."""
_STILL = 1e-3

MAKERS: Mapping[str, Mapping[str, float]] = {
    "smile": {"mouthSmile": 1.25, "noseSneer": 0.9, "mouthUpperUp": 0.5, "mouthStretch": 0.5},
    "eyes": {"cheekSquint": 1.2, "eyeSquint": 1.0, "noseSneer": 0.4},
    "raise": {"browOuterUp": 1.2, "browInnerUp": 0.9},
    "frown": {"browDown": 1.1, "noseSneer": 0.6},
}
"""Kinds of folds in the order of the picture's channels, and how far the shapes of a face throw them."""


def folds(person: Person, size: int) -> NDArray[np.uint8]:
    """(S, S, 4) a picture in the body's layout with a channel for each kind: the folds at their deepest."""
    whole = texels(min(size, _SIZE))
    where = whole.part(whole.face[:, 2] > _THROAT)
    rng = np.random.default_rng((person.seed, 707))
    old = float(np.clip((person.age_years - 25) / 50, 0, 1))
    young = float(np.interp(person.age_years, (3, 10, 20), (0.2, 0.35, 1.0)))
    kinds = (_smile(old, rng), _eyes(old, rng), _raise(old, rng), _frown(old, rng))
    heights = young * np.stack([creases.carved(where, list(lines)) for lines in kinds], -1)
    dither = np.random.default_rng(0).uniform(-0.5, 0.5, heights.shape)
    picture = np.full((where.size, where.size, len(MAKERS)), SMOOTH * 255)
    values = (heights / DEPTH_M + SMOOTH) * 255 + np.where(np.abs(heights) > 1e-6, dither, 0.0)
    picture.reshape(-1, len(MAKERS))[where.covered] = values
    return np.asarray(np.clip(picture + 0.5, 0, 255), np.uint8)


def _smile(old: float, rng: np.random.Generator) -> Iterator[Line]:
    """From the wings of the nose around the mouth, and on lean or old cheeks a second one."""
    reach, second = rng.uniform(-0.05, 0.08), rng.uniform(0, 0.5) + 0.5 * old
    wing = ((0.50, -0.98), (0.76, -1.28))
    inner = (*wing, (1.02 + reach, -1.66), (1.2 + reach, -2.1), (1.24 + reach, -2.5))
    outer = ((1.42, -1.45), (1.62, -1.85), (1.66, -2.3))
    for side in (-1.0, 1.0):
        yield creases.sided(side, inner, 0.00085 + 0.0004 * old, 0.0036 - 0.0012 * old, rng)
        yield creases.sided(side, outer, 0.0005 * second, 0.0028, rng)


def _eyes(old: float, rng: np.random.Generator) -> Iterator[Line]:
    """The roll and the bag of the lower lid, and rays from the outer corner."""
    roll = ((0.5, -0.28), (0.95, -0.40), (1.42, -0.28))
    bag = ((0.5, -0.46), (0.85, -0.66), (1.3, -0.62), (1.6, -0.42))
    for side in (-1.0, 1.0):
        yield creases.sided(side, roll, 0.0006, 0.0014, rng)
        yield creases.sided(side, bag, 0.0007, 0.0026, rng)
        for lean in (0.6, 0.2, -0.2, -0.6):
            ray = creases.crows_foot(lean + rng.normal(0, 0.08), rng)
            yield creases.sided(side, ray, 0.0003 + 0.0005 * old, 0.0010, rng)


def _raise(old: float, rng: np.random.Generator) -> Iterator[Line]:
    for level in (1.2, 1.55, 1.95):
        yield Line(creases.brow_line(level, rng), 0.0008 + 0.0004 * old, 0.0020)


def _frown(old: float, rng: np.random.Generator) -> Iterator[Line]:
    """Upright lines between the brows and, below them, across the root of the nose."""
    for side in (-1.0, 1.0):
        upright = ((0.27, 0.30), (0.2, 0.5), (0.22, 0.78 + rng.uniform(-0.1, 0.1)))
        yield creases.sided(side, upright, rng.uniform(0.0006, 0.0010) + 0.0004 * old, 0.0020, rng)
    across = np.linspace(-0.2, 0.2, 5)
    yield Line(np.stack([across, 0.12 - 0.6 * across**2], -1), 0.0005, 0.0012)


def thrown(weights: Mapping[str, float]) -> Array:
    """How far a face with these weights of shapes throws each kind of fold, 0..1, in the order of MAKERS."""

    def shown(name: str) -> float:
        return weights.get(name, sum(weights.get(name + side, 0.0) for side in face.SIDES) / 2)

    pulls = [max(pull * shown(name) for name, pull in kind.items()) for kind in MAKERS.values()]
    return np.asarray(np.clip(pulls, 0, 1))


def height(graph: Graph, picture: Socket, performance: Performance, count: int, times: Array) -> Socket:
    """Height in metres of the folds that a performance throws at these world times.

    picture: Color of `folds`, whose node has an Alpha as well.
    """
    levels = np.array([thrown(performance.face_at(float(time))) for time in times])
    channels = (*graph.split(picture), picture.node.outputs["Alpha"])
    curves = None
    total: Socket | float = 0.0
    for number, (kind, channel) in enumerate(zip(MAKERS, channels, strict=True)):
        level = graph.node("Value", {})
        level.node.name = f"fold {kind}"
        level.default_value = float(levels[0, number])
        if np.ptp(levels[:, number]) > _STILL:
            curves = curves or animate.curves_of(graph.tree, "NODETREE")
            path = f'nodes["{level.node.name}"].outputs[0].default_value'
            animate.key(curves, path, animate.key_frames(count), levels[:, [number]])
        total = graph.add(total, graph.multiply(level, graph.subtract(channel, SMOOTH)))
    return graph.multiply(total, DEPTH_M)
