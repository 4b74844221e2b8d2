"""The studio's videos: accepted, found, listed, deleted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from sqlalchemy import select, update

from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web.errors import ApiError, missing_video
from lichtspiel.studio.web.wire import CreateVideo


def accept(sessions: Sessions, account: str, wished: CreateVideo) -> Video:
    """Queue a new video; once this returns, it survives whatever happens to the studio."""
    model = MODELS[wished.model]
    width, height = model.size(wished.size)
    quality = wished.lichtspiel.quality or model.quality.name
    video = _new(
        account=account,
        model=wished.model,
        prompt=wished.prompt,
        seconds=int(wished.seconds),
        width=width,
        height=height,
        quality=quality,
        fps=wished.lichtspiel.fps or model.quality.fps,
        seed=wished.lichtspiel.seed,
    )
    return _queued(sessions, video)


def remix(sessions: Sessions, source: Video, prompt: str) -> Video:
    """Queue a video of another prompt that is like its source in all else."""
    video = _new(
        account=source.account,
        model=source.model,
        prompt=prompt,
        seconds=source.seconds,
        width=source.width,
        height=source.height,
        quality=source.quality,
        fps=source.fps,
        seed=source.seed,
        operation="remix",
        source=source.id,
    )
    return _queued(sessions, video)


def find(sessions: Sessions, account: str, video: str) -> Video:
    """The account's video of this id. Raises ApiError."""
    with sessions() as session:
        found = session.scalar(
            select(Video).where(Video.id == video, Video.account == account, ~Video.deleted)
        )
    if found is None:
        raise missing_video(video)
    return found


def page(
    sessions: Sessions, account: str, after: str | None, limit: int, newest_first: bool
) -> tuple[Sequence[Video], bool]:
    """At most `limit` videos that follow the one called `after`, and whether there are more.

    A video that was deleted still tells where its page ended. Raises ApiError.
    """
    wanted = select(Video).where(Video.account == account, ~Video.deleted).limit(limit + 1)
    wanted = wanted.order_by(Video.number.desc() if newest_first else Video.number)
    with sessions() as session:
        if after is not None:
            last = session.scalar(select(Video.number).where(Video.id == after, Video.account == account))
            if last is None:
                raise ApiError(
                    400, f"There is no video '{after}' to go on after.", code="invalid_value", param="after"
                )
            wanted = wanted.where(Video.number < last if newest_first else Video.number > last)
        found = session.scalars(wanted).all()
    return found[:limit], len(found) > limit


def delete(sessions: Sessions, account: str, video: str) -> bool:
    """Forget a video but for its id; tell whether it was being made. Raises ApiError."""
    mine = (Video.id == video, Video.account == account, ~Video.deleted)
    gone = update(Video).where(*mine).returning(Video.status)
    with sessions.begin() as session:
        status = session.scalar(gone.values(deleted=True, prompt="", ledger=[], notes=[], error_message=None))
    if status is None:
        raise missing_video(video)
    return status == "in_progress"


def _new(**fields: object) -> Video:
    return Video(id=f"video_{secrets.token_hex(24)}", status="queued", **fields)


def _queued(sessions: Sessions, video: Video) -> Video:
    with sessions.begin() as session:
        session.add(video)
    return video
