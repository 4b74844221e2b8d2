"""The way of a video through its steps, carried by DBOS: every step is checkpointed.

    prepare (plan, perform) → frames in chunks, beside them the sound → finish (cut, seal)

Each of these is a workflow of its own on the queue `render` or `sound`, which any worker takes
from; the film's own workflow, on the queue `films`, only waits for them. What a dead worker had
taken is taken again by another.

The place in the queue is a number: the priority of the video first, then a turn. Turns are given
as in start-time fair queueing (Goyal, Vin and Cheng, 1996): a film's first chunk comes after the
last one of its own account that waits, but not before the one whose turn it is now. So accounts
take turns, and the films of one account come one after the other.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy
from dbos import DBOS, DBOSConfig, SetEnqueueOptions, SetWorkflowID, WorkflowHandle
from sqlalchemy import URL, Engine, ExceptionContext, event, select

from lichtspiel.studio import connection
from lichtspiel.studio.database import Sessions, Video
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.making import Making, Outcome
from lichtspiel.studio.jobs.queue import Job
from lichtspiel.studio.jobs.settings import QUEUES

VERSION = "2"
"""Of the order of steps below; raise it when that changes, and films in progress begin anew."""

_APPLICATION = "lichtspiel"
_FILMS = "films"
_LOOK_S = 0.2
_MAX_TAKEN = 12
"""How often a chunk is taken before it is thought to kill its workers."""
_MAX_FILM_TAKEN = 1000
"""A film's own workflow only waits, and is taken again whenever its worker ends."""

_TIERS = 8
_TURNS = 1 << 28
_NEEDS_SQLITE = (3, 42)


@dataclass(frozen=True)
class Line:
    """Where the parts of a film stand in the queue."""

    tier: int
    """0 goes first."""
    turn: int

    def place(self, number: int = 0) -> int:
        """DBOS's priority of a part: the smallest goes first."""
        return self.tier * _TURNS + min(self.turn + number, _TURNS - 2) + 1


def turn(now: Collection[int], own: Collection[int]) -> int:
    """The turn of a new film, by those of all that wait in its tier and of its own account's among them."""
    return max(min(now, default=0), max(own, default=-1) + 1)


def launch(home: Home, place: URL, executor: str, queues: Iterable[str], making: Making) -> Carrier:
    """Take part in the making of films from now on."""
    config: DBOSConfig = {
        "name": _APPLICATION,
        "system_database_url": _url(home, place).render_as_string(hide_password=False),
        "system_database_engine": connected(home, place),
        "application_version": VERSION,
        "executor_id": executor,
        "log_level": "ERROR",  # it warns of every look that meets no database
        "use_listen_notify": False,
    }
    dbos = DBOS(config=config)
    film = _registered(making)
    DBOS.listen_queues([_FILMS, *queues])
    DBOS.launch()
    DBOS.register_queue(_FILMS, polling_interval_sec=_LOOK_S)
    for name in QUEUES:
        DBOS.register_queue(name, worker_concurrency=1, polling_interval_sec=_LOOK_S)
    return Carrier(dbos, executor, making, film)


