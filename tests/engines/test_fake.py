"""Everything around an engine: delivery, resumption, cache keys, what the film carries inside."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from lichtspiel.engines import FilmError, FilmRequest, record, workfolder
from lichtspiel.engines.fake import FakeEngine
from lichtspiel.picture import DRAFT
from lichtspiel.screenplay import Prop, Reading, Screenplay, Setting, Shot, Status, Understanding

SCREENPLAY = Screenplay(
    title="A ball falls",
    prompt="A ball falls",
    duration_s=0.5,
    setting=Setting(place="studio"),
    props=(Prop(id="ball", thing="rubber_ball"),),
    shots=(Shot(),),
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def request_(tmp_path: Path) -> FilmRequest:
    ledger = Understanding(prompt="A ball falls", readings=(Reading(status=Status.REALISED, text="ball"),))
    return FilmRequest(SCREENPLAY, ledger, tmp_path / "film.mp4", DRAFT.with_size(64, 96).with_fps(24))


def silent(stage: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


class KilledError(Exception):
    """Stands for whatever ends a run early."""


def test_a_film_carries_its_screenplay_and_ledger(request_: FilmRequest) -> None:
    FakeEngine().film(request_, silent)
    made = record.read(request_.output)
    assert made.screenplay == SCREENPLAY
    assert made.understanding == request_.understanding
    assert (made.frames, made.fps, made.duration_s) == (12, 24, 0.5)


def test_an_interrupted_film_goes_on_where_it_stopped(request_: FilmRequest) -> None:
    def killer(stage: str, done: int, of: int) -> None:
        if done == 5:
            raise KilledError

    first, second = FakeEngine(), FakeEngine()
    with pytest.raises(KilledError):
        first.film(request_, killer)
    assert not request_.output.exists()
    second.film(request_, silent)
    assert first.drawn + second.drawn == list(range(12))
    interrupted = request_.output.read_bytes()
    elsewhere = replace(request_, output=request_.output.with_name("again.mp4"))
    FakeEngine().film(elsewhere, silent)
    assert elsewhere.output.read_bytes() == interrupted


def test_two_runs_of_one_film_do_not_mix(request_: FilmRequest) -> None:
    def second_run(stage: str, done: int, of: int) -> None:
        if done == 1:
            FakeEngine().film(request_, silent)

    with pytest.raises(FilmError, match="another run"):
        FakeEngine().film(request_, second_run)


def test_nothing_but_the_film_is_left_beside_it(request_: FilmRequest, cache: Path) -> None:
    FakeEngine().film(request_, silent)
    assert {path for path in request_.output.parent.iterdir() if path != cache} == {request_.output}


def test_a_missing_folder_is_found_before_any_work(request_: FilmRequest, tmp_path: Path) -> None:
    engine = FakeEngine()
    with pytest.raises(FilmError, match="does not exist"):
        engine.film(replace(request_, output=tmp_path / "nowhere" / "film.mp4"), silent)
    assert engine.drawn == []


def test_a_full_disk_is_found_before_any_work(request_: FilmRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: type("Usage", (), {"free": 1000}))
    with pytest.raises(FilmError, match="make room"):
        FakeEngine().film(request_, silent)


def test_keys_tell_films_apart() -> None:
    base = workfolder.key(("cut",), ("av",), "a", "b")
    assert base == workfolder.key(("cut",), ("av",), "a", "b")
    assert base != workfolder.key(("cut",), ("av",), "ab", "")
    assert base != workfolder.key(("cut", "stage"), ("av",), "a", "b")
    assert base != workfolder.key(("cut",), ("av", "numpy"), "a", "b")


def test_old_work_is_deleted_first(cache: Path) -> None:
    for age, name in enumerate(("newest", "older", "oldest")):
        with workfolder.opened("films", name) as folder:
            (folder / "frame.png").write_bytes(b"x" * 1000)
        os.utime(cache / "films" / name, (1e9 - age, 1e9 - age))
    workfolder.prune(keep_bytes=2500)
    assert {folder.name for folder in (cache / "films").iterdir()} == {"newest", "older"}


def test_work_in_use_is_not_deleted(cache: Path) -> None:
    with workfolder.opened("films", "open") as folder:
        (folder / "frame.png").write_bytes(b"x" * 1000)
        workfolder.prune(keep_bytes=10)
        assert (folder / "frame.png").exists()


def test_a_cache_that_cannot_be_written_is_named(
    request_: FilmRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "file"))
    with pytest.raises(FilmError, match="LICHTSPIEL_CACHE"):
        FakeEngine().film(request_, silent)
