"""A body without will as a mechanism: segments, joints that bend as far as people's do, and muscle tone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.segments import Segment, Segments
from lichtspiel.physics.rotation import conjugate, product, rotate
from lichtspiel.stage.world import Body

STEP_S = 0.002
_FRICTION = 0.7
"""Of skin and clothes on what people fall on."""
_KNEE_KG_M2 = 0.05
"""Inertia of muscles about joints, which keeps light segments calm."""
_DAMPING, _TONE_DAMPING = 1.4, 6.0
"""N·m·s/rad of a joint that bears a whole body's weight: limp, and what full tone adds."""
_STIFFNESS = 260.0
"""N·m/rad of the same at full tone: what holds people upright (Winter et al., J. Neurophysiol. 80, 1998)."""
_SELF, _GROUND = 2, 1


@dataclass(frozen=True)
class _Axis:
    """One way a joint bends, radians against the body at rest: x forward, y to the left, z to the left."""

    axis: tuple[float, float, float]
    low: float
    high: float


def _bends(*ranges: tuple[float, float]) -> tuple[_Axis, ...]:
    axes = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    return tuple(_Axis(axis, *limit) for axis, limit in zip(axes, ranges, strict=False))


_JOINTS: dict[str, tuple[tuple[_Axis, ...], float]] = {
    "waist": (_bends((-0.25, 0.7), (-0.3, 0.3), (-0.3, 0.3)), 0.8),
    "chest": (_bends((-0.2, 0.45), (-0.25, 0.25), (-0.35, 0.35)), 0.7),
    "head": (_bends((-0.8, 0.7), (-0.6, 0.6), (-0.9, 0.9)), 0.08),
    "upper_arm": (_bends((-2.4, 0.7), (-1.4, 0.7), (-0.9, 0.9)), 0.12),
    "forearm": ((_Axis((0.0, 0.0, 0.0), -0.5, 2.0),), 0.08),
    "hand": (_bends((-0.9, 0.9), (-0.6, 0.6)), 0.02),
    "thigh": (_bends((-2.1, 0.3), (-0.7, 0.4), (-0.5, 0.5)), 1.0),
    "shank": (_bends((0.0, 2.4)), 0.7),
    "foot": (_bends((-0.5, 0.8), (-0.3, 0.3)), 0.25),
}
"""Ranges of the left side (American Academy of Orthopaedic Surgeons, 1965), the arms' against hanging half
raised as at rest, and shares of the stiffness."""


@dataclass(frozen=True, eq=False)
class Ragdoll:
    """A compiled body in its surroundings."""

    model: mujoco.MjModel
    segments: Segments
    body_ids: Array
    """(S,) MuJoCo id of each segment."""
    ground: dict[int, tuple[str, str]]
    """Geom of the surroundings → body of the world and material."""


def build(
    segments: Segments,
    heads: Array,
    turns: Array,
    surroundings: Sequence[Body],
    gravity: tuple[float, float, float],
    tone: float,
    hold: float,
    soles_m: float,
) -> Ragdoll:
    """The body of segments whose bones are now at heads (S, 3) with turns (S, 4), among fixed bodies.

    hold: friction of the soles against the usual one. soles_m: thickness of what is under the feet.
    """
    spec = mujoco.MjSpec()
    spec.compiler.degree = False
    spec.option.timestep = STEP_S
    spec.option.gravity = gravity
    spec.option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    spec.option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    materials: dict[str, tuple[str, str]] = {}
    for body in surroundings:
        _add_fixed(spec, body, materials)
    made: list[mujoco.MjsBody] = []
    for number in range(len(segments.all)):
        made.append(_add_segment(spec, segments, number, made, heads, turns, tone, hold, soles_m))
    _let_neighbours_touch(spec)
    model = spec.compile()
    ids = np.array([model.body(segment.name).id for segment in segments.all])
    return Ragdoll(model, segments, ids, {model.geom(name).id: facts for name, facts in materials.items()})


