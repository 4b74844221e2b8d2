"""Batches: many requests for videos in one file, and their answers in another."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import func, select, update
from sqlalchemy.orm import defer

from lichtspiel.studio import announcements, media
from lichtspiel.studio.database import NOW, Batch, File, Video
from lichtspiel.studio.web import creation, files
from lichtspiel.studio.web.errors import ApiError, missing_video, told, validated
from lichtspiel.studio.web.services import Services
from lichtspiel.studio.web.text import Sent, Storable
from lichtspiel.studio.web.videos import check_quota
from lichtspiel.studio.web.wire import VideoObject

ENDPOINT = "/v1/videos"
MOST = 10_000
"""Requests in a batch."""

WINDOW_S = 86_400
_LONGEST_LINE = 30 << 20
_UNFINISHED = ("queued", "in_progress")
_OPEN = ("in_progress", "cancelling")


class Line(Sent):
    """A request in a batch's file."""

    custom_id: Annotated[str, Field(min_length=1, max_length=200), Storable]
    method: Literal["POST"]
    url: Literal["/v1/videos"]
    body: dict[str, Any]


class BatchFault(BaseModel):
    """Why a batch was refused."""

    code: str
    message: str
    line: int | None
    param: str | None = None


class _RefusedError(Exception):
    def __init__(self, faults: list[BatchFault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


def accept(here: Services, account: str, source: File, about: Mapping[str, str] | None) -> Batch:
    """Queue the requests of a file, all at once; a batch that makes no sense becomes `failed`."""
    batch = Batch(
        id=f"batch_{secrets.token_hex(16)}",
        account=account,
        endpoint=ENDPOINT,
        input_file=source.id,
        about=dict(about) if about is not None else None,
    )
    now = int(time.time())
    videos: list[Video] = []
    try:
        lines = _lines(here, source)
        videos, refused = _drafted(here, account, batch, lines)
        batch.status, batch.total = "in_progress", len(lines)
        batch.stamps = {"in_progress_at": now, "expires_at": now + WINDOW_S}
        if refused:
            batch.error_file = _kept(here, account, f"{batch.id}_errors.jsonl", refused)
    except _RefusedError as error:
        batch.status, batch.stamps = "failed", {"failed_at": now}
        batch.errors = [fault.model_dump() for fault in error.faults]
    with here.sessions.begin() as session:
        check_quota(session, here.quota, account, sum(video.seconds for video in videos))
        session.add(batch)
        session.add_all(videos)
    return batch


def find(here: Services, account: str, batch: str, param: str = "batch_id") -> Batch:
    """The account's batch of this id. Raises ApiError."""
    with here.sessions() as session:
        found = session.scalar(select(Batch).where(Batch.id == batch, Batch.account == account))
    if found is None:
        raise ApiError(404, f"No batch found with id '{batch}'.", code="not_found", param=param)
    return found


def cancel(here: Services, account: str, batch: str) -> Batch:
    """Make no more of a batch's videos. Raises ApiError."""
    found = find(here, account, batch)
    if found.status == "in_progress":
        _close(here, found, "cancelling", "cancelled", "The batch was cancelled.")
    elif found.status not in {"cancelling", "cancelled"}:
        said = f"Only a batch in progress can be cancelled; this one is {found.status}."
        raise ApiError(409, said, code="batch_not_cancellable", param="batch_id")
    return find(here, account, batch)


def finish(here: Services) -> None:
    """Write the answers of every batch whose videos are finished, and end those whose time is up."""
    with here.sessions() as session:
        running = session.scalars(select(Batch).where(Batch.status.in_(_OPEN))).all()
    for batch in running:
        if batch.status == "in_progress" and batch.stamps["expires_at"] <= time.time():
            _close(here, batch, "in_progress", "expired", "The batch's time was up.")
        waiting = select(Video.number).where(
            Video.batch == batch.id, Video.status.in_(_UNFINISHED), ~Video.deleted
        )
        with here.sessions() as session:
            if session.scalar(waiting.limit(1)) is None:
                _finish(here, find(here, batch.account, batch.id))


def counts(here: Services, batch: Batch) -> tuple[int, int]:
    """How many of a batch's requests are answered with a video, and how many have failed."""
    unfinished = Video.status.in_(_UNFINISHED)
    of_batch = select(func.count()).select_from(Video).where(Video.batch == batch.id, ~Video.deleted)
    with here.sessions() as session:
        good = session.scalar(of_batch.where(Video.status == "completed")) or 0
        waiting = session.scalar(of_batch.where(unfinished)) or 0
    failed = 0 if batch.status == "failed" else batch.total - good - waiting
    return good, failed


def _lines(here: Services, source: File) -> list[Line]:
    found: list[Line] = []
    faults: list[BatchFault] = []
    seen: set[str] = set()
    for number, raw in enumerate(_raw_lines(here, source), 1):
        if number > MOST:
            said = f"A batch has at most {MOST} requests."
            raise _RefusedError([BatchFault(code="too_many_tasks", message=said, line=number)])
        try:
            line = validated(Line, _object(raw))
            if line.custom_id in seen:
                said = f"The custom_id '{line.custom_id}' is there twice."
                raise ApiError(400, said, code="duplicate_custom_id", param="custom_id")
        except ApiError as error:
            code = error.code or "invalid_value"
            faults.append(BatchFault(code=code, message=error.message, line=number, param=error.param))
            continue
        seen.add(line.custom_id)
        found.append(line)
    if not found and not faults:
        faults = [BatchFault(code="empty_file", message="The file holds no requests.", line=None)]
    if faults:
        raise _RefusedError(faults[:100])
    return found


def _raw_lines(here: Services, source: File) -> Iterator[bytes]:
    rest = b""
    for piece in here.media.stream(media.of_file(source.id)):
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line for line in whole if line.strip())
        if len(rest) > _LONGEST_LINE:
            said = f"A request has at most {_LONGEST_LINE >> 20} MB."
            raise _RefusedError([BatchFault(code="line_too_long", message=said, line=None)])
    if rest.strip():
        yield rest


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, "This line is no valid JSON.", code="invalid_json_line") from error
    if not isinstance(found, dict):
        raise ApiError(400, "This line is no JSON object.", code="invalid_json_line")
    return found


