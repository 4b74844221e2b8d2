"""Parts of library assets as Blender objects."""

from __future__ import annotations

from typing import Any

import bpy

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Asset, Mesh, Part, Quat, Surface, Vec3
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.picture import meshes
from lichtspiel.picture.materials import Materials


def add_mesh(scene: Any, name: str, mesh: Mesh, surfaces: tuple[Surface, ...], materials: Materials) -> Any:
    """A mesh object at the origin."""
    data = meshes.make(name, mesh, [materials.of(surface) for surface in surfaces])
    made = bpy.data.objects.new(name, data)
    made.rotation_mode = "QUATERNION"
    scene.collection.objects.link(made)
    return made


def place(made: Any, position: Vec3, orientation: Quat) -> None:
    """Put an object at a pose."""
    made.location = position
    made.rotation_quaternion = orientation


def add_asset(scene: Any, name: str, asset: Asset, materials: Materials) -> list[Any]:
    """All visible parts and cloths of an asset at rest, about the origin."""
    made = []
    for part in asset.parts:
        if part.mesh is not None:
            made.append(add_part(scene, f"{name}/{part.name}", part, materials))
            place(made[-1], part.position, part.orientation)
    made += [
        add_mesh(scene, f"{name}/{cloth.name}", cloth.mesh, cloth.surfaces, materials)
        for cloth in asset.cloths
    ]
    return made


def add_part(scene: Any, name: str, part: Part, materials: Materials) -> Any:
    """The visible object of a part at the origin. Raises ValueError when the part has no mesh."""
    if part.mesh is None:
        raise ValueError(f"{part.name} has nothing to see")
    # The faces of glass and of what it holds are where light has to find them.
    clear = any(catalogue.looks()[surface.look].transmission > 0 for surface in part.surfaces)
    mesh = part.mesh if clear else meshes.apart(name, part.mesh)
    return add_mesh(scene, name, mesh, part.surfaces, materials)


def rest_points(asset: Asset) -> list[Any]:
    """Vertices (V, 3) of each visible part of an asset at rest."""
    points = [
        part.mesh.vertices @ rotation_matrix(part.orientation).T + part.position
        for part in asset.parts
        if part.mesh is not None
    ]
    return points + [cloth.mesh.vertices for cloth in asset.cloths]
