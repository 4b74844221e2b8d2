"""The last stage of every engine: frames, sound and record become one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lichtspiel.cut.captions import Caption
from lichtspiel.cut.encode import Soundtrack, encode
from lichtspiel.engines import record
from lichtspiel.engines.record import FilmRecord


def finish(frames: Sequence[Path], sound: Soundtrack, made: FilmRecord, film: Path) -> None:
    """Write the film; it has its name only when it is complete. Raises EncodingError."""
    part = film.with_suffix(".part")
    captions = [Caption(line.start_s, line.end_s, line.text) for line in made.captions]
    tags = {
        "title": made.screenplay.title,
        "comment": made.screenplay.prompt,
        "artist": made.made_with,
        "copyright": "; ".join(f"{c.what}: {c.who} ({c.licence})" for c in made.credits),
    }
    encode(frames, made.fps, sound, part, captions, tags)
    record.write(part, made)
    part.replace(film)
