"""What a film lets be heard beyond its own events: lines, sounds and music."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lichtspiel.screenplay.record import Identifier, Record


class Delivery(StrEnum):
    """How a line is spoken."""

    NORMAL = "normal"
    WHISPER = "whisper"
    SHOUT = "shout"
    LAUGHING = "laughing"
    SAD = "sad"
    ANGRY = "angry"
    EXCITED = "excited"
    TIRED = "tired"
    ASKING = "asking"


class Vocal(StrEnum):
    """A sound of the voice without words."""

    LAUGH = "laugh"
    SIGH = "sigh"
    GASP = "gasp"
    COUGH = "cough"
    HUM = "hum"
    SCREAM = "scream"
    CRY = "cry"
    SNEEZE = "sneeze"
    YAWN = "yawn"
    BREATH = "breath"


class Voice(Record):
    """How a character sounds; what is None is drawn from the character's seed, sex and age."""

    voice: Identifier | None = None
    """Voice of the library."""
    accent: Literal["us", "gb"] | None = None
    """Of its English, where the voice is drawn."""
    pitch: Annotated[float, Field(ge=0.5, le=2)] | None = None
    """Against the voice's own: 2 is an octave higher."""
    timbre: Annotated[float, Field(ge=0.7, le=1.4)] | None = None
    """Formants against the voice's own: above 1 a smaller throat."""
    pace: Annotated[float, Field(ge=0.5, le=2)] | None = None
    """Speed of speech against the voice's own."""


Moment = Annotated[str, StringConstraints(pattern=r"^(lines|beats|sounds)\[\d{1,3}\]$")]
"""A line, a beat or another sound of the screenplay, by its place in it."""


class Line(Record):
    """Something a character says, or utters without words."""

    speaker: Identifier
    text: Annotated[str, StringConstraints(max_length=500)] = ""
    vocal: Vocal | None = None
    """Uttered before the text, or alone."""
    language: Literal["en", "de", "fr", "es", "it", "pt"] | None = None
    """None = the film's."""
    delivery: Delivery = Delivery.NORMAL
    to: Identifier | None = None
    """Who is spoken to; None = whoever is there."""
    at_s: Annotated[float, Field(ge=0)] | None = None
    """Film time at which it starts; None = after the line before it."""
    after: Annotated[str, StringConstraints(pattern=r"^beats\[\d{1,3}\]$")] | None = None
    """Beat of a person who has done what it says before the line begins, where `at_s` leaves that open."""
    interrupts: bool = False
    """It starts before the line before it has ended, which breaks off."""
    off_screen: bool = False
    pace: Annotated[float, Field(ge=0.4, le=2.5)] = 1.0

    @model_validator(mode="after")
    def _says_something(self) -> Line:
        if not self.text.strip() and self.vocal is None:
            raise ValueError("a line needs a text or a vocal")
        return self


class Cue(Record):
    """A sound of the library that is heard at a moment or throughout."""

    sound: Identifier
    at_s: Annotated[float, Field(ge=0)] | None = None
    """Film time of its start; None = by what it comes after or before, or from the first moment on."""
    after: Moment | None = None
    """What of the film it follows: lines[0], beats[1], sounds[0]."""
    before: Moment | None = None
    """What of the film it precedes, where it follows nothing."""
    duration_s: Annotated[float, Field(gt=0)] | None = None
    """None = its own length, or to the end."""
    source: Identifier | None = None
    """Prop or character that it comes from; None = from around or afar."""
    level_db: Annotated[float, Field(ge=-40, le=20)] = 0.0
    """Against its usual level."""


class Music(Record):
    """Score of the film, composed for it. What is None follows from the film."""

    style: Identifier | None = None
    """Musical style of the library: piano, waltz, synthwave."""
    mood: Literal["happy", "sad", "tense", "calm", "heroic", "romantic", "mysterious", "funny"] | None = None
    tempo_bpm: Annotated[float, Field(ge=40, le=220)] | None = None
    key: Annotated[str, StringConstraints(pattern=r"^[A-G](b|#)? (major|minor)$")] | None = None
    instruments: tuple[Identifier, ...] = ()
    diegetic: Identifier | None = None
    """Prop or character that plays it in the scene; None = score."""
    level_db: Annotated[float, Field(ge=-40, le=20)] = 0.0
    """Against its usual level in the mix."""
