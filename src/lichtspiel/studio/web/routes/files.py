"""Files: uploaded for batches and as pictures, and written by batches."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from starlette.datastructures import UploadFile

from lichtspiel.studio import media
from lichtspiel.studio.web import content, files, pictures
from lichtspiel.studio.web.access import Reader, Writer
from lichtspiel.studio.web.body import FilmFields
from lichtspiel.studio.web.documentation import accepts, answers
from lichtspiel.studio.web.errors import ApiError, validated
from lichtspiel.studio.web.files import FileObject
from lichtspiel.studio.web.services import Here
from lichtspiel.studio.web.text import Sent

router = APIRouter(tags=["Files"])


class NewFile(Sent):
    """A file to keep."""

    purpose: Literal["batch", "vision"]
    """A list of requests as JSONL, or a picture."""


class FileList(BaseModel):
    """A page of files."""

    object: Literal["list"] = "list"
    data: list[FileObject]
    first_id: str | None
    last_id: str | None
    has_more: bool


class DeletedFile(BaseModel):
    """Word that a file is gone."""

    id: str
    object: Literal["file"] = "file"
    deleted: bool = True


_BODY = accepts(NewFile, {"file": "Its content."}, json=False, required=("file",))


@router.post("/files", openapi_extra=_BODY)
def create_file(caller: Writer, here: Here, fields: FilmFields) -> FileObject:
    """Upload a file."""
    sent = fields.pop("file", None)
    if not isinstance(sent, UploadFile):
        said = "Send the file in the field 'file' of a form."
        raise ApiError(400, said, code="missing_required_parameter", param="file")
    wished = validated(NewFile, fields)
    media_type = "application/jsonl"
    if wished.purpose == "vision":
        try:
            media_type = pictures.checked(sent.file.read(pictures.MAX_BYTES + 1))
        except pictures.PictureError as error:
            said = f"The picture cannot be used: {error}."
            raise ApiError(400, said, code="invalid_image", param="file") from error
        sent.file.seek(0)
    name = files.shown_name(sent.filename)
    kept = files.keep_stream(here, caller.account, name, wished.purpose, media_type, sent.file)
    return FileObject.of(kept)


@router.get("/files")
def list_files(
    caller: Reader,
    here: Here,
    after: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 10_000,
    order: Literal["asc", "desc"] = "desc",
    purpose: Literal["batch", "batch_output", "vision"] | None = None,
) -> FileList:
    """List files, page by page."""
    found, more = files.page(here, caller.account, after, limit, order == "desc", purpose)
    data = [FileObject.of(file) for file in found]
    ends = (data[0].id, data[-1].id) if data else (None, None)
    return FileList(data=data, first_id=ends[0], last_id=ends[1], has_more=more)


@router.get("/files/{file_id}")
def retrieve_file(caller: Reader, here: Here, file_id: str) -> FileObject:
    """Retrieve what is known of a file."""
    return FileObject.of(files.find(here, caller.account, file_id))


_CONTENT: dict[int | str, Any] = answers({"application/octet-stream": "Its content."})


@router.get("/files/{file_id}/content", response_class=Response, responses=_CONTENT)
def download_file(caller: Reader, here: Here, file_id: str, request: Request) -> Response:
    """Download a file."""
    found = files.find(here, caller.account, file_id)
    headers = {"etag": f'"{found.id}"', "content-disposition": "attachment"}
    return content.stored(here.media, media.of_file(found.id), "application/octet-stream", headers, request)


@router.delete("/files/{file_id}")
def delete_file(caller: Writer, here: Here, file_id: str) -> DeletedFile:
    """Delete a file."""
    files.forget(here, caller.account, file_id)
    return DeletedFile(id=file_id)
