"""What the motions of the library are for one figure: which score, on which clock, over which posture."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.clips import Clip
from lichtspiel.library.counted import counted
from lichtspiel.library.motion import MotionEntry
from lichtspiel.library.score import Score
from lichtspiel.motion import controls as control
from lichtspiel.motion import posture, styles, turns
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.keys import Moment, laid_out, levelled, mirrored, paced, settled_s
from lichtspiel.motion.play import Part, on_planted, play
from lichtspiel.motion.reaches import Frame, Room
from lichtspiel.motion.solve import Skeleton
from lichtspiel.motion.tracks import eased
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction

_OVERLAID = ("gesture",)
_SEAT_M = 0.45
_BACK_S = 0.6
"""How long the way back to a stance takes where a score leaves no time for it."""


@dataclass(frozen=True)
class Motion:
    """One entry of the library with its score."""

    entry: MotionEntry
    score: Score
    clip: Clip | None = None
    """Of a recorded one, whose score only tells how long it lasts and where it ends."""

    @property
    def overlaid(self) -> bool:
        """Laid over any posture."""
        return self.entry.kind in _OVERLAID

    @property
    def stands(self) -> bool:
        """Done on the performer's own feet in one place, holding on to nothing."""
        standing = self.entry.kind in ("posture", "deed") and self.score.base == "stand"
        bears = self.score.rests or self.score.leans or self.entry.on is not None
        return standing and not bears and not self.score.travels

    @property
    def travels(self) -> bool:
        """Goes along a path."""
        return self.entry.kind == "locomotion" and self.score.gait is not None


@dataclass(frozen=True, eq=False)
class Flying:
    """A stretch in the air, seconds of the take; `turns` as in `score.Key.leaves`, and which way it faces."""

    start_s: float
    end_s: float
    turns: tuple[float, float, float]
    yaw: float


def motion_of(direction: Direction) -> Motion | None:
    """The motion that a direction asks for; None where it asks for none that the library knows."""
    if direction.action is not Action.PERFORM:
        return None
    entry = catalogue.motions().get(direction.motion)
    score = catalogue.scores().get(direction.motion)
    if entry is None or score is None:
        return None
    if direction.times is not None:
        entry, score = counted(entry, score, direction.times)
    return Motion(entry, score, catalogue.clip(entry.id))


def tempo(direction: Direction) -> float:
    """Seconds of the performer's clock in a second of the world."""
    return direction.speed * styles.of(direction).tempo


def base(actor: Actor, motion: Motion, direction: Direction) -> Controls:
    """The posture below a motion, one sample in the figure's own frame."""
    if motion.score.base == "sit":
        seat = direction.seat_height_m
        seat = motion.score.seat * actor.body.leg if seat is None else seat
        return posture.sit(actor.body, actor.manner, actor.sole, seat)
    if motion.score.base == "lie":
        return posture.lie(actor.body, actor.manner, direction.seat_height_m or 0.0)
    return posture.stand(actor.body, actor.manner, actor.sole)


@dataclass(frozen=True, eq=False)
class Setting:
    """Where and when a motion is performed."""

    position: Array
    yaw: float
    since_s: Array
    """(T,) seconds of the world since it began."""
    lasts_s: float
    begun: bool
    left_handed: bool = False
    room: Room | None = None
    partner: tuple[Anatomy, Skeleton] | None = None
    answers: bool = False
    """The figure does the partner's part."""


def perform(actor: Actor, motion: Motion, direction: Direction, under: Controls, setting: Setting) -> Acted:
    """A motion of the whole body over what is `under` it (T samples, in the world)."""
    part, clock_rate = _part(actor, motion, direction, under, setting)
    played = play(actor, under, part)
    position, yaw = setting.position, setting.yaw
    if motion.score.travels:
        position, yaw = _arrival(actor, motion.score, setting)
    if part.stance is not None:
        share = eased((part.clock - part.stance_from_s) / max(part.stance_until_s - part.stance_from_s, 1e-3))
        played = on_planted(actor.body, _gone_over(played, part.stance, share), part.origin[:, 2])
    start = float(part.clock[0] - setting.since_s[0] * clock_rate)
    flying = _flights(part.moments, start, clock_rate, setting.yaw)
    strikes = [(moment.time_s - start) / clock_rate for moment in part.moments if moment.key.strikes]
    return Acted(played, position, yaw, flying, [strike for strike in strikes if strike >= 0])


@dataclass(frozen=True, eq=False)
class Acted:
    """A performed motion: controls, where the figure is after it, flights and sounds by seconds since."""

    controls: Controls
    position: Array
    yaw: float
    flights: list[Flying]
    strikes: list[float]


def lay_over(
    actor: Actor, motion: Motion, direction: Direction, under: Controls, setting: Setting, ends: bool
) -> Controls:
    """A gesture over whatever the body does; `ends`: it is over at the end of its time."""
    part, rate = _part(actor, motion, direction, under, setting)
    part = replace(part, stance=None)
    played = play(actor, under, part)
    out_s = motion.score.lead * 1.2
    last = setting.lasts_s * rate
    if not (motion.entry.loops or motion.score.stays):
        done = settled_s(motion.score)
        out_s = max(motion.entry.duration_s - done, 0.3)
        last = min(done + out_s, last)
    elif not ends:
        return played
    share = eased((part.clock - (last - out_s)) / out_s)
    return control.mix(played, under, share)


