"""Workers come and go, and what renders is kept within bounds."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL
from sqlalchemy.exc import OperationalError

from bench import jobs, mortal
from lichtspiel.cli import main
from lichtspiel.engines import EngineError, FilmRequest, request
from lichtspiel.engines.fake import FakeEngine
from lichtspiel.picture import DRAFT
from lichtspiel.screenplay import Screenplay, Setting, Shot, Understanding
from lichtspiel.studio import connection
from lichtspiel.studio.home import Home, StudioError
from lichtspiel.studio.jobs import crew, presence, workflow
from lichtspiel.studio.jobs.confine import Limits, resident_bytes
from lichtspiel.studio.jobs.crew import Hand, UnreadableError, UnwantedError
from lichtspiel.studio.jobs.making import CHUNK
from lichtspiel.studio.jobs.presence import present
from lichtspiel.studio.jobs.supervisor import Crew
from lichtspiel.studio.wish import FORM, Wish
from tests.studio import buckets
from tests.studio.studio import until

SCREENPLAY = Screenplay(title="ball", duration_s=2.0, setting=Setting(place="studio"), shots=(Shot(),))
PLENTY = Limits(memory_bytes=8 << 30, silence_s=60.0, wall_s=60.0)


def silent(stage: str, done: int, of: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A work folder in which a film of 24 frames has been performed."""
    wished = FilmRequest(
        SCREENPLAY, Understanding(prompt="ball"), tmp_path / "unused.mp4", DRAFT.with_size(64, 96)
    )
    work = tmp_path / "work"
    work.mkdir()
    request.write(work, wished)
    FakeEngine().perform(wished, work, silent)
    return work


@pytest.fixture
def hands() -> Iterator[list[Hand]]:
    """Put a hand in here, and it will be let go of."""
    busy: list[Hand] = []
    yield busy
    for hand in busy:
        hand.close()


def rendering(folder: Path) -> dict[str, object]:
    return {"step": "render", "folder": str(folder), "frames": list(range(24))}


def test_steps_are_done_one_after_the_other(folder: Path, hands: list[Hand]) -> None:
    hand = Hand("fake", PLENTY)
    hands.append(hand)
    told: list[tuple[str, int, int]] = []
    hand.do(rendering(folder), lambda *progress: told.append(progress), lambda: True)
    assert told[-1] == ("frames", 24, 24)
    hand.do({"step": "score", "folder": str(folder)}, silent, lambda: True)
    stills = {"thumbnail": "still.webp", "spritesheet": "sheet.jpg"}
    hand.do({"step": "cut", "folder": str(folder), **stills}, silent, lambda: True)
    assert all((folder / name).stat().st_size for name in ("film.mp4", *stills.values()))


def reading(folder: Path, prompt: str) -> dict[str, object]:
    wish = Wish("create", prompt, None, "trees", (), None, 7, 4, "draft", 64, 96, 12)
    return {"step": "plan", "folder": str(folder), "wish": FORM.dump_python(wish, mode="json")}


def test_prompts_are_read_by_the_confined_process(tmp_path: Path, hands: list[Hand]) -> None:
    hand = Hand("fake", PLENTY)
    hands.append(hand)
    hand.do(reading(tmp_path, "A red ball falls on a stone floor"), silent, lambda: True)
    group, read = hand.group, request.read(tmp_path)
    assert [prop.thing for prop in read.screenplay.props] == ["rubber_ball"]
    assert (read.screenplay.seed, read.quality.name, read.frame_count) == (7, "draft", 48)
    with pytest.raises(UnreadableError):
        hand.do(reading(tmp_path, "the of and"), silent, lambda: True)
    assert hand.group == group, "a prompt that says nothing is no reason to begin anew"
    with pytest.raises(EngineError, match="not done after 0 s"):
        hand.do(reading(tmp_path, "A red ball falls. " * 1500), silent, lambda: True, wall_s=0.0)
    assert hand.group is None


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(memory_bytes=1 << 20), "memory"),
        (Limits(memory_bytes=8 << 30, silence_s=0.5), "no progress"),
        (Limits(memory_bytes=8 << 30, wall_s=0.5), "not done"),
    ],
)
def test_what_takes_too_much_is_ended(folder: Path, hands: list[Hand], limits: Limits, why: str) -> None:
    hand = Hand("fake:30", limits)
    hands.append(hand)
    with pytest.raises(EngineError, match=why):
        hand.do(rendering(folder), silent, lambda: True)
    assert hand.group is None


def test_work_that_nobody_wants_ends_at_once(folder: Path, hands: list[Hand]) -> None:
    hand = Hand("fake:0.1", PLENTY)
    hands.append(hand)
    groups: list[int | None] = []

    def wanted() -> bool:
        groups.append(hand.group)
        return not (folder / "frames" / "000002.png").exists()

    with pytest.raises(UnwantedError):
        hand.do(rendering(folder), silent, wanted)
    assert groups[-1] is not None
    until(lambda: resident_bytes(groups[-1] or 0) == 0)
    assert 3 <= len(list((folder / "frames").iterdir())) < 24


def test_a_renderer_that_dies_is_told_from_one_that_is_done(folder: Path, hands: list[Hand]) -> None:
    hand = Hand("fake:0.1", PLENTY)
    hands.append(hand)

    def progress(stage: str, done: int, of: int) -> None:
        if done == 2:
            os.killpg(hand.group or 0, signal.SIGKILL)

    with pytest.raises(EngineError, match="want of memory"):
        hand.do(rendering(folder), progress, lambda: True)
    hand.do(rendering(folder), silent, lambda: True)
    assert sorted(set((folder / "drawn.txt").read_text().split()), key=int) == [str(n) for n in range(24)]


