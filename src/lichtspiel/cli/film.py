"""`lichtspiel film` and `lichtspiel shoot`: make a film of a prompt or of a screenplay."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from PIL import Image, ImageOps
from rich.console import Console

from lichtspiel import director
from lichtspiel import screenplay as screenplays
from lichtspiel.cli import ledger
from lichtspiel.cli.options import adapted, burns, check, file_for, quality_of
from lichtspiel.cli.stages import Stages
from lichtspiel.engines import Engine, FilmError, FilmRecord, FilmRequest
from lichtspiel.engines.opening.faces import faces_in
from lichtspiel.engines.opening.matching import matched
from lichtspiel.packs.fetch import FetchError
from lichtspiel.packs.install import install, pack_of
from lichtspiel.screenplay import Screenplay, Understanding

Output = Annotated[Path | None, typer.Option("-o", "--output", help="The film's file, ending in .mp4.")]
QualityName = Annotated[str, typer.Option("--quality", help="draft, standard or pro.")]
Seconds = Annotated[float | None, typer.Option("--seconds", help="Length of the film, 0.5 to 60.")]
Size = Annotated[str | None, typer.Option("--size", help="Width and height in pixels, as 720x1280.")]
Fps = Annotated[int | None, typer.Option("--fps", help="Frames per second, 1 to 60.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Another seed is another performance.")]
Style = Annotated[
    str | None,
    typer.Option("--style", help="natural, cinematic, black_and_white, vintage or vivid; German words too."),
]
SaveBlend = Annotated[
    Path | None,
    typer.Option("--save-blend", help="Also leave the scene as a file that Blender opens."),
]
Stems = Annotated[
    bool,
    typer.Option("--stems", help="Also leave dialogue, effects, ambience and music as WAV beside the film."),
]
Surround = Annotated[bool, typer.Option("--surround", help="Sound in 5.1 instead of stereo.")]
FirstFrame = Annotated[
    Path | None,
    typer.Option("--first-frame", help="A picture that the film begins with; light and camera follow it."),
]
Depth = Annotated[
    bool, typer.Option("--depth", help="Also leave how far away everything is, as OpenEXR files in a ZIP.")
]
Captions = Annotated[
    str, typer.Option("--captions", help="track: they can be shown or hidden; burn: drawn into the picture.")
]


def film(
    prompt: Annotated[str, typer.Argument(help="What the film shows, in English or German.")] = "",
    output: Output = None,
    quality: QualityName = "standard",
    seconds: Seconds = None,
    size: Size = None,
    fps: Fps = None,
    seed: Seed = None,
    style: Style = None,
    save_blend: SaveBlend = None,
    stems: Stems = False,
    surround: Surround = False,
    captions: Captions = "track",
    first_frame: FirstFrame = None,
    depth: Depth = False,
) -> None:
    """Make a film of a prompt."""
    tier, burn = quality_of(quality, size, fps), burns(captions)
    check(seconds, seed)
    screenplay, understanding = director.read(prompt, seed or 0, seconds)
    screenplay = adapted(screenplay, None, None, style)
    target = _with_suffix(output or file_for(screenplay.title, ".mp4"), ".mp4")
    blend = save_blend and _with_suffix(save_blend, ".blend")
    picture = _checked(first_frame)
    _make(FilmRequest(screenplay, understanding, target, tier, blend, picture, surround, stems, burn, depth))


def shoot(
    file: Annotated[Path, typer.Argument(help="A screenplay, as `lichtspiel plan` writes it.")],
    output: Output = None,
    quality: QualityName = "standard",
    seconds: Seconds = None,
    size: Size = None,
    fps: Fps = None,
    seed: Seed = None,
    style: Style = None,
    save_blend: SaveBlend = None,
    stems: Stems = False,
    surround: Surround = False,
    captions: Captions = "track",
    first_frame: FirstFrame = None,
    depth: Depth = False,
) -> None:
    """Make a film of a screenplay that you wrote or edited by hand."""
    tier, burn = quality_of(quality, size, fps), burns(captions)
    screenplay = adapted(screenplays.load(file), seconds, seed, style)
    target = _with_suffix(output or file.with_suffix(".mp4"), ".mp4")
    blend = save_blend and _with_suffix(save_blend, ".blend")
    told = _ledger_of(screenplay)
    picture = _checked(first_frame)
    _make(FilmRequest(screenplay, told, target, tier, blend, picture, surround, stems, burn, depth))


def engine() -> Engine:
    """The engine that makes films here."""
    from lichtspiel.engines.world import WorldEngine  # noqa: PLC0415 - takes a second, only films need it

    return WorldEngine()


def _make(request: FilmRequest) -> None:
    console = Console(stderr=True)
    start = time.monotonic()
    with Stages(console) as stages:
        made = engine().film(matched(request), stages)
    _tell(made, request.output, time.monotonic() - start)


def _tell(made: FilmRecord, path: Path, took_s: float) -> None:
    out = Console(soft_wrap=True, highlight=False, markup=False)
    out.print(f"{path}: {made.duration_s:g} s, {made.width}x{made.height} at {made.fps} frames per second")
    loudness = f"{made.sound.integrated_lufs:.1f} LUFS, true peak {made.sound.true_peak_dbtp:.1f} dBTP"
    surround = ", 5.1" if made.sound.surround else ""
    out.print(f"sound: {loudness}{surround}{'; ' + made.sound.note if made.sound.note else ''}")
    for fault in made.sound.faults:
        out.print(f"fault of the sound: {fault}")
    for line in ledger.missing(made.understanding):
        out.print(f"not realised: {line}")
    out.print(f"made in {took_s:.0f} s")


def _checked(picture: Path | None) -> Path | None:
    """The picture, when it can be read and shows no face. Raises FilmError."""
    if picture is None:
        return None
    try:
        with Image.open(picture) as opened:
            upright = ImageOps.exif_transpose(opened)
    except (OSError, Image.DecompressionBombError) as error:
        raise FilmError(f"{picture} is no picture that can be read: choose a JPEG, PNG or WebP.") from error
    try:
        install(pack_of("faces"), lambda _: None)
    except FetchError as error:
        raise FilmError(str(error)) from error
    if faces_in(upright):
        raise FilmError(f"{picture} shows a face: nobody is brought into a film without their consent.")
    return picture


def _ledger_of(screenplay: Screenplay) -> Understanding:
    """A screenplay by hand was not read from its prompt, so there is nothing to account for yet."""
    return Understanding(prompt=screenplay.prompt)


def _with_suffix(path: Path, suffix: str) -> Path:
    if path.suffix.casefold() != suffix:
        raise FilmError(f"{path} does not end in {suffix}: name the file with that ending.")
    return path
