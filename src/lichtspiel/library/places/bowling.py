"""The bowling alley."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import PlaceAsset, Spot
from lichtspiel.library.places import fittings
from lichtspiel.library.places.copies import box, boxes, copies
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import panel
from lichtspiel.library.places.measures import number
from lichtspiel.library.places.pieces import Piece, fixed, piece, solid
from lichtspiel.library.places.shell import Finish, Shell, furnished, shell_parts
from lichtspiel.library.records import Parameter


def bowling_alley(
    parameters: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator
) -> PlaceAsset:
    """A bowling alley: the action's bay between two lanes on either side, pin decks under a mask.

    The platform of the other lanes is as high as a lane that stands on the floor; one that the
    film brings along stands at the spot `lane`.
    """
    length, pitch = number(parameters, "lane_length_m"), number(parameters, "pitch_m")
    shell = Shell((-5.4, -8.0), (5.4, length + 2.2), 3.6)
    finish = Finish(wall_colour=(0.10, 0.11, 0.15), ceiling_colour=(0.03, 0.03, 0.035), skirting=0.0)
    look, material = floor_of(surroundings, "maple_floor", "hardwood")
    parts = shell_parts(shell, finish, look, material, rng)
    parts.append(fixed("lanes", _lanes(parameters)))
    cushion = solid((-5.4, length + 1.5, 0), (5.4, length + 1.6, 3.0), "rubber", "cushion")
    parts.append(fixed("machines", _pin_machines(parameters, rng), [cushion]))
    parts.append(fixed("hall", _ball_return(1.5 * pitch) + _alley_lights(parameters)))
    middle = length / 2
    always = (
        panel((0, length - 0.2, 1.95), (5 * pitch, 0.4), 420.0),
        panel((-1.5 * pitch, middle, 3.4), (0.3, length * 0.9), 190.0),
        panel((1.5 * pitch, middle, 3.4), (0.3, length * 0.9), 190.0),
        panel((0, -3.0, 3.4), (6.0, 1.2), 120.0, (1.0, 0.84, 0.66)),
    )
    spots = {
        "main": Spot((0, middle, 0), size_m=(number(parameters, "lane_width_m"), length)),
        "floor": Spot((0, -6.2, 0), size_m=(3.0, 2.0)),
        "lane": Spot((0, middle, 0), size_m=(pitch, length)),
    }
    return furnished(shell, parts, surroundings, (), (0, length - 5.0, 0.3), spots, 0.14, always, "hall_tone")


def _lanes(parameters: Mapping[str, Parameter]) -> list[Piece]:
    """Approach, lanes, gutters and divisions of the neighbours, the bay in the middle left free."""
    width, length = number(parameters, "lane_width_m"), number(parameters, "lane_length_m")
    pitch, rise = number(parameters, "pitch_m"), number(parameters, "rise_m")
    wood, dark = [], []
    for k in (-2, -1, 1, 2):
        x = k * pitch
        wood.append(box((x - width / 2, 0, 0.0), (x + width / 2, length, rise)))
        for s in (-1, 1):
            gutter = x + s * (width / 2 + 0.1175)
            dark.append(box((gutter - 0.1175, 0, 0.0), (gutter + 0.1175, length, rise * 0.2)))
    for side in (-1, 1):
        low, high = sorted((side * 0.84, side * 5.4))
        wood.append(box((low, -4.57, 0.0), (high, -0.004, rise), 0.004))
        for edge in (0.5, 1.5, 2.5):
            x = side * edge * pitch
            inner, outer = x - 0.07, x + 0.07
            dark.append(box((inner, 0.02, 0.0), (outer, length - 0.4, rise + 0.02), 0.008))
    foul = [box((s * 0.84, -0.03, rise), (s * 5.4, 0.0, rise + 0.0008)) for s in (-1, 1)]
    return [
        piece("maple_floor", *wood),
        piece("matte_plastic", *dark, colour=(0.03, 0.03, 0.035)),
        piece("matte_plastic", *foul, colour=(0.01, 0.01, 0.01)),
    ]


def _pin_machines(parameters: Mapping[str, Parameter], rng: Generator) -> list[Piece]:
    """Mask unit with its art, cheeks between the decks, curtain, and the neighbours' pins."""
    length, pitch, rise = (number(parameters, k) for k in ("lane_length_m", "pitch_m", "rise_m"))
    front = length - 0.95
    mask = box((-5.4, front, 0.8), (5.4, front + 0.08, 2.0), 0.01)
    stripes = [
        piece("glow_" + tone, box((-5.4, front - 0.008, z), (5.4, front + 0.001, z + 0.035)))
        for tone, z in (("magenta", 0.86), ("cyan", 1.9))
    ]
    between = (np.arange(6) - 2.5) * pitch
    cheeks = boxes(
        np.column_stack([between, np.full(6, length + 0.2), np.full(6, 0.45)]),
        np.array([0.12, 2.2, 0.9]),
        0.006,
    )
    curtain = box((-5.4, length + 1.5, 0), (5.4, length + 1.6, 3.0))
    return [
        piece("matte_plastic", mask, colour=(0.02, 0.022, 0.05)),
        *stripes,
        *_mask_art(front),
        piece("matte_plastic", cheeks, colour=(0.06, 0.06, 0.07)),
        piece("fabric", curtain, colour=(0.008, 0.008, 0.01)),
        *_side_pins(rng, pitch, length, rise),
    ]


