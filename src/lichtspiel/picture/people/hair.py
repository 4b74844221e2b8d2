"""Strands of hair as Blender curves that follow the head, the chest and the face."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import bpy
import numpy as np
from mathutils import Matrix, Vector
from mathutils.bvhtree import BVHTree

from lichtspiel.library.asset import Array
from lichtspiel.library.people.figure import Strands
from lichtspiel.picture.nodes import Graph
from lichtspiel.picture.people.closeness import Closeness
from lichtspiel.picture.people.mane import outward

HEAD_BONE = "head"
CHEST_BONE = "spine01"
_ROOTS_UV = "hair roots"
_MIRRORED, _THROUGH = 0.22, 0.10
"""Shares of light that a hair mirrors, and that passes through it on a straight way."""
_PALE = 0.16
"""How much of the light that is mirrored has not been in the hair and kept its colour."""
_TILT_RAD = -0.06
"""The scales of a hair lean to its tip by 2 to 4 degrees (Marschner et al., 2003)."""
_DULLEST, _ALIKE = 0.75, 0.6
"""How much less dull hair mirrors, and how much less its locks differ."""
_LOCK_M = 0.007
_HANGS = 0.97
"""Hair of which no point follows the head less than this goes with it as a whole."""
_LOOKED_AT = 200
"""Hairs that tell where all of a head bend."""
_FLAT, _LONGEST = 0.25, 4.0
"""In segments: how far from a straight line hairs may be between two points, and how long that may be."""
_ROUGHNESS = {"scalp": 0.32, "brow": 0.45, "lash": 0.5, "beard": 0.42, "fur": 0.4}


def add_hair(
    scene: Any,
    name: str,
    hair: Sequence[Strands],
    armature: Any,
    seen: Closeness,
    face: Any = None,
) -> list[Any]:
    """Curves objects for all strands of a figure.

    armature: carries the figure, in its frame. face: a mesh object, skinned by it, in which brows,
    lashes and beards are rooted; it should be no larger than that, since Blender searches all of it
    for every frame. None = they go with the head.
    """
    made = []
    for strands in hair:
        thinned = seen.hair_share if strands.kind in {"scalp", "fur"} else 1.0
        shown = _simplified(_thinned(strands, thinned), seen.segment_m)
        curves = _curves(f"{name}/{strands.name}", shown)
        curves.materials.append(_material(shown))
        strand_object = bpy.data.objects.new(curves.name, curves)
        scene.collection.objects.link(strand_object)
        if strands.kind != "scalp" and face is not None:
            strand_object.parent = armature
            _follow_skin(strand_object, shown, face)
        else:
            _carry(strand_object, armature, HEAD_BONE)
            if shown.follow.min() < _HANGS:
                _hang(scene, strand_object, name, armature)
        made.append(strand_object)
    scene.cycles_curves.shape = "RIBBONS"
    scene.cycles_curves.subdivisions = 2
    return made


def _simplified(strands: Strands, segment_m: float) -> Strands:
    """The strands with no more points from root to tip than show at segments so long.

    Segments are longer where all hairs are straight: those of a tail, more than those of its tie.
    """
    points = strands.points[:: max(1, len(strands.points) // _LOOKED_AT)]
    along = np.median(np.linalg.norm(np.diff(points, axis=1), axis=2), axis=0).cumsum()
    along = np.concatenate([[0.0], along])
    kept = _bends(points, along, segment_m)
    return replace(
        strands,
        points=strands.points[:, kept],
        radius=strands.radius[:, kept],
        follow=strands.follow[:, kept],
    )


def _bends(points: Array, along: Array, segment_m: float) -> list[int]:
    """Which of the K points of hairs (N, K, 3) are kept; along (K,) is how far from the root they are.

    As Ramer (1972) and Douglas and Peucker (1973) find the points of one line.
    """
    # Four are kept of any hair, since it thins to its tip.
    start = np.unique(np.linspace(0, points.shape[1] - 1, 4).round().astype(int)).tolist()
    kept, spans = set(start), list(pairwise(start))
    while spans:
        first, end = spans.pop()
        if end - first < 2 or along[end] - along[first] < 1.5 * segment_m:
            continue
        share = ((along[first + 1 : end] - along[first]) / (along[end] - along[first]))[None, :, None]
        chord = points[:, first, None] * (1 - share) + points[:, end, None] * share
        off = np.quantile(np.linalg.norm(points[:, first + 1 : end] - chord, axis=2), 0.9, axis=0)
        if off.max() < _FLAT * segment_m and along[end] - along[first] < _LONGEST * segment_m:
            continue
        middle = np.abs(along[first + 1 : end] - (along[first] + along[end]) / 2)
        worst = first + 1 + int(off.argmax() if off.max() >= _FLAT * segment_m else middle.argmin())
        kept.add(worst)
        spans += [(first, worst), (worst, end)]
    return sorted(kept)


def _thinned(strands: Strands, share: float) -> Strands:
    count = max(1, round(len(strands.points) * min(share / strands.share, 1.0)))
    if count >= len(strands.points):
        return strands
    widen = (len(strands.points) / count) ** 0.8
    return replace(
        strands,
        points=strands.points[:count],
        radius=strands.radius[:count] * widen,
        follow=strands.follow[:count],
        share=share,
    )


def _curves(name: str, strands: Strands) -> Any:
    count, steps, _ = strands.points.shape
    curves = bpy.data.hair_curves.new(name)
    curves.add_curves([steps] * count)
    curves.set_types(type="CATMULL_ROM")
    curves.position_data.foreach_set("vector", strands.points.astype(np.float32).ravel())
    _store(curves, "radius", "POINT", strands.radius)
    _store(curves, "follow", "POINT", strands.follow)
    rng = np.random.default_rng(count)
    _store(curves, "tone", "CURVE", _tones(strands, rng))
    _store(curves, "grey", "CURVE", _greys(strands, rng))
    if strands.kind == "scalp":
        facing = curves.attributes.new("outward", "FLOAT_VECTOR", "POINT")
        facing.data.foreach_set("vector", outward(strands.points).astype(np.float32).ravel())
    return curves


def _tones(strands: Strands, rng: np.random.Generator) -> Array:
    """(N,) how light each hair is. Hairs that lie together are alike, which shows as locks."""
    middle = strands.points[:, (2 * strands.points.shape[1]) // 3]
    cells = np.floor(middle / _LOCK_M).astype(np.int64) @ np.array([73856093, 19349663, 83492791])
    locks = rng.uniform(0.72, 1.25, 4096)[cells % 4096]
    return np.asarray((locks * rng.uniform(0.8, 1.2, len(middle))) ** (1 - _ALIKE * strands.dull))


def _greys(strands: Strands, rng: np.random.Generator) -> Array:
    """(N,) how grey each hair is.

    One that stands for several is grey as they are on average, and so are coils, which lie in one another.
    """
    count = len(strands.points)
    single = np.where(rng.random(count) < strands.grey, rng.uniform(0.75, 1.0, count), 0.0)
    mean = 0.875 * strands.grey
    return np.asarray(mean + (single - mean) * np.sqrt(strands.share) * (1 - strands.dull))


def _store(curves: Any, name: str, domain: str, values: Array) -> None:
    layer = curves.attributes.get(name) or curves.attributes.new(name, "FLOAT", domain)
    layer.data.foreach_set("value", np.ascontiguousarray(values, np.float32).ravel())


def _material(strands: Strands) -> Any:
    """Light that hair scatters on all sides, and what camera rays see of its gloss and of light through it.

    Few samples show single hairs in it; of light that passes from hair to hair, which a physical model
    follows, they would only show noise.
    """
    material = bpy.data.materials.new(strands.name)
    graph = Graph(material.node_tree)
    material.node_tree.nodes.clear()
    grey = graph.node("Attribute", {}, output="Fac", attribute_name="grey")
    tone = graph.node("Attribute", {}, output="Fac", attribute_name="tone")
    colour = graph.shade(graph.mix(grey, strands.colour, strands.pale), tone)
    rough = _ROUGHNESS[strands.kind]
    gloss = _MIRRORED * (1 - _DULLEST * strands.dull)
    scattered = graph.node("BsdfDiffuse", _facing(graph, strands) | {"Color": colour})
    mirrored = graph.node(
        "BsdfHair",
        {
            "Color": graph.mix(_PALE, colour, (1.0, 1.0, 1.0)),
            "Offset": _TILT_RAD,
            "RoughnessU": 0.6 * rough,
            "RoughnessV": 1.4 * rough,
        },
        component="Reflection",
    )
    through = graph.node(
        "BsdfHair", {"Color": colour, "RoughnessU": rough, "RoughnessV": 0.8}, component="Transmission"
    )
    lit = graph.node("MixShader", {0: gloss / (gloss + _THROUGH), 1: through, 2: mirrored})
    seen = graph.node("LightPath", {}, output="Is Camera Ray")
    surface = graph.node("MixShader", {0: graph.multiply(seen, gloss + _THROUGH), 1: scattered, 2: lit})
    output = material.node_tree.nodes.new("ShaderNodeOutputMaterial")
    graph.connect(output.inputs["Surface"], surface)
    return material


def _facing(graph: Graph, strands: Strands) -> dict[str | int, Any]:
    """Light falls on hair of the scalp as on one surface, on others hair by hair."""
    if strands.kind != "scalp":
        return {}
    turned = graph.node(
        "VectorTransform",
        {0: graph.attribute("outward")},
        vector_type="NORMAL",
        convert_from="OBJECT",
        convert_to="WORLD",
    )
    return {"Normal": turned}


def _carry(thing: Any, armature: Any, bone_name: str) -> None:
    """Let a bone carry an object that is made in the figure's frame at rest, as it is.

    Its shape stays in the renderer from frame to frame: only its place is sent.
    """
    bone = armature.data.bones[bone_name]
    thing.parent = armature
    thing.parent_type = "BONE"
    thing.parent_bone = bone_name
    # Blender hangs children on a bone's tail.
    tail = bone.matrix_local @ Matrix.Translation((0.0, bone.length, 0.0))
    thing.matrix_parent_inverse = tail.inverted()
    thing.cycles.use_deform_motion = False


def _hang(scene: Any, strands: Any, name: str, armature: Any) -> None:
    """Let the ends of hair that the head carries rest on the chest, by their attribute `follow`."""
    chest = bpy.data.objects.new(f"{name}/{CHEST_BONE}", None)
    scene.collection.objects.link(chest)
    _carry(chest, armature, CHEST_BONE)
    chest.hide_render = True
    tree = bpy.data.node_groups.new("hair rests on the chest", "GeometryNodeTree")
    tree.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
    tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    add, link = tree.nodes.new, tree.links.new
    first, last = add("NodeGroupInput"), add("NodeGroupOutput")
    position = add("GeometryNodeInputPosition")
    found = add("GeometryNodeObjectInfo")
    found.transform_space = "RELATIVE"
    found.inputs["Object"].default_value = chest
    resting = add("FunctionNodeTransformPoint")
    link(position.outputs[0], resting.inputs["Vector"])
    link(found.outputs["Transform"], resting.inputs["Transform"])
    follow = add("GeometryNodeInputNamedAttribute")
    follow.data_type = "FLOAT"
    follow.inputs["Name"].default_value = "follow"
    blend = add("ShaderNodeMix")
    blend.data_type = "VECTOR"
    link(follow.outputs["Attribute"], blend.inputs[0])
    link(resting.outputs[0], blend.inputs[4])
    link(position.outputs[0], blend.inputs[5])
    put = add("GeometryNodeSetPosition")
    link(first.outputs[0], put.inputs["Geometry"])
    link(blend.outputs[1], put.inputs["Position"])
    link(put.outputs[0], last.inputs[0])
    _use(strands, tree)


def _follow_skin(strands: Any, hairs: Strands, body: Any) -> None:
    """Root the hairs in the skin, so that they go wherever bones and face shapes take it."""
    curves = strands.data
    body.add_rest_position_attribute = True
    curves.surface = body
    curves.surface_uv_map = _ROOTS_UV
    coordinates = curves.attributes.new("surface_uv_coordinate", "FLOAT2", "CURVE")
    spots = _root_coordinates(body.data, hairs.points[:, 0])
    coordinates.data.foreach_set("vector", spots.astype(np.float32).ravel())
    tree = bpy.data.node_groups.new("hair follows skin", "GeometryNodeTree")
    tree.interface.new_socket("Geometry", in_out="INPUT", socket_type="NodeSocketGeometry")
    tree.interface.new_socket("Geometry", in_out="OUTPUT", socket_type="NodeSocketGeometry")
    first, last = tree.nodes.new("NodeGroupInput"), tree.nodes.new("NodeGroupOutput")
    deform = tree.nodes.new("GeometryNodeDeformCurvesOnSurface")
    tree.links.new(first.outputs[0], deform.inputs[0])
    tree.links.new(deform.outputs[0], last.inputs[0])
    _use(strands, tree)


def _root_coordinates(mesh: Any, roots: Array) -> Array:
    """(N, 2) where on the mesh's map of roots the skin nearest to each root lies."""
    cells = _map_of_roots(mesh)
    mesh.calc_loop_triangles()
    corners = np.empty(len(mesh.loop_triangles) * 3, np.int32)
    mesh.loop_triangles.foreach_get("loops", corners)
    triangles = corners.reshape(-1, 3)
    loop_vertices = np.empty(len(mesh.loops), np.int32)
    mesh.loops.foreach_get("vertex_index", loop_vertices)
    places = np.empty(len(mesh.vertices) * 3, np.float32)
    mesh.vertices.foreach_get("co", places)
    points = places.reshape(-1, 3)
    tree = BVHTree.FromPolygons(points.tolist(), loop_vertices[triangles].tolist())
    hits = [tree.find_nearest(Vector(root)) for root in roots]
    near = triangles[np.array([hit[2] for hit in hits])]
    a, b, c = (points[loop_vertices[near[:, corner]]].astype(float) for corner in range(3))
    shares = _barycentric(np.array([hit[0] for hit in hits]), a, b, c)
    return np.asarray(np.einsum("nc,ncx->nx", shares, cells[near]))


