"""What words about people may mean, and the spans of a prompt that hold them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lichtspiel.director.acting_lexicon import IntensityWord, LanguageWord, Manner, RepeatWord
from lichtspiel.director.people_ages import Age
from lichtspiel.director.people_lexicon import (
    BodyPart,
    BodyWord,
    Deed,
    Group,
    HairShape,
    Pattern,
    Quality,
    Shade,
    SpotWord,
    Undone,
    Way,
)
from lichtspiel.director.quotes import Quote
from lichtspiel.director.senses import CueWord, Item
from lichtspiel.director.verb_phrases import Act, Tail, Told
from lichtspiel.screenplay import Sex


@dataclass(frozen=True)
class RoleName:
    role: str
    sex: Sex | None = None
    plural: bool = False
    called: str = ""
    """What the prompt calls someone whom the library has no role for."""


@dataclass(frozen=True)
class GarmentName:
    garments: tuple[str, ...]
    """All garments of this name."""
    along: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindName:
    kind: str
    bare: bool = False
    """Nothing of this kind is worn: barefoot."""


@dataclass(frozen=True)
class HairName:
    """A hair style or a beard of the library."""

    part: Literal["style", "beard"]
    id: str


@dataclass(frozen=True)
class ToneName:
    """A colour in the words of skin, eyes or hair."""

    part: BodyPart
    id: str


@dataclass(frozen=True)
class Evident:
    """It comes true by itself."""

    note: str


@dataclass(frozen=True)
class Mark:
    """A word that only tells how its neighbours are meant."""

    kind: Literal["same", "without", "wearing", "shots", "photos"]


PeopleSense = (
    RoleName | GarmentName | KindName | Shade | HairName | ToneName | Quality | HairShape
    | BodyWord | Age | Pattern | Deed | Way | SpotWord | Group | Undone | Evident | Mark | CueWord | Manner
    | IntensityWord | RepeatWord | LanguageWord | Act | Tail | Told | Quote
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    words: tuple[str, ...]
    sense: PeopleSense


@dataclass(frozen=True)
class Span:
    """Tokens [start, end) with what they may mean: to people first, then to the rest of the director."""

    start: int
    end: int
    senses: tuple[PeopleSense, ...]
    item: Item

    def sense[S](self, kind: type[S]) -> S | None:
        """The sense of this kind among those about people."""
        return next((sense for sense in self.senses if isinstance(sense, kind)), None)

    def mark(self, kind: str) -> bool:
        """Whether it is the word that marks this."""
        return any(isinstance(sense, Mark) and sense.kind == kind for sense in self.senses)


def spans_within(spans: Sequence[Span], start: int, end: int) -> Sequence[Span]:
    """The spans, which are in order, that begin at tokens [start, end)."""
    first = bisect_left(spans, start, key=lambda span: span.start)
    return spans[first : bisect_left(spans, end, lo=first, key=lambda span: span.start)]


@dataclass(frozen=True)
class Claimed:
    """What tokens up to `end` mean, found before the prompt is cut."""

    end: int
    senses: tuple[PeopleSense, ...]
