"""What a thing is made of: the wish of a screenplay in terms of masses and surfaces."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Drag, Mesh, Surface, Vec3
from lichtspiel.library.catalogue import Wish
from lichtspiel.library.records import Parameter

SPHERE_DRAG = 0.47
"""Drag coefficient of a smooth sphere at Reynolds numbers of 1e4 … 2e5 (Hoerner, Fluid-Dynamic Drag)."""


def number(parameters: Mapping[str, Parameter], name: str, usual: float | None = None) -> float:
    """A numeric parameter. Raises KeyError when it is missing and there is no usual value."""
    value = parameters[name] if usual is None else parameters.get(name, usual)
    if isinstance(value, str | tuple):
        raise TypeError(f"the parameter {name} is not a number")
    return float(value)


def length(parameters: Mapping[str, Parameter], wish: Wish, name: str) -> float:
    """A length of the entry in metres, at the wished scale."""
    return number(parameters, name) * wish.scale


def density(material: str) -> float:
    """Of a physical material, kg/m³."""
    return catalogue.materials()[material].density


def is_usual(parameters: Mapping[str, Parameter], wish: Wish) -> bool:
    """Whether the thing is made of what its entry's mass is given for (`made_of`)."""
    return wish.material == parameters["made_of"]


def mass(parameters: Mapping[str, Parameter], wish: Wish, volume_m3: float) -> float:
    """The entry's mass at the wished scale, or, of another material, volume times density."""
    if is_usual(parameters, wish):
        return number(parameters, "mass") * wish.scale**3
    return volume_m3 * density(wish.material)


def surface(wish: Wish, look: str, colour: tuple[float, float, float] | None = None) -> Surface:
    """The body's surface: its own look and colour unless the wish names others."""
    if wish.colour is not None:
        return Surface(wish.look or look, wish.colour)
    return Surface(wish.look) if wish.look else Surface(look, colour)


def sphere_drag(radius: float, volume_m3: float = 0.0) -> Drag:
    """Air drag of a ball; its volume adds buoyancy."""
    return Drag(float(np.pi * radius**2), SPHERE_DRAG, volume_m3)


def enclosed_volume(mesh: Mesh) -> float:
    """Volume inside a closed mesh in m³; positive when its polygons face outward."""
    return volume_and_centre(mesh)[0]


def volume_and_centre(mesh: Mesh) -> tuple[float, Array]:
    """Volume in m³ and centre of volume (3,) of a closed mesh."""
    base = mesh.vertices.mean(axis=0)
    a, b, c = _fans(mesh, base)
    six = np.einsum("ij,ij->i", a, np.cross(b, c))
    volume = float(six.sum()) / 6
    centre: Array = base + (six[:, None] * (a + b + c)).sum(axis=0) / 24 / volume
    return volume, centre


def inertia(mesh: Mesh, mass_kg: float) -> Vec3:
    """Moments of inertia of a homogeneous solid about the axes through its centre of mass, kg·m²."""
    volume, centre = volume_and_centre(mesh)
    a, b, c = _fans(mesh, centre)
    six = np.einsum("ij,ij->i", a, np.cross(b, c))
    # Second moments of a tetrahedron with a corner at the centre: V/20 (a² + b² + c² + (a+b+c)²).
    square = (six[:, None] * (a**2 + b**2 + c**2 + (a + b + c) ** 2)).sum(axis=0) / 120
    x, y, z = square * mass_kg / volume
    return float(y + z), float(x + z), float(x + y)


def _fans(mesh: Mesh, base: Array) -> tuple[Array, Array, Array]:
    triangles = mesh_triangles(mesh)
    a, b, c = (mesh.vertices[triangles[:, k]] - base for k in range(3))
    return a, b, c


def mesh_triangles(mesh: Mesh) -> Array:
    """The polygons as fans of triangles (T, 3) of vertex indices."""
    starts = np.concatenate([[0], np.cumsum(mesh.sizes)[:-1]]).astype(np.int64)
    fans = []
    for size in np.unique(mesh.sizes):
        first = starts[mesh.sizes == size]
        for k in range(1, int(size) - 1):
            fans.append(np.stack([mesh.corners[first + i] for i in (0, k, k + 1)], axis=1))
    return np.concatenate(fans)
