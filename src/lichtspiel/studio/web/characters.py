"""Characters: people of films, kept by name for the films to come."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel
from sqlalchemy import select

from lichtspiel.library.people import kinship
from lichtspiel.packs.store import PackMissingError
from lichtspiel.screenplay import Character as Person
from lichtspiel.screenplay import HairStyle, Screenplay
from lichtspiel.stage import people
from lichtspiel.studio.database import Character, Sessions
from lichtspiel.studio.web.errors import ApiError


class CharacterObject(BaseModel):
    """Somebody who can appear in videos under a name."""

    id: str
    name: str
    created_at: int

    @classmethod
    def of(cls, character: Character) -> Self:
        """A character as clients see it."""
        return cls(id=character.id, name=character.name, created_at=character.created_at)


def keep(sessions: Sessions, account: str, name: str, person: Person) -> Character:
    """Remember a person under a name."""
    made = Character(
        id=f"char_{secrets.token_hex(16)}",
        account=account,
        name=name,
        record=person.model_dump(mode="json"),
    )
    with sessions.begin() as session:
        session.add(made)
    return made


def find(sessions: Sessions, account: str, character: str) -> Character:
    """The account's character of this id. Raises ApiError."""
    mine = select(Character).where(Character.id == character, Character.account == account)
    with sessions() as session:
        found = session.scalar(mine)
    if found is None:
        said = f"Character with id '{character}' not found."
        raise ApiError(404, said, code="not_found", param="character_id")
    return found


def check_named(sessions: Sessions, account: str, prompt: str, wanted: Sequence[str]) -> None:
    """Raise ApiError unless the prompt names every one of these characters of the account."""
    for character in wanted:
        name = find(sessions, account, character).name
        if name not in prompt:
            said = f"The prompt does not name {name}: write the character's name as it was given."
            raise ApiError(400, said, code="character_not_named", param="characters")


def of_film(screenplay: Screenplay) -> Person:
    """The first of a film's cast, with the face that this film gave them. Raises ApiError."""
    if not screenplay.cast:
        said = "Nobody is in this film: make the character from a film of somebody."
        raise ApiError(400, said, code="no_character", param="video")
    first = screenplay.cast[0]
    if first.id in kinship.families(screenplay.cast, screenplay.seed):
        said = "This person has their features from a family, which a character cannot bring along: "
        said += "make the character from a film of them alone."
        raise ApiError(400, said, code="character_of_a_family", param="video")
    try:
        seen = people.cast_people(screenplay)[first.id][0].person
    except PackMissingError as error:
        said = "This studio cannot make people: its operator has to run `lichtspiel packs install people`."
        raise ApiError(503, said, code="people_not_installed") from error
    except KeyError as error:
        said = f"The library has no {error.args[0]}."
        raise ApiError(400, said, code="invalid_value", param="video") from error
    kept = {
        "likeness": seen.seed,
        "count": 1,
        "arrangement": None,
        "sex": seen.sex,
        "age_years": seen.age_years,
        "height_m": seen.height_m,
        "build": seen.build,
        "muscle": seen.muscle,
        "skin": seen.skin,
        "eyes": seen.eyes,
        "hair": HairStyle(style=seen.hair_style, colour=seen.hair_colour, beard=seen.beard, grey=seen.grey),
    }
    return first.model_copy(update=kept)
