"""A person in numbers: a character of the screenplay with nothing left open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.screenplay import Expression, Sex, Wear

Family = Literal["african", "asian", "european"]


@dataclass(frozen=True)
class Person:
    """Everything about a body and its looks. The same person is the same body, bit by bit."""

    sex: Sex
    age_years: float
    height_m: float
    build: float
    """From thin (-1) to heavy (1); 0 is average."""
    muscle: float
    """From slight (-1) to athletic (1)."""
    features: tuple[float, float, float]
    """Shares of African, Asian and European face shapes; they sum to one."""
    traits: tuple[tuple[str, float], ...]
    """Weights (0..1) of shape targets by name that make this face and body its own."""
    skin: str
    """Skin tone of the library."""
    eyes: str
    """Eye colour of the library."""
    hair_style: str
    hair_colour: str
    beard: str
    """`none` for a shaven face."""
    wears: tuple[Wear, ...]
    """Every garment, from the skin outward."""
    expression: Expression = Expression.NEUTRAL
    face_texture: str | None = None
    grey: float = 0.0
    """Share of grey hairs (0..1) among those of the colour."""
    seed: int = field(default=0)
    """For what is drawn when the body is built: freckles, strands, folds."""

    @property
    def left_handed(self) -> bool:
        """One in ten is (Papadatou-Pastou et al., 2020: 10.6 %)."""
        return self.seed % 10 == 0
