"""From what was asked of a video to the screenplay that is filmed and the account of the words."""

from __future__ import annotations

from sqlalchemy import select

from lichtspiel import director
from lichtspiel.director import PromptError
from lichtspiel.engines.reference import DISSOLVE_S
from lichtspiel.screenplay import Character as Person
from lichtspiel.screenplay import Reading, Screenplay, Status, Understanding
from lichtspiel.studio import casting
from lichtspiel.studio.casting import Named
from lichtspiel.studio.database import Character, Sessions, Video
from lichtspiel.studio.tiers import MODELS

_REFERENCE = Reading(
    status=Status.FILLED_IN,
    text="input_reference",
    note=f"stands as the first frame and dissolves within {DISSOLVE_S:g} s into the film, "
    "whose world is built from the prompt and not from the picture",
)


def plan(sessions: Sessions, video: Video) -> tuple[Screenplay, Understanding]:
    """The screenplay of a video, whose row must be whole. The same row gives the same screenplay.

    Raises PromptError when no film can be made of the words.
    """
    screenplay, read = _read(sessions, video)
    return screenplay, read.adding(_REFERENCE) if video.reference else read


def _read(sessions: Sessions, video: Video) -> tuple[Screenplay, Understanding]:
    if video.screenplay is None:
        return _directed(sessions, video)
    source = Screenplay.model_validate(video.screenplay)
    if video.operation == "create":
        return _as_sent(source, video.prompt)
    if video.operation == "extend":
        return director.extend(source, video.prompt, video.seconds - source.duration_s)
    return director.revise(source, video.prompt, video.seed)


def notes_on(video: Video) -> list[str]:
    """What its maker should know about a video beyond the ledger."""
    notes = []
    tier = MODELS[video.model].quality.name
    if video.model != tier:
        notes.append(f"{video.model} stands for Lichtspiel's {tier} tier here.")
    if video.quality != tier:
        notes.append(f"Made at {video.quality} quality, as asked.")
    if video.reference:
        notes.append("Nothing looks for faces in pictures here: who sends one answers for who is in it.")
    return notes


def _directed(sessions: Sessions, video: Video) -> tuple[Screenplay, Understanding]:
    script = casting.script(video.prompt, _named(sessions, video))
    screenplay, read = script.cast(*director.read(script.text, video.seed, float(video.seconds)))
    for unwanted in video.negative.split("\n") if video.negative else ():
        screenplay, read = _taken_out(screenplay, read, unwanted)
    return screenplay, read


def _named(sessions: Sessions, video: Video) -> tuple[Named, ...]:
    """The kept characters of a video, in the order in which it names them."""
    with sessions() as session:
        found = session.scalars(select(Character).where(Character.id.in_(video.characters))).all()
    by_id = {one.id: Named(one.name, Person.model_validate(one.record)) for one in found}
    return tuple(by_id[one] for one in video.characters if one in by_id)


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
