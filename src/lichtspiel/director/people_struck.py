"""Somebody whom a thing hits: `a ball hits a man`, where the thing comes first and who feels it last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import RoleName, Span
from lichtspiel.director.senses import ThingName, VerbWord
from lichtspiel.director.story import DraftBeat
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action

FLINCHES = "flinch"
"""What who is hit by something light does: nobody loses their feet by a ball."""
_FALLS = "get_hit"
_LANDS_S = 0.8
"""When it hits."""
_LIGHT = frozenset({"ball", "small", "food", "fruit", "toy"})
"""Tags of what is thrown at people."""


def struck_by(spans: Sequence[Span], verb: Span) -> Span | None:
    """The thing that a verb of hitting has before it, where somebody stands right behind it; else None."""
    sense = verb.item.sense(VerbWord)
    if sense is None or sense.verb.action is not Action.HIT or sense.particle is not None:
        return None
    before = [one for one in spans if one.end <= verb.start]
    ends = max((number for number, one in enumerate(before) if one.item.mark), default=-1)
    nouns = [one for one in before[ends + 1 :] if _is_noun(one)]
    behind = [one for one in spans if one.start >= verb.end]
    struck = next((one for one in behind if one.item.mark or _is_noun(one)), None)
    if not nouns or any(_is_somebody(one) for one in nouns) or struck is None or not _is_somebody(struck):
        return None
    name = nouns[0].item.sense(ThingName)
    return nouns[0] if name is not None and any(_is_light(one) for one in name.ids) else None


def _is_somebody(span: Span) -> bool:
    return span.sense(RoleName) is not None


def _is_noun(span: Span) -> bool:
    return _is_somebody(span) or span.item.sense(ThingName) is not None


def _is_light(thing: str) -> bool:
    known = catalogue.things()
    return thing in known and not _LIGHT.isdisjoint(known[thing].tags)


def what_flies(reading: PeopleReading, deed: DraftDeed) -> str | None:
    """The prop that somebody is hit by, where it is one that is thrown at people; else None."""
    props = reading.story.discourse.props
    named = [str(name) for name in (deed.fields.get("target"), *deed.using)]
    return next((name for name in named if name in props and _is_light(props[name].thing)), None)


def take_blow(scene: Scene, span: Span) -> bool:
    """Take `hits` in `a ball hits a man`: who is named behind it feels it; False where nobody does."""
    if struck_by(scene.spans, span) is None or not scene.discourse.other_topic:
        return False
    fields: dict[str, Any] = {"motion": _FALLS, "target": scene.discourse.other_topic[0]}
    deed = DraftDeed([], Action.PERFORM, span.item, fields, waits=True)
    scene.reading.deeds.append(deed)
    scene.deed, scene.subjects, scene.topic, scene.loose = deed, [], [], []
    scene.undone, scene.direct, scene.line, scene.role = False, True, None, None
    return True


def fly_at(reading: PeopleReading, deed: DraftDeed, thing: str) -> None:
    """Somebody is hit by a thing: it flies at them, and they flinch as it lands."""
    deed.using = []
    deed.fields.update(motion=FLINCHES, target=thing)
    deed.fields.setdefault("at_s", _LANDS_S)
    reading.story.beats.append(DraftBeat(thing, Action.THROW, [deed.item], target=deed.people[0].id))
