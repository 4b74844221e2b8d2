"""How a crew exposes for faces, and the light that it sets where a place leaves them dark.

What light falls on a face is measured as on a set, with white cards. In rooms the picture is exposed for it:
whoever sits in a dim corner is seen, and the corner with them. Where it still falls short, a large soft
lamp on the side that is lit already makes up for it, and a weaker one behind lifts hair and shoulders off
the background. Faces in profile are lit from where they look to; of two who face each other each has a lamp.
They light people alone, so that a place keeps its own light, and go along with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np
from mathutils import Vector

from lichtspiel.camera import CameraTrack, ShotTrack
from lichtspiel.camera.people import eye_points, face_ways
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.place import Lamp
from lichtspiel.picture import meter
from lichtspiel.picture.animate import SHUTTER, curves_of, key, key_frames
from lichtspiel.picture.light import add_lamp
from lichtspiel.picture.quality import Quality
from lichtspiel.screenplay import Light, TimeOfDay
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Take

WHITE = {"day": 0.55, "room": 0.82, "night": 0.42, "dark": 0.3, "silhouette": 0.16}
"""How light a white card in a face's place must be in the exposed picture, against 1 for one lit as the
exposure is meant for. A key light a stop or two under daylight still reads as night."""
_ROOMS = 0.85
"""Share of that which rooms are exposed for."""
_FOLLOWS, _LIMITS_EV = 0.8, (-0.3, 1.8)
"""How much of what is lacking a longer exposure makes up for: a dim corner stays dimmer than the middle."""
_SHADE_EV = (0.0, 1.4)
_BY_DAY = frozenset({TimeOfDay.MORNING, TimeOfDay.NOON, TimeOfDay.AFTERNOON})
"""When the shade between houses is not meant to be dark."""
_MEANT_FOR = 0.33
"""Luminance of the skin that the wanted light is meant for: dark skin gets more, as on any well-lit set."""
_MORE, _AT_MOST = 0.62, 3.0
"""Power of the ratio of luminances by which it gets more, and the limit."""
_KEY_AZIMUTH_RAD, _KEY_ELEVATION_RAD = 0.52, 0.42
"""Of the key light, against the line from face to camera: aside enough to model a face, near enough to it
that long hair does not shade it."""
_RIM_AZIMUTH_RAD, _RIM_ELEVATION_RAD = 2.45, 0.7
_CLOSER = (1.0, 0.8, 0.65)
"""Where a ceiling or a wall stands before a lamp: shares of its distance and of its elevation that are tried,
as a crew would hang it lower and nearer: shadows of some things alone cost a search at every bounce of all
light."""
_RIM_SHARE = 0.6
"""Light of the rim at the head, against the key's."""
_PROFILE_RAD, _PROFILE_AZIMUTH_RAD = 0.8, 1.0
"""Faces that are turned farther from the camera than this are lit from the side that they look to."""
_NEAREST_M = 1.5
_SIZE = 0.6
"""Edge of a lamp against its distance: soft as a window."""
_HEAD_M, _SHOULDERS_M = 0.2, 0.35
"""Half the width of a head with its hair; from eyes to shoulders."""
_LOOKS = 7
"""Moments of a shot at which one looks who is seen."""
_GROUP = 1.6
"""Whoever is at most so much farther from the camera than the nearest is lit with them."""


@dataclass(frozen=True, eq=False)
class _Reading:
    """What light there is at faces, and at which frames of the film."""

    lit: _Lit
    frames: list[int]
    name: str
    colours: Array
    """(3, 3) of white cards, as `meter.read` has them, before any exposure."""

    @property
    def lights(self) -> list[float]:
        """Luminance on the camera's left, towards it, on its right."""
        return [meter.luminance(colour) for colour in self.colours]


@dataclass(frozen=True, eq=False)
class _Lit:
    """Whose faces a shot is lit for. Leading axis: the keys of the shot's frames."""

    faces: Array
    """(K, 3) their middle."""
    radius_m: float
    cameras: Array
    """(K, 3)"""
    skin: float
    """Median luminance of their skin."""
    looks: int
    """1 where they look to the camera's right, -1 to its left, 0 about towards it."""


