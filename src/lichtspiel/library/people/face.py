"""Faces that move: shapes of a body's own face, and the weights that make an expression of them.

Shapes have the names of Apple's ARKit (jawOpen, eyeBlinkLeft …), which capture and animation
tools share. Left is the person's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import Basis, load
from lichtspiel.library.people.draws import generator
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.screenplay import Expression

SIDES = ("Left", "Right")
_PREFIX = "face/"
_BALL_SIZE = 0.955
"""Of the eyeball against the basis's helper, so that the lids lie on it and not in it."""
_BALL_BACK = 0.075
"""How far its centre lies behind the helper's, in the helper's radii."""
_LID_M = 0.0005
_TONGUE_LIES = 0.5
"""Share of its height over the lower teeth's roots that a tongue loses in a mouth wide open."""
_JAW_DROPS = 0.06
"""How much lower than sculpted the lower teeth and the tongue lie in a mouth wide open, in heights of a face
between eyes and teeth (about 3 mm): the lip stays up, so that of the lower front teeth no more shows than of
the upper ones."""
_LOOK_RANGE_RAD = 0.6
"""Turn of an eye at which its look shapes have their full weight."""
_RESTING_SMILE = (0.085, 0.05)
"""Mean and standard deviation of how far the mouth's corners are drawn up in a face at rest."""
_MIRRORED = np.array([-1.0, 1.0, 1.0])
_LEAN = 0.045
"""Standard deviation of how much stronger one side of a face acts than the other."""


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Every face shape. Raises PackMissingError."""
    return tuple(n.removeprefix(_PREFIX) for n in load().target_names if n.startswith(_PREFIX))


def shapes(physique: Physique, wanted: Iterable[str]) -> dict[str, tuple[IntArray, Array]]:
    """Basis vertices that each shape moves and their deltas in metres, in the size of this face.

    Raises KeyError for a shape that is not there.
    """
    basis = load()
    scale = _extent(basis, physique.vertices) / _extent(basis, basis.vertices)
    found = {}
    for name in wanted:
        index, deltas = _even(name)
        deltas = deltas * scale
        if name.startswith("eye"):
            deltas = _on_the_ball(physique, "l" if name.endswith("Left") else "r", index, deltas)
        if name == "jawOpen":
            deltas = _jaw_down(physique, index, deltas)
        found[name] = (index, deltas)
    return found


def _jaw_down(physique: Physique, index: IntArray, deltas: Array) -> Array:
    """Deltas after which the lower lip covers its teeth, and the tongue lies on the floor of the mouth.

    The shape shows most of the teeth, and carries the tongue along arched as it is in a closed mouth.
    """
    basis = load()
    lower = basis.group("helper-lower-teeth")
    roots = physique.vertices[lower, 2].mean()
    tongue = np.isin(index, basis.group("helper-tongue"))
    over = np.maximum(physique.vertices[index, 2] - roots, 0.0)
    drop = _JAW_DROPS * _extent(basis, physique.vertices)[2]
    lowered = deltas.copy()
    lowered[:, 2] -= np.where(tongue, _TONGUE_LIES * over, 0.0)
    lowered[:, 2] -= np.where(tongue | np.isin(index, lower), drop, 0.0)
    return lowered


@lru_cache(maxsize=64)
def _even(name: str) -> tuple[IntArray, Array]:
    """A shape's vertices of the basis and deltas that mirror those of the other side.

    The shapes were sculpted a little askew: a mouth that opens with them gapes at one corner.
    """
    basis = load()
    other = name
    for side, opposite in (SIDES, SIDES[::-1]):
        if name.endswith(side):
            other = name.removesuffix(side) + opposite
    whole, mirrored = np.zeros_like(basis.vertices), np.zeros_like(basis.vertices)
    for target, values in ((name, whole), (other, mirrored)):
        index, deltas = basis.target(_PREFIX + target)
        values[index] = deltas
    whole = (whole + mirrored[_mirror()] * _MIRRORED) / 2
    moved = np.flatnonzero(np.abs(whole).max(1) > 1e-6).astype(np.int32)
    return moved, whole[moved]


@lru_cache(maxsize=1)
def _mirror() -> IntArray:
    """(V,) the vertex of the basis that lies where each one's mirror image does."""
    vertices = load().vertices
    return np.asarray(cKDTree(vertices).query(vertices * _MIRRORED)[1], np.int32)


def eyeball(physique: Physique, side: str) -> tuple[Array, float]:
    """Centre (3,) and radius of the ball behind the lids of a side, `l` or `r`, metres."""
    centre, helper = physique.eye(side)
    return centre + np.array([0.0, _BALL_BACK * helper, 0.0]), helper * _BALL_SIZE


