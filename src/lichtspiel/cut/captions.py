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
    words: tuple[tuple[float, str], ...] = ()
    """When each of the words with which the text ends is said; empty where none are."""


def webvtt(captions: Iterable[Caption]) -> str:
    """The captions as a WebVTT file, in the order of their start; words carry their own times."""
    ordered = sorted(captions, key=lambda caption: (caption.start_s, caption.end_s))
    cues = [f"{_clock(c.start_s)} --> {_clock(c.end_s)}\n{_payload(c)}\n" for c in ordered]
    return "\n".join(["WEBVTT\n", *cues])


def _payload(caption: Caption) -> str:
    """The text, with a timestamp before each word of which the time is known."""
    said = " ".join(word for _, word in caption.words)
    if not said or not caption.text.endswith(said):
        return _escaped(caption.text)
    timed = " ".join(f"<{_clock(at)}>{_escaped(word)}" for at, word in caption.words)
    return _escaped(caption.text.removesuffix(said)) + timed


def _clock(seconds: float) -> str:
    thousandths = max(0, round(seconds * 1000))
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(text: str) -> str:
    """One cue payload: no markup, and no blank line, which would end the cue."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "\n".join(line for line in plain.splitlines() if line.strip())
