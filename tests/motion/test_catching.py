"""Balls that are thrown to somebody come into both of their hands, and go back."""

from __future__ import annotations

import numpy as np

from lichtspiel import physics
from lichtspiel.library.people.holds import held
from lichtspiel.motion import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Prop, Screenplay, Setting, Shot
from lichtspiel.stage import build


def test_what_is_thrown_to_each_other_comes_into_both_hands_and_goes_back() -> None:
    def throws(who: str, to: str, at_s: float) -> tuple[Beat, Beat]:
        thrown = Beat(
            subject=who, action=Action.PERFORM, motion="throw_under", target=to, using=("ball",), at_s=at_s
        )
        return thrown, Beat(subject=to, action=Action.PERFORM, motion="catch", target=who, at_s=at_s + 0.7)

    world = build(
        Screenplay(
            title="pass",
            duration_s=6.0,
            setting=Setting(place="lawn"),
            cast=(Character(id="anna"), Character(id="ben")),
            props=(Prop(id="ball", thing="rubber_ball"),),
            beats=(*throws("anna", "ben", 0.4), *throws("ben", "anna", 3.0)),
            shots=(Shot(),),
        )
    )
    rehearsal = rehearse(world)
    take = physics.perform(world, rehearsal=rehearsal)
    anna, ben = (np.array(world.figure(name).position) for name in ("anna", "ben"))
    assert 2.5 < np.linalg.norm(anna - ben) < 4.5
    for who, time_s in (("ben", 2.6), ("anna", 5.6)):
        figure, performance = world.figure(who), take.figures.get(who, rehearsal[who])
        root, pose = performance.at(time_s)
        for side in ("hand_l", "hand_r"):
            still = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0))
            palm, _ = held(figure.physique, side, *still, root[None], pose[None])
            assert np.linalg.norm(palm[0] - take.pose("ball", time_s)[0]) < 0.08
    flying, _ = take.pose("ball", 1.45)
    assert min(np.linalg.norm((flying - anna)[:2]), np.linalg.norm((flying - ben)[:2])) > 0.8
