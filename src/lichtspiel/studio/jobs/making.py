"""What is done for a video, step by step, by one worker. When and by whom is the workflow's."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from lichtspiel.engines import EngineError, FilmError, FilmRecord, Progress, archives, request
from lichtspiel.engines.engine import PERFORMED, SCORED, depth_name, frame_name
from lichtspiel.packs.fetch import FetchError
from lichtspiel.packs.install import install, pack_of
from lichtspiel.screenplay import Understanding
from lichtspiel.studio import media, wish
from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.crew import Hand, PackWantedError, UnreadableError, UnwantedError
from lichtspiel.studio.jobs.patience import PATIENCE_S, LaterError, patiently
from lichtspiel.studio.jobs.progress import SHARES, percent
from lichtspiel.studio.jobs.queue import Job
from lichtspiel.studio.jobs.row import notes_on, wished
from lichtspiel.studio.jobs.shelf import Shelf
from lichtspiel.studio.media import Media, MediaDownError

MAX_ATTEMPTS = 3
"""At a step, in a row, none of which got further than those before."""

MAX_BEGUN = 10
"""How often a film is begun that could not be stored, though the store answered each time before."""

PLAN_S = 300.0
"""For reading a prompt: the longest take a second or two, on a busy machine with the start of a process."""

CHUNK = {"draft": 24, "standard": 12, "pro": 6}
"""Frames that are rendered as one piece: a minute or a few of one machine's time, so that little is
done again after an accident, and building the scene is still little beside it."""

_PICTURE = "picture"
_FILM, _THUMBNAIL, _SPRITESHEET = "film.mp4", "thumbnail.webp", "spritesheet.jpg"

_NEEDS = {
    "plan": (),
    "perform": (request.FILE,),
    "render": (request.FILE, *PERFORMED),
    "score": (request.FILE, *PERFORMED),
    "cut": (request.FILE, *PERFORMED, *SCORED),
    "seal": (*SCORED, _FILM, _THUMBNAIL, _SPRITESHEET),
}
"""What must be in the work folder before a step."""

_log = logging.getLogger(__name__)

_CODES: Mapping[type[Exception], str] = {
    UnreadableError: "prompt_not_filmable",
    FilmError: "film_not_possible",
    FetchError: "film_not_possible",
    EngineError: "engine_failed",
}

Outcome = dict[str, Any]
"""What became of a step: `failed` with `message`, `later` with why, `unwanted`, or its result."""


@dataclass(frozen=True)
class Making:
    """A worker's means."""

    home: Home
    database: Sessions
    media: Media
    shelf: Shelf | None
    render: Hand
    sound: Hand
    patience_s: float = PATIENCE_S
    """How long a step waits for the studio's files."""

    @property
    def hands(self) -> tuple[Hand, ...]:
        """The processes that do the work."""
        return self.render, self.sound

    def plan(self, video: str) -> Outcome:
        """Read the prompt; the work folder then has the request. Tells how many frames there will be."""
        return self._outcome(video, lambda: self._plan(video))

    def perform(self, video: str) -> Outcome:
        """Stage and simulate."""
        return self._step(video, self.render, {"step": "perform"}, _top)

    def frames(self, video: str, first: int, last: int) -> Outcome:
        """Render the frames from `first` up to and without `last`."""
        frames = list(range(first, last))

        def left(folder: Path) -> list[str]:
            deep = [name for frame in frames if (folder / (name := depth_name(frame))).exists()]
            return [*(frame_name(frame) for frame in frames), *deep]

        return self._step(video, self.render, {"step": "render", "frames": frames}, left)

    def score(self, video: str) -> Outcome:
        """Make the sound."""
        return self._step(video, self.sound, {"step": "score"}, lambda _: SCORED)

    def cut(self, video: str) -> Outcome:
        """Make one film of it all, and its stills."""
        order = {"step": "cut", "thumbnail": _THUMBNAIL, "spritesheet": _SPRITESHEET}
        return self._step(video, self.render, order, lambda folder: _finished(folder).values())

    def seal(self, video: str) -> Outcome:
        """Put the film where it is kept and call the video completed."""
        return self._outcome(video, lambda: self._seal(video))

    def advanced(self, video: str, rendered: int, frames: int) -> None:
        """Tell that so many of a film's frames are there, on whatever machine they were rendered."""
        self._tell(video, int(SHARES["take"] + SHARES["frames"] * rendered / frames))

    def fail(self, video: str, code: str, message: str) -> None:
        """No video can come of this job."""
        queue.steadily(lambda: queue.fail(self.database, video, code, message))

    def put_back(self, job: Job, why: str) -> None:
        """Have a job begun again when its turn comes, unless that was done too often."""
        if job.attempt >= MAX_BEGUN:
            said = f"The studio's files could not be stored in {MAX_BEGUN} attempts: {why}"
            self.fail(job.video, "storage_failed", said)
        else:
            queue.steadily(lambda: queue.put_back(self.database, job))

    def _plan(self, video: str) -> Outcome:
        row = self._row(video)
        folder = self._folder(video, "plan")
        asked = wished(self.database, row, self._picture(row, folder))
        order = {"step": "plan", "folder": str(folder), "wish": wish.FORM.dump_python(asked, mode="json")}
        try:
            self._followed(video, folder, self.render, order, _untold, PLAN_S)
        except EngineError as error:
            said = f"The prompt could not be read: put it in other words, or send a screenplay. ({error})"
            raise EngineError(said) from error
        made = request.read(folder)
        queue.directed(self.database, video, made.screenplay.model_dump(mode="json"))
        queue.account(self.database, video, _ledger(made.understanding), notes_on(row))
        self._leave(video, (request.FILE,))
        return {"frames": made.frame_count, "chunk": CHUNK[row.quality]}

    def _picture(self, row: Video, folder: Path) -> Path | None:
        """The picture that becomes the first frame. Raises FilmError when it was deleted meanwhile."""
        if row.reference is None:
            return None
        name, picture = media.of_file(row.reference), folder / _PICTURE
        try:
            self._patiently(row.id, lambda: self.media.fetch(name, picture))
        except FileNotFoundError as error:
            raise FilmError("The reference picture was deleted before the film began.") from error
        return picture

    def _seal(self, video: str) -> Outcome:
        folder = self._folder(video, "seal")
        self._patiently(video, lambda: self._store(video, folder))
        made = FilmRecord.model_validate_json((folder / SCORED[1]).read_text(encoding="utf-8"))
        faults = [f"Fault of the sound: {fault}" for fault in made.sound.faults]
        notes = [*notes_on(self._row(video)), *faults]
        queue.account(self.database, video, _ledger(made.understanding), notes)
        completed = queue.steadily(lambda: queue.complete(self.database, video))
        with suppress(MediaDownError):  # then the janitor does it later
            if not completed and not self._is_there(video):
                self.media.delete(video)
            if self.shelf is not None:
                self.shelf.clear(video)
        return {}

    def _store(self, video: str, folder: Path) -> None:
        for variant, name in _finished(folder).items():
            self.media.put(media.of(video, variant), folder / name)

    def _is_there(self, video: str) -> bool:
        """Whether another worker, taken for dead by this one or the other way round, was faster."""
        known = queue.steadily(lambda: queue.known(self.database, [video]))
        return known.get(video) == ("completed", False)

    def _step(
        self, video: str, hand: Hand, order: dict[str, Any], leaves: Callable[[Path], Iterable[str]]
    ) -> Outcome:
        def work() -> Outcome:
            folder = self._folder(video, order["step"])
            told = self._teller(video, folder)
            self._followed(video, folder, hand, {**order, "folder": str(folder)}, told)
            self._leave(video, leaves(folder))
            return {}

        return self._outcome(video, work)

    def _followed(
        self,
        video: str,
        folder: Path,
        hand: Hand,
        order: dict[str, Any],
        progress: Progress,
        wall_s: float | None = None,
    ) -> None:
        """Have a step done, again where it breaks but gets further. Raises what Hand.do does."""
        attempts = furthest = 0
        packs: set[str] = set()
        while True:
            try:
                return hand.do(order, progress, lambda: self._wanted(video), wall_s)
            except PackWantedError as missing:
                pack = str(missing)
                if pack in packs:
                    raise EngineError(f"The pack {pack} is installed and yet missing.") from missing
                packs.add(pack)
                install(pack_of(pack), lambda _: None)
            except EngineError as error:
                _log.warning("%s: %s: %s", video, order["step"], error)
                further = _rendered(folder)
                attempts = 1 if further > furthest else attempts + 1
                furthest = max(furthest, further)
                if attempts >= MAX_ATTEMPTS:
                    raise EngineError(f"{error} Given up after {MAX_ATTEMPTS} attempts.") from error

    def _teller(self, video: str, folder: Path) -> Progress:
        frames = request.read(folder).frame_count
        told = 0

        def progress(stage: str, done: int, of: int) -> None:
            nonlocal told
            reached = percent(folder, frames, stage, done, of)
            if reached > told:
                told = reached
                self._tell(video, reached)

        return progress

    def _outcome(self, video: str, work: Callable[[], Outcome]) -> Outcome:
        """What becomes of some work, which is begun again while the database does not answer."""
        if not self._wanted(video):
            return {"unwanted": True}
        try:
            return queue.steadily(work)
        except UnwantedError:
            return {"unwanted": True}
        except LaterError as error:
            return {"later": str(error)}
        except Exception as error:
            code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), None)
            if code is None:
                _log.exception("%s", video)
                said = "Making this video failed; the studio's log says how."
                return {"failed": "internal_error", "message": said}
            return {"failed": code, "message": str(error)}

    def _row(self, video: str) -> Video:
        with self.database() as session:
            return session.scalars(select(Video).where(Video.id == video)).one()

    def _wanted(self, video: str) -> bool:
        return queue.steadily(lambda: queue.is_wanted(self.database, video))

    def _tell(self, video: str, reached: int) -> None:
        try:
            queue.advance(self.database, video, reached)
        except DBAPIError as error:  # it will be told with the next frame
            _log.debug("%s: %s", video, error)

    def _patiently[T](self, video: str, ask: Callable[[], T]) -> T:
        """Ask the studio's files. Raises LaterError, UnwantedError."""
        return patiently(ask, lambda: self._wanted(video), self.patience_s)

    def _folder(self, video: str, step: str) -> Path:
        """The video's work folder before a step, with what other machines have done."""
        folder, shelf = self.home.work(video), self.shelf
        folder.mkdir(parents=True, exist_ok=True)
        if shelf is not None:
            self._patiently(video, lambda: shelf.fetch(video, folder, frames=step == "cut"))
        lost = [name for name in _NEEDS[step] if not (folder / name).exists()]
        if lost:
            raise LaterError(f"{', '.join(lost)} of its unfinished work is gone.")
        return folder

    def _leave(self, video: str, names: Iterable[str]) -> None:
        folder, left, shelf = self.home.work(video), tuple(names), self.shelf
        if shelf is not None:
            self._patiently(video, lambda: shelf.put(video, folder, left))


def _untold(_stage: str, _done: int, _of: int) -> None:
    """Progress of what takes no time."""


def _top(folder: Path) -> list[str]:
    """Names of the files that the steps so far have left."""
    return [file.name for file in folder.iterdir() if file.is_file() and file.suffix != ".log"]


def _finished(folder: Path) -> dict[str, str]:
    """What there is of a film to download, by the names of its variants."""
    files = {"video": _FILM, "thumbnail": _THUMBNAIL, "spritesheet": _SPRITESHEET}
    files |= {"take_files": archives.TAKE, "depth": archives.DEPTH}
    return {variant: name for variant, name in files.items() if (folder / name).exists()}


def _rendered(folder: Path) -> int:
    return sum(1 for _ in (folder / "frames").glob("*.png"))


def _ledger(understanding: Understanding) -> list[object]:
    return [reading.model_dump(mode="json") for reading in understanding.readings]
