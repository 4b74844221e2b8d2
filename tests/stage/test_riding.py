"""What people drive and ride: what the prompt names, and no second one beside it."""

from __future__ import annotations

import pytest

from lichtspiel import director, stage
from lichtspiel.screenplay import Action


@pytest.mark.parametrize("vehicle", ["car", "taxi", "van", "bus"])
def test_who_drives_sits_in_the_vehicle_that_is_named(vehicle: str) -> None:
    screenplay, _ = director.read(f"A woman drives a {vehicle}.")
    world = stage.build(screenplay)
    (driver,) = world.figures
    vehicles = {body.prop for body in world.bodies if body.prop not in (None, "place")}
    assert vehicles == {vehicle}
    seated = {grip.figure for grip in world.grips if grip.part == "seat"}
    assert seated == {driver.name}


def test_a_bus_that_nobody_drives_rolls_by_itself() -> None:
    screenplay, _ = director.read("A red bus drives past.")
    assert not screenplay.cast
    assert [beat.action for beat in screenplay.beats] == [Action.ROLL]
