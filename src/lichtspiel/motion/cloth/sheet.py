"""A sheet of cloth that moves: threads that keep their length, what it lies on, its weight and the air.

Position-based dynamics with small steps (Müller et al., 2007; Macklin et al., 2019), bonds that pull all of
the cloth at once (`tension`) and long-range tethers (Kim et al., 2012), so that cloth neither stretches nor
needs many rounds. It does not feel itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.motion.cloth import breeze
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.coarse import Coarse
from lichtspiel.motion.cloth.halves import ASIDE_M, DEEP_M, Halves, along, held_off
from lichtspiel.motion.cloth.nearest import Nearest
from lichtspiel.motion.cloth.strain import Strain
from lichtspiel.motion.cloth.tension import Tension
from lichtspiel.motion.cloth.underlay import PINNED, Surface
from lichtspiel.motion.cloth.weave import Weave

Fine = NDArray[np.floating]
_Pairs = tuple[NDArray[np.integer], NDArray[np.integer]]
"""Places, or rows of cloth, and for each the point of a body that is nearest."""
_FINE = np.float32
"""Of the solver: some micrometres at fifty metres, at half the memory."""
_STEPS_HZ = 192.0
"""Small steps in a second."""
_QUICK_M = 0.03
"""Way of what cloth lies on in a small step, for which steps are made smaller yet."""
_PULLS = 2
"""Times in a step that cloth is held together and off what it lies on."""
_LIES_M = 0.005
"""What is nearer than this to where it is held off lies on it."""
_HELD_PER_S = 25.0
"""How fast what is half pinned goes back to where the body carries it."""
_FADING_PER_S = 1.2
_FASTEST_M_S = 3.0
"""Cloth is not faster than this and twice what it lies on."""
_REACH_M = 0.15
"""What is farther off than this cannot come up to it within a sample."""
_BETWEEN_M = 0.1
"""The same between two vertices."""
_LOOKS_M, _MOST_LOOKS = 0.02, 6
"""Way of what cloth lies on, in a sample and beside the cloth's own, for which what is near is looked for
once more on the way, and how often at most."""
_FRICTION = 0.2
_ROUNDS = 4
"""Times that cloth is laid off what it has sunk into."""
_BESIDE_M = 0.03
"""How far points beside the nearest one, that cloth is held off too, at most are from it."""
_RIDGE_M, _OVER_RIDGE_M = 0.008, 0.001
"""How far cloth at most is lifted for them, and how far it is over the planes through them."""
_ALIKE = 0.3
"""Least cosine between the normals of points on the same side of what cloth lies on."""
_GUSTS = 2
"""Samples from one in which the air is looked at anew to the next."""
_SLOW_M = 0.06
"""Way of what cloth lies on in a sample, beside the cloth's own, until which all of it is laid over that in
one sample of two."""
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
    strain: Strain
    pinned: Array
    clearance: Array
    laid_m: Array
    area: Array
    mass_kg_m2: float
    stiff: float

    @cached_property
    def carried(self) -> IntArray:
        """(K,) those of its vertices for which it counts where a body carries them."""
        return np.union1d(np.flatnonzero(self.pinned > 0), self.coarse.vertices).astype(np.int32)


def moved(
    sheet: Sheet,
    carried: Array,
    body: Sequence[Surface],
    rate_hz: float,
    air: Air,
    ground_m: float,
    lead: int,
) -> Array:
    """Where its vertices are over time (T, N, 3), from where a body carries some of them (T, K, 3) and what
    they lie on at every sample.

    What moves on after the `lead` carries its cloth along from the first sample.
    """
    cloth = _Cloth(sheet, carried, body, rate_hz, air, ground_m)
    found: Array = np.empty((len(carried), len(sheet.pinned), 3), _FINE)
    found[0] = cloth.first
    before: Fine = np.zeros_like(found[0])
    half_way = False
    for sample in range(1, len(carried)):
        slow = cloth.advance(sample)
        over = cloth.spread(sample)
        if slow and (sample - lead) % 2 and sample + 1 < len(carried):
            cloth.lie_on(sample, over)
            found[sample], half_way = over, True
        else:
            found[sample] = cloth.laid(sample, over)
            laid = found[sample] - over
            if half_way:
                # So much it is laid there, too.
                found[sample - 1] += (before + laid) / 2
                cloth.settle(sample - 1, found[sample - 1])
            before, half_way = laid, False
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
        self._carried = carried[:, np.searchsorted(sheet.carried, self._some)]
        self._rate_hz, self._air, self._ground_m = rate_hz, air, ground_m
        self._mass = np.maximum(sheet.area, 1e-7) * sheet.mass_kg_m2
        pinned = sheet.pinned[self._some]
        free = (pinned < PINNED).astype(_FINE)
        self._fast = np.flatnonzero(free == 0)
        self._free = np.flatnonzero(free)
        self._held_back = pinned / np.maximum(1 - pinned, 1e-6)
        self._tension = Tension(sheet.weave, sheet.stiff, self._mass, self._free)
        self._clearance, self._laid_m = sheet.clearance.astype(_FINE), sheet.laid_m.astype(_FINE)
        self._tether_m = sheet.weave.tether_m.astype(_FINE)[self._free]
        self._tether_to = sheet.weave.tether_to[self._free]
        self._place = self._carried[0].copy()
        self.speed = np.zeros_like(self._place)
        self._force = np.zeros_like(self._place)
        held = sheet.pinned[sheet.carried]
        self._held = np.flatnonzero(held > 0)
        self._held_rows, held = sheet.carried[self._held], held[self._held, None]
        self._firmly = (held**2 * (3 - 2 * held)).astype(_FINE)
        self._loose_rows = np.flatnonzero(sheet.pinned < PINNED)
        self._near: _Pairs = (self._free[:0], self._free[:0])
        self._halves = Halves.of(sheet.coarse.triangles, free, self._clearance)
        self._near_halves: _Pairs = self._near
        self._sunk: _Pairs = self._near
        self._nearest = Nearest.of(body[0][0])
        self.first = self.laid(0, self.spread(0))

    def advance(self, sample: int) -> bool:
        """To a sample, from the one before; whether what it lies on has moved slowly."""
        before, after = self._carried[sample - 1], self._carried[sample]
        ends = self._body[sample - 1], self._body[sample]
        old, new = ends[0][0], ends[1][0]
        drift = (after - before).mean(0) * _FINE(self._rate_hz)
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
        _, near = self._near
        ways = new.take(near, 0) - old.take(near, 0)
        # What goes along with the cloth comes no nearer to it.
        aside = _farthest(ways - drift / _FINE(self._rate_hz))
        quick = _farthest(ways)
        looks = int(np.clip(np.ceil(aside / _LOOKS_M), 1, _MOST_LOOKS))
        steps = int(np.ceil(max(_STEPS_HZ / self._rate_hz, quick / _QUICK_M) / looks))
        dt = 1 / self._rate_hz / looks / steps
        push = dt * (np.asarray(self._air.gravity, _FINE) + self._force)
        fastest = _FASTEST_M_S + 2 * max(quick * self._rate_hz, float(np.linalg.norm(drift)))
        for look in range(looks):
            share = _FINE(look / looks)
            if look:
                self._seek(old + share * (new - old))
            rows, close = self._near
            skin = rows, *_between(*ends, close, share, _FINE(looks))
            halves, close = self._near_halves
            between = self._halves.some(halves), *_between(*ends, close, share, _FINE(looks))
            self._tension.lie(self._lying(skin, between))
            goal = before + share * (after - before), (after - before) / _FINE(looks)
            self._step(goal, skin, between, steps, dt, push, fastest)
        return aside < _SLOW_M

    def _step(
        self,
        goal: tuple[Fine, Fine],
        skin: tuple[NDArray[np.integer], Fine, Fine, Fine],
        between: tuple[Halves, Fine, Fine, Fine],
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
        halves, their_points, their_normals, their_way = between
        held = (1 - np.exp(-_HELD_PER_S * self._held_back**2 * dt))[:, None].astype(_FINE)
        for part in range(1, steps + 1):
            share = _FINE(part / steps)
            start = self._place
            place = start + dt * (self.speed + push) * (1 - _FADING_PER_S * dt)
            carried = first + share * ahead
            place += held * (carried - place)
            there = their_points + share * their_way
            for _ in range(_PULLS):
                self._tension.pull(place)
                self._hold_by_tethers(place)
                halves.keep_off(place, there, their_normals)
            self._keep_off(place, start, rows, points + share * way, normals, way / steps)
            np.maximum(place[:, 2], self._ground_m + 0.004, out=place[:, 2])
            place[self._fast] = carried[self._fast]
            speed = (place - start) / dt
            size = np.sqrt(along(speed, speed))
            self.speed = speed * np.minimum(1.0, fastest / np.maximum(size, 1e-9))[:, None]
            self._place = place

    def _lying(
        self,
        skin: tuple[NDArray[np.integer], Fine, Fine, Fine],
        between: tuple[Halves, Fine, Fine, Fine],
    ) -> NDArray[np.bool_]:
        """(C,) which of the places will lie on what is near to them, or would be in it."""
        found = np.zeros(len(self._place), bool)
        rows, points, normals, way = skin
        places, clearance = self._place.take(rows, 0), self._clearance.take(rows) + _LIES_M
        hit, _ = held_off(places, clearance, points + way, normals)
        found[rows[hit]] = True
        halves, points, normals, way = between
        hit, _ = held_off(halves.places(self._place), halves.clearance + _LIES_M, points + way, normals)
        found[halves.first[hit]] = found[halves.second[hit]] = True
        return found

    def _hold_by_tethers(self, place: Fine) -> None:
        free = place.take(self._free, 0)
        rope = free - place.take(self._tether_to, 0)
        length = np.sqrt(along(rope, rope))
        tight = np.flatnonzero(length > self._tether_m)
        if len(tight):
            over = self._tether_m.take(tight) / np.maximum(length.take(tight), 1e-9)
            place[self._free.take(tight)] = free.take(tight, 0) - (1 - over)[:, None] * rope.take(tight, 0)

    def _keep_off(
        self, place: Fine, start: Fine, rows: NDArray[np.integer], points: Fine, normals: Fine, way: Fine
    ) -> None:
        """Off points (K, 3) near to some of the places, that have come a way (K, 3) in this step."""
        hit, depth = held_off(place.take(rows, 0), self._clearance.take(rows), points, normals)
        if not len(hit):
            return
        which, normal = rows.take(hit), normals.take(hit, 0)
        there = place.take(which, 0) + depth[:, None] * normal
        slip = there - start.take(which, 0) - way.take(hit, 0)
        slid = slip - along(slip, normal)[:, None] * normal
        size = np.sqrt(along(slid, slid))
        # Coulomb's law: at most so much of the slip as the push off the skin allows.
        held = np.minimum(_FRICTION * depth / np.maximum(size, 1e-9), 1.0)
        place[which] = there - held[:, None] * slid

    def _seek(self, points: Fine) -> cKDTree:
        """Find what of a body at points (P, 3) is near to the places."""
        tree = self._nearest.tree(points)
        free = self._place.take(self._free, 0)
        near, away = self._nearest.to(tree, points, free, _REACH_M)
        close = away < _REACH_M
        self._near = self._free[close], near[close]
        # What goes with the body is always near to it.
        self._watched = np.ones(len(self._place), bool)
        self._watched[self._free[away >= _WATCHED_M]] = False
        at = np.full(len(self._place), -1)
        at[self._free[close]] = near[close]
        halves = np.flatnonzero((at[self._halves.first] >= 0) & (at[self._halves.second] >= 0))
        middle = self._halves.some(halves).places(self._place)
        near, away = self._nearest.nearer(points, middle, at[self._halves.first[halves]])
        close = away < _BETWEEN_M
        self._near_halves = halves[close], near[close]
        return tree

    def _follow(self, points: Fine) -> None:
        """Find what of a body at points (P, 3) is near to the places, beside what was."""
        rows, near = self._near
        self._near = rows, self._nearest.nearer(points, self._place.take(rows, 0), near)[0]
        rows, near = self._near_halves
        middle = self._halves.some(rows).places(self._place)
        self._near_halves = rows, self._nearest.nearer(points, middle, near)[0]

    def spread(self, sample: int) -> Fine:
        """All of the cloth (N, 3) at a sample as what is solved for has it."""
        found = self._sheet.coarse.spread(self._place)
        free = found.take(self._held_rows, 0)
        own = self._all[sample].take(self._held, 0)
        found[self._held_rows] = free + self._firmly * (own - free)
        return found

    def laid(self, sample: int, over: Fine) -> Fine:
        """All of the cloth (N, 3) over what it would sink into; what is solved for is lifted with it."""
        (points, normals), cloth = self._body[sample], over.copy()
        tree = self._seek(points)
        rows: NDArray[np.integer] = self._loose_rows[
            self._watched[self._sheet.coarse.nearest[self._loose_rows]]
        ]
        near, away = self._nearest.to(tree, points, cloth.take(rows, 0), _CLOSE_M)
        close = away < _CLOSE_M
        self._sunk = self._put_off(cloth, rows[close], near[close], points, normals)
        touched = rows = self._sunk[0]
        for _ in range(_ROUNDS - 1):
            # In a crease, what is pushed off one side of it may be in the other.
            if not len(rows):
                break
            near, _ = self._nearest.to(tree, points, cloth.take(rows, 0), np.inf)
            rows, _ = self._put_off(cloth, rows, near, points, normals)
        self._sheet.strain.limit(cloth)
        np.maximum(cloth[:, 2], self._ground_m + 0.002, out=cloth[:, 2])
        self._lift(touched, cloth.take(touched, 0) - over.take(touched, 0))
        return cloth

    def lie_on(self, sample: int, over: Fine) -> None:
        """Lift what is solved for where all of the cloth (N, 3) had sunk in a sample ago and does again."""
        points, normals = self._body[sample]
        self._follow(points)
        cloth = over.copy()
        touched, _ = self._put_off(cloth, *self._sunk, points, normals)
        self._lift(touched, cloth.take(touched, 0) - over.take(touched, 0))

    def settle(self, sample: int, cloth: Fine) -> None:
        """All of the cloth (N, 3) of the sample before over what had sunk in this one, and drawn together."""
        self._put_off(cloth, *self._sunk, *self._body[sample])
        self._sheet.strain.limit(cloth)

    def _put_off(
        self, cloth: Fine, rows: NDArray[np.integer], near: NDArray[np.integer], points: Fine, normals: Fine
    ) -> _Pairs:
        """Push some rows (K,) of cloth off the body's points near (K,) to them, and off what is beside these;
        which of them that has moved, and what they are near to.

        Between its vertices cloth is as flat as the planes through the points are.
        """
        apart = cloth.take(rows, 0) - points.take(near, 0)
        height = along(apart, normals.take(near, 0))
        aside = along(apart, apart) - height * height
        low = (height < self._laid_m.take(rows) + _RIDGE_M) & (aside < ASIDE_M**2) & (height > -DEEP_M)
        rows, near, height = rows[low], near[low], height[low]
        depth = self._laid_m.take(rows) - height
        place, facing = cloth.take(rows, 0), normals.take(near, 0)
        for other in self._nearest.beside[1:].take(near, 1):
            apart, normal = place - points.take(other, 0), normals.take(other, 0)
            above = along(apart, normal)
            alike = along(facing, normal)
            ridge = (alike > _ALIKE) & (along(apart, apart) < _BESIDE_M**2)
            lack = np.minimum((_OVER_RIDGE_M - above) / np.maximum(alike, _ALIKE), _RIDGE_M)
            depth = np.where(ridge, np.maximum(depth, lack), depth)
        hit = np.flatnonzero(depth > 0)
        rows = rows.take(hit)
        cloth[rows] = place.take(hit, 0) + depth.take(hit)[:, None] * facing.take(hit, 0)
        return rows, near.take(hit)

    def _lift(self, rows: NDArray[np.integer], ways: Fine) -> None:
        """What is solved for with rows (K,) of all of the cloth that have been laid over something, by ways
        (K, 3)."""
        if len(rows):
            lifted = np.c_[ways, np.ones(len(rows), _FINE)]
            total = (self._sheet.coarse.weight[rows].T @ lifted)[self._free]
            self._place[self._free] += total[:, :3] / np.maximum(total[:, 3:], 1.0)


def _between(
    before: Surface, after: Surface, close: NDArray[np.integer], share: np.float32, looks: np.float32
) -> tuple[Fine, Fine, Fine]:
    """Some points (K, 3) of a surface, after a share of the way from one sample to the next, their normals
    and their ways until the next of so many looks."""
    old, was = (part.take(close, 0) for part in before)
    new, facing = (part.take(close, 0) for part in after)
    way = new - old
    return old + share * way, was + share * (facing - was), way / looks


def _farthest(ways: Fine) -> float:
    """Longest of some ways (N, 3)."""
    return float(np.sqrt(along(ways, ways).max(initial=0.0)))
