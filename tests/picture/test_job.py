from pathlib import Path

import numpy as np

from lichtspiel import picture, take
from lichtspiel.camera import CameraTrack, ShotTrack, files
from lichtspiel.picture import job as jobs
from lichtspiel.screenplay import Prop, Screenplay, Setting, Shot

SCREENPLAY = Screenplay(
    title="ball",
    setting=Setting(place="studio"),
    props=(Prop(id="ball", thing="rubber_ball"),),
    shots=(Shot(),),
)
SHOT = ShotTrack(
    film_start_s=0.0,
    film_end_s=4.0,
    positions=np.random.default_rng(0).normal(size=(241, 3)),
    orientations=np.tile([1.0, 0, 0, 0], (241, 1)),
    focal_length_mm=np.full(241, 35.0),
    focus_distance_m=np.linspace(1, 2, 241),
    f_stop=2.8,
    locked=False,
)
TAKE = take.Take(100.0, (), np.zeros((401, 0, 3)), np.zeros((401, 0, 4)), np.zeros((0, 2)))


def test_a_job_is_read_as_it_was_written(tmp_path: Path) -> None:
    quality = picture.STANDARD.with_size(640, 360).with_fps(30)
    job = picture.Job(quality, (3, 4, 9), tmp_path / "film.blend")
    picture.write(tmp_path, job, SCREENPLAY, TAKE, CameraTrack((SHOT,)))
    assert jobs.read(tmp_path) == job


def test_a_camera_track_survives_the_disk(tmp_path: Path) -> None:
    files.save(CameraTrack((SHOT, SHOT)), tmp_path)
    first = (tmp_path / "camera.npz").read_bytes()
    track = files.load(tmp_path)
    assert len(track.shots) == 2
    assert track.shots[1].f_stop == 2.8
    assert not track.shots[1].locked
    assert (track.at(1.234).position == SHOT.at(1.234).position).all()
    files.save(track, tmp_path)
    assert (tmp_path / "camera.npz").read_bytes() == first


def test_tiers_differ_in_care_and_size() -> None:
    assert picture.TIERS.keys() == {"draft", "standard", "pro"}
    draft, standard, pro = picture.DRAFT, picture.STANDARD, picture.PRO
    assert draft.samples <= standard.samples < pro.samples
    assert draft.width < standard.width < pro.width
