"""API keys: 256 random bits, shown once and kept as a hash."""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import delete, exists, select

from lichtspiel.studio.database import Key, Sessions

PREFIX = "sk-lichtspiel-"


def first(sessions: Sessions) -> str | None:
    """The operator's key when the studio has none yet, else None."""
    with sessions() as session:
        known = session.scalar(select(exists().where(Key.hash.is_not(None))))
    return None if known else replace(sessions)


def replace(sessions: Sessions) -> str:
    """A new key for the operator; all earlier ones are void."""
    key = PREFIX + secrets.token_urlsafe(32)
    with sessions.begin() as session:
        session.execute(delete(Key))
        session.add(Key(hash=_hash(key)))
    return key


def is_valid(sessions: Sessions, key: str) -> bool:
    """Whether this studio gave out the key."""
    with sessions() as session:
        return session.get(Key, _hash(key)) is not None


def _hash(key: str) -> str:
    """A plain hash does: nobody can try 2^256 keys, unlike passwords."""
    return hashlib.sha256(key.encode()).hexdigest()
