"""One running studio for all tests of it: starting one takes seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.studio.studio import Studio


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    running = Studio(tmp_path_factory.mktemp("studio"))
    yield running
    running.close()
