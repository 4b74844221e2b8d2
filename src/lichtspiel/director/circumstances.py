"""What surrounds a verb: where things stand, which way they go, when, how fast, together."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.discourse import Referent
from lichtspiel.director.frames import Frame, Relation, role_sense
from lichtspiel.director.lexicon import Role, Verb
from lichtspiel.director.negation import denied
from lichtspiel.director.reference import refer
from lichtspiel.director.senses import Item
from lichtspiel.director.story import DraftBeat, Story
from lichtspiel.screenplay import Action, Gaze, OutcomeKind, Placement
from lichtspiel.screenplay import Relation as Standing

PLACE_ROLES: frozenset[Role] = frozenset(
    {
        "on",
        "in",
        "at",
        "across",
        "onto",
        "into",
        "along",
        "above",
        "down",
        "through",
        "behind",
        "of",
        "against",
    }
)
"""Prepositions behind which a name of both a place and a thing may mean the place."""

_STANDING: dict[Role, Standing] = {
    "on": Standing.ON, "onto": Standing.ON, "in": Standing.IN, "under": Standing.UNDER,
    "beside": Standing.BESIDE, "behind": Standing.BEHIND, "in_front_of": Standing.IN_FRONT_OF,
    "above": Standing.ABOVE, "against": Standing.AGAINST, "at": Standing.BESIDE,
}  # fmt: skip
_PATHS: frozenset[Role] = frozenset(
    {"down", "along", "across", "above", "up", "towards", "around", "through"}
)
_DROP_HEIGHT_M = 1.5
"""Height of things let go of side by side, when the prompt names none."""
_DROP_AT_S = 0.4
_MAX_HEIGHT_M = 100.0


def is_agent(story: Story, frame: Frame, relation: Relation) -> bool:
    """`hit by a ball`, `von einer Kugel getroffen`."""
    if relation.role == "by":
        return bool(refer(story.discourse, relation.phrase).props)
    if relation.role == "with":
        return frame.passive and frame.verb is not None and frame.verb[1].verb.outcome is not None
    if relation.role != "from" or story.discourse.words.language != "de" or not frame.passive:
        return False
    props = refer(story.discourse, relation.phrase).props
    return bool(props) and not {"support", "furniture"} & set(story.discourse.entry(props[0]).tags)


def relate(
    story: Story,
    relation: Relation,
    beats: Sequence[DraftBeat],
    verb: tuple[Item, Verb] | None,
    negation: Item | None = None,
) -> None:
    """Take a preposition: an outcome, a way, or where something stands.

    negation: denies what the verb says with it.
    """
    if relation.role == "without":
        story.discourse.leave_out(relation.phrase)
        return
    if relation.role == "like":
        story.discourse.set_aside(relation.phrase, "a comparison is not shown")
        return
    referent = refer(story.discourse, relation.phrase, as_place=relation.role in PLACE_ROLES)
    if relation.role == "from":
        # Where something comes from is the film's place only if no other is named.
        mentions = story.discourse.place_mentions
        story.discourse.places_left += [one for one in mentions if one[0] is relation.phrase.head]
        mentions[:] = [one for one in mentions if one[0] is not relation.phrase.head]
    sense = role_sense(verb[1], relation) if verb else None
    target = referent.props[0] if referent.props else "ground" if referent.ground else None
    if target is None:
        return
    used = False
    for beat in beats:
        kind = sense.outcome if sense else _over_the_edge(relation, referent, verb)
        along = relation.role == "through" and referent.props and _is_track(story, target)
        if verb and kind and not along and not _only_where(beat, relation, referent):
            _related_outcome(story, beat, referent, target, kind, [verb[0]], negation)
            used = True
        elif relation.role in _PATHS and target != "ground" and beat.target is None:
            beat.target = target
    standing = _STANDING.get(relation.role)
    wants = standing is not None and not used
    starts = relation.role == "down" or (sense is not None and sense.outcome is OutcomeKind.FALLS_OFF)
    leaves = beats and sense is not None and sense.outcome is OutcomeKind.FALLS_OFF
    actor = beats[0].subject if leaves else _standing_prop(story, relation, beats)
    if actor and target not in (actor, "ground") and (wants or starts):
        placement = Placement(relation=standing or Standing.ON, target=target, side=relation.side)
        _place(story, actor, placement, beats)


def take_circumstances(story: Story, frame: Frame, beats: Sequence[DraftBeat]) -> None:
    """Take speed, height, start and togetherness of a clause."""
    for word, speed in frame.paces:
        for beat in beats:
            beat.speed *= speed
            story.ledger.realise(word, f"beats.{story.index(beat)}.speed")
    _take_heading(story, frame, beats)
    for word, cue in frame.amounts:
        amount = round((cue.amount or 0.0) * cue.cue.factor, 3)
        for beat in beats:
            if cue.cue.amount == "at_s":
                beat.at_s = amount
            elif 0 < amount <= _MAX_HEIGHT_M:
                beat.height_m = amount
            else:
                continue
            story.ledger.realise(word, f"beats.{story.index(beat)}.{cue.cue.amount}")
    if frame.together:
        _together(story, frame, beats)


def _take_heading(story: Story, frame: Frame, beats: Sequence[DraftBeat]) -> None:
    """Which way a vehicle drives by; the stage chooses for everything else."""
    verb = frame.verb[1].verb if frame.verb else None
    past = any(name == "past" for _, name in frame.particles)
    driving = [
        beat
        for beat in beats
        if beat.action is Action.ROLL and "vehicle" in story.discourse.entry(beat.subject).tags
    ]
    for beat in driving:
        beat.passes = beat.passes or past or bool(verb and verb.passes) or bool(frame.headings)
    for word, side in frame.headings:
        for beat in driving:
            beat.gaze = Gaze(side)
            story.ledger.realise(word, f"beats.{story.index(beat)}.gaze")
        if not driving:
            story.ledger.refuse(word, "directions are chosen by the stage")


def _is_track(story: Story, prop: str) -> bool:
    return prop != "ground" and "track" in story.discourse.entry(prop).tags


def _over_the_edge(
    relation: Relation, referent: Referent, verb: tuple[Item, Verb] | None
) -> OutcomeKind | None:
    goes = verb is not None and verb[1].action in (Action.FALL, Action.ROLL, Action.SLIDE)
    over = referent.part == "edge" and relation.role in ("across", "above")
    return OutcomeKind.FALLS_OFF if goes and over else None


def _only_where(beat: DraftBeat, relation: Relation, referent: Referent) -> bool:
    """`dominoes fall on a table`: where they stand, not where they land."""
    if relation.role not in ("on", "in"):
        return False
    stays = beat.action in (Action.TOPPLE, Action.SPIN, Action.SWING, Action.HIT)
    return stays or bool(referent.places and relation.role == "in")


def _related_outcome(
    story: Story,
    beat: DraftBeat,
    referent: Referent,
    target: str,
    kind: OutcomeKind,
    items: list[Item],
    negation: Item | None,
) -> None:
    if kind is OutcomeKind.FALLS_OFF and target == "ground":
        return
    alone = kind in (OutcomeKind.SETTLES, OutcomeKind.LEAVES)
    never = False
    if negation is not None:
        items = [*items, negation]
        kind, never = denied(kind, referent.part)
        alone = alone or kind is OutcomeKind.STAYS_UP
    of = None if alone else referent
    story.happens(beat, kind, None if alone else target, items, of, related=True, never=never)


def _standing_prop(story: Story, relation: Relation, beats: Sequence[DraftBeat]) -> str | None:
    if relation.anchor is not None:
        anchor = refer(story.discourse, relation.anchor)
        if anchor.props and not anchor.part:
            return anchor.props[0]
    if beats:
        return beats[0].subject
    return story.earlier.props[0] if story.earlier.props else None


def _place(story: Story, actor: str, placement: Placement, beats: Sequence[DraftBeat]) -> None:
    movers = [beat.subject for beat in beats if beat.subject == actor or len(beats) > 1]
    for prop in movers or [actor]:
        draft = story.discourse.props[prop]
        if prop != placement.target and (draft.placement is None or draft.placement.target == "ground"):
            draft.placement = placement


def _together(story: Story, frame: Frame, beats: Sequence[DraftBeat]) -> None:
    """Several things do it at once, from the same height, side by side."""
    moving = [beat for beat in beats if beat.action is not Action.REST]
    slot = f"beats.{story.index(beats[0])}" if beats else "props"
    if len(moving) > 1:
        slot += ".at_s"
        height = next((beat.height_m for beat in moving if beat.height_m), _DROP_HEIGHT_M)
        for beat in moving:
            beat.at_s = beat.at_s if beat.at_s is not None else _DROP_AT_S
            if beat.action is Action.DROP:
                beat.height_m = height
        for beat in moving[1:]:
            draft = story.discourse.props[beat.subject]
            if draft.placement is None:
                draft.placement = Placement(relation=Standing.BESIDE, target=moving[0].subject)
    for word in frame.together:
        story.ledger.realise(word, slot, "together")
