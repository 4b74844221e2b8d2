"""From controls to a pose of the rig: spine and neck share their bends, limbs are solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion import limbs, turns, wrists
from lichtspiel.motion.anatomy import DOWN, FRONT, OUTWARD, SIDES, Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.fingers import curled

_SPINE = {"spine05": 0.26, "spine04": 0.5, "spine03": 0.7, "spine02": 0.86, "spine01": 1.0}
_NECK = {"neck01": 0.14, "neck02": 0.3, "neck03": 0.5, "head": 1.0}
"""How much of a bend lies below and in each bone: half of a turn of the head between the upper two vertebrae
of the neck, half of a bend of the trunk in the loins (Kapandji, The Physiology of the Joints, 3)."""
HANGING = turns.frame(DOWN, FRONT)
"""Axes of a limb at neutral."""


@dataclass(frozen=True, eq=False)
class Skeleton:
    """Bones that were solved, over time: turns (T, 3, 3) against rest and heads (T, 3), in the world."""

    turns: dict[str, Array]
    heads: dict[str, Array]


def solve(body: Anatomy, controls: Controls) -> tuple[Array, Array, Skeleton]:
    """Root (T, 3) and pose (T, B, 4) as in `Performance`, and the bones behind them."""
    found = skeleton(body, controls)
    return found.heads["root"] - body.rig.heads[0], _pose(body, controls, found), found


def skeleton(body: Anatomy, controls: Controls) -> Skeleton:
    """The bones alone, where nobody asks for the pose of the rig."""
    found = Skeleton({}, {})
    pelvis = turns.euler(controls.pelvis)
    found.turns["root"] = pelvis
    found.heads["root"] = controls.hips + pelvis @ (body.rig.heads[0] - body.hip_centre)
    _trunk(body, controls, found)
    _legs(body, controls, found)
    _arms(body, controls, found)
    return found


def torso(body: Anatomy, controls: Controls) -> Skeleton:
    """Trunk, head and legs alone, which do not depend on where the hands are, and where the shoulders are."""
    found = Skeleton({}, {})
    pelvis = turns.euler(controls.pelvis)
    found.turns["root"] = pelvis
    found.heads["root"] = controls.hips + pelvis @ (body.rig.heads[0] - body.hip_centre)
    _trunk(body, controls, found)
    _legs(body, controls, found)
    _, shoulders = _girdle(body, controls, found)
    for side, name in enumerate(SIDES):
        found.heads[f"upperarm01.{name}"] = shoulders[:, side]
    return found


def _hang(body: Anatomy, found: Skeleton, bone: str, parent: str) -> Array:
    """Head of a bone that is carried by its parent; noted and returned."""
    arm = body.rig.heads[body.rig.index(bone)] - body.rig.heads[body.rig.index(parent)]
    found.heads[bone] = found.heads[parent] + found.turns[parent] @ arm
    return found.heads[bone]


def _trunk(body: Anatomy, controls: Controls, found: Skeleton) -> None:
    head = turns.euler(controls.head) @ turns.euler(controls.look)
    for base, target, shares in (("root", turns.euler(controls.thorax), _SPINE), ("spine01", head, _NECK)):
        start = found.turns[base]
        bend = turns.vector_of(turns.back(start) @ target)
        below = base
        for bone, part in shares.items():
            _hang(body, found, bone, below)
            found.turns[bone] = start @ turns.of_vector(part * bend)
            below = bone


def _legs(body: Anatomy, controls: Controls, found: Skeleton) -> None:
    pelvis = found.turns["root"]
    offset = body.hip - body.rig.heads[0]
    hips = found.heads["root"][:, None] + (pelvis @ offset.T).swapaxes(1, 2)
    poles = limbs.knee_pole(pelvis[:, None], OUTWARD * controls.knees, controls.ankles - hips)
    knees, ankles, thigh, shin = limbs.bent(hips, controls.ankles, body.thigh, body.shin, poles)
    thigh_turns = thigh @ HANGING.T @ body.thigh_neutral
    shin_turns = shin @ HANGING.T @ body.shin_neutral
    feet = turns.euler(controls.feet) @ body.foot_neutral
    for side, name in enumerate(SIDES):
        found.turns[f"pelvis.{name}"] = pelvis
        found.heads[f"pelvis.{name}"] = found.heads["root"]
        for bone, turn, head in (
            ("upperleg01", thigh_turns, hips),
            ("lowerleg01", shin_turns, knees),
            ("foot", feet, ankles),
        ):
            found.turns[f"{bone}.{name}"] = turn[:, side]
            found.heads[f"{bone}.{name}"] = head[:, side]


def _girdle(body: Anatomy, controls: Controls, found: Skeleton) -> tuple[Array, Array]:
    """Turns (T, 2, 3, 3) of the collar bones and the joints (T, 2, 3) of the shoulders."""
    thorax = found.turns["spine01"]
    for name in SIDES:
        _hang(body, found, f"clavicle.{name}", "spine01")
    raised, drawn = np.moveaxis(controls.shoulders, -1, 0)
    girdle = thorax[:, None] @ turns.euler(
        np.stack([-OUTWARD * drawn, np.zeros_like(raised), -OUTWARD * raised], -1)
    )
    clavicle_heads = np.stack([found.heads[f"clavicle.{name}"] for name in SIDES], 1)
    arm = body.shoulder - np.array([body.rig.heads[body.rig.index(f"clavicle.{name}")] for name in SIDES])
    shoulders = clavicle_heads + turns.turned(girdle, arm)
    return girdle, shoulders


def _arms(body: Anatomy, controls: Controls, found: Skeleton) -> None:
    girdle, shoulders = _girdle(body, controls, found)
    thorax = found.turns["spine01"]
    swung, lifted, inward = np.moveaxis(controls.arms, -1, 0)
    upper = (
        thorax[:, None]
        @ turns.about_x(-swung)
        @ turns.about_y(-OUTWARD * lifted)
        @ turns.about_z(-OUTWARD * inward)
    )
    lower = upper @ turns.about_x(-controls.elbows)
    elbows = shoulders + body.upper_arm[:, None] * turns.turned(upper, DOWN)
    free = lower
    ends = elbows + body.forearm[:, None] * turns.turned(lower, DOWN)
    hands = (
        lower
        @ turns.about_z(-OUTWARD * controls.palms)
        @ turns.about_y(OUTWARD * controls.wrists[..., 0])
        @ turns.about_x(-controls.wrists[..., 1])
    )
    if controls.grip.any():
        weight = controls.grip[..., None]
        free_pole = 2 * elbows - shoulders - ends + 1e-3 * turns.turned(upper, -FRONT)
        pole = turns.unit(free_pole) * (1 - weight) + weight * turns.unit(controls.elbow_poles)
        aside = turns.unit(OUTWARD[:, None] * thorax[:, None, :, 0] - thorax[:, None, :, 1])
        goal = limbs.around(shoulders, ends, controls.hands, weight, aside)
        sides = np.broadcast_to(OUTWARD, goal.shape[:-1])
        natural = limbs.natural_pole(thorax[:, None], goal - shoulders, sides)
        pole = pole + 2 * weight * (1 - weight) * natural
        elbows, ends, bent, straight = limbs.bent(shoulders, goal, body.upper_arm, body.forearm, pole)
        # An elbow bends away from its pole's side: the arm's front is at its back.
        upper, lower = (facing(axes) for axes in (bent, straight))
        wanted = turns.frame(controls.hand_along, controls.hand_thumb) @ HANGING.T
        *_, there = limbs.bent(shoulders, controls.hands, body.upper_arm, body.forearm, controls.elbow_poles)
        placed = turns.back(facing(there)) @ wanted
        held = lower @ wrists.between(turns.back(free) @ hands, placed, controls.grip)
        hands = np.where(weight[..., None] < 1, held, wanted)
        hands = wrists.within(lower, hands)
    twist = _twist(lower, hands)
    middle = lower @ turns.about_z((twist + body.hand_twist) / 2)
    for side, name in enumerate(SIDES):
        found.turns[f"clavicle.{name}"] = girdle[:, side]
        for bone, turn, neutral, head in (
            ("upperarm01", upper, body.arm_neutral, shoulders),
            ("lowerarm01", lower, body.forearm_neutral, elbows),
            ("lowerarm02", middle, body.forearm_neutral, (elbows + ends) / 2),
            ("wrist", hands, body.hand_neutral, ends),
        ):
            found.turns[f"{bone}.{name}"] = turn[:, side] @ neutral[side]
            found.heads[f"{bone}.{name}"] = head[:, side]


def facing(axes: Array) -> Array:
    """Turns against neutral of frames whose front is the elbow's side."""
    along, front, hinge = np.moveaxis(axes, -1, 0)
    return np.asarray(np.stack([along, -front, -hinge], -1) @ HANGING.T)