class Carrier:
    """What a worker does for the workflows of all."""

    def __init__(self, dbos: DBOS, executor: str, making: Making, film: Callable[[str, int], None]) -> None:
        self._dbos, self._executor, self._making, self._film = dbos, executor, making, film
        self._dropped: set[str] = set()
        """This worker's, that nothing here was at when last looked."""

    def start(self, job: Job) -> None:
        """Send a video on its way; one that is on its way already stays there."""
        with SetWorkflowID(_film_id(job)):
            DBOS.enqueue_workflow(_FILMS, self._film, job.video, job.attempt)

    def revive(self) -> None:
        """Bring videos in progress and workflows together, however they came apart."""
        jobs = queue.in_progress(self._making.database)
        if not jobs:
            return
        ids = [_film_id(job) for job in jobs]
        found = DBOS.list_workflows(workflow_ids=ids, load_input=False, load_output=False)
        status = {one.workflow_id: one.status for one in found}
        for job, name in zip(jobs, ids, strict=True):
            if name not in status:
                self.start(job)
            elif status[name] == "SUCCESS":  # of an earlier life: the studio was restored from a backup
                DBOS.delete_workflows([name], delete_children=True)
                self.start(job)
            elif status[name] not in {"ENQUEUED", "PENDING"}:
                said = "The workers that made this video died again and again."
                self._making.fail(job.video, "worker_lost", said)

    def take_over(self, is_dead: Callable[[str], bool], forget: Callable[[str], None]) -> None:
        """Have the living take again what dead workers had taken, and this one what it dropped."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        for other in sorted({one.executor_id for one in pending if one.executor_id} - {self._executor}):
            if is_dead(other):
                DBOS._recover_pending_workflows([other])
                forget(other)
        active = self._dbos._active_workflows_set.activeList()
        mine = {one.workflow_id: one.queue_name for one in pending if one.executor_id == self._executor}
        idle = set(mine).difference(active)
        for name in sorted(idle & self._dropped):
            DBOS.resume_workflow(name, queue_name=mine[name])
        self._dropped = idle - self._dropped


@dataclass(frozen=True)
class _Steps:
    """The workflows that a film's parts are made by."""

    prepare: Callable[[str], Outcome]
    chunk: Callable[[str, int, int], Outcome]
    score: Callable[[str], Outcome]
    finish: Callable[[str], Outcome]


def _registered(making: Making) -> Callable[[str, int], None]:
    """The workflows, with the means of this worker. Returns that of a film."""

    @DBOS.workflow(name="prepare", max_recovery_attempts=_MAX_TAKEN)
    def prepare(video: str) -> Outcome:
        planned = DBOS.run_step({"name": "plan"}, making.plan, video)
        if _is_over(planned):
            return planned
        return {**planned, **DBOS.run_step({"name": "perform"}, making.perform, video)}

    @DBOS.workflow(name="chunk", max_recovery_attempts=_MAX_TAKEN)
    def chunk(video: str, first: int, last: int) -> Outcome:
        return DBOS.run_step({"name": "render"}, making.frames, video, first, last)

    @DBOS.workflow(name="score", max_recovery_attempts=_MAX_TAKEN)
    def score(video: str) -> Outcome:
        return DBOS.run_step({"name": "sound"}, making.score, video)

    @DBOS.workflow(name="finish", max_recovery_attempts=_MAX_TAKEN)
    def finish(video: str) -> Outcome:
        done = DBOS.run_step({"name": "cut"}, making.cut, video)
        return done if _is_over(done) else DBOS.run_step({"name": "seal"}, making.seal, video)

    @DBOS.workflow(name="film", max_recovery_attempts=_MAX_FILM_TAKEN)
    def film(video: str, attempt: int) -> None:
        parts: list[WorkflowHandle[Outcome]] = []
        outcome = _made(making, _Steps(prepare, chunk, score, finish), video, parts)
        if "failed" in outcome:
            DBOS.run_step({"name": "fail"}, making.fail, video, outcome["failed"], outcome["message"])
        elif "later" in outcome:
            DBOS.run_step({"name": "put back"}, making.put_back, Job(video, attempt), outcome["later"])
            for part in parts:  # nobody may be at work on it any more when its turn comes again
                _result(part)

    return film


def _made(making: Making, steps: _Steps, video: str, parts: list[WorkflowHandle[Outcome]]) -> Outcome:
    """Have all parts of a film made; what became of the first that came to nothing, else of the last.

    What is given to the workers is added to `parts`.
    """

    def given(name: str, place: int, work: Callable[..., Outcome], *about: Any) -> WorkflowHandle[Outcome]:
        with SetEnqueueOptions(priority=place):
            parts.append(DBOS.enqueue_workflow(name, work, *about))
        return parts[-1]

    # Next in its tier, so that its frames are ready for whoever is free, and at the end ahead of all
    # in it: that takes seconds, and frees what the film holds.
    tier, now, _ = DBOS.run_step({"name": "line"}, _line, making.database, video)
    prepared = _result(given("render", Line(tier, now).place(), steps.prepare, video))
    if _is_over(prepared):
        return prepared
    tier, _, mine = DBOS.run_step({"name": "line"}, _line, making.database, video)
    line = Line(tier, mine)
    frames, size = prepared["frames"], prepared["chunk"]
    spans = [(first, min(first + size, frames)) for first in range(0, frames, size)]
    sound = given("sound", line.place(), steps.score, video)
    chunks = [
        given("render", line.place(number), steps.chunk, video, *span) for number, span in enumerate(spans)
    ]
    for handle, (_, rendered) in zip(chunks, spans, strict=True):
        made = _result(handle)
        if _is_over(made):
            return made
        making.advanced(video, rendered, frames)
    heard = _result(sound)
    if _is_over(heard):
        return heard
    return _result(given("render", Line(tier, 0).place(), steps.finish, video))


