"""A figure of the library and its performance as Blender objects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import face
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes import pressed
from lichtspiel.library.people.figure import Figure, Strands
from lichtspiel.picture.materials import Materials
from lichtspiel.picture.people import armature as armatures
from lichtspiel.picture.people import body, eyes, shapes, shutter, skin, teeth
from lichtspiel.picture.people.closeness import NEAR, Closeness
from lichtspiel.picture.people.dents import dents
from lichtspiel.picture.people.garments import add_garments
from lichtspiel.picture.people.hair import add_hair
from lichtspiel.take import SKIN, Performance

_ROOTED_M = 0.015
"""Around the roots of hairs of the face: skin that they are rooted in."""
_COARSE = 0.25
"""Share of the polygons that far figures keep."""


@dataclass(frozen=True, eq=False)
class Actor:
    """A figure in Blender, at the world's origin; its root bone carries it to its place."""

    armature: Any
    body: Any
    things: tuple[Any, ...]
    """Everything that is seen of it."""


def build(
    scene: Any,
    name: str,
    figure: Figure,
    performance: Performance,
    count: int,
    times: Array,
    seen: Closeness = NEAR,
    materials: Materials | None = None,
) -> Actor:
    """Build and key a figure. times: (2 * count,) world seconds, as `animate.world_times` gives them."""
    basis, physique = load(), figure.physique
    below_clothes = pressed(physique, figure.garments)
    rigged = armatures.add_armature(scene, name, physique.rig)
    armatures.key_pose(rigged, physique.rig, performance, count, times)
    near = seen.face_moves
    moved = face.shapes(physique, shapes.shown(performance) if near else ())
    things = []

    def part(label: str, faces: IntArray, material: Any, levels: int) -> Any:
        made, kept = body.add_part(scene, f"{name}/{label}", basis, below_clothes, faces, material)
        armatures.bind(made, rigged, physique.rig, body.part_skin(physique.skin, kept))
        own = shapes.compacted(moved, kept, len(physique.vertices))
        dented = dents(performance, SKIN, times, kept) if near else ()
        shapes.add_shapes(made, own, performance, count, times, dented)
        body.refine(made, levels)
        things.append(made)
        return made

    hidden = np.concatenate([np.zeros(0, np.int32), *(garment.hides for garment in figure.garments)])
    visible = np.setdiff1d(basis.faces_of("body"), hidden)
    played = (performance, count, times) if seen.scatters else None
    tone = skin.material(figure.person, seen.texels, visible, played, seen.pores)
    skinned = part("skin", visible, tone, seen.subdivisions)
    if near:
        part("tongue", basis.faces_of("helper-tongue"), skin.tongue_material(), 1)
        for made, held in teeth.add_teeth(scene, name, figure.person, physique):
            armatures.bind(made, rigged, physique.rig, body.part_skin(physique.skin, held))
            shapes.add_shapes(made, teeth.shifts(moved, held), performance, count, times)
            things.append(made)
    things += eyes.add_eyes(scene, name, figure.person, physique, rigged, wet=near)
    materials = materials or Materials(catalogue.looks())
    worn = add_garments(
        scene,
        name,
        figure.garments,
        rigged,
        physique.rig,
        materials,
        performance,
        count,
        times,
        seen.wrinkles,
        near,
    )
    if not near:
        for thing in (skinned, *worn):
            body.coarsen(thing, _COARSE)
    things += worn
    hair = [strands for strands in figure.hair if _is_seen(strands, seen)]
    rooted = None
    patch = _under(hair, physique.vertices, visible) if seen.rooted else np.zeros(0, np.int32)
    if len(patch):
        rooted = part("hair roots", patch, tone, 0)
        rooted.hide_render = True
        things.remove(rooted)
    things += add_hair(scene, name, hair, rigged, seen, rooted)
    shutter.key_blur(things, shutter.blurred(performance, physique.rig, times, seen))
    return Actor(rigged, skinned, tuple(things))


def _is_seen(strands: Strands, seen: Closeness) -> bool:
    return {"lash": seen.lashes, "brow": seen.brows}.get(strands.kind, True)


def _under(hair: Iterable[Strands], vertices: Array, visible: IntArray) -> IntArray:
    """Those of the visible faces of the basis that brows, lashes and beards grow on."""
    roots = [strands.points[:, 0] for strands in hair if strands.kind != "scalp"]
    if not roots:
        return np.zeros(0, np.int32)
    middles = vertices[load().faces[visible]].mean(1)
    away, _ = cKDTree(np.concatenate(roots)).query(middles, distance_upper_bound=_ROOTED_M)
    return np.asarray(visible[np.isfinite(away)])
