"""A body as rigid segments with masses: what mechanics needs to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Rig, bones_posed, rotate

_DENSITY_KG_M3 = 985.0
"""Of a whole body that breathes quietly (Durnin and Womersley, 1974: 1010 to 1070 with empty lungs)."""
_HEAD_SHARE, _HEAD_PART = 0.068, 0.145
"""Mass of an adult's head against the body, and its height from the nape against the body's."""
_SURFACE_PART = 60
"""Percentile of the distance of skin from a segment's axis that its capsule takes as radius."""


@dataclass(frozen=True)
class _Kind:
    """A segment of de Leva's table (Adjustments to Zatsiorsky-Seluyanov's segment inertia parameters,
    J. Biomechanics 29, 1996), means of women and men.

    share: of the body's mass. centre: from the start to the end. radii: of gyration about the axes left to
    right, front to back and along, against length.
    """

    bone: str
    parent: str
    share: float
    centre: float
    radii: tuple[float, float, float]


_TRUNK = {
    "pelvis": _Kind("root", "", 0.118, 0.55, (0.477, 0.524, 0.516)),
    "waist": _Kind("spine04", "pelvis", 0.155, 0.451, (0.369, 0.458, 0.442)),
    "chest": _Kind("spine02", "waist", 0.157, 0.5, (0.478, 0.731, 0.689)),
    "head": _Kind("head", "chest", _HEAD_SHARE, 0.406, (0.305, 0.287, 0.261)),
}
_LIMBS = {
    "upper_arm": _Kind("upperarm01", "chest", 0.0263, 0.576, (0.265, 0.282, 0.153)),
    "forearm": _Kind("lowerarm01", "upper_arm", 0.0150, 0.457, (0.261, 0.269, 0.108)),
    "hand": _Kind("wrist", "forearm", 0.0059, 0.769, (0.484, 0.580, 0.368)),
    "thigh": _Kind("upperleg01", "pelvis", 0.1447, 0.385, (0.347, 0.349, 0.156)),
    "shank": _Kind("lowerleg01", "thigh", 0.0457, 0.444, (0.258, 0.263, 0.098)),
    "foot": _Kind("foot", "shank", 0.0133, 0.421, (0.262, 0.278, 0.132)),
}
_ENDS = {"upper_arm": "lowerarm01", "forearm": "wrist", "hand": "finger3-1", "thigh": "lowerleg01"}
_ENDS |= {"shank": "foot"}
_TRUNK_CUTS = (0.321, 0.726)
"""Lower ends of breastbone and waist from the pit of the throat to between the hip joints, after the same."""


@dataclass(frozen=True, eq=False)
class Capsule:
    """Flesh around a line, metres, in the figure's frame at rest."""

    start: Array
    end: Array
    radius: float


@dataclass(frozen=True, eq=False)
class Segment:
    """One rigid piece of a body at rest, in the figure's frame."""

    name: str
    """pelvis, waist, chest, head, and upper_arm, forearm, hand, thigh, shank, foot with _l or _r."""
    bone: int
    """Column of the rig's bone that carries it."""
    parent: int
    """Index of the segment that it hangs on, -1 for the pelvis."""
    joint: Array
    """(3,) where it hangs on its parent."""
    mass_kg: float
    centre: Array
    """(3,) centre of mass."""
    inertia: Array
    """(3, 3) kg·m² about the centre of mass."""
    flesh: tuple[Capsule, ...]


@dataclass(frozen=True, eq=False)
class Segments:
    """All segments of one body; parents come before what hangs on them."""

    rig: Rig
    all: tuple[Segment, ...]

    @cached_property
    def mass_kg(self) -> float:
        return float(self.masses.sum())

    @cached_property
    def masses(self) -> Array:
        return np.array([segment.mass_kg for segment in self.all])

    @cached_property
    def inertias(self) -> Array:
        """(S, 3, 3)"""
        return np.array([segment.inertia for segment in self.all])

    @cached_property
    def bones(self) -> IntArray:
        """(S,) columns of the bones that carry the segments."""
        return np.array([segment.bone for segment in self.all], np.int32)

    def index(self, name: str) -> int:
        """Of a segment. Raises ValueError."""
        return [segment.name for segment in self.all].index(name)

    @cached_property
    def _chain(self) -> tuple[Rig, IntArray, IntArray]:
        """The bones that lead to segments as a rig of their own, their columns, and the segments' rows."""
        needed: set[int] = set()
        waiting = self.bones.tolist()
        while waiting:
            bone = waiting.pop()
            if bone >= 0 and bone not in needed:
                needed.add(bone)
                waiting.append(int(self.rig.parents[bone]))
        columns = np.array(sorted(needed), np.int32)
        row = {int(column): i for i, column in enumerate(columns)} | {-1: -1}
        parents = np.array([row[int(self.rig.parents[c])] for c in columns], np.int32)
        names = tuple(self.rig.names[c] for c in columns)
        rig = self.rig
        chain = Rig(names, parents, rig.heads[columns], rig.tails[columns], rig.rolls[columns])
        return chain, columns, np.array([row[bone] for bone in self.bones.tolist()], np.int32)

    def carried(self, root: Array, pose: Array) -> tuple[Array, Array]:
        """Heads (..., S, 3) of the bones that carry the segments, and their turns (..., S, 4), in a pose.

        root: (..., 3), pose: (..., B, 4) as in `Performance`.
        """
        chain, columns, rows = self._chain
        heads, turns = bones_posed(chain, root, pose[..., columns, :])
        return heads[..., rows, :], turns[..., rows, :]

    def posed(self, root: Array, pose: Array) -> tuple[Array, Array]:
        """Centres of mass (..., S, 3) and turns (..., S, 4) of the segments in a pose."""
        heads, turns = self.carried(root, pose)
        arms = np.array([s.centre for s in self.all]) - self.rig.heads[self.bones]
        return heads + rotate(turns, np.broadcast_to(arms, heads.shape)), turns

    def centre_of_mass(self, root: Array, pose: Array) -> Array:
        """(..., 3) of the whole body."""
        centres, _ = self.posed(root, pose)
        return np.asarray(np.einsum("s,...sk->...k", self.masses, centres) / self.mass_kg)


