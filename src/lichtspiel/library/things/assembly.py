"""Put the parts of a thing together: measure it, size it, balance it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lichtspiel.library.asset import Array, Asset, Cloth, Drag, Mesh, Part, Resonator, Shape, Tie, Vec3
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.substance import mesh_triangles

Box = tuple[Vec3, Vec3]


def assembled(
    parts: Sequence[Part],
    scale: float,
    *,
    spots: Mapping[str, Vec3] | None = None,
    regions: Mapping[str, Box] | None = None,
    ties: Sequence[Tie] = (),
    cloths: Sequence[Cloth] = (),
) -> Asset:
    """The asset of these parts, measured, and then resized as a whole by `scale`."""
    asset = Asset(
        tuple(parts),
        extent(parts, cloths),
        tuple(ties),
        tuple(cloths),
        (),
        dict(spots or {}),
        dict(regions or {}),
    )
    return asset if scale == 1.0 else resized(asset, scale)


def extent(parts: Sequence[Part], cloths: Sequence[Cloth] = ()) -> Vec3:
    """Size along x, y, z of the visible whole at rest."""
    points = [
        part.mesh.vertices @ rotation_matrix(part.orientation).T + np.array(part.position)
        for part in parts
        if part.mesh is not None
    ] + [cloth.mesh.vertices for cloth in cloths]
    every = np.concatenate(points)
    return vector(every.max(axis=0) - every.min(axis=0))


def resized(asset: Asset, factor: float) -> Asset:
    """The same thing larger or smaller by `factor`, of the same materials.

    Masses go with its cube, moments of inertia with its fifth power; a coil's stiffness goes
    with its size, that of a hinge with the cube, as those of elastic bodies do.
    """
    return replace(
        asset,
        parts=tuple(_resized_part(part, factor) for part in asset.parts),
        size=_times(asset.size, factor),
        ties=tuple(_resized_tie(tie, factor) for tie in asset.ties),
        cloths=tuple(
            replace(cloth, mesh=_resized_mesh(cloth.mesh, factor), mass_kg=cloth.mass_kg * factor**2)
            for cloth in asset.cloths
        ),
        spots={name: _times(point, factor) for name, point in asset.spots.items()},
        regions={
            name: (_times(low, factor), _times(high, factor)) for name, (low, high) in asset.regions.items()
        },
    )


def triple(parameters: Mapping[str, Parameter], name: str = "size") -> Vec3:
    """Three numbers of an entry: lengths or a colour. Raises TypeError for anything else."""
    value = parameters[name]
    if not isinstance(value, tuple) or len(value) != 3:
        raise TypeError(f"the parameter {name} is not three numbers")
    return vector(value)


def vector(values: Array | Sequence[float]) -> Vec3:
    """Three plain floats."""
    return (float(values[0]), float(values[1]), float(values[2]))


def moments(mesh: Mesh, mass_kg: float) -> tuple[Vec3, Vec3]:
    """Centre of mass (m) and moments of inertia (kg·m²) on the axes of a closed uniform solid.

    Tetrahedra from the origin to each triangle; covariance as in Tonon, J. Math. Stat. 1 (2004).
    """
    a, b, c = (mesh.vertices[mesh_triangles(mesh)[:, k]] for k in range(3))
    volume = np.einsum("ij,ij->i", a, np.cross(b, c)) / 6
    middle = (a + b + c) / 4
    total = float(volume.sum())
    centre = (volume[:, None] * middle).sum(axis=0) / total
    squares = (a * a + b * b + c * c + 16 * middle * middle) / 20
    second = (volume[:, None] * squares).sum(axis=0) * mass_kg / total - mass_kg * centre**2
    inertia = second.sum() - second
    return vector(centre), vector(inertia)


def _times(point: Vec3, factor: float) -> Vec3:
    return (point[0] * factor, point[1] * factor, point[2] * factor)


def _resized_mesh(mesh: Mesh, factor: float) -> Mesh:
    return replace(mesh, vertices=mesh.vertices * factor)


def _resized_tie(tie: Tie, factor: float) -> Tie:
    return replace(
        tie,
        first_point=_times(tie.first_point, factor),
        second_point=_times(tie.second_point, factor),
        length_m=None if tie.length_m is None else tie.length_m * factor,
    )


def _resized_shape(shape: Shape, factor: float) -> Shape:
    return replace(
        shape,
        size=tuple(measure * factor for measure in shape.size),
        position=_times(shape.position, factor),
        vertices=None if shape.vertices is None else shape.vertices * factor,
    )


def _resized_part(part: Part, factor: float) -> Part:
    joint = part.joint
    slides = joint.kind == "slide"
    turn_range = joint.range
    if slides and turn_range is not None:
        turn_range = (turn_range[0] * factor, turn_range[1] * factor)
    return replace(
        part,
        shapes=tuple(_resized_shape(shape, factor) for shape in part.shapes),
        mesh=None if part.mesh is None else _resized_mesh(part.mesh, factor),
        mass_kg=None if part.mass_kg is None else part.mass_kg * factor**3,
        inertia=None if part.inertia is None else _times(part.inertia, factor**5),
        position=_times(part.position, factor),
        joint=replace(
            joint,
            anchor=_times(joint.anchor, factor),
            range=turn_range,
            stiffness=joint.stiffness * (factor if slides else factor**3),
            damping=joint.damping * (factor**2 if slides else factor**4),
            angle=joint.angle * (factor**2 if slides else 1.0),
        ),
        resonator=None if part.resonator is None else _resized_resonator(part.resonator, factor),
        drag=None if part.drag is None else _resized_drag(part.drag, factor),
    )


def _resized_resonator(resonator: Resonator, factor: float) -> Resonator:
    powers = {"area": 2, "tension_n": 2, "pressure_pa": 0}
    return replace(
        resonator,
        dimensions={
            name: value * factor ** powers.get(name, 1) for name, value in resonator.dimensions.items()
        },
    )


def _resized_drag(drag: Drag, factor: float) -> Drag:
    return replace(drag, area_m2=drag.area_m2 * factor**2, volume_m3=drag.volume_m3 * factor**3)
