"""Things made to ring: bell, gong, wind chime."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.interpolate import PchipInterpolator

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Drag, Joint, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.joinery import Piece, board, fused, hull, prism, rod, shown, turned, wire
from lichtspiel.library.things.stands import FIXED, crook
from lichtspiel.library.things.substance import density, number, surface

Parameters = Mapping[str, Parameter]

BELL_OUTSIDE = np.array(
    [[1.0, 0.0], [0.985, 0.035], [0.935, 0.10], [0.83, 0.21], [0.735, 0.34], [0.665, 0.49], [0.618, 0.64],
     [0.588, 0.78], [0.565, 0.87], [0.52, 0.935], [0.44, 0.975], [0.25, 0.995], [0.0, 1.0]]
)  # fmt: skip
"""Profile of a church bell from lip to crown: radius and height as shares of lip radius and height."""

BELL_WALL = np.array([0.02, 0.10, 0.13, 0.10, 0.075, 0.065, 0.06, 0.06, 0.062, 0.065, 0.07, 0.075, 0.08])
"""Its thickness as a share of the lip radius; thickest at the sound bow."""

GONG_PROFILE = np.array(
    [[0, 0.030], [0.10, 0.030], [0.16, 0.024], [0.20, 0.006], [0.24, 0.0], [0.6, 0.0], [0.86, -0.004],
     [0.95, -0.010], [0.985, -0.025], [1.0, -0.06], [1.0, -0.14]]
)  # fmt: skip
"""A bossed gong: radius and depth towards its front as shares of its radius."""

FREE_BAR_SHARE = 0.224
"""A free bar or tube does not move so far from its end, as a share of its length, in its lowest mode."""


def bell(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A cast bell on a yoke between two posts; it swings across the picture, its clapper too."""
    radius, height = number(parameters, "radius"), number(parameters, "height")
    lip = number(parameters, "lip_height")
    yoke = lip + height * 1.16
    hung = fused(
        "bell",
        [_bell_body(radius, height, wish.material), *_yoke(radius, height)],
        (surface(wish, str(parameters["look"])), Surface("dark_wood"), Surface("iron")),
        position=(0.0, 0.0, lip),
        parent="frame",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, yoke - lip), damping=0.01),
        resonator=Resonator(
            "bell", wish.material, {"radius": radius, "height": height, "thickness": 0.075 * radius}
        ),
    )
    reach = height * 0.83
    clapper = _clapper(radius, reach, lip + height * 0.9)
    frame = _bell_frame(radius, yoke)
    spots = {
        "strike": (radius * 0.96, 0.0, lip + 0.06 * height),
        "pivot": (0.0, 0.0, yoke),
        "bob": (0.0, 0.0, lip),
    }
    return assembled([frame, hung, clapper], wish.scale, spots=spots)


