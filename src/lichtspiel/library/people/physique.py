"""Builds the body of a person: vertices, rig and skinning, without hair and clothes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import Basis, load
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.rig import Rig, Skin
from lichtspiel.library.people.weights import eased
from lichtspiel.screenplay import Sex

_ADULT_YEARS = 25.0
_OLD_YEARS = 90.0
_HEIGHT_TRIES = 6
FAMILIES = {"african": "african", "asian": "asian", "european": "caucasian"}
"""The shape targets' own names of the families of features."""


@dataclass(frozen=True, eq=False)
class Physique:
    """One body at rest, in metres: soles on the ground, origin below the hips, face to -y.

    vertices: (V, 3) of the whole base mesh, helper geometry included, so that indices and groups
    of the basis hold.
    """

    vertices: Array
    rig: Rig
    skin: Skin

    @cached_property
    def height_m(self) -> float:
        body = self.vertices[load().group("body")]
        return float(np.ptp(body[:, 2]))

    def eye(self, side: str) -> tuple[Array, float]:
        """Centre (3,) and radius of an eyeball; side is `l` (the person's left) or `r`."""
        ball = self.vertices[load().group(f"helper-{side}-eye")]
        low, high = ball.min(0), ball.max(0)
        return (low + high) / 2, float((high - low).max() / 2)


@lru_cache(maxsize=256)
def physique(person: Person) -> Physique:
    """The body of a person. Raises PackMissingError when the people pack is not installed."""
    basis = load()
    weights = _macro_weights(basis, person, 0.5)
    low, high = 0.0, 1.0
    for _ in range(_HEIGHT_TRIES):
        middle = (low + high) / 2
        weights = _macro_weights(basis, person, middle)
        if _standing_height(basis, weights) < person.height_m:
            low = middle
        else:
            high = middle
    vertices = basis.vertices.copy()
    for name, weight in itertools.chain(weights.items(), person.traits):
        index, deltas = basis.target(name)
        vertices[index] += weight * deltas
    body = vertices[basis.group("body")]
    # Beyond what the targets reach, and for what the traits changed, the whole body is scaled.
    vertices *= person.height_m / np.ptp(body[:, 2])
    vertices[:, 2] -= vertices[basis.group("body"), 2].min()
    hips = vertices[basis.group("joint-pelvis")].mean(0)
    vertices[:, :2] -= np.array([0.0, hips[1]])
    return Physique(vertices, _rig(basis, vertices), eased())


def _rig(basis: Basis, vertices: Array) -> Rig:
    return Rig(
        basis.bone_names,
        np.asarray(basis.arrays["bone_parents"], np.int32),
        basis.joint_points("head", vertices),
        basis.joint_points("tail", vertices),
        np.asarray(basis.arrays["bone_rolls"], np.float64),
    )


def _standing_height(basis: Basis, weights: dict[str, float]) -> float:
    """Height of the body without the person's own traits, metres."""
    body = basis.group("body")
    z = basis.vertices[:, 2].copy()
    for name, weight in weights.items():
        index, deltas = basis.target(name)
        z[index] += weight * deltas[:, 2]
    return float(np.ptp(z[body]))


def _macro_weights(basis: Basis, person: Person, height: float) -> dict[str, float]:
    """Weights of the main targets: products of the shares of their sliders (MakeHuman's macro.json)."""
    shares: dict[str, dict[str, float]] = {
        "gender": _shares(basis.macro, "gender", 1.0 if person.sex is Sex.MALE else 0.0),
        "age": _shares(basis.macro, "age", _age_slider(person.age_years)),
        "muscle": _shares(basis.macro, "muscle", 0.5 + person.muscle / 2),
        "weight": _shares(basis.macro, "weight", 0.5 + person.build / 2),
        "height": _shares(basis.macro, "height", height),
        "race": dict(zip(FAMILIES.values(), person.features, strict=True)),
    }
    known = set(basis.target_names)
    weights: dict[str, float] = {}
    for sliders, pattern in (
        (("race", "gender", "age"), "macrodetails/{}-{}-{}"),
        (("gender", "age", "muscle", "weight"), "macrodetails/universal-{}-{}-{}-{}"),
        (("gender", "age", "muscle", "weight", "height"), "macrodetails/height/{}-{}-{}-{}-{}"),
    ):
        for parts in itertools.product(*(shares[slider].items() for slider in sliders)):
            weight = float(np.prod([share for _, share in parts]))
            name = pattern.format(*(part for part, _ in parts))
            # Average height has no target of its own: it is the base.
            if weight > 1e-3 and name in known:
                weights[name] = weight
    return weights


def _shares(macro: dict[str, Any], slider: str, value: float) -> dict[str, float]:
    for part in macro[slider]["parts"]:
        if part["lowest"] < value < part["highest"]:
            share = (value - part["lowest"]) / (part["highest"] - part["lowest"])
            ends = {part.get("low"): 1 - share, part.get("high"): share}
            return {name: weight for name, weight in ends.items() if name}
    return {}  # between two parts lies the base itself


def _age_slider(years: float) -> float:
    """MakeHuman's age slider: 0 at one year, 0.1875 at ten, 0.5 at 25, 1 at 90."""
    if years <= _ADULT_YEARS:
        return max(0.0, (years - 1.0) / (_ADULT_YEARS - 1.0) / 2)
    return min(1.0, 0.5 + (years - _ADULT_YEARS) / (_OLD_YEARS - _ADULT_YEARS) / 2)
