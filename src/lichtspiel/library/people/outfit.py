"""What a person wears: the role's outfit, or that of people of this sex and age, with what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lichtspiel.library import catalogue
from lichtspiel.library.people.draws import Generator, one_of, weighted
from lichtspiel.library.records import Outfit, RoleEntry, WearChoice
from lichtspiel.screenplay import Character, Sex, Wear, Weather

ANYONE = "person"
"""Role whose outfits are everyone's."""
_COVERS = {
    "whole": {"whole", "top", "bottom"},
    "top": {"whole", "top"},
    "bottom": {"whole", "bottom"},
    "footwear": {"footwear", "legwear"},
}
"""Kinds of garments whose place a garment takes; any other kind takes its own."""
_BARE_IN = frozenset({"sandals", "high_heels"})
"""Footwear without socks."""
_ONLY_ALONE = frozenset({"headwear", "eyewear", "neckwear", "handwear", "bag", "outer", "over"})
"""What nobody adds to clothes that were asked for, unless the role goes with it."""
_OVER = frozenset({"cardigan", "waistcoat", "vest"})
_GROWN_YEARS = 18.0
_FLAT = {"high_heels": "leather_shoes"}
"""What all but grown women are drawn in, instead of some garments."""
_SOCKS = ("white", "grey", "black", "navy")
_PALE_SOCKS = ("white", "light_grey")
_BARE_LEGGED = frozenset({"dress", "flapper_dress", "skirt", "shorts", "sports_shorts"})
"""With these one sees socks: pale ones in sneakers, none in leather shoes."""
_DARK_SOCKS = ("black", "navy", "dark_grey")
_WITH_DARK_SOCKS = frozenset({"leather_shoes", "boots", "rubber_boots"})


def outfit(
    character: Character,
    role: RoleEntry,
    sex: Sex,
    age_years: float,
    weather: Weather,
    cold: bool,
    rng: Generator,
) -> tuple[Wear, ...]:
    """Every garment, from the skin outward; underwear with what needs it, shoes and socks unless left
    out."""
    cold = cold or weather is Weather.SNOW
    chosen = _chosen(role.outfits, sex, age_years, weather, cold, rng)
    company = [_warm(choice) if cold else choice for choice in _company(character.wears, role)]
    grown_woman = sex is Sex.FEMALE and age_years >= _GROWN_YEARS
    drawn = list(_drawn(chosen.wears, grown_woman, rng))
    beside = list(_drawn(company, grown_woman, rng))
    places = {_kind(Wear(garment=choice.any[0])) for choice in company}
    drawn = [*_besides(drawn, places), *beside]
    wears = _completed(character.wears, drawn, bool(role.outfits) or cold, beside)
    wears = _matched(wears, [*chosen.wears, *company], character.wears)
    unwanted = set(character.wears_not)
    wears = [wear for wear in wears if not {wear.garment, _kind(wear)} & unwanted]
    wears += _decent(wears, sex, age_years)
    wears += _socks(wears, age_years, rng)
    entries = catalogue.garments()
    return tuple(sorted(wears, key=lambda w: entries[w.garment].layer if w.garment in entries else 50))


def _kind(wear: Wear) -> str:
    """Kind of a garment; what is open in front or without sleeves counts as worn over a top."""
    if wear.garment in _OVER:
        return "over"
    entry = catalogue.garments().get(wear.garment)
    return entry.kind if entry else ""


def _company(asked: Sequence[Wear], role: RoleEntry) -> list[WearChoice]:
    """What goes with garments that were asked for and are no part of the role's own outfits."""
    own = {garment for entry in role.outfits for choice in entry.wears for garment in choice.any}
    known = catalogue.garments()
    return [
        choice
        for wear in asked
        if wear.garment in known and wear.garment not in own
        for choice in known[wear.garment].goes_with
    ]


def _warm(choice: WearChoice) -> WearChoice:
    """The same without what leaves feet bare, where there is anything else."""
    closed = tuple(garment for garment in choice.any if garment not in _BARE_IN)
    return choice.model_copy(update={"any": closed or choice.any})


def _besides(wears: Iterable[Wear], kinds: Iterable[str]) -> list[Wear]:
    """What is left of an outfit when other garments of these kinds are worn."""
    taken = {covered for kind in kinds for covered in _COVERS.get(kind, {kind})}
    return [wear for wear in wears if _kind(wear) not in taken]


