"""Captions of what is heard, as WebVTT (https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Caption:
    """A line of text on the film's clock, in seconds."""

    start_s: float
    end_s: float
    text: str


def webvtt(captions: Iterable[Caption]) -> str:
    """The captions as a WebVTT file, in the order of their start."""
    ordered = sorted(captions, key=lambda caption: (caption.start_s, caption.end_s))
    cues = [f"{_clock(c.start_s)} --> {_clock(c.end_s)}\n{_escaped(c.text)}\n" for c in ordered]
    return "\n".join(["WEBVTT\n", *cues])


def _clock(seconds: float) -> str:
    thousandths = max(0, round(seconds * 1000))
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(text: str) -> str:
    """One cue payload: no markup, and no blank line, which would end the cue."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in plain.splitlines() if line.strip())
