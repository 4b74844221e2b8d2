"""Webhooks: signed so that OpenAI's client verifies them, tried again, and never sent next door."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import openai
import pytest
from openai import OpenAI
from sqlalchemy import select, update

from lichtspiel.studio import announcements
from lichtspiel.studio.database import Delivery, Video
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.web import courier, outside
from lichtspiel.studio.web.outside import Neighbours, OutsideError
from tests.studio.quiet import Quiet, served
from tests.studio.studio import BALL, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


class Receiver:
    """A server that writes down what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], str]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                receiver.told.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/told?by=studio"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


@pytest.fixture
def neighbourly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICHTSPIEL_WEBHOOKS_PRIVATE", "1")


@pytest.fixture(params=["sqlite", "postgresql"])
def studio(tmp_path: Path, neighbourly: None, request: pytest.FixtureRequest) -> Iterator[Quiet]:
    """A studio that answers and tells, on each of the two databases."""
    address = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    with served(tmp_path, address) as quiet:
        yield quiet


@pytest.fixture
def client(studio: Quiet) -> Iterator[OpenAI]:
    with OpenAI(base_url=studio.url, api_key=studio.key, max_retries=0) as client:
        yield client


def registered(client: OpenAI, **fields: Any) -> dict[str, Any]:
    made = client.post("/lichtspiel/webhooks", body=fields, cast_to=object)
    assert isinstance(made, dict)
    return made


def finish(studio: Quiet, video: str, status: str) -> None:
    """Do as the last step of a job does."""
    with studio.here.sessions.begin() as session:
        session.execute(update(Video).where(Video.id == video).values(status="in_progress"))
    if status == "completed":
        assert queue.complete(studio.here.sessions, video)
    else:
        queue.fail(studio.here.sessions, video, "prompt_not_filmable", "No.")


def delivery(studio: Quiet) -> Delivery:
    """The only one."""
    with studio.here.sessions() as session:
        return session.scalars(select(Delivery)).one()


@pytest.mark.parametrize("status", ["completed", "failed"])
def test_the_official_client_verifies_what_it_is_told(
    studio: Quiet, client: OpenAI, receiver: Receiver, status: str
) -> None:
    hook = registered(client, url=receiver.url)
    video = client.videos.create(prompt=BALL)
    finish(studio, video.id, status)
    until(lambda: len(receiver.told) == 1)
    headers, body = receiver.told[0]
    event: Any = client.webhooks.unwrap(body, headers, secret=hook["secret"])
    assert (event.type, event.object, event.data.id) == (f"video.{status}", "event", video.id)
    with pytest.raises(openai.InvalidWebhookSignatureError):
        client.webhooks.unwrap(body.replace(video.id, "video_other"), headers, secret=hook["secret"])


def test_a_cancelled_video_is_told_as_failed_and_only_who_asked_is_told(
    client: OpenAI, receiver: Receiver
) -> None:
    registered(client, url=receiver.url, events=["video.completed"])
    registered(client, url=receiver.url, events=["video.failed"])
    video = client.videos.create(prompt=BALL)
    client.post(f"/videos/{video.id}/cancel", cast_to=object)
    until(lambda: len(receiver.told) == 1)
    assert json.loads(receiver.told[0][1])["type"] == "video.failed"


def test_what_does_not_arrive_is_tried_again_under_the_same_id(
    studio: Quiet, client: OpenAI, receiver: Receiver
) -> None:
    receiver.answers = [500, 302]
    registered(client, url=receiver.url)
    finish(studio, client.videos.create(prompt=BALL).id, "completed")
    for attempt in (1, 2, 3):
        until(lambda attempt=attempt: len(receiver.told) == attempt)  # type: ignore[misc]
        until(lambda: delivery(studio).answer is not None)
        with studio.here.sessions.begin() as session:
            session.execute(update(Delivery).values(due_at=0, answer=None))
    until(lambda: delivery(studio).state == "delivered")
    assert len({headers["webhook-id"] for headers, _ in receiver.told}) == 1


def test_after_three_days_it_is_given_up(studio: Quiet, client: OpenAI) -> None:
    registered(client, url="http://127.0.0.1:1/nobody")
    finish(studio, client.videos.create(prompt=BALL).id, "completed")
    until(lambda: "reached" in (delivery(studio).answer or ""))
    with studio.here.sessions.begin() as session:
        session.execute(update(Delivery).values(attempts=len(courier.BACK_OFF_S), due_at=0))
    until(lambda: delivery(studio).state == "given_up")
    assert 60 * 3600 < sum(courier.BACK_OFF_S) <= 72 * 3600


def test_webhooks_are_listed_without_secrets_and_deleted_with_what_is_on_its_way(
    studio: Quiet, client: OpenAI
) -> None:
    hook = registered(client, url="http://127.0.0.1:1/nobody")
    with studio.here.sessions.begin() as session:
        video = client.videos.create(prompt=BALL)
        announcements.announce(session, video.id)
    finish(studio, video.id, "completed")
    listed: Any = client.get("/lichtspiel/webhooks", cast_to=object)
    assert [(one["id"], one["secret"]) for one in listed["data"]] == [(hook["id"], None)]
    client.delete(f"/lichtspiel/webhooks/{hook['id']}", cast_to=object)
    with studio.here.sessions() as session:
        assert session.scalars(select(Delivery)).all() == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://example.org/told", "https"),
        ("https://user:word@example.org/", "password"),
        ("https:///told", "no host"),
        ("https://exa mple.org/", "ASCII"),
        ("https://example.org/\r\nX-Evil: 1", "ASCII"),
        ("https://example.org:99999/", "no URL"),
        ("javascript:alert(1)", "https"),
    ],
)
def test_addresses_that_are_none_are_refused(url: str, said: str) -> None:
    with pytest.raises(OutsideError, match=said):
        outside.check(url, Neighbours(allowed=False))


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "127.0.0.1", "127.1", "0x7f000001", "2130706433", "0.0.0.0", "10.0.0.1", "172.16.0.1",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]",
        "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]", "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)  # fmt: skip
def test_next_door_is_never_asked(host: str) -> None:
    with pytest.raises(OutsideError, match=r"own network|cannot be reached|not known"):
        outside.post(f"https://{host}/", b"", {}, Neighbours(allowed=False))


def test_a_name_that_changes_its_mind_gains_nothing(
    monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    """The name is resolved once: an outside address first, then this machine's."""
    asked: list[str] = []

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        asked.append(host)
        address = "203.0.113.1" if len(asked) > 1 else "93.184.216.34"
        return [(2, 1, 6, "", (address, port))]

    def connect(address: tuple[str, int], timeout: float) -> Any:
        assert address[0] == "93.184.216.34"
        raise OSError("the test goes no further")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(OutsideError, match="cannot be reached"):
        outside.post("https://rebinding.example/", b"", {}, Neighbours(allowed=False))
    assert asked == ["rebinding.example"]
    assert receiver.told == []


def test_one_private_address_among_others_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (address, 443)) for address in ("93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(OutsideError, match="own network"):
        outside.post("https://both.example/", b"", {}, Neighbours(allowed=False))
