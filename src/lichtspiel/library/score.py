"""Scores: how a motion goes, as key poses in time that fit every body.

Lengths are shares of the performer's own limbs, angles degrees, times seconds at the usual speed. Scores
are written for right-handed people; a left-handed one plays the mirror image. What a key does not mention
is not a key of it: it goes on from the key before to the key after. What no key mentions is left as the
posture or the walk below has it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from lichtspiel.library.records import Entry, Identifier
from lichtspiel.screenplay import Expression

Triple = tuple[float, float, float]
Direction = Triple | str
"""Out from the body's midline, ahead, up; or words joined by +: `front`, `in+up`."""


class Reach(Entry):
    """Where a hand is brought to."""

    to: str = "shoulder"
    """What it is measured from: shoulder, chest, belly, mouth, eyes, brow, crown, ear, chin, nape, hip,
    thigh, knee, foot, back, other (the other hand), space (the figure's place on the ground), or any of
    these of the partner: partner.back; or between, half way to the partner's chest."""
    by: Triple = (0.0, 0.0, 0.0)
    """Away from there: out, ahead, up, in arm lengths and the axes of that part; of `space` in legs."""
    palm: Direction = "in"
    """What the palm faces."""
    fingers: Direction = "front"
    """Where the fingers point."""
    tip: bool = False
    """The fingertips are brought there and not the palm."""
    elbow: Direction | None = None
    """To which side the elbow is bent; None = as arms hang."""


Arm = tuple[float, float, float, float, float]
"""Swung forward, lifted sideways, turned inward, elbow bent, palm turned from the thigh to the back."""
Leg = tuple[float, float, float, float]
"""Thigh swung forward, lifted sideways, knee bent, foot pointed; against the pelvis."""
Step = tuple[float, float, float, float, float]
"""Ball of the foot out from the midline, ahead, above the ground in leg lengths; turned out; pointed down."""
Shape = Literal["flat", "rest", "fist", "point", "thumb", "hold", "grasp", "pinch", "claw", "two"]


class Key(Entry):
    """One key pose."""

    at: Annotated[float, Field(ge=0)]
    """Seconds from the beginning."""
    hold: Annotated[float, Field(ge=0)] = 0.0
    """How long it stays."""
    hips: Triple | None = None
    """To the left, ahead, up, in leg lengths, from where they are."""
    turn: float | None = None
    """Of the whole figure to the left, feet and all."""
    pelvis: Triple | None = None
    """Turned left, bent forward, leaned left; carries trunk and head."""
    trunk: Triple | None = None
    """The same of the trunk against the pelvis."""
    head: Triple | None = None
    """The same of the head against the trunk."""
    shoulders: tuple[float, float] | None = None
    """Raised and drawn forward."""
    left: Reach | None = None
    right: Reach | None = None
    hands: Reach | None = None
    """Both."""
    left_arm: Arm | None = None
    right_arm: Arm | None = None
    arms: Arm | None = None
    left_wrist: tuple[float, float] | None = None
    """Bent to the palm, bent to the thumb."""
    right_wrist: tuple[float, float] | None = None
    wrists: tuple[float, float] | None = None
    left_shape: Shape | None = None
    right_shape: Shape | None = None
    shapes: Shape | None = None
    left_foot: Step | None = None
    right_foot: Step | None = None
    feet: Step | None = None
    left_leg: Leg | None = None
    right_leg: Leg | None = None
    legs: Leg | None = None
    """Legs that stand on nothing."""
    knees: float | None = None
    """Turned out, both."""
    leaves: Triple | None = None
    """The body leaves the ground here and turns in the air, before it lands, this many times: somersaults
    forward, twists to the left, cartwheels to the left."""
    lands: bool = False
    strikes: bool = False
    """Something meets the ground or a thing here that can be heard: a foot of a dance, a fist."""


class Couple(Entry):
    """How the frame that two dancers share turns and travels in one round of the score."""

    turns: float = 0.0
    """Degrees to the left."""
    travels: float = 0.0
    """Degrees along a circle, against the clock as seen from above: the line of dance."""
    radius_m: float = 0.8
    """Of that circle, whose middle is to the left of the one who leads."""


_HEAD = frozenset(
    {"mouth", "eye", "eyes", "brow", "temple", "crown", "ear", "chin", "cheek", "nape", "nose", "throat"}
)
"""Places of a `Reach` that a picture of head and shoulders shows."""


class Score(Entry):
    """How one motion is played."""

    id: Identifier
    """Of the motion."""
    keys: Annotated[tuple[Key, ...], Field(min_length=1)]
    answer: tuple[Key, ...] = ()
    """What the partner does; without it both do the same."""
    leads: Literal["first", "taller", "doer"] = "first"
    """Whose part `keys` are, where both have been asked for it: the first of the cast, the taller one, or who
    does it to the other."""
    couple: Couple | None = None
    """How a dancing couple turns and travels."""
    nearer_hand: bool = False
    """It is done with the hand that is nearer to what it is done to: the left-handed do not mirror it."""
    levels: bool = False
    """The taller of two comes down to the other: bends, or kneels before a child."""
    cycle: tuple[float, float] | None = None
    """Seconds between which a motion that loops goes round: a beginning and an end that are alike. None =
    from the first key to the motion's duration. Of another motion: what is done once more for each time that
    it is to be done more often."""
    counts: Annotated[int, Field(ge=1)] = 1
    """How many of what is counted one play of all its keys shows: two nods, two turns of a pirouette."""
    stays: bool = False
    """The last key is held until something else is asked of the figure."""
    travels: bool = False
    """In the end the figure is where the last key has brought its hips, and faces where it was turned."""
    base: Literal["stand", "sit", "lie"] = "stand"
    """The posture that the keys are laid over."""
    seat: float = 0.52
    """Height of the seat where nothing is known of one, in leg lengths."""
    rests: bool = False
    """The body lies, kneels or stands on whatever is lowest: the height of the hips follows."""
    leans: bool = False
    """Hands, knees, seat or back bear a part of the weight, and not the feet alone."""
    gait: str | None = None
    """How the legs go along a path: walk, run, hop …, or glide, without steps; None = they stand."""
    face: Expression | None = None
    """What the face shows with it, where nothing else is asked of it."""
    lead: Annotated[float, Field(gt=0)] = 0.4
    """Seconds that the way into the first key takes, where it begins at once, and the way out."""
    vary: Annotated[float, Field(ge=0, le=1)] = 0.5
    """How unlike each other rounds are."""
    source: str = ""

    @property
    def shows_in_face(self) -> bool:
        """Whether all of it happens at the head: it nods, or a hand comes to the face."""
        body = ("hips", "turn", "pelvis", "left_arm", "right_arm", "arms", "left_foot", "right_foot", "feet",
                "left_leg", "right_leg", "legs")  # fmt: skip
        still = all(getattr(key, name) is None for key in self.keys for name in body)
        reaches = [one for key in self.keys for one in (key.left, key.right, key.hands) if one is not None]
        return still and self.base == "stand" and all(one.to in _HEAD for one in reaches)
