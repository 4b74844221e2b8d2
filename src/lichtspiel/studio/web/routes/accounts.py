"""Accounts: one's own with its keys and passkeys, and for operators everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from lichtspiel.studio.accounts import accounts, keys, passkeys, passwords
from lichtspiel.studio.accounts.accounts import AccountError
from lichtspiel.studio.accounts.caller import Scope
from lichtspiel.studio.accounts.passkeys import PasskeyError
from lichtspiel.studio.database import Account, Key, Passkey
from lichtspiel.studio.web import access
from lichtspiel.studio.web.access import Operator, Owner
from lichtspiel.studio.web.body import Fields
from lichtspiel.studio.web.documentation import accepts
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.routes.entrance import PasskeyAnswer, Words
from lichtspiel.studio.web.services import Here, Services
from lichtspiel.studio.web.text import Sent, Storable

_PREFIX = "/lichtspiel"

router = APIRouter(tags=["Accounts"], prefix=_PREFIX)

Name = Annotated[str, Field(min_length=1, max_length=80), Storable]


class NewPasskey(PasskeyAnswer):
    name: Name = "passkey"


class NewPassword(Sent):
    password: Words
    current: Words | None = None
    """Needed where the account has a password already."""


class NewKey(Sent):
    name: Name
    scopes: Annotated[list[Scope], Field(min_length=1)]


class NewAccount(Sent):
    email: Words
    password: Words | None = None
    role: str = "member"


class AccountChange(Sent):
    """What is left out stays."""

    email: Words | None = None
    active: bool | None = None
    concurrency: Annotated[int, Field(ge=1, le=1000)] | None = None
    daily_seconds: Annotated[int, Field(ge=0, le=10**9)] | None = None


class AccountObject(BaseModel):
    id: str
    object: str = "lichtspiel.account"
    email: str
    role: str
    active: bool
    created_at: int
    has_password: bool
    concurrency: int | None
    daily_seconds: int | None

    @classmethod
    def of(cls, account: Account) -> Self:
        """An account as clients see it."""
        return cls(
            id=account.id,
            email=account.email,
            role=account.role,
            active=account.active,
            created_at=account.created_at,
            has_password=account.password is not None,
            concurrency=account.concurrency,
            daily_seconds=account.daily_seconds,
        )


class KeyObject(BaseModel):
    id: str
    object: str = "lichtspiel.key"
    name: str
    ending: str
    scopes: list[str]
    created_at: int
    last_used_at: int | None
    revoked_at: int | None
    secret: str | None = None
    """Only in the answer that makes the key."""

    @classmethod
    def of(cls, key: Key, secret: str | None = None) -> Self:
        """A key as its owner sees it."""
        return cls(
            id=key.id,
            name=key.name,
            ending=key.ending,
            scopes=key.scopes,
            created_at=key.created_at,
            last_used_at=key.last_used_at,
            revoked_at=key.revoked_at,
            secret=secret,
        )


class PasskeyObject(BaseModel):
    id: str
    object: str = "lichtspiel.passkey"
    name: str
    created_at: int
    last_used_at: int | None

    @classmethod
    def of(cls, passkey: Passkey) -> Self:
        """A passkey as its owner sees it."""
        return cls(
            id=passkey.id,
            name=passkey.name,
            created_at=passkey.created_at,
            last_used_at=passkey.last_used_at,
        )


class Listed[T: BaseModel](BaseModel):
    object: str = "list"
    data: list[T]


class Gone(BaseModel):
    id: str
    deleted: bool = True


@router.get("/account")
def own_account(caller: Owner, here: Here) -> AccountObject:
    """Retrieve one's own account."""
    return AccountObject.of(_account(here, caller.account))


@router.post("/account/password", status_code=204, openapi_extra=accepts(NewPassword))
def change_password(request: Request, caller: Owner, here: Here, fields: Fields) -> None:
    """Set one's own password; all browsers are signed out."""
    wished = validated(NewPassword, fields)
    account = _account(here, caller.account)
    access.tried(here, request, account.email)
    if account.password is not None and not passwords.is_right(wished.current or "", account.password):
        raise ApiError(403, "The current password is another one.", code="wrong_password", param="current")
    with _told():
        accounts.change_password(here.sessions, caller.account, wished.password)


@router.get("/keys")
def list_keys(caller: Owner, here: Here) -> Listed[KeyObject]:
    """List one's own keys, revoked ones too."""
    return Listed(data=[KeyObject.of(key) for key in keys.of_account(here.sessions, caller.account)])


