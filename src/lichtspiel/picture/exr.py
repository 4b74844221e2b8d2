"""Read the passes of a render from an OpenEXR file, and write pictures of one channel.

Only what Blender writes with the codec `NONE` is read: several parts of plain scan lines. What is
written is one part of packed scan lines (codec `ZIP`), as every program reads it. The format is
described in "OpenEXR File Layout", https://openexr.com/en/latest/OpenEXRFileLayout.html.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]

_MAGIC = 20000630
_TYPES = ("<u4", "<f2", "<f4")
"""UINT, HALF and FLOAT, in the order of the format's pixel types."""
_MULTIPART = 0x1000

_ZIP, _ZIP_LINES = 3, 16
"""The codec, and how many scan lines it packs together."""
_FLOAT = 2


class ExrError(ValueError):
    """The file is no OpenEXR file of the kind that is read here."""


def read(path: Path) -> dict[str, Values]:
    """Channels (H, W) by name, as `ViewLayer.Depth.Z`. Raises ExrError."""
    data = path.read_bytes()
    magic, version = struct.unpack_from("<II", data)
    if magic != _MAGIC:
        raise ExrError(f"{path} is no OpenEXR file")
    headers, at = _headers(data, 8, several=bool(version & _MULTIPART))
    counts = [_size(header)[0] for header in headers]
    channels: dict[str, Values] = {}
    for header, count in zip(headers, counts, strict=True):
        if header["compression"] != b"\0":
            raise ExrError(f"{path} is compressed")
        offsets = np.frombuffer(data, "<u8", count, at)
        at += 8 * count
        channels |= _lines(data, header, offsets, 12 if version & _MULTIPART else 8)
    return channels


def _headers(data: bytes, at: int, *, several: bool) -> tuple[list[Mapping[str, bytes]], int]:
    """The attributes of every part by name, and where the offset tables begin."""
    headers: list[Mapping[str, bytes]] = []
    while True:
        header: dict[str, bytes] = {}
        while data[at]:
            name, at = _word(data, at)
            _, at = _word(data, at)
            (length,) = struct.unpack_from("<I", data, at)
            header[name] = data[at + 4 : at + 4 + length]
            at += 4 + length
        at += 1
        headers.append(header)
        if not several:
            return headers, at
        if not data[at]:
            return headers, at + 1


def _word(data: bytes, at: int) -> tuple[str, int]:
    end = data.index(b"\0", at)
    return data[at:end].decode(), end + 1


def _size(header: Mapping[str, bytes]) -> tuple[int, int]:
    left, top, right, bottom = struct.unpack("<4i", header["dataWindow"])
    return bottom - top + 1, right - left + 1


def _lines(
    data: bytes, header: Mapping[str, bytes], offsets: NDArray[np.uint64], skip: int
) -> dict[str, Values]:
    """The channels of one part. Every scan line holds its channels one after the other."""
    height, width = _size(header)
    channels = list(_channels(header["channels"]))
    row = np.dtype([(name, kind, (width,)) for name, kind in channels])
    lines = np.empty(height, row)
    for y, offset in enumerate(offsets):
        lines[y] = np.frombuffer(data, row, 1, int(offset) + skip)[0]
    return {name: lines[name].astype(np.float32) for name, _ in channels}


def _channels(attribute: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    while attribute[at]:
        name, at = _word(attribute, at)
        (kind,) = struct.unpack_from("<I", attribute, at)
        yield name, _TYPES[kind]
        at += 16


def write(path: Path, name: str, values: Values) -> None:
    """Write one channel (H, W), such as `Z`, in 32-bit numbers. Same values, same bytes."""
    height, width = values.shape
    window = struct.pack("<4i", 0, 0, width - 1, height - 1)
    channel = name.encode() + b"\0" + struct.pack("<iB3xii", _FLOAT, 0, 1, 1) + b"\0"
    header = struct.pack("<II", _MAGIC, 2) + b"".join(
        (
            _attribute("channels", "chlist", channel),
            _attribute("compression", "compression", bytes([_ZIP])),
            _attribute("dataWindow", "box2i", window),
            _attribute("displayWindow", "box2i", window),
            _attribute("lineOrder", "lineOrder", b"\0"),
            _attribute("pixelAspectRatio", "float", struct.pack("<f", 1.0)),
            _attribute("screenWindowCenter", "v2f", struct.pack("<2f", 0.0, 0.0)),
            _attribute("screenWindowWidth", "float", struct.pack("<f", 1.0)),
            b"\0",
        )
    )
    tops = range(0, height, _ZIP_LINES)
    blocks = []
    for top in tops:
        packed = _packed(values[top : top + _ZIP_LINES].astype("<f4").tobytes())
        blocks.append(struct.pack("<ii", top, len(packed)) + packed)
    starts = np.cumsum([len(header) + 8 * len(tops), *(len(block) for block in blocks[:-1])])
    path.write_bytes(header + starts.astype("<u8").tobytes() + b"".join(blocks))


def _attribute(name: str, kind: str, value: bytes) -> bytes:
    return name.encode() + b"\0" + kind.encode() + b"\0" + struct.pack("<i", len(value)) + value


def _packed(raw: bytes) -> bytes:
    """A block as the codec `ZIP` stores it: even and odd bytes apart, then differences, then deflated.

    What does not become smaller stays as it is.
    """
    apart = np.frombuffer(raw, np.uint8)
    apart = np.concatenate([apart[0::2], apart[1::2]])
    steps = apart.copy()
    steps[1:] = apart[1:] - apart[:-1] + np.uint8(128)
    packed = zlib.compress(steps.tobytes(), 6)
    return packed if len(packed) < len(raw) else raw
