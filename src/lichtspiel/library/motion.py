"""What people do, as entries of the library; how it goes is in their scores."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field

from lichtspiel.library.records import Entry, Identifier, Names, Positive
from lichtspiel.screenplay import Delivery, View

Cycle = Annotated[tuple[float, ...], Field(min_length=8)]
"""Degrees at even distances over the cycle of one foot, from the strike of its heel on."""


_ROLLING = 0.8
"""Mean speed on its way against that at the start, of a ball that slides, then rolls at 5/7 of it."""
_LEAST_RISE_M = 0.4
"""Of what is thrown straight ahead: it falls so far on its way."""
FAST_M_S = 2.0
"""From this speed on people run, ride or glide: where walking turns into running (Thorstensson and Roberthson
1987: 1.9 m/s)."""
APPROACH_S = 2.2
"""Two who do something together within a film first come to each other: the shortest such walk."""
STEP_UP_S = 1.0
"""The same of two who stand face to face already."""


class WalkEntry(Entry):
    """How joints go in a normal walk at one speed: means, and standard deviations between people."""

    id: Identifier
    froude: Positive
    """Speed against the root of gravity times leg, the hip's height."""
    thigh: Cycle
    """Ahead of upright."""
    thigh_sd: Cycle
    knee: Cycle
    """Bent."""
    knee_sd: Cycle
    ankle: Cycle
    """Bent up against a right angle between shank and sole."""
    ankle_sd: Cycle


class Release(Entry):
    """When and how a motion lets go of what is held."""

    at_s: Annotated[float, Field(ge=0)]
    """Seconds after it begins, at the usual speed."""
    at: tuple[float, float, float]
    """Where the hand is then: aside, ahead, up, in body heights from the ground under the body."""
    elevation_deg: Annotated[float, Field(ge=-89, le=89)] = 20.0
    """Of the flight's beginning, where the target leaves it open."""
    rolls_m_s: Positive | None = None
    """Speed of what is sent along the ground and not through the air."""
    speed_m_s: Positive | None = None
    """Of what is shot; None = as fast as the way at this elevation asks."""
    backspin_rad_s: float = 0.0
    from_m: Positive = 4.0
    """Usual distance from the target."""


class Aim(Entry):
    """What a motion sends something at, brought along when the screenplay names none."""

    thing: Identifier
    count: Annotated[int, Field(ge=1)] = 1
    arrangement: Literal["row", "stack", "pyramid"] | None = None


class Catch(Entry):
    """When and where a motion has what comes flying between its hands."""

    at_s: Annotated[float, Field(ge=0)]
    """Seconds after it begins, at the usual speed."""
    at: tuple[float, float, float]
    """Aside, ahead, up, in body heights from the ground under the body."""


HoldingPart = Literal[
    "hand_l",
    "hand_r",
    "hands",
    "shoulder_l",
    "shoulder_r",
    "head",
    "back",
    "foot_l",
    "foot_r",
    "feet",
    "seat",
    "hip_l",
    "hip_r",
    "bow_l",
    "bow_r",
    "draw_l",
    "draw_r",
]
"""What of somebody carries or guides a thing."""


class Pass(Entry):
    """A stretch that a thing goes by itself: out of a hand, or struck, to a hand or to where it flies."""

    thing: Identifier
    number: Annotated[int, Field(ge=0)] = 0
    """Which of several alike."""
    begins_s: float
    """After the motion begins, at the usual speed."""
    lasts_s: Positive
    start: tuple[float, float, float]
    """Where it is then: aside, ahead, up, in body heights, as in `Release`. What nobody holds lies there."""
    end: tuple[float, float, float]
    out_of: HoldingPart | None = None
    """What has held it until then, of a right-handed person."""
    into: HoldingPart | None = None
    """What has it afterwards."""
    bounces: bool = False
    """It meets the ground on its way."""
    slides: bool = False
    """It goes along the ground."""
    every: Annotated[int, Field(ge=1)] = 1
    """Of a motion that loops: it happens again after so many rounds."""


class Hold(Entry):
    """How a thing lies on whoever does a motion, where hands do not simply close about it."""

    thing: Identifier
    number: Annotated[int, Field(ge=0)] | None = None
    """Which of several alike; None = each."""
    piece: str | None = None
    """Part of the thing, of those that come apart: the left ski; None = its first."""
    part: HoldingPart
    """What carries it, of a right-handed person; its frame is as in `library.people.holds.held`."""
    at: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Where the thing is in that frame, in body heights."""
    of: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Point of the thing that is there, metres of its own frame."""
    turn_deg: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """About the frame's x, then y, then z."""
    until_s: Annotated[float, Field(ge=0)] | None = None
    """After the motion begins the hand takes it from there: a sword out of its sheath."""
    drawn: bool = False
    """The piece is half of a bow's string, which the other hand draws until it lets go."""


class Spin(Entry):
    """A piece of what somebody holds that goes round as they move: a skipping rope."""

    piece: str
    """Name of the part of the thing."""
    begins_s: float
    """When it sets off, after the motion begins, at the usual speed."""
    per_round: float = 1.0
    """Turns about its axis in one round of the motion."""


