"""How cloth that hangs fits people in motion: run as `python -m bench.hanging [--tried N] [--keep FILE]`.

All garments on all wearers in all clips take hours: a part is tried, spread over them evenly. What is
measured is kept, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bench import draped
from bench.cast import DEEPEST_MM, SHOWN_SHARE
from bench.draped import Draped
from bench.figures import Figure, at_most, write


def main() -> None:
    """Measure, print, write benchmarks/hanging.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tried", type=int, default=43, help="of all garments, wearers and clips: so many")
    parser.add_argument("--keep", type=Path, help="file of what was measured so far, to go on from")
    asked = parser.parse_args()
    keep = asked.keep or Path(tempfile.mkdtemp()) / "hanging.jsonl"
    write("hanging", figures(hang(asked.tried, keep), asked.tried))


def hang(tried: int, keep: Path) -> list[Draped]:
    """Move a sample of people in what hangs, except those whose figures are kept already."""
    lines = keep.read_text("utf-8").splitlines() if keep.exists() else []
    found = [[Draped(**one) for one in json.loads(line)] for line in lines][:tried]
    for garment, wearer, clip in draped.tasks(tried)[len(found) :]:
        found.append(draped.draped(garment, wearer, clip))
        with keep.open("a", encoding="utf-8") as file:
            file.write(json.dumps([asdict(one) for one in found[-1]]) + "\n")
    return [one for several in found for one in several]


def figures(found: Sequence[Draped], tried: int) -> dict[str, Figure]:
    """What shows, how deep, and how far threads are drawn, at worst."""
    worst = max(found, key=lambda one: one.deepest_m)
    share = sum(one.shown for one in found) / max(sum(one.covered for one in found), 1)
    drawn = max(found, key=lambda one: one.drawn)
    deeper = sum(1e3 * one.deepest_m > DEEPEST_MM for one in found)
    garments = len({one.garment for one in found})
    what = f"{tried} of {len(draped.WEARERS)} people × {garments} garments × {len(draped.CLIPS)} clips"
    return {
        f"points that show through what hangs, {what}": at_most(100 * share, SHOWN_SHARE, "%"),
        f"deepest ({worst.worst} under {worst.garment}, {worst.clip})": at_most(
            1e3 * worst.deepest_m, DEEPEST_MM, "mm"
        ),
        f"of {len(found)} rows, with something deeper than that": at_most(deeper, 0, ""),
        f"longest thread, in its lengths ({drawn.garment}, {drawn.clip})": at_most(
            drawn.drawn, draped.TORN, ""
        ),
    }


if __name__ == "__main__":
    main()
