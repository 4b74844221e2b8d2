"""`lichtspiel motion`: movements from people's own files, for the people in their films."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from lichtspiel.engines import FilmError
from lichtspiel.library import catalogue, clips
from lichtspiel.library.motion import MotionEntry
from lichtspiel.library.records import Names
from lichtspiel.motion.joints import NAMED, joints
from lichtspiel.motion.recording import RecordingError
from lichtspiel.motion.retarget import closed, goes_round, part_of, retargeted
from lichtspiel.motion.strip import strip
from lichtspiel.picture import recorded

app = typer.Typer(help="Movements from your own files, for the people in your films.", no_args_is_help=True)
_FRAMES, _VIEW = 4, -0.6


@app.command("add")
def add_motion(
    file: Annotated[Path, typer.Argument(help="A BVH, FBX or glTF file with a skeleton that moves.")],
    name: Annotated[str, typer.Option("--name", help="Its name in prompts: “moonwalk”, “dance the jig”.")],
    german: Annotated[
        str | None, typer.Option("--german", help="The same in German prompts: “jig tanzen”.")
    ] = None,
    clip: Annotated[str | None, typer.Option("--clip", help="Which of several in the file.")] = None,
    from_s: Annotated[float, typer.Option("--from", min=0.0, help="Second at which it begins.")] = 0.0,
    until_s: Annotated[float | None, typer.Option("--until", help="Second at which it ends.")] = None,
    loop: Annotated[
        bool | None,
        typer.Option("--loop/--once", help="Done over and over, or once; else as its ends fit together."),
    ] = None,
    joint: Annotated[
        list[str] | None,
        typer.Option("--joint", help=f"Where names do not tell: {', '.join(NAMED)}=NAME."),
    ] = None,
    credit: Annotated[
        str, typer.Option("--credit", help="Whose movement it is; named in films that show it.")
    ] = "",
) -> None:
    """Take a movement from a file, so that any person of a film can do it."""
    made = _identifier(name)
    _check_new(made, name)
    try:
        told = recorded.read(file, clip)
        has = joints(told.names, told.parents, _told(joint or []))
        found = retargeted(part_of(told, from_s, until_s), has)
    except RecordingError as error:
        raise FilmError(str(error)) from error
    loops = goes_round(found) if loop is None else loop
    names = Names(en=(name.lower(),), de=(german.lower(),) if german else ())
    entry = MotionEntry(
        id=made, names=names, kind="deed", duration_s=found.duration_s, loops=loops, source=credit
    )
    path = clips.save(entry, closed(found) if loops else found)
    picture = path.with_suffix(".png")
    strip(made, _FRAMES, _VIEW).save(picture)
    console = Console(highlight=False, soft_wrap=True)
    how = "over and over" if loops else "once"
    console.print(f"People can “{name}” now: {found.duration_s:.1f} s, {how}.", markup=False)
    console.print(f"It is drawn in {picture}; its names can be edited in {path}.", markup=False)


@app.command("list")
def list_motions() -> None:
    """What has been added."""
    table = Table("motion", "called", "seconds", "", "credit", box=None, pad_edge=False)
    for entry in clips.entries(clips.folder()).values():
        called = ", ".join((*entry.names.en, *entry.names.de))
        how = "over and over" if entry.loops else "once"
        table.add_row(entry.id, called, f"{entry.duration_s:.1f}", how, entry.source)
    console = Console(highlight=False)
    console.print(table)
    console.print(f"They are kept in {clips.folder()}.", markup=False, soft_wrap=True)


@app.command("remove")
def remove_motion(
    motion: Annotated[str, typer.Argument(help="As in `lichtspiel motion list`.")],
) -> None:
    """Remove what has been added."""
    if not clips.remove(motion):
        raise FilmError(f"There is no motion {motion} of yours: see lichtspiel motion list.")
    Console(stderr=True, highlight=False).print(f"{motion} was removed.", markup=False)


def _identifier(name: str) -> str:
    made = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if not re.match(r"[a-z]", made):
        raise FilmError(f"“{name}” is no name for prompts: begin it with a verb, such as “moonwalk”.")
    return made


def _check_new(made: str, name: str) -> None:
    if made in clips.entries(clips.folder()):
        raise FilmError(f"There is a motion of this name: remove it first (lichtspiel motion remove {made}).")
    for known in catalogue.motions().values():
        if known.id == made or name.lower() in known.names.en:
            raise FilmError(f"The library has a motion that is called “{name}”: choose another name.")


def _told(given: list[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        role, _, name = pair.partition("=")
        if role not in NAMED or not name:
            raise FilmError(f"--joint {pair} does not say which joint is which: write {NAMED[0]}=NAME.")
        found[role] = name
    return found
