"""API keys: 256 random bits, shown once and kept as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, or_, select, update

from lichtspiel.studio.accounts.caller import SCOPES, Caller
from lichtspiel.studio.database import NOW, Account, Key, Sessions

PREFIX = "sk-lichtspiel-"
OPERATOR = "operator@localhost"
"""The e-mail of the account that the first start makes, until its owner changes it."""

_SEEN_EVERY_S = 60
"""How exactly it is kept when a key was last used: a write per request would cost more than it tells."""


@dataclass(frozen=True)
class NewKey:
    """A key just made; `secret` is shown this once."""

    id: str
    secret: str


def first(sessions: Sessions) -> str | None:
    """The operator's key when the studio has no operator yet, else None."""
    with sessions() as session:
        known = session.scalar(select(exists().where(Account.role == "operator")))
    return None if known else replace(sessions)


def replace(sessions: Sessions) -> str:
    """A new key for the operator, whose earlier ones are void. Makes the operator if need be."""
    with sessions.begin() as session:
        operator = session.scalar(
            select(Account.id).where(Account.role == "operator").order_by(Account.created_at).limit(1)
        )
        if operator is None:
            operator = f"acct_{secrets.token_hex(12)}"
            session.add(Account(id=operator, email=OPERATOR, role="operator"))
        session.execute(
            update(Key).where(Key.account == operator, Key.revoked_at.is_(None)).values(revoked_at=NOW)
        )
    return make(sessions, operator, "operator's first key", SCOPES).secret


def make(sessions: Sessions, account: str, name: str, scopes: Sequence[str]) -> NewKey:
    """A new key of the account that may do what the scopes say."""
    secret = PREFIX + secrets.token_urlsafe(32)
    key = Key(
        id=f"key_{secrets.token_hex(12)}",
        hash=_hash(secret),
        account=account,
        name=name,
        ending=secret[-4:],
        scopes=list(scopes),
    )
    with sessions.begin() as session:
        session.add(key)
    return NewKey(key.id, secret)


def caller(sessions: Sessions, secret: str) -> Caller | None:
    """Who calls with this key; None when it is unknown, revoked, or its account closed."""
    found = (
        select(Key, Account)
        .join(Account, Account.id == Key.account)
        .where(Key.hash == _hash(secret), Key.revoked_at.is_(None), Account.active)
    )
    with sessions() as session:
        row = session.execute(found).one_or_none()
    if row is None:
        return None
    key, account = row
    _touch(sessions, key.id)
    return Caller(account=account.id, role=account.role, scopes=frozenset(key.scopes))


def of_account(sessions: Sessions, account: str) -> Sequence[Key]:
    """The keys of an account, revoked ones too, the oldest first."""
    with sessions() as session:
        return session.scalars(select(Key).where(Key.account == account).order_by(Key.created_at)).all()


def revoke(sessions: Sessions, account: str, key: str) -> bool:
    """Make a key of the account void; False when there is none that is not."""
    mine = update(Key).where(Key.id == key, Key.account == account, Key.revoked_at.is_(None))
    with sessions.begin() as session:
        return session.scalar(mine.values(revoked_at=NOW).returning(Key.id)) is not None


def _touch(sessions: Sessions, key: str) -> None:
    stale = or_(Key.last_used_at.is_(None), Key.last_used_at < NOW - _SEEN_EVERY_S)
    with sessions() as session:
        if session.scalar(select(Key.id).where(Key.id == key, stale)) is not None:
            session.execute(update(Key).where(Key.id == key).values(last_used_at=NOW))
            session.commit()


def _hash(secret: str) -> str:
    """A plain hash does: nobody can try 2^256 keys, unlike passwords."""
    return hashlib.sha256(secret.encode()).hexdigest()
