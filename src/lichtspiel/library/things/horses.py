"""Horses: saddled and bridled, in pieces that a gait moves (`library.canter`). They face -y."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from lichtspiel.library import canter
from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Joint, Mesh, Part, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import tack
from lichtspiel.library.things.assembly import assembled, vector
from lichtspiel.library.things.forms import smooth, tube
from lichtspiel.library.things.joinery import capsule
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]

COAT, HAIR, HOOF, POINTS, EYE = range(5)
_PALE = 0.5
"""A coat of so much light has a mane of its own colour, and no black legs."""
_AROUND = 28

_BARREL = np.array(
    # ahead, middle, half its height, half its width
    [
        (0.66, 1.17, 0.13, 0.11),
        (0.635, 1.17, 0.19, 0.155),
        (0.57, 1.165, 0.26, 0.195),
        (0.44, 1.165, 0.345, 0.225),
        (0.28, 1.175, 0.385, 0.245),
        (0.10, 1.155, 0.355, 0.275),
        (-0.10, 1.15, 0.335, 0.29),
        (-0.28, 1.17, 0.325, 0.285),
        (-0.44, 1.21, 0.325, 0.275),
        (-0.60, 1.27, 0.285, 0.26),
        (-0.74, 1.32, 0.205, 0.205),
        (-0.82, 1.335, 0.11, 0.12),
        (-0.84, 1.335, 0.05, 0.05),
    ]
)
_NECK = np.array(
    [
        (0.36, 1.30, 0.28, 0.13),
        (0.50, 1.40, 0.265, 0.135),
        (0.64, 1.545, 0.20, 0.105),
        (0.78, 1.70, 0.155, 0.085),
        (0.88, 1.83, 0.125, 0.072),
        (0.925, 1.885, 0.10, 0.06),
    ]
)
_HEAD = np.array(
    [
        (0.865, 1.895, 0.07, 0.05),
        (0.91, 1.845, 0.118, 0.082),
        (0.97, 1.765, 0.13, 0.092),
        (1.05, 1.66, 0.098, 0.075),
        (1.13, 1.555, 0.073, 0.055),
        (1.185, 1.48, 0.064, 0.05),
        (1.215, 1.435, 0.052, 0.044),
        (1.23, 1.415, 0.03, 0.028),
    ]
)
_LEGS: Mapping[str, Sequence[tuple[float, float, float, float]]] = {
    "shoulder": (
        (0.30, 1.46, 0.08, 0.035),
        (0.38, 1.28, 0.14, 0.07),
        (0.47, 1.08, 0.135, 0.078),
        (0.42, 0.92, 0.10, 0.07),
    ),
    "forearm": (
        (0.395, 0.97, 0.10, 0.068),
        (0.405, 0.86, 0.095, 0.07),
        (0.43, 0.67, 0.062, 0.052),
        (0.442, 0.51, 0.05, 0.046),
    ),
    "cannon": (
        (0.445, 0.53, 0.05, 0.047),
        (0.44, 0.42, 0.035, 0.03),
        (0.438, 0.30, 0.033, 0.028),
        (0.44, 0.215, 0.043, 0.037),
    ),
    "thigh": (
        (-0.62, 1.40, 0.13, 0.06),
        (-0.56, 1.22, 0.23, 0.115),
        (-0.46, 1.05, 0.20, 0.11),
        (-0.35, 0.94, 0.105, 0.08),
    ),
    "gaskin": (
        (-0.33, 0.99, 0.085, 0.07),
        (-0.42, 0.87, 0.125, 0.082),
        (-0.57, 0.715, 0.075, 0.058),
        (-0.70, 0.585, 0.05, 0.043),
    ),
    "shank": (
        (-0.735, 0.625, 0.04, 0.036),
        (-0.705, 0.53, 0.05, 0.04),
        (-0.692, 0.38, 0.036, 0.029),
        (-0.685, 0.225, 0.045, 0.038),
    ),
}
"""Sections of each piece of a leg: ahead, up, half its depth, half its width; where a horse stands."""
_DARK = ("cannon", "shank", "foot", "hoof")
_KG = {
    "trunk": 380.0,
    "neck": 60.0,
    "tail": 3.0,
    "shoulder": 18.0,
    "thigh": 24.0,
    "forearm": 8.0,
    "gaskin": 9.0,
}


def horse(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A warmblood with saddle and bridle, 1.6 m at its withers."""
    surfaces = _surfaces(wish)
    at = canter.pieces()
    made = {"trunk": _trunk(), "neck": _neck(rng), "tail": _tail(rng)}
    for leg, names in canter.CHAINS.items():
        for side in ("l", "r"):
            for name in names:
                made[f"{name}_{side}"] = _foot(leg) if name in ("foot", "hoof") else _piece(leg, name)
    parts = [
        _part(name, at[name], mesh, surfaces, number(parameters, "mass") / 560, wish)
        for name, mesh in made.items()
    ]
    spots: dict[str, Vec3] = {
        "seat": (0.0, -canter.SEAT[0], canter.SEAT[1]),
        "top": (0.0, -canter.SEAT[0], canter.SEAT[1]),
    }
    return assembled(parts, wish.scale, spots=spots)


