"""Open places for people: harbour, snowfield, stadium, railway platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Mesh, Part
from lichtspiel.library.catalogue import Generator, Surroundings
from lichtspiel.library.place import Acoustics, PlaceAsset, Spot
from lichtspiel.library.places import fittings, landmarks, scenery
from lichtspiel.library.places.copies import box, boxes, sheet, strips
from lichtspiel.library.places.furniture import placed
from lichtspiel.library.places.grounds import floor_of, open_air
from lichtspiel.library.places.pieces import Piece, fixed, floor, piece, solid
from lichtspiel.library.places.scenery import relief, rolling
from lichtspiel.library.places.sky import outdoors
from lichtspiel.library.records import Parameter
from lichtspiel.screenplay import TimeOfDay, Weather

QUARTER_TURN = float(np.pi / 2)
UP_RIGHT = meshes.turn((1.0, 0.0, 0.0), QUARTER_TURN)
NIGHT = (TimeOfDay.NIGHT, TimeOfDay.DUSK)
RUN_M = 18.0
"""How far to each side the snowfield is level."""


def harbour(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A stone quay with bollards and fishing boats behind it, houses across the water."""
    look, material = floor_of(surroundings, "paving", "stone")
    edge, water = 2.6, -1.3
    stone = (0.21, 0.195, 0.175) if look == "paving" else None
    parts: list[Part] = [
        floor("quay", [piece(look, sheet((-40, -40), (40, edge), 0.0), colour=stone)], material)
    ]
    kerb = boxes(
        np.array([[x, edge - 0.24, 0.04] for x in np.arange(-29.6, 30, 1.2)]),
        np.array([1.18, 0.5, 0.12]),
        0.02,
    )
    wall = box((-40, edge - 0.02, -4.0), (40, edge, 0.0))
    sx, sy = np.meshgrid(np.linspace(-220, 220, 90), np.linspace(edge, 260, 60))
    sea = relief((-220, edge), (220, 260), water + 0.03 * np.sin(sx * 0.8 + sy * 0.5))
    parts.append(fixed("water", [piece("harbour_water", sea)]))
    ropes = [landmarks.coil((x, edge - 0.75, 0.0)) for x in (-3.1, 4.4)]
    scene = [
        piece("stone", kerb, wall, colour=(0.30, 0.28, 0.25)),
        *(p for x in (-4.2, 0.9, 6.0) for p in placed(landmarks.bollard(), (x, edge - 0.45, 0))),
        piece("rope_hemp", *ropes),
        *placed(landmarks.crates(rng), (-3.6, 0.9, 0)),
        *placed(landmarks.fishing_boat((0.03, 0.11, 0.22), (0.60, 0.58, 0.52)), (-3.4, 6.4, water), 0.05),
        *placed(landmarks.fishing_boat((0.28, 0.03, 0.02), (0.58, 0.54, 0.46)), (5.6, 7.4, water), -0.08),
        *placed(landmarks.fishing_boat((0.04, 0.16, 0.10), (0.56, 0.56, 0.52)), (14.5, 10.6, water), 0.15),
        *placed(landmarks.fishing_boat((0.05, 0.07, 0.10), (0.60, 0.56, 0.46)), (-14.0, 11.5, water), -0.2),
        *placed(scenery.street_lamp(4.6), (-7.0, 1.4, 0)),
        *landmarks.waterfront(rng, 62.0, surroundings.time_of_day in NIGHT),
        scenery.hills(rng, 330, 34, (0.3, 2.84), "hedge", (0.035, 0.055, 0.045)),
    ]
    solids = [solid((-4.3, 0.5, 0), (-2.9, 1.3, 0.7), "wood", "crates")]
    parts.append(fixed("harbour", scene, solids))
    light = outdoors(surroundings, (0, 0, 1.2), (scenery.lantern_light((-7.0, 1.4), 4.6, 300),), lift_ev=0.2)
    place = open_air(parts, light, (9.0, 3.6), Acoustics(None, 0.5, "beach", -46.0))
    return _with_people(
        place, Spot((0, 0.2, 0), size_m=(8.0, 3.0)), water=Spot((0, 1.9, 0), (0, 1.0, 0), (6.0, 0.8))
    )


