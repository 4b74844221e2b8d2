"""The command line."""

from __future__ import annotations

from collections.abc import Sequence

import typer
import typer.exceptions
from rich.console import Console

from lichtspiel.cli import accounts, backup, doctor, film, look, motion, packs, plan, serve, version, worker
from lichtspiel.cut.inside import NothingInsideError
from lichtspiel.director import PromptError
from lichtspiel.engines import EngineError, FilmError
from lichtspiel.packs.fetch import FetchError
from lichtspiel.packs.install import UnknownPackError
from lichtspiel.screenplay import ScreenplayError

MENDABLE = 2
"""Exit code when the person can mend what is wrong."""

FAILED = 1
INTERRUPTED = 130

app = typer.Typer(
    name="lichtspiel",
    help="Text to film on your own machine, with simulated physics and sound.",
    add_completion=False,
    no_args_is_help=True,
)
app.callback()(version.print_version)
for command in (
    film.film,
    plan.plan,
    film.shoot,
    look.look,
    serve.serve,
    worker.worker,
    backup.backup,
    backup.restore,
    doctor.doctor,
):
    app.command()(command)
app.add_typer(packs.app, name="packs")
app.add_typer(motion.app, name="motion")
app.add_typer(accounts.app, name="accounts")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. What a person can mend is one line on stderr."""
    try:
        code = app(None if arguments is None else list(arguments), standalone_mode=False)
    except typer.exceptions.TyperException as error:
        return _complain(f"{error.format_message()} See lichtspiel --help.", MENDABLE)
    except (
        FilmError,
        PromptError,
        ScreenplayError,
        NothingInsideError,
        FetchError,
        UnknownPackError,
    ) as error:
        return _complain(str(error), MENDABLE)
    except EngineError as error:
        Console(stderr=True, highlight=False).print(str(error), markup=False)
        return FAILED
    if code == INTERRUPTED:  # what Typer makes of Ctrl-C
        return _complain("Stopped. The same command goes on where it stopped.", INTERRUPTED)
    return code if isinstance(code, int) else 0


def _complain(message: str, code: int) -> int:
    line = " ".join(message.split())
    Console(stderr=True, soft_wrap=True, highlight=False).print(line, markup=False)
    return code
