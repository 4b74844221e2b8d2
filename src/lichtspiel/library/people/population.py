"""Completes a character of the screenplay to a person with nothing left open."""

from __future__ import annotations

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.people import complexion, faces
from lichtspiel.library.people.draws import generator, identity, one_of
from lichtspiel.library.people.growth import height_m
from lichtspiel.library.people.outfit import ANYONE, outfit
from lichtspiel.library.people.person import Person
from lichtspiel.library.records import RoleEntry
from lichtspiel.screenplay import Character, Sex, Weather


def complete(
    character: Character, film_seed: int, index: int, weather: Weather, cold: bool = False
) -> Person:
    """The `index`-th person of a character. Raises KeyError for a role the library lacks."""
    seed = identity(character, film_seed, index)
    role = catalogue.roles()[character.role or ANYONE]
    sex = character.sex or _sex(role, seed)
    age = character.age_years if character.age_years is not None else _age(role, seed)
    features = complexion.features(character.features, character.skin, seed)
    skin = character.skin or complexion.skin(features, seed)
    hair_style, beard = _hair(character, sex, seed)
    return Person(
        sex=sex,
        age_years=age,
        height_m=character.height_m or round(height_m(sex, age, _normal(seed, "height", 2.2)), 3),
        build=_share(character.build, role.build + 0.28 * _normal(seed, "build", 2.0)),
        muscle=_share(character.muscle, role.muscle + 0.3 * _normal(seed, "muscle", 2.0)),
        features=features,
        traits=faces.targets(faces.drawn(character.face, sex, age, seed), seed),
        skin=skin,
        eyes=character.eyes or complexion.eyes(skin, features, seed),
        hair_style=hair_style,
        hair_colour=character.hair.colour or complexion.hair(skin, features, age, seed),
        beard=beard,
        wears=outfit(character, role, sex, age, seed, weather, cold),
        expression=character.expression,
        face_texture=character.face_texture,
        seed=seed,
    )


def _sex(role: RoleEntry, seed: int) -> Sex:
    return Sex(role.sex) if role.sex else one_of(generator(seed, "sex"), (Sex.FEMALE, Sex.MALE))


def _age(role: RoleEntry, seed: int) -> float:
    return round(float(generator(seed, "age").uniform(*role.ages)), 1)


def _normal(seed: int, purpose: str, limit: float) -> float:
    """Standard deviations from the mean, never more than `limit`."""
    return float(np.clip(generator(seed, purpose).standard_normal(), -limit, limit))


def _share(chosen: float | None, drawn: float) -> float:
    return chosen if chosen is not None else round(float(np.clip(drawn, -1, 1)), 3)


def _hair(character: Character, sex: Sex, seed: int) -> tuple[str, str]:
    options = ("short", "side_part", "crew") if sex is Sex.MALE else ("bob", "long_straight", "ponytail")
    style = character.hair.style or one_of(generator(seed, "hair style"), options)
    return style, character.hair.beard or "none"
