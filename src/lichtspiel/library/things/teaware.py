"""What tea is made and served with: pots, cups on saucers, kettles, trays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles
from lichtspiel.library.things.assembly import assembled, extent
from lichtspiel.library.things.forms import plate, seen, solid, superellipse, tube
from lichtspiel.library.things.handles import Handle, ear
from lichtspiel.library.things.joinery import capsule, fused
from lichtspiel.library.things.substance import density, enclosed_volume, inertia, number, surface
from lichtspiel.library.things.turned import lengths, turned, walled

Parameters = Mapping[str, Parameter]


def teapot(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A round pot with a lid, its spout to the right and its handle to the left.

    Its lid lies in its seat as one with the body, so that it can be tilted to pour.
    """
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    mouth, foot = radius * 0.5, radius * 0.55
    controls = [
        (0, wall * 0.6, 0, wall * 1.7),
        (foot * 0.84, wall * 0.6, foot * 0.84, wall * 1.8),
        (foot * 0.9, 0, foot * 0.95, wall * 2.0),
        (foot, 0, foot * 1.04, wall * 2.3),
        (foot * 1.06, wall * 0.9, foot * 1.12, wall * 2.8),
        (radius * 0.9, height * 0.26, radius * 0.9 - wall * 0.9, height * 0.26 + wall * 0.5),
        (radius, height * 0.5, radius - wall, height * 0.5),
        (radius * 0.88, height * 0.76, radius * 0.88 - wall * 0.9, height * 0.76 - wall * 0.4),
        (mouth * 1.16, height * 0.95, mouth * 1.1, height * 0.95 - wall),
        (mouth * 1.1, height * 0.985, mouth, height * 0.98),
        (mouth * 1.1, height, mouth, height),
    ]
    grip = _turned_round(ear(radius * 0.9, height * 0.26, height * 0.86, radius * 0.62, wall * 2.8))
    spout = _spout(radius, height)
    asset = turned(parameters, wish, rng, "porcelain", walled(controls), handles=(grip,))
    (pot,) = asset.parts
    assert pot.mesh is not None
    lid = _lid(mouth * 1.13, height + wall * 0.05)
    mesh = meshes.joined(pot.mesh, lid, spout.mesh())
    more = enclosed_volume(lid) * 0.4 + enclosed_volume(spout.mesh())
    mass = (pot.mass_kg or 0.0) + more * density(wish.material)
    cover = Shape(
        "cylinder", (mouth * 1.12, wall * 1.5), wish.material, (0.0, 0.0, height + wall), label="lid"
    )
    whole = replace(
        pot,
        mesh=mesh,
        shapes=(*pot.shapes, *spout.shapes(wish.material), cover),
        mass_kg=mass,
        inertia=inertia(mesh, mass),
    )
    tip, throat, hold = spout.path[-1], spout.path[-6], grip.path[len(grip.path) // 2]
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, float(mesh.vertices[:, 2].max())),
        "spout": (float(tip[0]), 0.0, float(tip[2])),
        "throat": (float(throat[0]), 0.0, float(throat[2])),
        "tip": (float(tip[0]), 0.0, float(tip[2])),
        "grip": (float(hold[0]), 0.0, float(hold[2])),
    }
    return Asset((whole,), extent((whole,)), spots=spots)


def _turned_round(handle: Handle) -> Handle:
    """The handle on the other side, so that what is held by it points away from the hand."""
    return replace(handle, path=handle.path * [-1.0, 1.0, 1.0])


def _spout(radius: float, height: float) -> Handle:
    """A swan's neck to the right that ends above the level of the mouth."""
    bends = np.array([(0.80, 0.34), (1.12, 0.36), (1.38, 0.56), (1.52, 0.82), (1.74, 1.0)]) * [radius, height]
    line = profiles.smooth_line(bends, radius * 0.06)
    path = np.column_stack([line[:, 0], np.zeros(len(line)), line[:, 1]])
    t = np.linspace(0, 1, len(path))
    return Handle(path, radius * (0.11 + 0.20 * (1 - t) ** 1.6), 1.0, bore=0.74)


