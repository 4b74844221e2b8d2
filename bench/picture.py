"""What the picture's settings cost and what they lose: python -m bench.picture [NAME …]

For frames in the middle of some reference prompts:

- **whole, N samples**: a frame rendered whole with few to many samples.
- **half light**: light sampled at half resolution and joined with full-resolution albedo, normals and
  depth (bench/picture_halves.py), at the samples that cost about as much as three of the whole frame.
- **EEVEE**, with `--eevee`: a frame by Blender's rasteriser (bench/picture_eevee.py).
- **as filmed**: the frame as the film shows it: for a locked camera the still plate, and over it only
  what moving things touch; for a moving one the frame joined with its neighbours.

Of each: wall and processor seconds per frame, samples of pixels per second, the structural
similarity (SSIM) to a render with many samples, and the flicker: the mean difference, of 255, of
one frame and the one before it, carried to where its points are now, over what stands still.
Processor seconds are what to compare on a machine that has other work too.

**At standard size** frames are filmed once more: their processor time has a target, and **outside Cycles**
is the share of their time that is not Cycles' own sampling and denoising. In smaller pictures what every
render costs besides its pixels would weigh more.

The benchmark begins nothing new after `--minutes`; what it had no time for is named.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy import ndimage

from bench.figures import Figure, at_most, between, write
from bench.picture_eevee import SAMPLES as EEVEE_SAMPLES
from bench.picture_eevee import rasterised
from bench.picture_halves import half_lit
from lichtspiel import camera, director, physics, stage
from lichtspiel.picture import STANDARD, Quality, neighbours
from lichtspiel.picture import film as films
from lichtspiel.picture.neighbours import View
from lichtspiel.picture.shoot import Shooter

PROMPTS = Path(__file__).parent.parent / "examples" / "prompts.yaml"
SHOWN = ("basketball", "wrecking_ball")
"""A locked camera and a moving one."""
SAMPLES = (3, 6, 12)
HALF_SAMPLES = (8, 4)
"""Of the light at half size, and of the guides at full size."""
REFERENCE_SAMPLES = 512
SIZE = (270, 480)
STANDARD_FRAME_S = 450.0 / 96
"""A standard film of four seconds in eight minutes, half a minute of it for all but the picture."""
LEAST_SSIM = 0.95
MOST_FLICKER = 2.0
MOST_OUTSIDE = 15.0
FRAMES = 3
"""Frames of a film that are filmed one after the other."""
Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, of all cores together, and of Cycles alone."""

    wall_s: float
    processor_s: float
    cycles_s: float

    def over(self, count: int) -> Cost:
        """The cost of one of `count` equal things."""
        return Cost(self.wall_s / count, self.processor_s / count, self.cycles_s / count)


@dataclass(frozen=True, eq=False)
class Way:
    """Two frames, one after the other, rendered in some way, and what one of them cost."""

    name: str
    samples: int | None
    """Per pixel; None where pixels get different numbers."""
    pictures: list[Picture]
    cost: Cost
    used: bool = False
    """Whether films are rendered so."""


