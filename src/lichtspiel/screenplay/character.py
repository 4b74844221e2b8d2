"""The cast: who a person of the film is, what they wear, and what their face shows.

A character is a record. The same record is the same person in every shot, film and pose: what
it leaves open is sampled from its seed alone.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from lichtspiel.screenplay.hearing import Voice
from lichtspiel.screenplay.record import Identifier, Placement, Record


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Expression(StrEnum):
    """What a face shows."""

    NEUTRAL = "neutral"
    SMILE = "smile"
    LAUGH = "laugh"
    FROWN = "frown"
    SAD = "sad"
    ANGRY = "angry"
    SURPRISED = "surprised"
    AFRAID = "afraid"
    DISGUSTED = "disgusted"
    THOUGHTFUL = "thoughtful"
    TIRED = "tired"
    PAINED = "pained"
    CONTEMPTUOUS = "contemptuous"
    LOVING = "loving"
    CONCENTRATED = "concentrated"


class Style(StrEnum):
    """The manner of a movement: timing, posture and amplitude."""

    HAPPY = "happy"
    TIRED = "tired"
    ANGRY = "angry"
    SAD = "sad"
    OLD = "old"
    DRUNK = "drunk"
    PROUD = "proud"
    CAREFUL = "careful"


class Gaze(StrEnum):
    """Where a look goes when it has no target of its own."""

    AHEAD = "ahead"
    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    CAMERA = "camera"
    AWAY = "away"
    AROUND = "around"


Share = Annotated[float, Field(ge=-1, le=1)]


class Wear(Record):
    """One garment or accessory."""

    garment: Identifier
    colour: Identifier | None = None
    pattern: Literal["plain", "stripes", "checks", "dots", "floral", "camouflage"] | None = None
    material: Identifier | None = None
    """Look of the cloth: denim, wool, silk; None = the garment's own."""


class HairStyle(Record):
    """Hair of the head and face. None = sampled."""

    style: Identifier | None = None
    colour: Identifier | None = None
    beard: Identifier | None = None
    """Beard style, `none` for a shaven face."""
    grey: Annotated[float, Field(ge=0, le=1)] | None = None
    """Share of grey hairs among those of the colour. None = by age, or none where a colour is told."""


class Character(Record):
    """A person, or several of the same kind. What is None is sampled from the seed."""

    id: Identifier
    role: Identifier | None = None
    """What they are, as the library's roles name it: fisherman, grandmother, knight."""
    count: Annotated[int, Field(ge=1, le=200)] = 1
    seed: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    """Identity. None = from the film's seed and this id."""
    likeness: Annotated[int, Field(ge=0, lt=2**32)] | None = None
    """The very person that another film drew, by that person's own number; goes before the seed."""
    sex: Sex | None = None
    age_years: Annotated[float, Field(ge=0.5, le=100)] | None = None
    height_m: Annotated[float, Field(ge=0.5, le=2.3)] | None = None
    build: Share | None = None
    """From thin (-1) to heavy (1)."""
    muscle: Share | None = None
    """From slight (-1) to athletic (1)."""
    skin: Identifier | None = None
    """Skin tone of the library: porcelain … ebony."""
    features: Literal["african", "asian", "european", "mixed"] | None = None
    """Which family of face shapes the face is drawn from."""
    eyes: Identifier | None = None
    """Eye colour of the library."""
    hair: HairStyle = HairStyle()
    face: dict[str, Share] = Field(default_factory=dict)
    """Face traits by name (library/data/people/traits.yaml), from -1 to 1, instead of sampled ones."""
    face_texture: str | None = None
    """Path of a face picture in the body's own texture layout that replaces the generated skin."""
    wears: tuple[Wear, ...] = ()
    """Empty = what the role, the sex, the age and the weather suggest."""
    wears_not: tuple[Identifier, ...] = ()
    """Garments, or kinds of garment such as `headwear`, that the outfit leaves out."""
    expression: Expression = Expression.NEUTRAL
    voice: Voice = Voice()
    arrangement: Literal["row", "two_rows", "group", "circle", "crowd", "queue"] | None = None
    placement: Placement = Placement()
    comes_s: Annotated[float, Field(ge=0)] | None = None
    """Film time at which they come into the picture; None = they are there from the first moment."""
