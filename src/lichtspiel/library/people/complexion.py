"""Colours of a person that go together: face family, skin, eyes and hair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.people.draws import Generator, generator, weighted
from lichtspiel.library.records import EyeColourEntry, HairColourEntry, SkinToneEntry

Shares = tuple[float, float, float]
Family = Literal["african", "asian", "european"]
FAMILIES: tuple[Family, ...] = ("african", "asian", "european")

_MIXED = 0.22
"""Share of people whose face mixes families evenly; everyone's mixes a little."""
_LARGEST_MINOR = 0.16
_GREY_STARTS, _GREY_WHOLE = 42.0, 68.0
"""Years between which a head of hair turns grey, at the median."""
_WHITE_YEARS = 76.0


def features(wanted: Family | Literal["mixed"] | None, skin: str | None, seed: int) -> Shares:
    """Shares of African, Asian and European face shapes; they sum to one.

    A family that was not asked for is drawn so that the skin that was asked for is found in it.
    """
    rng = generator(seed, "features")
    tone = catalogue.skin_tones().get(skin or "")
    common = {name: tone.families.get(name, 0.0) if tone else 1.0 for name in FAMILIES}
    drawn = weighted(rng, common)
    first = drawn if wanted is None or wanted == "mixed" else wanted
    second = FAMILIES[(FAMILIES.index(first) + int(rng.integers(1, 3))) % len(FAMILIES)]
    mixed = wanted == "mixed" or (wanted is None and rng.random() < _MIXED)
    minor = rng.uniform(0.35, 0.5) if mixed else rng.uniform(0, _LARGEST_MINOR)
    shares = {first: 1 - minor, second: minor}
    return tuple(round(float(shares.get(name, 0.0)), 4) for name in FAMILIES)  # type: ignore[return-value]


def skin(shares: Shares, seed: int) -> str:
    """A tone found among faces of these families."""
    rng = generator(seed, "skin")
    tones = catalogue.skin_tones()
    return weighted(rng, {name: _common(tone, shares) for name, tone in tones.items()})


def eyes(skin: str, shares: Shares, seed: int) -> str:
    """A colour of the iris found with this tone of skin and these features."""
    return _grown(catalogue.eye_colours(), skin, shares, generator(seed, "eyes"))


def hair(skin: str, shares: Shares, age_years: float, seed: int) -> str:
    """A hair colour found with this tone of skin and these features, greyed by age."""
    rng = generator(seed, "hair colour")
    grown = _grown(catalogue.hair_colours(), skin, shares, rng)
    early = rng.normal(0, 6)
    if age_years > _WHITE_YEARS + early:
        return "white"
    if age_years > rng.uniform(_GREY_STARTS, _GREY_WHOLE) + early / 2:
        return "grey"
    return grown


def _common(tone: SkinToneEntry, shares: Shares) -> float:
    return sum(share * tone.families.get(name, 0.0) for name, share in zip(FAMILIES, shares, strict=True))


def _grown(
    colours: Mapping[str, EyeColourEntry] | Mapping[str, HairColourEntry],
    skin: str,
    shares: Shares,
    rng: Generator,
) -> str:
    common = {
        name: colour.tones.get(skin, 0.0)
        * sum(share * colour.families.get(name, 1.0) for name, share in zip(FAMILIES, shares, strict=True))
        for name, colour in colours.items()
    }
    if not any(common.values()):  # a tone of skin that people do not grow: all colours alike
        common = dict.fromkeys(colours, 1.0)
    return weighted(rng, common)


def grey_share(age_years: float, seed: int) -> float:
    """Share of grey hairs among the others (0..1) of a head that is not grey as a whole."""
    early = generator(seed, "greying").normal(0, 6)
    return float(np.clip((age_years + early - 40) / 45, 0, 0.5))