def add_key_lights(
    scene: Any,
    world: World,
    take: Take,
    track: CameraTrack,
    quality: Quality,
    times: Array,
    people: Sequence[Any],
    falling: Sequence[Any] = (),
) -> list[Any]:
    """Expose for the faces of a film, and set lamps for those of every shot.

    times: (2 * count,) world seconds. people: all that is seen of them. falling: rain or snow, which is
    lit along with them, else it is dark before faces that are light.
    """
    if not people:
        return []
    receivers = bpy.data.collections.new("people")
    for thing in (*people, *falling):
        receivers.objects.link(thing)
    count = len(times) // 2
    readings: list[_Reading] = []
    for number, shot in enumerate(track.shots):
        frames = [f for f in range(count) if track.shot_at(f / quality.fps) is shot]
        for lit in _lit(world, take, shot, times, frames, quality.fps) if frames else ():
            readings.append(_read(scene, lit, frames, people, f"shot {number + 1}, {lit.looks + 1}"))
    exposure_ev = world.exposure_ev + opened_ev(world, [reading.lights for reading in readings])
    scene.view_settings.exposure = exposure_ev
    added: list[Any] = []
    for reading in readings:
        lamps = _lamps(scene, reading, WHITE[mood(world)] / 2.0**exposure_ev, (*people, *falling))
        for lamp, hindered in lamps.items():
            lamp.light_linking.receiver_collection = receivers
            if hindered:
                lamp.light_linking.blocker_collection = receivers
            _only_in(lamp, reading.frames, count)
        added += lamps
    return added


def opened_ev(world: World, lights: Sequence[Sequence[float]]) -> float:
    """Stops by which rooms, and by day the shade of open places, are exposed longer than their middle needs,
    for faces with this light on cards."""
    kind, outdoors = mood(world), world.acoustics.room_m is None
    if (
        not lights
        or kind == "silhouette"
        or (outdoors and world.screenplay.setting.time_of_day not in _BY_DAY)
    ):
        return 0.0
    # A window beside a face lights one card far more than the others.
    shown = float(np.median(np.median(lights, axis=1))) * 2.0**world.exposure_ev
    lacking = float(np.log2(_ROOMS * WHITE[kind] / max(shown, 1e-6)))
    return _FOLLOWS * float(np.clip(lacking, *(_SHADE_EV if outdoors else _LIMITS_EV)))


def _lit(world: World, take: Take, shot: ShotTrack, times: Array, frames: list[int], fps: int) -> list[_Lit]:
    """The faces that a shot shows nearest to the camera, by where they look."""
    chosen = _seen(world, take, shot)
    if not chosen:
        return []
    own = times.reshape(-1, 2)[frames].ravel()
    at = (np.array(frames)[:, None] + np.array([-0.5, 0.5]) * SHUTTER).ravel() / fps
    cameras = np.stack([shot.at(float(film_s)).position for film_s in at])
    tones = catalogue.skin_tones()
    sides: dict[int, list[PlacedFigure]] = {}
    for figure in chosen:
        sides.setdefault(_looks(figure, take, own, cameras), []).append(figure)
    if len(sides.keys() & {-1, 1}) == 1:
        # Only where faces are turned away from each other does one light not do for all.
        side = next(iter(sides.keys() & {-1, 1})) if 0 not in sides else 0
        sides = {side: chosen}
    found = []
    for looks, figures in sides.items():
        eyes = np.stack([eye_points(figure, take, own) for figure in figures])
        middle = eyes.mean(0)
        skin = float(np.median([meter.luminance(np.array(tones[f.person.skin].rgb)) for f in figures]))
        radius_m = float(np.linalg.norm(eyes - middle, axis=-1).max())
        found.append(_Lit(middle, radius_m, cameras, skin, looks))
    return found


def _looks(figure: PlacedFigure, take: Take, times: Array, cameras: Array) -> int:
    """As `_Lit.looks`, over all of the shot."""
    ways, toward = face_ways(figure, take, times), cameras - eye_points(figure, take, times)
    turned = np.arctan2(ways[:, 1], ways[:, 0]) - np.arctan2(toward[:, 1], toward[:, 0])
    angle = float(np.median((turned + np.pi) % (2 * np.pi) - np.pi))
    return int(np.sign(angle)) if abs(angle) > _PROFILE_RAD else 0