def gong(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A bossed gong in a wooden frame, its mallet on a pivot before it."""
    radius, thick = number(parameters, "radius"), number(parameters, "thickness")
    low = number(parameters, "clearance")
    centre = low + radius
    bar = centre + radius * 1.32
    outline = GONG_PROFILE * radius
    # Its axis points to the viewer, so the boss does.
    plate = meshes.moved(
        meshes.lathe(_closed(outline, thick), 120), (0, 0, 0), meshes.turn((1, 0, 0), np.pi / 2)
    )
    disc = Shape(
        "cylinder",
        (radius, 0.012),
        wish.material,
        (0.0, 0.012, 0.0),
        meshes.turn((1, 0, 0), np.pi / 2),
        label="plate",
    )
    boss = Shape(
        "cylinder",
        (0.13 * radius, 0.016),
        wish.material,
        (0.0, -0.03 * radius + 0.016, 0.0),
        meshes.turn((1, 0, 0), np.pi / 2),
        label="boss",
    )
    cords = [
        wire(
            np.array(
                [
                    [s * 0.56 * radius, 0.06 * radius, 0.8 * radius],
                    [s * 0.56 * radius, 0.02, 1.1 * radius],
                    [s * 0.56 * radius, 0, bar - centre],
                ]
            ),
            0.004,
            slot=1,
        )
        for s in (-1.0, 1.0)
    ]
    mass = float(np.pi * radius**2 * 1.25 * thick) * density(wish.material)
    hung = fused(
        "gong",
        [Piece(plate, (disc, boss)), *cords],
        (surface(wish, str(parameters["look"])), Surface("rope_hemp")),
        mass_kg=mass,
        inertia=(mass * radius**2 / 4, mass * radius**2 / 2, mass * radius**2 / 4),
        position=(0.0, 0.0, centre),
        parent="frame",
        joint=Joint("hinge", (1.0, 0.0, 0.0), (0.0, 0.0, bar - centre), damping=0.12),
        resonator=Resonator("disc", wish.material, {"radius": radius, "thickness": thick}),
    )
    mallet = _mallet(radius, centre, bar)
    spots = {"strike": (0.0, -0.03 * radius, centre), "pivot": (0.0, 0.0, bar), "bob": (0.0, 0.0, centre)}
    return assembled([_gong_frame(radius, bar), hung, mallet], wish.scale, spots=spots)


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


def _closed(outline: Array, thick: float) -> Array:
    """A sheet's profile out along its back and back along its front, for a lathe about z."""
    normal = np.gradient(outline, axis=0)
    normal = np.stack([normal[:, 1], -normal[:, 0]], axis=1) / np.linalg.norm(normal, axis=1, keepdims=True)
    normal[0] = (0.0, -1.0)
    return np.concatenate([outline + normal * thick, outline[::-1]])


def _bell_body(radius: float, height: float, material: str) -> Piece:
    """The casting with mouldings, and hulls round its wall that let the clapper swing inside."""
    outside = BELL_OUTSIDE * [radius, height]
    inside = outside - np.column_stack([BELL_WALL * radius, np.zeros(13)])
    inside[-4:, 1] -= BELL_WALL[-4:] * radius
    inside = inside[:-1]
    inside = np.concatenate([inside, [[0.0, inside[-1, 1]]]])
    smooth = _spline(outside, 48)
    for z, tall in ((0.165, 0.0045), (0.185, 0.0035), (0.76, 0.004), (0.785, 0.003), (0.80, 0.003)):
        smooth[:, 0] += radius * tall * np.exp(-(((smooth[:, 1] / height - z) / 0.006) ** 2)) * 2.5
    profile = np.concatenate([smooth, _spline(inside, 36)[::-1], smooth[:1]])
    mesh = meshes.weld(meshes.lathe(profile, 96, smooth_angle_rad=0.7), 1e-7)
    shapes = []
    sectors = 20
    for k in range(sectors):
        angles = np.linspace(k, k + 1, 3) * 2 * np.pi / sectors
        arc = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        for low, high in ((0, 2), (2, 5), (5, 9)):
            points = [
                np.column_stack([curve[i, 0] * arc, np.full(3, curve[i, 1])])
                for i in (low, high)
                for curve in (outside, inside)
            ]
            label = "lip" if low == 0 else "wall"
            shapes.append(hull(np.concatenate(points), material, label))
    crown = Shape("cylinder", (0.5 * radius, 0.03 * height), material, (0.0, 0.0, 0.965 * height))
    return Piece(mesh, (*shapes, crown))


def _spline(points: Array, count: int) -> Array:
    """Evenly spread points on a smooth curve through the given ones."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    curve: Array = PchipInterpolator(length, points, axis=0)(np.linspace(0, length[-1], count))
    curve[np.abs(curve[:, 0]) < 1e-9, 0] = 0.0
    return curve


def _yoke(radius: float, height: float) -> list[Piece]:
    """Headstock with straps and gudgeons; the bell's canons run up into it."""
    top, deep = height * 1.16, height * 0.26
    beam = board((radius * 0.5, radius * 1.5, deep), "hardwood", (0, 0, top), bevel=0.006, slot=1)
    pieces = [beam]
    for s in (-1.0, 1.0):
        strap = board(
            (radius * 0.53, 0.028 * radius / 0.15, deep + 0.008),
            "iron",
            (0, s * radius * 0.34, top),
            bevel=0.002,
            slot=2,
        )
        pieces.append(shown(strap.mesh))
        pin = rod((0, s * radius * 0.75, top), (0, s * radius * 1.32, top), 0.045 * radius, "iron", slot=2)
        pieces.append(shown(pin.mesh))
        turn = np.linspace(0, np.pi, 13)
        bow = np.stack(
            [np.zeros(13), s * radius * (0.2 + 0.11 * np.cos(turn)), height * (0.985 + 0.1 * np.sin(turn))],
            axis=1,
        )
        pieces.append(wire(bow, 0.035 * radius, slot=0, segments=12))
    return pieces


def _clapper(radius: float, reach: float, pivot: float) -> Part:
    ball = 0.15 * radius
    profile = np.array([[0, -1.75], [0.35, -1.75], [0.42, -1.6], [0.42, -1.1], [0.7, -0.8]])
    fine = np.linspace(-0.7, 1.05, 14)
    body = np.stack([np.cos(fine), np.sin(fine)], axis=1)
    shaft = np.array([[0.32, 1.3], [0.24, 2.2], [0.22, (reach - 0.012) / ball], [0, (reach - 0.012) / ball]])
    made = meshes.lathe(np.concatenate([profile, body, shaft]) * ball, 32, smooth_angle_rad=0.9)
    loop = wire(
        np.stack(
            [
                0.012 * np.cos(t := np.linspace(0, 2 * np.pi, 20, endpoint=False)),
                np.zeros(20),
                reach + 0.012 * np.sin(t),
            ],
            axis=1,
        ),
        0.004,
        closed=True,
    )
    return fused(
        "clapper",
        [Piece(made, (Shape("sphere", (ball,), "iron", label="clapper"),)), loop],
        (Surface("iron"),),
        position=(0.0, 0.0, pivot - reach),
        parent="frame",
        joint=Joint("hinge", (0.0, 1.0, 0.0), (0.0, 0.0, reach), damping=0.0004),
        resonator=Resonator("sphere", "iron", {"radius": ball}),
    )


def _bell_frame(radius: float, yoke: float) -> Part:
    """Two oak posts with braces on sills; the gudgeons turn in iron bearings on them."""
    side = 0.2 * radius + 0.03
    out = radius * 1.18 + side / 2
    pieces = []
    for s in (-1.0, 1.0):
        pieces.append(
            board((side, side, yoke - 0.01), "hardwood", (0, s * out, (yoke - 0.01) / 2), bevel=0.005)
        )
        pieces.append(
            board((radius * 2.4, side * 1.15, side * 0.8), "hardwood", (0, s * out, side * 0.4), bevel=0.006)
        )
        for sx in (-1.0, 1.0):
            start = np.array([sx * radius * 0.98, s * out, side * 0.75])
            end = np.array([sx * side * 0.42, s * out, yoke * 0.6])
            way = end - start
            lean = float(np.arctan2(way[0], way[2]))
            size = (side * 0.55, side * 0.6, float(np.linalg.norm(way)) + side * 0.4)
            pieces.append(
                board(
                    size,
                    "hardwood",
                    vector((start + end) / 2),
                    bevel=0.004,
                    orientation=meshes.turn((0, 1, 0), lean),
                )
            )
        pieces.append(
            board((side * 0.9, side * 0.8, side * 0.5), "iron", (0, s * out, yoke), bevel=0.006, slot=1)
        )
        pieces[-1] = shown(pieces[-1].mesh)
    for z in (side * 0.4,):
        for sx in (-1.0, 1.0):
            pieces.append(
                board(
                    (side * 0.8, 2 * out - side, side * 0.7),
                    "hardwood",
                    (sx * radius * 0.85, 0, z),
                    bevel=0.005,
                )
            )
    return fused(
        "frame",
        pieces,
        (Surface("oak"), Surface("iron")),
        joint=FIXED,
        resonator=Resonator("block", "hardwood", {"x": side, "y": side, "z": yoke}),
    )


def _gong_frame(radius: float, bar: float) -> Part:
    """Two round posts with turned feet under a beam with upturned ends."""
    out, thick = radius * 1.32, 0.032
    pieces = []
    for s in (-1.0, 1.0):
        pieces.append(
            rod((s * out, 0, 0.05), (s * out, 0, bar + 0.03), thick * 0.75, "hardwood", segments=32)
        )
        pieces.append(board((0.07, radius * 1.25, 0.055), "hardwood", (s * out, 0, 0.0275), bevel=0.014))
        ball = np.array(
            [[0, 0], [0.018, 0.0], [0.026, 0.006], [0.03, 0.02], [0.026, 0.036], [0.012, 0.046], [0, 0.048]]
        )
        pieces.append(turned(ball, (s * out, 0, bar + 0.03), slot=1, segments=32))
    bow = np.linspace(-1, 1, 33)
    path = np.stack([bow * out * 1.2, np.zeros(33), bar + 0.012 + 0.06 * np.abs(bow) ** 6], axis=1)
    pieces.append(Piece(meshes.sweep(path, 0.022, 24), ()))
    beam = rod((-out * 1.15, 0, bar + 0.012), (out * 1.15, 0, bar + 0.012), 0.022, "hardwood")
    pieces.append(Piece(pieces.pop().mesh, beam.shapes))
    low = rod((-out, 0, 0.12), (out, 0, 0.12), 0.016, "hardwood", segments=24)
    pieces.append(low)
    return fused(
        "frame",
        pieces,
        (Surface("dark_wood"), Surface("brass")),
        joint=FIXED,
        resonator=Resonator("bar", "hardwood", {"length": bar, "width": 2 * thick, "thickness": 2 * thick}),
    )


def _mallet(radius: float, centre: float, bar: float) -> Part:
    """A felt-headed mallet that hangs from the beam just before the boss.

    Drawn back by a positive angle it moves away from the gong.
    """
    head, gap = 0.14 * radius, 0.006
    length = bar - 0.03 - centre
    y = -0.03 * radius - head - gap
    profile = (
        np.array(
            [
                [0, -0.95],
                [0.45, -0.95],
                [0.75, -0.8],
                [0.97, -0.35],
                [1.0, 0.0],
                [0.97, 0.35],
                [0.75, 0.8],
                [0.45, 0.95],
                [0, 0.95],
            ]
        )
        * head
    )
    made = meshes.lathe(_spline(profile, 28), 40, smooth_angle_rad=1.2)
    shaft = rod((0, 0, head * 0.5), (0, 0, length - 0.012), 0.009, "hardwood", slot=1)
    eye = wire(
        np.stack(
            [
                np.zeros(18),
                0.012 * np.cos(t := np.linspace(0, 2 * np.pi, 18, endpoint=False)),
                length + 0.012 * np.sin(t),
            ],
            axis=1,
        ),
        0.003,
        slot=2,
        closed=True,
    )
    return fused(
        "striker",
        [Piece(made, (Shape("sphere", (head,), "tennis_felt", label="head"),)), shown(shaft.mesh), eye],
        (Surface("mallet_felt"), Surface("dark_wood"), Surface("brass")),
        mass_kg=0.35 * (radius / 0.3) ** 3,
        position=(0.0, y, centre),
        parent="frame",
        joint=Joint("hinge", (-1.0, 0.0, 0.0), (0.0, 0.0, length), damping=0.03, range=(-0.3, 1.2)),
        resonator=Resonator("sphere", "tennis_felt", {"radius": head}),
    )


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
        [[radius - wall, -half], [radius - e, -half], [radius, -half + e], [radius, half - e], [radius - e, half],
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
