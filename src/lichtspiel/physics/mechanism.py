"""A world as a MuJoCo model, with what is needed to speak of its contacts by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import mujoco
import numpy as np
from numpy.typing import NDArray

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, Shape, Tie, Vec3
from lichtspiel.physics.cast import NOBODY, Cast, Limb
from lichtspiel.physics.errors import SimulationError
from lichtspiel.physics.pairs import ROUND, pairs_of, surface_of
from lichtspiel.physics.rotation import relative_pose, rotate
from lichtspiel.stage.world import Body, Hold, World

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

_FIXED, _LOOSE, _SHARD = 1, 2, 4
_LIMBS = tuple(1 << bit for bit in range(4, 30))
"""One for each figure, so that what it holds can pass through it; of more than these, some share one."""
_MEETS = {_FIXED: _LOOSE, _LOOSE: _FIXED | _LOOSE | _SHARD, _SHARD: _FIXED | _LOOSE}
"""What is fixed meets only what is loose; shards of one break begin in full contact, and do not meet each
other until they have come apart."""

_HEAP = 8
"""So many loose bodies make sparse matrices faster than dense ones."""
ASLEEP_M_S = 1e-4
"""What has been slower than this for ten steps, with all that it touches, sleeps until something touches
it: even a slope of 0.6 per cent sets things off faster than that."""
_STEADINESS = 6.0
"""What cannot roll does not set off slowly: it may sleep when it trembles this much more."""
_SLEEP = mujoco.mjtSleepPolicy

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
    """A compiled model and its tables. G geoms, M materials."""

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
    geom_body: NDArray[np.int64]
    """(G,) MuJoCo id of the geom's body."""
    pair_row: NDArray[np.int64]
    pair_column: NDArray[np.int64]
    """(G,) each; the row of two geoms in the tables of pairs is pair_row[first] + pair_column[second]."""
    friction: Array
    """(P, 5) MuJoCo's coefficients: sliding twice, turning on the spot, rolling twice."""
    stiffness: Array
    """(P,) κ of the contact law."""
    returned: Array
    """(P,) share of the energy that a contact gives back, e²."""
    limb_ids: NDArray[np.int64]
    """MuJoCo id of each limb of the cast, and"""
    limb_rows: NDArray[np.int64]
    """its row among the bodies that are led."""
    flesh: NDArray[np.int64]
    """Geoms of limbs."""
    limb_bits: dict[str, int]
    """Figure → the bit of contype by which its limbs collide."""

    def body_id(self, name: str) -> int:
        """MuJoCo id of a body that can move. Raises KeyError."""
        try:
            return int(self.body_ids[self.names.index(name)])
        except ValueError:
            raise KeyError(name) from None


def faces_of(world: World, cast: Cast = NOBODY) -> tuple[Face, ...]:
    """All faces of a world, in the order of its bodies, and of its cast."""
    shapes = [(body.name, shape) for body in world.bodies for shape in body.part.shapes]
    shapes += [(limb.name, shape) for limb in cast.limbs for shape in limb.shapes]
    return tuple(dict.fromkeys(Face(name, shape.label, shape.material) for name, shape in shapes))


def build(world: World, bodies: Sequence[Body], cast: Cast = NOBODY) -> Mechanism:
    """Compile these bodies of a world, at their poses of time 0, and the limbs of its cast.

    Raises SimulationError when a body cannot be built.
    """
    spec = mujoco.MjSpec()
    spec.compiler.degree = False
    _set_options(spec, world, bodies)
    placed: dict[str, mujoco.MjsBody] = {}
    shapes: list[tuple[str, Shape]] = []
    led = {hand.grip.body for hand in cast.hands} | {tread.body for tread in cast.treads}
    bits = _bits(cast)
    waiting = list(bodies)
    while waiting:
        ready = [body for body in waiting if body.parent is None or body.parent in placed]
        if not ready:
            raise SimulationError(f"{waiting[0].name} hangs on {waiting[0].parent}, which is not there")
        for body in ready:
            placed[body.name] = _add_body(spec, world, body, placed, shapes, led, sum(set(bits.values())))
        waiting = [body for body in waiting if body.name not in placed]
    for number, tie in enumerate(world.ties):
        if {tie.first, tie.second} <= {"", *placed}:
            _add_tie(spec, number, tie, placed, world)
    for limb in cast.limbs:
        _add_limb(spec, limb, shapes, bits[limb.figure])
    model = _compile(spec)
    meant = [*_meant_overlaps(model, bodies), *_leant_on(model, world, set(placed), cast)]
    if meant:
        for first, second in meant:
            spec.add_exclude(bodyname1=first, bodyname2=second)
        model = _compile(spec)
    _set_masses(model, world, bodies)
    return _tables(model, faces_of(world, cast), bodies, shapes, cast.limbs, bits)


