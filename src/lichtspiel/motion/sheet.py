"""A sheet of cloth that moves: threads that keep their length, what it lies on, its weight and the air.

Position-based dynamics with small steps (Müller et al., 2007; Macklin et al., 2019) and long-range tethers
(Kim et al., 2012), so that cloth neither stretches nor needs many rounds. It does not feel itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion import breeze
from lichtspiel.motion.breeze import Air
from lichtspiel.motion.coarse import Coarse
from lichtspiel.motion.underlay import Surface
from lichtspiel.motion.weave import Bonds, Weave

Fine = NDArray[np.floating]
_FINE = np.float32
"""Of the solver: some micrometres at fifty metres, at half the memory."""
_STEPS_HZ = 192.0
"""Small steps in a second."""
_QUICK_M = 0.03
"""Way of what cloth lies on in a small step, for which steps are made smaller yet."""
_SHEAR = 0.2
"""Share of an error against shear and bending that is put right in a step, of the softest cloth."""
_STIFF = 0.5
"""The same, more, of the stiffest."""
_HELD_PER_S = 25.0
"""How fast what is half pinned goes back to where the body carries it."""
_FADING_PER_S = 1.2
_FASTEST_M_S = 3.0
"""Cloth is not faster than this and twice what it lies on."""
_DEEP_M, _ASIDE_M = 0.1, 0.05
"""How far below a point that it lies on, and how far beside it, cloth is still held off by it."""
_REACH_M = 0.2
"""What is farther off than this cannot come up to it within a sample."""
_LOOKS_M, _MOST_LOOKS = 0.05, 6
"""Way of what cloth lies on, in a sample, for which what is near is looked for once more on the way, and how
often at most."""
_FRICTION = 0.35
_PINNED = 1 - 1e-6
_ROUNDS = 4
"""Times that cloth is laid off what it has sunk into."""
_GUSTS = 2
"""Samples from one in which the air is looked at anew to the next."""
_SLOW_M = 0.03
"""Way of what cloth lies on until which what was near to it is still so."""
_CLOSE_M = 0.11
"""What is farther off than this, cloth has not sunk into."""
_WATCHED_M = 0.08
"""Cloth is looked at where what is solved for is nearer than this to what it lies on."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """Cloth of N vertices of which C are solved for.

    pinned: (N,) from 1 where a body carries it to 0 where it hangs free. clearance: (C,) how far the
    vertices that are solved for keep off what they lie on, laid_m: (N,) how far all of them at least do.
    area: (C,) m². stiff: resistance against folds from 0 to 1.
    """

    coarse: Coarse
    weave: Weave
    pinned: Array
    clearance: Array
    laid_m: Array
    area: Array
    mass_kg_m2: float
    stiff: float


def moved(
    sheet: Sheet,
    carried: Array,
    body: Sequence[Surface],
    rate_hz: float,
    air: Air,
    ground_m: float,
    lead: int,
) -> Array:
    """Where its vertices are over time (T, N, 3), from where a body carries them (T, N, 3) and what they
    lie on at every sample.

    What moves on after the `lead` carries its cloth along from the first sample.
    """
    cloth = _Cloth(sheet, carried, body, rate_hz, air, ground_m)
    found: Array = np.empty(carried.shape, _FINE)
    found[0] = carried[0]
    for sample in range(1, len(carried)):
        found[sample] = cloth.advanced(sample)
        if sample == lead and lead + 1 < len(carried):
            cloth.speed += (carried[lead + 1] - carried[lead]).mean(0) * rate_hz
    return found


class _Cloth:
    """A sheet at one moment."""

    def __init__(
        self,
        sheet: Sheet,
        carried: Array,
        body: Sequence[Surface],
        rate_hz: float,
        air: Air,
        ground_m: float,
    ) -> None:
        self._sheet, self._all, self._body = sheet, carried, body
        self._some = sheet.coarse.vertices
        self._carried = carried[:, self._some]
        self._rate_hz, self._air, self._ground_m = rate_hz, air, ground_m
        self._mass = np.maximum(sheet.area, 1e-7) * sheet.mass_kg_m2
        pinned = sheet.pinned[self._some]
        free = (pinned < _PINNED).astype(_FINE)
        self._fast = np.flatnonzero(free == 0)
        self._free = np.flatnonzero(free)
        self._held_back = pinned / np.maximum(1 - pinned, 1e-6)
        self._threads = [_Pull.of(bonds, free, 1.0) for bonds in sheet.weave.threads]
        self._loose = _Pull.of(sheet.weave.loose, free, _SHEAR + _STIFF * sheet.stiff)
        self._gather = _gathering(self._loose, len(free))
        self._clearance, self._laid_m = sheet.clearance.astype(_FINE), sheet.laid_m.astype(_FINE)
        self._tether_m = sheet.weave.tether_m.astype(_FINE)[self._free]
        self._tether_to = sheet.weave.tether_to[self._free]
        self._place = self._carried[0].copy()
        self.speed = np.zeros_like(self._place)
        self._force = np.zeros_like(self._place)
        self._loosely = (1 - sheet.pinned**2 * (3 - 2 * sheet.pinned))[:, None].astype(_FINE)
        self._loose_rows = np.flatnonzero(sheet.pinned < _PINNED)
        self._near = self._close = (self._free[:0], self._free[:0])
        self._gone_m = 0.0
        self._laid(*body[0], carried[0])

    def advanced(self, sample: int) -> Fine:
        """Where it is a sample after it was last."""
        before, after = self._carried[sample - 1], self._carried[sample]
        (old, was), (new, facing) = self._body[sample - 1], self._body[sample]
        drift = (after - before).mean(0) * self._rate_hz
        if sample % _GUSTS == 1:
            self._force = breeze.push(
                self._air,
                self._place,
                self.speed,
                drift,
                self._mass,
                self._sheet.coarse,
                sample / self._rate_hz,
            )
        way = new - old
        _, near = self._near
        quick = float(np.sqrt(np.einsum("ni,ni->n", way[near], way[near]).max(initial=0.0)))
        looks = int(np.clip(np.ceil(quick / _LOOKS_M), 1, _MOST_LOOKS))
        steps = max(round(_STEPS_HZ / self._rate_hz / looks), int(np.ceil(quick / looks / _QUICK_M)), 1)
        dt = 1 / self._rate_hz / looks / steps
        push = dt * (np.asarray(self._air.gravity, _FINE) + self._force)
        fastest = _FASTEST_M_S + 2 * max(quick * self._rate_hz, float(np.linalg.norm(drift)))
        for look in range(looks):
            share = _FINE(look / looks)
            points, normals = old + share * way, was + share * (facing - was)
            if look:
                carried = self._all[sample - 1] + share * (self._all[sample] - self._all[sample - 1])
                self._laid(points, normals, carried)
            rows, near = self._near
            skin = points[near], normals[near], way[near] / _FINE(looks)
            goal = before + share * (after - before), (after - before) / _FINE(looks)
            self._step(goal, (rows, *skin), steps, dt, push, fastest)
        self._gone_m += quick
        if self._gone_m < _SLOW_M and sample % 2:
            return self._laid_again(new, facing, self._all[sample])
        self._gone_m = 0.0
        return self._laid(new, facing, self._all[sample])

    def _step(
        self,
        goal: tuple[Fine, Fine],
        skin: tuple[NDArray[np.integer], Fine, Fine, Fine],
        steps: int,
        dt: float,
        push: Fine,
        fastest: float,
    ) -> None:
        """Some small steps on what the body carries it to: where that begins, and its way.

        skin: places (K,) with the point, normal and way of what is near to each. push: change of speed in a
        step.
        """
        (first, ahead), (rows, points, normals, way) = goal, skin
        held = (1 - np.exp(-_HELD_PER_S * self._held_back**2 * dt))[:, None].astype(_FINE)
        for part in range(1, steps + 1):
            share = _FINE(part / steps)
            start = self._place
            place = start + dt * (self.speed + push) * (1 - _FADING_PER_S * dt)
            carried = first + share * ahead
            place += held * (carried - place)
            self._hold_together(place)
            self._keep_off(place, start, rows, points + share * way, normals, way / steps)
            np.maximum(place[:, 2], self._ground_m + 0.004, out=place[:, 2])
            place[self._fast] = carried[self._fast]
            speed = (place - start) / dt
            size = np.sqrt(np.einsum("ni,ni->n", speed, speed))
            self.speed = speed * np.minimum(1.0, fastest / np.maximum(size, 1e-9))[:, None]
            self._place = place

    def _hold_together(self, place: Fine) -> None:
        place += self._gather @ self._loose.error(place)
        for bonds in self._threads:
            move = bonds.error(place)
            place[bonds.first] += bonds.first_share * move
            place[bonds.second] -= bonds.second_share * move
        free = place[self._free]
        rope = free - place[self._tether_to]
        length = np.sqrt(np.einsum("ni,ni->n", rope, rope))
        over = np.minimum(self._tether_m / np.maximum(length, 1e-9), 1.0)
        place[self._free] = free - (1 - over)[:, None] * rope

    def _keep_off(
        self, place: Fine, start: Fine, rows: NDArray[np.integer], points: Fine, normals: Fine, way: Fine
    ) -> None:
        """Off points (K, 3) near to some of the places, that have come a way (K, 3) in this step."""
        hit, depth = held_off(place[rows], self._clearance[rows], points, normals)
        which, normal = rows[hit], normals[hit]
        there = place[which] + depth[:, None] * normal
        slip = there - start[which] - way[hit]
        along = slip - np.einsum("ni,ni->n", slip, normal)[:, None] * normal
        size = np.sqrt(np.einsum("ni,ni->n", along, along))
        # Coulomb's law: at most so much of the slip as the push off the skin allows.
        held = np.minimum(_FRICTION * depth / np.maximum(size, 1e-9), 1.0)
        place[which] = there - held[:, None] * along

    def _laid(self, points: Fine, normals: Fine, carried: Fine) -> Fine:
        """All of the cloth over what it would sink into; what is solved for is lifted with it.

        carried: (N, 3) where the body carries all of it to. What is near to the places is kept.
        """
        coarse = self._sheet.coarse
        tree = cKDTree(points, balanced_tree=False, compact_nodes=False)
        away, found = tree.query(self._place[self._free], distance_upper_bound=_REACH_M)
        close = np.isfinite(away)
        self._near = self._free[close], found[close]
        watched = np.zeros(len(self._place), bool)
        watched[self._free[away < _WATCHED_M]] = True
        cloth: Fine = carried + self._loosely * (coarse.spread(self._place) - carried)
        rows: NDArray[np.integer] = self._loose_rows[watched[coarse.nearest[self._loose_rows]]]
        away, near = tree.query(cloth[rows], distance_upper_bound=_CLOSE_M)
        close = np.isfinite(away)
        self._close = rows[close], near[close]
        touched, sunk = self._pushed(cloth, points, normals)
        rows = touched
        for _ in range(_ROUNDS - 1):
            # In a crease, what is pushed off one side of it may be in the other.
            if not len(rows):
                break
            _, near = tree.query(cloth[rows])
            hit, depth = held_off(cloth[rows], self._laid_m[rows], points[near], normals[near])
            rows = rows[hit]
            cloth[rows] += depth[:, None] * normals[near[hit]]
        self._lift(cloth, touched, sunk)
        return cloth

    def _laid_again(self, points: Fine, normals: Fine, carried: Fine) -> Fine:
        """The same a moment later: over what has been near to it before."""
        cloth: Fine = carried + self._loosely * (self._sheet.coarse.spread(self._place) - carried)
        self._lift(cloth, *self._pushed(cloth, points, normals))
        return cloth

    def _pushed(self, cloth: Fine, points: Fine, normals: Fine) -> tuple[NDArray[np.integer], Fine]:
        """Push cloth off what it is close to; which of it that is, and where it was."""
        rows, near = self._close
        hit, depth = held_off(cloth[rows], self._laid_m[rows], points[near], normals[near])
        rows = rows[hit]
        sunk = cloth[rows]
        cloth[rows] += depth[:, None] * normals[near[hit]]
        return rows, sunk

    def _lift(self, cloth: Fine, touched: NDArray[np.integer], sunk: Fine) -> None:
        """What is solved for with what has been laid over something, from where it was."""
        np.maximum(cloth[:, 2], self._ground_m + 0.002, out=cloth[:, 2])
        if len(touched):
            lifted = np.c_[cloth[touched] - sunk, np.ones(len(touched), _FINE)]
            total = (self._sheet.coarse.weight[touched].T @ lifted)[self._free]
            self._place[self._free] += total[:, :3] / np.maximum(total[:, 3:], 1.0)


@dataclass(frozen=True, eq=False)
class _Pull:
    """Bonds with how much of what they ask each end does."""

    first: IntArray
    second: IntArray
    length: Fine
    first_share: Fine
    """(N, 1)"""
    second_share: Fine

    @classmethod
    def of(cls, bonds: Bonds, free: Fine, share: float) -> _Pull:
        """Of bonds between vertices of which some are free (1) and some are not (0)."""
        moves = free[bonds.first] + free[bonds.second] > 0
        first, second = bonds.first[moves], bonds.second[moves]
        both = (free[first] + free[second])[:, None] / _FINE(share)
        length = bonds.length[moves].astype(_FINE)
        return cls(first, second, length, free[first, None] / both, free[second, None] / both)

    def error(self, place: Fine) -> Fine:
        """(N, 3) by how much the ends of each bond are too far apart."""
        apart = place[self.second] - place[self.first]
        length = np.sqrt(np.einsum("ni,ni->n", apart, apart))
        return np.asarray((1 - self.length / np.maximum(length, _FINE(1e-9)))[:, None] * apart)


def _gathering(bonds: _Pull, count: int) -> sparse.csr_array:
    """(V, N) what each vertex does of what all of its bonds ask, divided by the root of their number."""
    number = np.arange(len(bonds.length))
    ends = np.concatenate([bonds.first, bonds.second])
    met = np.sqrt(np.maximum(np.bincount(ends, minlength=count), 1)).astype(_FINE)
    shares = np.concatenate([bonds.first_share[:, 0], -bonds.second_share[:, 0]]) / met[ends]
    return sparse.csr_array((shares, (ends, np.tile(number, 2))), (count, len(number)))


def held_off(places: Fine, clearance: Fine, points: Fine, normals: Fine) -> tuple[NDArray[np.integer], Fine]:
    """Which of some places (K, 3) are nearer to a surface than they should, each at a point (K, 3) of it,
    and by how much."""
    apart = places - points
    height = np.einsum("ni,ni->n", apart, normals)
    aside = np.einsum("ni,ni->n", apart, apart) - height * height
    hit = np.flatnonzero((height < clearance) & (aside < _ASIDE_M**2) & (height > -_DEEP_M))
    return hit, clearance[hit] - height[hit]
