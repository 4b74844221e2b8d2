"""Schemas of the library's YAML entries. Every entry is checked when the library is read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Fraction = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0)]
Rgb = tuple[Fraction, Fraction, Fraction]
Parameter = float | str | tuple[float, ...]


class Entry(BaseModel):
    """Base of all entries: a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(Entry):
    """What people call it. Singular nouns or adjectives in lower case, German nouns too."""

    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()


class MaterialEntry(Entry):
    """A physical material.

    Elastic constants drive the sound's pitch and decay, density the mass. `restitution` and
    `friction` are those of the material against itself; pairs that differ have entries in
    `pairs.yaml`.
    """

    id: Identifier
    names: Names = Names()
    density: Positive
    """kg/m³."""
    youngs_modulus: Positive
    """Pa."""
    poisson_ratio: Annotated[float, Field(ge=0, lt=0.5)]
    loss_factor: Positive
    """η: share of vibration energy lost per radian; RT60 = 2.2 / (f·η)."""
    hardness: Fraction
    """0 soft as foam … 1 hard as steel: sharpness of the attack."""
    roughness_m: Positive
    """RMS height of the surface, for scraping and rolling."""
    friction: Annotated[float, Field(ge=0, le=2)]
    restitution: Fraction
    rolling_m: Annotated[float, Field(ge=0)] = 0.0002
    """Coefficient of rolling friction, metres."""
    look: Identifier | None = None
    """Look of things made of it when nothing else is said."""
    source: str = ""


class PairEntry(Entry):
    """Friction and restitution of two materials against each other."""

    first: Identifier
    second: Identifier
    friction: Annotated[float, Field(ge=0, le=2)] | None = None
    restitution: Fraction | None = None
    rolling_m: Annotated[float, Field(ge=0)] | None = None
    source: str = ""


class Texture(Entry):
    """A procedural pattern of the picture room, in metres of the surface."""

    kind: Literal[
        "plain", "noise", "speckled", "wood", "planks", "parquet", "concrete", "asphalt", "tiles",
        "bricks", "marble", "granite", "grass", "sand", "regolith", "gravel", "weave", "felt",
        "pebbled", "brushed", "scratched", "cardboard", "foliage", "bark", "plaster", "water",
    ] = "plain"  # fmt: skip
    size_m: Positive = 0.1
    """Edge of a tile, width of a plank, grain of a noise."""
    second_colour: Rgb | None = None
    """Joints of tiles and bricks, dark grain of wood, veins of marble."""
    contrast: Fraction = 0.3
    bump_m: Annotated[float, Field(ge=0)] = 0.0
    """Height of the relief."""


class LookEntry(Entry):
    """How a surface looks: parameters of the principled surface and its pattern."""

    id: Identifier
    colour: Rgb
    """Linear RGB."""
    roughness: Fraction = 0.5
    metallic: Fraction = 0.0
    ior: Positive = 1.5
    transmission: Fraction = 0.0
    coat: Fraction = 0.0
    coat_roughness: Fraction = 0.1
    sheen: Fraction = 0.0
    subsurface: Fraction = 0.0
    subsurface_m: Positive = 0.001
    alpha: Fraction = 1.0
    translucency: Fraction = 0.0
    """Share of light that thin leaves, paper and cloth let through."""
    emission_w: Annotated[float, Field(ge=0)] = 0.0
    """Radiance of a surface that glows, W/(m²·sr)."""
    texture: Texture = Texture()


class ColourEntry(Entry):
    id: Identifier
    names: Names
    rgb: Rgb
    """Linear RGB of a matt paint of this colour."""


class ThingEntry(Entry):
    """A thing that can be a prop."""

    id: Identifier
    names: Names
    builder: Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[a-z_]+$")]
    """`module:function` under `lichtspiel.library.things`."""
    parameters: dict[str, Parameter] = {}
    material: Identifier
    """Usual material of its body, replaced when the prompt names another."""
    materials: tuple[Identifier, ...] = ()
    """Other materials it may be made of; empty = any."""
    tags: tuple[str, ...] = ()
    """Kinds it belongs to: ball, container, support, suspended, fragile…"""
    home: Identifier | None = None
    """Place to put it when the prompt names none."""
    supports: tuple[Identifier, ...] = ()
    """Things it usually stands on or works with: [table], [basketball_hoop]."""
    source: str = ""
    """Where the measures come from."""
    licence: str = "GPL-3.0-or-later"
    credit: str = "Lichtspiel"


