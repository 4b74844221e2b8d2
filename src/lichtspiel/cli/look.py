"""`lichtspiel look`: what is inside a film."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from lichtspiel import screenplay as screenplays
from lichtspiel.cli import ledger
from lichtspiel.cut import pictures
from lichtspiel.cut.captions import Caption, webvtt
from lichtspiel.engines import FilmError, FilmRecord, record
from lichtspiel.engines.delivery import check_target, put


def look(
    file: Annotated[Path, typer.Argument(help="A film that Lichtspiel made.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON and write nothing.")] = False,
    extras: Annotated[
        bool, typer.Option("--extras", help="Also write thumbnail, spritesheet and captions beside the film.")
    ] = False,
) -> None:
    """Show what is inside a film, and write its contact sheet beside it."""
    try:
        made = record.read(file)
    except OSError as error:
        raise FilmError(f"{file} cannot be read ({(error.strerror or str(error)).lower()}).") from error
    if as_json:
        typer.echo(made.model_dump_json(indent=2))
        return
    console = Console()
    _print(made, console)
    for path in _write(file, made, extras):
        console.print(str(path), soft_wrap=True, markup=False, highlight=False)


def _print(made: FilmRecord, console: Console) -> None:
    console.print(Syntax(screenplays.dump(made.screenplay), "yaml", background_color="default"))
    if made.understanding.readings:
        console.print(ledger.table(made.understanding))
    console.print(_take(made))
    console.print(_measurements(made))
    credits_table = Table("what", "who", "licence", title="Credits", title_justify="left")
    for credit in made.credits:
        credits_table.add_row(credit.what, credit.who, credit.licence)
    console.print(credits_table)


def _take(made: FilmRecord) -> Table:
    take = made.take
    title = (
        f"Take: {take.duration_s:.2f} s, {take.bodies} moving bodies, {take.impacts} impacts, "
        f"{take.rubs} slides and rolls, {take.breaks} breaks"
    )
    table = Table("world time", "what happened", title=title, title_justify="left")
    for happening in take.strongest:
        table.add_row(f"{happening.time_s:.3f} s", happening.words)
    for outcome in take.outcomes:
        mark = "✓" if outcome.met else "✗"
        table.add_row(mark, f"{outcome.goal}{': ' + outcome.note if outcome.note else ''}")
    return table


def _measurements(made: FilmRecord) -> Table:
    table = Table("", "measured", title="Film", title_justify="left")
    table.add_row("made with", f"{made.made_with}, {made.engine} engine, {made.quality}")
    table.add_row("picture", f"{made.width}x{made.height}, {made.frames} frames at {made.fps} per second")
    table.add_row("length", f"{made.duration_s:g} s")
    table.add_row("loudness", f"{made.sound.integrated_lufs:.1f} LUFS {made.sound.note}".rstrip())
    table.add_row("true peak", f"{made.sound.true_peak_dbtp:.1f} dBTP")
    for fault in made.sound.faults:
        table.add_row("fault of the sound", fault)
    table.add_row("knocks heard", str(len(made.onsets)))
    return table


def _write(film: Path, made: FilmRecord, extras: bool) -> list[Path]:
    sheet = film.with_name(f"{film.stem}.sheet.png")
    check_target(sheet)
    written = [sheet]
    put(sheet, lambda part: pictures.contact_sheet(film, part))
    if not extras:
        return written
    for suffix in (".webp", ".jpg"):
        thumbnail = film.with_name(f"{film.stem}.thumbnail{suffix}")
        spritesheet = film.with_name(f"{film.stem}.spritesheet{suffix}")
        put(thumbnail, lambda part: pictures.thumbnail(film, part))
        put(spritesheet, lambda part: pictures.spritesheet(film, part))
        written += [thumbnail, spritesheet]
    captions = film.with_suffix(".vtt")
    cues = [Caption(line.start_s, line.end_s, line.text, line.words) for line in made.captions]
    put(captions, lambda part: part.write_text(webvtt(cues), encoding="utf-8"))
    return [*written, captions]
