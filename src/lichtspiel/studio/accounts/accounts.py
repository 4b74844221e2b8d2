"""Accounts: opened by the operator, entered by password, passkey or API key."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence

from sqlalchemy import delete, exists, select, update

from lichtspiel.studio.accounts import passwords
from lichtspiel.studio.database import NOW, Account, Key, Sessions, SignIn

_EMAIL = re.compile(r"[^@\s\x00-\x1f]{1,64}@[^@\s\x00-\x1f]{1,255}")

ROLES = ("member", "operator")


class AccountError(Exception):
    """An account cannot be as wished; the message says why. `field` names what was wrong."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


def add(sessions: Sessions, email: str, password: str | None = None, role: str = "member") -> Account:
    """Open an account. Raises AccountError."""
    address = _address(email)
    if role not in ROLES:
        raise AccountError(f"A role is {' or '.join(ROLES)}.", "role")
    kept = _hashed(password, address) if password is not None else None
    account = Account(id=f"acct_{secrets.token_hex(12)}", email=address, password=kept, role=role)
    with sessions.begin() as session:
        if session.scalar(select(exists().where(Account.email == address))):
            raise AccountError(f"There is an account of {address} already.", "email")
        session.add(account)
    return account


def find(sessions: Sessions, account: str) -> Account | None:
    """The account of this id, closed ones too."""
    with sessions() as session:
        return session.get(Account, account)


def every(sessions: Sessions) -> Sequence[Account]:
    """All accounts, the oldest first."""
    with sessions() as session:
        return session.scalars(select(Account).order_by(Account.created_at, Account.id)).all()


def of_email(sessions: Sessions, email: str) -> Account | None:
    """The open account of an address."""
    mine = (Account.email == email.strip().lower(), Account.active)
    with sessions() as session:
        return session.scalar(select(Account).where(*mine))


def change_email(sessions: Sessions, account: str, email: str) -> None:
    """Give the account another address. Raises AccountError."""
    address = _address(email)
    with sessions.begin() as session:
        other = exists().where(Account.email == address, Account.id != account)
        if session.scalar(select(other)):
            raise AccountError(f"There is an account of {address} already.", "email")
        session.execute(update(Account).where(Account.id == account).values(email=address))


def change_password(sessions: Sessions, account: str, password: str) -> None:
    """Give the account another password and sign all its browsers out. Raises AccountError."""
    with sessions.begin() as session:
        email = session.scalar(select(Account.email).where(Account.id == account)) or ""
        kept = _hashed(password, email)
        session.execute(update(Account).where(Account.id == account).values(password=kept))
        session.execute(delete(SignIn).where(SignIn.account == account))


def set_limits(sessions: Sessions, account: str, concurrency: int | None, daily_seconds: int | None) -> None:
    """Bound what the account may ask for; None = the studio's default."""
    with sessions.begin() as session:
        mine = update(Account).where(Account.id == account)
        session.execute(mine.values(concurrency=concurrency, daily_seconds=daily_seconds))


def close(sessions: Sessions, account: str) -> None:
    """Let nobody in by this account any more; its videos stay. Raises AccountError."""
    with sessions.begin() as session:
        others = exists().where(Account.role == "operator", Account.active, Account.id != account)
        role = session.scalar(select(Account.role).where(Account.id == account))
        if role == "operator" and not session.scalar(select(others)):
            raise AccountError(
                "The last operator's account stays open: make another operator first.", "account"
            )
        session.execute(update(Account).where(Account.id == account).values(active=False))
        session.execute(delete(SignIn).where(SignIn.account == account))
        mine = update(Key).where(Key.account == account, Key.revoked_at.is_(None))
        session.execute(mine.values(revoked_at=NOW))


def reopen(sessions: Sessions, account: str) -> None:
    """Let a closed account in again; it needs new keys."""
    with sessions.begin() as session:
        session.execute(update(Account).where(Account.id == account).values(active=True))


def _address(email: str) -> str:
    address = email.strip().lower()
    if not _EMAIL.fullmatch(address):
        raise AccountError(f"'{email[:80]}' is no e-mail address.", "email")
    return address


def _hashed(password: str, email: str) -> str:
    try:
        return passwords.hashed(password, email)
    except passwords.WeakPasswordError as error:
        raise AccountError(f"Choose another password: {error}.", "password") from error
