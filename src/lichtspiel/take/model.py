"""The record of a performance, in world time (seconds), metres and kilograms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Vec3 = tuple[float, float, float]


@dataclass(frozen=True)
class Impact:
    """One knock of two bodies."""

    time_s: float
    """Onset of contact."""
    first: str
    second: str
    """Body names."""
    first_material: str
    second_material: str
    position: Vec3
    normal: Vec3
    """Unit vector from first to second."""
    impulse_ns: float
    """Normal impulse over the whole contact, N·s."""
    normal_speed: float
    """Approach speed along the normal just before, m/s."""
    tangential_speed: float
    duration_s: float
    """How long the contact lasted in the simulation."""
    first_label: str = ""
    second_label: str = ""
    """Labels of the shapes that met: rim, backboard, edge."""


@dataclass(frozen=True, eq=False)
class Rub:
    """An interval in which two bodies slide or roll on each other."""

    kind: Literal["slide", "roll"]
    first: str
    second: str
    first_material: str
    second_material: str
    start_s: float
    rate_hz: float
    speed: Array
    """(N,) m/s: slip speed when sliding, travel speed of the contact point when rolling."""
    normal_force: Array
    """(N,) newtons."""
    position: Array
    """(N, 3) metres."""


@dataclass(frozen=True)
class Break:
    """A body that broke into shards."""

    time_s: float
    body: str
    position: Vec3
    impulse_ns: float
    shards: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Whether a directed outcome happened."""

    goal: str
    """The outcome in words, as in the screenplay."""
    met: bool
    note: str = ""
    beat: int | None = None
    outcome: int | None = None
    """Indices into the screenplay."""


@dataclass(frozen=True)
class Footfall:
    """A foot that comes down."""

    time_s: float
    figure: str
    foot: Literal["l", "r"]
    """The figure's own left or right."""
    position: Vec3
    ground: str
    """Body name of what it steps on."""
    sole_material: str
    impulse_ns: float


@dataclass(frozen=True)
class Span:
    """A word, or a phoneme in IPA, of an utterance; seconds after the utterance begins."""

    start_s: float
    end_s: float
    text: str


@dataclass(frozen=True)
class Utterance:
    """A line as it is spoken. Its samples are the voice room's, by `clip`."""

    time_s: float
    """World time at which it begins; speech runs at film speed whatever the shot's rate."""
    film_s: float
    duration_s: float
    figure: str
    """Figure that speaks; empty for a voice off screen that has no figure."""
    line: int
    """Index into the screenplay's lines; -1 = none of them, but talk without words."""
    text: str
    language: str
    words: tuple[Span, ...]
    phonemes: tuple[Span, ...]
    stressed: tuple[float, ...]
    """Seconds after its beginning at which stressed syllables have their peak."""
    clip: str
    """Key of its samples in the voice room."""
    effort: float = 0.5
    """From 0, a whisper, to 1, a shout."""


@dataclass(frozen=True)
class Fall:
    """An interval in which a body goes as mechanics drives it, and not as it wants."""

    start_s: float
    end_s: float
    """World time from which it moves of its own again; until then it lies where it came to lie."""
    tone: float = 0.4
    """How much it still holds itself: from 0, fainted, to 1, braced."""
    blows: tuple[tuple[str, Vec3], ...] = ()
    """What strikes it at the start: segment of library.people.segments and impulse in N·s per kilogram of
    body mass, that is, change of its velocity; world axes."""
    hold: float = 1.0
    """Friction of its soles against the usual one: 0 on ice or a banana skin."""


SKIN = "skin"
"""Name of the skin among what gives way to cloth."""


