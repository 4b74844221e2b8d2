"""Sounds that the screenplay asks for, at their moments and in their places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.catalogue import sounds
from lichtspiel.library.hearing import SoundEntry
from lichtspiel.sound import ambience, whereabouts
from lichtspiel.sound.dice import Dice
from lichtspiel.sound.happenings import busiest, lift_of
from lichtspiel.sound.mix import in_the_mix
from lichtspiel.sound.modes import Array
from lichtspiel.sound.sounding import REFERENCE_PA, at_level, layered, made
from lichtspiel.sound.soundtrack import SAMPLE_RATE_HZ, Caption
from lichtspiel.sound.space import Space
from lichtspiel.stage.world import World
from lichtspiel.take import Take
from lichtspiel.take.cues import Timed, timed
from lichtspiel.take.lightning import Strike, strikes

ASKED_FOR_DB = 8.0
"""A sound that is asked for stands out from the bed by so much more than it would by itself."""
EASE_S, EDGE_S = 0.5, 0.01
"""Fades of sounds that go on, and of single ones."""
USUAL_M = 3.0
"""Distance at which a cue counts as loud as a knock of its energy."""
CAPTION_S = 3.0
LOWER = {"auf", "am", "ans", "im", "in", "an", "der", "dem", "das", "die", "mit", "sich", "vorbei"}
"""Words of German names that are no nouns; nor are those that end in t: wiehert, öffnet."""


def play(world: World, take: Take, space: Space, loudest: float, dice: Dice) -> tuple[Array, list[Caption]]:
    """Sound the cues: those with a place in space; those from all around are returned, (2, N) full scale.

    `loudest` is the energy of the take's loudest knock, which cues are evened out against.
    """
    around = np.zeros((2, space.samples))
    captions = []
    struck: dict[int, list[Strike]] = {}
    for strike in strikes(world, take):
        struck.setdefault(strike.cue, []).append(strike)
    for told in timed(world, take):
        item, bolts = _of_strikes(told, struck.get(told.number, []))
        source = item.cue.source or _prop(world, item.entry)
        rng = dice.of(f"cue {item.cue.sound}", item.number)
        if source is None and (item.entry.around or item.entry.layers):
            for part in (item, *bolts):
                _add(around, _everywhere(world, part, rng), part.start_s)
        else:
            _placed(world, take, space, loudest, item, source, rng)
        captions.append(_caption(item, world.screenplay.language))
    return around, [caption for caption in captions if caption is not None]


def _of_strikes(item: Timed, bolts: list[Strike]) -> tuple[Timed, list[Timed]]:
    """A cue whose thunder is that of its lightning: its own, or one by one instead of among its layers."""
    if not item.entry.layers or not bolts:
        return replace(item, entry=_thunder(item.entry, bolts[0])) if bolts else item, []
    loud = {layer.sound: layer.level_db for layer in item.entry.layers}
    without = tuple(layer for layer in item.entry.layers if layer.sound != bolts[0].sound)
    rest = replace(item, entry=item.entry.model_copy(update={"layers": without}))
    end = item.start_s + item.seconds
    own_db = item.entry.level_db
    thunders = []
    for bolt in bolts:
        entry = _thunder(sounds()[bolt.sound], bolt)
        usual_db = sounds()[bolt.sound].level_db
        level = own_db + loud[bolt.sound] + entry.level_db - usual_db
        lasts = min(entry.duration_s or end, end - bolt.heard_s)
        louder = entry.model_copy(update={"level_db": level})
        thunders.append(Timed(item.cue, louder, bolt.heard_s, lasts, item.number))
    return rest, thunders


def _thunder(entry: SoundEntry, bolt: Strike) -> SoundEntry:
    """The sound of a strike's thunder: nearer is louder, sharper, and of the channel that is seen."""
    nearer_db = 20 * float(np.log10(float(entry.parameters["distance_m"]) / bolt.distance_m))  # type: ignore[arg-type]
    parameters = entry.parameters | {"distance_m": bolt.distance_m, "shape": float(bolt.shape)}
    return entry.model_copy(update={"parameters": parameters, "level_db": entry.level_db + nearer_db})


