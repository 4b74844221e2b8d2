"""What the routes work with, kept by the application they are mounted in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from lichtspiel.studio.accounts.passkeys import Site
from lichtspiel.studio.accounts.quota import Quota
from lichtspiel.studio.accounts.rates import Rates
from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home
from lichtspiel.studio.media import Media
from lichtspiel.studio.operations.metrics import Metrics
from lichtspiel.studio.web.streams import Streams


@dataclass(frozen=True)
class Services:
    """The studio behind the routes."""

    home: Home
    sessions: Sessions
    media: Media
    site: Site
    """As browsers see it."""
    quota: Quota
    """Of accounts without one of their own."""
    rates: Rates
    """Requests of accounts."""
    attempts: Rates
    """To get into an account."""
    arrivals: Rates
    """Attempts to get in from an address."""
    metrics: Metrics
    streams: Streams = field(default_factory=Streams)
    """Lines on which accounts follow videos."""


def install(app: FastAPI, services: Services) -> None:
    """Have the application's routes work with these."""
    app.state.services = services


async def of(request: Request) -> Services:
    """The services of the application that a request has come to.

    Like all that needs no database, it is asynchronous: a plain function would be sent to a thread.
    """
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


Here = Annotated[Services, Depends(of)]
