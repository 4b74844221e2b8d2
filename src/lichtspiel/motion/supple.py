"""Arms and trunks that give: where a course would change a joint's speed at a stroke, it is rounded off.

Muscles take up force over some hundredths of a second (Winter, Biomechanics and Motor Control of Human
Movement, 2009, ch. 9), so that no hand stops or starts within one frame.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.ndimage import gaussian_filter1d, maximum_filter1d

from lichtspiel.library.asset import Array
from lichtspiel.motion.anatomy import SIDES, Anatomy
from lichtspiel.motion.controls import Controls
from lichtspiel.motion.solve import solve
from lichtspiel.motion.walk import RATE_HZ

_MOST_M_S = 2.0
"""Change of speed within a frame beyond which a course is rounded off."""
_ROUNDS = 4
_SPREAD = 1.3
"""Width of the rounding in the first round, in samples; it grows from round to round."""
_ARMS = (
    "arms", "elbows", "palms", "wrists", "hands", "hand_along", "hand_thumb", "elbow_poles", "grip",
    "shoulders",
)  # fmt: skip
_TRUNK = ("thorax", "head")


def supple(body: Anatomy, controls: Controls) -> Controls:
    """The same course of one stretch between two cuts, rounded off where hands, elbows or head jerk."""
    for turn in range(_ROUNDS):
        sides, head = _jerks(body, controls)
        if max(sides.max(initial=0.0), head.max(initial=0.0)) < _MOST_M_S:
            break
        width = _SPREAD * (1 + 0.5 * turn)
        changed = {}
        for name in _ARMS:
            changed[name] = getattr(controls, name).copy()
            for side in (0, 1):
                values = changed[name][:, side]
                values += _rounding(sides[:, side], values, width)
        for name in _TRUNK:
            values = getattr(controls, name)
            changed[name] = values + _rounding(head, values, width)
        controls = replace(controls, **changed)
    return controls


def _jerks(body: Anatomy, controls: Controls) -> tuple[Array, Array]:
    """Change of speed in a frame of elbows and hands (T, 2) and of the head against the trunk (T,)."""
    _, _, found = solve(body, controls)
    base = found.heads["root"]

    def change(bone: str) -> Array:
        second = np.diff(found.heads[bone] - base, 2, axis=0) * RATE_HZ
        return np.pad(np.linalg.norm(second, axis=-1), 1)

    sides = [np.maximum(change(f"lowerarm01.{name}"), change(f"wrist.{name}")) for name in SIDES]
    return np.stack(sides, -1), change("head")


def _rounding(jerk: Array, values: Array, width: float) -> Array:
    """What is to be added to values (T, ...) where a jerk (T,) is too great."""
    reach = int(2 * width + 1)
    weight = maximum_filter1d((jerk > _MOST_M_S).astype(float), 2 * reach + 1)
    weight = gaussian_filter1d(weight, width).reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray(weight * (gaussian_filter1d(values, width, axis=0, mode="nearest") - values))
