"""Where people sit: on a prop, on the place's own seats, or on chairs that are brought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.motion import MotionEntry
from lichtspiel.library.people.holds import SEATED_BACK
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Action, Beat, Placement, Prop, Screenplay
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.parts import first_beats, is_added
from lichtspiel.stage.people import people_ground

_ONLOOKING = frozenset({Action.LOOK, Action.EXPRESS})
_AT_TOP_M, _BEFORE = 0.7, 0.6
"""A seat so near to a table's edge, whose sitter has it within this cosine before them, stands at it."""
_LOW_SEAT_M = 0.85
"""A seat no higher than a bar stool's is sat on from the ground."""
_LEG = ("upperleg01.L", "lowerleg01.L", "foot.L")
_CALF = 0.36
"""From the knee joint back to the skin of a calf whose foot is drawn back, against the length of the shin."""
_FORWARD_M = 0.24
"""Who would have to sit further forward than this lets the legs lie on the seat."""
_CAMERA_M = 4.0
"""How far before the action a camera is thought to stand."""


@dataclass(frozen=True, eq=False)
class Seat:
    """Middle of a seat's surface, and the way its sitter faces."""

    position: Array
    facing: Array
    ground_m: float
    """Height of the ground that the feet stand on."""
    edge_m: float = 0.0
    """From the middle to the front of a seat that is closed down to the ground."""

    @property
    def height_m(self) -> float:
        return float(self.position[2] - self.ground_m)

    def below(self, physique: Physique) -> Array:
        """Where somebody sits, on the ground: as far forward as their shins need to hang before the edge."""
        joints = np.array([physique.rig.heads[physique.rig.index(bone)] for bone in _LEG])
        thigh, shin = np.linalg.norm(np.diff(joints, axis=0), axis=1)
        knee = thigh - SEATED_BACK * (thigh + shin)
        lacking = self.edge_m + _CALF * shin - knee
        forward = lacking if 0 < lacking < _FORWARD_M else 0.0
        return np.array([*(self.position + forward * self.facing)[:2], self.ground_m])


def bring_chairs(screenplay: Screenplay, place: PlaceAsset) -> Screenplay:
    """The screenplay with a chair for everyone who sits and is given no seat."""
    people = {character.id: character for character in screenplay.cast}
    left = len(_own_seats(place))
    props, beats = list(screenplay.props), []
    for beat in screenplay.beats:
        if beat.subject in people and beat.motion and needs_chair(catalogue.motions()[beat.motion]):
            props.append(Prop(id=chair_of(beat.subject), thing="chair", count=people[beat.subject].count))
        sits = beat.subject in people and (beat.action is Action.SIT or _rises(screenplay, beat))
        if not sits or beat.target in {prop.id for prop in props}:
            beats.append(beat)
            continue
        count = people[beat.subject].count
        if count <= left:
            left -= count
            beats.append(beat)
            continue
        chair = chair_of(beat.subject)
        if all(prop.id != chair for prop in props):
            comes_s = beat.at_s if is_added(screenplay, beat) else None
            props.append(Prop(id=chair, thing="chair", count=count, comes_s=comes_s))
        beats.append(beat.model_copy(update={"target": chair}))
    return screenplay.model_copy(update={"props": tuple(props), "beats": tuple(beats)})


def _rises(screenplay: Screenplay, beat: Beat) -> bool:
    """Whether it is the first that somebody does in the film, to stand up: they have sat until then."""
    first = next(one for one in screenplay.beats if one.subject == beat.subject)
    return beat.motion == "stand_up" and first == beat


def chair_of(character: str) -> str:
    """Id of the chair that is brought for somebody."""
    return f"{character}_chair"


def chair_seat(blocking: Blocking, character: str) -> Seat | None:
    """The seat of the chair that has been brought for somebody; None where none has."""
    ground_m = float(people_ground(blocking.place).centre[2])
    chairs = blocking.cast.get(chair_of(character), [])
    return next((seat for chair in chairs for seat in _seats_of(chair, ground_m)), None)


def sat_on(blocking: Blocking, thing: Instance) -> Seat | None:
    """The seat of a thing that people sit on with their feet on the ground; None of what they stand on."""
    if "seat" not in thing.entry.tags:
        return None
    seats = _seats_of(thing, float(people_ground(blocking.place).centre[2]))
    return next((seat for seat in seats if seat.height_m < _LOW_SEAT_M), None)


