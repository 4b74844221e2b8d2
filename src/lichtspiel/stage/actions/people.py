"""What people do: the directions that a figure gets from a beat of the screenplay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Vec3
from lichtspiel.screenplay import Action, Beat, Expression, Gaze, Placement, View
from lichtspiel.stage.actions.doors import come_in
from lichtspiel.stage.beds import ON_BACK_DEG, lie_in_bed
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.doorways import enters
from lichtspiel.stage.gaze import eyes_of, followed, gaze_of, gaze_point
from lichtspiel.stage.instance import as_vec3, facing_yaw
from lichtspiel.stage.layout import Ground
from lichtspiel.stage.parts import is_added
from lichtspiel.stage.people import Actor, people_ground, spot_ground
from lichtspiel.stage.seats import Seat, seats_for
from lichtspiel.stage.ways import stretch
from lichtspiel.stage.world import Direction

WALK_M_S = 1.3
"""Comfortable pace of a grown-up (Bohannon 1997: 1.27–1.46 m/s at twenty to sixty)."""
GROWN_M = 1.72
"""Height that WALK_M_S belongs to; others walk at the same Froude number."""
BREEZE_M_S = 6.0
"""A fresh breeze's lower end (Beaufort 4): capes and scarves fly."""
_ENTRANCE_M = 0.4
"""How far right of the middle those come who come later: from their own side."""
_THERE_M = 1.5
"""Who is so near to a spot is there."""
_CHASED_M, _CLOSE_M, _ABREAST_M = 2.2, 0.9, 0.7
"""How far behind who is chased another begins, how much nearer they come, and how far abreast several run."""
_ON_S = 0.6
"""Who is on the way has not begun to stop when the film ends."""
GLANCE_S = 1.3
"""How long a look around rests on each side."""


def pace_m_s(actor: Actor, beat: Beat) -> float:
    """How fast someone walks: by the length of their legs, their age and the beat's speed."""
    years = actor.person.age_years
    age = float(np.interp(years, [2, 8, 20, 60, 80, 95], [0.8, 1.0, 1.0, 0.95, 0.75, 0.55]))
    return WALK_M_S * float(np.sqrt(actor.person.height_m / GROWN_M)) * age * beat.speed


def stand(blocking: Blocking, beat: Beat) -> None:
    """Stands where they are."""
    _each(blocking, beat, lambda start: Direction(Action.STAND, start))


def lie(blocking: Blocking, beat: Beat) -> None:
    """Lies where they are, or in bed."""
    lie_in_bed(blocking, beat, blocking.people[beat.subject], ON_BACK_DEG)
    _each(blocking, beat, lambda start: Direction(Action.LIE, start))


def sit(blocking: Blocking, beat: Beat) -> None:
    """Takes a seat each; who finds none stands, and the notes say so."""
    actors = blocking.people[beat.subject]
    seats = seats_for(blocking, beat, len(actors))
    start = start_of(blocking, beat)
    for actor, seat in zip(actors, seats, strict=False):
        seat_at(actor, seat, 0.0 if beat.at_s is None else start)
    if len(seats) < len(actors):
        index = blocking.number_of(beat)
        blocking.notes.append(
            (f"beats[{index}].action", f"seats for {len(seats)} of {len(actors)} were found")
        )
        for actor in actors[len(seats) :]:
            actor.directions.append(Direction(Action.STAND, start))


def seat_at(actor: Actor, seat: Seat, start: float) -> None:
    """Take a seat at a time; from the first moment on, simply there."""
    position, yaw = seat.below(actor.physique), facing_yaw(seat.facing)
    if start <= 0:
        actor.position, actor.yaw, actor.seat = position, yaw, True
    actor.directions.append(
        Direction(
            Action.SIT, start, position=as_vec3(position), yaw=yaw, seat_height_m=seat.height_m,
        )
    )  # fmt: skip


def walk(blocking: Blocking, beat: Beat) -> None:
    """Along a straight way that lasts for the film, or up to the target."""
    start = start_of(blocking, beat)
    for number, actor in enumerate(blocking.people[beat.subject]):
        if blocking.door is not None and enters(beat) and _is_new(blocking, beat, actor):
            come_in(blocking, blocking.door, beat, actor, number, start)
            continue
        path = way_of(blocking, beat, actor, pace_m_s(actor, beat), start)
        actor.directions.append(Direction(Action.WALK, start, path=path, speed=beat.speed))


def _is_new(blocking: Blocking, beat: Beat, actor: Actor) -> bool:
    return not is_added(blocking.screenplay, beat) and not has_acted(actor)


