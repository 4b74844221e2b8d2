"""What a studio has accepted is made, whatever happens to the server."""

from __future__ import annotations

from pathlib import Path

import pytest

from lichtspiel.cli import main
from tests.studio.studio import BALL, QUICK, Studio, until

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def test_a_killed_server_loses_nothing(studio: Studio) -> None:
    key = studio.key
    with studio.client() as client:
        long = client.videos.create(prompt=BALL, model="draft", extra_body={"lichtspiel": {"fps": 50}})
        short = client.videos.create(prompt=BALL, model="draft", extra_body=QUICK)
        until(lambda: client.videos.retrieve(long.id).progress >= 20)
        studio.kill()
        folder = studio.work / long.id / "frames"
        drawn = drawn_in(folder)
        assert 20 < len(drawn) < 200
        studio.open()
        assert studio.key == key
        again = client.videos.retrieve(long.id)
        assert again.status in {"queued", "in_progress"}
        assert again.progress >= 20
        for video in (long, short):
            done = client.videos.poll(video.id, poll_interval_ms=100)
            assert (done.status, done.progress) == ("completed", 100)
    assert drawn.items() <= drawn_in(folder).items()


def test_deleting_ends_the_work_on_it(studio: Studio) -> None:
    with studio.client() as client:
        long = client.videos.create(prompt=BALL, seconds="12", extra_body={"lichtspiel": {"fps": 60}})
        until(lambda: client.videos.retrieve(long.id).progress > 0)
        client.videos.delete(long.id)
        assert not studio.media(long.id).exists()
        after = client.videos.create_and_poll(prompt=BALL, extra_body=QUICK, poll_interval_ms=100)
        assert after.status == "completed"


def drawn_in(folder: Path) -> dict[str, int]:
    """When each frame was drawn."""
    return {frame.name: frame.stat().st_mtime_ns for frame in folder.glob("*.png")}


def test_other_machines_are_refused_without_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LICHTSPIEL_STUDIO", str(tmp_path / "home"))
    assert main(["serve", "--host", "0.0.0.0"]) == 2
    assert "--behind-tls" in capsys.readouterr().err
    assert not (tmp_path / "home").exists()
