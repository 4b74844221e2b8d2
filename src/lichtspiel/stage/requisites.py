"""What people need for what they do: brought along where the screenplay names none."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, field

from lichtspiel.library import catalogue
from lichtspiel.library.motion import Aim, MotionEntry
from lichtspiel.screenplay import Action, Beat, Prop, Screenplay
from lichtspiel.stage.parts import first_beats, is_added

Notes = tuple[tuple[str, str], ...]
_TABLES = frozenset({"table", "desk"})


@dataclass
class _Store:
    """The props of a film while what is missing is added."""

    screenplay: Screenplay
    props: list[Prop]
    taken: set[str]
    """Ids of props that somebody uses."""
    held: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Who has what in hand already."""
    notes: list[tuple[str, str]] = field(default_factory=list)

    def brought(self, subject: str, thing: str, comes_s: float | None = None) -> str:
        """A free prop of this kind, or what they hold already, or one that is added for everyone."""
        own = self.held.get(subject, ())
        for prop in self.props:
            if prop.thing == thing and (prop.id not in self.taken or prop.id in own):
                return prop.id
        added = Prop(
            id=self._free_id(subject, thing), thing=thing, count=self._count(subject), comes_s=comes_s
        )
        self.props.append(added)
        return added.id

    def aimed_at(self, subject: str, aim: Aim) -> str:
        """The props of this kind that are there, or those that are added."""
        for prop in self.props:
            if prop.thing == aim.thing:
                return prop.id
        added = Prop(
            id=self._free_id(subject, aim.thing),
            thing=aim.thing,
            count=aim.count,
            arrangement=aim.arrangement,
        )
        self.props.append(added)
        return added.id

    def pieces(self, names: Sequence[str], thing: str) -> int:
        """How many of a thing the props of these names are for one person."""
        return sum(prop.count for prop in self.props if prop.id in names and prop.thing == thing)

    def _count(self, subject: str) -> int:
        return self.screenplay.character(subject).count

    def open(self, using: Collection[str], motion: MotionEntry) -> None:
        """Turn what somebody has in hand into what it is while they use it: a book is open."""
        closed = motion.using[0] if motion.using else None
        for index, prop in enumerate(self.props):
            if motion.opens is not None and prop.id in using and prop.thing == closed:
                self.props[index] = prop.model_copy(update={"thing": motion.opens})

    def _free_id(self, subject: str, thing: str) -> str:
        taken = {prop.id for prop in self.props}
        names = (f"{subject}_{thing}"[:60] + (f"_{n}" if n > 1 else "") for n in range(1, 200))
        return next(name for name in names if name not in taken)


def bring_requisites(screenplay: Screenplay) -> tuple[Screenplay, Notes]:
    """The screenplay with everything that its motions are done with and on, and notes on what is missing."""
    people = {character.id for character in screenplay.cast}
    store = _Store(
        screenplay, list(screenplay.props), {prop for beat in first_beats(screenplay) for prop in beat.using}
    )
    beats = []
    for index, told in enumerate(screenplay.beats):
        beat = _addressed(told, people)
        if beat.action is Action.PERFORM and beat.motion is not None and beat.subject in people:
            beats.append(_equipped(store, beat, catalogue.motions()[beat.motion], index))
        else:
            beats.append(beat)
    changed = screenplay.model_copy(update={"props": tuple(store.props), "beats": tuple(beats)})
    return changed, tuple(store.notes)


def _addressed(beat: Beat, people: Set[str]) -> Beat:
    """The beat with the motion that it is when it is done to somebody."""
    entry = catalogue.motions().get(beat.motion or "")
    to_person = entry.to_person if entry is not None and beat.target in people else None
    return beat if to_person is None else beat.model_copy(update={"motion": to_person})


def held_props(screenplay: Screenplay) -> frozenset[str]:
    """Ids of props that people have in hand, on the shoulder or on the back."""
    people = {character.id for character in screenplay.cast}
    beats = first_beats(screenplay)
    return frozenset(prop for beat in beats if beat.subject in people for prop in beat.using)


