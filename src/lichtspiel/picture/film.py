"""A whole film as a Blender scene: world, take and camera track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lichtspiel.camera import CameraTrack
from lichtspiel.library import catalogue
from lichtspiel.library.people import figure_of
from lichtspiel.library.records import LookEntry
from lichtspiel.picture import animate
from lichtspiel.picture import scene as staging
from lichtspiel.picture.breath import add_breath
from lichtspiel.picture.clock import Clock
from lichtspiel.picture.keylight import add_key_lights
from lichtspiel.picture.light import add_lamp, set_sky
from lichtspiel.picture.lightning import add_lightning
from lichtspiel.picture.materials import Materials
from lichtspiel.picture.panes import LOOK as RAINED_PANE
from lichtspiel.picture.panes import RainedPanes
from lichtspiel.picture.people import build as build_person
from lichtspiel.picture.people import closeness_of
from lichtspiel.picture.puddles import Puddles
from lichtspiel.picture.quality import Quality
from lichtspiel.picture.settings import (
    new_scene,
    set_denoising,
    set_picture,
    set_sampling,
    use_device,
)
from lichtspiel.picture.splashes import add_splashes
from lichtspiel.picture.streams import add_streams
from lichtspiel.picture.ties import add_ties
from lichtspiel.picture.weather import add_precipitation, rained_on, weathered
from lichtspiel.stage.pools import has_puddles, pools_of
from lichtspiel.stage.world import Body, PlacedCloth, World
from lichtspiel.take import Take, rainfall
from lichtspiel.take.lightning import strikes


@dataclass(frozen=True, eq=False)
class Film:
    """The scene, and what is known of it beyond what Blender knows."""

    scene: Any
    moving: tuple[Any, ...]
    """Objects that move, appear or vanish in the film."""
    shot_of: tuple[int, ...]
    """Shot of every frame."""
    locked: tuple[bool, ...]
    """Per shot: its camera does not move."""
    same_as: tuple[int, ...]
    """For every frame the first one that shows the same; itself when there is none."""
    device: str

    @property
    def frame_count(self) -> int:
        return len(self.shot_of)


def build(world: World, take: Take, track: CameraTrack, quality: Quality) -> Film:
    """Blender's scene of a film, keyed from its first frame to its last.

    Raises UnknownLookError when a surface names a look the library does not hold.
    """
    scene = new_scene()
    count = animate.frame_count(world, quality)
    _set_time(scene, quality, count)
    times = animate.world_times(world, count, quality.fps)
    clock = Clock(count, times)
    puddles, looks = _weather(world, take, clock)
    materials = Materials(looks, puddles, RainedPanes(clock))
    animated = set(animate.moving_names(take, times))
    moving = []
    for body in _shown(world, take):
        made = _add_body(scene, body, take, float(times[0]), materials)
        if body.name in animated:
            animate.key_body(made, take, body.name, count, times)
        if body.name in animated or _runs_with_rain(body):
            moving.append(made)
    for cloth in world.cloths:
        made = _add_cloth(scene, cloth, materials)
        if cloth.name in take.cloths:
            staging.place(made, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0))
            animate.key_cloth(made, take, cloth.name, count, times)
            moving.append(made)
    moving += add_ties(scene, world, take, count, times, materials)
    begins = rainfall.begins_s(world, take) * quality.fps
    falling = add_precipitation(scene, world, track, count, times, begins)
    falling += add_splashes(scene, world, take, count, times, materials)
    falling += add_streams(scene, world, take, count, times, materials)
    falling += add_breath(scene, world, take, count, times)
    people = [
        build_person(
            scene,
            placed.name,
            figure_of(placed.person, seen.hair_share),
            take.figures[placed.name],
            count,
            times,
            seen,
            materials,
        )
        for placed in world.figures
        for seen in (closeness_of(placed, take.figures[placed.name], world, track, quality),)
    ]
    shown = [thing for actor in people for thing in actor.things]
    moving += [*falling, *shown]
    for index, lamp in enumerate(world.lamps):
        made = add_lamp(scene, lamp, f"lamp {index + 1}")
        if lamp.turn_rad_s:
            animate.key_turning(made, lamp.turn_rad_s, count, times)
    set_sky(scene, world.sky)
    flashes = add_lightning(scene, world, track, strikes(world, take), count, quality.fps)
    animate.add_cameras(scene, track, quality, count)
    set_sampling(scene, quality.samples)
    set_denoising(scene, accurate=quality.accurate)
    set_picture(scene, quality.width, quality.height, world.exposure_ev)
    add_key_lights(scene, world, take, track, quality, times, shown, falling)
    # Where the light itself moves, nothing in the picture stays as it was.
    steady = not any(lamp.turn_rad_s for lamp in world.lamps)
    locked = tuple(shot.locked and steady for shot in track.shots)
    shot_of = tuple(track.shots.index(track.shot_at(frame / quality.fps)) for frame in range(count))
    names = [*animated, *take.cloths]
    same_as = animate.repeats(take, names, times, [(shot, locked[shot]) for shot in shot_of])
    if people or falling or flashes or any(map(_runs_with_rain, world.bodies)):
        # The living breathe, rain falls, lightning fades: no frame is like the one before.
        same_as = tuple(range(count))
    return Film(scene, tuple(moving), shot_of, locked, same_as, use_device(scene))


def _weather(world: World, take: Take, clock: Clock) -> tuple[Puddles | None, Mapping[str, LookEntry]]:
    """The water that stands on the ground, and how wet everything is. Rain that comes later finds it dry."""
    dry = rainfall.begins_dry(world, take)
    rains, pools = rained_on(world) and not dry, pools_of(world)
    stands = has_puddles(world) and (not dry or world.screenplay.setting.wet or bool(pools))
    puddles = Puddles(clock, rains, pools) if stands else None
    return puddles, weathered(catalogue.looks(), rains, stands)


def _runs_with_rain(body: Body) -> bool:
    return any(surface.look == RAINED_PANE for surface in body.part.surfaces)


def _set_time(scene: Any, quality: Quality, count: int) -> None:
    scene.render.fps, scene.render.fps_base = quality.fps, 1.0
    scene.frame_start, scene.frame_end = 0, count - 1
    scene.render.use_motion_blur = True
    scene.render.motion_blur_shutter = animate.SHUTTER
    scene.render.motion_blur_position = "CENTER"


def _shown(world: World, take: Take) -> list[Body]:
    """All that has a look, without the shards of what stays whole."""
    shards = {shard for breakable in world.breakables for shard in breakable.shards} - set(take.names)
    return [body for body in world.bodies if body.part.mesh is not None and body.name not in shards]


def _add_body(scene: Any, body: Body, take: Take, start_s: float, materials: Materials) -> Any:
    made = staging.add_part(scene, body.name, body.part, materials)
    staging.place(made, body.position, body.orientation)
    if body.name in take.names:
        position, orientation = take.pose(body.name, start_s)
        staging.place(made, tuple(position.tolist()), tuple(orientation.tolist()))
        made.hide_render = not take.is_present(body.name, start_s)
    return made


def _add_cloth(scene: Any, placed: PlacedCloth, materials: Materials) -> Any:
    made = staging.add_mesh(scene, placed.name, placed.cloth.mesh, placed.cloth.surfaces, materials)
    staging.place(made, placed.position, placed.orientation)
    return made
