"""Outcomes that a verb says, with its particle, its objects and its negation."""

from __future__ import annotations

from lichtspiel.director.circumstances import role_sense
from lichtspiel.director.discourse import Referent, props_of
from lichtspiel.director.frames import Frame
from lichtspiel.director.lexicon import Sense, Verb
from lichtspiel.director.reference import refer
from lichtspiel.director.senses import Item
from lichtspiel.director.story import DraftBeat, Story
from lichtspiel.screenplay import Action, OutcomeKind

_NEED_TARGET = frozenset({OutcomeKind.HITS, OutcomeKind.KNOCKS_OVER, OutcomeKind.MISSES})
_WITHOUT_TARGET = frozenset(
    {OutcomeKind.SETTLES, OutcomeKind.FALLS_OVER, OutcomeKind.STAYS_UP, OutcomeKind.LEAVES}
)
FALLS = frozenset({OutcomeKind.FALLS_OVER, OutcomeKind.FALLS_OFF, OutcomeKind.KNOCKS_OVER})
"""Outcomes after which a thing no longer stands where it stood."""


def take_outcomes(
    story: Story,
    beat: DraftBeat,
    frame: Frame,
    item: Item,
    verb: Verb,
    sense: Sense | None,
    patients: list[Referent],
) -> None:
    """Outcomes that the verb itself says, with its particle and objects."""
    kind = sense.outcome if sense and sense.outcome else verb.outcome
    items = [item, *(particle for particle, name in frame.particles if name in verb.particles)]
    if frame.negation is not None:
        _negated(story, beat, kind, verb, [*items, frame.negation], patients)
        return
    if kind is OutcomeKind.FALLS_OFF and props_of(patients):
        kind = OutcomeKind.HITS
    said = {
        found.outcome
        for relation in frame.relations
        if (found := role_sense(verb, relation)) and _means_something(refer(story.discourse, relation.phrase))
    }
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


def _negated(
    story: Story,
    beat: DraftBeat,
    kind: OutcomeKind | None,
    verb: Verb,
    items: list[Item],
    patients: list[Referent],
) -> None:
    if kind in FALLS or verb.action in (Action.FALL, Action.TOPPLE):
        story.happens(beat, OutcomeKind.STAYS_UP, None, items)
    elif kind in (OutcomeKind.HITS, OutcomeKind.ENTERS) and not any(one.part for one in patients):
        target = next((prop for referent in patients for prop in referent.props), None)
        story.happens(beat, OutcomeKind.MISSES, target, items)
    else:
        for item in items:
            story.ledger.refuse(item, "that something does not happen cannot be promised yet")