def _lid(radius: float, base: float) -> Mesh:
    """A domed lid with a knob, closed below."""
    profile = np.array(
        [
            (0, -0.25),
            (0.8, -0.25),
            (0.86, -0.05),
            (1.0, 0.0),
            (1.02, 0.08),
            (0.96, 0.17),
            (0.74, 0.30),
            (0.42, 0.44),
            (0.17, 0.52),
            (0.11, 0.60),
            (0.13, 0.70),
            (0.21, 0.80),
            (0.235, 0.92),
            (0.18, 1.03),
            (0.08, 1.075),
            (0, 1.08),
        ]
    )
    line = profiles.smooth_line(profile * [radius, radius * 0.78], radius * 0.07)
    line[:, 1] += base
    line[0, 0] = line[-1, 0] = 0.0
    return profiles.revolved(line, 64)


def teacup(parameters: Parameters, wish: Wish, rng: Generator) -> Asset:
    """A wide tea cup that stands on its saucer; both are free."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    foot = radius * 0.46
    controls = [
        (0, wall * 0.7, 0, wall * 1.8),
        (foot * 0.82, wall * 0.7, foot * 0.82, wall * 1.9),
        (foot * 0.9, 0, foot * 0.95, wall * 2.1),
        (foot, 0, foot * 1.04, wall * 2.4),
        (foot * 1.05, wall * 1.3, foot * 1.12, wall * 3.0),
        (radius * 0.66, height * 0.2, radius * 0.66 - wall * 0.7, height * 0.2 + wall * 0.8),
        (radius * 0.86, height * 0.48, radius * 0.86 - wall * 0.95, height * 0.48 + wall * 0.3),
        (radius * 0.93, height * 0.76, radius * 0.93 - wall, height * 0.76),
        (radius * 1.0, height - wall * 0.3, radius - wall * 0.7, height - wall * 0.3),
    ]
    handle = _turned_round(ear(radius * 0.84, height * 0.34, height * 0.86, radius * 0.46, wall * 1.7))
    cup = turned(parameters, wish, rng, "porcelain", walled(controls), handles=(handle,))
    plate_radius, plate_height = radius * 1.58, height * 0.31
    well = foot * 1.25
    dish = [
        (0, wall * 0.7, 0, wall * 1.7),
        (well * 0.8, wall * 0.6, well * 0.8, wall * 1.7),
        (well * 0.86, 0, well * 0.9, wall * 1.7),
        (well * 0.98, 0, well * 1.0, wall * 1.9),
        (well * 1.06, wall * 0.9, well * 1.08, wall * 2.5),
        (plate_radius * 0.76, plate_height * 0.55, plate_radius * 0.755, plate_height * 0.55 + wall),
        (plate_radius, plate_height - wall * 0.7, plate_radius * 0.985, plate_height),
    ]
    sizes = {**parameters, "height": plate_height / wish.scale, "radius": plate_radius / wish.scale}
    saucer = turned(sizes, wish, rng, "porcelain", walled(dish), resonator="bowl")
    rise = wall * 1.7 + 0.0002
    below = replace(saucer.parts[0], name="saucer")
    above = replace(cup.parts[0], name="cup", position=(0.0, 0.0, rise))
    broken = [
        *(replace(f, part="cup") for f in cup.fractures),
        *(replace(f, part="saucer") for f in saucer.fractures),
    ]
    low, high = cup.regions["inside"]
    hold = handle.path[len(handle.path) // 2]
    spots: dict[str, Vec3] = {
        "opening": (0.0, 0.0, height + rise),
        "top": (0.0, 0.0, height + rise),
        "floor": (0.0, 0.0, wall * 1.8 + rise),
        "grip": (float(hold[0]), 0.0, float(hold[2]) + rise),
    }
    inside = {"inside": ((low[0], low[1], low[2] + rise), (high[0], high[1], high[2] + rise))}
    # The cup comes first: it is what one means by the thing.
    return Asset((above, below), extent((above, below)), (), (), tuple(broken), spots, inside)


def kettle(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A stove kettle of polished steel: flat base, domed lid, arched handle over the top."""
    height, radius, wall = (number(parameters, k) for k in ("height", "radius", "wall"))
    profile = np.array(
        [
            (0, 0),
            (0.90, 0),
            (0.97, 0.02),
            (1.0, 0.08),
            (0.985, 0.2),
            (0.9, 0.46),
            (0.74, 0.70),
            (0.56, 0.86),
            (0.43, 0.92),
            (0.425, 0.935),
            (0.445, 0.945),
            (0.43, 0.965),
            (0.3, 1.0),
            (0.12, 1.03),
            (0, 1.035),
        ]
    ) * [radius, height]
    line = profiles.smooth_line(profile, radius * 0.05)
    line[0, 0] = line[-1, 0] = 0.0
    shell = profiles.revolved(line, 96)
    knob = meshes.lathe(
        np.array([(0, 0), (0.22, 0), (0.14, 0.3), (0.3, 0.7), (0.26, 1.0), (0, 1.1)])
        * [radius * 0.5, height * 0.17]
        + [0, height * 1.02],
        32,
        1,
    )
    spout = Handle(
        _bend([(0.78, 0.42), (1.06, 0.62), (1.22, 0.86), (1.42, 0.98)], radius, height),
        radius * np.linspace(0.26, 0.12, 24),
        1.0,
        bore=0.8,
    )
    arch = [(s * radius * 0.72, 0.0, height * 0.74) for s in (-1.0, 1.0)]
    over = [
        arch[0],
        (-radius * 0.80, 0.0, height * 1.15),
        (-radius * 0.5, 0.0, height * 1.5),
        (0.0, 0.0, height * 1.58),
        (radius * 0.5, 0.0, height * 1.5),
        (radius * 0.80, 0.0, height * 1.15),
        arch[1],
    ]
    handle = tube(over, wall * 7, count=48, segments=14)
    grip_line = [
        (x * 0.62 / 0.5 * radius * 0.5, 0.0, z * height) for x, z in ((-1, 1.47), (0, 1.58), (1, 1.47))
    ]
    grip = tube(grip_line, [wall * 11, wall * 13.5, wall * 11], slot=1, count=24, segments=16)
    material = wish.material
    shapes = [
        Shape("cylinder", (radius * 0.97, height * 0.22), material, (0, 0, height * 0.22)),
        Shape("cylinder", (radius * 0.76, height * 0.28), material, (0, 0, height * 0.68)),
        *spout.shapes(material, 3),
        *(capsule(over[i], over[i + 1], wall * 8, material) for i in range(6)),
    ]
    mass = 2 * np.pi * radius * height * wall * density(material) * 1.5 + 0.15
    part = fused(
        "kettle",
        [solid(shapes, shell, spout.mesh(), handle), seen(grip, knob)],
        (surface(wish, "polished_steel"), Surface("bakelite")),
        mass_kg=mass,
        resonator=Resonator(
            "cylindrical_shell", material, {"radius": radius, "height": height, "thickness": wall}
        ),
    )
    tip, throat = spout.path[-1], spout.path[-4]
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, height * 1.03),
        "spout": (float(tip[0]), 0.0, float(tip[2])),
        "throat": (float(throat[0]), 0.0, float(throat[2])),
        "tip": (float(tip[0]), 0.0, float(tip[2])),
        "grip": (0.0, 0.0, height * 1.58),
    }
    return assembled([part], wish.scale, spots=spots)


