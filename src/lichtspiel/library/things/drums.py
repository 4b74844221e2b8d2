"""A drum kit: five drums, hi-hat, crash and ride, with the drummer's throne behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import UPRIGHT, Asset, Joint, Mesh, Part, Quat, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import bar, block, disc, pillar, ring, seen, slab, solid, tube
from lichtspiel.library.things.joinery import FIXED, fused
from lichtspiel.library.things.substance import surface

SHELL, CHROME, HEAD = 0, 1, 2


@dataclass(frozen=True)
class Drum:
    """A drum: its radius, depth, the middle of its batter head and which way that looks."""

    name: str
    radius: float
    depth: float
    head: Vec3
    tilt: Quat = UPRIGHT
    lugs: int = 8


@dataclass(frozen=True)
class Cymbal:
    """A cymbal on a stand: radius, thickness, place, and how far it leans towards the drummer."""

    name: str
    radius: float
    thickness: float
    position: Vec3
    lean_rad: float
    foot: tuple[float, float]


# Usual sizes of a five-piece fusion kit (22, 10, 12, 14, 14 inches) and where drummers put them.
DRUMS = (
    Drum("bass_drum", 0.279, 0.42, (0.0, -0.50, 0.31), meshes.turn((1, 0, 0), np.pi / 2), 8),
    Drum("tom_1", 0.127, 0.178, (0.17, -0.16, 0.83), meshes.turn((1, 0, 0), -0.30), 6),
    Drum("tom_2", 0.152, 0.203, (-0.17, -0.16, 0.83), meshes.turn((1, 0, 0), -0.30), 6),
    Drum("floor_tom", 0.178, 0.33, (-0.48, 0.32, 0.62), UPRIGHT, 8),
    Drum("snare", 0.178, 0.14, (0.33, 0.42, 0.66), meshes.turn((1, 0, 0), -0.06), 10),
)
CYMBALS = (
    Cymbal("hi_hat", 0.178, 0.0011, (0.70, 0.22, 0.90), 0.0, (0.70, 0.22)),
    Cymbal("crash", 0.203, 0.0009, (0.45, 0.04, 1.14), -0.35, (0.66, -0.30)),
    Cymbal("ride", 0.254, 0.0014, (-0.45, 0.16, 1.0), -0.28, (-0.74, -0.24)),
)


def drum_kit(_: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A kit whose bass drum faces -y; the drummer sits behind it and faces -y too."""
    parts = [_hardware()]
    lacquer = surface(wish, "sparkle_lacquer")
    parts += [_drum(drum, lacquer) for drum in DRUMS]
    parts += [_cymbal(cymbal) for cymbal in CYMBALS]
    seat = (0.0, 0.72, 0.52)
    spots: dict[str, Vec3] = {
        **{drum.name: drum.head for drum in DRUMS},
        **{cymbal.name: cymbal.position for cymbal in CYMBALS},
        "seat": seat,
        "top": seat,
        "pedal": (-0.06, 0.10, 0.06),
        "pedal_left": (0.68, 0.46, 0.06),
    }
    return assembled(parts, wish.scale, spots=spots)


def _drum(drum: Drum, lacquer: Surface) -> Part:
    """Shell, hoops, lugs and both heads, about the middle of the batter head, which looks to +z."""
    r, d = drum.radius, drum.depth
    made: list[Mesh] = [disc(r, d - 0.02, (0, 0, -d / 2), bevel=0.004, segments=64, slot=SHELL)]
    bass = drum.name == "bass_drum"
    for z, up in ((-0.004, 1), (-d + 0.004, -1)):
        made.append(ring(r + 0.008, 0.010, (0, 0, z), count=64, segments=10, slot=SHELL if bass else CHROME))
        head = np.array(
            [
                (0, 0.0015),
                (r * 0.4, 0.0012),
                (r * 0.93, 0.0),
                (r * 0.985, -0.004),
                (r * 0.985, -0.010),
                (0, -0.010),
            ]
        )
        skin = meshes.lathe(head[::-1], 64, HEAD)
        if up < 0:
            skin = meshes.moved(skin, orientation=(0.0, 1.0, 0.0, 0.0))
        made.append(meshes.moved(skin, (0, 0, z)))
    for k in range(drum.lugs):
        angle = 2 * np.pi * (k + 0.5) / drum.lugs
        c, s = float(np.cos(angle)), float(np.sin(angle))
        turn = meshes.turn((0, 0, 1), angle)
        for z in (-d * 0.26, -d * 0.74) if d > 0.16 else (-d * 0.5,):
            made.append(
                slab(
                    (0.016, 0.022, 0.05), ((r + 0.007) * c, (r + 0.007) * s, z), 0.006, slot=CHROME, turn=turn
                )
            )
        reach = r + 0.013
        for a, b in (
            ((reach * c, reach * s, 0.004), (reach * c, reach * s, -d * 0.3)),
            ((reach * c, reach * s, -d * 0.7), (reach * c, reach * s, -d - 0.004)),
        ):
            made.append(bar(a, b, 0.0035, slot=CHROME, segments=8))
    shape = Shape("cylinder", (r, d / 2), "wood", (0.0, 0.0, -d / 2), label=drum.name)
    surfaces = (lacquer, Surface("chrome"), Surface("drum_head"))
    return fused(
        drum.name,
        [solid(shape, *made)],
        surfaces,
        position=drum.head,
        orientation=drum.tilt,
        parent="hardware",
        joint=FIXED,
        mass_kg=2 * np.pi * r * d * 0.007 * 700 + 1.0,
        resonator=Resonator("cylindrical_shell", "wood", {"radius": r, "height": d, "thickness": 0.007}),
    )


