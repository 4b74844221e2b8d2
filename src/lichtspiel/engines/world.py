"""The world engine: what the screenplay describes is simulated, path-traced and made to sound."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lichtspiel import camera, motion, physics, picture, sound, stage, voice
from lichtspiel import take as takes
from lichtspiel.camera import files
from lichtspiel.cut import stems
from lichtspiel.cut.encode import Soundtrack as Samples
from lichtspiel.cut.encode import decoded
from lichtspiel.engines import archives, record, reference, workfolder
from lichtspiel.engines.delivery import check, deliver, deliver_stems
from lichtspiel.engines.engine import EngineError, FilmError, Progress
from lichtspiel.engines.finish import finish, keep
from lichtspiel.engines.reckoning import settle
from lichtspiel.engines.record import FilmRecord, Line, Onset, SoundMeasurements
from lichtspiel.engines.request import FilmRequest
from lichtspiel.library import clips
from lichtspiel.packs.fetch import FetchError
from lichtspiel.packs.install import install, is_installed, pack_of
from lichtspiel.packs.pack import packs
from lichtspiel.packs.store import PackMissingError
from lichtspiel.screenplay import Screenplay
from lichtspiel.sound import Soundtrack
from lichtspiel.stage import World
from lichtspiel.take import Take

_TAKE_ROOMS = ("screenplay", "packs", "library", "voice", "stage", "take", "physics", "motion")
_FILM_ROOMS = (*_TAKE_ROOMS, "camera", "picture", "sound", "cut")


class WorldEngine:
    """Makes films on any computer, without model weights."""

    def __init__(self) -> None:
        self._renderer: picture.Renderer | None = None
        """Kept between calls: building the scene takes seconds."""

    def film(self, request: FilmRequest, progress: Progress) -> FilmRecord:
        check(request)
        workfolder.prune()
        with workfolder.opened("films", self.key(request)) as folder:
            film = folder / "film.mp4"
            wanted = request.depth and not (folder / archives.DEPTH).exists()
            if wanted or request.save_blend is not None or not film.exists():
                self._make(request, folder, progress)
            elif request.stems or not _as_asked(record.read(film), request):
                # The frames are there; only the sound or the captions are asked for otherwise.
                self.score(request, folder, progress)
                self.cut(folder, progress)
            if request.stems:
                deliver_stems(film, request.output)
            if request.depth:
                deliver(folder / archives.DEPTH, request.output.with_suffix(f".{archives.DEPTH}"))
            deliver(film, request.output)
            return record.read(film)

    def _make(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        try:
            self.perform(request, folder, progress)
        except PackMissingError as missing:
            _install(missing.pack, progress)
            self.perform(request, folder, progress)
        # The sound is made while Blender's own process renders; together they fill the machine.
        with ThreadPoolExecutor(1) as beside:
            heard = beside.submit(self.score, request, folder, progress)
            try:
                self.render(folder, range(request.frame_count), progress)
            finally:
                self.close()
            heard.result()
        self.cut(folder, progress)

    def key(self, request: FilmRequest) -> str:
        return workfolder.key(
            _FILM_ROOMS,
            ("mujoco", "numpy", "scipy", "bpy", "av"),
            request.screenplay.model_dump_json(),
            request.understanding.model_dump_json(),
            str(request.quality),
            reference.digest(request.reference),
            # Sampled instruments play a score, and skin has a photograph's grain, where they are installed.
            str([is_installed(packs()[name]) for name in ("instruments", "skin")]),
            clips.digest(beat.motion for beat in request.screenplay.beats),
        )

    def perform(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        world = _built(request.screenplay)
        take = _performed(world, progress)
        track = camera.plan(world, take, request.quality.width / request.quality.height)
        job = picture.Job(request.quality, save_blend=request.save_blend, depth=request.depth)
        picture.write(folder, job, request.screenplay, take, track)
        reference.keep(request, folder)

    def render(self, folder: Path, frames: Sequence[int], progress: Progress) -> None:
        (folder / "frames").mkdir(exist_ok=True)
        try:
            if self._renderer is None or self._renderer.folder != folder:
                self.close()
                self._renderer = picture.Renderer(folder)
            self._renderer.render(frames, lambda done, of: progress("frames", done, of))
        except picture.RenderError as error:
            self.close()
            raise EngineError(f"{error}\nAll its words are in {folder / 'render.log'}.") from error

    def score(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        progress("sound", 0, 1)
        world, take = _built(request.screenplay), takes.load(folder)
        layout = sound.SURROUND if request.surround else sound.STEREO
        soundtrack = sound.delivered(sound.score(world, take, files.load(folder), layout=layout), decoded)
        samples = Samples(soundtrack.samples, sound.SAMPLE_RATE_HZ)
        if request.stems:
            stems.write(soundtrack.stems, folder / "film.mp4", sound.SAMPLE_RATE_HZ)
        keep(folder, samples, _recorded(request, world, take, soundtrack))
        progress("sound", 1, 1)

    def cut(self, folder: Path, progress: Progress) -> Path:
        progress("cut", 0, 1)
        film = finish(folder, sound.SAMPLE_RATE_HZ)
        progress("cut", 1, 1)
        return film

    def close(self) -> None:
        if self._renderer is not None:
            self._renderer.close()
            self._renderer = None


def _as_asked(made: FilmRecord, request: FilmRequest) -> bool:
    """Whether a film that lies there has the sound and the captions of a request."""
    return (made.sound.surround, made.burnt) == (request.surround, request.burn)


def _install(pack: str, progress: Progress) -> None:
    progress("packs", 0, 1)
    try:
        install(pack_of(pack), lambda _: None)
    except FetchError as error:
        raise FilmError(str(error)) from error
    progress("packs", 1, 1)


def _built(screenplay: Screenplay) -> World:
    try:
        return stage.build(screenplay)
    except KeyError as error:
        raise FilmError(f"The library has no {error.args[0]}: change it in the screenplay.") from error


def _performed(world: World, progress: Progress) -> Take:
    """The take, from an earlier run where there is one: it is the same at every quality."""
    name = workfolder.key(
        _TAKE_ROOMS,
        ("mujoco", "numpy"),
        world.screenplay.model_dump_json(),
        clips.digest(beat.motion for beat in world.screenplay.beats),
    )
    progress("take", 0, 100)
    with workfolder.opened("takes", name, wait=True) as folder:
        done = folder / "done"
        if not done.exists():
            try:
                acted = physics.perform(
                    world,
                    progress=lambda done: progress("take", int(99 * done), 100),
                    rehearsal=motion.rehearse(world),
                )
                takes.save(motion.perform(world, acted), folder)
            except physics.SimulationError as error:
                raise FilmError(f"This cannot be simulated: {error} Change the screenplay.") from error
            done.touch()
        progress("take", 100, 100)
        return takes.load(folder)


def _spoken_notes(take: Take) -> tuple[tuple[str, str], ...]:
    """What has to be said about how lines are spoken: with an accent, by a robot."""
    notes = [
        (f"lines[{said.line}]", voice.load(said.clip).note) for said in take.utterances if said.line >= 0
    ]
    return tuple((path, note) for path, note in notes if note)


def _recorded(request: FilmRequest, world: World, take: Take, soundtrack: Soundtrack) -> FilmRecord:
    measured = soundtrack.measurements
    faults = sound.faults(soundtrack, wanted_silence=world.air_density <= 0)
    return FilmRecord(
        made_with=record.made_with(),
        engine="world",
        screenplay=request.screenplay,
        understanding=settle(request.understanding, (*world.notes, *_spoken_notes(take)), take.verdicts),
        quality=request.quality.name,
        width=request.quality.width,
        height=request.quality.height,
        fps=request.quality.fps,
        frames=request.frame_count,
        take=record.summary_of(take),
        sound=SoundMeasurements(
            integrated_lufs=measured.integrated_lufs,
            true_peak_dbtp=measured.true_peak_dbtp,
            note=measured.note,
            faults=tuple(f"{fault.kind} at {fault.film_s:.2f} s: {fault.words}" for fault in faults),
            surround=request.surround,
        ),
        burnt=request.burn,
        captions=tuple(
            Line(
                start_s=caption.film_start_s,
                end_s=caption.film_end_s,
                text=caption.text,
                words=caption.words,
            )
            for caption in soundtrack.captions
        ),
        onsets=tuple(
            Onset(film_s=onset.film_s, heard_s=onset.heard_s, energy=onset.energy, words=onset.words)
            for onset in soundtrack.onsets
        ),
        credits=record.credits_of(request.screenplay),
    )
