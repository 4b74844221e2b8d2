"""What a video's row says to those who make it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from lichtspiel.screenplay import Character as Person
from lichtspiel.studio.database import Character, Sessions, Video
from lichtspiel.studio.tiers import MODELS
from lichtspiel.studio.wish import Named, Wish


def wished(database: Sessions, video: Video, picture: Path | None) -> Wish:
    """What was asked of a video; `picture` is the file of its first frame."""
    return Wish(
        operation=video.operation,
        prompt=video.prompt,
        screenplay=video.screenplay,
        negative=video.negative,
        named=_named(database, video),
        picture=picture,
        seed=video.seed,
        seconds=video.seconds,
        quality=video.quality,
        width=video.width,
        height=video.height,
        fps=video.fps,
        depth=video.depth,
    )


def notes_on(video: Video) -> list[str]:
    """What its maker should know about a video beyond the ledger."""
    notes = []
    tier = MODELS[video.model].quality.name
    if video.model != tier:
        notes.append(f"{video.model} stands for Lichtspiel's {tier} tier here.")
    if video.quality != tier:
        notes.append(f"Made at {video.quality} quality, as asked.")
    return notes


def _named(database: Sessions, video: Video) -> tuple[Named, ...]:
    """The kept characters of a video, in the order in which it names them."""
    with database() as session:
        found = session.scalars(select(Character).where(Character.id.in_(video.characters))).all()
    by_id = {one.id: Named(one.name, Person.model_validate(one.record)) for one in found}
    return tuple(by_id[one] for one in video.characters if one in by_id)