class PlaceEntry(Entry):
    """A place for a film to play in."""

    id: Identifier
    names: Names
    builder: Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[a-z_]+$")]
    """`module:function` under `lichtspiel.library.places`."""
    parameters: dict[str, Parameter] = {}
    indoors: bool
    gravity: Literal["earth", "moon", "mars", "free_fall"] = "earth"
    furnishes: tuple[Identifier, ...] = ()
    """Things that its main ground already is: the table of a dining room."""
    source: str = ""
    licence: str = "GPL-3.0-or-later"
    credit: str = "Lichtspiel"


class SkinToneEntry(Entry):
    """A tone of skin, from fair to dark."""

    id: Identifier
    names: Names = Names()
    rgb: Rgb
    """Linear RGB of the cheek in even light."""
    families: dict[Literal["african", "asian", "european"], Fraction] = {}
    """How common the tone is among faces of a family; absent = not found there."""
    source: str = ""


class EyeColourEntry(Entry):
    """A colour of the iris."""

    id: Identifier
    names: Names = Names()
    rgb: Rgb
    """Linear RGB of the middle of the iris."""
    rim_rgb: Rgb
    """Of its outer rim, and of what surrounds the pupil in hazel eyes."""
    tones: dict[Identifier, Fraction] = {}
    """How common it is with each skin tone; absent = not found there."""
    families: dict[Literal["african", "asian", "european"], Fraction] = {}
    """How much of that commonness holds for a family of features; absent = all."""
    source: str = ""


class HairColourEntry(Entry):
    """A colour that hair grows in. Any other colour of the library is a dye."""

    id: Identifier
    names: Names = Names()
    rgb: Rgb
    """Linear RGB of the lit hair."""
    tones: dict[Identifier, Fraction] = {}
    """How common it is with each skin tone; absent = not found there, or only with age."""
    families: dict[Literal["african", "asian", "european"], Fraction] = {}
    """How much of that commonness holds for a family of features; absent = all."""
    source: str = ""


class TraitEntry(Entry):
    """A trait of face or body that differs from person to person."""

    id: Identifier
    more: tuple[str, ...]
    """Shape targets that express more of it; `l-` targets stand for both sides."""
    less: tuple[str, ...] = ()
    """Targets of less of it; none = people only differ in how much of it they have."""
    spread: Fraction
    """Weight of the targets at one standard deviation; no drawn weight is beyond twice that."""
    aged: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """What ninety years add to the weight; half of it at sixty-five."""
    sexes: dict[Literal["female", "male"], float] = {}
    """What the sex adds to the weight."""
    asymmetry: Fraction = 0.12
    """How far left and right differ, as a share of `spread`."""


class ExpressionEntry(Entry):
    """What a face does to show something."""

    id: Identifier
    weights: dict[str, Fraction]
    """Weights of ARKit's face shapes; a name without a side stands for left and right."""


class WearChoice(Entry):
    """One place in an outfit."""

    any: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Garments, one of which is worn."""
    colours: tuple[Identifier, ...] = ()
    """Colours to choose from; empty = the garment's own."""
    patterns: tuple[Literal["plain", "stripes", "checks", "dots", "floral", "camouflage"], ...] = ()
    materials: tuple[Identifier, ...] = ()
    share: Fraction = 1.0
    """How many wear it."""


class Outfit(Entry):
    """What people wear together, from the skin outward, without underwear and socks."""

    wears: tuple[WearChoice, ...]
    sexes: tuple[Literal["female", "male"], ...] = ()
    """Who wears it; empty = all."""
    ages: tuple[float, float] = (0.0, 120.0)
    weathers: tuple[Literal["clear", "cloudy", "overcast", "fog", "rain", "snow"], ...] = ()
    """When it is worn; empty = always."""
    cold: bool | None = None
    """Only in the cold, or only where it is warm."""
    share: Positive = 1.0


class RoleEntry(Entry):
    """What a person can be: a trade, a relative, an age."""

    id: Identifier
    names: Names
    plurals: Names = Names()
    """Plurals that the rules of the language do not give away."""
    sex: Literal["female", "male"] | None = None
    ages: tuple[float, float] = (22.0, 62.0)
    """Youngest and oldest in years."""
    build: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """What the role adds to the build."""
    muscle: Annotated[float, Field(ge=-1, le=1)] = 0.0
    hair: dict[Identifier, Positive] = {}
    """Shares of hair styles; empty = what sex and age suggest."""
    beards: dict[Identifier, Positive] = {}
    outfits: tuple[Outfit, ...] = ()
    """Empty = what people of this sex and age wear."""
    home: Identifier | None = None
    """Place where one finds them when the prompt names none."""
