"""Colour of skin: what melanin and blood do to a person's tone, region by region.

The tone of the library is the cheek's in even light. Melanin and blood darken it by the laws of
absorption, so the same blush shows on porcelain and is felt on ebony.
"""

from __future__ import annotations

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import IntArray
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.person import Person
from lichtspiel.picture.people import hands
from lichtspiel.picture.people.fields import blob, noise, step
from lichtspiel.picture.people.texels import Floats, Texels
from lichtspiel.screenplay import Sex

MELANIN = np.array([0.55, 0.95, 1.35])
BLOOD = np.array([0.14, 0.80, 0.66])
"""Absorbance of a unit of pigment in red, green and blue (after Jimenez et al., 2010, by eye)."""
_FAIR, _DARK = 0.50, 0.06
"""Luminance of tones that count as wholly fair and wholly dark."""
_MOUTH = np.array([0.72, 0.33, 0.29])
"""Lighter than flesh is: light that goes to and fro in a mouth is cut off after a few bounces."""


def fairness(person: Person) -> float:
    """0 for the darkest tones … 1 for fair ones."""
    tone = np.array(catalogue.skin_tones()[person.skin].rgb)
    return float(np.clip(np.log(tone @ (0.2126, 0.7152, 0.0722) / _DARK) / np.log(_FAIR / _DARK), 0, 1))


def albedo(person: Person, texels: Texels) -> Floats:
    """(N, 3) linear RGB of the skin."""
    rng = np.random.default_rng((person.seed, 101))
    fair, face = fairness(person), texels.face
    tone = np.array(catalogue.skin_tones()[person.skin].rgb)
    melanin = _melanin(person, texels, fair, rng)
    blood = _blood(person, texels, rng) * (0.45 + 0.55 * fair)
    lips = step(texels.mask("lips"), 0.02, 0.98) * (1 - 0.35 * blob(face, (0.85, 0.8, -2.2), (0.2, 1.0, 0.5)))
    melanin += lips * rng.uniform(0.05, 0.16)
    full = 0.50 if person.sex is Sex.FEMALE else 0.30
    full *= np.interp(person.age_years, (3, 16), (0.7, 1.0))
    blood += lips * (full + rng.uniform(-0.1, 0.15)) * np.interp(person.age_years, (50, 90), (1.0, 0.65))
    colour = tone * np.exp(-melanin[:, None] * MELANIN - blood[:, None] * BLOOD)
    colour = _spotted(person, texels, colour, fair, rng)
    colour = _shaven(person, texels, colour)
    colour = hands.coloured(person, texels, colour, fair)
    inside = step(texels.mask("inside_mouth"), 0.2, 0.8)[:, None]
    return np.asarray(colour * (1 - inside) + _MOUTH * inside)


def _melanin(person: Person, texels: Texels, fair: float, rng: np.random.Generator) -> Floats:
    face = texels.face
    old = float(np.clip((person.age_years - 35) / 50, 0, 1))
    grown = float(np.clip((person.age_years - 3) / 20, 0, 1))
    amount = (0.014 + 0.022 * old) * noise(rng, texels.place, 28.0, 2)
    amount += (0.010 + 0.012 * old) * noise(rng, texels.place, 600.0, 3)
    circles = rng.uniform(0.08, 0.24) * grown * (1 + 0.7 * old)
    amount += circles * blob(face, (0.72, 0.55, -0.45), (0.42, 0.5, 0.2))
    amount += 0.10 * grown * blob(face, (1.0, 0.5, 0.35), (0.5, 0.4, 0.16))
    # Darker skins darken around eyes and mouth and pale on cheeks; fair ones tan on brow and nose.
    amount += (0.16 * (1 - fair)) * blob(face, (0.3, 0.9, -2.2), (0.8, 0.5, 0.6))
    amount += 0.12 * (1 - fair) * blob(face, (1.0, 0.5, 0.0), (0.75, 0.5, 0.55))
    amount -= 0.10 * (1 - fair) * blob(face, (1.3, 0.5, -1.1), (0.5, 0.6, 0.45))
    amount += 0.06 * fair * blob(face, (0.0, 1.0, 1.5), (1.4, 0.6, 0.8))
    amount += 0.35 * (1 - 0.6 * fair) * _at_joints(texels, ("lowerarm01", "lowerleg01"), 0.045)
    amount += 0.3 * (1 - 0.6 * fair) * hands.knuckles(texels)
    amount -= (0.12 + 1.0 * (1 - fair)) * np.clip(hands.palms(texels) + _soles(texels), 0, 1)
    return amount


