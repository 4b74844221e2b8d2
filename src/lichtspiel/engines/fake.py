"""An engine without a world: coloured frames and a beep, for tests of everything around engines."""

from __future__ import annotations

import colorsys
import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

from lichtspiel.cut.encode import Soundtrack
from lichtspiel.engines import record, workfolder
from lichtspiel.engines.delivery import check, deliver
from lichtspiel.engines.engine import Progress
from lichtspiel.engines.finish import finish
from lichtspiel.engines.record import FilmRecord, SoundMeasurements, TakeSummary
from lichtspiel.engines.request import FilmRequest

SAMPLE_RATE_HZ = 48_000


class FakeEngine:
    """Frames go through all hues from one that the title chooses."""

    def __init__(self) -> None:
        self.drawn: list[int] = []
        """Every frame this engine drew, in order: a resumed film draws only what is missing."""

    def film(self, request: FilmRequest, progress: Progress) -> FilmRecord:
        check(request)
        name = workfolder.key(("engines",), (), request.screenplay.model_dump_json(), str(request.quality))
        with workfolder.opened("fake", name) as folder:
            frames = [folder / f"{index:05d}.png" for index in range(request.frame_count)]
            for index, frame in enumerate(frames):
                if not frame.exists():
                    self._draw(request, index, frame)
                progress("frames", index + 1, len(frames))
            film = folder / "film.mp4"
            finish(frames, _beep(request.screenplay.duration_s), _record(request), film)
            deliver(film, request.output)
            return record.read(film)

    def _draw(self, request: FilmRequest, index: int, path: Path) -> None:
        start = hashlib.sha256(request.screenplay.title.encode()).digest()[0] / 256
        hue = (start + index / request.frame_count) % 1.0
        colour = tuple(round(255 * channel) for channel in colorsys.hsv_to_rgb(hue, 0.6, 0.8))
        size = (request.quality.width, request.quality.height)
        part = path.with_suffix(".part")
        Image.new("RGB", size, colour).save(part, format="png")
        part.replace(path)
        self.drawn.append(index)


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
