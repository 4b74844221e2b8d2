"""Who does what a verb of the prompt says."""

from __future__ import annotations

from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_lexicon import Group
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import RoleName, Span, spans_within
from lichtspiel.director.segments import joins
from lichtspiel.director.thing_clauses import PERSONS

_OBLIQUE = frozenset([
        "den", "dem", "des", "einem", "einen", "einer", "ihren", "ihrem", "ihrer", "seinen",
        "seinem", "seiner", "meinem", "meinen", "mit", "von", "zu", "bei", "an", "auf",
])  # fmt: skip
"""German words before somebody who does not do what the verb says."""


_NOMINATIVE = frozenset({"er", "sie"})
"""German pronouns right behind a verb that opens a clause: dann lacht sie."""


def doers(scene: Scene, span: Span) -> tuple[list[DraftCharacter], bool]:
    """Who does it, and whether they are named only behind the verb."""
    if not scene.subjects and _inverted(scene, span):
        return [], True
    scene.call_group()
    return list(scene.subjects or scene.topic), False


def _inverted(scene: Scene, span: Span) -> bool:
    """German: whether the subject stands behind the verb, `im Schnee tanzt eine Frau`."""
    if scene.language != "de":
        return False
    start, end = scene.part_of(span)
    before = spans_within(scene.spans, start, span.start)
    if any(one.sense(RoleName) for one in before) or pronoun_in(scene, start, span.start):
        return False
    opens = all(joins(scene.tokens[one.start], "de") for one in before)
    if (
        opens
        and scene.reading.cast
        and not any(scene.tokens[one.start].key in ("dann", "danach") for one in before)
    ):
        return False
    behind = spans_within(scene.spans, span.end, end)
    for number, one in enumerate(behind):
        group = one.sense(Group)
        if one.sense(RoleName) or (group is not None and group.people):
            lead = {scene.tokens[other.start].key for other in behind[max(0, number - 3) : number]}
            return lead.isdisjoint(_OBLIQUE)
        if pronoun_in(scene, one.start, one.end):
            return scene.tokens[one.start].key in _NOMINATIVE and number == 0
    return False


def pronoun_in(scene: Scene, start: int, end: int) -> bool:
    """Whether somebody is meant by a pronoun there."""
    return any(scene.tokens[at].key in PERSONS[scene.language] for at in range(start, end))