def _drafted(
    here: Services, account: str, batch: Batch, lines: list[Line]
) -> tuple[list[Video], list[dict[str, Any]]]:
    """The videos of the lines that can be made, and answers to the others."""
    videos: list[Video] = []
    refused: list[dict[str, Any]] = []
    for line in lines:
        try:
            video = creation.drafted(here, account, line.body, fetch=False)
        except ApiError as error:
            refused.append(_answer(line.custom_id, error.status, told(error).model_dump()))
            continue
        video.batch, video.custom_id = batch.id, line.custom_id
        videos.append(video)
    return videos, refused


def _close(here: Services, batch: Batch, status: str, code: str, why: str) -> None:
    """Fail what is not finished of a batch."""
    unfinished = (Video.batch == batch.id, Video.status.in_(_UNFINISHED), ~Video.deleted)
    failed = (
        update(Video)
        .where(*unfinished)
        .values(status="failed", error_code=code, error_message=why, completed_at=NOW)
    )
    stamps = {**batch.stamps, f"{'cancelling' if code == 'cancelled' else code}_at": int(time.time())}
    with here.sessions.begin() as session:
        ended = session.scalars(failed.returning(Video.id)).all()
        for video in ended:
            announcements.announce(session, video)
        session.execute(update(Batch).where(Batch.id == batch.id).values(status=status, stamps=stamps))


def _finish(here: Services, batch: Batch) -> None:
    """Write what became of a batch's videos. Where two servers do, the later one's work is undone."""
    answers: list[dict[str, Any]] = []
    mine = select(Video).where(Video.batch == batch.id).order_by(Video.number)
    with here.sessions() as session:
        for video in session.scalars(mine.options(defer(Video.ledger), defer(Video.screenplay))):
            answers.append(_answered(video))
    output = _kept(here, batch.account, f"{batch.id}_output.jsonl", answers) if answers else None
    if "expired_at" in batch.stamps:
        ended = "expired"
    else:
        ended = "cancelled" if batch.status == "cancelling" else "completed"
    now = int(time.time())
    stamps = {**batch.stamps, "finalizing_at": now, f"{ended}_at": now}
    still_open = update(Batch).where(Batch.id == batch.id, Batch.status.in_(_OPEN))
    with here.sessions.begin() as session:
        won = session.scalar(
            still_open.values(status=ended, output_file=output, stamps=stamps).returning(Batch.id)
        )
    if won is None and output is not None:
        files.forget(here, batch.account, output)


def _answered(video: Video) -> dict[str, Any]:
    name = video.custom_id or ""
    if video.deleted:
        return _answer(name, 404, told(missing_video(video.id)).model_dump())
    return _answer(name, 200, VideoObject.brief(video).model_dump(mode="json"))


def _answer(custom_id: str, status: int, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"batch_req_{secrets.token_hex(16)}",
        "custom_id": custom_id,
        "response": {"status_code": status, "request_id": secrets.token_hex(16), "body": body},
        "error": None,
    }


def _kept(here: Services, account: str, name: str, lines: list[dict[str, Any]]) -> str:
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
    return files.keep(here, account, name, "batch_output", "application/jsonl", content).id
