"""A table radio: a wooden case with a cloth-covered loudspeaker, a lit dial and two knobs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.forms import bar, block, disc, plate_sound, ring, seen, single, slab, solid
from lichtspiel.library.things.substance import number, surface

WALL_M, FOOT_M = 0.008, 0.008


def radio(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A radio on four feet, its front towards -y."""
    x, y, z = (number(parameters, k) for k in ("width", "depth", "height"))
    middle = FOOT_M + z / 2
    ahead = meshes.turn((1, 0, 0), np.pi / 2)
    case = meshes.moved(meshes.box((x, y, z), 0.014, 4), (0, 0, middle))
    cloth = slab((x * 0.52, 0.003, z * 0.78), (-x * 0.19, -y / 2, middle), 0.001, slot=1)
    bars = [
        slab((x * 0.52, 0.005, 0.004), (-x * 0.19, -y / 2 - 0.001, middle + z * share), 0.001, slot=3)
        for share in (-0.26, -0.13, 0.0, 0.13, 0.26)
    ]
    dial = slab((x * 0.33, 0.003, z * 0.34), (x * 0.28, -y / 2, middle + z * 0.2), 0.002, slot=2)
    needle = slab((0.0016, 0.002, z * 0.3), (x * 0.24, -y / 2 - 0.003, middle + z * 0.2), 0.0004, slot=4)
    lines = [
        slab((x * 0.28, 0.002, 0.0014), (x * 0.28, -y / 2 - 0.002, middle + z * (0.2 + up)), 0.0003, slot=5)
        for up in (-0.08, 0.08)
    ]
    knobs = []
    for side in (0.19, 0.37):
        at = (x * side, -y / 2 - 0.006, middle - z * 0.22)
        knobs += [
            meshes.moved(disc(0.016, 0.018, (0, 0, 0), slot=5, segments=40), at, ahead),
            ring(0.0165, 0.0012, (at[0], at[1] - 0.009, at[2]), (0, 1, 0), slot=3, count=40, segments=6),
        ]
    feet = [
        disc(0.011, FOOT_M, (sx * (x / 2 - 0.025), sy * (y / 2 - 0.025), FOOT_M / 2), slot=5)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    top = FOOT_M + z
    handle = [
        bar((-x * 0.3, 0, top), (-x * 0.3, 0, top + 0.025), 0.004, slot=3),
        bar((x * 0.3, 0, top), (x * 0.3, 0, top + 0.025), 0.004, slot=3),
        bar((-x * 0.3, 0, top + 0.025), (x * 0.3, 0, top + 0.025), 0.007, slot=5),
    ]
    shapes = [block((x, y, z + FOOT_M), wish.material, (0, 0, (z + FOOT_M) / 2), label="top")]
    surfaces = (
        surface(wish, "walnut"),
        Surface("cotton", (0.34, 0.27, 0.17)),
        Surface("screen_glow", (0.95, 0.62, 0.24)),
        Surface("brass"),
        Surface("painted_metal", (0.5, 0.05, 0.03)),
        Surface("matte_plastic", (0.02, 0.018, 0.016)),
    )
    return single(
        "radio",
        [solid(shapes, case), seen(cloth, *bars, dial, needle, *lines, *knobs, *feet, *handle)],
        surfaces,
        wish,
        2.4,
        plate_sound("wood", x, z, WALL_M),
        {"top": (0.0, 0.0, top), "grip": (0.0, 0.0, top + 0.025)},
    )
