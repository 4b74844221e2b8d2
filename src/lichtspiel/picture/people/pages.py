"""Pages of pictures of people: how one is rendered, and how many are laid out with their words."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Any

import bpy
from PIL import Image, ImageDraw, ImageFont

from lichtspiel.picture.settings import set_denoising, set_picture, set_sampling

_LABEL = 16
_PAPER, _INK = (24, 24, 24), (235, 235, 235)


def rendered(scene: Any, size: tuple[int, int], samples: int) -> Image.Image:
    """The scene through its camera. size: width and height in pixels."""
    set_sampling(scene, samples)
    set_denoising(scene, accurate=False)
    set_picture(scene, size[0], size[1], 0.0)
    with tempfile.TemporaryDirectory() as folder:
        scene.render.filepath = f"{folder}/tile.png"
        bpy.ops.render.render(write_still=True)
        with Image.open(scene.render.filepath) as image:
            return image.convert("RGB")


def laid_out(people: Sequence[tuple[str, Sequence[Image.Image]]], columns: int) -> Image.Image:
    """People from left to right and then below: each one's pictures under one another, words at the foot."""
    width, height = people[0][1][0].size
    views = len(people[0][1])
    tall = views * height + _LABEL
    rows = -(-len(people) // columns)
    page = Image.new("RGB", (width * min(columns, len(people)), rows * tall), _PAPER)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(11)
    for index, (words, tiles) in enumerate(people):
        left, top = index % columns * width, index // columns * tall
        for view, tile in enumerate(tiles):
            page.paste(tile, (left, top + view * height))
        draw.rectangle((left, top + views * height, left + width, top + tall), fill=_PAPER)
        draw.text((left + 3, top + views * height + 1), words, fill=_INK, font=font)
    return page
