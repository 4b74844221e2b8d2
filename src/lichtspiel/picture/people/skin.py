"""Skin as a Cycles material."""

from __future__ import annotations

from typing import Any

import bpy

from lichtspiel.library import catalogue
from lichtspiel.library.people.person import Person
from lichtspiel.picture.nodes import Graph


def material(person: Person) -> Any:
    """The skin of a person."""
    tone = catalogue.skin_tones()[person.skin].rgb
    made = bpy.data.materials.new("skin")
    graph = Graph(made.node_tree)
    made.node_tree.nodes.clear()
    surface = graph.node(
        "BsdfPrincipled",
        {
            "Base Color": tone,
            "Roughness": 0.5,
            "Subsurface Weight": 1.0,
            "Subsurface Radius": (1.0, 0.35, 0.18),
            "Subsurface Scale": 0.002,
        },
    )
    graph.connect(made.node_tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], surface)
    return made


def tongue_material() -> Any:
    """The tongue of anybody."""
    made = bpy.data.materials.new("tongue")
    graph = Graph(made.node_tree)
    made.node_tree.nodes.clear()
    surface = graph.node(
        "BsdfPrincipled",
        {
            "Base Color": (0.42, 0.12, 0.11),
            "Roughness": 0.35,
            "Subsurface Weight": 0.5,
            "Subsurface Radius": (1.0, 0.35, 0.18),
            "Subsurface Scale": 0.002,
        },
    )
    graph.connect(made.node_tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], surface)
    return made
