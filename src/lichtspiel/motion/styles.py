"""Styles: what a mood or an age does to timing, posture and amplitude.

Directions of the changes after recordings of emotional gait and knocking (Roether et al., 2009; Pollick
et al., 2001): sadness and fatigue are slow, small and bent; joy and anger quick and large; anger leans
forward, pride is upright.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lichtspiel.motion.manner import Manner
from lichtspiel.screenplay import Style


@dataclass(frozen=True)
class Bearing:
    """Factors on tempo, amplitude and step; offsets in radians; `unsteady` is the sway of a drunk."""

    tempo: float = 1.0
    gain: float = 1.0
    stoop: float = 0.0
    head: float = 0.0
    shoulders: float = 0.0
    drawn: float = 0.0
    arms_out: float = 0.0
    swing: float = 1.0
    bounce: float = 1.0
    unsteady: float = 0.0


_BEARINGS = {
    Style.HAPPY: Bearing(1.12, 1.15, -0.03, -0.06, swing=1.35, bounce=1.5),
    Style.TIRED: Bearing(0.72, 0.8, 0.2, 0.22, -0.08, 0.12, swing=0.6, bounce=0.7),
    Style.ANGRY: Bearing(1.22, 1.2, 0.1, 0.06, 0.1, 0.05, 0.06, 1.3),
    Style.SAD: Bearing(0.74, 0.75, 0.16, 0.3, -0.06, 0.14, swing=0.5, bounce=0.7),
    Style.OLD: Bearing(0.68, 0.78, 0.3, -0.05, 0.02, 0.14, 0.05, 0.55, 0.6),
    Style.DRUNK: Bearing(0.82, 1.1, 0.06, 0.05, arms_out=0.12, swing=1.2, unsteady=1.0),
    Style.PROUD: Bearing(0.95, 1.05, -0.09, -0.08, 0.03, -0.12, 0.07, 1.1),
    Style.CAREFUL: Bearing(0.72, 0.85, 0.08, 0.1, 0.03, arms_out=0.06, swing=0.6, bounce=0.7),
}
_PLAIN = Bearing()


def bearing(style: Style | None) -> Bearing:
    """What a style changes; nothing for None."""
    return _PLAIN if style is None else _BEARINGS[style]


def styled(manner: Manner, style: Style | None) -> Manner:
    """The manner of somebody who moves in a style."""
    how = bearing(style)
    if how is _PLAIN:
        return manner
    return replace(
        manner,
        stoop=manner.stoop + how.stoop,
        pace=manner.pace * how.tempo,
        contrapposto=manner.contrapposto * (0.3 if style in (Style.PROUD, Style.ANGRY) else 1.0),
        stance=manner.stance * (1.3 if how.unsteady else 1.0),
    )
