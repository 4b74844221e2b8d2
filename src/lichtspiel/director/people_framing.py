"""Shots of people that hide nothing of what the prompt speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_lengths import takes_s
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.props import DraftProp
from lichtspiel.director.shots import DraftShot
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action, CameraMove, ShotSize, Status, View

CLOSE_S = 1.6
"""Least time of a close-up that follows a deed."""
_CLOSE_SHARE = 0.36
"""Share of the film that it has otherwise."""
MANY = 12
"""From this many on, people are a crowd that only a wide shot holds."""
_OF_THE = 2
"""Words between a shot's size and the place it is of: a wide shot of the valley, Totale vom Tal."""
_FROM_ABOVE = 0.72
"""Where the horizon lies in a wide shot of a place: the camera stands above the action, and the land
spreads out behind it."""
_OVER_HEADS = 0.68
"""Where it lies before a crowd, and where somebody goes through one: one looks down over the heads."""
_LEAD_S = 0.4
_CLOSE = frozenset({ShotSize.CLOSE_UP, ShotSize.EXTREME_CLOSE_UP})
_LOOKING = frozenset({Action.LOOK, Action.EXPRESS})
_HIDDEN = frozenset({Action.WALK})
_WHOLE = frozenset({None, ShotSize.WIDE.value})
"""Sizes of a shot that holds a crowd."""


def show_deed_first(drafts: list[DraftShot], reading: PeopleReading, ledger: Ledger) -> float:
    """Part a film whose only shot is a close-up, named behind a deed that no close-up shows.

    `pours tea into two cups, close-up of her face`: the deed in a medium shot, then the close-up. Returns
    how many seconds both take; 0 where nothing was parted.
    """
    if len(drafts) != 1 or ShotSize(drafts[0].fields.get("size", ShotSize.MEDIUM)) not in _CLOSE:
        return 0.0
    close = drafts[0]
    at = min(item.start for item in close.items["size"])
    deeds = [deed for deed in reading.deeds if deed.people and deed.item.start < at and _is_hidden(deed)]
    if not deeds:
        return 0.0
    kept = {name: value for name, value in close.fields.items() if name not in ("size", "focal_length_mm")}
    first = DraftShot(close.start, close.sentence, {**kept, "size": ShotSize.MEDIUM.value})
    first.subjects = [name for deed in deeds for name in _seen_in(deed)]
    close.start = at
    close.subjects = close.subjects or [deeds[-1].people[0].id]
    drafts.insert(0, first)
    for number, (status, slot, note) in list(ledger.entries.items()):
        if status is Status.REALISED and slot == "shots.0.size":
            ledger.entries[number] = (status, "shots.1.size", note)
    ledger.fill("shot", "shots.0", "medium: what is done is seen before the close-up")
    return _LEAD_S + sum(takes_s(deed) for deed in deeds) + CLOSE_S


def show_places_wide(drafts: Sequence[DraftShot], reading: PeopleReading) -> None:
    """`A wide shot of the valley` shows the valley, from above if it can; whoever stands in it is small."""
    starts = {item.start: catalogue.places()[ids[0]].indoors for item, ids in reading.places}
    for draft in drafts:
        ends = [item.end for item in draft.items.get("size", ())]
        of = [indoors for start, indoors in starts.items() for end in ends if 0 < start - end <= _OF_THE]
        if of and draft.fields.get("size") == ShotSize.WIDE.value:
            draft.fields["size"] = ShotSize.EXTREME_WIDE.value
            if not of[0] and "angle" not in draft.fields:
                draft.fields.setdefault("horizon", _FROM_ABOVE)


