"""A watch goes round the wrist of the hand that does not write, its dial on the back, on any body."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from lichtspiel import director, stage
from lichtspiel.library.people import basis, figures
from lichtspiel.library.people.clothes import fit
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import about, multiply, rest_pose
from lichtspiel.screenplay import Wear
from tests.motion.people import everybody


@pytest.mark.parametrize("left_handed", [False, True])
@pytest.mark.parametrize("name", ["toddler", "heavy_man", "thin_man"])
def test_a_watch_lies_round_the_wrist(name: str, left_handed: bool) -> None:
    who = replace(everybody()[name], wears=(Wear(garment="wristwatch"),))
    who = next(one for seed in range(99) if (one := replace(who, seed=seed)).left_handed == left_handed)
    body = physique(who)
    (watch,) = (one for one in figures.garments_of(who) if one.garment == "wristwatch")
    points = watch.mesh.vertices
    joint = body.rig.heads[body.rig.index(f"wrist.{'R' if left_handed else 'L'}")]
    assert np.linalg.norm(points - joint, axis=1).max() < 0.07
    skin = body.vertices[basis.load().group("body")]
    names = [surface.look for surface in watch.surfaces]
    slots = np.repeat(watch.mesh.slots, watch.mesh.sizes)
    strap = points[watch.mesh.corners[slots == names.index("polished_leather")]]
    away, _ = cKDTree(skin).query(strap)
    assert away.min() > 0.0005
    # The band spans the hollows beside the tendons.
    assert away.max() < 0.014
    back = points[watch.mesh.corners[slots == names.index("brushed_steel")]].mean(0) - strap.mean(0)
    finger = body.rig.heads[body.rig.index(f"finger3-3.{'R' if left_handed else 'L'}")]
    # Fingers hang a little bent: their tips are on the side of the palm.
    assert back @ (finger - joint) < 0.3 * np.linalg.norm(back) * np.linalg.norm(finger - joint)


@pytest.mark.parametrize("name", ["man", "grandmother"])
def test_no_cuff_comes_through_a_watch_when_the_forearm_turns(name: str) -> None:
    who = replace(everybody()[name], wears=(Wear(garment="shirt"), Wear(garment="wristwatch")))
    body = physique(who)
    turned = []
    for angle in (-1.2, 1.2):
        pose = rest_pose(body.rig)
        for side in "LR":
            bone = body.rig.index(f"lowerarm02.{side}")
            along = body.rig.heads[body.rig.index(f"wrist.{side}")] - body.rig.heads[bone]
            pose[bone] = multiply(about(along / np.linalg.norm(along), angle), pose[bone])
        turned.append(pose)
    assert fit.measure(figures.garments_of(who), body, turned).deepest_m < 0.003


def test_who_checks_the_time_has_a_watch() -> None:
    world = stage.build(director.read("A man checks his watch at the station.")[0])
    assert "wristwatch" in {wear.garment for wear in world.figures[0].person.wears}
