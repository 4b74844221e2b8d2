"""The OpenAPI document: what can be asked, and what is answered."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from lichtspiel.studio.web.errors import ErrorAnswer

_SCHEMAS = "#/components/schemas/{model}"
_ABOUT = """\
Films from text: every operation of OpenAI's Videos API, for programs written for it, and in the
`lichtspiel` objects what only Lichtspiel can do. Send the key as `Authorization: Bearer KEY`."""

BINARY = {"type": "string", "format": "binary"}

_bodies: dict[str, type[BaseModel]] = {}


def accepts(
    kind: type[BaseModel],
    files: Mapping[str, str] | None = None,
    json: bool = True,
    required: Sequence[str] = (),
) -> dict[str, Any]:
    """What a route's `openapi_extra` says of its body.

    kind: the fields; files: those that a form sends as files, with what they are; required: those
    files that a form must bring.
    """
    _bodies[kind.__name__] = kind
    reference = {"$ref": _SCHEMAS.format(model=kind.__name__)}
    content: dict[str, Any] = {}
    if json:
        content["application/json"] = {"schema": reference}
    content["multipart/form-data"] = {"schema": _form(kind, files, required) if files else reference}
    return {"requestBody": {"required": True, "content": content}}


def answers(media_types: Mapping[str, str], description: str = "The file.") -> dict[int | str, Any]:
    """What a route's `responses` say of files: media types, and what each is."""
    content = {kind: {"schema": {**BINARY, "description": said}} for kind, said in media_types.items()}
    return {200: {"description": description, "content": content}}


def document(app: FastAPI) -> dict[str, Any]:
    """The whole document, OpenAPI 3.1."""
    made = get_openapi(
        title="Lichtspiel",
        version=importlib.metadata.version("lichtspiel"),
        description=_ABOUT,
        routes=app.routes,
    )
    components = made.setdefault("components", {})
    kinds = [(kind, "validation") for kind in _bodies.values()]
    _, sent = models_json_schema([*kinds, (ErrorAnswer, "serialization")], ref_template=_SCHEMAS)  # type: ignore[list-item]
    components["schemas"] = {**components.get("schemas", {}), **sent["$defs"]}
    for unused in ("HTTPValidationError", "ValidationError"):
        components["schemas"].pop(unused, None)
    error = {"schema": {"$ref": _SCHEMAS.format(model="ErrorAnswer")}}
    for operations in made["paths"].values():
        for operation in operations.values():
            told = operation["responses"]
            told.pop("422", None)
            told["4XX"] = {"description": "What is wrong.", "content": {"application/json": error}}
            told["5XX"] = {"description": "What failed.", "content": {"application/json": error}}
    return made


def _form(kind: type[BaseModel], files: Mapping[str, str], required: Sequence[str]) -> dict[str, Any]:
    """The fields of a model, some of which are files in a form."""
    own = kind.model_json_schema(ref_template=_SCHEMAS)
    own.pop("$defs", None)
    own.pop("example", None)
    sent = {name: {**BINARY, "description": said} for name, said in files.items()}
    must = [*own.get("required", ()), *required]
    return {**own, "properties": {**own["properties"], **sent}, "required": must}
