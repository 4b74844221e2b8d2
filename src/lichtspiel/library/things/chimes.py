"""Wind chimes."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Drag, Joint, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import FIXED, Piece, fused, prism, shown, wire
from lichtspiel.library.things.stands import crook
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]

FREE_BAR_SHARE = 0.224
"""A free bar or tube does not move so far from its end, as a share of its length, in its lowest mode."""


def wind_chime(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """Tubes tuned to a pentatonic scale round a wooden striker, with a sail that catches the wind."""
    count, longest = int(number(parameters, "tubes")), number(parameters, "longest")
    radius, wall = number(parameters, "tube_radius"), number(parameters, "tube_wall")
    circle, drop = number(parameters, "circle"), number(parameters, "height")
    disc = drop - 0.17
    parts = [crook(drop, 0.34, 0.009), _suspension(circle, disc, drop)]
    # A free tube's pitch goes with 1/length², so equal steps of pitch shorten it by their root.
    ratios = np.array([1.0, 9 / 8, 5 / 4, 3 / 2, 5 / 3, 2.0, 9 / 4, 5 / 2])[:count]
    for k, ratio in enumerate(ratios):
        angle = 2 * np.pi * k / count + np.pi / count
        at = (circle * float(np.cos(angle)), circle * float(np.sin(angle)), disc)
        parts.append(_tube(k + 1, longest / float(np.sqrt(ratio)), radius, wall, at, wish))
    parts.append(_sail(circle - radius, longest, disc))
    spots = {
        "strike": (circle, 0.0, disc - 0.2),
        "pivot": (0.0, 0.0, drop),
        "bob": (0.0, 0.0, disc - longest * 0.6),
    }
    return assembled(parts, wish.scale, spots=spots)


def _suspension(circle: float, disc: float, drop: float) -> Part:
    """The wooden disc that carries the tubes, on three cords from a ring on the hook."""
    r = circle + 0.022
    profile = np.array(
        [[0, -0.007], [r - 0.004, -0.007], [r, -0.003], [r, 0.004], [r - 0.005, 0.008], [0, 0.009]]
    )
    shape = Shape("cylinder", (r, 0.0075), "hardwood")
    pieces = [Piece(meshes.lathe(profile, 56, smooth_angle_rad=0.5), (shape,))]
    up = drop - disc
    for k in range(3):
        a = 2 * np.pi * k / 3 + 0.3
        start = np.array([0.8 * r * np.cos(a), 0.8 * r * np.sin(a), 0.006])
        pieces.append(wire(np.array([start, [0, 0, up - 0.012]]), 0.0011, slot=1, segments=8))
    t = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    pieces.append(
        wire(
            np.stack([0.012 * np.cos(t), np.zeros(24), up + 0.012 * np.sin(t)], axis=1),
            0.0018,
            slot=2,
            closed=True,
        )
    )
    return fused(
        "suspension",
        pieces,
        (Surface("walnut"), Surface("nylon"), Surface("brass")),
        position=(0.0, 0.0, disc),
        parent="stand",
        joint=FIXED,
        resonator=Resonator("disc", "hardwood", {"radius": r, "thickness": 0.015}),
    )


def _tube(index: int, length: float, radius: float, wall: float, at: Vec3, wish: Wish) -> Part:
    """A tube on a cord through the point where it hardly vibrates; its frame is at its middle."""
    cord = 0.045
    up = cord + length * (0.5 - FREE_BAR_SHARE)
    hang = length * (0.5 - FREE_BAR_SHARE)
    half, e = length / 2, wall * 0.3
    profile = np.array(
        [[radius - wall, -half], [radius - e, -half], [radius, -half + e], [radius, half - e],
         [radius - e, half],
         [radius - wall, half], [radius - wall, -half]]
    )  # fmt: skip
    made = meshes.weld(meshes.lathe(profile, 36), 1e-8)
    pin = meshes.moved(
        meshes.cylinder(0.0016, 2 * radius + 0.003, 12, 0.0004, slot=1),
        (0, 0, hang),
        meshes.turn((1, 0, 0), np.pi / 2),
    )
    volume = np.pi * (radius**2 - (radius - wall) ** 2) * length
    mass = float(volume) * density(wish.material)
    across = mass * (length**2 / 12 + radius**2 / 2)
    string = wire(np.array([[0, 0, hang], [0, 0, (hang + up) / 2], [0, 0, up]]), 0.0007, slot=2, segments=6)
    return fused(
        f"tube_{index}",
        [Piece(made, (Shape("capsule", (radius, half - radius), wish.material),)), shown(pin), string],
        (surface(wish, "polished_aluminium"), Surface("steel"), Surface("nylon")),
        mass_kg=mass,
        inertia=(across, across, mass * radius**2),
        position=(at[0], at[1], at[2] - up - 0.006),
        parent="suspension",
        joint=Joint("ball", anchor=(0.0, 0.0, up), damping=2e-5),
        resonator=Resonator("tube", wish.material, {"radius": radius, "length": length, "thickness": wall}),
        drag=Drag(2 * radius * length, 1.1),
    )


def _sail(reach: float, longest: float, disc: float) -> Part:
    """The striker between the tubes and the sail under them, on one cord."""
    striker, low = reach * 0.62, longest * 0.62
    end = longest + 0.17
    profile = np.array(
        [
            [0, -0.008],
            [striker - 0.003, -0.008],
            [striker, -0.005],
            [striker, 0.005],
            [striker - 0.003, 0.008],
            [0, 0.008],
        ]
    )
    shape = Shape("cylinder", (striker, 0.008), "hardwood", (0.0, 0.0, -low), label="striker")
    outline = np.array(
        [
            [np.cos(a) * 0.042 * (1 - 0.25 * np.sin(a)), np.sin(a) * 0.06]
            for a in np.linspace(0, 2 * np.pi, 40, endpoint=False)
        ]
    )
    blade = meshes.moved(prism(outline, 0.005, 0.0016), (0, 0.0025, -end), meshes.turn((1, 0, 0), np.pi / 2))
    cord = wire(np.array([[0, 0, -0.006], [0, 0, -low], [0, 0, -end + 0.05]]), 0.0008, slot=1, segments=6)
    side = Shape("box", (0.04, 0.0025, 0.055), "hardwood", (0.0, 0.0, -end))
    return fused(
        "sail",
        [
            shown(meshes.moved(meshes.lathe(profile, 48, smooth_angle_rad=0.5), (0, 0, -low))),
            Piece(blade, (shape, side)),
            cord,
        ],
        (Surface("walnut"), Surface("nylon")),
        position=(0.0, 0.0, disc),
        parent="suspension",
        joint=Joint("ball", anchor=(0.0, 0.0, -0.006), damping=2e-5),
        resonator=Resonator("disc", "hardwood", {"radius": striker, "thickness": 0.016}),
        drag=Drag(0.0085, 1.2),
    )
