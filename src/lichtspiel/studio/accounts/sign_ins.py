"""Signed-in browsers: a random cookie, of which the database keeps the hash."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, select

from lichtspiel.studio.accounts import accounts, passwords
from lichtspiel.studio.accounts.caller import SCOPES, Caller
from lichtspiel.studio.database import NOW, Account, Sessions, SignIn

LASTS_S = 30 * 86_400


def by_password(sessions: Sessions, email: str, password: str) -> str | None:
    """The cookie of a new sign-in; None when address and password do not belong together."""
    account = accounts.of_email(sessions, email)
    if not passwords.is_right(password, account.password if account else None) or account is None:
        return None
    if account.password is not None and passwords.is_outdated(account.password):
        renewed = passwords.hashed(password, account.email)
        with sessions.begin() as session:
            session.merge(account).password = renewed
    return start(sessions, account.id)


def start(sessions: Sessions, account: str) -> str:
    """The cookie of a new sign-in to the account; outlived sign-ins are forgotten by the way."""
    cookie = secrets.token_urlsafe(32)
    with sessions.begin() as session:
        session.execute(delete(SignIn).where(SignIn.expires_at < NOW))
        now = session.scalar(select(NOW))
        assert now is not None
        session.add(SignIn(hash=_hash(cookie), account=account, expires_at=now + LASTS_S))
    return cookie


def caller(sessions: Sessions, cookie: str) -> Caller | None:
    """Who calls with this cookie; None when it is unknown, outlived, or its account closed."""
    found = (
        select(Account)
        .join(SignIn, SignIn.account == Account.id)
        .where(SignIn.hash == _hash(cookie), SignIn.expires_at > NOW, Account.active)
    )
    with sessions() as session:
        account = session.scalar(found)
    return Caller(account.id, account.role, frozenset(SCOPES)) if account else None


def end(sessions: Sessions, cookie: str) -> None:
    """Sign a browser out."""
    with sessions.begin() as session:
        session.execute(delete(SignIn).where(SignIn.hash == _hash(cookie)))


def _hash(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
