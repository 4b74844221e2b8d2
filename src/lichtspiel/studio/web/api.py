"""The studio as a web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI

from lichtspiel.studio import media
from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs import queue
from lichtspiel.studio.jobs.supervisor import Supervisor
from lichtspiel.studio.web import access, errors, services
from lichtspiel.studio.web.routes import changes, documents, models, videos
from lichtspiel.studio.web.services import Services


def application(home: Home, sessions: Sessions, engine: str) -> FastAPI:
    """The studio as a web application. Its worker runs while the application does."""

    @asynccontextmanager
    async def open_studio(app: FastAPI) -> AsyncIterator[None]:
        supervisor = Supervisor(home, engine)
        here = Services(home, sessions, media.opened(home), interrupt=lambda _video: supervisor.interrupt())
        services.install(app, here)
        try:
            yield
        finally:
            supervisor.close()
            queue.give_back(sessions)

    app = FastAPI(lifespan=open_studio, openapi_url=None, redirect_slashes=False)
    errors.install(app)
    app.include_router(routes())
    app.include_router(documents.router)
    return app


def routes() -> APIRouter:
    """The API. Fixed names below /videos come before the ids that they look like."""
    api = APIRouter(prefix="/v1", dependencies=[Depends(errors.readable), Depends(access.known)])
    for subject in (models, changes, videos):
        api.include_router(subject.router)
    return api