def _blood(person: Person, texels: Texels, rng: np.random.Generator) -> Floats:
    face = texels.face
    child = float(np.clip((12 - person.age_years) / 10, 0, 1))
    flush = rng.uniform(0.6, 1.25) * (1 + 0.15 * child)
    blotch = 1 + 0.08 * noise(rng, texels.place, 60.0, 2)
    amount = 0.018 * noise(rng, texels.place, 30.0, 2) + 0.02 * noise(rng, texels.place, 900.0, 2)
    amount += 0.17 * flush * blotch * blob(face, (1.3, 0.5, -1.1), (0.7, 0.7, 0.58))
    amount += 0.20 * flush * blotch * blob(face, (0.0, 1.35, -1.15), (0.38, 0.4, 0.32))
    amount += 0.28 * blob(face, (0.5, 0.95, -1.3), (0.16, 0.3, 0.2))
    amount += 0.14 * blotch * blob(face, (0.0, 0.8, -3.15), (0.5, 0.4, 0.3))
    amount += 0.09 * blob(face, (1.0, 0.5, 0.1), (0.7, 0.4, 0.3))
    amount += 0.08 * blob(face, (0.3, 0.8, -2.1), (0.9, 0.6, 0.6))
    amount += 0.30 * texels.mask("ears") * blotch
    amount += 0.14 * step(texels.mask("eyelids"), 0.2, 0.8)
    amount += 0.55 * blob(face, (0.47, 0.45, -0.08), (0.09, 0.3, 0.09))
    amount += 0.45 * hands.knuckles(texels) + 0.2 * hands.fingertips(texels)
    amount += 0.20 * _at_joints(texels, ("lowerarm01", "lowerleg01"), 0.05)
    amount += 0.22 * hands.palms(texels) + 0.18 * _soles(texels)
    weathered = float(np.clip((person.age_years - 40) / 40, 0, 1)) * rng.uniform(0.2, 1.0)
    if weathered > 0:  # fine vessels that show through the cheeks and the nose of the old
        threads = np.exp(-((noise(rng, texels.place, 260.0, 2) / 0.10) ** 2))
        on = blob(face, (1.2, 0.7, -1.2), (0.55, 0.7, 0.4)) + blob(face, (0.2, 1.2, -1.1), (0.3, 0.4, 0.4))
        amount += 0.26 * weathered * threads * on
    return amount


def _at_joints(texels: Texels, bones: tuple[str, ...], reach_m: float) -> Floats:
    """(N,) from 1 at the heads of these bones of both sides to 0 away from them."""
    basis = load()
    heads = basis.joint_points("head", basis.vertices)
    amount = np.zeros(len(texels.place))
    for bone in bones:
        for side in "LR":
            near, away = _around(texels, heads[basis.bone_names.index(f"{bone}.{side}")], 3 * reach_m)
            amount[near] = np.maximum(amount[near], np.exp(-0.5 * (away / reach_m) ** 2))
    return amount


def _around(texels: Texels, centre: Floats, reach_m: float) -> tuple[IntArray, Floats]:
    """Texels within reach of a point, and how far they are from it."""
    near = np.array(texels.tree.query_ball_point(centre, reach_m), np.int32)
    return near, np.linalg.norm(texels.place[near] - centre, axis=1)


def _soles(texels: Texels) -> Floats:
    """(N,) 1 on the soles of the feet."""
    low = load().vertices[:, 2].min() + 0.06
    return np.asarray(step(-texels.normal[:, 2], 0.3, 0.7) * (texels.place[:, 2] < low))


def _spotted(person: Person, texels: Texels, colour: Floats, fair: float, rng: np.random.Generator) -> Floats:
    """Freckles, moles and the spots of age, each a little disc of its own."""
    face = texels.face
    sun = step(face[:, 2], -3.2, -0.5) * step(face[:, 2], 2.4, 1.6) * step(face[:, 1], -1.2, 0.3)
    freckled = rng.random() ** 3 * fair * (1.4 if person.hair_colour in {"red", "ginger"} else 0.7)
    old = float(np.clip((person.age_years - 45) / 40, 0, 1))
    aged = sun * (np.abs(face[:, 0]) > 0.9) + 1.5 * hands.backs(texels)
    cheeks = blob(face, (0.5, 0.9, -0.8), (0.9, 1.0, 0.7))
    kinds = (
        (int(900 * freckled), 0.0003, 0.0008, 0.36, cheeks + 0.1 * sun),
        (int(150 * old * (0.4 + 0.6 * fair)), 0.0008, 0.0030, 0.22, aged),
        (int(rng.poisson(2.5)), 0.0004, 0.0011, 1.2, sun + 0.05),
        (int(rng.poisson(14)), 0.0006, 0.0014, 0.8, (face[:, 2] < -4.5) * 1.0),
    )  # fmt: skip
    for count, small, large, dark, where in kinds:
        if not count or where.sum() <= 0 or person.age_years < 3:
            continue
        chosen = rng.choice(len(where), count, p=where / where.sum())
        radii = rng.uniform(small, large, count)
        depths = dark * rng.uniform(0.4, 1.0, count)
        for spot, radius, depth in zip(texels.place[chosen], radii, depths, strict=True):
            near, away = _around(texels, spot, 1.4 * radius)
            colour[near] *= np.exp(-(depth * step(away / radius, 1.35, 0.5))[:, None] * MELANIN)
    return colour


def beard_region(face: Floats) -> Floats:
    """(N,) 1 where a beard would grow."""
    sideways = np.abs(face[:, 0])
    top = np.interp(sideways, (0, 0.5, 0.9, 1.5, 2.0, 2.4), (-1.55, -1.6, -1.95, -2.3, -1.7, -0.9))
    region = step(face[:, 2] - top, 0.12, -0.12) * step(face[:, 2], -5.2, -4.2)
    ear = step(face[:, 1], -1.75, -1.35)
    bare = blob(face, (0.55, 0.8, -2.75), (0.22, 0.6, 0.2))
    return np.asarray(region * ear * (1 - 0.5 * bare))


def _shaven(person: Person, texels: Texels, colour: Floats) -> Floats:
    """The blue of a shaven beard."""
    if person.sex is not Sex.MALE or person.age_years < 17:
        return colour
    known = catalogue.hair_colours().get(person.hair_colour)
    dark = float(np.clip(1 - 2.2 * np.mean(known.rgb), 0.1, 1)) if known else 0.5
    region = beard_region(texels.face) * (1 - texels.mask("lips"))
    # Where stubble or more grows, its hairs do most of the work.
    share = 1.0 if person.beard == "none" else 0.4
    strength = 0.13 * share * dark * np.interp(person.age_years, (17, 25), (0.3, 1.0))
    return np.asarray(colour * np.exp(-(strength * region)[:, None] * np.array([1.0, 1.0, 0.96])))
