"""Eyeballs: sclera and a sunk iris below a clear, wet cornea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.people import face
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.people.rig import Skin
from lichtspiel.picture import meshes
from lichtspiel.picture.nodes import Graph, Socket
from lichtspiel.picture.people import armature as armatures
from lichtspiel.picture.people.pigment import fairness

_AROUND, _RINGS = 40, 28
_BALL_M = 0.0157
"""Radius of an adult's ball: the body data's eyes are larger than life."""
_IRIS_M = 0.0058
"""Radius of an adult's iris; a child's is nearly as large (11.7 mm across at grown size)."""
_CORNEA_M = 0.0078
"""Radius of curvature of the cornea's front."""
_SINK = 0.09
"""How far the iris lies below the limbus, in its radii; its middle lies as far again below."""
_PUPIL_M = (0.0016, 0.0030)
"""Radius of the pupil in bright and in dim light."""
_SPARKLE = 2.0
"""How much more light the wet front mirrors than water does: the lamps of a set are larger and dimmer than
the windows and the sky that eyes mirror elsewhere."""
_WET_ROUGH = 0.11
"""Of the wet front: the least with which a dozen samples find the lamps in it."""
_WET_M = 2.5e-5
"""Thickness of the tear film that the cornea's surface goes on with over the sclera."""


@dataclass(frozen=True)
class Eye:
    """One eyeball that looks along -y, in metres of the figure's frame."""

    centre: Array
    radius: float
    iris: float
    """Radius of the iris."""


def eye_of(physique: Physique, side: str) -> Eye:
    """The ball behind the lids of a side, `l` or `r`."""
    centre, radius = face.eyeball(physique, side)
    return Eye(centre, radius, _IRIS_M * (radius / _BALL_M) ** 0.5)


def add_eyes(
    scene: Any,
    name: str,
    person: Person,
    physique: Physique,
    armature: Any,
    *,
    wet: bool = True,
    dim: float = 0.4,
) -> list[Any]:
    """Both eyes, turned by the bones eye.L and eye.R.

    wet: with a cornea before them. dim: from 0 in daylight to 1 at night.
    """
    made = []
    pupil = float(np.interp(dim, (0, 1), _PUPIL_M))
    ball = _ball_material(person, pupil / _IRIS_M)
    shell = _cornea_material()
    for side, bone in (("l", "eye.L"), ("r", "eye.R")):
        eye = eye_of(physique, side)
        layers = [("eye", _ball(eye), ball)]
        if wet:
            layers.append(("cornea", _cornea(eye), shell))
        for part, points, material in layers:
            thing = _revolved(scene, f"{name}/{part}.{side}", eye, points, material)
            rows = len(thing.data.vertices)
            column = physique.rig.index(bone)
            carried = Skin(np.full((rows, 1), column, np.int32), np.ones((rows, 1)))
            armatures.bind(thing, armature, physique.rig, carried)
            made.append(thing)
    return made


def _ball(eye: Eye) -> Array:
    """Profile (K, 2) of distance from the axis and height along it: pupil's middle to the ball's back."""
    edge = np.arcsin(eye.iris / eye.radius)
    rim = eye.radius * np.cos(edge)
    across = np.linspace(0, 1, 10)
    # The bowl of the iris catches light on the side that faces away from it, as refraction makes it do.
    bowl = np.stack([across * eye.iris, rim - eye.iris * _SINK * (2 - across**2)], -1)
    turn = np.linspace(edge, np.pi * 0.94, _RINGS)
    white = eye.radius * np.stack([np.sin(turn), np.cos(turn)], -1)
    return np.concatenate([bowl, white])


