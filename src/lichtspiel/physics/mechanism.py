"""A world as a MuJoCo model, with what is needed to speak of its contacts by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Shape, Tie, Vec3
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.rotation import relative_pose, rotate
from lichtspiel.physics.surfaces import Touch, touch
from lichtspiel.stage.world import Body, World

STEPS_PER_SAMPLE = 8
RATE_HZ = 480.0
"""Rate of a take's poses."""
TIME_STEP_S = 1 / RATE_HZ / STEPS_PER_SAMPLE
"""0.26 ms: the shortest contact lasts eight steps."""

IMPEDANCE = 1e-4
"""Of every contact: so low that a contact's force follows from its own depth alone, like a spring's,
and not from what the neighbours need to stand still. Collisions in a row then pass on one by one."""
FRICTION_RATIO = 1e4
"""Of frictional to normal impedance: friction stays hard, so that nothing creeps down a slope."""

MEANT_OVERLAP_M = 5e-4
"""Pieces of one thing that overlap more than this from the start are made that way and never collide."""

_ROUND = {"sphere", "cylinder", "capsule", "ellipsoid"}
_TYPES = {
    "sphere": mujoco.mjtGeom.mjGEOM_SPHERE,
    "box": mujoco.mjtGeom.mjGEOM_BOX,
    "cylinder": mujoco.mjtGeom.mjGEOM_CYLINDER,
    "capsule": mujoco.mjtGeom.mjGEOM_CAPSULE,
    "ellipsoid": mujoco.mjtGeom.mjGEOM_ELLIPSOID,
    "plane": mujoco.mjtGeom.mjGEOM_PLANE,
    "hull": mujoco.mjtGeom.mjGEOM_MESH,
}
_JOINTS = {
    "hinge": mujoco.mjtJoint.mjJNT_HINGE,
    "slide": mujoco.mjtJoint.mjJNT_SLIDE,
    "ball": mujoco.mjtJoint.mjJNT_BALL,
}


@dataclass(frozen=True)
class Face:
    """Shapes of a body that count as one in contacts."""

    body: str
    label: str
    material: str


@dataclass(frozen=True, eq=False)
class Mechanism:
    """A compiled model and its tables. G geoms, P pairs of geoms that may touch."""

    model: mujoco.MjModel
    names: tuple[str, ...]
    """Bodies that can move."""
    body_ids: NDArray[np.int64]
    """MuJoCo id of each of them."""
    faces: tuple[Face, ...]
    """Of the whole world."""
    geom_face: NDArray[np.int64]
    """(G,) index into faces."""
    geom_radius: Array
    """(G,) radius a geom rolls on, metres; 0 for what does not roll."""
    pair_of: NDArray[np.int32]
    """(G, G) index of the pair."""
    couple_of: NDArray[np.int64]
    """(P,) index of the two bodies."""
    stiffness: Array
    """(P,) κ of the contact law."""
    restitution: Array
    """(P,)"""

    def body_id(self, name: str) -> int:
        """MuJoCo id of a body that can move. Raises KeyError."""
        try:
            return int(self.body_ids[self.names.index(name)])
        except ValueError:
            raise KeyError(name) from None


def faces_of(world: World) -> tuple[Face, ...]:
    """All faces of a world, in the order of its bodies."""
    shapes = ((body, shape) for body in world.bodies for shape in body.part.shapes)
    return tuple(dict.fromkeys(Face(body.name, shape.label, shape.material) for body, shape in shapes))


def build(world: World, bodies: Sequence[Body]) -> Mechanism:
    """Compile these bodies of a world, at their poses of time 0.

    Raises SimulationError when a body cannot be built.
    """
    spec = mujoco.MjSpec()
    _set_options(spec, world, bodies)
    placed: dict[str, mujoco.MjsBody] = {}
    shapes: list[tuple[Body, Shape]] = []
    waiting = list(bodies)
    while waiting:
        ready = [body for body in waiting if body.parent is None or body.parent in placed]
        if not ready:
            raise SimulationError(f"{waiting[0].name} hangs on {waiting[0].parent}, which is not there")
        for body in ready:
            placed[body.name] = _add_body(spec, world, body, placed, shapes)
        waiting = [body for body in waiting if body.name not in placed]
    for number, tie in enumerate(world.ties):
        if {tie.first, tie.second} <= {"", *placed}:
            _add_tie(spec, number, tie, placed, world)
    meetings = _meetings(shapes, {body.name: body for body in bodies})
    touches = _add_pairs(spec, shapes, meetings)
    try:
        model = spec.compile()
    except ValueError as problem:
        raise SimulationError(f"the world cannot be built: {problem}") from problem
    _set_masses(model, bodies)
    return _tables(model, faces_of(world), bodies, shapes, meetings, touches)


