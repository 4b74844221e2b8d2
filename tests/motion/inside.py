"""How deep a body's limbs are in its own flesh, told by its skin and not by the few capsules that motion
keeps clear of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people import basis
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import rotate
from lichtspiel.library.people.segments import carriers, segments
from lichtspiel.take import Performance

_BONE = 0.6
"""Share of a limb's radius that does not give way: muscles flatten, bones do not."""
_GIVES_M = {"head": 0.012, "chest": 0.02, "waist": 0.04, "pelvis": 0.03, "thigh": 0.03}
"""How far a firm thing sinks into the skin: little on a skull, more on a belly (indentation of soft tissue
over ribs and belly is 1 to 4 cm)."""
_TRUNK = ("head", "chest", "waist", "pelvis")
_INTO = {
    "forearm": (*_TRUNK, "thigh"), "hand": (*_TRUNK, "thigh"), "upper_arm": ("head", "waist"),
    "thigh": ("chest",), "shank": ("chest", "pelvis"), "foot": ("pelvis",),
}  # fmt: skip
"""Limbs, and the parts whose skin they are held against. Upper arms lie on the chest, thighs fold to the
waist."""
_APART = (
    ("forearm", "forearm"), ("forearm", "upper_arm"), ("forearm", "hand"), ("hand", "upper_arm"),
    ("thigh", "thigh"), ("shank", "shank"), ("foot", "foot"), ("shank", "foot"), ("thigh", "shank"),
)  # fmt: skip
"""Limbs of both sides, round as they are. Hands hold each other."""
_FLAT = 0.4
"""Half of how thick a flat hand is, against the radius of a hand's capsule, which holds spread fingers."""
_ALONG = np.linspace(0.0, 1.0, 7)
_TO_WRIST = 0.8
"""Share of a forearm that is as thick as its capsule; the wrist is thinner."""
_GIVES = 0.8
"""Share of the radii of two limbs that they keep when they press each other."""


@dataclass(frozen=True, eq=False)
class _Skin:
    """A body's skin at rest: where it is, which way is out, and the segment that carries it."""

    tree: cKDTree
    points: Array
    outward: Array
    owner: IntArray


def pairs_inside(body: Physique, performance: Performance) -> dict[str, Array]:
    """(T,) metres by which parts of one body are deeper in each other than flesh gives, by their names;
    negative where they are apart."""
    parts = segments(body)
    heads, turned = parts.carried(performance.root, performance.pose)
    rest = body.rig.heads[parts.bones]
    lines: dict[str, tuple[Array, float]] = {}
    for i, segment in enumerate(parts.all):
        for number, flesh in enumerate(segment.flesh):
            along = _TO_WRIST if segment.name.startswith("forearm") else 1.0
            arms = flesh.start + along * _ALONG[:, None] * (flesh.end - flesh.start) - rest[i]
            turns = np.broadcast_to(turned[:, i, None], (len(heads), len(arms), 4))
            points = heads[:, i, None] + rotate(turns, np.broadcast_to(arms, (len(heads), *arms.shape)))
            thick = _FLAT if segment.name.startswith("hand") else 1.0
            lines[f"{segment.name}.{number}"] = (points, thick * flesh.radius)
    found: dict[str, Array] = {}
    names = [segment.name for segment in parts.all]
    skin = _skin(body)
    for name, (points, radius) in lines.items():
        limb = name.split(".")[0]
        for part in _INTO.get(limb[:-2], ()):
            for other in (part,) if part in _TRUNK else (f"{part}_l", f"{part}_r"):
                i = names.index(other)
                back = np.broadcast_to((turned[:, i] * [1, -1, -1, -1])[:, None], (*points.shape[:2], 4))
                local = rest[i] + rotate(back, points - heads[:, i, None])
                _keep(found, f"{limb} in {other}", _depth(skin, i, local, radius) - _GIVES_M[part])
    for one, (a, first) in lines.items():
        for other, (b, second) in lines.items():
            limb, against = one.split(".")[0], other.split(".")[0]
            if (limb[:-2], against[:-2]) in _APART and limb[-1] != against[-1]:
                gap = np.linalg.norm(a[:, :, None] - b[:, None], axis=-1).min((1, 2))
                _keep(found, f"{limb} in {against}", _GIVES * (first + second) - gap)
    return found


def _keep(found: dict[str, Array], name: str, deep: Array) -> None:
    found[name] = np.maximum(found[name], deep) if name in found else deep


def _depth(skin: _Skin, segment: int, points: Array, radius: float) -> Array:
    """(T,) how deep a limb of this radius about points (T, N, 3), in the axes of a segment at rest, is below
    the skin that the segment carries; far outside where other skin is nearer."""
    distance, nearest = skin.tree.query(points, distance_upper_bound=0.25)
    beyond = ~np.isfinite(distance)
    nearest = np.where(beyond, 0, nearest)
    side = ((points - skin.points[nearest]) * skin.outward[nearest]).sum(-1)
    deep = np.where(side < 0, distance, -distance) + _BONE * radius
    deep = np.where(beyond | (skin.owner[nearest] != segment), -0.25, deep)
    return np.asarray(deep.max(1))


@lru_cache(maxsize=32)
def _skin(body: Physique) -> _Skin:
    base = basis.load()
    faces = base.faces[base.faces_of("body")]
    corners = body.vertices[faces]
    normal = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    outward = np.zeros_like(body.vertices)
    for column in range(4):
        np.add.at(outward, faces[:, column], normal)
    rows = base.group("body")
    outward = outward[rows]
    outward /= np.maximum(np.linalg.norm(outward, axis=1, keepdims=True), 1e-12)
    points = body.vertices[rows]
    return _Skin(cKDTree(points), points, outward, carriers(body))
