"""How a crowd waits: nobody stands like another, and not all look one way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Action, Prop, Screenplay
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.instance import Instance, as_vec3, facing_yaw
from lichtspiel.stage.parts import first_beats
from lichtspiel.stage.people import CROWD, Actor, spot_ground
from lichtspiel.stage.world import Direction

AWAITED = "awaited"
"""Spot of a place that those who wait there look out for: the track beside a platform."""
_BAGS = (("suitcase", "black"), ("suitcase", "blue"), ("shopping_bag", None))
"""What stands beside some of those who wait, with its colour; None = the thing's own."""
_WITH_EACH = 0.05
"""Share of a crowd that has one of these bags with them."""
_MOST_OF_EACH = 4
_STANCES = (
    ("idle", 0.16),
    ("idle_shift", 0.22),
    ("idle_look_around", 0.2),
    ("idle_impatient", 0.12),
    ("cross_arms", 0.12),
    ("hands_behind_back", 0.08),
    ("hands_on_hips", 0.05),
    ("rub_hands", 0.05),
)
"""What people do while they wait, and which share of them."""
_PAIRED = 0.3
"""Share of a crowd that stands two by two, turned to each other."""
_COUPLE_M = 1.25
"""Who stands no farther apart than this may be a couple (Hall's personal distance ends at 1.2 m)."""
_OUTLOOK = ((0.0, 0.3, 0.5), (0.9, 0.4, 0.2), (-0.9, 0.4, 0.15))
"""Turns from what is awaited, their spread, radians, and the share that stands so; the rest stand anyhow."""
_PASSING_M = 2.2
"""Who goes by within this is looked after."""
_LOOKS_UP = 0.6
"""Share of those who do."""
_BESIDE = np.array([0.42, 0.12])
"""How far to the side of and before its owner a bag stands, metres."""


def bring_bags(screenplay: Screenplay) -> Screenplay:
    """The screenplay with the bags of those who wait in a crowd."""
    added: list[Prop] = []
    for character in screenplay.cast:
        if character.id in waiting(screenplay):
            count = min(_MOST_OF_EACH, max(1, round(_WITH_EACH * character.count)))
            added += [
                Prop(id=_bag_id(character.id, number), thing=thing, count=count, colour=colour)
                for number, (thing, colour) in enumerate(_BAGS)
            ]
    taken = {prop.id for prop in screenplay.props}
    free = tuple(prop for prop in added if prop.id not in taken)
    return screenplay.model_copy(update={"props": (*screenplay.props, *free)}) if free else screenplay


def waiting(screenplay: Screenplay) -> frozenset[str]:
    """Ids of the characters who are a crowd that does nothing but stand."""
    beats = first_beats(screenplay)
    stand = (Action.STAND, Action.REST)
    return frozenset(
        one.id
        for one in screenplay.cast
        if one.count >= CROWD and all(b.action in stand for b in beats if b.subject == one.id)
    )


def wait(blocking: Blocking) -> None:
    """Turn those who wait in a crowd to what they wait for or to each other, each in a stance of theirs."""
    for name in sorted(waiting(blocking.screenplay)):
        actors = blocking.people[name]
        rng = blocking.rng(f"waiting:{name}")
        couples = _couples(actors, round(_PAIRED * len(actors) / 2))
        paired = {one.name for couple in couples for one in couple}
        for actor in actors:
            if actor.name not in paired:
                actor.yaw = _outlook(blocking, actor, rng)
        for first, second in couples:
            _turn_to(first, second, rng)
        for actor in actors:
            _stance(actor, rng, float(blocking.duration_s))
        _look_up(blocking, actors, rng)
        _set_down_bags(blocking, name, actors, rng)


def _bag_id(character: str, number: int) -> str:
    return f"{character[:50]}_bag_{number + 1}"


