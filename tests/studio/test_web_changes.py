"""What can be done with a film beyond making it: changed, extended, cast, cancelled, followed."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import openai
import pytest
import yaml
from openai import OpenAI
from openai.types import Video
from PIL import Image

from tests.studio.studio import BALL, Studio

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL: dict[str, Any] = {"model": "draft", "size": "96x64", "extra_body": {"lichtspiel": {"fps": 2}}}
"""Films that take a moment."""


@pytest.fixture(scope="module")
def client(studio: Studio) -> Iterator[OpenAI]:
    with studio.client() as client:
        yield client


@pytest.fixture(scope="module")
def ball(client: OpenAI) -> Video:
    return client.videos.create_and_poll(prompt=BALL, poll_interval_ms=100, **SMALL)


def own(video: Video) -> dict[str, Any]:
    made: dict[str, Any] = video.to_dict()["lichtspiel"]  # type: ignore[assignment]
    return made


def posted(client: OpenAI, path: str, body: dict[str, Any]) -> Video:
    """A video that is asked for as JSON, which the client's own methods cannot."""
    video = client.post(path, body=body, cast_to=Video)
    return client.videos.poll(video.id, poll_interval_ms=100)


def test_the_screenplay_comes_back_and_goes_in_again(studio: Studio, client: OpenAI, ball: Video) -> None:
    with studio.web() as web:
        text = web.get(f"/videos/{ball.id}/screenplay").text
        as_json = web.get(f"/videos/{ball.id}/content", params={"variant": "screenplay"}).json()
    assert own(ball)["screenplay"] == as_json
    written = yaml.safe_load(text)
    assert written["props"][0]["colour"] == "red"
    written["props"][0]["colour"] = "blue"
    wishes = {"fps": 2, "screenplay": yaml.safe_dump(written)}
    body = {"prompt": "the same in blue", "model": "draft", "size": "96x64", "lichtspiel": wishes}
    blue = posted(client, "/videos", body)
    assert (blue.status, blue.seconds) == ("completed", "4")
    assert own(blue)["screenplay"]["props"][0]["colour"] == "blue"
    assert [reading["text"] for reading in own(blue)["ledger"]] == ["screenplay"]


@pytest.mark.parametrize(
    ("screenplay", "param", "said"),
    [
        ({"title": "x"}, "lichtspiel.screenplay.setting", "Missing"),
        ({"title": "x", "setting": {"place": "nowhere"}, "shots": [{}]}, "lichtspiel.screenplay", "nowhere"),
        (
            {"title": "x", "setting": {"place": "lawn"}, "shots": [{"size": "huge"}]},
            "lichtspiel.screenplay.shots.0.size",
            "close_up",
        ),
        ("a: [b", "lichtspiel.screenplay", "line 1"),
        ("a: &b [c]\nd: *b", "lichtspiel.screenplay", "aliases"),
        ("[" * 5000 + "]" * 5000, "lichtspiel.screenplay", "nested"),
        (
            {
                "title": "x",
                "setting": {"place": "lawn"},
                "shots": [{}],
                "cast": [{"id": "a", "face_texture": "/etc/passwd"}],
            },
            "lichtspiel.screenplay",
            "file of this machine",
        ),
    ],
)
def test_what_is_wrong_with_a_screenplay_is_told_by_its_path(
    client: OpenAI, screenplay: Any, param: str, said: str
) -> None:
    body = {"prompt": BALL, "lichtspiel": {"screenplay": screenplay}}
    with pytest.raises(openai.BadRequestError) as refused:
        client.post("/videos", body=body, cast_to=Video)
    assert refused.value.param == param
    assert said in refused.value.message


def test_negative_words_keep_things_out(client: OpenAI) -> None:
    wishes = {"fps": 2, "negative": ["table", "rain", "unicorns"]}
    body = {"prompt": "A glass falls off a table in the rain", "model": "draft", "lichtspiel": wishes}
    video = posted(client, "/videos", {**body, "size": "96x64"})
    filmed = own(video)["screenplay"]
    assert filmed["setting"]["weather"] == "clear"
    assert "table" not in {prop["thing"] for prop in filmed["props"]}
    assert own(video)["negative"] == ["table", "rain", "unicorns"]
    told = [reading for reading in own(video)["ledger"] if reading["note"].startswith("negative")]
    assert {"rain", "unicorns"} <= {reading["text"] for reading in told}


