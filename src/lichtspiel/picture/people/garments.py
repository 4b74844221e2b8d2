"""Garments as Blender meshes that an armature carries, or that a simulation has moved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lichtspiel.library.asset import Array
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.rig import Rig
from lichtspiel.picture import animate
from lichtspiel.picture.materials import Materials
from lichtspiel.picture.people import armature as armatures
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
) -> list[Any]:
    """Objects of garments, in their order. times: (2 * count,) world seconds, two to a frame."""
    made = []
    for garment in garments:
        thing = add_mesh(scene, f"{name}/{garment.garment}", garment.mesh, garment.surfaces, materials)
        if garment.garment in performance.garments:
            shapes = (performance.garment_at(garment.garment, float(time)) for time in times)
            animate.key_vertices(thing, shapes, count)
        else:
            armatures.bind(thing, armature, rig, garment.skin)
        made.append(thing)
    return made
