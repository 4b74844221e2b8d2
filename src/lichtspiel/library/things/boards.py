"""What people stand on, on water, wheels and snow: surfboards, paddleboards, skateboards, skis, sleds."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import bar, block, disc, plate, ribbon, seen, slab, solid, tube
from lichtspiel.library.things.joinery import capsule, fused
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
WATER_N_M3 = 1000 * 9.81
"""Weight of a cubic metre of water."""


def surfboard(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A shortboard along x, nose to +x, deck up, on its three fins and its nose."""
    length, wide, thick = (number(parameters, k) for k in ("length", "width", "thickness"))
    fin = 0.11
    deck = _board(length, wide, thick, 0.10, fin, (0.45, 0.34))
    stringer = _stringer(length, thick, 0.10, fin)
    fins = [
        _fin(-length / 2 + 0.12, 0.0, fin, 0.0),
        _fin(-length / 2 + 0.30, wide * 0.26, fin, 0.08),
        _fin(-length / 2 + 0.30, -wide * 0.26, fin, -0.08),
    ]
    shapes = _board_shapes(length, wide, thick, fin, "foam")
    shapes += [
        block((0.1, 0.012, fin), "plastic", (-length / 2 + d, y, fin / 2))
        for d, y in ((0.12, 0.0), (0.3, wide * 0.26), (0.3, -wide * 0.26))
    ]
    shapes.append(capsule((length / 2 - 0.06, 0, 0.035), (length / 2 - 0.4, 0, fin * 0.7), 0.03, "foam"))
    part = fused(
        "board",
        [solid(shapes, deck), seen(stringer), seen(*fins), seen(*_stripe(length, wide, thick, fin))],
        (
            surface(wish, "gelcoat"),
            Surface("walnut"),
            Surface("glossy_plastic", (0.03, 0.03, 0.035)),
            Surface("gelcoat", (0.02, 0.22, 0.36)),
        ),
        mass_kg=3.1,
        resonator=Resonator("plate", "plastic", {"length": length, "width": wide, "thickness": thick}),
    )
    top = fin + thick
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, top),
        "grip": (0.0, wide / 2, fin + thick / 2),
        "tip": (length / 2, 0.0, top),
    }
    return assembled([part], wish.scale, spots=spots)


