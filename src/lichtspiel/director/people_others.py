"""Others without whom nobody does it: the rest of a queue, who is chased, who strikes."""

from __future__ import annotations

from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_cast import ANYONE, DraftCharacter
from lichtspiel.director.people_deeds import DraftDeed
from lichtspiel.director.people_reading import PeopleReading
from lichtspiel.director.people_struck import fly_at, what_flies
from lichtspiel.library import catalogue
from lichtspiel.screenplay import Action

_ESCAPES = 0.96
"""Speed of who is chased against that of who comes after them, so that these come nearer."""
_STRUCK, _LEAD_S = 0.4, 0.6
"""Share of a blow after which it lands, and when it begins."""


def struck_s(lasts_s: float) -> float:
    """Seconds after which the blow of somebody lands, of a motion that lasts so long."""
    return round(_STRUCK * lasts_s + _LEAD_S, 2)


def bring_others(reading: PeopleReading, ledger: Ledger) -> None:
    """Who is chased runs ahead, and who is hit is struck by somebody; both come along where the prompt names
    nobody."""
    for deed in tuple(reading.deeds):
        if deed.motion is None or not deed.people:
            continue
        if deed.motion.flees is not None:
            _flee(reading, deed, deed.motion.flees, ledger)
        elif deed.motion.by is not None and not _acted_on(reading, deed):
            _strike(reading, deed, deed.motion.by, ledger)


def _flee(reading: PeopleReading, deed: DraftDeed, how: str, ledger: Ledger) -> None:
    chased = _other(reading, deed, ledger)
    if chased is None or any(chased in one.people for one in reading.deeds):
        return
    usual = catalogue.motions()[how].speed_m_s or 1.0
    speed = float(deed.fields.get("speed", 1.0)) * (deed.motion.speed_m_s or usual if deed.motion else usual)
    fields = {"motion": how, "speed": round(_ESCAPES * speed / usual, 2)}
    # Who is followed has a way before those who follow.
    reading.deeds.insert(reading.deeds.index(deed), DraftDeed([chased], Action.PERFORM, deed.item, fields))


def _strike(reading: PeopleReading, deed: DraftDeed, how: str, ledger: Ledger) -> None:
    if (thing := what_flies(reading, deed)) is not None:
        fly_at(reading, deed, thing)
        return
    other = _other(reading, deed, ledger)
    if other is None:
        return
    deed.fields.pop("target", None)
    deed.fields.setdefault("at_s", struck_s(catalogue.motions()[how].duration_s))
    fields = {"motion": how, "target": deed.people[0].id, "times": 1}
    reading.deeds.insert(reading.deeds.index(deed), DraftDeed([other], Action.PERFORM, deed.item, fields))


def _other(reading: PeopleReading, deed: DraftDeed, ledger: Ledger) -> DraftCharacter | None:
    """Whom the deed names, else somebody who is added; nobody where it is done to a thing."""
    named = deed.fields.get("target")
    if named is not None or deed.using:
        return reading.cast.get(str(named))
    busy = {person.id for one in reading.deeds for person in one.people}
    if idle := [person for person in reading.cast.values() if person.id not in busy]:
        deed.fields["target"] = idle[0].id
        return idle[0]
    other = DraftCharacter(reading.free_id("other"), ANYONE)
    reading.cast[other.id] = other
    deed.fields["target"] = other.id
    ledger.fill(other.id, other.slot, "it takes another")
    return other


def _acted_on(reading: PeopleReading, deed: DraftDeed) -> bool:
    """Whether another does something to them already."""
    mine = {person.id for person in deed.people}
    return any(one is not deed and one.fields.get("target") in mine for one in reading.deeds)


def add_company(reading: PeopleReading, ledger: Ledger) -> None:
    """Those without whom nobody does it: the others of a queue."""
    for deed in tuple(reading.deeds):
        needed = deed.motion.company if deed.motion is not None else 0
        alone = sum(person.count for person in deed.people) == 1
        if not needed or not alone or len(reading.cast) > 1:
            continue
        others = DraftCharacter(reading.free_id("others"), ANYONE, count=needed)
        reading.cast[others.id] = others
        deed.people = [*deed.people, others]
        ledger.fill(others.id, others.slot, f"{needed} others: it takes several")
