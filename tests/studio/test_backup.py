"""Backups: a studio moves whole, also from one kind of database to the other."""

from __future__ import annotations

import itertools
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import URL, select

from lichtspiel.cli import main
from lichtspiel.studio import connection, media
from lichtspiel.studio.accounts import accounts, keys, sign_ins
from lichtspiel.studio.database import Account, Sessions, Video
from lichtspiel.studio.home import Home, StudioError
from lichtspiel.studio.jobs.settings import Settings
from lichtspiel.studio.jobs.supervisor import Supervisor
from lichtspiel.studio.media import Media
from lichtspiel.studio.operations import backup
from tests.studio.studio import BALL, Studio, until

PASSWORD = "the long way round"
LONG = 300.0


@contextmanager
def empty(folder: Path, address: URL | None = None) -> Iterator[tuple[Sessions, Media]]:
    (folder / "media").mkdir(parents=True)
    home = Home(folder)
    opened = connection.sessions(address or connection.sqlite(home.database))
    yield opened, media.opened(home)
    opened.kw["bind"].dispose()


def filled(sessions: Sessions, files: Media) -> tuple[Account, str]:
    account = accounts.add(sessions, "lotte@example.org", PASSWORD)
    for status in ("completed", "in_progress"):
        with sessions.begin() as session:
            session.add(
                Video(
                    id=f"video_{status}",
                    account=account.id,
                    model="draft",
                    status=status,
                    prompt="Eine Kugel fällt",
                    seconds=4,
                    width=64,
                    height=64,
                    quality="draft",
                    fps=1,
                    seed=0,
                    ledger=[{"words": "Kugel"}],
                    attempts=2,
                )
            )
    files.put("video_completed/video.mp4", b"film")
    return account, keys.make(sessions, account.id, "script", ["videos:read"]).secret


def silent(_done: int, _of: int) -> None:
    pass


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_studio_moves_whole(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    tar = tmp_path / "studio.tar"
    with empty(tmp_path / "old") as (sessions, files):
        account, key = filled(sessions, files)
        backup.write(sessions, files, tar, silent)
    address = request.getfixturevalue("postgres") if kind == "postgresql" else None
    with empty(tmp_path / "new", address) as (sessions, files):
        backup.read(sessions, files, tar, silent)
        assert files.read("video_completed/video.mp4") == b"film"
        caller = keys.caller(sessions, key)
        assert caller is not None
        assert caller.account == account.id
        assert sign_ins.by_password(sessions, account.email, PASSWORD) is not None
        with sessions.begin() as session:
            videos = session.scalars(select(Video).order_by(Video.number)).all()
            assert [(video.status, video.attempts) for video in videos] == [("completed", 2), ("queued", 2)]
            assert videos[0].ledger == [{"words": "Kugel"}]
            copy = {c.name: getattr(videos[0], c.name) for c in Video.__table__.columns if c.name != "number"}
            session.add(Video(**copy | {"id": "video_new"}))
        with sessions() as session:
            assert session.scalar(select(Video.number).where(Video.id == "video_new")) == 3


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_accepted_jobs_go_on_in_the_restored_studio(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tar = tmp_path / "studio.tar"
    monkeypatch.delenv(media.VARIABLE, raising=False)
    with studio.client() as client:
        fast = {"lichtspiel": {"fps": 30}}
        videos = [client.videos.create(prompt=BALL, model="draft", extra_body=fast).id for _ in range(4)]
        until(lambda: client.videos.retrieve(videos[0]).progress >= 20)
        monkeypatch.setenv("LICHTSPIEL_STUDIO", str(studio.work.parent))
        assert main(["backup", str(tar)]) == 0
        monkeypatch.setenv("LICHTSPIEL_STUDIO", str(tmp_path))
        assert main(["restore", str(tar)]) == 0
        home = Home(tmp_path)
        sessions, files = connection.sessions(connection.sqlite(home.database)), media.opened(home)
        try:
            with sessions() as session:
                left = dict(session.execute(select(Video.id, Video.status)).tuples().all())
            # The first may be done before the backup has got to it.
            assert left[videos[-1]] == "queued"
            assert {left[video] for video in videos} <= {"queued", "completed"}
            workers = Supervisor(Settings(tmp_path, "fake"))
            try:
                until(lambda: all(files.stat(media.of(video)) for video in videos), LONG)
            finally:
                workers.close()
        finally:
            sessions.kw["bind"].dispose()
        for video in videos:
            client.videos.poll(video, poll_interval_ms=100)
            assert files.read(media.of(video)) == client.videos.download_content(video).read()


def test_a_backup_is_of_one_moment(tmp_path: Path) -> None:
    with empty(tmp_path / "old") as (sessions, files):
        filled(sessions, files)
        done = Event()

        def go_on() -> None:
            for number in itertools.count():
                account = accounts.add(sessions, f"{number}@example.org", None)
                keys.make(sessions, account.id, "script", ["videos:read"])
                if done.is_set():
                    return

        writing = Thread(target=go_on)
        writing.start()
        try:
            for number in range(20):
                backup.write(sessions, files, tmp_path / f"{number}.tar", silent)
        finally:
            done.set()
            writing.join()
    for number in range(20):
        with empty(tmp_path / f"new{number}") as (sessions, files):
            backup.read(sessions, files, tmp_path / f"{number}.tar", silent)
            assert accounts.every(sessions)


def test_unfinished_work_is_left_out(tmp_path: Path) -> None:
    with empty(tmp_path / "old") as (sessions, files):
        filled(sessions, files)
        files.put("work/video_in_progress/frames/000001.png", b"frame")
        assert files.answers()
        backup.write(sessions, files, tmp_path / "studio.tar", silent)
    with tarfile.open(tmp_path / "studio.tar") as tar:
        kept = [name for name in tar.getnames() if name.startswith("media/")]
    assert kept == ["media/video_completed/video.mp4"]


def test_a_studio_in_use_is_not_overwritten(tmp_path: Path) -> None:
    with empty(tmp_path / "old") as (sessions, files):
        filled(sessions, files)
        backup.write(sessions, files, tmp_path / "studio.tar", silent)
        with pytest.raises(StudioError, match="accounts already"):
            backup.read(sessions, files, tmp_path / "studio.tar", silent)


def test_a_broken_backup_leaves_the_studio_empty(tmp_path: Path) -> None:
    tar = tmp_path / "studio.tar"
    with empty(tmp_path / "old") as (sessions, files):
        filled(sessions, files)
        backup.write(sessions, files, tar, silent)
    with empty(tmp_path / "new") as (sessions, files):
        for broken in (tar.read_bytes()[:3000], b"", b"no tar at all" * 100):
            (tmp_path / "broken.tar").write_bytes(broken)
            with pytest.raises(StudioError, match="no whole backup"):
                backup.read(sessions, files, tmp_path / "broken.tar", silent)
        assert accounts.every(sessions) == []


def test_no_entry_leads_out_of_the_studio(tmp_path: Path) -> None:
    tar = tmp_path / "studio.tar"
    with empty(tmp_path / "old") as (sessions, files):
        filled(sessions, files)
        backup.write(sessions, files, tar, silent)
    with tarfile.open(tar, "a") as opened:
        opened.addfile(tarfile.TarInfo("media/../../outside"))
    with empty(tmp_path / "new") as (sessions, files), pytest.raises(StudioError, match="strange entry"):
        backup.read(sessions, files, tar, silent)
