"""Who calls, whether they may, and whether so often."""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable, Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response

from lichtspiel.studio.accounts import keys, sign_ins
from lichtspiel.studio.accounts.caller import Caller, Scope
from lichtspiel.studio.accounts.rates import Leave
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.services import Here, Services

COOKIE = "lichtspiel"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def known(request: Request, response: Response, here: Here) -> None:
    """Keep who calls in the request's state. Raises ApiError for strangers and the too eager."""
    caller = _by_key(request, here) if "authorization" in request.headers else _by_cookie(request, here)
    request.state.caller = caller
    if caller.role != "operator":
        leave = here.rates.ask(caller.account)
        headers = {
            "x-ratelimit-limit-requests": str(here.rates.burst),
            "x-ratelimit-remaining-requests": str(leave.remaining),
        }
        _granted(leave, "This account asks too often", headers)
        response.headers.update(headers)


def _by_key(request: Request, here: Services) -> Caller:
    match = re.fullmatch(r"Bearer +(\S+)", request.headers["authorization"], re.IGNORECASE)
    if match is None:
        raise _stranger("You didn't provide an API key: send it as Authorization: Bearer KEY.")
    caller = keys.caller(here.sessions, match[1])
    if caller is None:
        said = "Incorrect API key provided; `lichtspiel serve --new-key` makes the operator a new one."
        raise _stranger(said, "invalid_api_key")
    return caller


def _by_cookie(request: Request, here: Services) -> Caller:
    cookie = request.cookies.get(COOKIE)
    if cookie is None:
        raise _stranger("You didn't provide an API key: send it as Authorization: Bearer KEY.")
    if request.method not in _SAFE:
        same_site(request)
    caller = sign_ins.caller(here.sessions, cookie)
    if caller is None:
        raise _stranger("This browser is not signed in any more: sign in again.", "signed_out")
    return caller


def _stranger(said: str, code: str | None = None) -> ApiError:
    return ApiError(401, said, code=code, headers={"www-authenticate": "Bearer"})


def same_site(request: Request) -> None:
    """Raise ApiError for what another site's page has a signed-in browser do."""
    if urlsplit(request.headers.get("origin", "")).netloc != request.headers.get("host"):
        raise ApiError(403, "A signed-in browser may do this from the studio's own pages only.", code="csrf")


def remember(response: Response, here: Services, cookie: str) -> None:
    """Hand a browser the cookie of its sign-in, which no script and no other site gets at."""
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=sign_ins.LASTS_S,
        httponly=True,
        samesite="strict",
        secure=here.site.origin.startswith("https://"),
    )


def tried(here: Services, request: Request, email: str | None = None) -> None:
    """Count an attempt to get in. Raises ApiError for too many on an account or from an address."""
    client = request.client.host if request.client else "unknown"
    _granted(here.arrivals.ask(client), "Too many attempts from your address")
    if email is not None:
        _granted(here.attempts.ask(email.strip().lower()), "Too many attempts on this account")


def _granted(leave: Leave, said: str, headers: dict[str, str] | None = None) -> None:
    if not leave.granted:
        wait_s = math.ceil(leave.wait_s)
        said = f"{said}: wait {wait_s} s."
        headers = (headers or {}) | {"retry-after": str(wait_s)}
        raise ApiError(429, said, code="rate_limit_exceeded", headers=headers)


def _with(scope: Scope) -> Callable[[Request], Awaitable[Caller]]:
    async def caller(request: Request) -> Caller:
        found = request.state.caller
        assert isinstance(found, Caller)
        if not found.may(scope):
            said = f"This key has no permission for {scope}: use one that has it among its scopes."
            raise ApiError(403, said, code="insufficient_permissions")
        return found

    return caller


Reader = Annotated[Caller, Depends(_with("videos:read"))]
Writer = Annotated[Caller, Depends(_with("videos:write"))]
Owner = Annotated[Caller, Depends(_with("account"))]
Operator = Annotated[Caller, Depends(_with("operate"))]
