"""Who calls, and whether they may."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Header, Request

from lichtspiel.studio.accounts import keys
from lichtspiel.studio.accounts.caller import Caller, Scope
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.services import Here


def known(request: Request, here: Here, authorization: Annotated[str | None, Header()] = None) -> None:
    """Keep who calls in the request's state. Raises ApiError for a caller without a key of this studio."""
    match = re.fullmatch(r"Bearer +(\S+)", authorization or "", re.IGNORECASE)
    headers = {"www-authenticate": "Bearer"}
    if match is None:
        said = "You didn't provide an API key: send it as Authorization: Bearer KEY."
        raise ApiError(401, said, headers=headers)
    caller = keys.caller(here.sessions, match[1])
    if caller is None:
        said = "Incorrect API key provided; `lichtspiel serve --new-key` makes a new one."
        raise ApiError(401, said, code="invalid_api_key", headers=headers)
    request.state.caller = caller


def _with(scope: Scope) -> Callable[[Request], Caller]:
    def caller(request: Request) -> Caller:
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
