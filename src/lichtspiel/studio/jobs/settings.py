"""How a worker works, as it is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

QUEUES = ("render", "sound")
"""What a worker may take part in: simulating and rendering, or making sound."""


@dataclass(frozen=True)
class Settings:
    """How a worker works."""

    folder: Path
    """The studio's."""
    engine: str = "world"
    queues: tuple[str, ...] = QUEUES
    memory_bytes: int | None = None
    """What one step may take; None = most of the machine's."""


FORM = TypeAdapter(Settings)