@dataclass(frozen=True, eq=False)
class Dents:
    """How skin or a garment gives way to what hangs over it.

    ways: (T, K, 3) metres that are added to some of its vertices (K,), counted as those of the basis or
    of the garment, at rest, before bones carry them.
    """

    vertices: NDArray[np.int32]
    ways: NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class Performance:
    """How a figure moved. Poses are as in library.people.rig, in the world's frame.

    root: (T, 3) metres that are added to the root bone's rest head. pose: (T, B, 4) rotations of
    all bones; the root's holds where the figure faces. face: face shape → (T,) weights 0..1.
    garments: garment id → (T, V, 3) vertices in world metres, of what hangs free. dents: garment id or
    `SKIN` → how what goes with the body gives way to that. cuts: seconds at
    which the figure is elsewhere at once, because a new shot begins. falls: where physics takes over; in
    a rehearsal to be done, in physics' own take done.
    """

    rate_hz: float
    root: Array
    pose: Array
    face: dict[str, Array] = field(default_factory=dict)
    garments: dict[str, Array] = field(default_factory=dict)
    cuts: tuple[float, ...] = ()
    falls: tuple[Fall, ...] = ()
    dents: dict[str, Dents] = field(default_factory=dict)

    def at(self, time_s: float) -> tuple[Array, Array]:
        """Root offset (3,) and pose (B, 4) at a world time, interpolated between samples."""
        low, high, share = self._samples(time_s)
        pose = (1 - share) * self.pose[low] + share * self.pose[high]
        root = (1 - share) * self.root[low] + share * self.root[high]
        return root, pose / np.linalg.norm(pose, axis=-1, keepdims=True)

    def face_at(self, time_s: float) -> dict[str, float]:
        """Weights of the face shapes at a world time."""
        low, high, share = self._samples(time_s)
        return {name: float((1 - share) * w[low] + share * w[high]) for name, w in self.face.items()}

    def garment_at(self, garment: str, time_s: float) -> Array:
        """Vertices (V, 3) of a hanging garment at a world time. Raises KeyError."""
        low, high, share = self._samples(time_s)
        frames = self.garments[garment]
        blend: Array = (1 - share) * frames[low] + share * frames[high]
        return blend

    def dent_at(self, layer: str, time_s: float) -> Array:
        """Ways (K, 3) of a layer's dents at a world time. Raises KeyError."""
        low, high, share = self._samples(time_s)
        ways = self.dents[layer].ways
        blend: Array = (1 - share) * ways[low] + share * ways[high]
        return blend

    def _samples(self, time_s: float) -> tuple[int, int, float]:
        """Samples about a time and the share of the later one, which is all or nothing across a cut."""
        low, high, share = _between(time_s, self.rate_hz, len(self.root))
        for cut in self.cuts:
            if low < cut * self.rate_hz <= high:
                return low, high, float(time_s >= cut)
        return low, high, share


def _between(time_s: float, rate_hz: float, count: int) -> tuple[int, int, float]:
    place = float(np.clip(time_s * rate_hz, 0.0, count - 1))
    low = min(int(place), count - 1)
    return low, min(low + 1, count - 1), place - low


@dataclass(frozen=True, eq=False)
class Take:
    """Poses of every moving body at a fixed rate, and what they did to each other."""

    rate_hz: float
    names: tuple[str, ...]
    """Bodies that have poses; bodies of the world that are not named never move."""
    positions: Array
    """(T, B, 3) metres: origin of the part's frame."""
    orientations: Array
    """(T, B, 4) unit quaternions (w, x, y, z), neighbours in the same half space."""
    present: Array
    """(B, 2) seconds from and until which the body is there: shards appear, the broken vanish."""
    cloths: dict[str, Array] = field(default_factory=dict)
    """Cloth name → (T, V, 3) vertices in metres, at the same rate."""
    impacts: tuple[Impact, ...] = ()
    rubs: tuple[Rub, ...] = ()
    breaks: tuple[Break, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    figures: dict[str, Performance] = field(default_factory=dict)
    footfalls: tuple[Footfall, ...] = ()
    utterances: tuple[Utterance, ...] = ()

    @property
    def duration_s(self) -> float:
        return (len(self.positions) - 1) / self.rate_hz

    def index(self, body: str) -> int:
        """Column of a body. Raises KeyError."""
        try:
            return self.names.index(body)
        except ValueError:
            raise KeyError(body) from None

    def is_present(self, body: str, time_s: float) -> bool:
        start, end = self.present[self.index(body)]
        return bool(start <= time_s < end)

    def pose(self, body: str, time_s: float) -> tuple[Array, Array]:
        """Position (3,) and orientation (4,) at a world time, interpolated between samples."""
        column = self.index(body)
        low, high, share = _between(time_s, self.rate_hz, len(self.positions))
        position = (1 - share) * self.positions[low, column] + share * self.positions[high, column]
        # Samples are dense, so normalised linear interpolation stays within 1e-4 rad of slerp.
        turn = (1 - share) * self.orientations[low, column] + share * self.orientations[high, column]
        return position, turn / np.linalg.norm(turn)

    def cloth(self, name: str, time_s: float) -> Array:
        """Vertices (V, 3) of a cloth at a world time."""
        frames = self.cloths[name]
        low, high, share = _between(time_s, self.rate_hz, len(frames))
        blend: Array = (1 - share) * frames[low] + share * frames[high]
        return blend
