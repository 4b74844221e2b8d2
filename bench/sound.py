"""Sync, level, faults, dialogue and physics of soundtracks, without rendering: python -m bench.sound

The reference prompts are staged, performed and scored. Onsets are detected in the samples and compared with
the moments at which the soundtrack says that a knock arrives (contact plus sound travel), for all knocks that
it says can be told apart. Twenty films with dialogue, ambience, music and effects are heard by a recogniser
(`bench/dialogue.py`; --only leaves them out). Pairs of sounds that differ in one physical thing show whether
what should move with it does.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from bench import dialogue
from bench.figures import Figure, at_most, between, write
from bench.pairs import pairs
from bench.sync import Sync, sync
from lichtspiel import camera, director, physics, sound, stage
from lichtspiel.sound import SAMPLE_RATE_HZ
from lichtspiel.sound.inspection import faults

PROMPTS = Path(__file__).parent.parent / "examples" / "prompts.yaml"


@dataclass(frozen=True)
class Figures:
    """What was measured on one soundtrack."""

    name: str
    impacts: int
    sync: Sync
    integrated_lufs: float
    true_peak_dbtp: float
    limiting_db: float
    took_s: float
    """Processor seconds."""
    film_s: float
    note: str
    faults: tuple[str, ...]
    """What a listener would take for an error."""


def main(arguments: list[str] | None = None) -> int:
    """Print and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of the reference prompts, without figures")
    options = parser.parse_args(arguments)
    items = yaml.safe_load(PROMPTS.read_text("utf-8"))
    chosen = [item for item in items if not options.only or item["name"] in options.only]
    measures = [measured(item["name"], item["prompt"]) for item in chosen]
    _show(measures)
    if not options.only:
        written = _figures(measures)
        written |= dict(dialogue.figures(_dialogue()))
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
    measures = soundtrack.measurements
    return Figures(
        name,
        measures.impacts_sounded,
        sync(soundtrack),
        measures.integrated_lufs,
        measures.true_peak_dbtp,
        measures.limiting_db,
        took_s,
        len(soundtrack.samples) / SAMPLE_RATE_HZ,
        measures.note,
        tuple(
            f"{fault.kind} at {fault.film_s:.2f} s" for fault in faults(soundtrack, world.air_density <= 0)
        ),
    )


def _show(measures: list[Figures]) -> None:
    table = Table(
        "film", "impacts", "audible", "within ±10 ms", "by chance", "worst ms", "LUFS", "dBTP", "limited dB",
        "made in s", "note",
    )  # fmt: skip
    for row in measures:
        worst = max((abs(error) for error in row.sync.errors_s), default=0.0) * 1000
        table.add_row(
            row.name, str(row.impacts), str(row.sync.audible), str(row.sync.in_sync),
            f"{row.sync.by_chance:.0%}", f"{worst:.1f}", f"{row.integrated_lufs:.1f}",
            f"{row.true_peak_dbtp:.2f}", f"{row.limiting_db:.1f}", f"{row.took_s:.1f}", row.note,
        )  # fmt: skip
    Console(width=140).print(table)


def _figures(measures: list[Figures]) -> dict[str, Figure]:
    knocks, in_sync = sum(row.sync.audible for row in measures), sum(row.sync.in_sync for row in measures)
    written = {"audible knocks within ±10 ms": between(100 * in_sync / max(1, knocks), 99, 100, "%")}
    for row in measures:
        written[f"{row.name}: true peak"] = at_most(row.true_peak_dbtp, -1.0, "dBTP")
        written[f"{row.name}: made in"] = at_most(row.took_s, 1.5 * row.film_s, "s")
        written[f"{row.name}: faults"] = at_most(len(row.faults), 0, "")
        written[f"{row.name}: limited by"] = at_most(row.limiting_db, 12.0, "dB")
        if not row.note:
            written[f"{row.name}: loudness"] = between(row.integrated_lufs, -16.5, -15.5, "LUFS")
    return written


def _dialogue() -> dict[str, dialogue.Heard]:
    """What is measured on the films with dialogue, by language."""
    heard: dict[str, dialogue.Heard] = {}
    for screenplay in dialogue.screenplays():
        part = heard.setdefault(screenplay.language, dialogue.Heard())
        known = len(part.misheard), len(part.faults)
        dialogue.hear(*dialogue.performed(screenplay), part)
        print(f"{screenplay.title}: {part.per_cent:.1f} % misheard so far")
        for line in (*part.misheard[known[0] :], *part.faults[known[1] :]):
            print(f"   {line}")
    return heard


def _moving_rightly() -> float:
    """Per cent of the physical pairs that hold; the others are named."""
    held = 0
    for pair in pairs():
        first, second = pair.measured()
        held += pair.holds(first, second)
        if not pair.holds(first, second):
            print(f"{pair.name}: {first:.4g} → {second:.4g}")
    return 100 * held / len(pairs())


if __name__ == "__main__":
    raise SystemExit(main())
