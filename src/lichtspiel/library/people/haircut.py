"""Hair styles and beards that go with a person."""

from __future__ import annotations

from collections.abc import Mapping

from lichtspiel.library import catalogue
from lichtspiel.library.people.draws import Generator, weighted
from lichtspiel.library.records import RoleEntry
from lichtspiel.screenplay import Sex

_TIGHTLY_CURLED = frozenset({"afro", "dreadlocks"})
"""Styles that only hair takes which curls tightly by itself."""
_STRAIGHT = frozenset({"long_straight", "bob", "slick_back", "side_part", "long_wavy", "ponytail"})
"""Styles that such hair seldom takes."""
_BEARD_YEARS, _STUBBLE_YEARS = 20.0, 17.0
_BALD_YEARS = {"balding": 36.0, "bald": 25.0}
_DOWN_YEARS = 1.4
"""Age up to which there is little hair to cut."""


def hair_style(role: RoleEntry, sex: Sex, age_years: float, african: float, rng: Generator) -> str:
    """A style of the role, else one common among people of this sex, age and kind of hair.

    african: share of African features, which tight curls come with.
    """
    styles = catalogue.hair_styles()
    if age_years < _DOWN_YEARS:
        return weighted(rng, {"bald": 1.0, "buzz": 1.0})
    common = {name: style.common.get(sex.value, 0.0) for name, style in styles.items()}
    shares: Mapping[str, float] = {name: share for name, share in role.hair.items() if name in styles}
    # What a role's women wear is not for its men, nor the other way round.
    shares = {name: share for name, share in shares.items() if common[name] > 0} or shares
    fitting = {
        name: share * _kind_of_hair(name, african)
        for name, share in (shares or common).items()
        if (styles[name].ages[0] <= age_years <= styles[name].ages[1] or shares)
        and age_years >= _BALD_YEARS.get(name, 0.0)
        and not (sex is Sex.FEMALE and name in _BALD_YEARS)
    }
    return weighted(rng, fitting) if any(fitting.values()) else "short"


def beard(role: RoleEntry, sex: Sex, age_years: float, rng: Generator) -> str:
    """A beard of the role, else a common one; `none` for women and children."""
    if sex is Sex.FEMALE or age_years < _STUBBLE_YEARS:
        return "none"
    entries = catalogue.beards()
    shares = {name: share for name, share in role.beards.items() if name in entries}
    shares = shares or {name: entry.common for name, entry in entries.items()}
    if age_years < _BEARD_YEARS:
        shares = {name: share for name, share in shares.items() if name in ("none", "stubble")}
    return weighted(rng, shares) if any(shares.values()) else "none"


def _kind_of_hair(style: str, african: float) -> float:
    if style in _TIGHTLY_CURLED:
        return african
    return 1.0 - 0.85 * african if style in _STRAIGHT else 1.0
