"""`lichtspiel plan`: what would be made, without making it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lichtspiel import director
from lichtspiel import screenplay as screenplays
from lichtspiel.cli import ledger
from lichtspiel.cli.film import Seconds, Seed, Style
from lichtspiel.cli.options import adapted, check, file_for
from lichtspiel.engines.delivery import check_target, put


def plan(
    prompt: Annotated[str, typer.Argument(help="What the film shows, in English or German.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The screenplay's file, ending in .yaml.")
    ] = None,
    seconds: Seconds = None,
    seed: Seed = None,
    style: Style = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print both as JSON and write no file.")] = False,
) -> None:
    """Write the screenplay of a prompt, and show how every word of it was understood."""
    check(seconds, seed)
    screenplay, understanding = director.read(prompt, seed or 0, seconds)
    screenplay = adapted(screenplay, None, None, style)
    if as_json:
        both = {
            "screenplay": screenplay.model_dump(mode="json"),
            "understanding": understanding.model_dump(mode="json"),
        }
        typer.echo(json.dumps(both, ensure_ascii=False, indent=2))
        if output is None:
            return
    target = output or file_for(screenplay.title, ".yaml")
    check_target(target)
    put(target, lambda part: part.write_text(screenplays.dump(screenplay), encoding="utf-8"))
    if not as_json:
        console = Console()
        console.print(ledger.table(understanding))
        console.print(f"{target}: edit it, then `lichtspiel shoot {target}`", soft_wrap=True, markup=False)
