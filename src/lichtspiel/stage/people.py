"""The cast on the stage: who they are, where they stand or sit before anything happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people import population
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.place import PlaceAsset, Spot
from lichtspiel.screenplay import Action, Beat, Character, Relation, Screenplay, View, Wear, Weather
from lichtspiel.stage.groups import Stand, stands
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw, rng_for
from lichtspiel.stage.layout import ASIDE_M, RAISED_M, Ground, main_ground
from lichtspiel.stage.parts import first_beats
from lichtspiel.stage.world import Direction, PlacedFigure

COLD_PLACES = frozenset({"snowfield"})
"""Where people dress warmly in any weather."""
REACH_M = 5.0
"""Half the width of the ground that pictures of people usually show, at most."""
BACKGROUND_M, BACKGROUND_ASIDE_M = 2.6, 1.15
"""How far behind and beside the action those stand who are seen in the background."""
THREE_QUARTER_RAD = np.radians(28.0)
"""From the front to a camera that looks on from three quarters: what is behind the action is aslant of it."""
CROWD = 12
"""From this many on, people of one kind are a crowd that others move through."""
_LANE_M = 1.0
"""Width of the way that a crowd leaves them."""
_AHEAD_M = 1.5
"""How far before the middle of a crowd the middle of their way lies: it ends in the open."""
ELBOW_ROOM_M = 0.25
"""Clear way between a person and the thing they stand by."""


@dataclass
class Actor:
    """One person while the stage places and directs them."""

    name: str
    character: Character
    person: Person
    physique: Physique
    position: Array = field(default_factory=lambda: np.zeros(3))
    yaw: float = 0.0
    directions: list[Direction] = field(default_factory=list)
    seat: bool = False
    """They sit from the start."""
    stands_on: str | None = None
    """Body of a thing that carries them; None = the ground."""

    @property
    def eye_height_m(self) -> float:
        """Of the standing figure."""
        return float(self.physique.eye("l")[0][2])

    @property
    def ahead(self) -> Array:
        """Unit vector that the figure faces along."""
        return np.array([np.sin(self.yaw), -np.cos(self.yaw), 0.0])


def cast_people(screenplay: Screenplay) -> dict[str, list[Actor]]:
    """Everyone of the cast, by the character's id. Raises PackMissingError, KeyError."""
    setting = screenplay.setting
    # Nobody keeps a raincoat on indoors for the rain on the window.
    weather = Weather.CLEAR if catalogue.places()[setting.place].indoors else setting.weather
    cold, cast = setting.place in COLD_PLACES, screenplay.cast
    people = dict(population.populate(cast, screenplay.seed, weather, cold))
    there = [character for character in cast if character.comes_s is None]
    if len(there) < len(cast):
        # Nobody looks otherwise because a relative comes later.
        people |= population.populate(there, screenplay.seed, weather, cold)
    troupe: dict[str, list[Actor]] = {}
    for character in screenplay.cast:
        actors = []
        for index, drawn in enumerate(people[character.id]):
            person = _equipped(drawn, screenplay, character)
            name = character.id if character.count == 1 else f"{character.id}_{index + 1}"
            actors.append(Actor(name, character, person, physique(person)))
        troupe[character.id] = actors
    return troupe


def _equipped(person: Person, screenplay: Screenplay, character: Character) -> Person:
    """The person with what their deeds take on a body: who tips a hat wears one."""
    known = catalogue.garments()
    kinds = {known[wear.garment].kind for wear in person.wears if wear.garment in known}
    told = [beat.motion for beat in screenplay.beats if beat.subject == character.id and beat.motion]
    wanted = dict.fromkeys(garment for motion in told for garment in catalogue.motions()[motion].wears)
    added = [Wear(garment=garment) for garment in wanted if known[garment].kind not in kinds]
    return replace(person, wears=(*person.wears, *added)) if added else person


def people_ground(place: PlaceAsset) -> Ground:
    """Where people stand in a place when nothing else is said."""
    for name in ("people", "main", "floor"):
        spot = place.spots.get(name)
        if spot is not None and (name == "people" or spot.position[2] < RAISED_M):
            return _ground_of(spot)
    return main_ground(place)


def _ground_of(spot: Spot) -> Ground:
    return Ground(np.array(spot.position, float), np.array(spot.facing, float), spot.size_m)


