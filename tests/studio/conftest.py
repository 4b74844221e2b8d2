"""One running studio, and one PostgreSQL, for all tests of them: starting them takes seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from tests.studio import postgres as servers
from tests.studio.studio import Studio


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    running = Studio(tmp_path_factory.mktemp("studio"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    with servers.served() as server:
        yield server


@pytest.fixture
def postgres(postgres_server: URL) -> Iterator[URL]:
    """The address of a new empty database."""
    with servers.database(postgres_server) as address:
        yield address
