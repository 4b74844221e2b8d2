"""What the picture's settings cost and what they lose: python -m bench.picture [NAME …]

For a frame in the middle of each reference prompt:

- **whole**: the frame rendered whole with few to many samples: seconds, samples per second, and
  the structural similarity (SSIM) to a render with many samples.
- **regions**: the same frame as the film shows it when its camera is locked: the still plate, and
  over it only what moving things touch. `unmoved` is the share of pixels that are equal to the bit
  in this frame and the next.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy import ndimage

from bench.figures import Figure, at_most, between, write
from lichtspiel import camera, director, physics, stage
from lichtspiel.picture import DRAFT, Quality
from lichtspiel.picture import film as films
from lichtspiel.picture.shoot import Shooter

PROMPTS = Path(__file__).parent.parent / "examples" / "prompts.yaml"
SAMPLES = (4, 6, 12, 24)
REFERENCE_SAMPLES = 512
LONGEST_FRAME_S = 90 / 48
"""At draft size: a film of 48 frames in a minute and a half."""
LEAST_SSIM = 0.95
Picture = NDArray[np.uint8]


def main(arguments: list[str] | None = None) -> int:
    """Print a table per prompt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    prompts = {item["name"]: item["prompt"] for item in yaml.safe_load(PROMPTS.read_text("utf-8"))}
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(prompts)}")
    parser.add_argument("--size", nargs=2, type=int, default=(DRAFT.width, DRAFT.height))
    parser.add_argument("--reference", type=int, default=REFERENCE_SAMPLES, help="samples of the reference")
    options = parser.parse_args(arguments)
    written: dict[str, Figure] = {}
    for name in options.names or prompts:
        with tempfile.TemporaryDirectory() as folder:
            quality = DRAFT.with_size(*options.size)
            table, figures = measured(name, prompts[name], quality, options.reference, Path(folder))
            Console().print(table)
            written |= figures
    write("picture", written)
    return 0


def measured(
    name: str, prompt: str, quality: Quality, reference_samples: int, folder: Path
) -> tuple[Table, dict[str, Figure]]:
    """Render a frame of one prompt in every way and compare."""
    figures: dict[str, Figure] = {}
    screenplay, _ = director.read(prompt)
    world = stage.build(screenplay)
    take = physics.perform(world)
    track = camera.plan(world, take, quality.width / quality.height)
    film = films.build(world, take, track, quality)
    shooter = Shooter(film, quality, folder / "plates")
    frame = film.frame_count // 2
    film.scene.frame_set(frame)
    reference = shooter.whole(reference_samples)
    table = Table("way", "s per frame", "samples/s", "SSIM", "unmoved", title=f"{name}, {film.device}")
    for samples in SAMPLES:
        picture, seconds = _timed(shooter, samples)
        alike = ssim(picture, reference)
        figures[f"{name}, {samples} samples: SSIM"] = between(alike, LEAST_SSIM, 1.0, "")
        figures[f"{name}, {samples} samples: frame"] = at_most(seconds, LONGEST_FRAME_S, "s")
        rate = f"{samples * quality.width * quality.height / seconds:,.0f}"
        table.add_row(f"whole, {samples} samples", f"{seconds:.2f}", rate, f"{alike:.4f}", "")
    shot = film.shot_of[frame]
    if film.locked[shot] and film.moving:
        start = time.perf_counter()
        shooter.picture(frame)
        middle = time.perf_counter()
        picture, following = shooter.picture(frame), shooter.picture(frame + 1)
        seconds = (time.perf_counter() - middle) / 2
        unmoved = (picture == following).all(axis=2).mean()
        alike = ssim(picture, reference)
        figures[f"{name}, regions: SSIM"] = between(alike, LEAST_SSIM, 1.0, "")
        figures[f"{name}, regions: frame"] = at_most(seconds, LONGEST_FRAME_S, "s")
        table.add_row("regions", f"{seconds:.2f}", "", f"{alike:.4f}", f"{unmoved:.0%}")
        table.add_row("plate, once per shot", f"{middle - start - seconds:.2f}", "", "", "")
    return table, figures


def ssim(first: Picture, second: Picture) -> float:
    """Structural similarity of two pictures' luma (Wang et al. 2004), 1 for equal ones."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    x, y = first @ weights, second @ weights

    def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
        blurred: NDArray[np.float64] = ndimage.gaussian_filter(values, 1.5)
        return blurred

    mean_x, mean_y = mean(x), mean(y)
    var_x, var_y = mean(x * x) - mean_x**2, mean(y * y) - mean_y**2
    together = mean(x * y) - mean_x * mean_y
    low, high = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    share = (2 * mean_x * mean_y + low) * (2 * together + high)
    return float((share / ((mean_x**2 + mean_y**2 + low) * (var_x + var_y + high))).mean())


def _timed(shooter: Shooter, samples: int) -> tuple[Picture, float]:
    start = time.perf_counter()
    picture = shooter.whole(samples)
    return picture, time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
