"""From clauses to beats: who acts, and on what."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.circumstances import PLACE_ROLES, is_agent, relate, take_circumstances
from lichtspiel.director.deeds import act, undergo
from lichtspiel.director.discourse import Referent, props_of
from lichtspiel.director.frames import Frame, NounPhrase, Relation
from lichtspiel.director.lexicon import Verb
from lichtspiel.director.reference import refer
from lichtspiel.director.senses import Item, ThingName
from lichtspiel.director.story import Story


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
    story.discourse.acting = tuple(props_of(subjects)) or (story.earlier.props if frame.inherits else ())
    objects = _referents(story, frame.objects)
    story.shares = {prop: one.share for one in subjects if one.share for prop in one.props}
    imperative = False
    if frame.inherits and not subjects:
        subjects = [story.earlier] if story.earlier.props or story.earlier.person else []
        imperative = not subjects
    agents = [refer(story.discourse, r.phrase) for r in frame.relations if is_agent(story, frame, r)]
    passive = frame.passive and not frame.participle and verb.patient is not None
    nobody = bool(subjects) and all(subject.person for subject in subjects)
    if agents and not frame.participle:
        act(story, frame, item, verb, agents, subjects)
    elif verb.outcome is None and objects and _path_objects(frame, subjects):
        act(story, frame, item, verb, subjects, [])
    elif passive or imperative or frame.causative or nobody:
        patients = objects if objects and (imperative or frame.causative or nobody) else subjects
        undergo(story, frame, item, verb, props_of(patients), props_of(objects))
        subjects = patients
    else:
        act(story, frame, item, verb, subjects, objects)
    _remember(story, subjects)


def _path_objects(frame: Frame, subjects: list[Referent]) -> bool:
    """German says the way as an object: rollt die Rampe hinunter. Turns it into a preposition."""
    down = any(name == "down" for _, name in frame.particles)
    if not down or not props_of(subjects):
        return False
    frame.relations.extend(Relation("down", phrase, None) for phrase in frame.objects)
    return True


def _referents(story: Story, phrases: Sequence[NounPhrase], subject: bool = False) -> list[Referent]:
    found = [refer(story.discourse, phrase, subject) for phrase in phrases]
    props = props_of(found)
    if subject and len(found) > 1 and props:
        story.discourse.topic = tuple(props)
    return found


def _remember(story: Story, subjects: Sequence[Referent]) -> None:
    props = tuple(props_of(subjects))
    if props or any(one.person for one in subjects):
        story.earlier = Referent(props=props, person=not props)


def _names_place(frame: Frame, relation: Relation) -> bool:
    """Whether the preposition may name the film's place although a thing has the same name."""
    head = relation.phrase.head
    if head is None or head.sense(ThingName) is None or relation.role not in PLACE_ROLES:
        return False
    leaves = any(other.role == "from" for other in frame.relations)
    return relation.role in ("on", "in", "at", "across") and not leaves


def _verbless(story: Story, frame: Frame, subjects: list[Referent]) -> None:
    for relation in frame.relations:
        relate(story, relation, (), None)
    props = props_of(subjects)
    take_circumstances(story, frame, [beat for beat in story.beats if beat.subject in props])
    _remember(story, subjects)
