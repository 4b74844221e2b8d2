"""What hangs from people hangs: it falls, swings after them, blows in the wind and stays off their skin."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from bench import draped
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.figure import Garment, Hang
from lichtspiel.library.people.figures import garments_of
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.rig import Skin
from lichtspiel.motion.carried import Bones
from lichtspiel.motion.cloth.breeze import Air
from lichtspiel.motion.cloth.drape import Hanging, drape, hung, surfaces
from lichtspiel.motion.cloth.hanging import Hung, hang
from lichtspiel.motion.cloth.underlay import Underlay
from lichtspiel.motion.postures import standing
from lichtspiel.screenplay import Action
from lichtspiel.stage.world import Direction
from tests.motion.people import performed, person

ROUND, ROWS = 36, 16
WHO = person()
STILL_AIR = Air(1.2, (0.0, 0.0, 0.0), (0.0, 0.0, -9.81))


def _skirt(hem_m: float = 0.32) -> Garment:
    """A wide ring from the waist to the knees, held by the hips at its upper edge."""
    rig = physique(WHO).rig
    height = np.linspace(1.0, 0.5, ROWS)
    radius = np.linspace(0.2, hem_m, ROWS)
    angle = np.arange(ROUND) / ROUND * 2 * np.pi
    ring = np.stack([np.cos(angle), 0.8 * np.sin(angle)], -1)
    rows = [np.c_[r * ring, np.full(ROUND, z)] for r, z in zip(radius, height, strict=True)]
    index = np.arange(ROWS * ROUND).reshape(ROWS, ROUND)
    beside = np.roll(index, -1, axis=1)
    quads = np.stack([index[:-1], index[1:], beside[1:], beside[:-1]], -1).reshape(-1, 4)
    count = ROWS * ROUND
    mesh = Mesh(
        np.concatenate(rows),
        quads.ravel().astype(np.int32),
        np.full(len(quads), 4, np.int32),
        np.zeros(len(quads), np.int32),
    )
    bones = np.zeros((count, 4), np.int32)
    bones[:] = rig.index("spine05")
    shares = np.tile([1.0, 0.0, 0.0, 0.0], (count, 1))
    pinned = np.repeat(np.clip(1.5 - np.arange(ROWS) / 2, 0, 1), ROUND)
    return Garment("skirt", mesh, (), Skin(bones, shares), 0.002, np.zeros(0, np.int32), hang=Hang(pinned))


@pytest.fixture(scope="module")
def skirt() -> Hanging:
    body = physique(WHO)
    root, pose = standing(WHO, body)
    return hung(_skirt(), body, Bones(body.rig, root[None], pose[None]))


def _worn(
    skirt: Hanging, *directions: Direction, air: Air = STILL_AIR, seconds: float = 2.0
) -> tuple[Array, Bones]:
    performance, _ = performed(WHO, *directions, seconds=seconds)
    bones = Bones(physique(WHO).rig, performance.root, performance.pose)
    return drape(skirt, bones, 48.0, air, 0.0, 0), bones


def test_cloth_keeps_its_length_and_hangs(skirt: Hanging) -> None:
    frames, _ = _worn(skirt)
    last = frames[-1].reshape(ROWS, ROUND, 3)
    rest = skirt.garment.mesh.vertices.reshape(ROWS, ROUND, 3)
    length = np.linalg.norm(np.diff(last, axis=0), axis=-1).sum(0)
    usual = np.linalg.norm(np.diff(rest, axis=0), axis=-1).sum(0)
    assert (length < 1.08 * usual).all()
    assert 0.4 < last[-1, :, 2].mean() < 0.62
    # It has come to rest.
    assert np.abs(frames[-1] - frames[-2]).max() * 48 < 0.6


def test_cloth_stays_off_the_skin_of_who_walks(skirt: Hanging) -> None:
    frames, bones = _worn(skirt, Direction(Action.STAND, 0.0), Direction(Action.WALK, 0.3), seconds=3.0)
    surface = Underlay.of(physique(WHO))
    free = skirt.garment.hang is not None and skirt.garment.hang.pinned < 0.5
    deepest = []
    skin = surface.at(bones)
    for sample in range(0, len(frames), 6):
        points, normals = skin[sample]
        cloth = frames[sample][free]
        _, nearest = cKDTree(points).query(cloth)
        depth = ((points[nearest] - cloth) * normals[nearest]).sum(1)
        deepest.append((depth > 0.008).mean())
    assert np.mean(deepest) < 0.015
    moved = frames[-1].mean(0) - frames[0].mean(0)
    assert moved[1] < -1.2


def test_wind_takes_hold_of_it_and_no_air_does_not(skirt: Hanging) -> None:
    blown, _ = _worn(skirt, air=Air(1.2, (7.0, 0.0, 0.0), (0.0, 0.0, -9.81)))
    still, _ = _worn(skirt)
    airless, _ = _worn(skirt, air=Air(0.0, (7.0, 0.0, 0.0), (0.0, 0.0, -1.62)))
    hem = slice(-ROUND, None)
    assert blown[-1, hem, 0].mean() > still[-1, hem, 0].mean() + 0.08
    assert abs(airless[-1, hem, 0].mean() - still[-1, hem, 0].mean()) < 0.06


def test_a_coat_hangs_over_the_skirt_below_it(skirt: Hanging) -> None:
    body = physique(WHO)
    performance, _ = performed(WHO, Direction(Action.WALK, 0.0), seconds=1.0)
    bones = Bones(body.rig, performance.root, performance.pose)
    inner = surfaces(skirt, drape(skirt, bones, 48.0, STILL_AIR, 0.0, 0))
    root, pose = standing(WHO, body)
    still = Bones(body.rig, root[None], pose[None])
    below = surfaces(skirt, still.carry(skirt.garment.skin, skirt.garment.mesh.vertices))
    # Cut narrower than what it is worn over.
    coat = hung(_skirt(0.26), body, still, (), *below)

    def inside(frames: Array) -> float:
        points, normals = inner[-1]
        _, near = cKDTree(points).query(frames[-1][-6 * ROUND :])
        return float((((frames[-1][-6 * ROUND :] - points[near]) * normals[near]).sum(1) < -0.004).mean())

    over = drape(coat, bones, 48.0, STILL_AIR, 0.0, 0, inner)
    through = drape(coat, bones, 48.0, STILL_AIR, 0.0, 0)
    assert inside(through) > 0.4
    assert inside(over) < 0.1


def test_it_hangs_the_same_each_time(skirt: Hanging) -> None:
    first, _ = _worn(skirt, seconds=0.5)
    second, _ = _worn(skirt, seconds=0.5)
    assert (first == second).all()


def test_skirts_slip_past_arms() -> None:
    below, body = Underlay.below_the_waist(physique(WHO)), Underlay.of(physique(WHO))
    bones = Bones(physique(WHO).rig, *(part[None] for part in standing(WHO, physique(WHO))))
    points, normals = below.at(bones)[0]
    assert np.abs(points[:, 0]).max() < np.abs(body.at(bones)[0][0][:, 0]).max() - 0.02
    assert np.isfinite(normals).all()


def test_a_skirt_keeps_off_the_cloth_that_is_worn_beneath_it() -> None:
    who = person(wears=("trousers",))
    body = physique(who)
    still = Bones(body.rig, *(part[None] for part in standing(who, body)))
    bare, over = Underlay.below_the_waist(body), Underlay.below_the_waist(body, garments_of(who))

    def thighs(under: Underlay) -> Array:
        points, _ = under.at(still)[0]
        return points[(points[:, 2] > 0.55) & (points[:, 2] < 0.75)]

    skin, cloth = thighs(bare), thighs(over)
    far, _ = cKDTree(skin).query(cloth)
    assert np.abs(cloth[:, 0]).max() > np.abs(skin[:, 0]).max() + 0.004
    assert (far > 0.004).mean() > 0.9, "the skin below trousers is left out"


def test_what_comes_out_through_a_skirt_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    (worn,) = draped.draped("skirt", 0, "turn")
    assert worn.covered > 500
    assert worn.shown <= 0.005 * worn.covered
    assert worn.deepest_m <= 0.005

    def tight(*told: object) -> Hung:
        found = hang(*told)  # type: ignore[arg-type]
        shrunk = {
            name: frames + 0.3 * (frames.mean(1, keepdims=True) - frames)
            for name, frames in found.garments.items()
        }
        return Hung(shrunk, found.dents)

    monkeypatch.setattr(draped, "hang", tight)
    (drawn,) = draped.draped("skirt", 0, "turn")
    assert drawn.shown > 0.05 * drawn.covered
    assert drawn.deepest_m > 0.01


def test_a_long_skirt_is_not_torn_by_a_leap() -> None:
    (worn,) = draped.draped("long_skirt", 6, "leap")
    assert worn.covered > 500
    assert worn.shown <= 0.005 * worn.covered
    assert worn.deepest_m <= 0.005


def test_cloth_lies_on_what_goes_with_the_body_of_a_garment_that_hangs() -> None:
    bones = Bones(physique(WHO).rig, *(part[None] for part in standing(WHO, physique(WHO))))
    bare, over = (Underlay.of(physique(WHO), worn).at(bones)[0][0] for worn in ((), (_skirt(),)))
    far, _ = cKDTree(bare).query(over)
    assert (far > 0.02).sum() > 20, "its waist stands off the body"
    assert over[far > 0.02, 2].min() > 0.9, "what hangs free is laid on where it hangs"
