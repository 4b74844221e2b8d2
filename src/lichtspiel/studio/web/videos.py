"""The studio's videos: accepted, found, listed, cancelled, deleted."""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence

import pydantic
from sqlalchemy import select, update
from sqlalchemy.orm import Session, defer, undefer

from lichtspiel.screenplay import Screenplay
from lichtspiel.studio.accounts import quota
from lichtspiel.studio.accounts.quota import Quota, QuotaError
from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web.errors import ApiError, invalid, missing_video
from lichtspiel.studio.web.wire import CreateVideo

CANCELLED = "cancelled"

PRIORITIES = {"draft": 0, "standard": 1, "pro": 2}
"""The better a film is to be, the sooner its turn comes."""


def accept(sessions: Sessions, bounds: Quota, account: str, wished: CreateVideo) -> Video:
    """Queue a new video; once this returns, it survives whatever happens to the studio. Raises ApiError."""
    return queued(sessions, bounds, drafted(account, wished))


def drafted(account: str, wished: CreateVideo) -> Video:
    """A new video that is not queued yet and has no picture to start with. Raises ApiError."""
    model = MODELS[wished.model]
    wishes = wished.lichtspiel
    width, height = model.size(wished.size)
    screenplay = _fitted(wished)
    return new(
        account=account,
        model=wished.model,
        prompt=wished.prompt,
        seconds=round(screenplay.duration_s) if screenplay else int(wished.seconds),
        width=width,
        height=height,
        quality=wishes.quality or model.quality.name,
        fps=wishes.fps or model.quality.fps,
        seed=screenplay.seed if screenplay else wishes.seed or 0,
        screenplay=screenplay.model_dump(mode="json") if screenplay else None,
        characters=[character.id for character in wished.characters],
        negative="\n".join(wishes.negative) or None,
        depth=wishes.depth,
    )


def new(**fields: object) -> Video:
    """A video under a new id, with these columns."""
    priority = PRIORITIES[str(fields["quality"])]
    own = {"status": "queued", "filmed": None, "depth": False, "priority": priority, **fields}
    return Video(id=f"video_{secrets.token_hex(24)}", **own)


def queued(sessions: Sessions, bounds: Quota, video: Video) -> Video:
    """Put a new video into the queue. Raises ApiError when the account has asked for enough."""
    with sessions.begin() as session:
        check_quota(session, bounds, video.account, video.seconds)
        session.add(video)
    return video


def check_quota(session: Session, bounds: Quota, account: str, seconds: int) -> None:
    """Raise ApiError when the account may not ask for so many more seconds of film."""
    try:
        quota.check(session, bounds, account, seconds)
    except QuotaError as error:
        raise ApiError(429, str(error), code=error.code, headers={"x-should-retry": "false"}) from error


def find(sessions: Sessions, account: str, video: str) -> Video:
    """The account's video of this id, with all about it. Raises ApiError."""
    mine = select(Video).where(Video.id == video, Video.account == account, ~Video.deleted)
    with sessions() as session:
        found = session.scalar(mine.options(undefer(Video.filmed)))
    if found is None:
        raise missing_video(video)
    return found


def page(
    sessions: Sessions, account: str, after: str | None, limit: int, newest_first: bool
) -> tuple[Sequence[Video], bool]:
    """At most `limit` videos that follow the one called `after`, and whether there are more.

    They come without ledger and screenplay. A video that was deleted still tells where its page
    ended. Raises ApiError.
    """
    wanted = select(Video).where(Video.account == account, ~Video.deleted).limit(limit + 1)
    wanted = wanted.order_by(Video.number.desc() if newest_first else Video.number)
    wanted = wanted.options(defer(Video.ledger), defer(Video.screenplay))
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


def cancel(sessions: Sessions, account: str, video: str) -> Video:
    """Make no such video after all; the work on it ends within seconds. Raises ApiError."""
    before = find(sessions, account, video)
    if not queue.cancel(sessions, video) and before.error_code != CANCELLED:
        said = f"Only a video that is not finished can be cancelled; this one is {before.status}."
        raise ApiError(400, said, code="video_not_cancellable", param="video_id")
    return find(sessions, account, video)


def delete(sessions: Sessions, account: str, video: str) -> None:
    """Forget a video but for its id; the work on it ends within seconds. Raises ApiError."""
    mine = (Video.id == video, Video.account == account, ~Video.deleted)
    gone = update(Video).where(*mine).returning(Video.number)
    empty = {"prompt": "", "screenplay": None, "filmed": None, "negative": None, "error_message": None}
    with sessions.begin() as session:
        number = session.scalar(gone.values(deleted=True, ledger=[], notes=[], **empty))
    if number is None:
        raise missing_video(video)


def _fitted(wished: CreateVideo) -> Screenplay | None:
    """The screenplay of a request in the length and with the seed that the request gives it."""
    wishes = wished.lichtspiel
    if wishes.screenplay is None:
        return None
    for field, given in (("characters", wished.characters), ("lichtspiel.negative", wishes.negative)):
        if given:
            said = f"'{field}' goes with a prompt; a screenplay says itself who and what is in the film."
            raise ApiError(400, said, code="invalid_value", param=field)
    own = wishes.screenplay
    asked = "seconds" in wished.model_fields_set
    length = float(wished.seconds) if asked else float(max(1, math.ceil(own.duration_s - 1e-6)))
    seed = own.seed if wishes.seed is None else wishes.seed
    try:
        return Screenplay.model_validate({**own.model_dump(), "duration_s": length, "seed": seed})
    except pydantic.ValidationError as error:
        problems = [{**fault, "loc": ("lichtspiel", "screenplay", *fault["loc"])} for fault in error.errors()]
        raise invalid(problems) from error
