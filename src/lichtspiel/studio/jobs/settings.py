"""How a worker works, as it is told when it is started."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from lichtspiel.studio.jobs.patience import PATIENCE_S

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
    patience_s: float = PATIENCE_S
    """How long a step waits for the studio's files before its film goes back into the queue."""


FORM = TypeAdapter(Settings)
