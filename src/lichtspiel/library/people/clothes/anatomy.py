"""Where a point of the base mesh lies on the body, in numbers that hold for every physique.

Garments are cut on the base mesh as it comes, before any target shapes it: soles at z = 0,
1.67 m tall, arms held out. A line that is level there follows the same anatomy on everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import load

NECK_AXIS_Y = -0.02
"""Where the axis of the neck stands on the base mesh, metres."""
OFF_ARM = -0.3
"""`arm` of points that belong to no arm."""
_GROIN_Z, _GROIN_HALF_M, _GROIN_FADES_M = 0.83, 0.1, 0.04
_INSTEP_Y, _INSTEP_FADES_Y = -0.015, 0.025
_INSTEP_Z, _INSTEP_FADES_Z = 0.14, 0.04
_ARM_BONES = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")


@dataclass(frozen=True, eq=False)
class Places:
    """Canonical places of N points.

    table: (N, 5) of x (m, to the person's left), y (m, to the back), z (m above the soles), arm
    (m along the arm from the shoulder joint through the elbow at 0.227 to the wrist at 0.455;
    -0.3 off the arm) and the share of arm bones.
    """

    table: Array

    @property
    def x(self) -> Array:
        return self.table[:, 0]

    @property
    def y(self) -> Array:
        return self.table[:, 1]

    @property
    def z(self) -> Array:
        return self.table[:, 2]

    @property
    def arm(self) -> Array:
        return self.table[:, 3]

    @property
    def armness(self) -> Array:
        return self.table[:, 4]

    @property
    def trunk(self) -> NDArray[np.bool_]:
        """(N,) bool: on trunk, neck, head or legs."""
        return np.asarray(self.armness < 0.5)

    @cached_property
    def folding(self) -> Array:
        """(N,) 1 where trunk and thighs meet. Bent, linear blending turns everything inside out there: what
        lies deeper comes out farther."""
        off = np.abs(self.z - _GROIN_Z) - _GROIN_HALF_M
        return np.asarray(np.clip(1 - off / _GROIN_FADES_M, 0, 1) * (self.armness < 0.5))

    @cached_property
    def instep(self) -> Array:
        """(N,) 1 in front where shin and foot meet."""
        front = np.clip((_INSTEP_Y - self.y) / _INSTEP_FADES_Y, 0, 1)
        low = np.clip((_INSTEP_Z - self.z) / _INSTEP_FADES_Z, 0, 1)
        return np.asarray(front * low * self.trunk)

    @cached_property
    def round_neck(self) -> Array:
        """(N,) metres that fall from the neck outward: level lines lie around it like a collar."""
        reach = np.hypot(self.x, self.y - NECK_AXIS_Y)
        return np.asarray(self.z - reach)

    @cached_property
    def facing(self) -> Array:
        """(N,) 1 at the front of the neck, 0 at its sides, -1 at the nape."""
        reach = np.hypot(self.x, self.y - NECK_AXIS_Y)
        return np.asarray((NECK_AXIS_Y - self.y) / np.maximum(reach, 1e-6))


IN_FRONT, BEHIND = -0.3, 0.3
"""`y` of a place that means the front, or the back, of the trunk at its x and z."""


def nearest(table: Array, places: Array, count: int = 1) -> tuple[Array, IntArray]:
    """Distances and rows (K, count) of a table (N, 3+) of canonical places nearest to places (K, 3)."""
    apart, rows = np.zeros((len(places), count)), np.zeros((len(places), count), np.int32)
    side = np.where(places[:, 1] <= IN_FRONT, -1, np.where(places[:, 1] >= BEHIND, 1, 0))
    for kind in np.unique(side):
        chosen = side == kind
        axes = [0, 1, 2] if kind == 0 else [0, 2]
        members = np.flatnonzero((table[:, 1] - NECK_AXIS_Y) * kind >= 0)
        tree = cKDTree(table[np.ix_(members, axes)])
        far, found = tree.query(places[np.ix_(chosen, axes)], k=count)
        apart[chosen], rows[chosen] = far.reshape(-1, count), members[found.reshape(-1, count)]
    return apart, rows


@lru_cache(maxsize=1)
def canonical() -> Places:
    """Places of all vertices of the basis."""
    basis = load()
    points = basis.vertices.copy()
    points[:, 2] -= points[basis.group("body"), 2].min()
    heads = basis.joint_points("head", points)
    joints = [heads[basis.bone_names.index(bone)] for bone in ("upperarm01.L", "lowerarm01.L", "wrist.L")]
    armness = _share_of(_ARM_BONES)
    along = _along_arm(points, joints)
    arm = np.where(armness > 0.02, along, OFF_ARM)
    return Places(np.column_stack([points, arm, armness]))


def _along_arm(points: Array, joints: list[Array]) -> Array:
    mirrored = points.copy()
    mirrored[:, 0] = np.abs(mirrored[:, 0])
    shoulder, elbow, wrist = joints
    upper, lower = elbow - shoulder, wrist - elbow
    length = float(np.linalg.norm(upper))
    upper, lower = upper / length, lower / np.linalg.norm(lower)
    past = (mirrored - elbow) @ (upper + lower) > 0
    return np.where(past, length + (mirrored - elbow) @ lower, (mirrored - shoulder) @ upper)


def _share_of(bones: tuple[str, ...]) -> Array:
    basis = load()
    chosen = np.array([name.startswith(bones) for name in basis.bone_names])
    shares = np.asarray(basis.arrays["weight_shares"], float)
    return np.asarray((shares * chosen[np.asarray(basis.arrays["weight_bones"])]).sum(1))
