"""Files of accounts: uploaded, or written for them."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Literal, Self

from pydantic import BaseModel
from sqlalchemy import delete, func, select

from lichtspiel.studio import media
from lichtspiel.studio.database import File
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.services import Services

Purpose = Literal["batch", "batch_output", "vision"]

MOST_BYTES = 20 << 30
"""Of all files of an account."""

_LONGEST_NAME = 255


class FileObject(BaseModel):
    """An uploaded file, or one that was written for the account."""

    id: str
    object: Literal["file"] = "file"
    bytes: int
    created_at: int
    expires_at: int | None = None
    filename: str
    purpose: str
    status: Literal["processed"] = "processed"

    @classmethod
    def of(cls, file: File) -> Self:
        """A file as clients see it."""
        return cls(
            id=file.id,
            bytes=file.bytes,
            created_at=file.created_at,
            filename=file.name,
            purpose=file.purpose,
        )


def keep(here: Services, account: str, name: str, purpose: Purpose, media_type: str, content: bytes) -> File:
    """Store content that is in memory."""
    return _keep(here, account, name, purpose, media_type, content, len(content))


def keep_stream(
    here: Services, account: str, name: str, purpose: Purpose, media_type: str, content: BinaryIO
) -> File:
    """Store content that is too large for memory."""
    with tempfile.NamedTemporaryFile() as whole:
        shutil.copyfileobj(content, whole)
        whole.flush()
        return _keep(here, account, name, purpose, media_type, Path(whole.name), whole.tell())


def find(here: Services, account: str, file: str, param: str = "file_id") -> File:
    """The account's file of this id. Raises ApiError."""
    with here.sessions() as session:
        found = session.scalar(select(File).where(File.id == file, File.account == account))
    if found is None:
        raise ApiError(404, f"No such File object: {file}", code="not_found", param=param)
    return found


def page(
    here: Services, account: str, after: str | None, limit: int, newest_first: bool, purpose: str | None
) -> tuple[Sequence[File], bool]:
    """At most `limit` files that follow the one called `after`, and whether there are more."""
    key = (File.created_at.desc(), File.id.desc()) if newest_first else (File.created_at, File.id)
    wanted = select(File).where(File.account == account).order_by(*key).limit(limit + 1)
    if purpose is not None:
        wanted = wanted.where(File.purpose == purpose)
    if after is not None:
        last = find(here, account, after, "after")
        later, same = File.created_at > last.created_at, File.id > last.id
        if newest_first:
            later, same = File.created_at < last.created_at, File.id < last.id
        wanted = wanted.where(later | ((File.created_at == last.created_at) & same))
    with here.sessions() as session:
        found = session.scalars(wanted).all()
    return found[:limit], len(found) > limit


def forget(here: Services, account: str, file: str) -> None:
    """Delete a file. Raises ApiError."""
    find(here, account, file)
    with here.sessions.begin() as session:
        session.execute(delete(File).where(File.id == file, File.account == account))
    here.media.delete(f"files/{file}")


def shown_name(name: str | None) -> str:
    """A file's name without folders and what headers and terminals could trip over."""
    last = re.split(r"[/\\]", name or "")[-1]
    plain = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    return plain[:_LONGEST_NAME] or "file"


def _check_room(here: Services, account: str, size: int) -> None:
    with here.sessions() as session:
        total = session.scalar(select(func.sum(File.bytes)).where(File.account == account)) or 0
    if total + size > MOST_BYTES:
        said = f"The files of this account have {MOST_BYTES >> 30} GB already: delete some."
        raise ApiError(400, said, code="insufficient_quota", param="file")


def _keep(
    here: Services,
    account: str,
    name: str,
    purpose: Purpose,
    media_type: str,
    content: bytes | Path,
    size: int,
) -> File:
    file = File(
        id=f"file-{secrets.token_hex(12)}",
        account=account,
        name=name,
        purpose=purpose,
        media_type=media_type,
        bytes=size,
    )
    _check_room(here, account, size)
    here.media.put(media.of_file(file.id), content)
    with here.sessions.begin() as session:
        session.add(file)
    return file
