"""`lichtspiel packs`: third-party data that comes from packages."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from lichtspiel.packs import store
from lichtspiel.packs.install import install, is_installed, pack_of, remove
from lichtspiel.packs.pack import Pack, packs

app = typer.Typer(help="Asset packs: data of others that comes from packages.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="Name of the pack, as in `lichtspiel packs list`.")]


@app.command("list")
def list_packs() -> None:
    """What packs there are, and which are installed."""
    table = Table("pack", "what", "needed for", "size", "licence", "installed", box=None, pad_edge=False)
    for pack in packs().values():
        size = f"{pack.download_mb:.0f} MB, {pack.installed_mb:.0f} MB unpacked"
        installed = "yes" if is_installed(pack) else "no"
        table.add_row(pack.id, pack.title, pack.needed_for, size, pack.licence, installed)
    console = Console(highlight=False)
    console.print(table)
    console.print(f"Packs are kept in {store.root()}.", markup=False, soft_wrap=True)


@app.command("install")
def install_pack(name: Name) -> None:
    """Fetch a pack with this machine's package client and convert it."""
    pack = pack_of(name)
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    if is_installed(pack):
        console.print(f"{pack.id} is installed.", markup=False)
        return
    announce(pack, console)
    install(pack, lambda what: console.print(f"{pack.id}: {what}", markup=False))
    console.print(f"{pack.id} is installed.", markup=False)


@app.command("remove")
def remove_pack(name: Name) -> None:
    """Remove an installed pack."""
    pack = pack_of(name)
    said = "was removed" if remove(pack) else "was not installed"
    Console(stderr=True, highlight=False).print(f"{pack.id} {said}.", markup=False)


def announce(pack: Pack, console: Console) -> None:
    """Say what comes, how much of it, and under which licence."""
    console.print(
        f"{pack.id}: {pack.title}, {pack.download_mb:.0f} MB to fetch, {pack.installed_mb:.0f} MB on disk, "
        f"{pack.licence}. {pack.credit}",
        markup=False,
    )
