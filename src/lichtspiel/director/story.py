"""The story so far: beats with their outcomes, while the prompt is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.director.discourse import Discourse, Referent
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.lexicon import Verb
from lichtspiel.director.senses import Item
from lichtspiel.screenplay import Action, Beat, Gaze, Outcome, OutcomeKind

_AIMED = frozenset(
    {
        OutcomeKind.HITS,
        OutcomeKind.KNOCKS_OVER,
        OutcomeKind.MISSES,
        OutcomeKind.ENTERS,
        OutcomeKind.BREAKS,
    }
)
_OF_THE_WHOLE = frozenset({OutcomeKind.FALLS_OFF, OutcomeKind.ENTERS, OutcomeKind.MISSES})
"""Outcomes that no single part of the target decides."""
_UNAIMED = frozenset({Action.THROW, Action.HIT, Action.BOUNCE})
"""What a shot turns out to be when its goal is named later."""


@dataclass
class DraftOutcome:
    outcome: Outcome
    items: list[Item]
    related: bool = False
    """A preposition says it, not the verb itself."""


@dataclass
class DraftBeat:
    """A beat while the prompt is read."""

    subject: str
    action: Action
    items: list[Item] = field(default_factory=list)
    target: str | None = None
    at_s: float | None = None
    height_m: float | None = None
    speed: float = 1.0
    gaze: Gaze | None = None
    """Side of the picture that a vehicle drives toward."""
    passes: bool = False
    """It drives by whoever looks on."""
    outcomes: list[DraftOutcome] = field(default_factory=list)
    natural: bool = False
    """The prompt names no action; this is what such a thing does."""

    def happens(self, outcome: Outcome, items: Sequence[Item], related: bool = False) -> None:
        """Add an outcome once."""
        for known in self.outcomes:
            same = (known.outcome.kind, known.outcome.target, known.outcome.never) == (
                outcome.kind,
                outcome.target,
                outcome.never,
            )
            if same and outcome.part in (None, known.outcome.part):
                known.items.extend(items)
                return
        self.outcomes.append(DraftOutcome(outcome, list(items), related))

    def in_order(self) -> list[DraftOutcome]:
        """Outcomes as they happen; a miss is only sure at the end, so it comes last."""
        return sorted(self.outcomes, key=lambda draft: draft.outcome.kind is OutcomeKind.MISSES)

    def built(self) -> Beat:
        """The finished beat."""
        return Beat(
            subject=self.subject,
            action=self.action,
            target=self.target,
            at_s=self.at_s,
            height_m=self.height_m,
            speed=self.speed,
            gaze=self.gaze,
            outcomes=tuple(draft.outcome for draft in self.in_order()),
        )


@dataclass
class Story:
    """What was spoken of, ledger and beats, handed from clause to clause."""

    discourse: Discourse
    ledger: Ledger
    beats: list[DraftBeat] = field(default_factory=list)
    earlier: Referent = field(default_factory=Referent)
    """Subject of the clause before, for clauses without one."""

    landscape: bool = False
    """The prompt names a place and no thing."""
    shares: dict[str, int] = field(default_factory=dict)
    """How many of its subjects the clause being read speaks of."""

    @property
    def things_act(self) -> bool:
        """Whether the prompt says that a thing does something."""
        return any(beat.action is not Action.REST and not beat.natural for beat in self.beats)

    def beat_of(self, prop: str) -> DraftBeat | None:
        """The beat in which the prop acts."""
        return next((beat for beat in self.beats if beat.subject == prop), None)

    def index(self, beat: DraftBeat) -> int:
        return self.beats.index(beat)

    def acts(self, prop: str, action: Action, item: Item, verb: Verb) -> DraftBeat:
        """The prop's beat; begins one with this action where it has none, or only rested."""
        known = self.beat_of(prop)
        if known is None:
            known = DraftBeat(prop, action, [item])
            self.beats.append(known)
        elif (known.action is Action.REST and action is not Action.REST) or (
            action is Action.SHOOT and known.action in _UNAIMED
        ):
            known.action = action
            known.items.append(item)
        elif verb.action is None or verb.outcome is None:
            known.items.append(item)
        return known

    def happens(
        self,
        beat: DraftBeat,
        kind: OutcomeKind,
        target: str | None,
        items: Sequence[Item],
        referent: Referent | None = None,
        related: bool = False,
        never: bool = False,
    ) -> None:
        """Add an outcome to a beat, with the part and number that the target's phrase gives."""
        part = referent.part if referent and kind not in _OF_THE_WHOLE else None
        count: int | Literal["all"] | None = None
        if target and target != "ground" and kind is OutcomeKind.KNOCKS_OVER:
            count = "all" if self.discourse.props[target].count > 1 else None
            if referent and referent.share is not None:
                count = referent.share
        if beat.target is None and target not in (None, "ground", beat.subject) and kind in _AIMED:
            beat.target = target
        if target == beat.subject:
            target = None
        if target is None and beat.subject in self.shares:
            count = self.shares[beat.subject]
        outcome = Outcome(kind=kind, target=target, part=part, count=None if never else count, never=never)
        beat.happens(outcome, items, related)

    def habit(self, prop: str) -> Action | None:
        """What such a thing does by nature."""
        entry = self.discourse.entry(prop)
        habits = [habit for habit in self.discourse.words.lexicon.habits if habit.action]
        own = next((habit.action for habit in habits if habit.thing == entry.id), None)
        return own or next((habit.action for habit in habits if habit.tag in entry.tags), None)

    def natural_actions(self) -> None:
        """Give the film something that moves, when no beat does."""
        if any(beat.action is not Action.REST for beat in self.beats):
            return
        for draft in list(self.discourse.props.values()):
            action = self.habit(draft.id)
            known = self.beat_of(draft.id)
            if not draft.mentioned or action is None or action is Action.REST:
                continue
            if known and any(draft.outcome.kind is OutcomeKind.STAYS_UP for draft in known.outcomes):
                continue
            if action is Action.DROP and (known or draft.placement is not None):
                continue
            if known:
                known.action, known.natural = action, True
            else:
                self.beats.append(DraftBeat(draft.id, action, natural=True))

    def choose_headings(self) -> None:
        """Send vehicles that drive by from left to right, as one reads, where the prompt names no way."""
        for index, beat in enumerate(self.beats):
            if beat.passes and beat.gaze is None:
                beat.gaze = Gaze.RIGHT
                self.ledger.fill("way", f"beats.{index}.gaze", "from left to right")

    def account(self) -> None:
        """Write verbs and what they say into the ledger."""
        for index, beat in enumerate(self.beats):
            for related in (False, True):
                for number, draft in enumerate(beat.in_order()):
                    for item in draft.items if draft.related is related else ():
                        self.ledger.realise(item, f"beats.{index}.outcomes.{number}")
                for item in beat.items:
                    self.ledger.realise(item, f"beats.{index}.action")
            if beat.natural:
                self.ledger.fill("action", f"beats.{index}.action", f"{beat.action}: what such a thing does")
