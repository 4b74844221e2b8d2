"""What needs Blender in this very process, kept apart from the rooms that must not."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

bpy = pytest.importorskip("bpy")

from lichtspiel import camera, director, motion, physics, stage  # noqa: E402
from lichtspiel.library import catalogue, mesh  # noqa: E402
from lichtspiel.library.asset import Surface  # noqa: E402
from lichtspiel.library.place import Sky  # noqa: E402
from lichtspiel.picture import expose, meshes, settings, shoot  # noqa: E402
from lichtspiel.picture import film as films  # noqa: E402
from lichtspiel.picture.clock import Clock  # noqa: E402
from lichtspiel.picture.light import set_sky  # noqa: E402
from lichtspiel.picture.materials import Materials, UnknownLookError  # noqa: E402
from lichtspiel.picture.panes import RainedPanes  # noqa: E402
from lichtspiel.picture.puddles import Puddles  # noqa: E402
from lichtspiel.picture.quality import Quality  # noqa: E402
from lichtspiel.picture.settings import new_scene  # noqa: E402
from lichtspiel.picture.textures import PATTERNS  # noqa: E402
from tests.picture.test_render import SCREENPLAY  # noqa: E402

pytestmark = pytest.mark.render


def test_every_look_and_every_pattern_becomes_a_material() -> None:
    new_scene()
    looks = catalogue.looks()
    materials = Materials(looks)
    for look in looks:
        made = materials.of(Surface(look))
        assert any(node.bl_idname == "ShaderNodeOutputMaterial" for node in made.node_tree.nodes)
    assert {look.texture.kind for look in looks.values()} <= PATTERNS.keys()
    red = materials.of(Surface("wood", (0.5, 0.0, 0.0)))
    assert materials.of(Surface("wood", (0.5, 0.0, 0.0))) is red
    assert materials.of(Surface("wood")) is not red
    with pytest.raises(UnknownLookError):
        materials.of(Surface("no_such_look"))


def test_every_material_has_a_look_of_its_name() -> None:
    assert not catalogue.materials().keys() - catalogue.looks().keys()


def _ground(height_m: float, puddles: Puddles | None, path: Path) -> NDArray[np.int16]:
    """A small picture of a wide asphalt ground, seen as a person sees it."""
    scene = new_scene()
    settings.set_sampling(scene, 2)
    settings.set_picture(scene, 48, 27, 0.0)
    scene.cycles.use_denoising = False
    asphalt = Materials(catalogue.looks(), puddles).of(Surface("asphalt"))
    plane = bpy.data.objects.new("ground", meshes.make("ground", mesh.box((30.0, 30.0, 0.1)), [asphalt]))
    plane.location[2] = height_m - 0.05
    camera_data = bpy.data.cameras.new("camera")
    camera_data.lens = 28
    scene.camera = bpy.data.objects.new("camera", camera_data)
    scene.camera.location = (0.0, -8.0, height_m + 2.0)
    scene.camera.rotation_euler = (np.radians(72), 0.0, 0.0)
    for thing in (plane, scene.camera):
        scene.collection.objects.link(thing)
    set_sky(scene, Sky("gradient"))
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).astype(np.int16)


def test_rain_stands_in_puddles_on_the_ground_and_nowhere_else(tmp_path: Path) -> None:
    water = Puddles(Clock(2, np.arange(4) / 24))
    path = tmp_path / "ground.png"
    below = slice(6, None)  # Under the horizon.
    changed = np.abs(_ground(0.0, water, path) - _ground(0.0, None, path)).max(axis=2) > 4
    assert 0.03 < changed[below].mean() < 0.5
    assert (_ground(1.0, water, path) == _ground(1.0, None, path)).all()


def test_drops_run_down_rained_panes_and_bend_what_is_behind_them(tmp_path: Path) -> None:
    clear, early, late = (_pane(wet, frame, tmp_path / "pane.png") for wet, frame in WET_AND_FRAMES)
    wet = np.abs(early - clear).max(axis=2) > 6
    assert 0.02 < wet.mean() < 0.6
    moved = np.abs(late - early).max(axis=2) > 6
    assert 0.001 < moved.mean() < wet.mean(), "some drops run, the others hang"


WET_AND_FRAMES = ((False, 0), (True, 0), (True, 1))


def _pane(wet: bool, frame: int, path: Path) -> NDArray[np.int16]:
    """A window before a land under a sky, seen from near by."""
    scene = new_scene()
    settings.set_sampling(scene, 4)
    settings.set_picture(scene, 64, 64, 0.0)
    panes = RainedPanes(Clock(2, np.array([0.0, 0.0, 1.0, 1.0]))) if wet else None
    looks = Materials(catalogue.looks(), None, panes)
    upright = mesh.from_polygons(np.array([(-1, 0, -1), (1, 0, -1), (1, 0, 1), (-1, 0, 1.0)]), [(0, 1, 2, 3)])
    for name, shape, look in (
        ("pane", upright, "rained_pane"),
        ("land", mesh.moved(mesh.grid(60.0, 60.0, 2, 2), (0, 30, -2)), "lawn"),
    ):
        if name == "land" or wet:
            thing = bpy.data.objects.new(name, meshes.make(name, shape, [looks.of(Surface(look))]))
            scene.collection.objects.link(thing)
    scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.camera.location = (0.0, -0.5, 0.0)
    scene.camera.rotation_euler = (np.radians(90), 0.0, 0.0)
    scene.collection.objects.link(scene.camera)
    set_sky(scene, Sky("gradient"))
    scene.frame_set(frame)
    scene.render.filepath = str(path)
    bpy.ops.render.render(write_still=True)
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).astype(np.int16)


def test_meshes_keep_their_vertices_polygons_and_slots() -> None:
    new_scene()
    shape = mesh.joined(mesh.box((1, 2, 3)), mesh.in_slot(mesh.sphere(0.5, 12, 6), 1))
    plain = [bpy.data.materials.new(name) for name in ("a", "b")]
    made = meshes.make("shape", shape, plain)
    assert len(made.vertices) == len(shape.vertices)
    assert len(made.polygons) == len(shape.sizes)
    assert [polygon.material_index for polygon in made.polygons] == shape.slots.tolist()


def test_a_slab_beside_a_lawn_and_a_ball_is_shaded_flat() -> None:
    new_scene()
    slab, lawn, ball = mesh.box((22.0, 22.0, 0.05)), mesh.grid(500.0, 500.0, 2, 2), mesh.sphere(0.5)
    data = meshes.make("yard", mesh.joined(lawn, slab, ball), [])
    smoothed = np.empty((len(data.loops), 3), np.float32)
    data.corner_normals.foreach_get("vector", smoothed.ravel())
    own = np.empty((len(data.polygons), 3), np.float32)
    data.polygons.foreach_get("normal", own.ravel())
    sizes = [polygon.loop_total for polygon in data.polygons]
    off = np.degrees(np.arccos((smoothed * np.repeat(own, sizes, axis=0)).sum(1).clip(-1, 1)))
    flat = len(lawn.corners) + len(slab.corners)
    assert off[:flat].max() < 0.1
    assert off[flat:].min() > 1.0, "the ball is to be as round as ever"


def test_faces_in_one_plane_are_drawn_a_hair_apart() -> None:
    """Where the bars of a frame cross they would be black."""
    bars = mesh.joined(mesh.box((2.0, 0.02, 0.1)), mesh.box((0.1, 0.02, 2.0)))
    drawn = meshes.apart("frame", bars)
    fronts = {round(float(y), 7) for y in drawn.vertices[:, 1] if y > 0}
    assert len(fronts) == 2
    assert np.abs(drawn.vertices - bars.vertices).max() < 2e-4


def test_grain_runs_along_the_longest_edge() -> None:
    new_scene()
    made = meshes.make("plank", mesh.box((0.1, 2.0, 0.02)), [])
    grain = np.array([item.vector[:] for item in made.attributes["grain"].data])
    assert np.ptp(grain, axis=0) == pytest.approx([2.0, 0.02, 0.1], abs=1e-5)


def test_what_stays_whole_has_no_shards_in_the_picture() -> None:
    """They lay where the stage had put the cup, beside who carries it."""
    quality = Quality("tiny", 96, 96, 8, samples=2, still_samples=2, accurate=False)
    world = stage.build(director.read("A woman holds a cup.", 0, 1.0)[0])
    assert world.breakables
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    film = films.build(world, take, camera.plan(world, take, 1.0), quality)
    cups = [made.name for made in film.scene.objects if "cup" in made.name]
    assert len(cups) == 1


def test_joined_regions_show_what_a_whole_render_shows(tmp_path: Path) -> None:
    quality = Quality("tiny", 96, 96, 8, samples=24, still_samples=64, accurate=False)
    world = stage.build(SCREENPLAY)
    take = physics.perform(world)
    film = films.build(world, take, camera.plan(world, take, 1.0), quality)
    shooter = shoot.Shooter(film, quality, tmp_path / "plates", tmp_path)
    joined = shooter.picture(2).astype(float)
    whole = shooter.whole(64).astype(float)
    assert np.abs(joined - whole).mean() < 1.5
    assert np.percentile(np.abs(joined - whole), 99) < 12


def test_a_rim_of_a_region_is_no_seam(tmp_path: Path) -> None:
    """The denoiser is blind beyond a crop's rim: what it makes there must not reach the film."""
    quality = Quality("tiny", 96, 96, 8, samples=8, still_samples=8, accurate=False)
    world = stage.build(SCREENPLAY)
    take = physics.perform(world)
    film = films.build(world, take, camera.plan(world, take, 1.0), quality)
    exposer = expose.Exposer(film, quality, tmp_path)
    film.scene.frame_set(2)
    whole = exposer.picture(8).astype(float)
    box = (20, 30, 20 + 2 * shoot.BORDER + 20, 30 + 2 * shoot.BORDER + 20)
    crop = exposer.picture(8, box=box).astype(float)
    change = np.abs(crop - whole[box[1] : box[3], box[0] : box[2]]).mean(axis=2)
    inner = change[shoot.BORDER : -shoot.BORDER, shoot.BORDER : -shoot.BORDER]
    assert inner[:, -1].mean() < 1.5
    assert inner.mean() < 1.0


def test_a_view_tells_the_depth_and_the_body_of_its_pixels(tmp_path: Path) -> None:
    quality = Quality("tiny", 96, 96, 8, samples=4, still_samples=8, accurate=False)
    world = stage.build(SCREENPLAY)
    take = physics.perform(world)
    film = films.build(world, take, camera.plan(world, take, 1.0), quality)
    film.scene.frame_set(1)
    view = expose.Exposer(film, quality, tmp_path).view(4)
    ball = view.body == 1
    assert 20 < ball.sum() < 96 * 96 / 2
    centre = np.linalg.inv(view.camera) @ view.poses[1] @ (0.0, 0.0, 0.0, 1.0)
    assert np.median(view.depth[ball]) == pytest.approx(-centre[2], abs=0.06)
    seen = view.lens @ centre
    rows, columns = np.nonzero(ball)
    assert columns.mean() == pytest.approx((seen[0] / seen[3] + 1) / 2 * 96, abs=2.0)
    assert rows.mean() == pytest.approx((1 - seen[1] / seen[3]) / 2 * 96, abs=2.0)
