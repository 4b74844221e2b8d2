"""Characters while the prompt is read, and what words about people say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lichtspiel.director.acting_lexicon import Manner
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.people_ages import Age
from lichtspiel.director.people_lexicon import BodyWord, GroupForm, HairShape, Pattern, Quality, Shade
from lichtspiel.director.people_senses import GarmentName, KindName, Span, ToneName
from lichtspiel.director.senses import ColourName, Item, MaterialName
from lichtspiel.library import catalogue
from lichtspiel.library.people.growth import height_m
from lichtspiel.library.records import RoleEntry
from lichtspiel.screenplay import Character, HairStyle, Placement, Sex, Style, Voice, Wear

ANYONE = "person"
_CHILD_YEARS = 14.0
_USUAL_YEARS = 35.0
_STYLES = {
    ("long", "curly"): "long_curly", ("long", "wavy"): "long_wavy", ("long", "straight"): "long_straight",
    ("long", "braided"): "braid", ("medium", "curly"): "long_curly", ("medium", "wavy"): "long_wavy",
    ("medium", "straight"): "bob", ("medium", None): "bob", ("short", "curly"): "curly_short",
    ("short", None): "short", ("short", "straight"): "short", ("short", "wavy"): "short",
    (None, "wavy"): "long_wavy", (None, "straight"): "long_straight", (None, "braided"): "braid",
    ("long", None): "long_straight",
}  # fmt: skip


@dataclass
class DraftCharacter:
    """A character while the prompt is read."""

    id: str
    role: str
    sex: Sex | None = None
    count: int = 1
    fields: dict[str, Any] = field(default_factory=dict)
    """Fields of the record that the prompt sets: age_years, skin, build …"""
    hair: dict[str, str] = field(default_factory=dict)
    shape: dict[str, str] = field(default_factory=dict)
    """Length and texture of the hair, until its style is chosen."""
    wears: list[dict[str, str]] = field(default_factory=list)
    wears_not: list[str] = field(default_factory=list)
    arrangement: GroupForm | None = None
    placement: Placement | None = None
    called: str = ""
    """The word that names them: pianist."""
    at: int = 0
    """Its token."""
    manner: Style | None = None
    """How they move, where an adjective says so: a drunk man."""

    @property
    def entry(self) -> RoleEntry:
        return catalogue.roles()[self.role]

    @property
    def slot(self) -> str:
        return f"cast.{self.id}"

    def set(self, name: str, value: Any, item: Item, ledger: Ledger) -> None:
        """Set a field once."""
        held = self.fields.setdefault(name, value)
        if held == value:
            ledger.realise(item, f"{self.slot}.{name}", f"{value}")
        else:
            ledger.refuse(item, f"{name} of a person is one: {held} was said first")

    def built(self) -> Character:
        """The finished record."""
        hair = dict(self.hair)
        if "style" not in hair and self.shape:
            key = (self.shape.get("length"), self.shape.get("texture"))
            curly = "curly_short" if self.sex is Sex.MALE else "long_curly"
            hair["style"] = _STYLES.get(key, curly)
        return Character(
            id=self.id,
            role=self.role,
            count=self.count,
            sex=self.sex,
            hair=HairStyle.model_validate(hair),
            wears=tuple(Wear.model_validate(wear) for wear in self.wears),
            wears_not=tuple(dict.fromkeys(self.wears_not)),
            arrangement=self.arrangement if self.count > 1 else None,
            placement=self.placement or Placement(),
            **self.fields,
        )


def describe(person: DraftCharacter, modifiers: Sequence[Span], ledger: Ledger) -> None:
    """Take the adjectives before a person's name."""
    for span in modifiers:
        quality, age = span.sense(Quality), span.sense(Age)
        tone = next((s for s in span.senses if isinstance(s, ToneName) and s.part == "hair"), None)
        if age is not None:
            person.set("age_years", age.years, span.item, ledger)
        elif quality is not None:
            _quality(person, quality, span.item, ledger)
        elif (manner := span.sense(Manner)) is not None and manner.style is not None:
            person.manner = manner.style
            ledger.realise(span.item, person.slot, f"moves as someone {manner.style}")
        elif tone is not None and tone.id in ("blond", "red", "ginger", "grey"):
            person.hair.setdefault("colour", tone.id)
            ledger.realise(span.item, f"{person.slot}.hair.colour")
        elif shape := span.sense(HairShape):
            _shape(person, shape, span.item, ledger)
        elif bare := span.sense(KindName):
            person.wears_not.append(bare.kind)
            ledger.realise(span.item, f"{person.slot}.wears_not")
        else:
            ledger.refuse(span.item, "not understood of a person")


