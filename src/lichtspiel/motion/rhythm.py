"""When hands strike what they play, and where along it they are: keys, strings, lines of writing."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.motion import Play
from lichtspiel.motion.tracks import through

FINGERS = 5
_STRIKE_S = 0.055
"""How long a finger is on its way down (Furuya and Soechting, 2010, of pianists at a medium tempo)."""
_HELD = 0.6
"""Share of the time up to the next stroke that a key is held."""
_CHANGES = {"keys": 4, "frets": 2}
"""Strokes after which a hand goes elsewhere."""
_AWAY_M = 0.02
"""How far a hand rises that goes to another place."""
_LETTERS_HZ, _LETTER_M, _LINES_M = 2.6, 0.0035, 0.009
_STROKE_M = 0.16
"""Height of what a brush covers, about the line that is played."""
_RAISED_RAD = 0.95
"""How far a hammer is swung up before it comes down."""
_SWUNG_UP, _COMES_DOWN = 0.55, 0.82
"""Shares of the time between two strikes until a tool is up, and until it comes down again."""
_PRESSES = 0.6
"""Share of a round of kneading that goes forward."""
_LIFTS_M = 0.03
"""How far hands rise from dough on their way back."""


@dataclass(frozen=True, eq=False)
class Course:
    """How something is played over time (T)."""

    along: Array
    """(T,) from the beginning (0) to the end (1) of what is played."""
    across: Array
    """(T,) metres beside that line, on the surface."""
    away: Array
    """(T,) metres from the surface."""
    drawn: Array
    """(T,) which point of the tool touches, from its tip (0) to its frog (1)."""
    pressed: Array
    """(T, 5) how far down each finger is, from 0 to 1; thumb first."""
    raised: Array | None = None
    """(T,) radians by which a tool is swung up from where it strikes."""


def course(play: Play, clock: Array, rng: np.random.Generator) -> Course:
    """The course of one hand on the performer's own clock (T,): every stroke falls on a whole multiple of
    1 / `play.strikes_hz`."""
    nothing = np.zeros(len(clock))
    none = Course(nothing + 0.5, nothing, nothing, nothing, np.zeros((len(clock), FINGERS)))
    strokes = np.arange(np.floor(clock[0] * play.strikes_hz) - 1, np.ceil(clock[-1] * play.strikes_hz) + 2)
    times = strokes / play.strikes_hz
    match play.how:
        case "keys" | "frets":
            return _fingered(play, clock, times, rng)
        case "rest" | "grasp" | "lever" | "strike" | "stir" | "knead":
            return _worked(play, clock, none)
        case "strum":
            # Down on the beat, up between two of them.
            sweep = through(times, (strokes % 2).astype(float), clock)
            return Course(sweep, nothing, nothing, nothing, none.pressed)
        case "bow":
            ends = np.where(strokes % 2 > 0, 0.15, 0.85) + rng.uniform(-0.1, 0.1, len(strokes))
            string = through(times, rng.uniform(0.15, 0.85, len(strokes)), clock)
            return Course(string, nothing, nothing, through(times, ends, clock), none.pressed)
        case "write":
            return _written(play, clock, nothing, none)
        case "paint":
            side = np.where(strokes % 2 > 0, 0.15, 0.85) + rng.uniform(-0.15, 0.15, len(strokes))
            rows = rng.uniform(-0.5, 0.5, len(strokes)) * _STROKE_M
            lifted = np.where(strokes % 6 > 4.5, 0.05, 0.0)
            return Course(
                through(times, side, clock),
                through(times, rows, clock),
                through(times, lifted, clock),
                nothing,
                none.pressed,
            )


def _worked(play: Play, clock: Array, none: Course) -> Course:
    """A hammer that comes down, a spoon that goes round, palms that press dough away and draw it back."""
    pressed = np.ones((len(clock), FINGERS))
    if play.how in ("rest", "grasp", "lever"):
        return replace(none, pressed=pressed)
    share = (clock * play.strikes_hz) % 1.0
    if play.how == "strike":
        up = _smooth(np.clip(share / _SWUNG_UP, 0, 1))
        down = np.clip((share - _COMES_DOWN) / (1 - _COMES_DOWN), 0, 1) ** 2
        return replace(none, along=np.ones(len(clock)), raised=_RAISED_RAD * up * (1 - down))
    if play.how == "stir":
        angle = 2 * np.pi * play.strikes_hz * clock
        radius = 0.5 * float(np.linalg.norm(np.subtract(play.end, play.begin)))
        return replace(none, along=0.5 + 0.5 * np.cos(angle), across=radius * np.sin(angle))
    ahead = _smooth(np.clip(share / _PRESSES, 0, 1))
    back = np.clip((share - _PRESSES) / (1 - _PRESSES), 0, 1)
    lifted = _LIFTS_M * np.sin(np.pi * back) ** 2
    return replace(none, along=ahead * (1 - _smooth(back)), away=lifted, pressed=pressed)


def _fingered(play: Play, clock: Array, times: Array, rng: np.random.Generator) -> Course:
    """Fingers that come down on the beat, one or several, while the hand goes from place to place."""
    count = _CHANGES[play.how]
    places = np.repeat(rng.uniform(0.1, 0.9, -(-len(times) // count) + 1), count)[: len(times)]
    moves = np.abs(np.diff(places, append=places[-1])) > 1e-9
    step = 1 / play.strikes_hz
    # A hand stays where it is until the last stroke there has sounded, and is there before the next.
    held = np.ravel(np.column_stack([times, times + _HELD * step]))
    at = through(held, np.repeat(places, 2), clock)
    jumps = np.zeros(len(clock))
    down = np.zeros((len(clock), FINGERS))
    for index, begin in enumerate(times):
        fingers = rng.choice(np.arange(1, FINGERS), size=_at_once(play, rng), replace=False)
        until = begin + _HELD * step
        rise = np.clip((clock - begin + _STRIKE_S) / _STRIKE_S, 0, 1)
        fall = np.clip((clock - until) / (2 * _STRIKE_S), 0, 1)
        stroke = _smooth(rise) * (1 - _smooth(fall))
        down[:, fingers] = np.maximum(down[:, fingers], stroke[:, None])
        if moves[index]:
            share = np.clip((clock - until) / ((1 - _HELD) * step), 0, 1)
            jumps = np.maximum(jumps, _AWAY_M * np.sin(np.pi * share) ** 2)
    jumps = jumps if play.how == "keys" else 0.3 * jumps
    return Course(at, np.zeros(len(clock)), jumps, np.zeros(len(clock)), down)


def _at_once(play: Play, rng: np.random.Generator) -> int:
    """How many fingers come down together: up to three keys, two or three strings, letters alone."""
    if play.how == "frets":
        return int(rng.integers(2, 4))
    return 1 if play.strikes_hz > 3 else int(rng.choice([1, 1, 2, 3]))


def _written(play: Play, clock: Array, nothing: Array, none: Course) -> Course:
    """A line of letters from its beginning to its end, then the next one below."""
    lasts = 6 * 2 / play.strikes_hz
    line, share = np.divmod(clock / lasts, 1.0)
    back = np.clip((share - 0.88) / 0.12, 0.0, 1.0)
    along = np.where(share < 0.88, share / 0.88, 1 - _smooth(back))
    writes = (share < 0.88).astype(float)
    letters = np.sin(2 * np.pi * _LETTERS_HZ * clock) * (0.6 + 0.4 * np.sin(2 * np.pi * 0.37 * clock))
    between = np.clip(np.sin(2 * np.pi * 0.55 * clock) * 8 - 7, 0, 1)
    down_m = _LINES_M * ((line % 5) + _smooth(back))
    across = down_m + writes * (1 - between) * _LETTER_M * letters
    away = 0.006 * between + 0.018 * np.sin(np.pi * back) ** 2
    return Course(along, across, away, nothing, none.pressed)


def _smooth(share: Array) -> Array:
    return np.asarray(share * share * (3 - 2 * share))
