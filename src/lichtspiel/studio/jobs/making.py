"""What is done for a video, step by step, by one worker. When and by whom is the workflow's."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import undefer

from lichtspiel.director import PromptError
from lichtspiel.engines import EngineError, FilmError, FilmRecord, FilmRequest, request
from lichtspiel.engines.engine import SCORED, frame_name
from lichtspiel.packs.fetch import FetchError
from lichtspiel.packs.install import install, pack_of
from lichtspiel.picture import TIERS
from lichtspiel.screenplay import Understanding
from lichtspiel.studio import media, plan
from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.crew import Hand, PackWantedError, UnwantedError
from lichtspiel.studio.jobs.progress import SHARES, percent
from lichtspiel.studio.jobs.shelf import Shelf
from lichtspiel.studio.media import Media

MAX_ATTEMPTS = 3
"""At a step, in a row, none of which got further than those before."""

CHUNK = {"draft": 24, "standard": 12, "pro": 6}
"""Frames that are rendered as one piece: a minute or a few of one machine's time, so that little is
done again after an accident, and building the scene is still little beside it."""

_PICTURE = "picture"
_FILM, _THUMBNAIL, _SPRITESHEET = "film.mp4", "thumbnail.webp", "spritesheet.jpg"

_log = logging.getLogger(__name__)

_CODES: Mapping[type[Exception], str] = {
    PromptError: "prompt_not_filmable",
    FilmError: "film_not_possible",
    FetchError: "film_not_possible",
    EngineError: "engine_failed",
}

Outcome = dict[str, Any]
"""What became of a step: `failed` with `message`, or `unwanted`, or its result."""


@dataclass(frozen=True)
class Making:
    """A worker's means."""

    home: Home
    database: Sessions
    media: Media
    shelf: Shelf | None
    render: Hand
    sound: Hand

    def plan(self, video: str) -> Outcome:
        """Read the prompt; the work folder then has the request. Tells how many frames there will be."""
        return self._outcome(video, lambda: self._plan(video))

    def perform(self, video: str) -> Outcome:
        """Stage and simulate."""
        return self._step(video, self.render, {"step": "perform"}, lambda _: self._top(video))

    def frames(self, video: str, first: int, last: int) -> Outcome:
        """Render the frames from `first` up to and without `last`."""
        frames = list(range(first, last))
        names = [frame_name(frame) for frame in frames]
        return self._step(video, self.render, {"step": "render", "frames": frames}, lambda _: names)

    def score(self, video: str) -> Outcome:
        """Make the sound."""
        return self._step(video, self.sound, {"step": "score"}, lambda _: SCORED)

    def cut(self, video: str) -> Outcome:
        """Make one film of it all, and its stills."""
        order = {"step": "cut", "thumbnail": _THUMBNAIL, "spritesheet": _SPRITESHEET}
        return self._step(video, self.render, order, lambda _: (_FILM, _THUMBNAIL, _SPRITESHEET))

    def seal(self, video: str) -> Outcome:
        """Put the film where it is kept and call the video completed."""
        return self._outcome(video, lambda: self._seal(video))

    def advanced(self, video: str, rendered: int, frames: int) -> None:
        """Tell that so many of a film's frames are there, on whatever machine they were rendered."""
        self._tell(video, int(SHARES["take"] + SHARES["frames"] * rendered / frames))

    def fail(self, video: str, code: str, message: str) -> None:
        """No video can come of this job."""
        queue.steadily(lambda: queue.fail(self.database, video, code, message))

    def _plan(self, video: str) -> Outcome:
        row = self._row(video)
        screenplay, understanding = plan.plan(self.database, row)
        queue.directed(self.database, video, screenplay.model_dump(mode="json"))
        queue.account(self.database, video, _ledger(understanding), plan.notes_on(row))
        folder = self.home.work(video)
        folder.mkdir(parents=True, exist_ok=True)
        quality = TIERS[row.quality].with_size(row.width, row.height).with_fps(row.fps)
        picture = self._picture(row, folder)
        made = FilmRequest(screenplay, understanding, folder / "unused.mp4", quality, reference=picture)
        request.write(folder, made)
        self._leave(video, (request.FILE,))
        return {"frames": made.frame_count, "chunk": CHUNK[row.quality]}

    def _picture(self, row: Video, folder: Path) -> Path | None:
        """The picture that becomes the first frame. Raises FilmError when it was deleted meanwhile."""
        if row.reference is None:
            return None
        try:
            self.media.fetch(media.of_file(row.reference), folder / "picture")
        except FileNotFoundError as error:
            raise FilmError("The reference picture was deleted before the film began.") from error
        return folder / "picture"

    def _reference(self, video: Video, folder: Path) -> Path | None:
        """The picture that becomes the first frame, brought into the work folder."""
        if video.reference is None:
            return None
        picture = folder / _PICTURE
        self.media.fetch(media.of_file(video.reference), picture)
        return picture

    def _seal(self, video: str) -> Outcome:
        folder = self._folder(video, frames=False)
        variants = {"video": _FILM, "thumbnail": _THUMBNAIL, "spritesheet": _SPRITESHEET}
        for variant, name in variants.items():
            self.media.put(media.of(video, variant), folder / name)
        made = FilmRecord.model_validate_json((folder / SCORED[1]).read_text(encoding="utf-8"))
        faults = [f"Fault of the sound: {fault}" for fault in made.sound.faults]
        notes = [*plan.notes_on(self._row(video)), *faults]
        queue.account(self.database, video, _ledger(made.understanding), notes)
        if not queue.steadily(lambda: queue.complete(self.database, video)):
            known = queue.steadily(lambda: queue.known(self.database, [video])).get(video)
            if (
                known is None or known[1] or known[0] != "completed"
            ):  # else a worker before this one was as far
                self.media.delete(video)
        if self.shelf is not None:
            self.shelf.clear(video)
        return {}

    def _step(self, video: str, hand: Hand, order: dict[str, Any], leaves: Callable[[Path], Any]) -> Outcome:
        def work() -> Outcome:
            folder = self._folder(video, frames=order["step"] == "cut")
            self._followed(video, folder, hand, {**order, "folder": str(folder)})
            self._leave(video, leaves(folder))
            return {}

        return self._outcome(video, work)

    def _followed(self, video: str, folder: Path, hand: Hand, order: dict[str, Any]) -> None:
        """Have a step done, again where it breaks but gets further. Raises what Hand.do does."""
        frames = request.read(folder).frame_count
        told = attempts = furthest = 0
        packs: set[str] = set()

        def progress(stage: str, done: int, of: int) -> None:
            nonlocal told
            reached = percent(folder, frames, stage, done, of)
            if reached > told:
                told = reached
                self._tell(video, reached)

        while True:
            try:
                return hand.do(order, progress, lambda: self._wanted(video))
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

    def _outcome(self, video: str, work: Callable[[], Outcome]) -> Outcome:
        """What becomes of some work, which is begun again while the database does not answer."""
        if not self._wanted(video):
            return {"unwanted": True}
        try:
            return queue.steadily(work)
        except UnwantedError:
            return {"unwanted": True}
        except Exception as error:
            code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), None)
            if code is None:
                _log.exception("%s", video)
                said = "Making this video failed; the studio's log says how."
                return {"failed": "internal_error", "message": said}
            return {"failed": code, "message": str(error)}

    def _row(self, video: str) -> Video:
        with self.database() as session:
            return session.scalars(
                select(Video).where(Video.id == video).options(undefer(Video.filmed))
            ).one()

    def _is_completed(self, video: str) -> bool:
        """Whether another worker, taken for dead by this one or the other way round, was faster."""
        return queue.known(self.database, [video]).get(video) == ("completed", False)

    def _wanted(self, video: str) -> bool:
        return queue.steadily(lambda: queue.is_wanted(self.database, video))

    def _tell(self, video: str, reached: int) -> None:
        try:
            queue.advance(self.database, video, reached)
        except DBAPIError as error:  # it will be told with the next frame
            _log.debug("%s: %s", video, error)

    def _folder(self, video: str, *, frames: bool) -> Path:
        """The video's work folder, with what other machines have done."""
        folder = self.home.work(video)
        folder.mkdir(parents=True, exist_ok=True)
        if self.shelf is not None:
            self.shelf.fetch(video, folder, frames=frames)
        return folder

    def _leave(self, video: str, names: Any) -> None:
        if self.shelf is not None:
            self.shelf.put(video, self.home.work(video), names)

    def _top(self, video: str) -> list[str]:
        """Names of the files that the steps so far have left."""
        folder = self.home.work(video)
        return [file.name for file in folder.iterdir() if file.is_file() and file.suffix != ".log"]


def _rendered(folder: Path) -> int:
    return sum(1 for _ in (folder / "frames").glob("*.png"))


def _ledger(understanding: Understanding) -> list[object]:
    return [reading.model_dump(mode="json") for reading in understanding.readings]
