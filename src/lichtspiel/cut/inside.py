"""What a film carries inside itself: one JSON record in a box of its own at the end of the MP4.

An MP4 file is a row of boxes, and players skip those they do not know. Ours has the type
`uuid` (ISO/IEC 14496-12, 4.2), so that no other program's box can be mistaken for it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

BOX = UUID("5d6a1f0e-2c8b-4f57-9e7a-6c6963687473")

MAX_BYTES = 8 << 20
"""Of a record's text, packed or not; two minutes of film take a tenth. Files from elsewhere may be bombs."""

_HEADER = 8
_EXTENDED = 16


class NothingInsideError(ValueError):
    """The file is no film of ours, or its record is damaged."""


def write(film: Path, record: Mapping[str, object]) -> None:
    """Append the record to a film; when it carries several, the last one counts."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    payload = BOX.bytes + zlib.compress(text.encode(), 9)
    with film.open("ab") as file:
        file.write((_HEADER + len(payload)).to_bytes(4) + b"uuid" + payload)


def read(film: Path) -> dict[str, Any]:
    """The record of a film. Raises NothingInsideError, and OSError when the file cannot be read."""
    with film.open("rb") as file:
        ours = [(start, size) for start, size, kind in _boxes(file) if kind == BOX.bytes]
        if not ours:
            raise NothingInsideError(f"{film.name} is not a Lichtspiel film: it carries no record inside.")
        start, size = ours[-1]
        if size > MAX_BYTES:
            raise NothingInsideError("The record inside the film is damaged.")
        file.seek(start + _HEADER + len(BOX.bytes))
        return _decoded(file.read(size - _HEADER - len(BOX.bytes)))


def _decoded(payload: bytes) -> dict[str, Any]:
    try:
        packed = zlib.decompressobj()
        text = packed.decompress(payload, MAX_BYTES)
        record = json.loads(text) if packed.eof else None
    except (zlib.error, ValueError, RecursionError) as error:
        raise NothingInsideError("The record inside the film is damaged.") from error
    if not isinstance(record, dict):
        raise NothingInsideError("The record inside the film is damaged.")
    return record


def _boxes(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Start, size and type of every top-level box; the type of a `uuid` box is its 16 bytes."""
    file.seek(0, 2)
    end = file.tell()
    start = 0
    while start + _HEADER <= end:
        file.seek(start)
        head = file.read(_EXTENDED + len(BOX.bytes))
        size, kind = int.from_bytes(head[:4]), head[4:8]
        if size == 1:
            size = int.from_bytes(head[_HEADER:_EXTENDED])
        elif size == 0:
            size = end - start
        if size < _HEADER or start + size > end:
            return
        yield start, size, head[_HEADER:][: len(BOX.bytes)] if kind == b"uuid" else kind
        start += size
