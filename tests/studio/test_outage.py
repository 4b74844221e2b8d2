"""A store of files that is down: nothing is lost, and what cannot be done is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from lichtspiel.engines.fake import DRAWN
from lichtspiel.studio import media
from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import patience
from lichtspiel.studio.jobs.crew import UnwantedError
from lichtspiel.studio.jobs.patience import LaterError, patiently
from lichtspiel.studio.jobs.settings import Settings
from lichtspiel.studio.jobs.supervisor import Supervisor
from lichtspiel.studio.media import MediaDownError
from tests.studio import buckets
from tests.studio.buckets import Bucket
from tests.studio.quiet import served
from tests.studio.studio import BALL, until

LONG = 300.0


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    with buckets.opened() as opened:
        for name, value in opened.places.items():
            monkeypatch.setenv(name, value)
        yield opened


def test_a_store_that_is_down_is_called_so(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "_BELIEVED_S", 0.0)
    store = media.opened(Home(tmp_path))
    store.put("a/b", b"film")
    assert store.answers()
    bucket.stop()
    assert not store.answers()
    for ask in (
        lambda: store.put("a/b", b"other"),
        lambda: store.read("a/b"),
        lambda: store.stat("a/b"),
        lambda: list(store.names()),
        store.folders,
        lambda: store.delete("a"),
        lambda: store.fetch("a/b", tmp_path / "copy"),
    ):
        with pytest.raises(MediaDownError):
            ask()
    bucket.start()
    assert store.answers()
    assert store.read("a/b") == b"film"


def test_a_bucket_that_is_not_there_is_down(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(media.VARIABLE, "s3://nowhere/studio")
    store = media.opened(Home(tmp_path))
    assert not store.answers()
    with pytest.raises(MediaDownError, match="404"):
        store.put("a/b", b"film")
    with pytest.raises(FileNotFoundError):
        store.put("a/b", tmp_path / "no such file")


def test_a_folder_that_cannot_be_written_is_down(tmp_path: Path) -> None:
    home = Home(tmp_path)
    store = media.opened(home)
    (tmp_path / "media").rmdir()
    (tmp_path / "media").write_bytes(b"in the way")
    assert not store.answers()
    with pytest.raises(MediaDownError):
        store.put("a/b", b"film")


class Flaky:
    """Is down so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def ask(self) -> str:
        if self.left:
            self.left -= 1
            raise MediaDownError("connection refused")
        return "here"


def test_files_are_waited_for_and_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_PAUSES_S", (0.01, 0.02))
    assert patiently(Flaky(3).ask, lambda: True, 60) == "here"
    with pytest.raises(LaterError, match="refused"):
        patiently(Flaky(10_000).ask, lambda: True, 0.1)
    with pytest.raises(UnwantedError):
        patiently(Flaky(10_000).ask, lambda: False, 60)


def status(sessions: Sessions, video: str) -> str:
    with sessions() as session:
        return session.scalars(select(Video.status).where(Video.id == video)).one()


def test_a_film_outlives_its_store(bucket: Bucket, tmp_path: Path) -> None:
    with served(tmp_path) as studio:
        sessions, root = studio.here.sessions, studio.url.removesuffix("/v1")
        headers = {"Authorization": f"Bearer {studio.key}"}

        def asked() -> str:
            wish = {"prompt": BALL, "model": "draft", "size": "64x96", "lichtspiel": {"fps": 6}}
            return str(httpx2.post(f"{studio.url}/videos", json=wish, headers=headers).json()["id"])

        def film(video: str) -> httpx2.Response:
            return httpx2.get(f"{studio.url}/videos/{video}/content", headers=headers, timeout=60)

        def ready() -> bool:
            return httpx2.get(f"{root}/health/ready", timeout=60).status_code == 200

        workers = Supervisor(Settings(tmp_path, "fake:0.1", patience_s=2.0))
        try:
            first = asked()
            until(lambda: status(sessions, first) == "completed", LONG)
            second = asked()
            until((tmp_path / "work" / second / DRAWN).exists, LONG)
            bucket.stop()
            until(lambda: status(sessions, second) == "queued", LONG)
            until(lambda: not ready(), LONG)
            down = film(first)
            assert (down.status_code, down.json()["error"]["code"]) == (503, "storage_unavailable")
            bucket.start()
            until(lambda: status(sessions, second) == "completed", LONG)
            until(ready, LONG)
        finally:
            workers.close()
        drawn = (tmp_path / "work" / second / DRAWN).read_text().split()
        assert sorted(drawn, key=int) == [str(frame) for frame in range(24)], "frames are rendered once"
        assert film(second).content[4:8] == b"ftyp"
        with sessions() as session:
            assert session.scalars(select(Video.attempts).where(Video.id == second)).one() > 1
