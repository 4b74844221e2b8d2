"""The queue of accepted videos, in the studio's database, so that nothing accepted is lost.

A video is its own job: queued, in progress, then completed or failed. Whose turn it is, is decided
here; how a video in progress is made, and by whom, is the workflow's.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lichtspiel.studio import announcements
from lichtspiel.studio.database import NOW, Account, Sessions, Video

_CLAIMS = 0x4C530001
"""Advisory lock of whoever decides whose turn it is."""

_AGAIN_S = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    """A video that is being made."""

    video: str
    attempt: int
    """Counts from 1; a job that has gone back into the queue is another one when it comes again."""


def waits(sessions: Sessions) -> bool:
    """Whether there is anything in the queue; asks without a lock."""
    with sessions() as session:
        return session.scalar(select(Video.number).where(*_QUEUED).limit(1)) is not None


def claim(sessions: Sessions, room: int, concurrency: int) -> Job | None:
    """Take the video whose turn it is; None when there is none.

    The highest priority goes first; among equals the account that has the fewest videos in
    progress, then the oldest. An account without a bound of its own has `concurrency` videos in
    progress at most. `room` bounds how many of a priority or a higher one are in progress.
    """
    with sessions.begin() as session:
        _alone(session)
        chosen = _next(session, room, concurrency)
        if chosen is None:
            return None
        taken = {"status": "in_progress", "attempts": Video.attempts + 1}
        begun = update(Video).where(Video.id == chosen).values(taken).returning(Video.attempts)
        return Job(chosen, session.scalars(begun).one())


def put_back(sessions: Sessions, job: Job) -> None:
    """Have a job wait for its turn again; its progress stays."""
    mine = (Video.id == job.video, Video.attempts == job.attempt, *_IN_PROGRESS)
    with sessions.begin() as session:
        session.execute(update(Video).where(*mine).values(status="queued"))


_QUEUED = (Video.status == "queued", ~Video.deleted)
_IN_PROGRESS = (Video.status == "in_progress", ~Video.deleted)


def _next(session: Session, room: int, concurrency: int) -> str | None:
    found = session.execute(select(Video.account, Video.priority).where(*_IN_PROGRESS)).all()
    busy: dict[str, int] = {}
    for account, _ in found:
        busy[account] = busy.get(account, 0) + 1
    wanted = select(Account.id, Account.concurrency).where(Account.id.in_(busy))
    bounds = {account: bound for account, bound in session.execute(wanted)}  # noqa: C416 - rows are no pairs
    full = [account for account, count in busy.items() if count >= (bounds[account] or concurrency)]
    open_ = (*_QUEUED, Video.account.not_in(full))
    highest = session.scalar(select(func.max(Video.priority)).where(*open_))
    if highest is None or sum(priority >= highest for _, priority in found) >= room:
        return None
    oldest = (
        select(Video.account, func.min(Video.number))
        .where(*open_, Video.priority == highest)
        .group_by(Video.account)
    )
    turns = [(busy.get(account, 0), number) for account, number in session.execute(oldest)]
    return session.scalar(select(Video.id).where(Video.number == min(turns)[1]))


def _alone(session: Session) -> None:
    """Wait until nobody else is deciding."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CLAIMS})
    else:  # a write, even of nothing, takes SQLite's only lock
        session.execute(update(Video).where(Video.number < 0).values(progress=0))


def in_progress(sessions: Sessions) -> list[Job]:
    """The videos that are being made."""
    with sessions() as session:
        found = session.execute(select(Video.id, Video.attempts).where(*_IN_PROGRESS))
        return [Job(video, attempt) for video, attempt in found]


def is_wanted(sessions: Sessions, video: str) -> bool:
    """Whether a video is still to be made: nobody has cancelled or deleted it."""
    with sessions() as session:
        return session.scalar(select(Video.number).where(Video.id == video, *_IN_PROGRESS)) is not None


def advance(sessions: Sessions, video: str, progress: int) -> None:
    """Tell how far a job is, in percent; progress never goes back."""
    further = update(Video).where(Video.id == video, *_IN_PROGRESS, Video.progress < progress)
    with sessions.begin() as session:
        session.execute(further.values(progress=progress))


def directed(sessions: Sessions, video: str, screenplay: dict[str, Any]) -> None:
    """Tell what is filmed, once the prompt is read."""
    with sessions.begin() as session:
        session.execute(update(Video).where(Video.id == video, ~Video.deleted).values(filmed=screenplay))


def account(sessions: Sessions, video: str, ledger: list[Any], notes: list[str]) -> None:
    """Tell what became of the prompt's words."""
    with sessions.begin() as session:
        session.execute(
            update(Video).where(Video.id == video, ~Video.deleted).values(ledger=ledger, notes=notes)
        )


def complete(sessions: Sessions, video: str) -> bool:
    """The video is there; False when it was cancelled or deleted meanwhile."""
    done = {"status": "completed", "progress": 100, "completed_at": NOW}
    return _end(sessions, (Video.id == video, *_IN_PROGRESS), done)


def fail(sessions: Sessions, video: str, code: str, message: str) -> None:
    """No video can come of this job."""
    _end(sessions, (Video.id == video, *_IN_PROGRESS), _failed(code, message))


def cancel(sessions: Sessions, video: str) -> bool:
    """Nobody wants this video any more; False when it is over already. Its work ends within seconds."""
    unfinished = Video.status.in_(("queued", "in_progress"))
    return _end(
        sessions,
        (Video.id == video, unfinished, ~Video.deleted),
        _failed("cancelled", "Cancelled on request."),
    )


def steadily[T](ask: Callable[[], T]) -> T:
    """Ask the database until it answers: it may be down for a while."""
    while True:
        try:
            return ask()
        except DBAPIError as error:
            if not _is_passing(error):
                raise
            _log.warning("the database does not answer: %s", str(error.orig).strip().splitlines()[0])
            time.sleep(_AGAIN_S)


def known(sessions: Sessions, videos: Collection[str]) -> dict[str, tuple[str, bool]]:
    """Status of those videos that exist, and whether their files have expired or were deleted."""
    gone = Video.deleted | (func.coalesce(Video.expires_at, NOW + 1) < NOW)
    with sessions() as session:
        wanted = select(Video.id, Video.status, gone).where(Video.id.in_(videos))
        return {video: (status, bool(over)) for video, status, over in session.execute(wanted)}


def _failed(code: str, message: str) -> dict[str, Any]:
    return {"status": "failed", "error_code": code, "error_message": message, "completed_at": NOW}


def _end(sessions: Sessions, mine: tuple[Any, ...], values: dict[str, Any]) -> bool:
    with sessions.begin() as session:
        ended = session.scalar(update(Video).where(*mine).values(**values).returning(Video.id))
        if ended is not None:
            announcements.announce(session, ended)
        return ended is not None


def _is_passing(error: DBAPIError) -> bool:
    """Whether an error speaks of the connection or of a lock, not of what was asked."""
    return error.connection_invalidated or type(error).__name__ in {"OperationalError", "InterfaceError"}
