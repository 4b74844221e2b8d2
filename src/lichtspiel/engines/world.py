"""The world engine: what the screenplay describes is simulated, path-traced and made to sound."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lichtspiel import camera, motion, physics, picture, sound, stage, voice
from lichtspiel import take as takes
from lichtspiel.camera import CameraTrack
from lichtspiel.cut.encode import Soundtrack as Samples
from lichtspiel.engines import record, workfolder
from lichtspiel.engines.delivery import check, deliver
from lichtspiel.engines.engine import EngineError, FilmError, Progress
from lichtspiel.engines.finish import finish
from lichtspiel.engines.reckoning import settle
from lichtspiel.engines.record import FilmRecord, Line, Onset, SoundMeasurements
from lichtspiel.engines.request import FilmRequest
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

    def film(self, request: FilmRequest, progress: Progress) -> FilmRecord:
        check(request)
        workfolder.prune()
        world = _built(request.screenplay, progress)
        take = _performed(world, progress)
        with workfolder.opened("films", _film_key(request)) as folder:
            film = folder / "film.mp4"
            if request.save_blend is not None or not film.exists():
                self._make(request, world, take, film, progress)
            deliver(film, request.output)
            return record.read(film)

    def _make(self, request: FilmRequest, world: World, take: Take, film: Path, progress: Progress) -> None:
        track = camera.plan(world, take, request.quality.width / request.quality.height)
        # The sound is made while Blender's own process renders; together they fill the machine.
        with ThreadPoolExecutor(1) as beside:
            heard = beside.submit(_scored, world, take, track, progress)
            job = picture.Job(request.quality, save_blend=request.save_blend)
            picture.write(film.parent, job, request.screenplay, take, track)
            frames = _rendered(film.parent, progress)
            soundtrack = heard.result()
        progress("cut", 0, 1)
        samples = Samples(soundtrack.samples, sound.SAMPLE_RATE_HZ)
        finish(frames, samples, _recorded(request, world, take, soundtrack), film)
        progress("cut", 1, 1)


def _built(screenplay: Screenplay, progress: Progress) -> World:
    try:
        try:
            return stage.build(screenplay)
        except PackMissingError as missing:
            progress("packs", 0, 1)
            install(pack_of(missing.pack), lambda _: None)
            progress("packs", 1, 1)
            return stage.build(screenplay)
    except FetchError as error:
        raise FilmError(str(error)) from error
    except KeyError as error:
        raise FilmError(f"The library has no {error.args[0]}: change it in the screenplay.") from error


def _performed(world: World, progress: Progress) -> Take:
    """The take, from an earlier run where there is one: it is the same at every quality."""
    name = workfolder.key(_TAKE_ROOMS, ("mujoco", "numpy"), world.screenplay.model_dump_json())
    progress("take", 0, 100)
    with workfolder.opened("takes", name) as folder:
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


def _scored(world: World, take: Take, track: CameraTrack, progress: Progress) -> Soundtrack:
    progress("sound", 0, 1)
    soundtrack = sound.score(world, take, track)
    progress("sound", 1, 1)
    return soundtrack


def _rendered(folder: Path, progress: Progress) -> tuple[Path, ...]:
    try:
        return picture.render(folder, lambda done, of: progress("frames", done, of))
    except picture.RenderError as error:
        raise EngineError(f"{error}\nAll its words are in {folder / 'render.log'}.") from error


def _film_key(request: FilmRequest) -> str:
    return workfolder.key(
        _FILM_ROOMS,
        ("mujoco", "numpy", "scipy", "bpy", "av"),
        request.screenplay.model_dump_json(),
        request.understanding.model_dump_json(),
        str(request.quality),
        # Sampled instruments play a score where they are installed, and computed ones where not.
        str(is_installed(packs()["instruments"])),
    )


def _spoken_notes(take: Take) -> tuple[tuple[str, str], ...]:
    """What has to be said about how lines are spoken: with an accent, by a robot."""
    notes = [(f"lines[{said.line}]", voice.load(said.clip).note) for said in take.utterances]
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
        ),
        captions=tuple(
            Line(start_s=caption.film_start_s, end_s=caption.film_end_s, text=caption.text)
            for caption in soundtrack.captions
        ),
        onsets=tuple(
            Onset(film_s=onset.film_s, heard_s=onset.heard_s, energy=onset.energy, words=onset.words)
            for onset in soundtrack.onsets
        ),
        credits=record.credits_of(request.screenplay),
    )
