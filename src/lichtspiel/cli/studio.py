"""Opens the studio's database for a command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from lichtspiel.engines import FilmError

if TYPE_CHECKING:
    from lichtspiel.studio.database import Sessions
    from lichtspiel.studio.home import Home


@contextmanager
def opened() -> Iterator[tuple[Home, Sessions]]:
    """The studio and its database. What the operator can mend is raised as FilmError."""
    if sys.platform == "win32":
        raise FilmError("The studio does not run on Windows yet: use WSL, Linux or macOS.")
    from lichtspiel.studio import connection  # noqa: PLC0415 - the database's packages take a second
    from lichtspiel.studio.home import StudioError, home  # noqa: PLC0415

    try:
        found = home()
        sessions = connection.sessions(connection.url(found))
        try:
            yield found, sessions
        finally:
            sessions.kw["bind"].dispose()
    except StudioError as error:
        raise FilmError(str(error)) from error
