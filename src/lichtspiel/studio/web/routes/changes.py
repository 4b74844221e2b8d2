"""Videos that are made from others: remixes, edits and extensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import ConfigDict, field_validator
from starlette.datastructures import UploadFile

from lichtspiel.studio.web import sources, videos
from lichtspiel.studio.web.access import Writer
from lichtspiel.studio.web.body import Fields, FilmFields
from lichtspiel.studio.web.documentation import accepts
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.services import Here, Services
from lichtspiel.studio.web.sources import Source
from lichtspiel.studio.web.text import Clean, FromJson, Prompt, Sent
from lichtspiel.studio.web.wire import RemixVideo, Seconds, VideoId, VideoObject, known_model

router = APIRouter(tags=["Videos"])

MAX_EXTENSIONS = 6
MAX_SECONDS = 120

_FILM = {"video": "A film as Lichtspiel made it, which carries its screenplay inside."}


class EditVideo(Sent):
    """A change of a video, which keeps all that the prompt does not name."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"prompt": "Make the ball blue.", "video": {"id": "video_123"}}}
    )

    prompt: Prompt
    """What is to be different, or what happens next."""
    video: Annotated[VideoId, FromJson]
    """A completed video; a form may send a film instead."""
    model: Clean | None = None
    """For films that are sent: which model goes on with it. Left out: as it was made."""

    @field_validator("model")
    @classmethod
    def _known(cls, model: str | None) -> str | None:
        return None if model is None else known_model(model)


class ExtendVideo(EditVideo):
    """How a video goes on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"prompt": "The ball rolls away.", "seconds": "4", "video": {"id": "video_123"}}
        }
    )

    seconds: Seconds
    """Of what is added."""


@router.post("/videos/edits", openapi_extra=accepts(EditVideo, _FILM))
def edit_video(caller: Writer, here: Here, fields: FilmFields) -> VideoObject:
    """Change a video that is completed, or a film that is sent."""
    wished, source = _read(EditVideo, here, caller.account, fields, "edited")
    return _changed(here, caller.account, source, "edit", wished.prompt)


@router.post("/videos/extensions", openapi_extra=accepts(ExtendVideo, _FILM))
def extend_video(caller: Writer, here: Here, fields: FilmFields) -> VideoObject:
    """Go on with a video: the answer is one video of all that was and what is added."""
    wished, source = _read(ExtendVideo, here, caller.account, fields, "extended")
    total = source.duration_s + int(wished.seconds)
    if source.extensions >= MAX_EXTENSIONS:
        said = f"A video can be extended {MAX_EXTENSIONS} times, and this one has been."
        raise ApiError(400, said, code="too_many_extensions", param="video")
    if total > MAX_SECONDS:
        said = f"A video lasts {MAX_SECONDS} seconds at most, and this one would last {total:g}."
        raise ApiError(400, said, code="too_long", param="seconds")
    video = source.next(caller.account, "extend", wished.prompt, total, source.extensions + 1)
    return VideoObject.full(videos.queued(here.sessions, here.quota, video))


@router.post("/videos/{video_id}/remix", openapi_extra=accepts(RemixVideo))
def remix_video(caller: Writer, here: Here, video_id: str, fields: Fields) -> VideoObject:
    """Make a completed video anew, changed as the prompt says."""
    wished = validated(RemixVideo, fields)
    source = sources.of_id(here, caller.account, video_id, "remixed")
    return _changed(here, caller.account, source, "remix", wished.prompt)


@router.post("/videos/{video_id}/edits", openapi_extra=accepts(RemixVideo))
def edit_this_video(caller: Writer, here: Here, video_id: str, fields: Fields) -> VideoObject:
    """Change a completed video."""
    wished = validated(RemixVideo, fields)
    source = sources.of_id(here, caller.account, video_id, "edited")
    return _changed(here, caller.account, source, "edit", wished.prompt)


def _changed(here: Services, account: str, source: Source, operation: str, prompt: str) -> VideoObject:
    video = source.next(account, operation, prompt, source.duration_s, source.extensions)
    return VideoObject.full(videos.queued(here.sessions, here.quota, video))


def _read[T: EditVideo](
    kind: type[T], here: Services, account: str, fields: Mapping[str, Any], deed: str
) -> tuple[T, Source]:
    film = fields.get("video")
    if isinstance(film, UploadFile):
        wished = validated(kind, {**fields, "video": {"id": "sent"}})
        return wished, sources.of_upload(film, wished.model)
    wished = validated(kind, fields)
    return wished, sources.of_id(here, account, wished.video.id, deed)
