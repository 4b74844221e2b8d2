"""How fast the API answers beside a million videos, and whether it keeps to its document.

`python -m bench.api` takes some minutes and brings a PostgreSQL of its own. The times mean something
on a machine that does nothing else: an answer is waited for through several threads, each of which
waits for its turn.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import httpx2
import numpy as np
from sqlalchemy import URL, create_engine, make_url, text

from bench import figures
from bench.figures import Figure
from bench.fuzzing import examine
from lichtspiel import director
from lichtspiel.engines import FilmRequest, request
from lichtspiel.picture import TIERS
from lichtspiel.studio.jobs.confine import default_limits
from lichtspiel.studio.jobs.crew import Hand, UnwantedError
from tests.studio import postgres
from tests.studio.quiet import quiet, served

VIDEOS = 1_000_000
P95_MS = 20.0
RATE = 100.0
"""Answers per second, of one process on one core."""
CASES = 5_000

_EXAMPLES = 64
"""Per operation and kind of data; some operations have fewer ways to be asked."""

_ASKED = 300
_ROUNDS = 3
"""Of which the best counts: others may be at work on the machine."""

_AT_ONCE = 8

_FILMED = "A red rubber ball bounces across a lawn, handheld camera"
_BEGUN_S = 600.0

_FILL = """
INSERT INTO videos (id, account, model, status, priority, progress, created_at, completed_at, operation,
    prompt, characters, seconds, extensions, width, height, quality, fps, seed, ledger, notes, attempts,
    deleted)
SELECT 'video_' || lpad(to_hex(n), 48, '0'), (SELECT id FROM accounts LIMIT 1), 'sora-2', 'completed', 1, 100,
    1700000000 + n, 1700000100 + n, 'create', 'A red rubber ball falls on a stone floor and bounces ' || n
    || ' times', '[]', 4, 0, 720, 1280, 'standard', 24, n, :ledger, '["sora-2 stands for standard here."]', 1,
    n % 10 = 0
FROM generate_series(1, :videos) AS n
"""
_READING = {"status": "realised", "text": "red", "span": [2, 5], "slot": "props.ball.colour", "note": ""}
_LEDGER = json.dumps([_READING] * 6)


def main() -> None:
    """Measure everything and write it down."""
    figures.write("api", conformance() | latencies())


def latencies() -> dict[str, Figure]:
    """Times to answer beside a million videos of one account, a tenth of them deleted."""
    with postgres.served() as server, postgres.database(server) as address, _running(address) as (url, key):
        _fill(address)
        with httpx2.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}) as web:
            rng = random.Random(7)
            asked: dict[str, Callable[[], str]] = {
                "retrieve": lambda: f"/videos/{_id(rng)}",
                "list, 20 at any depth": lambda: f"/videos?after={_id(rng)}",
                "list, 20 at any depth, oldest first": lambda: f"/videos?after={_id(rng)}&order=asc",
                "list, 100 at any depth": lambda: f"/videos?after={_id(rng)}&limit=100",
            }
            found = {
                f"p95 of {name}": figures.at_most(_p95(web, one), P95_MS, "ms") for name, one in asked.items()
            }
            both = ("retrieve", "list, 20 at any depth")
            for name in both:
                found[f"{name}, {_AT_ONCE} at once"] = figures.at_least(_rate(web, asked[name]), RATE, "1/s")
            with _rendering():
                for name in both:
                    busy = figures.at_most(_p95(web, asked[name]), P95_MS, "ms")
                    found[f"p95 of {name}, while a film is rendered"] = busy
    return found


def conformance() -> dict[str, Figure]:
    """Cases that schemathesis makes up, and how many of them are not answered as the document says."""
    with tempfile.TemporaryDirectory() as folder:
        studio = quiet(Path(folder))
        cases = faults = 0
        for mode in ("positive", "negative"):
            findings = examine(studio.app, studio.key, _EXAMPLES, mode)
            cases += findings.cases
            faults += len(findings.faults)
            for fault in findings.faults[:5]:
                print(fault)
        studio.here.sessions.kw["bind"].dispose()
    return {
        "schemathesis cases": figures.at_least(cases, CASES, ""),
        "schemathesis faults": figures.at_most(faults, 0, ""),
    }


def _id(rng: random.Random) -> str:
    """Of a video that is not deleted."""
    number = rng.randrange(VIDEOS // 10) * 10 + rng.randrange(1, 10)
    return f"video_{number:048x}"


def _fill(address: URL) -> None:
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(_FILL), {"ledger": _LEDGER, "videos": VIDEOS})
        connection.execute(text("VACUUM ANALYZE videos"))
    engine.dispose()


def _p95(web: httpx2.Client, ask: Callable[[], str]) -> float:
    """95th percentile of the milliseconds to an answer, one question after the other."""
    rounds = []
    for _ in range(_ROUNDS):
        times = []
        for _ in range(_ASKED):
            began = time.perf_counter()
            web.get(ask()).raise_for_status()
            times.append(1000 * (time.perf_counter() - began))
        rounds.append(float(np.percentile(times, 95)))
    return min(rounds)


def _rate(web: httpx2.Client, ask: Callable[[], str]) -> float:
    """Answers per second to several clients."""
    questions = [ask() for _ in range(_ASKED)]
    with ThreadPoolExecutor(_AT_ONCE) as many:
        began = time.perf_counter()
        list(many.map(lambda question: web.get(question).raise_for_status(), questions))
        return _ASKED / (time.perf_counter() - began)


@contextmanager
def _rendering() -> Iterator[None]:
    """A film is rendered on all cores meanwhile, by a process as a worker starts it."""
    screenplay, read = director.read(_FILMED, 0, 20.0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        request.write(folder, FilmRequest(screenplay, read, folder / "unused.mp4", TIERS["pro"]))
        hand, begun, over = Hand("world", default_limits()), threading.Event(), threading.Event()

        def progress(stage: str, done: int, _of: int) -> None:
            if stage == "frames" and done > 0:
                begun.set()

        def render() -> None:
            order = {"folder": name, "frames": list(range(480))}
            try:
                for step in ("perform", "render"):
                    hand.do({**order, "step": step}, progress, lambda: not over.is_set())
            except UnwantedError:
                hand.close()

        thread = threading.Thread(target=render)
        thread.start()
        try:
            if not begun.wait(_BEGUN_S):
                raise RuntimeError("the film that is to keep the machine busy does not begin")
            yield
        finally:
            over.set()
            thread.join()


@contextmanager
def _running(address: URL) -> Iterator[tuple[str, str]]:
    """Address and key of a server in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(address.render_as_string(hide_password=False), there))
    process.start()
    try:
        yield here.recv()
    finally:
        here.send("end")
        process.join()


def _serve(address: str, line: Connection) -> None:
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), make_url(address)) as studio:
        line.send((studio.url, studio.key))
        line.recv()


if __name__ == "__main__":
    main()
