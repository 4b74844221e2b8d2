"""Put meshes of different looks together into fixed parts with simple collision solids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Joint, Mesh, Part, Resonator, Shape, Surface, Vec3


@dataclass(frozen=True, eq=False)
class Piece:
    """A mesh in one look."""

    surface: Surface
    mesh: Mesh


def piece(look: str, *parts: Mesh, colour: Vec3 | None = None, scale: float = 1.0) -> Piece:
    """All meshes as one piece in a look of the library, in linear RGB `colour` where given."""
    return Piece(Surface(look, colour, scale), parts[0] if len(parts) == 1 else meshes.joined(*parts))


def fixed(
    name: str, pieces: Sequence[Piece], shapes: Sequence[Shape] = (), resonator: Resonator | None = None
) -> Part:
    """A part that never moves, with one surface slot per look. Without shapes it is only seen."""
    surfaces: list[Surface] = []
    slotted = []
    for item in pieces:
        if item.surface not in surfaces:
            surfaces.append(item.surface)
        slotted.append(meshes.in_slot(item.mesh, surfaces.index(item.surface)))
    mesh = meshes.joined(*slotted) if slotted else None
    return Part(name, tuple(shapes), mesh, tuple(surfaces), joint=Joint("fixed"), resonator=resonator)


def solid(low: Vec3, high: Vec3, material: str, label: str = "") -> Shape:
    """A collision box between two opposite corners."""
    half = tuple(abs(b - a) / 2 for a, b in zip(low, high, strict=True))
    middle = tuple((a + b) / 2 for a, b in zip(low, high, strict=True))
    return Shape("box", half, material, (middle[0], middle[1], middle[2]), label=label)


def floor(
    name: str, pieces: Sequence[Piece], material: str, height: float = 0.0, thickness: float = 0.2
) -> Part:
    """Level ground without end for the physics, seen as `pieces`."""
    plane = Shape("plane", (), material, (0.0, 0.0, height), label="ground")
    return fixed(name, pieces, [plane], Resonator("ground", material, {"thickness": thickness}))


def polygons(parts: Sequence[Part]) -> int:
    """How many polygons the parts have together."""
    return sum(len(part.mesh.sizes) for part in parts if part.mesh is not None)
