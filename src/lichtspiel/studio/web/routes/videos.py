"""Videos: made, found, listed, fetched, cancelled, deleted."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from lichtspiel.screenplay import Screenplay, dump
from lichtspiel.studio.database import Video
from lichtspiel.studio.web import content, creation, inside, videos
from lichtspiel.studio.web.access import Reader, Writer
from lichtspiel.studio.web.body import Fields
from lichtspiel.studio.web.documentation import accepts, answers
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.services import Here, Services
from lichtspiel.studio.web.wire import CreateVideo, DeletedVideo, VideoList, VideoObject

router = APIRouter(tags=["Videos"])

POLL_AFTER_MS = 1000

Variant = Literal["video", "thumbnail", "spritesheet", "screenplay", "ledger", "take", "take_files", "depth"]

_FILES = {
    "video/mp4": "The film.",
    "image/webp": "Its thumbnail.",
    "image/jpeg": "Its spritesheet.",
    "application/json": "Its screenplay, its ledger, or its take in short.",
    "application/zip": "`take_files`: the whole take as NumPy arrays and JSON, with the camera's track: "
    "metres, seconds, quaternions (w, x, y, z), z up. `depth`: an OpenEXR file per frame, channel `Z`, "
    "32-bit metres along the camera's axis without blur, 100000 where the sky is; for videos that were "
    "created with `lichtspiel.depth`.",
}
_SCREENPLAY: dict[int | str, Any] = {
    200: {"description": "The screenplay.", "content": {"application/yaml": {"schema": {"type": "string"}}}}
}
_PICTURE = {"input_reference": "The picture that becomes the first frame: JPEG, PNG or WebP."}


@router.post("/videos", openapi_extra=accepts(CreateVideo, _PICTURE))
def create_video(caller: Writer, here: Here, fields: Fields) -> VideoObject:
    """Make a video."""
    video = creation.drafted(here, caller.account, fields)
    return VideoObject.full(videos.queued(here.sessions, here.quota, video))


@router.get("/videos")
def list_videos(
    caller: Reader,
    here: Here,
    after: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=0, le=100)] = 20,
    order: Literal["asc", "desc"] = "desc",
) -> VideoList:
    """List videos, page by page, without their ledgers and screenplays."""
    found, more = videos.page(here.sessions, caller.account, after, limit, newest_first=order == "desc")
    data = [VideoObject.brief(video) for video in found]
    ends = (data[0].id, data[-1].id) if data else (None, None)
    return VideoList(data=data, first_id=ends[0], last_id=ends[1], has_more=more)


@router.get("/videos/{video_id}")
def retrieve_video(caller: Reader, here: Here, video_id: str, response: Response) -> VideoObject:
    """Retrieve a video; `openai-poll-after-ms` says when to ask again for one that is not finished."""
    found = videos.find(here.sessions, caller.account, video_id)
    if found.status in {"queued", "in_progress"}:
        response.headers["openai-poll-after-ms"] = str(POLL_AFTER_MS)
    return VideoObject.full(found)


@router.delete("/videos/{video_id}")
def delete_video(caller: Writer, here: Here, video_id: str) -> DeletedVideo:
    """Delete a video with its files, or end the work on it."""
    videos.delete(here.sessions, caller.account, video_id)
    here.media.delete(video_id)
    return DeletedVideo(id=video_id)


@router.post("/videos/{video_id}/cancel")
def cancel_video(caller: Writer, here: Here, video_id: str) -> VideoObject:
    """End the work on a video; it becomes `failed` with the code `cancelled`."""
    return VideoObject.full(videos.cancel(here.sessions, caller.account, video_id))


@router.get("/videos/{video_id}/content", response_class=Response, responses=answers(_FILES))
def download_video(
    caller: Reader, here: Here, video_id: str, request: Request, variant: Variant = "video"
) -> Response:
    """Download a file of a completed video, whole or in part."""
    found = videos.find(here.sessions, caller.account, video_id)
    match variant:
        case "screenplay":
            return _attached(found, variant, _screenplay(found).model_dump(mode="json"))
        case "ledger":
            content.check_ready(found)
            return _attached(found, variant, {"prompt": found.prompt, "readings": found.ledger})
        case "take":
            return _attached(found, variant, _take(here, found))
        case _:
            return content.answer(here.media, found, variant, request)


@router.get("/videos/{video_id}/screenplay", response_class=Response, responses=_SCREENPLAY)
def retrieve_screenplay(caller: Reader, here: Here, video_id: str) -> Response:
    """Retrieve a video's screenplay as YAML, to edit it and to send it again."""
    found = videos.find(here.sessions, caller.account, video_id)
    return PlainTextResponse(dump(_screenplay(found)), media_type="application/yaml")


def _screenplay(video: Video) -> Screenplay:
    if video.filmed is None:
        said = f"The screenplay is not written yet: the video is {video.status}."
        raise ApiError(404, said, code="screenplay_not_ready", param="video_id")
    return Screenplay.model_validate(video.filmed)


def _take(here: Services, video: Video) -> dict[str, Any]:
    """The take in short, with captions and knocks on the film's clock."""
    content.check_ready(video)
    made = inside.of_video(here.media, video.id)
    return made.model_dump(mode="json", include={"take", "sound", "captions", "onsets", "fps", "frames"})


def _attached(video: Video, variant: str, data: Any) -> Response:
    named = f'attachment; filename="{video.id}-{variant}.json"'
    return JSONResponse(data, headers={"content-disposition": named})
