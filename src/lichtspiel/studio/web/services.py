"""What the routes work with, kept by the application they are mounted in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from lichtspiel.studio.database import Sessions
from lichtspiel.studio.home import Home
from lichtspiel.studio.media import Media


@dataclass(frozen=True)
class Services:
    """The studio behind the routes."""

    home: Home
    sessions: Sessions
    media: Media
    interrupt: Callable[[str], None]
    """End the work on a video that is not wanted any more."""


def install(app: FastAPI, services: Services) -> None:
    """Have the application's routes work with these."""
    app.state.services = services


def of(request: Request) -> Services:
    """The services of the application that a request has come to."""
    services = request.app.state.services
    assert isinstance(services, Services)
    return services


Here = Annotated[Services, Depends(of)]
