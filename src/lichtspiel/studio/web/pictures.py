"""Pictures that clients send: known by their content, and never unpacked before their size is known."""

from __future__ import annotations

import base64
import binascii
import io

from PIL import Image, ImageOps

from lichtspiel.picture import MAX_SIDE
from lichtspiel.studio.web.turns import in_turn

MAX_BYTES = 20 << 20

_KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


class PictureError(ValueError):
    """This cannot be used as a picture; the message says why."""


def checked(data: bytes, size: tuple[int, int] | None = None) -> str:
    """The media type of a picture that is whole, and of this width and height.

    Raises PictureError, and ApiError when too many are looked at.
    """
    if len(data) > MAX_BYTES:
        raise PictureError(f"a picture has at most {MAX_BYTES >> 20} MB")
    return in_turn(lambda: _looked_at(data, size))


def _looked_at(data: bytes, size: tuple[int, int] | None) -> str:
    try:
        with Image.open(io.BytesIO(data), formats=list(_KINDS)) as picture:
            if max(picture.size) > MAX_SIDE:
                raise PictureError(f"a picture has at most {MAX_SIDE} pixels on a side")
            if size is not None and size not in (picture.size, picture.size[::-1]):
                raise _wrong_size(picture.size, size)
            kind = _KINDS[str(picture.format)]
            ImageOps.exif_transpose(picture, in_place=True)
            picture.load()
            upright = picture.size
    except PictureError:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureError("it is no whole JPEG, PNG or WebP picture") from error
    if size is not None and upright != size:
        raise _wrong_size(upright, size)
    return kind


def from_data_url(url: str) -> bytes:
    """The bytes in a data URL. Raises PictureError."""
    head, comma, text = url.partition(",")
    if not comma or not head.endswith(";base64"):
        raise PictureError("write a data URL as data:image/png;base64,…")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureError("its base64 cannot be read") from error


def _wrong_size(found: tuple[int, int], wanted: tuple[int, int]) -> PictureError:
    return PictureError(
        f"the picture is {found[0]}x{found[1]}, and the video {wanted[0]}x{wanted[1]}: make them match"
    )