def _cymbal(cymbal: Cymbal) -> Part:
    """A bowed disc of bronze with a cup, that tips on its felt; the hi-hat is a pair."""
    r, t = cymbal.radius, cymbal.thickness
    cup, rise = r * 0.27, r * 0.11
    u = np.linspace(0, 1, 22)
    reach = cup + (r - cup) * u
    bow = rise * (1 - u**1.5)
    dome = np.linspace(0.18, 1, 9)
    low = np.concatenate(
        [np.column_stack([cup * dome, rise + r * 0.075 * (1 - dome**2.4)]), np.column_stack([reach, bow])[1:]]
    )
    low[0, 0] = 0.0
    # Fine lathe grooves catch the light as on real cymbals.
    top = low + [0, t]
    top[10:-1:2, 1] += 0.00025
    line = np.concatenate([low, [[r + t / 2, t / 2]], top[::-1]]) - [0, rise]
    made = [meshes.lathe(line, 96, 0, 0.9)]
    if cymbal.name == "hi_hat":
        made.append(meshes.moved(made[0], (0, 0, -0.030), (0.0, 1.0, 0.0, 0.0)))
    made.append(disc(0.014, 0.016, (0, 0, r * 0.075 + 0.010), slot=1))
    made.append(
        meshes.moved(
            meshes.lathe(np.array([(0, 0), (0.011, 0.002), (0.009, 0.014), (0, 0.016)]), 16, 2),
            (0, 0, r * 0.075 + 0.018),
        )
    )
    shape = Shape(
        "cylinder",
        (r, 0.004 if cymbal.name != "hi_hat" else 0.018),
        "brass",
        (0.0, 0.0, -rise / 2),
        label=cymbal.name,
    )
    mass = np.pi * r**2 * t * 8600
    loose = Joint("hinge", (1.0, 0.0, 0.0), range=(-0.6, 0.6), stiffness=1.2, damping=0.06)
    return fused(
        cymbal.name,
        [solid(shape, *made)],
        (Surface("cymbal_bronze"), Surface("mallet_felt"), Surface("chrome")),
        position=cymbal.position,
        orientation=meshes.turn((1, 0, 0), cymbal.lean_rad),
        parent="hardware",
        joint=FIXED if cymbal.name == "hi_hat" else loose,
        mass_kg=mass * (2 if cymbal.name == "hi_hat" else 1),
        resonator=Resonator("disc", "brass", {"radius": r, "thickness": t}),
    )


