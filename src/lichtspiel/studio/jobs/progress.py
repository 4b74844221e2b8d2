"""How far a film is, from the progress of the engine's stages."""

from __future__ import annotations

from pathlib import Path

SHARES = {"take": 5.0, "sound": 2.0, "frames": 90.0, "cut": 3.0}
"""Of the time a film takes, in percent. A four-second draft of a falling ball took 0.4, 1, 55 and
1 s of 57 s; takes with people take longer. The rest, such as fetching packs, comes on top."""

_UNFINISHED = 99


def percent(folder: Path, frames: int, stage: str, done: int, of: int) -> int:
    """How far the film in a work folder is when one of its stages is so far.

    Frames are counted in the folder, since several processes render them at once.
    """
    share = done / of if of > 0 else 0.0
    rendered = min(1.0, sum(1 for _ in (folder / "frames").glob("*.png")) / max(1, frames))
    parts = {
        "take": share if stage == "take" else 1.0,
        "frames": 0.0 if stage == "take" else rendered,
        "sound": float((folder / "record.json").exists()),
        "cut": share if stage == "cut" else 0.0,
    }
    total = int(sum(SHARES[name] * part for name, part in parts.items()))
    return min(_UNFINISHED, total) if stage in SHARES else 0
