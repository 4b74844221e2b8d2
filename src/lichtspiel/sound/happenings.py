"""What happens in a take, sounded in its place: knocks, breaks, rubs, rushing air."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.catalogue import materials as library_materials
from lichtspiel.library.records import MaterialEntry
from lichtspiel.sound import (
    air,
    breaks,
    captions,
    claps,
    drumming,
    fabric,
    footsteps,
    hooves,
    impacts,
    limbs,
    living,
    rubs,
    splashes,
    work,
)
from lichtspiel.sound.audibility import attack
from lichtspiel.sound.captions import Heard
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.impacts import Knock
from lichtspiel.sound.modes import SPEED_OF_SOUND, Array
from lichtspiel.sound.shadow import shaded
from lichtspiel.sound.sounding import sound_of
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ, Onset
from lichtspiel.sound.space import Space
from lichtspiel.sound.voices import Voice, shape_extent, voices_of
from lichtspiel.stage.world import Span, World
from lichtspiel.take import Rub, Take
from lichtspiel.take.splashes import splashes_of

EVENNESS = 0.35
"""Share of the level differences between a film's events that is evened out. A marble beside a bowling ball
is 60 dB softer; ears at the scene would follow, loudspeakers cannot."""
MOST_LIFT_DB = 24.0
MASKED_DB = 65.0
"""Events softer than the loudest by more than this are not sounded."""
THRESHOLD_PA2_S = (2e-5) ** 2 * 0.001
"""Energy of the threshold of hearing over 1 ms, at 1 m: cameras come near to small things."""
MOST_KNOCKS = 500
FAINTEST_DB = 80.0
"""Ringing is followed until it is this far below the loudest event's."""
LONGEST_STRETCH = 3.0
PASSING_M_S = 2.0
"""A vehicle that is never slower goes past."""
MOST_AIR_LIFT = 1.5
"""Whooshes and flapping stay under the knocks."""


@dataclass(frozen=True)
class _Event:
    """A knock on the film's clock."""

    knock: Knock
    film_s: float
    rate: float
    energy: float
    number: int


@dataclass(frozen=True)
class Happenings:
    """What was played of a take."""

    knocks: list[tuple[Onset, float]]
    """Knocks with the energy of their attack at the camera."""
    heard: list[Heard]
    dropped: int
    """Knocks too soft to be played."""
    loudest: float
    """Energy of the loudest knock, Pa²·s."""


def play(world: World, take: Take, space: Space, dice: Dice) -> Happenings:
    """Sound everything that the bodies of a take do to each other and to the air.

    In slow motion events fall on their film times; sounds keep their pitch and ring longer by the
    square root of the slowdown, at most three times.
    """
    materials = library_materials()
    strokes, take = drumming.strokes_of(world, take), drumming.without_sticks(world, take)
    take = work.with_work(world, take)
    voices = voices_of(world, materials, _named(take))
    voices |= limbs.voices_of(world, take, materials) | footsteps.voices_of(world, take, materials)
    falls = hooves.falls_of(world, take)
    steps = (*footsteps.impacts_of(world, take), *hooves.impacts_of(world, falls))
    voices |= voices_of(world, materials, {one.second for one in steps})
    voices |= hooves.voices_of(world, falls, materials)
    stepped = replace(take, impacts=(*take.impacts, *steps))
    knocks = impacts.knocks_of(world, stepped, voices, materials)
    knocks += breaks.snaps_of(take, voices, dice.of("breaks"))
    events, dropped = _audible(knocks, world)
    loudest = max((event.energy for event in events), default=0.0)
    onsets, heard = _play_knocks(events, loudest, world, space, dice)
    heard += _play_breaks(world, take, voices, space, loudest, dice)
    heard += _play_claps(world, take, space, loudest, dice)
    heard += _play_splashes(world, take, space, loudest, dice)
    heard += _play_strokes(world, strokes, space, loudest, dice)
    heard += _play_rubs(world, take, voices, materials, space, loudest, dice)
    if space.has_air:
        _play_air(world, take, space, loudest, dice)
    return Happenings(onsets, heard, dropped, loudest)


def _named(take: Take) -> set[str]:
    names = {name for impact in take.impacts for name in (impact.first, impact.second)}
    names |= {name for rub in take.rubs for name in (rub.first, rub.second)}
    names |= {footfall.ground for footfall in take.footfalls}
    return names | {name for item in take.breaks for name in (item.body, *item.shards)}


