"""Make a film's light and camera those of its first picture, where the prompt leaves them open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lichtspiel.engines import reference
from lichtspiel.engines.opening.horizon import Horizon, horizon_of
from lichtspiel.engines.opening.light import Light, light_of
from lichtspiel.engines.request import FilmRequest
from lichtspiel.screenplay import Reading, Screenplay, Status, Understanding

NAME = "input_reference"
_LEVEL_DEG = 1.5
"""Up to here a picture is meant to be level."""
_SLOTS = {
    "setting.time_of_day": "time of day",
    "setting.weather": "weather",
    "setting.light": "light",
    "look": "look",
}
Choice = tuple[str, str, object, str]
"""Slot, field, value, and why."""


def matched(request: FilmRequest) -> FilmRequest:
    """The request with what its picture tells; without one it stays as it is.

    The prompt's own words go before the picture, and so does all of a screenplay that was written by
    hand. Raises OSError when the picture cannot be read.
    """
    if request.reference is None:
        return request
    picture = reference.fitted(request.reference, request.quality)
    found = horizon_of(picture)
    light = light_of(picture, None if found is None else found.height)
    screenplay, read = request.screenplay, request.understanding
    told = [Reading(status=Status.REALISED, text=NAME, note=_FIRST)]
    for slot, field, value, why in _choices(light, found):
        if _is_open(read, slot):
            screenplay = _with(screenplay, slot, field, value)
            read = _without(read, slot)
            told.append(Reading(status=Status.FILLED_IN, text=_text(slot, value), slot=slot, note=why))
    if found is None:
        told.append(Reading(status=Status.NOT_REALISED, text=f"{NAME}: horizon", note=_NO_HORIZON))
    told.append(Reading(status=Status.FILLED_IN, text=f"{NAME}: exposure and colours", note=_GRADED))
    told.append(Reading(status=Status.NOT_REALISED, text=f"{NAME}: what it shows", note=_NOT_BUILT))
    return replace(request, screenplay=screenplay, understanding=read.adding(*told))


_FIRST = f"stands as the first frame and dissolves into the film within {reference.DISSOLVE_S:g} s"
_GRADED = "the film is brought nearer to those of the picture, from its first to its last frame"
_NO_HORIZON = "none is plain to see in the picture, so the camera stands as the shot has it"
_NOT_BUILT = "the world is built from the prompt: people, things and places of the picture are not in it"


def _choices(light: Light, found: Horizon | None) -> Iterator[Choice]:
    sky = "like the sky of the picture"
    side = {True: ", whose light comes from the right", False: ", whose light comes from the left"}
    if (hour := light.time_of_day) is not None:
        yield (
            "setting.time_of_day",
            "time_of_day",
            hour,
            sky + (side[light.side > 0] if light.is_sided else ""),
        )
    if (weather := light.weather) is not None:
        yield "setting.weather", "weather", weather, sky
    if (character := light.character) is not None:
        yield "setting.light", "light", character, "like the light of the picture"
    if (look := light.look) is not None:
        yield "look", "look", look, "the picture has no colours"
    if found is not None:
        why = (
            f"the camera stands so that the horizon is at {found.height:.0%} of the height, as in the picture"
        )
        yield "shots.0.angle", "horizon", found.height, why
        if abs(found.tilt_deg) >= _LEVEL_DEG:
            tilt = f"the camera is tilted as in the picture, by {found.tilt_deg:+.1f}°"
            yield "shots.0.tilt_deg", "tilt_deg", found.tilt_deg, tilt


def _is_open(read: Understanding, slot: str) -> bool:
    """Whether somebody read a prompt and found nothing in it about this."""
    if not read.having(Status.FILLED_IN) or any(one.text == "screenplay" for one in read.readings):
        return False
    return all(one.slot != slot for one in read.having(Status.REALISED))


def _with(screenplay: Screenplay, slot: str, field: str, value: object) -> Screenplay:
    if slot.startswith("setting."):
        return screenplay.model_copy(update={"setting": screenplay.setting.model_copy(update={field: value})})
    if slot.startswith("shots.0."):
        first = screenplay.shots[0].model_copy(update={field: value})
        return screenplay.model_copy(update={"shots": (first, *screenplay.shots[1:])})
    return screenplay.model_copy(update={field: value})


def _without(read: Understanding, slot: str) -> Understanding:
    """The ledger without what was filled in there before."""
    kept = (one for one in read.readings if one.slot != slot or one.status is not Status.FILLED_IN)
    return Understanding(prompt=read.prompt, readings=tuple(kept))


def _text(slot: str, value: object) -> str:
    return f"{NAME}: {_SLOTS.get(slot, 'camera')}" + (f": {value}" if slot in _SLOTS else "")
