"""The film's clock against the world's: one span per shot."""

from __future__ import annotations

from lichtspiel.screenplay import Screenplay
from lichtspiel.stage.world import Span

LEAD_FRACTION = 0.1
"""Share of the film that passes before the first action, at most LEAD_S."""
LEAD_S = 0.4
CLIMAX_FRACTION = 0.45
"""Where in a slow-motion film its main event falls."""


def shot_lengths(screenplay: Screenplay) -> list[float]:
    """Film seconds of every shot; shots without a length share what is left."""
    given = sum(shot.duration_s or 0.0 for shot in screenplay.shots)
    open_shots = sum(shot.duration_s is None for shot in screenplay.shots)
    left = screenplay.duration_s - given
    if not open_shots:
        # The last shot runs on to the end of the film.
        lengths = [shot.duration_s or 0.0 for shot in screenplay.shots]
        lengths[-1] += left
        return lengths
    share = left / open_shots
    return [share if shot.duration_s is None else shot.duration_s for shot in screenplay.shots]


def first_action_s(screenplay: Screenplay) -> float:
    """World time at which things start to happen when the screenplay leaves it open."""
    lead = min(LEAD_S, LEAD_FRACTION * screenplay.duration_s)
    return lead * screenplay.shots[0].time_scale


def lay_out(screenplay: Screenplay, climax_s: float | None) -> tuple[Span, ...]:
    """Spans of all shots, world time running on from shot to shot.

    climax_s is the world time at which the main event is expected. A slow-motion film shows
    little of the world's time, so it starts late enough to have that event in it.
    """
    lengths = shot_lengths(screenplay)
    shown = sum(n * shot.time_scale for n, shot in zip(lengths, screenplay.shots, strict=True))
    start = 0.0
    if climax_s is not None and shown < screenplay.duration_s * 0.7:
        start = max(0.0, climax_s - CLIMAX_FRACTION * shown)
    spans: list[Span] = []
    film = 0.0
    for length, shot in zip(lengths, screenplay.shots, strict=True):
        spans.append(Span(film, film + length, start, shot.time_scale))
        film, start = film + length, spans[-1].world_end_s
    return tuple(spans)
