"""Put a screenplay together from what was read."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.background import put_in_background
from lichtspiel.director.discourse import Discourse
from lichtspiel.director.frames import NounPhrase, Reading
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.lexicon import Part
from lichtspiel.director.plot import read_frame
from lichtspiel.director.props import DraftProp
from lichtspiel.director.reference import refer
from lichtspiel.director.segments import Segment
from lichtspiel.director.senses import CueWord, Item, PlaceName, ThingName
from lichtspiel.director.setting import choose_look, choose_setting
from lichtspiel.director.shots import DraftShot, built_shots, draft_shots
from lichtspiel.director.story import Story
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.screenplay import Action, Placement, Prop, Screenplay, ShotSize
from lichtspiel.screenplay import Relation as Standing
from lichtspiel.screenplay.model import MAX_DURATION_S

DEFAULT_DURATION_S = 4.0
_MIN_DURATION_S = 0.5
_LONGEST_S = 12.0
"""Longest film that is made without being asked for."""
_TITLE_LETTERS = 80

Cues = Sequence[tuple[Item, CueWord, int]]


def tell(tokens: tuple[Token, ...], reading: Reading, words: Vocabulary, ledger: Ledger) -> Story:
    """Things and beats of the clauses, with the account of their words."""
    named = (phrase.head.sense(ThingName) for phrase in phrases_of(reading) if phrase.head)
    parts = (phrase.head.sense(Part) for phrase in phrases_of(reading) if phrase.head)
    mentioned = {thing for name in named if name for thing in name.ids}
    mentioned |= {name.of[0] for name in parts if name}
    discourse = Discourse(words, tokens, ledger, frozenset(mentioned))
    story = Story(discourse, ledger)
    for frame in reading.frames:
        read_frame(story, frame)
    for item, why in reading.evident:
        ledger.realise(item, "beats", why)
    for item, reason in reading.left:
        ledger.refuse(item, reason)
    for item, word, _ in reading.cues:
        if word.cue.reason:
            ledger.refuse(item, word.cue.reason)
    story.natural_actions()
    return story


def assemble(
    prompt: str,
    reading: Reading,
    story: Story,
    seed: int,
    duration_s: float | None,
    items: Sequence[Item] = (),
    parts: Sequence[Segment] = (),
    needed_s: float = 0.0,
) -> Screenplay:
    """The screenplay of a story that has at least one prop, and of the cues around it.

    items, parts: what the prompt was cut into, and where its clauses may end. needed_s: what is heard takes
    so long.
    """
    discourse, ledger = story.discourse, story.ledger
    _stage_needs(discourse, story, ledger)
    _take_sides(discourse, ledger)
    setting = choose_setting(reading.cues, discourse, story.beats, ledger)
    if {Action.ROLL, Action.SLIDE, Action.HIT} & {beat.action for beat in story.beats}:
        _companions(discourse, setting.place, ledger)
    drafts = draft_shots(reading.cues, ledger)
    _look_at(drafts, reading, discourse)
    passing = {beat.subject for beat in story.beats if "vehicle" in discourse.entry(beat.subject).tags}
    put_in_background(discourse.tokens, items, parts, {}, discourse.props, passing, drafts, ledger)
    for index, draft in enumerate(drafts):
        if story.landscape and "size" not in draft.fields:
            draft.fields["size"] = ShotSize.WIDE.value
            ledger.fill("size", f"shots.{index}.size", "wide: it is a landscape")
    actions = [beat.action for beat in story.beats]
    shots = built_shots(drafts, actions, ledger, gone=_goes_off(discourse, story))
    story.choose_headings()
    story.account()
    length = film_length(reading.cues, duration_s, ledger, needed_s)
    return Screenplay(
        title=film_title(prompt),
        prompt=prompt,
        language=discourse.words.language,
        seed=seed,
        duration_s=length,
        look=choose_look(reading.cues, ledger),
        setting=setting,
        props=tuple(_prop(draft, story) for draft in discourse.props.values()),
        beats=tuple(beat.built() for beat in story.beats),
        shots=shots,
    )


def _goes_off(discourse: Discourse, story: Story) -> bool:
    """Whether a horse goes somewhere by itself."""
    going = [beat.subject for beat in story.beats if beat.action is Action.ROLL]
    return any("ridden" in discourse.entry(subject).tags for subject in going)


def place_alone(items: Sequence[Item], story: Story, heard: bool = False) -> None:
    """Put something to look at into a place of which the prompt names nothing else.

    heard: something sounds, so that there is a film without a place that is named, too.
    """
    discourse = story.discourse
    named = [(item, place.ids) for item in items if (place := item.sense(PlaceName)) is not None]
    known = {item.start for item, _ in discourse.place_mentions}
    discourse.place_mentions += [(item, ids) for item, ids in named if item.start not in known]
    words = discourse.words.lexicon
    thing = next(
        (words.afloat[place] for _, ids in named for place in ids if place in words.afloat), words.bystander
    )
    if (named or heard) and thing in discourse.words.library.things:
        prop = discourse.add(thing, mentioned=False)
        story.landscape = True
        story.ledger.fill(thing, f"props.{prop.id}", "something must stand there: the prompt names no thing")


def _take_sides(discourse: Discourse, ledger: Ledger) -> None:
    for draft in discourse.props.values():
        for item, side in draft.sides:
            placement = draft.placement or Placement()
            if len(discourse.props) == 1:
                ledger.refuse(item, "one thing alone stands on no side")
            elif placement.side not in (None, side):
                ledger.refuse(item, f"a thing stands on one side: {placement.side} was said first")
            else:
                draft.placement = placement.model_copy(update={"side": side})
                ledger.realise(item, f"props.{draft.id}.placement.side")


def _prop(draft: DraftProp, story: Story) -> Prop:
    beat = story.beat_of(draft.id)
    falls = beat is not None and beat.action in (Action.DROP, Action.FALL)
    return draft.built(beat.height_m if beat and falls else None)


def _stage_needs(discourse: Discourse, story: Story, ledger: Ledger) -> None:
    """Things without which the action makes no sense: a hoop to shoot at, a table to fall from."""
    things = discourse.words.library.things
    for draft in list(discourse.props.values()):
        if draft.arrangement is None and draft.count > 1:
            habits = (h.arrangement for h in discourse.words.lexicon.habits if h.thing == draft.thing)
            draft.arrangement = next((arrangement for arrangement in habits if arrangement), None)
            if draft.arrangement:
                ledger.fill("arrangement", f"props.{draft.id}.arrangement", draft.arrangement)
    for beat in story.beats:
        draft = discourse.props[beat.subject]
        supports = [thing for thing in discourse.entry(beat.subject).supports if thing in things]
        falls = beat.action is Action.FALL and draft.placement is None
        shoots = beat.action is Action.SHOOT and beat.target is None
        if not (falls or shoots) or not supports:
            continue
        known = discourse.of_thing(tuple(supports))
        support = known or discourse.add(supports[0], mentioned=False)
        if not known:
            ledger.fill(support.thing, f"props.{support.id}", f"the {draft.thing} needs one")
        if falls:
            draft.placement = Placement(relation=Standing.ON, target=support.id)
        else:
            beat.target = support.id


def _companions(discourse: Discourse, place: str, ledger: Ledger) -> None:
    """What the action runs on at its own place: the lane of a bowling alley."""
    things = discourse.words.library.things
    for draft in list(discourse.props.values()):
        for support in discourse.entry(draft.id).supports:
            entry = things.get(support)
            if entry is None or entry.home != place or not {"installation", "track"} <= set(entry.tags):
                continue
            if not discourse.of_thing((support,)):
                added = discourse.add(support, mentioned=False)
                ledger.fill(support, f"props.{added.id}", f"the {draft.thing} runs on it")


def _look_at(drafts: list[DraftShot], reading: Reading, discourse: Discourse) -> None:
    """Give each shot the props that the camera is said to look at."""
    for phrase in phrases_of(reading):
        if phrase.camera and phrase.head is not None:
            shot = [draft for draft in drafts if draft.start <= phrase.head.start][-1]
            shot.subjects.extend(refer(discourse, phrase).props)


def film_length(cues: Cues, wanted: float | None, ledger: Ledger, needed_s: float = 0.0) -> float:
    """Length of the film: what was chosen beside the prompt, else what the prompt says.

    needed_s: what is done and said takes so long; it counts where the length is open.
    """
    said: float | None = None
    for item, word, _ in cues:
        if word.cue.amount != "duration_s" or word.amount is None:
            continue
        if wanted is not None:
            ledger.refuse(item, f"the length was chosen beside the prompt: {wanted:g} s")
        elif said is not None:
            ledger.refuse(item, f"a film has one length: {said:g} s was said first")
        elif not _MIN_DURATION_S <= word.amount <= MAX_DURATION_S:
            ledger.refuse(item, f"films last from {_MIN_DURATION_S:g} to {MAX_DURATION_S:g} seconds")
        else:
            said = word.amount
            ledger.realise(item, "duration_s")
    if wanted is not None or said is not None:
        return wanted if wanted is not None else said or DEFAULT_DURATION_S
    usual = min(max(DEFAULT_DURATION_S, round(2 * needed_s) / 2), _LONGEST_S)
    why = "" if usual == DEFAULT_DURATION_S else ": what is done, said and heard takes so long"
    ledger.fill("duration", "duration_s", f"{usual:g} s{why}")
    return usual


def film_title(prompt: str) -> str:
    """The prompt, or its beginning."""
    text = " ".join(prompt.split())
    if len(text) <= _TITLE_LETTERS:
        return text.rstrip(".!? ") or text
    return text[:_TITLE_LETTERS].rsplit(" ", 1)[0].rstrip(".,;: ") + "…"


def phrases_of(reading: Reading) -> list[NounPhrase]:
    """Every noun phrase of the clauses."""
    return [
        phrase
        for frame in reading.frames
        for phrase in (*frame.subjects, *frame.objects, *(relation.phrase for relation in frame.relations))
    ]
