"""Screenplays that come from outside: YAML text or a JSON object, checked before anything is queued."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, BeforeValidator, Field

from lichtspiel.library import catalogue
from lichtspiel.screenplay import Screenplay

MAX_LETTERS = 200_000


def _from_text(value: object) -> object:
    """The object that YAML or JSON text stands for. Raises ValueError."""
    if not isinstance(value, str):
        return value
    if len(value) > MAX_LETTERS:
        raise ValueError(f"a screenplay has at most {MAX_LETTERS} characters")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(value, yaml.SafeLoader)):
            raise ValueError("write everything out: aliases (*name) are not read here")
        return yaml.safe_load(value)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ValueError(f"it is no valid YAML{where}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def safe(screenplay: Screenplay) -> Screenplay:
    """The screenplay, when it names only what the library has and no file of this machine.

    Raises ValueError.
    """
    for path, named, known in _named(screenplay):
        if named is not None and named not in known:
            raise ValueError(f"{path}: the library has no '{named}'")
    for index, character in enumerate(screenplay.cast):
        if character.face_texture is not None:
            raise ValueError(f"cast.{index}.face_texture names a file of this machine: leave it out")
    return screenplay


def _named(screenplay: Screenplay) -> Iterator[tuple[str, str | None, Any]]:
    yield "setting.place", screenplay.setting.place, catalogue.places()
    for index, prop in enumerate(screenplay.props):
        yield f"props.{index}.thing", prop.thing, catalogue.things()
        yield f"props.{index}.colour", prop.colour, catalogue.colours()
    for index, character in enumerate(screenplay.cast):
        yield f"cast.{index}.role", character.role, catalogue.roles()
        for worn, wear in enumerate(character.wears):
            yield f"cast.{index}.wears.{worn}.garment", wear.garment, catalogue.garments()
    for index, beat in enumerate(screenplay.beats):
        yield f"beats.{index}.motion", beat.motion, catalogue.motions()


def _or_text(schema: dict[str, Any]) -> None:
    schema.setdefault("anyOf", []).append({"type": "string", "description": "The same as YAML text."})


Sent = Annotated[
    Screenplay | None,
    BeforeValidator(_from_text),
    AfterValidator(lambda value: None if value is None else safe(value)),
    Field(json_schema_extra=_or_text),
]
"""A screenplay in a request."""