def _surfaces(wish: Wish) -> tuple[Surface, ...]:
    coat = surface(wish, "horse_coat")
    if wish.colour is None:
        hair, points = Surface("horse_hair"), Surface("horse_hair")
    else:
        pale = max(wish.colour) > _PALE
        share = 0.92 if pale else 0.6
        own = (wish.colour[0] * share, wish.colour[1] * share, wish.colour[2] * share)
        hair, points = Surface("horse_hair", own), Surface("horse_coat", own)
    return (coat, hair, Surface("horse_hoof"), points, Surface("lens", (0.01, 0.008, 0.006)), *tack.SURFACES)


def _part(name: str, at: Vec3, mesh: Mesh, surfaces: tuple[Surface, ...], heavy: float, wish: Wish) -> Part:
    """One piece about the joint that it hangs on; the trunk alone is in the way of things."""
    kind = name.rsplit("_", maxsplit=1)[0]
    mass = _KG.get(kind, 3.0) * heavy
    size = np.ptp(mesh.vertices, axis=0)
    inertia = mass / 12 * (float((size**2).sum()) - size**2)
    shapes: tuple[Shape, ...] = ()
    if name == "trunk":
        barrel = capsule(
            (0.0, -0.40 - at[1], 1.17 - at[2]), (0.0, 0.55 - at[1], 1.2 - at[2]), 0.26, wish.material, "back"
        )
        shapes = (barrel,)
    return Part(
        name,
        shapes,
        mesh,
        surfaces,
        mass_kg=mass,
        inertia=None if shapes else vector(inertia),
        position=at,
        joint=Joint("fixed"),
        resonator=Resonator("block", wish.material, {"x": 0.5, "y": 1.5, "z": 0.6}) if shapes else None,
    )


def _trunk() -> Mesh:
    return _about("trunk", [_bulk(_BARREL, COAT, count=40), *tack.saddle()])


def _neck(rng: Generator) -> Mesh:
    made = [_bulk(_NECK, COAT), _bulk(_HEAD, COAT)]
    muzzle = _HEAD[-4:] + [0.0, 0.0, 0.0025, 0.0025]
    made.append(_bulk(muzzle, POINTS))
    for sign in (-1.0, 1.0):
        ear = np.array([(0.885, 1.93, 0.03, 0.022), (0.895, 1.99, 0.028, 0.02), (0.915, 2.07, 0.004, 0.004)])
        made.append(meshes.moved(_bulk(ear, COAT), (0.055 * sign, 0, 0)))
        made.append(meshes.moved(meshes.sphere(0.023, 16, 10, EYE), (0.078 * sign, -1.005, 1.775)))
        nostril = meshes.scaled(meshes.sphere(0.014, 12, 8, EYE), (0.6, 1.0, 1.2))
        made.append(meshes.moved(nostril, (0.038 * sign, -1.215, 1.462)))
    made += _mane(rng)
    return _about("neck", [*made, *tack.bridle()])


def _mane(rng: Generator) -> list[Mesh]:
    """Locks from the crest of the neck down its left side, and a forelock between the ears."""
    line = _middle(_NECK, 40)
    normal = _normals(line)
    crest = line[:, :2] + (line[:, 2] - 0.012)[:, None] * normal
    locks = [tube([(0, -s, z) for s, z in crest[8::6]], 0.022, slot=HAIR, count=24, segments=8)]
    for index in range(9, 40):
        s, z = crest[index]
        wide, long = line[index, 3], 0.2 + 0.05 * rng.uniform(-1, 1)
        back = 0.02 * rng.uniform(-1, 1)
        path = [
            (0.0, -s, z + 0.01),
            (0.75 * wide, -s + back, z - 0.04),
            (1.12 * wide, -s + 0.02 + back, z - 0.5 * long),
            (1.18 * wide, -s + 0.05 + 2 * back, z - long),
        ]
        locks.append(tube(path, (0.016, 0.02, 0.016, 0.004), slot=HAIR, count=9, segments=6))
    for aside in (-0.02, 0.0, 0.02):
        path = [(aside * 0.5, -0.895, 1.985), (aside, -0.975, 1.93), (1.4 * aside, -1.035, 1.83)]
        locks.append(tube(path, (0.014, 0.016, 0.004), slot=HAIR, count=8, segments=6))
    return locks