def paddleboard(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A stand-up paddleboard along x that floats: z = 0 is the water line.

    It heaves, rolls and pitches on springs as stiff as its buoyancy: density of water times gravity
    times the water line's area and its second moments, less its load's height over the water.
    """
    length, wide, thick, draught = (
        number(parameters, k) for k in ("length", "width", "thickness", "draught")
    )
    hull = _board(length, wide, thick, 0.16, -draught, (0.42, 0.40))
    pad = _pad(length, wide, thick - draught)
    leash = tube(
        [
            (-length * 0.44, 0, thick - draught + 0.01),
            (-length * 0.40, 0.08, thick - draught + 0.02),
            (-length * 0.36, -0.04, thick - draught + 0.02),
            (-length * 0.33, 0.06, thick - draught + 0.02),
        ],
        0.004,
        slot=2,
    )
    handle = tube(
        [
            (-0.08, 0, thick - draught + 0.002),
            (-0.05, 0, thick - draught + 0.03),
            (0.05, 0, thick - draught + 0.03),
            (0.08, 0, thick - draught + 0.002),
        ],
        0.009,
        slot=2,
    )
    lines = [
        tube(
            [
                (length * a, -wide * b, thick - draught + 0.024),
                (length * c, wide * d, thick - draught + 0.030),
            ],
            0.004,
            slot=2,
        )
        for a, b, c, d in (
            (0.27, 0.22, 0.37, 0.17),
            (0.27, -0.22, 0.37, -0.17),
            (0.27, 0.22, 0.27, 0.22),
            (0.37, 0.17, 0.37, 0.17),
        )
    ]
    area = 0.8 * length * wide
    roll = area * wide**2 / 14 * WATER_N_M3
    pitch = area * length**2 / 16 * WATER_N_M3
    mass = number(parameters, "mass")
    shapes = [
        Shape(
            "box", (length * 0.36, wide * 0.46, 0.012), "foam", (0, 0, thick - draught - 0.010), label="top"
        )
    ]
    for s in (-1, 1):
        shapes.append(
            Shape(
                "box",
                (length * 0.07, wide * 0.30, 0.012),
                "foam",
                (s * length * 0.42, 0, thick - draught - 0.006),
            )
        )
    surfaces = (
        surface(wish, "drop_stitch"),
        Surface("deck_pad"),
        Surface("black_rubber"),
        Surface("drop_stitch", (0.02, 0.20, 0.30)),
    )
    tiny = (0.02, 0.02, 0.02)
    heave = Part(
        "float",
        (),
        None,
        mass_kg=0.5,
        inertia=tiny,
        position=(0.0, 0.0, 0.0),
        joint=Joint("slide", (0, 0, 1), range=(-0.35, 0.5), stiffness=WATER_N_M3 * area, damping=1400.0),
    )
    rolls = Part(
        "roll",
        (),
        None,
        mass_kg=0.5,
        inertia=tiny,
        parent="float",
        joint=Joint("hinge", (1, 0, 0), range=(-0.5, 0.5), stiffness=roll, damping=60.0),
    )
    deck = fused(
        "board",
        [
            solid(shapes, hull),
            seen(pad, handle, leash, *lines),
            seen(_rail_stripe(length, wide, thick, draught)),
        ],
        surfaces,
        parent="roll",
        mass_kg=mass,
        joint=Joint("hinge", (0, 1, 0), range=(-0.3, 0.3), stiffness=pitch, damping=500.0),
        resonator=Resonator("plate", "rubber", {"length": length, "width": wide, "thickness": thick}),
    )
    top = thick - draught + 0.004
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, top),
        "edge": (0.0, -wide / 2, top),
        "tip": (length / 2, 0.0, top),
        "grip": (0.0, 0.0, top + 0.03),
    }
    return assembled([heave, rolls, deck], wish.scale, spots=spots)


def paddle(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A stand-up paddle lying along x: T-grip at -x, angled blade at +x."""
    length = number(parameters, "length")
    lift = 0.018
    blade = 0.44
    throat = length / 2 - blade
    shaft = bar((-length / 2 + 0.02, 0, lift), (throat + 0.06, 0, lift), 0.0145, segments=20)
    t = np.linspace(0, 1, 24)
    widths = 0.03 + 0.175 * np.sin(np.pi * np.clip(t * 0.86 + 0.05, 0, 1)) ** 0.8 * np.clip(t * 4, 0, 1)
    spine = np.column_stack([throat + blade * t, 0 * t, lift + 0.05 * t**1.6])
    face = ribbon(spine, widths, 0.012 * (1.0 - 0.55 * t) + 0.012 * np.exp(-8 * t), (0, 1, 0), slot=1)
    grip = tube(
        [(-length / 2, -0.055, lift), (-length / 2 - 0.008, 0, lift), (-length / 2, 0.055, lift)],
        0.015,
        slot=2,
    )
    ferrule = disc(0.017, 0.05, (-length * 0.2, 0, lift), (1, 0, 0), slot=2)
    shapes = [
        capsule((-length / 2, 0, lift), (throat, 0, lift), 0.0145, "aluminium"),
        capsule((-length / 2, -0.05, lift), (-length / 2, 0.05, lift), 0.016, "plastic"),
        Shape(
            "box",
            (blade / 2, 0.085, 0.006),
            wish.material,
            (throat + blade / 2, 0, lift + 0.018),
            meshes.turn((0, 1, 0), -0.1),
            label="blade",
        ),
    ]
    part = fused(
        "paddle",
        [solid(shapes, shaft), seen(face, grip, ferrule)],
        (
            Surface("painted_metal", (0.02, 0.02, 0.022)),
            surface(wish, "glossy_plastic", (0.02, 0.20, 0.30)),
            Surface("matte_plastic", (0.02, 0.02, 0.02)),
        ),
        mass_kg=0.85,
        resonator=Resonator("tube", "aluminium", {"radius": 0.0145, "length": length, "thickness": 0.0015}),
    )
    spots: dict[str, Vec3] = {
        "grip": (-length * 0.1, 0.0, lift),
        "grip_2": (-length / 2, 0.0, lift),
        "tip": (length / 2, 0.0, lift),
        "top": (0.0, 0.0, 2 * lift),
    }
    return assembled([part], wish.scale, spots=spots)


def skateboard(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A street skateboard along x on two trucks; its four wheels turn."""
    length, wide, radius = (
        number(parameters, "length"),
        number(parameters, "width"),
        number(parameters, "wheel"),
    )
    deck_z, thick, base = 2 * radius + 0.052, 0.0105, 0.355
    x = np.linspace(-1, 1, 49) * length / 2
    end = np.clip((np.abs(x) - length * 0.30) / (length * 0.20), 0, 1)
    rise = deck_z + 0.052 * end**1.6
    taper = wide * np.sqrt(
        np.clip(1 - np.clip((np.abs(x) - length * 0.375) / (length * 0.126), 0, 1) ** 2, 0.012, 1)
    )
    spine = np.column_stack([x, 0 * x, rise])
    deck = ribbon(spine, taper, thick, (0, 1, 0), rounding=0.5)
    grip = ribbon(spine + [0, 0, thick / 2 + 0.0004], taper * 0.985, 0.001, (0, 1, 0), slot=1)
    truck: list[Mesh] = []
    parts: list[Part] = []
    shapes = [block((length * 0.6, wide, thick), wish.material, (0, 0, deck_z), label="top")]
    for s in (-1.0, 1.0):
        lean = meshes.turn((0, 1, 0), -s * 0.24)
        shapes.append(
            block(
                (length * 0.2, wide * 0.9, thick), wish.material, (s * length * 0.395, 0, deck_z + 0.02), lean
            )
        )
        at = s * base / 2
        truck += [
            slab((0.08, 0.055, 0.006), (at, 0, deck_z - 0.009), 0.002, slot=2),
            slab((0.05, 0.04, 0.03), (at, 0, deck_z - 0.025), 0.008, slot=2),
            tube(
                [
                    (at, -0.068, radius),
                    (at, -0.03, radius + 0.004),
                    (at, 0, radius + 0.010),
                    (at, 0.03, radius + 0.004),
                    (at, 0.068, radius),
                ],
                [0.009, 0.011, 0.015, 0.011, 0.009],
                slot=2,
            ),
            bar((at, -wide / 2 + 0.006, radius), (at, wide / 2 - 0.006, radius), 0.004, slot=2),
        ]
        shapes.append(block((0.04, 0.1, 0.03), "aluminium", (at, 0, deck_z - 0.03)))
        for t in (-1.0, 1.0):
            name = f"wheel_{'front' if s > 0 else 'rear'}_{'left' if t > 0 else 'right'}"
            parts.append(_small_wheel(name, radius, 0.033, (at, t * (wide / 2 - 0.022), radius)))
    body = fused(
        "board",
        [solid(shapes, deck), seen(grip, *truck)],
        (surface(wish, "skate_deck"), Surface("grip_tape"), Surface("aluminium")),
        mass_kg=1.9,
        resonator=Resonator("plate", "plywood", {"length": length, "width": wide, "thickness": thick}),
    )
    top = deck_z + thick / 2 + 0.001
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, top),
        "tip": (length / 2, 0.0, top + 0.05),
        "grip": (0.0, wide / 2, deck_z),
    }
    return assembled([body, *parts], wish.scale, spots=spots)


def _small_wheel(name: str, radius: float, wide: float, at: Vec3) -> Part:
    profile = np.array(
        [
            (0, -0.5),
            (0.5, -0.5),
            (0.78, -0.5),
            (0.95, -0.4),
            (1.0, -0.24),
            (1.0, 0.24),
            (0.95, 0.4),
            (0.78, 0.5),
            (0.5, 0.5),
            (0, 0.5),
        ]
    )
    rubber = meshes.lathe(profile * [radius, wide], 40)
    hub = meshes.cylinder(radius * 0.42, wide * 1.06, 24, 0.001, 1)
    turn = meshes.turn((1, 0, 0), np.pi / 2)
    made = meshes.moved(meshes.joined(rubber, hub), orientation=turn)
    return Part(
        name,
        (Shape("cylinder", (radius, wide / 2), "urethane", orientation=turn, label="wheel"),),
        made,
        (Surface("urethane_wheel"), Surface("aluminium")),
        mass_kg=0.05,
        position=at,
        parent="board",
        joint=Joint("hinge", (0, 1, 0), damping=0.00002),
        resonator=Resonator("disc", "urethane", {"radius": radius, "thickness": wide}),
    )


def _half_widths(t: Array, wide: float, fullness: tuple[float, float]) -> Array:
    """Half the outline at shares of the length, tail 0 to nose 1."""
    tail, nose = fullness
    shape = np.where(
        t < 0.5, 1 - (1 - tail) * np.abs(1 - 2 * t) ** 2.6, 1 - np.abs(2 * t - 1) ** (1 / (1 - nose) + 0.7)
    )
    ends = np.sqrt(np.clip(1 - np.clip((0.03 - t) / 0.03, 0, 1) ** 2, 0.02, 1))
    half: Array = np.maximum(shape * ends, 0.004) * wide / 2
    return half


def _rocker(t: Array, rocker: float) -> Array:
    lifted: Array = rocker * (
        np.clip((t - 0.45) / 0.55, 0, 1) ** 2.4 + 0.25 * np.clip((0.3 - t) / 0.3, 0, 1) ** 2
    )
    return lifted


def _board(
    length: float, wide: float, thick: float, rocker: float, base: float, fullness: tuple[float, float]
) -> Mesh:
    """A lofted hull along x with rounded rails; `base` is the height of its lowest side."""
    t = np.concatenate([[0.0, 0.004, 0.012], np.linspace(0.03, 0.97, 42), [0.985, 0.996, 1.0]])
    angle = np.linspace(0, 2 * np.pi, 28, endpoint=False)
    c, s = np.cos(angle), np.sin(angle)
    section = np.stack([np.sign(c) * np.abs(c) ** 0.55, np.sign(s) * np.abs(s) ** 0.75], axis=1)
    foil = np.sqrt(np.clip(1 - np.abs(2 * t - 1) ** 3.2, 0.05, 1))
    half, lift = _half_widths(t, wide, fullness), _rocker(t, rocker)
    rings = [
        np.column_stack(
            [
                np.full(28, (u - 0.5) * length),
                section[:, 0] * h,
                base + r + thick / 2 + section[:, 1] * thick / 2 * f,
            ]
        )
        for u, h, r, f in zip(t, half, lift, foil, strict=True)
    ]
    return meshes.loft(np.array(rings), 0, 1.0)


def _stringer(length: float, thick: float, rocker: float, base: float) -> Mesh:
    t = np.linspace(0.04, 0.96, 30)
    foil = np.sqrt(1 - np.abs(2 * t - 1) ** 3.2)
    spine = np.column_stack(
        [(t - 0.5) * length, 0 * t, base + _rocker(t, rocker) + thick / 2 + thick / 2 * foil - 0.0006]
    )
    return ribbon(spine, 0.005, 0.002, (0, 1, 0), slot=1)


def _stripe(length: float, wide: float, thick: float, base: float) -> list[Mesh]:
    """Two racing stripes over the deck."""
    made = []
    t = np.linspace(0.10, 0.90, 30)
    foil = np.sqrt(1 - np.abs(2 * t - 1) ** 3.2)
    for y, broad in ((0.045, 0.03), (0.085, 0.008)):
        drop = np.abs(y / _half_widths(t, wide, (0.45, 0.34))) ** (2 / 0.75)
        level = base + _rocker(t, 0.10) + thick / 2 + thick / 2 * foil * np.clip(1 - drop, 0, 1) ** 0.35
        for s in (-1, 1):
            made.append(
                ribbon(
                    np.column_stack([(t - 0.5) * length, s * y + 0 * t, level]),
                    broad,
                    0.0012,
                    (0, 1, 0),
                    slot=3,
                )
            )
    return made


def _rail_stripe(length: float, wide: float, thick: float, draught: float) -> Mesh:
    """A coloured band round the board's rail."""
    t = np.linspace(0.03, 0.985, 60)
    half = _half_widths(t, wide, (0.42, 0.40)) + 0.0012
    z = -draught + _rocker(t, 0.16) + thick / 2
    right = np.column_stack([(t - 0.5) * length, half, z])
    path = np.vstack([right, right[::-1] * [1, -1, 1]])
    made = meshes.sweep(path, 0.006, 8, 3, closed=True)
    return meshes.scaled(made, (1.0, 1.0, 1.0))


def _pad(length: float, wide: float, top: float) -> Mesh:
    """The foam pad on the deck, with its outline set in from the rail."""
    t = np.linspace(0.08, 0.70, 40)
    half = _half_widths(t, wide, (0.42, 0.40)) * 0.86
    right = np.column_stack([(t - 0.5) * length, -half])
    outline = np.vstack([right, right[::-1] * [1, -1]])
    return meshes.moved(plate(outline, 0.006, 0.002, slot=1), (0, 0, top - 0.002))


def _board_shapes(length: float, wide: float, thick: float, base: float, material: str) -> list[Shape]:
    return [
        block(
            (length * 0.62, wide * 0.86, thick * 0.9),
            material,
            (-length * 0.04, 0, base + thick / 2 + 0.004),
            label="top",
        ),
        block(
            (length * 0.16, wide * 0.5, thick * 0.7), material, (length * 0.34, 0, base + thick / 2 + 0.02)
        ),
        block(
            (length * 0.12, wide * 0.5, thick * 0.6), material, (-length * 0.41, 0, base + thick / 2 + 0.01)
        ),
    ]


def _fin(x: float, y: float, tall: float, toe: float) -> Mesh:
    """A swept-back fin, pointing down from the board at x, y."""
    u = np.linspace(0, 1, 12)
    spine = np.column_stack([x - 0.07 * u**1.5, y + 0 * u, tall + 0.012 - (tall + 0.004) * u])
    made = ribbon(spine, 0.115 * np.sqrt(1.0 - 0.96 * u**2), 0.008 * (1 - 0.6 * u), (1, 0, 0), slot=2)
    return meshes.moved(meshes.moved(made, (-x, -y, 0)), (x, y, 0), meshes.turn((0, 0, 1), -toe))
