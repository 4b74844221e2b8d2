"""Clothes that are worn together go together."""

from __future__ import annotations

from lichtspiel.library import catalogue
from lichtspiel.library.people.population import complete
from lichtspiel.screenplay import Character, Wear, Weather


def _worn(role: str, *garments: Wear, age_years: float | None = None) -> list[dict[str, str | None]]:
    """What eight people wear who were asked to wear this."""
    return [
        {
            wear.garment: wear.colour
            for wear in complete(
                Character(id="a", role=role, seed=seed, wears=garments, age_years=age_years),
                1,
                0,
                Weather.CLEAR,
            ).wears
        }
        for seed in range(8)
    ]


def test_shoes_go_with_the_clothes_that_were_asked_for() -> None:
    for worn in _worn("woman", Wear(garment="evening_dress", colour="red")):
        assert "high_heels" in worn
        assert "sneakers" not in worn
    for worn in _worn("girl", Wear(garment="evening_dress"), age_years=7):
        assert "leather_shoes" in worn
    for worn in _worn("man", Wear(garment="suit_jacket", colour="navy")):
        assert {"dress_shirt", "tie", "leather_shoes"} <= set(worn)
        assert worn["suit_trousers"] == "navy"
        assert worn["socks"] != "white"
    for worn in _worn("man", Wear(garment="wetsuit")):
        assert set(worn) == {"underwear", "wetsuit"}
    for worn in _worn("woman", Wear(garment="swimsuit")):
        assert "underwear" not in worn
    for worn in _worn("scientist", Wear(garment="spacesuit")):
        assert {"boots", "gloves"} <= set(worn)
        assert "lab_coat" not in worn


def test_nobody_goes_through_the_snow_in_sandals() -> None:
    def shoes(weather: Weather) -> set[str]:
        asked = (Wear(garment="dress"),)
        who = [complete(Character(id="x", seed=seed, wears=asked), 0, 0, weather) for seed in range(20)]
        return {wear.garment for person in who for wear in person.wears}

    assert "sandals" in shoes(Weather.CLEAR)
    assert not shoes(Weather.SNOW) & {"sandals", "high_heels"}


def test_what_belongs_together_has_one_colour() -> None:
    fishermen = _worn("fisherman", Wear(garment="rain_jacket", colour="yellow"))
    hats = {worn["sou_wester"] for worn in fishermen if "sou_wester" in worn}
    assert hats == {"yellow"}
    for worn in _worn("football_player", Wear(garment="jersey", colour="blue")):
        assert "football_boots" in worn
        assert worn["socks"] == "blue"


def test_tunic_and_trousers_of_who_works_in_hospitals_are_of_one_colour() -> None:
    for worn in [*_worn("nurse"), *_worn("woman", Wear(garment="scrubs", colour="light_blue"))]:
        assert worn["scrubs_trousers"] == worn["scrubs"] is not None


def test_company_is_known() -> None:
    garments, colours = catalogue.garments(), set(catalogue.colours())
    for entry in garments.values():
        for choice in entry.goes_with:
            assert set(choice.any) <= set(garments), entry.id
            assert set(choice.colours) <= colours, entry.id
            assert choice.like is None or choice.like in garments, entry.id


def test_nobody_wears_dark_socks_below_bare_legs() -> None:
    for shoes in ("leather_shoes", "sneakers", "sandals"):
        for worn in _worn("woman", Wear(garment="dress"), Wear(garment=shoes), age_years=30):
            assert worn.get("socks") in (None, "white", "light_grey")
            assert shoes == "sneakers" or "socks" not in worn
