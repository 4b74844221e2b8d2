"""Request bodies: JSON, or multipart forms whose keys nest by brackets."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from lichtspiel.studio.web.errors import ApiError

_MAX_PARTS = 100
_MAX_DEPTH = 4
_KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")

_PATIENCE_S = 30.0
_MIN_BYTES_PER_S = 16_000
"""Bodies that trickle in more slowly than this after the first half minute are given up."""


_SPARE_BYTES = 32 << 20
"""Beyond a limit, what is still read and thrown away: who is cut off while sending sees no answer."""


@dataclass(frozen=True)
class Limits:
    """How large a body may be. Files of a form go to disk as they arrive, its fields stay in memory."""

    body: int
    field: int


PLAIN = Limits(32 << 20, 28 << 20)
"""For pictures: 20 MB of them are 27 MB in the text of a data URL."""

FILM = Limits(256 << 20, 256 << 10)
"""For films and lists of requests, which are sent as files."""


async def plain(request: Request) -> AsyncIterator[dict[str, Any]]:
    """The fields of a body without films; files of a form stay upload objects. Raises ApiError."""
    async with _read(request, PLAIN) as fields:
        yield fields


async def with_film(request: Request) -> AsyncIterator[dict[str, Any]]:
    """The fields of a body that may bring a film. Raises ApiError."""
    async with _read(request, FILM) as fields:
        yield fields


Fields = Annotated[dict[str, Any], Depends(plain)]
FilmFields = Annotated[dict[str, Any], Depends(with_film)]


@asynccontextmanager
async def _read(request: Request, limits: Limits) -> AsyncIterator[dict[str, Any]]:
    """The fields, whose files last as long as the block."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().casefold()
    if kind == "multipart/form-data":
        form = await _form(request, limits)
        try:
            yield nested(form.multi_items())
        finally:
            await form.close()
    elif kind == "application/json":
        yield await _json(request)
    else:
        said = "Send application/json or multipart/form-data as Content-Type."
        raise ApiError(415, said, code="unsupported_content_type")


def nested(items: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """`a[b]=1` becomes {"a": {"b": 1}}, `a[]=1` {"a": [1]}, and `a=1` with `a=2` {"a": [1, 2]}.

    Raises ApiError.
    """
    fields: dict[str, Any] = {}
    for key, value in _joined(items):
        match = _KEY.fullmatch(key)
        inner = re.findall(r"\[([^\[\]]*)\]", match[2]) if match else []
        if match is None or len(inner) > _MAX_DEPTH:
            raise ApiError(400, f"Unknown parameter: '{key[:80]}'.", code="unknown_parameter", param=key[:80])
        _put(fields, [match[1], *inner], value, key)
    return fields


def _joined(items: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, Any]]:
    """Plain keys that come several times are lists, as OpenAPI's forms have it."""
    listed = list(items)
    count = Counter(key for key, _ in listed)
    return [(f"{key}[]" if count[key] > 1 and "[" not in key else key, value) for key, value in listed]


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


async def _form(request: Request, limits: Limits) -> FormData:
    parser = MultiPartParser(
        request.headers,
        _limited(request, limits.body),
        max_files=_MAX_PARTS,
        max_fields=_MAX_PARTS,
        max_part_size=limits.field,
    )
    try:
        return await parser.parse()
    except (MultiPartException, KeyError, UnicodeDecodeError, LookupError) as error:
        raise ApiError(400, "The multipart body cannot be read.", code="invalid_body") from error


async def _json(request: Request) -> dict[str, Any]:
    raw = b"".join([chunk async for chunk in _limited(request, PLAIN.body)])
    try:
        fields = json.loads(raw, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "The body is no valid JSON.", code="invalid_json") from error
    if not isinstance(fields, dict):
        raise ApiError(400, "The body must be a JSON object.", code="invalid_json")
    return fields


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes]:
    """The body's pieces as they arrive, up to a size and no slower than what is worth waiting for."""
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > most + _SPARE_BYTES:
        raise _too_large(most)
    clock = asyncio.get_running_loop().time
    began = clock()
    received = 0
    stream = request.stream()
    while True:
        left_s = began + _PATIENCE_S + received / _MIN_BYTES_PER_S - clock()
        try:
            chunk = await asyncio.wait_for(anext(stream), left_s)
        except StopAsyncIteration:
            break
        except TimeoutError as error:
            raise _given_up() from error
        received += len(chunk)
        if received > most + _SPARE_BYTES:
            raise _too_large(most)
        if received <= most:
            yield chunk
    if received > most:
        raise _too_large(most)


def _given_up() -> ApiError:
    return ApiError(408, "The body came too slowly.", code="request_timeout", headers={"connection": "close"})


def _too_large(most: int) -> ApiError:
    said = f"The body is larger than {most >> 20} MB."
    return ApiError(413, said, code="body_too_large", headers={"connection": "close"})
