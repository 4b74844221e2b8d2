"""Where things stand before anything happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Action, Prop, Relation, Screenplay
from lichtspiel.stage.instance import Instance, facing_yaw, multiply, rng_for, yaw

CLEARANCE_M = 0.0005
"""Gap under things that are put down, so that nothing starts inside another."""

RAISED_M = 0.3
"""A main ground above this height is a table, which people and chairs stand beside."""

FURNITURE = "furniture"
"""Tag of things that stand on the floor."""
BACKGROUND_M = 3.0
"""How far behind the action things stand that are seen in the background."""
ASIDE_M = 1.5
"""How far beside the ground of the action those wait who come later."""
_SIDES = {"left": -1, None: 0, "right": 1}

DOMINO_PITCH = 0.5
"""Clear gap between dominoes against their height: hits the next one above its middle."""


@dataclass(frozen=True, eq=False)
class Ground:
    """A level surface to put things on, seen from its camera side."""

    centre: Array
    facing: Array
    """Unit vector towards the camera."""
    size_m: tuple[float, float]

    @property
    def right(self) -> Array:
        """Unit vector to the right in the picture."""
        return np.array([-self.facing[1], self.facing[0], 0.0])

    def at(self, right: float, back: float, up: float = 0.0) -> Array:
        """A point by its picture coordinates, metres from the centre."""
        point: Array = self.centre + right * self.right - back * self.facing + [0.0, 0.0, up]
        return point


@dataclass(frozen=True)
class Slot:
    """Where one of several alike things stands in its group; metres and radians."""

    right: float
    back: float
    up: float
    turn: float = 0.0


def main_ground(place: PlaceAsset) -> Ground:
    """The place's natural ground for the action."""
    spot = place.spots.get("main", place.spots["floor"])
    return Ground(np.array(spot.position), np.array(spot.facing), spot.size_m)


def place_all(screenplay: Screenplay, place: PlaceAsset, cast: Mapping[str, list[Instance]]) -> None:
    """Put every instance where the screenplay wants it."""
    ground = main_ground(place)
    standing: list[list[Instance]] = []
    for prop in screenplay.props:
        group = cast[prop.id]
        spot = _own_spot(place, prop.thing) or _on_floor(place, ground, group[0])
        if spot is not None:
            _put(group, spot, _slots(screenplay, prop, group))
        elif _rests_on_ground(prop, cast):
            standing.append(group)
    coming = [group for group in standing if group[0].prop.comes_s is not None]
    row = [group for group in standing if group[0].prop.comes_s is None]
    _put_side_by_side(screenplay, ground, row)
    _put_aside(screenplay, ground, row, coming)
    for prop in _dependents_in_order(screenplay, cast):
        _put_by_target(screenplay, prop, cast, ground)


def _own_spot(place: PlaceAsset, thing: str) -> Ground | None:
    """The spot that a place keeps for this thing: `hoop` for a basketball hoop."""
    for name, spot in place.spots.items():
        if name not in ("main", "floor", "edge") and (thing == name or thing.endswith(f"_{name}")):
            return Ground(np.array(spot.position), np.array(spot.facing), spot.size_m)
    return None


def _on_floor(place: PlaceAsset, ground: Ground, instance: Instance) -> Ground | None:
    """Where furniture stands in a place whose main ground is a table."""
    if ground.centre[2] < RAISED_M:
        return None
    if "seat" in instance.entry.tags:
        return _seat_at_table(place, ground, instance)
    return _floor(place) if FURNITURE in instance.entry.tags and instance.size[2] > RAISED_M else None


def _floor(place: PlaceAsset) -> Ground:
    spot = place.spots["floor"]
    return Ground(np.array(spot.position), np.array(spot.facing), spot.size_m)


def _seat_at_table(place: PlaceAsset, ground: Ground, instance: Instance) -> Ground:
    """Chairs go behind a table that is the place's main ground, facing the camera over it, beside its own."""
    back = ground.size_m[1] / 2 + 0.5 * instance.size[1]
    own = [np.array(spot.position) for name, spot in place.spots.items() if name.startswith("seat_")]
    wide = 1.1 * instance.size[0]
    for right in (0.0, wide, -wide, 1.5 * wide, -1.5 * wide):
        stands = ground.at(right, back, -float(ground.centre[2]))
        if all(np.linalg.norm((stands - seat)[:2]) > wide for seat in own):
            break
    return Ground(stands, ground.facing, ground.size_m)


