"""A video's progress as server-sent events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from lichtspiel.studio.web import videos
from lichtspiel.studio.web.access import Reader
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.services import Here, Services
from lichtspiel.studio.web.streams import MOST
from lichtspiel.studio.web.wire import VideoObject

router = APIRouter(tags=["Videos"])

_LOOK_EVERY_S = 0.5
_SIGN_OF_LIFE_EVERY = 30
"""Looks without news after which a comment keeps the line open."""

_LONGEST_S = 3600.0
"""Then the stream ends, and who still wants to know opens the next one, as browsers do by themselves."""

_STREAM: dict[int | str, Any] = {
    200: {
        "description": "Events `video.queued`, `video.in_progress`, `video.completed` and `video.failed`, "
        "each with the video as its data.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get("/videos/{video_id}/events", response_class=Response, responses=_STREAM)
async def stream_events(caller: Reader, here: Here, video_id: str) -> Response:
    """Follow a video until it is completed or failed, an hour at most."""
    await run_in_threadpool(videos.find, here.sessions, caller.account, video_id)
    if not here.streams.enter(caller.account):
        said = f"This account follows {MOST} videos already: close one, or have webhooks tell of the others."
        raise ApiError(429, said, code="too_many_streams", headers={"retry-after": "30"})
    return _Followed(here, caller.account, _events(here, caller.account, video_id))


class _Followed(StreamingResponse):
    """Events that count among the account's open streams, until they end or nobody listens any more."""

    def __init__(self, here: Services, account: str, events: AsyncIterator[str]) -> None:
        super().__init__(events, media_type="text/event-stream", headers={"cache-control": "no-store"})
        self._here, self._account = here, account

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._here.streams.leave(self._account)


async def _events(here: Services, account: str, video: str) -> AsyncIterator[str]:
    told, silent, until = "", 0, time.monotonic() + _LONGEST_S
    while time.monotonic() < until:
        try:
            found = await run_in_threadpool(videos.find, here.sessions, account, video)
        except ApiError:
            return  # it was deleted
        shown = VideoObject.brief(found)
        news = f"event: video.{found.status}\ndata: {shown.model_dump_json()}\n\n"
        if news != told:
            told, silent = news, 0
            yield news
        elif (silent := silent + 1) % _SIGN_OF_LIFE_EVERY == 0:
            yield ": still here\n\n"
        if found.status in {"completed", "failed"}:
            return
        await asyncio.sleep(_LOOK_EVERY_S)