def _bits(cast: Cast) -> dict[str, int]:
    figures = dict.fromkeys(limb.figure for limb in cast.limbs)
    return {figure: _LIMBS[number % len(_LIMBS)] for number, figure in enumerate(figures)}


def _add_limb(spec: mujoco.MjSpec, limb: Limb, shapes: list[tuple[str, Shape]], bit: int) -> None:
    """A limb is led, not moved by forces, and collides with what is loose."""
    place, turn = limb.track.positions[0], limb.track.orientations[0]
    made = spec.worldbody.add_body(name=limb.name, pos=place, quat=turn, mocap=True)
    for shape in limb.shapes:
        _add_shape(spec, made, limb.name, shape, len(shapes), (bit, 0))
        shapes.append((limb.name, shape))


def _leant_on(model: mujoco.MjModel, world: World, placed: set[str], cast: Cast) -> list[tuple[str, str]]:
    """Pairs of bodies and limbs that overlap from the start, or stand on each other: no collisions."""
    limbs = {limb.name: limb.figure for limb in cast.limbs}
    if not limbs:
        return []
    ground = {figure.name: figure.ground for figure in world.figures}
    data = mujoco.MjData(model)
    mujoco.mj_fwdPosition(model, data)
    deep = data.contact.geom[data.contact.dist < -MEANT_OVERLAP_M]
    pairs = {tuple(model.body(model.geom_bodyid[geom]).name for geom in pair) for pair in deep}
    found = {(first, second) for first, second in pairs if (first in limbs) != (second in limbs)}
    found |= {(name, ground[figure]) for name, figure in limbs.items() if ground[figure] in placed}
    return sorted(found)


def _set_options(spec: mujoco.MjSpec, world: World, bodies: Sequence[Body]) -> None:
    option = spec.option
    option.timestep = TIME_STEP_S
    option.gravity = world.gravity
    option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    option.impratio = FRICTION_RATIO
    # Soft contacts make the cost small, so that the usual tolerance would stop too early.
    option.tolerance = 1e-13
    # Gyroscopic forces have to be implicit, or fast spin gains energy.
    jointed = any(body.moves and body.part.joint.kind in _JOINTS for body in bodies)
    # Sparse matrices pay for heaps of loose things. With chains of joints they are wrong in MuJoCo
    # 4.0.0 (its issue 3767).
    heap = not jointed and not world.ties and sum(body.moves for body in bodies) >= _HEAP
    matrices = mujoco.mjtJacobian
    option.jacobian = matrices.mjJAC_SPARSE if heap else matrices.mjJAC_DENSE
    if not world.ties:  # MuJoCo cannot put to sleep what rods tie together.
        option.enableflags |= mujoco.mjtEnableBit.mjENBL_SLEEP
    option.sleep_tolerance = ASLEEP_M_S
    kinds = mujoco.mjtIntegrator
    option.integrator = kinds.mjINT_IMPLICIT if jointed else kinds.mjINT_IMPLICITFAST


def _add_body(
    spec: mujoco.MjSpec,
    world: World,
    body: Body,
    placed: dict[str, mujoco.MjsBody],
    shapes: list[tuple[str, Shape]],
    led: set[str],
    limb_bits: int,
) -> mujoco.MjsBody:
    position, orientation = np.array(body.position), np.array(body.orientation)
    home = spec.worldbody
    if body.parent is not None:
        parent = world.body(body.parent)
        home = placed[body.parent]
        position, orientation = relative_pose(position, orientation, parent.position, parent.orientation)
    made = home.add_body(name=body.name, pos=position, quat=orientation)
    if body.moves and body.parent is None:
        held = {control.body for control in world.controls if isinstance(control, Hold)} | led
        sleeps = body.part.joint.kind == "free" and body.name not in held
        made.sleep = _SLEEP.mjSLEEP_ALLOWED if sleeps else _SLEEP.mjSLEEP_NEVER
    made.gravcomp = _displaced_kg(world, body)  # Corrected once masses are known.
    if not body.part.shapes and body.part.mass_kg and body.part.inertia:
        made.explicitinertial = True
        made.mass, made.inertia = body.part.mass_kg, body.part.inertia
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
    loose = body.moves or body.parent is not None
    shards = {shard for breakable in world.breakables for shard in breakable.shards}
    group = _SHARD if body.name in shards else _LOOSE if loose else _FIXED
    for shape in body.part.shapes:
        if shape.collides:
            meets = _MEETS[group] | (limb_bits if group != _FIXED else 0)
            _add_shape(spec, made, body.name, shape, len(shapes), (group, meets))
            shapes.append((body.name, shape))
    return made


