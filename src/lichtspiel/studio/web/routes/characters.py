"""Characters: made from films, to appear in others."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import StringConstraints
from starlette.datastructures import UploadFile

from lichtspiel.studio.web import characters, inside
from lichtspiel.studio.web.access import Reader, Writer
from lichtspiel.studio.web.body import FilmFields
from lichtspiel.studio.web.characters import CharacterObject
from lichtspiel.studio.web.documentation import accepts
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.services import Here
from lichtspiel.studio.web.text import Sent, Storable

router = APIRouter(tags=["Characters"])

SHORTEST_S, LONGEST_S = 2.0, 4.0


class NewCharacter(Sent):
    """A name for the person of a film."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80), Storable]
    """Prompts call them so."""


_FILM = {"video": "A film of 2 to 4 seconds as Lichtspiel made it; the first of its cast is the character."}


@router.post(
    "/videos/characters", openapi_extra=accepts(NewCharacter, _FILM, json=False, required=("video",))
)
def create_character(caller: Writer, here: Here, fields: FilmFields) -> CharacterObject:
    """Make a character of the person in a film."""
    film = fields.pop("video", None)
    if not isinstance(film, UploadFile):
        said = "Send the film in the field 'video' of a form."
        raise ApiError(400, said, code="missing_required_parameter", param="video")
    wished = validated(NewCharacter, fields)
    try:
        made = inside.of_upload(film)
    except inside.ForeignFilmError as error:
        said = (
            "This film was not made by Lichtspiel. Likenesses are not taken from other footage: "
            "nobody in it could be asked for their consent."
        )
        raise ApiError(400, said, code="moderation_blocked", param="video") from error
    if not SHORTEST_S <= made.duration_s <= LONGEST_S:
        said = f"The film lasts {made.duration_s:g} seconds: send one of {SHORTEST_S:g} to {LONGEST_S:g}."
        raise ApiError(400, said, code="invalid_value", param="video")
    person = characters.of_film(made.screenplay)
    return CharacterObject.of(characters.keep(here.sessions, caller.account, wished.name, person))


@router.get("/videos/characters/{character_id}")
def retrieve_character(caller: Reader, here: Here, character_id: str) -> CharacterObject:
    """Retrieve a character."""
    return CharacterObject.of(characters.find(here.sessions, caller.account, character_id))
