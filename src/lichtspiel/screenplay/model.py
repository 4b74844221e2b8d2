"""The screenplay: everything a film should be, as data that people edit by hand.

Seconds, metres, millimetres of focal length and degrees appear in field names
where they are not obvious. Names of things, places, materials and colours are
the ids of library entries.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from lichtspiel.screenplay.character import Character, Expression, Gaze, Style
from lichtspiel.screenplay.hearing import Cue, Line, Music
from lichtspiel.screenplay.record import Identifier, Placement, Record

MAX_DURATION_S = 120.0


class Action(StrEnum):
    """What a thing or a person does, or what is done to it, in a beat."""

    REST = "rest"  # stands, lies or hangs; nothing sets it moving
    DROP = "drop"  # let go of in the air
    FALL = "fall"  # tips or slips off what it stands on
    THROW = "throw"  # flies off in a free arc
    SHOOT = "shoot"  # thrown at a target: hoop, goal, bin
    ROLL = "roll"  # rolls along the ground, a lane or a track
    SLIDE = "slide"  # slides along a surface without rolling
    BOUNCE = "bounce"  # moves on in bounces: on the spot, down stairs
    PUSH = "push"  # is given a nudge
    TOPPLE = "topple"  # tips over where it stands: dominoes, stacks
    HIT = "hit"  # runs into its target
    SWING = "swing"  # swings about its suspension
    SPIN = "spin"  # spins about its own axis
    RING = "ring"  # is struck so that it sounds
    FLOAT = "float"  # drifts in air or in free fall
    WAVE = "wave"  # blows in the wind: cloth, flags
    STAND = "stand"  # a person stands
    SIT = "sit"  # a person sits, on the target or on a seat the stage finds
    LIE = "lie"  # a person lies
    WALK = "walk"  # a person walks: to the target, toward or past the camera
    LOOK = "look"  # a person turns eyes and head to the target or the gaze
    EXPRESS = "express"  # a face changes to the expression
    PERFORM = "perform"  # a person does what the beat's motion names


class OutcomeKind(StrEnum):
    """What the film must show happen, in the order of the beat's list."""

    HITS = "hits"
    MISSES = "misses"
    ENTERS = "enters"  # goes into or through the target, lands in it
    REBOUNDS_OFF = "rebounds_off"
    KNOCKS_OVER = "knocks_over"
    BREAKS = "breaks"
    STOPS_AT = "stops_at"  # comes to rest at a place: edge, target
    LANDS_ON = "lands_on"
    LEAVES = "leaves"  # bounces, rolls or flies away
    FALLS_OFF = "falls_off"
    FALLS_OVER = "falls_over"
    STAYS_UP = "stays_up"  # does not fall over, does not fall off
    SETTLES = "settles"  # comes to rest


class ShotSize(StrEnum):
    """How much of the picture's height or width the subject fills."""

    EXTREME_CLOSE_UP = "extreme_close_up"
    CLOSE_UP = "close_up"
    MEDIUM_CLOSE_UP = "medium_close_up"
    MEDIUM = "medium"
    FULL = "full"
    WIDE = "wide"
    EXTREME_WIDE = "extreme_wide"


class Angle(StrEnum):
    """Height and tilt of the camera against its subject."""

    EYE_LEVEL = "eye_level"
    LOW = "low"
    HIGH = "high"
    OVERHEAD = "overhead"
    GROUND = "ground"
    DUTCH = "dutch"


class View(StrEnum):
    """Side from which the camera sees the action."""

    FRONT = "front"
    SIDE = "side"
    THREE_QUARTER = "three_quarter"
    BEHIND = "behind"
    BEHIND_ASLANT = "behind_aslant"
    """From behind and beside: over the shoulder, with what is done there in sight."""


class CameraMove(StrEnum):
    """What the camera does during a shot."""

    STATIC = "static"
    PAN = "pan"
    TILT = "tilt"
    DOLLY_IN = "dolly_in"
    DOLLY_OUT = "dolly_out"
    TRUCK = "truck"
    ORBIT = "orbit"
    CRANE_UP = "crane_up"
    CRANE_DOWN = "crane_down"
    TRACKING = "tracking"
    HANDHELD = "handheld"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    RACK_FOCUS = "rack_focus"
    DRONE_PULL_BACK = "drone_pull_back"


class TimeOfDay(StrEnum):
    DAWN = "dawn"
    SUNRISE = "sunrise"
    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    GOLDEN_HOUR = "golden_hour"
    SUNSET = "sunset"
    DUSK = "dusk"
    NIGHT = "night"


class Weather(StrEnum):
    CLEAR = "clear"
    CLOUDY = "cloudy"
    OVERCAST = "overcast"
    FOG = "fog"
    RAIN = "rain"
    SNOW = "snow"


