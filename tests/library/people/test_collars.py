"""How collars lie around necks."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel.library import catalogue
from lichtspiel.library.people.clothes.anatomy import canonical
from lichtspiel.library.people.clothes.fitting import Skin
from lichtspiel.library.people.clothes.wardrobe import pressed
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete
from lichtspiel.screenplay import Character, Sex, Wear, Weather

_SECTORS = 16
"""Directions round the neck in which its upper edge is looked for."""
_NOTCH_M = 0.012
"""How far a point of an edge may lie off the middle between its neighbours, twice."""


def _man(build: float) -> Person:
    wears = (Wear(garment="shirt"),)
    character = Character(id="person", seed=3, sex=Sex.MALE, age_years=48.0, build=build, wears=wears)
    return complete(character, 0, 0, Weather.CLEAR)


@pytest.mark.parametrize("build", [0.3, 0.9])
def test_a_buttoned_collar_lies_a_finger_off_the_neck(build: float) -> None:
    who = _man(build)
    body = physique(who)
    points = next(one for one in garments_of(who) if one.garment == "shirt").mesh.vertices
    points = points[points[:, 2] > 0.8 * body.height_m]
    arms = (points - body.rig.heads[body.rig.index("neck01")]) * [1, 1, 0]
    sector = ((np.arctan2(arms[:, 1], arms[:, 0]) / np.pi + 1) * _SECTORS / 2).astype(int) % _SECTORS
    edge = [np.flatnonzero(sector == k)[points[sector == k, 2].argmax()] for k in range(_SECTORS)]
    out = arms[edge] / np.linalg.norm(arms[edge], axis=1, keepdims=True)
    off = Skin(body.vertices).above(points[edge], out)
    assert off.min() > 0.005
    assert off.max() < 0.015


def test_a_collar_leaves_chin_and_lips_as_they_are() -> None:
    who = _man(0.5)
    body = physique(who)
    moved = np.linalg.norm(pressed(body, garments_of(who)) - body.vertices, axis=1)
    face = (canonical().z > 1.433) & (canonical().y < -0.08)
    assert moved[face].max() == 0.0
    assert moved.max() > 0.003, "the neck gives way"


@pytest.mark.parametrize("seed", [416, 7])
def test_the_edge_of_a_hood_goes_over_the_shoulders_without_a_notch(seed: int) -> None:
    who = complete(Character(id="person", seed=seed, wears=(Wear(garment="hoodie"),)), 0, 0, Weather.CLEAR)
    made = next(piece for piece in garments_of(who) if piece.garment == "hoodie")
    slot = list(catalogue.garments()["hoodie"].parts).index("collar")
    faces = np.repeat(made.mesh.slots, made.mesh.sizes) == slot
    rows = made.mesh.vertices[np.unique(made.mesh.corners[faces])].reshape(13, -1, 3)
    edge = np.linalg.norm(np.diff(rows[-2], 2, axis=0), axis=1)
    assert edge.max() < _NOTCH_M
