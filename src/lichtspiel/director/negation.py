"""What does not happen: misses, stays up, or an outcome that must never come."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.discourse import Referent, props_of
from lichtspiel.director.frames import Frame, role_sense
from lichtspiel.director.lexicon import Verb
from lichtspiel.director.senses import Item
from lichtspiel.director.story import DraftBeat, Story
from lichtspiel.screenplay import Action, OutcomeKind

FALLS = frozenset({OutcomeKind.FALLS_OVER, OutcomeKind.FALLS_OFF})
_MISSED = frozenset({OutcomeKind.HITS, OutcomeKind.ENTERS})
_STILL = frozenset(
    {
        Action.FALL,
        Action.TOPPLE,
        Action.ROLL,
        Action.SLIDE,
        Action.SWING,
        Action.SPIN,
        Action.BOUNCE,
        Action.DROP,
        Action.RING,
    }
)
"""Actions of which a denied verb leaves nothing: what does not roll rests."""


def is_denied(frame: Frame) -> bool:
    """Whether the clause denies its verb; `almost` only denies how it ends."""
    return frame.negation is not None and not frame.negation.word("almost")


def denied(kind: OutcomeKind, part: str | None = None) -> tuple[OutcomeKind, bool]:
    """The outcome that says it does not happen, and whether that is the outcome itself, never."""
    if kind in FALLS:
        return OutcomeKind.STAYS_UP, False
    if kind in _MISSED and part is None:
        return OutcomeKind.MISSES, False
    return kind, True


def rests(frame: Frame, verb: Verb, outcome: OutcomeKind | None, patients: Sequence[Referent]) -> bool:
    """Whether nothing sets the subject going, because the verb is denied and aims at nothing."""
    aimed = bool(props_of(patients)) or outcome in (
        OutcomeKind.HITS,
        OutcomeKind.ENTERS,
        OutcomeKind.KNOCKS_OVER,
    )
    goes_on = any(role_sense(verb, relation) for relation in frame.relations) and verb.action not in (
        Action.FALL,
        Action.TOPPLE,
    )
    return is_denied(frame) and not aimed and not goes_on and verb.action in _STILL


def deny(
    story: Story,
    beat: DraftBeat,
    kind: OutcomeKind | None,
    verb: Verb,
    items: Sequence[Item],
    patients: Sequence[Referent],
) -> None:
    """Add that what the verb says does not happen."""
    if kind is None and verb.action in (Action.FALL, Action.TOPPLE):
        kind = OutcomeKind.FALLS_OVER
    elif kind is None and verb.action is Action.BOUNCE:
        kind = OutcomeKind.REBOUNDS_OFF
    if kind is None:
        _rest(story, beat, items)
        return
    targets = [
        (one, target) for one in patients for target in (one.props or (("ground",) if one.ground else ()))
    ]
    if kind is OutcomeKind.KNOCKS_OVER and not targets:
        kind = OutcomeKind.FALLS_OVER
    if not targets or kind in FALLS:
        meant, never = denied(kind)
        story.happens(beat, meant, None, items, never=never)
    else:
        for referent, target in targets:
            meant, never = denied(kind, referent.part)
            story.happens(beat, meant, target, items, referent, never=never)


def _rest(story: Story, beat: DraftBeat, items: Sequence[Item]) -> None:
    for item in items:
        if beat.action is Action.REST:
            story.ledger.realise(item, f"beats.{story.index(beat)}.action", "stays as it is")
        else:
            story.ledger.refuse(item, "that something does not happen can be promised of how it ends only")
