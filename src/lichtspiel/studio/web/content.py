"""The files of a finished video, whole or in part."""

from __future__ import annotations

import re
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import FileResponse

from lichtspiel.studio.database import Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.media import VARIANTS
from lichtspiel.studio.web.errors import ApiError


def answer(home: Home, video: Video, variant: str, request: Request) -> Response:
    """The file, the range of it that was asked for, or word that it has not changed. Raises ApiError."""
    if video.status != "completed":
        raise ApiError(
            404, f"Video is not ready: it is {video.status}.", code="video_not_ready", param="video_id"
        )
    kind = VARIANTS[variant]
    path = home.media(video.id) / kind.file
    if not path.is_file():
        raise ApiError(
            404, f"The {variant} of this video is no longer there.", code="not_found", param="variant"
        )
    etag = f'"{video.id}-{variant}"'  # a finished video never changes
    if _names(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers={"etag": etag})
    _check_range(request.headers.get("range"), path)
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    filename = f"{video.id}{path.suffix}"
    return FileResponse(path, headers=headers, media_type=kind.media_type, filename=filename)


def _names(header: str, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in known or etag in known


def _check_range(header: str | None, path: Path) -> None:
    """Raise ApiError for ranges that this studio does not serve."""
    if header is None:
        return
    match = re.fullmatch(r"bytes=([0-9]{0,18})-([0-9]{0,18})", header.replace(" ", ""))
    if match is None or not any(match.groups()):
        raise ApiError(
            400, "Ask for one range of bytes, as bytes=0-1023.", code="invalid_value", param="range"
        )
    size = path.stat().st_size
    start, end = match.groups()
    empty = int(start) >= size if start else int(end) == 0
    if empty or (start and end and int(end) < int(start)):
        headers = {"content-range": f"bytes */{size}"}
        raise ApiError(
            416, f"The file has {size} bytes.", code="invalid_value", param="range", headers=headers
        )
