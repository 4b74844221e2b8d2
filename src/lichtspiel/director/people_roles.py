"""Which person, or which people, the name of a role means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lichtspiel.director.acting_lexicon import Manner
from lichtspiel.director.people_scene import Scene
from lichtspiel.director.people_senses import RoleName, Span
from lichtspiel.director.tokens import Token
from lichtspiel.screenplay import Sex

_SEVERAL = frozenset({"die", "seine", "ihre", "unsere", "meine", "viele", "einige", "mehrere", "alle"})
"""German words before nouns whose plural looks like their singular: seine Ritter."""
_ONE = frozenset({"ein", "eine", "einen", "einem", "einer", "eines", "des", "dem"})
_BARE_PLURALS = ("er", "el", "en")
"""How German nouns end that have no ending of their own for several."""


def role_of(scene: Scene, span: Span) -> RoleName | None:
    """Who is meant; `die Zuschauer` are several."""
    roles = [sense for sense in span.senses if isinstance(sense, RoleName)]
    if not roles or scene.language != "de":
        return roles[0] if roles else None
    several = scene.number is not None or _follows_several(scene.tokens, span.start)
    if scene.number is None and _follows_one(scene.tokens, span.start):
        # Weak nouns look like several in all cases but one: die Hände eines Pianisten.
        return replace(roles[0], plural=False)
    plural = next((role for role in roles if role.plural), None)
    if plural is None and roles[0].sex is not Sex.FEMALE:
        alike = scene.tokens[span.end - 1].key.endswith(_BARE_PLURALS)
        plural = replace(roles[0], plural=True) if alike else None
    return plural if several and plural is not None else roles[0]


def names_whom(span: Span, following: Span | None) -> bool:
    """`a drunk man`: a manner right before who has it."""
    manner = span.sense(Manner)
    role = following.sense(RoleName) if following is not None else None
    return manner is not None and role is not None


def _follows_several(tokens: Sequence[Token], at: int) -> bool:
    return _determiner(tokens, at) in _SEVERAL


def _follows_one(tokens: Sequence[Token], at: int) -> bool:
    return _determiner(tokens, at) in _ONE


def _determiner(tokens: Sequence[Token], at: int) -> str:
    """The word that a noun stands behind, with or without its adjectives: seine müden Ritter."""
    before = at - 1
    while (
        before > 0
        and tokens[before].text.islower()
        and tokens[before].key.endswith("en")
        and tokens[before].key not in _ONE
    ):
        before -= 1
    return tokens[before].key if before >= 0 else ""
