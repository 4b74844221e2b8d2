"""Words that mean people named before: she, they, one, the other, each other."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.choice import is_noun
from lichtspiel.director.language import Language
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_lexicon import BodyWord, Deed, HairShape, Pattern, Quality, Shade
from lichtspiel.director.people_picks import pick_at, take_pick
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import GarmentName, HairName, RoleName, Span, ToneName
from lichtspiel.director.verb_phrases import Act
from lichtspiel.screenplay import Action, Sex

_MALE, _FEMALE = Sex.MALE, Sex.FEMALE
_SUBJECT: dict[Language, dict[str, Sex]] = {
    "en": {"he": _MALE, "she": _FEMALE},
    "de": {"er": _MALE, "sie": _FEMALE},
}
_OTHER: dict[Language, dict[str, Sex]] = {
    "en": {
        **dict.fromkeys(("his", "him", "himself"), _MALE),
        **dict.fromkeys(("her", "hers", "herself"), _FEMALE),
    },
    "de": {**dict.fromkeys(("ihn", "ihm"), _MALE)},
}
_OBJECTS = frozenset({"him", "her", "them", "ihn", "ihm", "ihr", "ihnen"})
_ALL = frozenset({"they", "both", "beide"})
_EVERYONE = frozenset({"everyone", "everybody", "all", "alle"})
_BENT = frozenset(
    {"ihren", "seinen", "einen", "meinen", "keinen", "unseren", "jeden", "diesen", "dessen", "deren"}
)
"""German words beside a pronoun that end as plural verbs do."""
_ONE: dict[Language, frozenset[tuple[str, ...]]] = {
    "en": frozenset({("one",), ("one", "of", "them"), ("the", "one")}),
    "de": frozenset(
        {("einer",), ("eine",), ("der", "eine"), ("die", "eine"), ("eines",), ("einer", "von", "ihnen")}
    ),
}
_REST: dict[Language, frozenset[tuple[str, ...]]] = {
    "en": frozenset({("the", "other"), ("the", "other", "one"), ("the", "others"), ("the", "rest")}),
    "de": frozenset(
        {
            ("der", "andere"),
            ("die", "andere"),
            ("die", "anderen"),
            ("das", "andere"),
            ("der", "rest"),
            ("die", "übrigen"),
        }
    ),
}


_SEVERAL = frozenset({"others", "anderen", "rest", "übrigen"})


def pronoun_end(scene: Scene, span: Span) -> int | None:
    """Where a word that means people named before ends; None where there is none."""
    if (pick := pick_at(scene, span)) is not None:
        return pick.end
    key = scene.tokens[span.start].key
    language = scene.language
    if key in _SUBJECT[language] or key in _OTHER[language] or key in _ALL:
        return span.end
    if key == "who" and scene.owner and _stands_alone(scene, span.end):
        return span.end
    if key in _EVERYONE and scene.reading.cast and _acts_next(scene, span):
        return span.end
    longest = _phrase(scene, span, _ONE[language] | _REST[language])
    if longest is not None and _stands_alone(scene, longest) and scene.reading.cast:
        return longest
    return None


def take_pronoun(scene: Scene, span: Span, end: int) -> None:
    """Find who is meant; a subject opens a clause about them."""
    pick = pick_at(scene, span)
    if pick is not None:
        if people := take_pick(scene, span, pick):
            _begin(scene, people)
        return
    keys = tuple(token.key for token in scene.tokens[span.start : end])
    key, language = keys[0], scene.language
    if keys in _ONE[language]:
        _one(scene)
    elif keys in _REST[language]:
        _rest(scene, keys[-1] in _SEVERAL)
    elif key in _ALL:
        _all(scene)
    elif key in _EVERYONE:
        _begin(scene, list(scene.reading.cast.values()))
    elif key == "who":
        _begin(scene, list(scene.owner))
    elif key in _OBJECTS and _is_object(scene, end):
        _object(scene, _OTHER[language].get(key))
    else:
        sex = _SUBJECT[language].get(key) or _OTHER[language][key]
        _somebody(scene, span, sex, subject=key in _SUBJECT[language])


def _acts_next(scene: Scene, span: Span) -> bool:
    """`everyone laughs`, not `all the cups`."""
    following = scene.from_token(span.end)
    return following is not None and (following.sense(Act) is not None or following.sense(Deed) is not None)


def _phrase(scene: Scene, span: Span, phrases: frozenset[tuple[str, ...]]) -> int | None:
    fits = [
        span.start + len(phrase)
        for phrase in phrases
        if tuple(token.key for token in scene.tokens[span.start : span.start + len(phrase)]) == phrase
    ]
    return max(fits, default=None)


def _stands_alone(scene: Scene, end: int) -> bool:
    """No noun follows: `one laughs`, not `one red cup`."""
    following = scene.from_token(end)
    if following is None or following.item.mark:
        return True
    return following.sense(RoleName) is None and not is_noun(following.item)


def _begin(scene: Scene, people: Sequence[DraftCharacter]) -> None:
    waits = scene.deed is not None and scene.deed.waits and not scene.deed.people
    if waits and scene.deed is not None:
        scene.deed.people.extend(people)
        scene.topic = scene.owner = list(people)
        return
    scene.subjects, scene.deed, scene.role, scene.line = list(people), None, None, None
    scene.topic = scene.owner = list(people)


def _one(scene: Scene) -> None:
    """One of those spoken of."""
    group = next(
        (one for one in reversed(scene.topic or list(scene.reading.cast.values())) if one.count > 1), None
    )
    if group is not None:
        _begin(scene, [scene.part_from(group)])
    elif scene.topic:
        _begin(scene, scene.topic[-1:])


def _rest(scene: Scene, several: bool) -> None:
    """The other, or the others: whoever is like the one spoken of."""
    spoken = scene.topic[0] if scene.topic else None
    alike = [one for one in scene.reading.cast.values() if one is not spoken]
    same = [one for one in alike if spoken is not None and one.role == spoken.role]
    unnamed = [one for one in same if one not in scene.picked]
    if rest := unnamed or same or alike:
        _begin(scene, rest if several else rest[-1:])


def _all(scene: Scene) -> None:
    """Several: those spoken of, else everyone."""
    several = [one for one in scene.topic if len(scene.topic) > 1 or one.count > 1]
    if not several:
        spoken = scene.topic[0] if scene.topic else None
        same = [one for one in scene.reading.cast.values() if spoken is not None and one.role == spoken.role]
        several = same if len(same) > 1 else [one for one in scene.reading.cast.values() if one.count < 12]
    if several:
        _begin(scene, several)


def _is_object(scene: Scene, end: int) -> bool:
    """`kisses her`, not `her coat`."""
    return scene.deed is not None and scene.direct and _stands_alone(scene, end) and _no_adjective(scene, end)


def _no_adjective(scene: Scene, end: int) -> bool:
    following = scene.from_token(end)
    adjectives = (Quality, HairShape, Pattern, Shade, ToneName, GarmentName, HairName, BodyWord)
    return following is None or not any(isinstance(sense, adjectives) for sense in following.senses)


def _object(scene: Scene, sex: Sex | None) -> None:
    deed = scene.deed
    assert deed is not None
    others = [one for one in scene.reading.cast.values() if one not in deed.people]
    fitting = [one for one in others if sex is None or one.sex in (sex, None)]
    thing = next(iter(scene.discourse.other_topic), None)
    if not fitting and thing is not None and deed.action is Action.LOOK:
        deed.fields.setdefault("target", thing)
    elif fitting and deed.action in (Action.PERFORM, Action.LOOK, Action.WALK):
        deed.fields.setdefault("target", fitting[-1].id)


def _somebody(scene: Scene, span: Span, sex: Sex, subject: bool) -> None:
    alone = [one for one in scene.reading.cast.values() if one.count == 1]
    if subject and scene.tokens[span.start].key == "sie" and len(alone) > 1 and _is_plural(scene, span):
        _all(scene)
        return
    if scene.language == "de":
        # German pronouns follow the noun's gender: only what is known of the sex counts.
        fitting = [one for one in alone if one.sex is sex]
    else:
        fitting = [one for one in alone if one.sex in (sex, None)]
    if not fitting:
        if subject and scene.language == "de" and _is_plural(scene, span):
            _all(scene)
        elif subject and scene.deed is not None and not scene.deed.waits:
            scene.subjects, scene.deed, scene.role = [], None, None
        elif subject and scene.deed is not None and scene.topic:
            scene.deed.people = scene.deed.people or list(scene.topic)
        return
    sure = [one for one in fitting if one.sex is sex]
    topic = next((one for one in reversed(fitting) if one in scene.topic), None)
    # Of a nurse and an old man, he is the man.
    person = topic if topic is not None and (topic in sure or not sure) else (sure or fitting)[-1]
    if scene.language == "en":
        person.sex = person.sex or sex
    if subject:
        _begin(scene, [person])
    else:
        scene.topic = scene.owner = [person]


def _is_plural(scene: Scene, span: Span) -> bool:
    """`sie umarmen sich`: the verb beside it ends in -en."""
    beside = [scene.tokens[at].key for at in (span.start + 1, span.start - 1) if 0 <= at < len(scene.tokens)]
    return any(key.endswith("en") and len(key) > 3 and key not in _BENT for key in beside)
