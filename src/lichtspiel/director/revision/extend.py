"""Let a film go on: the screenplay of a longer one that begins with exactly the given one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lichtspiel.director.capacity import fitting, is_beyond
from lichtspiel.director.ledger import Ledger, understanding
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_lengths import built_takes_s
from lichtspiel.director.people_senses import Span
from lichtspiel.director.prompt import PromptError, check_length
from lichtspiel.director.props import DraftProp
from lichtspiel.director.revision.asked import Asked, asked_of
from lichtspiel.director.revision.context import Clauses, Told, read_within
from lichtspiel.director.revision.lexicon import instruction_words
from lichtspiel.director.revision.reader import is_mark
from lichtspiel.director.revision.shooting import framed
from lichtspiel.director.senses import Item, Word
from lichtspiel.director.shots import shot_fields
from lichtspiel.screenplay import (
    Action,
    Beat,
    Cue,
    Line,
    Screenplay,
    Shot,
    Status,
    Understanding,
)
from lichtspiel.screenplay.model import MAX_DURATION_S

_SHORTEST_S = 0.5
_LEAD_S = 0.2
"""From where the film ended to what happens next."""
_ENTRANCE_S = 2.2
"""Time in which those who come in reach the middle of the picture."""
_KEPT = "a film goes on in the same place, light and look"


def extend(screenplay: Screenplay, prompt: str, seconds: float) -> tuple[Screenplay, Understanding]:
    """The screenplay of a film that begins with the given one and goes on for `seconds`.

    The prompt, English or German, says what happens then: deeds of those who are there and of others who
    come, what is said, and another shot where it asks for one. Place, light, people and all beats and their
    times stay, so that the take of the first part is the same; an empty prompt lets the film run on. Raises
    PromptError for a prompt of which nothing can be done, and for a film that would become too long.
    """
    total = screenplay.duration_s + seconds
    if seconds < _SHORTEST_S or total > MAX_DURATION_S + 1e-6:
        raise PromptError(
            f"The film lasts {screenplay.duration_s:g} s and can go on for {_SHORTEST_S:g} to "
            f"{max(MAX_DURATION_S - screenplay.duration_s, 0.0):g} s: say how many seconds."
        )
    if not prompt.strip():
        return _longer(screenplay, Told(), [], {}, total), Understanding(prompt=prompt)
    check_length(prompt)
    asked, ledger = asked_of(screenplay, prompt), Ledger()
    marks = [
        found for found in instruction_words(asked.tokens, asked.language).values() if is_mark(found, "go_on")
    ]
    sequels = {item.start for item in asked.items if item.word("sequel")}
    marks = [found for found in marks if found.start not in sequels]
    gone = {at for found in marks for at in range(found.start, found.end)}
    told = _told(screenplay, asked, gone, ledger)
    shot = _shot(told, ledger)
    _keep_looks(screenplay, ledger)
    sounds = [Cue(sound=sound.sound, at_s=screenplay.duration_s) for sound in asked.claims.sounds]
    film = _longer(screenplay, told, sounds, shot, total)
    words = [Item(found.start, found.end, (Word("function"),)) for found in marks]
    account = understanding(prompt, asked.tokens, _in_order(asked, [*told.items, *words]), ledger)
    if not marks and not account.having(Status.REALISED):
        ids = [one.id for one in screenplay.cast] + [prop.id for prop in screenplay.props]
        names = ", ".join(name.replace("_", " ") for name in ids[:6])
        raise PromptError(f"Nothing of the prompt can happen next. Say what one of these does: {names}.")
    return fitting(film, account) if is_beyond(film) else (film, account)


def _told(screenplay: Screenplay, asked: Asked, gone: set[int], ledger: Ledger) -> Told:
    clauses = Clauses(
        asked.tokens,
        tuple(span for span in asked.cut if span.start not in gone),
        tuple(item for item in asked.plain if item.start not in gone),
        asked.parts,
    )
    return read_within(screenplay, clauses, asked.words, ledger)


def _shot(told: Told, ledger: Ledger) -> dict[str, Any]:
    """Fields of a new shot that the prompt asks for; what else it says of the film stays as it was."""
    fields: dict[str, Any] = {}
    for item, word, _ in told.cues:
        wanted = shot_fields(word)
        if wanted is not None:
            fields |= wanted
            ledger.realise(item, "shots", "a new shot" if word.cue.cut else "")
            fields.setdefault("cut", True)
        else:
            ledger.refuse(item, word.cue.reason or _KEPT)
    for item, _ in told.places:
        ledger.refuse(item, _KEPT)
    return fields


def _keep_looks(screenplay: Screenplay, ledger: Ledger) -> None:
    """Who is there already stays who they are: what the prompt says of their looks is not taken."""
    known = {one.id for one in screenplay.cast}
    for at, (status, slot, _) in list(ledger.entries.items()):
        root, *rest = slot.split(".")
        if status is Status.REALISED and root == "cast" and rest and rest[0] in known and len(rest) > 1:
            if rest[1] == "expression":
                continue
            ledger.entries[at] = (Status.NOT_REALISED, "", "who is there already stays as they are")


def _longer(
    screenplay: Screenplay, told: Told, sounds: Sequence[Cue], shot: dict[str, Any], total_s: float
) -> Screenplay:
    end_s = screenplay.duration_s
    people = {one.id for one in screenplay.cast}
    props = {prop.id for prop in screenplay.props}
    new_people = [draft for draft in told.people.values() if draft.id not in people]
    beats = (*_moods(told, people), *told.beats)
    used = {name for beat in beats for name in (beat.subject, beat.target, *beat.using)}
    new_props = [draft for draft in told.props.values() if draft.id not in props and draft.id in used]
    timed = _timed(beats, {draft.id for draft in new_people}, end_s, total_s)
    starts = {beat.subject: beat.at_s for beat in reversed(timed)}
    fields = {
        "duration_s": total_s,
        "goes_on_s": (*screenplay.goes_on_s, end_s),
        "cast": (*screenplay.cast, *(_coming(draft, starts.get(draft.id) or end_s) for draft in new_people)),
        "props": (*screenplay.props, *(_coming(draft, starts.get(draft.id) or end_s) for draft in new_props)),
        "beats": (*screenplay.beats, *timed),
        "lines": (*screenplay.lines, *_spoken(told.lines, end_s)),
        "sounds": (*screenplay.sounds, *sounds),
        "shots": _shots(screenplay, shot, [*(d.id for d in new_people), *(d.id for d in new_props)]),
    }
    return Screenplay.model_validate({**screenplay.model_dump(), **_dumped(fields)})


def _dumped(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [one.model_dump() if hasattr(one, "model_dump") else one for one in value]
        if isinstance(value, tuple)
        else value
        for name, value in fields.items()
    }


def _coming(draft: DraftCharacter | DraftProp, at_s: float) -> Any:
    return draft.built().model_copy(update={"comes_s": at_s})


def _moods(told: Told, known: set[str]) -> list[Beat]:
    """`she is sad` of somebody who is there: their face changes."""
    drafts = (draft for draft in told.people.values() if draft.id in known)
    return [
        Beat(subject=draft.id, action=Action.EXPRESS, expression=draft.fields["expression"])
        for draft in drafts
        if "expression" in draft.fields
    ]


def _timed(beats: Sequence[Beat], new: set[str], end_s: float, total_s: float) -> list[Beat]:
    """Beats with times behind the old end: what one does comes one after the other, squeezed to fit."""
    takes: dict[str, float] = {}
    for beat in beats:
        takes[beat.subject] = takes.get(beat.subject, 0.0) + built_takes_s(beat)
    free: dict[str, float] = {}
    timed = []
    for beat in beats:
        lead = _LEAD_S + (_ENTRANCE_S if beat.subject in new and beat.action is not Action.WALK else 0.0)
        lead = min(lead, 0.5 * (total_s - end_s))
        room = max(total_s - end_s - lead, 0.1)
        start = free.get(beat.subject, end_s + lead)
        timed.append(beat.model_copy(update={"at_s": round(min(start, total_s - 0.1), 3)}))
        free[beat.subject] = start + built_takes_s(beat) * min(1.0, room / takes[beat.subject])
    return timed


def _spoken(lines: Sequence[Line], end_s: float) -> list[Line]:
    """New lines in order, the first just behind the old end."""
    if not lines:
        return []
    return [lines[0].model_copy(update={"at_s": round(end_s + _LEAD_S, 3)}), *lines[1:]]


def _shots(screenplay: Screenplay, fields: dict[str, Any], new: Sequence[str]) -> tuple[Shot, ...]:
    """The old shots with their lengths; the last goes on unless the prompt asks for another one."""
    lengths = screenplay.shot_lengths_s
    held = [
        shot.model_copy(update={"duration_s": length})
        for shot, length in zip(screenplay.shots, lengths, strict=True)
    ]
    last = held[-1]
    wanted = {name: value for name, value in fields.items() if name != "cut"}
    if not fields and not new:
        return (*held[:-1], last.model_copy(update={"duration_s": None}))
    subjects = (*last.subjects, *new) if last.subjects else ()
    cut = {**last.model_dump(), "duration_s": None, "subjects": subjects, **framed(last, wanted)}
    if last.subjects == () and new:
        there = (*(one.id for one in screenplay.cast), *(prop.id for prop in screenplay.props))
        seen = tuple(dict.fromkeys(beat.subject for beat in screenplay.beats)) or there
        held = [shot.model_copy(update={"subjects": shot.subjects or seen}) for shot in held]
    return (*held, Shot.model_validate(cut))


def _in_order(asked: Asked, spoken: Sequence[Item]) -> list[Item]:
    taken = {at for item in spoken for at in range(item.start, item.end)}
    rest: list[Span] = [span for span in asked.cut if span.start not in taken]
    return sorted((*spoken, *(span.item for span in rest)), key=lambda item: item.start)