def test_a_renderer_that_has_rested_is_a_fresh_one(
    folder: Path, hands: list[Hand], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "_IDLE_S", 0.0)
    kept, other = Hand("fake", PLENTY, ready=True), Hand("fake", PLENTY)
    hands += [kept, other]
    kept.rest()
    first = kept.group
    kept.rest()
    assert kept.group == first is not None, "one that has done nothing is fresh still"
    for hand in (kept, other):
        hand.do(rendering(folder), silent, lambda: True)
        hand.rest()
    assert kept.group not in (first, None)
    assert other.group is None


def test_a_renderer_ends_with_its_worker(folder: Path) -> None:
    code = """
import json, sys
from lichtspiel.studio.jobs.confine import Limits
from lichtspiel.studio.jobs.crew import Hand
hand = Hand("fake:30", Limits(8 << 30), ready=True)
hand.rest()
print(hand.group, flush=True)
hand.do(json.loads(sys.argv[1]), lambda *_: None, lambda: True)
"""
    worker = subprocess.Popen(
        [sys.executable, "-c", code, json.dumps(rendering(folder))], stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout is not None
    group = int(worker.stdout.readline())
    until(lambda: resident_bytes(group) > 0)
    worker.kill()
    worker.wait()
    worker.stdout.close()
    until(lambda: resident_bytes(group) == 0)


def test_what_renders_has_no_network() -> None:
    code = """
import socket, sys
from lichtspiel.studio.jobs.confine import confine
if not confine():
    sys.exit(77)
listening = socket.socket()
listening.bind(("0.0.0.0", 0))
try:
    socket.create_connection(("192.0.2.1", 80), 2)
except OSError as error:
    print(error.strerror)
"""
    tried = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if tried.returncode == 77:
        pytest.skip("this system does not let processes leave the network")
    assert tried.stdout.strip() == "Network is unreachable"


def test_the_living_are_told_from_the_dead(tmp_path: Path) -> None:
    home, place = Home(tmp_path), connection.sqlite(tmp_path / "studio.sqlite")
    with present(home, place) as one:
        with present(home, place) as other:
            assert (one.count(), one.is_dead(other.name), other.is_dead(one.name)) == (2, False, False)
        assert (one.count(), one.is_dead(other.name)) == (1, True)
        one.forget(other.name)
        assert [file.stem for file in (tmp_path / "workers").iterdir()] == [one.name]


def test_the_dead_of_other_machines_are_told_too(
    tmp_path: Path, postgres: URL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(presence, "GRACE_S", 1.0)
    homes = [Home(tmp_path / name) for name in ("here", "there")]
    for home in homes:
        home.folder.mkdir()
    code = """
import sys, time
from pathlib import Path
from sqlalchemy import make_url
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs.making import CHUNK
from lichtspiel.studio.jobs.presence import present
with present(Home(Path(sys.argv[1])), make_url(sys.argv[2])) as there:
    print(there.name, flush=True)
    time.sleep(60)
"""
    address = postgres.render_as_string(hide_password=False)
    command = [sys.executable, "-c", code, str(homes[1].folder), address]
    with present(homes[0], postgres) as here:
        there = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert there.stdout is not None
        name = there.stdout.readline().strip()
        until(lambda: here.count() == 2)
        time.sleep(1.5)
        assert not here.is_dead(name)
        there.kill()
        there.wait()
        there.stdout.close()
        until(lambda: here.is_dead(name))
        assert here.count() == 1


@pytest.mark.parametrize("crew", [Crew("nonsense"), Crew("world:2"), Crew(queues=("render", "dance"))])
def test_what_a_worker_cannot_do_is_said(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(StudioError, match="choose"):
        crew.settings(Home(tmp_path))


def test_the_command_says_what_it_cannot_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LICHTSPIEL_STUDIO", str(tmp_path))
    assert main(["worker", "--queues", "dance"]) == 2
    assert "render, sound" in capsys.readouterr().err


def test_a_database_that_refuses_connections_counts_as_lost(tmp_path: Path) -> None:
    nowhere = URL.create("postgresql+psycopg", database="studio", query={"host": str(tmp_path)})
    engine = workflow.connected(Home(tmp_path), nowhere)
    with pytest.raises(OperationalError) as refused:
        engine.connect()
    assert refused.value.connection_invalidated, "or DBOS drops what it is at"
    engine.dispose()


def test_films_survive_whatever_is_killed(tmp_path: Path) -> None:
    with buckets.served() as media, mortal.database(tmp_path) as database:
        address = database.url
        studio = jobs.Studio(tmp_path, address, machines=2, workers=1, frame_s=0.05, media=media)
        studio.open()
        try:
            seen = jobs.survive(studio, database, len(jobs.VICTIMS), seed=1, fps=12, prompts=jobs.PROMPTS[:1])
        finally:
            studio.close()
    assert set(seen.killed) == set(jobs.VICTIMS)
    assert seen.films > 0
    assert seen.lost == 0
    assert seen.wrong == 0, "films differ from those that nothing disturbed"
    assert seen.redone_per_kill <= CHUNK["draft"]
