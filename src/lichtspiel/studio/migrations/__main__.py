"""Drafts a migration: python -m lichtspiel.studio.migrations "add what"."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from lichtspiel.studio.migrations import FOLDER, config, upgrade

with tempfile.TemporaryDirectory() as folder:
    engine = create_engine(f"sqlite:///{Path(folder) / 'draft.sqlite'}")
    upgrade(engine)
    with engine.begin() as connection:
        number = f"{len(list((FOLDER / 'versions').glob('*.py'))) + 1:04}"
        command.revision(config(connection), sys.argv[1], autogenerate=True, rev_id=number)