def test_an_edit_changes_what_it_names_and_nothing_else(client: OpenAI, ball: Video) -> None:
    edit = posted(client, "/videos/edits", {"prompt": "Make the ball blue.", "video": {"id": ball.id}})
    assert (edit.status, edit.size, edit.seconds, edit.error) == ("completed", "96x64", "4", None)
    assert edit.remixed_from_video_id is None
    assert (own(edit)["operation"], own(edit)["source_video_id"]) == ("edit", ball.id)
    before, after = own(ball)["screenplay"], own(edit)["screenplay"]
    assert after["props"][0]["colour"] == "blue"
    kept = ("setting", "seed", "duration_s", "shots", "beats")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


def test_edits_take_brackets_ids_in_the_path_and_remixes(studio: Studio, client: OpenAI, ball: Video) -> None:
    form = {"prompt": (None, "Make the ball green."), "video[id]": (None, ball.id)}
    with studio.web() as web:
        bracketed = web.post("/videos/edits", files=form).json()["id"]
    in_path = posted(client, f"/videos/{ball.id}/edits", {"prompt": "Make the ball green."})
    remix = client.videos.remix(ball.id, prompt="Make the ball green.")
    done = [client.videos.poll(one, poll_interval_ms=100) for one in (bracketed, remix.id)]
    for one in (in_path, *done):
        assert own(one)["screenplay"]["props"][0]["colour"] == "green"
    assert done[1].remixed_from_video_id == ball.id


def test_a_film_that_is_sent_is_changed_by_its_own_screenplay(
    client: OpenAI, ball: Video, tmp_path: Path
) -> None:
    client.videos.download_content(ball.id).write_to_file(tmp_path / "mine.mp4")
    sent = client.videos.edit(prompt="Make the ball yellow.", video=tmp_path / "mine.mp4")
    done = client.videos.poll(sent.id, poll_interval_ms=100)
    assert (done.status, done.model, done.size) == ("completed", "draft", "96x64")
    assert own(done)["screenplay"]["props"][0]["colour"] == "yellow"
    assert own(done)["source_video_id"] is None


def test_films_from_elsewhere_are_told_apart(client: OpenAI, ball: Video, tmp_path: Path) -> None:
    foreign = filmed_elsewhere(tmp_path / "foreign.mp4")
    with pytest.raises(openai.BadRequestError) as refused:
        client.videos.edit(prompt="Make it blue.", video=foreign)
    assert (refused.value.code, refused.value.param) == ("foreign_film", "video")
    with pytest.raises(openai.BadRequestError) as refused:
        client.videos.edit(prompt="Make it blue.", video=b"no film at all")
    assert refused.value.code == "unsupported_file"
    with pytest.raises(openai.BadRequestError) as refused:
        client.videos.create_character(name="Mossy", video=foreign)
    assert refused.value.code == "moderation_blocked"


def test_a_film_goes_on_up_to_two_minutes(client: OpenAI, ball: Video) -> None:
    longer = posted(
        client,
        "/videos/extensions",
        {"prompt": "The ball rolls away.", "seconds": "4", "video": {"id": ball.id}},
    )
    assert (longer.status, longer.seconds, own(longer)["operation"]) == ("completed", "8", "extend")
    filmed = own(longer)["screenplay"]
    assert filmed["duration_s"] == 8.0
    assert filmed["setting"] == own(ball)["screenplay"]["setting"]
    assert len(filmed["beats"]) > len(own(ball)["screenplay"]["beats"])


def test_a_cancelled_video_fails_with_that_reason(client: OpenAI, ball: Video) -> None:
    long = client.videos.create(
        prompt=BALL,
        seconds="20",  # type: ignore[arg-type] # its types lag behind
        extra_body={"lichtspiel": {"fps": 60}},
    )
    ended = client.post(f"/videos/{long.id}/cancel", cast_to=Video)
    assert ended.status == "failed"
    assert ended.error is not None
    assert ended.error.code == "cancelled"
    assert client.post(f"/videos/{long.id}/cancel", cast_to=Video).status == "failed"
    with pytest.raises(openai.BadRequestError) as refused:
        client.post(f"/videos/{ball.id}/cancel", cast_to=Video)
    assert refused.value.code == "video_not_cancellable"


