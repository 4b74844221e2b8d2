"""What the actions of a screenplay do to the things on the stage, collected for the world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.place import PlaceAsset
from lichtspiel.screenplay import Beat, OutcomeKind, Screenplay
from lichtspiel.stage.instance import Instance, as_vec3, rng_for
from lichtspiel.stage.layout import Ground
from lichtspiel.stage.people import Actor
from lichtspiel.stage.timeline import first_action_s, lay_out
from lichtspiel.stage.world import Canter, Control, Freedom, Grip, Hold, Kick, SpokenLine, Stream

UP = np.array([0.0, 0.0, 1.0])
_CONTRARY = {
    OutcomeKind.HITS: OutcomeKind.MISSES,
    OutcomeKind.ENTERS: OutcomeKind.MISSES,
    OutcomeKind.FALLS_OVER: OutcomeKind.STAYS_UP,
    OutcomeKind.FALLS_OFF: OutcomeKind.STAYS_UP,
}


@dataclass(frozen=True, eq=False)
class Sent:
    """Something that has been thrown to somebody, and the world time at which it is there."""

    thing: Instance
    arrives_s: float


@dataclass
class Blocking:
    """The set with its things, and what is decided about them beat by beat."""

    screenplay: Screenplay
    place: PlaceAsset
    ground: Ground
    cast: Mapping[str, list[Instance]]
    gravity_m_s2: float
    wind: Array = field(default_factory=lambda: np.zeros(3))
    controls: list[Control] = field(default_factory=list)
    freedoms: list[Freedom] = field(default_factory=list)
    implied: list[tuple[int, OutcomeKind]] = field(default_factory=list)
    """(beat, kind) of outcomes that the action itself promises."""
    climax_s: float | None = None
    """World time of the main event, as far as it can be foreseen."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    people: Mapping[str, list[Actor]] = field(default_factory=dict)
    taken_seats: list[Array] = field(default_factory=list)
    grips: list[Grip] = field(default_factory=list)
    door: Instance | None = None
    """That hangs in the place's own doorway."""
    canters: list[Canter] = field(default_factory=list)
    """Horses that go by themselves."""
    streams: list[Stream] = field(default_factory=list)
    """What people pour."""
    spoken: tuple[SpokenLine, ...] = ()
    let_go: dict[str, float] = field(default_factory=dict)
    """World seconds at which people let go of a prop, by its id."""
    sent: dict[str, Sent] = field(default_factory=dict)
    """What is on its way to whom, by figure."""
    begins_s: float = 0.0
    """World time that a film in slow motion begins at, for what was added to it."""
    starts: Mapping[int, float] = field(default_factory=dict)
    """World seconds of the beats of people, by index, where the order of what they perform gives them."""

    def number_of(self, beat: Beat) -> int:
        """Which of the screenplay's beats it is, of several alike too; of a changed copy its equal."""
        beats = self.screenplay.beats
        same = next((number for number, one in enumerate(beats) if one is beat), None)
        return beats.index(beat) if same is None else same

    @property
    def duration_s(self) -> float:
        """World time that the film shows."""
        return max(span.world_end_s for span in lay_out(self.screenplay, None))

    def until_s(self, beat: Beat) -> float:
        """World time at which the part of the film ends that a beat belongs to."""
        return min(self.duration_s, self.world_s(self.screenplay.part_end_s(beat.at_s)))

    def start_of(self, beat: Beat) -> float:
        """World time at which a beat begins."""
        if beat.at_s is None:
            return first_action_s(self.screenplay)
        return self.world_s(beat.at_s)

    def world_s(self, film_s: float) -> float:
        """World time that the film shows at a film time."""
        spans = lay_out(self.screenplay, None)
        span = next((s for s in spans if film_s < s.film_end_s), spans[-1])
        later_s = self.begins_s if film_s >= self.screenplay.part_end_s(None) else 0.0
        return later_s + span.world_start_s + (film_s - span.film_start_s) * span.rate

    def film_s(self, world_s: float) -> float:
        """Film time that shows a world time; the film's end where it shows none so late."""
        spans = lay_out(self.screenplay, None)
        span = next((s for s in spans if world_s < s.world_end_s), spans[-1])
        return min(span.film_start_s + max(world_s - span.world_start_s, 0.0) / span.rate, span.film_end_s)

    def subjects(self, beat: Beat) -> Sequence[Instance]:
        return self.cast[beat.subject]

    def target(self, beat: Beat) -> Instance | None:
        """What the beat aims at: its target, or else the target of an outcome."""
        for name in (beat.target, *(outcome.target for outcome in beat.outcomes)):
            if name is not None and name not in ("ground", beat.subject):
                return self.cast[name][0]
        return None

    def rng(self, purpose: str) -> np.random.Generator:
        return rng_for(self.screenplay, f"blocking:{purpose}")

    @property
    def table_scale_m(self) -> float:
        """How far things travel here: a table's width, or a few metres of open ground."""
        return float(min(self.ground.size_m[0], 6.0))

    def hold(self, instance: Instance, until_s: float) -> None:
        """Nothing of it moves before this time."""
        self.controls.append(Hold(instance.root_body, until_s))

    def kick(
        self, instance: Instance, at_s: float, velocity: Array, angular_velocity: Array | None = None
    ) -> None:
        """Give it a velocity at a time; at 0 it starts with it."""
        spin = np.zeros(3) if angular_velocity is None else angular_velocity
        if at_s <= 0:
            instance.velocity, instance.angular_velocity = velocity, spin
        else:
            self.controls.append(Kick(instance.root_body, at_s, as_vec3(velocity), as_vec3(spin)))

    def free(
        self,
        instance: Instance,
        quantity: Literal["position", "velocity", "angular_velocity", "force", "joint_offset"],
        axis: Array | Vec3,
        reach: float,
        body: str | None = None,
    ) -> None:
        """Let the direction of outcomes vary a quantity by ± reach along an axis."""
        unit = np.asarray(axis, float)
        self.freedoms.append(
            Freedom(body or instance.root_body, quantity, as_vec3(unit / np.linalg.norm(unit)), -reach, reach)
        )

    def expect(self, time_s: float) -> None:
        """Note when a main event is due; the first one counts."""
        self.climax_s = time_s if self.climax_s is None else min(self.climax_s, time_s)

    def promise(self, beat: Beat, kind: OutcomeKind) -> None:
        """The action itself means this outcome, whether the screenplay lists it or not.

        Unless the screenplay asks for the contrary.
        """
        if all(outcome.kind not in (kind, _CONTRARY.get(kind)) for outcome in beat.outcomes):
            self.implied.append((self.number_of(beat), kind))


def shift(instances: Sequence[Instance], offset: Array) -> None:
    """Move things together with everything that stands on them."""
    for instance in instances:
        instance.position = instance.position + offset


def footprint_radius(instance: Instance) -> float:
    """Half the diagonal of its footprint, metres."""
    return float(np.hypot(instance.size[0], instance.size[1])) / 2


def level(vector: Array) -> Array:
    """Unit vector of the horizontal part; to the right where there is none."""
    flat = np.array([vector[0], vector[1], 0.0])
    length = float(np.linalg.norm(flat))
    return flat / length if length > 1e-9 else np.array([1.0, 0.0, 0.0])
