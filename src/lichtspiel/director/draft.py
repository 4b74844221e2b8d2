"""A screenplay while it is changed: what is taken out, put in another's place, or said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from lichtspiel.screenplay import (
    Beat,
    Character,
    Cue,
    Line,
    OutcomeKind,
    Placement,
    Prop,
    Screenplay,
    Setting,
    Shot,
)


@dataclass
class Film:
    """A screenplay, replaced by another with every change."""

    screenplay: Screenplay

    def _update(self, **fields: Any) -> None:
        self.screenplay = self.screenplay.model_copy(update=fields)

    def set(self, **fields: Any) -> None:
        """Change fields of the screenplay itself."""
        self._update(**fields)

    def setting(self, **fields: Any) -> None:
        """Change fields of the setting."""
        held = self.screenplay.setting.model_dump()
        self._update(setting=Setting.model_validate({**held, **fields}))

    def shots(self, change: Callable[[Shot], Mapping[str, Any]]) -> None:
        """Change every shot by the fields that `change` gives for it."""
        self._update(
            shots=tuple(
                Shot.model_validate({**shot.model_dump(), **change(shot)}) for shot in self.screenplay.shots
            )
        )

    def beats(self, change: Callable[[Beat], Mapping[str, Any]]) -> None:
        """Change every beat by the fields that `change` gives for it."""
        self._update(beats=tuple(b.model_copy(update=dict(change(b))) for b in self.screenplay.beats))

    def prop(self, prop_id: str, **fields: Any) -> None:
        """Change fields of a prop."""
        self._update(
            props=tuple(
                Prop.model_validate({**prop.model_dump(), **fields}) if prop.id == prop_id else prop
                for prop in self.screenplay.props
            )
        )

    def person(self, person_id: str, **fields: Any) -> None:
        """Change fields of a character."""
        self._update(
            cast=tuple(
                Character.model_validate({**one.model_dump(), **fields}) if one.id == person_id else one
                for one in self.screenplay.cast
            )
        )

    def free_id(self, name: str) -> str:
        """An id for something new."""
        taken = {"ground", "camera", *(prop.id for prop in self.screenplay.props)}
        taken |= {one.id for one in self.screenplay.cast}
        number, found = 1, name
        while found in taken:
            number += 1
            found = f"{name}_{number}"
        return found

    def rename(self, old: str, new: str) -> None:
        """Give an entity another id, wherever the screenplay names it."""
        if old != new:
            self.screenplay = Screenplay.model_validate(_renamed(self.screenplay.model_dump(), old, new))

    def remove(self, *gone: str) -> None:
        """Take props and characters out, with all that they do and that is done to them."""
        held, left = self.screenplay, frozenset(gone)
        self._update(
            props=tuple(_not_on(prop, left) for prop in held.props if prop.id not in left),
            cast=tuple(_not_on(one, left) for one in held.cast if one.id not in left),
            beats=tuple(_without(beat, left) for beat in held.beats if beat.subject not in left),
            lines=tuple(
                line.model_copy(update={"to": None}) if line.to in left else line
                for line in held.lines
                if line.speaker not in left
            ),
            sounds=tuple(
                cue.model_copy(update={"source": None}) if cue.source in left else cue for cue in held.sounds
            ),
            music=held.music.model_copy(update={"diegetic": None})
            if held.music is not None and held.music.diegetic in left
            else held.music,
            shots=tuple(
                shot.model_copy(update={"subjects": tuple(s for s in shot.subjects if s not in left)})
                for shot in held.shots
            ),
        )

    def hear(self, sound: str) -> None:
        """Add a sound, once."""
        if all(cue.sound != sound for cue in self.screenplay.sounds):
            self._update(sounds=(*self.screenplay.sounds, Cue(sound=sound)))

    def say(self, lines: tuple[Line, ...], more: bool) -> None:
        """Put lines in the place of those of the same speakers; more: beside them."""
        held = self.screenplay.lines
        speakers = {line.speaker for line in lines}
        if not more:
            held = tuple(line for line in held if line.speaker not in speakers)
        self._update(lines=(*held, *lines))


def contrary(first: OutcomeKind, second: OutcomeKind) -> bool:
    """Whether two outcomes of one thing cannot both happen."""
    return any(first in pair and second in pair for pair in _CONTRARIES)


_CONTRARIES = (
    {OutcomeKind.HITS, OutcomeKind.MISSES},
    {OutcomeKind.ENTERS, OutcomeKind.MISSES},
    {OutcomeKind.STAYS_UP, OutcomeKind.FALLS_OVER},
    {OutcomeKind.STAYS_UP, OutcomeKind.FALLS_OFF},
    {OutcomeKind.STOPS_AT, OutcomeKind.FALLS_OFF},
)


def _renamed(value: Any, old: str, new: str) -> Any:
    """All ids of a dumped record renamed; texts that people read stay."""
    if isinstance(value, dict):
        kept = {"thing", "role", "title", "prompt", "text", "motion", "place"}
        return {key: held if key in kept else _renamed(held, old, new) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_renamed(held, old, new) for held in value)
    return new if type(value) is str and value == old else value


def _not_on[E: (Prop, Character)](entity: E, gone: Set[str]) -> E:
    """Where something stands once what it stood by is gone: on the ground."""
    placement = entity.placement
    if placement.target not in gone:
        return entity
    free = Placement(spot=placement.spot, side=placement.side, height_m=placement.height_m)
    return entity.model_copy(update={"placement": free})


def _without(beat: Beat, gone: Set[str]) -> Beat:
    named = {beat.target, *beat.using, *(outcome.target for outcome in beat.outcomes)}
    if named.isdisjoint(gone):
        return beat
    return beat.model_copy(
        update={
            "target": None if beat.target in gone else beat.target,
            "using": tuple(prop for prop in beat.using if prop not in gone),
            "outcomes": tuple(outcome for outcome in beat.outcomes if outcome.target not in gone),
        }
    )