def way_of(
    blocking: Blocking, beat: Beat, actor: Actor, speed_m_s: float, start: float, ground: Ground | None = None
) -> tuple[Vec3, ...]:
    """Where someone goes at a speed from a time on. Who has done nothing yet begins where the way is
    centred in the place, or on a `ground` of it, and faces along it."""
    ground = ground or people_ground(blocking.place)
    length = speed_m_s * (max(0.8, blocking.until_s(beat) - start) + _ON_S)
    fresh = _is_new(blocking, beat, actor)
    aim = _aim(blocking, beat)
    enters = aim is None and beat.spot is not None and gaze_of(beat) is None
    aim = ground.centre.copy() if enters else aim
    if aim is None and actor.character.comes_s is not None and actor.character.placement == Placement():
        aim = ground.at(_ENTRANCE_M, 0.0)
    if aim is not None:
        way = aim - actor.position
        way[2] = 0.0
        reach = float(np.linalg.norm(way))
        if fresh and not enters:
            actor.position = aim - way / reach * min(length, max(reach, 1.5))
            actor.position[2] = ground.centre[2]
        end = aim - way / reach * 0.6
    else:
        free = _free_way(blocking, beat, actor, ground, length, fresh=fresh)
        if fresh:
            actor.position = actor.position + free.begins_m * free.heading
        end = actor.position + free.length_m * free.heading
    heading = end - actor.position
    if fresh:
        actor.yaw = facing_yaw(heading / np.linalg.norm(heading))
    return (as_vec3(np.array([*end[:2], ground.centre[2]])),)


@dataclass(frozen=True, eq=False)
class _Way:
    """Where somebody goes whom nothing draws: from `begins_m` of where they stand, along a unit vector."""

    heading: Array
    begins_m: float
    length_m: float


def _free_way(
    blocking: Blocking, beat: Beat, actor: Actor, ground: Ground, length_m: float, *, fresh: bool
) -> _Way:
    """Across the ground where people stand, and on beyond as far as the place is open; who is fast takes
    another way where that is longer and nothing is said of it."""
    heading = _heading(blocking, beat)
    room = np.array([abs(heading @ ground.right), abs(heading @ ground.facing)])
    free_m = min(size / share for size, share in zip(ground.size_m, room, strict=True) if share > 0.1)
    best = _Way(heading, -min(length_m, free_m) / 2, min(length_m, free_m))
    if length_m <= free_m:
        return best
    others = [ground.right, ground.facing] if _is_fast(beat) and fresh and gaze_of(beat) is None else []
    where = ground if fresh else Ground(actor.position, ground.facing, ground.size_m)
    for tried in (heading, *others):
        back, ahead = stretch(blocking.place, where, tried)
        back = back if fresh else 0.0
        long_m = min(length_m, ahead - back)
        if long_m > best.length_m + 1e-6:
            best = _Way(tried, float(np.clip(-long_m / 2, back, ahead - long_m)), long_m)
    return best


def _is_fast(beat: Beat) -> bool:
    """Whether somebody runs, rides or glides, so that they are soon out of any picture."""
    entry = catalogue.motions()[beat.motion] if beat.motion else None
    return entry is not None and entry.is_fast


def behind_others(blocking: Blocking, beat: Beat, actor: Actor) -> tuple[Vec3, ...]:
    """The way of who chases somebody that is on their way already: the same, from behind them. Nothing where
    they are not, or where who chases has done something else before."""
    for other in blocking.people.get(beat.target or "", []):
        paths = [told.path for told in other.directions if told.path]
        if paths and other is not actor and _is_new(blocking, beat, actor):
            end = np.array(paths[0][-1])
            way = (end - other.position) / max(float(np.linalg.norm(end - other.position)), 1e-6)
            aside = np.cross([0.0, 0.0, 1.0], way)
            number = blocking.people[beat.subject].index(actor)
            offset = _CHASED_M * way * (1 + 0.5 * number) + _ABREAST_M * (number % 2) * aside
            actor.position, actor.yaw = other.position - offset, other.yaw
            return (as_vec3(end + _CLOSE_M * way - offset),)
    return ()


def look(blocking: Blocking, beat: Beat) -> None:
    """Turns eyes and head to a person, a thing, a spot or a way."""
    start = start_of(blocking, beat)
    for actor in blocking.people[beat.subject]:
        if beat.gaze is Gaze.AROUND and beat.target is None:
            actor.directions += _around(blocking, beat, actor, start)
            continue
        follows = followed(blocking, beat, actor)
        point = None if follows else gaze_point(blocking, beat, actor)
        target = None if point is None else as_vec3(point)
        actor.directions.append(
            Direction(Action.LOOK, start, target=target, follows=follows, speed=beat.speed)
        )
    express(blocking, beat)


def express(blocking: Blocking, beat: Beat) -> None:
    """The face changes to the beat's expression, where it names one."""
    if beat.expression is not None:
        mood: Expression = beat.expression
        _each(blocking, beat, lambda start: Direction(
            Action.EXPRESS, start, expression=mood, intensity=beat.intensity, speed=beat.speed
        ))  # fmt: skip


def blow(blocking: Blocking, beat: Beat) -> None:
    """Stands while the wind takes hold of what hangs from them: a cape, a coat, long hair."""
    stand(blocking, beat)
    if not np.any(blocking.wind):
        ground = people_ground(blocking.place)
        blocking.wind = BREEZE_M_S * (0.85 * ground.right - 0.5 * ground.facing)


