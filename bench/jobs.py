"""A studio whose processes are killed, and one that grows: python -m bench.jobs [--rounds 20]

Both with the engine that draws coloured frames, each in a set time.

- **Survival**: a server, two machines with a worker each and a PostgreSQL, which share nothing but
  the database and a folder for media. At random moments one of them is killed by SIGKILL: the
  server, a machine's supervisor, its worker, the process that renders, or the database. Films must
  all be made, and be byte for byte those of an undisturbed run; at most one chunk may be rendered
  again for each kill.
- **Growth**: frames per second with one, two and four workers on one PostgreSQL, where a frame takes
  a set time instead of a processor's. No frame may be rendered twice.

Uses the PostgreSQL of a Python package, or for growth the one in LICHTSPIEL_TEST_DATABASE_URL.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.figures import Figure, at_least, at_most, write
from bench.mortal import Database, database, until
from lichtspiel.engines.fake import DRAWN
from lichtspiel.studio.jobs import presence
from lichtspiel.studio.jobs.making import CHUNK

PROMPTS = ("A red ball falls", "A blue cube slides on ice", "A glass falls on stone")
AT_WORK_S = 120.0
"""For a studio to be at work again after a kill; then the next one hits it as it is."""
VICTIMS = ("server", "machine", "worker", "renderer", "database")

_ROUNDS = 20
_LEAST_EFFICIENCY = 0.9
_CLI = "import sys; from lichtspiel.cli import main; sys.exit(main())"


@dataclass
class Program:
    """A `lichtspiel` command that runs, with the studio's places in its environment."""

    arguments: list[str]
    places: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as words:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _CLI, *self.arguments],
                stdout=words,
                stderr=words,
                env={**os.environ, **self.places},
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def keep(self) -> None:
        """Start it again if it has ended, as the system's service manager would."""
        if self.process is not None and self.process.poll() is not None:
            self.start()

    def words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    def below(self, depth: int) -> list[int]:
        """Processes that it has started, or those have."""
        found = [self.process.pid] if self.process else []
        for _ in range(depth):
            found = [child for parent in found for child in _children(parent)]
        return found


class Studio:
    """A server and machines with a worker or more each, which share a database and media."""

    def __init__(
        self,
        folder: Path,
        database: str,
        *,
        machines: int,
        workers: int,
        frame_s: float,
        media: Mapping[str, str] | None = None,
    ) -> None:
        """`media` are variables that name a bucket; without it, media are in a folder."""
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        places = {
            "LICHTSPIEL_DATABASE_URL": database,
            "LICHTSPIEL_MEDIA_URL": (folder / "media").as_uri(),
            "LICHTSPIEL_CACHE": str(folder / "cache"),
            "LICHTSPIEL_CONCURRENCY": "100",
            **(media or {}),
        }
        self.homes = [folder / f"machine{number}" for number in range(machines)]
        self.machines = [
            Program(
                ["worker", "--engine", f"fake:{frame_s}", "--workers", str(workers)],
                {**places, "LICHTSPIEL_STUDIO": str(home)},
                folder / f"{home.name}.log",
            )
            for home in self.homes
        ]
        self.server = Program(
            ["serve", "--port", str(self.port), "--workers", "0"],
            {**places, "LICHTSPIEL_STUDIO": str(folder / "server")},
            folder / "server.log",
        )

    def open(self) -> None:
        self.server.start()
        until(self.answers)
        for machine in self.machines:
            machine.start()

    def close(self) -> None:
        for program in (self.server, *self.machines):
            program.kill()

    def answers(self) -> bool:
        for program in (self.server, *self.machines):
            program.keep()
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", self.port)) == 0

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The server's answer."""
        with self._asked(path, body) as answer:
            return json.load(answer)

    def _asked(self, path: str, body: dict[str, Any] | None = None) -> Any:
        found = re.search(r"sk-\S+", self.server.words())
        assert found, self.server.words()
        headers = {"authorization": f"Bearer {found[0]}", "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/v1{path}", data, headers)
        return urllib.request.urlopen(request, timeout=30)

    def accept(self, prompt: str, fps: int) -> str | None:
        """The id of a new video; None when no server could say that it accepted one."""
        wish = {"prompt": prompt, "model": "draft", "size": "64x96", "lichtspiel": {"fps": fps}}
        try:
            return str(self.ask("/videos", wish)["id"])
        except (OSError, urllib.error.URLError):
            return None

    def status(self, video: str) -> str:
        """The status of an accepted video; `lost` when the studio does not know it."""
        while True:
            until(self.answers)
            try:
                return str(self.ask(f"/videos/{video}")["status"])
            except urllib.error.HTTPError as error:
                if error.code == 404:
                    return "lost"
            except OSError:
                continue

    def unfinished(self, videos: Iterable[str]) -> list[str]:
        """Those that are still to be made."""
        return [video for video in videos if self.status(video) in {"queued", "in_progress"}]

    def film(self, video: str) -> bytes:
        with self._asked(f"/videos/{video}/content") as answer:
            return bytes(answer.read())

    def drawn(self, video: str) -> Counter[int]:
        """How often each frame of a video was rendered, on all machines together."""
        diaries = [home / "work" / video / DRAWN for home in self.homes]
        return Counter(int(line) for diary in diaries if diary.exists() for line in diary.read_text().split())

    def rendered_at(self, videos: list[str]) -> list[float]:
        """When each frame of videos was there first, in order; machines get copies of each other's."""
        first: dict[tuple[str, str], float] = {}
        for home in self.homes:
            for video in videos:
                for frame in (home / "work" / video / "frames").glob("*.png"):
                    there = frame.stat().st_mtime
                    first[video, frame.name] = min(there, first.get((video, frame.name), there))
        return sorted(first.values())