def _seen(world: World, take: Take, shot: ShotTrack) -> list[PlacedFigure]:
    """Figures in frame, the nearest and those about as near."""
    film = np.linspace(shot.film_start_s, shot.film_end_s, _LOOKS, endpoint=False)
    clock = np.array([world.world_time(float(s)) for s in film])
    near: dict[str, float] = {}
    for figure in world.figures:
        eyes = eye_points(figure, take, clock)
        depths = [
            depth
            for point, film_s in zip(eyes, film, strict=True)
            if (depth := _depth_in_frame(shot, float(film_s), point)) is not None
        ]
        if depths:
            near[figure.name] = min(depths)
    limit = _GROUP * min(near.values(), default=0.0)
    return [figure for figure in world.figures if near.get(figure.name, np.inf) <= limit]


def _depth_in_frame(shot: ShotTrack, film_s: float, point: Array) -> float | None:
    """Metres before the camera, None out of frame."""
    lens = shot.at(film_s)
    w, x, y, z = lens.orientation.tolist()
    place = rotation_matrix((w, x, y, z)).T @ (point - lens.position)
    depth = -float(place[2])
    if depth <= 0.05:
        return None
    reach = 18.0 / lens.focal_length_mm
    return depth if max(abs(place[0]), abs(place[1])) / depth <= reach else None


