"""Hand a clause about things, in a film of people, to the reader of things."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lichtspiel.director.clauses import read_clauses
from lichtspiel.director.discourse import Referent
from lichtspiel.director.people_fixtures import UNAIMED, fixture_end
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.plot import read_frame
from lichtspiel.director.senses import Item, ThingName
from lichtspiel.director.thing_clauses import ThingClause
from lichtspiel.director.vocabulary import names_of


def _in_hand(scene: Scene, item: Item) -> Item:
    """`The ball rebounds`: what somebody threw a moment ago, whatever else goes by that name."""
    name = item.sense(ThingName)
    key = scene.tokens[item.end - 1].key
    things, words = scene.discourse.words.library.things, scene.language
    for deed in reversed(scene.reading.deeds if name is not None else []):
        kinds = [scene.discourse.props[prop].thing for prop in deed.using]
        for thing in kinds or (deed.motion.using if deed.motion else ()):
            names = names_of(things[thing].names, words) if thing in things else ()
            if any(text.lower().endswith(key) for text in names):
                prop = scene.discourse.of_thing((thing,)) or scene.discourse.add(thing)
                deed.using = deed.using or [prop.id]
                return replace(item, senses=(ThingName((thing,)),))
    return item


def things_act(scene: Scene, clause: ThingClause, items: Sequence[Item]) -> None:
    """Read the items of a clause into the scene's story of things."""
    words = scene.discourse.words
    story, ledger = scene.reading.story, scene.ledger
    if clause.handled:
        story.earlier = Referent(person=True)
    fixed = [item for item in items if item.sense(ThingName) and fixture_end(scene, item.start)]
    for item in fixed:
        ledger.refuse(item, UNAIMED)
    scene.items += fixed
    items = [_in_hand(scene, item) for item in items if item not in fixed]
    reading = read_clauses(scene.tokens, items, words.lexicon.words, words.language)
    for frame in reading.frames:
        read_frame(story, frame)
    for item, why in reading.evident:
        ledger.realise(item, "beats", why)
    for item, reason in reading.left:
        ledger.refuse(item, reason)
    scene.reading.cues += [(item, cue, scene.sentence) for item, cue, _ in reading.cues]
    scene.items += items
    if not clause.handled:
        scene.deed, scene.subjects, scene.role = None, [], None