def _audible(knocks: list[Knock], world: World) -> tuple[list[_Event], int]:
    """Knocks on the film's clock that can be heard beside the loudest, and how many cannot."""
    events = [
        _Event(knock, _film_time(span, knock.world_s), span.rate, size, i)
        for i, (knock, size) in enumerate((knock, impacts.energy(knock)) for knock in knocks)
        for span in world.timeline
        if span.world_start_s <= knock.world_s < span.world_end_s
    ]
    floor = max((event.energy for event in events), default=0.0) * 10 ** (-MASKED_DB / 10)
    kept = [event for event in events if event.energy > max(floor, THRESHOLD_PA2_S)]
    if len(kept) > MOST_KNOCKS:
        kept = sorted(kept, key=lambda event: -event.energy)[:MOST_KNOCKS]
    return sorted(kept, key=lambda event: event.film_s), len(events) - len(kept)


def _film_time(span: Span, world_s: float) -> float:
    return span.film_start_s + (world_s - span.world_start_s) / span.rate


def lift_of(energy: float, loudest: float) -> float:
    """Amplitude factor that evens out an event against the loudest."""
    if energy <= 0 or loudest <= 0:
        return 1.0
    return float(min((loudest / energy) ** (EVENNESS / 2), 10 ** (MOST_LIFT_DB / 20)))


def _play_knocks(
    events: list[_Event], loudest: float, world: World, space: Space, dice: Dice
) -> tuple[list[tuple[Onset, float]], list[Heard]]:
    """Sound the knocks; each with the energy of its attack at the camera, and what there is to caption."""
    onsets, heard = [], []
    end_s = space.samples / SAMPLE_RATE_HZ
    for event in events:
        knock = event.knock
        longer = float(np.clip(event.rate**-0.5, 1.0, LONGEST_STRETCH))
        left_s = end_s - event.film_s
        lift = lift_of(event.energy, loudest)
        floor_pa = 10 ** (-FAINTEST_DB / 20) * float(np.sqrt(loudest / 0.05)) / lift
        signal = impacts.sounded(knock, dice.of("knock", event.number), floor_pa, longer, left_s)
        path = space.play(signal * lift, event.film_s, knock.position)
        if not knock.second:
            continue
        strength = event.energy * lift**2 / max(loudest, 1e-30)
        shards = _is_shard(world, knock.first) or _is_shard(world, knock.second)
        what = Heard(
            event.film_s,
            event.film_s,
            _sort(world, knock, shards),
            knock.first,
            knock.second,
            knock.labels,
            strength,
        )
        heard.append(what)
        # A way round is longer.
        arrival = event.film_s + float(path.delay_s.min()) + path.detour_m / SPEED_OF_SOUND
        onset = Onset(event.film_s, arrival, strength, captions.phrase(world, what))
        start = shaded(space.travelled(signal[:1024] * lift, path.distance_m), path.detour_m)
        onsets.append((onset, attack(start) * float(np.sum(path.gain**2))))
    return onsets, heard


def _sort(world: World, knock: Knock, shards: bool) -> captions.Sort:
    if footsteps.is_step(knock.first):
        return "step"
    if hooves.is_hoof(world, knock.first):
        return "hooves"
    flesh = any(limbs.figure_of(world, name) for name in (knock.first, knock.second))
    return "thud" if flesh else "shards" if shards else "hit"


def _play_breaks(
    world: World, take: Take, voices: Mapping[str, Voice], space: Space, loudest: float, dice: Dice
) -> list[Heard]:
    heard = []
    for number, item in enumerate(take.breaks):
        signal = breaks.crack(item, voices, dice.of("crack", number))
        energy = float(np.sum(signal**2)) / SAMPLE_RATE_HZ
        for film_s in world.film_times(item.time_s):
            space.play(signal * lift_of(energy, loudest), film_s, np.array(item.position))
            heard.append(Heard(film_s, film_s, "break", item.body, "", ("", ""), 1.0))
    return heard


def _play_claps(world: World, take: Take, space: Space, loudest: float, dice: Dice) -> list[Heard]:
    heard = []
    for number, one in enumerate(claps.claps_of(world, take)):
        signal = claps.sounded(one, world.screenplay.seed, dice.of(f"clap {one.figure}", number))
        lift = lift_of(busiest(signal), loudest)
        for film_s in world.film_times(one.time_s):
            space.play(signal * lift, film_s, one.position)
            heard.append(Heard(film_s, film_s, "clap", f"{one.figure}/hands", "", ("", ""), 0.5))
    return heard


def _play_splashes(world: World, take: Take, space: Space, loudest: float, dice: Dice) -> list[Heard]:
    heard = []
    for number, one in enumerate(splashes_of(world, take)):
        signal = splashes.sounded(one, dice.of(f"splash {one.figure}", number))
        lift = lift_of(busiest(signal), loudest)
        for film_s in world.film_times(one.time_s):
            space.play(signal * lift, film_s, np.array(one.position))
            heard.append(Heard(film_s, film_s, "splash", f"{one.figure}/feet", "", ("", ""), 0.5))
    return heard


