"""The official client against a running studio: it notices no difference to where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import openai
import pytest
from openai import OpenAI
from openai.types import Video
from PIL import Image

from tests.studio.studio import BALL, QUICK, Studio

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # OpenAI has closed its own


@pytest.fixture(scope="module")
def client(studio: Studio) -> Iterator[OpenAI]:
    with studio.client() as client:
        yield client


@pytest.fixture(scope="module")
def video(client: OpenAI) -> Video:
    return client.videos.create_and_poll(
        prompt=BALL, model="sora-2", seconds="4", extra_body=QUICK, poll_interval_ms=100
    )


def test_a_film_is_made_as_asked(video: Video) -> None:
    assert (video.status, video.progress, video.error) == ("completed", 100, None)
    assert (video.object, video.model, video.size, video.seconds) == ("video", "sora-2", "720x1280", "4")
    assert video.prompt == BALL
    assert video.completed_at is not None
    assert video.completed_at >= video.created_at


def test_the_answer_accounts_for_the_words(video: Video) -> None:
    made: dict[str, Any] = video.to_dict()["lichtspiel"]  # type: ignore[assignment]
    assert (made["seed"], made["fps"], made["quality"]) == (0, 1, "standard")
    assert {"red", "rubber ball", "falls"} <= {reading["text"] for reading in made["ledger"]}
    assert made["notes"] == ["sora-2 stands for Lichtspiel's standard tier here."]


def test_the_film_streams_to_a_file(client: OpenAI, video: Video, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with client.videos.with_streaming_response.download_content(video.id) as answer:
        answer.stream_to_file(film)
    with av.open(str(film)) as container:
        picture = container.streams.video[0]
        assert (picture.width, picture.height, picture.frames) == (720, 1280, 4)
        assert container.streams.audio


@pytest.mark.parametrize(("variant", "kind"), [("thumbnail", "WEBP"), ("spritesheet", "JPEG")])
def test_stills_come_too(client: OpenAI, video: Video, tmp_path: Path, variant: Any, kind: str) -> None:
    client.videos.download_content(video.id, variant=variant).write_to_file(tmp_path / "still")
    with Image.open(tmp_path / "still") as picture:
        assert picture.format == kind


def test_parts_of_a_film_and_what_is_known_already(studio: Studio, video: Video) -> None:
    with studio.web() as web:
        where = f"/videos/{video.id}/content"
        whole = web.get(where)
        assert whole.headers["content-type"] == "video/mp4"
        part = web.get(where, headers={"Range": "bytes=100-199"})
        assert (part.status_code, part.content) == (206, whole.content[100:200])
        assert part.headers["content-range"] == f"bytes 100-199/{len(whole.content)}"
        assert web.get(where, headers={"Range": "bytes=-10"}).content == whole.content[-10:]
        beyond = web.get(where, headers={"Range": "bytes=99999999-"})
        assert (beyond.status_code, beyond.json()["error"]["param"]) == (416, "range")
        known = web.get(where, headers={"If-None-Match": whole.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")


def test_lists_page_in_both_orders(client: OpenAI, video: Video) -> None:
    more = [client.videos.create(prompt=BALL, seconds="4", extra_body=QUICK).id for _ in range(3)]
    client.videos.delete(more[1])
    asked = [one.id for one in client.videos.list(limit=1, order="asc")]
    assert asked == [video.id, more[0], more[2]]
    assert [one.id for one in client.videos.list(limit=2)] == asked[::-1]
    assert [one.id for one in client.videos.list(after=more[1], order="asc")] == [more[2]]
    for one in (more[0], more[2]):
        client.videos.delete(one)


def test_a_deleted_video_is_gone(studio: Studio, client: OpenAI) -> None:
    video = client.videos.create_and_poll(prompt=BALL, model="draft", extra_body=QUICK, poll_interval_ms=100)
    assert studio.media(video.id).is_dir()
    gone = client.videos.delete(video.id)
    assert (gone.id, gone.object, gone.deleted) == (video.id, "video.deleted", True)
    assert not studio.media(video.id).exists()
    for ask in (client.videos.retrieve, client.videos.download_content, client.videos.delete):
        with pytest.raises(openai.NotFoundError):
            ask(video.id)


def test_a_remix_keeps_all_but_the_prompt(client: OpenAI, video: Video) -> None:
    remix = client.videos.remix(video.id, prompt="A blue glass ball rolls over a table")
    assert remix.remixed_from_video_id == video.id
    done = client.videos.poll(remix.id, poll_interval_ms=100)
    assert (done.status, done.size, done.seconds) == ("completed", video.size, video.seconds)
    assert done.prompt == "A blue glass ball rolls over a table"


def test_json_and_nested_form_keys_say_the_same(studio: Studio) -> None:
    wished = {"seed": 7, "fps": 1, "quality": "draft"}
    plain = {"prompt": BALL, "model": "sora-2-pro", "seconds": "4", "size": "1792x1024"}
    form = [(name, (None, value)) for name, value in plain.items()]
    form += [(f"lichtspiel[{name}]", (None, str(value))) for name, value in wished.items()]
    with studio.web() as web:
        first = web.post("/videos", json={**plain, "seconds": 4, "lichtspiel": wished}).json()
        second = web.post("/videos", files=form).json()
        for answer in (first, second):
            assert (answer["status"], answer["size"]) == ("queued", "1792x1024")
            assert {name: answer["lichtspiel"][name] for name in wished} == wished
            assert web.delete(f"/videos/{answer['id']}").json()["deleted"]


def test_polls_are_paced(studio: Studio, client: OpenAI, video: Video) -> None:
    waiting = client.videos.create(
        prompt=BALL,
        seconds="20",  # type: ignore[arg-type] # the client sends it, its types lag behind
        extra_body={"lichtspiel": {"fps": 60}},
    )
    with studio.web() as web:
        assert int(web.get(f"/videos/{waiting.id}").headers["openai-poll-after-ms"]) > 0
        assert "openai-poll-after-ms" not in web.get(f"/videos/{video.id}").headers
        early = web.get(f"/videos/{waiting.id}/content")
        assert (early.status_code, early.json()["error"]["code"]) == (404, "video_not_ready")
        early = web.post(f"/videos/{waiting.id}/remix", json={"prompt": BALL})
        assert (early.status_code, early.json()["error"]["code"]) == (400, "video_not_completed")
    client.videos.delete(waiting.id)  # or the tests after this one would wait for it


def test_what_cannot_be_filmed_fails_with_a_reason(client: OpenAI) -> None:
    video = client.videos.create_and_poll(prompt="flurgh blarg", poll_interval_ms=100)
    assert video.status == "failed"
    assert video.error is not None
    assert video.error.code == "prompt_not_filmable"
    assert "no thing" in video.error.message


def test_models_are_listed(client: OpenAI) -> None:
    assert {"draft", "standard", "pro", "sora-2", "sora-2-pro"} <= {
        model.id for model in client.models.list()
    }
    assert client.models.retrieve("sora-2").owned_by == "lichtspiel"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-5")


def test_a_wrong_key_opens_nothing(studio: Studio) -> None:
    with studio.client("sk-wrong") as client, pytest.raises(openai.AuthenticationError) as refused:
        client.videos.list()
    assert refused.value.code == "invalid_api_key"
    assert studio.key not in (studio.media("..") / "studio.sqlite").read_bytes().decode("latin-1")


@pytest.mark.parametrize(
    ("wrong", "param", "code"),
    [
        ({"size": "1920x1080"}, "size", "invalid_value"),
        ({"model": "draft", "size": "721x1280"}, "size", "invalid_value"),
        ({"model": "sora-3"}, "model", "invalid_value"),
        ({"seconds": "5"}, "seconds", "invalid_value"),
        ({"prompt": ""}, "prompt", "string_below_min_length"),
        ({"prompt": "a ball\0"}, "prompt", "invalid_value"),
        ({"prompt": "x" * 32_001}, "prompt", "string_above_max_length"),
        ({"extra_body": {"colour": "red"}}, "colour", "unknown_parameter"),
        ({"extra_body": {"lichtspiel": {"seed": -1}}}, "lichtspiel.seed", "invalid_value"),
    ],
)
def test_what_is_wrong_is_named(client: OpenAI, wrong: dict[str, Any], param: str, code: str) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.videos.create(**{"prompt": BALL, **wrong})
    error = refused.value
    assert (error.param, error.code, error.type) == (param, code, "invalid_request_error")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/films", 404, "unknown_url"),
        ("GET", "/videos/", 404, "unknown_url"),
        ("PUT", "/videos", 405, "method_not_allowed"),
        ("GET", "/videos/video_none", 404, "not_found"),
        ("GET", "/videos?limit=101", 400, "invalid_value"),
        ("GET", "/videos?after=video_none", 400, "invalid_value"),
        ("POST", "/videos", 415, "unsupported_content_type"),
        ("POST", "/videos/edits", 415, "unsupported_content_type"),
        ("GET", "/videos/characters/char_1", 404, "not_found"),
        ("GET", "/videos/video_%00", 400, "invalid_value"),
        ("GET", "/files/file-1", 404, "not_found"),
        ("GET", "/batches/batch_1", 404, "not_found"),
        ("DELETE", "/lichtspiel/webhooks/whk_1", 404, "not_found"),
    ],
)
def test_errors_have_one_shape(studio: Studio, method: str, path: str, status: int, code: str) -> None:
    with studio.web() as web:
        answer = web.request(method, path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}
    assert answer.json()["error"]["code"] == code
