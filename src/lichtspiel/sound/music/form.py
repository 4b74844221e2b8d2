"""The form of a score: a tempo whose bars meet the cuts, sections between them, and an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RING_S = 1.1
"""What the last chord has to ring before the film ends, about."""
TEMPO_STEP_BPM = 0.5
BAR_WORTH, END_WORTH = 2.0, 1.5
"""How much more a cut counts than another event, and how much the end does."""


@dataclass(frozen=True)
class Form:
    """Where bars begin: from `start_s` on, which may lie before the film, to the last chord."""

    tempo_bpm: float
    beats: int
    start_s: float
    bars: int
    """Whole bars before the last chord."""
    hits: tuple[int, ...]
    """Beats, counted from 0, on which something happens in the film."""
    sections: tuple[int, ...]
    """First bars of sections; the first is 0."""

    @property
    def beat_s(self) -> float:
        return 60.0 / self.tempo_bpm

    def time(self, beat: float) -> float:
        """Film time of a beat."""
        return self.start_s + beat * self.beat_s

    @property
    def last_beat(self) -> int:
        """The beat of the last chord."""
        return self.bars * self.beats

    def section(self, bar: int) -> int:
        """Number of the section that a bar belongs to."""
        return sum(first <= bar for first in self.sections) - 1


def form_of(
    seconds: float,
    cuts: Sequence[float],
    events: Sequence[float],
    tempi: tuple[float, float],
    beats: int,
    wish: float,
) -> Form:
    """The form for a film with cuts and main events at film times.

    Of all tempi of the range, and of all upbeats, those are taken with which cuts and events lie nearest to
    beats, best to first beats of bars, and the last chord near enough to the film's end. `wish` is the tempo
    that the mood asks for; it decides between equals.
    """
    low, high = tempi
    best, found = np.inf, (wish, 0.0, 1)
    hits = np.array([*cuts, *events])
    weights = np.array([BAR_WORTH] * len(cuts) + [1.0] * len(events))
    for tempo in np.arange(low, high + TEMPO_STEP_BPM / 2, TEMPO_STEP_BPM):
        beat = 60.0 / tempo
        bar = beats * beat
        for upbeat in np.arange(0.0, bar, beat / 8):
            start = -upbeat
            bars = max(1, round((seconds - RING_S - start) / bar))
            end = start + bars * bar
            left = seconds - end
            # Less than half of the ring cuts the chord off; much more leaves the picture without music.
            cost = (
                END_WORTH * (max(0.0, 0.55 - left) * 6 + max(0.0, left - 1.8))
                + 0.15 * abs(tempo - wish) / wish
            )
            cost += 0.05 * (upbeat > 0)
            if len(hits):
                place = (hits - start) / beat
                off_beat = np.abs(place - np.round(place)) * beat
                off_bar = np.abs(place / beats - np.round(place / beats)) * bar
                cost += float(
                    np.sum(weights * np.minimum(off_beat * 4, off_bar * 4 * 0.5 + 0.0)) + np.sum(off_beat) * 2
                )
            if cost < best:
                best, found = cost, (float(tempo), float(start), bars)
    tempo, start, bars = found
    beat = 60.0 / tempo
    chosen = sorted({round((t - start) / beat) for t in (*cuts, *events)})
    inner = tuple(hit for hit in chosen if 0 < hit < bars * beats)
    firsts = sorted(
        {0, *(round(hit / beats) for hit in inner if abs(hit / beats - round(hit / beats)) < 0.26)}
    )
    sections = [first for first in firsts if first < bars]
    if len(sections) == 1 and bars >= 4:
        sections.append(bars // 2)
    return Form(tempo, beats, start, bars, inner, tuple(sections))
