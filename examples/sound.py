"""Waveforms and spectrograms of whole soundtracks in one picture: python examples/sound.py

The films of `voices.yaml` are staged, performed and mixed, not rendered. Above each spectrogram is the
waveform, under it what is heard, at its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy.signal import spectrogram

from lichtspiel import camera, director, motion, physics, sound, stage
from lichtspiel.cut import burnt
from lichtspiel.sound import SAMPLE_RATE_HZ, Soundtrack

HERE = Path(__file__).parent
COLUMNS = 2
WIDTH, WAVE, HEIGHT, TEXT = 640, 44, 150, 34
LOWEST_HZ, HIGHEST_HZ = 40.0, 16_000.0
RANGE_DB = 78.0
PAPER, INK, GREY = (250, 249, 246), (28, 30, 34), (110, 112, 116)
COLOURS = np.array(
    [(13, 14, 30), (60, 24, 92), (150, 38, 88), (228, 92, 52), (250, 186, 72), (252, 252, 210)]
)
"""From what is not heard to what is loudest."""


def main() -> None:
    """Make the picture."""
    items = yaml.safe_load((HERE / "voices.yaml").read_text("utf-8"))
    tiles = []
    for item in items:
        tiles.append(tile(item["prompt"], soundtrack(item["prompt"])))
        print(item["name"], flush=True)
    tall, rows = tiles[0].height, -(-len(tiles) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * WIDTH, rows * tall), PAPER)
    for number, one in enumerate(tiles):
        sheet.paste(one, (number % COLUMNS * WIDTH, number // COLUMNS * tall))
    sheet.save(HERE / "sound.jpg", quality=74, optimize=True)


def soundtrack(prompt: str) -> Soundtrack:
    """The whole sound of a prompt's film."""
    screenplay, _ = director.read(prompt)
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    return sound.score(world, take, camera.plan(world, take, 9 / 16))


def tile(prompt: str, heard: Soundtrack) -> Image.Image:
    """A film's prompt, waveform, spectrogram and captions, one below the other."""
    samples = np.asarray(heard.samples, float).mean(axis=1)
    made = Image.new("RGB", (WIDTH, TEXT + WAVE + HEIGHT + TEXT), PAPER)
    drawn, inner = ImageDraw.Draw(made), WIDTH - 16
    small = burnt.typeface(11)
    drawn.text((8, 12), _short(prompt, small, inner), INK, small)
    peaks = np.array([np.abs(part).max(initial=0.0) for part in np.array_split(samples, inner)])
    middle = TEXT + WAVE / 2
    for column, peak in enumerate(peaks):
        half = peak * (WAVE / 2 - 2)
        drawn.line([(8 + column, middle - half), (8 + column, middle + half)], GREY)
    made.paste(_spectrogram(samples, inner), (8, TEXT + WAVE))
    seconds, free = len(samples) / SAMPLE_RATE_HZ, 0.0
    for caption in heard.captions:
        x = 8 + inner * caption.film_start_s / seconds
        row = 0 if x >= free else 1
        drawn.text((x, TEXT + WAVE + HEIGHT + 2 + 14 * row), caption.text, INK, small)
        free = max(free, x + small.getlength(caption.text) + 6) if row == 0 else free
    return made


def _spectrogram(samples: NDArray[np.float64], width: int) -> Image.Image:
    """Level by time and by the logarithm of frequency."""
    frequencies, times, power = spectrogram(samples, SAMPLE_RATE_HZ, nperseg=4096, noverlap=3584)
    rows = np.geomspace(HIGHEST_HZ, LOWEST_HZ, HEIGHT)
    columns = np.linspace(0, len(times) - 1, width).round().astype(int)
    level = 10 * np.log10(power[np.searchsorted(frequencies, rows)][:, columns] + 1e-14)
    # Equal loudness per octave, not per hertz, so that treble is seen as it is heard.
    level += 10 * np.log10(rows / LOWEST_HZ)[:, None]
    share = np.clip((level - level.max()) / RANGE_DB + 1, 0, 1)
    steps = np.linspace(0, 1, len(COLOURS))
    picture = np.stack([np.interp(share, steps, channel) for channel in COLOURS.T], axis=-1)
    return Image.fromarray(picture.astype(np.uint8))


def _short(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    words: Sequence[str] = text.split()
    count = len(words)
    while count and font.getlength(" ".join(words[:count]) + " …") > width:
        count -= 1
    return text if count == len(words) else " ".join(words[:count]) + " …"


if __name__ == "__main__":
    main()
