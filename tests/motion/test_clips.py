"""Movements that people bring: read from files, taken off one body, and done by another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lichtspiel.cli import main
from lichtspiel.engines.record import credits_of
from lichtspiel.library import catalogue, clips
from lichtspiel.library.asset import Array
from lichtspiel.library.clips import Clip
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.motion import rehearse
from lichtspiel.motion.joints import joints
from lichtspiel.motion.recording import RecordingError
from lichtspiel.motion.retarget import goes_round, part_of, retargeted
from lichtspiel.motion.strip import demonstration, sample_world, somebody
from lichtspiel.picture import recorded
from lichtspiel.screenplay import Action, Beat, Character, Screenplay, Setting, Sex, Shot
from lichtspiel.stage.world import Direction, World
from lichtspiel.take import Performance
from tests.motion import bvh

pytestmark = pytest.mark.render
"""Files are read by Blender."""

_UNREAL = {
    bone: name.replace("Left", "").replace("Right", "").lower() + f"_{bone[-1].lower()}"
    if bone[-2:] in (".L", ".R")
    else name.lower()
    for bone, name in bvh.MIXAMO.items()
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for own motions, which is empty."""
    monkeypatch.setenv("LICHTSPIEL_MOTIONS", str(tmp_path / "motions"))
    # Plans are written into the working folder.
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _shown(motion: str) -> tuple[World, Performance]:
    world, _, _ = demonstration(motion)
    return world, rehearse(world)[world.figures[0].name]


def _written(folder: Path, motion: str, names: dict[str, str] | None = None) -> tuple[Path, Performance]:
    world, played = _shown(motion)
    file = folder / f"{motion}.bvh"
    bvh.write(file, world.figures[0].physique, played, names)
    return file, played


def _taken(file: Path) -> Clip:
    told = recorded.read(file)
    return retargeted(told, joints(told.names, told.parents))


