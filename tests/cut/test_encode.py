"""The encoded film: length, pictures, sound in step, stillness, and the same bytes twice."""

from __future__ import annotations

import itertools
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import gaussian_filter
from scipy.signal import correlate

from lichtspiel.cut.captions import Caption
from lichtspiel.cut.encode import EncodingError, Soundtrack, encode

RATE = 48_000
FPS = 24
SIZE = (96, 128)


def silence(seconds: float) -> Soundtrack:
    return Soundtrack(np.zeros((round(seconds * RATE), 2), np.float32))


def clicks(seconds: float, *times_s: float) -> Soundtrack:
    rng = np.random.default_rng(5)
    samples = np.zeros((round(seconds * RATE), 2), np.float32)
    for time_s in times_s:
        start = round(time_s * RATE)
        samples[start : start + 480] += rng.normal(0, 0.2, (480, 1)) * np.exp(-np.arange(480) / 90)[:, None]
    return Soundtrack(samples)


def textured(rng: np.random.Generator) -> NDArray[np.float64]:
    """A picture with detail of every size, as a photograph has."""
    grain = rng.normal(size=(SIZE[1], SIZE[0], 3))
    layers = [gaussian_filter(grain, (size, size, 0)) * size * 25 for size in (0.7, 2, 8)]
    picture: NDArray[np.float64] = np.clip(sum(layers, np.full(grain.shape, 120.0)), 0, 255)
    return picture


def save(folder: Path, pictures: list[NDArray[np.float64]]) -> list[Path]:
    paths = [folder / f"{index:05d}.png" for index in range(len(pictures))]
    for path, picture in zip(paths, pictures, strict=True):
        Image.fromarray(picture.astype(np.uint8)).save(path)
    return paths


def decoded_pictures(film: Path) -> list[NDArray[np.int16]]:
    with av.open(str(film)) as container:
        return [frame.to_ndarray(format="rgb24").astype(np.int16) for frame in container.decode(video=0)]


def decoded_sound(film: Path) -> NDArray[np.float32]:
    with av.open(str(film)) as container:
        return np.concatenate([frame.to_ndarray() for frame in container.decode(audio=0)], axis=1).T


@pytest.fixture
def still_frames(tmp_path: Path) -> list[Path]:
    return save(tmp_path, [textured(np.random.default_rng(1))] * FPS)


def test_a_film_lasts_exactly_as_long_as_its_frames(still_frames: list[Path], tmp_path: Path) -> None:
    encode(still_frames, FPS, silence(3.0), tmp_path / "film.mp4")
    with av.open(str(tmp_path / "film.mp4")) as container:
        assert container.duration == av.time_base
        video, audio = container.streams.video[0], container.streams.audio[0]
        assert (video.codec_context.profile, video.codec_context.pix_fmt) == ("High", "yuv420p")
        assert video.average_rate == FPS
        assert video.frames == FPS
        assert audio.codec_context.name == "aac"
        assert (audio.start_time, video.start_time) == (0, 0)
    assert len(decoded_sound(tmp_path / "film.mp4")) == RATE


def test_sound_that_is_too_short_is_followed_by_silence(still_frames: list[Path], tmp_path: Path) -> None:
    encode(still_frames, FPS, clicks(0.2, 0.05), tmp_path / "film.mp4")
    heard = decoded_sound(tmp_path / "film.mp4")
    assert len(heard) == RATE
    assert np.abs(heard[RATE // 2 :]).max() < 1e-3


def test_sound_stays_in_step_with_the_picture(still_frames: list[Path], tmp_path: Path) -> None:
    sound = clicks(1.0, 0.1, 0.4001, 0.77)
    encode(still_frames, FPS, sound, tmp_path / "film.mp4")
    heard = decoded_sound(tmp_path / "film.mp4")
    for start_s in (0.1, 0.4001, 0.77):
        part = slice(round(start_s * RATE) - 2400, round(start_s * RATE) + 2400)
        lag = int(np.argmax(correlate(heard[part, 0], sound.samples[part, 0]))) - (4800 - 1)
        assert abs(lag) <= RATE // 1000


def test_what_does_not_move_stays_still(tmp_path: Path) -> None:
    picture = textured(np.random.default_rng(2))
    pictures = []
    for index in range(5 * FPS):  # longer than the distance of two keyframes
        moving = picture.copy()
        moving[10 + index // 2 : 30 + index // 2, 60:80] = (220, 60, 30)
        pictures.append(moving)
    encode(save(tmp_path, pictures), FPS, silence(5.0), tmp_path / "film.mp4")
    still = [frame[:, :48] for frame in decoded_pictures(tmp_path / "film.mp4")]
    steps = [np.abs(after - before).mean() for before, after in itertools.pairwise(still)]
    assert np.mean(steps) <= 0.1
    assert max(steps) <= 2.0
    assert np.abs(still[0] - picture[:, :48]).mean() < 5


def test_colours_come_back(tmp_path: Path) -> None:
    colours = [(200, 30, 40), (20, 180, 60), (30, 60, 200), (128, 128, 128), (250, 240, 20)]
    for colour in colours:
        frames = save(tmp_path, [np.full((SIZE[1], SIZE[0], 3), colour, float)] * 2)
        encode(frames, FPS, silence(0.1), tmp_path / "film.mp4")
        assert np.abs(decoded_pictures(tmp_path / "film.mp4")[0] - colour).max() <= 3


def test_captions_travel_with_the_film(still_frames: list[Path], tmp_path: Path) -> None:
    captions = [Caption(0.6, 0.9, "Ein Glas zerspringt"), Caption(0.1, 0.7, "a knock")]
    encode(still_frames, FPS, silence(1.0), tmp_path / "film.mp4", captions, {"title": "Glas"})
    with av.open(str(tmp_path / "film.mp4")) as container:
        assert container.metadata["title"] == "Glas"
        packets = [p for p in container.demux(container.streams.subtitles[0]) if p.size > 2]
        cues = [(p.pts, p.duration, bytes(p)[2:].decode()) for p in packets]
    assert cues == [(100, 500, "a knock"), (600, 300, "Ein Glas zerspringt")]


def test_the_same_film_is_the_same_bytes(still_frames: list[Path], tmp_path: Path) -> None:
    for name in ("one.mp4", "two.mp4"):
        encode(still_frames, FPS, clicks(1.0, 0.3), tmp_path / name, [Caption(0.3, 0.6, "knock")])
    assert (tmp_path / "one.mp4").read_bytes() == (tmp_path / "two.mp4").read_bytes()


def test_the_index_stands_at_the_front(still_frames: list[Path], tmp_path: Path) -> None:
    encode(still_frames, FPS, silence(1.0), tmp_path / "film.mp4")
    film = (tmp_path / "film.mp4").read_bytes()
    assert film.index(b"moov") < film.index(b"mdat")


def test_frames_of_different_sizes_make_no_film(tmp_path: Path) -> None:
    frames = save(tmp_path, [np.zeros((64, 64, 3)), np.zeros((64, 66, 3))])
    with pytest.raises(EncodingError, match="not 64x64"):
        encode(frames, FPS, silence(0.1), tmp_path / "film.mp4")


def test_no_frames_make_no_film(tmp_path: Path) -> None:
    with pytest.raises(EncodingError, match="no frames"):
        encode([], FPS, silence(0.1), tmp_path / "film.mp4")
