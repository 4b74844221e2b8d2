"""Schemas of what can be heard: the library's sounds and styles of music."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lichtspiel.library.records import Entry, Fraction, Identifier, Names, Parameter, Positive
from lichtspiel.screenplay import TimeOfDay, Weather

Mood = Literal["happy", "sad", "tense", "calm", "heroic", "romantic", "mysterious", "funny"]


class SoundLayer(Entry):
    """A sound that takes part in an ambience."""

    sound: Identifier
    level_db: float = 0.0
    """Against the ambience's own level."""
    times: tuple[TimeOfDay, ...] = ()
    """Times of day at which it is heard; empty = always."""
    weathers: tuple[Weather, ...] = ()
    """Weathers in which it is heard; empty = always."""


class SoundEntry(Entry):
    """Something that can be heard: an effect, a voice of nature, a whole ambience."""

    id: Identifier
    names: Names
    """Nouns, and short clauses without articles: rain on the window, clock ticks; Regen, Uhr tickt."""
    kind: Literal["effect", "ambience", "animal", "machine", "vehicle", "weather", "crowd"]
    builder: Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[a-z_]+$")] | None = None
    """`module:function` under `lichtspiel.sound.sources`; None for ambiences, which are made of layers."""
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    layers: tuple[SoundLayer, ...] = ()
    places: tuple[Identifier, ...] = ()
    """Places of the library that this ambience belongs to."""
    level_db: Annotated[float, Field(ge=0, le=150)] = 60.0
    """Sound pressure level of its loud moments, dB: at 1 m, or where one stands when it is all around."""
    duration_s: Positive | None = None
    """How long one occurrence lasts; None = it goes on."""
    sudden: bool = False
    """It breaks in where it is told of, as a bark or a ring does, even where it goes on from there."""
    rings_out: bool = False
    """It begins at its loudest: the end of the film may cut it off rather than make it begin earlier."""
    distance_m: Positive = 6.0
    """How far off it is when nothing in the film is its source."""
    around: bool = False
    """It comes from all around when nothing in the film is its source."""
    things: tuple[Identifier, ...] = ()
    """Things of the library that sound so of themselves: vehicles while they drive; others are the source
    of the sound when the screenplay has it."""
    borne_by: tuple[Identifier, ...] = ()
    """Things that it is on where the screenplay has one: a siren's car, which does not sound so of itself."""
    passes_m_s: Annotated[float, Field(ge=0, le=300)] = 0.0
    """How fast it goes by outdoors, so far off at its nearest, when nothing in the film is its source."""
    outdoors: bool | None = None
    """Whether rooms hear it through their walls; None = weather, vehicles and what is far off."""

    @model_validator(mode="after")
    def _is_made_of_something(self) -> SoundEntry:
        if (self.builder is None) == (not self.layers):
            raise ValueError(f"the sound {self.id} needs either a builder or layers")
        return self


class PartEntry(Entry):
    """What one instrument does in a musical style.

    Patterns are strings with one character per step of the bar; `.` rests, `-` holds what sounds, and a
    space is only for the eye. Chords: `x` all of it, `X` accented, `l` its lowest note, `h` the notes above
    it, digits the note of that number from below. Bass: `1`, `3`, `5`, `8` of the chord, `a` a step towards
    the next root. Melodies need none.
    """

    instrument: Identifier
    plays: Literal["melody", "counter", "chords", "bass"]
    patterns: tuple[str, ...] = ()
    """One is drawn for every section of the piece."""
    octave: Annotated[int, Field(ge=1, le=7)] = 4
    level_db: Annotated[float, Field(ge=-30, le=6)] = 0.0
    pan: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """-1 left … 1 right."""
    enters: Fraction = 0.0
    """Share of the piece after which it joins in."""


class MusicalStyleEntry(Entry):
    """A style of music that a score can be composed in."""

    id: Identifier
    names: Names
    """Adjectives and nouns: jazz, synthwave; Walzer, Marsch."""
    tempo_bpm: tuple[Positive, Positive]
    """Slowest and fastest beat."""
    beats: Annotated[int, Field(ge=2, le=7)] = 4
    """Per bar."""
    steps: Annotated[int, Field(ge=1, le=6)] = 4
    """Per beat, in patterns."""
    swing: Fraction = 0.0
    """How far off-beats are late: 0 even, 1 in triplets."""
    loose_s: Annotated[float, Field(ge=0, le=0.05)] = 0.006
    """Spread of players about the beat."""
    modes: tuple[Literal["major", "minor"], ...] = ("major", "minor")
    """In order of preference."""
    major: Annotated[tuple[str, ...], Field(min_length=1)]
    """Progressions in Roman numerals, a chord or more (joined by a comma) per bar: `I vi IV,V I`."""
    minor: Annotated[tuple[str, ...], Field(min_length=1)]
    rhythms: Annotated[tuple[str, ...], Field(min_length=1)]
    """Rhythms of the melody's motifs, a bar each: `x` begins a note, `-` holds it."""
    parts: Annotated[tuple[PartEntry, ...], Field(min_length=1)]
    drums: dict[Identifier, tuple[str, ...]] = Field(default_factory=dict)
    """Drum → patterns: `x` a stroke, `X` an accent, `o` a soft one."""
    fill: dict[Identifier, str] = Field(default_factory=dict)
    """What the drums do in the bar before a hit point."""
    room_s: Positive = 1.2
    """Reverberation time of the room it is played in."""
    room_db: Annotated[float, Field(ge=-60, le=0)] = -14.0
    """Level of that room against the players."""
    moods: tuple[
        Literal["happy", "sad", "tense", "calm", "heroic", "romantic", "mysterious", "funny"], ...
    ] = ()
    """Moods that it is chosen for when the screenplay names none."""


Language = Literal["en", "de", "fr", "es", "it", "pt"]


class VoiceEntry(Entry):
    """A voice that people can have. Who says nothing else gets one that suits language, sex and age."""

    id: Identifier
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    """Languages that it is drawn for. It can be asked to speak the others too, with an accent."""
    sex: Literal["female", "male"]
    ages: tuple[float, float]
    timbre: Annotated[dict[str, Positive], Field(min_length=1)]
    """Voices of the pack that are mixed, and their shares: how it sounds."""
    manner: dict[str, Positive] = Field(default_factory=dict)
    """The same for its pace and melody; empty = as the timbre."""
    accent: Literal["us", "gb"] = "us"
    """Of its English."""
    pitch: Positive = 1.0
    """Against that of the mixed voices."""
    throat: Annotated[float, Field(ge=0.7, le=1.5)] = 1.0
    """Formants against those of the mixed voices: above 1 a smaller throat."""
    pace: Positive = 1.0
    share: Positive = 1.0
    """How often it is drawn, against others that suit as well."""
    note: str = ""
    """What has to be said about how it speaks."""
    source: str = ""