def _prop(world: World, entry: SoundEntry) -> str | None:
    """The prop that makes this sound of itself, or that it is on."""
    makers = (*entry.things, *entry.borne_by)
    return next((prop.id for prop in world.screenplay.props if prop.thing in makers), None)


def _caption(item: Timed, language: str) -> Caption | None:
    """What is heard, in brackets; None for what has no name."""
    names = item.entry.names.de if language == "de" else item.entry.names.en
    if not names:
        return None
    words = names[0].split()
    if language == "de":
        words = [
            w if i and (w in LOWER or w.endswith("t")) else w[:1].upper() + w[1:] for i, w in enumerate(words)
        ]
    return Caption(item.start_s, item.start_s + min(item.seconds, CAPTION_S), f"[{' '.join(words)}]")


def _everywhere(world: World, item: Timed, rng: np.random.Generator) -> Array:
    sound = ambience.all_around(world, item.entry, item.seconds, rng)
    there_db = item.entry.level_db + (ambience.WALL_DB if ambience.is_outside(item.entry, world) else 0.0)
    level = in_the_mix(there_db) + ASKED_FOR_DB + item.cue.level_db
    reference = REFERENCE_PA * 10 ** (there_db / 20)
    return _eased(sound, item) * (10 ** (level / 20) / reference)


def _placed(
    world: World,
    take: Take,
    space: Space,
    loudest: float,
    item: Timed,
    source: str | None,
    rng: np.random.Generator,
) -> None:
    entry, cue = item.entry, item.cue
    if entry.layers:
        signal = layered(entry, world.screenplay.setting, item.seconds, rng).mean(axis=0)
    else:
        signal = made(entry, item.seconds, rng)
        signal = signal.mean(axis=0) if signal.ndim == 2 else signal
    if source is not None:
        path = whereabouts.of_source(world, take, source, item.start_s, item.seconds)
        distance = USUAL_M
    else:
        if ambience.is_outside(entry, world):
            signal = at_level(ambience.through_wall(signal), entry.level_db + ambience.WALL_DB)
        speed = entry.passes_m_s if world.acoustics.room_m is None else 0.0
        path = whereabouts.afar(world, entry.distance_m, item.start_s, item.seconds, rng, speed)
        distance = entry.distance_m
        if world.acoustics.room_m is not None:
            # What is too far off to fit into the room stands at its wall and is as soft as out there.
            stands = float(np.linalg.norm(path.positions[0] - np.array(world.action_centre)))
            signal = signal * min(1.0, stands / distance)
            distance = max(stands, 1.0)
    energy = busiest(signal) * (USUAL_M / distance) ** 2
    gain = lift_of(energy, loudest) * 10 ** (cue.level_db / 20)
    space.play_along(_eased(signal, item) * gain, item.start_s, path.heard_from)


def _eased(sound: Array, item: Timed) -> Array:
    """A sound with fades that suit it: single sounds keep their beginnings."""
    count = sound.shape[-1]
    single = item.entry.duration_s is not None
    rise = int((0.002 if single or item.start_s <= 0 else EASE_S) * SAMPLE_RATE_HZ)
    fall = int((EDGE_S if single else EASE_S / 2) * SAMPLE_RATE_HZ)
    rise, fall = min(rise, count // 3), min(fall, count // 3)
    shape = np.ones(count)
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    shape[count - fall :] = 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / max(fall, 1))
    return sound * shape


def _add(total: Array, sound: Array, start_s: float) -> None:
    start = round(start_s * SAMPLE_RATE_HZ)
    count = min(sound.shape[1], total.shape[1] - start)
    total[:, start : start + count] += sound[:, :count]
