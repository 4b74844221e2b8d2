"""Outcomes that a verb says, with its particle, its objects and its negation."""

from __future__ import annotations

from lichtspiel.director.discourse import Referent, props_of
from lichtspiel.director.frames import Frame, role_sense
from lichtspiel.director.lexicon import Meaning, Verb
from lichtspiel.director.negation import deny
from lichtspiel.director.reference import refer
from lichtspiel.director.senses import Item
from lichtspiel.director.story import DraftBeat, Story
from lichtspiel.screenplay import OutcomeKind

_NEED_TARGET = frozenset({OutcomeKind.HITS, OutcomeKind.KNOCKS_OVER, OutcomeKind.MISSES})
_WITHOUT_TARGET = frozenset(
    {OutcomeKind.SETTLES, OutcomeKind.FALLS_OVER, OutcomeKind.STAYS_UP, OutcomeKind.LEAVES}
)


def take_outcomes(
    story: Story,
    beat: DraftBeat,
    frame: Frame,
    item: Item,
    verb: Verb,
    sense: Meaning | None,
    patients: list[Referent],
) -> None:
    """Outcomes that the verb itself says, with its particle and objects."""
    kind = sense.outcome if sense and sense.outcome else verb.outcome
    items = [item, *(particle for particle, name in frame.particles if name in verb.particles)]
    said = {
        found.outcome
        for relation in frame.relations
        if (found := role_sense(verb, relation)) and _means_something(refer(story.discourse, relation.phrase))
    }
    if frame.negation is not None:
        if not said:
            deny(story, beat, kind, verb, [*items, frame.negation], patients)
        return
    if kind is OutcomeKind.FALLS_OFF and props_of(patients):
        kind = OutcomeKind.HITS
    targets = [(p, t) for p in patients for t in (p.props or (("ground",) if p.ground else ()))]
    if kind is OutcomeKind.MISSES and not targets and beat.target:
        targets = [(Referent(), beat.target)]
    if kind in _NEED_TARGET and not targets and not said:
        kind = OutcomeKind.FALLS_OVER if kind is OutcomeKind.KNOCKS_OVER else None
    if kind is None and not said and item is not beat.items[0] and verb.then is not OutcomeKind.LANDS_ON:
        kind = verb.then
        items = [item]
    if kind is None or (said and not targets and kind in {*said, verb.outcome}):
        return
    if targets and kind not in _WITHOUT_TARGET:
        for referent, target in targets:
            story.happens(beat, kind, target, items, referent)
    elif kind is OutcomeKind.REBOUNDS_OFF:
        story.happens(beat, kind, _last_hit(beat), items)
    elif kind is not OutcomeKind.HITS:
        story.happens(beat, kind, None, items)


def _means_something(referent: Referent) -> bool:
    return bool(referent.props) or referent.ground


def _last_hit(beat: DraftBeat) -> str:
    hits = [draft.outcome.target for draft in beat.outcomes if draft.outcome.kind is OutcomeKind.HITS]
    return next((target for target in reversed(hits) if target), "ground")