def main(arguments: list[str] | None = None) -> int:
    """Print a table per prompt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    prompts = {item["name"]: item["prompt"] for item in yaml.safe_load(PROMPTS.read_text("utf-8"))}
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(prompts)}")
    parser.add_argument("--size", nargs=2, type=int, default=SIZE)
    parser.add_argument("--reference", type=int, default=REFERENCE_SAMPLES, help="samples of the reference")
    parser.add_argument("--minutes", type=float, default=25.0, help="begin nothing new after this time")
    parser.add_argument("--eevee", action="store_true", help="EEVEE as well; it needs a graphics library")
    options = parser.parse_args(arguments)
    end_s = time.monotonic() + 60 * options.minutes
    written: dict[str, Figure] = {}
    for name in options.names or SHOWN:
        if time.monotonic() > end_s:
            print(f"no time for {name}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            quality = STANDARD.with_size(*options.size)
            scene = _scene(prompts[name], quality, Path(folder))
            written |= measured(name, scene, options.reference, end_s, eevee=options.eevee)
            cost = at_standard(prompts[name], Path(folder))
            share = 100 * (1 - cost.cycles_s / cost.wall_s)
            written[f"{name}: outside Cycles at standard size"] = at_most(share, MOST_OUTSIDE, "%")
            seconds = at_most(cost.processor_s / FRAMES, 2 * STANDARD_FRAME_S, "s")
            written[f"{name}: processor time per frame at standard size"] = seconds
    write("picture", written)
    return 0


def measured(
    name: str, shooter: Shooter, reference_samples: int, end_s: float, *, eevee: bool
) -> dict[str, Figure]:
    """Render frames of one film in every way, and compare."""
    film, quality = shooter.film, shooter.quality
    frame = film.frame_count // 2
    pictures, first = _filmed(shooter, frame)
    _, later = _filmed(shooter, frame + FRAMES)
    views = _views(shooter, [frame, frame + 1], quality.moving_samples)
    reference = _still(shooter, frame, reference_samples)
    ways = [Way("as filmed", None, pictures[:2], later.over(FRAMES), used=True), _half(shooter, frame)]
    for samples in SAMPLES:
        if time.monotonic() > end_s:
            print(f"no time for {samples} samples of {name}", file=sys.stderr)
            break
        ways.append(_whole(shooter, frame, samples))
    if eevee:
        ways.append(_eevee(shooter, frame))
    size = f"{quality.width}x{quality.height}"
    title = f"{name}, {film.device}, {size}, against {reference_samples} samples"
    table = Table("way", "s", "processor s", "samples/s", "SSIM", "flicker", title=title)
    figures: dict[str, Figure] = {}
    for way in ways:
        alike, shown = ssim(way.pictures[0], reference), flicker(way.pictures, views)
        rate = f"{way.samples * quality.width * quality.height / way.cost.wall_s:,.0f}" if way.samples else ""
        seconds = f"{way.cost.wall_s:.2f}", f"{way.cost.processor_s:.2f}"
        table.add_row(way.name, *seconds, rate, f"{alike:.4f}", f"{shown:.2f}")
        figures |= _figures(f"{name}, {way.name}", way, (alike, shown))
    if film.locked[film.shot_of[frame]]:
        table.add_row("plate, once per shot", f"{first.wall_s - later.wall_s:.2f}", "", "", "", "")
    Console(width=110).print(table)
    return figures


def at_standard(prompt: str, folder: Path) -> Cost:
    """The cost of filming a few frames at standard quality.

    The still plate, which is rendered once, is not counted, and so it may be a poor one.
    """
    shooter = _scene(prompt, replace(STANDARD, still_samples=1), folder / "standard")
    frame = shooter.film.frame_count // 2
    _filmed(shooter, frame)
    _, cost = _filmed(shooter, frame + FRAMES)
    return cost


def _figures(title: str, way: Way, seen: tuple[float, float]) -> dict[str, Figure]:
    """What is filmed has targets; the other ways are there to compare."""
    alike, shown = seen
    found = {
        f"{title}: SSIM": Figure(alike, "to compare", "", ok=True),
        f"{title}: flicker": Figure(shown, "to compare", "/255", ok=True),
        f"{title}: processor time per frame": Figure(way.cost.processor_s, "to compare", "s", ok=True),
    }
    if way.used:
        found[f"{title}: SSIM"] = between(alike, LEAST_SSIM, 1.0, "")
        found[f"{title}: flicker"] = at_most(shown, MOST_FLICKER, "/255")
    return found


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


def flicker(pictures: list[Picture], views: list[View]) -> float:
    """Mean difference, of 255, of two frames where both see the same point of what stands still.

    The first is carried to the second, and small areas are compared, as the eye does.
    """
    seen, valid = neighbours.carried(replace(views[0], picture=pictures[0]), views[1])
    change = ndimage.uniform_filter(seen - pictures[1], (3, 3, 1))
    return float(np.abs(change)[valid & (views[1].body == 0)].mean())


def _scene(prompt: str, quality: Quality, folder: Path) -> Shooter:
    screenplay, _ = director.read(prompt)
    world = stage.build(screenplay)
    take = physics.perform(world)
    track = camera.plan(world, take, quality.width / quality.height)
    folder.mkdir(exist_ok=True)
    return Shooter(films.build(world, take, track, quality), quality, folder / "plates", folder)


def _still(shooter: Shooter, frame: int, samples: int) -> Picture:
    shooter.film.scene.cycles.seed = frame
    shooter.film.scene.frame_set(frame)
    return shooter.whole(samples)


def _views(shooter: Shooter, frames: list[int], samples: int) -> list[View]:
    views = []
    for frame in frames:
        shooter.film.scene.frame_set(frame)
        views.append(shooter.exposer.view(samples))
    return views


def _filmed(shooter: Shooter, frame: int) -> tuple[list[Picture], Cost]:
    return _timed(shooter, lambda: [shooter.picture(frame + i) for i in range(FRAMES)])


def _whole(shooter: Shooter, frame: int, samples: int) -> Way:
    pictures, cost = _timed(shooter, lambda: [_still(shooter, frame + i, samples) for i in range(2)])
    return Way(f"whole, {samples} samples", samples, pictures, cost.over(2))


def _half(shooter: Shooter, frame: int) -> Way:
    pictures, cost = _timed(shooter, lambda: [half_lit(shooter, frame + i, *HALF_SAMPLES) for i in range(2)])
    light, guide = HALF_SAMPLES
    return Way(f"half light, {light} and {guide} samples", None, pictures, cost.over(2))


def _eevee(shooter: Shooter, frame: int) -> Way:
    pictures, cost = _timed(shooter, lambda: [rasterised(shooter, frame + i) for i in range(2)])
    return Way(f"EEVEE, {EEVEE_SAMPLES} samples", None, pictures, cost.over(2))


def _timed(shooter: Shooter, work: Callable[[], list[Picture]]) -> tuple[list[Picture], Cost]:
    clock, processor, cycles = time.perf_counter(), _processor_s(), sum(shooter.exposer.rendering_s)
    pictures = work()
    wall, used = time.perf_counter() - clock, _processor_s() - processor
    return pictures, Cost(wall, used, sum(shooter.exposer.rendering_s) - cycles)


def _processor_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
