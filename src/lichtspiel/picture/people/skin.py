"""Skin as a Cycles material."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import bpy
import numpy as np

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.person import Person
from lichtspiel.picture.nodes import Graph, Socket
from lichtspiel.picture.people import folds, pigment, skinmaps
from lichtspiel.picture.people.body import UV_MAP
from lichtspiel.take import Performance

_PORES_PER_M = 1500.0
_PORE_M = 0.00016
_PORES_ROUGHEN = 0.1
"""What pores that are too small to be drawn add to the roughness: the slopes of their sides, 0.3 in the mean,
widen the highlight (Toksvig 2005)."""
_RADIUS = (1.0, 0.36, 0.18)
"""How far red, green and blue light spread below fair skin, in units of the depth."""
_DEEPEST = 2.6
_r, _g, _b = np.exp(-_DEEPEST * skinmaps.SHADE / 1.2).tolist()
_SHADED = (_r, _g, _b)
"""What is left of the colour in a fold so many times as deep as a crease that is wholly dark."""
_DEPTH_M = (0.0007, 0.0017)
"""How far red light spreads in dark and in fair skin."""


def material(
    person: Person,
    size: int,
    visible: IntArray,
    played: tuple[Performance, int, Array] | None = None,
    pores: float = 1.0,
) -> Any:
    """The skin of a person with pictures of `size` by `size` texels.

    visible: faces of the basis that show it. played: seen from close, with light that spreads below it,
    pores, and the folds of this performance in so many frames at these world times (2 * frames,). pores: how
    far the pores are drawn.
    """
    maps = skinmaps.kept(person, size, visible)
    made = bpy.data.materials.new("skin")
    graph = Graph(made.node_tree)
    made.node_tree.nodes.clear()
    uv = graph.node("UVMap", {}, uv_map=UV_MAP)
    colour = _picture(graph, maps / skinmaps.COLOUR, uv, "sRGB")
    height, rough, strength = graph.split(_picture(graph, maps / skinmaps.SURFACE, uv, "Non-Color"))
    fair = pigment.fairness(person)
    depth = float(np.interp(fair, (0, 1), _DEPTH_M))
    relief = graph.multiply(height, skinmaps.RELIEF_M)
    if played is not None:
        picture = _picture(graph, maps / skinmaps.FOLDS, uv, "Non-Color")
        thrown = folds.height(graph, picture, *played)
        depth_share = graph.ramp(thrown, -_DEEPEST * skinmaps.DEEP_M, 0.0, 1.0, 0.0)
        colour = graph.mix(depth_share, colour, _SHADED, "MULTIPLY")
        relief = graph.add(relief, thrown)
        rough = graph.add(rough, graph.multiply(strength, (1 - pores) * _PORES_ROUGHEN))
        if pores:
            holes = graph.cells(graph.attribute("place"), _PORES_PER_M)
            deep = graph.multiply(strength, pores * _PORE_M)
            relief = graph.add(relief, graph.multiply(graph.ramp(holes, 0.0, 0.75, -1.0, 0.0), deep))
    surface = graph.node(
        "BsdfPrincipled",
        {
            "Base Color": colour,
            "Roughness": rough,
            "IOR": 1.4,
            "Specular IOR Level": graph.ramp(rough, skinmaps.ROUGHEST, 1.0, 0.42 - 0.08 * fair, 0.0),
            "Subsurface Weight": float(played is not None),
            "Subsurface Radius": _RADIUS,
            "Subsurface Scale": depth,
            "Normal": graph.node("Bump", {"Height": relief, "Distance": 1.0, "Strength": 1.0}),
        },
    )
    graph.connect(made.node_tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], surface)
    return made


def _picture(graph: Graph, path: Path, uv: Socket, space: str) -> Socket:
    image = bpy.data.images.load(str(path))
    image.colorspace_settings.name = space
    image.alpha_mode = "CHANNEL_PACKED"
    image.pack()
    return graph.node("TexImage", {"Vector": uv}, image=image, interpolation="Cubic")


def tongue_material() -> Any:
    """The tongue of anybody."""
    made = bpy.data.materials.new("tongue")
    graph = Graph(made.node_tree)
    made.node_tree.nodes.clear()
    rough = graph.noise(graph.attribute("place"), 1400.0, 2.0)
    surface = graph.node(
        "BsdfPrincipled",
        {
            "Base Color": (0.50, 0.20, 0.18),
            "Roughness": 0.3,
            "Subsurface Weight": 0.6,
            "Subsurface Radius": _RADIUS,
            "Subsurface Scale": _DEPTH_M[1],
            "Normal": graph.node("Bump", {"Height": rough, "Distance": 0.0006, "Strength": 1.0}),
        },
    )
    graph.connect(made.node_tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], surface)
    return made
