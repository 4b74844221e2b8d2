"""The queue of accepted videos, in the studio's database, so that nothing accepted is lost.

A video is its own job: queued, in progress, then completed or failed. The engine keeps every
finished frame in its work folder, so a job that is taken up again goes on frame by frame. This
module is all that knows how jobs travel; a workflow engine would take its place.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from lichtspiel.studio.database import NOW, Sessions, Video

MAX_ATTEMPTS = 3
"""In a row, none of which got further than those before."""


def claim(sessions: Sessions) -> Video | None:
    """Take the oldest waiting job; None when there is none."""
    oldest = (
        select(Video.number)
        .where(Video.status == "queued", ~Video.deleted)
        .order_by(Video.number)
        .limit(1)
        .scalar_subquery()
    )
    taken = update(Video).where(Video.number == oldest, Video.status == "queued")
    with sessions.begin() as session:
        return session.scalar(
            taken.values(status="in_progress", attempts=Video.attempts + 1).returning(Video)
        )


def advance(sessions: Sessions, video: str, progress: int) -> None:
    """Tell how far a job is, in percent; progress never goes back, and new progress forgives attempts."""
    further = update(Video).where(Video.id == video, ~Video.deleted, Video.progress < progress)
    with sessions.begin() as session:
        session.execute(further.values(progress=progress, attempts=1))


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
    """The video is there; False when it was deleted meanwhile."""
    done = {"status": "completed", "progress": 100, "completed_at": NOW}
    return _end(sessions, video, done)


def fail(sessions: Sessions, video: str, code: str, message: str) -> None:
    """No video can come of this job."""
    why = {"error_code": code, "error_message": message}
    _end(sessions, video, {"status": "failed", "completed_at": NOW, **why})


def retry(sessions: Sessions, video: str, code: str, message: str) -> None:
    """Queue a job again whose attempt failed, or fail it when that was the last one."""
    with sessions() as session:
        attempts = session.scalar(select(Video.attempts).where(Video.id == video)) or 0
    if attempts >= MAX_ATTEMPTS:
        fail(sessions, video, code, f"{message} Given up after {MAX_ATTEMPTS} attempts.")
    else:
        _end(sessions, video, {"status": "queued"})


def take_up_again(sessions: Sessions) -> None:
    """Queue the jobs again that a worker left when it died. Call it when no worker is at work."""
    with sessions() as session:
        left = session.scalars(select(Video.id).where(Video.status == "in_progress", ~Video.deleted)).all()
    for video in left:
        retry(sessions, video, "worker_lost", "The rendering process died, perhaps for want of memory.")


def give_back(sessions: Sessions) -> None:
    """Queue the jobs again that an orderly stop interrupts; that is no failed attempt."""
    mine = update(Video).where(Video.status == "in_progress", ~Video.deleted)
    with sessions.begin() as session:
        session.execute(mine.values(status="queued", attempts=Video.attempts - 1))


def _end(sessions: Sessions, video: str, values: dict[str, Any]) -> bool:
    mine = update(Video).where(Video.id == video, Video.status == "in_progress", ~Video.deleted)
    with sessions.begin() as session:
        return session.scalar(mine.values(**values).returning(Video.number)) is not None
