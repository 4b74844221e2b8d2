"""Pictures that become first frames: sent, named by an address, or uploaded before. None may show a face."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageOps
from starlette.datastructures import UploadFile

from lichtspiel.engines.opening.faces import faces_in
from lichtspiel.packs.fetch import FetchError
from lichtspiel.packs.install import install, pack_of
from lichtspiel.packs.store import PackMissingError
from lichtspiel.studio import media
from lichtspiel.studio.web import files, outside, pictures
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.outside import Neighbours, OutsideError
from lichtspiel.studio.web.pictures import PictureError
from lichtspiel.studio.web.services import Services
from lichtspiel.studio.web.turns import in_turn
from lichtspiel.studio.web.wire import ImageReference

_PARAM = "input_reference"


def without_file(fields: Mapping[str, Any]) -> tuple[dict[str, Any], UploadFile | None]:
    """A request's fields, and apart from them the picture that came as a file."""
    sent = fields.get(_PARAM)
    if not isinstance(sent, UploadFile):
        return dict(fields), None
    return {name: value for name, value in fields.items() if name != _PARAM}, sent


def kept(
    here: Services,
    account: str,
    sent: UploadFile | None,
    named: ImageReference | None,
    size: tuple[int, int],
    fetch: bool = True,
) -> str | None:
    """File id of the picture for a video of this size; None when there is none. Raises ApiError.

    fetch: whether it may be fetched from an address.
    """
    if sent is None and named is None:
        return None
    name = files.shown_name(sent.filename if sent else None)
    try:
        content = _sent(sent) if sent else _named(here, account, named or ImageReference(), fetch)
        media_type = pictures.checked(content, size)
    except (PictureError, OutsideError) as error:
        said = f"The reference picture cannot be used: {error}."
        raise ApiError(400, said, code="invalid_image", param=_PARAM) from error
    _check_faces(content)
    if named is not None and named.file_id is not None:
        return named.file_id
    return files.keep(here, account, name, "vision", media_type, content).id


def _check_faces(content: bytes) -> None:
    """Raise ApiError where somebody can be seen, who was not asked whether they want to be in a film."""
    try:
        try:
            found = in_turn(lambda: _faces(content))
        except PackMissingError as missing:
            install(pack_of(missing.pack), lambda _: None)
            found = in_turn(lambda: _faces(content))
    except FetchError as error:
        said = "This studio cannot look for faces in pictures, so it takes none: "
        said += "its operator has to run `lichtspiel packs install faces`."
        raise ApiError(503, said, code="faces_not_installed", param=_PARAM) from error
    if found:
        said = "Your request was blocked by our moderation system: the picture shows "
        said += "a face" if found == 1 else f"{found} faces"
        said += ", and nobody may be brought into a film without their consent. Send one without people."
        raise ApiError(400, said, code="moderation_blocked", param=_PARAM)


def _faces(content: bytes) -> int:
    with Image.open(io.BytesIO(content)) as opened:
        ImageOps.exif_transpose(opened, in_place=True)
        return len(faces_in(opened))


def _sent(sent: UploadFile) -> bytes:
    return sent.file.read(pictures.MAX_BYTES + 1)


def _named(here: Services, account: str, named: ImageReference, fetch: bool) -> bytes:
    if (named.image_url is None) == (named.file_id is None):
        raise PictureError("name exactly one of image_url and file_id")
    if named.file_id is not None:
        found = files.find(here, account, named.file_id, f"{_PARAM}.file_id")
        if found.bytes > pictures.MAX_BYTES:
            raise PictureError(f"a picture has at most {pictures.MAX_BYTES >> 20} MB")
        return here.media.read(media.of_file(found.id))
    url = named.image_url or ""
    if url.startswith("data:"):
        return pictures.from_data_url(url)
    if not fetch:
        raise PictureError("in a batch, name a file_id or a data URL")
    return outside.fetch(url, pictures.MAX_BYTES, Neighbours.from_environment())