def _read(scene: Any, lit: _Lit, frames: list[int], people: Sequence[Any], name: str) -> _Reading:
    """Hold cards to faces when the camera is nearest."""
    toward = lit.cameras - lit.faces
    distance = np.linalg.norm(toward, axis=1)
    nearest = int(np.argmin(distance))
    way = toward[nearest] / max(float(distance[nearest]), 1e-6)
    colours, _ = meter.read(scene, people, lit.faces[nearest] + 0.12 * way, way, frames[nearest // 2])
    return _Reading(lit, frames, name, colours)


def _lamps(scene: Any, reading: _Reading, white: float, passing: Sequence[Any]) -> dict[Any, bool]:
    """Lamps, and whether something stands before each. white: radiance of a white card that light skin is
    meant to be lit like. passing: what lets the light pass."""
    lit, frames, lights = reading.lit, reading.frames, reading.lights
    toward = lit.cameras - lit.faces
    toward = toward / np.maximum(np.linalg.norm(toward, axis=1, keepdims=True), 1e-6)
    wanted = float(np.clip((_MEANT_FOR / lit.skin) ** _MORE, 1.0, _AT_MOST)) * white
    lacking = wanted - lights[1 + lit.looks]
    if lacking <= 0.05 * wanted:
        return {}
    side = float(lit.looks) or (1.0 if lights[2] >= lights[0] else -1.0)
    key_azimuth = _PROFILE_AZIMUTH_RAD if lit.looks else _KEY_AZIMUTH_RAD
    tint = _tint(reading.colours[1])
    away = max(_NEAREST_M, 1.2 * lit.radius_m + 1.2)
    lamps: dict[Any, bool] = {}
    for label, azimuth, elevation, share in (
        ("key", side * key_azimuth, _KEY_ELEVATION_RAD, 1.0),
        ("rim", -side * _RIM_AZIMUTH_RAD, _RIM_ELEVATION_RAD, _RIM_SHARE),
    ):

        def hung(
            closer: float, azimuth: float = azimuth, elevation: float = elevation, share: float = share
        ) -> Any:
            lamp = add_lamp(scene, _lamp(lacking * share, closer * away, tint), "")
            _place(lamp, lit, frames, closer * away * _turned(toward, azimuth, closer * elevation))
            return lamp

        lamp, hindered = _free(scene, hung, lit, frames, passing)
        lamp.name = f"{label} light of {reading.name}"
        lamps[lamp] = hindered
    return lamps


def _free(
    scene: Any, hung: Callable[[float], Any], lit: _Lit, frames: list[int], passing: Sequence[Any]
) -> tuple[Any, bool]:
    """A lamp hung so that nothing stands before it; where that is nowhere so, as far off as any, and True."""
    for closer in _CLOSER:
        lamp = hung(closer)
        if not _hindered(scene, lamp, lit, frames, passing):
            return lamp, False
        bpy.data.lights.remove(lamp.data)
    return hung(_CLOSER[0]), True


def _place(lamp: Any, lit: _Lit, frames: list[int], ways: Array) -> None:
    """Have it stand these ways (2 * frames, 3) from the faces and look at them."""
    key_path = key_frames(max(frames) + 1).reshape(-1, 2)[frames].ravel()
    own = curves_of(lamp, "OBJECT")
    key(own, "location", key_path, lit.faces + ways)
    turns = np.array([Vector((-way).tolist()).to_track_quat("-Z", "Y") for way in ways])
    turns *= np.where((turns * turns[:1]).sum(1, keepdims=True) < 0, -1.0, 1.0)
    key(own, "rotation_quaternion", key_path, turns)


def mood(world: World) -> str:
    """How light faces are in this film: a key of WHITE."""
    setting = world.screenplay.setting
    if setting.light is Light.BACKLIGHT:
        return "silhouette"
    if setting.light in (Light.DARK, Light.CANDLE):
        return "dark"
    if setting.time_of_day in (TimeOfDay.NIGHT,):
        return "night" if world.acoustics.room_m is None else "room"
    return "day" if world.acoustics.room_m is None else "room"


def _lamp(radiance: float, away: float, tint: Array) -> Lamp:
    """A lamp that gives a white card which faces it this radiance."""
    size = _SIZE * away
    power = np.pi * radiance * np.pi * (away**2 + size**2 / np.pi)
    colour = (float(tint[0]), float(tint[1]), float(tint[2]))
    return Lamp("area", power / meter.luminance(tint), colour, size_m=(size, size))


def _tint(colour: Array) -> Array:
    """Halfway between the colour of the light that is there and white."""
    own = colour / max(float(colour.max()), 1e-9)
    tint: Array = (own + 1.0) / 2
    return tint / tint.max()


def _hindered(scene: Any, lamp: Any, lit: _Lit, frames: list[int], passing: Sequence[Any]) -> bool:
    """Whether something else than what lets it pass stands between a lamp and heads and shoulders."""
    passed = {thing.name for thing in passing}
    kept = scene.frame_current
    try:
        for k in np.linspace(0, len(frames) - 1, _LOOKS).astype(int):
            scene.frame_set(frames[k])
            seen = bpy.context.evaluated_depsgraph_get()
            corners = [lamp.matrix_world @ Vector((x, y, 0.0)) for x, y in _across(lamp.data.size)]
            for target in lit.faces[2 * k] + np.array([[0.0, 0.0, 0.0], [0.0, 0.0, -_SHOULDERS_M]]):
                for corner in corners:
                    way = Vector(target.tolist()) - corner
                    reach = max(way.length - lit.radius_m - _HEAD_M, 0.0)
                    hit, _, _, _, thing, _ = scene.ray_cast(seen, corner, way.normalized(), distance=reach)
                    if hit and thing.name not in passed:
                        return True
        return False
    finally:
        scene.frame_set(kept)


def _across(size: float) -> list[tuple[float, float]]:
    """Middle and corners of a square lamp."""
    half = size / 2
    return [(0.0, 0.0), *((x, y) for x in (-half, half) for y in (-half, half))]


def _turned(toward: Array, azimuth: float, elevation: float) -> Array:
    """(K, 3) unit vectors, turned about the vertical to the camera's right and raised."""
    heading = np.arctan2(toward[:, 1], toward[:, 0]) + azimuth
    flat = np.stack([np.cos(heading), np.sin(heading), np.zeros(len(heading))], 1)
    return np.asarray(np.cos(elevation) * flat + np.sin(elevation) * np.array([0.0, 0.0, 1.0]))


def _only_in(lamp: Any, frames: list[int], count: int) -> None:
    absent = np.ones(count)
    absent[frames] = 0.0
    if absent.any():
        own = (
            lamp.animation_data.action.layers[0].strips[0].channelbag(lamp.animation_data.action_slot).fcurves
        )
        for path in ("hide_render", "hide_viewport"):
            key(own, path, range(count), absent[:, None], "CONSTANT")