@dataclass
class Survival:
    """What was seen in a run with kills."""

    films: int
    """That were accepted."""
    lost: int
    """Of them, forgotten or failed."""
    wrong: int
    """Unlike those of an undisturbed run."""
    redone: int
    """Frames that were rendered more than once."""
    killed: Counter[str] = field(default_factory=Counter)

    @property
    def redone_per_kill(self) -> float:
        return self.redone / max(1, self.killed.total())


def survive(
    studio: Studio,
    database: Database,
    rounds: int,
    seed: int,
    *,
    fps: int = 24,
    prompts: Sequence[str] = PROMPTS,
) -> Survival:
    """Kill at random while films are made. Raises TimeoutError when they do not get made at all."""
    chance = random.Random(seed)
    undisturbed = _undisturbed(studio, fps, prompts)
    killed: Counter[str] = Counter()
    accepted: dict[str, str] = {}
    while killed.total() < rounds:
        waiting = studio.unfinished(accepted)
        for _ in range(2 - len(waiting)):
            prompt = chance.choice(prompts)
            video = studio.accept(prompt, fps)
            if video is not None:
                accepted[video] = prompt
        if killed.total() % 3:
            before = _drawn(studio, accepted)
            with contextlib.suppress(TimeoutError):  # the last kill may have hit what was about to start
                until(lambda: _drawn(studio, accepted) > before, AT_WORK_S)  # noqa: B023 - asked at once
            time.sleep(chance.uniform(0.0, 1.5))
        else:  # whatever it is at
            time.sleep(chance.uniform(0.0, 15.0))
        victim = VICTIMS[killed.total()] if killed.total() < len(VICTIMS) else chance.choice(VICTIMS)
        if _killed(studio, database, victim, chance):
            killed[victim] += 1
            print(f"{killed.total()}: {victim}; {_drawn(studio, accepted)} frames so far", flush=True)
    until(lambda: not studio.unfinished(accepted))
    made = [video for video in accepted if studio.status(video) == "completed"]
    wrong = sum(studio.film(video) != undisturbed[accepted[video]] for video in made)
    redone = sum(studio.drawn(video).total() - len(studio.drawn(video)) for video in accepted)
    return Survival(len(accepted), len(accepted) - len(made), wrong, redone, killed)


def _drawn(studio: Studio, videos: Iterable[str]) -> int:
    return sum(studio.drawn(video).total() for video in videos)


def _undisturbed(studio: Studio, fps: int, prompts: Sequence[str]) -> dict[str, bytes]:
    videos = {prompt: studio.accept(prompt, fps) for prompt in prompts}
    ids = [video for video in videos.values() if video is not None]
    assert len(ids) == len(prompts)
    until(lambda: not studio.unfinished(ids))
    return {prompt: studio.film(video) for prompt, video in videos.items() if video is not None}


