"""What people wear for what they do: who dances a tango is dressed for it."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.discourse import Discourse
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_cast import DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_lexicon import Occasion, people_lexicon
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_senses import GarmentName
from lichtspiel.screenplay import Sex


def dress_for_occasions(reading: PeopleReading, discourse: Discourse, ledger: Ledger) -> None:
    """Dress those of whom neither the prompt nor their role says what they wear."""
    for deed in reading.deeds:
        occasion = _occasion(deed, discourse)
        for person in deed.people if occasion is not None else ():
            if person.wears or person.wears_not or person.entry.outfits or occasion is None:
                continue
            worn = _for(person, occasion)
            person.wears += [dict(wear) for wear in worn]
            person.wears_not += occasion.without
            for wear in worn:
                words = " ".join(wear[key] for key in ("colour", "garment") if key in wear)
                ledger.fill(f"{person.id}: wears", f"{person.slot}.wears", f"{words}: dressed for it")


def _occasion(deed: DraftDeed, discourse: Discourse) -> Occasion | None:
    motion = deed.fields.get("motion")
    props = (*deed.using, deed.fields.get("target"))
    things = {discourse.entry(prop).id for prop in props if prop in discourse.props}
    return next(
        (one for one in people_lexicon().occasions if motion in one.motions or things & set(one.things)), None
    )


def _for(person: DraftCharacter, occasion: Occasion) -> tuple[dict[str, str], ...]:
    if person.sex is None:
        return occasion.female if occasion.female == occasion.male else ()
    return occasion.female if person.sex is Sex.FEMALE else occasion.male


def at_work(name: GarmentName, people: Sequence[DraftCharacter]) -> GarmentName:
    """What a garment's name means of these people: the gown of a surgeon is no evening dress."""
    for dress in people_lexicon().work_dress:
        if set(name.garments) & set(dress.said) and all(one.role in dress.roles for one in people):
            return GarmentName((dress.means,))
    return name
