"""What stands beside a verb: what another does, the place where it is done, or clothes."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_senses import GarmentName, HairName, KindName, RoleName, Span
from lichtspiel.director.senses import PlaceName, ThingName
from lichtspiel.director.verb_phrases import Act

_RELATIVE = 8
"""Words of a relative clause among which its verb is."""


def done_by_another(spans: Sequence[Span], at: int) -> bool:
    """`the ball that a boy throws`: behind a thing, somebody and what they do with it."""
    if not at or spans[at - 1].item.sense(ThingName) is None:
        return False
    clause = list(itertools.takewhile(lambda one: not one.item.mark, spans[at + 1 : at + _RELATIVE]))
    somebody = next((n for n, one in enumerate(clause) if one.sense(RoleName)), len(clause))
    return any(one.sense(Act) is not None for one in clause[somebody + 1 :])


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
