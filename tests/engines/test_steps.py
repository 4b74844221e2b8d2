"""A film made step by step, by several processes at once, is the film that is made in one go."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from lichtspiel.engines import Engine, FilmRequest
from lichtspiel.engines.fake import FakeEngine
from lichtspiel.engines.world import WorldEngine
from lichtspiel.picture import Quality
from lichtspiel.screenplay import (
    Action,
    Beat,
    CameraMove,
    Prop,
    Screenplay,
    Setting,
    Shot,
    Understanding,
)

TINY = Quality("tiny", 96, 128, 6, samples=2, still_samples=4, accurate=False)
SCREENPLAY = Screenplay(
    title="ball",
    prompt="A ball falls",
    duration_s=2.0,
    setting=Setting(place="studio"),
    props=(Prop(id="ball", thing="rubber_ball"),),
    beats=(Beat(subject="ball", action=Action.DROP, height_m=0.5),),
    shots=(Shot(duration_s=1.0), Shot(duration_s=1.0, move=CameraMove.ORBIT)),
)


def silent(stage: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


def by_steps(engines: tuple[Engine, Engine], request: FilmRequest, folder: Path) -> bytes:
    """The film as two engines make it together: late frames before early ones, sound beside them."""
    folder.mkdir()
    first, second = engines
    first.perform(request, folder, silent)
    with ThreadPoolExecutor(2) as beside:
        late = beside.submit(first.render, folder, range(4, 10), silent)
        second.render(folder, range(4), silent)
        second.render(folder, range(10, 12), silent)
        second.score(request, folder, silent)
        late.result()
    film = second.cut(folder, silent).read_bytes()
    for engine in engines:
        engine.close()
    return film


@pytest.fixture
def request_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FilmRequest:
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "cache"))
    return FilmRequest(SCREENPLAY, Understanding(prompt="A ball falls"), tmp_path / "film.mp4", TINY)


def test_steps_make_the_same_film(request_: FilmRequest, tmp_path: Path) -> None:
    FakeEngine().film(request_, silent)
    assert by_steps((FakeEngine(), FakeEngine()), request_, tmp_path / "work") == request_.output.read_bytes()


@pytest.mark.render
def test_chunks_make_the_same_film_with_locked_and_moving_cameras(
    request_: FilmRequest, tmp_path: Path
) -> None:
    whole = replace(request_, output=tmp_path / "whole.mp4")
    WorldEngine().film(whole, silent)
    chunked = by_steps((WorldEngine(), WorldEngine()), request_, tmp_path / "work")
    assert chunked == whole.output.read_bytes()