def _add_shape(
    spec: mujoco.MjSpec, made: mujoco.MjsBody, body: str, shape: Shape, number: int, meets: tuple[int, int]
) -> None:
    name = f"shape{number}"
    size = np.zeros(3)
    size[: len(shape.size)] = shape.size
    mesh = ""
    if shape.kind == "hull":
        if shape.vertices is None or len(shape.vertices) < 4:
            raise SimulationError(f"a hull of {body} has fewer than four vertices")
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
        contype=meets[0],
        conaffinity=meets[1],
        condim=6 if shape.kind in ROUND else 3,
        solimp=[IMPEDANCE, IMPEDANCE, 0.001, 0.5, 2.0],
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


def _compile(spec: mujoco.MjSpec) -> mujoco.MjModel:
    try:
        return spec.compile()
    except ValueError as problem:
        raise SimulationError(f"the world cannot be built: {problem}") from problem


def _meant_overlaps(model: mujoco.MjModel, bodies: Sequence[Body]) -> list[tuple[str, str]]:
    """Pairs of bodies of one prop that overlap deeply from the start."""
    prop = {body.name: body.prop for body in bodies}
    data = mujoco.MjData(model)
    mujoco.mj_fwdPosition(model, data)
    deep = data.contact.geom[data.contact.dist < -MEANT_OVERLAP_M]
    pairs = {
        (model.body(model.geom_bodyid[first]).name, model.body(model.geom_bodyid[second]).name)
        for first, second in deep
    }
    return sorted(pair for pair in pairs if prop.get(pair[0], pair[0]) == prop.get(pair[1], pair[1]))


def _set_masses(model: mujoco.MjModel, world: World, bodies: Sequence[Body]) -> None:
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
        if _displaced_kg(world, body):
            model.body_gravcomp[number] = _displaced_kg(world, body) / max(model.body_mass[number], 1e-9)
    mujoco.mj_setConst(model, mujoco.MjData(model))
    steady = {body.name for body in bodies if not any(s.kind in ROUND for s in body.part.shapes)}
    for dof, number in enumerate(model.dof_bodyid):
        if model.body(number).name in steady:
            model.dof_length[dof] /= _STEADINESS


def _displaced_kg(world: World, body: Body) -> float:
    """Mass of the air that a moving body displaces: its buoyancy, against gravity."""
    drag = body.part.drag
    return 0.0 if drag is None or not body.moves else world.air_density * drag.volume_m3


def _tables(
    model: mujoco.MjModel,
    faces: tuple[Face, ...],
    bodies: Sequence[Body],
    shapes: Sequence[tuple[str, Shape]],
    limbs: Sequence[Limb],
    limb_bits: dict[str, int],
) -> Mechanism:
    ids = {b.name: mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY, b.name) for b in bodies}
    names = tuple(name for name, number in ids.items() if model.body_weldid[number] != 0)
    number_of = {face: i for i, face in enumerate(faces)}
    geom_face = np.zeros(model.ngeom, np.int64)
    radius = np.zeros(model.ngeom)
    kinds = list(dict.fromkeys(surface_of(shape) for _, shape in shapes))
    kind = np.zeros(model.ngeom, np.int64)
    for number, (body, shape) in enumerate(shapes):
        geom = model.geom(f"shape{number}").id
        geom_face[geom] = number_of[Face(body, shape.label, shape.material)]
        kind[geom] = kinds.index(surface_of(shape))
        radius[geom] = kinds[kind[geom]].radius_m
    limb_ids = np.array([model.body(limb.name).id for limb in limbs], np.int64)
    pairs = pairs_of(kinds)
    return Mechanism(
        model=model,
        names=names,
        body_ids=np.array([ids[name] for name in names], np.int64),
        faces=faces,
        geom_face=geom_face,
        geom_radius=radius,
        geom_body=model.geom_bodyid.astype(np.int64),
        pair_row=kind * len(kinds),
        pair_column=kind,
        friction=pairs.friction,
        stiffness=pairs.stiffness,
        returned=pairs.returned,
        limb_ids=limb_ids,
        limb_rows=model.body_mocapid[limb_ids].astype(np.int64),
        flesh=np.flatnonzero(np.isin(model.geom_bodyid, limb_ids)),
        limb_bits=limb_bits,
    )
