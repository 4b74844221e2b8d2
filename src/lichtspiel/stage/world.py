"""The world: a screenplay with every entity placed in metres, ready to be simulated."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import pi
from typing import Literal

from lichtspiel.library.asset import Cloth, Part, Quat, Tie, Vec3
from lichtspiel.library.motion import HoldingPart
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.place import Acoustics, Lamp, Sky
from lichtspiel.screenplay import Action, Expression, OutcomeKind, Screenplay, Style


@dataclass(frozen=True, eq=False)
class Body:
    """One rigid part, placed. `prop` is the screenplay's id, or `place` for the surroundings."""

    name: str
    """Unique: `ball` , `pins_3`, `hoop/rim`, `place/floor`."""
    prop: str
    part: Part
    position: Vec3
    orientation: Quat
    """Pose of the part's frame at world time 0."""
    moves: bool
    parent: str | None = None
    """Body name, when the part hangs on another by its joint."""
    velocity: Vec3 = (0.0, 0.0, 0.0)
    angular_velocity: Vec3 = (0.0, 0.0, 0.0)
    """Of a free body's centre of mass at world time 0, and its spin, in world axes."""
    joint_offset: float = 0.0
    """Start of a hinge or slide against its rest, radians or metres: a drawn-back pendulum."""


@dataclass(frozen=True, eq=False)
class PlacedCloth:
    """A cloth whose asset frame stands at this pose. `pinned_to` of the cloth is a body name."""

    name: str
    prop: str
    cloth: Cloth
    position: Vec3
    orientation: Quat


@dataclass(frozen=True, eq=False)
class Breakable:
    """A body that breaks; its shards are bodies of the world too, absent until then."""

    body: str
    impulse_ns: float
    shards: tuple[str, ...]


@dataclass(frozen=True)
class Hold:
    """The body, with all that hangs on it, stays as it is until it is let go."""

    body: str
    until_s: float


@dataclass(frozen=True)
class Kick:
    """Sets the velocity of a free body's centre of mass, or a hinge's joint speed, at a moment."""

    body: str
    at_s: float
    velocity: Vec3 = (0.0, 0.0, 0.0)
    angular_velocity: Vec3 = (0.0, 0.0, 0.0)
    joint_speed: float | None = None


@dataclass(frozen=True)
class Push:
    """A force at a point of a body's frame during an interval, in world axes."""

    body: str
    start_s: float
    end_s: float
    force_n: Vec3
    point: Vec3 = (0.0, 0.0, 0.0)


Control = Hold | Kick | Push


@dataclass(frozen=True)
class Direction:
    """What a figure does from a moment on, until another direction of its kind takes over.

    STAND, SIT, LIE, WALK and PERFORM with a motion of the whole body are postures, of which one
    holds at a time; LOOK, EXPRESS and motions of arms and head are laid over them.
    """

    action: Action
    start_s: float
    """World time."""
    end_s: float | None = None
    target: Vec3 | None = None
    """Point that is looked at."""
    follows: str | None = None
    """Body or figure whose head is looked at, wherever it goes."""
    path: tuple[Vec3, ...] = ()
    """Points on the ground that a walk leads over, after the figure's own position."""
    seat_height_m: float | None = None
    """Height of the seat above the ground that the figure's feet stand on."""
    position: Vec3 | None = None
    """Where the figure is from this moment on, at a cut between shots; None = where it was."""
    yaw: float | None = None
    """Which way it faces from then on; None = as before."""
    expression: Expression = Expression.NEUTRAL
    intensity: float = 1.0
    """How much of the expression the face shows."""
    motion: str = ""
    """Motion of the library that is performed."""
    style: Style | None = None
    using: tuple[str, ...] = ()
    """Bodies it is done with, in the order of the motion's props."""
    partner: str | None = None
    """Figure it is done with or to."""
    outcome: OutcomeKind | None = None
    """How a motion that can go wrong ends: STAYS_UP, FALLS_OVER."""
    speed: float = 1.0
    """Against the usual speed."""
    answers: bool = False
    """The other does it to this figure."""
    times: int | None = None
    """How often a motion goes round that is counted; None = as it is, or on and on."""


@dataclass(frozen=True, eq=False)
class PlacedFigure:
    """One person of the cast, placed."""

    name: str
    """Unique among figures and bodies: `fisherman`, `children_2`."""
    character: str
    """The screenplay's id."""
    person: Person
    physique: Physique
    position: Vec3
    """Ground under the hips at world time 0; of a sitting figure, ground under the seat's middle."""
    yaw: float
    """Radians about z; 0 faces -y, counter-clockwise from above."""
    ground: str
    """Body name of what the figure stands on."""
    directions: tuple[Direction, ...] = ()


@dataclass(frozen=True)
class Grip:
    """A hand, a foot or the head that guides a free body until it is let go; then physics has it."""

    figure: str
    part: HoldingPart
    body: str
    start_s: float
    """World time at which it is taken; 0 or less = it is held from the first moment on."""
    end_s: float
    """World time at which it is let go; beyond the take = never."""
    position: Vec3 = (0.0, 0.0, 0.0)
    orientation: Quat = (1.0, 0.0, 0.0, 0.0)
    """Pose of the body's frame in the frame of the holding part: origin in the middle of the palm (or
    between both), x to the knuckles, y to the back of the hand, z to the thumb's side. Others are as in
    `library.people.holds.held`."""
    gait_of: str = ""
    """Piece of a horse that the body is, which goes its gait about that pose (`library.canter`), or half of a
    string that the other hand draws (`library.bows`)."""


@dataclass(frozen=True)
class Canter:
    """A horse that nobody rides and that canters straight on from the first moment on."""

    pieces: tuple[tuple[str, str], ...]
    """Each of its bodies, and which piece of a horse that is (`library.canter`)."""
    start: Vec3
    """Middle of its footprint."""
    heading: Vec3
    """Unit vector on the level."""
    speed_m_s: float


