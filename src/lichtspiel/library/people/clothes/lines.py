"""Where a garment begins and ends on the body: its cut lines, level lines of the canonical body."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes.anatomy import NECK_AXIS_Y, OFF_ARM, Places

Field = Array
"""(N,) metres beyond a line: positive outside the garment."""

NECK_SIDE, NECK_FRONT, NECK_NAPE = 1.326, 1.262, 1.31
"""Level lines of `Places.round_neck` for the seam of a round neck."""
CROTCH_Z = 0.77
_GUSSET_M, _GUSSET_HALF_M = 0.014, 0.028
"""How far below the fork briefs reach, and half the width in which they do."""
_TRUNK_ONLY = -1.0
_PIT_Z = (1.26, 1.31)
"""Height of the armpit, and from which on armholes begin to run towards it."""
_STRAP_X, _STRAP_LEVEL = 0.085, 1.3
"""How far from the middle a strap rises, and its level of `Places.round_neck` behind."""


@dataclass(frozen=True)
class Lines:
    """Cut lines in metres of the canonical body; None leaves an edge out.

    neck: how far the neckline lies below a crew neck (front), and how far it is opened to the
    sides and the nape. vee: depth of a pointed neck below the crew's. sleeve: along the arm (0.227
    is the elbow, 0.455 the wrist). armhole: reach of a sleeveless shoulder. armhole_deep: how much
    nearer to the middle it runs below the arm, so that it is deeper. hem: lower end of a
    top. top: upper end of trousers. leg: their lower end.
    bib: how much higher the upper end lies on the chest. strap: half the width of what carries a bib
    from the neck. hips: rise of a brief's leg opening.
    collar: upper end on the neck of what goes up to the chin.
    """

    neck: float | None = None
    neck_wide: float = 0.0
    nape: float = 0.0
    vee: float | None = None
    vee_slope: float = 2.2
    collar: float | None = None
    sleeve: float | None = None
    armhole: float | None = None
    armhole_deep: float = 0.0
    hem: float | None = None
    hem_curve: float = 0.0
    top: float | None = None
    top_dip: float = 0.0
    bib: float = 0.0
    strap: float = 0.0
    leg: float | None = None
    hips: float | None = None
    bust: float | None = None
    low_back: float | None = None

    def fields(self, at: Places) -> dict[str, Field]:
        """Every edge's field at some places."""
        found: dict[str, Field] = {}
        trunk = at.trunk
        # Sleeves are the business of their own lines.
        on_arm = _TRUNK_ONLY if self.sleeve is not None or self.armhole is not None else 1.0
        if self.neck is not None:
            front, nape = np.clip(at.facing, 0, 1) ** 2, np.clip(-at.facing, 0, 1) ** 2
            side = NECK_SIDE - self.neck_wide
            level = side + (NECK_FRONT - self.neck - side) * front + (NECK_NAPE - self.nape - side) * nape
            found["neck"] = np.where(trunk & (at.z > 1.1), at.round_neck - level, _TRUNK_ONLY)
        if self.vee is not None:
            point = 1.335 - self.vee
            slope = at.z - point - np.abs(at.x) * self.vee_slope
            found["vee"] = np.where(trunk & (at.y < NECK_AXIS_Y) & (at.z > 1.0), slope / 2, _TRUNK_ONLY)
        if self.collar is not None:
            found["collar"] = np.where(trunk, at.z - self.collar - 0.25 * (at.y - NECK_AXIS_Y), _TRUNK_ONLY)
        if self.bust is not None:
            across = np.abs(at.x)
            rise = 0.25 * np.clip(across - 0.03, 0, 0.05) - 0.45 * np.clip(across - 0.1, 0, 0.08)
            back = self.bust - (self.low_back or 0.0)
            level = np.where(at.y < NECK_AXIS_Y, self.bust + rise, back)
            found["bust"] = np.where(at.armness > 0.35, 0.1, at.z - level)
        if self.sleeve is not None:
            found["sleeve"] = np.where(at.arm > OFF_ARM, at.arm - self.sleeve, _TRUNK_ONLY)
        if self.armhole is not None:
            off_trunk = np.where(at.arm > 0.03, 1.0, _TRUNK_ONLY)
            beyond = _beyond_shoulder(at, self.armhole, self.armhole_deep)
            found["armhole"] = np.where(at.z > 1.1, beyond, off_trunk)
        if self.hem is not None:
            dip = self.hem_curve * np.clip(1 - (np.abs(at.x) / 0.16) ** 2, -0.2, 1)
            found["hem"] = np.where(trunk, self.hem - dip - at.z, _TRUNK_ONLY)
        if self.top is not None:
            dip = self.top_dip * np.clip((NECK_AXIS_Y - at.y) / 0.12, -1, 1)
            bib = (
                self.bib * np.clip((0.13 - np.abs(at.x)) / 0.03, 0, 1) * np.clip(-(at.y + 0.03) / 0.03, 0, 1)
            )
            above = at.z - self.top + dip - bib
            if self.strap:
                above = np.minimum(above, _beside_strap(at) - self.strap)
            found["top"] = np.where(trunk, above, on_arm)
        if self.leg is not None:
            found["leg"] = np.where(trunk, self.leg - at.z, on_arm)
        if self.hips is not None:
            # A brief's opening rises from the crotch to the hip along the groin.
            groin = CROTCH_Z - _GUSSET_M + np.clip(np.abs(at.x) - _GUSSET_HALF_M, 0, None) * self.hips
            found["hips"] = np.where(trunk, (groin - at.z) / np.hypot(1.0, self.hips), on_arm)
        return found

    def beyond(self, at: Places) -> Field:
        """Metres beyond the nearest edge; negative under the garment."""
        return np.max(np.stack(list(self.fields(at).values())), axis=0)


def _beside_strap(at: Places) -> Field:
    """Metres from the middle of a strap that leads up from a bib's corners and around the neck."""
    up = np.where(at.round_neck < _STRAP_LEVEL, np.abs(np.abs(at.x) - _STRAP_X), 1.0)
    rising = np.where((at.y < NECK_AXIS_Y) & (at.z > 1.1), up, 1.0)
    around = np.where(at.y < NECK_AXIS_Y - 0.02, 1.0, np.abs(at.round_neck - _STRAP_LEVEL))
    return np.asarray(np.minimum(rising, around))


def _beyond_shoulder(at: Places, reach: float, deep: float) -> Field:
    """Outside an armhole that stands upright at |x| = reach on the shoulder, wider below the arm; nearer to
    the middle by `deep` at the armpit."""
    below = np.clip(1.33 - at.z, 0, 0.15)
    pit = np.clip((_PIT_Z[1] - at.z) / (_PIT_Z[1] - _PIT_Z[0]), 0, 1)
    return np.asarray(np.abs(at.x) - reach - 0.12 * below + deep * pit * pit * (3 - 2 * pit))
