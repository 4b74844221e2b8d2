"""What a film carries inside itself."""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from lichtspiel.cut import inside
from lichtspiel.library import catalogue, clips
from lichtspiel.packs.install import is_installed
from lichtspiel.packs.pack import packs
from lichtspiel.screenplay import Screenplay, Understanding
from lichtspiel.take import Impact, Take

_SOFTWARE = {"bpy": "Blender", "mujoco": "MuJoCo", "av": "FFmpeg through PyAV"}


class Part(BaseModel):
    """Base of the record's parts: immutable; an infinite measurement stays one in JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="strings")


class Credit(Part):
    """Who made something that the film shows, and the licence it is used by."""

    what: str
    who: str
    licence: str


class Happening(Part):
    """An event of the take in words, at world time."""

    time_s: float
    words: str


class Outcome(Part):
    """A directed outcome, and whether it happened."""

    goal: str
    met: bool
    note: str = ""


class TakeSummary(Part):
    """The performance in short."""

    duration_s: float
    """World time."""
    bodies: int
    impacts: int
    rubs: int
    breaks: int
    strongest: tuple[Happening, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


class Line(Part):
    """A caption on the film's clock."""

    start_s: float
    end_s: float
    text: str
    words: tuple[tuple[float, str], ...] = ()
    """When each of the words with which the text ends is said; empty where none are."""


class Onset(Part):
    """A knock: when it happens on the film's clock, and when its sound arrives at the camera."""

    film_s: float
    heard_s: float
    energy: float
    """Against the loudest knock of the film, 0 … 1."""
    words: str = ""


class SoundMeasurements(Part):
    """What was measured on the finished soundtrack."""

    integrated_lufs: float
    true_peak_dbtp: float
    note: str = ""
    faults: tuple[str, ...] = ()
    """What a listener would take for an error: clicks, clipping, dead silence; none in a good film."""
    surround: bool = False
    """Whether it is for five loudspeakers and a bass instead of two."""


class FilmRecord(Part):
    """Everything about a film but its picture and sound."""

    made_with: str
    engine: str
    screenplay: Screenplay
    understanding: Understanding
    quality: str
    width: int
    height: int
    fps: int
    frames: int
    take: TakeSummary
    sound: SoundMeasurements
    captions: tuple[Line, ...] = ()
    burnt: bool = False
    """Whether the captions are drawn into the picture."""
    onsets: tuple[Onset, ...] = ()
    credits: tuple[Credit, ...] = ()

    @property
    def duration_s(self) -> float:
        return self.frames / self.fps


def write(film: Path, record: FilmRecord) -> None:
    """Put the record into a finished film."""
    inside.write(film, record.model_dump(mode="json"))


def read(film: Path) -> FilmRecord:
    """The record of a film. Raises NothingInsideError, and OSError when the file cannot be read."""
    try:
        return FilmRecord.model_validate(inside.read(film))
    except ValidationError as error:
        raise inside.NothingInsideError(
            f"{film.name} was made by another version of Lichtspiel, whose record cannot be read."
        ) from error


def made_with() -> str:
    """Name and version of this program."""
    return f"Lichtspiel {importlib.metadata.version('lichtspiel')}"


def summary_of(take: Take, strongest: int = 12) -> TakeSummary:
    """The take in short, with its strongest impacts in the order of time."""
    loud = sorted(take.impacts, key=lambda impact: -impact.impulse_ns)[:strongest]
    happenings = [Happening(time_s=i.time_s, words=_meeting(i)) for i in loud]
    happenings += [Happening(time_s=b.time_s, words=f"{b.body} breaks") for b in take.breaks]
    return TakeSummary(
        duration_s=take.duration_s,
        bodies=len(take.names),
        impacts=len(take.impacts),
        rubs=len(take.rubs),
        breaks=len(take.breaks),
        strongest=tuple(sorted(happenings, key=lambda happening: happening.time_s)),
        outcomes=tuple(Outcome(goal=v.goal, met=v.met, note=v.note) for v in take.verdicts),
    )


def _meeting(impact: Impact) -> str:
    """Who meets what; the surroundings come second."""
    who, what = sorted((impact.first, impact.second), key=lambda name: name.startswith("place/"))
    return f"{who} meets {what.removeprefix('place/')}"


def credits_of(screenplay: Screenplay) -> tuple[Credit, ...]:
    """Credits of everything from the library that the film shows, and of the software that made it."""
    place = catalogue.places()[screenplay.setting.place]
    things = [catalogue.things()[thing] for thing in sorted({prop.thing for prop in screenplay.props})]
    library = [Credit(what=place.id, who=place.credit, licence=place.licence)]
    library += [Credit(what=thing.id, who=thing.credit, licence=thing.licence) for thing in things]
    done = {beat.motion for beat in screenplay.beats}
    added = [entry for entry in clips.entries(clips.folder()).values() if entry.id in done and entry.source]
    library += [Credit(what=entry.id, who=entry.source, licence="as its maker allows") for entry in added]
    cast = screenplay.cast
    used = {"people": cast, "skin": cast, "voices": screenplay.lines, "instruments": screenplay.music}
    for name, wanted in used.items():
        pack = packs()[name]
        if wanted and is_installed(pack):
            what = f"{pack.package} {pack.version}"
            library.append(Credit(what=what, who=pack.credit, licence=pack.licence))
    software = [
        Credit(
            what=f"{name} {importlib.metadata.version(package)}",
            who=name,
            licence=_licence(package),
        )
        for package, name in _SOFTWARE.items()
    ]
    return (*library, *software)


def _licence(package: str) -> str:
    fields = importlib.metadata.metadata(package)
    return fields.get("License-Expression") or fields.get("License") or "see its package"
