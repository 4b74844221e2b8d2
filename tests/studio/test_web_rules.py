"""Who may do what, and how far a film can go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx2
import openai
import pytest
from openai import OpenAI
from openai.types import Video
from sqlalchemy import select, update

from lichtspiel import director
from lichtspiel.studio.accounts import keys
from lichtspiel.studio.accounts.caller import SCOPES
from lichtspiel.studio.database import Account
from lichtspiel.studio.database import Video as Row
from lichtspiel.studio.web import streams
from tests.studio.quiet import Quiet, served
from tests.studio.studio import BALL, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quiet]:
    with served(tmp_path_factory.mktemp("rules")) as quiet:
        yield quiet


def client(studio: Quiet, key: str | None = None) -> OpenAI:
    return OpenAI(base_url=studio.url, api_key=key or studio.key, max_retries=0)


def finished(studio: Quiet, duration_s: float, extensions: int) -> str:
    """The id of a completed video of this length that was extended so often."""
    with client(studio) as web:
        video = web.videos.create(prompt=BALL).id
    filmed = director.read(BALL, 0, duration_s)[0].model_dump(mode="json")
    done = {"status": "completed", "filmed": filmed, "extensions": extensions}
    with studio.here.sessions.begin() as session:
        session.execute(update(Row).where(Row.id == video).values(**done))
    return video


def extended(studio: Quiet, video: str, seconds: str) -> Video:
    body = {"prompt": "The ball rolls away.", "seconds": seconds, "video": {"id": video}}
    with client(studio) as web:
        return web.post("/videos/extensions", body=body, cast_to=Video)


def test_a_film_goes_on_six_times_and_for_two_minutes(studio: Quiet) -> None:
    assert extended(studio, finished(studio, 100, 5), "20").seconds == "120"
    with pytest.raises(openai.BadRequestError) as refused:
        extended(studio, finished(studio, 4, 6), "4")
    assert refused.value.code == "too_many_extensions"
    with pytest.raises(openai.BadRequestError) as refused:
        extended(studio, finished(studio, 104, 1), "20")
    assert (refused.value.code, refused.value.param) == ("too_long", "seconds")
    with pytest.raises(openai.BadRequestError) as refused:
        extended(studio, finished(studio, 4, 0), "5")
    assert refused.value.param == "seconds"


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        ("videos:read", "list"),
        ("videos:write", "create"),
        ("account", "webhooks"),
    ],
)
def test_a_key_may_do_what_its_scopes_say(studio: Quiet, scope: Any, allowed: str) -> None:
    with studio.here.sessions() as session:
        operator = session.scalars(select(Account.id)).first()
    assert operator is not None
    key = keys.make(studio.here.sessions, operator, "narrow", [scope]).secret
    with client(studio, key) as web:
        asked: dict[str, Callable[[], object]] = {
            "list": lambda: web.videos.list(limit=1).data,
            "create": lambda: web.videos.create(prompt=BALL),
            "webhooks": lambda: web.get("/lichtspiel/webhooks", cast_to=object),
        }
        for name, ask in asked.items():
            if name == allowed:
                ask()
            else:
                with pytest.raises(openai.PermissionDeniedError) as refused:
                    ask()
                assert refused.value.code == "insufficient_permissions"


def test_accounts_see_nothing_of_each_other(studio: Quiet) -> None:
    with studio.here.sessions.begin() as session:
        session.add(Account(id="acct_other", email="other@example.org"))
    key = keys.make(studio.here.sessions, "acct_other", "theirs", SCOPES).secret
    with client(studio) as mine, client(studio, key) as theirs:
        video = mine.videos.create(prompt=BALL)
        file = mine.files.create(file=("a.jsonl", b"{"), purpose="batch")
        batch = mine.batches.create(input_file_id=file.id, endpoint="/v1/videos", completion_window="24h")
        asked: tuple[Callable[[], object], ...] = (
            lambda: theirs.videos.retrieve(video.id),
            lambda: theirs.videos.delete(video.id),
            lambda: theirs.videos.download_content(video.id),
            lambda: theirs.videos.remix(video.id, prompt=BALL),
            lambda: theirs.post(f"/videos/{video.id}/cancel", cast_to=Video),
            lambda: theirs.get(f"/videos/{video.id}/events", cast_to=object),
            lambda: theirs.files.retrieve(file.id),
            lambda: theirs.files.content(file.id),
            lambda: theirs.files.delete(file.id),
            lambda: theirs.batches.retrieve(batch.id),
            lambda: theirs.batches.create(
                input_file_id=file.id, endpoint="/v1/videos", completion_window="24h"
            ),
        )
        for ask in asked:
            with pytest.raises(openai.NotFoundError):
                ask()
        assert theirs.videos.list().data == []
        assert theirs.files.list().data == []
        assert mine.videos.retrieve(video.id).status == "queued"


def test_an_account_follows_so_many_videos_at_once_and_no_more(studio: Quiet) -> None:
    with client(studio) as web:
        video = web.videos.create(prompt=BALL).id
    address, headers = f"{studio.url}/videos/{video}/events", {"Authorization": f"Bearer {studio.key}"}
    with ExitStack() as opened, httpx2.Client(headers=headers, timeout=30) as plain:
        for _ in range(streams.MOST):
            assert opened.enter_context(plain.stream("GET", address)).status_code == 200
        refused = plain.get(address)
        assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_streams")
        opened.close()

        def answers_again() -> bool:
            with plain.stream("GET", address) as answer:
                return answer.status_code == 200

        until(answers_again)  # who hangs up is noticed
