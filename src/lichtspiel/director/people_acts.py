"""Verbs of people as the reader meets them: what they do, say and utter, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lichtspiel.director.acting_lexicon import (
    OutcomeWord,
    SpeechVerb,
    VocalWord,
    acting_lexicon,
)
from lichtspiel.director.people_adverbs import take_adverb
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed, DraftLine
from lichtspiel.director.people_doers import doers
from lichtspiel.director.people_lexicon import Deed
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import RoleName, Span, spans_within
from lichtspiel.director.people_speech import quote_near, speak
from lichtspiel.director.people_struck import take_blow
from lichtspiel.director.senses import PlaceName
from lichtspiel.director.verb_phrases import Act, MotionName
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Delivery, OutcomeKind, Vocal

_DELIVERIES = {Vocal.LAUGH: Delivery.LAUGHING, Vocal.CRY: Delivery.SAD, Vocal.SCREAM: Delivery.SHOUT}
_SLOW, _FAST = 0.6, 2.0
"""Bounds of the pace of speech; slower or faster is another delivery."""
_WHAT_IS_CAUGHT = frozenset({"ihn", "den", "einen", "das", "ein", "die", "eine"})
"""German words behind a verb of catching that does not mean oneself."""
_PLAY = {
    "en": frozenset({"play", "plays", "played", "playing"}),
    "de": frozenset({"spielt", "spielen", "spielte", "spielten", "spielend"}),
}
_NEAR = 4
"""So many words away a negation still belongs to a verb."""


def take_act(scene: Scene, span: Span) -> bool:
    """Take a verb of people; False when it means something else here."""
    if take_blow(scene, span):
        return True
    meanings = {type(act.sense): act for act in span.senses if isinstance(act, Act)}
    outcome, speech = meanings.get(OutcomeWord), meanings.get(SpeechVerb)
    motion, vocal = meanings.get(MotionName), meanings.get(VocalWord)
    if outcome is not None and _ends(scene, span, outcome, motion):
        return True
    if speech is not None and quote_near(scene, span) is not None:
        speak(scene, span, speech)
        return True
    if span.sense(Deed) is not None and (motion is None or not motion.others):
        return False
    return _of_others(scene, span) or _of_cast(scene, span, motion, vocal, speech)


def _of_cast(scene: Scene, span: Span, motion: Act | None, vocal: Act | None, speech: Act | None) -> bool:
    """What somebody of the cast does or utters."""
    if motion is not None and not (vocal and len(vocal.others) > len(motion.others)):
        if motion.sense == MotionName("reach") and _place_follows(scene, span):
            return begin(scene, span, Action.WALK, {}) is not None
        return _perform(scene, span, motion)
    if vocal is not None:
        return _utter(scene, span, vocal)
    if speech is not None:
        scene.ledger.refuse(span.item, "what is said belongs in quotation marks")
    return speech is not None


def _place_follows(scene: Scene, span: Span) -> bool:
    """`reaches the summit`: who gets somewhere goes there."""
    following = spans_within(scene.spans, span.end, span.end + 3)
    return any(one.item.sense(PlaceName) is not None for one in following)


def _of_others(scene: Scene, span: Span) -> bool:
    """Whether nobody of the cast does it: what somebody watches, or what a stranger does."""
    if _is_watched(scene, span):
        seen = scene.reading.cast.get(str(scene.deed.fields.get("target"))) if scene.deed else None
        if seen is None or not any(isinstance(act, Act) for act in span.senses):
            scene.ledger.realise(span.item, "beats", "what is watched")
        else:
            already_at(scene, span, seen)
        return True
    stranger = scene.stranger(span)
    if stranger:
        scene.ledger.refuse(span.item, stranger)
        scene.undone = True
    return bool(stranger)


def _is_watched(scene: Scene, span: Span) -> bool:
    """`watches them fall`: somebody else does it."""
    looks = scene.deed is not None and scene.deed.action is Action.LOOK and scene.direct
    key = scene.tokens[span.start].key
    bare = key.endswith("en") if scene.language == "de" else not key.endswith(("s", "ed"))
    same = scene.deed is not None and scene.part_of(span)[0] <= scene.deed.item.start
    return looks and bare and same


def begin(scene: Scene, span: Span, action: Action, fields: dict[str, Any]) -> DraftDeed | None:
    """A deed of whoever the clause is about; None when nobody is named."""
    people, waits = doers(scene, span)
    if not people and not waits:
        scene.ledger.refuse(span.item, "nobody is named who does it")
        return None
    deed = DraftDeed(people, action, span.item, fields, waits=waits)
    scene.reading.deeds.append(deed)
    scene.deed, scene.subjects, scene.cloth = deed, [], False
    scene.undone, scene.direct, scene.line = False, True, None
    if people:
        scene.topic = scene.owner = people
    if scene.pace:
        scene.take_pace(*scene.pace)
    if action is Action.PERFORM:
        for prop, item, role in scene.loose:
            deed.handle(prop, item, role)
        scene.loose = []
    for manner in scene.manners:
        take_adverb(scene, manner)
    scene.manners = []
    return deed


def _perform(scene: Scene, span: Span, act: Act) -> bool:
    assert isinstance(act.sense, MotionName)
    face = acting_lexicon().faces.get(act.sense.motion)
    fields: dict[str, Any] = {"motion": act.sense.motion}
    if face is not None and face.expression is not None:
        fields["expression"] = face.expression
    if _falls_already(scene, span, act.sense.motion):
        return True
    deed = begin(scene, span, Action.PERFORM, fields)
    if deed is None:
        return True
    fields["motion"] = _by_trade(deed)
    deed.answer, deed.remark = act.sense.answer, act.sense.note
    if act.sense.outcome is not None:
        deed.end(act.sense.outcome, span.item)
    if deed.motion is not None and deed.motion.kind == "collapse" and _denied(scene, span):
        deed.end(OutcomeKind.STAYS_UP, span.item)
    if face is not None and face.vocal is not None and deed.people:
        _voice(scene, span, face.vocal, deed.people)
    return True


def _falls_already(scene: Scene, span: Span, motion: str) -> bool:
    """`slips and falls`: one fall, which two verbs tell."""
    last = scene.reading.deeds[-1] if scene.reading.deeds else None
    people = scene.subjects or scene.topic
    falls = last is not None and last.motion is not None and last.motion.kind == "collapse"
    again = catalogue.motions()[motion].kind == "collapse"
    if last is None or not falls or not again or last.people != people or last is not scene.deed:
        return False
    last.note(span.item, "motion")
    return True


def _by_trade(deed: DraftDeed) -> str:
    """What a verb means of such people: a cyclist who drives rides a bicycle."""
    motion = str(deed.fields["motion"])
    for trade in acting_lexicon().trades:
        if motion in trade.does and all(
            {one.role, one.id.rstrip("_0123456789")} & set(trade.who) for one in deed.people
        ):
            return trade.means if deed.people else motion
    return motion


def plays_own(scene: Scene, span: Span) -> bool:
    """Whether a verb of playing, without a word of what, is taken for what such people play: a pianist."""
    if scene.tokens[span.start].key not in _PLAY[scene.language]:
        return False
    start, end = scene.part_of(span)
    called = {
        scene.tokens[one.end - 1].key for one in spans_within(scene.spans, start, end) if one.sense(RoleName)
    }
    means = next((one.means for one in acting_lexicon().players if called & set(one.who)), None)
    return means is not None and begin(scene, span, Action.PERFORM, {"motion": means}) is not None


def already_at(scene: Scene, span: Span, person: DraftCharacter) -> None:
    """`a sleeping child`: what somebody does all the while."""
    act, deed = span.sense(Act), span.sense(Deed)
    if deed is not None:
        fields: dict[str, Any] = {"expression": deed.expression} if deed.expression else {}
        scene.reading.deeds.append(DraftDeed([person], deed.action, span.item, fields))
    elif act is not None and isinstance(act.sense, MotionName):
        fields = {"motion": act.sense.motion}
        scene.reading.deeds.append(DraftDeed([person], Action.PERFORM, span.item, fields))
    else:
        scene.ledger.refuse(span.item, "not understood of a person")


def _utter(scene: Scene, span: Span, act: Act) -> bool:
    assert isinstance(act.sense, VocalWord)
    people, _ = doers(scene, span)
    if not people:
        return False
    _voice(scene, span, act.sense.vocal, people)
    scene.topic, scene.subjects, scene.deed = people, [], None
    return True


def _voice(scene: Scene, span: Span, vocal: Vocal, people: Sequence[DraftCharacter]) -> None:
    scene.reading.lines.append(DraftLine(list(people), [span.item], vocal=vocal, sentence=scene.sentence))


def _ends(scene: Scene, span: Span, act: Act, motion: Act | None) -> bool:
    """Whether the verb says how the deed before it ends."""
    assert isinstance(act.sense, OutcomeWord)
    kind = act.sense.outcome
    if kind is OutcomeKind.FALLS_OVER and _denied(scene, span):
        kind = OutcomeKind.STAYS_UP
    more = motion is not None and len(motion.others) > len(act.others)
    follows = scene.tokens[span.end].key if span.end < len(scene.tokens) else ""
    if kind is OutcomeKind.STAYS_UP and motion is not None and follows in _WHAT_IS_CAUGHT:
        return False
    people = scene.subjects or scene.topic
    mine = (one for one in reversed(scene.reading.deeds) if any(who in one.people for who in people))
    done = list(mine)
    falls = [one for one in done if one.motion is not None and one.motion.kind != "gesture"]
    deed = next(iter(falls if kind is OutcomeKind.STAYS_UP and falls else done), None)
    # Where two do something and one falls, it does not end so for both.
    alone = deed is not None and kind is OutcomeKind.FALLS_OVER and any(p not in people for p in deed.people)
    if deed is None or more or alone or not people or not deed.can_end(kind):
        if kind is OutcomeKind.STAYS_UP and motion is None:
            scene.ledger.realise(span.item, "beats", "nobody is made to fall")
            return True
        return False
    deed.end(kind, span.item)
    scene.deed, scene.subjects, scene.direct = deed, [], True
    return True


def _denied(scene: Scene, span: Span) -> bool:
    """Whether it does not come to the fall: `almost slips`, `fällt aber nicht herunter`."""
    around = spans_within(scene.spans, span.start - _NEAR, span.end + _NEAR)
    at = around.index(span)
    marks = [number for number, one in enumerate(around) if one.item.mark]
    first = max((number for number in marks if number < at), default=-1)
    last = min((number for number in marks if number > at), default=len(around))
    denying = [one for one in around[first + 1 : last] if one.item.word("negation", "almost", "absent")]
    for one in denying:
        scene.ledger.realise(one.item, "beats", "it does not come to that")
    return bool(denying)
