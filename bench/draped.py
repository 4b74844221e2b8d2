"""How cloth that hangs fits the people who move in it: what comes out through coats, skirts, gowns and capes.

A point of skin or of inner cloth that hanging cloth covers where somebody stands at ease pokes through where
it lies outside the nearest place of that cloth, has none of it straight over it, and can be seen. What a
hem leaves free and what lies in the slit of a coat is not covered. Cloth whose threads are drawn far beyond
their length has been torn away from where it belongs.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.clothes.bending import Bend, bends
from lichtspiel.library.people.clothes.cloth import Mask
from lichtspiel.library.people.clothes.distance import above_surface
from lichtspiel.library.people.clothes.fit import Dressed, rim
from lichtspiel.library.people.clothes.sight import Surroundings
from lichtspiel.library.people.figure import Garment
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.population import complete
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.hanging import Hung, Moves, hang
from lichtspiel.motion.cloth.underlay import FREE
from lichtspiel.motion.course import cuts
from lichtspiel.motion.postures import standing
from lichtspiel.motion.rehearse import kinematic, rehearsed
from lichtspiel.motion.strip import demonstration
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.screenplay import Character, Sex, Wear, Weather

CLIPS = (
    "walk", "run", "sit_down", "dance", "jump", "turn", "kneel", "climb_stairs", "wave", "bow", "crouch",
    "pirouette", "kick", "dance_salsa", "stand_up", "pick_up", "sneak", "curtsy", "draw_sword", "dance_waltz",
    "skip", "throw_over", "march", "leap",
)  # fmt: skip
WEARERS: tuple[tuple[Sex, float, float], ...] = (
    (Sex.FEMALE, 30, 0.0), (Sex.MALE, 35, 0.2), (Sex.FEMALE, 60, 1.0), (Sex.MALE, 50, 1.0),
    (Sex.MALE, 25, -1.0), (Sex.FEMALE, 22, -0.8), (Sex.FEMALE, 8, 0.0), (Sex.MALE, 12, 0.0),
    (Sex.FEMALE, 85, 0.3), (Sex.MALE, 75, 0.0), (Sex.FEMALE, 4, 0.2), (Sex.FEMALE, 45, 0.4),
)  # fmt: skip
"""Sex, years and build of those who wear each garment in turn."""
_STEP = 1979
"""A prime, with no factor in common with the number of clips, wearers and garments."""
FRAMES = 8
"""Moments of each clip that are looked at."""
TORN = 1.5
"""Times its length that a thread is drawn where cloth has been torn away."""
_COVERS = 0.06
"""How far cloth at most is above what it covers at ease, in body heights."""
_GOES = 0.99
"""Cloth that is pinned by this much goes with the body: `fit` measures it."""
_REACH_M = 0.06
_ALIKE = 0.3
_SHOULDER = 0.72
"""Height, in body heights, above which what hangs covers arms."""
_ARMS = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
_STRAIGHT = 0.5
"""Least cosine between the way out of what is covered and the way to its cover."""
_HEM_RINGS = 3
"""Of vertices that the edge of a hem is folded over."""
_SHOWS_M = 0.0005
"""As in `fit`: less than this is hidden by the thickness of the cloth."""
_STRAIGHT_OVER_M = 0.03
_EVERY = 3
"""Of the points of skin and inner cloth one in so many is looked at."""
_STILL_AIR = Air(1.2, (0.0, 0.0, 0.0), (0.0, 0.0, -9.81))


@dataclass(frozen=True)
class Draped:
    """What was measured of somebody in a garment in a clip; covered and shown are numbers of points."""

    garment: str
    clip: str
    wearer: int
    covered: int
    shown: int
    deepest_m: float
    drawn: float
    """Longest thread, as a multiple of its length."""
    worst: str = ""


def wearing(garment: str, number: int) -> Person:
    """One of the wearers in a garment and what goes with it."""
    sex, years, build = WEARERS[number]
    character = Character(
        id=f"wearer_{number}", role="person", sex=sex, age_years=years, build=build, seed=number + 1,
        wears=(Wear(garment=garment),),
    )  # fmt: skip
    return complete(character, 1, 0, Weather.CLEAR)


@lru_cache(maxsize=1)
def hanging_garments() -> tuple[str, ...]:
    """All garments of the library of which some hangs free, on the first wearer."""
    return tuple(
        name
        for name, entry in catalogue.garments().items()
        if entry.kind != "underwear"
        for one in garments_of(wearing(name, 0))
        if one.garment == name and one.hang is not None and (one.hang.pinned < FREE).any()
    )


def tasks(count: int) -> list[tuple[str, int, str]]:
    """Garment, wearer and clip, so many of them, which are all tried before one comes again."""
    every = list(itertools.product(range(len(CLIPS)), range(len(WEARERS)), range(len(hanging_garments()))))
    chosen = []
    for k in range(count):
        clip, wearer, garment = every[(_STEP * k) % len(every)]
        chosen.append((hanging_garments()[garment], wearer, CLIPS[clip]))
    return chosen


def draped(garment: str, wearer: int, clip: str) -> list[Draped]:
    """Measure one of the tasks: all that hangs on somebody who wears a garment, one after the other."""
    who, body, moves, frames = performed(garment, wearer, clip)
    return measured(who, body, moves, hang(who, body, moves, _STILL_AIR, 0.0), frames, clip, wearer)


def performed(garment: str, wearer: int, clip: str) -> tuple[Person, Physique, Moves, IntArray]:
    """Somebody in a garment, what they do in a clip, and the samples of it that are looked at."""
    who = wearing(garment, wearer)
    body = physique(who)
    world, begin, until = demonstration(clip, None, "stand", who)
    part = rehearsed(world)["figure_0"]
    root, pose = kinematic(world, part)
    moves = Moves(
        RATE_HZ, root, pose, tuple(int(np.ceil(c * RATE_HZ)) for c in cuts(part.figure, world.timeline))
    )
    frames = np.linspace(begin * RATE_HZ, min(until * RATE_HZ, len(root) - 1), FRAMES).astype(np.int32)
    return who, body, moves, frames


def measured(
    who: Person,
    body: Physique,
    moves: Moves,
    hung: Hung,
    frames: IntArray,
    clip: str,
    wearer: int,
) -> list[Draped]:
    """What shows at some samples of moves through hanging cloth, of all that gives way as it is drawn."""
    cloth = hung.garments
    worn = garments_of(who)
    dressed = Dressed.of(worn, body)
    heads, turned = bones_posed(body.rig, moves.root[frames], moves.pose[frames])
    ease = next(iter(bends(body.rig, standing(who, body)[1][None]))).bent(dressed.rest, dressed.weights)
    carrying = np.array([name.startswith(_ARMS) for name in body.rig.names])
    arms = np.asarray(dressed.weights @ carrying > 0.3)
    over = {i: _Over.of(dressed, i, one, ease, arms) for i, one in enumerate(worn, 1) if one.garment in cloth}
    counts: dict[int, list[tuple[int, int, float, str]]] = {i: [] for i in over}
    for head, turn, frame in zip(heads, turned, frames.tolist(), strict=True):
        points = Bend.of(body.rig, head, turn).bent(_dented(dressed, hung, frame), dressed.weights)
        for i in over:
            points[dressed.parts[i]] = cloth[worn[i - 1].garment][frame]
        around = Surroundings(points, dressed.triangles, dressed.solid)
        for i, one in over.items():
            counts[i].append(one.shown(dressed, points, around, frame))
    return [
        Draped(
            worn[i - 1].garment, clip, wearer, sum(c[0] for c in found), sum(c[1] for c in found),
            max(c[2] for c in found), over[i].drawn(cloth[worn[i - 1].garment]),
            max(found, key=lambda c: c[2])[3],
        )
        for i, found in counts.items()
    ]  # fmt: skip


def _dented(dressed: Dressed, hung: Hung, frame: int) -> Array:
    """Skin and clothes at rest (V, 3), with the dents that they have at a sample."""
    rest = dressed.rest.copy()
    for name, dents in hung.dents.items():
        i = dressed.names.index(name)
        # Of the skin, the surface has the vertices that are seen.
        slots = np.searchsorted(dressed.seen, dents.vertices) if i == 0 else dents.vertices
        rest[dressed.parts[i][slots]] += dents.ways[frame]
    return rest


@dataclass(frozen=True, eq=False)
class _Over:
    """The hanging part of a garment, and what it covers at ease.

    triangles: (F, 3) of the part, in the garment's vertices. inner: for surfaces below it, points.
    """

    number: int
    triangles: IntArray
    rim: Mask
    inner: dict[int, IntArray]
    edges: IntArray
    lengths: Array
    sign: float
    """Of its normals, that they face outward."""

    @classmethod
    def of(cls, dressed: Dressed, number: int, garment: Garment, ease: Array, arms: Mask) -> _Over:
        """What a garment covers of a body that stands at `ease` (V, 3), some of it carried by arms (V,)."""
        assert garment.hang is not None
        whole = dressed.surfaces[number].triangles
        triangles = whole[(garment.hang.pinned[whole] < _GOES).any(1)]
        here = ease[dressed.parts[number]]
        sign = 1.0 if _faces_out(here, triangles) else -1.0
        if sign < 0:
            triangles = np.ascontiguousarray(triangles[:, ::-1])
        used = np.unique(triangles)
        tree, normals = cKDTree(here), sign * dressed.surfaces[number].normals(here)
        height = float(np.ptp(ease[:, 2]))
        entries = catalogue.garments()
        # Arms hang beside what falls from the waist.
        sleeved = here[used, 2].max() > _SHOULDER * height
        inner = {}
        for i, surface in enumerate(dressed.surfaces):
            part = dressed.parts[i]
            at = ease[part]
            layer = -1 if i == 0 else entries[dressed.names[i]].layer
            if i == number or layer > entries[garment.garment].layer:
                continue
            some = np.arange(0, len(at), _EVERY)
            if not sleeved:
                some = some[~arms[part[some]]]
            facing = surface.normals(at)[some]
            far, near = tree.query(at[some], distance_upper_bound=_COVERS * height)
            near = np.where(np.isinf(far), 0, near)
            above = np.einsum("ni,ni->n", here[near] - at[some], facing)
            alike = np.einsum("ni,ni->n", normals[near], facing) > _ALIKE
            # What is nearest to the part above it that goes with the body is that part's to cover.
            alike &= garment.hang.pinned[near] < _GOES
            inner[i] = some[np.isfinite(far) & alike & (above > _STRAIGHT * far)].astype(np.int32)
        edges = np.unique(np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1), axis=0)
        lengths = np.linalg.norm(here[edges[:, 1]] - here[edges[:, 0]], axis=1)
        return cls(number, triangles, rim(garment.mesh, _HEM_RINGS), inner, edges, lengths, sign)

    def shown(
        self, dressed: Dressed, points: Array, around: Surroundings, frame: int
    ) -> tuple[int, int, float, str]:
        """Covered points, those that show, how deep the worst, and what it is."""
        cloth = points[dressed.parts[self.number]]
        normals = self.sign * dressed.surfaces[self.number].normals(cloth)
        used = np.unique(self.triangles)
        tree = cKDTree(cloth[used])
        covered = shown = 0
        deepest, worst = 0.0, ""
        for i, chosen in self.inner.items():
            every = points[dressed.parts[i]]
            covered += len(chosen)
            facing = dressed.surfaces[i].normals(every)[chosen]
            at = every[chosen]
            far, near = tree.query(at, distance_upper_bound=_REACH_M)
            near = used[np.where(np.isinf(far), 0, near)]
            out = np.einsum("ni,ni->n", at - cloth[near], normals[near])
            alike = np.einsum("ni,ni->n", facing, normals[near]) > _ALIKE
            through = np.flatnonzero(np.isfinite(far) & alike & ~self.rim[near] & (out > _SHOWS_M))
            if len(through):
                out[through] = np.minimum(out[through], above_surface(at[through], cloth[self.triangles]))
                through = through[out[through] > _SHOWS_M]
            if len(through):
                sheet = Surroundings(cloth, self.triangles, 0)
                reach = np.full(len(through), _STRAIGHT_OVER_M)
                through = through[~sheet.stop(at[through], facing[through], reach)]
            if len(through):
                through = through[around.seen(at[through], facing[through])]
            shown += len(through)
            if len(through) and out[through].max() > deepest:
                deepest, place = float(out[through].max()), at[through[out[through].argmax()]]
                worst = f"{dressed.names[i]}, sample {frame}, at {np.round(place, 2).tolist()}"
        return covered, shown, deepest, worst

    def drawn(self, frames: Array) -> float:
        """Longest thread of more than a centimetre over all frames (T, V, 3), in its lengths."""
        long = self.lengths > 0.01
        first, second = self.edges[long].T
        return max(
            float((np.linalg.norm(frame[second] - frame[first], axis=1) / self.lengths[long]).max())
            for frame in frames
        )


def _faces_out(points: Array, triangles: IntArray) -> bool:
    """Whether more triangles (F, 3) between points (V, 3) face away from their middle than to it."""
    corner = points[triangles]
    across = np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0])
    away = corner.mean(1) - corner.mean((0, 1))
    return bool((across[:, :2] * away[:, :2]).sum() > 0)