def lay_along(actor: Actor, motion: Motion, direction: Direction, under: Controls, begun: bool) -> Controls:
    """What trunk and arms do besides, of somebody who goes along a way."""
    since = np.arange(len(under.hips)) / RATE_HZ
    setting = Setting(
        np.zeros(3),
        0.0,
        since,
        float(since[-1]),
        begun,
        left_handed=actor.person.left_handed,
        room=room_below(under),
    )
    part, _ = _part(actor, motion, direction, under, setting)
    return play(actor, under, replace(part, stance=None))


def room_below(under: Controls, ground_m: float = 0.0) -> Room:
    """The ground below the hips, along the way that the pelvis faces."""
    origin = under.hips * [1.0, 1.0, 0.0] + [0.0, 0.0, ground_m]
    return Room(Frame(origin, turns.about_z(under.pelvis[:, 0])))


def _part(
    actor: Actor, motion: Motion, direction: Direction, under: Controls, setting: Setting
) -> tuple[Part, float]:
    entry, score = motion.entry, motion.score
    if setting.answers and score.answer:
        score = score.model_copy(update={"keys": score.answer})
    if score.couple is not None and setting.partner is not None:
        score = paced(score, 0.5 * (1 + setting.partner[0].leg / actor.body.leg))
    if score.levels and setting.partner is not None:
        above = actor.body.shoulder[:, 2].mean() - setting.partner[0].shoulder[:, 2].mean()
        score = levelled(score, float(above), actor.body.leg)
    if setting.left_handed and not score.nearer_hand:
        score = mirrored(score)
    rate = tempo(direction)
    clock = setting.since_s * rate
    rng = np.random.default_rng([actor.person.seed, zlib.crc32(entry.id.encode())])
    goes_on = entry.loops or score.stays
    # Who works at a table from the start has in hand over it what they work with.
    begun = setting.begun and (goes_on or entry.is_work)
    if begun and goes_on:
        first = score.cycle[0] if score.cycle else min(key.at for key in score.keys)
        clock = clock + (first if entry.loops else settled_s(score))
    until = float(clock[-1])
    gain = styles.of(direction).gain
    moments = laid_out(score, entry.duration_s, entry.loops, until, gain, rng)
    heading = under.pelvis[:, 0] if motion.overlaid or motion.travels else np.full(len(clock), setting.yaw)
    origin = np.broadcast_to(setting.position, (len(clock), 3))
    axes = np.broadcast_to(turns.about_z(setting.yaw), (len(clock), 3, 3))
    room = setting.room or Room(Frame(origin, axes), setting.partner)
    part = Part(moments, clock, heading, origin, room, score.lead, begun, score.rests, motion.stands, gain)
    if goes_on or motion.overlaid or (entry.before and not entry.passes):
        return part, rate
    done = settled_s(score)
    until = max(entry.duration_s, done + _BACK_S)
    position, yaw = _arrival(actor, score, setting) if score.travels else (setting.position, setting.yaw)
    stance = _stance(actor, motion, direction, under, position, yaw, score.travels)
    return replace(part, stance=stance, stance_from_s=done, stance_until_s=until), rate


def _stance(
    actor: Actor,
    motion: Motion,
    direction: Direction,
    under: Controls,
    position: Array,
    yaw: float,
    moved: bool,
) -> Controls:
    if not moved:
        return under
    still = control.placed(base(actor, motion, direction), position, yaw)
    return control.held(still, len(under.hips))


def _arrival(actor: Actor, score: Score, setting: Setting) -> tuple[Array, float]:
    """Where the last keys of a score that travels leave the figure."""
    hips = [key.hips for key in score.keys if key.hips is not None]
    turned = [key.turn for key in score.keys if key.turn is not None]
    left, ahead, _ = hips[-1] if hips else (0.0, 0.0, 0.0)
    offset = turns.about_z(setting.yaw) @ np.array([left, -ahead, 0.0]) * actor.body.leg
    return setting.position + offset, setting.yaw + float(np.radians(turned[-1] if turned else 0.0))


def _gone_over(played: Controls, stance: Controls, share: Array) -> Controls:
    """Back to standing; the feet have stepped there themselves. Who has turned over is not turned back."""
    mixed = control.mix(played, control.wound(stance, played), share)
    return replace(mixed, ankles=played.ankles, feet=played.feet, toes=played.toes)


def _flights(moments: list[Moment], start: float, rate: float, yaw: float) -> list[Flying]:
    found: list[Flying] = []
    left: Moment | None = None
    for moment in moments:
        if moment.key.leaves is not None and (left is None or moment.key is not left.key):
            left = moment
        elif moment.key.lands and left is not None and left.key.leaves is not None:
            if left.time_s >= start:
                times = ((left.time_s - start) / rate, (moment.time_s - start) / rate)
                found.append(Flying(*times, left.key.leaves, yaw))
            left = None
    return found
