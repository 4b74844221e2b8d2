"""What the commands print and write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from lichtspiel import screenplay as screenplays
from lichtspiel.cli import main
from lichtspiel.engines import record
from lichtspiel.engines.fake import FakeEngine

BALL = "A red rubber ball falls on a stone floor"
TINY = ["--size", "64x96", "--fps", "12", "--seconds", "1"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, and an engine that needs no world."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr("lichtspiel.cli.film.engine", FakeEngine)
    return here


def test_a_prompt_becomes_a_film(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["film", BALL, "-o", "ball.mp4", *TINY, "--seed", "7", "--style", "schwarzweiß"]) == 0
    printed = capsys.readouterr().out
    assert "ball.mp4: 1 s, 64x96 at 12 frames per second" in printed
    assert "LUFS" in printed
    made = record.read(folder / "ball.mp4")
    assert (made.screenplay.seed, made.screenplay.duration_s) == (7, 1.0)
    assert made.screenplay.look == "black_and_white"


def test_a_film_is_named_after_its_title(folder: Path) -> None:
    assert main(["film", BALL, *TINY]) == 0
    (film,) = folder.iterdir()
    assert film.suffix == ".mp4"
    assert "ball" in film.name


def test_a_film_says_what_it_does_not_show(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["film", f"{BALL} while a wombat yodels", "-o", "film.mp4", *TINY]) == 0
    printed = capsys.readouterr().out
    assert "not realised: wombat" in printed


def test_a_plan_can_be_edited_and_shot(folder: Path) -> None:
    assert main(["plan", BALL, "-o", "plan.yaml"]) == 0
    text = (folder / "plan.yaml").read_text("utf-8")
    assert "colour: red" in text
    (folder / "plan.yaml").write_text(text.replace("colour: red", "colour: blue"), "utf-8")
    assert main(["shoot", "plan.yaml", *TINY]) == 0
    made = record.read(folder / "plan.mp4")
    assert made.screenplay.props[0].colour == "blue"


def test_a_plan_tells_how_every_word_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", BALL, "--json"]) == 0
    both = json.loads(capsys.readouterr().out)
    screenplay = screenplays.Screenplay.model_validate(both["screenplay"])
    assert screenplay.prompt == BALL
    read = {reading["text"] for reading in both["understanding"]["readings"]}
    assert {"red", "stone"} <= read


def test_look_shows_what_is_inside(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["film", BALL, "-o", "ball.mp4", *TINY])
    capsys.readouterr()
    assert main(["look", "ball.mp4", "--extras"]) == 0
    printed = capsys.readouterr().out
    assert "rubber_ball" in printed
    assert "64x96, 12 frames at 12 per second" in printed
    with Image.open(folder / "ball.sheet.png") as sheet:
        assert sheet.width > 1000
    assert {path.name for path in folder.iterdir()} == {
        "ball.mp4", "ball.sheet.png", "ball.vtt",
        "ball.thumbnail.webp", "ball.thumbnail.jpg", "ball.spritesheet.webp", "ball.spritesheet.jpg",
    }  # fmt: skip


def test_look_as_json_holds_the_whole_record(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["film", BALL, "-o", "ball.mp4", *TINY])
    capsys.readouterr()
    assert main(["look", "ball.mp4", "--json"]) == 0
    inside = record.FilmRecord.model_validate_json(capsys.readouterr().out)
    assert inside == record.read(folder / "ball.mp4")
    assert [path.name for path in folder.iterdir()] == ["ball.mp4"]


def test_shot_lengths_keep_their_shares(folder: Path) -> None:
    assert main(["plan", BALL, "-o", "plan.yaml", "--seconds", "4"]) == 0
    film = screenplays.load(folder / "plan.yaml")
    shots = (film.shots[0].model_copy(update={"duration_s": 1.0}), film.shots[0])
    two_shots = film.model_copy(update={"shots": shots})
    (folder / "plan.yaml").write_text(screenplays.dump(two_shots), "utf-8")
    assert main(["shoot", "plan.yaml", "-o", "film.mp4", *TINY[:4], "--seconds", "2"]) == 0
    made = record.read(folder / "film.mp4").screenplay
    assert [shot.duration_s for shot in made.shots] == [0.5, None]


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Lichtspiel ")


def test_the_operator_opens_limits_and_closes_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LICHTSPIEL_STUDIO", str(tmp_path / "studio"))
    assert main(["accounts", "add", "lotte@example.org"]) == 0
    assert "sk-lichtspiel-" in capsys.readouterr().out
    assert main(["accounts", "add", "lotte@example.org"]) == 2
    assert main(["accounts", "limit", "lotte@example.org", "--seconds", "60"]) == 0
    assert main(["accounts", "close", "lotte@example.org"]) == 0
    capsys.readouterr()
    assert main(["accounts", "list"]) == 0
    told = capsys.readouterr().out
    assert "60" in told
    assert "closed" in told
    assert main(["accounts", "close", "lotte@example.org"]) == 2


def test_a_backup_goes_into_an_empty_studio_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LICHTSPIEL_STUDIO", str(tmp_path / "studio"))
    assert main(["accounts", "add", "lotte@example.org"]) == 0
    backup = str(tmp_path / "studio.tar")
    assert main(["backup", backup]) == 0
    assert main(["restore", backup]) == 2
    monkeypatch.setenv("LICHTSPIEL_STUDIO", str(tmp_path / "other"))
    assert main(["restore", backup]) == 0
    capsys.readouterr()
    assert main(["accounts", "list"]) == 0
    assert "lotte@example.org" in capsys.readouterr().out
