"""Everything that goes wrong is told in the shape that OpenAI's clients expect."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import pydantic
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from lichtspiel.studio.media import MediaDownError

_log = logging.getLogger(__name__)

_CODES = {
    "missing": "missing_required_parameter",
    "extra_forbidden": "unknown_parameter",
    "string_too_short": "string_below_min_length",
    "string_too_long": "string_above_max_length",
}


_LONGEST, _LONGEST_NAME = 2000, 200


class ApiError(Exception):
    """An answer other than the one asked for."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.code, self.param = status, message, code, param
        self.headers = dict(headers or {})


class ErrorDetail(pydantic.BaseModel):
    """What is wrong, in words for people and codes for programs."""

    message: str
    type: str
    param: str | None
    code: str | None


class ErrorAnswer(pydantic.BaseModel):
    """Every answer that tells of an error."""

    error: ErrorDetail


def validated[T: pydantic.BaseModel](kind: type[T], fields: Mapping[str, Any]) -> T:
    """What a request says, as a model. Raises ApiError."""
    try:
        return kind.model_validate(fields)
    except pydantic.ValidationError as error:
        raise invalid(error.errors()) from error


async def readable(request: Request) -> None:
    """Raise ApiError for an address that no database can look for."""
    values = (*request.path_params.values(), *request.query_params.values())
    if any("\0" in value for value in values if isinstance(value, str)):
        raise ApiError(400, "The address holds a null character.", code="invalid_value")


def missing_video(video: str) -> ApiError:
    """There is no video of this id, or no longer."""
    return ApiError(404, f"Video with id '{video}' not found.", code="not_found", param="video_id")


def invalid(problems: Sequence[Any]) -> ApiError:
    """The first of pydantic's problems with what was sent."""
    problem = problems[0]
    inside = [part for part in problem["loc"] if part not in {"body", "query", "path"}]
    param = ".".join(str(part) for part in inside) or None
    code = _CODES.get(problem["type"], "invalid_value")
    if code == "missing_required_parameter":
        message = f"Missing required parameter: '{param}'."
    elif code == "unknown_parameter":
        message = f"Unknown parameter: '{param}'."
    else:
        reason = str(problem["msg"]).removeprefix("Value error, ")
        message = f"Invalid value for '{param}': {reason}." if param else f"{reason}."
    return ApiError(400, message, code=code, param=param)


def install(app: FastAPI) -> None:
    """Have the application answer every error in this shape."""
    app.add_exception_handler(ApiError, _told)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _unroutable)
    app.add_exception_handler(MediaDownError, _unstorable)
    app.add_exception_handler(Exception, _unforeseen)


def told(error: ApiError) -> ErrorAnswer:
    """The error as clients see it."""
    param = None if error.param is None else _printable(error.param)[:_LONGEST_NAME]
    return ErrorAnswer(
        error=ErrorDetail(
            message=_printable(error.message), type=_type(error.status), param=param, code=error.code
        )
    )


def _told(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ApiError)
    return JSONResponse(told(error).model_dump(), error.status, error.headers)


def _printable(text: str) -> str:
    """The text without what JSON cannot carry, and not longer than anybody reads."""
    return text[:_LONGEST].encode(errors="replace").decode()


def _type(status: int) -> str:
    if status == HTTPStatus.UNAUTHORIZED:
        return "authentication_error"
    return "server_error" if status >= 500 else "invalid_request_error"


def _unreadable(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return _told(request, invalid(error.errors()))


def _unroutable(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    where = f"({request.method} {request.url.path})"
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _told(request, ApiError(404, f"Invalid URL {where}", code="unknown_url"))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        told = ApiError(405, f"Not allowed here {where}", code="method_not_allowed", headers=error.headers)
        return _told(request, told)
    return _told(request, ApiError(error.status_code, str(error.detail), headers=error.headers))


def _unstorable(request: Request, error: Exception) -> JSONResponse:
    _log.warning("%s %s: the store of files does not answer: %s", request.method, request.url.path, error)
    message = "The studio's files cannot be reached at the moment; try again in a minute."
    return _told(request, ApiError(503, message, code="storage_unavailable", headers={"retry-after": "60"}))


def _unforeseen(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s", request.method, request.url.path, exc_info=error)
    message = "The studio failed at this; its own log says how. Nothing was accepted."
    return _told(request, ApiError(500, message, code="internal_error"))
