"""Changes of the camera, the light and the length of a film."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lichtspiel.director.draft import Film
from lichtspiel.director.revision.lexicon import Degree
from lichtspiel.director.senses import CueWord
from lichtspiel.director.shots import FOCAL_LENGTH_MM, shot_fields
from lichtspiel.screenplay import (
    Angle,
    Light,
    Look,
    Music,
    Setting,
    Shot,
    ShotSize,
)
from lichtspiel.screenplay.model import MAX_DURATION_S

_SIZES = tuple(ShotSize)
_ANGLES = (Angle.GROUND, Angle.LOW, Angle.EYE_LEVEL, Angle.HIGH, Angle.OVERHEAD)
"""From below to above."""
_WIND_M_S = 5.0
"""A fresh breeze, where a film's air was still."""
_SHORTEST_S = 0.5


def framed(shot: Shot, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a shot once some are asked for, with the lens that suits another size."""
    changed = dict(fields)
    if "size" in changed and "focal_length_mm" not in changed:
        size = ShotSize(changed["size"])
        if shot.focal_length_mm == FOCAL_LENGTH_MM[shot.size]:
            changed["focal_length_mm"] = FOCAL_LENGTH_MM[size]
    if "move" in changed:
        changed["follow"] = False
    return changed


def take_cue(film: Film, word: CueWord, denied: bool) -> str:
    """Do what a word of camera, light, time or weather asks for; denied: take it back.

    Returns the path of what it changed, or the reason with a leading `!` why nothing was.
    """
    cue = word.cue
    if cue.reason:
        return f"!{cue.reason}"
    if cue.amount == "duration_s" and word.amount is not None:
        return set_length(film, word.amount)
    fields = shot_fields(word)
    slot = ""
    if fields:
        back = {name: Shot.model_fields[name].default for name in fields}
        wanted = back if denied else fields
        film.shots(lambda shot: framed(shot, wanted))
        slot = f"shots.0.{next(iter(fields))}"
    if cue.setting:
        usual = {name: Setting.model_fields[name].default for name in cue.setting}
        film.setting(**(usual if denied else cue.setting))
        slot = slot or f"setting.{next(iter(cue.setting))}"
    if cue.look is not None:
        film.set(look=Look.NATURAL if denied else cue.look)
        slot = slot or "look"
    if cue.sound is not None and not denied:
        film.hear(cue.sound)
    return slot


def set_length(film: Film, seconds: float) -> str:
    """Give the film another length; shots with a length of their own keep their share."""
    if not _SHORTEST_S <= seconds <= MAX_DURATION_S:
        return f"!films last from {_SHORTEST_S:g} to {MAX_DURATION_S:g} seconds"
    ratio = seconds / film.screenplay.duration_s
    film.set(duration_s=seconds)
    film.shots(lambda shot: {"duration_s": shot.duration_s * ratio if shot.duration_s else None})
    return "duration_s"


def take_degree(film: Film, degree: Degree) -> str:
    """More or less of what concerns the whole film. Returns as `take_cue` does; empty = another's."""
    change = _DEGREES.get(degree.change)
    return change(film, degree.step) if change is not None else ""


def _closer(film: Film, step: float) -> str:
    film.shots(lambda shot: framed(shot, {"size": _next(_SIZES, shot.size, step)}))
    return "shots.0.size"


def _higher(film: Film, step: float) -> str:
    film.shots(lambda shot: {"angle": _next(_ANGLES, shot.angle, step)})
    return "shots.0.angle"


def _brighter(film: Film, step: float) -> str:
    wanted, opposite = (Light.BRIGHT, Light.DARK) if step > 0 else (Light.DARK, Light.BRIGHT)
    film.setting(light=Light.NATURAL if film.screenplay.setting.light is opposite else wanted)
    return "setting.light"


def _warmer(film: Film, step: float) -> str:
    film.setting(light=Light.WARM if step > 0 else Light.COLD)
    return "setting.light"


def _windier(film: Film, factor: float) -> str:
    held = film.screenplay.setting.wind_m_s or _WIND_M_S
    film.setting(wind_m_s=min(40.0, round(held * factor, 1)))
    return "setting.wind_m_s"


def _longer(film: Film, factor: float) -> str:
    wanted = round(2 * film.screenplay.duration_s * factor) / 2
    return set_length(film, min(max(wanted, _SHORTEST_S), MAX_DURATION_S))


def _in_real_time(film: Film, _: float) -> str:
    film.shots(lambda _: {"time_scale": 1.0})
    return "shots.0.time_scale"


def louder(film: Film, step_db: float) -> str:
    """Change the level of the music, else of the sounds that the screenplay asks for."""
    music = film.screenplay.music
    if music is not None:
        level = min(max(music.level_db + step_db, -40.0), 20.0)
        film.set(music=Music.model_validate({**music.model_dump(), "level_db": level}))
        return "music.level_db"
    if film.screenplay.sounds:
        cues = tuple(
            cue.model_copy(update={"level_db": min(max(cue.level_db + step_db, -40.0), 20.0)})
            for cue in film.screenplay.sounds
        )
        film.set(sounds=cues)
        return "sounds.0.level_db"
    return "!the film has no music and no sound of its own whose level could change"


def _next[T](scale: tuple[T, ...], held: T, step: float) -> T:
    """One step along a scale that ends at both ends; what is not on it begins in its middle."""
    at = scale.index(held) if held in scale else len(scale) // 2
    return scale[min(max(at + int(step), 0), len(scale) - 1)]


_DEGREES: Mapping[str, Callable[[Film, float], str]] = {
    "shot_size": _closer, "angle": _higher, "light": _brighter, "warmth": _warmer, "wind": _windier,
    "duration": _longer, "real_time": _in_real_time, "loudness": louder,
}  # fmt: skip
"""What changes the film as a whole, by the name of the change."""
