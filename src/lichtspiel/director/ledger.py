"""Keep account of every word of the prompt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lichtspiel.director.lexicon import Particle, Preposition
from lichtspiel.director.senses import Item, Word
from lichtspiel.director.tokens import Token
from lichtspiel.screenplay import Reading, Status, Understanding

_EMPTY_WORDS = (
    "definite", "indefinite", "conjunction", "subordinator", "sequel", "relative", "passive", "copula",
    "light_verb", "causative", "function", "pronoun",
)  # fmt: skip


@dataclass
class Ledger:
    """Readings by the items they are about. The first reading of an item stands."""

    entries: dict[int, tuple[Status, str, str]] = field(default_factory=dict)
    """Status, slot and note by the first token of the item."""
    filled: list[Reading] = field(default_factory=list)

    def realise(self, item: Item, slot: str, note: str = "") -> None:
        """The item is in the film, at this path of the screenplay."""
        self.entries.setdefault(item.start, (Status.REALISED, slot, note))

    def refuse(self, item: Item, reason: str) -> None:
        """The item is not in the film, for this reason."""
        self.entries.setdefault(item.start, (Status.NOT_REALISED, "", reason))

    def fill(self, name: str, slot: str, note: str) -> None:
        """The prompt is silent; the director chose."""
        self.filled.append(Reading(status=Status.FILLED_IN, text=name, slot=slot, note=note))


def understanding(
    prompt: str, tokens: Sequence[Token], items: Sequence[Item], ledger: Ledger
) -> Understanding:
    """The complete ledger: a reading for every item with content, then what was filled in."""
    readings = []
    for item in items:
        if item.mark:
            continue
        start, end = tokens[item.start].start, tokens[item.end - 1].end
        text = prompt[start:end]
        if item.start not in ledger.entries and is_empty(item):
            continue
        unread = (Status.NOT_REALISED, "", "")
        status, slot, note = ledger.entries.get(item.start, unread)
        if status is Status.NOT_REALISED and not note:
            note = "not understood here" if item.senses else "not a word the director knows"
        readings.append(Reading(status=status, text=text, span=(start, end), slot=slot, note=note))
    return Understanding(prompt=prompt, readings=(*readings, *ledger.filled))


def is_empty(item: Item) -> bool:
    """Whether the item is a function word, which carries no content of its own."""
    return (
        bool(item.mark)
        or any(isinstance(s, Word) and s.kind in _EMPTY_WORDS for s in item.senses)
        or (bool(item.senses) and all(isinstance(sense, (Preposition, Particle)) for sense in item.senses))
    )
