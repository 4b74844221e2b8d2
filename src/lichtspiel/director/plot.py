"""From clauses to beats: who acts, on what, and with which outcomes in which order."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.circumstances import PLACE_ROLES, relate, role_sense, take_circumstances
from lichtspiel.director.discourse import Referent
from lichtspiel.director.frames import Frame, NounPhrase, Relation
from lichtspiel.director.lexicon import Role, Sense, Verb
from lichtspiel.director.reference import refer
from lichtspiel.director.senses import Item, ThingName
from lichtspiel.director.story import DraftBeat, Story
from lichtspiel.screenplay import Action, OutcomeKind

_NEED_TARGET = frozenset({OutcomeKind.HITS, OutcomeKind.KNOCKS_OVER, OutcomeKind.MISSES})
_WITHOUT_TARGET = frozenset(
    {OutcomeKind.SETTLES, OutcomeKind.FALLS_OVER, OutcomeKind.STAYS_UP, OutcomeKind.LEAVES}
)
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
_FALLS = frozenset({OutcomeKind.FALLS_OVER, OutcomeKind.FALLS_OFF, OutcomeKind.KNOCKS_OVER})


def read_frame(story: Story, frame: Frame) -> None:
    """Take one clause into the story."""
    if frame.aside:
        discourse = story.discourse
        kept = story.earlier, discourse.topic, discourse.other_topic
        frame.aside = False
        read_frame(story, frame)
        story.earlier, discourse.topic, discourse.other_topic = kept
        return
    verb = frame.verb[1].verb if frame.verb else None
    story.discourse.action = (verb.patient if frame.passive else verb.action) if verb else None
    subjects = _referents(story, frame.subjects, subject=True)
    for relation in frame.relations:
        if relation.role in ("like", "without"):
            relate(story, relation, (), None)
    for relation in frame.relations:
        if _names_place(frame, relation):
            refer(story.discourse, relation.phrase, as_place=True)
    if frame.camera:
        for relation in frame.relations:
            relate(story, relation, (), None)
    elif frame.verb is None:
        _verbless(story, frame, subjects)
    else:
        _with_verb(story, frame, frame.verb[0], frame.verb[1].verb, subjects)


def _with_verb(story: Story, frame: Frame, item: Item, verb: Verb, subjects: list[Referent]) -> None:
    story.discourse.acting = tuple(_props(subjects)) or (story.earlier.props if frame.inherits else ())
    objects = _referents(story, frame.objects)
    story.shares = {prop: one.share for one in subjects if one.share for prop in one.props}
    imperative = False
    if frame.inherits and not subjects:
        subjects = [story.earlier] if story.earlier.props or story.earlier.person else []
        imperative = not subjects
    agents = [refer(story.discourse, r.phrase) for r in frame.relations if _is_agent(story, frame, r)]
    passive = frame.passive and not frame.participle and verb.patient is not None
    nobody = bool(subjects) and all(subject.person for subject in subjects)
    if agents and not frame.participle:
        _act(story, frame, item, verb, agents, subjects)
    elif verb.outcome is None and objects and _path_objects(frame, subjects):
        _act(story, frame, item, verb, subjects, [])
    elif passive or imperative or frame.causative or nobody:
        patients = objects if objects and (imperative or frame.causative or nobody) else subjects
        _undergo(story, frame, item, verb, _props(patients), _props(objects))
        subjects = patients
    else:
        _act(story, frame, item, verb, subjects, objects)
    _remember(story, subjects)


def _path_objects(frame: Frame, subjects: list[Referent]) -> bool:
    """German says the way as an object: rollt die Rampe hinunter. Turns it into a preposition."""
    down = any(name == "down" for _, name in frame.particles)
    if not down or not _props(subjects):
        return False
    frame.relations.extend(Relation("down", phrase, None) for phrase in frame.objects)
    return True


# --- who ---------------------------------------------------------------------------------


def _referents(story: Story, phrases: Sequence[NounPhrase], subject: bool = False) -> list[Referent]:
    found = [refer(story.discourse, phrase, subject) for phrase in phrases]
    props = _props(found)
    if subject and len(found) > 1 and props:
        story.discourse.topic = tuple(props)
    return found


def _props(referents: Sequence[Referent]) -> list[str]:
    return list(dict.fromkeys(prop for referent in referents for prop in referent.props))


def _remember(story: Story, subjects: Sequence[Referent]) -> None:
    props = tuple(_props(subjects))
    if props or any(one.person for one in subjects):
        story.earlier = Referent(props=props, person=not props)


def _names_place(frame: Frame, relation: Relation) -> bool:
    """Whether the preposition may name the film's place although a thing has the same name."""
    head = relation.phrase.head
    if head is None or head.sense(ThingName) is None or relation.role not in PLACE_ROLES:
        return False
    leaves = any(other.role == "from" for other in frame.relations)
    return relation.role in ("on", "in", "at", "across") and not leaves


