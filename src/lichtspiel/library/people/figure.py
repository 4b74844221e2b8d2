"""What a dressed person is made of: skinned meshes, hair and garments, at rest, in metres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lichtspiel.library.asset import Array, IntArray, Mesh, Surface, Vec3
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Skin


@dataclass(frozen=True, eq=False)
class Hang:
    """The part of a garment that hangs free and is simulated: skirt, coat tail, cape, scarf.

    pinned: (V,) from 1 where the garment follows its bones to 0 where it hangs free.
    """

    pinned: Array
    mass_kg_m2: float = 0.2
    bending: float = 0.3
    """Resistance against folds, from 0 (silk) to 1 (stiff leather)."""


@dataclass(frozen=True, eq=False)
class Garment:
    """One piece of clothing on a body at rest."""

    garment: str
    """Id of the library."""
    mesh: Mesh
    surfaces: tuple[Surface, ...]
    skin: Skin
    """Bones that carry each vertex of `mesh`."""
    thickness_m: float
    hides: IntArray
    """Faces of the basis that lie under it and are not shown, so that no skin pokes through."""
    presses: Array | None = None
    """(V,) metres that it presses the skin of the basis' vertices in; None presses none."""
    hang: Hang | None = None
    sole: str | None = None
    """Physical material that meets the ground, of footwear."""
    hides_hair: bool = False
    """The head's hair does not fit under it (helmets, hoods)."""


@dataclass(frozen=True, eq=False)
class Strands:
    """Hairs as curves, in the figure's frame at rest.

    points: (N, K, 3) from root to tip. radius: (N, K) metres. follow: (N, K) from 1 where a point
    moves with the head to 0 where it rests on the chest. surface: rooted in the body's skin, so
    that brows, lashes and beards go with the face.
    """

    name: str
    points: Array
    radius: Array
    follow: Array
    colour: Vec3
    """Linear RGB of the lit hair."""
    kind: Literal["scalp", "brow", "lash", "beard", "fur"] = "scalp"
    grey: float = 0.0
    """Share of grey hairs."""
    pale: Vec3 = (0.62, 0.61, 0.60)
    """Linear RGB of the grey ones, lit."""
    dull: float = 0.0
    """0 sleek hair, whose gloss runs along its locks … 1 coils, which mirror light to all sides."""
    share: float = 1.0
    """How many these are of the hairs that grow there."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A person, dressed."""

    person: Person
    physique: Physique
    garments: tuple[Garment, ...]
    hair: tuple[Strands, ...]
    shapes: Mapping[str, tuple[IntArray, Array]] = field(default_factory=dict)
    """Face shape (ARKit names: jawOpen, eyeBlinkLeft …) → basis vertices and deltas in metres."""
