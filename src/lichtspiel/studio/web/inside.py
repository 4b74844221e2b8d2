"""What films carry inside: those of this studio, and those that are sent to it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from starlette.datastructures import UploadFile

from lichtspiel.cut.inside import NothingInsideError
from lichtspiel.engines import record
from lichtspiel.engines.record import FilmRecord
from lichtspiel.studio import media
from lichtspiel.studio.media import Media
from lichtspiel.studio.web import screenplays
from lichtspiel.studio.web.errors import ApiError
from lichtspiel.studio.web.turns import in_turn


class ForeignFilmError(ApiError):
    """A film that was not made by Lichtspiel, or whose record is damaged."""


def of_video(store: Media, video: str) -> FilmRecord:
    """The record of a completed video. Raises ApiError when its film is no longer there."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        try:
            store.fetch(media.of(video), film)
            return in_turn(lambda: record.read(film))
        except (FileNotFoundError, NothingInsideError) as error:
            said = "The film of this video is no longer there."
            raise ApiError(404, said, code="not_found", param="video_id") from error


def of_upload(film: UploadFile) -> FilmRecord:
    """The record of a film that was sent. Raises ApiError, ForeignFilmError where it has none."""
    if film.file.read(12)[4:8] != b"ftyp":
        raise ApiError(400, "The file is no MP4.", code="unsupported_file", param="video")
    film.file.seek(0)
    with tempfile.NamedTemporaryFile(suffix=".mp4") as kept:
        shutil.copyfileobj(film.file, kept)
        kept.flush()
        try:
            found = in_turn(lambda: record.read(Path(kept.name)))
            screenplays.safe(found.screenplay)
        except NothingInsideError as error:
            said = (
                "This film was not made by Lichtspiel: there is no screenplay inside that could be changed "
                "or gone on with. Send a film as it was downloaded, or the id of one that was made here."
            )
            raise ForeignFilmError(400, said, code="foreign_film", param="video") from error
        except ValueError as error:
            said = f"The screenplay inside the film cannot be used here: {error}."
            raise ApiError(400, said, code="invalid_value", param="video") from error
    return found
