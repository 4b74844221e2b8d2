"""Request bodies: JSON, or multipart forms whose keys nest by brackets."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncGenerator, Iterable
from typing import Any

from fastapi import Request
from starlette.formparsers import MultiPartException, MultiPartParser

from lichtspiel.studio.web.errors import ApiError

MAX_BYTES = 32 << 20
_MAX_PARTS = 100
_MAX_DEPTH = 4
_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")


async def read(request: Request) -> dict[str, Any]:
    """The fields of a body; files of a form stay upload objects. Raises ApiError."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().casefold()
    if kind == "multipart/form-data":
        return nested(await _form(request))
    if kind == "application/json":
        return await _json(request)
    raise ApiError(
        415, "Send application/json or multipart/form-data as Content-Type.", code="unsupported_content_type"
    )


def nested(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """`a[b]=1` becomes {"a": {"b": 1}}, and `a[]=1` becomes {"a": [1]}. Raises ApiError."""
    fields: dict[str, Any] = {}
    for key, value in items:
        match = _KEY.fullmatch(key)
        inner = re.findall(r"\[([^\[\]]*)\]", match[2]) if match else []
        if match is None or len(inner) > _MAX_DEPTH:
            raise ApiError(400, f"Unknown parameter: '{key[:80]}'.", code="unknown_parameter", param=key[:80])
        _put(fields, [match[1], *inner], value, key)
    return fields


def _put(fields: dict[str, Any], path: list[str], value: object, key: str) -> None:
    name, *rest = path
    clash = ApiError(
        400, f"Parameter '{key}' was given twice, or as two kinds.", code="invalid_value", param=key
    )
    if not rest:
        if name in fields:
            raise clash
        fields[name] = value
    elif rest[0] == "":
        items = fields.setdefault(name, [])
        if not isinstance(items, list):
            raise clash
        if len(rest) == 1:
            items.append(value)
        else:
            items.append({})
            _put(items[-1], rest[1:], value, key)
    else:
        inside = fields.setdefault(name, {})
        if not isinstance(inside, dict):
            raise clash
        _put(inside, rest, value, key)


async def _form(request: Request) -> list[tuple[str, Any]]:
    parser = MultiPartParser(
        request.headers,
        _limited(request),
        max_files=_MAX_PARTS,
        max_fields=_MAX_PARTS,
        max_part_size=MAX_BYTES,
    )
    try:
        return (await parser.parse()).multi_items()
    except (MultiPartException, KeyError) as error:
        raise ApiError(400, "The multipart body cannot be read.", code="invalid_body") from error


async def _json(request: Request) -> dict[str, Any]:
    raw = b"".join([chunk async for chunk in _limited(request)])
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "The body is no valid JSON.", code="invalid_json") from error
    if not isinstance(fields, dict):
        raise ApiError(400, "The body must be a JSON object.", code="invalid_json")
    return fields


async def _limited(request: Request) -> AsyncGenerator[bytes]:
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > MAX_BYTES:
            raise ApiError(413, f"The body is larger than {MAX_BYTES >> 20} MB.", code="body_too_large")
        yield chunk
