"""Whatever a person gets wrong is one line on stderr, exit code 2, and leaves no file behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from lichtspiel.cli import main
from lichtspiel.engines.fake import FakeEngine

BALL = "A red rubber ball falls on a stone floor"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and an engine that needs no world."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("lichtspiel.cli.film.engine", FakeEngine)
    return here


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["film"], "prompt is empty"),
        (["film", "  \n"], "prompt is empty"),
        (["film", "x " * 16_001], "shorten"),
        (["film", "flurgh blarg"], "no thing"),
        (["film", BALL, "--quality", "hd"], "draft, standard or pro"),
        (["film", BALL, "--style", "cubist"], "choose natural"),
        (["film", BALL, "--size", "large"], "720x1280"),
        (["film", BALL, "--size", "721x1280"], "even"),
        (["film", BALL, "--size", "0x1280"], "even"),
        (["film", BALL, "--size", "32x1280"], "64 to 4096"),
        (["film", BALL, "--size", "720x99999"], "64 to 4096"),
        (["film", BALL, "--fps", "0"], "1 to 60"),
        (["film", BALL, "--fps", "fast"], "--fps"),
        (["film", BALL, "--seconds", "0.1"], "0.5 to 120"),
        (["film", BALL, "--seconds", "121"], "0.5 to 120"),
        (["film", BALL, "--seconds", "nan"], "0.5 to 120"),
        (["film", BALL, "--seed", "-1"], "--seed"),
        (["film", BALL, "-o", "nowhere/film.mp4"], "does not exist"),
        (["film", BALL, "-o", "film.avi"], ".mp4"),
        (["film", BALL, "--save-blend", "scene.obj"], ".blend"),
        (["film", BALL, "--save-blend", "nowhere/scene.blend"], "does not exist"),
        (["plan"], "prompt is empty"),
        (["plan", BALL, "-o", "nowhere/plan.yaml"], "does not exist"),
        (["shoot", "missing.yaml"], "missing.yaml"),
        (["look", "missing.mp4"], "missing.mp4"),
        (["sing"], "sing"),
        (["film", BALL, "--colour"], "--colour"),
    ],
)
def test_a_mistake_is_one_line(
    arguments: list[str], says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert says in printed.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("title: [", "not valid YAML"),
        ("just words", "no screenplay"),
        ("title: x\nsetting: {place: studio}\nshots: [{}]\nprops: [{id: a, thing: b, weight: 3}]", "weight"),
        ("\xff", "cannot be read"),
    ],
)
def test_a_broken_screenplay_is_one_line(
    text: str, says: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "film.yaml").write_bytes(text.encode("latin-1"))
    assert main(["shoot", "film.yaml"]) == 2
    printed = capsys.readouterr()
    assert says in printed.err
    assert printed.err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == ["film.yaml"]


def test_a_film_of_another_program_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "film.mp4").write_bytes(b"\0\0\0\x10ftypisom\0\0\0\0")
    assert main(["look", "film.mp4"]) == 2
    assert "not a Lichtspiel film" in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["film.mp4"]


def test_interruption_is_said_and_goes_on_later(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = FakeEngine()

    def interrupt(stages: object, stage: str, done: int, of: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr("lichtspiel.cli.film.engine", lambda: engine)
    command = ["film", BALL, "-o", "film.mp4", "--size", "64x64", "--fps", "12", "--seconds", "1"]
    with monkeypatch.context() as during:
        during.setattr("lichtspiel.cli.stages.Stages.__call__", interrupt)
        assert main(command) == 130
    assert "goes on where it stopped" in capsys.readouterr().err
    assert list(folder.iterdir()) == []
    assert main(command) == 0
    assert engine.drawn == list(range(12))
