"""`lichtspiel serve`: the studio, a Videos API for programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from lichtspiel.engines import FilmError


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8000,
    behind_tls: Annotated[
        bool, typer.Option("--behind-tls", help="Allow other addresses: a server with TLS stands in front.")
    ] = False,
    new_key: Annotated[bool, typer.Option("--new-key", help="Replace the key, if it was lost.")] = False,
    engine: Annotated[
        str, typer.Option("--engine", help="world, or fake: coloured frames, to try programs quickly.")
    ] = "world",
    workers: Annotated[
        int, typer.Option("--workers", min=0, max=64, help="Workers on this machine; 0 = only others'.")
    ] = 1,
) -> None:
    """Open the studio: an API that programs written for OpenAI's Videos API can use."""
    if sys.platform == "win32":
        raise FilmError("The studio does not run on Windows yet: use WSL, Linux or macOS.")
    from lichtspiel.studio import server  # noqa: PLC0415 - the web's packages take a second
    from lichtspiel.studio.home import StudioError  # noqa: PLC0415
    from lichtspiel.studio.jobs.hand import check  # noqa: PLC0415
    from lichtspiel.studio.jobs.supervisor import Crew  # noqa: PLC0415

    crew = Crew(engine, workers)
    console = Console(soft_wrap=True, highlight=False, markup=False)
    try:
        check(engine)
        server.serve(host, port, crew=crew, behind_tls=behind_tls, new_key=new_key, say=console.print)
    except ValueError as error:
        raise FilmError(f"--engine {error}") from error
    except StudioError as error:
        raise FilmError(str(error)) from error
