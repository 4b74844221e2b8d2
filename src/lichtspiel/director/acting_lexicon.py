"""The sheet of words about how people act and speak, checked when it is read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import Field

from lichtspiel.director.language import Language
from lichtspiel.director.lexicon import Phrases, Sheet
from lichtspiel.screenplay import Delivery, Expression, OutcomeKind, Sex, Style, Vocal

LineLanguage = Literal["en", "de", "fr", "es", "it", "pt"]


class MotionWord(Phrases):
    """Ways to say what a motion of the library shows, beyond the names it has there."""

    motion: str
    outcome: OutcomeKind | None = None
    """How it ends, where the words say so: miss a shot."""
    answer: str | None = None
    """Motion of the other, where two do it by turns: who is thrown a ball catches it."""
    note: str = ""
    """What is not shown of it, where the motion is only the nearest one."""


class Face(Sheet):
    """What face and voice do during a motion."""

    expression: Expression | None = None
    vocal: Vocal | None = None


class VocalWord(Phrases):
    vocal: Vocal


class SpeechVerb(Phrases):
    """A verb that leads in what is said."""

    delivery: Delivery
    interrupts: bool = False
    """Whoever spoke before breaks off."""


class Manner(Phrases):
    """How something is done, or said."""

    style: Style | None = None
    delivery: Delivery | None = None


class IntensityWord(Phrases):
    amount: Annotated[float, Field(ge=0, le=1)]


class OutcomeWord(Phrases):
    """How what someone does ends."""

    outcome: OutcomeKind


class RepeatWord(Phrases):
    """How often something is done."""

    count: Annotated[int, Field(ge=1, le=10)]


class LanguageWord(Phrases):
    language: LineLanguage


class StandIn(Phrases):
    """People whom the library has no role for, and the role they are shown as."""

    role: str
    sex: Sex | None = None
    active: bool = False
    """Things go by the name as well: people are meant right before what they do, a pitcher who throws."""


class Ball(Sheet):
    """Which ball is meant among people of a game."""

    roles: tuple[str, ...]
    ball: str


class Player(Sheet):
    """What those do who play, without a word of what."""

    who: tuple[str, ...]
    """Names that people are called by."""
    means: str


class Trade(Sheet):
    """What a verb means of people whose trade says more than the verb."""

    who: tuple[str, ...]
    """Roles, or names that people are called by."""
    does: tuple[str, ...]
    """Motions that the verb names."""
    means: str
    """Motion that is meant."""


class Strangers(Sheet):
    """Nouns that nobody knows, taken for people where they do what people do."""

    endings: Phrases
    """How such nouns end: locksmith, Klavierlehrer."""
    never: Phrases
    """Nouns with such endings that are no people."""


class ActingLexicon(Sheet):
    motions: tuple[MotionWord, ...]
    verbs: dict[Language, dict[str, tuple[str, ...]]]
    """Forms of irregular verbs, by infinitive."""
    separable: tuple[str, ...]
    """Prefixes that German verbs part with."""
    nouns: Phrases
    """Words that are verbs only right behind their subject: film, row."""
    faces: dict[str, Face]
    """By motion."""
    vocals: tuple[VocalWord, ...]
    speech: tuple[SpeechVerb, ...]
    manners: tuple[Manner, ...]
    intensities: tuple[IntensityWord, ...]
    outcomes: tuple[OutcomeWord, ...]
    repeats: tuple[RepeatWord, ...]
    languages: tuple[LanguageWord, ...]
    mutual: tuple[str, ...]
    """Motions that two people do to each other, both at once."""
    trades: tuple[Trade, ...]
    players: tuple[Player, ...]
    balls: tuple[Ball, ...]
    stand_ins: tuple[StandIn, ...]
    strangers: Strangers
    stand_in_note: str


@cache
def acting_lexicon() -> ActingLexicon:
    """The sheet `lexicon/people/acting.yaml`. Raises ValidationError for a faulty one."""
    sheet = files("lichtspiel.director") / "lexicon" / "people" / "acting.yaml"
    return ActingLexicon.model_validate(yaml.safe_load(sheet.read_text("utf-8")))
