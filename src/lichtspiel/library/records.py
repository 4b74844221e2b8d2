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
    pierced_pa: Positive | None = None
    """Pressure with which it resists a point that enters it, on the point's section; None = points do not
    stick in it. Estimates: a straw boss stops an arrow of 40 J within 20 cm, a plank within 2 cm."""
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
        "knit", "ribbed", "twill", "denim", "mail",
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
    held: Literal["side", "rod", "hanging", "palm", "both", "shoulder"] | None = None
    """How a hand holds it at its spot `grip`: clasped from the side as a cup, as a rod that stands up from
    the fist, hanging by a handle, on the flat palm, between both hands, on the shoulder. None = by its size
    and shape."""
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


class Comb(Entry):
    """Which way hair lies on the scalp: away from a crown or a parting, and swept."""

    parting_m: float | None = None
    """How far to the person's left hair is parted; None = it runs out from the crown."""
    parting_length_m: Positive = 0.11
    """From the hairline back."""
    swirl: float = 0.3
    """How far hair turns about the crown."""
    sweep: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Where it is combed besides, against 1 away from the crown: left, back, up."""
    lift: Fraction = 0.35
    """How steeply hair leaves the skin: 0 along it, 1 straight out."""
    hold_m: Positive = 0.06
    """Way along a hair until combing gives in to gravity."""


class Curl(Entry):
    """Waves and curls: a helix about the way a hair takes."""

    radius_m: Annotated[float, Field(ge=0)] = 0.0
    pitch_m: Positive = 0.05
    """Length of one turn along the hair."""
    flat: Fraction = 0.0
    """1 for waves in one plane, 0 for round curls."""
    begins_m: Positive = 0.04
    """Way from the root until it is full."""
    likeness: Fraction = 0.85
    """How much the hairs of a lock turn together."""


class Lock(Entry):
    """How hairs gather."""

    size_m: Positive = 0.008
    """Distance between locks on the scalp."""
    share: Fraction = 0.5
    """How far tips meet."""
    rope_m: Annotated[float, Field(ge=0)] = 0.0
    """Radius of a rope that the hairs of a lock stay in; 0 = tips may meet."""


class Tie(Entry):
    """Where long hair is gathered, and what is made of its end."""

    spots: Annotated[tuple[tuple[float, float, float], ...], Field(min_length=1)]
    """Metres to the left, back and up from between the eyes of an average head."""
    end: Literal["tail", "braid", "bun"]
    width_m: Positive = 0.013
    """Radius of the hair at the tie."""
    forward: bool = False
    """Lies over the shoulder in front."""
    leaves: float = 0.3
    """How far the end stands off the head where it leaves the tie: 0 falls at once, 1 stands out."""


class HairStyleEntry(Entry):
    """A hair style of the head. Lengths are those of grown-ups."""

    id: Identifier
    names: Names
    common: dict[Literal["female", "male"], Fraction] = {}
    """How common it is; absent = not sampled for that sex."""
    ages: tuple[float, float] = (3.0, 120.0)
    top_m: Annotated[float, Field(ge=0)]
    side_m: Annotated[float, Field(ge=0)]
    back_m: Annotated[float, Field(ge=0)]
    front_m: Annotated[float, Field(ge=0)]
    strip_m: Positive | None = None
    """Half width of the strip that `top_m` is left in; beside it everything is `side_m`."""
    comb: Comb = Comb()
    gravity: Fraction = 0.2
    """How much of a hair's bend is gravity's."""
    stiffness: Fraction = 0.6
    volume_m: Annotated[float, Field(ge=0)] = 0.006
    """How far the uppermost hair lies from the skin."""
    guards_face: bool = False
    """Falls beside the face."""
    curl: Curl = Curl()
    lock: Lock = Lock()
    frizz: Fraction = 0.15
    recession: Fraction = 0.0
    crown: Fraction = 0.0
    """How bare the crown is."""
    hairs: Annotated[int, Field(ge=0, le=80000)] = 45000
    tie: Tie | None = None


class BeardEntry(Entry):
    """A beard. Lengths in metres; 0 = shaven there."""

    id: Identifier
    names: Names
    common: Fraction = 0.0
    moustache_m: Annotated[float, Field(ge=0)] = 0.0
    chin_m: Annotated[float, Field(ge=0)] = 0.0
    jaw_m: Annotated[float, Field(ge=0)] = 0.0
    cheek_m: Annotated[float, Field(ge=0)] = 0.0
    sideburn_m: Annotated[float, Field(ge=0)] = 0.0
    neck_m: Annotated[float, Field(ge=0)] = 0.0
    density: Fraction = 1.0
    curl: Curl = Curl()


class TraitEntry(Entry):
    """A trait of face or body that differs from person to person."""

    id: Identifier
    more: tuple[str, ...]
    """Shape targets that express more of it; `l-` targets stand for both sides."""
    less: tuple[str, ...] = ()
    """Targets of less of it; none = people only differ in how much of it they have."""
    spread: Fraction
    """Weight of the targets at one standard deviation; no drawn weight is beyond twice that."""
    usual: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """What everybody has of it, against the base mesh."""
    aged: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """What ninety years add to the weight; half of it at sixty-five."""
    young: Annotated[float, Field(ge=-1, le=1)] = 0.0
    """What the first years add to the weight; it is gone at fifteen."""
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
    """How many wear it; the others wear nothing in its place."""
    like: Identifier | None = None
    """Garment whose colour it takes where that is worn too and it has no colour of its own."""


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
    names: Names = Names()
    female: Names = Names()
    """Names of women alone: waitress, Lehrerin."""
    male: Names = Names()
    """Names of men alone: waiter, Lehrer."""
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
    uniform: bool = False
    """Several of them are dressed alike: a team."""
    kin: Literal["maternal", "paternal", "elder", "child", "young"] | None = None
    """Side of the family that relatives in one film belong to; `young` are its children where one of the
    others is with them."""
    home: Identifier | None = None
    """Place where one finds them when the prompt names none."""


class GarmentPart(Entry):
    """One of the surfaces of a garment."""

    look: Identifier
    colour: Identifier | None = None
    """Colour of the library that it has when nothing else is said; None = the look's own."""
    dyed: bool = True
    """Takes the colour and the material that the wearer's garment is said to have."""