def _bend(points: list[tuple[float, float]], radius: float, height: float) -> Array:
    line = np.array(points) * [radius, height]
    t = np.linspace(0, 1, len(line))
    fine = np.linspace(0, 1, 24)
    smooth = np.column_stack([np.interp(fine, t, line[:, k]) for k in (0, 1)])
    kernel = np.ones(7) / 7
    for k in (0, 1):
        smooth[:, k] = np.convolve(np.pad(smooth[:, k], 3, "reflect", reflect_type="odd"), kernel, "valid")
    return np.column_stack([smooth[:, 0], np.zeros(24), smooth[:, 1]])


def tray(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A round waiter's tray with a raised rim and a non-slip mat; five glasses find room on it."""
    radius, height, wall = (number(parameters, k) for k in ("radius", "height", "wall"))
    flat = radius * 0.93
    controls = [
        (0, 0, 0, wall),
        (flat, 0, flat - wall * 0.4, wall),
        (flat + wall * 1.5, wall * 0.5, flat + wall * 0.7, wall * 1.4),
        (radius - wall * 2, height - wall, radius - wall * 3, height - wall * 0.6),
        (radius, height, radius - wall * 0.3, height + wall),
    ]
    body = profiles.revolved(_closed_profile(controls), 128)
    mat = meshes.moved(meshes.cylinder(flat * 0.975, 0.0008, 96, 0.0003, 1), (0, 0, wall + 0.0004))
    material = wish.material
    shapes = [Shape("cylinder", (flat, wall / 2 + 0.0004), "rubber", (0, 0, wall / 2 + 0.0004), label="top")]
    for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
        reach = radius - 0.006
        at = (float(reach * np.cos(angle)), float(reach * np.sin(angle)), height / 2)
        half = (0.005, float(np.pi * radius / 24), height / 2)
        shapes.append(Shape("box", half, material, at, meshes.turn((0, 0, 1), float(angle)), label="rim"))
    mass = np.pi * radius**2 * wall * density(material) * 1.15
    part = fused(
        "tray",
        [solid(shapes, body), seen(mat)],
        (surface(wish, "silver"), Surface("black_rubber")),
        mass_kg=mass,
        resonator=Resonator("disc", material, {"radius": radius, "thickness": wall}),
    )
    top = wall + 0.0008
    places = {
        f"place_{k + 1}": (float(0.6 * radius * np.cos(a)), float(0.6 * radius * np.sin(a)), top)
        for k, a in enumerate(np.linspace(0, 2 * np.pi, 4, endpoint=False) + np.pi / 4)
    }
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, top),
        "place_5": (0.0, 0.0, top),
        "grip": (0.0, 0.0, 0.0),
        "edge": (0.0, -radius, height),
        "grip_left": (radius, 0.0, height / 2),
        "grip_right": (-radius, 0.0, height / 2),
        **places,
    }
    return assembled([part], wish.scale, spots=spots)


