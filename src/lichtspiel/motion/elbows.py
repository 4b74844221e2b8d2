"""Elbows that go aside so that forearms need not turn further than they can.

Who turns a hand far, turns the upper arm with it (Kapandji, The Physiology of the Joints, 1).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.signal import lfilter

from lichtspiel.library.asset import Array
from lichtspiel.motion import solve, turns, wrists
from lichtspiel.motion.anatomy import DOWN, OUTWARD, SIDES, Anatomy
from lichtspiel.motion.controls import Controls

_MOST = np.radians(70.0)
"""By how much an elbow goes round the line from shoulder to wrist."""
_LAGS = 2.0
"""Time constant of an elbow that follows what its forearm needs, samples. It knows nothing of what comes
after, so that a film that goes on begins with exactly what it was."""
_ROUNDS = 4


def spared(body: Anatomy, controls: Controls) -> Controls:
    """The same course of one stretch between two cuts, with the elbows of placed hands where the forearms can
    turn the hands as they are to lie."""
    if not controls.grip.any():
        return controls
    wanted = turns.frame(controls.hand_along, controls.hand_thumb) @ solve.HANGING.T
    found, angle = controls, np.zeros_like(controls.grip)
    for _ in range(_ROUNDS):
        lower, line = _arms(body, found)
        over = controls.grip * wrists.excess(wrists.twist(lower, wanted))
        if not over.any():
            break
        # A straight arm turns as much as it is turned, a bent one less.
        lever = np.clip(((lower @ DOWN) * line).sum(-1), 0.5, 1.0)
        angle = np.clip(angle - _following(over / lever), -_MOST, _MOST)
        turn = turns.of_vector((OUTWARD * angle)[..., None] * line)
        found = replace(controls, elbow_poles=turns.turned(turn, controls.elbow_poles))
    return found


def _arms(body: Anatomy, controls: Controls) -> tuple[Array, Array]:
    """Turns (T, 2, 3, 3) of the forearms against neutral, and directions (T, 2, 3) from shoulder to wrist."""
    found = solve.skeleton(body, controls)
    both = [found.turns[f"lowerarm01.{name}"] @ body.forearm_neutral[i].T for i, name in enumerate(SIDES)]
    ends = [found.heads[f"wrist.{name}"] - found.heads[f"upperarm01.{name}"] for name in SIDES]
    return np.stack(both, 1), turns.unit(np.stack(ends, 1))


def _following(wanted: Array) -> Array:
    """(T, 2) a wish (T, 2) as two equal lags in a row let it through, settled at the first sample."""
    keeps = np.exp(-1 / _LAGS)
    found = wanted
    for _ in range(2):
        start = keeps * found[:1]
        found, _ = lfilter([1 - keeps], [1, -keeps], found, axis=0, zi=start)
    return np.asarray(found)