def _rests_on_ground(prop: Prop, cast: Mapping[str, list[Instance]]) -> bool:
    far = prop.placement.relation is Relation.IN_BACKGROUND
    return prop.placement.target == "ground" and not far and _usual_support(prop, cast) is None


def _usual_support(prop: Prop, cast: Mapping[str, list[Instance]]) -> Instance | None:
    """A prop of the film that this one usually stands on, such as the lane under the pins."""
    if prop.placement.target != "ground" or prop.placement.relation is not Relation.ON:
        return None
    own = cast[prop.id][0]
    for group in cast.values():
        other = group[0]
        if other is not own and other.prop.thing in own.entry.supports and "top" in other.asset.spots:
            return other
    return None


def _dependents_in_order(screenplay: Screenplay, cast: Mapping[str, list[Instance]]) -> list[Prop]:
    """Props that stand against other props, each after the one it needs."""
    waiting = [prop for prop in screenplay.props if not _rests_on_ground(prop, cast)]
    names = {prop.id for prop in waiting}
    ordered: list[Prop] = []
    while waiting:
        ready = [p for p in waiting if _target_of(p, cast) not in names] or waiting[:1]
        ordered += ready
        names -= {prop.id for prop in ready}
        waiting = [prop for prop in waiting if prop.id in names]
    return ordered


def _target_of(prop: Prop, cast: Mapping[str, list[Instance]]) -> str:
    support = _usual_support(prop, cast)
    return support.prop.id if support else prop.placement.target


def _put_side_by_side(screenplay: Screenplay, ground: Ground, groups: Sequence[list[Instance]]) -> None:
    """Free-standing groups in a row across the picture, the first in the screenplay leftmost.

    Unless the screenplay says which of them stand left and right.
    """
    ordered = sorted(groups, key=lambda group: _SIDES[group[0].prop.placement.side])
    laid = [(group, _slots(screenplay, group[0].prop, group)) for group in ordered]
    widths = [_extent(group, slots) for group, slots in laid]
    if not widths:
        return
    gap = 0.6 * min(widths)
    cursor = -(sum(widths) + gap * (len(widths) - 1)) / 2
    for (group, slots), width in zip(laid, widths, strict=True):
        centre = Ground(ground.at(cursor + width / 2, 0.0), ground.facing, ground.size_m)
        _put(group, centre, slots)
        cursor += width + gap


def _put_aside(
    screenplay: Screenplay, ground: Ground, row: Sequence[list[Instance]], groups: Sequence[list[Instance]]
) -> None:
    """What comes later waits to the right of the picture; on a table, at the right of the others."""
    cursor = ground.size_m[0] / 2 + ASIDE_M
    if ground.centre[2] > RAISED_M:
        places = [float((i.position - ground.centre) @ ground.right) + i.size[0] for g in row for i in g]
        cursor = max(places, default=0.0)
    for group in groups:
        slots = _slots(screenplay, group[0].prop, group)
        width = _extent(group, slots)
        _put(group, Ground(ground.at(cursor + width / 2, 0.0), ground.facing, ground.size_m), slots)
        cursor += 1.6 * width


def _extent(group: Sequence[Instance], slots: Sequence[Slot]) -> float:
    """Width of a group across the picture, metres."""
    reach = [
        (s.right - _half_width(i, s.turn), s.right + _half_width(i, s.turn))
        for i, s in zip(group, slots, strict=True)
    ]
    return max(high for _, high in reach) - min(low for low, _ in reach)


def _half_width(instance: Instance, turn: float) -> float:
    x, y, _ = instance.size
    return float(abs(np.cos(turn)) * x + abs(np.sin(turn)) * y) / 2


def _put(group: Sequence[Instance], ground: Ground, slots: Sequence[Slot]) -> None:
    for instance, slot in zip(group, slots, strict=True):
        instance.position = ground.at(slot.right, slot.back, slot.up + CLEARANCE_M)
        if instance.is_fixed:
            instance.position = ground.at(slot.right, slot.back, slot.up)
        instance.orientation = multiply(yaw(facing_yaw(ground.facing)), yaw(slot.turn))


