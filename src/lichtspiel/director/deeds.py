"""Beats of one clause: what its actors do, what is done to things, and what follows from a hit."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.actions import action_of
from lichtspiel.director.circumstances import is_agent, relate, take_circumstances
from lichtspiel.director.discourse import Referent, props_of
from lichtspiel.director.frames import Frame, Relation, particle_sense, role_sense
from lichtspiel.director.lexicon import Meaning, Role, Verb
from lichtspiel.director.negation import FALLS, rests
from lichtspiel.director.outcomes import take_outcomes
from lichtspiel.director.senses import Item
from lichtspiel.director.story import DraftBeat, Story
from lichtspiel.screenplay import Action, OutcomeKind

_CARRIED: frozenset[Role] = frozenset({"from", "into", "onto", "through", "out_of"})
"""Ways that a thing goes which is pushed, thrown or struck."""
_OWN = frozenset(
    {
        OutcomeKind.STAYS_UP,
        OutcomeKind.LEAVES,
        OutcomeKind.SETTLES,
        OutcomeKind.STOPS_AT,
        OutcomeKind.FALLS_OFF,
        OutcomeKind.ENTERS,
        OutcomeKind.LANDS_ON,
    }
)
"""Outcomes that a thing which was hit has for itself."""
_ANIMAL = "ridden"
"""Tag of what goes on its own legs: that it runs follows from nothing else."""


def act(
    story: Story, frame: Frame, item: Item, verb: Verb, actors: list[Referent], patients: list[Referent]
) -> None:
    """The actors do something, perhaps to the patients."""
    sense = particle_sense(frame, verb)
    props = props_of(actors)
    fixed = [prop for prop in props if {"installation", "furniture"} & set(story.discourse.entry(prop).tags)]
    if fixed and len(fixed) < len(props) and not patients:
        props = [prop for prop in props if prop not in fixed]
        patients = [Referent(props=tuple(fixed))]
    if not props and props_of(patients):
        undergo(story, frame, item, verb, props_of(patients))
        return
    if not props:
        for relation in frame.relations:
            relate(story, relation, (), None)
        story.ledger.refuse(item, "nothing in the film does this")
        return
    meet = verb.outcome is OutcomeKind.HITS and not patients and not _aimed(frame, verb)
    if meet and len(props) == 1 and story.discourse.props[props[0]].count > 1:
        props.append(story.discourse.part_from(props[0]))
    meet = meet and len(props) > 1
    for number, prop in enumerate(props):
        if meet:
            patients = [Referent(props=(props[(number + 1) % len(props)],))]
        beat = _beat_of_actor(story, prop, frame, item, verb, sense, patients)
        if beat is not None:
            beat.speed = verb.speed if verb.speed != 1.0 else beat.speed
            take_outcomes(story, beat, frame, item, verb, sense, patients)
    done = _consequences(story, frame, item, verb, sense, props_of(patients)) if not meet else []
    _finish(story, frame, item, verb, props, done)


def undergo(
    story: Story, frame: Frame, item: Item, verb: Verb, patients: list[str], aims: Sequence[str] = ()
) -> None:
    """Something is done to the patients by nobody that the film shows, perhaps aiming at another thing."""
    sense = particle_sense(frame, verb)
    action = verb.patient or verb.action or Action.REST
    outcome = sense.outcome if sense else verb.outcome
    if outcome is OutcomeKind.KNOCKS_OVER:
        action, outcome = Action.TOPPLE, OutcomeKind.FALLS_OVER
    elif outcome in (OutcomeKind.HITS, OutcomeKind.LANDS_ON):
        outcome = None
    for prop in patients:
        own = story.habit(prop)
        struck = action in (Action.PUSH, Action.DROP) and verb.outcome and own in (Action.RING, Action.SWING)
        released = action is Action.DROP and own is Action.SWING
        beat = story.acts(prop, own if own and (struck or released) else action, item, verb)
        if outcome:
            story.happens(beat, outcome, None, [item])
        if beat.target is None and action is Action.SHOOT:
            beat.target = next((aim for aim in aims if aim != prop), None)
    _finish(story, frame, item, verb, patients)


def _aimed(frame: Frame, verb: Verb) -> bool:
    """Whether a preposition names what is hit."""
    return any(relation.role != "on" and role_sense(verb, relation) for relation in frame.relations)


def _consequences(
    story: Story, frame: Frame, item: Item, verb: Verb, sense: Meaning | None, patients: list[str]
) -> list[Relation]:
    """What happens to things that are pushed, thrown or struck: `knocks a bottle off a shelf`.

    Returns the relations that speak of them rather than of the actor.
    """
    if verb.patient is None or not patients:
        return []
    theirs = [r for r in frame.relations if r.role in _CARRIED and not is_agent(story, frame, r)]
    theirs = [relation for relation in theirs if role_sense(verb, relation)]
    falls = sense is not None and sense.outcome is OutcomeKind.FALLS_OFF
    if not theirs and not falls:
        return []
    beats = [story.acts(prop, Action.REST, item, verb) for prop in patients]
    for relation in theirs:
        relate(story, relation, beats, (item, verb))
    for beat in beats if falls else ():
        story.happens(beat, OutcomeKind.FALLS_OFF, None, [item])
    return theirs


def _beat_of_actor(
    story: Story,
    prop: str,
    frame: Frame,
    item: Item,
    verb: Verb,
    sense: Meaning | None,
    patients: list[Referent],
) -> DraftBeat | None:
    """The actor's beat for this verb; None where another beat causes what happens to it."""
    known = story.beat_of(prop)
    said = sense or any(role_sense(verb, relation) for relation in frame.relations)
    outcome = sense.outcome if sense and sense.outcome else verb.outcome
    if not verb.static and rests(frame, verb, outcome, patients):
        return story.acts(prop, Action.REST, item, verb)
    if verb.static or (verb.self_evident and not said):
        return _no_deed(story, prop, item, verb)
    cause = _causing(story, prop)
    if known is not None and known.action is Action.REST and cause is not None:
        return known
    if known is None and cause is not None and (outcome in _OWN or said):
        return story.acts(prop, Action.REST, item, verb)
    if known is None and cause is not None and frame.negation is None:
        _caused(story, cause, prop, item, verb, sense)
        return None
    return story.acts(prop, action_of(story, prop, frame, verb, sense, patients), item, verb)


