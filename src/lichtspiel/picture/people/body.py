"""The skin of a figure as a mesh object, and the tongue behind it."""

from __future__ import annotations

from typing import Any

import bpy
import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import Basis
from lichtspiel.library.people.rig import Skin
from lichtspiel.picture import meshes

UV_MAP = "skin"


def add_part(
    scene: Any, name: str, basis: Basis, vertices: Array, faces: IntArray, material: Any
) -> tuple[Any, IntArray]:
    """A smooth mesh object of some faces (F,) of the basis, and the basis vertices (N,) it kept."""
    corners = np.asarray(basis.faces[faces])
    kept, compact = np.unique(corners, return_inverse=True)
    data = bpy.data.meshes.new(name)
    meshes.fill_quads(data, vertices[kept], compact.reshape(-1, 4).astype(np.int32))
    data.materials.append(material)
    uv = data.uv_layers.new(name=UV_MAP)
    uv.uv.foreach_set("vector", basis.uv[basis.face_uv[faces]].astype(np.float32).ravel())
    place = data.attributes.new("place", "FLOAT_VECTOR", "POINT")
    place.data.foreach_set("vector", vertices[kept].astype(np.float32).ravel())
    made = bpy.data.objects.new(name, data)
    scene.collection.objects.link(made)
    return made, kept.astype(np.int32)


def part_skin(skin: Skin, kept: IntArray) -> Skin:
    """The skinning of the vertices that a part kept."""
    return Skin(skin.bones[kept], skin.shares[kept])


def refine(thing: Any, levels: int) -> None:
    """Round off the mesh after bones and face shapes have moved it."""
    if levels:
        modifier = thing.modifiers.new("Subdivision", "SUBSURF")
        modifier.levels = modifier.render_levels = levels
        modifier.uv_smooth = "PRESERVE_BOUNDARIES"


def coarsen(thing: Any, share: float) -> None:
    """Keep about this share of a mesh object's polygons; one that has shape keys stays as it is."""
    if thing.data.shape_keys is not None:
        return
    fewer = thing.modifiers.new("Decimate", "DECIMATE")
    fewer.ratio = share
    others = [modifier for modifier in thing.modifiers if modifier != fewer]
    for modifier in others:
        modifier.show_viewport = False
    seen = bpy.context.evaluated_depsgraph_get()
    fine = thing.data
    thing.data = bpy.data.meshes.new_from_object(
        thing.evaluated_get(seen), preserve_all_data_layers=True, depsgraph=seen
    )
    thing.modifiers.remove(fewer)
    for modifier in others:
        modifier.show_viewport = True
    thing.data.name = fine.name
    bpy.data.meshes.remove(fine)