def snowfield(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """Deep snow under a winter sky, bare trees and firs, hills behind."""
    look, material = floor_of(surroundings, "snow", "snow")
    x, y = np.meshgrid(np.linspace(-70, 70, 141), np.linspace(-50, 90, 141))
    reach = np.hypot(x, y)
    # Level along x, so that somebody can go on skis there.
    away = np.hypot(np.clip(np.abs(x) - RUN_M, 0, None), y)
    drifts = 0.5 * rolling(rng, x, y, 17.0, 4) * np.clip((away - 5) / 12, 0, 1)
    ripples = 0.018 * rolling(rng, x, y, 1.9, 3) - 0.01
    heights = np.where(reach < 70, drifts + ripples, drifts)
    parts: list[Part] = [floor("snow", [piece(look, relief((-70, -50), (70, 90), heights))], material)]
    spots = np.array(
        [[-9.0, 13], [8.5, 16], [-15, 22], [14, 26], [3, 30], [-5, 37], [22, 20], [-24, 30], [9, 41]]
    )
    firs: list[Piece] = []
    for at in spots:
        firs += placed(
            landmarks.fir(rng, float(rng.uniform(5.5, 9.0))),
            (float(at[0]), float(at[1]), 0.0),
            float(rng.uniform(0, 6)),
        )
    far = np.column_stack([np.linspace(-70, 70, 26) + rng.normal(0, 2, 26), 62 + rng.normal(0, 6, 26)])
    small = landmarks.fir(rng, 9.0, 9)
    for at in far:
        firs += placed(small, (float(at[0]), float(at[1]), -0.2), float(rng.uniform(0, 6)))
    parts.append(fixed("firs", firs))
    hills = scenery.hills(rng, 210, 42, (0.1, 3.04), "snow_far", (0.70, 0.75, 0.83))
    parts.append(fixed("hills", [hills, piece("snow_far", sheet((-400, -300), (400, 400), -1.2))]))
    covered = surroundings.weather in (Weather.SNOW, Weather.OVERCAST, Weather.FOG, Weather.RAIN)
    light = outdoors(surroundings, (0, 0, 1.0), lift_ev=-0.55 if not covered else -0.25)
    return open_air(parts, light, (10.0, 10.0), Acoustics(None, 0.75, "wind", -50.0))


def stadium(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A football pitch before a stand, with a goal, boards and floodlights."""
    look, material = floor_of(surroundings, "pitch", "grass")
    lines = [
        np.array([[-45.0, -4.0], [45.0, -4.0]]),
        np.array([[0.0, -60.0], [0.0, 8.0]]),
        np.array([[-45.0, 8.0], [45.0, 8.0]]),
    ]
    stripes = [sheet((x, -60), (x + 5.25, 8.0), 0.003) for x in np.arange(-42.0, 42.0, 10.5)]
    ground = [piece(look, sheet((-120, -90), (120, 60), 0.0))]
    if look == "pitch":
        ground.append(piece(look, *stripes, colour=(0.07, 0.14, 0.03)))
        ground.append(piece("line_white", strips(lines, 0.12, 0.006)))
        ground.append(piece("grass_blade", scenery.mown_grass(rng), colour=(0.10, 0.19, 0.04)))
    parts: list[Part] = [floor("pitch", ground, material)]
    stand = [
        *placed(landmarks.stand(84.0, 22), (0, 15.0, 0)),
        *placed(landmarks.stand(44.0, 18), (52.0, -18.0, 0), -QUARTER_TURN),
        *placed(landmarks.stand(44.0, 18), (-52.0, -18.0, 0), QUARTER_TURN),
        piece("glossy_plastic", *_boards(-42.0), colour=(0.04, 0.16, 0.42)),
        piece("glossy_plastic", *_boards(-36.0), colour=(0.60, 0.60, 0.58)),
        *(p for x in (-43.0, 43.0) for p in placed(landmarks.floodlight(26.0), (x, 40.0, 0))),
        *placed(landmarks.goal(), (-39.5, -26.0, 0), QUARTER_TURN),
    ]  # fmt: skip
    parts.append(fixed("stands", stand, [solid((-42, 15, 0), (42, 16, 9), "concrete", "stand")]))
    lamps = tuple(scenery.lantern_light((x, -8.0), 16.0, 5200) for x in (-12.0, 12.0))
    light = outdoors(surroundings, (0, 0, 1.0), lamps, lift_ev=0.25)
    return open_air(parts, light, (12.0, 5.0), Acoustics(None, 0.5, "park", -47.0))


def train_platform(_: Mapping[str, Parameter], surroundings: Surroundings, rng: Generator) -> PlaceAsset:
    """A railway platform under a roof: track and a second platform behind, benches, clock, signs."""
    look, material = floor_of(surroundings, "paving", "concrete")
    edge, rail_bed = 3.4, -0.95
    deck = box((-70, -14, -1.2), (70, edge, 0.0))
    paved = [
        piece(look, deck),
        piece("tactile_paving", sheet((-70, edge - 1.05), (70, edge - 0.65), 0.003)),
        piece("line_white", sheet((-70, edge - 0.6), (70, edge - 0.5), 0.003)),
    ]
    parts: list[Part] = [floor("platform", paved, material)]
    sleepers = boxes(
        np.array([[x, edge + y, rail_bed + 0.05] for x in np.arange(-69.5, 70, 0.62) for y in (1.7, 5.4)]),
        np.array([0.24, 2.5, 0.12]), 0.01,
    )  # fmt: skip
    rails = [
        box((-70, edge + y - 0.035, rail_bed + 0.1), (70, edge + y + 0.035, rail_bed + 0.26), 0.01)
        for y in (0.98, 2.42, 4.68, 6.12)
    ]
    posts = boxes(
        np.array([[x, y, 2.1] for x in np.arange(-42, 43, 8.4) for y in (-1.8,)]),
        np.array([0.22, 0.22, 4.2]),
        0.02,
    )
    beams = boxes(
        np.array([[x, -1.8, 4.1] for x in np.arange(-42, 43, 8.4)]), np.array([0.16, 8.4, 0.26]), 0.01
    )
    roof = box((-46, -6.2, 4.24), (46, 2.6, 4.36))
    scene = [
        piece("ballast", sheet((-70, edge), (70, edge + 7.4), rail_bed)),
        piece("concrete", sleepers, colour=(0.34, 0.33, 0.31)),
        piece("polished_steel", *rails),
        piece("concrete", box((-70, edge + 7.4, -1.2), (70, edge + 14, 0.0)), colour=(0.40, 0.39, 0.37)),
        piece("painted_metal", posts, beams, colour=(0.035, 0.10, 0.075)),
        piece("painted_metal", roof, colour=(0.30, 0.31, 0.31)),
        *(p for x in (-8.6, 8.6) for p in placed(scenery.bench(), (x, -2.2, 0))),
        *(p for x in (-16.0, 3.0, 18.0) for p in placed(scenery.bench(), (x, edge + 10.0, 0))),
        *placed(fittings.clock(0.42), (2.2, -0.06, 3.2)),
        piece("painted_metal", box((2.16, -0.10, 3.5), (2.24, -0.02, 4.2), 0.01), colour=(0.02, 0.02, 0.02)),
        *placed(landmarks.station_sign(), (-5.2, -0.1, 2.75)),
        *placed(landmarks.station_sign(), (12.5, edge + 9.6, 2.2)),
        *(p for x in (-20.0, -4.0, 12.0, 28.0) for p in placed(scenery.street_lamp(4.4), (x, edge + 8.4, 0))),
        *landmarks.terrace(rng, edge + 19.0, surroundings.time_of_day in NIGHT),
    ]
    solids = [
        *(
            solid((x - 0.11, -1.91, 0), (x + 0.11, -1.69, 4.2), "steel", "post")
            for x in np.arange(-42, 43, 8.4)
        ),
        *(solid((x - 0.9, -2.45, 0), (x + 0.9, -2.05, 0.468), "wood", "bench") for x in (-8.6, 8.6)),
        solid((-70, edge + 7.4, -1.2), (70, edge + 14, 0.0), "concrete", "far_platform"),
    ]
    parts.append(fixed("station", scene, solids))
    lamps = tuple(scenery.lantern_light((x, -1.0), 4.1, 190) for x in (-8.0, 0.0, 8.0))
    light = outdoors(surroundings, (0, 0, 1.2), lamps, lift_ev=1.0)
    place = open_air(parts, light, (13.0, 4.4), Acoustics(None, 0.45, "street", -47.0))
    seats = {
        f"seat_{k + 1}": Spot((x + dx, -2.25, 0.468), size_m=(0.5, 0.4))
        for k, (x, dx) in enumerate((x, dx) for x in (-8.6, 8.6) for dx in (-0.5, 0.5))
    }
    track = Spot((0, edge + 1.7, 0))
    return _with_people(place, Spot((0, 0.3, 0), size_m=(13.0, 4.2)), awaited=track, **seats)


def _boards(start: float) -> list[Mesh]:
    """Every second one of the advertising boards along the stand."""
    return [box((x, 11.6, 0), (x + 5.9, 11.7, 0.95), 0.01) for x in np.arange(start, 42, 12.0)]


def _with_people(place: PlaceAsset, people: Spot, **others: Spot) -> PlaceAsset:
    return replace(place, spots={**place.spots, "people": people, **others})