def _is_agent(story: Story, frame: Frame, relation: Relation) -> bool:
    """`hit by a ball`, `von einer Kugel getroffen`."""
    if relation.role == "by":
        return bool(refer(story.discourse, relation.phrase).props)
    if relation.role == "with":
        return frame.passive and frame.verb is not None and frame.verb[1].verb.outcome is not None
    if relation.role != "from" or story.discourse.words.language != "de" or not frame.passive:
        return False
    props = refer(story.discourse, relation.phrase).props
    return bool(props) and not {"support", "furniture"} & set(story.discourse.entry(props[0]).tags)


# --- clauses -----------------------------------------------------------------------------


def _verbless(story: Story, frame: Frame, subjects: list[Referent]) -> None:
    for relation in frame.relations:
        relate(story, relation, (), None)
    props = _props(subjects)
    take_circumstances(story, frame, [beat for beat in story.beats if beat.subject in props])
    _remember(story, subjects)


def _undergo(
    story: Story, frame: Frame, item: Item, verb: Verb, patients: list[str], aims: Sequence[str] = ()
) -> None:
    """Something is done to the patients by nobody that the film shows, perhaps aiming at another thing."""
    sense = _particle_sense(frame, verb)
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


def _act(
    story: Story, frame: Frame, item: Item, verb: Verb, actors: list[Referent], patients: list[Referent]
) -> None:
    sense = _particle_sense(frame, verb)
    props = _props(actors)
    fixed = [prop for prop in props if {"installation", "furniture"} & set(story.discourse.entry(prop).tags)]
    if fixed and len(fixed) < len(props) and not patients:
        props = [prop for prop in props if prop not in fixed]
        patients = [Referent(props=tuple(fixed))]
    if not props and _props(patients):
        _undergo(story, frame, item, verb, _props(patients))
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
            _outcomes(story, beat, frame, item, verb, sense, patients)
    done = _consequences(story, frame, item, verb, sense, _props(patients)) if not meet else []
    _finish(story, frame, item, verb, props, done)


def _aimed(frame: Frame, verb: Verb) -> bool:
    """Whether a preposition names what is hit."""
    return any(relation.role != "on" and role_sense(verb, relation) for relation in frame.relations)


def _consequences(
    story: Story, frame: Frame, item: Item, verb: Verb, sense: Sense | None, patients: list[str]
) -> list[Relation]:
    """What happens to things that are pushed, thrown or struck: `knocks a bottle off a shelf`.

    Returns the relations that speak of them rather than of the actor.
    """
    if verb.patient is None or not patients:
        return []
    theirs = [r for r in frame.relations if r.role in _CARRIED and not _is_agent(story, frame, r)]
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
    sense: Sense | None,
    patients: list[Referent],
) -> DraftBeat | None:
    """The actor's beat for this verb; None where another beat causes what happens to it."""
    known = story.beat_of(prop)
    said = sense or any(role_sense(verb, relation) for relation in frame.relations)
    if verb.static or (verb.self_evident and not said):
        return _no_deed(story, prop, item, verb)
    cause = _causing(story, prop)
    if known is not None and known.action is Action.REST and cause is not None:
        return known
    outcome = sense.outcome if sense and sense.outcome else verb.outcome
    if known is None and cause is not None and (outcome in _OWN or said):
        return story.acts(prop, Action.REST, item, verb)
    if known is None and cause is not None and frame.negation is None:
        _caused(story, cause, prop, item, verb, sense)
        return None
    return story.acts(prop, _action(story, prop, frame, verb, sense, patients), item, verb)


def _no_deed(story: Story, prop: str, item: Item, verb: Verb) -> DraftBeat | None:
    """Standing, hanging, wobbling: nothing that the stage must set going."""
    known, own = story.beat_of(prop), story.habit(prop)
    if verb.self_evident and known is None and own in (Action.SPIN, Action.SWING):
        return story.acts(prop, own, item, verb)
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


