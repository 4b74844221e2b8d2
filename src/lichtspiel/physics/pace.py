"""How long the steps of a run may be.

Where nothing knocks, longer steps do as well: free flight is exact at any step, and what lies, rolls or
slides changes slowly. A sample is taken in long steps on trial; when a contact turns out to be more than
that, it is taken again in short ones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.physics.contact import Contacts
from lichtspiel.physics.mechanism import STEPS_PER_SAMPLE, TIME_STEP_S, Mechanism
from lichtspiel.stage.world import Body, Control, Hold, Kick, World

FLIGHT, ROLLING = 4, 2
"""Short steps in a long one, where nothing touches, and where something only rolls: 1 ms, 0.5 ms."""
FEW = 3
"""Contacts that bear long steps. What stands on more of them, and on others, is so stiff that it would
tremble, and what trembles never sleeps."""
CALM_M_S = 0.02
"""Contacts whose sides neither approach nor part faster bear long steps. No knock is so soft."""
_STIFFEST = 0.1
"""Long steps take at least 2π/0.1 of themselves for one swing of the stiffest spring."""


class Pace:
    """Knows when a run's next sample may be taken in long steps."""

    def __init__(
        self,
        world: World,
        bodies: Sequence[Body],
        mechanism: Mechanism,
        controls: Sequence[Control],
        moments: Sequence[float] = (),
    ) -> None:
        self._patient = _bears_long_steps(world, bodies, mechanism)
        self._moments = sorted([*moments, *(moment for control in controls for moment in _moments(control))])
        self._careful_until = 0
        self._stride = 1

    def feel(self, contacts: Contacts | None) -> bool:
        """Whether the contacts of a step are calm."""
        if contacts is None:
            self._stride = FLIGHT
        else:
            calm = len(contacts.rows) <= FEW and float(np.abs(contacts.motion[:, 0]).max()) <= CALM_M_S
            self._stride = ROLLING if calm else 1
        return self._stride > 1

    def beware(self, step: int) -> None:
        """The sample that begins at this step has to be taken again; it and the next in short steps."""
        self._careful_until = step + 2 * STEPS_PER_SAMPLE

    def stride(self, step: int) -> int:
        """Short steps to take at once in the sample that begins at this step."""
        free = self.next_control(step) > step + STEPS_PER_SAMPLE
        return self._stride if self._patient and free and step >= self._careful_until else 1

    def next_control(self, step: int) -> float:
        """The step before which no control begins or ends from this one on."""
        later = [moment for moment in self._moments if moment > (step - 2) * TIME_STEP_S]
        return later[0] / TIME_STEP_S - 1 if later else np.inf


def _moments(control: Control) -> tuple[float, ...]:
    if isinstance(control, Hold):
        return (control.until_s,)
    return (control.at_s,) if isinstance(control, Kick) else (control.start_s, control.end_s)


def _bears_long_steps(world: World, bodies: Sequence[Body], mechanism: Mechanism) -> bool:
    """Stiff springs, ties, and chains of links under load swing too fast for them."""
    moving = {body.name for body in bodies if body.moves}
    if world.ties or any(body.parent in moving for body in bodies):
        return False
    model = mechanism.model
    stiffness = model.jnt_stiffness * model.dof_invweight0[model.jnt_dofadr]
    return bool((np.sqrt(stiffness) * FLIGHT * TIME_STEP_S < _STIFFEST).all())
