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
from tests.studio.studio import Studio

pytestmark = [
    pytest.mark.render,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # OpenAI has closed its own
]

FPS = 8
BALL = "A red beach ball falls on a stone floor, medium shot"
SMALL: dict[str, Any] = {"model": "draft", "seconds": "4", "size": "96x160"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    running = Studio(tmp_path_factory.mktemp("world"), engine="world")
    yield running
    running.close()


def test_python_gets_a_film_whose_sound_is_that_of_its_picture(world: Studio, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with world.client() as client:
        wishes = {"lichtspiel": {"fps": FPS}}
        video = client.videos.create_and_poll(prompt=BALL, extra_body=wishes, poll_interval_ms=500, **SMALL)
        assert (video.status, video.error) == ("completed", None), world.words()
        with client.videos.with_streaming_response.download_content(video.id) as answer:
            answer.stream_to_file(film)
    heights, loudest_s = _ball_and_knock(film)
    landed_s = (int(np.argmax(np.diff(heights) < 0)) + 0.5) / FPS
    assert heights.max() - heights.min() > 20  # pixels: it falls
    assert abs(loudest_s - landed_s) < 1.5 / FPS


def test_node_gets_a_film_too(world: Studio, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    wishes = json.dumps({"prompt": BALL, "lichtspiel": {"fps": FPS}, **SMALL})
    done = node_client.run("film.mjs", world.url, world.key, str(film), wishes)
    assert done.returncode == 0, done.stderr + world.words()
    video = json.loads(done.stdout)
    assert (video["status"], video["progress"], video["size"]) == ("completed", 100, "96x160")
    heights, _ = _ball_and_knock(film)
    assert len(heights) == 4 * FPS


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
