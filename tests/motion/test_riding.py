"""People who ride sit on the saddle, hold the bar and turn the pedals."""

from __future__ import annotations

import numpy as np

from lichtspiel import physics, stage
from lichtspiel.library.people.holds import held
from lichtspiel.library.people.rig import rotate
from lichtspiel.motion.rehearse import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Shot
from tests.motion.people import bones


def test_a_cyclist_goes_along_on_the_bicycle() -> None:
    beat = Beat(subject="anna", action=Action.PERFORM, motion="ride_bicycle", at_s=0.2)
    world = stage.build(
        Screenplay(
            title="by bike",
            setting=Setting(place="street"),
            cast=(Character(id="anna"),),
            beats=(beat,),
            shots=(Shot(duration_s=2.0),),
        )
    )
    (figure,), moves = world.figures, rehearse(world)
    take = physics.perform(world, rehearsal=moves)
    performance = moves[figure.name]
    body = take.index("anna_bicycle/body")
    gone = np.linalg.norm(take.positions[-1, body] - take.positions[0, body])
    assert gone > 4.0
    # The wheels stay on the ground, and the saddle under the rider.
    assert np.abs(take.positions[:, body, 2] - take.positions[0, body, 2]).max() < 0.01
    saddle, _ = held(figure.physique, "seat", (0, 0, 0), (1, 0, 0, 0), performance.root, performance.pose)
    assert np.abs(saddle[:, 2] - 0.945).max() < 0.03
    heads, _ = bones(figure.physique, performance)
    feet = heads["foot.L"][:, 2]
    assert 0.2 < np.ptp(feet) < 0.4
    middle = take.positions[round(take.rate_hz), body, :2]
    assert np.linalg.norm(heads["wrist.L"][48, :2] - middle) < 0.5


def test_hands_are_on_the_bar_of_a_scooter() -> None:
    beat = Beat(subject="anna", action=Action.PERFORM, motion="ride_scooter")
    world = stage.build(
        Screenplay(
            title="by scooter",
            setting=Setting(place="street"),
            cast=(Character(id="anna"),),
            beats=(beat,),
            shots=(Shot(duration_s=2.0),),
        )
    )
    (figure,), moves = world.figures, rehearse(world)
    performance = moves[figure.name]
    grip = next(grip for grip in world.grips if grip.part.startswith("foot"))
    posed = (performance.root, performance.pose)
    place, turn = held(figure.physique, grip.part, grip.position, grip.orientation, *posed)
    own = np.array(world.body(grip.body).part.position)
    for side, x in (("hand_l", 0.19), ("hand_r", -0.19)):
        bar = place + rotate(turn, np.broadcast_to(np.array([x, -0.295, 1.0]) - own, place.shape))
        palm, _ = held(figure.physique, side, (0, 0, 0), (1, 0, 0, 0), *posed)
        assert np.median(np.linalg.norm((palm - bar)[48:], axis=1)) < 0.06