def test_ledger_and_take_can_be_downloaded(studio: Studio, ball: Video) -> None:
    with studio.web() as web:
        ledger = web.get(f"/videos/{ball.id}/content?variant=ledger").json()
        take = web.get(f"/videos/{ball.id}/content?variant=take").json()
        depth = web.get(f"/videos/{ball.id}/content?variant=depth")
        files = web.get(f"/videos/{ball.id}/content?variant=take_files")
    assert ledger["prompt"] == BALL
    assert {"red", "rubber ball"} <= {reading["text"] for reading in ledger["readings"]}
    assert (take["take"]["duration_s"], take["frames"]) == (4.0, 8)
    assert (depth.status_code, depth.json()["error"]["code"]) == (404, "no_depth")
    assert files.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(files.content)) as archive:
        assert {"take.npz", "camera.npz", "screenplay.json"} <= set(archive.namelist())


@pytest.mark.parametrize("as_form", [True, False])
def test_depth_can_be_downloaded_where_it_was_asked_for(
    studio: Studio, client: OpenAI, as_form: bool
) -> None:
    if as_form:
        wishes = {**SMALL, "extra_body": {"lichtspiel[fps]": "2", "lichtspiel[depth]": "true"}}
        made = client.videos.create_and_poll(prompt=BALL, poll_interval_ms=100, **wishes)
    else:
        body = {"prompt": BALL, "model": "draft", "size": "96x64", "lichtspiel": {"fps": 2, "depth": True}}
        made = posted(client, "/videos", body)
    assert own(made)["depth"] is True
    with studio.web() as web:
        answer = web.get(f"/videos/{made.id}/content?variant=depth")
    assert answer.headers["content-disposition"].endswith('depth.zip"')
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == [f"depth/{frame:06d}.exr" for frame in range(8)]


