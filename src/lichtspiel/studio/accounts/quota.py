"""How much an account may ask for in a day, and how much may wait at once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lichtspiel.studio.database import NOW, Account, Video

_DAY_S = 86_400


class QuotaError(Exception):
    """The account has asked for all it may; the message says when it may again. `code` is for programs."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Quota:
    """What an account may ask for that has no bounds of its own."""

    daily_seconds: int | None = None
    """Seconds of film in 24 hours; None = no bound."""
    waiting: int = 200
    """Videos that are not finished."""
    concurrency: int = 2
    """Videos that are made at once."""


def check(session: Session, quota: Quota, account: str, seconds: int) -> None:
    """Raise QuotaError when the account may not ask for so many more seconds.

    Locks the account's row where the database can, so that two requests at once do not both pass.
    """
    found = session.scalar(select(Account).where(Account.id == account).with_for_update())
    daily = found.daily_seconds if found and found.daily_seconds is not None else quota.daily_seconds
    if daily is not None:
        today = (Video.account == account, Video.created_at > NOW - _DAY_S)
        asked = session.scalar(select(func.coalesce(func.sum(Video.seconds), 0)).where(*today)) or 0
        if asked + seconds > daily:
            raise QuotaError(
                f"This account may ask for {daily} seconds of film in 24 hours and has asked for {asked}: "
                "try again later, or ask the operator for more.",
                "insufficient_quota",
            )
    unfinished = Video.status.in_(("queued", "in_progress"))
    mine = select(func.count()).where(Video.account == account, unfinished, ~Video.deleted)
    waiting = session.scalar(mine) or 0
    if waiting >= quota.waiting:
        raise QuotaError(
            f"{waiting} videos of this account are not finished yet: wait for some of them.",
            "rate_limit_exceeded",
        )
