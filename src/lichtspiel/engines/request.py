"""What a film is asked to be beyond its screenplay."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from lichtspiel.picture import STANDARD, Quality
from lichtspiel.screenplay import Screenplay, Understanding


@dataclass(frozen=True)
class FilmRequest:
    """One film to make. `output` is the file it shall become."""

    screenplay: Screenplay
    understanding: Understanding
    output: Path
    quality: Quality = STANDARD
    save_blend: Path | None = None
    """Also leave the whole scene as a Blender file there."""
    reference: Path | None = None
    """A picture that stands as the first frame; see `reference.py`."""
    surround: bool = False
    """Sound for five loudspeakers and a bass instead of two."""
    stems: bool = False
    """Also leave dialogue, effects, ambience and music as files beside the film."""
    burn: bool = False
    """Captions are drawn into the picture instead of being a track that can be hidden."""
    depth: bool = False
    """Also leave how far away everything in every frame is; see `archives.py`."""

    @property
    def frame_count(self) -> int:
        return max(1, round(self.screenplay.duration_s * self.quality.fps))


FILE = "request.json"


def write(folder: Path, request: FilmRequest) -> None:
    """Leave a request in a work folder for those who do its steps; a picture it names must lie there too."""
    (folder / FILE).write_bytes(_FORM.dump_json(request))


def read(folder: Path) -> FilmRequest:
    """The request that `write` left, on whatever machine the folder is now."""
    made = _FORM.validate_json((folder / FILE).read_bytes())
    return made if made.reference is None else replace(made, reference=folder / made.reference.name)


_FORM = TypeAdapter(FilmRequest)
