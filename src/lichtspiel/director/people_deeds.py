"""What people do while a prompt is read: who, with what, to whom, how, and how it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lichtspiel.director.acting_lexicon import LineLanguage, acting_lexicon
from lichtspiel.director.lexicon import Role
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.senses import Item
from lichtspiel.library import catalogue
from lichtspiel.library.counted import counted, is_counted
from lichtspiel.library.motion import MotionEntry
from lichtspiel.screenplay import Action, Delivery, OutcomeKind, Style, Vocal

_BEHIND: frozenset[Role] = frozenset(
    {"onto", "into", "towards", "at", "against", "above", "across", "through", "from", "on", "in", "under",
     "beside", "behind", "in_front_of", "past", "around", "down", "up", "along", "out_of", "after"}
)  # fmt: skip
"""Prepositions before what something is done to."""
_UPRIGHT = frozenset({"deed", "flight", "posture", "gesture"})
"""Kinds of motions that a fall ends; a walk or a collapse goes over into another motion."""


@dataclass
class DraftDeed:
    """Something people do, while the prompt is read."""

    people: list[DraftCharacter]
    action: Action
    item: Item
    fields: dict[str, Any] = field(default_factory=dict)
    items: list[tuple[Item, str]] = field(default_factory=list)
    """What else of the prompt it realises, with the field."""
    using: list[str] = field(default_factory=list)
    outcomes: list[tuple[OutcomeKind, Item]] = field(default_factory=list)
    count: int = 1
    """How often it is done."""
    things: int = 1
    """To how many things it is done, one after the other."""
    shares: dict[str, list[str]] = field(default_factory=dict)
    """Whose hands have what, by character, where each has their own."""
    waits: bool = False
    """Who does it is named behind the verb."""
    answer: str | None = None
    """Motion with which another answers it."""
    remark: str = ""
    """What the film does not show of it."""
    beat: int | None = None
    """Its first place among the finished beats."""

    @property
    def motion(self) -> MotionEntry | None:
        """Library entry of what is performed."""
        name = self.fields.get("motion")
        if not name:
            return None
        entry, times = catalogue.motions()[name], self.fields.get("times")
        return entry if times is None else counted(entry, catalogue.scores()[name], times)[0]

    def repeat(self, count: int, item: Item) -> None:
        """It is done so many times: within one motion what is counted there, else one after the other."""
        entry = self.motion
        if entry is not None and is_counted(entry, catalogue.scores().get(entry.id)):
            self.fields["times"] = count
            self.note(item, "times")
        else:
            self.count = count
            self.note(item, "motion")

    @property
    def with_partner(self) -> bool:
        """Whether two do it to each other."""
        entry = self.motion
        return entry is not None and (entry.kind == "pair" or entry.id in acting_lexicon().mutual)

    def note(self, item: Item, name: str) -> None:
        """The item is realised by this field."""
        self.items.append((item, name))

    def handle(self, prop: str, item: Item, role: Role | None) -> None:
        """Take a thing that is named with the verb."""
        if role in _BEHIND and "target" not in self.fields and not self.with_partner:
            self.fields["target"] = prop
            self.note(item, "target")
        elif prop not in self.using and role not in _BEHIND:
            self.using.append(prop)
            self.note(item, "using")

    def end(self, kind: OutcomeKind, item: Item) -> None:
        """How it ends, said once."""
        if kind not in (known for known, _ in self.outcomes):
            self.outcomes.append((kind, item))
        else:
            self.note(item, "outcomes")

    def can_end(self, kind: OutcomeKind) -> bool:
        """Whether it may end so: a handstand in a fall, a walk not."""
        entry = self.motion
        if entry is None:
            return False
        if kind is OutcomeKind.FALLS_OVER:
            return entry.kind in _UPRIGHT
        return True


@dataclass
class DraftLine:
    """Something people say or utter, while the prompt is read."""

    people: list[DraftCharacter]
    items: list[Item]
    text: str = ""
    vocal: Vocal | None = None
    delivery: Delivery = Delivery.NORMAL
    language: LineLanguage | None = None
    to: str | None = None
    pace: float = 1.0
    interrupts: bool = False
    sentence: int = 0


def take_manner(
    style: Style | None,
    delivery: Delivery | None,
    item: Item,
    deed: DraftDeed | None,
    line: DraftLine | None,
) -> bool:
    """An adverb of manner goes to what is said, else to what is done; False when it fits neither."""
    if line is not None and delivery is not None:
        line.delivery = delivery
        line.items.append(item)
        return True
    if deed is not None and style is not None:
        deed.fields.setdefault("style", style)
        deed.note(item, "style")
        return True
    return False


def lay_out(deeds: Sequence[DraftDeed]) -> list[DraftDeed]:
    """Deeds in the order of the film, each as often as it is done."""
    return [deed for deed in deeds for _ in range(deed.count)]