class Light(StrEnum):
    """Character of the light beyond time and weather."""

    NATURAL = "natural"
    WARM = "warm"
    COLD = "cold"
    DARK = "dark"
    BRIGHT = "bright"
    SOFT = "soft"
    HARD = "hard"
    SPOTLIGHT = "spotlight"
    BACKLIGHT = "backlight"
    CANDLE = "candle"


class Look(StrEnum):
    """Grade of the finished picture."""

    NATURAL = "natural"
    CINEMATIC = "cinematic"
    BLACK_AND_WHITE = "black_and_white"
    VINTAGE = "vintage"
    VIVID = "vivid"


class Gravity(StrEnum):
    EARTH = "earth"
    MOON = "moon"
    MARS = "mars"
    FREE_FALL = "free_fall"


class Setting(Record):
    """Where and when the film plays."""

    place: Identifier
    time_of_day: TimeOfDay = TimeOfDay.AFTERNOON
    weather: Weather = Weather.CLEAR
    light: Light = Light.NATURAL
    gravity: Gravity = Gravity.EARTH
    wind_m_s: Annotated[float, Field(ge=0, le=40)] | None = None
    """Speed of the wind; None = still air, or what a blowing flag or cape needs."""
    ground: Identifier | None = None
    """Material of the floor or table top that the action stands on; None = the place's own."""
    wet: bool | None = None
    """Out of doors the ground is wet and has puddles; None = where it rains."""

    @property
    def is_wet(self) -> bool:
        """Whether the ground of a place out of doors is wet."""
        return self.weather is Weather.RAIN if self.wet is None else self.wet


class Prop(Record):
    """A thing, or several of the same thing."""

    id: Identifier
    thing: Identifier
    count: Annotated[int, Field(ge=1, le=200)] = 1
    colour: Identifier | None = None
    material: Identifier | None = None
    scale: Annotated[float, Field(ge=0.1, le=10)] = 1.0
    """Size against the library's usual one; 0.7 is small, 1.4 is large."""
    varied_size: bool = False
    """The things of this prop have different sizes."""
    arrangement: Literal["row", "stack", "pyramid", "scatter", "circle"] | None = None
    placement: Placement = Placement()
    comes_s: Annotated[float, Field(ge=0)] | None = None
    """Film time of its first part in the action, until which it stands aside; None = the first moment."""


class Outcome(Record):
    """Something that must happen in a beat, or must not."""

    kind: OutcomeKind
    target: Identifier | None = None
    """Id of a prop, or `ground`."""
    part: Identifier | None = None
    """Part of the target: rim, backboard, edge."""
    count: Annotated[int, Field(ge=0)] | Literal["all"] | None = None
    never: bool = False
    """It must not happen, to none of them: the glass does not break."""


class Beat(Record):
    """Who does what to what, when, and how it ends."""

    subject: Identifier
    action: Action
    target: Identifier | None = None
    at_s: Annotated[float, Field(ge=0)] | None = None
    """Film time at which it starts; None = chosen by the stage."""
    height_m: Annotated[float, Field(gt=0, le=100)] | None = None
    speed: Annotated[float, Field(gt=0, le=5)] = 1.0
    """Against the usual speed of the action: 0.5 is slow, 2 is fast."""
    spot: Identifier | None = None
    """Named spot of the place where a person does it, when it is not where they are: door, desk."""
    destination: Identifier | None = None
    """Named spot of the place that a walk leads to, when it leads to no prop and nobody."""
    gaze: Gaze | None = None
    """Where a person looks, or walks, when there is no target; the side that a vehicle drives to."""
    expression: Expression | None = None
    """What a person's face changes to."""
    intensity: Annotated[float, Field(ge=0, le=1)] = 1.0
    """How much of it the face shows."""
    motion: Identifier | None = None
    """What a person performs: a motion of the library. Its target is whom or what it is done to."""
    using: tuple[Identifier, ...] = ()
    """Props it is done with: the cup that is drunk from, the tray that is carried."""
    times: Annotated[int, Field(ge=1, le=20)] | None = None
    """How often it is done, of what can be counted: claps, push-ups, turns; None = as long as it goes on."""
    style: Style | None = None
    """The manner in which a person moves."""
    outcomes: tuple[Outcome, ...] = ()

    @property
    def wanted(self) -> tuple[Outcome, ...]:
        """The outcomes that must happen, without those that must not."""
        return tuple(outcome for outcome in self.outcomes if not outcome.never)