def _run(*commands: list[str]) -> tuple[str, str]:
    """Commands in a process of its own, whose director reads the library anew: what they say and complain."""
    code = "import json, sys; from lichtspiel.cli import main; [main(c) for c in json.loads(sys.argv[1])]"
    command = [sys.executable, "-c", code, json.dumps(commands)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return done.stdout, done.stderr


def _still(body: Physique, played: Performance) -> float:
    """Share of the time that ankles are at rest."""
    heads, _ = bones_posed(body.rig, played.root, played.pose)
    ankles = heads[:, [body.rig.index("foot.L"), body.rig.index("foot.R")], :2]
    return float(np.mean(np.linalg.norm(np.diff(ankles, axis=0), axis=2) * played.rate_hz < 0.08))


def _bends(body: Physique, played: Performance, upper: str, hinge: str, end: str) -> Array:
    """(T,) angle of a hinge."""
    rig = body.rig
    heads, _ = bones_posed(rig, played.root, played.pose)
    a, b, c = (heads[:, rig.index(bone)] for bone in (upper, hinge, end))
    one, two = b - a, c - b
    cosine = (one * two).sum(1) / np.linalg.norm(one, axis=1) / np.linalg.norm(two, axis=1)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


@pytest.mark.parametrize("names", [bvh.MIXAMO, _UNREAL], ids=["mixamo", "unreal"])
def test_another_body_kicks_as_the_recorded_one_did(own: Path, names: dict[str, str]) -> None:
    file, first = _written(own, "kick", names)
    assert main(["motion", "add", str(file), "--name", "do my kick", "--once"]) == 0
    big = somebody(3, Sex.MALE)
    told = (Direction(Action.PERFORM, 0.0, motion="do_my_kick"),)
    world = sample_world(((big, told, (2.0, 1.0), 1.2),), len(first.root) / first.rate_hz)
    again = rehearse(world)[world.figures[0].name]
    small_body, big_body = physique(somebody()), physique(big)
    count = min(len(first.root), len(again.root)) - 20
    limbs = ("upperleg01.R", "lowerleg01.R", "foot.R"), ("upperarm01.L", "lowerarm01.L", "wrist.L")
    for limb in limbs:
        one, two = _bends(small_body, first, *limb)[:count], _bends(big_body, again, *limb)[:count]
        assert np.percentile(np.abs(one - two), 90) < 3
    # It happens where and facing where the person stands.
    assert np.linalg.norm(again.root[0, :2] + big_body.rig.heads[0, :2] - [2.0, 1.0]) < 0.3


def test_feet_of_a_recorded_walk_stand_still_on_another_body(own: Path) -> None:
    world, _, _ = demonstration("wave", after="walk")
    file = own / "walk.bvh"
    first = rehearse(world)[world.figures[0].name]
    bvh.write(file, world.figures[0].physique, first)
    assert main(["motion", "add", str(file), "--name", "amble", "--once"]) == 0
    tall = somebody(5, Sex.MALE)
    told = (Direction(Action.PERFORM, 0.0, motion="amble"),)
    lasts = catalogue.motions()["amble"].duration_s
    shown = sample_world(((tall, told, (0.0, 0.0), 0.0),), lasts)
    played = rehearse(shown)[shown.figures[0].name]
    rig = physique(tall).rig
    heads, _ = bones_posed(rig, played.root, played.pose)
    travelled = heads[-1, 0] - heads[0, 0]
    assert travelled[1] < -1.0
    assert abs(travelled[0]) < 0.2
    still = _still(world.figures[0].physique, first)
    assert _still(physique(tall), played) > 0.9 * still > 0.2
    ankles = heads[:, [rig.index("foot.L"), rig.index("foot.R")], 2]
    assert ankles.min() > 0.04
    assert len(clips.clip(clips.folder(), "amble").steps_s) >= 2


def test_what_ends_in_the_midst_of_a_step_goes_round(own: Path) -> None:
    file, _ = _written(own, "dance_twist")
    told = recorded.read(file)
    has = joints(told.names, told.parents)
    # A round of 0.8 s, from half way between two of its turning points.
    assert goes_round(retargeted(part_of(told, 1.9, 2.7), has))
    file, _ = _written(own, "kick")
    assert not goes_round(_taken(file))


def test_the_same_clip_comes_from_fbx_and_glb(own: Path) -> None:
    file, _ = _written(own, "wave")
    code = (
        "import bpy, sys\n"
        "bpy.ops.wm.read_factory_settings(use_empty=True)\n"
        "bpy.ops.import_anim.bvh(filepath=sys.argv[1], update_scene_fps=True, global_scale=0.01)\n"
        "s = bpy.context.scene; a = bpy.data.actions[0]\n"
        "s.frame_start, s.frame_end = int(a.frame_range[0]), int(a.frame_range[1])\n"
        "bpy.ops.export_scene.gltf(filepath=sys.argv[2] + '.glb', export_animations=True)\n"
        "bpy.ops.export_scene.fbx(filepath=sys.argv[2] + '.fbx', bake_anim=True, add_leaf_bones=False)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file), str(own / "out")], check=True, capture_output=True)
    from_bvh = _taken(file)
    for suffix in (".glb", ".fbx"):
        found = _taken(own / f"out{suffix}")
        assert found.duration_s == pytest.approx(from_bvh.duration_s, abs=0.1)
        for name in ("hips", "wrists", "ankles", "hand_along"):
            times = np.linspace(0, 0.95, 20)
            one, two = (getattr(c, name)[(times * len(c.hips)).astype(int)] for c in (from_bvh, found))
            assert np.abs(one - two).max() < 0.12, (suffix, name)


def test_prompts_and_credits_know_what_was_added(own: Path) -> None:
    file, _ = _written(own, "wave")
    said = ["motion", "add", str(file), "--name", "grobble", "--german", "grobbeln"]
    said += ["--credit", "Ada Example"]
    plans = [["plan", prompt] for prompt in ("An old man grobbles.", "Eine Frau grobbelt.")]
    out, complaints = _run(said, *plans, ["motion", "list"], said)
    assert "People can “grobble” now" in out
    assert out.count("beats.0.motion") == 2
    assert "Ada Example" in out
    assert "There is a motion of this name" in complaints
    assert (clips.folder() / "grobble.png").exists()
    clips.forget()
    told = Screenplay(
        title="x", setting=Setting(place="studio"), cast=(Character(id="a"),), shots=(Shot(),),
        beats=(Beat(subject="a", action=Action.PERFORM, motion="grobble"),),
    )  # fmt: skip
    assert "Ada Example" in [credit.who for credit in credits_of(told)]
    assert clips.digest(["grobble"]) != clips.digest(["wave"])
    assert clips.remove("grobble")
    assert not clips.remove("grobble")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "cannot be read"),
        ("HIERARCHY\nROOT Box\n{\nOFFSET 0 0 0\nCHANNELS 3 Xposition Yposition Zposition\nEnd Site\n{\n"
         "OFFSET 0 1 0\n}\n}\nMOTION\nFrames: 4\nFrame Time: 0.03\n0 0 0\n0 0 1\n0 0 2\n0 0 3\n",
         "no joint that is known as head"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(own: Path, content: str, says: str) -> None:
    file = own / "bad.bvh"
    file.write_text(content)
    with pytest.raises(RecordingError, match=says):
        _taken(file)


def test_joints_can_be_told() -> None:
    names = ("a", "b", "top", "c1", "c2", "c3", "d1", "d2", "d3", "e1", "e2", "e3", "f1", "f2", "f3")
    parents = (-1, 0, 1, 1, 3, 4, 1, 6, 7, 0, 9, 10, 0, 12, 13)
    told = {"head": "top", "hand_l": "c3", "hand_r": "d3", "foot_l": "e3", "foot_r": "f3"}
    found = joints(names, parents, told)
    assert (found.pelvis, found.chest, found.arms, found.shins) == (0, 1, (3, 6), (10, 13))
    with pytest.raises(RecordingError, match="--joint head=NAME"):
        joints(names, parents)
    with pytest.raises(RecordingError, match="no joint nose"):
        joints(names, parents, told | {"head": "nose"})