@lru_cache(maxsize=256)
def segments(physique: Physique) -> Segments:
    """The segments of a body: lengths and flesh measured on it, masses after de Leva."""
    rig = physique.rig
    lines = _lines(physique)
    kinds = _kinds()
    shares = {name: kind.share for name, kind in kinds.items()}
    # A child's head is large, and weighs by the cube of that.
    part = float(np.linalg.norm(lines["head"][1] - lines["head"][0])) / physique.height_m
    shares["head"] *= (part / _HEAD_PART) ** 3
    whole = _mass_kg(physique) / sum(shares.values())
    skin = _skin_by_segment(physique)
    found: list[Segment] = []
    for name, kind in kinds.items():
        side = f".{name[-1].upper()}" if name not in _TRUNK else ""
        bone = rig.index(kind.bone + side)
        up = kind.parent if kind.parent in _TRUNK or not kind.parent else f"{kind.parent}_{name[-1]}"
        parent = [s.name for s in found].index(up) if up else -1
        start, end = lines[name]
        mass = whole * shares[name]
        inertia = _inertia(mass, start, end, kind.radii)
        centre = start + kind.centre * (end - start)
        flesh = _flesh(name, start, end, skin[name])
        found.append(Segment(name, bone, parent, rig.heads[bone], mass, centre, inertia, flesh))
    return Segments(rig, tuple(found))


def _mass_kg(physique: Physique) -> float:
    """By the volume inside the skin."""
    basis = load()
    a, b, c, d = np.moveaxis(physique.vertices[basis.faces[basis.faces_of("body")]], 1, 0)
    volume = (np.cross(a, b) * c + np.cross(a, c) * d).sum() / 6
    return _DENSITY_KG_M3 * abs(float(volume))


def _lines(physique: Physique) -> dict[str, tuple[Array, Array]]:
    """Start and end of every segment at rest."""
    rig = physique.rig

    def head(bone: str) -> Array:
        return np.asarray(rig.heads[rig.index(bone)])

    hips = (head("upperleg01.L") + head("upperleg01.R")) / 2
    throat = (head("clavicle.L") + head("clavicle.R")) / 2
    throat = np.array([throat[0], head("spine02")[1], throat[2]])
    breast, navel = (throat + cut * (hips - throat) for cut in _TRUNK_CUTS)
    nape = head("neck01")
    crown = np.array([nape[0], head("head")[1], physique.vertices[load().group("body"), 2].max()])
    lines = {"pelvis": (navel, hips), "waist": (breast, navel), "chest": (throat, breast)}
    lines["head"] = (nape, crown)
    for side in ".L", ".R":
        tag = f"_{side[1:].lower()}"
        for name, end in _ENDS.items():
            lines[name + tag] = (head(_LIMBS[name].bone + side), head(end + side))
        toe = rig.tails[rig.index(f"toe2-3{side}")]
        ankle = head("foot" + side)
        forward = (toe - ankle) * [1.0, 1.0, 0.0]
        heel = ankle - 0.3 * forward
        sole = ankle[2] * 0.5
        lines["foot" + tag] = (heel * [1, 1, 0] + [0, 0, sole], toe * [1, 1, 0] + [0, 0, sole])
    return lines


def _inertia(mass: float, start: Array, end: Array, radii: tuple[float, float, float]) -> Array:
    """(3, 3) about the centre of mass, in the figure's axes at rest."""
    line = end - start
    length = float(np.linalg.norm(line))
    along = line / length
    across = np.array([1.0, 0.0, 0.0]) - along[0] * along
    across /= np.linalg.norm(across)
    axes = np.stack([across, np.cross(along, across), along], -1)
    moments = mass * (length * np.array(radii)) ** 2
    return np.asarray(axes @ np.diag(moments) @ axes.T)