def _completed(
    asked: Sequence[Wear], drawn: Sequence[Wear], telling: bool, beside: Sequence[Wear]
) -> list[Wear]:
    """What was asked for, and of the drawn outfit what goes with it.

    telling: the drawn outfit belongs to the role or the weather, so that its hats and coats stay.
    beside: what of it goes with the garments that were asked for.
    """
    if not asked:
        return list(drawn)
    taken: set[str] = set()
    for wear in asked:
        taken |= _COVERS.get(_kind(wear), {_kind(wear)})
    clothed = bool({"top", "bottom", "whole", "outer"} & taken)
    known = catalogue.garments()
    suit = max((known[wear.garment].layer for wear in asked if _kind(wear) == "whole"), default=0)
    # A coat goes over a dress, but not under a spacesuit.
    kept = [
        wear
        for wear in drawn
        if _kind(wear) not in taken and not (_kind(wear) == "outer" and known[wear.garment].layer < suit)
    ]
    if clothed and not telling:
        kept = [wear for wear in kept if wear in beside or _kind(wear) not in _ONLY_ALONE]
    return [*kept, *asked]


def _matched(wears: Sequence[Wear], choices: Sequence[WearChoice], asked: Sequence[Wear]) -> list[Wear]:
    """The same garments, some in the colour of others that they go with."""
    colours = {wear.garment: wear.colour or _usual_colour(wear.garment) for wear in wears}
    like = {garment: choice.like for choice in choices for garment in choice.any if choice.like in colours}
    return [
        wear.model_copy(update={"colour": colours[like[wear.garment]]})
        if wear.garment in like and wear not in asked
        else wear
        for wear in wears
    ]


def _usual_colour(garment: str) -> str | None:
    entry = catalogue.garments().get(garment)
    return next(iter(entry.parts.values())).colour if entry else None


def _decent(wears: Sequence[Wear], sex: Sex, age_years: float) -> list[Wear]:
    """What nobody goes without: underwear, something below the waist, and above it too.

    Only grown men may bathe in trunks alone.
    """
    worn, known = {_kind(wear) for wear in wears}, catalogue.garments()
    bare = any(wear.garment in known and known[wear.garment].on_bare_skin for wear in wears)
    added = [] if bare or "underwear" in worn else [Wear(garment="underwear")]
    if not {"bottom", "whole"} & worn:
        added.append(Wear(garment="trousers"))
    bathes = sex is Sex.MALE and age_years >= _GROWN_YEARS
    trunks = bathes and any(wear.garment == "swim_trunks" for wear in wears)
    if not {"top", "whole"} & worn and not trunks:
        added.append(Wear(garment="t_shirt"))
    return added


def _socks(wears: Sequence[Wear], age_years: float, rng: Generator) -> list[Wear]:
    shoes = [wear.garment for wear in wears if _kind(wear) == "footwear"]
    legs = any(_kind(wear) == "legwear" for wear in wears)
    if "socks" not in catalogue.garments() or legs or not shoes or _BARE_IN & set(shoes):
        return []
    worn = {wear.garment for wear in wears}
    if _BARE_LEGGED & worn and _WITH_DARK_SOCKS & worn:
        return []
    dark = age_years >= _GROWN_YEARS and _WITH_DARK_SOCKS & worn
    colours = _PALE_SOCKS if _BARE_LEGGED & worn else _DARK_SOCKS if dark else _SOCKS
    return [Wear(garment="socks", colour=one_of(rng, colours))]


def _chosen(
    outfits: Sequence[Outfit], sex: Sex, age_years: float, weather: Weather, cold: bool, rng: Generator
) -> Outfit:
    """An outfit that fits the person and the weather; the role's own before everyone's."""
    outfits = outfits or catalogue.roles()[ANYONE].outfits
    fitting = [
        entry
        for entry in outfits
        if (not entry.sexes or sex.value in entry.sexes)
        and entry.ages[0] <= age_years < entry.ages[1]
        and (not entry.weathers or weather.value in entry.weathers)
        and entry.cold in (None, cold)
    ]
    special = [entry for entry in fitting if entry.weathers]
    shares = {index: entry.share for index, entry in enumerate(special or fitting or outfits)}
    return (special or fitting or outfits)[weighted(rng, shares)]


def _drawn(choices: Iterable[WearChoice], grown_woman: bool, rng: Generator) -> Iterable[Wear]:
    known = catalogue.garments()
    for choice in choices:
        garments = [g if grown_woman else _FLAT.get(g, g) for g in choice.any if g in known]
        worn = rng.random() < choice.share
        if garments and worn:
            yield _wear(garments, choice, rng)


def _wear(garments: Sequence[str], choice: WearChoice, rng: Generator) -> Wear:
    return Wear(
        garment=one_of(rng, garments),
        colour=one_of(rng, choice.colours) if choice.colours else None,
        pattern=one_of(rng, choice.patterns) if choice.patterns else None,
        material=one_of(rng, choice.materials) if choice.materials else None,
    )