def _quality(person: DraftCharacter, quality: Quality, item: Item, ledger: Ledger) -> None:
    youngest, oldest = person.entry.ages
    child = oldest < _CHILD_YEARS
    if quality.years is not None:
        if quality.children and not child:
            ledger.refuse(item, "said of grown-ups it has no measure")
            return
        years = quality.years
        if child or youngest > 60:
            years = min(max(years, youngest), oldest)
        if quality.children:
            years = youngest
        person.set("age_years", round(years, 1), item, ledger)
    if quality.deviations is not None:
        years = person.fields.get("age_years", min(max(_USUAL_YEARS, youngest), oldest))
        tall = height_m(person.sex or Sex.MALE, years, quality.deviations)
        person.set("height_m", round(tall, 2), item, ledger)
    for name in ("build", "muscle", "features", "expression", "skin"):
        value = getattr(quality, name)
        if value is not None:
            person.set(name, value, item, ledger)
    for name, value in (("colour", quality.hair), ("style", quality.style), ("beard", quality.beard)):
        if value is not None:
            person.hair.setdefault(name, value)
            ledger.realise(item, f"{person.slot}.hair.{name}", value)
    if quality.accent is not None:
        person.set("voice", Voice(accent=quality.accent), item, ledger)
    if quality.beard not in (None, "none") and person.sex is None:
        person.sex = Sex.MALE


def describe_part(
    people: Sequence[DraftCharacter], modifiers: Sequence[Span], body: BodyWord, ledger: Ledger
) -> bool:
    """Take what is said of hair, eyes or skin; False when nothing was."""
    used = False
    for span in modifiers:
        tone = next((s for s in span.senses if isinstance(s, ToneName) and s.part == body.part), None)
        dyed = span.item.sense(ColourName) if body.part == "hair" else None
        shape = span.sense(HairShape) if body.part == "hair" else None
        used = used or tone is not None or dyed is not None or shape is not None
        for person in people:
            if shape is not None:
                _shape(person, shape, span.item, ledger)
            elif body.part == "hair" and (tone or dyed):
                person.hair.setdefault("colour", tone.id if tone else dyed.id if dyed else "")
                ledger.realise(span.item, f"{person.slot}.hair.colour")
            elif tone:
                person.set(body.part, tone.id, span.item, ledger)
            else:
                ledger.refuse(span.item, f"not understood of {body.part}")
    return used


def _shape(person: DraftCharacter, shape: HairShape, item: Item, ledger: Ledger) -> None:
    if shape.length:
        person.shape.setdefault("length", shape.length)
    if shape.texture:
        person.shape.setdefault("texture", shape.texture)
    ledger.realise(item, f"{person.slot}.hair.style")


def grow(
    people: Sequence[DraftCharacter],
    name: str,
    value: str,
    modifiers: Sequence[Span],
    item: Item,
    ledger: Ledger,
) -> None:
    """Take a named hair style or beard (`name`) with the colour before it."""
    lengths = {"long": "long_beard", "short": "short_beard"}
    for person in people:
        for span in modifiers:
            shape = span.sense(HairShape)
            if name == "beard" and shape and shape.length in lengths:
                value = lengths[shape.length]
                ledger.realise(span.item, f"{person.slot}.hair.beard")
            elif name == "style" and shape:
                ledger.realise(span.item, f"{person.slot}.hair.style")
            else:
                _colour_of_hair(person, span, ledger)
        person.hair.setdefault(name, value)
        if name == "beard" and value != "none" and person.sex is None:
            person.sex = Sex.MALE
        ledger.realise(item, f"{person.slot}.hair.{name}", value)


def _colour_of_hair(person: DraftCharacter, span: Span, ledger: Ledger) -> None:
    tone = next((s for s in span.senses if isinstance(s, ToneName) and s.part == "hair"), None)
    dyed = span.item.sense(ColourName)
    if tone or dyed:
        person.hair.setdefault("colour", tone.id if tone else dyed.id if dyed else "")
        ledger.realise(span.item, f"{person.slot}.hair.colour")
    else:
        ledger.refuse(span.item, "not understood of hair")


def dress(
    people: Sequence[DraftCharacter], name: GarmentName, modifiers: Sequence[Span], item: Item, ledger: Ledger
) -> None:
    """Put a garment on people, in the colour, pattern and material before its name."""
    for person in people:
        garment = which(person, name)
        wear: dict[str, str] = {"garment": garment}
        slot = f"{person.slot}.wears"
        for span in modifiers:
            colour, pattern = span.item.sense(ColourName), span.sense(Pattern)
            material = span.item.sense(MaterialName)
            if pattern:
                wear.setdefault("pattern", pattern.pattern)
            elif colour and "colour" not in wear:
                wear["colour"] = colour.id
            elif (shade := span.sense(Shade)) and not any(m.item.sense(ColourName) for m in modifiers):
                wear.setdefault("colour", shade.colour)
            elif material and material.id in catalogue.looks():
                wear.setdefault("material", material.id)
            else:
                ledger.refuse(
                    span.item, "a garment has one colour" if colour else "not understood of clothes"
                )
                continue
            ledger.realise(span.item, slot)
        known = next((one for one in person.wears if one["garment"] == garment), None)
        if known is None:
            person.wears.append(wear)
            alike = {"colour": wear["colour"]} if "colour" in wear else {}
            person.wears += [
                {"garment": one, **(alike if one.endswith("trousers") else {})} for one in name.along
            ]
        else:
            known.update(wear)
        ledger.realise(item, slot, garment)


def which(person: DraftCharacter, name: GarmentName) -> str:
    """The garment of this name that goes with the role, else the first."""
    own = {garment for outfit in person.entry.outfits for choice in outfit.wears for garment in choice.any}
    return next((one for one in name.garments if one in own), name.garments[0])
