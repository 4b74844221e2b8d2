"""Words for what is heard, in the screenplay's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lichtspiel.library.catalogue import things
from lichtspiel.sound.limbs import figure_of
from lichtspiel.sound.soundtrack import Caption
from lichtspiel.stage.world import World

Sort = Literal[
    "hit", "roll", "slide", "break", "shards", "step", "hooves", "thud", "clap", "splash", "drums", "cymbal",
    "drive", "pass",
]  # fmt: skip
NAMELESS = ("step", "hooves", "thud", "clap", "splash", "drums", "cymbal")
"""Sorts whose captions do not say what sounds so."""

TOGETHER_S = 0.7
"""Repeats closer than this share one caption."""
SHORTEST_S = 1.0
MOST_AT_ONCE = 2

PATTERNS: dict[str, dict[str, str]] = {
    "en": {
        "hit": "[{subject} hits {object}]",
        "same": "[{subject} clacks]",
        "bounce": "[{subject} bounces on {object}]",
        "roll": "[{subject} rolls]",
        "drive": "[{subject} drives]",
        "pass": "[{subject} passes]",
        "slide": "[{subject} scrapes over {object}]",
        "break": "[{subject} shatters]",
        "shards": "[shards clatter]",
        "step": "[footsteps]",
        "hooves": "[hoofbeats]",
        "thud": "[thud]",
        "clap": "[clapping]",
        "drums": "[drums]",
        "cymbal": "[cymbal]",
        "splash": "[splashing]",
        "air": "[no air: only a faint thud through the ground]",
    },
    "de": {
        "hit": "[{subject} trifft auf {object}]",
        "same": "[{subject} klackt]",
        "bounce": "[{subject} springt auf {object}]",
        "roll": "[{subject} rollt]",
        "drive": "[{subject} fährt]",
        "pass": "[{subject} fährt vorbei]",
        "slide": "[{subject} schabt über {object}]",
        "break": "[{subject} zerspringt]",
        "shards": "[Scherben klirren]",
        "step": "[Schritte]",
        "hooves": "[Hufschlag]",
        "thud": "[dumpfer Aufprall]",
        "clap": "[Klatschen]",
        "drums": "[Schlagzeug]",
        "cymbal": "[Becken]",
        "splash": "[Platschen]",
        "air": "[keine Luft: nur ein schwacher Stoß durch den Boden]",
    },
}
GERMAN_PARTS = {
    "rim": "Ring", "backboard": "Brett", "net": "Netz", "edge": "Kante", "floor": "Boden",
    "ground": "Boden", "wall": "Wand", "ceiling": "Decke", "table": "Tisch", "counter": "Theke",
    "bench": "Tisch", "desk": "Tisch", "lane": "Bahn", "gutter": "Rinne", "step": "Stufe",
    "stairs": "Treppe", "pole": "Pfosten", "court": "Boden", "track": "Bahn", "lawn": "Rasen",
    "street": "Straße", "top": "Platte", "handle": "Griff", "shelf": "Regal",
}  # fmt: skip
VAGUE = ("top", "ground", "handle")
"""Parts that say less than the name of the thing they belong to."""


@dataclass(frozen=True)
class Heard:
    """Something heard, before it is put into words."""

    film_s: float
    film_end_s: float
    sort: Sort
    first: str
    second: str
    """Body names; `second` may be empty."""
    labels: tuple[str, str]
    """Of the shapes that met, on the first and on the second body."""
    energy: float


def phrase(world: World, heard: Heard, repeated: bool = False) -> str:
    """The caption of one event."""
    language = world.screenplay.language
    if heard.sort in NAMELESS:
        return PATTERNS[language][heard.sort]
    first, second = heard.first, heard.second
    label = heard.labels[1]
    if second and not world.body(first).moves and world.body(second).moves:
        first, second, label = second, first, heard.labels[0]
    same = heard.sort == "hit" and _prop(world, first) == _prop(world, second)
    bounces = repeated and heard.sort == "hit" and not (second and world.body(second).moves)
    pattern = PATTERNS[language]["same" if same else "bounce" if bounces else heard.sort]
    thing = name_of(world, second, label) if second else ""
    article = "the " if language == "en" else ""
    return pattern.format(subject=name_of(world, first, ""), object=article + thing)


def name_of(world: World, body: str, label: str) -> str:
    """What people call a body, or the part of it that was met."""
    german = world.screenplay.language == "de"
    prop = world.body(body).prop
    if prop == "place":
        words = (label, body.rsplit("/", maxsplit=1)[-1].split("_", maxsplit=1)[0])
        known = next((word for word in words if word in GERMAN_PARTS and word not in VAGUE), "floor")
        return GERMAN_PARTS[known] if german else known
    if label in GERMAN_PARTS and label not in VAGUE:
        return GERMAN_PARTS[label] if german else label.replace("_", " ")
    thing = world.screenplay.prop(prop).thing
    entry = things().get(thing)
    names = (entry.names.de if german else entry.names.en) if entry else ()
    word = names[0] if names else thing.replace("_", " ")
    return word[:1].upper() + word[1:] if german else word


def captions(world: World, events: Iterable[Heard], duration_s: float) -> tuple[Caption, ...]:
    """Captions in time order: repeats joined, at most two at once, the louder ones kept."""
    groups: dict[tuple[str, str, str, tuple[str, str]], list[list[Heard]]] = {}
    for event in sorted(events, key=lambda one: one.film_s):
        one, other = sorted((_prop(world, event.first), _prop(world, event.second)))
        runs = groups.setdefault((event.sort, one, other, event.labels), [])
        if runs and event.film_s - runs[-1][-1].film_end_s < TOGETHER_S:
            runs[-1].append(event)
        else:
            runs.append([event])
    found = [run for runs in groups.values() for run in runs]
    spoken: list[Caption] = []
    for run in sorted(found, key=lambda run: -max(event.energy for event in run)):
        start = run[0].film_s
        end = min(max(run[-1].film_end_s, start + SHORTEST_S), duration_s)
        at_once = sum(one.film_start_s < end and start < one.film_end_s for one in spoken)
        text = phrase(world, run[0], repeated=len(run) > 2)
        same = any(one.text == text and one.film_start_s < end and start < one.film_end_s for one in spoken)
        if end - start > 0.2 and at_once < MOST_AT_ONCE and not same:
            spoken.append(Caption(start, end, text))
    return tuple(sorted(spoken, key=lambda one: (one.film_start_s, one.text)))


def _prop(world: World, body: str) -> str:
    return figure_of(world, body) or (world.body(body).prop if body else "")
