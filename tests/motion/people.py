"""People and worlds for the tests of motion."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from lichtspiel import motion, stage
from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import bones_posed, skinned
from lichtspiel.screenplay import Character, Screenplay, Setting, Sex, Shot, Wear
from lichtspiel.stage.world import Direction, PlacedFigure, World
from lichtspiel.take import Performance, Take

NOTHING = Take(48.0, (), np.zeros((2, 0, 3)), np.zeros((2, 0, 4)), np.zeros((0, 2)))
"""A take in which no thing moves."""


def person(
    sex: Sex = Sex.FEMALE,
    years: float = 30,
    height_m: float = 1.7,
    build: float = 0.0,
    seed: int = 1,
    wears: tuple[str, ...] = (),
) -> Person:
    worn = tuple(Wear(garment=garment) for garment in wears)
    return Person(
        sex, years, height_m, build, 0.0, (0.2, 0.3, 0.5), (), "fair", "blue", "short", "brown", "none", worn,
        seed=seed,
    )  # fmt: skip


def everybody() -> dict[str, Person]:
    return {
        "man": person(Sex.MALE, 35, 1.8, seed=1),
        "heavy_man": person(Sex.MALE, 50, 1.75, 1.0, seed=3),
        "heavy_woman": person(Sex.FEMALE, 60, 1.6, 1.0, seed=4),
        "thin_man": person(Sex.MALE, 25, 1.9, -1.0, seed=5),
        "girl": person(Sex.FEMALE, 8, 1.28, seed=6),
        "grandmother": person(Sex.FEMALE, 85, 1.55, 0.3, seed=7),
        "toddler": person(Sex.MALE, 2, 0.87, 0.2, seed=8),
    }


@cache
def _empty_world() -> World:
    return stage.build(
        Screenplay(
            title="motion",
            setting=Setting(place="studio"),
            cast=(Character(id="anna"),),
            shots=(Shot(),),
        )
    )


def figure(
    name: str, who: Person, *directions: Direction, at: tuple[float, float] = (0.0, 0.0)
) -> PlacedFigure:
    ground = _empty_world().figures[0].ground
    return PlacedFigure(name, name, who, physique(who), (*at, 0.0), 0.0, ground, directions)


def world(*figures: PlacedFigure, seconds: float = 4.0) -> World:
    empty = _empty_world()
    span = replace(empty.timeline[0], film_start_s=0.0, film_end_s=seconds, world_start_s=0.0, rate=1.0)
    return replace(empty, figures=figures, timeline=(span,), acting=tuple(f.name for f in figures))


def performed(who: Person, *directions: Direction, seconds: float = 4.0) -> tuple[Performance, Take]:
    take = motion.perform(world(figure("anna", who, *directions), seconds=seconds), NOTHING)
    return take.figures["anna"], take


def bones(body: Physique, performance: Performance) -> tuple[dict[str, Array], dict[str, Array]]:
    """Heads (T, 3) and turns (T, 4) by bone."""
    heads, turns = bones_posed(body.rig, performance.root, performance.pose)
    names = body.rig.names
    return (
        {name: heads[:, i] for i, name in enumerate(names)},
        {name: turns[:, i] for i, name in enumerate(names)},
    )


def skin(body: Physique, root: Array, pose: Array) -> Array:
    return skinned(body.rig, body.skin, body.vertices, *bones_posed(body.rig, root, pose))
