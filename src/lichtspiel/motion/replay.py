"""A clip of the library on a body: recorded movement as controls, like those of a score."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.clips import Clip
from lichtspiel.motion import acting, posture, solve, turns
from lichtspiel.motion import controls as control
from lichtspiel.motion.acting import Acted, Motion, Setting
from lichtspiel.motion.actor import Actor
from lichtspiel.motion.anatomy import SIDES
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.tracks import eased
from lichtspiel.stage.world import Direction

_TURNS = ("pelvis", "thorax", "head")
_TAKE_UP_S, _BACK_S = 0.5, 0.8
"""How long the ways into a clip and back to standing take."""


def replayed(
    actor: Actor, motion: Motion, clip: Clip, direction: Direction, under: Controls, setting: Setting
) -> Acted:
    """A clip over what is `under` it (T samples, in the world)."""
    rate = acting.tempo(direction)
    clock = setting.since_s * rate
    lasts = clip.duration_s
    rounds = (clock // lasts).astype(int) if motion.entry.loops else np.zeros(len(clock), int)
    own = _sampled(actor, clip, np.minimum(clock - rounds * lasts, lasts))
    places, yaws = _begins(actor, clip, int(rounds.max()) + 1, setting)
    here = _carried(_over(under, own, actor), places[rounds], yaws[rounds])
    if not setting.begun:
        here = control.mix(under, here, eased(setting.since_s / _TAKE_UP_S))
    ended = min(int(rounds[-1]) + 1, len(places) - 1)
    position, yaw = places[ended], float(yaws[ended])
    if not motion.entry.loops and not motion.score.stays:
        still = control.placed(posture.stand(actor.body, actor.manner, actor.sole), position, yaw)
        still = control.wound(control.held(still, len(clock)), control.part(here, slice(-1, None)))
        here = control.mix(here, still, eased((clock - lasts) / (_BACK_S * rate)))
    steps = clip.steps_s[None] + lasts * np.arange(int(rounds.max()) + 1)[:, None]
    return Acted(here, position, yaw, [], [float(s) / rate for s in steps.ravel() if s <= clock[-1]])


def _sampled(actor: Actor, clip: Clip, clock: Array) -> dict[str, Array]:
    """Fields of controls at moments (T,) of a clip, in its own axes and the body's measures."""
    body = actor.body
    place = clock * clip.rate_hz
    left = np.clip(place.astype(int), 0, len(clip.hips) - 2)
    share = place - left

    def at(values: Array) -> Array:
        part = share.reshape(-1, *[1] * (values.ndim - 1))
        return np.asarray(values[left] + part * (values[left + 1] - values[left]))

    def turn_at(quats: Array) -> Array:
        # Neighbouring samples are so close that a chord is as good as the arc.
        found = at(quats)
        return turns.of_quaternions(found / np.linalg.norm(found, axis=-1, keepdims=True))

    _, toes, ankle = actor.sole.flat(body)
    raised = np.array([0.0, 0.0, ankle])
    heel = turns.about_x(actor.sole.pitch(body))
    feet = np.stack([turns.angles(turn_at(clip.feet[:, side]) @ heel) for side in (0, 1)], 1)
    fields = {
        "hips": body.leg * at(clip.hips) + raised,
        "ankles": body.leg * at(clip.ankles) + raised,
        "feet": feet,
        "toes": at(clip.toes) + toes,
        "knees": at(clip.knees),
        "shoulders": at(clip.shoulders),
        "wrists_from_shoulder": at(clip.wrists) * (body.upper_arm + body.forearm)[:, None],
        "elbow_poles": turns.unit(at(clip.elbows)),
        "hand_along": turns.unit(at(clip.hand_along)),
        "hand_thumb": turns.unit(at(clip.hand_thumb)),
    }
    if len(clip.fingers):
        fields["fingers"] = at(clip.fingers)
    return fields | {name: turns.angles(turn_at(getattr(clip, name))) for name in _TURNS}


def _over(under: Controls, own: dict[str, Array], actor: Actor) -> Controls:
    """Controls in the clip's own axes; what it does not tell is as below it."""
    wrists = own.pop("wrists_from_shoulder")
    told = replace(under, **own, look=np.zeros_like(under.look), grip=np.ones_like(under.grip))
    joints = solve.torso(actor.body, told).heads
    shoulders = np.stack([joints[f"upperarm01.{side}"] for side in SIDES], 1)
    return replace(told, hands=shoulders + wrists)


def _begins(actor: Actor, clip: Clip, count: int, setting: Setting) -> tuple[Array, Array]:
    """Where (R + 1, 3) and facing where (R + 1,) each round begins, and where the last one ends."""
    way, turn = clip.way
    ahead = actor.body.leg * np.array([*way, 0.0])
    places, yaws = [np.asarray(setting.position, float)], [setting.yaw]
    for _ in range(count):
        places.append(places[-1] + turns.about_z(yaws[-1]) @ ahead)
        yaws.append(yaws[-1] + turn)
    return np.array(places), np.array(yaws)


def _carried(own: Controls, places: Array, yaws: Array) -> Controls:
    """From the clip's axes to where each sample's round begins in the world."""
    turn = turns.about_z(yaws)
    heading = yaws[:, None] * [1.0, 0.0, 0.0]

    def turned(values: Array) -> Array:
        return np.asarray(np.einsum("tij,t...j->t...i", turn, values))

    return replace(
        own,
        hips=turned(own.hips) + places,
        **{name: turned(getattr(own, name)) + places[:, None] for name in ("ankles", "hands")},
        **{name: turned(getattr(own, name)) for name in ("hand_along", "hand_thumb", "elbow_poles")},
        **{name: getattr(own, name) + heading for name in _TURNS},
        feet=own.feet + heading[:, None],
    )
