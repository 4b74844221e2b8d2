"""A short film of every motion, with its sound: run as `python -m bench.drafts [MOTION …] -o FOLDER`.

Each is the film of a prompt that says no more than that somebody does it, framed as such films are.
Films that lie in the folder already are not made again, so that the run can be broken off and gone on with.
Four frames of each are put on one sheet, `films.jpg`, in the folder.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.strips import told
from lichtspiel import director
from lichtspiel.engines import FilmError, FilmRequest
from lichtspiel.engines.world import WorldEngine
from lichtspiel.library import catalogue
from lichtspiel.picture import DRAFT
from lichtspiel.screenplay import Screenplay, Understanding

_LOOK = replace(DRAFT, width=144, height=256, fps=6, samples=2, still_samples=4)
"""Small enough that all of them are made in an hour or two."""
_LONGEST_S = 5.5
_FRAMES, _COLUMNS, _ACROSS = 4, 5, 76


def main() -> int:
    """Make what is missing, then the sheet of all that is there."""
    parser = argparse.ArgumentParser(prog="python -m bench.drafts", description=__doc__)
    parser.add_argument("motions", nargs="*")
    parser.add_argument("-o", "--output", type=Path, default=Path("sheets/films"))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    names = options.motions or sorted(catalogue.motions())
    engine = WorldEngine()
    failed = []
    for name in names:
        film = options.output / f"{name}.mp4"
        if film.exists():
            continue
        screenplay = _asked(name)
        short = screenplay.model_copy(update={"duration_s": min(screenplay.duration_s, _LONGEST_S)})
        try:
            engine.film(FilmRequest(short, Understanding(prompt=name), film, _LOOK), lambda *_: None)
            print(name, flush=True)
        except FilmError as error:
            failed.append(name)
            print(f"{name}: {error}", flush=True)
        finally:
            engine.close()
    made = [options.output / f"{name}.mp4" for name in names]
    if rows := [_row(film) for film in made if film.exists()]:
        _sheet(rows).save(options.output / "films.jpg", quality=80)
    return int(bool(failed))


def _asked(name: str) -> Screenplay:
    """What the director makes of `A woman waves.`; the bare motion where it finds another one in its name."""
    entry = catalogue.motions()[name]
    verb, _, rest = entry.names.en[0].partition(" ")
    prompt = f"A woman {_third(verb)} {rest}".strip()
    if entry.kind == "pair":
        prompt = f"A man and a woman {entry.names.en[0]}"
    if entry.to_person is not None:
        prompt = f"{prompt} a man a present"
    screenplay, _ = director.read(f"{prompt}.")
    return screenplay if name in [beat.motion for beat in screenplay.beats] else told(name)


def _third(verb: str) -> str:
    """The verb of `she waves`."""
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _row(film: Path) -> Image.Image:
    """A few frames of a film side by side, with its name."""
    with av.open(str(film)) as opened:
        frames = [Image.fromarray(frame.to_ndarray(format="rgb24")) for frame in opened.decode(video=0)]
    chosen = [frames[int((part + 0.6) * len(frames) / _FRAMES)] for part in range(_FRAMES)]
    down = round(_ACROSS * chosen[0].height / chosen[0].width)
    row = Image.new("RGB", (_ACROSS * _FRAMES + 6, down + 12), (255, 255, 255))
    for index, frame in enumerate(chosen):
        row.paste(frame.resize((_ACROSS, down), Image.Resampling.LANCZOS), (_ACROSS * index, 12))
    ImageDraw.Draw(row).text((2, 0), film.stem, fill=(0, 0, 0))
    return row


def _sheet(rows: list[Image.Image]) -> Image.Image:
    width, height = np.max([row.size for row in rows], axis=0)
    sheet = Image.new("RGB", (int(width) * _COLUMNS, int(height) * -(-len(rows) // _COLUMNS)), (255,) * 3)
    for index, row in enumerate(rows):
        sheet.paste(row, (int(width) * (index % _COLUMNS), int(height) * (index // _COLUMNS)))
    return sheet


if __name__ == "__main__":
    raise SystemExit(main())