def _twist(lower: Array, hands: Array) -> Array:
    """Angle about the forearm from its front to the thumb's side of the hand."""
    thumb = turns.turned(turns.back(lower) @ hands, FRONT)
    return np.arctan2(thumb[..., 0], -thumb[..., 1])


def _pose(body: Anatomy, controls: Controls, found: Skeleton) -> Array:
    rig = body.rig
    count = len(controls.hips)
    pose = np.zeros((count, len(rig.names), 4))
    pose[..., 0] = 1.0
    bones, local = [], []
    for bone, turn in found.turns.items():
        column = rig.index(bone)
        parent = int(rig.parents[column])
        bones.append(column)
        local.append(
            turn if parent < 0 else turns.back(_carried(rig.names, rig.parents, found, parent)) @ turn
        )
    pose[:, bones] = turns.quaternions(np.stack(local, 1))
    curled(body, controls.fingers, pose)
    _bend_toes(body, controls.toes, pose)
    return pose


def _carried(names: tuple[str, ...], parents: IntArray, found: Skeleton, bone: int) -> Array:
    """Turn of a bone, or of the nearest solved one that carries it."""
    while names[bone] not in found.turns:
        bone = int(parents[bone])
    return found.turns[names[bone]]


def _bend_toes(body: Anatomy, toes: Array, pose: Array) -> None:
    if not toes.any():
        return
    for side, name in enumerate(SIDES):
        turn = turns.quaternions(turns.about_x(-toes[:, side]))
        for toe in range(1, 6):
            pose[:, body.rig.index(f"toe{toe}-1.{name}")] = turn
