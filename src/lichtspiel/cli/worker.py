"""`lichtspiel worker`: this machine's part in a studio of many machines."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer
from rich.console import Console

from lichtspiel.cli.studio import opened
from lichtspiel.engines import FilmError


def worker(
    queues: Annotated[
        str, typer.Option("--queues", help="What to take part in: render, sound, or both with a comma.")
    ] = "render,sound",
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="How many at once.")] = 1,
    engine: Annotated[
        str, typer.Option("--engine", help="world, or fake: coloured frames, to try programs quickly.")
    ] = "world",
    memory_gb: Annotated[
        float | None, typer.Option("--memory-gb", min=0.1, help="What one step of a film may take.")
    ] = None,
) -> None:
    """Work for a studio whose database LICHTSPIEL_DATABASE_URL names, until stopped."""
    from lichtspiel.studio import media  # noqa: PLC0415 - the studio's packages take a second
    from lichtspiel.studio.home import StudioError  # noqa: PLC0415
    from lichtspiel.studio.jobs.supervisor import Crew, Supervisor  # noqa: PLC0415

    console = Console(soft_wrap=True, highlight=False, markup=False)
    memory = None if memory_gb is None else int(memory_gb * 1e9)
    crew = Crew(engine, workers, tuple(queues.split(",")), memory)
    with opened() as (home, _):
        try:
            settings = crew.settings(home)
            media.opened(home)
        except StudioError as error:
            raise FilmError(str(error)) from error
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        supervisor = Supervisor(settings, workers)
        console.print(f"Working for the studio in {home.folder}. Ctrl-C stops; nothing is lost.")
        stopped.wait()
        supervisor.close()
