"""Make a film of each reference prompt, and a contact sheet to judge it by: python examples/make.py

Films go to films/, sheets to examples/. Films that are finished come from the cache at once.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import yaml
from PIL import Image

from lichtspiel.cli import main as lichtspiel

HERE = Path(__file__).parent
FILMS = HERE.parent / "films"
WIDTH = 1500


def main(arguments: list[str] | None = None) -> int:
    """Make them all, or those that are named; 1 when one of them failed."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--quality", default="standard")
    options = parser.parse_args(arguments)
    FILMS.mkdir(exist_ok=True)
    failed = 0
    for item in yaml.safe_load((HERE / "prompts.yaml").read_text("utf-8")):
        if options.names and item["name"] not in options.names:
            continue
        film = FILMS / f"{item['name']}.mp4"
        code = lichtspiel(["film", item["prompt"], "-o", str(film), "--quality", options.quality])
        if code:
            failed = 1
            continue
        lichtspiel(["look", str(film)])
        _small(film.with_name(f"{film.stem}.sheet.png"), HERE / f"{film.stem}.jpg")
    return failed


def _small(sheet: Path, target: Path) -> None:
    """The sheet at a size that a repository may hold."""
    with Image.open(sheet) as image:
        size = (WIDTH, round(image.height * WIDTH / image.width))
        image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(target, quality=82)


if __name__ == "__main__":
    sys.exit(main())
