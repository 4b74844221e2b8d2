"""A body that stands with its legs together and its arms down, to shape hanging cloth on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.bending import Bend
from lichtspiel.library.people.clothes.fitting import Fitting, cage_places
from lichtspiel.library.people.rig import about, bones_posed, rest_pose, skinned


@dataclass(frozen=True, eq=False)
class Standing:
    """heads (B, 3) of the bones, and how they move points. outline: (M, 3) of what is worn so far."""

    heads: Array
    bend: Bend
    outline: Array

    @classmethod
    def of(cls, fitting: Fitting) -> Standing:
        """The standing body under what it wears by now."""
        physique = fitting.physique
        rig = physique.rig
        pose = rest_pose(rig)
        for side, sign in (("L", 1.0), ("R", -1.0)):
            hip, ankle = rig.heads[rig.index(f"upperleg01.{side}")], rig.heads[rig.index(f"foot.{side}")]
            lean = float(np.arctan2(abs(ankle[0]) - abs(hip[0]), hip[2] - ankle[2]))
            pose[rig.index(f"upperleg01.{side}")] = about((0, 1, 0), sign * lean)
            arm = rig.tails[rig.index(f"upperarm02.{side}")] - rig.heads[rig.index(f"upperarm01.{side}")]
            lift = float(np.arctan2(-arm[2], abs(arm[0])))
            pose[rig.index(f"upperarm01.{side}")] = about((0, 1, 0), sign * (np.radians(82) - lift))
        heads, turns = bones_posed(rig, np.zeros(3), pose)
        moved = skinned(rig, physique.skin, fitting.dressed(fitting.taken), heads, turns)
        return cls(heads, Bend.of(rig, heads, turns), moved[fitting.index])

    def height_at(self, canonical_z: float) -> float:
        """Height above the soles of what is at this height of the canonical body."""
        at = cage_places()
        body = at.armness < 0.3
        steps = np.linspace(0.0, 1.45, 59)
        ring = np.digitize(at.z[body], steps)
        counts = np.bincount(ring, minlength=60)
        sums = np.bincount(ring, self.outline[body, 2], minlength=60)
        z = np.bincount(ring, at.z[body], minlength=60)
        known = counts > 0
        return float(np.interp(canonical_z, z[known] / counts[known], sums[known] / counts[known]))
