"""Who is knocked over: a figure that a heavy thing runs into falls, with what the blow gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from lichtspiel.library.people.segments import segments
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Fall, Impact, Performance, Take

_FELLED_M_S = 0.5
"""Change of a body's velocity that nobody keeps their feet after (push-recovery: 0.2 to 0.5 m/s; Pai and
Patton, J. Biomechanics 30, 1997)."""
_RUNS_M_S = 1.0
"""A thing that is slower is not running into anybody: they lean on it."""
_ONE_BLOW_S = 0.12
_WIDTH_S = 0.02
_TONE = 0.25


def struck(world: World, take: Take, rehearsal: Mapping[str, Performance]) -> dict[str, Performance]:
    """The rehearsed performances with the falls of those who are knocked over; empty when nobody is."""
    felled = {}
    for figure in world.figures:
        performance = rehearsal.get(figure.name)
        if performance is None or performance.falls:
            continue
        fall = _fall(figure, take, performance)
        if fall is not None:
            felled[figure.name] = replace(performance, falls=(fall,))
    return {**rehearsal, **felled} if felled else {}


def _fall(figure: PlacedFigure, take: Take, performance: Performance) -> Fall | None:
    mass = segments(figure.physique).mass_kg
    blows = [blow for impact in take.impacts if (blow := _blow(figure.name, take, impact)) is not None]
    end_s = (len(performance.root) - 1) / performance.rate_hz
    for first in range(len(blows)):
        start_s = blows[first][0]
        together = [blow for blow in blows[first:] if blow[0] < start_s + _ONE_BLOW_S]
        change = np.sum([push for _, _, push in together], axis=0) / mass
        if np.linalg.norm(change) > _FELLED_M_S and start_s < end_s - 2 / performance.rate_hz:
            pushes = tuple(
                (part, (float(push[0]), float(push[1]), float(push[2])))
                for part, push in ((part, push / mass) for _, part, push in together)
            )
            return Fall(start_s, end_s, _TONE, pushes)
    return None


def _blow(figure: str, take: Take, impact: Impact) -> tuple[float, str, np.ndarray] | None:
    """Time, segment and impulse on a figure, of a thing that runs into it; None for all other knocks."""
    if impact.first.startswith(f"{figure}/"):
        limb, thing, sign = impact.first, impact.second, -1.0
    elif impact.second.startswith(f"{figure}/"):
        limb, thing, sign = impact.second, impact.first, 1.0
    else:
        return None
    if thing not in take.names:
        return None
    onto = sign * np.array(impact.normal)
    before, after = (take.pose(thing, max(impact.time_s - s, 0.0))[0] for s in (2 * _WIDTH_S, 0.5 * _WIDTH_S))
    if float((after - before) @ onto) / (1.5 * _WIDTH_S) < _RUNS_M_S:
        return None
    return impact.time_s, limb.removeprefix(f"{figure}/"), impact.impulse_ns * onto
