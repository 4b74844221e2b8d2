"""The studio as a web application."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import HTTPBearer

from lichtspiel.studio import media
from lichtspiel.studio.accounts.bounds import Bounds
from lichtspiel.studio.accounts.passkeys import Site
from lichtspiel.studio.accounts.rates import Rate, Rates
from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home
from lichtspiel.studio.jobs.supervisor import Crew, Supervisor
from lichtspiel.studio.operations.metrics import Metrics
from lichtspiel.studio.operations.watch import Watch
from lichtspiel.studio.web import access, errors, services
from lichtspiel.studio.web.rounds import Rounds
from lichtspiel.studio.web.routes import (
    accounts,
    batches,
    changes,
    characters,
    documents,
    entrance,
    events,
    files,
    models,
    operations,
    videos,
    webhooks,
)
from lichtspiel.studio.web.services import Services

_ATTEMPTS = Rate(burst=10, per_s=10 / 900)
"""To get into an account: ten, then ten in a quarter of an hour."""

_ARRIVALS = Rate(burst=100, per_s=100 / 900)
"""The same from an address, behind which a whole office may be."""


_KEY = HTTPBearer(auto_error=False, scheme_name="key")
"""Only tells the documentation how a key is sent; `access.known` is who looks at it."""


def application(home: Home, sessions: Sessions, crew: Crew, site: Site, bounds: Bounds) -> FastAPI:
    """The studio as a web application. The workers of its own run while the application does."""
    metrics = Metrics(home, sessions)

    @asynccontextmanager
    async def open_studio(app: FastAPI) -> AsyncIterator[None]:
        supervisor = Supervisor(crew.settings(home), crew.count)
        here = Services(
            home,
            sessions,
            media.opened(home),
            site=site,
            quota=bounds.quota,
            rates=Rates(bounds.requests),
            attempts=Rates(_ATTEMPTS),
            arrivals=Rates(_ARRIVALS),
            metrics=metrics,
        )
        services.install(app, here)
        rounds = Rounds(here)
        try:
            yield
        finally:
            rounds.close()
            supervisor.close()

    return assembled(metrics, open_studio)


def assembled(metrics: Metrics, opened: Callable[[FastAPI], AbstractAsyncContextManager[None]]) -> FastAPI:
    """All addresses of the studio; `opened` installs the services they work with."""
    app = FastAPI(
        lifespan=opened,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.add_middleware(Watch, metrics=metrics)
    errors.install(app)
    app.include_router(routes())
    app.include_router(documents.router)
    app.include_router(operations.health)
    app.include_router(operations.router, dependencies=[Depends(access.known)])
    return app


def routes() -> APIRouter:
    """The API. Fixed names below /videos come before the ids that they look like."""
    everybody = APIRouter(prefix="/v1", dependencies=[Depends(errors.readable)])
    everybody.include_router(entrance.router)
    api = APIRouter(dependencies=[Depends(_KEY), Depends(access.known)])
    subjects = (accounts, models, characters, changes, videos, events, files, batches, webhooks)
    for subject in subjects:
        api.include_router(subject.router)
    everybody.include_router(api)
    return everybody
