"""Where people are, look and go: spots of the place and ways."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.lexicon import Pace, Preposition
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_lexicon import SpotWord, Way
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import Span
from lichtspiel.director.people_things import take_thing
from lichtspiel.director.senses import CueWord, Item, PlaceName, ThingName
from lichtspiel.screenplay import Action, Gaze

_TO = frozenset({"towards", "into", "until"})
_TABLES = frozenset({"table", "desk"})
_AT = frozenset({"at", "towards"})
"""What stands before the table that somebody is at; English has one word for both."""
_FROM = frozenset({"from", "out_of", "at", "beside"})
"""Prepositions before the spot where a walk begins."""


def take_way(scene: Scene, at: int, span: Span, way: Way) -> None:
    """Where a look or a walk goes."""
    following = scene.spans[at + 1] if at + 1 < len(scene.spans) else None
    preposition = span.item.sense(Preposition)
    if preposition is not None and following is not None and begins_noun(following):
        scene.role = preposition.role
        return
    deed = scene.deed
    if _behind_its_noun(scene, span, way):
        return
    if deed is None:
        if preposition is None:
            scene.ledger.refuse(span.item, "directions are chosen by the stage")
        return
    travels = deed.motion is not None and deed.motion.kind == "locomotion"
    if deed.action not in (Action.LOOK, Action.WALK) and not travels:
        # Who smiles at the camera looks into it.
        deed = DraftDeed(deed.people, Action.LOOK, span.item)
        scene.reading.deeds.append(deed)
    deed.fields.setdefault("gaze", way.gaze)
    deed.items.append((span.item, "gaze"))


def _behind_its_noun(scene: Scene, span: Span, way: Way) -> bool:
    """`die Treppe hinauf`: German words that stand behind what somebody goes up or down."""
    before, deed = scene.before(span), scene.deed
    named = before is not None and before.item.sense(ThingName) is not None and before.end == span.start
    if scene.language != "de" or way.gaze not in (Gaze.UP, Gaze.DOWN) or not named or deed is None:
        return False
    prop = next(iter(scene.discourse.other_topic), None)
    if prop is None or deed.action is not Action.PERFORM:
        return False
    if prop in deed.using and prop not in (deed.motion.using if deed.motion else ()):
        deed.using.remove(prop)
        deed.fields.setdefault("target", prop)
    deed.note(span.item, "target")
    return True


def take_spot(scene: Scene, span: Span, spot: SpotWord) -> None:
    """Where somebody is: at the door, on the sofa. A table that is carried is a thing."""
    thing, deed = span.item.sense(ThingName), scene.deed
    handled = deed is not None and deed.action is Action.PERFORM and scene.direct
    if handled and thing is not None and scene.role is None:
        take_thing(scene, span, thing)
        return
    if deed is not None and handled and scene.role is None and deed.motion and deed.motion.using:
        # Water that is drunk is not where one stands.
        deed.note(span.item, "motion")
        return
    homes = [one.entry.home for one in scene.reading.cast.values() if one.entry.home in spot.also]
    scene.reading.home = scene.reading.home or next(iter(homes), spot.place)
    for modifier in scene.modifiers:
        scene.ledger.refuse(modifier.item, "places are furnished as they are")
    scene.forget()
    place = span.item.sense(PlaceName)
    if place is not None and _names_place(scene, span):
        scene.reading.places.append((span.item, place.ids))
    deed = scene.deed
    people = scene.subjects or scene.topic
    if deed is None and people:
        sits = spot.seat and scene.role in ("on", "onto", "in", None)
        sits = sits or (_is_sat_at(scene, spot) and not _have_acted(people, scene.reading.deeds))
        deed = DraftDeed(list(people), Action.SIT if sits else Action.STAND, span.item)
        scene.reading.deeds.append(deed)
        scene.subjects = []
    elif deed is not None and (deed.action is Action.WALK or _runs_there(scene, deed)):
        _lead_to(scene, deed, span, spot)
        return
    if deed is not None:
        deed = _seated(scene, deed, span) if _is_sat_at(scene, spot) else deed
        deed.fields.setdefault("spot", spot.spot)
        deed.items.append((span.item, "spot"))
    else:
        scene.ledger.refuse(span.item, "nobody is there")
    scene.role = None


def _is_sat_at(scene: Scene, spot: SpotWord) -> bool:
    """Whether who is there sits, unless the prompt says that they stand."""
    return spot.spot in _TABLES and scene.role in _AT


def _have_acted(people: Sequence[DraftCharacter], deeds: Sequence[DraftDeed]) -> bool:
    return any(person in deed.people for deed in deeds for person in people)


def _seated(scene: Scene, deed: DraftDeed, span: Span) -> DraftDeed:
    """Who eats or reads at a table sits there; returns the deed that the table belongs to."""
    deeds = scene.reading.deeds
    entry = deed.motion
    # Who points at a table is elsewhere.
    handles = entry is not None and entry.kind == "gesture" and bool(entry.using or deed.using)
    before = deeds[: deeds.index(deed)] if deed in deeds else deeds
    if not handles or _have_acted(deed.people, before):
        return deed
    sits = DraftDeed(deed.people, Action.SIT, span.item)
    deeds.insert(len(before), sits)
    return sits


def _lead_to(scene: Scene, deed: DraftDeed, span: Span, spot: SpotWord) -> None:
    """`toward the door`: where a walk ends; `from the window` is where it begins."""
    field = "spot" if scene.role in _FROM else "destination"
    deed.fields.setdefault(field, spot.spot)
    deed.note(span.item, field)
    scene.role = None


def _runs_there(scene: Scene, deed: DraftDeed) -> bool:
    """`runs toward the door`, `limps out of it`: a gait on its way, not one on the spot."""
    travels = deed.motion is not None and deed.motion.kind == "locomotion"
    return travels and scene.role in (*_TO, "from", "out_of")


def take_hour(scene: Scene, item: Item) -> None:
    """The hour in the name of a place: a morning market."""
    words = scene.discourse.words
    for token in scene.tokens[item.start : item.end - 1]:
        for phrase in words.single(frozenset({token.key})):
            if isinstance(phrase.sense, CueWord) and "time_of_day" in phrase.sense.cue.setting:
                scene.reading.cues.append((item, phrase.sense, scene.sentence))


def _names_place(scene: Scene, span: Span) -> bool:
    return len(scene.tokens[span.start].key) > 6 or span.end - span.start > 1


def begins_noun(span: Span) -> bool:
    """Whether a preposition right before it belongs to it."""
    if span.item.mark or span.item.word("conjunction", "subordinator"):
        return False
    return span.item.sense(Preposition) is None and span.item.sense(Pace) is None
