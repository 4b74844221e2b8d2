"""Changes of things: which of the film's are meant, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence

from lichtspiel.director.draft import Film
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_senses import Span
from lichtspiel.director.props import MAX_COUNT, DraftProp, describe_with
from lichtspiel.director.senses import ADJECTIVES, ColourName, Item, MaterialName, Sense, ThingName
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.screenplay import Action, Placement, Prop, Relation

_LOOKS = ("colour", "material", "arrangement")
_SCALES = (0.1, 10.0)


def look_of(span: Span) -> Sense | None:
    """What an adjective says of a thing."""
    named = span.item.sense(ColourName) or span.item.sense(MaterialName)
    return named or next((sense for sense in span.item.senses if isinstance(sense, ADJECTIVES)), None)


def meant(
    film: Film, name: ThingName, word: str, plural: bool, looks: Sequence[Span], words: Vocabulary
) -> list[str]:
    """The film's things that a noun means: those of the name, told apart by their looks."""
    kin = words.ending_with(word)
    general = kin is not None and kin.ids[0] in name.ids
    known = set(name.ids) | set(kin.ids if kin is not None and general else ())
    found = [prop for prop in film.screenplay.props if prop.thing in known]
    exact = [prop for prop in found if prop.thing in name.ids]
    found = exact or found
    alike = [prop for prop in found if looks and all(_has(prop, span) for span in looks)]
    found = alike or found
    if plural or len(found) < 2:
        return [prop.id for prop in found]
    acting = [beat.subject for beat in film.screenplay.beats if beat.action is not Action.REST]
    found.sort(key=lambda prop: acting.index(prop.id) if prop.id in acting else len(acting))
    return [found[0].id]


def main_thing(film: Film) -> list[str]:
    """The thing that a film is about: the first that does something, else the first."""
    props = {prop.id for prop in film.screenplay.props}
    acting = [b.subject for b in film.screenplay.beats if b.subject in props and b.action is not Action.REST]
    return (acting or [prop.id for prop in film.screenplay.props])[:1]


def _has(prop: Prop, span: Span) -> bool:
    look = look_of(span)
    if isinstance(look, ColourName):
        return prop.colour == look.id
    if isinstance(look, MaterialName):
        return prop.material == look.id
    return False


def describe_things(
    film: Film, props: Sequence[str], looks: Sequence[Span], words: Vocabulary, ledger: Ledger
) -> None:
    """Say adjectives of things, over what was said of them before."""
    for prop_id in props:
        held = next(prop for prop in film.screenplay.props if prop.id == prop_id)
        for span in looks:
            look = look_of(span)
            if look is None:
                ledger.refuse(span.item, "not understood of a thing")
                continue
            draft = DraftProp(prop_id, held.thing)
            describe_with(draft, span.item, look, words, ledger)
            fields = {name: value for name in _LOOKS if (value := getattr(draft, name)) is not None}
            if draft.scale != 1.0:
                fields["scale"] = draft.scale
            if draft.varied_size:
                fields["varied_size"] = True
            for item, side in draft.sides:
                fields["placement"] = held.placement.model_copy(update={"side": side})
                ledger.realise(item, f"props.{prop_id}.placement.side")
            if isinstance(look, MaterialName) and draft.material is None:
                fields["material"] = None
            film.prop(prop_id, **_dumped(fields))


def _dumped(fields: dict[str, object]) -> dict[str, object]:
    return {k: v.model_dump() if isinstance(v, Placement) else v for k, v in fields.items()}


def resize(film: Film, props: Sequence[str], factor: float) -> None:
    """Make things larger or smaller."""
    low, high = _SCALES
    for prop in film.screenplay.props:
        if prop.id in props:
            film.prop(prop.id, scale=round(min(max(prop.scale * factor, low), high), 4))


def swap_thing(film: Film, prop_id: str, thing: str) -> str:
    """Put another thing in the place of one, as it comes; returns its id."""
    film.prop(prop_id, thing=thing, colour=None, material=None, scale=1.0, varied_size=False)
    new = prop_id if prop_id.removesuffix(f"_{prop_id.rsplit('_', 1)[-1]}") == thing else film.free_id(thing)
    film.rename(prop_id, new)
    return new


def add_thing(film: Film, thing: str, count: int) -> str:
    """One more prop; returns its id."""
    prop = Prop(id=film.free_id(thing), thing=thing, count=min(count, MAX_COUNT))
    film.set(props=(*film.screenplay.props, prop))
    return prop.id


def take_away(film: Film, props: Sequence[str], number: int | None, item: Item, ledger: Ledger) -> None:
    """Remove things, or so many of each."""
    for prop_id in props:
        held = next(prop for prop in film.screenplay.props if prop.id == prop_id)
        if number is not None and number < held.count:
            film.prop(prop_id, count=held.count - number)
            ledger.realise(item, f"props.{prop_id}.count", f"{held.count - number} are left")
        else:
            film.remove(prop_id)
            ledger.realise(item, "props", "taken out, as asked")


def place_thing(film: Film, props: Sequence[str], relation: Relation, target: str) -> None:
    """Put things somewhere else."""
    for prop_id in props:
        if prop_id != target:
            film.prop(prop_id, placement=Placement(relation=relation, target=target).model_dump())