def qpos_of(doll: Ragdoll, heads: Array, turns: Array) -> Array:
    """Where the joints are when the bones are at heads (S, 3) with turns (S, 4)."""
    model = doll.model
    qpos = model.qpos0.copy()
    qpos[:3], qpos[3:7] = heads[0], turns[0]
    for number, segment in enumerate(doll.segments.all[1:], start=1):
        body = int(doll.body_ids[number])
        relative = product(conjugate(turns[segment.parent]), turns[number])
        relative = product(conjugate(model.body_quat[body]), relative)
        first, count = int(model.body_jntadr[body]), int(model.body_jntnum[body])
        axes = model.jnt_axis[first : first + count]
        qpos[model.jnt_qposadr[first] : model.jnt_qposadr[first] + count] = _angles(relative, axes)
    return np.asarray(qpos)


def limit(doll: Ragdoll, qpos: Array) -> Array:
    """Joint angles within what the joints allow."""
    limited = np.flatnonzero(doll.model.jnt_limited)
    places = doll.model.jnt_qposadr[limited]
    bounded = qpos.copy()
    bounded[places] = np.clip(qpos[places], *doll.model.jnt_range[limited].T)
    return np.asarray(bounded)


def _angles(turn: Array, axes: Array) -> Array:
    """Angles about one axis, or about x, y (and z) one after the other, that make up a turn."""
    if len(axes) == 1:
        turn = -turn if turn[0] < 0 else turn
        return np.array([2 * np.arctan2(float(turn[1:] @ axes[0]), float(turn[0]))])
    x, y, z = (rotate(turn, np.eye(3)[i]) for i in range(3))
    # Of Rx·Ry·Rz.
    pitch = np.arcsin(np.clip(z[0], -1, 1))
    angles = np.array([np.arctan2(-z[1], z[2]), pitch, np.arctan2(-y[0], x[0])])
    return angles[: len(axes)]


def _add_fixed(spec: mujoco.MjSpec, body: Body, materials: dict[str, tuple[str, str]]) -> None:
    made = spec.worldbody.add_body(name=f"fixed/{body.name}", pos=body.position, quat=body.orientation)
    kinds = {
        "sphere": mujoco.mjtGeom.mjGEOM_SPHERE,
        "box": mujoco.mjtGeom.mjGEOM_BOX,
        "cylinder": mujoco.mjtGeom.mjGEOM_CYLINDER,
        "capsule": mujoco.mjtGeom.mjGEOM_CAPSULE,
        "ellipsoid": mujoco.mjtGeom.mjGEOM_ELLIPSOID,
        "plane": mujoco.mjtGeom.mjGEOM_PLANE,
        "hull": mujoco.mjtGeom.mjGEOM_MESH,
    }
    for number, shape in enumerate(body.part.shapes):
        if not shape.collides:
            continue
        name = f"fixed/{body.name}/{number}"
        size = np.zeros(3)
        size[: len(shape.size)] = shape.size
        mesh = ""
        if shape.kind == "hull" and shape.vertices is not None:
            mesh = name
            spec.add_mesh(name=mesh, uservert=np.asarray(shape.vertices, float).ravel())
        if shape.kind == "plane":
            size[:] = 0, 0, 1
        made.add_geom(
            name=name,
            type=kinds[shape.kind],
            size=size,
            pos=shape.position,
            quat=shape.orientation,
            meshname=mesh,
            contype=_GROUND,
            conaffinity=0,
            friction=[_FRICTION, 0.005, 0.0001],
        )
        materials[name] = (body.name, shape.material)