class Shot(Record):
    """One uninterrupted camera take."""

    duration_s: Annotated[float, Field(gt=0, le=MAX_DURATION_S)] | None = None
    """None = an equal share of what the other shots leave."""
    size: ShotSize = ShotSize.MEDIUM
    angle: Angle = Angle.EYE_LEVEL
    view: View = View.THREE_QUARTER
    move: CameraMove = CameraMove.STATIC
    follow: bool = False
    """A static camera may pan after what would else be too small to be seen."""
    subjects: tuple[Identifier, ...] = ()
    """Props and characters to keep in frame; empty = everything that acts."""
    part: Literal["hands", "feet"] | None = None
    """What a close-up shows of people; None = the face."""
    focal_length_mm: Annotated[float, Field(ge=8, le=400)] | None = None
    f_stop: Annotated[float, Field(ge=0.7, le=64)] | None = None
    time_scale: Annotated[float, Field(ge=0.02, le=4)] = 1.0
    """World seconds that pass in one second of film; 0.25 is slow motion."""
    horizon: Annotated[float, Field(ge=0, le=1)] | None = None
    """Where the horizon lies when the shot begins, from the lower edge of the picture (0) to the upper (1),
    as far as what acts stays in the picture; None = where the angle puts it."""
    tilt_deg: Annotated[float, Field(ge=-45, le=45)] = 0.0
    """How far the horizon's right end is higher than its left one, beyond what the angle gives."""


class Screenplay(Record):
    """Everything a film should be."""

    version: Literal[1] = 1
    title: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    prompt: str = ""
    language: Literal["en", "de"] = "en"
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 0
    duration_s: Annotated[float, Field(ge=0.5, le=MAX_DURATION_S)] = 4.0
    look: Look = Look.NATURAL
    setting: Setting
    cast: tuple[Character, ...] = ()
    props: tuple[Prop, ...] = ()
    beats: tuple[Beat, ...] = ()
    lines: tuple[Line, ...] = ()
    """What is said, in this order."""
    sounds: tuple[Cue, ...] = ()
    """What is heard besides what the take itself sounds like."""
    music: Music | None = None
    shots: Annotated[tuple[Shot, ...], Field(min_length=1)]
    goes_on_s: tuple[Annotated[float, Field(gt=0, le=MAX_DURATION_S)], ...] = ()
    """Film times at which the film once ended, in order: what happens before stays as it was then."""

    @model_validator(mode="after")
    def _names_resolve(self) -> Screenplay:
        entities: tuple[Character | Prop, ...] = (*self.cast, *self.props)
        ids = [entity.id for entity in entities]
        if len(set(ids)) != len(ids):
            raise ValueError("two props or characters have the same id")
        known = {*ids, "ground", "camera"}
        named = {
            *(entity.placement.target for entity in entities),
            *(beat.subject for beat in self.beats),
            *(beat.target for beat in self.beats if beat.target),
            *(o.target for beat in self.beats for o in beat.outcomes if o.target),
            *(prop for beat in self.beats for prop in beat.using),
            *(line.speaker for line in self.lines),
            *(line.to for line in self.lines if line.to),
            *(cue.source for cue in self.sounds if cue.source),
            *(subject for shot in self.shots for subject in shot.subjects),
        }
        if unknown := sorted(named - known):
            raise ValueError(f"no prop or character has the id {', '.join(unknown)}")
        speakers = {line.speaker for line in self.lines}
        if things := sorted(speakers - {character.id for character in self.cast}):
            raise ValueError(f"only characters of the cast can speak, not {', '.join(things)}")
        if sum(shot.duration_s or 0.0 for shot in self.shots) > self.duration_s + 1e-6:
            raise ValueError("the shots are longer than the film")
        return self

    @property
    def shot_lengths_s(self) -> tuple[float, ...]:
        """Film seconds of every shot; shots without a length share what is left."""
        given = sum(shot.duration_s or 0.0 for shot in self.shots)
        open_shots = sum(shot.duration_s is None for shot in self.shots)
        left = self.duration_s - given
        if not open_shots:
            # The last shot runs on to the end of the film.
            lengths = [shot.duration_s or 0.0 for shot in self.shots]
            return (*lengths[:-1], lengths[-1] + left)
        share = left / open_shots
        return tuple(share if shot.duration_s is None else shot.duration_s for shot in self.shots)

    def part_end_s(self, film_s: float | None) -> float:
        """Where the part of the film ends that a time lies in; None = the first part."""
        ends = (*(end for end in self.goes_on_s if end < self.duration_s), self.duration_s)
        return next((end for end in ends if film_s is None or film_s < end), self.duration_s)

    def prop(self, prop_id: str) -> Prop:
        """The prop with this id. Raises KeyError."""
        for prop in self.props:
            if prop.id == prop_id:
                return prop
        raise KeyError(prop_id)

    def character(self, character_id: str) -> Character:
        """The character with this id. Raises KeyError."""
        for character in self.cast:
            if character.id == character_id:
                return character
        raise KeyError(character_id)
