"""`lichtspiel accounts`: who may use the studio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from lichtspiel.cli.studio import opened
from lichtspiel.engines import FilmError

if TYPE_CHECKING:
    from lichtspiel.studio.database import Account, Sessions

app = typer.Typer(help="Who may use the studio.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="The account's e-mail address.")]


@app.command("add")
def add_account(
    email: Email,
    operator: Annotated[bool, typer.Option("--operator", help="May run the studio, too.")] = False,
) -> None:
    """Open an account and print its first key."""
    from lichtspiel.studio.accounts import accounts, keys  # noqa: PLC0415 - their packages take a second
    from lichtspiel.studio.accounts.caller import SCOPES  # noqa: PLC0415

    with opened() as (_, sessions):
        try:
            made = accounts.add(sessions, email, role="operator" if operator else "member")
        except accounts.AccountError as error:
            raise FilmError(str(error)) from error
        secret = keys.make(sessions, made.id, "first key", SCOPES).secret
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{made.email} has an account. Its key, shown this once: {secret}", markup=False)
    console.print(f"A password for it: lichtspiel accounts password {made.email}", markup=False)


@app.command("list")
def list_accounts() -> None:
    """Who has an account."""
    from lichtspiel.studio.accounts import accounts  # noqa: PLC0415

    table = Table("e-mail", "role", "seconds a day", "at once", "", box=None, pad_edge=False)
    with opened() as (_, sessions):
        for account in accounts.every(sessions):
            bounds = [
                "default" if b is None else str(b) for b in (account.daily_seconds, account.concurrency)
            ]
            table.add_row(account.email, account.role, *bounds, "" if account.active else "closed")
    Console(highlight=False).print(table)


@app.command("password")
def set_password(email: Email) -> None:
    """Set the password that an account signs in with; all its browsers are signed out."""
    from lichtspiel.studio.accounts import accounts  # noqa: PLC0415

    with opened() as (_, sessions):
        account = _of(sessions, email)
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        try:
            accounts.change_password(sessions, account.id, password)
        except accounts.AccountError as error:
            raise FilmError(str(error)) from error


@app.command("limit")
def limit_account(
    email: Email,
    seconds: Annotated[int | None, typer.Option("--seconds", min=0, help="Of film in 24 hours.")] = None,
    at_once: Annotated[int | None, typer.Option("--at-once", min=1, help="Videos made at a time.")] = None,
) -> None:
    """Bound what an account may ask for; what is not named takes the studio's default."""
    from lichtspiel.studio.accounts import accounts  # noqa: PLC0415

    with opened() as (_, sessions):
        accounts.set_limits(sessions, _of(sessions, email).id, at_once, seconds)


@app.command("close")
def close_account(email: Email) -> None:
    """Void an account's keys and let nobody in by it; its videos stay."""
    from lichtspiel.studio.accounts import accounts  # noqa: PLC0415

    with opened() as (_, sessions):
        try:
            accounts.close(sessions, _of(sessions, email).id)
        except accounts.AccountError as error:
            raise FilmError(str(error)) from error


def _of(sessions: Sessions, email: str) -> Account:
    from lichtspiel.studio.accounts import accounts  # noqa: PLC0415

    account = accounts.of_email(sessions, email)
    if account is None:
        raise FilmError(f"There is no open account of {email}: lichtspiel accounts list shows them.")
    return account
