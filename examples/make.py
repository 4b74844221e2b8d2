"""A contact sheet of each reference prompt, to judge the films by: python examples/make.py [NAME …]

Twelve frames of each film as it would be made, above the waveform of its whole sound.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import numpy as np
import yaml
from PIL import Image

from lichtspiel import camera, director, motion, physics, picture, sound, stage
from lichtspiel.cut import pictures

HERE = Path(__file__).parent
FRAMES = HERE.parent / "films" / "frames"
COUNT = 12
WIDTH = 1300


def main(arguments: list[str] | None = None) -> None:
    """Make the sheets of all prompts, or of those that are named."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--quality", default="standard", choices=list(picture.TIERS))
    options = parser.parse_args(arguments)
    sheets = (HERE / name for name in ("prompts.yaml", "people.yaml", "acting.yaml", "voices.yaml"))
    for item in (item for sheet in sheets for item in yaml.safe_load(sheet.read_text("utf-8"))):
        if not options.names or item["name"] in options.names:
            sheet = contact_sheet(item["prompt"], FRAMES / item["name"], options.quality)
            size = (WIDTH, round(sheet.height * WIDTH / sheet.width))
            path = HERE / f"{item['name']}.jpg"
            sheet.resize(size, Image.Resampling.LANCZOS).save(path, quality=76)
            print(path.name, flush=True)


def contact_sheet(prompt: str, folder: Path, tier: str) -> Image.Image:
    """Frames from the middles of equal parts of the film, above its sound."""
    screenplay, _ = director.read(prompt)
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    for verdict in take.verdicts:
        print(f"  {'yes' if verdict.met else 'NO '} {verdict.goal} {verdict.note}")
    quality = picture.TIERS[tier]
    track = camera.plan(world, take, quality.width / quality.height)
    every = round(screenplay.duration_s * quality.fps)
    chosen = tuple(int((part + 0.5) * every / COUNT) for part in range(COUNT))
    # Frames of an earlier version would be taken for finished ones.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    picture.write(folder, picture.Job(quality, chosen), screenplay, take, track)
    frames = picture.render(folder, lambda *_: None)
    heard = sound.score(world, take, track).samples
    stills = [Image.open(path).convert("RGB") for path in frames]
    return pictures.arranged(stills, [frame / quality.fps for frame in chosen], np.asarray(heard))


if __name__ == "__main__":
    main()
