"""Films that are really simulated, rendered and sounded, through OpenAI's own clients."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.studio import node_client
from tests.studio.studio import PATIENCE_S, Studio, until

pytestmark = [
    pytest.mark.render,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # OpenAI has closed its own
]

FPS = 8
BALL = "A red beach ball falls on a stone floor, medium shot"
SMALL: dict[str, Any] = {"model": "draft", "seconds": "4", "size": "96x160"}
WISHES = {"lichtspiel": {"fps": FPS}}
ASKED: dict[str, Any] = {"prompt": BALL, "extra_body": WISHES, **SMALL}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    running = Studio(tmp_path_factory.mktemp("world"), engine="world")
    yield running
    running.close()


@pytest.fixture(scope="module")
def film(world: Studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What nobody disturbed."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    with world.client() as client:
        video = client.videos.create_and_poll(poll_interval_ms=500, **ASKED)
        assert (video.status, video.error) == ("completed", None), world.words()
        with client.videos.with_streaming_response.download_content(video.id) as answer:
            answer.stream_to_file(path)
    return path


def test_python_gets_a_film_whose_sound_is_that_of_its_picture(film: Path) -> None:
    heights, loudest_s = _ball_and_knock(film)
    landed_s = (int(np.argmax(np.diff(heights) < 0)) + 0.5) / FPS
    assert heights.max() - heights.min() > 20  # pixels: it falls
    assert abs(loudest_s - landed_s) < 1.5 / FPS


def test_node_gets_the_same_film(world: Studio, film: Path, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    wishes = json.dumps({"prompt": BALL, **SMALL, **WISHES})
    done = node_client.run("film.mjs", world.url, world.key, str(path), wishes)
    assert done.returncode == 0, done.stderr + world.words()
    video = json.loads(done.stdout)
    assert (video["status"], video["progress"], video["size"]) == ("completed", 100, "96x160")
    assert path.read_bytes() == film.read_bytes()


def test_a_kill_while_frames_are_rendered_changes_nothing(world: Studio, film: Path) -> None:
    with world.client() as client:
        video = client.videos.create(**ASKED)
        frames = world.work / video.id / "frames"
        until(lambda: len(list(frames.glob("*.png"))) > 3, 3 * PATIENCE_S)
        world.kill()
        drawn = {frame.name: frame.stat().st_mtime_ns for frame in frames.glob("*.png")}
        assert len(drawn) < FPS * 4
        world.open()
        done = client.videos.poll(video.id, poll_interval_ms=500)
        assert (done.status, done.error) == ("completed", None), world.words()
        assert client.videos.download_content(video.id).read() == film.read_bytes()
    assert all((frames / name).stat().st_mtime_ns == when for name, when in drawn.items())


def _ball_and_knock(film: Path) -> tuple[NDArray[np.float64], float]:
    """How far down the red ball is in each frame, in pixels, and when the sound is loudest."""
    with av.open(str(film)) as container:
        pictures = [frame.to_ndarray(format="rgb24").astype(float) for frame in container.decode(video=0)]
    with av.open(str(film)) as container:
        rate = container.streams.audio[0].rate
        sound = np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1)
    heights = []
    for picture in pictures:
        red = np.clip(picture[..., 0] - picture[..., 1:].max(axis=2) - 20, 0, None)
        heights.append(float((red.sum(axis=1) @ np.arange(len(red))) / max(red.sum(), 1e-9)))
    return np.array(heights), float(np.argmax(np.abs(sound).max(axis=0)) / rate)