@router.post("/keys", openapi_extra=accepts(NewKey))
def make_key(caller: Owner, here: Here, fields: Fields) -> KeyObject:
    """Make a key, which is shown this once. It may do no more than the caller."""
    wished = validated(NewKey, fields)
    beyond = [scope for scope in wished.scopes if not caller.may(scope)]
    if beyond:
        said = f"A key may do no more than its maker, who has no permission for {', '.join(beyond)}."
        raise ApiError(403, said, code="insufficient_permissions", param="scopes")
    made = keys.make(here.sessions, caller.account, wished.name, wished.scopes)
    (kept,) = [key for key in keys.of_account(here.sessions, caller.account) if key.id == made.id]
    return KeyObject.of(kept, made.secret)


@router.delete("/keys/{key_id}")
def revoke_key(caller: Owner, here: Here, key_id: str) -> Gone:
    """Revoke one of one's own keys."""
    if not keys.revoke(here.sessions, caller.account, key_id):
        raise ApiError(404, f"There is no valid key '{key_id}'.", code="not_found", param="key_id")
    return Gone(id=key_id)


@router.get("/passkeys")
def list_passkeys(caller: Owner, here: Here) -> Listed[PasskeyObject]:
    """List one's own passkeys."""
    return Listed(data=[PasskeyObject.of(key) for key in passkeys.of(here.sessions, caller.account)])


@router.post("/passkeys/invitation")
def invite_passkey(caller: Owner, here: Here) -> dict[str, Any]:
    """Ask for what `navigator.credentials.create` wants."""
    return passkeys.invitation(here.sessions, here.site, _account(here, caller.account))


@router.post("/passkeys", openapi_extra=accepts(NewPasskey))
def add_passkey(caller: Owner, here: Here, fields: Fields) -> PasskeyObject:
    """Keep the passkey that the browser made."""
    wished = validated(NewPasskey, fields)
    try:
        made = passkeys.add(here.sessions, here.site, caller.account, wished.name, wished.credential)
    except PasskeyError as error:
        raise ApiError(400, str(error), code="invalid_passkey", param="credential") from error
    return PasskeyObject.of(made)


@router.delete("/passkeys/{passkey_id}")
def remove_passkey(caller: Owner, here: Here, passkey_id: str) -> Gone:
    """Forget one of one's own passkeys."""
    if not passkeys.remove(here.sessions, caller.account, passkey_id):
        raise ApiError(404, f"There is no passkey '{passkey_id}'.", code="not_found", param="passkey_id")
    return Gone(id=passkey_id)


@router.get("/accounts")
def list_accounts(_caller: Operator, here: Here) -> Listed[AccountObject]:
    """List all accounts."""
    return Listed(data=[AccountObject.of(account) for account in accounts.every(here.sessions)])


@router.post("/accounts", openapi_extra=accepts(NewAccount))
def open_account(_caller: Operator, here: Here, fields: Fields) -> AccountObject:
    """Open an account."""
    wished = validated(NewAccount, fields)
    with _told():
        return AccountObject.of(accounts.add(here.sessions, wished.email, wished.password, wished.role))


@router.post("/accounts/{account_id}", openapi_extra=accepts(AccountChange))
def change_account(_caller: Operator, here: Here, account_id: str, fields: Fields) -> AccountObject:
    """Change an account: its address, its limits, or whether it is open."""
    wished = validated(AccountChange, fields)
    account = _account(here, account_id)
    with _told():
        if wished.email is not None:
            accounts.change_email(here.sessions, account_id, wished.email)
        limits = {"concurrency": account.concurrency, "daily_seconds": account.daily_seconds}
        limits |= {name: getattr(wished, name) for name in limits.keys() & wished.model_fields_set}
        accounts.set_limits(here.sessions, account_id, **limits)
        if wished.active is not None:
            (accounts.reopen if wished.active else accounts.close)(here.sessions, account_id)
    return AccountObject.of(_account(here, account_id))


@router.post("/accounts/{account_id}/keys", openapi_extra=accepts(NewKey))
def make_key_for(_caller: Operator, here: Here, account_id: str, fields: Fields) -> KeyObject:
    """Make a key for somebody, which is shown this once."""
    wished = validated(NewKey, fields)
    account = _account(here, account_id)
    made = keys.make(here.sessions, account.id, wished.name, wished.scopes)
    (kept,) = [key for key in keys.of_account(here.sessions, account.id) if key.id == made.id]
    return KeyObject.of(kept, made.secret)


def _account(here: Services, account: str) -> Account:
    found = accounts.find(here.sessions, account)
    if found is None:
        raise ApiError(404, f"There is no account '{account}'.", code="not_found", param="account_id")
    return found


@contextmanager
def _told() -> Iterator[None]:
    """Turn what an account cannot be into an answer."""
    try:
        yield
    except AccountError as error:
        raise ApiError(400, str(error), code="invalid_value", param=error.field) from error