def _equipped(store: _Store, beat: Beat, motion: MotionEntry, index: int) -> Beat:
    using, target = beat.using, beat.target
    kinds = {*motion.mounts, *motion.before}
    ridden = [prop.id for prop in store.props if prop.thing in kinds and prop.id in using]
    if ridden and (motion.using or motion.plays or motion.release is not None):
        # What it is done on, or to, is not what it is done with: one cuts bread with a knife, and nobody
        # takes up the piano whose keys they play.
        using, target = tuple(name for name in using if name not in ridden), target or ridden[0]
    comes_s = beat.at_s if is_added(store.screenplay, beat) else None
    if not using:
        there = [
            thing
            for thing in motion.using
            if thing in catalogue.things() and not _is_sent(store, beat.subject, motion, thing)
        ]
        if missing := sorted(set(motion.using) - catalogue.things().keys()):
            words = f"the library has no {', '.join(missing)}; it is done without"
            store.notes.append((f"beats[{index}].using", words))
        names: list[str] = []
        for number, thing in enumerate(there):
            if there[:number].count(thing) < store.pieces(names, thing):
                # Two oars of the prompt are one prop.
                continue
            names.append(store.brought(beat.subject, thing, comes_s))
            store.taken.add(names[-1])
        using = tuple(names)
    store.open(using, motion)
    using = _with_sheath(store, beat.subject, motion, using, comes_s)
    target = target or _fallen_from(store, beat, motion, comes_s)
    aimed = any(prop.id == target for prop in store.props)
    named = {prop.thing for prop in store.props if prop.id in (*ridden, target)}
    # A loaf that is named is cut on a board all the same.
    for thing in () if aimed and named.isdisjoint(motion.before[1:]) else motion.before:
        if thing in catalogue.things() and thing not in named:
            store.taken.add(store.brought(beat.subject, thing, comes_s))
    if motion.on is not None and motion.on not in catalogue.things() and target is None:
        words = f"the library has no {motion.on.replace('_', ' ')}; it is done without"
        store.notes.append((f"beats[{index}].target", words))
    if motion.aims is not None and target is None:
        target = store.aimed_at(beat.subject, motion.aims)
    if motion.behind is not None and target is None and motion.behind in catalogue.things():
        target = store.brought(beat.subject, motion.behind, comes_s)
    falls_off = motion.kind == "collapse" and aimed
    lacks = motion.on is not None and not _at_own_table(store, beat, motion.on)
    if lacks and motion.on is not None and not falls_off and _lacks(store, motion.on, motion.mounts):
        brought = store.brought(beat.subject, motion.on, comes_s)
        target = target or brought
    store.held[beat.subject] = (*store.held.get(beat.subject, ()), *using)
    return beat.model_copy(update={"using": using, "target": target})


def _fallen_from(store: _Store, beat: Beat, motion: MotionEntry, comes_s: float | None) -> str | None:
    """The table that somebody falls off, which the prompt names as a spot of the place."""
    falls_off = motion.kind == "collapse" and motion.on is not None
    known = beat.spot is not None and beat.spot in catalogue.things()
    return store.brought(beat.subject, str(beat.spot), comes_s) if falls_off and known else None


def _with_sheath(
    store: _Store, subject: str, motion: MotionEntry, using: tuple[str, ...], comes_s: float | None
) -> tuple[str, ...]:
    """What is used, and what is worn at the hip with it: whose sword it is, has its sheath too."""
    kinds = {prop.thing for prop in store.props if prop.id in using}
    worn = [hold.thing for hold in motion.holds if hold.part.startswith("hip")]
    for thing in worn if using else ():
        if thing not in kinds and thing in catalogue.things():
            using = (*using, store.brought(subject, thing, comes_s))
            store.taken.add(using[-1])
    return using


def _is_sent(store: _Store, subject: str, motion: MotionEntry, thing: str) -> bool:
    """Whether another throws them one: who catches a ball has brought none, whatever ball it is."""
    own = {prop.id for prop in store.props if prop.thing == thing}
    senders = [
        beat
        for beat in store.screenplay.beats
        if beat.target == subject and beat.motion is not None and catalogue.motions()[beat.motion].release
    ]
    return any(
        motion.catches is not None
        or own & set(beat.using)
        or thing in catalogue.motions()[beat.motion or ""].using
        for beat in senders
    )


def _at_own_table(store: _Store, beat: Beat, thing: str) -> bool:
    """Whether it is done at a table of the place: who draws at the kitchen table needs no desk."""
    place = catalogue.places()[store.screenplay.setting.place]
    return thing in _TABLES and beat.spot in _TABLES and beat.spot in place.furnishes


def _lacks(store: _Store, thing: str, others: Collection[str]) -> bool:
    """Whether neither a thing is there nor one of those that do as well."""
    place = catalogue.places()[store.screenplay.setting.place]
    there = thing in place.furnishes or any(prop.thing in others for prop in store.props)
    return thing in catalogue.things() and not there
