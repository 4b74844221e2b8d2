"""Places for sport: basketball court, sports hall, bowling alley."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Part, Shape, Vec3
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import buildings, court_lines, fittings, scenery
from lichtspiel.library.places.copies import box, boxes, copies, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import panel
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.shell import Finish, Opening, Shell, door, furnished, shell_parts
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import TimeOfDay

PAINT_M = 0.0008
"""Height of painted lines above their floor."""
END_LINE_M = 5.0
"""The court's end line; the action stands between it and the free-throw line, at y = 0."""
COURT_SUN = {TimeOfDay.SUNRISE: -24, TimeOfDay.GOLDEN_HOUR: 204, TimeOfDay.SUNSET: 204}
"""Degrees; past the trees round the court."""
QUARTER_TURN = float(np.pi / 2)


def basketball_court(
    parameters: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator
) -> PlaceAsset:
    """An open court in a city park: acrylic playing field, chain-link fence, trees, houses behind."""
    look, material = floor_of(surroundings, "court_acrylic", "asphalt")
    end = END_LINE_M
    low, high = (-10.0, end - 17.5), (10.0, end + 3.2)
    field = [
        piece("asphalt_road", sheet((-70, -60), (70, 70), -0.02)),
        piece(
            "court_paint" if look == "court_acrylic" else look,
            box((low[0], low[1], -0.02), (high[0], high[1], 0.0)),
        ),
        piece("line_white", court_lines.lines(end, PAINT_M)),
    ]
    if look == "court_acrylic":
        side = court_lines.WIDTH_M / 2
        field.append(piece(look, sheet((-side, end - court_lines.HALF_LENGTH_M), (side, end), PAINT_M / 4)))
        field.append(piece("court_paint", court_lines.key(end, PAINT_M / 2)))
    parts: list[Part] = [floor("court", field, material)]
    night = surroundings.time_of_day in (TimeOfDay.NIGHT, TimeOfDay.DUSK)
    parts.append(fixed("fence", _cage(low, high), _cage_shapes(low, high)))
    parts.append(fixed("trees", _park(rng, high[1])))
    parts.append(fixed("houses", _skyline(rng, high[1] + 24.0, night)))
    corners = [
        (low[0] + 0.5, high[1] - 0.5),
        (high[0] - 0.5, high[1] - 0.5),
        (low[0] + 0.5, -4.0),
        (high[0] - 0.5, -4.0),
    ]
    masts = [p for x, y in corners for p in placed(scenery.street_lamp(6.5), (x, y, 0))]
    seats = [
        *placed(scenery.bench(), (high[0] - 1.0, 1.5, 0), -QUARTER_TURN),
        *placed(scenery.bench(), (high[0] - 1.0, -1.5, 0), -QUARTER_TURN),
    ]
    parts.append(fixed("masts", [*masts, *seats]))
    lanterns = tuple(scenery.lantern_light(c, 6.5, 900.0) for c in corners)
    light = outdoors(surroundings, (0, 1.0, 1.0), lanterns, COURT_SUN, 0.1)
    spots = _court_spots(end, _number(parameters, "ring_ahead_m"))
    return PlaceAsset(
        tuple(parts), light.lamps, light.sky, Acoustics(None, 0.3, "park", -48.0), spots, light.exposure_ev
    )