def _closed_profile(controls: Sequence[Sequence[float]]) -> Array:
    wall = walled(controls)
    return np.concatenate([wall.outer, wall.inner[-2::-1]])


def serving_board(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A cutting board with rounded corners, a juice groove and a hole to hang it by."""
    x, y, thick = (number(parameters, k) for k in ("width", "depth", "thickness"))
    top = plate(superellipse(x, y, 9.0, 96), thick, 0.003)
    shape = Shape("box", (x / 2, y / 2, thick / 2), wish.material, (0, 0, thick / 2), label="edge")
    groove = [
        np.column_stack([superellipse(x - 0.035 - d, y - 0.035 - d, 9.0, 96), np.full(96, thick + 0.0003)])
        for d in (0.0, 0.009)
    ]
    line = meshes.loft(
        np.array([groove[0], groove[1], groove[1] - [0, 0, 0.002], groove[0] - [0, 0, 0.002]]), 1, closed=True
    )
    part = fused(
        "board",
        [solid(shape, top), seen(line)],
        (surface(wish, "oak"), Surface("dark_wood")),
        mass_kg=x * y * thick * density(wish.material),
        resonator=Resonator("plate", wish.material, {"length": x, "width": y, "thickness": thick}),
    )
    spots: dict[str, Vec3] = {
        "top": (0.0, 0.0, thick),
        "edge": (0.0, -y / 2, thick),
        "grip": (x / 2, 0.0, thick / 2),
    }
    return assembled([part], wish.scale, spots=spots)
