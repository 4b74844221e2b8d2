"""Losing one's feet: where a figure is told to fall, what makes it fall, and how much it holds itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Vec3
from lichtspiel.library.people.rig import rotate
from lichtspiel.screenplay import Action, OutcomeKind
from lichtspiel.stage.world import Direction, PlacedFigure
from lichtspiel.take import Fall, Performance

_RESTS_S = 1.6
"""Nobody gets up again sooner."""
_POSTURES = (Action.STAND, Action.SIT, Action.LIE, Action.WALK)
_STANDING_M_S = 0.5
"""Slower than this, a figure that trips or slips has to be sent on its way first."""
_OVERBALANCED = 0.55
"""Share of a motion after which it goes wrong where it ends with a fall."""


@dataclass(frozen=True)
class _Manner:
    """A way to fall. Blows go to the figure's left, front and up, and are changes of the body's velocity."""

    tone: float
    blows: tuple[tuple[str, Vec3], ...]
    hold: float = 1.0
    pace: float = 0.0
    """Speed that it needs on its way, m/s."""


_MANNERS = {
    "faint": _Manner(
        0.02, (("thigh_l", (0.05, 0.16, 0.0)), ("thigh_r", (0.0, 0.1, 0.0)), ("head", (0.06, 0.03, 0.0)))
    ),
    "trip": _Manner(
        0.45,
        (("foot_l", (0.0, -0.14, 0.03)), ("foot_r", (0.0, -0.05, 0.0)), ("chest", (0.0, 0.35, 0.0))),
        pace=1.2,
    ),
    "slip": _Manner(
        0.4,
        (("foot_l", (0.02, 0.2, 0.07)), ("foot_r", (-0.02, 0.12, 0.0)), ("chest", (0.0, -0.35, 0.0))),
        0.06,
        0.7,
    ),
    "fall_backward": _Manner(0.4, (("chest", (0.05, -0.9, 0.0)),)),
    "fall_off": _Manner(0.35, (("chest", (0.7, 0.15, 0.0)), ("pelvis", (0.35, 0.0, 0.0))), 0.4),
    "get_hit": _Manner(0.3, (("chest", (0.1, -1.5, 0.1)), ("head", (0.0, -0.12, 0.0)))),
}
_OVER = _Manner(0.4, (("chest", (0.75, 0.1, 0.0)),))
"""Of any other motion that ends with a fall."""


def falls_of(figure: PlacedFigure, performance: Performance) -> tuple[Fall, ...]:
    """Where physics is to take over from a figure's rehearsed performance.

    The direction of a fall goes by the heading and the way that the figure has at that moment. It ends
    where another posture is directed, or with the film.
    """
    last_s = (len(performance.root) - 1) / performance.rate_hz
    found: list[Fall] = []
    for direction in sorted(figure.directions, key=lambda d: d.start_s):
        manner = _manner(direction)
        if manner is None:
            continue
        start_s = direction.start_s + _delay_s(direction)
        if start_s >= last_s or (found and start_s < found[-1].end_s):
            continue
        end_s = min(max(_next_s(figure, direction), start_s + _RESTS_S), last_s)
        found.append(Fall(start_s, end_s, manner.tone, _blows(manner, performance, start_s), manner.hold))
    return tuple(found)


def _manner(direction: Direction) -> _Manner | None:
    entry = catalogue.motions().get(direction.motion)
    if direction.outcome is OutcomeKind.STAYS_UP:
        return None
    if entry is not None and entry.kind == "collapse":
        return _MANNERS.get(direction.motion, _OVER)
    return _OVER if entry is not None and direction.outcome is OutcomeKind.FALLS_OVER else None


def _delay_s(direction: Direction) -> float:
    entry = catalogue.motions()[direction.motion]
    return 0.0 if entry.kind == "collapse" else _OVERBALANCED * entry.duration_s / direction.speed


def _next_s(figure: PlacedFigure, fall: Direction) -> float:
    """When a posture is directed that comes after a fall."""
    later = [d.start_s for d in figure.directions if d.start_s > fall.start_s + 1e-6 and _is_posture(d)]
    return min(later, default=np.inf)


def _is_posture(direction: Direction) -> bool:
    entry = catalogue.motions().get(direction.motion)
    return direction.action in _POSTURES or (entry is not None and entry.kind not in ("gesture", "collapse"))


def _blows(manner: _Manner, performance: Performance, start_s: float) -> tuple[tuple[str, Vec3], ...]:
    """In world axes; somebody who stands is pushed on the way as well."""
    sample = min(round(start_s * performance.rate_hz), len(performance.root) - 1)
    front = rotate(performance.pose[sample, 0], np.array([0.0, -1.0, 0.0])) * [1.0, 1.0, 0.0]
    front /= max(float(np.linalg.norm(front)), 1e-6)
    left = np.array([-front[1], front[0], 0.0])
    way = _velocity(performance, sample)
    speed = float(np.linalg.norm(way[:2]))
    blows = [(part, _in_world(push, left, front)) for part, push in manner.blows]
    if speed < min(manner.pace, _STANDING_M_S):
        push = (manner.pace - speed) * front
        blows += [("pelvis", 0.6 * push), ("chest", 0.4 * push)]
    return tuple((part, (float(push[0]), float(push[1]), float(push[2]))) for part, push in blows)


def _in_world(push: Vec3, left: Array, front: Array) -> Array:
    return np.asarray(push[0] * left + push[1] * front + np.array([0.0, 0.0, push[2]]))


def _velocity(performance: Performance, sample: int) -> Array:
    before = max(sample - 1, 0)
    return np.asarray((performance.root[sample] - performance.root[before]) * performance.rate_hz)
