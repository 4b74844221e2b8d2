"""Batches: many requests in one file."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from lichtspiel.studio.database import Batch
from lichtspiel.studio.web import batches, files
from lichtspiel.studio.web.access import Reader, Writer
from lichtspiel.studio.web.batches import BatchFault
from lichtspiel.studio.web.body import Fields
from lichtspiel.studio.web.documentation import accepts
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.services import Here, Services
from lichtspiel.studio.web.text import Id, Sent, Storable

router = APIRouter(prefix="/batches", tags=["Batches"])

_Key = Annotated[str, Field(min_length=1, max_length=64), Storable]
_Value = Annotated[str, Field(max_length=512), Storable]


class NewBatch(Sent):
    """A file of requests to work off."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"input_file_id": "file-123", "endpoint": "/v1/videos", "completion_window": "24h"}
        }
    )

    input_file_id: Id
    """An uploaded file of purpose `batch`: a JSON object per line, with custom_id, method, url and body."""
    endpoint: Literal["/v1/videos"]
    completion_window: Literal["24h"]
    metadata: Annotated[dict[_Key, _Value], Field(max_length=16)] | None = None


class Faults(BaseModel):
    """Why a batch was refused, line by line."""

    object: Literal["list"] = "list"
    data: list[BatchFault]


class RequestCounts(BaseModel):
    """How far a batch is."""

    total: int
    completed: int
    failed: int


class BatchObject(BaseModel):
    """Many requests, and where their answers are."""

    id: str
    object: Literal["batch"] = "batch"
    endpoint: str
    errors: Faults | None
    input_file_id: str
    completion_window: Literal["24h"] = "24h"
    status: str
    output_file_id: str | None
    error_file_id: str | None
    created_at: int
    in_progress_at: int | None = None
    expires_at: int | None = None
    finalizing_at: int | None = None
    completed_at: int | None = None
    failed_at: int | None = None
    expired_at: int | None = None
    cancelling_at: int | None = None
    cancelled_at: int | None = None
    request_counts: RequestCounts
    metadata: dict[str, str] | None

    @classmethod
    def of(cls, here: Services, batch: Batch) -> Self:
        """A batch as clients see it."""
        good, failed = batches.counts(here, batch)
        faults = [BatchFault.model_validate(fault) for fault in batch.errors]
        return cls(
            id=batch.id,
            endpoint=batch.endpoint,
            errors=Faults(data=faults) if faults else None,
            input_file_id=batch.input_file,
            status=batch.status,
            output_file_id=batch.output_file,
            error_file_id=batch.error_file,
            created_at=batch.created_at,
            request_counts=RequestCounts(total=batch.total, completed=good, failed=failed),
            metadata=batch.about,
            **batch.stamps,
        )


class BatchList(BaseModel):
    """A page of batches."""

    object: Literal["list"] = "list"
    data: list[BatchObject]
    first_id: str | None
    last_id: str | None
    has_more: bool


@router.post("", openapi_extra=accepts(NewBatch))
def create_batch(caller: Writer, here: Here, fields: Fields) -> BatchObject:
    """Work off a file of requests."""
    wished = validated(NewBatch, fields)
    source = files.find(here, caller.account, wished.input_file_id, "input_file_id")
    if source.purpose != "batch":
        said = f"The file has the purpose {source.purpose}: upload it with purpose batch."
        raise ApiError(400, said, code="invalid_value", param="input_file_id")
    return BatchObject.of(here, batches.accept(here, caller.account, source, wished.metadata))


@router.get("")
def list_batches(
    caller: Reader,
    here: Here,
    after: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> BatchList:
    """List batches, the newest first, page by page."""
    wanted = select(Batch).where(Batch.account == caller.account)
    if after is not None:
        last = batches.find(here, caller.account, after, "after")
        older, same = Batch.created_at < last.created_at, Batch.created_at == last.created_at
        wanted = wanted.where(older | (same & (Batch.id < last.id)))
    with here.sessions() as session:
        newest = wanted.order_by(Batch.created_at.desc(), Batch.id.desc())
        found = session.scalars(newest.limit(limit + 1)).all()
    data = [BatchObject.of(here, batch) for batch in found[:limit]]
    ends = (data[0].id, data[-1].id) if data else (None, None)
    return BatchList(data=data, first_id=ends[0], last_id=ends[1], has_more=len(found) > limit)


@router.get("/{batch_id}")
def retrieve_batch(caller: Reader, here: Here, batch_id: str) -> BatchObject:
    """Retrieve a batch."""
    return BatchObject.of(here, batches.find(here, caller.account, batch_id))


@router.post("/{batch_id}/cancel")
def cancel_batch(caller: Writer, here: Here, batch_id: str) -> BatchObject:
    """Make no more of a batch's videos."""
    return BatchObject.of(here, batches.cancel(here, caller.account, batch_id))
