"""Whoever hardly moves is not blurred, and nobody sees it."""

from __future__ import annotations

import bpy
import numpy as np
import pytest

from lichtspiel.library.people.physique import physique
from lichtspiel.picture.animate import SHUTTER
from lichtspiel.picture.people.closeness import NEAR, Closeness
from lichtspiel.picture.people.shutter import blurred, key_blur
from lichtspiel.picture.settings import new_scene
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction
from tests.motion.people import performed, person

pytestmark = pytest.mark.render
COUNT, FPS = 24, 24


def _times() -> np.ndarray:
    middle = np.arange(COUNT)[:, None] / FPS
    return (middle + np.array([-0.5, 0.5]) * SHUTTER / FPS).clip(0).ravel()


def test_who_stands_is_sharp_and_who_walks_is_blurred() -> None:
    who = person()
    rig = physique(who).rig
    stands, _ = performed(who, Direction(Action.STAND, 0.0), seconds=1.2)
    walks, _ = performed(who, Direction(Action.WALK, 0.0), seconds=1.2)
    assert not blurred(stands, rig, _times(), NEAR).any()
    assert blurred(walks, rig, _times(), NEAR)[6:].all()
    assert not blurred(walks, rig, _times(), Closeness(1.0)).any()


def test_blur_is_switched_from_frame_to_frame() -> None:
    scene = new_scene()
    thing = bpy.data.objects.new("thing", bpy.data.meshes.new("thing"))
    scene.collection.objects.link(thing)
    wanted = np.array([False, False, True, True, False])
    key_blur([thing], wanted)
    found = []
    for frame in range(len(wanted)):
        scene.frame_set(frame)
        seen = thing.evaluated_get(bpy.context.evaluated_depsgraph_get())
        found.append(bool(seen.cycles.use_motion_blur))
    assert found == wanted.tolist()
