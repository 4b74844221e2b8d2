"""What holds cloth together: its bonds pull, and all of it follows at once.

The pull of every bond is worked out by itself; how the whole cloth gives in to all of them is one linear
system (projective dynamics: Bouaziz et al., 2014), in which what lies on a body is heavy. So a knee that
lifts cloth lifts what is around it too, where bonds that are put right one after the other are torn open.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import linalg

from lichtspiel.library.asset import Array
from lichtspiel.motion.cloth.weave import Weave

Fine = NDArray[np.floating]
_FINE = np.float32
_SHEAR, _STIFF = 0.2, 0.5
"""Strength of what resists shear, against that of a thread, of the softest cloth, and how much more of the
stiffest."""
_BENDING = 0.3
"""Strength of what resists bending, against that."""
_LOCKED = 1.2
"""Times its length that a bond aslant can be drawn: then the threads beside it touch."""
_INERTIA = 0.05
"""Strength with which a vertex of usual mass stays where it is, against that of a thread, in a small step."""
_LYING = 2.0
"""The same, more, of one that lies on a body."""
_NEWS = 0.15
"""Share of what lies on a body that changes until the system is set up anew."""


class Tension:
    """Cloth of V vertices of which F are free and E bonds join two."""

    def __init__(self, weave: Weave, stiff: float, mass: Array, free: NDArray[np.integer]) -> None:
        """Of cloth as stiff as from 0 to 1 whose vertices have masses (V,), some of them free."""
        soft = _SHEAR + _STIFF * stiff
        parts = [
            (weave.threads, 1.0, 1.0), (weave.aslant, _LOCKED, soft), (weave.across, np.inf, _BENDING * soft),
        ]  # fmt: skip
        counts = [len(bonds.length) for bonds, _, _ in parts]
        self._first = np.concatenate([bonds.first for bonds, _, _ in parts])
        self._second = np.concatenate([bonds.second for bonds, _, _ in parts])
        length = np.concatenate([bonds.length for bonds, _, _ in parts])
        self._length = length.astype(_FINE)
        self._most = (length * np.repeat([most for _, most, _ in parts], counts)).astype(_FINE)
        self._strength = np.repeat([strength for _, _, strength in parts], counts).astype(_FINE)
        number = np.arange(len(length))
        signs = np.repeat([1.0, -1.0], len(length))
        ends = (np.concatenate([self._first, self._second]), np.tile(number, 2))
        gather = sparse.csr_array((signs, ends), (len(mass), len(length)))[free]
        edges = gather[:, : counts[0] + counts[1]]
        inertia = _INERTIA * mass[free] / mass[free].mean()
        system = sparse.csc_array(edges @ edges.T + sparse.diags_array(inertia))
        # In this order the factors stay sparse: it is found once.
        order = np.argsort(_factored(system, "MMD_AT_PLUS_A").perm_c)
        self._free = free[order]
        self._gather = sparse.csr_array(gather[order].astype(_FINE))
        self._system = sparse.csc_array(system[order][:, order])
        self._system.sort_indices()
        columns = np.repeat(np.arange(len(free)), np.diff(self._system.indptr))
        self._diagonal = np.flatnonzero(self._system.indices == columns)
        self._alone = self._system.data[self._diagonal]
        self._solver: Any = None
        self._lying = np.zeros(len(mass), bool)
        self.lie(self._lying)

    def lie(self, lying: NDArray[np.bool_]) -> None:
        """From now on some of the vertices (V,) lie on a body, if that is news."""
        changed = np.count_nonzero(lying != self._lying)
        if self._solver is not None and changed <= _NEWS * np.count_nonzero(lying):
            return
        self._lying = lying
        self._system.data[self._diagonal] = self._alone + _LYING * lying[self._free]
        self._solver = _factored(self._system, "NATURAL")

    def pull(self, place: Fine) -> None:
        """Move the free ones of places (V, 3) to where the bonds have nearly their lengths."""
        at = np.ascontiguousarray(place.T)
        apart = at.take(self._second, 1) - at.take(self._first, 1)
        size = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1] + apart[2] * apart[2])
        beyond = np.maximum(size - self._most, 0)
        error = beyond + self._strength * (size - beyond - self._length)
        apart *= error / np.maximum(size, _FINE(1e-9))
        pulls = np.empty((3, len(self._free)))
        for axis, along in enumerate(apart):
            pulls[axis] = self._gather @ along
        place[self._free] = place.take(self._free, 0) + self._solver.solve(pulls.T).astype(_FINE)


def _factored(system: sparse.csc_array, order: str) -> Any:
    """A symmetric system (F, F), ready to be solved."""
    # Column by column: the panels that larger systems are worked off in take longer here.
    options = {"SymmetricMode": True}
    return linalg.splu(system, permc_spec=order, diag_pivot_thresh=0.0, panel_size=1, options=options)