def _set_options(spec: mujoco.MjSpec, world: World, bodies: Sequence[Body]) -> None:
    option = spec.option
    option.timestep = TIME_STEP_S
    option.gravity = world.gravity
    option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    option.impratio = FRICTION_RATIO
    # Soft contacts make the cost small, so that the usual tolerance would stop too early.
    option.tolerance = 1e-13
    # Sparse factorisation is wrong in MuJoCo 4.0.0 (its issue 3767), and models here are small.
    option.jacobian = mujoco.mjtJacobian.mjJAC_DENSE
    # Gyroscopic forces have to be implicit, or fast spin gains energy.
    jointed = any(body.moves and body.part.joint.kind in _JOINTS for body in bodies)
    kinds = mujoco.mjtIntegrator
    option.integrator = kinds.mjINT_IMPLICIT if jointed else kinds.mjINT_IMPLICITFAST


def _add_body(
    spec: mujoco.MjSpec,
    world: World,
    body: Body,
    placed: dict[str, mujoco.MjsBody],
    shapes: list[tuple[Body, Shape]],
) -> mujoco.MjsBody:
    position, orientation = np.array(body.position), np.array(body.orientation)
    home = spec.worldbody
    if body.parent is not None:
        parent = world.body(body.parent)
        home = placed[body.parent]
        position, orientation = relative_pose(position, orientation, parent.position, parent.orientation)
    made = home.add_body(name=body.name, pos=position, quat=orientation)
    joint = body.part.joint
    if body.moves and joint.kind == "free":
        made.add_freejoint(name=body.name)
    elif body.moves and joint.kind in _JOINTS:
        limits = {} if joint.range is None else {"range": joint.range, "limited": True}
        made.add_joint(
            name=body.name,
            type=_JOINTS[joint.kind],
            axis=joint.axis,
            pos=joint.anchor,
            stiffness=joint.stiffness,
            damping=joint.damping,
            ref=joint.angle if joint.kind != "ball" else 0.0,
            solref_limit=[0.004, 0.7],
            **limits,
        )
    for shape in body.part.shapes:
        if shape.collides:
            _add_shape(spec, made, body, shape, len(shapes))
            shapes.append((body, shape))
    return made


def _add_shape(spec: mujoco.MjSpec, made: mujoco.MjsBody, body: Body, shape: Shape, number: int) -> None:
    name = f"shape{number}"
    size = np.zeros(3)
    size[: len(shape.size)] = shape.size
    mesh = ""
    if shape.kind == "hull":
        if shape.vertices is None or len(shape.vertices) < 4:
            raise SimulationError(f"a hull of {body.name} has fewer than four vertices")
        mesh = name
        spec.add_mesh(
            name=mesh,
            uservert=np.asarray(shape.vertices, float).ravel(),
            inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_CONVEX,
        )
        size[:] = 0
    if shape.kind == "plane":
        size[:] = 0, 0, 1
    made.add_geom(
        name=name,
        type=_TYPES[shape.kind],
        size=size,
        pos=shape.position,
        quat=shape.orientation,
        meshname=mesh,
        density=catalogue.materials()[shape.material].density,
        contype=0,
        conaffinity=0,
    )


def _add_tie(
    spec: mujoco.MjSpec, number: int, tie: Tie, placed: dict[str, mujoco.MjsBody], world: World
) -> None:
    if tie.kind == "weld":
        spec.add_equality(
            type=mujoco.mjtEq.mjEQ_WELD,
            name1=tie.first or tie.second,
            name2=tie.second if tie.first else "",
            objtype=mujoco.mjtObj.mjOBJ_BODY,
            solref=[0.002, 1.0],
        )
        return
    ends, points = [], []
    for side, body, point in ((0, tie.first, tie.first_point), (1, tie.second, tie.second_point)):
        home = placed[body] if body else spec.worldbody
        ends.append(home.add_site(name=f"tie{number}_{side}", pos=point).name)
        points.append(_in_world(world, body, point))
    length = float(np.linalg.norm(points[0] - points[1])) if tie.length_m is None else tie.length_m
    tendon = spec.add_tendon(name=f"tie{number}")
    for end in ends:
        tendon.wrap_site(end)
    if tie.kind == "string":
        tendon.limited = True
        tendon.range = [0.0, length]
        tendon.solref_limit = [0.002, 1.0]
        tendon.solimp_limit = [0.99, 0.99, 0.001, 0.5, 2]
    else:
        spec.add_equality(
            type=mujoco.mjtEq.mjEQ_TENDON,
            name1=f"tie{number}",
            objtype=mujoco.mjtObj.mjOBJ_TENDON,
            # Against the length in the pose of time 0.
            data=[length - float(np.linalg.norm(points[0] - points[1])), *np.zeros(10)],
            solref=[0.002, 1.0],
            solimp=[0.99, 0.99, 0.001, 0.5, 2],
        )


def _in_world(world: World, body: str, point: Vec3) -> Array:
    if not body:
        return np.array(point)
    home = world.body(body)
    return np.array(home.position) + rotate(home.orientation, point)


def _meetings(shapes: Sequence[tuple[Body, Shape]], bodies: dict[str, Body]) -> list[tuple[int, int]]:
    """Pairs of shapes that may touch: not of one body, nor of neighbours in a chain, nor both at rest."""
    root = {name: _carrier(body, bodies) for name, body in bodies.items()}
    meetings = []
    for i, (one, _) in enumerate(shapes):
        for j in range(i):
            other = shapes[j][0]
            first, second = root[one.name], root[other.name]
            if first == second:
                continue
            neighbours = second is not None and _above(one, bodies) == second
            neighbours |= first is not None and _above(other, bodies) == first
            if not neighbours:
                meetings.append((j, i))
    return meetings


