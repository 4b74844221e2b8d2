"""Tableware and vases, turned on a lathe, thick-walled and hollow."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.asset import Asset
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles
from lichtspiel.library.things.handles import ear
from lichtspiel.library.things.profiles import Stem
from lichtspiel.library.things.substance import length
from lichtspiel.library.things.turned import lengths, turned, walled


def cup(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A rounded cup with a foot ring and an ear."""
    size = lengths(parameters, wish, "height", "radius", "wall")
    height, radius, wall = size
    foot = radius * 0.58
    controls = [
        (0, wall * 0.6, 0, wall * 1.6),
        (foot * 0.8, wall * 0.6, foot * 0.8, wall * 1.65),
        (foot * 0.88, 0, foot * 0.93, wall * 1.8),
        (foot, 0, foot * 1.02, wall * 2.0),
        (foot * 1.07, wall * 0.7, foot * 1.1, wall * 2.4),
        (radius * 0.82, height * 0.25, radius * 0.82 - wall * 0.8, height * 0.25 + wall * 0.6),
        (radius * 0.95, height * 0.55, radius * 0.95 - wall, height * 0.55),
        (radius * 0.985, height * 0.85, radius * 0.985 - wall * 0.85, height * 0.85),
        (radius, height - wall * 0.3, radius - wall * 0.65, height - wall * 0.3),
    ]
    handle = ear(radius * 0.93, height * 0.3, height * 0.8, radius * 0.52, wall * 1.9)
    return turned(parameters, wish, rng, "porcelain", walled(controls), handles=(handle,))


def mug(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A straight mug with an ear."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    controls = [
        (0, wall * 0.4, 0, wall * 1.5),
        (radius * 0.78, wall * 0.4, radius * 0.78, wall * 1.5),
        (radius * 0.82, 0, radius * 0.82, wall * 1.6),
        (radius * 0.92, 0, radius * 0.87, wall * 1.9),
        (radius * 0.985, wall * 0.7, radius - wall * 1.15, wall * 2.6),
        (radius, wall * 1.8, radius - wall, wall * 3.6),
        (radius, height * 0.5, radius - wall, height * 0.5),
        (radius, height - wall * 0.8, radius - wall, height - wall * 0.8),
        (radius * 0.995, height - wall * 0.4, radius - wall * 0.85, height - wall * 0.4),
    ]
    handle = ear(radius * 0.99, height * 0.2, height * 0.8, radius * 0.62, wall * 2.1)
    return turned(parameters, wish, rng, "ceramic", walled(controls), handles=(handle,))


