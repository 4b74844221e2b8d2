"""Sync, stillness and speed of finished films: python -m bench.films [FILM.mp4 …]

Without films, the reference prompts are made at draft quality first, and timed.

- **Sync**: onsets are detected in the decoded sound and compared with the moments at which the
  film's own record says that a knock arrives at the camera (contact plus sound travel). A knock
  counts as audible when it has at least a thousandth of the energy of the loudest one and no
  knock as loud precedes it by less than 40 ms, within which the first masks the second.
- **Stillness**: mean absolute difference of consecutive decoded frames in the quarter of the
  picture (in blocks of 16 pixels) that changes least, for films whose camera is locked.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.signal import butter, sosfiltfilt

from bench.figures import at_most, between, write
from lichtspiel import camera, director, motion, physics, stage
from lichtspiel.cut import pictures
from lichtspiel.engines import FilmRecord, FilmRequest, record
from lichtspiel.engines.world import WorldEngine
from lichtspiel.picture import TIERS
from lichtspiel.screenplay import Screenplay

TOLERANCE_S = 0.010
AUDIBLE_ENERGY = 1e-3
MASKED_S = 0.040
RISE_DB = 6.0
BLOCK = 16
SLOWEST_S = {"draft": 90.0, "standard": 480.0}
"""For a film of four seconds on two cores."""
PROMPTS = Path(__file__).parent.parent / "examples" / "prompts.yaml"
SAMPLE_RATE_HZ = 48_000


@dataclass(frozen=True)
class Figures:
    """What was measured on one film."""

    name: str
    knocks: int
    in_sync: int
    stillness: float | None
    """Of 255; None when the camera moves."""
    took_s: float | None


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of films."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("films", nargs="*", type=Path)
    parser.add_argument("--quality", choices=sorted(TIERS), default="draft")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of the reference prompts")
    options = parser.parse_args(arguments)
    table = Table("film", "audible knocks", "within ±10 ms", "stillness /255", "made in", "s per film second")
    with tempfile.TemporaryDirectory() as folder:
        # Films that are kept from before would be found, and not made.
        os.environ["LICHTSPIEL_CACHE"] = str(Path(folder) / "cache")
        films = [(film, None) for film in options.films] or _made(Path(folder), options)
        figures = [_measured(film, took_s) for film, took_s in films]
        for row, (film, took_s) in zip(figures, films, strict=True):
            table.add_row(*_cells(row, record.read(film).duration_s, took_s))
    knocks, in_sync = sum(f.knocks for f in figures), sum(f.in_sync for f in figures)
    Console(width=110).print(table)
    written = {"audible knocks within ±10 ms": between(100 * in_sync / max(1, knocks), 99, 100, "%")}
    for row in figures:
        if row.stillness is not None:
            written[f"{row.name}: stillness"] = at_most(row.stillness, 0.6, "/255")
        if row.took_s is not None and options.quality in SLOWEST_S:
            written[f"{row.name}: made in"] = at_most(row.took_s, SLOWEST_S[options.quality], "s")
    write(f"films-{options.quality}", written)
    return 0


def onsets(samples: NDArray[np.float32], sample_rate_hz: int = SAMPLE_RATE_HZ) -> NDArray[np.float64]:
    """Times (N,) in seconds at which the sound (S, channels) rises suddenly.

    Energy is taken in steps of 1 ms above 200 Hz, where knocks have their attack; an onset is the
    step at which it has risen by 6 dB over the mean of the 15 ms before.
    """
    step = sample_rate_hz // 1000
    high = butter(2, 200, "highpass", fs=sample_rate_hz, output="sos")
    filtered = sosfiltfilt(high, samples.astype(float), axis=0)
    count = len(filtered) // step
    energy = (filtered[: count * step] ** 2).sum(axis=1).reshape(count, step).mean(axis=1) + 1e-12
    before = np.array([energy[max(0, i - 15) : max(1, i)].mean() for i in range(count)])
    rises = 10 * np.log10(energy / before) >= RISE_DB
    starts = np.flatnonzero(rises & ~np.r_[False, rises[:-1]])
    return starts / 1000.0


def audible(made: FilmRecord) -> list[float]:
    """Moments (film seconds) at which a knock arrives that can be told from those around it."""
    knocks = sorted(made.onsets, key=lambda onset: onset.heard_s)
    heard = []
    for index, knock in enumerate(knocks):
        near = (k for k in knocks[:index] if knock.heard_s - k.heard_s < MASKED_S)
        is_masked = any(k.energy >= knock.energy for k in near)
        if knock.energy >= AUDIBLE_ENERGY and not is_masked and knock.heard_s < made.duration_s - 0.02:
            heard.append(knock.heard_s)
    return heard


def stillness(film: Path) -> float:
    """Mean absolute difference of consecutive frames, of 255, where the picture changes least."""
    with av.open(str(film)) as container:
        frames = [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in container.decode(video=0)]
    steps = [np.abs(after - before).mean(axis=2) for before, after in itertools.pairwise(frames)]
    rows, columns = (side // BLOCK * BLOCK for side in steps[0].shape)
    blocks = np.array([
        step[:rows, :columns].reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK).mean(axis=(1, 3))
        for step in steps
    ])  # fmt: skip
    per_block = np.sort(blocks.mean(axis=0).ravel())
    return float(per_block[: max(1, len(per_block) // 4)].mean())


def _made(folder: Path, options: argparse.Namespace) -> list[tuple[Path, float | None]]:
    films: list[tuple[Path, float | None]] = []
    for item in yaml.safe_load(PROMPTS.read_text("utf-8")):
        if options.only and item["name"] not in options.only:
            continue
        film = folder / f"{item['name']}.mp4"
        screenplay, understanding = director.read(item["prompt"])
        request = FilmRequest(screenplay, understanding, film, TIERS[options.quality])
        start = time.monotonic()
        WorldEngine().film(request, lambda *_: None)
        films.append((film, time.monotonic() - start))
        print(f"{item['name']}: {films[-1][1]:.0f} s", file=sys.stderr)
    return films


def _measured(film: Path, took_s: float | None) -> Figures:
    made = record.read(film)
    found = onsets(pictures.samples(film))
    knocks = audible(made)
    in_sync = sum(bool(np.any(np.abs(found - knock) <= TOLERANCE_S)) for knock in knocks)
    still = stillness(film) if _is_locked(made.screenplay, film) else None
    return Figures(film.stem, len(knocks), in_sync, still, took_s)


def _is_locked(screenplay: Screenplay, film: Path) -> bool:
    """Whether the camera moves in no shot. One that is asked to stand still may yet have to follow."""
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        aspect = picture.width / picture.height
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    return all(shot.locked for shot in camera.plan(world, take, aspect).shots)


def _cells(row: Figures, duration_s: float, took_s: float | None) -> list[str]:
    still = "camera moves" if row.stillness is None else f"{row.stillness:.2f}"
    share = f"{row.in_sync} ({row.in_sync / row.knocks:.0%})" if row.knocks else "none"
    took = ["", ""] if took_s is None else [f"{took_s:.0f} s", f"{took_s / duration_s:.1f}"]
    return [row.name, str(row.knocks), share, still, *took]


if __name__ == "__main__":
    sys.exit(main())