def _carrier(body: Body, bodies: dict[str, Body]) -> str | None:
    """The body that this one is rigidly part of; None when it is part of the ground."""
    while not (body.moves and body.part.joint.kind != "fixed"):
        if body.parent is None:
            return None
        body = bodies[body.parent]
    return body.name


def _above(body: Body, bodies: dict[str, Body]) -> str | None:
    """The carrier that the body's own carrier hangs on."""
    own = _carrier(body, bodies)
    if own is None or bodies[own].parent is None:
        return None
    return _carrier(bodies[str(bodies[own].parent)], bodies)


def _add_pairs(
    spec: mujoco.MjSpec, shapes: Sequence[tuple[Body, Shape]], meetings: Sequence[tuple[int, int]]
) -> list[Touch]:
    touches = []
    for first, second in meetings:
        (_, one), (_, other) = shapes[first], shapes[second]
        meeting = touch(one.material, other.material)
        touches.append(meeting)
        rolls = one.kind in _ROUND or other.kind in _ROUND
        spec.add_pair(
            geomname1=f"shape{first}",
            geomname2=f"shape{second}",
            condim=6 if rolls else 3,
            friction=[
                max(meeting.friction, 1e-4),
                max(meeting.friction, 1e-4),
                # A contact patch that rolls hard also turns hard on the spot.
                max(2 * meeting.rolling_m, 1e-7),
                max(meeting.rolling_m, 1e-7),
                max(meeting.rolling_m, 1e-7),
            ],
            solimp=[IMPEDANCE, IMPEDANCE, 0.001, 0.5, 2.0],
        )
    return touches


def _set_masses(model: mujoco.MjModel, bodies: Sequence[Body]) -> None:
    """Replace what MuJoCo derived from shapes by what the parts say."""
    for body in bodies:
        number = mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY, body.name)
        part, derived = body.part, model.body_mass[number]
        if part.mass_kg is not None:
            if derived > 0:
                model.body_inertia[number] *= part.mass_kg / derived
            model.body_mass[number] = part.mass_kg
        if part.inertia is not None:
            model.body_inertia[number] = part.inertia
            model.body_iquat[number] = (1.0, 0.0, 0.0, 0.0)
        if model.body_dofnum[number] and not (
            model.body_mass[number] > 0 and (model.body_inertia[number] > 0).all()
        ):
            raise SimulationError(f"{body.name} moves and has no mass or no moment of inertia")
    mujoco.mj_setConst(model, mujoco.MjData(model))


def _tables(
    model: mujoco.MjModel,
    faces: tuple[Face, ...],
    bodies: Sequence[Body],
    shapes: Sequence[tuple[Body, Shape]],
    meetings: Sequence[tuple[int, int]],
    touches: Sequence[Touch],
) -> Mechanism:
    ids = {b.name: mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY, b.name) for b in bodies}
    names = tuple(name for name, number in ids.items() if model.body_weldid[number] != 0)
    number_of = {face: i for i, face in enumerate(faces)}
    geom_face = np.zeros(model.ngeom, np.int64)
    radius = np.zeros(model.ngeom)
    geoms = np.array([model.geom(f"shape{i}").id for i in range(len(shapes))], np.int64)
    for (body, shape), geom in zip(shapes, geoms, strict=True):
        geom_face[geom] = number_of[Face(body.name, shape.label, shape.material)]
        radius[geom] = shape.size[0] if shape.kind in _ROUND else 0.0
    pair_of = np.full((model.ngeom, model.ngeom), -1, np.int32)
    for number, (first, second) in enumerate(meetings):
        one, other = geoms[first], geoms[second]
        pair_of[one, other] = pair_of[other, one] = number
    couples: dict[tuple[str, str], int] = {}
    couple_of = [
        couples.setdefault((shapes[first][0].name, shapes[second][0].name), len(couples))
        for first, second in meetings
    ]
    return Mechanism(
        model=model,
        names=names,
        body_ids=np.array([ids[name] for name in names], np.int64),
        faces=faces,
        geom_face=geom_face,
        geom_radius=radius,
        pair_of=pair_of,
        couple_of=np.array(couple_of, np.int64),
        stiffness=hertz_stiffness(np.array([t.contact_s for t in touches])),
        restitution=np.array([t.restitution for t in touches]),
    )


def hertz_stiffness(contact_s: Array) -> Array:
    """κ in a = κ·δ^1.5 that makes a contact at 3 m/s last so long.

    Hertz: T = 2.943·δmax/v and δmax = (5·v²/(4·κ))^(2/5) (Landau & Lifshitz, Elasticity, §9).
    """
    speed = 3.0
    deepest = contact_s * speed / 2.943
    return np.asarray(1.25 * speed**2 / deepest**2.5)
