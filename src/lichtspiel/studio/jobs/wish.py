"""What was asked of a video, taken out of the database for those who may not see it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from lichtspiel.screenplay import Character as Person
from lichtspiel.studio.casting import Named
from lichtspiel.studio.database import Character, Sessions, Video
from lichtspiel.studio.plan import Wish


def wished(database: Sessions, video: Video, picture: Path | None) -> Wish:
    """The wish of a video, whose row must be whole; `picture` is its first frame's file."""
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
    )


def _named(database: Sessions, video: Video) -> tuple[Named, ...]:
    """The kept characters of a video, in the order in which it names them."""
    with database() as session:
        found = session.scalars(select(Character).where(Character.id.in_(video.characters))).all()
    by_id = {one.id: Named(one.name, Person.model_validate(one.record)) for one in found}
    return tuple(by_id[one] for one in video.characters if one in by_id)
