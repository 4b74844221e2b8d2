import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lichtspiel import camera, physics, picture, stage
from lichtspiel.picture import job as jobs
from lichtspiel.picture.quality import Quality
from lichtspiel.screenplay import Action, Beat, Prop, Screenplay, Setting, Shot

pytestmark = pytest.mark.render

TINY = Quality("tiny", 120, 120, 8, samples=4, still_samples=16, accurate=False)
SCREENPLAY = Screenplay(
    title="ball",
    duration_s=1.0,
    setting=Setting(place="studio"),
    props=(Prop(id="ball", thing="rubber_ball"),),
    beats=(Beat(subject="ball", action=Action.DROP, height_m=0.5),),
    shots=(Shot(),),
)


def _write(folder: Path, job: picture.Job) -> Path:
    world = stage.build(SCREENPLAY)
    take = physics.perform(world)
    picture.write(folder, job, SCREENPLAY, take, camera.plan(world, take, 1.0))
    return folder


def _pixels(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    _write(folder, picture.Job(TINY, (1, 2, 3, 4), folder / "film.blend"))
    picture.render(folder, lambda done, total: None)
    return folder


def test_a_film_is_rendered_frame_by_frame(film: Path) -> None:
    names = sorted(path.name for path in (film / "frames").iterdir())
    assert names == [f"{frame:06d}.png" for frame in range(1, 5)]
    first, last = _pixels(jobs.frame_path(film, 1)), _pixels(jobs.frame_path(film, 4))
    assert first.shape == (120, 120, 3)
    assert first.std() > 5, "the picture is empty"
    assert (first != last).any(), "the ball does not fall"
    assert (first == last).all(axis=2).mean() > 0.3, "what does not move must stay to the bit"


def test_the_blender_file_is_left_behind(film: Path) -> None:
    assert (film / "film.blend").stat().st_size > 10_000


def test_a_finished_frame_is_kept_and_a_missing_one_comes_out_the_same(film: Path, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    shutil.copytree(film, folder)
    shutil.rmtree(folder / "plates")
    kept, lost = jobs.frame_path(folder, 1), jobs.frame_path(folder, 3)
    kept.write_bytes(b"finished")
    lost.unlink()
    seen: list[tuple[int, int]] = []
    frames = picture.render(folder, lambda done, total: seen.append((done, total)))
    assert kept.read_bytes() == b"finished"
    assert (_pixels(lost) == _pixels(jobs.frame_path(film, 3))).all()
    assert seen[-1] == (4, 4)
    assert [path.name for path in frames] == [f"{frame:06d}.png" for frame in range(1, 5)]


def test_a_failing_renderer_says_why(tmp_path: Path) -> None:
    _write(tmp_path, picture.Job(TINY))
    (tmp_path / "camera.npz").unlink()
    with pytest.raises(picture.RenderError, match=r"(?s)run the same command again.*camera\.npz"):
        picture.render(tmp_path, lambda done, total: None)