def gym(parameters: Mapping[str, Parameter], surroundings: Surroundings, _rng: Generator) -> PlaceAsset:
    """A sports hall: maple floor, wooden impact walls, wall bars, a band of high windows."""
    end = END_LINE_M
    high_windows = tuple(Opening(y, 3.6, 3.2, 1.7, 4) for y in (4.2, 0.4, -3.4, -7.2))
    shell = Shell((-10.5, -11.5), (10.5, end + 3.0), 7.2, {"left": high_windows})
    finish = Finish(
        wall_colour=(0.66, 0.65, 0.60),
        skirting=0.12,
        skirting_colour=(0.05, 0.05, 0.05),
        ceiling_colour=(0.60, 0.59, 0.56),
    )
    look, material = floor_of(surroundings, "maple_floor", "hardwood")
    parts = shell_parts(shell, finish, look, material)
    marks = [piece("line_white", court_lines.lines(end, PAINT_M))]
    if look == "maple_floor":
        marks.insert(0, piece("court_paint", court_lines.key(end, PAINT_M / 2), colour=(0.05, 0.12, 0.26)))
    parts.append(fixed("markings", marks))
    wainscot: list[Piece] = []
    panels = [
        box(*shell.slab(side, (a + 0.004, a + 1.496), (0.12, 2.5), (-0.04, 0.001)), bevel=0.004)
        for side in ("back", "front", "left", "right")
        for a in np.arange(shell.span(side)[0], shell.span(side)[1] - 1.4, 1.5)
    ]
    wainscot.append(piece("gym_panel", *panels))
    bars = [
        p
        for x in (-8.6, -7.55, -6.5, 6.5, 7.55, 8.6)
        for p in placed(fittings.wall_bars(), (x, shell.high[1] - 0.05, 0))
    ]
    beams = boxes(
        np.array([[0, y, 6.85] for y in np.arange(-10.5, 8, 3.6)]), np.array([21.0, 0.28, 0.7]), 0.01
    )
    lamps_at = [(x, y) for x in (-5.0, 0.0, 5.0) for y in (-6.9, -0.0, 4.9)]
    glow = [p for x, y in lamps_at for p in placed(fittings.luminous_panel(0.5, 2.0), (x, y, 6.4))]
    stand = placed([piece("pine", *court_lines.bleacher(12.0, 3))], (8.2, -3.0, 0), -QUARTER_TURN)
    mats = [
        piece(
            "glossy_plastic",
            boxes(np.array([[-9.7, 6.5, 0.1 + 0.2 * k] for k in range(3)]), np.array([1.0, 2.0, 0.19]), 0.02),
            colour=(0.02, 0.09, 0.22),
        )
    ]
    parts.append(
        fixed(
            "hall",
            [
                *wainscot,
                *bars,
                piece("pine", beams),
                *glow,
                *stand,
                *mats,
                *door(shell, "back", 4.4, "gym_panel"),
                *placed(fittings.clock(0.28), (0, shell.high[1], 5.4)),
            ],
        )
    )
    always = tuple(panel((x, y, 6.38), (0.5, 2.0), 210.0) for x, y in lamps_at)
    spots = _court_spots(end, _number(parameters, "ring_ahead_m"))
    return furnished(shell, parts, surroundings, (), (0, 1.0, 1.2), spots, 0.10, 1.5, always, "hall_tone")


