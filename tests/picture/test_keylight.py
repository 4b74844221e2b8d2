"""Light for faces: the meter tells the truth, and a dark place gets a key light that people alone see."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np
import pytest

from lichtspiel import camera, motion, physics, stage
from lichtspiel.library.place import Lamp
from lichtspiel.picture import keylight, meter
from lichtspiel.picture.film import Film, build
from lichtspiel.picture.light import add_lamp
from lichtspiel.picture.quality import DRAFT
from lichtspiel.picture.settings import new_scene
from lichtspiel.screenplay import (
    Action,
    Beat,
    Character,
    Light,
    Screenplay,
    Setting,
    Shot,
    ShotSize,
    TimeOfDay,
    Weather,
)
from lichtspiel.stage import World

pytestmark = pytest.mark.render


def filmed(setting: Setting) -> tuple[World, Film]:
    """A woman who stands there, as the picture room sees her."""
    screenplay = Screenplay(
        title="A woman stands",
        duration_s=0.5,
        setting=setting,
        cast=(Character(id="woman", role="woman", age_years=30, skin="light"),),
        beats=(Beat(subject="woman", action=Action.STAND),),
        shots=(Shot(size=ShotSize.MEDIUM),),
    )
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world))
    return world, build(world, take, camera.plan(world, take), DRAFT)


def test_cards_read_what_a_lamp_sends_and_from_which_side() -> None:
    scene = new_scene()
    camera_ = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(camera_)
    scene.camera = camera_
    toward, power, away = np.array([0.0, -1.0, 0.0]), 40.0, 2.0
    # From ahead and to the camera's right.
    place = away * np.array([np.sin(0.5), -np.cos(0.5), 0.0])
    lamp = Lamp("point", power, position=tuple(place.tolist()), size_m=(0.01, 0.01))
    add_lamp(scene, lamp, "lamp")
    colours, right = meter.read(scene, (), np.zeros(3), toward, 1)
    irradiance = power / (4 * np.pi * away**2)
    # A white card that reflects evenly has the radiance E·cos/π.
    assert meter.luminance(colours[1]) == pytest.approx(irradiance * np.cos(0.5) / np.pi, rel=0.06)
    assert meter.luminance(colours[2]) > meter.luminance(colours[0])
    np.testing.assert_allclose(right, [1.0, 0.0, 0.0], atol=1e-9)
    assert scene.camera is camera_
    assert not [thing for thing in bpy.data.objects if thing.name.startswith(("card", "meter"))]


def test_a_face_in_a_dark_place_gets_light_that_leaves_the_place_as_it_is() -> None:
    world, film = filmed(Setting(place="hotel_corridor", light=Light.DARK))
    lamps = [thing for thing in film.scene.objects if "light of shot" in thing.name]
    assert len(lamps) == 2
    for lamp in lamps:
        lit = set(lamp.light_linking.receiver_collection.objects)
        assert lit
        assert all(thing.name.startswith("woman") for thing in lit)
        assert not lamp.visible_camera
    assert keylight.mood(world) == "dark"


def staged(place: str, light: Light = Light.NATURAL, hour: TimeOfDay = TimeOfDay.AFTERNOON) -> World:
    setting = Setting(place=place, light=light, time_of_day=hour)
    return stage.build(Screenplay(title="Place", setting=setting, shots=(Shot(),)))


def test_a_room_is_exposed_longer_for_who_sits_in_a_dim_corner() -> None:
    room = staged("living_room")
    metered = 2.0**-room.exposure_ev
    dim, dimmer = ([share * metered] * 3 for share in (0.3, 0.15))
    assert keylight.opened_ev(room, [dim]) > 0.5
    assert keylight.opened_ev(room, [dimmer]) > keylight.opened_ev(room, [dim])
    assert keylight.opened_ev(room, [[3.0 * metered, *dim[1:]]]) > 0.5, "beside a window"
    assert -0.3 <= keylight.opened_ev(room, [[5.0 * metered] * 3]) < 0.0


def test_the_shade_between_houses_is_exposed_longer_by_day() -> None:
    street = staged("street")
    metered = 2.0**-street.exposure_ev
    assert keylight.opened_ev(street, [[0.15 * metered] * 3]) > 0.5
    assert keylight.opened_ev(street, [[2.0 * metered] * 3]) == 0.0, "what lies in the sun stays as it is"


def test_at_dusk_at_night_and_against_the_light_the_place_decides() -> None:
    outdoors = (staged("lawn", hour=hour) for hour in (TimeOfDay.SUNSET, TimeOfDay.DUSK, TimeOfDay.NIGHT))
    for world in (*outdoors, staged("living_room", Light.BACKLIGHT)):
        assert keylight.opened_ev(world, [[0.01, 0.01, 0.01]]) == 0.0


def test_flakes_before_a_lit_face_are_lit_with_it() -> None:
    _, film = filmed(Setting(place="yard", weather=Weather.SNOW, time_of_day=TimeOfDay.NIGHT))
    lamps = [thing for thing in film.scene.objects if "light of shot" in thing.name]
    assert lamps
    for lamp in lamps:
        lit = [thing.name for thing in lamp.light_linking.receiver_collection.objects]
        assert any(name.startswith("snow") for name in lit)


def test_a_lamp_is_hindered_by_a_wall_but_not_by_whom_it_lights() -> None:
    scene = new_scene()
    lamp = add_lamp(scene, Lamp("area", 10.0, position=(0.0, -2.0, 1.6), size_m=(0.5, 0.5)), "key")
    lamp.rotation_quaternion = (np.sqrt(0.5), np.sqrt(0.5), 0.0, 0.0)
    lit = keylight._Lit(np.tile([0.0, 0.0, 1.6], (2, 1)), 0.0, np.tile([0.0, -3.0, 1.6], (2, 1)), 0.3, 0)
    bpy.ops.mesh.primitive_cube_add(size=1.0, location=(0.0, -1.0, 1.6))
    between = bpy.context.object
    assert keylight._hindered(scene, lamp, lit, [0], [])
    assert not keylight._hindered(scene, lamp, lit, [0], [between])
    between.location = (0.0, 3.0, 1.6)
    assert not keylight._hindered(scene, lamp, lit, [0], [])


def test_a_lamp_below_a_low_ceiling_hangs_lower() -> None:
    faces, cameras = np.tile([0.0, 0.0, 1.6], (2, 1)), np.tile([0.0, -3.0, 1.6], (2, 1))
    lit = keylight._Lit(faces, 0.0, cameras, 0.3, 0)
    scene = new_scene()

    def hung(closer: float) -> Any:
        lamp = add_lamp(scene, Lamp("area", 10.0, size_m=(0.4, 0.4)), "rim")
        way = keylight._turned(np.tile([0.0, -1.0, 0.0], (2, 1)), 2.45, 0.7 * closer)
        keylight._place(lamp, lit, [0], 2.0 * closer * way)
        return lamp

    def height(lamp: Any) -> float:
        scene.frame_set(0)
        return float(lamp.matrix_world.translation.z)

    high, hindered = keylight._free(scene, hung, lit, [0], [])
    assert not hindered
    top = height(high)
    bpy.data.lights.remove(high.data)
    bpy.ops.mesh.primitive_plane_add(size=8.0, location=(0.0, 0.0, 2.75))
    ceiling = bpy.context.object
    low, hindered = keylight._free(scene, hung, lit, [0], [])
    assert not hindered
    assert 1.6 < height(low) < top - 0.2
    bpy.data.lights.remove(low.data)
    # Where none is free, it casts no shadow of the ceiling, from where it would hang without.
    ceiling.location.z = 1.7
    high, hindered = keylight._free(scene, hung, lit, [0], [])
    assert hindered
    assert height(high) == pytest.approx(top)
    assert sum(thing.type == "LIGHT" for thing in scene.objects) == 1
