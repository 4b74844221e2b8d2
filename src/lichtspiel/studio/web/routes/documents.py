"""The documentation that the studio brings: OpenAPI, and a page of it for people."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse

from lichtspiel.studio.web import documentation, page
from lichtspiel.studio.web.services import Here

router = APIRouter(include_in_schema=False)


@router.get("/v1/openapi.json")
def openapi(request: Request) -> dict[str, Any]:
    """The OpenAPI document."""
    return _document(request.app)


@router.get("/docs")
def docs(request: Request, here: Here) -> HTMLResponse:
    """The same for people."""
    return HTMLResponse(page.of(_document(request.app), f"{here.site.origin}/v1"))


@cache
def _document(app: FastAPI) -> dict[str, Any]:
    return documentation.document(app)