def _on_the_ball(physique: Physique, side: str, index: IntArray, deltas: Array) -> Array:
    """Deltas after which no part of a lid that lay on the ball lies in it.

    The shapes were made on one face; on another the eye stands deeper or the lid is longer.
    """
    centre, radius = eyeball(physique, side)
    start = physique.vertices[index] - centre
    before = np.linalg.norm(start, axis=1)
    end = start + deltas
    after = np.linalg.norm(end, axis=1)
    lid = (before >= radius) & (before < 1.5 * radius) & (start[:, 1] < 0)
    # Straight ways over the ball dip below its surface half way: the lid ends a little above it.
    least = np.minimum(before, radius + _LID_M)
    pushed = np.where(lid & (after < least), least / np.maximum(after, 1e-6), 1.0)
    return np.asarray(end * pushed[:, None] - start)


def _extent(basis: Basis, vertices: Array) -> Array:
    """(3,) width, depth and height of a face between eyes and teeth, metres."""
    left, right = (vertices[basis.group(f"helper-{side}-eye")].mean(0) for side in "lr")
    teeth = vertices[basis.group("helper-upper-teeth")]
    width = left[0] - right[0]
    height = (left[2] + right[2]) / 2 - teeth[:, 2].mean()
    return np.array([width, np.sqrt(width * height), height])


def expression(kind: Expression) -> dict[str, float]:
    """Weights 0..1 of the shapes that show an expression, both sides alike."""
    return both_sides(catalogue.expressions()[kind.value].weights)


def both_sides(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights with names that leave the side open (mouthSmile) standing for left and right."""
    known = set(names())
    whole: dict[str, float] = {}
    for name, weight in weights.items():
        if name in known:
            whole[name] = weight
        else:
            whole |= {name + side: weight for side in SIDES}
    return whole


def resting(person: Person) -> dict[str, float]:
    """How this person's face is when it shows nothing: lids at ease, no side quite like the other.

    Nobody scowls at rest, and some seem to smile; old foreheads hold up heavy lids.
    """
    rng = generator(person.seed, "resting face")
    old = float(np.clip((person.age_years - 40) / 50, 0, 1))
    lids = rng.normal(0.01, 0.015)
    smile = max(0.02, rng.normal(*_RESTING_SMILE))
    weights = both_sides({"eyeSquint": rng.normal(0.01, 0.03), "cheekSquint": 0.4 * smile})
    weights["browInnerUp"] = max(0.0, rng.normal(0.02 + 0.08 * old, 0.03))
    for side in SIDES:
        weights[f"eyeBlink{side}"] = lids + rng.normal(0, 0.015)
        weights[f"browDown{side}"] = max(0.0, rng.normal(0.0, 0.03))
        weights[f"browOuterUp{side}"] = max(0.0, rng.normal(0.02 + 0.04 * old, 0.05))
        weights[f"mouthDimple{side}"] = max(0.0, rng.normal(0.04, 0.04))
        weights[f"mouthSmile{side}"] = max(0.0, smile + rng.normal(0, 0.015))
    return {name: float(np.clip(weight, 0, 1)) for name, weight in weights.items()}


def weights(person: Person, kind: Expression, strength: float = 1.0) -> dict[str, float]:
    """The whole face of this person at a strength of an expression, resting face included."""
    rng = generator(person.seed, f"face {kind.value}")
    lean = {"Left": 1.0 + rng.normal(0, _LEAN), "Right": 1.0 + rng.normal(0, _LEAN)}
    # What rests gives way to what acts: nobody weeps with the smile they have at rest.
    rests = 1.0 if kind is Expression.NEUTRAL else 1.0 - strength
    whole = {
        name: weight * (1.0 if name.startswith("eye") else rests) for name, weight in resting(person).items()
    }
    for name, weight in expression(kind).items():
        side = next((side for side in SIDES if name.endswith(side)), None)
        shown = strength * weight * (lean[side] if side else 1.0)
        # A wide eye is not half shut.
        whole[name] = max(whole.get(name, 0.0), shown)
    for side in SIDES:
        wide = whole.get(f"eyeWide{side}", 0.0)
        for lid in ("eyeBlink", "eyeSquint"):
            whole[lid + side] = max(0.0, whole.get(lid + side, 0.0) - wide)
    return {name: float(np.clip(weight, 0, 1)) for name, weight in whole.items() if weight > 1e-3}


def gaze(left_rad: float, up_rad: float) -> dict[str, float]:
    """Weights of the lids' shapes that go with both eyes turned to the person's left, and up."""
    sideways, height = left_rad / _LOOK_RANGE_RAD, up_rad / _LOOK_RANGE_RAD
    raw = both_sides({"eyeLookUp": height, "eyeLookDown": -height})
    raw |= {"eyeLookOutLeft": sideways, "eyeLookInRight": sideways}
    raw |= {"eyeLookInLeft": -sideways, "eyeLookOutRight": -sideways}
    return {name: float(np.clip(weight, 0, 1)) for name, weight in raw.items() if weight > 0}
