"""The cranks of a bicycle go round as often as the feet of who rides it, and begin under them."""

from __future__ import annotations

import numpy as np
import pytest

from lichtspiel import stage
from lichtspiel.library.catalogue import motions
from lichtspiel.library.things import cycles
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot
from lichtspiel.stage.world import Kick

RIDE = motions()["ride_bicycle"]


def test_the_feet_of_who_rides_have_the_gear_of_the_bicycle() -> None:
    assert (RIDE.speed_m_s or 0.0) * RIDE.duration_s == pytest.approx(cycles.DEVELOPMENT_M)
    feet = [touch for touch in RIDE.touches if touch.crank_m]
    assert [touch.crank_m for touch in feet] == [cycles.CRANK_M] * 2
    # The left foot begins straight ahead, which is -y, as the left pedal does.
    assert {touch.part: touch.ahead_rad for touch in feet}["foot_l"] == 0.0


def test_cranks_turn_with_whoever_rides() -> None:
    world = stage.build(
        Screenplay(
            title="Ride", duration_s=2.0, setting=Setting(place="street"),
            cast=(Character(id="anna", role="woman"),), props=(Prop(id="bicycle", thing="bicycle"),),
            beats=(
                Beat(subject="anna", action=Action.PERFORM, motion="ride_bicycle", target="bicycle"),
            ),
            shots=(Shot(),),
        )
    )  # fmt: skip
    cranks = next(body for body in world.bodies if body.name.endswith("/cranks"))
    assert cranks.parent is not None
    assert cranks.part.joint.kind == "hinge"
    (kick,) = (one for one in world.controls if isinstance(one, Kick) and one.body == cranks.name)
    assert kick.joint_speed == pytest.approx(2 * np.pi / RIDE.duration_s)