def _hardware() -> Part:
    """Stands, pedals, tom holder and throne, fixed to the ground."""
    made: list[Mesh] = []
    shapes = [block((0.5, 0.3, 0.012), "steel", (0, 0.0, 0.006))]
    for cymbal in CYMBALS:
        (fx, fy), (x, y, z) = cymbal.foot, cymbal.position
        made += _tripod(fx, fy, 0.30)
        knee = (fx, fy, z * 0.78)
        made.append(bar((fx, fy, 0.12), (fx, fy, z * 0.45), 0.016, slot=CHROME))
        made.append(bar((fx, fy, z * 0.45), knee, 0.012, slot=CHROME))
        made.append(disc(0.022, 0.03, (fx, fy, z * 0.45), slot=CHROME))
        if cymbal.name == "hi_hat":
            made.append(bar(knee, (x, y, z + 0.14), 0.005, slot=CHROME))
            made.append(disc(0.03, 0.02, (x, y, z - 0.055), slot=CHROME))
            made += _pedal(fx - 0.02, fy + 0.26)
        else:
            made += [
                bar(knee, (x, y, z - 0.03), 0.009, slot=CHROME),
                bar((x, y, z - 0.04), (x, y, z + 0.02), 0.006, slot=CHROME),
            ]
            made.append(slab((0.05, 0.03, 0.04), knee, 0.006, slot=CHROME))
        shapes.append(pillar((fx, fy, 0.0), (fx, fy, z * 0.75), 0.03, "steel"))
    snare, floor_tom, bass = DRUMS[4], DRUMS[3], DRUMS[0]
    made += _tripod(snare.head[0], snare.head[1], 0.24)
    made.append(bar((*snare.head[:2], 0.1), (*snare.head[:2], 0.44), 0.013, slot=CHROME))
    for k in range(3):
        a = 2 * np.pi * k / 3 + 0.5
        tip = (snare.head[0] + 0.185 * np.cos(a), snare.head[1] + 0.185 * np.sin(a), 0.54)
        made.append(
            tube(
                [
                    (*snare.head[:2], 0.44),
                    (snare.head[0] + 0.12 * np.cos(a), snare.head[1] + 0.12 * np.sin(a), 0.47),
                    tip,
                ],
                0.007,
                slot=CHROME,
            )
        )
        b = a + 0.6
        reach = floor_tom.radius + 0.022
        x, y = floor_tom.head[0] + reach * np.cos(b), floor_tom.head[1] + reach * np.sin(b)
        made.append(bar((x, y, 0.012), (x, y, 0.45), 0.006, slot=CHROME))
        made.append(disc(0.012, 0.024, (x, y, 0.012), slot=3))
    for s in (-1.0, 1.0):
        made.append(bar((s * 0.06, -0.28, 0.55), (s * 0.06, -0.22, 0.74), 0.012, slot=CHROME))
        made.append(
            tube(
                [(s * 0.06, -0.22, 0.73), (s * 0.09, -0.21, 0.75), (s * 0.13, -0.18, 0.76)],
                0.009,
                slot=CHROME,
            )
        )
        spur = (s * 0.34, -0.46, 0.01)
        made.append(bar((s * 0.24, -0.40, 0.20), spur, 0.008, slot=CHROME))
        made.append(disc(0.012, 0.02, (spur[0], spur[1], 0.010), slot=3))
    made.append(slab((0.10, 0.08, 0.03), (0, -0.28, 0.585), 0.008, slot=CHROME))
    made += _pedal(-0.06, 0.06)
    beater = (-0.06, -0.06, 0.25)
    made += [
        bar((-0.06, -0.02, 0.06), beater, 0.005, slot=CHROME),
        meshes.moved(meshes.sphere(0.026, 20, 12, 4), beater),
    ]
    made += _throne()
    shapes += [
        pillar((0, 0.72, 0.0), (0, 0.72, 0.44), 0.03, "steel"),
        Shape("cylinder", (0.17, 0.04), "foam", (0, 0.72, 0.48), label="seat"),
    ]
    surfaces = (
        Surface("painted_metal", (0.02, 0.02, 0.02)),
        Surface("chrome"),
        Surface("vinyl_pad"),
        Surface("black_rubber"),
        Surface("mallet_felt"),
    )
    assert bass.name == "bass_drum"
    return fused(
        "hardware",
        [solid(shapes, made[0]), seen(*made[1:])],
        surfaces,
        joint=FIXED,
        resonator=Resonator("tube", "steel", {"radius": 0.012, "length": 0.8, "thickness": 0.002}),
    )


def _tripod(x: float, y: float, reach: float) -> list[Mesh]:
    made = []
    for k in range(3):
        a = 2 * np.pi * k / 3 + 0.3
        c, s = float(np.cos(a)), float(np.sin(a))
        foot = (x + reach * c, y + reach * s, 0.014)
        made += [
            bar((x + 0.02 * c, y + 0.02 * s, 0.26), foot, 0.007, slot=CHROME),
            disc(0.013, 0.028, foot, slot=3),
        ]
        made.append(
            bar(
                (x + 0.02 * c, y + 0.02 * s, 0.10),
                (x + 0.55 * reach * c, y + 0.55 * reach * s, 0.13),
                0.005,
                slot=CHROME,
            )
        )
    made += [
        bar((x, y, 0.06), (x, y, 0.34), 0.014, slot=CHROME),
        disc(0.024, 0.03, (x, y, 0.26), slot=CHROME),
    ]
    return made


def _pedal(x: float, y: float) -> list[Mesh]:
    """A foot board that rises towards the drum, on its base plate."""
    lean = meshes.turn((1, 0, 0), -0.22)
    return [
        slab((0.10, 0.32, 0.008), (x, y, 0.012), 0.002, slot=CHROME),
        slab((0.085, 0.27, 0.012), (x, y + 0.02, 0.058), 0.004, slot=0, turn=lean),
        *(
            bar((x + s * 0.045, y - 0.14, 0.01), (x + s * 0.045, y - 0.14, 0.14), 0.007, slot=CHROME)
            for s in (-1, 1)
        ),
        bar((x - 0.05, y - 0.14, 0.13), (x + 0.05, y - 0.14, 0.13), 0.006, slot=CHROME),
    ]


def _throne() -> list[Mesh]:
    seat = np.array(
        [(0, 0.44), (0.155, 0.44), (0.17, 0.455), (0.175, 0.49), (0.165, 0.515), (0.13, 0.522), (0, 0.520)]
    )
    moved = meshes.moved(meshes.lathe(seat, 56, 2, 1.0), (0, 0.72, 0))
    return [moved, bar((0, 0.72, 0.1), (0, 0.72, 0.45), 0.018, slot=CHROME), *_tripod(0.0, 0.72, 0.26)]
