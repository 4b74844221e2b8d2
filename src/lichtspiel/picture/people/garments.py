"""Garments as Blender meshes that an armature carries, or that a simulation has moved."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.rig import Rig
from lichtspiel.picture import animate
from lichtspiel.picture.materials import Materials
from lichtspiel.picture.people import armature as armatures
from lichtspiel.picture.people.dents import dents
from lichtspiel.picture.people.shapes import add_shapes
from lichtspiel.picture.people.wrinkles import wrinkle
from lichtspiel.picture.scene import add_mesh
from lichtspiel.take import Performance


def add_garments(
    scene: Any,
    name: str,
    garments: Iterable[Garment],
    armature: Any,
    rig: Rig,
    materials: Materials,
    performance: Performance,
    count: int,
    times: Array,
    wrinkled: bool = True,
    dented: bool = True,
) -> list[Any]:
    """Objects of garments, in their order. times: (2 * count,) world seconds, two to a frame.

    dented: what goes with the body gives way to what hangs over it.
    """
    made = []
    for garment in garments:
        thing = add_mesh(scene, f"{name}/{garment.garment}", garment.mesh, garment.surfaces, materials)
        if garment.garment in performance.garments:
            shapes = (performance.garment_at(garment.garment, float(time)) for time in times)
            animate.key_vertices(thing, shapes, count)
        else:
            armatures.bind(thing, armature, rig, garment.skin)
            if dented:
                found = dents(performance, garment.garment, times)
                add_shapes(thing, {}, performance, count, times, found)
        if wrinkled:
            _wrinkle(thing, garment)
        made.append(thing)
    return made


def _wrinkle(thing: Any, garment: Garment) -> None:
    """Wrinkles in all that is of the garment's own cloth; ribs, belts and buttons have none."""
    entry = catalogue.garments()[garment.garment]
    if entry.wrinkle_m == 0:
        return
    cloth = [surface.look == garment.surfaces[0].look for surface in garment.surfaces]
    own = np.repeat(np.array(cloth)[garment.mesh.slots], garment.mesh.sizes)
    count = len(garment.mesh.vertices)
    uses = np.bincount(garment.mesh.corners, minlength=count)
    share = np.bincount(garment.mesh.corners, own, count) / np.maximum(uses, 1)
    wrinkle(thing.data, share, entry.wrinkle_m, entry.wrinkle_width_m, zlib.crc32(thing.name.encode()))
