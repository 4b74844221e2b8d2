"""`lichtspiel --version`."""

from __future__ import annotations

from typing import Annotated

import typer

from lichtspiel.engines.record import made_with


def _show(wanted: bool) -> None:
    if wanted:
        typer.echo(made_with())
        raise typer.Exit


def print_version(
    version: Annotated[bool, typer.Option("--version", callback=_show, is_eager=True)] = False,
) -> None:
    """Text to film on your own machine, with simulated physics and sound."""
