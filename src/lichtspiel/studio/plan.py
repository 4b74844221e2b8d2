"""From what was asked of a video to the screenplay that is filmed and the account of the words."""

from __future__ import annotations

from pathlib import Path

from lichtspiel import director
from lichtspiel.director import PromptError
from lichtspiel.engines import FilmRequest
from lichtspiel.engines.opening.matching import matched
from lichtspiel.picture import TIERS
from lichtspiel.screenplay import Reading, Screenplay, Status, Understanding
from lichtspiel.studio import casting
from lichtspiel.studio.wish import Wish


def plan(wish: Wish, output: Path) -> FilmRequest:
    """What is to be filmed. The same wish gives the same screenplay.

    Raises PromptError when no film can be made of the words.
    """
    screenplay, read = _read(wish)
    quality = TIERS[wish.quality].with_size(wish.width, wish.height).with_fps(wish.fps)
    made = FilmRequest(screenplay, read, output, quality, reference=wish.picture, depth=wish.depth)
    return matched(made)


def _read(wish: Wish) -> tuple[Screenplay, Understanding]:
    if wish.screenplay is None:
        return _directed(wish)
    source = Screenplay.model_validate(wish.screenplay)
    if wish.operation == "create":
        return _as_sent(source, wish.prompt)
    if wish.operation == "extend":
        return director.extend(source, wish.prompt, wish.seconds - source.duration_s)
    return director.revise(source, wish.prompt, wish.seed)


def _directed(wish: Wish) -> tuple[Screenplay, Understanding]:
    script = casting.script(wish.prompt, wish.named)
    screenplay, read = script.cast(*director.read(script.text, wish.seed, float(wish.seconds)))
    for unwanted in wish.negative.split("\n") if wish.negative else ():
        screenplay, read = _taken_out(screenplay, read, unwanted)
    return screenplay, read


def _as_sent(screenplay: Screenplay, prompt: str) -> tuple[Screenplay, Understanding]:
    told = Reading(
        status=Status.FILLED_IN,
        text="screenplay",
        note="filmed as it was sent with the prompt, whose words were not read",
    )
    return screenplay, Understanding(prompt=prompt, readings=(told,))


def _taken_out(
    screenplay: Screenplay, read: Understanding, unwanted: str
) -> tuple[Screenplay, Understanding]:
    """The film without something, where it has it."""
    without = {"en": "without", "de": "ohne"}[screenplay.language]
    try:
        changed, told = director.revise(screenplay, f"{without} {unwanted}", screenplay.seed)
    except PromptError:
        note = "negative: the film has none"
        return screenplay, read.adding(Reading(status=Status.REALISED, text=unwanted, note=note))
    kept = changed.model_copy(update={"title": screenplay.title, "prompt": screenplay.prompt})
    readings = (
        one.model_copy(update={"span": None, "note": f"negative: {one.note or 'taken out'}"})
        for one in told.readings
        if one.status is not Status.FILLED_IN
    )
    return kept, read.adding(*readings)