def carriers(physique: Physique) -> IntArray:
    """(N,) index of the segment that carries each vertex of the basis' group `body`: that of its bone, or of
    the next bone above it that carries one."""
    rig, body = physique.rig, load().group("body")
    owner: dict[int, int] = {}
    for index, (name, kind) in enumerate(_kinds().items()):
        side = f".{name[-1].upper()}" if name not in _TRUNK else ""
        owner[rig.index(kind.bone + side)] = index
    for bone, parent in enumerate(rig.parents):
        owner.setdefault(bone, owner[int(parent)] if parent >= 0 else 0)
    carrier = np.take_along_axis(physique.skin.bones, physique.skin.shares.argmax(1)[:, None], axis=1)[:, 0]
    return np.array([owner[bone] for bone in range(len(rig.names))], np.int32)[carrier[body]]


def _kinds() -> dict[str, _Kind]:
    """All segments by name, parents first."""
    return _TRUNK | {f"{name}_{side}": kind for side in "lr" for name, kind in _LIMBS.items()}


def _skin_by_segment(physique: Physique) -> dict[str, Array]:
    """(N, 3) skin of every segment."""
    of_skin, body = carriers(physique), load().group("body")
    return {name: physique.vertices[body][of_skin == index] for index, name in enumerate(_kinds())}


def _flesh(name: str, start: Array, end: Array, skin: Array) -> tuple[Capsule, ...]:
    """Capsules that fill the skin of a segment: across for the trunk, along for limbs."""
    if name == "chest":
        # Its bone carries the neck as well, which is no part of how high and deep a chest is.
        return (_across(skin[skin[:, 2] < start[2]]),)
    if name in ("pelvis", "waist"):
        return (_across(skin),)
    if name == "head":
        return (_ball(skin),)
    if name.startswith("foot"):
        return _sole(skin)
    if name.startswith("hand"):
        end = skin[np.argsort((skin - start) @ (end - start))[-20:]].mean(0)
    along = (end - start) / np.linalg.norm(end - start)
    offset = skin - start
    place = offset @ along
    beside = (place > 0) & (place < np.linalg.norm(end - start))
    radius = float(
        np.percentile(np.linalg.norm(offset - place[:, None] * along, axis=1)[beside], _SURFACE_PART)
    )
    reach = min(radius, 0.5 * float(np.linalg.norm(end - start)))
    # The caps of neighbours overlap at joints; at the tips they end with the flesh.
    return (Capsule(start, end - (along * reach if name.startswith("hand") else 0.0), radius),)


def _across(skin: Array) -> Capsule:
    """From left to right through the trunk."""
    low, high = np.percentile(skin, [3, 97], axis=0)
    middle = (low + high) / 2
    radius = float(high[1] - low[1]) / 2
    reach = max(float(high[0] - low[0]) / 2 - radius, 0.2 * radius)
    aside = np.array([reach, 0.0, 0.0])
    return Capsule(middle - aside, middle + aside, radius)


def _ball(skin: Array) -> Capsule:
    """Skull and jaw: from the back of the crown to the chin, above the neck."""
    top = skin[:, 2].max()
    skull = skin[skin[:, 2] > top - 0.65 * np.ptp(skin[:, 2])]
    low, high = skull.min(0), skull.max(0)
    radius = float(high[0] - low[0]) / 2 * 1.02
    middle = (low + high) / 2
    back = np.array([middle[0], high[1] - radius, top - radius])
    chin = np.array([middle[0], low[1] + radius * 1.05, low[2] + radius])
    return Capsule(back, chin, radius)


def _sole(skin: Array) -> tuple[Capsule, ...]:
    """Two bars along the edges of the foot, from heel to toes, that touch the ground."""
    low, high = np.percentile(skin, [1, 99], axis=0)
    foot = skin[skin[:, 2] < skin[:, 2].min() + 0.5 * np.ptp(skin[:, 2])]
    heel_y, toe_y = float(high[1]), float(low[1])
    radius = 0.18 * float(np.ptp(foot[:, 0]))
    ground = float(skin[:, 2].min()) + radius
    bars = []
    for share in (0.0, 1.0):
        ends = []
        for place in (heel_y - radius, toe_y + radius):
            near = foot[np.abs(foot[:, 1] - place) < 0.12 * (heel_y - toe_y)]
            edge = np.percentile(near[:, 0], [3, 97])
            aside = edge[0] + radius + share * max(edge[1] - edge[0] - 2 * radius, 0.0)
            ends.append(np.array([aside, place, ground]))
        bars.append(Capsule(ends[0], ends[1], radius))
    return tuple(bars)