_WHOLE_BODY = frozenset({Action.STAND, Action.SIT, Action.LIE, Action.WALK, Action.PERFORM})


def has_acted(actor: Actor) -> bool:
    """Whether something that the whole body does has been asked of somebody."""
    return any(direction.action in _WHOLE_BODY for direction in actor.directions)


def moods(blocking: Blocking) -> None:
    """Everyone starts with the expression of their character."""
    for actors in blocking.people.values():
        for actor in actors:
            mood = actor.character.expression
            if mood is not Expression.NEUTRAL:
                actor.directions.append(Direction(Action.EXPRESS, 0.0, expression=mood))


def go_to(blocking: Blocking, beat: Beat) -> None:
    """At the beat's spot from its start on; before the film begins, simply there."""
    assert beat.spot is not None
    ground = spot_ground(blocking.place, beat.spot)
    index = blocking.number_of(beat)
    if ground is None:
        name = blocking.screenplay.setting.place
        blocking.notes.append(
            (f"beats[{index}].spot", f"the {name} has no {beat.spot}; they stay where they are")
        )
        return
    start = start_of(blocking, beat)
    actors = blocking.people[beat.subject]
    for number, actor in enumerate(actors):
        position = ground.at((number - (len(actors) - 1) / 2) * 0.62, 0.0)
        yaw = facing_yaw(ground.facing)
        acts = has_acted(actor)
        if acts and (beat.action is Action.WALK or _is_near(actor, position)):
            continue
        if not acts and (beat.at_s is None or start <= 0):
            actor.position, actor.yaw = position, yaw
        else:
            actor.directions.append(Direction(Action.STAND, start, position=as_vec3(position), yaw=yaw))


def _is_near(actor: Actor, position: Array) -> bool:
    return float(np.linalg.norm((actor.position - position)[:2])) < _THERE_M


def _each(blocking: Blocking, beat: Beat, direction: Callable[[float], Direction]) -> None:
    start = start_of(blocking, beat)
    for actor in blocking.people[beat.subject]:
        actor.directions.append(direction(start))


def start_of(blocking: Blocking, beat: Beat) -> float:
    """World time of a beat. Postures hold from the first moment; looks and moods of one person
    follow each other evenly when the screenplay gives no times."""
    index = blocking.number_of(beat)
    if index in blocking.starts:
        return blocking.starts[index]
    if beat.at_s is not None:
        return blocking.start_of(beat)
    if beat.action not in (Action.LOOK, Action.EXPRESS):
        return 0.0
    alike = [b for b in blocking.screenplay.beats if b.subject == beat.subject and b.action is beat.action]
    first = blocking.start_of(beat)
    alike = [other for other in alike if not is_added(blocking.screenplay, other)]
    return first + alike.index(beat) * max(0.0, blocking.until_s(beat) - first) / len(alike)


def _around(blocking: Blocking, beat: Beat, actor: Actor, start: float) -> list[Direction]:
    eyes = eyes_of(actor)
    right = people_ground(blocking.place).right
    rng = blocking.rng(f"around:{actor.name}")
    directions, time, side = [], start, float(rng.choice([-1.0, 1.0]))
    while time < blocking.until_s(beat):
        point = eyes + 4.0 * (0.8 * actor.ahead + side * rng.uniform(0.5, 1.0) * right)
        directions.append(Direction(Action.LOOK, time, target=as_vec3(point), speed=beat.speed))
        time += GLANCE_S * float(rng.uniform(0.7, 1.4)) / beat.speed
        side = -side
    return directions


def _aim(blocking: Blocking, beat: Beat) -> Array | None:
    """What a walk leads to, on the ground; None for a mere direction."""
    if beat.target is None and beat.destination is not None:
        ground = spot_ground(blocking.place, beat.destination)
        return None if ground is None else np.array(ground.centre)
    if beat.target is None:
        return None
    if beat.target in blocking.people:
        return blocking.people[beat.target][0].position.copy()
    if beat.target in blocking.cast:
        return blocking.cast[beat.target][0].position.copy()
    return None


def _heading(blocking: Blocking, beat: Beat) -> Array:
    """Unit vector of a walk: toward the camera unless the beat or the view says otherwise."""
    ground = people_ground(blocking.place)
    gaze = gaze_of(beat)
    right, facing = ground.right, ground.facing
    match gaze:
        case Gaze.CAMERA:
            return facing
        case Gaze.AWAY:
            return -facing
        case Gaze.LEFT:
            return -right
        case Gaze.RIGHT:
            return right
    view = blocking.screenplay.shots[0].view
    ways = {View.SIDE: right, View.BEHIND: -facing, View.FRONT: facing}
    way = ways.get(view, facing + 0.45 * right)
    return np.asarray(way / np.linalg.norm(way))
