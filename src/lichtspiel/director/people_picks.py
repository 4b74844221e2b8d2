"""Some of several: two of them, the third, eines der Kinder, three of the five children."""

from __future__ import annotations

from dataclasses import dataclass

from lichtspiel.director.language import Language
from lichtspiel.director.people_ages import number_of
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_lexicon import Deed
from lichtspiel.director.people_roles import role_of
from lichtspiel.director.people_scene import PLURAL_COUNT, Scene
from lichtspiel.director.people_senses import RoleName, Span
from lichtspiel.director.senses import Item
from lichtspiel.director.verb_phrases import Act

_OF: dict[Language, frozenset[str]] = {
    "en": frozenset({"of"}),
    "de": frozenset({"von", "der", "dieser"}),
}
_ARTICLES = frozenset(["the", "these", "those", "his", "her", "their", "den", "diesen", "ihren", "seinen"])
_THEM = frozenset({"them", "ihnen"})
_ONES = frozenset(["one", "einer", "eine", "eines", "eins"])
_DEFINITE = frozenset({"the", "der", "die", "das"})
_ORDINALS: dict[Language, dict[str, int]] = {
    "en": {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": 9},
    "de": {
        f"{stem}{end}": number
        for stem, number in (
            ("erst", 1),
            ("zweit", 2),
            ("dritt", 3),
            ("viert", 4),
            ("fünft", 5),
            ("letzt", 9),
        )
        for end in ("e", "er", "es")
    },
}


@dataclass(frozen=True)
class Pick:
    """Tokens up to `end` that mean some of several."""

    end: int
    count: int
    role: RoleName | None = None
    """Of whom, where the words name them."""
    whole: int | None = None
    """How many there are in all."""
    ordinal: int = 0
    """Which one of them: the third."""


def pick_at(scene: Scene, span: Span) -> Pick | None:
    """Some of several who are named from this span on; None where nobody is picked out."""
    value = _number(scene, span.start)
    if value is not None:
        return _of_several(scene, span, value) or _bare(scene, span, value)
    return _ordinal(scene, span)


def take_pick(scene: Scene, span: Span, pick: Pick) -> list[DraftCharacter]:
    """Make them a character of their own, who is spoken of from now on."""
    kind = scene.topic[0] if scene.topic else None
    if pick.role is None and kind is not None and _total(scene, kind.role) + 1 == pick.ordinal:
        # Two shake hands, the third looks on: there is one more.
        scene.number = None
        group: DraftCharacter | None = scene.add(RoleName(kind.role, kind.sex), several=False)
    else:
        group = _group(scene, pick)
    if group is None and pick.role is not None:
        scene.number = (Item(span.start, pick.end), pick.whole or max(PLURAL_COUNT, pick.count + 1))
        group = scene.add(pick.role, several=True)
    if group is None:
        return []
    one = scene.part_from(group, pick.count) if group.count > pick.count else group
    scene.picked.append(one)
    scene.ledger.realise(Item(span.start, pick.end), f"{one.slot}.count", f"{one.count} of them")
    scene.forget()
    return [one]


def _total(scene: Scene, role: str) -> int:
    return sum(one.count for one in scene.reading.cast.values() if one.role == role)


def _number(scene: Scene, at: int) -> int | None:
    if scene.tokens[at].key in _ONES:
        return 1
    value = number_of(scene.tokens[at], scene.language)
    return int(value) if value is not None and value >= 1 and scene.tokens[at].key != "ein" else None


def _of_several(scene: Scene, span: Span, count: int) -> Pick | None:
    """`two of them`, `drei der fünf Kinder`."""
    tokens, at = scene.tokens, span.start + 1
    if at + 1 >= len(tokens) or tokens[at].key not in _OF[scene.language]:
        return None
    at += 1
    if tokens[at].key in _THEM:
        return Pick(at + 1, count)
    if tokens[at].key in _ARTICLES:
        at += 1
    whole = _number(scene, at) if at < len(tokens) else None
    named = scene.from_token(at + 1 if whole is not None else at)
    role = role_of(scene, named) if named is not None and named.start <= at + 1 else None
    if named is None or role is None or (whole is not None and whole <= count):
        return None
    return Pick(named.end, count, role, whole)


def _bare(scene: Scene, span: Span, count: int) -> Pick | None:
    """`zwei umarmen sich`: a number that begins a clause, right before a verb."""
    follows = scene.from_token(span.start + 1)
    opens = span.start == 0 or span.start in scene.openings or span.start - 1 in scene.openings
    acts = follows is not None and _acts(follows)
    if (
        count < 2
        or not opens
        or not acts
        or not any(one.count > count for one in scene.reading.cast.values())
    ):
        return None
    return Pick(span.start + 1, count)


def _ordinal(scene: Scene, span: Span) -> Pick | None:
    """`the third laughs`, `der zweite Mann`."""
    tokens, at = scene.tokens, span.start
    if tokens[at].key in _DEFINITE:
        at += 1
    if at >= len(tokens) or tokens[at].key not in _ORDINALS[scene.language] or at == span.start:
        return None
    end = at + 1
    follows = scene.from_token(end)
    if follows is not None and tokens[end].key == "one":
        end, follows = end + 1, scene.from_token(end + 1)
    role = follows.sense(RoleName) if follows is not None and follows.start == end else None
    number = _ORDINALS[scene.language][tokens[at].key]
    pick = Pick(end if role is None or follows is None else follows.end, 1, role, ordinal=number)
    acts = follows is None or bool(follows.item.mark) or _acts(follows)
    one_more = role is None and any(_total(scene, one.role) + 1 == number for one in scene.topic)
    return pick if (role is not None or acts) and (one_more or _group(scene, pick) is not None) else None


def _acts(span: Span) -> bool:
    return span.sense(Act) is not None or span.sense(Deed) is not None


def _group(scene: Scene, pick: Pick) -> DraftCharacter | None:
    """Whom they are picked out of: the largest of that kind of whom nothing was told singly."""
    everyone = scene.reading.cast.values()
    roles = (
        {pick.role.role} if pick.role else {one.role for one in scene.topic} or {one.role for one in everyone}
    )
    fits = [
        one for one in everyone
        if one.role in roles and one not in scene.picked and one.count >= pick.count
        and (one.count > 1 or scene.picked)
    ]  # fmt: skip
    return max(fits, key=lambda one: one.count, default=None)