def _no_deed(story: Story, prop: str, item: Item, verb: Verb) -> DraftBeat | None:
    """Standing, hanging, wobbling: nothing that the stage must set going."""
    known, own = story.beat_of(prop), story.habit(prop)
    if verb.self_evident and known is None and own in (Action.SPIN, Action.SWING):
        return story.acts(prop, own, item, verb)
    if verb.action is Action.ROLL and _ANIMAL in story.discourse.entry(prop).tags:
        return story.acts(prop, verb.action, item, verb)
    if verb.self_evident:
        story.ledger.realise(item, "beats", "follows from the physics")
        return known
    if verb.action is Action.SWING:
        story.ledger.realise(item, f"props.{prop}.placement")
        return known
    return known or story.acts(prop, Action.REST, item, verb)


def _causing(story: Story, prop: str) -> DraftBeat | None:
    """The beat that hits the prop, if one does."""
    kinds = (OutcomeKind.HITS, OutcomeKind.KNOCKS_OVER, OutcomeKind.LANDS_ON)
    for beat in reversed(story.beats):
        if any(d.outcome.target == prop and d.outcome.kind in kinds for d in beat.outcomes):
            return beat
    return None


def _caused(story: Story, cause: DraftBeat, prop: str, item: Item, verb: Verb, sense: Meaning | None) -> None:
    outcome = sense.outcome if sense and sense.outcome else verb.outcome
    if outcome is OutcomeKind.BREAKS:
        kind: OutcomeKind | None = OutcomeKind.BREAKS
    elif outcome in FALLS or outcome is OutcomeKind.KNOCKS_OVER:
        kind = OutcomeKind.KNOCKS_OVER
    else:
        kind = verb.cause
    if kind is None:
        story.ledger.realise(item, f"beats.{story.index(cause)}", "follows from the hit")
        return
    story.happens(cause, kind, prop, [item])


def _finish(
    story: Story,
    frame: Frame,
    item: Item,
    verb: Verb,
    props: Sequence[str],
    done: Sequence[Relation] = (),
) -> None:
    beats = [beat for beat in story.beats if beat.subject in props]
    for relation in frame.relations:
        if relation not in done and not is_agent(story, frame, relation):
            relate(story, relation, beats, (item, verb), frame.negation)
    take_circumstances(story, frame, beats)
    if not beats:
        return
    first = f"beats.{story.index(beats[0])}"
    for particle, _ in frame.particles:
        story.ledger.realise(particle, first)
    claimed = any(item in draft.items for beat in story.beats for draft in beat.outcomes)
    if not claimed and not any(item in beat.items for beat in beats):
        story.ledger.realise(item, first, "follows from the physics")
