"""Hand a clause about things, in a film of people, to the reader of things."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.clauses import read_clauses
from lichtspiel.director.discourse import Referent
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.plot import read_frame
from lichtspiel.director.senses import Item
from lichtspiel.director.thing_clauses import ThingClause


def things_act(scene: Scene, clause: ThingClause, items: Sequence[Item]) -> None:
    """Read the items of a clause into the scene's story of things."""
    words = scene.discourse.words
    story, ledger = scene.reading.story, scene.ledger
    if clause.handled:
        story.earlier = Referent(person=True)
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
