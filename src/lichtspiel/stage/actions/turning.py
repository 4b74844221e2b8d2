"""Things that spin, ring or drift."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.mesh import turn
from lichtspiel.screenplay import Beat
from lichtspiel.stage.blocking import UP, Blocking
from lichtspiel.stage.instance import multiply
from lichtspiel.stage.world import Kick

STRIKE_BACK_RAD = np.radians(27.0)
"""How far a clapper is drawn back before it strikes."""
SPIN_RAD_S = 30.0
COIN_SPIN_RAD_S = 60.0
"""Flick of a coin: about ten turns a second."""
TOP_SPIN_RAD_S = 120.0
"""Flick of a finger-spun top: about 20 turns a second."""
BREEZE_M_S = 6.0


def rest(blocking: Blocking, beat: Beat) -> None:
    """Nothing sets it moving."""


def spin(blocking: Blocking, beat: Beat) -> None:
    """Turns about its own axis from the first moment; a flat thing stands on its edge."""
    rng = blocking.rng(f"spin:{beat.subject}")
    for instance in blocking.subjects(beat):
        rotor = next((p for p in instance.asset.parts if p.name == "rotor"), None)
        if rotor is not None and rotor.joint.kind == "hinge":
            speed = TOP_SPIN_RAD_S * beat.speed
            blocking.controls.append(Kick(instance.body(rotor), 0.0, joint_speed=speed))
            continue
        x, y, z = instance.size
        flat = z < 0.5 * min(x, y)
        if flat:
            # Stood on its rim and leaning so far that it stands on one edge of the rim: upright, the
            # flat rim would rub the spin away at once and carry it like a foot.
            lean = float(np.arctan(z / max(x, y)) + rng.uniform(0.08, 0.16))
            upright = turn((1.0, 0.0, 0.0), np.pi / 2 - lean)
            instance.orientation = multiply(instance.orientation, upright)
            instance.position = instance.position + UP * (max(x, y) / 2 + z * np.sin(lean))
        pace = TOP_SPIN_RAD_S if "top" in instance.entry.tags else COIN_SPIN_RAD_S if flat else SPIN_RAD_S
        instance.angular_velocity = instance.angular_velocity + pace * beat.speed * UP
        if "top" in instance.entry.tags:
            lean = float(rng.uniform(0.08, 0.15))
            instance.orientation = multiply(turn((1.0, 0.0, 0.0), lean), instance.orientation)
        blocking.free(instance, "angular_velocity", UP, 0.4 * pace)
    blocking.expect(1.0)


def ring(blocking: Blocking, beat: Beat) -> None:
    """Its own striker strikes it; what has none is swung until it sounds."""
    start = blocking.start_of(beat)
    for instance in blocking.subjects(beat):
        striker = next((p for p in instance.asset.parts if p.name in ("clapper", "striker")), None)
        if striker is None:
            blocking.wind = BREEZE_M_S * blocking.ground.right
            continue
        axis = striker.joint.axis if striker.joint.kind == "hinge" else None
        if axis is not None:
            instance.joint_offsets[striker.name] = STRIKE_BACK_RAD
            blocking.hold(instance, start)
        else:
            push = (1.5 * beat.speed, 0.0, 0.0)
            blocking.controls.append(Kick(instance.body(striker), start, push))
    blocking.expect(start + 0.2)


def float_(blocking: Blocking, beat: Beat) -> None:
    """Hangs in the air with a slow drift and a slow turn of its own."""
    rng = blocking.rng(f"float:{beat.subject}")
    for instance in blocking.subjects(beat):
        height = beat.height_m or instance.prop.placement.height_m or 1.2
        instance.position = instance.position + UP * height
        instance.velocity = rng.normal(0.0, 0.06, 3) * [1.0, 1.0, 0.3]
        instance.angular_velocity = rng.normal(0.0, 0.5, 3)


def wave(blocking: Blocking, beat: Beat) -> None:
    """A breeze across the picture."""
    blocking.wind = BREEZE_M_S * beat.speed * (blocking.ground.right + 0.2 * blocking.ground.facing)