def _couples(actors: Sequence[Actor], most: int) -> list[tuple[Actor, Actor]]:
    """Nearest neighbours two by two, the nearest first; each in one couple."""
    places = np.array([actor.position[:2] for actor in actors])
    apart = np.linalg.norm(places[:, None] - places[None], axis=2)
    pairs = np.argwhere(np.triu(apart < _COUPLE_M, 1))
    found: list[tuple[Actor, Actor]] = []
    used: set[int] = set()
    for first, second in sorted(pairs.tolist(), key=lambda pair: float(apart[pair[0], pair[1]])):
        if len(found) < most and not used & {first, second}:
            found.append((actors[first], actors[second]))
            used |= {first, second}
    return found


def _outlook(blocking: Blocking, actor: Actor, rng: np.random.Generator) -> float:
    spot = spot_ground(blocking.place, AWAITED)
    awaited = actor.yaw if spot is None else facing_yaw(spot.centre - actor.position)
    shares = [share for _, _, share in _OUTLOOK]
    pick = int(rng.choice(len(_OUTLOOK) + 1, p=[*shares, 1.0 - sum(shares)]))
    if pick == len(_OUTLOOK):
        return float(rng.uniform(-np.pi, np.pi))
    turn, spread, _ = _OUTLOOK[pick]
    return float(awaited + turn + rng.normal(0.0, spread))


def _turn_to(first: Actor, second: Actor, rng: np.random.Generator) -> None:
    """Two who talk: half turned to each other, with their eyes on each other."""
    for one, other in ((first, second), (second, first)):
        one.yaw = facing_yaw(other.position - one.position) + float(rng.normal(0.0, 0.25))
        one.directions.append(Direction(Action.LOOK, 0.0, follows=other.name))


def _stance(actor: Actor, rng: np.random.Generator, duration_s: float) -> None:
    """A stance from the first moment on; many change it some time."""
    names = [name for name, _ in _STANCES]
    shares = np.array([share for _, share in _STANCES])
    first, then = rng.choice(len(names), 2, replace=False, p=shares / shares.sum())
    speed = float(rng.uniform(0.75, 1.2))
    actor.directions.append(Direction(Action.PERFORM, 0.0, motion=names[first], speed=speed))
    change_s = float(rng.uniform(0.3, 1.6) * duration_s)
    if change_s < duration_s - 1.0:
        actor.directions.append(Direction(Action.PERFORM, change_s, motion=names[then], speed=speed))


def _look_up(blocking: Blocking, actors: Sequence[Actor], rng: np.random.Generator) -> None:
    """Those whom somebody passes look after them."""
    others = [a for name, group in blocking.people.items() if name != actors[0].character.id for a in group]
    for other in others:
        ways = [direction for direction in other.directions if direction.path]
        if not ways:
            continue
        way, begins = np.array(ways[0].path[-1]) - other.position, ways[0].start_s
        length = float(np.linalg.norm(way))
        for actor in actors:
            along = float((actor.position - other.position) @ way) / max(length, 1e-6)
            aside = np.linalg.norm(actor.position - other.position - along * way / max(length, 1e-6))
            if aside > _PASSING_M or rng.random() > _LOOKS_UP:
                continue
            share = float(np.clip(along / max(length, 1e-6), 0.0, 1.0)) + float(rng.normal(-0.05, 0.08))
            at_s = begins + max(0.2, share * (blocking.duration_s - begins))
            actor.directions = [
                replace(one, end_s=at_s) if one.action is Action.LOOK else one for one in actor.directions
            ]
            actor.directions.append(Direction(Action.LOOK, at_s, follows=other.name))


def _set_down_bags(blocking: Blocking, name: str, actors: Sequence[Actor], rng: np.random.Generator) -> None:
    """A bag each on the ground beside some of them."""
    bags = [bag for number in range(len(_BAGS)) for bag in blocking.cast.get(_bag_id(name, number), [])]
    owners = rng.permutation(len(actors))[: len(bags)]
    for bag, index in zip(bags, owners, strict=False):
        _stand_beside(bag, actors[int(index)], float(rng.choice([-1.0, 1.0])))


def _stand_beside(bag: Instance, owner: Actor, side: float) -> None:
    ahead = owner.ahead
    aside = side * np.array([-ahead[1], ahead[0], 0.0])
    place: Array = owner.position + _BESIDE[0] * aside + _BESIDE[1] * ahead
    bag.position = np.array([*as_vec3(place)[:2], bag.position[2]])