def needs_chair(motion: MotionEntry) -> bool:
    """Whether it is done sitting, with something that has no seat of its own: a cello; but not a boat, of
    which only a part is held."""
    carried = any(h.thing == motion.on and h.part != "seat" and h.piece is None for h in motion.holds)
    return carried and catalogue.scores()[motion.id].base == "sit"


def seat_onlookers(screenplay: Screenplay, place: PlaceAsset) -> Screenplay:
    """The screenplay with those who only look on while others act on the place's own seats: its guests."""
    beats = first_beats(screenplay)
    acting = {beat.subject for beat in beats if beat.action not in _ONLOOKING}
    free = len(_own_seats(place))
    seated = []
    for character in screenplay.cast:
        looks_on = any(beat.subject == character.id for beat in beats)
        placed = character.placement != Placement() or character.arrangement is not None
        if looks_on and not placed and character.id not in acting and acting and character.count <= free:
            free -= character.count
            seated.append(Beat(subject=character.id, action=Action.SIT, spot=_behind_action(place)))
    return screenplay.model_copy(update={"beats": (*screenplay.beats, *seated)})


def _behind_action(place: PlaceAsset) -> str:
    """The seat of the place that is most nearly straight behind the action: its sitter is seen beside it."""
    ground = people_ground(place)

    def aside(name: str) -> float:
        away = np.array(place.spots[name].position) - ground.centre
        back = float(away @ -ground.facing)
        return abs(float(away @ ground.right)) / (back + _CAMERA_M) if back > 0 else np.inf

    return min((name for name in place.spots if name.startswith("seat_")), key=aside)


def seats_for(blocking: Blocking, beat: Beat, count: int) -> list[Seat]:
    """Up to `count` free seats for a beat: of its target, of its spot, or of the place."""
    ground_m = float(people_ground(blocking.place).centre[2])
    if beat.target is not None and beat.target in blocking.cast:
        seats = [seat for thing in blocking.cast[beat.target] for seat in _seats_of(thing, ground_m)]
    else:
        seats = _own_seats(blocking.place)
        if beat.spot is not None:
            seats = _nearest(seats, blocking.place, beat.spot)
    free = [seat for seat in seats if not any(_same(seat, taken) for taken in blocking.taken_seats)]
    blocking.taken_seats += [seat.position for seat in free[:count]]
    return free[:count]


def seat_at_top(blocking: Blocking) -> Seat | None:
    """The free seat of the place whose sitter has its main surface before them; None where there is none."""
    top = blocking.ground
    found = []
    for seat in _own_seats(blocking.place):
        away = (top.centre - seat.position) * [1.0, 1.0, 0.0]
        aside, back = abs(float(away @ top.right)), abs(float(away @ top.facing))
        edge = max(aside - top.size_m[0] / 2, back - top.size_m[1] / 2)
        ahead = float(away @ seat.facing) > _BEFORE * float(np.linalg.norm(away))
        taken = any(_same(seat, other) for other in blocking.taken_seats)
        if ahead and not taken and edge < _AT_TOP_M and seat.position[2] < top.centre[2]:
            found.append((edge, seat))
    if not found:
        return None
    seat = min(found, key=lambda one: one[0])[1]
    blocking.taken_seats.append(seat.position)
    return seat


def _same(seat: Seat, taken: Array) -> bool:
    return bool(np.linalg.norm(seat.position - taken) < 0.2)


def _own_seats(place: PlaceAsset) -> list[Seat]:
    ground_m = float(people_ground(place).centre[2])
    names = sorted((n for n in place.spots if n.startswith("seat_")), key=lambda n: int(n.split("_")[1]))
    spots = [place.spots[name] for name in names]
    return [
        Seat(np.array(spot.position, float), np.array(spot.facing, float), ground_m, spot.edge_m)
        for spot in spots
    ]


def _nearest(seats: list[Seat], place: PlaceAsset, spot: str) -> list[Seat]:
    if spot not in place.spots:
        return seats
    goal = np.array(place.spots[spot].position)
    return sorted(seats, key=lambda seat: float(np.linalg.norm(seat.position - goal)))


def _seats_of(thing: Instance, ground_m: float) -> list[Seat]:
    """A thing's `seat_1` … from left to right; else its `seat` or its top."""
    facing = thing.direction((0.0, -1.0, 0.0))
    numbered = sorted(name for name in thing.asset.spots if name.startswith("seat_"))
    names = numbered or [name for name in ("seat", "top") if name in thing.asset.spots][:1]
    found = [thing.spot(name) for name in names]
    return [Seat(point, facing, ground_m) for point in found if point is not None]