def _add_segment(
    spec: mujoco.MjSpec,
    segments: Segments,
    number: int,
    made: list[mujoco.MjsBody],
    heads: Array,
    turns: Array,
    tone: float,
    hold: float,
    soles_m: float,
) -> mujoco.MjsBody:
    segment = segments.all[number]
    home = segments.rig.heads[segment.bone]
    if segment.parent < 0:
        body = spec.worldbody.add_body(name=segment.name, pos=heads[0], quat=turns[0])
        body.add_freejoint(name=segment.name)
    else:
        up = segment.parent
        back = conjugate(turns[up])
        place = rotate(back, heads[number] - heads[up])
        body = made[up].add_body(name=segment.name, pos=place)
        _add_joint(body, segments, number, product(back, turns[number]), tone)
    body.explicitinertial = True
    body.mass = segment.mass_kg
    body.ipos = segment.centre - home
    inertia = segment.inertia
    body.fullinertia = [*np.diag(inertia), inertia[0, 1], inertia[0, 2], inertia[1, 2]]
    is_foot = segment.name.startswith("foot")
    for capsule in segment.flesh:
        down = np.array([0.0, 0.0, soles_m if is_foot else 0.0])
        body.add_geom(
            type=mujoco.mjtGeom.mjGEOM_CAPSULE,
            fromto=[*(capsule.start - home - down), *(capsule.end - home - down)],
            size=[capsule.radius, 0, 0],
            contype=_SELF,
            conaffinity=_GROUND | _SELF,
            friction=[_FRICTION * (hold if is_foot else 1.0), 0.005, 0.0001],
            # The slipperier of two surfaces decides where soles slip.
            priority=1 if is_foot else 0,
            solref=[0.006, 1.1],
        )
    return body


def _add_joint(body: mujoco.MjsBody, segments: Segments, number: int, relative: Array, tone: float) -> None:
    """Hinges of a segment. What a rehearsed pose has beside them stays as it is."""
    segment = segments.all[number]
    plain = segment.name.removesuffix("_l").removesuffix("_r")
    axes, share = _JOINTS[plain]
    scale = (segments.mass_kg / 70.0) ** (5 / 3)
    ways = [(np.array(way.axis), way.low, way.high) for way in axes]
    if plain == "forearm":
        ways = [(_elbow(segments, number), axes[0].low, axes[0].high)]
    elif segment.name.endswith("_r"):  # Mirrored: what goes outward on the left is negative on the right.
        ways = [(axis, *((low, high) if axis[0] else (-high, -low))) for axis, low, high in ways]
    angles = _angles(relative, np.array([axis for axis, _, _ in ways]))
    body.quat = product(relative, conjugate(_turned(angles, [axis for axis, _, _ in ways])))
    # A pose beyond the usual range is where its owner could bring it.
    ways = [
        (axis, min(low, angle - 0.02), max(high, angle + 0.02))
        for (axis, low, high), angle in zip(ways, angles, strict=True)
    ]
    for place, (axis, low, high) in enumerate(ways):
        body.add_joint(
            name=f"{segment.name}/{place}",
            type=mujoco.mjtJoint.mjJNT_HINGE,
            axis=axis,
            range=[low, high],
            limited=True,
            stiffness=_STIFFNESS * share * tone * scale,
            damping=(_DAMPING + _TONE_DAMPING * tone) * max(share, 0.05) * scale,
            armature=_KNEE_KG_M2 * share * scale,
            solref_limit=[0.02, 1.0],
        )


def _turned(angles: Array, axes: Sequence[Array]) -> Array:
    turn = np.array([1.0, 0.0, 0.0, 0.0])
    for angle, axis in zip(angles, axes, strict=True):
        turn = product(turn, np.concatenate([[np.cos(angle / 2)], np.sin(angle / 2) * axis]))
    return turn


def _elbow(segments: Segments, number: int) -> Array:
    """Axis about which the elbow bends: across upper arm and forearm, which are bent a little at rest."""
    forearm: Segment = segments.all[number]
    shoulder = segments.all[forearm.parent].joint
    hand = next(s for s in segments.all if s.parent == number).joint
    axis = np.cross(forearm.joint - shoulder, hand - forearm.joint)
    return np.asarray(axis / np.linalg.norm(axis))


def _let_neighbours_touch(spec: mujoco.MjSpec) -> None:
    """Pairs whose flesh overlaps at joints without hanging on each other."""
    pairs = [("thigh_l", "thigh_r")]
    pairs += [(f"thigh_{side}", "waist") for side in "lr"]
    pairs += [(f"upper_arm_{side}", part) for side in "lr" for part in ("head", "waist")]
    for first, second in pairs:
        spec.add_exclude(bodyname1=first, bodyname2=second)