def _play_strokes(
    world: World, strokes: list[drumming.Stroke], space: Space, loudest: float, dice: Dice
) -> list[Heard]:
    heard = []
    for number, one in enumerate(strokes):
        signal = drumming.sounded(one, dice.of("drum", number))
        lift = lift_of(busiest(signal), loudest)
        for film_s in world.film_times(one.time_s):
            space.play(signal * lift, film_s, one.position)
            sort: captions.Sort = "cymbal" if one.part == "crash" else "drums"
            heard.append(Heard(film_s, film_s, sort, one.body, "", ("", ""), 1.0))
    return heard


def _play_rubs(
    world: World,
    take: Take,
    voices: Mapping[str, Voice],
    materials: Mapping[str, MaterialEntry],
    space: Space,
    loudest: float,
    dice: Dice,
) -> list[Heard]:
    heard = []
    for number, rub in enumerate(take.rubs):
        for shot, span in enumerate(world.timeline):
            rng = dice.of(f"rub {shot}", number)
            sound = rubs.rubbing(rub, span, voices[rub.first], voices[rub.second], materials, rng)
            if sound is None:
                continue
            # A rub's loudest tenth of a second counts as one event.
            energy = busiest(sound.signal)
            if energy < max(THRESHOLD_PA2_S, loudest * 10 ** (-MASKED_DB / 10)):
                continue
            lift = lift_of(energy, loudest)
            # What tyres and wheels roll like belongs to their vehicle's own sound.
            drives = rub.kind == "roll" and _is_vehicle(world, rub.first, rub.second)
            if not drives:
                space.play_moving(sound.signal * lift, sound.film_s, sound.positions, sound.rate_hz)
            seconds = len(sound.positions) / sound.rate_hz
            strength = energy * lift**2 / max(loudest, 1e-30)
            if (
                seconds > 0.3
                and strength > 1e-4
                and not any(_is_shard(world, n) or limbs.figure_of(world, n) for n in (rub.first, rub.second))
            ):
                end_s = sound.film_s + seconds
                sort: captions.Sort = _driving(rub) if drives else rub.kind
                heard.append(Heard(sound.film_s, end_s, sort, rub.first, rub.second, ("", ""), strength))
    return heard


def _driving(rub: Rub) -> captions.Sort:
    """Whether a vehicle goes past, or starts or stops before the camera."""
    return "pass" if float(np.quantile(rub.speed, 0.1)) > PASSING_M_S else "drive"


def _is_vehicle(world: World, *names: str) -> bool:
    props = {prop.id: prop.thing for prop in world.screenplay.props}
    things = {props.get(body.prop, "") for body in world.bodies if body.name in names}
    return any((entry := sound_of(thing)) is not None and entry.kind == "vehicle" for thing in things)


def _play_air(world: World, take: Take, space: Space, loudest: float, dice: Dice) -> None:
    bodies = {body.name: body for body in world.bodies if body.moves and body.name in take.names}
    for shot, span in enumerate(world.timeline):
        rushes = [
            air.whoosh(body, _area(world, name), span, take, dice.of(f"whoosh {name}", shot))
            for name, body in bodies.items()
            if not _is_shard(world, name)
        ]
        rushes += [air.flapping(name, span, take, dice.of(f"cloth {name}", shot)) for name in take.cloths]
        rushes += [
            fabric.landing(c.name, c.cloth.mass_kg, span, take, dice.of(f"landing {c.name}", shot))
            for c in world.cloths
            if c.name in take.cloths
        ]
        for placed in (figure for figure in world.figures if figure.name in take.figures):
            rng = dice.of(f"rustle {placed.name}", shot)
            rushes.append(living.rustling(placed, take.figures[placed.name], span, rng))
            rushes.append(living.breathing(world, take, placed, span, dice.of(f"breath {placed.name}", shot)))
        for rush in rushes:
            if rush is not None:
                lift = min(lift_of(busiest(rush.signal), loudest), MOST_AIR_LIFT)
                space.play_moving(rush.signal * lift, rush.film_s, rush.positions, rush.rate_hz)


def _area(world: World, name: str) -> float:
    """Cross-section of a body, m²."""
    body = world.body(name)
    if body.part.drag is not None:
        return max(body.part.drag.area_m2, 1e-6)
    extents = [shape_extent(shape) for shape in body.part.shapes]
    sizes = sorted(np.max(extents, axis=0)) if extents else [0.01, 0.01, 0.01]
    return max(float(sizes[-1] * sizes[-2]) * 0.75, 1e-6)


def busiest(signal: Array) -> float:
    """Energy of a sound's loudest tenth of a second, Pa²·s."""
    step = SAMPLE_RATE_HZ // 10
    padded = np.pad(signal, (0, -len(signal) % step)).reshape(-1, step)
    return float(np.max(np.sum(padded**2, axis=1), initial=0.0)) / SAMPLE_RATE_HZ


def _is_shard(world: World, name: str) -> bool:
    return any(name in breakable.shards for breakable in world.breakables)
