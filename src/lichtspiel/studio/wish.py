"""All that a film follows from, as it is told to the process that may not see the studio's database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lichtspiel.screenplay import Character


@dataclass(frozen=True)
class Named:
    """A kept person and the name that prompts call them by."""

    name: str
    person: Character


@dataclass(frozen=True)
class Wish:
    """What was asked of a video."""

    operation: str
    """create, remix, edit or extend."""
    prompt: str
    screenplay: dict[str, Any] | None
    """What the operation starts from instead of reading the prompt."""
    negative: str | None
    """What must not be in the film, one per line."""
    named: tuple[Named, ...]
    """Kept characters, in the order in which the prompt names them."""
    picture: Path | None
    """What becomes the first frame."""
    seed: int
    seconds: int
    quality: str
    width: int
    height: int
    fps: int
    depth: bool = False
    """Also leave how far away everything is."""


FORM = TypeAdapter(Wish)
"""How a wish is written for another process."""
