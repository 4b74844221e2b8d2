"""Clauses of a prompt about people in which things act, or are handled as only things are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lichtspiel.director.language import Language
from lichtspiel.director.ledger import is_empty
from lichtspiel.director.lexicon import Particle, Preposition
from lichtspiel.director.people_lexicon import BodyWord, Deed, Group, SpotWord
from lichtspiel.director.people_senses import GarmentName, RoleName, Span, spans_within
from lichtspiel.director.segments import Segment, joins
from lichtspiel.director.senses import CueWord, PlaceName, ThingName, VerbWord
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import Act, Told
from lichtspiel.screenplay import Action

Kind = Literal["person", "thing", "stranger", "none"]
PERSONS: dict[Language, frozenset[str]] = {
    "en": frozenset(["he", "she", "they", "one", "both", "who", "we", "i", "you"]),
    "de": frozenset(["er", "sie", "einer", "beide", "wer"]),
}
"""Pronouns that mean people."""
_THINGS: dict[Language, frozenset[str]] = {"en": frozenset({"it"}), "de": frozenset({"es"})}
_ARTICLES: dict[Language, frozenset[str]] = {
    "en": frozenset(["a", "an", "the", "two", "three", "four", "five", "some", "many"]),
    "de": frozenset(["ein", "eine", "der", "die", "das", "zwei", "drei", "vier", "fünf", "viele", "einige"]),
}
_OBLIQUE = frozenset(["den", "dem", "des", "einem", "einen", "einer", "ihren", "ihrem", "seinen", "seinem"])


@dataclass(frozen=True)
class ThingClause:
    """Tokens [start, end) that the reader of things takes."""

    start: int
    end: int
    handled: bool = False
    """People do it: drops the cup."""


def subject_of(tokens: Sequence[Token], spans: Sequence[Span], part: Segment, language: Language) -> Kind:
    """What the subject of a stretch of the prompt is; none where it has no subject or no verb."""
    inside = spans_within(spans, *part)
    verb = next((span for span in inside if _is_verb(span)), None)
    if verb is None:
        return "none"
    before = _first_noun(tokens, [span for span in inside if span.start < verb.start], language)
    if before != "none" or language == "en":
        return before
    lead = [span for span in inside if span.start < verb.start]
    if all(joins(tokens[span.start], language) for span in lead) and part[0] > 0:
        return "none"
    return _first_noun(tokens, [span for span in inside if span.start > verb.start], language)


def _is_verb(span: Span) -> bool:
    if any(isinstance(sense, (Act, Deed)) for sense in span.senses):
        return True
    return span.item.sense(VerbWord) is not None and span.item.sense(ThingName) is None


def _first_noun(tokens: Sequence[Token], spans: Sequence[Span], language: Language) -> Kind:
    """What the first noun is that stands behind no preposition."""
    behind, article = False, False
    for span in spans:
        key = tokens[span.start].key
        if span.item.mark or span.sense(Told) is not None:
            continue
        if span.item.sense(Preposition) and not span.item.sense(Particle):
            behind, article = True, False
        elif language == "de" and key in _OBLIQUE:
            behind = True
        elif key in _ARTICLES[language]:
            article = True
        else:
            kind = _noun(tokens, span, article, language)
            if kind == "stranger" and not behind and _goes_before(span, spans):
                continue
            if kind != "none" and not behind:
                return kind
            behind = behind and kind == "none" and span.item.sense(PlaceName) is None
    return "none"


def _goes_before(span: Span, spans: Sequence[Span]) -> bool:
    """Whether an unknown word is the adjective of a noun right behind it: a nervous groom."""
    for later in spans:
        if later.start <= span.start:
            continue
        if later.item.mark or later.item.sense(Preposition) is not None:
            return False
        if later.sense(RoleName) is not None or later.item.sense(ThingName) is not None:
            return True
    return False


def _noun(tokens: Sequence[Token], span: Span, article: bool, language: Language) -> Kind:
    token = tokens[span.start]
    group = span.sense(Group)
    if span.sense(RoleName) or token.key in PERSONS[language] or (group is not None and group.people):
        return "person"
    if (span.sense(GarmentName) or span.sense(BodyWord)) and not span.item.sense(ThingName):
        return "person"
    thing = span.item.sense(ThingName) is not None
    if token.key in _THINGS[language] or (thing and span.sense(SpotWord) is None):
        return "thing"
    if thing:
        return "none"
    unknown = not span.senses and (not span.item.senses or span.item.word("person"))
    noun = article if language == "en" else token.text[:1].isupper()
    if unknown and noun and not span.item.sense(CueWord) and token.kind == "word":
        follows = tokens[span.end] if span.end < len(tokens) else None
        adjective = language == "en" and follows is not None and follows.kind == "word" and len(token.key) < 4
        return "none" if adjective else "stranger"
    return "none"


def stranger_in(
    tokens: Sequence[Token], spans: Sequence[Span], part: Segment, language: Language
) -> Span | None:
    """The unknown noun that is the subject of a verb of people: `a locksmith hums`."""
    inside = spans_within(spans, *part)
    verb = next((span for span in inside if _is_verb(span)), None)
    if verb is None or subject_of(tokens, spans, part, language) != "stranger":
        return None
    if not any(isinstance(sense, Act) or _telling(sense) for sense in verb.senses):
        return None
    around = inside if language == "de" else [span for span in inside if span.start < verb.start]
    unknown = [
        span for span in around
        if not span.senses and not span.item.senses and tokens[span.start].kind == "word"
        and (language == "en" or tokens[span.start].text[:1].isupper())
    ]  # fmt: skip
    before = [span for span in unknown if span.start < verb.start]
    return before[-1] if before else unknown[0] if unknown else None


def _telling(sense: object) -> bool:
    """A deed that shows that somebody does it: a television may run and stand, too."""
    return isinstance(sense, Deed) and sense.action in (Action.SIT, Action.LOOK, Action.EXPRESS)


def thing_clauses(
    tokens: Sequence[Token], spans: Sequence[Span], parts: Sequence[Segment], language: Language
) -> tuple[ThingClause, ...]:
    """All such clauses, in order."""
    found: list[ThingClause] = []
    for part in parts:
        inside = spans_within(spans, *part)
        verbs = [span for span in inside if span.item.sense(VerbWord) and not is_empty(span.item)]
        kind = subject_of(tokens, spans, part, language)
        if (kind == "thing" and verbs) or (
            found and not found[-1].handled and kind == "none" and _goes_on(inside, part, found[-1], verbs)
        ):
            found.append(ThingClause(*part))
        elif found and found[-1].handled and kind == "none" and _lists_things(inside, part, found[-1]):
            found[-1] = ThingClause(found[-1].start, part[1], handled=True)
        elif kind in ("person", "none"):
            handled = _handled(inside, part, language)
            if handled is not None:
                found.append(handled)
    return tuple(found)


def _goes_on(inside: Sequence[Span], part: Segment, last: ThingClause, verbs: Sequence[Span]) -> bool:
    """`the ball rolls away and falls off the table`."""
    people = any(isinstance(sense, (Deed, RoleName)) for span in inside for sense in span.senses)
    return bool(verbs) and not people and part[0] - last.end <= 1


def _lists_things(inside: Sequence[Span], part: Segment, last: ThingClause) -> bool:
    """`and a feather at the same time`: more of what is done to things."""
    acts = any(isinstance(sense, (Act, Deed, RoleName)) for span in inside for sense in span.senses)
    return not acts and part[0] == last.end and any(span.item.sense(ThingName) for span in inside)


def _handled(inside: Sequence[Span], part: Segment, language: Language) -> ThingClause | None:
    """`drops the cup`: something is done to a thing that no motion of people shows."""
    if any(isinstance(sense, (Act, Deed)) for span in inside for sense in span.senses):
        return None
    verb = next((span for span in inside if _does_to_things(span)), None)
    let = next((span for span in inside if span.item.word("causative")), None)
    lead = let or verb
    thing = next((span for span in inside if span.item.sense(ThingName) and span is not verb), None)
    if verb is None and (let is None or thing is None):
        return None
    if lead is None or thing is None:
        return None
    if language == "en" and thing.start < lead.start:
        return None
    return ThingClause(lead.start, part[1], handled=True)


def _does_to_things(span: Span) -> bool:
    verb = span.item.sense(VerbWord)
    return verb is not None and verb.verb.patient is not None and not span.item.sense(ThingName)
