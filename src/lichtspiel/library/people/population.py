"""Completes characters of the screenplay to people with nothing left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.people import complexion, faces, haircut, likeness
from lichtspiel.library.people.draws import generator, identity, one_of
from lichtspiel.library.people.growth import height_m
from lichtspiel.library.people.kinship import Kin, families
from lichtspiel.library.people.outfit import ANYONE, outfit
from lichtspiel.library.people.person import Person
from lichtspiel.library.records import RoleEntry
from lichtspiel.screenplay import Character, HairStyle, Sex, Weather

_ATTEMPTS = 8


def populate(
    cast: Sequence[Character], film_seed: int, weather: Weather, cold: bool = False
) -> Mapping[str, tuple[Person, ...]]:
    """Everyone of a film, by the character's id.

    No two of them can be taken for each other: a generated face that came out too like an earlier
    one's is drawn again. A character with a seed or a likeness of its own keeps its face.
    Raises KeyError, PackMissingError.
    """
    kin = families(cast, film_seed)
    known: list[Person] = []
    people: dict[str, tuple[Person, ...]] = {}
    for character in sorted(cast, key=_is_drawn):
        group = []
        for index in range(character.count):
            person = complete(character, film_seed, index, weather, cold, kin=kin.get(character.id))
            attempt = 0
            while _is_drawn(character) and attempt < _ATTEMPTS and _confusable(person, known):
                attempt += 1
                person = complete(character, film_seed, index, weather, cold, attempt, kin.get(character.id))
            known.append(person)
            group.append(person)
        people[character.id] = tuple(group)
    return people


def _is_drawn(character: Character) -> bool:
    """Whether another face would do as well."""
    return character.seed is None and character.likeness is None


def _confusable(person: Person, others: Sequence[Person]) -> bool:
    return any(likeness.distance_m(person, other) < likeness.CONFUSABLE_M for other in others)


def complete(
    character: Character,
    film_seed: int,
    index: int,
    weather: Weather,
    cold: bool = False,
    attempt: int = 0,
    kin: Kin | None = None,
) -> Person:
    """The `index`-th person of a character. Raises KeyError for a role the library lacks.

    attempt: another face for the same character, when the first is too like someone else's.
    kin: whose relative they are.
    """
    seed = identity(character, film_seed, index, attempt)
    role = catalogue.roles()[character.role or ANYONE]
    sex = character.sex or _sex(role, seed)
    age = character.age_years if character.age_years is not None else _age(role, seed)
    asked, tone = character.features, character.skin
    if kin is not None:
        asked, tone = asked or kin.features, tone or kin.skin
    features = complexion.features(asked, tone, kin.family if kin else seed)
    skin = tone or complexion.skin(features, kin.family if kin else seed)
    irises, hair = (kin.colour_seed(seed, part) if kin else seed for part in ("eyes", "hair"))
    style = haircut.hair_style(role, sex, age, features[0], generator(seed, "hair style"))
    dressed_by = identity(character, film_seed, 0) if role.uniform else seed
    return Person(
        sex=sex,
        age_years=age,
        height_m=character.height_m or round(height_m(sex, age, _taller(seed, age)), 3),
        build=_share(character.build, role.build + 0.28 * _normal(seed, "build", 2.0)),
        muscle=_share(character.muscle, role.muscle + 0.3 * _normal(seed, "muscle", 2.0)),
        features=features,
        traits=faces.targets(faces.drawn(character.face, sex, age, seed, kin), seed),
        skin=skin,
        eyes=character.eyes or complexion.eyes(skin, features, irises),
        hair_style=character.hair.style or style,
        hair_colour=character.hair.colour or complexion.hair(skin, features, age, hair),
        beard=character.hair.beard or haircut.beard(role, sex, age, generator(seed, "beard")),
        wears=outfit(character, role, sex, age, weather, cold, generator(dressed_by, "wears")),
        expression=character.expression,
        grey=_grey(character.hair, age, seed),
        face_texture=character.face_texture,
        seed=seed,
    )


def _grey(told: HairStyle, age_years: float, seed: int) -> float:
    """Share of grey hairs. A tenth of them make black hair grey to the eye: who tells a colour means it."""
    if told.grey is not None:
        return told.grey
    return 0.0 if told.colour else complexion.grey_share(age_years, seed)


def _sex(role: RoleEntry, seed: int) -> Sex:
    return Sex(role.sex) if role.sex else one_of(generator(seed, "sex"), (Sex.FEMALE, Sex.MALE))


def _age(role: RoleEntry, seed: int) -> float:
    return round(float(generator(seed, "age").uniform(*role.ages)), 1)


def _taller(seed: int, age_years: float) -> float:
    """Standard deviations from the height of this sex and age; no child is as tall as one years older."""
    return _normal(seed, "height", float(np.interp(age_years, (12, 16), (1.5, 2.2))))


def _normal(seed: int, purpose: str, limit: float) -> float:
    """Standard deviations from the mean, never more than `limit`."""
    return float(np.clip(generator(seed, purpose).standard_normal(), -limit, limit))


def _share(chosen: float | None, drawn: float) -> float:
    return chosen if chosen is not None else round(float(np.clip(drawn, -1, 1)), 3)
