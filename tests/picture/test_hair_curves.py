"""Hair in Blender goes where head, chest and face take it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lichtspiel.library.asset import Array
from lichtspiel.library.people.figure import Strands
from lichtspiel.library.people.hair.surface import body_faces
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.screenplay import Sex

pytestmark = pytest.mark.render

PERSON = Person(
    Sex.MALE, 40.0, 1.8, 0.0, 0.0, (0.0, 0.0, 1.0), (), "light", "brown", "short", "brown", "none", (), seed=2
)
LIFT = np.array([0.0, 0.0, 0.02])


def strands(points: Array, kind: Any, follow: Array) -> Strands:
    from lichtspiel.picture.people.closeness import CLOSE  # noqa: PLC0415

    thick = np.full(points.shape[:2], 5e-5)
    return Strands(kind, points, thick, follow, (0.1, 0.1, 0.1), kind, share=CLOSE.hair_share)


def evaluated(thing: Any) -> Array:
    import bpy  # noqa: PLC0415

    curves = thing.evaluated_get(bpy.context.evaluated_depsgraph_get()).data
    flat = np.empty(len(curves.points) * 3, np.float32)
    curves.position_data.foreach_get("vector", flat)
    place = np.array(thing.matrix_world)
    return np.asarray(flat.reshape(len(curves.curves), -1, 3) @ place[:3, :3].T + place[:3, 3])


@pytest.fixture
def scene_with_body() -> tuple[Any, Any, Any, Array]:
    import bpy  # noqa: PLC0415

    from lichtspiel.picture.people.armature import add_armature  # noqa: PLC0415
    from lichtspiel.picture.settings import new_scene  # noqa: PLC0415

    scene, body = new_scene(), physique(PERSON)
    rigged = add_armature(scene, "man", body.rig)
    kept, corners = np.unique(body_faces(), return_inverse=True)
    mesh = bpy.data.meshes.new("man")
    mesh.from_pydata(body.vertices[kept].tolist(), [], corners.reshape(-1, 4).tolist())
    skin = bpy.data.objects.new("man", mesh)
    scene.collection.objects.link(skin)
    skin.parent = rigged
    skin.shape_key_add(name="Basis")
    lifted = skin.shape_key_add(name="lifted", from_mix=False)
    lifted.data.foreach_set("co", (body.vertices[kept] + LIFT).astype(np.float32).ravel())
    lifted.value = 0.0
    return scene, rigged, skin, body.vertices[kept]


def test_what_is_rooted_in_the_skin_moves_with_the_face(scene_with_body: tuple[Any, Any, Any, Array]) -> None:
    import bpy  # noqa: PLC0415

    from lichtspiel.picture.people.closeness import CLOSE  # noqa: PLC0415
    from lichtspiel.picture.people.hair import add_hair  # noqa: PLC0415

    scene, rigged, skin, vertices = scene_with_body
    front = vertices[np.argsort(vertices[:, 1])[:40]]
    points = front[:, None] + np.linspace(0, 0.01, 4)[None, :, None] * np.array([0.0, -1.0, 0.0])
    beard = add_hair(
        scene, "man", [strands(points, "beard", np.ones(points.shape[:2]))], rigged, CLOSE, skin
    )[0]
    np.testing.assert_allclose(evaluated(beard), points, atol=2e-4)
    skin.data.shape_keys.key_blocks["lifted"].value = 1.0
    bpy.context.view_layer.update()
    np.testing.assert_allclose(evaluated(beard), points + LIFT, atol=5e-4)


def test_long_hair_turns_with_the_head_above_and_stays_on_the_chest_below(
    scene_with_body: tuple[Any, Any, Any, Array],
) -> None:
    import bpy  # noqa: PLC0415

    from lichtspiel.picture.people.closeness import CLOSE  # noqa: PLC0415
    from lichtspiel.picture.people.hair import add_hair  # noqa: PLC0415

    scene, rigged, _, vertices = scene_with_body
    top = vertices[vertices[:, 2].argmax()]
    points = top + np.linspace(0, 0.5, 6)[None, :, None] * np.array([0.0, 0.2, -1.0]) + np.zeros((3, 6, 3))
    follow = np.broadcast_to(np.linspace(1, 0, 6), (3, 6))
    hair = add_hair(scene, "man", [strands(points, "scalp", follow)], rigged, CLOSE)[0]
    np.testing.assert_allclose(evaluated(hair), points, atol=1e-4)
    bone = rigged.pose.bones["head"]
    bone.rotation_mode = "QUATERNION"
    bone.rotation_quaternion = (0.9, 0.3, 0.3, 0.1)
    bpy.context.view_layer.update()
    moved = np.linalg.norm(evaluated(hair) - points, axis=2)
    assert (moved[:, 0] > 0.02).all()
    assert (moved[:, -1] < 1e-3).all()


def test_short_hair_goes_with_the_head_and_stays_in_the_renderer(
    scene_with_body: tuple[Any, Any, Any, Array],
) -> None:
    import bpy  # noqa: PLC0415

    from lichtspiel.picture.people.closeness import CLOSE  # noqa: PLC0415
    from lichtspiel.picture.people.hair import add_hair  # noqa: PLC0415

    scene, rigged, _, vertices = scene_with_body
    top = vertices[vertices[:, 2].argmax()]
    points = top + np.linspace(0, 0.03, 4)[None, :, None] * np.array([0.0, 0.2, 1.0]) + np.zeros((3, 4, 3))
    hair = add_hair(scene, "man", [strands(points, "scalp", np.ones((3, 4)))], rigged, CLOSE)[0]
    assert not hair.modifiers
    bone = rigged.pose.bones["head"]
    bone.rotation_mode = "QUATERNION"
    bone.rotation_quaternion = (0.9, 0.3, 0.3, 0.1)
    bpy.context.view_layer.update()
    moved = evaluated(hair)
    assert np.linalg.norm(moved - points, axis=2).min() > 0.02
    lengths = [np.linalg.norm(np.diff(hairs, axis=1), axis=2) for hairs in (moved, points)]
    np.testing.assert_allclose(lengths[0], lengths[1], atol=1e-5)


def test_the_farther_a_head_the_fewer_and_the_thicker_its_hairs() -> None:
    from lichtspiel.picture.people.closeness import Closeness  # noqa: PLC0415

    shares = [Closeness(px).hair_share for px in (15.0, 30.0, 60.0, 120.0, 240.0, 480.0)]
    assert shares == sorted(shares)
    assert shares[0] < 0.02
    assert shares[2] < 0.05
    assert shares[-1] > 0.6
    assert Closeness(480.0).segment_m < 0.01 < Closeness(40.0).segment_m


def test_hairs_keep_their_points_where_they_bend() -> None:
    from lichtspiel.picture.people.hair import _simplified  # noqa: PLC0415

    way = np.linspace(0, 1, 60)
    turn = np.clip(way - 0.7, 0, 1) * 40
    hair = np.stack([0.02 * np.sin(turn), 0 * way, -0.4 * way], -1)
    many = np.repeat(hair[None], 30, 0) + np.arange(30)[:, None, None] * 1e-3
    shown = _simplified(strands(many, "scalp", np.ones(many.shape[:2])), 0.012).points
    straight = shown[0, :, 2] > -0.27
    assert 1.5 * straight.sum() / 0.7 < (~straight).sum() / 0.3 < 80
    ends = np.array([shown[0], np.roll(shown[0], -1, 0)])[:, :-1]
    share = np.linspace(0, 1, 20)[:, None, None]
    drawn = ((1 - share) * ends[0] + share * ends[1]).reshape(-1, 3)
    assert np.linalg.norm(hair[:, None] - drawn[None], axis=2).min(1).max() < 0.004


def test_hairs_that_stand_for_many_are_evenly_grey() -> None:
    from lichtspiel.picture.people.hair import _greys  # noqa: PLC0415

    points = np.zeros((4000, 4, 3))
    all_of_them = replace(strands(points, "scalp", np.ones((4000, 4))), grey=0.4, share=1.0)
    few = replace(all_of_them, share=0.04)
    single, several = (_greys(one, np.random.default_rng(1)) for one in (all_of_them, few))
    assert abs(single.mean() - several.mean()) < 0.02
    assert several.std() < 0.3 * single.std()


def test_a_head_of_hair_is_lit_as_one_surface_and_brows_hair_by_hair(
    scene_with_body: tuple[Any, Any, Any, Array],
) -> None:
    from lichtspiel.picture.people.closeness import CLOSE  # noqa: PLC0415
    from lichtspiel.picture.people.hair import add_hair  # noqa: PLC0415

    scene, rigged, skin, vertices = scene_with_body
    crown = vertices[vertices[:, 2] > vertices[:, 2].max() - 0.1][::5]
    # Locks in which neighbours lie every way, and which hang below the roots at last.
    sway = np.random.default_rng(1).normal(0, 0.003, (len(crown), 8, 3)).cumsum(1)
    side = crown - crown.mean(0)
    fall = np.linspace(0, 1, 8)[None, :, None] * (side[:, None] * [1, 1, 0] - [0, 0, 0.25])
    hairs = [
        strands(crown[:, None] + sway + fall, kind, np.ones((len(crown), 8))) for kind in ("scalp", "brow")
    ]
    scalp, brow = add_hair(scene, "man", hairs, rigged, CLOSE, skin)
    flat = np.empty(len(crown) * 24, np.float32)
    scalp.data.attributes["outward"].data.foreach_get("vector", flat)
    facing = flat.reshape(-1, 8, 3)
    np.testing.assert_allclose(np.linalg.norm(facing, axis=2), 1.0, atol=1e-5)
    assert ((facing[:, 0] * side).sum(1) > 0).all()
    assert np.abs(facing[:, -1, 2]).max() < 0.5
    lit = [
        next(node for node in thing.data.materials[0].node_tree.nodes if node.type == "BSDF_DIFFUSE")
        for thing in (scalp, brow)
    ]
    assert [node.inputs["Normal"].is_linked for node in lit] == [True, False]