def _caused(story: Story, cause: DraftBeat, prop: str, item: Item, verb: Verb, sense: Sense | None) -> None:
    outcome = sense.outcome if sense and sense.outcome else verb.outcome
    if outcome is OutcomeKind.BREAKS:
        kind: OutcomeKind | None = OutcomeKind.BREAKS
    elif outcome in _FALLS:
        kind = OutcomeKind.KNOCKS_OVER
    else:
        kind = verb.cause
    if kind is None:
        story.ledger.realise(item, f"beats.{story.index(cause)}", "follows from the hit")
        return
    story.happens(cause, kind, prop, [item])


def _action(
    story: Story, prop: str, frame: Frame, verb: Verb, sense: Sense | None, patients: list[Referent]
) -> Action:
    """What the actor does, given what it is and where it goes."""
    own = story.habit(prop)
    tags = set(story.discourse.entry(prop).tags)
    action = (sense.action if sense else None) or verb.action or Action.REST
    outcome = sense.outcome if sense and sense.outcome else verb.outcome
    behind = [refer(story.discourse, relation.phrase) for relation in frame.relations]
    if outcome is OutcomeKind.BREAKS and _props(patients):
        action = Action.HIT
    if outcome is OutcomeKind.KNOCKS_OVER and not _props(patients):
        action = Action.TOPPLE
    elif action is Action.HIT and own is Action.SWING:
        action = Action.SWING
    elif action is Action.HIT and outcome is OutcomeKind.KNOCKS_OVER and "ball" in tags:
        action = Action.ROLL
    elif action in (Action.ROLL, Action.THROW, Action.HIT) and _is_goal_of(story, prop, [*patients, *behind]):
        action = Action.SHOOT
    elif action is Action.ROLL and verb.outcome and not tags & {"ball", "rolls"}:
        action = Action.SPIN if own is Action.SPIN else Action.SLIDE
    elif action is Action.FALL:
        action = _fall(story, prop, frame, own)
    return action


def _fall(story: Story, prop: str, frame: Frame, own: Action | None) -> Action:
    """To fall is to slip off a support, to tip over, or to drop through the air."""
    draft = story.discourse.props[prop]
    topples = own is Action.TOPPLE
    if any(relation.role == "from" for relation in frame.relations) or (draft.placement and not topples):
        return Action.FALL
    stands = topples or draft.arrangement in ("row", "stack", "pyramid", "circle")
    return Action.TOPPLE if stands else Action.DROP


def _is_goal_of(story: Story, prop: str, referents: list[Referent]) -> bool:
    """Whether something named is what the actor is usually shot at: a hoop for a basketball."""
    named = {story.discourse.props[other].thing for other in _props(referents)}
    goals = {thing for thing in named if "goal" in story.discourse.words.library.things[thing].tags}
    return bool(goals) and "ball" in story.discourse.entry(prop).tags


# --- outcomes -----------------------------------------------------------------------------


def _particle_sense(frame: Frame, verb: Verb) -> Sense | None:
    return next((verb.particles[name] for _, name in frame.particles if name in verb.particles), None)


def _outcomes(
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
    if kind is OutcomeKind.FALLS_OFF and _props(patients):
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
    if kind in _FALLS or verb.action in (Action.FALL, Action.TOPPLE):
        story.happens(beat, OutcomeKind.STAYS_UP, None, items)
    elif kind in (OutcomeKind.HITS, OutcomeKind.ENTERS) and not any(one.part for one in patients):
        target = next((prop for referent in patients for prop in referent.props), None)
        story.happens(beat, OutcomeKind.MISSES, target, items)
    else:
        for item in items:
            story.ledger.refuse(item, "that something does not happen cannot be promised yet")


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
        if relation not in done and not _is_agent(story, frame, relation):
            relate(story, relation, beats, (item, verb))
    take_circumstances(story, frame, beats)
    if not beats:
        return
    first = f"beats.{story.index(beats[0])}"
    for particle, _ in frame.particles:
        story.ledger.realise(particle, first)
    claimed = any(item in draft.items for beat in story.beats for draft in beat.outcomes)
    if not claimed and not any(item in beat.items for beat in beats):
        story.ledger.realise(item, first, "follows from the physics")