def _killed(studio: Studio, database: Database, victim: str, chance: random.Random) -> bool:
    """Kill one of the studio's processes and see that it comes again."""
    machine = chance.choice(studio.machines)
    if victim == "server":
        studio.server.kill()
        time.sleep(chance.uniform(0, 1))
        studio.server.start()
        until(studio.answers)
    elif victim == "machine":
        machine.kill()
        time.sleep(chance.uniform(0, 1))
        machine.start()
    elif victim == "database":
        database.kill()
        time.sleep(chance.uniform(0, 1))
        database.start()
    else:
        processes = machine.below(1 if victim == "worker" else 2)
        if not processes:
            return False  # it is still starting
        os.kill(chance.choice(processes), signal.SIGKILL)
    return True


@dataclass(frozen=True)
class Growth:
    """What a number of workers did."""

    workers: int
    frames_per_s: float
    twice: int
    """Frames that were rendered more than once."""


def grow(studio: Studio, workers: int, films: int, fps: int = 12) -> Growth:
    """Have films made by the workers of an open studio, and count the frames between first and last."""
    videos = [video for number in range(films) if (video := studio.accept(PROMPTS[number % 3], fps))]
    until(lambda: not studio.unfinished(videos))
    times = studio.rendered_at(videos)
    twice = sum(studio.drawn(video).total() - len(studio.drawn(video)) for video in videos)
    return Growth(workers, (len(times) - 1) / (times[-1] - times[0]), twice)


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        if int(told.rpartition(")")[2].split()[1]) == parent:
            found.append(int(folder.name))
    return found


def measured_survival(rounds: int, seed: int) -> dict[str, Figure]:
    """Figures of a run with kills."""
    with tempfile.TemporaryDirectory() as name, database(Path(name)) as server:
        studio = Studio(Path(name), server.url, machines=2, workers=1, frame_s=0.05)
        studio.open()
        try:
            seen = survive(studio, server, rounds, seed)
        finally:
            studio.close()
    killed = {f"kills of the {victim}": at_least(seen.killed[victim], 1, "") for victim in VICTIMS}
    return {
        **killed,
        "accepted films": Figure(float(seen.films), "", "", ok=True),
        "kills": at_least(seen.killed.total(), _ROUNDS, ""),
        "accepted films lost": at_most(seen.lost, 0, ""),
        "films unlike the undisturbed ones": at_most(seen.wrong, 0, ""),
        "frames rendered again per kill": at_most(seen.redone_per_kill, CHUNK["draft"], ""),
    }


def measured_growth(frame_s: float) -> dict[str, Figure]:
    """Figures of one, two and four workers."""
    figures: dict[str, Figure] = {}
    alone = 0.0
    for workers in (1, 2, 4):
        with tempfile.TemporaryDirectory() as name, database(Path(name)) as server:
            url = os.environ.get("LICHTSPIEL_TEST_DATABASE_URL", server.url)
            machines = min(workers, 2)
            studio = Studio(Path(name), url, machines=machines, workers=workers // machines, frame_s=frame_s)
            studio.open()
            try:
                until(lambda: _workers(url) >= workers)  # noqa: B023 - asked at once
                grown = grow(studio, workers, films=2 * workers)
            finally:
                studio.close()
        print(f"{workers} workers: {grown.frames_per_s:.2f} frames per second", flush=True)
        alone = alone or grown.frames_per_s
        efficiency = grown.frames_per_s / alone / workers
        figures[f"frames per second of {workers}"] = Figure(grown.frames_per_s, "", "1/s", ok=True)
        if workers > 1:
            name = f"throughput of {workers} against {workers} times one"
            figures[name] = at_least(efficiency, _LEAST_EFFICIENCY, "")
        figures[f"frames rendered twice by {workers}"] = at_most(grown.twice, 0, "")
    return figures


def _workers(url: str) -> int:
    """How many workers hold their lock in the database."""
    counted = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s"
    with psycopg.connect(url) as connection:
        found = connection.execute(counted, (presence.CLASS,)).fetchone()
    return int(found[0]) if found else 0


def main() -> int:
    """Measure, write benchmarks/jobs.json and tell whether all is as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--frame-s", type=float, default=0.5)
    chosen = parser.parse_args()
    figures = measured_survival(chosen.rounds, chosen.seed) | measured_growth(chosen.frame_s)
    write("jobs", figures)
    return 0 if all(figure.ok for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