class Touch(Entry):
    """Where a hand or a foot is on what somebody sits on: a handlebar, a pedal."""

    part: Literal["hand_l", "hand_r", "foot_l", "foot_r"]
    at: tuple[float, float, float]
    """Point of the thing's own frame, metres; of a crank its axle."""
    crank_m: Annotated[float, Field(ge=0)] = 0.0
    """A foot goes round the axle at this distance, once in a round of the motion; 0 = it stays."""
    ahead_rad: float = 0.0
    """How far round the crank is when the film begins, from straight ahead upward."""


class Play(Entry):
    """Where a hand, or the tip of what it holds, meets what somebody plays, types or draws on."""

    hand: Literal["l", "r"]
    """Of a right-handed person."""
    thing: Identifier
    """The thing that is played."""
    how: Literal[
        "keys", "frets", "strum", "bow", "write", "paint", "rest", "strike", "stir", "knead", "grasp", "lever"
    ]
    """keys: fingers press one after the other. frets: they stop strings, some at a time. strum: they sweep
    over strings and back. bow: the tool is drawn to and fro. write, paint: its tip goes over a surface. rest:
    the hand lies there. strike: the tool is swung up and comes down on the end of the line. stir: its tip
    goes round, the line across. knead: the hand presses along the line and comes back. grasp: the hand closes
    about the shaft of what the other one holds, at the beginning of the line, its thumb toward the end.
    lever: what it holds, an oar, goes round the beginning of the line, as far from there as it is from
    `frog` to `tip`."""
    begin: tuple[float, float, float]
    end: tuple[float, float, float]
    """Ends of the row of keys, of the strings or of the line that is played, metres of the thing's frame."""
    press: tuple[float, float, float]
    """Which way what is played is pressed, in that frame."""
    fingers: tuple[float, float, float] | None = None
    palm: tuple[float, float, float] | None = None
    """Where fingers and palm of the hand point, in that frame; None = as the score has them."""
    curl: Annotated[float, Field(ge=0, le=1)] = 0.4
    """How far the fingers are bent that press."""
    hover_m: Annotated[float, Field(ge=0)] = 0.012
    """How far from what is pressed the others stay."""
    strikes_hz: Positive = 2.0
    """Strokes in a second at the usual speed."""
    tip: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Of the tool, metres of its own frame: what touches."""
    frog: tuple[float, float, float] | None = None
    """Other end of what is drawn over the strings, from `tip`."""
    lift: tuple[float, float, float] = (0.0, 0.0, 1.0)
    """Direction of the tool's frame that is away from what it touches."""
    along: tuple[float, float, float] | None = None
    """Where the tool points, from frog to tip, in the frame of what is played; None = as the hand is."""


class Pour(Entry):
    """How somebody fills what stands before them, one vessel after the other, from what they hold."""

    begins_s: Annotated[float, Field(ge=0)]
    """When the first is filled, after the motion begins."""
    lasts_s: Positive
    """How long it takes to fill one."""
    again_s: Positive
    """From the beginning of one to that of the next."""
    flow_l_s: Positive
    bore_m: Positive = 0.0065
    """Radius of the mouth that it runs out of."""
    tilt_deg: Annotated[float, Field(gt=0, le=120)]
    """How far what is poured from is tilted."""
    liquid: Identifier
    """Look of what runs."""


class Lift(Entry):
    """When a hand lifts what is worn, and puts it back."""

    kind: Literal["headwear"]
    """Of garments."""
    from_s: Annotated[float, Field(ge=0)]
    """After the motion begins, at the usual speed."""
    until_s: Positive


