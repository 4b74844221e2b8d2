"""Where people sit: on a prop, on the place's own seats, or on chairs that are brought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Action, Beat, Placement, Prop, Screenplay
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance
from lichtspiel.stage.parts import first_beats, is_added
from lichtspiel.stage.people import people_ground

_ONLOOKING = frozenset({Action.LOOK, Action.EXPRESS})


@dataclass(frozen=True, eq=False)
class Seat:
    """Middle of a seat's surface, and the way its sitter faces."""

    position: Array
    facing: Array
    ground_m: float
    """Height of the ground that the feet stand on."""

    @property
    def height_m(self) -> float:
        return float(self.position[2] - self.ground_m)

    @property
    def on_ground(self) -> Array:
        return np.array([*self.position[:2], self.ground_m])


def bring_chairs(screenplay: Screenplay, place: PlaceAsset) -> Screenplay:
    """The screenplay with a chair for everyone who sits and is given no seat."""
    people = {character.id: character for character in screenplay.cast}
    left = len(_own_seats(place))
    props, beats = list(screenplay.props), []
    for beat in screenplay.beats:
        sits = beat.action is Action.SIT and beat.subject in people
        if not sits or beat.target in {prop.id for prop in props}:
            beats.append(beat)
            continue
        count = people[beat.subject].count
        if count <= left:
            left -= count
            beats.append(beat)
            continue
        chair = f"{beat.subject}_chair"
        if all(prop.id != chair for prop in props):
            comes_s = beat.at_s if is_added(screenplay, beat) else None
            props.append(Prop(id=chair, thing="chair", count=count, comes_s=comes_s))
        beats.append(beat.model_copy(update={"target": chair}))
    return screenplay.model_copy(update={"props": tuple(props), "beats": tuple(beats)})


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
            seated.append(Beat(subject=character.id, action=Action.SIT))
    return screenplay.model_copy(update={"beats": (*screenplay.beats, *seated)})


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


def _same(seat: Seat, taken: Array) -> bool:
    return bool(np.linalg.norm(seat.position - taken) < 0.2)


def _own_seats(place: PlaceAsset) -> list[Seat]:
    ground_m = float(people_ground(place).centre[2])
    names = sorted((n for n in place.spots if n.startswith("seat_")), key=lambda n: int(n.split("_")[1]))
    spots = [place.spots[name] for name in names]
    return [Seat(np.array(spot.position, float), np.array(spot.facing, float), ground_m) for spot in spots]


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