def test_events_tell_the_way_of_a_film(studio: Studio, client: OpenAI) -> None:
    video = client.videos.create(prompt=BALL, **SMALL)
    with studio.web() as web, web.stream("GET", f"/videos/{video.id}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        text = "".join(answer.iter_text())
    events = [event.split("\n") for event in text.strip().split("\n\n") if not event.startswith(":")]
    told = [
        (lines[0].removeprefix("event: "), json.loads(lines[1].removeprefix("data: "))) for lines in events
    ]
    assert told[-1][0] == "video.completed"
    assert told[-1][1]["progress"] == 100
    percents = [shown["progress"] for _, shown in told]
    assert percents == sorted(percents)


def test_somebody_plays_in_another_film_under_their_name(client: OpenAI, tmp_path: Path) -> None:
    first = client.videos.create_and_poll(
        prompt="An old fisherman waves at the camera on a pier.", poll_interval_ms=100, **SMALL
    )
    client.videos.download_content(first.id).write_to_file(tmp_path / "fisherman.mp4")
    kept = client.videos.create_character(name="Captain Moss", video=tmp_path / "fisherman.mp4")
    assert kept.id is not None
    assert client.videos.get_character(kept.id).name == "Captain Moss"
    wished = {
        "prompt": "Captain Moss walks through a park.",
        "characters": [{"id": kept.id}],
        "size": "96x64",
        "model": "draft",
    }
    second = posted(client, "/videos", {**wished, "lichtspiel": {"fps": 2}})
    cast = own(second)["screenplay"]["cast"]
    assert [one["role"] for one in cast] == ["fisherman"]
    assert cast[0]["likeness"] is not None
    words = {reading["text"]: reading["status"] for reading in own(second)["ledger"]}
    assert words["Captain Moss"] == "realised"
    with pytest.raises(openai.BadRequestError) as refused:
        client.post("/videos", body={**wished, "prompt": "Somebody walks."}, cast_to=Video)
    assert refused.value.code == "character_not_named"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_the_first_frame(client: OpenAI, tmp_path: Path, form: str) -> None:
    drawn = io.BytesIO()
    picture().save(drawn, form, quality=95)
    video = client.videos.create_and_poll(
        prompt=BALL, input_reference=drawn.getvalue(), poll_interval_ms=100, **SMALL
    )
    client.videos.download_content(video.id).write_to_file(tmp_path / "film.mp4")
    with av.open(str(tmp_path / "film.mp4")) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    wanted = np.asarray(picture(), float)
    assert np.abs(frames[0] - wanted).mean() < 12
    assert np.abs(frames[-1] - wanted).mean() > 40
    assert "input_reference" in {reading["text"] for reading in own(video)["ledger"]}


def test_pictures_by_url_and_by_file(studio: Studio, client: OpenAI, tmp_path: Path) -> None:
    picture().save(tmp_path / "picture.png")
    kept = client.files.create(file=tmp_path / "picture.png", purpose="vision")
    for reference in (
        {"input_reference[file_id]": kept.id},
        {"input_reference[image_url]": as_data_url(tmp_path / "picture.png")},
    ):
        wishes: dict[str, Any] = {"extra_body": {"lichtspiel[fps]": 1, **reference}}
        made = client.videos.create(prompt=BALL, **{**SMALL, **wishes})
        assert client.videos.poll(made.id, poll_interval_ms=100).status == "completed"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ({"image_url": "http://example.org/a.png"}, "https"),
        ({"image_url": "https://127.0.0.1/a.png"}, "own network"),
        ({"image_url": "https://[::1]/a.png"}, "own network"),
        ({"image_url": "https://169.254.169.254/latest/meta-data"}, "own network"),
        ({"image_url": "https://2130706433/"}, "own network"),
        ({"image_url": "file:///etc/passwd"}, "https"),
        ({"image_url": "data:image/png;base64,AAAA"}, "no whole"),
        ({"image_url": "data:image/png;base64,%%%"}, "base64"),
        ({"image_url": "https://a.example/", "file_id": "file-1"}, "exactly one"),
        ({}, "exactly one"),
    ],
)
def test_pictures_that_cannot_be_used(client: OpenAI, reference: dict[str, str], said: str) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.post("/videos", body={"prompt": BALL, "input_reference": reference}, cast_to=Video)
    assert refused.value.param == "input_reference"
    assert said in refused.value.message


def test_a_picture_with_a_face_is_refused_however_it_comes(
    studio: Studio, client: OpenAI, tmp_path: Path
) -> None:
    with Image.open(EXAMPLES / "cast.jpg") as sheet:
        sheet.resize((960, 640)).save(tmp_path / "people.png")
    size: dict[str, Any] = {**SMALL, "size": "960x640"}
    kept = client.files.create(file=tmp_path / "people.png", purpose="vision")
    by_url = as_data_url(tmp_path / "people.png")
    for sent in (
        {"input_reference": tmp_path / "people.png"},
        {"extra_body": {"input_reference[file_id]": kept.id}},
        {"extra_body": {"input_reference[image_url]": by_url}},
    ):
        with pytest.raises(openai.BadRequestError) as refused:
            client.videos.create(prompt=BALL, **{**size, **sent})
        assert (refused.value.code, refused.value.param) == ("moderation_blocked", "input_reference")
        assert "12 faces" in refused.value.message


def test_a_picture_of_another_size_is_refused(client: OpenAI) -> None:
    drawn = io.BytesIO()
    picture().save(drawn, "PNG")
    with pytest.raises(openai.BadRequestError) as refused:
        client.videos.create(prompt=BALL, input_reference=drawn.getvalue(), size="1280x720")
    assert "96x64" in refused.value.message


def picture() -> Image.Image:
    """A gradient, unlike any frame of the fake engine."""
    across, down = np.meshgrid(np.linspace(0, 255, 96), np.linspace(0, 255, 64))
    return Image.fromarray(np.stack([across, down, 255 - across], axis=2).astype(np.uint8))


def as_data_url(path: Path) -> str:
    return "data:image/png;base64," + base64.b64encode(path.read_bytes()).decode()


def filmed_elsewhere(path: Path) -> Path:
    """An MP4 of two seconds that no Lichtspiel made."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=4)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for _ in range(8):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.asarray(picture()), format="rgb24")))
        container.mux(stream.encode(None))
    return path
