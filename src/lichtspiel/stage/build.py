"""The stage's whole work: from a screenplay to a world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Part, Quat, Tie, Vec3
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.place import Acoustics
from lichtspiel.screenplay import Action, Beat, Gravity, Screenplay, Weather
from lichtspiel.stage.actions import ACTIONS
from lichtspiel.stage.actions.acting import act
from lichtspiel.stage.actions.driving import driven, make_way
from lichtspiel.stage.actions.laying import worked_on
from lichtspiel.stage.actions.pendulums import bobs
from lichtspiel.stage.actions.people import moods, start_of
from lichtspiel.stage.added import act_later
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.doorways import hung, with_door, works_door
from lichtspiel.stage.filling import put_under_tap, seen_from_tap, streams_of
from lichtspiel.stage.furniture import use_own_furniture
from lichtspiel.stage.goals import centre_of, goals_of
from lichtspiel.stage.instance import Instance, as_vec3, build_instances, multiply, rng_for
from lichtspiel.stage.layout import Ground, main_ground, place_all
from lichtspiel.stage.lines import attend, dialogue, turn_to_each_other
from lichtspiel.stage.outlook import looked_along
from lichtspiel.stage.parts import first_beats, first_part, is_added
from lichtspiel.stage.people import cast_people, ground_body, place_people, placed
from lichtspiel.stage.requisites import bring_requisites, held_props
from lichtspiel.stage.schedule import done_s, starts
from lichtspiel.stage.seats import bring_chairs, seat_onlookers
from lichtspiel.stage.storm import under_thunder
from lichtspiel.stage.timeline import lay_out
from lichtspiel.stage.waiting import bring_bags, wait
from lichtspiel.stage.world import Body, Breakable, PlacedCloth, PlacedFigure, World

GRAVITY_M_S2: Mapping[Gravity, float] = {
    Gravity.EARTH: 9.80665,  # standard gravity, CGPM 1901
    Gravity.MOON: 1.625,  # NASA Moon fact sheet
    Gravity.MARS: 3.73,  # NASA Mars fact sheet
    Gravity.FREE_FALL: 0.0,
}
AIR_DENSITY: Mapping[Gravity, float] = {
    Gravity.EARTH: 1.204,  # dry air at 20 °C, 1013 hPa
    Gravity.MOON: 0.0,
    Gravity.MARS: 0.020,
    Gravity.FREE_FALL: 1.204,  # inside a station
}


_EYES_M = 1.5
_STEEP_DEG = 75.0
"""What is let go of so steeply rises, and is looked after."""
RAIN_LEVEL_DB = -36.0
SNOW_MUFFLES_DB = 4.0


def build(screenplay: Screenplay) -> World:
    """Place everything a screenplay names.

    A pure function of the screenplay and the library. Raises KeyError for a thing, place,
    material or colour that the library does not hold.
    """
    begins_s = _begins_s(screenplay)
    screenplay = use_own_furniture(screenplay)
    setting = screenplay.setting
    surroundings = catalogue.Surroundings(
        setting.time_of_day, setting.weather, setting.light, setting.ground, works_door(screenplay)
    )
    place = catalogue.build_place(setting.place, surroundings, rng_for(screenplay, "place"))
    place = under_thunder(screenplay, seen_from_tap(screenplay, looked_along(screenplay, place)))
    screenplay = with_door(screenplay, place)
    screenplay, notes = bring_requisites(bring_chairs(seat_onlookers(bring_bags(screenplay), place), place))
    cast = build_instances(screenplay)
    standing = _without(screenplay, held_props(screenplay) | driven(screenplay))
    place_all(standing, place, cast)
    door = hung(screenplay, place, cast)
    put_under_tap(standing, cast)
    people = cast_people(screenplay)
    place_people(standing, place, people, cast)
    blocking = Blocking(
        screenplay, place, main_ground(place), cast, GRAVITY_M_S2[setting.gravity], people=people
    )
    blocking.notes, blocking.door = [*blocking.notes, *notes], door
    blocking.begins_s = begins_s
    if any(beat.action is Action.PERFORM for beat in first_beats(screenplay)):
        first_s = blocking.world_s(screenplay.part_end_s(None)) if screenplay.goes_on_s else None
        blocking.starts = starts(screenplay, first_s or blocking.duration_s)
    if setting.wind_m_s is not None:
        blocking.wind = setting.wind_m_s * (0.85 * blocking.ground.right - 0.5 * blocking.ground.facing)
    make_way(blocking)
    turn_to_each_other(screenplay, people)
    moods(blocking)
    # What people let go of is theirs to send on its way.
    for beat in sorted(screenplay.beats, key=lambda beat: beat.subject not in people):
        if beat.subject in people:
            act(blocking, beat)
        elif is_added(screenplay, beat):
            act_later(blocking, beat, ACTIONS[beat.action])
        elif beat.subject not in blocking.let_go:
            ACTIONS[beat.action](blocking, beat)
    wait(blocking)
    return _assemble(_speaking(blocking))


def _begins_s(screenplay: Screenplay) -> float:
    """World time at which a film begins that was extended: in slow motion, shortly before its main event."""
    slow = any(shot.time_scale < 1 for shot in screenplay.shots)
    if not slow or not any(is_added(screenplay, beat) for beat in screenplay.beats):
        return 0.0
    return build(first_part(screenplay)).timeline[0].world_start_s


def _speaking(blocking: Blocking) -> Blocking:
    """The blocking with all lines in time, and with the looks that go with them."""
    if not blocking.screenplay.lines:
        return blocking
    screenplay = blocking.screenplay
    told = dialogue(screenplay, blocking.people, _done_s(blocking))
    blocking.screenplay = blocking.screenplay.model_copy(update={"lines": told.lines})
    blocking.spoken, blocking.notes = told.spoken, [*blocking.notes, *told.notes]
    times = [
        (blocking.world_s(spoken.film_s), blocking.world_s(screenplay.part_end_s(spoken.film_s)))
        for spoken in told.spoken
    ]
    attend(blocking.screenplay, blocking.people, told, times)
    return blocking


def _done_s(blocking: Blocking) -> dict[str, float]:
    """Film seconds at which the beats that lines come after have done what they are about, by path."""
    wanted = {line.after for line in blocking.screenplay.lines}
    beats = {f"beats[{index}]": beat for index, beat in enumerate(blocking.screenplay.beats)}
    return {
        path: blocking.film_s(done_s(beat, start_of(blocking, beat)))
        for path, beat in beats.items()
        if path in wanted and beat.subject in blocking.people
    }


def _without(screenplay: Screenplay, props: frozenset[str]) -> Screenplay:
    """The screenplay as far as it stands on the ground."""
    return screenplay.model_copy(update={"props": tuple(p for p in screenplay.props if p.id not in props)})


def _assemble(blocking: Blocking) -> World:
    screenplay, place, cast = blocking.screenplay, blocking.place, blocking.cast
    instances = [instance for group in cast.values() for instance in group]
    bodies = [_place_body(part) for part in place.parts]
    breakables: list[Breakable] = []
    for instance in instances:
        bodies += _bodies(instance)
        shards, broken = _shards(instance)
        bodies += shards
        breakables += broken
    acting = _acting(blocking)
    figures = tuple(placed(a, ground_body(place)) for group in blocking.people.values() for a in group)
    has_slow_start = all(beat.at_s is None for beat in first_beats(screenplay))
    return World(
        screenplay=screenplay,
        bodies=tuple(bodies),
        ties=tuple(tie for instance in instances for tie in _ties(instance)),
        cloths=tuple(cloth for instance in instances for cloth in _cloths(instance)),
        breakables=tuple(breakables),
        controls=tuple(blocking.controls),
        freedoms=tuple(blocking.freedoms),
        goals=goals_of(blocking),
        gravity=(0.0, 0.0, -blocking.gravity_m_s2),
        air_density=AIR_DENSITY[screenplay.setting.gravity],
        wind=as_vec3(blocking.wind),
        lamps=place.lamps,
        sky=place.sky,
        exposure_ev=place.exposure_ev,
        acoustics=_acoustics(place.acoustics, screenplay.setting.weather),
        camera_bounds=place.camera_bounds,
        action_centre=centre_of(acting) if acting else as_vec3(_middle(figures, blocking.ground)),
        facing=as_vec3(blocking.ground.facing),
        timeline=lay_out(screenplay, blocking.climax_s if has_slow_start else None),
        acting=(
            *(body for instance in acting for body in instance.bodies),
            *(body for body in worked_on(blocking) if body not in {b for i in acting for b in i.bodies}),
            *bobs(blocking),
            *(figure.name for figure in figures),
        ),
        framing={
            **{name: _seen_with(blocking, group) for name, group in cast.items()},
            **{name: tuple(a.name for a in group) for name, group in blocking.people.items()},
        },
        figures=figures,
        grips=tuple(blocking.grips),
        canters=tuple(blocking.canters),
        utterances=blocking.spoken,
        streams=streams_of(blocking),
        notes=tuple(blocking.notes),
    )


def _acting(blocking: Blocking) -> list[Instance]:
    """What acts or is acted on; everything where nothing does."""
    names: list[str] = []
    # Beside people, what drives past belongs to the background.
    passing = driven(blocking.screenplay) if blocking.people else frozenset()
    # What is thrown at somebody comes into the picture and leaves it.
    passing |= {beat.subject for beat in blocking.screenplay.beats if beat.target in blocking.people} - set(
        blocking.people
    )
    for beat in blocking.screenplay.beats:
        named = [beat.subject, beat.target or "ground", *(o.target or "ground" for o in beat.outcomes)]
        # What people sit on or look at is part of the set; what they send something at is not.
        names += named if beat.subject not in blocking.people else _aimed_at(blocking, beat)
    kept = [name for name in dict.fromkeys(names) if name in blocking.cast and name not in passing]
    acting = [i for name in kept for i in blocking.cast[name]]
    filled = {stream.vessel for stream in streams_of(blocking)}
    vessels = [i for group in blocking.cast.values() for i in group if filled & set(i.bodies)]
    if acting or blocking.people or vessels:
        return acting or vessels
    return [instance for group in blocking.cast.values() for instance in group]


def _seen_with(blocking: Blocking, group: Sequence[Instance]) -> tuple[str, ...]:
    """The bodies of things, and of what people pour into them from."""
    own = tuple(body for instance in group for body in instance.bodies)
    sources = (stream.source for stream in blocking.streams if stream.vessel in own)
    return (*own, *dict.fromkeys(name for name in sources if name is not None and name not in own))


def _aimed_at(blocking: Blocking, beat: Beat) -> list[str]:
    """The thing that somebody kicks or throws something at; where that goes afterwards is not followed."""
    motion = catalogue.motions()[beat.motion] if beat.motion is not None else None
    aimed = blocking.cast.get(beat.target or "", [])
    if motion is not None and motion.kind == "locomotion":
        # Who rides or rows is seen with what carries them.
        carriers = [name for name in (*beat.using, beat.target or "") if name in blocking.cast]
        return [name for name in carriers if blocking.cast[name][0].entry.id in motion.mounts]
    if motion is not None and motion.release is not None and motion.release.elevation_deg > _STEEP_DEG:
        return [name for name in beat.using if name in blocking.cast]
    if motion is None or not aimed or beat.action is not Action.PERFORM:
        return []
    kicked = [name for name, group in blocking.cast.items() if group[0].entry.id in motion.before]
    if motion.release is None and (not kicked or beat.target in kicked or motion.using):
        return []
    return [str(beat.target)]


def _acoustics(place: Acoustics, weather: Weather) -> Acoustics:
    """Out of doors rain is louder than whatever else a place sounds like; snow muffles it."""
    if place.room_m is not None:
        return place
    if weather is Weather.RAIN:
        return replace(place, bed="rain", bed_level_db=max(place.bed_level_db, RAIN_LEVEL_DB))
    if weather is Weather.SNOW:
        return replace(place, bed="wind", bed_level_db=place.bed_level_db - SNOW_MUFFLES_DB)
    return place


def _middle(figures: Sequence[PlacedFigure], ground: Ground) -> Array:
    """Of the people; where there is nobody, at eye height over the ground."""
    if not figures:
        return ground.at(0.0, 0.0, _EYES_M)
    feet = np.array([figure.position for figure in figures]).mean(0)
    return np.asarray(feet + [0.0, 0.0, 0.55 * float(np.mean([f.person.height_m for f in figures]))])


def _place_body(part: Part) -> Body:
    return Body(f"place/{part.name}", "place", part, part.position, part.orientation, moves=False)


def _pose(instance: Instance, part: Part) -> tuple[Vec3, Quat]:
    return as_vec3(instance.to_world(part.position)), multiply(instance.orientation, part.orientation)


def _bodies(instance: Instance) -> list[Body]:
    moving: set[str] = set()
    bodies = []
    for part in instance.asset.parts:
        if part.joint.kind != "fixed" or part.parent in moving:
            moving.add(part.name)
        position, orientation = _pose(instance, part)
        free = part.parent is None and part.joint.kind == "free"
        # The velocity is that of the root; other loose parts move with it: v + ω × r.
        lever = np.array(position) - instance.to_world(instance.root.position)
        bodies.append(
            Body(
                name=instance.body(part),
                prop=instance.prop.id,
                part=part,
                position=position,
                orientation=orientation,
                moves=part.name in moving,
                parent=instance.body(part.parent) if part.parent else None,
                velocity=as_vec3(instance.velocity + np.cross(instance.angular_velocity, lever) * free),
                angular_velocity=as_vec3(instance.angular_velocity),
                joint_offset=instance.joint_offsets.get(part.name, 0.0),
            )
        )
    return bodies


def _shards(instance: Instance) -> tuple[list[Body], list[Breakable]]:
    bodies: list[Body] = []
    breakables: list[Breakable] = []
    parts = {part.name: part for part in instance.asset.parts}
    for fracture in instance.asset.fractures:
        whole = parts[fracture.part]
        position, orientation = _pose(instance, whole)
        names = []
        for index, shard in enumerate(fracture.shards):
            name = f"{instance.body(whole)}#{index + 1}"
            offset = rotation_matrix(orientation) @ np.array(shard.position)
            turned = multiply(orientation, shard.orientation)
            place = as_vec3(np.array(position) + offset)
            bodies.append(Body(name, instance.prop.id, shard, place, turned, moves=True))
            names.append(name)
        breakables.append(Breakable(instance.body(whole), fracture.impulse_ns, tuple(names)))
    return bodies, breakables


def _ties(instance: Instance) -> list[Tie]:
    def body(name: str) -> str:
        return instance.body(name) if name else ""

    ties = []
    for tie in instance.asset.ties:
        # A point that is tied to the world is given in the asset's frame.
        first = tie.first_point if tie.first else as_vec3(instance.to_world(tie.first_point))
        second = tie.second_point if tie.second else as_vec3(instance.to_world(tie.second_point))
        ties.append(Tie(tie.kind, body(tie.first), body(tie.second), first, second, tie.length_m))
    return ties


def _cloths(instance: Instance) -> list[PlacedCloth]:
    placed = []
    for cloth in instance.asset.cloths:
        name = f"{instance.name}/{cloth.name}"
        position = as_vec3(instance.position)
        placed.append(PlacedCloth(name, instance.prop.id, cloth, position, instance.orientation))
    return placed
