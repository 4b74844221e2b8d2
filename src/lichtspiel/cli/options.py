"""What the options of the commands mean, and what is wrong with them when they mean nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pydantic

from lichtspiel.engines import FilmError
from lichtspiel.picture import MAX_FPS, MAX_SIDE, MIN_SIDE, TIERS, Quality
from lichtspiel.screenplay import Look, Screenplay
from lichtspiel.screenplay.model import MAX_DURATION_S

MIN_DURATION_S = 0.5

GERMAN_STYLES = {
    "natürlich": Look.NATURAL,
    "filmisch": Look.CINEMATIC,
    "kino": Look.CINEMATIC,
    "schwarzweiß": Look.BLACK_AND_WHITE,
    "schwarzweiss": Look.BLACK_AND_WHITE,
    "schwarz_weiß": Look.BLACK_AND_WHITE,
    "altmodisch": Look.VINTAGE,
    "kräftig": Look.VIVID,
    "bunt": Look.VIVID,
}


def quality_of(name: str, size: str | None, fps: int | None) -> Quality:
    """The tier of that name with the wished size and frame rate. Raises FilmError."""
    tier = TIERS[_one_of(name, list(TIERS), "quality")]
    if fps is not None:
        if not 1 <= fps <= MAX_FPS:
            raise FilmError(f"--fps {fps} is impossible: choose 1 to {MAX_FPS} frames per second.")
        tier = tier.with_fps(fps)
    return tier.with_size(*_sides(size)) if size else tier


def burns(captions: str) -> bool:
    """Whether captions of this kind are drawn into the picture. Raises FilmError."""
    return _one_of(captions, ["track", "burn"], "captions") == "burn"


def look_of(name: str) -> Look:
    """The look of a style's English or German name. Raises FilmError."""
    plain = re.sub(r"[\s-]+", "_", name.strip().casefold().replace("&", "and"))
    if plain in GERMAN_STYLES:
        return GERMAN_STYLES[plain]
    return Look(_one_of(plain, [look.value for look in Look], "style"))


def check(seconds: float | None, seed: int | None) -> None:
    """Raise FilmError for a length or a seed that no film can have."""
    if seconds is not None and not MIN_DURATION_S <= seconds <= MAX_DURATION_S:
        raise FilmError(
            f"--seconds {seconds:g} is impossible: choose {MIN_DURATION_S:g} to {MAX_DURATION_S:g}."
        )
    if seed is not None and not 0 <= seed < 2**32:
        raise FilmError(f"--seed {seed} is impossible: choose 0 to {2**32 - 1}.")


def adapted(screenplay: Screenplay, seconds: float | None, seed: int | None, style: str | None) -> Screenplay:
    """The screenplay with what the options say instead. Raises FilmError.

    The lengths of its shots, where they are given, keep their shares of the film.
    """
    check(seconds, seed)
    changes: dict[str, object] = {}
    if seconds is not None:
        factor = seconds / screenplay.duration_s
        changes["duration_s"] = seconds
        changes["shots"] = [
            shot.model_copy(update={"duration_s": shot.duration_s and shot.duration_s * factor})
            for shot in screenplay.shots
        ]
    if seed is not None:
        changes["seed"] = seed
    if style is not None:
        changes["look"] = look_of(style)
    try:
        return Screenplay.model_validate({**dict(screenplay), **changes})
    except pydantic.ValidationError as error:
        raise FilmError(f"The screenplay does not allow that: {error.errors()[0]['msg']}.") from error


def file_for(title: str, suffix: str) -> Path:
    """A file in the current folder, named after the title."""
    words = re.findall(r"\w+", title.casefold())[:8]
    return Path("-".join(words)[:60] or "film").with_suffix(suffix)


def _sides(size: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,6})\s*[x×]\s*(\d{1,6})", size.strip().casefold())
    if match is None:
        raise FilmError(f"--size {size} is no size: write it as 720x1280.")
    width, height = int(match[1]), int(match[2])
    for side in (width, height):
        if side % 2 or not MIN_SIDE <= side <= MAX_SIDE:
            raise FilmError(
                f"--size {size} is impossible: both sides must be even, {MIN_SIDE} to {MAX_SIDE} pixels."
            )
    return width, height


def _one_of(name: str, known: Sequence[str], what: str) -> str:
    if name not in known:
        raise FilmError(f"--{what} {name} is unknown: choose {', '.join(known[:-1])} or {known[-1]}.")
    return name
