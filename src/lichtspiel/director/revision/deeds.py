"""What people and things shall do instead, and how it shall end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from lichtspiel.director.draft import Film, contrary
from lichtspiel.director.revision.context import Told
from lichtspiel.director.revision.people import change_person
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, Beat, Outcome, OutcomeKind

_OVERLAID = frozenset({Action.LOOK, Action.EXPRESS})
"""What people do beside something else."""
_IDLE = frozenset({Action.REST, Action.STAND})


def take_deeds(film: Film, told: Told, more: bool, instead: bool) -> None:
    """Let people and things do what clauses say in the place of what they did.

    more: beside it. instead: nothing of what they did before is left. New people and things join the film;
    what is said of known people is changed.
    """
    props, people = {p.id for p in film.screenplay.props}, {c.id for c in film.screenplay.cast}
    used = _named(told.beats)
    new = [draft.built() for draft in told.props.values() if draft.id not in props and draft.id in used]
    film.set(
        props=(*film.screenplay.props, *new),
        cast=(*film.screenplay.cast, *(d.built() for d in told.people.values() if d.id not in people)),
    )
    for draft in told.people.values():
        if draft.id in people:
            change_person(film, draft)
    subjects = list(dict.fromkeys(beat.subject for beat in told.beats))
    for subject in subjects:
        own = [beat for beat in told.beats if beat.subject == subject]
        if subject in {c.id for c in film.screenplay.cast}:
            _person_does(film, subject, own, more, instead)
        else:
            _thing_does(film, subject, own)
    speakers = {line.speaker for line in told.lines}
    silenced = set() if more else {s for s in subjects if _main(told.beats, s)} - speakers
    film.set(
        lines=tuple(
            line for line in film.screenplay.lines if line.speaker not in silenced or line.text.strip()
        )
    )
    if told.lines:
        film.say(told.lines, more)


def _named(beats: Sequence[Beat]) -> set[str]:
    found: set[str] = set()
    for beat in beats:
        found |= {beat.subject, *beat.using, *(o.target for o in beat.outcomes if o.target)}
        found |= {beat.target} if beat.target else set()
    return found


def _main(beats: Sequence[Beat], subject: str) -> bool:
    return any(beat.subject == subject and beat.action not in _OVERLAID for beat in beats)


def _person_does(film: Film, person: str, new: Sequence[Beat], more: bool, instead: bool) -> None:
    """A mood replaces a mood and a deed a deed; who waves goes on sitting unless it is said to be instead."""
    held = [beat for beat in film.screenplay.beats if beat.subject == person]
    layers = {_layer(beat) for beat in new}
    if instead and not any(_layer(beat) in layers for beat in held):
        layers = {_layer(beat) for beat in held}
    _put(film, [] if more else [beat for beat in held if _layer(beat) in layers], list(new))


def _layer(beat: Beat) -> str:
    """What goes on in somebody at once with other layers: a look, a mood or gesture, a deed of the body."""
    if beat.action is Action.LOOK:
        return "look"
    entry = catalogue.motions()[beat.motion] if beat.motion is not None else None
    mood = beat.action is Action.EXPRESS or (entry is not None and entry.kind == "gesture")
    return "mood" if mood else "deed"


def _put(film: Film, gone: Sequence[Beat], new: list[Beat]) -> None:
    """New beats where the first of those was that they replace, at its time."""
    beats = list(film.screenplay.beats)
    at = next((i for i, beat in enumerate(beats) if any(beat is one for one in gone)), len(beats))
    if gone and new:
        new[0] = new[0].model_copy(update={"at_s": beats[at].at_s})
    left = [beat for beat in beats[at:] if not any(beat is one for one in gone)]
    film.set(beats=(*beats[:at], *new, *left))


def _thing_does(film: Film, prop: str, new: Sequence[Beat]) -> None:
    """Another action replaces the old one; outcomes join it, or contradict what was to happen."""
    for beat in new:
        held = next((one for one in film.screenplay.beats if one.subject == prop), None)
        if held is None:
            if beat.outcomes and beat.action in _IDLE and _of_others(film, prop, beat.outcomes):
                continue
            _put(film, [], [beat])
            continue
        fields: dict[str, Any] = {
            "outcomes": _ending(held.outcomes if _goes_on(held, beat) else (), beat.outcomes)
        }
        if not _goes_on(held, beat):
            fields["action"] = beat.action
        for name in ("target", "height_m"):
            value = getattr(beat, name)
            if value is not None:
                fields[name] = value
        if beat.speed != 1.0:
            fields["speed"] = beat.speed
        changed = held.model_copy(update=fields)
        film.set(beats=tuple(changed if one is held else one for one in film.screenplay.beats))


def _goes_on(held: Beat, new: Beat) -> bool:
    """Whether a thing does what it did, so that only its ending is new."""
    return new.action in _IDLE or new.action is held.action


def _ending(held: Sequence[Outcome], new: Sequence[Outcome]) -> tuple[Outcome, ...]:
    kept = [old for old in held if not any(contrary(old.kind, one.kind) or _same(old, one) for one in new)]
    return (*kept, *new)


def _same(first: Outcome, second: Outcome) -> bool:
    targets = {first.target, second.target}
    return first.kind is second.kind and (len(targets) == 1 or None in targets)


def _of_others(film: Film, prop: str, outcomes: Sequence[Outcome]) -> bool:
    """What happens to a thing that another's deed ends with: the glass that the ball breaks."""
    kinds = {outcome.kind for outcome in outcomes}
    new = tuple(outcome.model_copy(update={"target": prop}) for outcome in outcomes)
    found, beats = False, []
    for beat in film.screenplay.beats:
        ending = [o for o in beat.outcomes if o.target == prop and _concerns(o.kind, kinds)]
        found = found or bool(ending)
        kept = (o for o in beat.outcomes if o not in ending)
        beats.append(beat.model_copy(update={"outcomes": (*kept, *new)}) if ending else beat)
    film.set(beats=tuple(beats))
    return found


def _concerns(kind: OutcomeKind, kinds: Collection[OutcomeKind]) -> bool:
    return kind in kinds or any(contrary(kind, other) for other in kinds)
