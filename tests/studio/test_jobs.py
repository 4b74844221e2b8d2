"""Whose turn it is: in order, once each, fair between accounts, and nothing that is not wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import URL, select, update

from lichtspiel.studio import connection, media
from lichtspiel.studio.database import NOW, Account, Sessions, Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import janitor, queue
from lichtspiel.studio.jobs.confine import Limits
from lichtspiel.studio.jobs.crew import Hand
from lichtspiel.studio.jobs.making import MAX_BEGUN, Making
from lichtspiel.studio.jobs.progress import percent
from lichtspiel.studio.jobs.queue import Job
from lichtspiel.studio.jobs.shelf import Shelf
from lichtspiel.studio.jobs.workflow import Line, turn

ANN, BOB = "acct_ann", "acct_bob"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, home: Home) -> Iterator[Sessions]:
    place: URL = connection.sqlite(home.database)
    if request.param == "postgresql":
        place = request.getfixturevalue("postgres")
    opened = connection.sessions(place)
    with opened.begin() as session:
        session.add_all([Account(id=name, email=f"{name}@example.org") for name in (ANN, BOB)])
    yield opened
    opened.kw["bind"].dispose()


def queued(database: Sessions, *names: str, account: str = ANN, priority: int = 0) -> None:
    fields = {"model": "draft", "quality": "draft", "prompt": "A ball falls", "seconds": 4, "fps": 12}
    size = {"width": 270, "height": 480, "seed": 0}
    with database.begin() as session:
        for name in names:
            session.add(
                Video(
                    id=f"video_{name}",
                    account=account,
                    status="queued",
                    priority=priority,
                    **fields,
                    **size,
                )
            )
            session.flush()


def turns(database: Sessions, room: int = 10, concurrency: int = 10) -> list[str]:
    """Who comes, until nobody may."""
    came = []
    while (job := queue.claim(database, room, concurrency)) is not None:
        came.append(job.video.removeprefix("video_"))
    return came


def row(database: Sessions, name: str) -> Video:
    with database() as session:
        return session.scalars(select(Video).where(Video.id == f"video_{name}")).one()


def test_the_oldest_goes_first_and_each_once(database: Sessions) -> None:
    queued(database, "first", "second")
    assert turns(database) == ["first", "second"]


def test_pro_goes_before_standard_before_draft(database: Sessions) -> None:
    for name, priority in (("draft", 0), ("pro", 2), ("standard", 1)):
        queued(database, name, priority=priority)
    assert turns(database) == ["pro", "standard", "draft"]


def test_accounts_take_turns(database: Sessions) -> None:
    queued(database, "a1", "a2", "a3")
    queued(database, "b1", "b2", account=BOB)
    assert turns(database) == ["a1", "b1", "a2", "b2", "a3"]


def test_an_account_has_so_many_in_progress_and_no_more(database: Sessions) -> None:
    with database.begin() as session:
        session.execute(update(Account).where(Account.id == BOB).values(concurrency=1))
    queued(database, "a1", "a2", "a3")
    queued(database, "b1", "b2", account=BOB)
    assert turns(database, concurrency=2) == ["a1", "b1", "a2"]
    assert queue.complete(database, "video_b1")
    assert turns(database, concurrency=2) == ["b2"]


def test_what_is_more_important_finds_room_where_the_rest_waits(database: Sessions) -> None:
    queued(database, "d1", "d2", "d3")
    assert turns(database, room=2) == ["d1", "d2"]
    queued(database, "pro", priority=2)
    assert turns(database, room=2) == ["pro"]


def test_many_who_ask_at_once_get_different_videos(database: Sessions) -> None:
    queued(database, *(f"{number}" for number in range(12)))
    came: list[str] = []
    asking = [Thread(target=lambda: came.extend(turns(database, 100, 100))) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert sorted(came, key=int) == [f"{number}" for number in range(12)]


def test_what_nobody_wants_is_neither_begun_nor_finished(database: Sessions) -> None:
    queued(database, "early", "late")
    assert queue.cancel(database, "video_early")
    assert turns(database) == ["late"]
    assert queue.is_wanted(database, "video_late")
    assert queue.cancel(database, "video_late")
    assert not queue.is_wanted(database, "video_late")
    assert not queue.complete(database, "video_late")
    assert not queue.cancel(database, "video_late")
    video = row(database, "late")
    assert (video.status, video.error_code) == ("failed", "cancelled")


def test_what_goes_back_into_the_queue_comes_again_as_another_job(database: Sessions) -> None:
    queued(database, "one")
    assert queue.waits(database)
    first = queue.claim(database, 10, 10)
    assert first == Job("video_one", 1)
    assert (queue.waits(database), queue.claim(database, 10, 10)) == (False, None)
    queue.put_back(database, first)
    assert queue.in_progress(database) == []
    again = queue.claim(database, 10, 10)
    assert again == Job("video_one", 2)
    queue.put_back(database, first)
    assert queue.in_progress(database) == [again], "word of an earlier job came late"


def test_a_film_that_can_never_be_stored_fails_in_the_end(database: Sessions, home: Home) -> None:
    queued(database, "one")
    hand = Hand("fake", Limits(1 << 30))
    making = Making(home, database, media.opened(home), None, hand, hand)
    for _ in range(MAX_BEGUN):
        job = queue.claim(database, 10, 10)
        assert job is not None
        making.put_back(job, "no room in the bucket")
    video = row(database, "one")
    assert (video.status, video.error_code) == ("failed", "storage_failed")
    assert "no room in the bucket" in (video.error_message or "")


def test_progress_never_goes_back_and_ends_with_the_job(database: Sessions) -> None:
    queued(database, "one")
    turns(database)
    for percents in (30, 20):
        queue.advance(database, "video_one", percents)
    assert row(database, "one").progress == 30
    queue.complete(database, "video_one")
    queue.advance(database, "video_one", 99)
    assert row(database, "one").progress == 100


def test_a_new_film_stands_after_its_accounts_own_and_beside_others() -> None:
    assert turn([], []) == 0
    assert turn([40, 41, 42], []) == 40, "a newcomer neither waits for all the others nor passes them"
    assert turn([40, 41, 42], [41, 42]) == 43, "films of one account come one after the other"
    pro, standard = Line(0, 5000), Line(1, 0)
    assert pro.place(100) < standard.place()
    assert standard.place() < standard.place(1)


def test_percents_grow_with_the_stages_and_stop_short_of_the_end(tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    told = [percent(tmp_path, 2, "take", 50, 100)]
    for frame in range(2):
        (tmp_path / "frames" / f"{frame}.png").touch()
        told.append(percent(tmp_path, 2, "frames", 1, 1))
    (tmp_path / "record.json").touch()
    told += [percent(tmp_path, 2, "cut", done, 1) for done in (0, 1)]
    assert told == [2, 50, 95, 97, 99]
    assert percent(tmp_path, 2, "packs", 0, 1) == 0


def test_files_of_videos_that_are_over_are_cleared_away(database: Sessions, home: Home) -> None:
    names = ("made", "expired", "deleted", "cancelled", "waiting")
    queued(database, *names)
    turns(database)
    for name in names[:3]:
        queue.complete(database, f"video_{name}")
    queue.cancel(database, "video_cancelled")
    with database.begin() as session:
        session.execute(update(Video).where(Video.id == "video_expired").values(expires_at=NOW - 1))
        session.execute(update(Video).where(Video.id == "video_made").values(expires_at=NOW + 1000))
        session.execute(update(Video).where(Video.id == "video_deleted").values(deleted=True))
    store = media.opened(home)
    for name in (*names, "unknown"):
        store.put(f"video_{name}/video.mp4", b"film")
        store.put(f"work/video_{name}/request.json", b"{}")
        (home.work(f"video_{name}") / "frames").mkdir(parents=True)
    store.put("files/upload", b"picture")
    janitor.tidy(home, database, store, Shelf(store))
    assert sorted(store.names()) == [
        "files/upload",
        "video_made/video.mp4",
        "video_unknown/video.mp4",
        "video_waiting/video.mp4",
        "work/video_unknown/request.json",
        "work/video_waiting/request.json",
    ]
    kept = {"video_made", "video_waiting", "video_unknown"}
    assert {folder.name for folder in home.work("").iterdir()} == kept
    (home.work("video_made") / "frame.png").write_bytes(b"x" * 100)
    janitor.tidy(home, database, store, None, keep_bytes=10)
    assert {folder.name for folder in home.work("").iterdir()} == kept - {"video_made"}