def _barycentric(points: Array, a: Array, b: Array, c: Array) -> Array:
    """(N, 3) shares of a triangle's corners in points on it."""
    u, v, w = b - a, c - a, points - a
    uu, uv, vv = (u * u).sum(1), (u * v).sum(1), (v * v).sum(1)
    wu, wv = (w * u).sum(1), (w * v).sum(1)
    scale = np.maximum(uu * vv - uv * uv, 1e-18)
    second, third = (vv * wu - uv * wv) / scale, (uu * wv - uv * wu) / scale
    # A root on an edge would be lost by rounding: none comes nearer than a hundredth.
    shares = np.maximum(np.stack([1 - second - third, second, third], -1), 0.01)
    return np.asarray(shares / shares.sum(1, keepdims=True))


def _map_of_roots(mesh: Any) -> Array:
    """(L, 2) a UV map where every polygon has a cell of its own, so that a spot names one place.

    The map that pictures of skin use will not do: on it teeth may lie over skin.
    """
    polygons = len(mesh.polygons)
    sizes, starts = np.empty(polygons, np.int32), np.empty(polygons, np.int32)
    mesh.polygons.foreach_get("loop_total", sizes)
    mesh.polygons.foreach_get("loop_start", starts)
    owner = np.repeat(np.arange(polygons), sizes)
    corner = np.arange(len(owner)) - np.repeat(starts, sizes)
    side = int(np.ceil(np.sqrt(polygons)))
    turn = 2 * np.pi * (corner + 0.5) / np.repeat(sizes, sizes)
    ring = 0.42 * np.sqrt(2) * np.stack([np.cos(turn), np.sin(turn)], -1)
    cell = np.stack([owner % side, owner // side], -1) + 0.5
    spots = (cell + ring) / side
    layer = mesh.uv_layers.get(_ROOTS_UV)
    if layer is None:
        active = mesh.uv_layers.active_index
        layer = mesh.uv_layers.new(name=_ROOTS_UV, do_init=False)
        if active >= 0:
            mesh.uv_layers.active_index = active
        layer.uv.foreach_set("vector", spots.astype(np.float32).ravel())
    return np.asarray(spots)


def _use(target: Any, tree: Any) -> None:
    modifier = target.modifiers.new(tree.name, "NODES")
    modifier.node_group = tree
