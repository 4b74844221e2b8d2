"""A studio that answers and makes nothing: its addresses without workers, in this very process."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from sqlalchemy import URL

from lichtspiel.studio import connection, media
from lichtspiel.studio.accounts import keys
from lichtspiel.studio.accounts.passkeys import Site
from lichtspiel.studio.accounts.quota import Quota
from lichtspiel.studio.accounts.rates import Rate, Rates
from lichtspiel.studio.home import Home
from lichtspiel.studio.operations.metrics import Metrics
from lichtspiel.studio.web import api, services
from lichtspiel.studio.web.patience import PatientProtocol
from lichtspiel.studio.web.rounds import Rounds
from lichtspiel.studio.web.services import Services
from tests.studio.studio import until

_PLENTY = Rate(burst=1_000_000, per_s=1_000_000)


@dataclass(frozen=True)
class Quiet:
    """Where it answers, and by which key."""

    url: str
    key: str
    here: Services
    app: FastAPI


def quiet(folder: Path, database: URL | None = None, rounds: bool = False) -> Quiet:
    """The application on a folder, not served yet; with `rounds` it delivers and finishes batches."""
    home = Home(folder)
    (folder / "media").mkdir(parents=True, exist_ok=True)
    sessions = connection.sessions(database or connection.sqlite(home.database))
    key = keys.first(sessions)
    assert key is not None
    here = Services(
        home=home,
        sessions=sessions,
        media=media.opened(home),
        site=Site("http://localhost"),
        quota=Quota(waiting=1_000_000),
        rates=Rates(_PLENTY),
        attempts=Rates(_PLENTY),
        arrivals=Rates(_PLENTY),
        metrics=Metrics(home, sessions),
    )

    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        going = Rounds(here) if rounds else None
        yield
        if going is not None:
            going.close()

    app = api.assembled(here.metrics, opened)
    services.install(app, here)
    return Quiet("", key, here, app)


@contextmanager
def served(folder: Path, database: URL | None = None) -> Iterator[Quiet]:
    """The studio on a port of this machine within the block."""
    studio = quiet(folder, database, rounds=True)
    server = uvicorn.Server(uvicorn.Config(studio.app, port=0, log_level="warning", http=PatientProtocol))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Quiet(f"http://127.0.0.1:{port}/v1", studio.key, studio.here, studio.app)
    server.should_exit = True
    thread.join()
    studio.here.sessions.kw["bind"].dispose()
