"""A studio in one file: its tables as JSON lines and its media, readable by both kinds of database.

A backup may be made while the studio works. Videos in the making come back as queued ones and are made
anew: what there is of them is left out, since another version of Lichtspiel might go on with it.
"""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Connection, Table, exists, func, insert, select, text

from lichtspiel.studio.database import Account, Base, Sessions, Video
from lichtspiel.studio.home import StudioError
from lichtspiel.studio.jobs import shelf
from lichtspiel.studio.media import PROBE, Media, MediaDownError

FORMAT = "lichtspiel-studio 1"
_ABOUT = "studio.json"
_ROWS_AT_ONCE = 500
_LEFT_OUT = frozenset({"sign_ins", "challenges"})
"""What outlives no move: browsers sign in again."""


def write(sessions: Sessions, media: Media, path: Path, told: Callable[[int, int], None]) -> None:
    """Write the studio to a tar file, which appears when it is whole. `told` hears of files done and to do.

    Raises StudioError.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with tarfile.open(part, "w") as tar:
            _add(tar, _ABOUT, io.BytesIO(json.dumps({"format": FORMAT}).encode()))
            _write_tables(sessions, tar)
            _write_media(media, tar, told)
        part.replace(path)
    except OSError as error:
        raise StudioError(f"{path} cannot be written: {error.strerror or error}.") from error
    except MediaDownError as error:
        raise StudioError(f"The store of files does not answer: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def read(sessions: Sessions, media: Media, path: Path, told: Callable[[int, int], None]) -> None:
    """Fill an empty studio from a backup: all of its tables, or none. Raises StudioError."""
    with sessions() as session:
        if session.scalar(select(exists().where(Account.id.is_not(None)))):
            raise StudioError(
                "This studio has accounts already: restore into an empty one (name it in LICHTSPIEL_STUDIO)."
            )
    try:
        with tarfile.open(path, "r:") as tar:
            members = _members(tar, path)
            files = [member for member in members if _is_kept(member.name)]
            for done, member in enumerate(files):
                told(done, len(files))
                _read_file(media, tar, member)
            told(len(files), len(files))
            _read_tables(sessions, tar, {member.name: member for member in members})
    except MediaDownError as error:
        raise StudioError(f"The store of files does not answer: {error}") from error
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise StudioError(f"{path} is no whole backup of a studio: {error}") from error


def _tables() -> list[Table]:
    """Those that are kept, each after the ones it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT]


def _write_tables(sessions: Sessions, tar: tarfile.TarFile) -> None:
    with sessions() as session:
        connection = session.connection()
        # All tables as they were at one moment: rows refer to each other.
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
        else:  # Python's driver begins none for reading
            connection.exec_driver_sql("BEGIN")
        for table in _tables():
            with tempfile.TemporaryFile() as lines:
                for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
                    lines.write(json.dumps(dict(row)).encode() + b"\n")
                _add(tar, f"tables/{table.name}.jsonl", lines)


def _write_media(media: Media, tar: tarfile.TarFile, told: Callable[[int, int], None]) -> None:
    names = sorted(name for name in media.names() if _is_kept(f"media/{name}"))
    with tempfile.TemporaryDirectory() as folder:
        for done, name in enumerate(names):
            told(done, len(names))
            copy = Path(folder) / "copy"
            try:
                media.fetch(name, copy)
            except FileNotFoundError:
                continue  # deleted meanwhile
            with copy.open("rb") as content:
                _add(tar, f"media/{name}", content)
    told(len(names), len(names))


def _is_kept(entry: str) -> bool:
    """Whether an entry of a backup is a file that a studio needs again."""
    return entry.startswith("media/") and not entry.startswith((f"media/{shelf.FOLDER}/", f"media/{PROBE}"))


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    tar.addfile(entry, content)


def _members(tar: tarfile.TarFile, path: Path) -> list[tarfile.TarInfo]:
    members = tar.getmembers()
    about = tar.extractfile(_ABOUT)
    if about is None or json.load(about).get("format") != FORMAT:
        raise StudioError(f"{path} is a backup in a form that this version does not know.")
    for member in members:
        if not member.isfile() or ".." in PurePosixPath(member.name).parts or member.name.startswith("/"):
            raise ValueError(f"it has a strange entry, {member.name!r}")
    return members


def _read_file(media: Media, tar: tarfile.TarFile, member: tarfile.TarInfo) -> None:
    content = tar.extractfile(member)
    assert content is not None
    with tempfile.NamedTemporaryFile() as copy:
        while piece := content.read(1 << 20):
            copy.write(piece)
        copy.flush()
        media.put(member.name.removeprefix("media/"), Path(copy.name))


def _read_tables(sessions: Sessions, tar: tarfile.TarFile, members: dict[str, tarfile.TarInfo]) -> None:
    with sessions.begin() as session:
        connection = session.connection()
        for table in _tables():
            lines = tar.extractfile(members[f"tables/{table.name}.jsonl"])
            assert lines is not None
            for rows in _packs(table, lines):
                connection.execute(insert(table), rows)
        _count_on(connection)


def _packs(table: Table, lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for line in lines:
        row = json.loads(line)
        if table is Video.__table__ and row["status"] == "in_progress":
            row |= {"status": "queued", "progress": 0}
        rows.append(row)
        if len(rows) == _ROWS_AT_ONCE:
            yield rows
            rows = []
    if rows:
        yield rows


def _count_on(connection: Connection) -> None:
    """Have PostgreSQL number new videos after the restored ones; SQLite does by itself."""
    if connection.dialect.name == "postgresql":
        last = select(func.coalesce(func.max(Video.number), 0) + 1).scalar_subquery()
        sequence = func.pg_get_serial_sequence("videos", "number")
        connection.execute(select(func.setval(sequence, last, False)))
