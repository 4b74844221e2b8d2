import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from lichtspiel.packs import kokoro


def message(*fields: tuple[int, bytes | int]) -> bytes:
    """Protobuf's wire format, written out."""
    made = b""
    for number, value in fields:
        if isinstance(value, int):
            made += bytes([number << 3, value])
        else:
            made += bytes([number << 3 | 2]) + kokoro._varint(len(value)) + value
    return made


def floats(name: str) -> bytes:
    shape = message((1, message((1, 3))))
    return message((1, name.encode()), (2, message((1, message((1, 1), (2, shape))))))


def weights(name: str, values: list[float]) -> bytes:
    return message((1, len(values)), (2, 1), (8, name.encode()), (9, np.array(values, "<f4").tobytes()))


def node(operator: str, inputs: list[str], output: str) -> bytes:
    return message(*((1, name.encode()) for name in inputs), (2, output.encode()), (4, operator.encode()))


@pytest.fixture
def model() -> bytes:
    """audio = (tokens + one) * two - tokens."""
    graph = message(
        (1, node("Add", ["tokens", "one"], "middle")),
        (1, node("Mul", ["middle", "two"], "late")),
        (1, node("Sub", ["late", "tokens"], "audio")),
        (2, b"graph"),
        (5, weights("one", [1, 1, 1])),
        (5, weights("two", [2, 2, 2])),
        (11, floats("tokens")),
        (12, floats("audio")),
    )
    return message((1, 8), (7, graph), (8, message((2, 17))))


def run(model: bytes, **inputs: list[float]) -> list[float]:
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    (made,) = session.run(None, {name: np.array(value, np.float32) for name, value in inputs.items()})
    return [float(value) for value in made]


def test_a_model_cut_in_two_computes_what_the_whole_does(model: bytes) -> None:
    first = kokoro.part(model, ("tokens",), ("middle",))
    second = kokoro.part(model, ("tokens", "middle"), ("audio",))
    assert b"two" not in first
    assert run(first, tokens=[1, 2, 3]) == [2, 3, 4]
    assert run(second, tokens=[1, 2, 3], middle=[2, 3, 4]) == run(model, tokens=[1, 2, 3]) == [3, 4, 5]


def test_what_is_cut_off_can_be_changed_on_the_way(model: bytes) -> None:
    second = kokoro.part(model, ("tokens", "middle"), ("audio",))
    assert run(second, tokens=[0, 0, 0], middle=[1, 2, 9]) == [2, 4, 18]


def test_a_part_that_lacks_something_is_refused(model: bytes) -> None:
    with pytest.raises(ValueError, match="tokens"):
        kokoro.part(model, ("middle",), ("audio",))


def test_the_pieces_must_make_up_the_model(
    tmp_path: Path, model: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, pieces, voices = tmp_path / "data", [tmp_path / "a", tmp_path / "b"], tmp_path / "voices"
    for folder in (data, *pieces, voices):
        folder.mkdir()
    (data / "vocab.json").write_text('{"vocab": {"a": 43}}', "utf-8")
    for piece, share in zip(pieces, (model[:20], model[20:]), strict=True):
        (piece / "part.bin").write_bytes(share)
    for name in ("bm_george", "af_heart"):
        np.arange(512, dtype="<f4").tofile(voices / f"{name}.bin")
    with pytest.raises(ValueError, match="do not make up"):
        kokoro.convert(data, tmp_path / "made", *pieces, voices)
    monkeypatch.setattr(kokoro, "MODEL_SHA256", hashlib.sha256(model).hexdigest())
    monkeypatch.setattr(kokoro, "PARTS", {"sound": (("tokens",), ("audio",))})
    kokoro.convert(data, tmp_path / "made", *pieces, voices)
    assert run((tmp_path / "made" / "sound.onnx").read_bytes(), tokens=[1, 2, 3]) == [3, 4, 5]
    assert json.loads((tmp_path / "made" / "voices.json").read_text("utf-8")) == ["af_heart", "bm_george"]
    assert np.load(tmp_path / "made" / "styles.npy").shape == (2, 2, 256)