def _put_by_target(
    screenplay: Screenplay, prop: Prop, cast: Mapping[str, list[Instance]], ground: Ground
) -> None:
    group = cast[prop.id]
    target = _usual_support(prop, cast)
    relation = Relation.ON
    if target is None and prop.placement.target != "ground":
        target, relation = cast[prop.placement.target][0], prop.placement.relation
    slots = _slots(screenplay, prop, group)
    if target is None and prop.placement.relation is Relation.IN_BACKGROUND:
        _put(group, _behind_action(screenplay, prop, ground, _extent(group, slots)), slots)
    elif target is None:
        _put(group, ground, slots)
    elif relation in (Relation.ON, Relation.ABOVE, Relation.IN):
        _put_onto(group, target, relation, slots, ground, cast)
    else:
        _put(group, _beside(group, slots, target, relation, ground), slots)


def _behind_action(screenplay: Screenplay, prop: Prop, ground: Ground, width: float) -> Ground:
    """Behind the row of what acts, to its side; on a table as far back as it goes."""
    far = [p for p in screenplay.props if p.placement.relation is Relation.IN_BACKGROUND]
    number = far.index(prop)
    left = prop.placement.side == "left" or (prop.placement.side is None and number % 2)
    raised = ground.centre[2] > RAISED_M
    back = 0.38 * ground.size_m[1] if raised else BACKGROUND_M
    aside = (0.2 * ground.size_m[0] if raised else ASIDE_M) + width / 2
    return Ground(ground.at(-aside if left else aside, back), ground.facing, ground.size_m)


def _put_onto(
    group: Sequence[Instance],
    target: Instance,
    relation: Relation,
    slots: Sequence[Slot],
    ground: Ground,
    cast: Mapping[str, list[Instance]],
) -> None:
    for instance in group:
        instance.support = target
    inside = target.region("inside")
    if relation is Relation.IN and inside is not None:
        centre = (np.array(inside[0]) + np.array(inside[1])) / 2
        centre[2] = inside[0][2]
    else:
        top = target.spot("top")
        centre = top if top is not None else target.position + [0.0, 0.0, target.size[2]]
    if relation is Relation.ABOVE:
        centre = centre + [0.0, 0.0, group[0].prop.placement.height_m or 1.0]
    numbered = [target.spot(f"{group[0].entry.id.split('_')[-1]}_{i + 1}") for i in range(len(group))]
    if all(point is not None for point in numbered):
        for instance, point in zip(group, numbered, strict=True):
            assert point is not None
            instance.position = point + [0.0, 0.0, CLEARANCE_M]
            instance.orientation = target.orientation
        return
    shared = [g for g in cast.values() if g[0].support is target and g[0].prop.id != group[0].prop.id]
    taken = sum(_extent(g, [Slot(0, 0, 0)] * len(g)) * 1.5 for g in shared)
    shift = (taken + _extent(group, slots)) / 2 if taken else 0.0
    _put(group, Ground(centre + shift * ground.right, ground.facing, target.size[:2]), slots)


def _beside(
    group: Sequence[Instance], slots: Sequence[Slot], target: Instance, relation: Relation, ground: Ground
) -> Ground:
    width = (_extent(group, slots) + target.size[0]) / 2
    depth = (max(i.size[1] for i in group) + target.size[1]) / 2
    side = -1.0 if group[0].prop.placement.side == "left" else 1.0
    right, back = {
        Relation.BESIDE: (1.7 * width * side, 0.0),
        Relation.AGAINST: (width * side, 0.0),
        Relation.BEHIND: (0.0, 1.3 * depth),
        Relation.IN_FRONT_OF: (0.0, -1.3 * depth),
    }.get(relation, (0.0, 0.0))
    base = Ground(target.position, ground.facing, ground.size_m)
    return Ground(base.at(right, back), ground.facing, ground.size_m)


def _slots(screenplay: Screenplay, prop: Prop, group: Sequence[Instance]) -> list[Slot]:
    """Where the things of one prop stand in their group, about its centre."""
    topples = any(b.subject == prop.id and b.action is Action.TOPPLE for b in screenplay.beats)
    arrangement: str = prop.arrangement or ("row" if len(group) <= 6 else "scatter")
    if len(group) == 1:
        return [Slot(0.0, 0.0, 0.0)]
    if topples and arrangement == "row":
        return _domino_row(group)
    if arrangement == "pyramid" and "pin" in group[0].entry.tags:
        return _triangle(group)
    rng = rng_for(screenplay, f"layout:{prop.id}")
    if arrangement == "stack" and len(group) <= 3:
        arrangement = "tower"
    shapes = {"stack": _wall, "pyramid": _wall, "tower": _tower, "scatter": _scatter}
    if arrangement in shapes:
        return shapes[arrangement](group, rng)
    return _circle(group) if arrangement == "circle" else _row(group)