def follow_fast(
    drafts: Sequence[DraftShot],
    reading: PeopleReading,
    props: Mapping[str, DraftProp],
    place: str,
    ledger: Ledger,
) -> None:
    """Who runs, rides or glides in the open is soon out of a still picture: the camera goes beside them,
    unless the prompt says where they go or how they are shown."""
    led = {"target", "destination", "spot", "gaze"}
    fast = [deed for deed in reading.deeds if deed.motion is not None and deed.motion.is_fast]
    ids = list(dict.fromkeys(person.id for deed in fast for person in deed.people))
    ridden = {prop.id for prop in props.values() for deed in fast if prop.thing in _mounts(deed)}
    goals = [value for deed in fast for field, value in deed.fields.items() if field in led]
    bound = not {*ids, *ridden}.issuperset(goals)
    if not fast or bound or catalogue.places()[place].indoors:
        return
    for index, draft in enumerate(drafts):
        shown = not draft.subjects or not set(ids).isdisjoint(draft.subjects)
        if shown and "move" not in draft.fields and not _told(draft, "view"):
            draft.fields["move"], draft.fields["view"] = CameraMove.TRACKING.value, View.SIDE.value
            inside = any(deed.motion is not None and deed.motion.inside for deed in fast)
            draft.subjects = draft.subjects or (ids if len(ids) > 1 or inside else [])
            if inside and not _told(draft, "size"):
                draft.fields["size"] = ShotSize.MEDIUM.value
                ledger.filled[:] = [one for one in ledger.filled if one.slot != f"shots.{index}.size"]
                ledger.fill("size", f"shots.{index}.size", "medium: through the window")
            ledger.fill("move", f"shots.{index}.move", "tracking: who goes so fast is soon gone")
            ledger.fill("view", f"shots.{index}.view", "side: the camera goes beside them")


def _mounts(deed: DraftDeed) -> frozenset[str]:
    return deed.motion.mounts if deed.motion is not None else frozenset()


def _told(draft: DraftShot, field: str) -> bool:
    """Whether the prompt itself says it of a shot."""
    return bool(draft.items.get(field))


def keep_to_single(drafts: Sequence[DraftShot], reading: PeopleReading, ledger: Ledger) -> None:
    """Shots are of who acts, not of all the others who only stand there or look on.

    Who goes through a crowd is shown full, amid it, and so is who acts before a few onlookers. A crowd
    alone is seen from above its front rows, which would hide all others.
    """
    crowds = {person.id for person in reading.cast.values() if person.count >= MANY}
    goes = [deed for deed in reading.deeds if deed.action is Action.WALK or _travels(deed)]
    single = list(dict.fromkeys(p.id for deed in goes for p in deed.people if p.id not in crowds))
    size = ShotSize.FULL
    if not crowds:
        single = _before_onlookers(reading)
    if not single:
        for draft in drafts if crowds else ():
            if not {"angle", "horizon"} & draft.fields.keys() and draft.fields.get("size") in _WHOLE:
                draft.fields["horizon"] = _OVER_HEADS
        return
    for index, draft in enumerate(drafts):
        if not crowds and not draft.subjects and not {"view", "size", "move"} & draft.fields.keys():
            draft.fields["view"] = View.FRONT.value
            ledger.fill("view", f"shots.{index}.view", "front: those who look on are seen behind")
    for index, draft in enumerate(drafts):
        if not draft.subjects and "size" not in draft.fields:
            draft.subjects, draft.fields["size"] = list(single), size.value
            ledger.fill("size", f"shots.{index}.size", f"{size.value}: {', '.join(single)}, amid the others")
            if crowds and "angle" not in draft.fields:
                draft.fields.setdefault("horizon", _OVER_HEADS)


def _before_onlookers(reading: PeopleReading) -> list[str]:
    """Ids of those who act where all the others, several, only look on; none where everyone acts."""
    acting = {p.id for deed in reading.deeds if deed.action not in _LOOKING for p in deed.people}
    others = [person for person in reading.cast.values() if person.id not in acting]
    looks = {p.id for deed in reading.deeds for p in deed.people} - acting
    several = sum(person.count for person in others) > 1
    return [p for p in reading.cast if p in acting] if several and all(o.id in looks for o in others) else []


def _travels(deed: DraftDeed) -> bool:
    return deed.motion is not None and deed.motion.kind == "locomotion"


def deed_share_s(length_s: float) -> float:
    """How long the deed is shown before the close-up."""
    return (
        round(length_s - max(CLOSE_S, _CLOSE_SHARE * length_s), 2) if length_s > CLOSE_S + 1 else length_s / 2
    )


def _seen_in(deed: DraftDeed) -> list[str]:
    """Who does it, with what, and to what."""
    target = deed.fields.get("target")
    return [*(person.id for person in deed.people), *deed.using, *([target] if target else [])]


def _is_hidden(deed: DraftDeed) -> bool:
    """Whether a close-up of a face leaves it out of the picture."""
    if deed.motion is None:
        return deed.action in _HIDDEN
    return deed.motion.kind not in ("gesture", "posture") or bool(deed.using)
