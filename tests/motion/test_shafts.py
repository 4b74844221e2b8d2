"""Two hands on one shaft, and oars in their locks."""

from __future__ import annotations

import numpy as np

from lichtspiel import physics, stage
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.people.holds import held
from lichtspiel.motion import rehearse
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Sex, Shot
from lichtspiel.stage.world import World


def _world(motion: str, seed: int = 1) -> World:
    return stage.build(
        Screenplay(
            title=motion,
            seed=seed,
            duration_s=3.0,
            setting=Setting(place=catalogue.motions()[motion].home or "studio"),
            cast=(Character(id="anna", sex=Sex.FEMALE, age_years=30),),
            beats=(Beat(subject="anna", action=Action.PERFORM, motion=motion),),
            shots=(Shot(),),
        )
    )


def test_who_sweeps_has_both_hands_on_the_stick_and_the_broom_ahead() -> None:
    """Both fists are closed about the stick, and it stands before the feet, not between the legs."""
    world = _world("sweep")
    body, performance = world.figures[0].physique, rehearse(world)["anna"]
    grip = next(grip for grip in world.grips if grip.body == "anna_broom")
    position, turn = held(
        body, grip.part, grip.position, grip.orientation, performance.root, performance.pose
    )
    other = "hand_l" if grip.part == "hand_r" else "hand_r"
    palm, _ = held(body, other, (0, 0, 0), (1, 0, 0, 0), performance.root, performance.pose)
    axes = np.array([rotation_matrix(q) for q in turn])
    local = np.einsum("tji,tj->ti", axes, palm - position) - [0.0, 0.0, 0.035]
    assert float(np.hypot(local[:, 1], local[:, 2]).max()) < 0.04
    assert np.all(local[:, 0] < -0.5)  # at its upper end, a forearm's length above the other
    head = position + 0.7 * axes[..., 0]
    ahead = np.array([np.sin(world.figures[0].yaw), -np.cos(world.figures[0].yaw), 0.0])
    assert ((head - world.figures[0].position) @ ahead > 0.6).all()


def test_no_chair_is_brought_for_rowers() -> None:
    """They sit in the boat, and what stood on the water would be rowed past."""
    assert not any("chair" in body.name for body in _world("row").bodies)


def test_oars_turn_in_their_locks() -> None:
    """Both oars go through the gunwale's locks; blades dip while they pull and are out of the
    water on their way back."""
    world = _world("row")
    take = physics.perform(world, rehearsal=rehearse(world))
    boat = next(name for name in take.names if name.endswith("/boat"))
    moments = np.arange(0.1, 2.9, 0.1)
    blades: list[Array] = []
    for oar in ("anna_oar", "anna_oar_2"):
        for moment in moments:
            place, turn = take.pose(boat, float(moment))
            hull = rotation_matrix(turn)
            own, way = take.pose(oar, float(moment))
            middle, along = hull.T @ (own - place), hull.T @ rotation_matrix(way)[:, 0]
            lock = np.array([np.sign(along[0]) * 0.705, 0.532, 0.41])
            off = lock - middle
            assert float(np.linalg.norm(off - (off @ along) * along)) < 0.08
            blades.append(middle + 1.15 * along)
    path = np.array(blades).reshape(2, len(moments), 3)
    # Blades pull toward the stern, along y of the boat's frame, and come back toward the bow.
    returns = np.gradient(path[..., 1], axis=1) < -0.08
    pulls = np.gradient(path[..., 1], axis=1) > 0.08
    assert path[..., 2][pulls].mean() < -0.05 < path[..., 2][returns].mean() - 0.2
