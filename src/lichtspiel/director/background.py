"""`In the background`: what stands behind the action and is seen beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.props import DraftProp
from lichtspiel.director.segments import Segment
from lichtspiel.director.senses import Item
from lichtspiel.director.shots import DraftShot
from lichtspiel.director.tokens import Token
from lichtspiel.screenplay import Placement, Relation, Status

_WORDS = frozenset({"background", "hintergrund"})


def put_in_background(
    tokens: Sequence[Token],
    items: Sequence[Item],
    parts: Sequence[Segment],
    people: Mapping[str, DraftCharacter],
    props: Mapping[str, DraftProp],
    passing: Collection[str],
    drafts: Sequence[DraftShot],
    ledger: Ledger,
) -> None:
    """Place whoever and whatever a prompt puts in the background; shots keep to the rest.

    passing: props that drive through the picture, behind whoever is there anyway.
    """
    far: list[str] = []
    for item in items:
        if tokens[item.end - 1].key not in _WORDS or item.start in ledger.entries:
            continue
        named = _named(item, items, parts, {*people, *props}, ledger)
        if named is None:
            ledger.refuse(item, "the surroundings are those of the place")
            continue
        draft: DraftCharacter | DraftProp = people[named] if named in people else props[named]
        slot = f"cast.{named}" if named in people else f"props.{named}"
        ledger.realise(item, f"{slot}.placement", "behind the others")
        if named not in passing and len(people) + len(props) > 1:
            side = draft.placement.side if draft.placement is not None else None
            draft.placement = Placement(relation=Relation.IN_BACKGROUND, side=side)
            far.append(named)
    before = [name for name in (*people, *(() if people else props)) if name not in far]
    for shot in drafts if far and before else ():
        shot.subjects = shot.subjects or list(before)


def _named(
    item: Item, items: Sequence[Item], parts: Sequence[Segment], known: Collection[str], ledger: Ledger
) -> str | None:
    """Who or what a clause puts there: what it names behind the words, where they open it, else before."""
    part = next((part for part in parts if part[0] <= item.start < part[1]), (item.start, item.end))
    inside = [other for other in items if part[0] <= other.start < part[1]]
    behind = [other for other in inside if other.start >= item.end]
    before = [other for other in reversed(inside) if other.end <= item.start]
    for other in (*before, *behind) if before else behind:
        status, slot, _ = ledger.entries.get(other.start, (None, "", ""))
        root, _, rest = slot.partition(".")
        name = rest.partition(".")[0]
        if status is Status.REALISED and root in ("cast", "props") and name in known:
            return name
    return None
