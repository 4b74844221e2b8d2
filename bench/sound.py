"""Sync, level, faults and physics of soundtracks, without rendering: python -m bench.sound [--only NAME …]

The reference prompts are staged, performed and scored. Onsets are detected in the samples and
compared with the moments at which the soundtrack says that a knock arrives (contact plus sound
travel), for all knocks that it says can be told apart. Pairs of sounds that differ in one physical
thing show whether what should move with it does.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from rich.console import Console
from rich.table import Table

from bench.figures import at_most, between, write
from bench.films import TOLERANCE_S, onsets
from bench.pairs import pairs
from lichtspiel import camera, director, physics, sound, stage
from lichtspiel.sound import SAMPLE_RATE_HZ, Soundtrack
from lichtspiel.sound.inspection import faults

LAST_S = 0.02
"""A knock this close to the end of the film has no time to be heard."""
PROMPTS = Path(__file__).parent.parent / "examples" / "prompts.yaml"


@dataclass(frozen=True)
class Figures:
    """What was measured on one soundtrack."""

    name: str
    impacts: int
    audible: int
    errors_s: tuple[float, ...]
    """Of each audible knock: detected onset minus expected arrival, to the nearest detected one."""
    integrated_lufs: float
    true_peak_dbtp: float
    limiting_db: float
    took_s: float
    """Processor seconds."""
    film_s: float
    note: str
    faults: tuple[str, ...]
    """What a listener would take for an error."""

    @property
    def in_sync(self) -> int:
        return sum(abs(error) <= TOLERANCE_S for error in self.errors_s)


def main(arguments: list[str] | None = None) -> int:
    """Print the figures of the reference prompts' soundtracks."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of the reference prompts")
    options = parser.parse_args(arguments)
    items = yaml.safe_load(PROMPTS.read_text("utf-8"))
    chosen = [item for item in items if not options.only or item["name"] in options.only]
    figures = [measured(item["name"], item["prompt"]) for item in chosen]
    table = Table(
        "film",
        "impacts",
        "audible",
        "within ±10 ms",
        "worst ms",
        "LUFS",
        "dBTP",
        "limited dB",
        "made in s",
        "note",
    )
    for row in figures:
        worst = max((abs(error) for error in row.errors_s), default=0.0) * 1000
        table.add_row(
            row.name, str(row.impacts), str(row.audible), str(row.in_sync), f"{worst:.1f}",
            f"{row.integrated_lufs:.1f}", f"{row.true_peak_dbtp:.2f}", f"{row.limiting_db:.1f}",
            f"{row.took_s:.1f}", row.note,
        )  # fmt: skip
    Console(width=140).print(table)
    knocks, in_sync = sum(row.audible for row in figures), sum(row.in_sync for row in figures)
    written = {"audible knocks within ±10 ms": between(100 * in_sync / max(1, knocks), 99, 100, "%")}
    for row in figures:
        written[f"{row.name}: true peak"] = at_most(row.true_peak_dbtp, -1.0, "dBTP")
        written[f"{row.name}: made in"] = at_most(row.took_s, 1.5 * row.film_s, "s")
        written[f"{row.name}: faults"] = at_most(len(row.faults), 0, "")
        written[f"{row.name}: limited by"] = at_most(row.limiting_db, 12.0, "dB")
        if not row.note:
            written[f"{row.name}: loudness"] = between(row.integrated_lufs, -16.5, -15.5, "LUFS")
    written["pairs that move the right way"] = between(_moving_rightly(), 100, 100, "%")
    write("sound", written)
    return 0


def measured(name: str, prompt: str) -> Figures:
    """Score one prompt and measure its soundtrack."""
    screenplay, _ = director.read(prompt)
    world = stage.build(screenplay)
    take = physics.perform(world)
    track = camera.plan(world, take)
    start = time.process_time()
    soundtrack = sound.score(world, take, track)
    took_s = time.process_time() - start
    film_s = len(soundtrack.samples) / SAMPLE_RATE_HZ
    arrivals = [onset.heard_s for onset in soundtrack.onsets if onset.heard_s < film_s - LAST_S]
    measures = soundtrack.measurements
    return Figures(
        name,
        measures.impacts_sounded,
        len(arrivals),
        _errors(soundtrack, arrivals),
        measures.integrated_lufs,
        measures.true_peak_dbtp,
        measures.limiting_db,
        took_s,
        film_s,
        measures.note,
        tuple(
            f"{fault.kind} at {fault.film_s:.2f} s" for fault in faults(soundtrack, world.air_density <= 0)
        ),
    )


def _moving_rightly() -> float:
    """Per cent of the physical pairs that hold; the others are named."""
    held = 0
    for pair in pairs():
        first, second = pair.measured()
        held += pair.holds(first, second)
        if not pair.holds(first, second):
            print(f"{pair.name}: {first:.4g} → {second:.4g}")
    return 100 * held / len(pairs())


def _errors(soundtrack: Soundtrack, arrivals: list[float]) -> tuple[float, ...]:
    found = onsets(soundtrack.samples)
    if not len(found):
        return tuple(np.inf for _ in arrivals)
    return tuple(float(found[np.argmin(np.abs(found - time))] - time) for time in arrivals)


if __name__ == "__main__":
    raise SystemExit(main())
