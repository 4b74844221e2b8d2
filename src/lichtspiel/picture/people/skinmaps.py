"""The pictures of a person's skin: colour, and relief with gloss and pores, in the body's layout."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from lichtspiel.library.asset import IntArray
from lichtspiel.library.people.kept import files
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people import creases, grain, pigment
from lichtspiel.picture.people.fields import blob, noise, step
from lichtspiel.picture.people.folds import folds
from lichtspiel.picture.people.texels import Floats, Part, Texels, texels
from lichtspiel.picture.people.undergrowth import cover, grown_over
from lichtspiel.screenplay import Expression, Sex

Bytes = NDArray[np.uint8]

COLOUR, SURFACE, FOLDS = "colour.png", "surface.png", "folds.png"
RELIEF_M = 0.0016
"""Height that the whole range of the relief's channel spans."""
DEEP_M = 0.00045
SHADE = np.array([0.22, 0.31, 0.33])
"""Absorbance of a crease this deep."""
ROUGHEST = 0.72
"""Of bare skin. What is rougher lies below hair, whose shade takes its gloss."""
_BODY_SIZE = 1024
"""Texels along an edge that bodies get at most; heads and hands get what is asked for."""
_SHARP: tuple[Part, ...] = ("head", "hands")


@dataclass(frozen=True, eq=False)
class SkinMaps:
    """Pictures (S, S, 3), row 0 on top. colour: sRGB. surface: height, roughness, pores."""

    colour: Bytes
    surface: Bytes


def kept(person: Person, size: int, visible: IntArray) -> Path:
    """A folder with `skin_maps` and `folds` as COLOUR, SURFACE and FOLDS, drawn now or in an earlier run."""
    drawn = replace(person, wears=(), traits=(), expression=Expression.NEUTRAL)

    def draw(folder: Path) -> None:
        maps = skin_maps(drawn, size, visible)
        moving = folds(drawn, size)
        for pixels, name in ((maps.colour, COLOUR), (maps.surface, SURFACE), (moving, FOLDS)):
            Image.fromarray(pixels).save(folder / name, compress_level=1)

    shown = hashlib.sha256(visible.tobytes()).hexdigest()
    texture = ""
    if person.face_texture:
        texture = hashlib.sha256(Path(person.face_texture).read_bytes()).hexdigest()
    return files(draw, "skin", repr(drawn), str(size), shown, texture, grain.sort())


def skin_maps(person: Person, size: int, visible: IntArray) -> SkinMaps:
    """Draw the skin of a person at `size` by `size` texels, where these faces of the basis show it."""
    small = min(size, _BODY_SIZE)
    whole = texels(small)
    shown = np.isin(whole.faces, visible)
    if size > small:
        shown &= ~np.isin(whole.faces, texels(size, "head").faces)
    colour, surface = _painted(person, whole.part(shown))
    if size > small:
        grow = size // small
        colour, surface = (image.repeat(grow, 0).repeat(grow, 1) for image in (colour, surface))
        for part in _SHARP:
            fine = texels(size, part)
            fine = fine.part(np.isin(fine.faces, visible))
            if not len(fine.covered):
                continue
            sharp_colour, sharp_surface = _painted(person, fine)
            mask = fine.picture(np.ones((len(fine.covered), 1)))[..., 0] > 0
            colour[mask], surface[mask] = sharp_colour[mask], sharp_surface[mask]
    if person.face_texture:
        with Image.open(person.face_texture) as picture:
            colour = np.asarray(picture.convert("RGB").resize((size, size), Image.Resampling.LANCZOS))
    return SkinMaps(colour, surface)


def _painted(person: Person, where: Texels) -> tuple[Bytes, Bytes]:
    dither = np.random.default_rng(0).uniform(-0.5, 0.5, (len(where.covered), 3))
    relief = creases.relief(person, where)
    # What light cannot leave looks darker and redder: in thin lines few samples would not find it.
    shade = np.clip(-relief / DEEP_M, 0, 1.2)[:, None] * SHADE
    skin = pigment.albedo(person, where) * np.exp(-shade) * grain.grained(where)
    colour = _srgb(np.clip(grown_over(person, where, skin), 0.002, 0.95))
    height = relief / RELIEF_M + 0.5
    rough, pores = _gloss(person, where)
    surface = np.stack([height, rough, pores], -1)
    first, second = (
        np.clip(where.picture(values * 255 + dither) + 0.5, 0, 255).astype(np.uint8)
        for values in (colour, surface)
    )
    return first, second


def _srgb(linear: Floats) -> Floats:
    """sRGB 0..1 of linear light (IEC 61966-2-1)."""
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def _gloss(person: Person, where: Texels) -> tuple[Floats, Floats]:
    """Roughness (N,) and strength of pores (N,)."""
    rng = np.random.default_rng((person.seed, 303))
    face = where.face
    old = float(np.clip((person.age_years - 40) / 45, 0, 1))
    grown = float(np.interp(person.age_years, (4, 18), (0.25, 1.0)))
    on_head = step(face[:, 2], -4.5, -3.5)
    oil = blob(face, (0.0, 0.9, 1.4), (0.8, 0.5, 0.7)) + blob(face, (0.0, 1.25, -0.6), (0.28, 0.5, 0.9))
    oil += 0.6 * blob(face, (0.0, 0.8, -3.1), (0.4, 0.4, 0.3)) + 0.5 * blob(
        face, (1.3, 0.5, -0.7), (0.4, 0.5, 0.3)
    )
    rough = 0.56 - 0.06 * on_head + 0.03 * old + rng.normal(0, 0.015)
    rough = rough - rng.uniform(0.05, 0.13) * grown * np.clip(oil, 0, 1)
    rough += 0.025 * noise(rng, where.place, 60.0, 3) + 0.02 * noise(rng, where.place, 700.0)
    wet = step(where.mask("eyelids"), 0.3, 0.8) + where.mask("inside_mouth")
    wet += blob(face, (0.47, 0.45, -0.08), (0.09, 0.3, 0.09))
    nails = where.mask("fingernails") + where.mask("toenails")
    for mask, gloss in ((where.mask("lips"), 0.33), (np.clip(wet, 0, 1), 0.16), (np.clip(nails, 0, 1), 0.30)):
        rough = rough * (1 - mask) + gloss * mask
    pores = 0.35 + 0.5 * blob(face, (0.55, 1.0, -1.0), (0.55, 0.6, 0.5)) + 0.25 * np.clip(oil, 0, 1)
    pores *= grown * (1.1 if person.sex is Sex.MALE else 0.85)
    pores *= 1 - 0.7 * blob(face, (1.0, 0.5, 0.0), (0.55, 0.4, 0.4))
    pores *= (1 - where.mask("lips")) * (1 - np.clip(nails + wet, 0, 1)) * (0.5 + 0.5 * on_head)
    rough = np.clip(rough, 0.05, ROUGHEST)
    below = cover(person, where)
    return rough + (1 - rough) * below, np.clip(pores * (1 - below), 0, 1)