def plate(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A dinner plate: flat well, foot ring, and a flaring flag."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    ring = radius * 0.58
    floor = wall * 1.45
    controls = [
        (0, wall * 0.5, 0, floor),
        (ring * 0.9, wall * 0.5, ring * 0.9, floor),
        (ring * 0.945, 0.0002, ring * 0.95, floor),
        (ring * 0.985, 0, ring * 1.0, floor + wall * 0.05),
        (ring * 1.03, wall * 0.55, ring * 1.06, floor + wall * 0.35),
        (radius * 0.7, height * 0.42, radius * 0.695, height * 0.42 + wall * 0.95),
        (radius * 0.85, height * 0.66, radius * 0.845, height * 0.66 + wall * 0.85),
        (radius * 0.98, height - wall * 0.75, radius * 0.975, height),
    ]
    return turned(parameters, wish, rng, "porcelain", walled(controls))


def wine_glass(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A tulip on a drawn stem and a thin foot."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    stem, foot_radius = length(parameters, wish, "stem"), length(parameters, wish, "foot")
    node, edge = height * 0.45, wall * 1.7
    bowl_height = height - node
    joint = stem * 1.25
    bowl = profiles.wall(
        [
            (0, node, 0, node + wall * 3.2),
            (joint, node, joint * 0.9, node + wall * 3.5),
            (
                radius * 0.45,
                node + bowl_height * 0.075,
                radius * 0.4,
                node + bowl_height * 0.075 + wall * 1.9,
            ),
            (
                radius * 0.8,
                node + bowl_height * 0.22,
                radius * 0.8 - wall * 0.95,
                node + bowl_height * 0.23 + wall,
            ),
            (radius, node + bowl_height * 0.45, radius - wall, node + bowl_height * 0.45),
            (
                radius * 0.93,
                node + bowl_height * 0.75,
                radius * 0.93 - wall * 0.95,
                node + bowl_height * 0.75,
            ),
            (radius * 0.79, height - wall * 0.5, radius * 0.79 - wall * 0.9, height - wall * 0.5),
        ],
        height * 0.011,
        joint,
    )
    top = edge + foot_radius * 0.1
    foot = profiles.wall(
        [
            (0, wall * 0.8, 0, top),
            (joint, wall * 0.75, joint, top),
            (foot_radius * 0.45, wall * 0.45, foot_radius * 0.42, edge + foot_radius * 0.035),
            (foot_radius * 0.8, 0, foot_radius * 0.8, edge + foot_radius * 0.01),
            (foot_radius * 0.985, 0, foot_radius * 0.985, edge),
        ],
        height * 0.011,
        joint,
    )
    ends = [(joint, top), (stem * 1.02, top + 0.05 * height), (stem * 0.86, (top + node) / 2)]
    ends += [(stem * 1.0, node - 0.06 * height), (joint, node)]
    curve = profiles.smooth_line(np.array(ends), height * 0.011)
    stem_length = node - top
    ringing = {"radius": radius, "height": bowl_height, "thickness": wall, "stem_length": stem_length}
    return turned(
        parameters,
        wish,
        rng,
        "glass",
        bowl,
        stem=Stem(curve),
        foot=foot,
        resonator=("cylindrical_shell", ringing),
    )


def drinking_glass(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A tumbler with a heavy base."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    low, base = radius * 0.8, wall * 4.0
    controls = [
        (0, wall * 0.45, 0, base),
        (low * 0.8, wall * 0.35, low * 0.7, base * 1.02),
        (low * 0.88, 0, low * 0.8, base * 1.1),
        (low * 0.94, 0, low * 0.9, base * 1.35),
        (low * 1.0, wall * 0.8, low - wall * 1.15, base * 1.8),
        (low * 1.035, height * 0.2, low * 1.035 - wall * 1.05, height * 0.2 + base * 0.3),
        (low + (radius - low) * 0.6, height * 0.6, low + (radius - low) * 0.6 - wall, height * 0.6),
        (radius, height - wall * 0.4, radius - wall * 0.9, height - wall * 0.4),
    ]
    return turned(parameters, wish, rng, "glass", walled(controls))


def bottle(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A wine bottle: punted base, straight body, shoulders, neck with a ring at the mouth."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    neck, mouth = length(parameters, wish, "neck"), length(parameters, wish, "mouth")
    punt, heel = height * 0.07, wall * 2.2
    shoulder, collar = height * 0.635, height * 0.78
    controls = [
        (0, punt, 0, punt + heel),
        (radius * 0.3, punt * 0.75, radius * 0.3, punt * 0.75 + heel),
        (radius * 0.72, wall * 0.5, radius * 0.68, wall * 0.5 + heel),
        (radius * 0.85, 0, radius * 0.8, heel * 1.02),
        (radius * 0.95, wall * 0.5, radius * 0.88, heel * 1.4),
        (radius, wall * 2.5, radius - wall, heel * 2.2),
        (radius, height * 0.3, radius - wall, height * 0.3),
        (radius, shoulder * 0.94, radius - wall, shoulder * 0.94),
        (radius * 0.93, shoulder * 1.04, radius * 0.93 - wall, shoulder * 1.03),
        (neck * 1.35, collar * 0.955, neck * 1.35 - wall, collar * 0.945),
        (neck * 1.06, collar * 1.02, mouth * 1.02, collar * 1.02),
        (neck, height * 0.9, mouth, height * 0.9),
        (neck * 0.985, height * 0.952, mouth, height * 0.952),
        (neck * 1.1, height * 0.956, mouth, height * 0.956),
        (neck * 1.1, height * 0.972, mouth, height * 0.972),
        (neck * 1.0, height * 0.977, mouth, height * 0.977),
        (neck * 0.98, height - wall * 0.5, mouth, height - wall * 0.5),
    ]
    ringing = {"radius": radius, "height": shoulder, "thickness": wall}
    ringing |= {"neck_radius": mouth, "neck_length": height - collar}
    return turned(
        parameters, wish, rng, "bottle_green", walled(controls, 0.007), resonator=("bottle", ringing)
    )


def bowl(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A round bowl on a foot ring."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    foot = radius * 0.44
    turns = np.radians([26, 38, 52, 66, 80])
    floor = wall * 2.1
    depth = height - floor
    side = [
        (
            radius * np.sin(turn) ** 0.9,
            floor - wall * 0.55 + (depth + wall * 0.3) * (1 - np.cos(turn)) ** 1.05 / 1.0,
            radius * np.sin(turn) ** 0.9 - wall * np.sin(turn) ** 2,
            floor - wall * 0.55 + (depth + wall * 0.3) * (1 - np.cos(turn)) ** 1.05 + wall * np.cos(turn),
        )
        for turn in turns[1:]
    ]
    controls = [
        (0, wall * 1.0, 0, floor),
        (foot * 0.84, wall * 1.0, foot * 0.84, floor + depth * 0.02),
        (foot * 0.9, 0, foot * 0.92, floor + depth * 0.035),
        (foot * 1.0, 0, foot * 1.02, floor + depth * 0.05),
        (foot * 1.06, wall * 0.9, foot * 1.1, floor + depth * 0.075),
        *side,
        (radius, height - wall * 0.4, radius - wall * 0.85, height - wall * 0.4),
    ]
    return turned(parameters, wish, rng, "porcelain", walled(controls), resonator="bowl")


def vase(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A bellied vase with a narrow neck and a flared lip."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    foot, neck = radius * 0.55, radius * 0.36
    outline = [
        (foot * 1.04, wall * 0.9), (radius * 0.78, height * 0.14), (radius, height * 0.38),
        (radius * 0.84, height * 0.6), (neck * 1.18, height * 0.78), (neck, height * 0.87),
        (neck * 1.12, height * 0.95), (neck * 1.42, height - wall * 0.5),
    ]  # fmt: skip
    controls = [
        (0, wall * 0.6, 0, wall * 1.8),
        (foot * 0.82, wall * 0.6, foot * 0.7, wall * 1.9),
        (foot * 0.88, 0, foot * 0.76, wall * 2.0),
        (foot, 0, foot * 0.85, wall * 2.25),
        *(
            (r, z, r - wall * (1.0 if z > height * 0.1 else 1.15), z + (0 if z > wall else wall * 2))
            for r, z in outline
        ),
    ]
    return turned(parameters, wish, rng, "ceramic", walled(controls, 0.009))
