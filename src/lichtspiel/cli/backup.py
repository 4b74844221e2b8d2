"""`lichtspiel backup` and `lichtspiel restore`: a studio in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from lichtspiel.cli.studio import opened

Backup = Annotated[Path, typer.Argument(help="A tar file.", dir_okay=False)]


def backup(file: Backup) -> None:
    """Write the studio's accounts, videos and films to a file; it may go on working meanwhile."""
    from lichtspiel.studio import media  # noqa: PLC0415 - the web's packages take a second
    from lichtspiel.studio.operations import backup as backups  # noqa: PLC0415

    with opened() as (home, sessions), _bar() as bar:
        task = bar.add_task("Files", total=None)
        backups.write(
            sessions, media.opened(home), file, lambda done, of: bar.update(task, completed=done, total=of)
        )
    Console(highlight=False, soft_wrap=True).print(f"The studio is in {file}.", markup=False)


def restore(file: Backup) -> None:
    """Fill an empty studio from a backup; what was in the making is made again."""
    from lichtspiel.studio import media  # noqa: PLC0415
    from lichtspiel.studio.operations import backup as backups  # noqa: PLC0415

    with opened() as (home, sessions), _bar() as bar:
        task = bar.add_task("Files", total=None)
        backups.read(
            sessions, media.opened(home), file, lambda done, of: bar.update(task, completed=done, total=of)
        )
    Console(highlight=False, soft_wrap=True).print(
        f"The studio is restored from {file}: open it with lichtspiel serve.", markup=False
    )


def _bar() -> Progress:
    console = Console(stderr=True)
    return Progress(console=console, transient=True, disable=not console.is_terminal)
