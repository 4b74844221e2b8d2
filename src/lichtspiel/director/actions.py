"""The action of a verb, given what the actor is and where it goes."""

from __future__ import annotations

from lichtspiel.director.discourse import Referent, props_of
from lichtspiel.director.frames import Frame
from lichtspiel.director.lexicon import Meaning, Verb
from lichtspiel.director.reference import refer
from lichtspiel.director.story import Story
from lichtspiel.screenplay import Action, OutcomeKind


def action_of(
    story: Story, prop: str, frame: Frame, verb: Verb, sense: Meaning | None, patients: list[Referent]
) -> Action:
    """What the actor does, given what it is and where it goes."""
    own = story.habit(prop)
    tags = set(story.discourse.entry(prop).tags)
    action = (sense.action if sense else None) or verb.action or Action.REST
    outcome = sense.outcome if sense and sense.outcome else verb.outcome
    behind = [refer(story.discourse, relation.phrase) for relation in frame.relations]
    if outcome is OutcomeKind.BREAKS and props_of(patients):
        action = Action.HIT
    if outcome is OutcomeKind.KNOCKS_OVER and not props_of(patients):
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
    named = {story.discourse.props[other].thing for other in props_of(referents)}
    goals = {thing for thing in named if "goal" in story.discourse.words.library.things[thing].tags}
    return bool(goals) and "ball" in story.discourse.entry(prop).tags
