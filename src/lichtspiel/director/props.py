"""Props while the prompt is read, and what adjectives and numbers say about them."""

from __future__ import annotations

from dataclasses import dataclass, field

from lichtspiel.director.frames import NounPhrase
from lichtspiel.director.ledger import Ledger
from lichtspiel.director.lexicon import Arrangement, Formation, Number, Side, SideName, Size
from lichtspiel.director.measures import usual_length
from lichtspiel.director.senses import ColourName, Item, MaterialName, Measure, Sense, Word
from lichtspiel.director.vocabulary import Vocabulary
from lichtspiel.screenplay import Placement, Prop

MAX_COUNT = 200
PLURAL_COUNT = 3
"""Of a bare plural: `balls fall`."""
_FORMATION_COUNTS: dict[Arrangement, int] = {"stack": 6, "row": 6, "circle": 6, "pyramid": 10}
"""Of a formation without a number: `a stack of crates`."""
_SCALE_LIMITS = (0.1, 10.0)


@dataclass
class DraftProp:
    """A prop while the prompt is read."""

    id: str
    thing: str
    count: int = 1
    colour: str | None = None
    material: str | None = None
    scale: float = 1.0
    measured: bool = False
    """The prompt gives a length of it."""
    varied_size: bool = False
    arrangement: Arrangement | None = None
    placement: Placement | None = None
    sides: list[tuple[Item, SideName]] = field(default_factory=list)
    """Where in the picture the prompt says it stands."""
    mentioned: bool = True
    """False: the director added it."""

    def built(self, height_m: float | None = None) -> Prop:
        """The finished prop; height_m: at which it starts, where the prompt says so."""
        placement = self.placement or Placement()
        return Prop(
            id=self.id,
            thing=self.thing,
            count=self.count,
            colour=self.colour,
            material=self.material,
            scale=self.scale,
            varied_size=self.varied_size,
            arrangement=self.arrangement,
            placement=placement if height_m is None else placement.model_copy(update={"height_m": height_m}),
        )


def describe(prop: DraftProp, phrase: NounPhrase, plural: bool, words: Vocabulary, ledger: Ledger) -> None:
    """Take everything that the noun phrase says about the prop, but for places."""
    counted = False
    formed = any(isinstance(sense, Formation) for _, sense in phrase.modifiers)
    for item, sense in (*phrase.modifiers, *_made_of(prop, phrase, words, ledger)):
        if isinstance(sense, Number) and not counted:
            counted = True
            _count(prop, item, sense, ledger)
        elif isinstance(sense, Measure) and formed:
            ledger.refuse(item, "how large a formation is follows from its things")
        elif item is not phrase.head or isinstance(sense, (ColourName, MaterialName)):
            describe_with(prop, item, sense, words, ledger)
    if not counted and phrase.head:
        _usual_count(prop, plural, words, ledger)


def describe_with(prop: DraftProp, item: Item, sense: Sense, words: Vocabulary, ledger: Ledger) -> None:
    """Take one adjective."""
    slot = f"props.{prop.id}"
    match sense:
        case ColourName():
            _colour(prop, item, sense, ledger)
        case MaterialName():
            _material(prop, item, sense, words, ledger)
        case Measure():
            _measured(prop, item, sense, words, ledger)
        case Side():
            prop.sides.append((item, sense.side))
        case Size() if prop.measured:
            ledger.realise(item, f"{slot}.scale", "its size is given")
        case Size():
            low, high = _SCALE_LIMITS
            prop.scale = min(max(round(prop.scale * sense.scale, 3), low), high)
            ledger.realise(item, f"{slot}.scale")
        case Formation():
            prop.arrangement = sense.arrangement
            ledger.realise(item, f"{slot}.arrangement")
        case Word(kind="varied"):
            prop.varied_size = True
            ledger.realise(item, f"{slot}.varied_size")
        case Word():
            ledger.realise(item, f"{slot}.count", "all of them")
        case _:
            ledger.refuse(item, "not understood here")


def _made_of(
    prop: DraftProp, phrase: NounPhrase, words: Vocabulary, ledger: Ledger
) -> list[tuple[Item, Sense]]:
    """Materials behind a bare `of`, unless they are what a container holds."""
    if "container" not in words.library.things[prop.thing].tags:
        return phrase.contents
    for item, _ in phrase.contents:
        ledger.refuse(item, "containers are empty: what they hold is not simulated yet")
    return []


def _measured(prop: DraftProp, item: Item, sense: Measure, words: Vocabulary, ledger: Ledger) -> None:
    usual = usual_length(words.library.things[prop.thing], sense.dimension)
    low, high = _SCALE_LIMITS
    if prop.measured:
        ledger.refuse(item, "things keep their shape: one length of a thing can be chosen")
    elif not low <= sense.metres / usual <= high:
        ledger.refuse(item, f"the library's {prop.thing} can be {low * usual:.3g} to {high * usual:.3g} m")
    else:
        prop.measured, prop.scale = True, round(sense.metres / usual, 4)
        ledger.realise(item, f"props.{prop.id}.scale", f"{sense.metres:g} m")


def _count(prop: DraftProp, item: Item, sense: Number, ledger: Ledger) -> None:
    if not 1 <= sense.value <= MAX_COUNT:
        ledger.refuse(item, f"between 1 and {MAX_COUNT} of a thing can be shown")
        return
    prop.count = sense.value
    ledger.realise(item, f"props.{prop.id}.count", str(sense.value) if sense.about else "")


def _colour(prop: DraftProp, item: Item, sense: ColourName, ledger: Ledger) -> None:
    if prop.colour:
        ledger.refuse(item, "a thing has one colour of its own")
        return
    prop.colour = sense.id
    ledger.realise(item, f"props.{prop.id}.colour")


def _material(prop: DraftProp, item: Item, sense: MaterialName, words: Vocabulary, ledger: Ledger) -> None:
    entry = words.library.things[prop.thing]
    slot = f"props.{prop.id}.material"
    if sense.id == entry.material:
        ledger.realise(item, slot, "what it is made of anyway")
    elif entry.materials and sense.id not in entry.materials:
        ledger.refuse(item, f"the library's {prop.thing} is not made of {sense.id}")
    elif prop.material:
        ledger.refuse(item, "a thing is made of one material")
    else:
        prop.material = sense.id
        ledger.realise(item, slot)


def _usual_count(prop: DraftProp, plural: bool, words: Vocabulary, ledger: Ledger) -> None:
    if not plural and prop.arrangement is None:
        return
    habit = next((h.count for h in words.lexicon.habits if h.thing == prop.thing and h.count), None)
    formed = _FORMATION_COUNTS.get(prop.arrangement) if prop.arrangement else None
    prop.count = habit or formed or PLURAL_COUNT
    ledger.fill("count", f"props.{prop.id}.count", f"{prop.count}: the prompt gives no number")
