from dataclasses import replace
from typing import Any

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from lichtspiel.library.asset import Array  # noqa: E402
from lichtspiel.library.people import face  # noqa: E402
from lichtspiel.library.people.basis import load  # noqa: E402
from lichtspiel.library.people.figure import Figure  # noqa: E402
from lichtspiel.library.people.person import Person  # noqa: E402
from lichtspiel.library.people.physique import Physique, physique  # noqa: E402
from lichtspiel.library.people.rig import about, bones_posed, rest_pose, skinned  # noqa: E402
from lichtspiel.picture.people.build import Actor, build  # noqa: E402
from lichtspiel.picture.people.closeness import FAR, NEAR  # noqa: E402
from lichtspiel.picture.people.teeth import add_teeth  # noqa: E402
from lichtspiel.picture.settings import new_scene  # noqa: E402
from lichtspiel.screenplay import Expression, Sex  # noqa: E402
from lichtspiel.take import SKIN, Dents, Performance  # noqa: E402

pytestmark = pytest.mark.render

PERSON = Person(Sex.FEMALE, 30, 1.7, 0, 0, (0, 0, 1), (), "fair", "blue", "bob", "brown", "none", (), seed=3)
FRAMES = 3
type Built = tuple[Any, Physique, Performance, Actor]


def performance(body: Physique) -> Performance:
    """Turns away, lifts an arm, looks aside and begins to laugh, from frame to frame."""
    pose = np.repeat(rest_pose(body.rig)[None], FRAMES, axis=0)
    share = np.linspace(0, 1, FRAMES)
    for frame, done in enumerate(share):
        pose[frame, body.rig.index("root")] = about((0, 0, 1), 0.8 * done)
        pose[frame, body.rig.index("upperarm01.L")] = about((0, 1, 0), -0.9 * done)
        pose[frame, body.rig.index("eye.L")] = about((0, 0, 1), 0.4 * done)
    laugh = face.weights(PERSON, Expression.LAUGH)
    weights = {name: share * weight for name, weight in laugh.items()}
    return Performance(1.0, np.outer(share, (0.5, -1.0, 0.1)), pose, weights)


@pytest.fixture(scope="module")
def built() -> Built:
    body = physique(PERSON)
    played = performance(body)
    scene = new_scene()
    times = np.repeat(np.arange(FRAMES, dtype=float), 2)
    figure = Figure(PERSON, body, (), ())
    actor = build(scene, "anna", figure, played, FRAMES, times, NEAR)
    actor.body.modifiers["Subdivision"].show_viewport = False
    return scene, body, played, actor


def test_far_figures_are_coarse_and_still_go_with_their_bones() -> None:
    scene = new_scene()
    body = physique(PERSON)
    figure = Figure(PERSON, body, (), ())
    times = np.repeat(np.arange(FRAMES, dtype=float), 2)
    far = build(scene, "anna", figure, performance(body), FRAMES, times, FAR)
    assert len(far.body.data.polygons) < 0.6 * len(load().faces_of("body"))
    moved = seen(scene, far.body, FRAMES - 1).mean(0) - seen(scene, far.body, 0).mean(0)
    assert moved[:2] == pytest.approx((0.5, -1.0), abs=0.2)


def seen(scene: Any, thing: Any, frame: int) -> Array:
    """Vertices of an object as they are rendered in a frame, world metres."""
    scene.frame_set(frame)
    mesh = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    vertices = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", vertices)
    place = np.array(thing.matrix_world)
    return np.asarray(vertices.reshape(-1, 3) @ place[:3, :3].T + place[:3, 3])


@pytest.mark.parametrize("frame", range(FRAMES))
def test_blender_moves_the_skin_where_the_rig_says(built: Built, frame: int) -> None:
    scene, body, played, actor = built
    vertices = body.vertices.copy()
    for name, (index, deltas) in face.shapes(body, played.face).items():
        vertices[index] += played.face[name][frame] * deltas
    root, pose = played.at(float(frame))
    expected = skinned(body.rig, body.skin, vertices, *bones_posed(body.rig, root, pose))
    kept = np.unique(load().faces[load().faces_of("body")])
    off = np.linalg.norm(seen(scene, actor.body, frame) - expected[kept], axis=1)
    assert off.max() < 1.5e-3


def test_eyes_turn_with_their_bones(built: Built) -> None:
    scene, body, _, actor = built
    left = next(thing for thing in actor.things if thing.name == "anna/cornea.l")
    centre = body.eye("l")[0]
    ahead = seen(scene, left, 0).mean(0) - centre
    assert ahead[1] < -0.002
    scene.frame_set(FRAMES - 1)
    aside = seen(scene, left, FRAMES - 1)
    right = next(thing for thing in actor.things if thing.name == "anna/cornea.r")
    other = seen(scene, right, FRAMES - 1)
    # The left eye has turned further to the left than the head carried the right one.
    towards = [points[0] - points[-40:].mean(0) for points in (aside, other)]
    angles = [np.arctan2(way[0], -way[1]) for way in towards]
    assert angles[0] - angles[1] == pytest.approx(0.4, abs=0.05)


def test_a_laugh_parts_the_teeth(built: Built) -> None:
    scene, _, _, actor = built
    lower = next(thing for thing in actor.things if thing.name == "anna/lower teeth")
    upper = next(thing for thing in actor.things if thing.name == "anna/upper teeth")
    gap = [seen(scene, upper, frame)[:, 2].min() - seen(scene, lower, frame)[:, 2].max() for frame in (0, 2)]
    assert gap[1] > gap[0] + 0.002


def test_a_newborn_has_no_teeth() -> None:
    baby = replace(PERSON, age_years=0.5, height_m=0.66)
    assert add_teeth(new_scene(), "baby", baby, physique(baby)) == []


def test_skin_gives_way_in_its_frames_before_bones_carry_it() -> None:
    body, scene = physique(PERSON), new_scene()
    kept = np.unique(load().faces[load().faces_of("body")]).astype(np.int32)
    dented, ways = kept[500:520], np.zeros((FRAMES, 20, 3))
    ways[1] = [0.0, 0.03, 0.0]
    played = replace(performance(body), face={}, dents={SKIN: Dents(dented, ways)})
    times = np.repeat(np.arange(FRAMES, dtype=float), 2)
    actor = build(scene, "anna", Figure(PERSON, body, (), ()), played, FRAMES, times, NEAR)
    actor.body.modifiers["Subdivision"].show_viewport = False
    for frame in range(FRAMES):
        vertices = body.vertices.copy()
        vertices[dented] += ways[frame]
        expected = skinned(body.rig, body.skin, vertices, *bones_posed(body.rig, *played.at(float(frame))))
        off = np.linalg.norm(seen(scene, actor.body, frame) - expected[kept], axis=1)
        assert off.max() < 1.5e-3
