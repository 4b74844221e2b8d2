"""An engine without a world: coloured frames and a beep, for tests of everything around engines."""

from __future__ import annotations

import colorsys
import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image

from lichtspiel.cut.encode import Soundtrack
from lichtspiel.engines import record, reference, workfolder
from lichtspiel.engines.delivery import check, deliver
from lichtspiel.engines.engine import PERFORMED, Progress, depth_name, frame_name
from lichtspiel.engines.finish import finish, keep
from lichtspiel.engines.record import FilmRecord, SoundMeasurements, TakeSummary
from lichtspiel.engines.request import FilmRequest

SAMPLE_RATE_HZ = 48_000

_DEEP = "deep"
"""In a work folder whose request asks for depth: frames of no world have empty files for it."""

DRAWN = "drawn.txt"
"""A line in this file of the work folder for every frame that was drawn, whoever drew it."""


class FakeEngine:
    """Frames go through all hues from one that the title chooses, each in a time that can be set."""

    def __init__(self, frame_s: float = 0.0) -> None:
        self._frame_s = frame_s
        self.drawn: list[int] = []
        """Every frame this engine drew, in order: a resumed film draws only what is missing."""

    def film(self, request: FilmRequest, progress: Progress) -> FilmRecord:
        check(request)
        with workfolder.opened("fake", self.key(request)) as folder:
            self.perform(request, folder, progress)
            self.score(request, folder, progress)
            self.render(folder, range(request.frame_count), progress)
            film = self.cut(folder, progress)
            deliver(film, request.output)
            return record.read(film)

    def key(self, request: FilmRequest) -> str:
        return workfolder.key(
            ("engines",),
            (),
            request.screenplay.model_dump_json(),
            str(request.quality),
            reference.digest(request.reference),
        )

    def perform(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        (folder / "frames").mkdir(parents=True, exist_ok=True)
        reference.keep(request, folder)
        for name in PERFORMED:
            (folder / name).write_bytes(b"")
        (folder / "job.json").write_text(_record(request).model_dump_json(), encoding="utf-8")
        if request.depth:
            (folder / _DEEP).touch()
        progress("take", 1, 1)

    def render(self, folder: Path, frames: Sequence[int], progress: Progress) -> None:
        made = FilmRecord.model_validate_json((folder / "job.json").read_text(encoding="utf-8"))
        (folder / "frames").mkdir(exist_ok=True)
        progress("frames", 0, len(frames))
        for done, frame in enumerate(frames, 1):
            if not (folder / frame_name(frame)).exists():
                time.sleep(self._frame_s)
                self._draw(made, frame, folder)
            if (folder / _DEEP).exists():
                (folder / depth_name(frame)).write_bytes(b"")
            progress("frames", done, len(frames))

    def score(self, request: FilmRequest, folder: Path, progress: Progress) -> None:
        keep(folder, _beep(request.screenplay.duration_s), _record(request))
        progress("sound", 1, 1)

    def cut(self, folder: Path, progress: Progress) -> Path:
        film = finish(folder, SAMPLE_RATE_HZ)
        progress("cut", 1, 1)
        return film

    def close(self) -> None:
        """Nothing is kept."""

    def _draw(self, made: FilmRecord, frame: int, folder: Path) -> None:
        start = hashlib.sha256(made.screenplay.title.encode()).digest()[0] / 256
        hue = (start + frame / made.frames) % 1.0
        colour = tuple(round(255 * channel) for channel in colorsys.hsv_to_rgb(hue, 0.6, 0.8))
        part = folder / f"{frame:06d}.{os.getpid()}.part"
        Image.new("RGB", (made.width, made.height), colour).save(part, format="png")
        part.replace(folder / frame_name(frame))
        self.drawn.append(frame)
        with (folder / DRAWN).open("a", encoding="utf-8") as diary:
            diary.write(f"{frame}\n")


def _beep(duration_s: float) -> Soundtrack:
    time_s = np.arange(round(duration_s * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    wave = 0.1 * np.sin(2 * np.pi * 440 * time_s) * (time_s < 0.1)
    return Soundtrack(np.stack([wave, wave], axis=1).astype(np.float32), SAMPLE_RATE_HZ)


def _record(request: FilmRequest) -> FilmRecord:
    return FilmRecord(
        made_with=record.made_with(),
        engine="fake",
        screenplay=request.screenplay,
        understanding=request.understanding,
        quality=request.quality.name,
        width=request.quality.width,
        height=request.quality.height,
        fps=request.quality.fps,
        frames=request.frame_count,
        take=TakeSummary(duration_s=request.screenplay.duration_s, bodies=0, impacts=0, rubs=0, breaks=0),
        sound=SoundMeasurements(integrated_lufs=-30.0, true_peak_dbtp=-20.0),
    )
