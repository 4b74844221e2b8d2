"""Files by name, the same in a folder and in an S3-compatible store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtspiel.engines.engine import frame_name
from lichtspiel.studio import media
from lichtspiel.studio.home import Home, StudioError
from lichtspiel.studio.jobs.shelf import Shelf
from lichtspiel.studio.media import Media
from tests.studio import buckets

BIG = 11_000_000
"""Bytes; enough that a bucket takes them in parts."""


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, str]]:
    with buckets.served() as places:
        yield places


@pytest.fixture(params=["folder", "url of a folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Media]:
    if request.param == "url of a folder":
        monkeypatch.setenv(media.VARIABLE, (tmp_path / "shared").as_uri())
    elif request.param == "bucket":
        for name, value in request.getfixturevalue("bucket").items():
            monkeypatch.setenv(name, value)
    opened = media.opened(Home(tmp_path / "home"))
    yield opened
    for folder in opened.folders():
        opened.delete(folder)


def test_what_was_put_comes_back(store: Media, tmp_path: Path) -> None:
    original = tmp_path / "film.mp4"
    original.write_bytes(os.urandom(BIG))
    store.put("video_1/video.mp4", original)
    known = store.stat("video_1/video.mp4")
    assert known is not None
    assert (known.size, bool(known.etag)) == (BIG, True)
    store.fetch("video_1/video.mp4", tmp_path / "copies" / "film.mp4")
    assert (tmp_path / "copies" / "film.mp4").read_bytes() == original.read_bytes()
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["film.mp4"]


def test_any_range_can_be_streamed(store: Media) -> None:
    store.put("a/b", b"0123456789")
    spans = {(0, None): b"0123456789", (3, 6): b"345", (7, None): b"789", (0, 1): b"0", (4, 4): b""}
    assert {span: b"".join(store.stream("a/b", *span)) for span in spans} == spans


def test_the_tag_tells_a_changed_file(store: Media) -> None:
    store.put("a/b", b"before")
    before = store.stat("a/b")
    store.put("a/b", b"after that")
    assert store.read("a/b") == b"after that"
    assert store.stat("a/b") != before


def test_folders_are_told_apart_and_go_as_a_whole(store: Media) -> None:
    for name in ("one/a", "one/deep/b", "one_more/c"):
        store.put(name, b"x")
    assert sorted(store.folders()) == ["one", "one_more"]
    assert sorted(store.names("one")) == ["one/a", "one/deep/b"]
    store.delete("one")
    store.delete("one")
    assert list(store.names()) == ["one_more/c"]


def test_what_is_not_there_is_said_to_be_missing(store: Media, tmp_path: Path) -> None:
    assert store.stat("no/thing") is None
    for ask in (lambda: store.read("no/thing"), lambda: store.stream("no/thing")):
        with pytest.raises(FileNotFoundError):
            ask()
    with pytest.raises(FileNotFoundError):
        store.fetch("no/thing", tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_names_cannot_leave_the_store(store: Media) -> None:
    with pytest.raises(ValueError, match="path"):
        store.put("../outside", b"x")
    assert list(store.names()) == []


def test_a_wrong_address_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(media.VARIABLE, "nowhere")
    with pytest.raises(StudioError, match="LICHTSPIEL_MEDIA_URL"):
        media.opened(Home(tmp_path))


def test_work_goes_from_machine_to_machine(store: Media, tmp_path: Path) -> None:
    shelf, here, there = Shelf(store), tmp_path / "here", tmp_path / "there"
    (here / "frames").mkdir(parents=True)
    names = ["job.json", frame_name(0), frame_name(1)]
    for name in names:
        (here / name).write_bytes(name.encode())
    shelf.put("video_1", here, names)
    assert shelf.videos() == ["video_1"]
    shelf.fetch("video_1", there, frames=False)
    assert [file.name for file in there.rglob("*") if file.is_file()] == ["job.json"]
    (there / "job.json").write_bytes(b"newer")
    shelf.fetch("video_1", there, frames=True)
    assert [(there / name).read_bytes() for name in names] == [
        b"newer",
        *(name.encode() for name in names[1:]),
    ]
    shelf.clear("video_1")
    assert list(store.names()) == []