def _result(handle: WorkflowHandle[Outcome]) -> Outcome:
    return handle.get_result(polling_interval_sec=_LOOK_S)


def _is_over(outcome: Outcome) -> bool:
    return not outcome.keys().isdisjoint(("failed", "unwanted", "later"))


def _line(database: Sessions, video: str) -> tuple[int, int, int]:
    """The tier of a film, whose turn it is there, and the film's own, as the queue is now."""
    waiting = DBOS.list_workflows(queue_name="render", status="ENQUEUED", load_input=False, load_output=False)
    turns = [(_video_of(part.parent_workflow_id or ""), part.priority or 1) for part in waiting]

    def ask() -> tuple[int, int, int]:
        with database() as session:
            account, priority = session.execute(
                select(Video.account, Video.priority).where(Video.id == video)
            ).one()
            others = {name for name, _ in turns}
            mine = set(
                session.scalars(select(Video.id).where(Video.id.in_(others), Video.account == account))
            )
        tier = min(max(_TIERS - 1 - priority, 0), _TIERS - 1)
        here = [(name, (place - 1) % _TURNS) for name, place in turns if (place - 1) // _TURNS == tier]
        now = [number for _, number in here]
        return tier, min(now, default=0), turn(now, [number for name, number in here if name in mine])

    return queue.steadily(ask)


def clear(before_ms: int, at_most: int = 500) -> None:
    """Forget workflows that ended before a moment, in milliseconds of unix time."""
    moment = datetime.fromtimestamp(before_ms / 1000, UTC).isoformat()
    over = DBOS.list_workflows(
        name="film", completed_before=moment, limit=at_most, load_input=False, load_output=False
    )
    if over:
        DBOS.delete_workflows([found.workflow_id for found in over], delete_children=True)


def _film_id(job: Job) -> str:
    return f"{job.video}:{VERSION}:{job.attempt}"


def _video_of(workflow: str) -> str:
    return workflow.partition(":")[0]


def _url(home: Home, place: URL) -> URL:
    """Beside the studio's tables: a schema of PostgreSQL, or a file of its own."""
    if place.get_backend_name() == "postgresql":
        return place
    return connection.sqlite(Path(place.database or home.database).with_name("workflows.sqlite"))


def connected(home: Home, place: URL) -> Engine:
    """An engine for DBOS, which needs a newer SQLite than many systems have."""
    url = _url(home, place)
    if url.get_backend_name() == "postgresql":
        engine = sqlalchemy.create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
        event.listen(engine, "handle_error", _mark_lost)
        return engine
    module: Any = sqlite3
    if sqlite3.sqlite_version_info < _NEEDS_SQLITE:
        module = importlib.import_module("pysqlite3.dbapi2")
    engine = sqlalchemy.create_engine(url, module=module, connect_args={"timeout": 30})
    event.listen(engine, "connect", _prepare)
    return engine


def _mark_lost(context: ExceptionContext) -> None:
    """Tell DBOS of lost connections, which it waits to come back from.

    It knows them by words that psycopg does not use for a server that refuses connections, and then
    drops what it was at.
    """
    error = context.original_exception
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        context.is_disconnect = True


def _prepare(connection: Any, _record: object) -> None:
    """As DBOS prepares its own: writers wait for each other instead of failing."""
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA foreign_keys=ON")
