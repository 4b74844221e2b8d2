"""The film's clock against the world's: one span per shot."""

from __future__ import annotations

from lichtspiel.screenplay import Screenplay
from lichtspiel.stage.world import Span

LEAD_FRACTION = 0.1
"""Share of the film that passes before the first action, at most LEAD_S."""
LEAD_S = 0.4
CLIMAX_FRACTION = 0.45
"""Where in a slow-motion film its main event falls."""


def first_action_s(screenplay: Screenplay) -> float:
    """World time at which things start to happen when the screenplay leaves it open."""
    lead = min(LEAD_S, LEAD_FRACTION * screenplay.part_end_s(None))
    return lead * screenplay.shots[0].time_scale


def lay_out(screenplay: Screenplay, climax_s: float | None) -> tuple[Span, ...]:
    """Spans of all shots, world time running on from shot to shot.

    climax_s is the world time at which the main event is expected. A slow-motion film shows
    little of the world's time, so it starts late enough to have that event in it.
    """
    lengths = screenplay.shot_lengths_s
    first_s = screenplay.part_end_s(None)
    shown = _shown(screenplay, first_s)
    start = 0.0
    if climax_s is not None and shown < first_s * 0.7:
        start = max(0.0, climax_s - CLIMAX_FRACTION * shown)
    spans: list[Span] = []
    film = 0.0
    for length, shot in zip(lengths, screenplay.shots, strict=True):
        spans.append(Span(film, film + length, start, shot.time_scale))
        film, start = film + length, spans[-1].world_end_s
    return tuple(spans)


def _shown(screenplay: Screenplay, end_s: float) -> float:
    """World seconds that the film shows up to a film time."""
    shown = film = 0.0
    for length, shot in zip(screenplay.shot_lengths_s, screenplay.shots, strict=True):
        shown += max(0.0, min(length, end_s - film)) * shot.time_scale
        film += length
    return shown
