"""The studio's files: films, stills and uploads, in a folder or in an S3-compatible store.

Names are `VIDEO/video.mp4` and the like, parts joined by slashes. A file appears under its name
only when it is complete. A store that cannot be reached, or does not do what it is asked, raises
MediaDownError within seconds; how long that is waited for is the caller's.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import obstore
from obstore.exceptions import BaseError, InvalidPathError
from obstore.store import LocalStore, from_url

from lichtspiel.engines import archives
from lichtspiel.studio.home import Home, StudioError

if TYPE_CHECKING:
    from obstore import GetOptions, GetResult
    from obstore.store import RetryConfig

VARIABLE = "LICHTSPIEL_MEDIA_URL"

PROBE = "answers.probe"
"""What is stored again and again to see that the store takes files."""

_PIECE_BYTES = 1 << 20
_BELIEVED_S = 5.0
"""How long an answer of the store tells that it answers."""
_RETRIES: RetryConfig = {
    "max_retries": 3,
    "retry_timeout": timedelta(seconds=10),
    "backoff": {"init_backoff": timedelta(milliseconds=100), "max_backoff": timedelta(seconds=1)},
}
"""Enough for a request that goes astray; a request to the studio waits for these."""


class MediaDownError(Exception):
    """The store does not do what it is asked at the moment; the message is one line."""


@dataclass(frozen=True)
class Variant:
    """One file of a video."""

    file: str
    media_type: str


VARIANTS: Mapping[str, Variant] = {
    "video": Variant("video.mp4", "video/mp4"),
    "thumbnail": Variant("thumbnail.webp", "image/webp"),
    "spritesheet": Variant("spritesheet.jpg", "image/jpeg"),
    "take_files": Variant(archives.TAKE, "application/zip"),
    "depth": Variant(archives.DEPTH, "application/zip"),
}


@dataclass(frozen=True)
class Stat:
    """What is known of a stored file without reading it."""

    size: int
    """Bytes."""
    etag: str
    """Changes when the file does; without quotation marks."""


class Media:
    """Files by name. Every call may be made from any thread, and raises MediaDownError."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._looking = threading.Lock()
        self._answered, self._looked_at = True, -_BELIEVED_S

    def answers(self) -> bool:
        """Whether the store takes files; it is asked every few seconds at most, and never raises."""
        if self._looking.acquire(blocking=False):  # else another thread is asking it
            try:
                if time.monotonic() - self._looked_at >= _BELIEVED_S:
                    self._answered = self._takes_files()
                    self._looked_at = time.monotonic()
            finally:
                self._looking.release()
        return self._answered

    def stat(self, name: str) -> Stat | None:
        """Size and tag of a file; None when there is none of this name."""
        try:
            with _reached():
                found = obstore.head(self._store, name)
        except FileNotFoundError:
            return None
        return Stat(found["size"], (found["e_tag"] or "").strip('"'))

    def stream(self, name: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to and without `end`, in pieces. Raises FileNotFoundError at once."""
        if end is not None and end <= start:
            return iter(())
        span: GetOptions = {"range": {"offset": start} if end is None else (start, end)}
        whole = (start, end) == (0, None)  # a range of an empty file would be an error
        with _reached():
            found = obstore.get(self._store, name, options=None if whole else span)
        return _pieces(found)

    def read(self, name: str) -> bytes:
        """The whole of a small file. Raises FileNotFoundError."""
        with _reached():
            return bytes(obstore.get(self._store, name).bytes())

    def put(self, name: str, content: Path | bytes) -> None:
        """Store a file, in place of an earlier one of this name. Raises FileNotFoundError for a lost path."""
        try:
            with _reached():
                obstore.put(self._store, name, content)
        except FileNotFoundError as error:
            if isinstance(content, Path) and not content.exists():
                raise
            raise MediaDownError(_first_line(error)) from error  # the bucket is not there

    def fetch(self, name: str, path: Path) -> None:
        """Copy a stored file to a path, where it appears in one step. Raises FileNotFoundError."""
        pieces = self.stream(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
            try:
                for piece in pieces:
                    part.write(piece)
                part.close()
                Path(part.name).replace(path)
            finally:
                Path(part.name).unlink(missing_ok=True)

    def names(self, folder: str = "") -> Iterator[str]:
        """The names of all files that were put, or of those in a folder and below."""
        with _reached():
            for batch in obstore.list(self._store, folder or None):
                yield from (found["path"] for found in batch if found["path"] != PROBE)

    def folders(self, folder: str = "") -> list[str]:
        """The names of the folders that stand in a folder."""
        with _reached():
            found = obstore.list_with_delimiter(self._store, folder or None)["common_prefixes"]
        return [name.rsplit("/", 1)[-1] for name in found]

    def delete(self, folder: str) -> None:
        """Delete everything in a folder and below; one that does not exist is deleted already."""
        for name in list(self.names(folder)):
            try:
                with _reached():
                    obstore.delete(self._store, name)
            except FileNotFoundError:
                continue  # somebody else was faster

    def _takes_files(self) -> bool:
        try:
            self.put(PROBE, b"1")
        except MediaDownError:
            return False
        return True


@contextmanager
def _reached() -> Iterator[None]:
    """Call what the store cannot do at the moment by its name, and leave alone what is the caller's."""
    try:
        yield
    except InvalidPathError:
        raise
    except BaseError as error:
        raise MediaDownError(_first_line(error)) from error


def _pieces(found: GetResult) -> Iterator[bytes]:
    with _reached():
        for piece in found.stream(min_chunk_size=_PIECE_BYTES):
            yield bytes(piece)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]


def of(video: str, variant: str = "video") -> str:
    """The name of a video's file."""
    return f"{video}/{VARIANTS[variant].file}"


def of_file(file: str) -> str:
    """The name of an account's uploaded or written file."""
    return f"files/{file}/content"


def is_shared() -> bool:
    """Whether files are kept where `LICHTSPIEL_MEDIA_URL` says, apart from the studio's folder."""
    return bool(os.environ.get(VARIABLE))


def opened(home: Home) -> Media:
    """The store that `LICHTSPIEL_MEDIA_URL` names, else the studio's own folder. Raises StudioError.

    Credentials of a bucket come from the variables that the AWS tools know.
    """
    chosen = os.environ.get(VARIABLE)
    try:
        if not chosen:
            return Media(LocalStore(home.folder / "media", mkdir=True, automatic_cleanup=True))
        if chosen.startswith("file://"):
            return Media(from_url(chosen, mkdir=True, automatic_cleanup=True))
        return Media(from_url(chosen, retry_config=_RETRIES, **_plain()))
    except (BaseError, ValueError) as error:
        said = _first_line(error)
        raise StudioError(
            f"{VARIABLE} does not open ({said}): write it as s3://BUCKET/FOLDER or file:///FOLDER."
        ) from error


def _plain() -> dict[str, Any]:
    """Allow a store of one's own without TLS, where its address says so."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    return {"client_options": {"allow_http": True}} if endpoint.startswith("http://") else {}
