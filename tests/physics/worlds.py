"""Worlds built by hand, without a stage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lichtspiel.library.asset import Drag, Joint, Part, Quat, Shape, Tie, Vec3
from lichtspiel.library.place import Acoustics, Sky
from lichtspiel.screenplay import Prop, Screenplay, Setting, Shot
from lichtspiel.stage.world import Body, Breakable, Control, Freedom, Goal, PlacedCloth, Span, World

EARTH: Vec3 = (0.0, 0.0, -9.81)
UPRIGHT: Quat = (1.0, 0.0, 0.0, 0.0)


def body(
    name: str,
    shapes: Shape | Sequence[Shape],
    position: Vec3 = (0.0, 0.0, 0.0),
    *,
    orientation: Quat = UPRIGHT,
    moves: bool = True,
    mass_kg: float | None = None,
    joint: Joint | None = None,
    parent: str | None = None,
    velocity: Vec3 = (0.0, 0.0, 0.0),
    angular_velocity: Vec3 = (0.0, 0.0, 0.0),
    joint_offset: float = 0.0,
    drag: Drag | None = None,
    inertia: Vec3 | None = None,
) -> Body:
    shapes = (shapes,) if isinstance(shapes, Shape) else tuple(shapes)
    part = Part(
        name.rsplit("/", maxsplit=1)[-1],
        shapes,
        mass_kg=mass_kg,
        joint=joint or Joint("free" if moves else "fixed"),
        drag=drag,
        inertia=inertia,
    )
    return Body(
        name,
        name.split("/", maxsplit=1)[0],
        part,
        position,
        orientation,
        moves,
        parent,
        velocity,
        angular_velocity,
        joint_offset,
    )


def sphere(radius: float, material: str = "steel", label: str = "") -> Shape:
    return Shape("sphere", (radius,), material, label=label)


def box(x: float, y: float, z: float, material: str = "wood", position: Vec3 = (0, 0, 0)) -> Shape:
    """A box of these edge lengths."""
    return Shape("box", (x / 2, y / 2, z / 2), material, position)


def floor(material: str = "concrete", orientation: Quat = UPRIGHT) -> Body:
    return body("place/floor", Shape("plane", (), material), moves=False, orientation=orientation)


def tilt_about_y(angle_rad: float) -> Quat:
    return (float(np.cos(angle_rad / 2)), 0.0, float(np.sin(angle_rad / 2)), 0.0)


def world(
    *bodies: Body,
    duration_s: float = 1.0,
    gravity: Vec3 = EARTH,
    air_density: float = 0.0,
    wind: Vec3 = (0.0, 0.0, 0.0),
    ties: Sequence[Tie] = (),
    cloths: Sequence[PlacedCloth] = (),
    breakables: Sequence[Breakable] = (),
    controls: Sequence[Control] = (),
    freedoms: Sequence[Freedom] = (),
    goals: Sequence[Goal] = (),
    seed: int = 0,
) -> World:
    screenplay = Screenplay(
        title="Test",
        seed=seed,
        duration_s=duration_s,
        setting=Setting(place="studio"),
        props=(Prop(id="thing", thing="block"),),
        shots=(Shot(),),
    )
    return World(
        screenplay=screenplay,
        bodies=tuple(bodies),
        ties=tuple(ties),
        cloths=tuple(cloths),
        breakables=tuple(breakables),
        controls=tuple(controls),
        freedoms=tuple(freedoms),
        goals=tuple(goals),
        gravity=gravity,
        air_density=air_density,
        wind=wind,
        lamps=(),
        sky=Sky("gradient"),
        exposure_ev=0.0,
        acoustics=Acoustics(None),
        camera_bounds=None,
        action_centre=(0.0, 0.0, 0.0),
        facing=(0.0, -1.0, 0.0),
        timeline=(Span(0.0, duration_s, 0.0, 1.0),),
        acting=(),
    )
