"""Signing in and out, for those whom the studio does not know yet."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from pydantic import Field

from lichtspiel.studio.accounts import passkeys, sign_ins
from lichtspiel.studio.accounts.passkeys import PasskeyError
from lichtspiel.studio.web import access
from lichtspiel.studio.web.body import Fields
from lichtspiel.studio.web.documentation import accepts
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.services import Here
from lichtspiel.studio.web.text import Sent, Storable

router = APIRouter(tags=["Signing in"], prefix="/lichtspiel")

Words = Annotated[str, Field(min_length=1, max_length=512), Storable]


class SignInRequest(Sent):
    email: Words
    password: Words


class PasskeyAnswer(Sent):
    credential: dict[str, Any]
    """What the browser's credentials API answered, as JSON."""


@router.post("/sign-in", status_code=204, openapi_extra=accepts(SignInRequest))
def sign_in(request: Request, here: Here, fields: Fields, response: Response) -> None:
    """Sign a browser in by e-mail and password; it gets a cookie."""
    wished = validated(SignInRequest, fields)
    access.tried(here, request, wished.email)
    cookie = sign_ins.by_password(here.sessions, wished.email, wished.password)
    if cookie is None:
        raise ApiError(401, "E-mail and password do not belong together.", code="wrong_password")
    access.remember(response, here, cookie)


@router.get("/passkeys/challenge")
def challenge(request: Request, here: Here) -> dict[str, Any]:
    """Ask for what a passkey has to sign, as `navigator.credentials.get` wants it."""
    access.tried(here, request)
    return passkeys.challenge(here.sessions, here.site)


@router.post("/passkeys/sign-in", status_code=204, openapi_extra=accepts(PasskeyAnswer, json=True))
def sign_in_by_passkey(request: Request, here: Here, fields: Fields, response: Response) -> None:
    """Sign a browser in by a passkey; it gets a cookie."""
    access.tried(here, request)
    wished = validated(PasskeyAnswer, fields)
    try:
        cookie = passkeys.sign_in(here.sessions, here.site, wished.credential)
    except PasskeyError as error:
        raise ApiError(401, str(error), code="wrong_passkey") from error
    access.remember(response, here, cookie)


@router.post("/sign-out", status_code=204)
def sign_out(request: Request, here: Here, response: Response) -> None:
    """Sign this browser out."""
    cookie = request.cookies.get(access.COOKIE)
    if cookie is not None:
        access.same_site(request)
        sign_ins.end(here.sessions, cookie)
        response.delete_cookie(access.COOKIE)
