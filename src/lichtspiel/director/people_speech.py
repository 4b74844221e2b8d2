"""What people say: verbs of speech, words in quotation marks, and who speaks them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from lichtspiel.director.acting_lexicon import SpeechVerb
from lichtspiel.director.people_adverbs import take_adverb
from lichtspiel.director.people_deeds import DraftLine
from lichtspiel.director.people_doers import doers
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import RoleName, Span
from lichtspiel.director.quotes import Quote, spoken_language
from lichtspiel.director.verb_phrases import Act
from lichtspiel.screenplay import Delivery

_SLOW, _FAST = 0.6, 2.0
"""Bounds of the pace of speech; slower or faster is another delivery."""


def quote_near(scene: Scene, span: Span) -> Span | None:
    """The quote that a verb of speech leads in, or follows: `“Go!” shouts the king`."""
    at = scene.place_of(span)
    if at and any(one.sense(Quote) for one in scene.spans[max(0, at - 2) : at]):
        open_line = scene.line is not None and not scene.line.people
        if open_line:
            return next(one for one in reversed(scene.spans[:at]) if one.sense(Quote))
    for one in islice(scene.spans, at + 1, None):
        if one.sense(Quote):
            return one
        if any(isinstance(act, Act) and isinstance(act.sense, SpeechVerb) for act in one.senses):
            return None
        if one.item.mark and one.item.mark in ".!?;\n":
            return None
    return None


def speak(scene: Scene, span: Span, act: Act) -> None:
    """Take a verb of speech before its quote, or behind it."""
    assert isinstance(act.sense, SpeechVerb)
    open_line = scene.line
    if open_line is not None and open_line.text and not open_line.people:
        # What was said stands before who says it.
        open_line.delivery, open_line.interrupts = act.sense.delivery, act.sense.interrupts
        open_line.items.append(span.item)
        people, waits = doers(scene, span)
        follows = _person_follows(scene, span)
        open_line.people = [] if waits or follows else people
        scene.direct = True
        return
    people, _ = doers(scene, span)
    line = DraftLine(people, [span.item], delivery=act.sense.delivery, sentence=scene.sentence)
    line.interrupts = act.sense.interrupts
    scene.line, scene.deed, scene.direct = line, None, True
    scene.reading.lines.append(line)
    if scene.pace:
        pace_line(scene, *scene.pace)
    for manner in scene.manners:
        take_adverb(scene, manner)
    scene.manners = []
    if people:
        scene.topic, scene.subjects = people, []


def take_quote(scene: Scene, span: Span, quote: Quote) -> None:
    """Words that somebody says."""
    line = scene.line
    if line is None or line.text:
        people = list(scene.subjects or scene.topic)
        spoken_later = _speech_follows(scene, span)
        line = DraftLine([] if spoken_later else people, [], sentence=scene.sentence)
        scene.reading.lines.append(line)
        scene.line = line
    line.text = quote.text
    line.items.append(span.item)
    scene.direct = False
    if line.language is None:
        line.language = spoken_language(quote.text, scene.language)
    if line.delivery is Delivery.NORMAL and quote.text.endswith("?"):
        line.delivery = Delivery.ASKING
    following = scene.tokens[span.end] if span.end < len(scene.tokens) else None
    if quote.text[-1] in ".!?…" and line.people and following is not None and following.text[:1].isupper():
        scene.end_sentence()


def _speech_follows(scene: Scene, span: Span) -> bool:
    at = scene.place_of(span)
    for one in scene.spans[at + 1 : at + 4]:
        if any(isinstance(act, Act) and isinstance(act.sense, SpeechVerb) for act in one.senses):
            return True
        if one.item.mark and one.item.mark != ",":
            return False
    return False


def _person_follows(scene: Scene, span: Span) -> bool:
    at = scene.place_of(span)
    for one in scene.spans[at + 1 : at + 5]:
        if one.item.mark:
            return False
        if one.sense(RoleName):
            return True
    return False


def pace_line(scene: Scene, item: Any, speed: float) -> None:
    """`says slowly`."""
    assert scene.line is not None
    scene.line.pace = min(max(speed, _SLOW), _FAST)
    scene.line.items.append(item)
    scene.pace = None


def joined_lines(lines: Sequence[DraftLine]) -> list[DraftLine]:
    """A laugh right before words of the same person in the same sentence belongs to them."""
    found: list[DraftLine] = []
    for line in lines:
        before = found[-1] if found else None
        alike = (
            before is not None and before.vocal is not None and not before.text and line.text
            and line.vocal is None and before.sentence == line.sentence and before.people == line.people
        )  # fmt: skip
        if alike and before is not None:
            line.vocal, line.items = before.vocal, [*before.items, *line.items]
            found[-1] = line
        else:
            found.append(line)
    return found