def _tail(rng: Generator) -> Mesh:
    dock = _bulk(
        np.array([(-0.76, 1.43, 0.035, 0.035), (-0.87, 1.40, 0.035, 0.035), (-0.92, 1.25, 0.03, 0.035)]), HAIR
    )
    locks = [dock]
    for _ in range(26):
        aside, back, long = rng.uniform(-0.07, 0.07), rng.uniform(-0.05, 0.06), rng.uniform(0.62, 0.85)
        path = [
            (0.2 * aside, 0.80, 1.43),
            (0.5 * aside, 0.90 + 0.3 * back, 1.36),
            (aside, 0.945 + back, 1.1),
            (aside, 0.93 + 1.4 * back, 1.38 - long),
        ]
        locks.append(tube(path, (0.018, 0.024, 0.026, 0.005), slot=HAIR, count=14, segments=6))
    return _about("tail", locks)


def _piece(leg: str, name: str) -> Mesh:
    """A piece of a leg about its upper joint."""
    joint = canter.JOINTS[leg][canter.CHAINS[leg].index(name)]
    mesh = _bulk(np.array(_LEGS[name]), POINTS if name in _DARK else COAT, rounding=0.7)
    return meshes.moved(mesh, (0.0, joint[0], -joint[1]))


def _foot(leg: str) -> Mesh:
    """Pastern and hoof, about the fetlock."""
    fetlock, toe = canter.JOINTS[leg][3:5]
    crown = (fetlock[0] + 0.55 * (toe[0] - fetlock[0]), 0.095)
    pastern = _bulk(
        np.array(
            [
                (*fetlock, 0.043, 0.037),
                ((fetlock[0] + crown[0]) / 2, 0.155, 0.036, 0.032),
                (*crown, 0.04, 0.04),
            ]
        ),
        POINTS,
    )
    around = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    rings = [
        np.column_stack([w * np.sin(around), -(s + d * np.cos(around)), np.full(_AROUND, z)])
        for s, z, d, w in (
            (toe[0] - 0.018, 0.0, 0.070, 0.064),
            (toe[0] - 0.018, 0.012, 0.070, 0.064),
            (crown[0] + 0.004, 0.092, 0.050, 0.048),
            (crown[0], 0.105, 0.040, 0.040),
        )
    ]
    hoof = _outward(meshes.loft(np.array(rings), HOOF, 0.7))
    return meshes.moved(meshes.joined(pastern, hoof), (0.0, fetlock[0], -fetlock[1]))


def _about(name: str, made: Sequence[Mesh]) -> Mesh:
    x, y, z = canter.pieces()[name]
    return meshes.moved(meshes.joined(*made), (-x, -y, -z))


def _middle(sections: Array, count: int) -> Array:
    """Sections (M, 4) as so many (count, 4) on a smooth curve through them."""
    return np.maximum(smooth(sections, count), [-9.0, -9.0, 0.002, 0.002])


def _normals(line: Array) -> Array:
    """(N, 2) directions across a line in its plane."""
    ahead = np.gradient(line[:, :2], axis=0)
    ahead /= np.linalg.norm(ahead, axis=1, keepdims=True)
    return np.stack([-ahead[:, 1], ahead[:, 0]], -1)


def _bulk(sections: Array, slot: int, *, count: int = 22, rounding: float = 0.45) -> Mesh:
    """A body of oval sections (M, 4) - ahead, up, half its depth, half its width - with round ends."""
    line = _middle(np.asarray(sections, float), count)
    normal = _normals(line)
    ends = []
    for end, near in ((0, 1), (-1, -2)):
        out = line[end, :2] - line[near, :2]
        out = out / np.linalg.norm(out)
        for share in (0.97, 0.75, 0.4):
            shrunk = line[end].copy()
            shrunk[:2] += rounding * line[end, 2] * share * out
            shrunk[2:] *= np.sqrt(1 - share**2)
            ends.append((shrunk, normal[end]))
    line = np.vstack([[e[0] for e in ends[:3]], line, [e[0] for e in ends[:2:-1]]])
    normal = np.vstack([[e[1] for e in ends[:3]], normal, [e[1] for e in ends[:2:-1]]])
    around = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)
    plane = line[:, None, :2] + line[:, None, 2:3] * np.cos(around)[None, :, None] * normal[:, None]
    aside = line[:, 3:4] * np.sin(around)
    rings = np.stack([aside, -plane[..., 0], plane[..., 1]], -1)
    return _outward(meshes.loft(rings, slot, smooth_angle_rad=3.1))


def _outward(mesh: Mesh) -> Mesh:
    """The mesh with its polygons seen from outside."""
    starts = np.concatenate([[0], np.cumsum(mesh.sizes)[:-1]])
    a, b, c = (mesh.vertices[mesh.corners[starts + k]] for k in range(3))
    middle = mesh.vertices.mean(0)
    if float(np.einsum("ij,ij->", a - middle, np.cross(b - a, c - a))) >= 0:
        return mesh
    corners = mesh.corners.copy()
    for start, size in zip(starts, mesh.sizes, strict=True):
        corners[start : start + size] = corners[start : start + size][::-1]
    return Mesh(mesh.vertices, corners, mesh.sizes, mesh.slots, mesh.uv, mesh.smooth_angle_rad)
