"""Figures and what they do, made by hand, for tests of what they do to things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import about, rest_pose
from lichtspiel.screenplay import Sex
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Fall, Performance

RATE_HZ = 48.0


@cache
def body() -> Physique:
    return physique(person())


def person() -> Person:
    return Person(
        Sex.MALE,
        30,
        1.78,
        0.0,
        0.0,
        (0.2, 0.3, 0.5),
        (),
        "fair",
        "blue",
        "short",
        "brown",
        "none",
        (),
        seed=1,
    )


def figure(
    name: str = "anna", ground: str = "place/floor", at: tuple[float, float, float] = (0, 0, 0)
) -> PlacedFigure:
    return PlacedFigure(name, name, person(), body(), at, 0.0, ground)


def with_figures(world: World, *figures: PlacedFigure, **more: object) -> World:
    return replace(world, figures=figures, **more)  # type: ignore[arg-type]


def moving(
    duration_s: float,
    bones: dict[str, Callable[[Array], Array]] | None = None,
    root: Callable[[Array], Array] | None = None,
    falls: tuple[Fall, ...] = (),
    axis: tuple[float, float, float] = (1.0, 0.0, 0.0),
) -> Performance:
    """A body in the pose of rest, but for bones that turn about an axis by angles over time.

    root: metres (T, 3) against standing on the ground at the origin.
    """
    times = np.arange(round(duration_s * RATE_HZ) + 2) / RATE_HZ
    pose = np.repeat(rest_pose(body().rig)[None], len(times), axis=0)
    for bone, angle in (bones or {}).items():
        pose[:, body().rig.index(bone)] = [about(axis, float(a)) for a in angle(times)]
    way = np.zeros((len(times), 3)) if root is None else root(times)
    return Performance(RATE_HZ, way, pose, falls=falls)
