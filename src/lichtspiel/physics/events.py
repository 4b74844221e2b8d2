"""From contacts step by step to what one hears: knocks, sliding and rolling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lichtspiel.library.asset import Array
from lichtspiel.physics.log import Trace
from lichtspiel.physics.mechanism import RATE_HZ, STEPS_PER_SAMPLE, TIME_STEP_S
from lichtspiel.take import Impact, Rub

KNOCK_SPEED_M_S = 0.02
"""Slower approaches make no impact."""
CHATTER_S = 0.008
"""Two faces that meet again within this time have met once."""
_SETTLING_S = 0.1
_SETTLING_SPEED_M_S = 0.12
"""Things are staged with half a millimetre to spare; that they sink into place is no event."""
_ROLLING_ON = 0.1
"""Faces that touch already and roll on over the facets of a curved surface meet the next one at
less than this share of their speed along it. That changes hardly any momentum and is no knock."""
_LONGEST_KNOCK_S = 0.04
_FADED = 0.1
"""Share of its peak below which the force of a knock is over."""

SLIDE_SPEED_M_S = 0.005
ROLL_SPEED_M_S = 0.01
_SLIP_OF_ROLLING = 0.2
"""What slips more than this share of its travel slides."""
_LEAST_FORCE_N = 1e-3
_SHORTEST_RUB_S = 0.03
_BRIDGED_SAMPLES = 4
"""A rub goes on over gaps of up to this many samples."""


def impacts_of(traces: Iterable[Trace]) -> tuple[Impact, ...]:
    """All knocks, in the order of time."""
    impacts = [impact for trace in traces for impact in _knocks(trace)]
    return tuple(sorted(impacts, key=lambda impact: (impact.time_s, impact.first, impact.second)))


def rubs_of(traces: Iterable[Trace]) -> tuple[Rub, ...]:
    """All intervals of sliding and rolling, in the order of time."""
    rubs = [rub for trace in traces for rub in _rubs(trace)]
    return tuple(sorted(rubs, key=lambda rub: (rub.start_s, rub.first, rub.second, rub.kind)))


def _knocks(trace: Trace) -> Iterator[Impact]:
    """A knock begins where a point arrives: it approaches fast and is hardly in yet."""
    arrives = (trace.approach >= KNOCK_SPEED_M_S) & (trace.depth <= 1.5 * TIME_STEP_S * trace.approach)
    settling = (trace.step * TIME_STEP_S < _SETTLING_S) & (trace.approach < _SETTLING_SPEED_M_S)
    touched = trace.step == np.concatenate([[-1], (trace.step + trace.stride)[:-1]])
    rolls_on = touched & (trace.approach < _ROLLING_ON * trace.travel)
    onsets = np.flatnonzero(arrives & ~settling & ~rolls_on)
    chatter = CHATTER_S / TIME_STEP_S
    at = 0
    while at < len(onsets):
        begin = onsets[at]
        together = at + 1
        while together < len(onsets) and trace.step[onsets[together]] - trace.step[begin] < chatter:
            together += 1
        last = onsets[together - 1]
        limit = onsets[together] if together < len(onsets) else len(trace.step)
        yield _impact(trace, onsets[at:together], _end(trace, begin, last, limit))
        at = together


def _end(trace: Trace, begin: int, last: int, limit: int) -> int:
    """Row after the last one of a knock whose last arrival is at row `last`."""
    peak, row = 0.0, last
    while row < limit:
        gone = row > last and trace.step[row] - trace.step[row - 1] > trace.stride[row - 1]
        too_long = (trace.step[row] - trace.step[begin]) * TIME_STEP_S > _LONGEST_KNOCK_S
        if gone or too_long:
            break
        peak = max(peak, trace.force[row])
        if trace.force[row] < _FADED * peak:
            break
        row += 1
    return max(row, last + 1)


def _impact(trace: Trace, onsets: NDArray[np.int64], end: int) -> Impact:
    first = onsets[0]
    main = onsets[int(np.argmax(trace.approach[onsets]))]
    # The point came in during the last step; its depth tells when.
    onset = trace.step[first] * TIME_STEP_S - min(trace.depth[first] / trace.approach[first], TIME_STEP_S)
    return Impact(
        time_s=max(float(onset), 0.0),
        first=trace.first.body,
        second=trace.second.body,
        first_material=trace.first.material,
        second_material=trace.second.material,
        position=_vec3(trace.position[main]),
        normal=_vec3(trace.normal[main]),
        impulse_ns=float(trace.force[first:end] @ trace.stride[first:end] * TIME_STEP_S),
        normal_speed=float(trace.approach[main]),
        tangential_speed=float(trace.fast_slip[main]),
        duration_s=float((trace.step[end - 1] + trace.stride[end - 1] - trace.step[first]) * TIME_STEP_S),
        first_label=trace.first.label,
        second_label=trace.second.label,
    )


def _rubs(trace: Trace) -> Iterator[Rub]:
    sample = trace.step // STEPS_PER_SAMPLE
    starts = np.flatnonzero(np.diff(sample, prepend=-1))
    at = sample[starts]
    lasting = trace.force * trace.stride
    summed = np.add.reduceat(lasting, starts)
    force = summed / STEPS_PER_SAMPLE

    def mean(values: Array) -> Array:
        return np.asarray(np.add.reduceat(values * lasting, starts) / np.maximum(summed, 1e-12))

    slip, travel = mean(trace.slip), mean(trace.travel)
    pressed = force >= _LEAST_FORCE_N
    slides = pressed & (slip >= SLIDE_SPEED_M_S) & (slip > _SLIP_OF_ROLLING * travel)
    rolls = pressed & (travel >= ROLL_SPEED_M_S) & ~slides
    position = trace.position[starts]
    for kind, active, speed in (("slide", slides, slip), ("roll", rolls, travel)):
        rows = np.flatnonzero(active)
        if not len(rows):
            continue
        breaks = np.flatnonzero(np.diff(at[rows]) > _BRIDGED_SAMPLES) + 1
        for low, high in pairwise([0, *breaks.tolist(), len(rows)]):
            chosen = rows[low:high]
            count = int(at[chosen[-1]] - at[chosen[0]]) + 1
            if count / RATE_HZ < _SHORTEST_RUB_S:
                continue
            yield _rub(kind, trace, at[chosen], count, (speed[chosen], force[chosen], position[chosen]))


def _rub(
    kind: str, trace: Trace, samples: NDArray[np.int64], count: int, rows: tuple[Array, Array, Array]
) -> Rub:
    speed, force, position = rows
    place = samples - samples[0]
    times = np.arange(count)
    pressed = np.zeros(count)
    pressed[place] = force
    return Rub(
        kind="slide" if kind == "slide" else "roll",
        first=trace.first.body,
        second=trace.second.body,
        first_material=trace.first.material,
        second_material=trace.second.material,
        start_s=float(samples[0] / RATE_HZ),
        rate_hz=RATE_HZ,
        speed=np.interp(times, place, speed),
        normal_force=pressed,
        position=np.column_stack([np.interp(times, place, position[:, axis]) for axis in range(3)]),
    )


def _vec3(values: Array) -> tuple[float, float, float]:
    return (float(values[0]), float(values[1]), float(values[2]))