def bowling_alley(
    parameters: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator
) -> PlaceAsset:
    """A bowling alley: the action's lane between two others, all ending under the mask of the pin decks.

    A lane that the film brings along stands at the spot `lane`.
    """
    width, length = _number(parameters, "lane_width_m"), _number(parameters, "lane_length_m")
    pitch = _number(parameters, "pitch_m")
    middle = length / 2
    shell = Shell((-5.4, -8.0), (5.4, length + 2.2), 3.6)
    finish = Finish(wall_colour=(0.05, 0.055, 0.075), ceiling_colour=(0.03, 0.03, 0.035), skirting=0.0)
    look, material = floor_of(surroundings, "maple_floor", "hardwood")
    parts = shell_parts(shell, finish, look, material)
    lanes, dark = [], []
    for k in (-2, -1, 1, 2):
        x = k * pitch
        lanes.append(box((x - width / 2, 0, 0.0), (x + width / 2, length, 0.012), 0.002))
        dark += [
            box(
                (x + s * (width / 2 + 0.125) - 0.115, 0, 0.0),
                (x + s * (width / 2 + 0.125) + 0.115, length, 0.004),
            )
            for s in (-1, 1)
        ]
    returns = [
        box((x - 0.16, 0.4, 0), (x + 0.16, length - 1.0, 0.06), 0.01) for x in (-1.5 * pitch, 1.5 * pitch)
    ]
    foul = [box((-5.4, -0.02, 0.0), (5.4, 0.02, 0.0006))]
    mask_y = length - 0.75
    mask = box((-5.4, mask_y, 0.75), (5.4, mask_y + 0.08, 1.95), 0.01)
    stripes = [
        piece("glow_" + tone, box((-5.4, mask_y - 0.008, z), (5.4, mask_y + 0.001, z + 0.035)))
        for tone, z in (("magenta", 0.84), ("cyan", 1.82))
    ]
    art = _mask_art(mask_y)
    cheeks = boxes(
        np.array([[x, length + 0.2, 0.45] for x in (np.arange(5) - 2.0) * pitch + pitch / 2]),
        np.array([0.12, 2.2, 0.9]),
        0.006,
    )
    curtain = box((-5.4, length + 1.5, 0), (5.4, length + 1.6, 3.0))
    ball_return = [meshes.moved(meshes.box((0.5, 1.3, 0.55), 0.12, 3), (pitch / 2 + 0.02, -1.4, 0.28))]
    balls = [
        piece(
            "urethane",
            meshes.moved(meshes.sphere(0.108, 24, 14), (pitch / 2 + 0.02 + 0.11 * s, -1.75 + 0.23 * i, 0.64)),
            colour=c,
        )
        for i, (s, c) in enumerate(
            [
                (-1, (0.35, 0.02, 0.03)),
                (1, (0.02, 0.06, 0.35)),
                (-1, (0.02, 0.20, 0.06)),
                (1, (0.40, 0.14, 0.01)),
            ]
        )
    ]
    strips_at = np.arange(1.0, length, 3.0)
    ceiling = [
        p
        for x in (-1.5 * pitch, 1.5 * pitch)
        for y in strips_at
        for p in placed(fittings.luminous_panel(0.12, 1.6), (x, float(y), 3.45))
    ]
    walls_glow = [
        piece(
            "glow_magenta",
            *(
                box((s * 5.39 - 0.01, y, 2.5), (s * 5.39 + 0.01, y + 1.8, 2.54))
                for s in (-1, 1)
                for y in np.arange(-6.0, length, 3.4)
            ),
        )
    ]
    parts.append(
        fixed(
            "lanes",
            [
                piece("maple_floor", *lanes),
                piece("matte_plastic", *dark, *returns, colour=(0.03, 0.03, 0.035)),
                piece("dark_wood", *foul),
            ],
        )
    )
    parts.append(
        fixed(
            "machines",
            [
                piece("matte_plastic", mask, colour=(0.02, 0.022, 0.05)),
                *art,
                *stripes,
                piece("matte_plastic", cheeks, colour=(0.06, 0.06, 0.07)),
                piece("fabric", curtain, colour=(0.008, 0.008, 0.01)),
                piece("glossy_plastic", *ball_return, colour=(0.05, 0.05, 0.06)),
                *balls,
                *ceiling,
                *walls_glow,
                *_side_pins(rng, pitch, length),
            ],
            [solid((-5.4, length + 1.5, 0), (5.4, length + 1.6, 3.0), "rubber", "cushion")],
        )
    )
    always = (
        panel((0, length - 0.35, 1.9), (1.6 * pitch, 0.3), 90.0),
        panel((-1.5 * pitch, middle, 3.4), (0.3, length * 0.9), 190.0),
        panel((1.5 * pitch, middle, 3.4), (0.3, length * 0.9), 190.0),
        panel((0, -3.0, 3.4), (6.0, 1.2), 120.0, (1.0, 0.84, 0.66)),
    )
    spots = {
        "main": Spot((0, middle, 0), size_m=(width, length)),
        "floor": Spot((0, -2.0, 0), size_m=(3.0, 2.5)),
        "lane": Spot((0, middle, 0), size_m=(pitch, length)),
    }
    return furnished(
        shell, parts, surroundings, (), (0, length - 2.5, 0.3), spots, 0.14, 1.35, always, "hall_tone"
    )


def _number(parameters: Mapping[str, Parameter], name: str) -> float:
    """A number from the entry. Raises TypeError when it is something else."""
    value = parameters[name]
    if not isinstance(value, float | int):
        raise TypeError(f"{name} must be a number, not {value!r}")
    return float(value)


