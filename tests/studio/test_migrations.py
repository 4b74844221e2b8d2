"""The tables: what migrations make is what the code believes in, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, inspect

from lichtspiel.studio import connection, migrations
from lichtspiel.studio.database import Base
from lichtspiel.studio.home import Home, StudioError


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> URL:
    if request.param == "sqlite":
        return connection.sqlite(tmp_path / "studio.sqlite")
    found = request.getfixturevalue("postgres")
    assert isinstance(found, URL)
    return found


def test_up_and_down_and_up_again(place: URL) -> None:
    engine = connection.connected(place)
    migrations.upgrade(engine)
    with engine.connect() as opened:
        assert compare_metadata(MigrationContext.configure(opened), Base.metadata) == []
    migrations.downgrade(engine, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrations.upgrade(engine)
    migrations.upgrade(engine)
    assert "videos" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_database_from_before_migrations_is_left_alone(tmp_path: Path) -> None:
    engine = connection.connected(connection.sqlite(tmp_path / "studio.sqlite"))
    with engine.begin() as opened:
        opened.exec_driver_sql("CREATE TABLE videos (number INTEGER)")
    with pytest.raises(StudioError, match="move its folder"):
        migrations.upgrade(engine)
    engine.dispose()


@pytest.mark.parametrize("wrong", ["nonsense", "mysql://localhost/studio"])
def test_a_wrong_address_says_how_to_write_it(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LICHTSPIEL_DATABASE_URL", wrong)
    with pytest.raises(StudioError, match="LICHTSPIEL_DATABASE_URL"):
        connection.url(Home(tmp_path))


def test_a_database_that_is_not_there_says_so() -> None:
    nowhere = URL.create("postgresql+psycopg", host="127.0.0.1", port=9, database="studio")
    with pytest.raises(StudioError, match="does not open"):
        connection.sessions(nowhere)
