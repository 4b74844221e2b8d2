"""Files and batches, as the official client uses them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import OpenAI
from openai.types import Batch
from PIL import Image

from lichtspiel.studio.web.files import shown_name
from tests.studio import postgres as databases
from tests.studio.studio import BALL, Studio, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """A studio with a worker, on each of the two databases."""
    if request.param == "sqlite":
        yield request.getfixturevalue("studio")
        return
    with databases.database(request.getfixturevalue("postgres_server")) as address:
        made = Studio(tmp_path_factory.mktemp("batches"), address)
        yield made
        made.close()


@pytest.fixture(scope="module")
def client(running: Studio) -> Iterator[OpenAI]:
    with running.client() as client:
        yield client


def request(name: str, **body: Any) -> dict[str, Any]:
    whole = {"prompt": BALL, "model": "draft", "size": "96x64", "lichtspiel": {"fps": 1}, **body}
    return {"custom_id": name, "method": "POST", "url": "/v1/videos", "body": whole}


def begun(client: OpenAI, *lines: Any) -> Batch:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    file = client.files.create(file=("requests.jsonl", text.encode()), purpose="batch")
    return client.batches.create(
        input_file_id=file.id, endpoint="/v1/videos", completion_window="24h", metadata={"of": "tests"}
    )


def ended(client: OpenAI, batch: Batch) -> Batch:
    until(lambda: client.batches.retrieve(batch.id).status not in {"in_progress", "cancelling"})
    return client.batches.retrieve(batch.id)


def lines_of(client: OpenAI, file: str | None) -> dict[str, Any]:
    assert file is not None
    lines = [json.loads(line) for line in client.files.content(file).text.splitlines()]
    return {line["custom_id"]: line["response"] for line in lines}


def test_a_batch_is_worked_off_and_answered(client: OpenAI) -> None:
    batch = begun(
        client,
        request("good"),
        request("unfilmable", prompt="flurgh blarg"),
        request("wrong", model="sora-3"),
        request("far", input_reference={"image_url": "https://example.org/a.png"}),
    )
    assert (batch.status, batch.metadata) == ("in_progress", {"of": "tests"})
    done = ended(client, batch)
    counts = done.request_counts
    assert counts is not None
    assert (done.status, counts.total, counts.completed, counts.failed) == ("completed", 4, 1, 3)
    answers = lines_of(client, done.output_file_id)
    assert set(answers) == {"good", "unfilmable"}
    assert (answers["good"]["status_code"], answers["good"]["body"]["status"]) == (200, "completed")
    assert answers["unfilmable"]["body"]["error"]["code"] == "prompt_not_filmable"
    faults = lines_of(client, done.error_file_id)
    assert {name: answer["status_code"] for name, answer in faults.items()} == {"wrong": 400, "far": 400}
    assert faults["wrong"]["body"]["error"]["param"] == "model"
    assert client.videos.retrieve(answers["good"]["body"]["id"]).status == "completed"


@pytest.mark.parametrize(
    ("lines", "line", "code"),
    [
        (["{"], 1, "invalid_json_line"),
        ([request("a"), request("a")], 2, "duplicate_custom_id"),
        ([request("a"), {**request("b"), "url": "/v1/models"}], 2, "invalid_value"),
        ([{"custom_id": "a"}], 1, "missing_required_parameter"),
        ([""], None, "empty_file"),
    ],
)
def test_files_that_make_no_sense_fail_by_line(
    client: OpenAI, lines: list[Any], line: int | None, code: str
) -> None:
    batch = begun(client, *lines)
    assert batch.status == "failed"
    assert batch.errors is not None
    assert batch.errors.data is not None
    assert [(fault.line, fault.code) for fault in batch.errors.data] == [(line, code)]


def test_a_cancelled_batch_keeps_what_is_made(client: OpenAI) -> None:
    long = {"model": "sora-2", "size": "720x1280", "seconds": "20", "lichtspiel": {"fps": 60}}
    batch = begun(client, *(request(f"long {number}", **long) for number in range(3)))
    assert client.batches.cancel(batch.id).status in {"cancelling", "cancelled"}
    done = ended(client, batch)
    assert done.status == "cancelled"
    answers = lines_of(client, done.output_file_id)
    assert {answer["body"]["error"]["code"] for answer in answers.values()} == {"cancelled"}
    with pytest.raises(openai.BadRequestError):
        client.batches.create(
            input_file_id=done.output_file_id or "", endpoint="/v1/videos", completion_window="24h"
        )


def test_batches_are_listed_page_by_page(client: OpenAI) -> None:
    made = {begun(client, "{").id for _ in range(3)}
    listed = [batch.id for batch in client.batches.list(limit=2)]
    assert made <= set(listed)
    assert len(listed) == len(set(listed))


def test_files_come_and_go(client: OpenAI, tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "picture.png")
    picture = client.files.create(file=tmp_path / "picture.png", purpose="vision")
    assert (picture.filename, picture.purpose, picture.status) == ("picture.png", "vision", "processed")
    assert picture.bytes == (tmp_path / "picture.png").stat().st_size
    assert client.files.content(picture.id).read() == (tmp_path / "picture.png").read_bytes()
    assert client.files.retrieve(picture.id).id == picture.id
    assert picture.id in {file.id for file in client.files.list(purpose="vision")}
    assert picture.id not in {file.id for file in client.files.list(purpose="batch")}
    everything = [file.id for file in client.files.list(limit=2)]
    assert len(everything) == len(set(everything)) > 2
    assert client.files.delete(picture.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.content(picture.id)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\x00b.jsonl", "ab.jsonl"),
        ("a\r\nX-Evil: 1.jsonl", "aX-Evil: 1.jsonl"),
        ("..", "file"),
        ("x" * 5000, "x" * 255),
    ],
)
def test_names_lead_nowhere(name: str, shown: str) -> None:
    assert shown_name(name) == shown
