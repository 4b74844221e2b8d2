"""Still pictures of a finished film: thumbnail, spritesheet, contact sheet."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_PAPER = (18, 18, 20)
_INK = (222, 222, 222)
_WAVE = (235, 178, 84)
_GAP = 10
_LABEL = 22
_WAVE_HEIGHT = 72


def thumbnail(film: Path, path: Path, width: int = 480) -> None:
    """Write the middle frame; the suffix chooses the format (webp, jpg, png)."""
    (picture,), _ = stills(film, 1)
    _save(_resized(picture, min(width, picture.width)), path)


def spritesheet(film: Path, path: Path, columns: int = 5, rows: int = 5, width: int = 160) -> None:
    """Write a gapless grid of frames at even distances, for previews while scrubbing."""
    pictures, _ = stills(film, columns * rows)
    tiles = [_resized(picture, width) for picture in pictures]
    sheet = Image.new("RGB", (columns * width, rows * tiles[0].height))
    for index, tile in enumerate(tiles):
        sheet.paste(tile, (index % columns * width, index // columns * tile.height))
    _save(sheet, path)


def contact_sheet(film: Path, path: Path, count: int = 12) -> None:
    """Write frames at even distances with their times, above the waveform of the sound."""
    pictures, times = stills(film, count)
    _save(arranged(pictures, times, samples(film)), path)


def arranged(
    pictures: Sequence[Image.Image], times: Sequence[float], sound: NDArray[np.float32]
) -> Image.Image:
    """Pictures with their times in seconds, above the waveform of a sound (N, channels)."""
    portrait = pictures[0].height > pictures[0].width
    columns, width = (6, 240) if portrait else (4, 360)
    tiles = [_resized(picture, width) for picture in pictures]
    rows = -(-len(tiles) // columns)
    cell = tiles[0].height + _LABEL
    size = (columns * (width + _GAP) + _GAP, rows * (cell + _GAP) + _GAP + _WAVE_HEIGHT + _GAP)
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(14)
    for index, (tile, time_s) in enumerate(zip(tiles, times, strict=True)):
        x = _GAP + index % columns * (width + _GAP)
        y = _GAP + index // columns * (cell + _GAP)
        sheet.paste(tile, (x, y))
        draw.text((x, y + tile.height + 3), f"{time_s:.2f} s", _INK, font)
    _draw_wave(draw, sound, (_GAP, size[1] - _GAP - _WAVE_HEIGHT, size[0] - _GAP, size[1] - _GAP))
    return sheet


def stills(film: Path, count: int) -> tuple[list[Image.Image], list[float]]:
    """`count` frames from the middles of equal parts of the film, and their times in seconds."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        frames = stream.frames or sum(1 for _ in container.decode(stream))
        container.seek(0)
        wanted = [min(frames - 1, int((part + 0.5) * frames / count)) for part in range(count)]
        found: dict[int, tuple[Image.Image, float]] = {}
        for index, frame in enumerate(container.decode(stream)):
            if index in wanted:
                found[index] = (Image.fromarray(frame.to_ndarray(format="rgb24")), float(frame.time or 0.0))
            if index == wanted[-1]:
                break
    return [found[index][0] for index in wanted], [found[index][1] for index in wanted]


def samples(film: Path) -> NDArray[np.float32]:
    """The decoded sound (N, channels); empty when the film is silent."""
    with av.open(str(film)) as container:
        if not container.streams.audio:
            return np.zeros((0, 2), np.float32)
        blocks = [frame.to_ndarray() for frame in container.decode(audio=0)]
    return np.concatenate(blocks, axis=1).T.astype(np.float32)


def _draw_wave(draw: ImageDraw.ImageDraw, sound: NDArray[np.float32], box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    middle, half = (top + bottom) / 2, (bottom - top) / 2
    draw.line([(left, middle), (right, middle)], _WAVE)
    if not len(sound):
        return
    edges = np.linspace(0, len(sound), right - left + 1).astype(int)
    for column, (start, end) in enumerate(itertools.pairwise(edges.tolist())):
        block = sound[start : max(end, start + 1)]
        high, low = float(block.max()), float(block.min())
        draw.line([(left + column, middle - high * half), (left + column, middle - low * half)], _WAVE)


def _resized(picture: Image.Image, width: int) -> Image.Image:
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)


def _save(picture: Image.Image, path: Path) -> None:
    picture.save(path, quality=85)