def place_people(
    screenplay: Screenplay,
    place: PlaceAsset,
    troupe: Mapping[str, list[Actor]],
    things: Mapping[str, list[Instance]],
) -> None:
    """Put everyone where the screenplay wants them, standing; seats are taken by the action `sit`."""
    ground = people_ground(place)
    # Those who need no one else stand first.
    by_need = sorted(screenplay.cast, key=lambda c: c.placement.target in troupe)
    far = [c for c in by_need if c.placement.relation is Relation.IN_BACKGROUND]
    alone = [
        c for c in by_need if c.placement.target == "ground" and c.placement.spot is None and c not in far
    ]
    free = [character for character in alone if character.comes_s is None]
    row = _behind_things(screenplay, ground, things)
    crowds = [character for character in free if character.count >= CROWD]
    single = [character for character in free if crowds and character.count == 1]
    _side_by_side(screenplay, row, [one for one in free if one not in single], troupe)
    _amid_crowd(screenplay, row, crowds, single, troupe)
    coming = [character for character in alone if character not in free]
    _side_by_side(screenplay, _aside(row), coming, troupe)
    free += coming
    for number, character in enumerate(far):
        base = behind_action(ground, number, character.placement.side, screenplay.shots[0].view)
        actors = troupe[character.id]
        put(actors, base, _stands(screenplay, character, actors, base))
    free += far
    _in_line(screenplay, row, [character for character in free if character not in far], troupe)
    for character in by_need:
        if character in free:
            continue
        actors = troupe[character.id]
        base = _base(character, place, ground, troupe, things)
        put(actors, base, _stands(screenplay, character, actors, base))


