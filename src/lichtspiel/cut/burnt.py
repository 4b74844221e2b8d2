"""Captions drawn into the picture, where no player covers them and the frame cuts nothing off."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from lichtspiel.cut.captions import Caption

Pixels = NDArray[np.uint8]

FONT = ("bpy", "Inter.woff2")
"""Package and file: Blender brings a typeface (SIL Open Font License) with all letters that we need."""
WEIGHT = 600
SIZE, SMALLEST = 0.038, 13
"""Height of letters against the mean side of the picture; fewer pixels than that cannot be read."""
SIDE, BOTTOM, BOTTOM_UPRIGHT = 0.08, 0.09, 0.16
"""Margins against width and height: within the safe area for titles (EBU R 95), and in upright films
above what phones lay over them."""
LEADING = 1.3
PAD = 0.35
"""Of the box about a line, against the height of letters."""
INK, BOX = (255, 255, 255, 255), (0, 0, 0, 150)


class Burnt:
    """The captions of a film of one size (width, height)."""

    def __init__(self, captions: Sequence[Caption], size: tuple[int, int]) -> None:
        self._captions = sorted(captions, key=lambda caption: caption.start_s)
        self._size = size
        self._drawn: dict[str, Image.Image] = {}

    def over(self, pixels: Pixels, time_s: float) -> Pixels:
        """A frame (H, W, 3) with what is to be read at a time."""
        text = read_at(self._captions, time_s)
        if not text:
            return pixels
        if text not in self._drawn:
            self._drawn[text] = drawn(text, self._size)
        picture = Image.fromarray(pixels).convert("RGBA")
        picture.alpha_composite(self._drawn[text])
        return np.asarray(picture.convert("RGB"))


def read_at(captions: Sequence[Caption], time_s: float) -> str:
    """What is read at a time, of captions in the order of their start: what is said, else the last sound.

    Sounds stand in brackets. More at once could not be read, and would hide the picture.
    """
    shown = [caption.text for caption in captions if caption.start_s <= time_s < caption.end_s]
    said = [text for text in shown if not text.startswith("[")]
    return "\n".join(dict.fromkeys(said)) if said else shown[-1] if shown else ""


def drawn(text: str, size: tuple[int, int]) -> Image.Image:
    """A transparent picture with lines of text at its bottom, each in a box; long ones are broken."""
    width, height = size
    letters = max(SMALLEST, round(SIZE * (width * height) ** 0.5))
    font = typeface(letters)
    lines = [part for line in text.splitlines() for part in broken(line, font, (1 - 2 * SIDE) * width)]
    layer = Image.new("RGBA", size)
    draw = ImageDraw.Draw(layer)
    step = LEADING * letters + PAD * letters
    bottom = height * (1 - (BOTTOM_UPRIGHT if height > width else BOTTOM))
    for number, line in enumerate(lines):
        middle = bottom - (len(lines) - 1 - number) * step - step / 2
        half = font.getlength(line) / 2 + PAD * letters
        box = (width / 2 - half, middle - step / 2, width / 2 + half, middle + step / 2)
        draw.rectangle(box, BOX)
        draw.text((width / 2, middle), line, INK, font, anchor="mm")
    return layer


def broken(line: str, font: ImageFont.FreeTypeFont, widest: float) -> list[str]:
    """A line in as few parts as fit, and these of about one length."""
    words = line.split()
    if not words:
        return []
    count = max(1, int(np.ceil(font.getlength(line) / widest)))
    while count < len(words):
        parts = _parts(words, font, font.getlength(line) / count)
        if len(parts) <= count and all(font.getlength(part) <= widest for part in parts):
            return parts
        count += 1
    return words if count > 1 else [line]


def _parts(words: Sequence[str], font: ImageFont.FreeTypeFont, aim: float) -> list[str]:
    """Lines that end where they come nearest to a length."""
    parts = [words[0]]
    for word in words[1:]:
        longer = f"{parts[-1]} {word}"
        if font.getlength(longer) - aim <= aim - font.getlength(parts[-1]):
            parts[-1] = longer
        else:
            parts.append(word)
    return parts


@cache
def typeface(letters: int) -> ImageFont.FreeTypeFont:
    """The typeface of captions, with letters so high in pixels."""
    package, name = FONT
    found = next(file for file in importlib.metadata.files(package) or () if file.name == name)
    font = ImageFont.truetype(str(found.locate()), letters)
    axes = font.get_variation_axes()
    wanted = [WEIGHT if axis["name"] == b"Weight" else axis["default"] or 0 for axis in axes]
    font.set_variation_by_axes(list(map(float, wanted)))
    return font
