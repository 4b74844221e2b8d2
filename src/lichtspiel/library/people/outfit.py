"""What a person wears: the role's outfit, or that of people of this sex and age, with what was asked for."""

from __future__ import annotations

from collections.abc import Iterable

from lichtspiel.library import catalogue
from lichtspiel.library.people.draws import Generator, generator, one_of
from lichtspiel.library.records import Outfit, RoleEntry, WearChoice
from lichtspiel.screenplay import Character, Sex, Wear, Weather

ANYONE = "person"
"""Role whose outfits are everyone's."""


def outfit(
    character: Character, role: RoleEntry, sex: Sex, age_years: float, seed: int, weather: Weather, cold: bool
) -> tuple[Wear, ...]:
    """Every garment, from the skin outward; underwear always, socks and shoes unless left out."""
    rng = generator(seed, "wears")
    asked = character.wears
    if not asked:
        asked = tuple(_drawn(_chosen(role, sex, age_years, weather, cold, rng), rng))
    wears = [wear for wear in asked if wear.garment not in character.wears_not]
    under = [Wear(garment="underwear")] if all(wear.garment != "underwear" for wear in wears) else []
    return (*under, *wears)


def _chosen(
    role: RoleEntry, sex: Sex, age_years: float, weather: Weather, cold: bool, rng: Generator
) -> Outfit:
    """An outfit that fits the person and the weather; the role's own before everyone's."""
    outfits = role.outfits or catalogue.roles()[ANYONE].outfits
    cold = cold or weather is Weather.SNOW
    fitting = [
        entry
        for entry in outfits
        if (not entry.sexes or sex.value in entry.sexes)
        and entry.ages[0] <= age_years < entry.ages[1]
        and (not entry.weathers or weather.value in entry.weathers)
        and entry.cold in (None, cold)
    ]
    return one_of(rng, fitting or outfits)


def _drawn(entry: Outfit, rng: Generator) -> Iterable[Wear]:
    for choice in entry.wears:
        if rng.random() < choice.share:
            yield _wear(choice, rng)


def _wear(choice: WearChoice, rng: Generator) -> Wear:
    return Wear(
        garment=one_of(rng, choice.any),
        colour=one_of(rng, choice.colours) if choice.colours else None,
        pattern=one_of(rng, choice.patterns) if choice.patterns else None,
        material=one_of(rng, choice.materials) if choice.materials else None,
    )