def _ball_return(x: float) -> list[Piece]:
    """A ball return with four balls on the approach."""
    body = meshes.moved(meshes.box((0.5, 1.3, 0.55), 0.12, 3), (x, -1.4, 0.34))
    colours: tuple[Vec3, ...] = (
        (0.35, 0.02, 0.03),
        (0.02, 0.06, 0.35),
        (0.02, 0.20, 0.06),
        (0.40, 0.14, 0.01),
    )
    balls = [
        piece(
            "urethane",
            meshes.moved(meshes.sphere(0.108, 24, 14), (x + 0.11 * (-1) ** i, -1.75 + 0.23 * i, 0.71)),
            colour=colour,
        )
        for i, colour in enumerate(colours)
    ]
    return [piece("glossy_plastic", body, colour=(0.05, 0.05, 0.06)), *balls]


def _alley_lights(parameters: Mapping[str, Parameter]) -> list[Piece]:
    """Luminous strips under the ceiling and lines of colour along the walls."""
    length, pitch = number(parameters, "lane_length_m"), number(parameters, "pitch_m")
    ceiling = [
        p
        for x in (-1.5 * pitch, 1.5 * pitch)
        for y in np.arange(1.0, length, 3.0)
        for p in placed(fittings.luminous_panel(0.12, 1.6), (x, float(y), 3.45))
    ]
    lines = [
        box((s * 5.39 - 0.01, y, 2.5), (s * 5.39 + 0.01, y + 1.8, 2.54))
        for s in (-1, 1)
        for y in np.arange(-6.0, length, 3.4)
    ]
    return [*ceiling, piece("glow_magenta", *lines)]


def _mask_art(y: float) -> list[Piece]:
    """Stars and balls painted across the mask unit."""
    pieces = []
    colours: tuple[Vec3, ...] = (
        (0.55, 0.10, 0.03),
        (0.03, 0.22, 0.40),
        (0.45, 0.28, 0.02),
        (0.22, 0.03, 0.30),
    )
    for k, x in enumerate(np.linspace(-4.4, 4.4, 9)):
        angle = np.linspace(0, 2 * np.pi, 11)[:-1]
        radius = np.where(np.arange(10) % 2 == 0, 0.26, 0.11) if k % 2 else np.full(10, 0.22)
        outline = np.column_stack([radius * np.cos(angle + 0.3), radius * np.sin(angle + 0.3)])
        shape = fittings.upright(meshes.extrude(outline, 0.006))
        pieces.append(
            piece(
                "glossy_plastic",
                meshes.moved(shape, (float(x), y, 1.36 + 0.08 * (-1) ** k)),
                colour=colours[k % 4],
            )
        )
    return pieces


def _side_pins(rng: Generator, pitch: float, length: float, rise: float) -> list[Piece]:
    """Racks of ten on the neighbouring lanes (USBC: 15 in high, 12 in apart)."""
    inch = 0.0254
    profile = (
        np.array(
            [
                [0, 0],
                [1.0, 0],
                [1.4, 0.8],
                [1.9, 2.3],
                [2.27, 4.5],
                [1.85, 7.2],
                [1.0, 9.4],
                [0.9, 10.0],
                [1.05, 11.8],
                [1.27, 13.5],
                [0.85, 14.7],
                [0, 15.0],
            ]
        )
        * inch
    )
    pin = meshes.lathe(profile, 18, smooth_angle_rad=1.2)
    spots = np.array(
        [[(c - r / 2) * 12 * inch, r * 12 * inch * 3**0.5 / 2, rise] for r in range(4) for c in range(r + 1)]
    )
    head = length - 0.868
    racks = [copies(pin, spots + [k * pitch, head, 0], rng.uniform(0, 6, 10)) for k in (-2, -1, 1, 2)]
    return [piece("porcelain", *racks)]