def _cornea(eye: Eye) -> Array:
    """Profile (K, 2) of the clear front: the cornea's dome, and the tear film around it."""
    edge = np.arcsin(eye.iris / eye.radius)
    rim = eye.radius * np.cos(edge)
    dome = np.sqrt(_CORNEA_M**2 - eye.iris**2)
    across = np.linspace(0, 0.93, 12) * eye.iris
    front = np.stack([across, rim - dome + np.sqrt(_CORNEA_M**2 - across**2)], -1)
    turn = np.linspace(edge * 1.12, np.pi * 0.5, _RINGS // 2)
    film = (eye.radius + _WET_M) * np.stack([np.sin(turn), np.cos(turn)], -1)
    return np.concatenate([front, film])


def _revolved(scene: Any, name: str, eye: Eye, profile: Array, material: Any) -> Any:
    turn = np.arange(_AROUND) * 2 * np.pi / _AROUND
    spin = np.stack([np.cos(turn), np.sin(turn)], -1)
    rings = profile[:, None, :1] * spin
    points = np.concatenate([rings, np.broadcast_to(-profile[:, None, 1:], (*rings.shape[:2], 1))], -1)
    local = points.reshape(-1, 3)[:, [0, 2, 1]]
    rows, columns = np.arange(len(profile) - 1)[:, None] * _AROUND, np.arange(_AROUND)
    after = (columns + 1) % _AROUND
    quads = np.stack([rows + columns, rows + _AROUND + columns, rows + _AROUND + after, rows + after], -1)
    data = bpy.data.meshes.new(name)
    meshes.fill_quads(data, local + eye.centre, quads.reshape(-1, 4))
    data.materials.append(material)
    place = data.attributes.new("iris", "FLOAT_VECTOR", "POINT")
    place.data.foreach_set("vector", (local / eye.iris).astype(np.float32).ravel())
    ball = data.attributes.new("ball", "FLOAT_VECTOR", "POINT")
    ball.data.foreach_set("vector", (local / eye.radius).astype(np.float32).ravel())
    made = bpy.data.objects.new(name, data)
    scene.collection.objects.link(made)
    return made


def _cornea_material() -> Any:
    material = bpy.data.materials.new("cornea")
    graph = Graph(material.node_tree)
    material.node_tree.nodes.clear()
    mirror = graph.node("BsdfGlossy", {"Color": (1.0, 1.0, 1.0), "Roughness": _WET_ROUGH})
    clear = graph.node("BsdfTransparent", {})
    share = graph.multiply(graph.node("Fresnel", {"IOR": 1.38}), _SPARKLE)
    # Only what the camera sees of the film counts: as a caustic it would be noise.
    seen = graph.node("LightPath", {}, output="Is Camera Ray")
    surface = graph.node("MixShader", {0: graph.multiply(share, seen), 1: clear, 2: mirror})
    output = material.node_tree.nodes.new("ShaderNodeOutputMaterial")
    graph.connect(output.inputs["Surface"], surface)
    return material


def _ball_material(person: Person, pupil: float) -> Any:
    """Sclera and iris. pupil: its radius against the iris."""
    colour = catalogue.eye_colours()[person.eyes]
    material = bpy.data.materials.new(f"eye {person.eyes}")
    graph = Graph(material.node_tree)
    material.node_tree.nodes.clear()
    place, ball = graph.attribute("iris"), graph.attribute("ball")
    x, y, z = graph.split(place)
    out = graph.math("SQRT", graph.add(graph.multiply(x, x), graph.multiply(z, z)))
    front = graph.math("LESS_THAN", y, 0.0)
    # Pigment scatters: a blue iris is greyer than the name of its colour.
    grey = 0.42 * float(np.mean(colour.rgb))
    dim = 1.1 - 0.9 * float(np.mean(colour.rgb))
    r, g, b = (dim * (0.58 * channel + grey) for channel in colour.rgb)
    iris = _iris(graph, person, (r, g, b), colour.rim_rgb, x, z, out, pupil)
    inside = graph.multiply(graph.ramp(out, 0.96, 1.05, 1.0, 0.0), front)
    shown = graph.mix(inside, _sclera(graph, person, ball), iris)
    surface = graph.node(
        "BsdfPrincipled",
        {
            "Base Color": shown,
            "Roughness": 0.6,
            "Specular IOR Level": 0.1,
            "Subsurface Weight": 0.0,
        },
    )
    output = material.node_tree.nodes.new("ShaderNodeOutputMaterial")
    graph.connect(output.inputs["Surface"], surface)
    return material


def _iris(
    graph: Graph,
    person: Person,
    middle: tuple[float, float, float],
    rim: tuple[float, float, float],
    x: Socket,
    z: Socket,
    out: Socket,
    pupil: float,
) -> Socket:
    """Fibres that run outward, a ring around the pupil, a dark limbus, the pupil."""
    away = graph.math("MAXIMUM", out, 0.05)
    seed = (person.seed % 997) * 0.37
    fibre_place = graph.join(
        graph.math("DIVIDE", x, away),
        graph.math("DIVIDE", z, away),
        graph.add(graph.multiply(out, 0.35), seed),
    )
    fibres = graph.noise(fibre_place, 9.0, 3.0, 0.65)
    broad = graph.noise(fibre_place, 2.6, 2.0, 0.5)
    light = graph.add(graph.ramp(fibres, 0.3, 0.7, 0.85, 2.2), graph.ramp(broad, 0.35, 0.65, -0.12, 0.12))
    edge = graph.add(out, graph.multiply(graph.subtract(fibres, 0.5), 0.25))
    around = graph.ramp(edge, pupil + 0.12, pupil + 0.38, 0.75, 0.0)
    base = graph.mix(around, tuple(0.8 * c for c in middle), rim)
    base = graph.shade(base, light)
    base = graph.mix(graph.ramp(out, 0.78, 1.0, 0.0, 0.85), base, tuple(0.18 * c for c in rim))
    return graph.mix(graph.ramp(out, pupil - 0.02, pupil + 0.03, 1.0, 0.0), base, (0.003, 0.003, 0.003))


def _sclera(graph: Graph, person: Person, ball: Socket) -> Socket:
    """White that is none: bluish in children, yellowish with age, red towards the corners."""
    old = float(np.clip((person.age_years - 30) / 50, 0, 1))
    young = float(np.clip((8 - person.age_years) / 8, 0, 1))
    tone = np.array([0.60, 0.545, 0.51]) * (1 - 0.10 * old) + np.array([-0.01, 0.01, 0.05]) * young
    tone[2] -= 0.05 * old
    tone *= 0.8 + 0.2 * fairness(person)
    x, _, z = graph.split(ball)
    sideways = graph.math("ABSOLUTE", x)
    corner = graph.ramp(sideways, 0.45, 0.85, 0.0, 0.75)
    shifted = graph.shift(ball, (person.seed % 53 * 0.31, 0.0, 0.0))
    threads = graph.noise(graph.stretch(shifted, (1.0, 1.0, 2.2)), 9.0, 4.0, 0.6)
    veins = graph.ramp(graph.math("ABSOLUTE", graph.subtract(threads, 0.5)), 0.0, 0.035, 1.0, 0.0)
    blood = graph.multiply(veins, graph.ramp(sideways, 0.3, 0.8, 0.05, 0.5))
    white = graph.mix(corner, tuple(tone.tolist()), (0.47, 0.27, 0.23))
    white = graph.mix(blood, white, (0.42, 0.10, 0.08))
    height = graph.math("ABSOLUTE", graph.add(z, 0.02))
    return graph.shade(white, graph.ramp(height, 0.16, 0.42, 1.0, 0.45))
