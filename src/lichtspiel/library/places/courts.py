"""Places for basketball: an open court and a sports hall."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.asset import Part, Shape
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import buildings, court_lines, fittings, scenery
from lichtspiel.library.places.copies import box, boxes, sheet
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of
from lichtspiel.library.places.interior import panel
from lichtspiel.library.places.measures import number
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.shell import Finish, Opening, Shell, furnished, shell_parts
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.places.wall_fittings import door
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
    light = outdoors(surroundings, (0, 1.0, 1.0), lanterns, COURT_SUN, 0.35)
    spots = _court_spots(end, number(parameters, "ring_ahead_m"))
    return PlaceAsset(
        tuple(parts), light.lamps, light.sky, Acoustics(None, 0.3, "park", -48.0), spots, light.exposure_ev
    )


def gym(parameters: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
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
    parts = shell_parts(shell, finish, look, material, rng)
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
    spots = _court_spots(end, number(parameters, "ring_ahead_m"))
    return furnished(shell, parts, surroundings, (), (0, 1.0, 1.2), spots, 0.10, always, "hall_tone")


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
        *scenery.hedge((-22, -24.0, 0), (22, -22.8, 1.8), rng, 60, 0.2),
        scenery.hills(rng, 230, 13, (3.4, 6.0), "hedge", (0.035, 0.06, 0.03)),
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