def _row(group: Sequence[Instance]) -> list[Slot]:
    widths = [instance.size[0] for instance in group]
    gap = 0.35 * float(np.mean(widths))
    cursor = -(sum(widths) + gap * (len(widths) - 1)) / 2
    slots = []
    for width in widths:
        slots.append(Slot(cursor + width / 2, 0.0, 0.0))
        cursor += width + gap
    return slots


def _domino_row(group: Sequence[Instance]) -> list[Slot]:
    """Thin side along the row, each close enough to be hit above its middle by the one before."""
    slots: list[Slot] = []
    cursor = 0.0
    for index, instance in enumerate(group):
        x, y, height = instance.size
        thickness, turn = (y, np.pi / 2) if y <= x else (x, 0.0)
        if index:
            cursor += DOMINO_PITCH * min(height, group[index - 1].size[2])
        slots.append(Slot(cursor + thickness / 2, 0.0, 0.0, turn))
        cursor += thickness
    return [Slot(s.right - cursor / 2, s.back, s.up, s.turn) for s in slots]


def _triangle(group: Sequence[Instance], pitch_m: float = 0.3048) -> list[Slot]:
    """Pins in their triangle, 12 inches apart (USBC), the head pin nearest."""
    slots: list[Slot] = []
    row = 0
    while len(slots) < len(group):
        for column in range(row + 1):
            slots.append(Slot((column - row / 2) * pitch_m, row * pitch_m * np.sqrt(3) / 2, 0.0))
        row += 1
    return slots[: len(group)]


def _wall(group: Sequence[Instance], rng: np.random.Generator) -> list[Slot]:
    """A stepped pile facing the camera: each row one shorter than the row under it."""
    base = next(n for n in range(1, 100) if n * (n + 1) // 2 >= len(group))
    width, _, height = group[0].size
    slots: list[Slot] = []
    level = 0
    while len(slots) < len(group):
        count = min(base - level, len(group) - len(slots))
        for column in range(count):
            right = (column - (base - level - 1) / 2) * width * 1.02
            slots.append(_nudged(Slot(right, 0.0, level * (height + CLEARANCE_M)), width, rng))
        level += 1
    return slots


def _tower(group: Sequence[Instance], rng: np.random.Generator) -> list[Slot]:
    slots, up = [], 0.0
    for instance in sorted(group, key=lambda i: -i.size[0]):
        slots.append(_nudged(Slot(0.0, 0.0, up), instance.size[0], rng))
        up += instance.size[2] + CLEARANCE_M
    return slots


def _nudged(slot: Slot, width: float, rng: np.random.Generator) -> Slot:
    """People never stack things quite straight."""
    right, back, turn = rng.normal(0.0, (0.004 * width, 0.01 * width, 0.02))
    return Slot(slot.right + right, slot.back + back, slot.up, turn)


def _circle(group: Sequence[Instance]) -> list[Slot]:
    radius = max(i.size[0] for i in group) * 1.4 * len(group) / (2 * np.pi) + group[0].size[0] / 2
    angles = np.linspace(0, 2 * np.pi, len(group), endpoint=False)
    return [Slot(float(radius * np.cos(a)), float(radius * np.sin(a)), 0.0, float(a)) for a in angles]


def _scatter(group: Sequence[Instance], rng: np.random.Generator) -> list[Slot]:
    """Loosely spread on a jittered grid, so that nothing overlaps."""
    cell = 1.5 * max(float(np.hypot(*i.size[:2])) for i in group)
    columns = int(np.ceil(np.sqrt(len(group))))
    slots = []
    for index in range(len(group)):
        row, column = divmod(index, columns)
        right, back = rng.uniform(-0.15, 0.15, 2) * cell
        slots.append(
            Slot(
                (column - (columns - 1) / 2) * cell + right,
                (row - (columns - 1) / 2) * cell + back,
                0.0,
                float(rng.uniform(-np.pi, np.pi)),
            )
        )
    return slots
