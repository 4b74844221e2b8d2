"""The clothes of a figure that hang free, through its performance."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.bending import bends
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import about, bones_posed, multiply
from lichtspiel.motion.carried import Bones
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.drape import drape, hung, joined, surfaces
from lichtspiel.motion.cloth.underlay import FREE, Surface
from lichtspiel.motion.cloth.yielding import give_way
from lichtspiel.motion.postures import standing
from lichtspiel.take import Dents

_LEAD_M_S, _LEAD_S, _REST_S = 1.2, (0.25, 0.6), 0.2
"""How fast the joint that goes farthest goes from where somebody stands at ease to the first pose, the least
and the most time for that, and the time for which the body then keeps still."""


@dataclass(frozen=True, eq=False)
class Moves:
    """What a body does: root (T, 3) and pose (T, B, 4), and the samples at which it is elsewhere at once."""

    rate_hz: float
    root: Array
    pose: Array
    cuts: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Hung:
    """garments: id → vertices (T, V, 3) in the world of what hangs. dents: how all else gives way to it."""

    garments: dict[str, Array]
    dents: dict[str, Dents]


def may_hang(person: Person) -> bool:
    """Whether something that this person wears may have parts that hang free."""
    worn = [catalogue.garments()[w.garment] for w in person.wears if w.garment in catalogue.garments()]
    return any(
        "tail_end" in entry.parameters or entry.builder.startswith("capes:") or entry.kind == "neckwear"
        for entry in worn
    )


def hang(person: Person, physique: Physique, moves: Moves, air: Air, ground_m: float) -> Hung:
    """All garments of somebody that hang, through moves, and what gives way to them."""
    found = {}
    root, pose = standing(person, physique)
    still = Bones(physique.rig, root[None], pose[None])
    stretches = [_led(physique, moves, first, last, root, pose) for first, last in _stretches(moves)]
    at_ease: list[Surface] = []
    beneath: list[list[Surface]] = [[] for _ in stretches]
    worn = sorted(garments_of(person), key=lambda garment: catalogue.garments()[garment.garment].layer)
    hanging = [garment for garment in worn if garment.hang and (garment.hang.pinned < FREE).any()]
    for place, garment in enumerate(worn):
        if garment not in hanging:
            continue
        ready = hung(garment, physique, still, worn[:place], *at_ease)
        parts = [
            drape(ready, bones, moves.rate_hz, air, ground_m, lead, cloth)
            for (bones, lead), cloth in zip(stretches, beneath, strict=True)
        ]
        shown = [part[lead:] for part, (_, lead) in zip(parts, stretches, strict=True)]
        # Some hundred megabytes need not be copied where there is no cut.
        found[garment.garment] = shown[0] if len(shown) == 1 else np.concatenate(shown)
        if garment is not hanging[-1]:
            # What is worn over it hangs over it.
            shapes = still.carry(garment.skin, garment.mesh.vertices)
            at_ease = _over(at_ease, surfaces(ready, shapes))
            beneath = [
                _over(below, surfaces(ready, part)) for below, part in zip(beneath, parts, strict=True)
            ]
    if not found:
        return Hung({}, {})
    bones = Bones(physique.rig, moves.root, moves.pose)
    (as_cut,) = bends(physique.rig, pose[None])
    return Hung(*give_way(worn, physique, bones, as_cut, found))


def _over(below: list[Surface], cloth: list[Surface]) -> list[Surface]:
    """What lies below, where there is something, and the cloth over it, at every sample."""
    return [joined(*pair) for pair in zip(below, cloth, strict=True)] if below else cloth


def _led(
    physique: Physique, moves: Moves, first: int, last: int, root: Array, pose: Array
) -> tuple[Bones, int]:
    """The bones of a stretch with the way to its first pose, and how many samples that takes."""
    lead_root, lead_pose = _lead(physique, moves.root[first], moves.pose[first], root, pose, moves.rate_hz)
    bones = Bones(
        physique.rig,
        np.concatenate([lead_root, moves.root[first:last]]),
        np.concatenate([lead_pose, moves.pose[first:last]]),
    )
    return bones, len(lead_root)


def _stretches(moves: Moves) -> list[tuple[int, int]]:
    bounds = [0, *moves.cuts, len(moves.root)]
    return [(first, last) for first, last in itertools.pairwise(bounds) if last > first]


def _lead(
    physique: Physique, root: Array, pose: Array, still_root: Array, still_pose: Array, rate_hz: float
) -> tuple[Array, Array]:
    """From standing at ease, at the place of the first pose, to that pose, and resting in it."""
    w, z = pose[0, 0], pose[0, 3]
    yaw = 2 * np.arctan2(z, w)
    start = still_pose.copy()
    start[0] = multiply(about((0.0, 0.0, 1.0), float(yaw)), still_pose[0])
    place = np.array([root[0], root[1], still_root[2]])
    joints, _ = bones_posed(physique.rig, np.stack([place, root]), np.stack([start, pose]))
    lead_s = np.clip(np.linalg.norm(joints[1] - joints[0], axis=1).max() / _LEAD_M_S, *_LEAD_S)
    share = np.clip(np.arange(int((lead_s + _REST_S) * rate_hz)) / (lead_s * rate_hz), 0, 1)
    share = share * share * (3 - 2 * share)
    near = np.where((start * pose).sum(-1, keepdims=True) < 0, -pose, pose)
    mixed = start + share[:, None, None] * (near - start)
    mixed /= np.linalg.norm(mixed, axis=-1, keepdims=True)
    return place + share[:, None] * (root - place), mixed