class GarmentEntry(Entry):
    """Something that people wear."""

    id: Identifier
    names: Names
    plurals: Names = Names()
    """Plurals that the rules of the language do not give away."""
    kind: Literal[
        "underwear", "top", "bottom", "whole", "outer", "headwear", "eyewear", "neckwear", "footwear",
        "legwear", "handwear", "wristwear", "bag",
    ]  # fmt: skip
    builder: Annotated[str, StringConstraints(pattern=r"^[a-z_]+:[a-z_]+$")]
    """`module:function` under `lichtspiel.library.people.clothes`."""
    parameters: dict[str, Parameter] = {}
    parts: dict[Identifier, GarmentPart]
    """Surfaces by name; the first is the cloth itself. Builders name the ones they use."""
    layer: Annotated[int, Field(ge=0, le=99)]
    """What is worn over what: higher goes over lower."""
    thickness_m: Positive = 0.0015
    stiffness: Fraction = 0.3
    """Of the parts that hang: from 0 (silk) to 1 (stiff leather)."""
    mass_kg_m2: Positive = 0.2
    wrinkle_m: Annotated[float, Field(ge=0)] = 0.0
    """Depth of the wrinkles of its cloth; tight and padded clothes have none."""
    wrinkle_width_m: Positive = 0.045
    sole: Identifier | None = None
    """Physical material that meets the ground, of footwear."""
    hides_hair: bool = False
    on_bare_skin: bool = False
    """No underwear is worn below it."""
    goes_with: tuple[WearChoice, ...] = ()
    """What is worn with it where nothing else is asked for."""
    source: str = ""
