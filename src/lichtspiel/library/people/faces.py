"""Traits that make a face and a body its own, as weights of shape targets."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.people.draws import generator
from lichtspiel.library.people.kinship import Kin
from lichtspiel.library.records import TraitEntry
from lichtspiel.screenplay import Sex

_GROWN_YEARS = 16.0
_CHILDISH = 0.5
"""How much of the spread small children show: their faces differ less."""
_OLD_FROM, _OLD_AT = 40.0, 90.0
_YOUNG_AT, _YOUNG_TO = 3.0, 15.0


def drawn(
    asked: Mapping[str, float], sex: Sex, age_years: float, seed: int, kin: Kin | None = None
) -> dict[str, float]:
    """Every trait's weight, -1..1; what was asked for stands as it is, and relatives are alike."""
    grown = np.interp(age_years, (1.0, _GROWN_YEARS), (_CHILDISH, 1.0))
    old = float(np.clip((age_years - _OLD_FROM) / (_OLD_AT - _OLD_FROM), 0, 1))
    young = float(np.clip((_YOUNG_TO - age_years) / (_YOUNG_TO - _YOUNG_AT), 0, 1))
    weights: dict[str, float] = {}
    for name, trait in catalogue.traits().items():
        deviations = float(generator(seed, f"trait {name}").standard_normal())
        if kin is not None:
            deviations = kin.deviation(deviations, f"trait {name}")
        deviations = float(np.clip(deviations, -2, 2))
        usual = trait.usual + trait.aged * old + trait.young * young
        usual += trait.sexes.get(sex.value, 0.0) * grown
        weights[name] = round(float(np.clip(usual + grown * trait.spread * deviations, -1, 1)), 4)
    return weights | {name: float(weight) for name, weight in asked.items() if name in weights}


def targets(weights: Mapping[str, float], seed: int) -> tuple[tuple[str, float], ...]:
    """Weights of the shape targets that express these traits, left and right a little apart."""
    entries = catalogue.traits()
    found: dict[str, float] = {}
    for name, weight in weights.items():
        for target, share in _sides(entries[name], name, weight, seed):
            found[target] = found.get(target, 0.0) + share
    return tuple((target, round(min(share, 1.0), 4)) for target, share in found.items() if share > 0.003)


def _sides(trait: TraitEntry, name: str, weight: float, seed: int) -> list[tuple[str, float]]:
    lean = generator(seed, f"lean {name}").normal(0, trait.asymmetry * trait.spread)
    pairs: list[tuple[str, float]] = []
    for sign, targets_of in ((1, trait.more), (-1, trait.less)):
        for target in targets_of:
            folder, part = target.split("/", 1)
            if part.startswith("l-"):
                pairs.append((target, sign * weight + sign * lean / 2))
                pairs.append((f"{folder}/r-{part.removeprefix('l-')}", sign * weight - sign * lean / 2))
            else:
                pairs.append((target, sign * weight))
    return [(target, share) for target, share in pairs if share > 0]
