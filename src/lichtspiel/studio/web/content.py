"""The files of a finished video, whole or in part."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from lichtspiel.studio import media
from lichtspiel.studio.database import Video
from lichtspiel.studio.media import Media
from lichtspiel.studio.web.errors import ApiError


def answer(store: Media, video: Video, variant: str, request: Request) -> Response:
    """The file, the range of it that was asked for, or word that it has not changed. Raises ApiError."""
    check_ready(video)
    kind = media.VARIANTS[variant]
    suffix = kind.file if kind.media_type == "application/zip" else kind.file.rsplit(".", 1)[-1]
    name = media.of(video.id, variant)
    if store.stat(name) is None:
        if variant == "depth" and not video.depth:
            said = "This video was made without depth: ask for it by lichtspiel.depth when you create one."
            raise ApiError(404, said, code="no_depth", param="variant")
        said = f"The {variant} of this video is no longer there."
        raise ApiError(404, said, code="not_found", param="variant")
    etag = f'"{video.id}-{variant}"'  # a finished video never changes
    headers = {
        "etag": etag,
        "cache-control": "private, no-cache",
        "content-disposition": f'attachment; filename="{video.id}.{suffix}"',
    }
    return stored(store, name, kind.media_type, headers, request)


def check_ready(video: Video) -> None:
    """Raise ApiError for a video that is not there."""
    if video.status != "completed":
        said = f"Video is not ready: it is {video.status}."
        raise ApiError(404, said, code="video_not_ready", param="video_id")


def stored(
    store: Media, name: str, media_type: str, headers: Mapping[str, str], request: Request
) -> Response:
    """A stored file as the request's headers want it; `headers` hold its ETag. Raises ApiError."""
    found = store.stat(name)
    if found is None:
        raise ApiError(404, "This file is no longer there.", code="not_found")
    if _names(request.headers.get("if-none-match", ""), headers["etag"]):
        return Response(status_code=304, headers={"etag": headers["etag"]})
    range_, if_range = request.headers.get("range"), request.headers.get("if-range")
    if range_ is None or (if_range is not None and if_range != headers["etag"]):
        start, end, status = 0, found.size, 200
    else:
        start, end = _span(range_, found.size)
        status = 206
    told = {**headers, "accept-ranges": "bytes", "content-length": str(end - start)}
    if status == 206:
        told["content-range"] = f"bytes {start}-{end - 1}/{found.size}"
    return StreamingResponse(store.stream(name, start, end), status, told, media_type=media_type)


def _names(header: str, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in known or etag in known


def _span(header: str, size: int) -> tuple[int, int]:
    """First byte and the one after the last of a Range header. Raises ApiError for what is not served."""
    match = re.fullmatch(r"bytes=([0-9]{0,18})-([0-9]{0,18})", header.replace(" ", ""))
    if match is None or not any(match.groups()):
        raise ApiError(
            400, "Ask for one range of bytes, as bytes=0-1023.", code="invalid_value", param="range"
        )
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if start >= end:
        headers = {"content-range": f"bytes */{size}"}
        raise ApiError(
            416, f"The file has {size} bytes.", code="invalid_value", param="range", headers=headers
        )
    return start, end
