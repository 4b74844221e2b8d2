"""What stands beside a verb: what another does, the place where it is done, or clothes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_senses import GarmentName, HairName, KindName, RoleName, Span
from lichtspiel.director.senses import PlaceName, ThingName
from lichtspiel.director.tokens import Token
from lichtspiel.director.verb_phrases import Act

_RELATIVE = 8
"""Words of a relative clause among which its verb is."""
_PERFECT = frozenset({"has", "have", "had", "hat", "haben", "hatte", "hatten"})


def done_by_another(spans: Sequence[Span], at: int) -> bool:
    """`the ball that a boy throws`: behind a thing, somebody and what they do with it."""
    if not at or spans[at - 1].item.sense(ThingName) is None:
        return False
    clause = list(itertools.takewhile(lambda one: not one.item.mark, spans[at + 1 : at + _RELATIVE]))
    somebody = next((n for n, one in enumerate(clause) if one.sense(RoleName)), len(clause))
    return any(one.sense(Act) is not None for one in clause[somebody + 1 :])


def done_before(tokens: Sequence[Token], spans: Sequence[Span], at: int) -> Sequence[Span]:
    """`a letter that a man has written`: somebody, and what they did before the film begins, behind a
    relative pronoun; empty where there is no such clause."""
    if not spans[at].item.word("relative"):
        return ()
    clause = list(itertools.takewhile(lambda one: not one.item.mark, spans[at + 1 : at + _RELATIVE]))
    somebody = any(one.sense(RoleName) for one in clause)
    perfect = [one for one in clause if tokens[one.start].key in _PERFECT]
    return [one for one in clause if one not in perfect] if somebody and perfect else ()


def is_home(deed: DraftDeed | None, span: Span) -> bool:
    """`swims in the sea`: a place where such deeds are done, not a spot of another one."""
    place = span.item.sense(PlaceName)
    home = deed.motion.home if deed is not None and deed.motion is not None else None
    return place is not None and home is not None and home in place.ids


def dresses(spans: Sequence[Span], at: int) -> bool:
    """Whether clothes follow: trägt einen Mantel, not trägt ein Tablett."""
    for one in spans[at + 1 : at + 7]:
        if one.item.mark and one.item.mark != ",":
            return False
        if any(isinstance(sense, (GarmentName, KindName, HairName)) for sense in one.senses):
            return True
        if one.item.sense(ThingName):
            return False
    return False
