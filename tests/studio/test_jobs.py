"""The queue: in order, once each, and no endless attempts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtspiel.studio import connection
from lichtspiel.studio.accounts.quota import Quota
from lichtspiel.studio.database import Account, Sessions
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.progress import Meter
from lichtspiel.studio.web import videos
from lichtspiel.studio.web.wire import CreateVideo

OWNER = "acct_owner"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Sessions]:
    opened = connection.sessions(connection.sqlite(tmp_path / "studio.sqlite"))
    with opened.begin() as session:
        session.add(Account(id=OWNER, email="owner@example.org"))
    yield opened
    opened.kw["bind"].dispose()


def queued(database: Sessions) -> str:
    return videos.accept(database, Quota(), OWNER, CreateVideo(prompt="A ball falls")).id


def claimed(database: Sessions) -> str | None:
    video = queue.claim(database)
    return video.id if video else None


def test_the_oldest_goes_first_and_each_once(database: Sessions) -> None:
    first, second = queued(database), queued(database)
    assert [claimed(database) for _ in range(3)] == [first, second, None]


def test_the_third_failed_attempt_is_the_last(database: Sessions) -> None:
    video = queued(database)
    for attempt in range(queue.MAX_ATTEMPTS):
        assert videos.find(database, OWNER, video).status == "queued", attempt
        assert claimed(database) == video
        queue.retry(database, video, "engine_failed", "Blender died.")
    failed = videos.find(database, OWNER, video)
    assert (failed.status, failed.error_code) == ("failed", "engine_failed")
    assert failed.error_message == "Blender died. Given up after 3 attempts."


def test_attempts_that_get_further_are_forgiven(database: Sessions) -> None:
    video = queued(database)
    for percent in range(10, 60, 10):
        assert claimed(database) == video
        queue.advance(database, video, percent)
        queue.take_up_again(database)
    assert videos.find(database, OWNER, video).status == "queued"
    assert videos.find(database, OWNER, video).progress == 50


def test_an_orderly_stop_is_no_attempt(database: Sessions) -> None:
    video = queued(database)
    for _ in range(2 * queue.MAX_ATTEMPTS):
        assert claimed(database) == video
        queue.give_back(database)
    assert videos.find(database, OWNER, video).status == "queued"


def test_progress_never_goes_back(database: Sessions) -> None:
    video = queued(database)
    claimed(database)
    for percent in (30, 20):
        queue.advance(database, video, percent)
    assert videos.find(database, OWNER, video).progress == 30


def test_a_deleted_job_is_not_made(database: Sessions) -> None:
    video = queued(database)
    assert videos.delete(database, OWNER, video) is False
    assert claimed(database) is None


def test_percents_grow_with_the_stages_and_stop_short_of_the_end() -> None:
    told: list[int] = []
    meter = Meter(told.append, reached=2)
    for stage, done, of in [("take", 50, 100), ("frames", 1, 2), ("frames", 1, 2), ("take", 100, 100)]:
        meter(stage, done, of)
    meter("packs", 0, 1)
    for stage in ("frames", "sound", "cut"):
        meter(stage, 1, 1)
    assert told == [47, 50, 95, 97, 99]