def _court_spots(end: float, ring_ahead: float) -> dict[str, Spot]:
    """Spots of a basketball court whose hoops carry the ring `ring_ahead` before their post."""
    ring = end - court_lines.RING_M
    return {
        "main": Spot((0, 0, 0), size_m=(8.0, 6.0)),
        "floor": Spot((0, 0, 0), size_m=(8.0, 6.0)),
        "hoop": Spot((0, ring + ring_ahead, 0), size_m=(1.8, 1.5)),
        "free_throw": Spot((0, end - court_lines.FREE_THROW_M, 0), size_m=(3.0, 1.5)),
    }


def _cage(low: tuple[float, float], high: tuple[float, float]) -> list[Piece]:
    """Chain-link fence round the court, open towards the camera."""
    across = scenery.chain_link(high[0] - low[0], 4.0, 0.1)
    along = scenery.chain_link(high[1] - low[1] - 6.0, 4.0, 0.13)
    return [
        *placed(across, (low[0], high[1], 0)),
        *placed(along, (low[0], low[1] + 6.0, 0), QUARTER_TURN),
        *placed(along, (high[0], low[1] + 6.0, 0), QUARTER_TURN),
    ]


def _cage_shapes(low: tuple[float, float], high: tuple[float, float]) -> list[Shape]:
    return [
        solid((low[0], high[1], 0), (high[0], high[1] + 0.05, 4.0), "steel", "fence"),
        solid((low[0] - 0.05, low[1], 0), (low[0], high[1], 4.0), "steel", "fence"),
        solid((high[0], low[1], 0), (high[0] + 0.05, high[1], 4.0), "steel", "fence"),
    ]


def _park(rng: Generator, back: float) -> list[Piece]:
    """Lawn, hedge and trees behind and beside the fence."""
    places = np.array(
        [
            [-13.5, back - 2],
            [-8.2, back + 4.2],
            [-2.6, back + 6.0],
            [3.4, back + 4.6],
            [8.6, back + 5.5],
            [14.0, back - 1],
            [-15, 1.5],
            [15.5, 0.5],
        ]
    )
    heights = np.array([8.0, 9.0, 7.4, 8.6, 9.4, 8.2, 7.6, 8.4])
    grass = [
        sheet((-40, back + 0.6), (40, back + 14), -0.005),
        sheet((-40, -22), (-11.2, back + 0.6), -0.005),
        sheet((11.2, -22), (40, back + 0.6), -0.005),
    ]
    return [
        piece("lawn", *grass),
        *scenery.grove(rng, places, heights, 2, 3600, 0.3),
        *scenery.hedge((-22, back + 9.0, 0), (22, back + 10.2, 1.5), rng, 110, 0.14),
    ]


def _skyline(rng: Generator, y: float, lit: bool) -> list[Piece]:
    """A row of town houses."""
    fronts = [
        buildings.Front(5, 4, "plaster", (0.50, 0.38, 0.24)),
        buildings.Front(4, 5, "brick"),
        buildings.Front(6, 4, "plaster", (0.56, 0.50, 0.40)),
        buildings.Front(4, 5, "plaster", (0.42, 0.22, 0.15)),
        buildings.Front(5, 4, "brick", (0.30, 0.13, 0.09)),
    ]
    x = -sum(f.width for f in fronts) / 2
    pieces: list[Piece] = []
    for front in fronts:
        pieces += placed(buildings.house(front, rng, lit), (x, y, 0))
        x += front.width
    return pieces


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


def _side_pins(rng: Generator, pitch: float, length: float) -> list[Piece]:
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
        [[(c - r / 2) * 12 * inch, r * 12 * inch * 3**0.5 / 2, 0.012] for r in range(4) for c in range(r + 1)]
    )
    head = length - 1.05
    racks = [copies(pin, spots + [k * pitch, head, 0], rng.uniform(0, 6, 10)) for k in (-2, -1, 1, 2)]
    return [piece("porcelain", *racks)]