def behind_action(ground: Ground, number: int, side: str | None, view: View) -> Ground:
    """Where the `number`-th stands in the background: behind who acts, beside them in the picture of this
    view."""
    right = (-1.0 if side == "left" or (side is None and number % 2) else 1.0) * (1 + number // 2)
    back = min(BACKGROUND_M, ground.size_m[1] / 2 + ELBOW_ROOM_M)
    aslant = -back * float(np.tan(THREE_QUARTER_RAD)) if view is View.THREE_QUARTER else 0.0
    return Ground(ground.at(BACKGROUND_ASIDE_M * right + aslant, back), ground.facing, ground.size_m)


def spot_ground(place: PlaceAsset, name: str) -> Ground | None:
    """The ground of a named spot; None where the place has no such spot."""
    spot = place.spots.get(name)
    return None if spot is None else _ground_of(spot)


def put(actors: Sequence[Actor], ground: Ground, where: Sequence[Stand]) -> None:
    """Stand people on a ground, facing its camera side but for the turn of their stand."""
    for actor, stand in zip(actors, where, strict=True):
        actor.position = ground.at(stand.right, stand.back)
        actor.yaw = facing_yaw(ground.facing) + stand.turn


def placed(actor: Actor, ground_body: str) -> PlacedFigure:
    """The actor as the world knows them."""
    return PlacedFigure(
        name=actor.name,
        character=actor.character.id,
        person=actor.person,
        physique=actor.physique,
        position=as_vec3(actor.position),
        yaw=actor.yaw,
        ground=actor.stands_on or ground_body,
        directions=tuple(sorted(actor.directions, key=lambda direction: direction.start_s)),
    )


def ground_body(place: PlaceAsset) -> str:
    """Name of the body that people stand on."""
    named = [part.name for part in place.parts if part.shapes]
    for word in ("floor", "ground", "street", "court", "lawn", "sand", "snow", "quay"):
        for name in named:
            if word in name:
                return f"place/{name}"
    return f"place/{named[0]}"


def _stands(screenplay: Screenplay, character: Character, actors: Sequence[Actor], on: Ground) -> list[Stand]:
    heights = [actor.person.height_m for actor in actors]
    rng = rng_for(screenplay, f"people:{character.id}")
    moving = any(beat.subject == character.id and _swings(beat) for beat in first_beats(screenplay))
    return stands(character.arrangement, heights, on.size_m, rng, moving=moving)


def _swings(beat: Beat) -> bool:
    """Whether arms and legs need room in a beat that people do on the spot."""
    entry = catalogue.motions()[beat.motion] if beat.motion is not None else None
    if entry is None or entry.using or entry.on is not None:
        return False
    return entry.kind == "flight" or (entry.kind == "deed" and entry.loops)


def _side_by_side(
    screenplay: Screenplay, ground: Ground, characters: Sequence[Character], troupe: Mapping[str, list[Actor]]
) -> None:
    """Free-standing groups next to each other across the picture, the first leftmost."""
    laid = [(troupe[c.id], _stands(screenplay, c, troupe[c.id], ground)) for c in characters]
    widths = [max(s.right for s in where) - min(s.right for s in where) + 0.62 for _, where in laid]
    cursor = -sum(widths) / 2
    for (actors, where), width in zip(laid, widths, strict=True):
        shift = cursor + width / 2 - (max(s.right for s in where) + min(s.right for s in where)) / 2
        put(actors, ground, [Stand(s.right + shift, s.back, s.turn) for s in where])
        cursor += width


def _in_line(
    screenplay: Screenplay, ground: Ground, characters: Sequence[Character], troupe: Mapping[str, list[Actor]]
) -> None:
    """All who queue stand one behind the other, whatever they are called."""
    motions = catalogue.motions()
    told = {beat.subject for beat in first_beats(screenplay) if beat.motion and motions[beat.motion].company}
    line = [actor for one in characters if one.id in told for actor in troupe[one.id]]
    if len(line) > 1:
        heights = [actor.person.height_m for actor in line]
        put(line, ground, stands("queue", heights, ground.size_m, rng_for(screenplay, "people:queue")))


def _amid_crowd(
    screenplay: Screenplay,
    ground: Ground,
    crowds: Sequence[Character],
    single: Sequence[Character],
    troupe: Mapping[str, list[Actor]],
) -> None:
    """Single people of a film with a crowd: who goes somewhere goes through its middle, which parts for
    them; the others stand before it."""
    crowd = [actor for character in crowds for actor in troupe[character.id]]
    moving = {beat.subject for beat in first_beats(screenplay) if _travels(beat)}
    depth = max((float((a.position - ground.centre) @ ground.facing) for a in crowd), default=0.0)
    for number, character in enumerate(single):
        right = (number - (len(single) - 1) / 2) * _LANE_M
        goes = character.id in moving
        back = -_AHEAD_M if goes else -depth - _LANE_M
        where = Ground(ground.at(right, back), ground.facing, ground.size_m)
        put(troupe[character.id], where, [Stand(0.0, 0.0)])
        for actor in crowd if goes else ():
            beside = float((actor.position - where.centre) @ ground.right)
            actor.position = actor.position + np.copysign(_LANE_M / 2, beside) * ground.right


def _travels(beat: Beat) -> bool:
    entry = catalogue.motions()[beat.motion] if beat.motion is not None else None
    return beat.action is Action.WALK or (entry is not None and entry.kind == "locomotion")


def _aside(ground: Ground) -> Ground:
    """Where those wait who come later: to the right of the picture."""
    return Ground(ground.at(min(ground.size_m[0] / 2, REACH_M) + ASIDE_M, 0.0), ground.facing, ground.size_m)


def _behind_things(screenplay: Screenplay, ground: Ground, things: Mapping[str, list[Instance]]) -> Ground:
    """People stand behind what lies on their ground, so that both are seen."""
    depths = [
        float((instance.position - ground.centre) @ -ground.facing) + instance.size[1] / 2
        for prop in screenplay.props
        if prop.comes_s is None
        for instance in things[prop.id]
        if abs(instance.position[2] - ground.centre[2]) < RAISED_M
    ]
    if not depths:
        return ground
    return Ground(ground.at(0.0, max(depths) + ELBOW_ROOM_M), ground.facing, ground.size_m)


def _base(
    character: Character,
    place: PlaceAsset,
    ground: Ground,
    troupe: Mapping[str, list[Actor]],
    things: Mapping[str, list[Instance]],
) -> Ground:
    placement = character.placement
    if placement.spot is not None:
        return spot_ground(place, placement.spot) or ground
    if placement.target in troupe:
        other = troupe[placement.target][0]
        return _next_to(other.position, (0.5, 0.4), placement.relation, ground)
    if placement.target in things:
        thing = things[placement.target][0]
        centre = np.array([*thing.position[:2], ground.centre[2]])
        return _next_to(centre, thing.size[:2], placement.relation, ground)
    return ground


def _next_to(centre: Array, size: tuple[float, float], relation: Relation, ground: Ground) -> Ground:
    across, deep = size[0] / 2 + 0.3 + ELBOW_ROOM_M, size[1] / 2 + 0.2 + ELBOW_ROOM_M
    right, back = {
        Relation.BESIDE: (across, 0.0),
        Relation.AGAINST: (across - ELBOW_ROOM_M, 0.0),
        Relation.BEHIND: (0.0, deep),
        Relation.IN_FRONT_OF: (0.0, -deep),
    }.get(relation, (0.0, deep))
    base = Ground(centre, ground.facing, ground.size_m)
    return Ground(base.at(right, back), ground.facing, ground.size_m)