class MotionEntry(Entry):
    """Something that people do, as the motion room performs it."""

    id: Identifier
    names: Names
    """Infinitives with what belongs to them: wave, do a backflip; winken, einen Rückwärtssalto machen."""
    kind: Literal["gesture", "posture", "locomotion", "deed", "flight", "collapse", "pair"]
    """gesture: arms, hands and head, laid over any posture. posture: held. locomotion: goes on along the
    path. deed: the whole body, once or over and over. flight: leaves the ground. collapse: handed over to
    physics. pair: needs a partner."""
    duration_s: Positive
    """Of one round at the usual speed."""
    loops: bool = False
    using: tuple[Identifier, ...] = ()
    """Things in the performer's hands, brought along when the screenplay names none: guitar, teapot."""
    opens: Identifier | None = None
    """What it is done with as it is meanwhile, where that is another thing: a book that is read lies open."""
    takes_s: Positive | None = None
    """When the hand has taken what is used: until then it lies on what is before the performer."""
    hands_over_s: Positive | None = None
    """Of a pair: when what one of them holds goes into the other's hands."""
    to_person: Identifier | None = None
    """The motion that it is when it is done to somebody: a thing is given from hand to hand."""
    flees: Identifier | None = None
    """What the one does, as fast, to whom it is done: who is chased runs."""
    by: Identifier | None = None
    """What another does so that it happens: who is hit is punched."""
    company: Annotated[int, Field(ge=0)] = 0
    """How many others do it too, in one line, where somebody does it alone: nobody is a queue."""
    head_deg: float | None = None
    """Of what is done lying from its beginning on: from ahead to where the head lies, counter-clockwise."""
    swims: bool = False
    """It is done in the water of a place."""
    wears: tuple[Identifier, ...] = ()
    """Garments that it takes, worn by who wears nothing of their kind: a hat that is tipped."""
    lifts: Lift | None = None
    """Of what is worn."""
    before: tuple[Identifier, ...] = ()
    """Things that stand or lie before the performer: the cup that is poured into. Each of several lies on
    the one before it: a loaf on its board."""
    before_at: tuple[float, float] = (0.0, 0.215)
    """Where: to the left, ahead, in body heights; of a right-handed person."""
    splits: tuple[str, ...] = ()
    """Pieces of what is `before` that hang together until its first blow: the halves of a log."""
    whole: bool = False
    """It is told by the body from head to foot: standing to attention."""
    behind: Identifier | None = None
    """What stands at the performer's back: a wall that is leaned against."""
    on: Identifier | None = None
    """Thing that it is done on: a chair, a bicycle, a balance beam."""
    view: View | None = None
    """From where it is seen best, where the screenplay leaves that open: not through what is played."""
    home: Identifier | None = None
    """Place for it when the screenplay names none."""
    speed_m_s: Positive | None = None
    """Usual speed of a grown-up, of locomotion."""
    inside: bool = False
    """Who does it sits in what it is done on, and is seen through its windows."""
    canters: bool = False
    """What it is done on has legs, and canters."""
    rises: Literal[-1, 0, 1] = 0
    """Up (1) or down (-1) the steps of what it is done on."""
    apart_m: Positive = 0.75
    """Distance of two partners."""
    aside_m: float = 0.0
    """How far each of two partners stands to the own left of the line between them."""
    wet: bool = False
    """It is done in standing water on the ground."""
    addressed: bool = False
    """It is done to another: talkers turn to each other."""
    talk: Delivery | None = None
    """How those who do it are heard to talk, without words where the screenplay has none for them."""
    holds: tuple[Hold, ...] = ()
    """Of things it is done with or on."""
    touches: tuple[Touch, ...] = ()
    """Of the first of `holds`, on which they sit."""
    plays: tuple[Play, ...] = ()
    """What hands do to an instrument, a keyboard, a sheet of paper."""
    aims: Aim | None = None
    """At what it throws, shoots, bowls or serves."""
    release: Release | None = None
    """Of what it throws, shoots, bowls or serves."""
    catches: Catch | None = None
    """Of what another has thrown."""
    passes: tuple[Pass, ...] = ()
    """Of what is dribbled, juggled, headed or hit."""
    spins: Spin | None = None
    """Of the first of `using`."""
    pours: Pour | None = None
    """How it fills what stands before the performer."""

    @property
    def meets(self) -> bool:
        """Two who do it face each other."""
        return self.kind == "pair" or self.addressed

    @property
    def is_work(self) -> bool:
        """It is done to what stands before its performer: who opens a film with it is at it already."""
        at_it = self.loops or (bool(self.using) and self.takes_s is None)
        return bool(self.before) and not self.passes and at_it

    @property
    def is_fast(self) -> bool:
        """Who does it is soon out of a still picture."""
        return self.kind == "locomotion" and (self.speed_m_s or 0.0) >= FAST_M_S

    @property
    def is_bound(self) -> bool:
        """It takes a place of its kind, and is not only usually done there: in water, on skis, on stairs."""
        return self.swims or self.on is not None or bool(self.using)

    @property
    def mounts(self) -> frozenset[str]:
        """Things that it is done on, any of which will do: a bus is driven as a car is."""
        ridden = {hold.thing for hold in self.holds if hold.part in ("seat", "feet")}
        return frozenset() if self.on is None else frozenset({self.on, *ridden})

    def arrives_s(self, gravity: float) -> float:
        """When what it sends off is there: rolled, struck, or thrown from the usual distance; since it began.

        0 of what sends nothing. gravity: m/s².
        """
        struck = max((way.begins_s + way.lasts_s for way in self.passes), default=0.0)
        if self.release is None:
            return 0.0 if self.loops else struck
        way_m, speed = self.release.from_m, self.release.rolls_m_s
        if speed is not None:
            return self.release.at_s + way_m / (_ROLLING * speed)
        if self.release.speed_m_s is not None:
            return self.release.at_s + way_m / self.release.speed_m_s
        # As high where it arrives as where it is let go of: t² = 2 d tan(elevation) / g.
        rise = max(way_m * math.tan(math.radians(self.release.elevation_deg)), _LEAST_RISE_M)
        return self.release.at_s + math.sqrt(2 * rise / max(gravity, 1.0))

    def lasts_s(self, things: int = 1) -> float:
        """How long one round takes that is done to so many things, one after the other."""
        return self.duration_s + (self.pours.again_s * (things - 1) if self.pours else 0.0)

    source: str = ""