@dataclass(frozen=True)
class Freedom:
    """What the director of outcomes may change, within bounds, to make them happen.

    The chosen amount, in metres, m/s, rad/s or radians, is added along `axis` to the start
    position of the body, to the velocity or angular velocity of its kick (or of its start,
    when it has no kick), to a push's force in newtons, or to its joint offset.
    """

    body: str
    quantity: Literal["position", "velocity", "angular_velocity", "force", "joint_offset"]
    axis: Vec3
    low: float
    high: float


@dataclass(frozen=True)
class Goal:
    """An outcome of the screenplay in terms of bodies."""

    kind: OutcomeKind
    subjects: tuple[str, ...]
    """Body names that do it or suffer it."""
    targets: tuple[str, ...] = ()
    """Body names of the target; empty where the kind needs none."""
    labels: tuple[str, ...] = ()
    """Only shapes of the targets with one of these labels count; empty = all."""
    region: tuple[Vec3, Vec3] | None = None
    """Box (low, high): the inside of a hoop or bowl, the strip along an edge."""
    count: int | None = None
    """How many subjects must; None = all of them."""
    never: bool = False
    """Not one of them may."""
    added: bool = False
    """It belongs to what was added to a film: nothing of what was there gives way to it."""
    beat: int = 0
    outcome: int = 0
    """Indices into the screenplay. Goals of one beat happen in the order of `outcome`."""
    words: str = ""


@dataclass(frozen=True)
class Stream:
    """A liquid that runs out of a tap, or out of what somebody pours from, into a vessel that stands upright
    under it."""

    outlet: Vec3
    """In the world, or in the frame of its source."""
    vessel: str
    """Body name of what is filled."""
    flow_m3_s: float
    start_s: float
    end_s: float
    floor_m: float = 0.0
    """Height of the vessel's inner floor in its own frame."""
    source: str | None = None
    """Body name of what it is poured from; None = the outlet keeps still."""
    along: Vec3 = (0.0, 0.0, -1.0)
    """Where the outlet points, in the frame that the outlet is given in."""
    mouth_m: float = 0.0052
    """Radius of the outlet."""
    liquid: str = "water"
    """Look of what runs."""
    tilt_rad: float = 0.0
    """How far its source is tilted while it runs."""

    @property
    def speed_m_s(self) -> float:
        """At the outlet, which the liquid fills."""
        return self.flow_m3_s / (pi * self.mouth_m**2)


@dataclass(frozen=True)
class SpokenLine:
    """A line of the screenplay with its place in time. What it sounds like is the voice room's."""

    line: int
    """Index into the screenplay's lines."""
    figure: str
    """Figure that speaks; empty for a voice without one."""
    film_s: float
    duration_s: float


@dataclass(frozen=True)
class Span:
    """One shot on the film's clock and on the world's."""

    film_start_s: float
    film_end_s: float
    world_start_s: float
    rate: float
    """World seconds per film second."""

    @property
    def world_end_s(self) -> float:
        return self.world_start_s + (self.film_end_s - self.film_start_s) * self.rate


@dataclass(frozen=True, eq=False)
class World:
    """Everything that physics, camera, picture and sound need to know before they start."""

    screenplay: Screenplay
    bodies: tuple[Body, ...]
    ties: tuple[Tie, ...]
    """Their `first` and `second` are body names."""
    cloths: tuple[PlacedCloth, ...]
    breakables: tuple[Breakable, ...]
    controls: tuple[Control, ...]
    freedoms: tuple[Freedom, ...]
    goals: tuple[Goal, ...]
    gravity: Vec3
    """m/s²."""
    air_density: float
    """kg/m³; 0 where there is no air."""
    wind: Vec3
    """m/s."""
    lamps: tuple[Lamp, ...]
    sky: Sky
    exposure_ev: float
    acoustics: Acoustics
    camera_bounds: tuple[Vec3, Vec3] | None
    action_centre: Vec3
    facing: Vec3
    """Unit vector from the action to the natural camera side."""
    timeline: tuple[Span, ...]
    """One span per shot, without gaps on the film's clock."""
    acting: tuple[str, ...]
    """Bodies and figures that the camera must keep in frame."""
    framing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Prop id → its body names; character id → its figure names."""
    figures: tuple[PlacedFigure, ...] = ()
    grips: tuple[Grip, ...] = ()
    canters: tuple[Canter, ...] = ()
    utterances: tuple[SpokenLine, ...] = ()
    """When each line of the screenplay is spoken, and by whom."""
    streams: tuple[Stream, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """(screenplay path, what the stage chose or could not do) for the ledger."""

    @property
    def duration_s(self) -> float:
        """World time that the film needs."""
        return max(span.world_end_s for span in self.timeline)

    def body(self, name: str) -> Body:
        """The body of this name. Raises KeyError."""
        for body in self.bodies:
            if body.name == name:
                return body
        raise KeyError(name)

    def figure(self, name: str) -> PlacedFigure:
        """The figure of this name. Raises KeyError."""
        for figure in self.figures:
            if figure.name == name:
                return figure
        raise KeyError(name)

    def world_time(self, film_s: float) -> float:
        """World time that the film shows at a film time."""
        for span in self.timeline:
            if film_s < span.film_end_s:
                break
        return span.world_start_s + (film_s - span.film_start_s) * span.rate

    def film_times(self, world_s: float) -> tuple[float, ...]:
        """Film times at which a world time is shown: none, one, or several."""
        return tuple(
            span.film_start_s + (world_s - span.world_start_s) / span.rate
            for span in self.timeline
            if span.world_start_s <= world_s < span.world_end_s
        )
