"""What was made of a person is kept for the next film."""

from pathlib import Path

import pytest

from lichtspiel.library.people.kept import files


def test_what_was_made_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(tmp_path))
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "skin").write_text("fair", encoding="utf-8")

    first, second = files(make, "skin", "anna"), files(make, "skin", "anna")
    assert first == second
    assert (second / "skin").read_text(encoding="utf-8") == "fair"
    assert len(made) == 1
    assert files(make, "skin", "bert") != first
    assert first.parent.parent == tmp_path


def test_a_cache_that_cannot_be_written_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("LICHTSPIEL_CACHE", str(blocked))
    folder = files(lambda place: (place / "skin").touch(), "skin", "anna")
    assert (folder / "skin").exists()
