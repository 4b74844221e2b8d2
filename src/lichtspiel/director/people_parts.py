"""Close-ups of something else than the face: of hands, of feet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lichtspiel.director.language import Language
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_lexicon import people_lexicon
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.senses import Item
from lichtspiel.director.shots import DraftShot
from lichtspiel.director.tokens import Token
from lichtspiel.director.vocabulary import names_of
from lichtspiel.screenplay import ShotSize

_OF = 5
"""Words between a close-up and the part that it is of: of the old potter's hands."""
_IN = 2
"""Words between a part and the close-up that it is in: her hands in close-up."""
_CLOSE = frozenset({ShotSize.CLOSE_UP.value, ShotSize.EXTREME_CLOSE_UP.value})


def show_parts(
    drafts: Sequence[DraftShot],
    reading: PeopleReading,
    tokens: Sequence[Token],
    language: Language,
    ledger: Ledger,
) -> None:
    """Have close-ups show the part of people that the prompt names with them, of who does something."""
    known = {name: entry.part for entry in people_lexicon().close_parts for name in names_of(entry, language)}
    for index, draft in enumerate(drafts):
        if draft.fields.get("size") not in _CLOSE:
            continue
        at = next((at for item in draft.items.get("size", ()) for at in _near(item, tokens, known)), None)
        if at is None:
            continue
        draft.fields["part"] = known[tokens[at].key]
        ledger.entries.pop(at, None)
        ledger.realise(Item(at, at + 1), f"shots.{index}.part")
        acting = [person.id for deed in reading.deeds for person in deed.people]
        if people := [*(name for name in draft.subjects if name in reading.cast), *acting, *reading.cast]:
            draft.subjects = [people[0]]


def _near(item: Item, tokens: Sequence[Token], known: Mapping[str, str]) -> list[int]:
    """Tokens of parts behind a close-up or shortly before it, within its part of the sentence."""
    behind = list(range(item.end, min(item.end + _OF, len(tokens))))
    # A size alone, behind a comma, is of what comes before it: hands of a violinist, close-up.
    apart = tokens[item.start - 1].key == "," and (item.end == len(tokens) or tokens[item.end].kind == "mark")
    reach = item.start - 1 - apart
    before = list(range(reach, max(reach - 1 - (_OF if apart else _IN), -1), -1)) if item.start else []
    found: list[int] = []
    for way in (behind, before):
        for at in way:
            if tokens[at].kind == "mark":
                break
            if tokens[at].key in known:
                found.append(at)
    return found
