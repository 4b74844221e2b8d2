"""The Videos API."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

import pydantic
from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request, Response

from lichtspiel.studio.accounts import keys
from lichtspiel.studio.accounts.caller import Caller
from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.supervisor import Supervisor
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.web import body, content, errors, videos
from lichtspiel.studio.web.errors import ApiError, not_available_yet
from lichtspiel.studio.web.wire import (
    CreateVideo,
    DeletedVideo,
    ModelList,
    ModelObject,
    RemixVideo,
    VideoList,
    VideoObject,
)

POLL_AFTER_MS = 1000

_MODELS_SINCE = 1_795_305_600
"""22 November 2026: clients want to know since when a model is there."""


def _caller(request: Request) -> Caller:
    caller = request.state.caller
    assert isinstance(caller, Caller)
    return caller


Known = Annotated[Caller, Depends(_caller)]
Fields = Annotated[dict[str, Any], Depends(body.read)]
Variant = Literal["video", "thumbnail", "spritesheet"]


def application(home: Home, sessions: Sessions, engine: str) -> FastAPI:
    """The studio as a web application. Its worker runs while the application does."""
    api = _Api(home, sessions, engine)
    app = FastAPI(lifespan=api.open, openapi_url=None, redirect_slashes=False)
    errors.install(app)
    app.include_router(api.router())
    return app


class _Api:
    def __init__(self, home: Home, sessions: Sessions, engine: str) -> None:
        self._home, self._sessions, self._engine = home, sessions, engine
        self._supervisor: Supervisor | None = None

    @asynccontextmanager
    async def open(self, _app: FastAPI) -> AsyncIterator[None]:
        self._supervisor = Supervisor(self._home, self._engine)
        try:
            yield
        finally:
            self._supervisor.close()
            queue.give_back(self._sessions)

    def router(self) -> APIRouter:
        """The routes; the fixed names below /videos come before the ids that they look like."""
        router = APIRouter(prefix="/v1", dependencies=[Depends(self.known)])
        router.add_api_route("/models", self.models)
        router.add_api_route("/models/{model}", self.model)
        router.add_api_route("/videos", self.create, methods=["POST"])
        router.add_api_route("/videos", self.page)
        for name in ("characters", "characters/{character}", "edits", "extensions"):
            router.add_api_route(f"/videos/{name}", self.later, methods=["GET", "POST", "DELETE"])
        router.add_api_route("/videos/{video}", self.retrieve)
        router.add_api_route("/videos/{video}", self.delete, methods=["DELETE"])
        router.add_api_route("/videos/{video}/content", self.content)
        router.add_api_route("/videos/{video}/remix", self.remix, methods=["POST"])
        return router

    def known(self, request: Request, authorization: Annotated[str | None, Header()] = None) -> None:
        """Keep who calls in the request's state. Raise ApiError for a caller without a key of this studio."""
        match = re.fullmatch(r"Bearer +(\S+)", authorization or "", re.IGNORECASE)
        headers = {"www-authenticate": "Bearer"}
        if match is None:
            said = "You didn't provide an API key: send it as Authorization: Bearer KEY."
            raise ApiError(401, said, headers=headers)
        caller = keys.caller(self._sessions, match[1])
        if caller is None:
            said = "Incorrect API key provided; `lichtspiel serve --new-key` makes a new one."
            raise ApiError(401, said, code="invalid_api_key", headers=headers)
        request.state.caller = caller

    def models(self) -> ModelList:
        return ModelList(data=[ModelObject(id=name, created=_MODELS_SINCE) for name in MODELS])

    def model(self, model: str) -> ModelObject:
        if model not in MODELS:
            raise ApiError(404, f"The model '{model}' does not exist.", code="model_not_found", param="model")
        return ModelObject(id=model, created=_MODELS_SINCE)

    def create(self, caller: Known, fields: Fields) -> VideoObject:
        for field in ("input_reference", "characters"):
            if field in fields:
                raise not_available_yet(f"{field} is", field)
        wished = _validated(CreateVideo, fields)
        return VideoObject.of(videos.accept(self._sessions, caller.account, wished))

    def page(
        self,
        caller: Known,
        after: str | None = None,
        limit: Annotated[int, Query(ge=0, le=100)] = 20,
        order: Literal["asc", "desc"] = "desc",
    ) -> VideoList:
        found, more = videos.page(self._sessions, caller.account, after, limit, newest_first=order == "desc")
        data = [VideoObject.of(video) for video in found]
        ends = (data[0].id, data[-1].id) if data else (None, None)
        return VideoList(data=data, first_id=ends[0], last_id=ends[1], has_more=more)

    def retrieve(self, caller: Known, video: str, response: Response) -> VideoObject:
        found = videos.find(self._sessions, caller.account, video)
        if found.status in {"queued", "in_progress"}:
            response.headers["openai-poll-after-ms"] = str(POLL_AFTER_MS)
        return VideoObject.of(found)

    def delete(self, caller: Known, video: str) -> DeletedVideo:
        if videos.delete(self._sessions, caller.account, video) and self._supervisor is not None:
            self._supervisor.interrupt()
        shutil.rmtree(self._home.media(video), ignore_errors=True)
        return DeletedVideo(id=video)

    def content(self, caller: Known, video: str, request: Request, variant: Variant = "video") -> Response:
        return content.answer(
            self._home, videos.find(self._sessions, caller.account, video), variant, request
        )

    def remix(self, caller: Known, video: str, fields: Fields) -> VideoObject:
        wished = _validated(RemixVideo, fields)
        source = videos.find(self._sessions, caller.account, video)
        if source.status != "completed":
            said = f"Only a completed video can be remixed; this one is {source.status}."
            raise ApiError(400, said, code="video_not_completed", param="video_id")
        return VideoObject.of(videos.remix(self._sessions, source, wished.prompt))

    def later(self, request: Request) -> None:
        name = request.url.path.split("/")[3]
        raise not_available_yet(f"Video {name} are")


def _validated[T: pydantic.BaseModel](kind: type[T], fields: dict[str, Any]) -> T:
    try:
        return kind.model_validate(fields)
    except pydantic.ValidationError as error:
        raise errors.invalid(error.errors()) from error
