"""The last stages of every engine: sound and record are kept, then become one file with the frames."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from lichtspiel.cut.captions import Caption
from lichtspiel.cut.encode import Soundtrack, encode
from lichtspiel.engines import archives, record, reference
from lichtspiel.engines.engine import SCORED, frame_name
from lichtspiel.engines.record import FilmRecord

_SOUND, _RECORD = SCORED


def keep(folder: Path, sound: Soundtrack, made: FilmRecord) -> None:
    """Leave a film's sound and record in its work folder."""
    _put(folder / _SOUND, lambda part: _save(part, sound))
    _put(folder / _RECORD, lambda part: part.write_text(made.model_dump_json(), encoding="utf-8"))


def finish(folder: Path, sample_rate_hz: int) -> Path:
    """Make the film of what is in a work folder, and its archives. Raises EncodingError.

    The film has its name only when it is complete.
    """
    made = FilmRecord.model_validate_json((folder / _RECORD).read_text(encoding="utf-8"))
    sound = Soundtrack(np.load(folder / _SOUND), sample_rate_hz)
    drawn = [folder / frame_name(frame) for frame in range(made.frames)]
    frames = reference.shown(drawn, folder, made.fps)
    captions = [Caption(line.start_s, line.end_s, line.text, line.words) for line in made.captions]
    tags = {
        "title": made.screenplay.title,
        "comment": made.screenplay.prompt,
        "artist": made.made_with,
        "copyright": "; ".join(f"{c.what}: {c.who} ({c.licence})" for c in made.credits),
    }

    def write(part: Path) -> None:
        encode(frames, made.fps, sound, part, captions, tags, burn=made.burnt)
        record.write(part, made)

    _put(folder / "film.mp4", write)
    archives.pack(folder, made.frames)
    return folder / "film.mp4"


def _save(part: Path, sound: Soundtrack) -> None:
    with part.open("wb") as file:
        np.save(file, sound.samples)


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` make the file beside its place, under a name that only this process uses."""
    part = path.with_suffix(f".{os.getpid()}.part")
    write(part)
    part.replace(path)
