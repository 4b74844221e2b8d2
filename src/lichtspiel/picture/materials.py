"""Looks of the library as Cycles materials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import bpy
import numpy as np

from lichtspiel.library.asset import Surface, Vec3
from lichtspiel.library.records import LookEntry, Rgb
from lichtspiel.picture.nodes import Graph, Input, Socket
from lichtspiel.picture.panes import LOOK as RAINED_PANE
from lichtspiel.picture.panes import RainedPanes
from lichtspiel.picture.puddles import GROUNDS, Puddles
from lichtspiel.picture.textures import FINEST, PATTERNS, Drawn, Swatch
from lichtspiel.picture.textures.prints import PRINTS, second_colour

JOINTED = {"tiles", "bricks", "asphalt", "speckled", "grass", "bark", "sand"}
"""Patterns whose second colour is another substance, so that a coloured one keeps it."""

_LUMINANCE = (0.2126, 0.7152, 0.0722)
_WASHED_OUT, _WORN = 0.45, 0.24
"""How far dyed denim is greyer than its dye, and how far it is worn down to its cotton."""
_COTTON = 0.6
"""Linear lightness of cotton without dye."""

ROUGH, FARTHEST_M = 0.6, 60.0
"""On smoother surfaces a relief spreads reflections however far it is; beyond the second nothing
is gained by leaving it out."""


class UnknownLookError(KeyError):
    """A surface names a look that the library does not hold."""


@dataclass(frozen=True, eq=False)
class Materials:
    """Makes each material once. `looks` are the library's, by id; on paved ground stand the puddles, and
    rain runs down the panes that it reaches."""

    looks: Mapping[str, LookEntry]
    puddles: Puddles | None = None
    panes: RainedPanes | None = None
    made: dict[Surface, Any] = field(default_factory=dict)

    def of(self, surface: Surface) -> Any:
        """The Blender material of a surface. Raises UnknownLookError."""
        if surface not in self.made:
            if surface.look not in self.looks:
                raise UnknownLookError(surface.look)
            self.made[surface] = _material(self.looks[surface.look], surface, self.puddles, self.panes)
        return self.made[surface]


def _material(
    look: LookEntry, surface_of: Surface, puddles: Puddles | None, panes: RainedPanes | None
) -> Any:
    colour, scale = surface_of.colour, surface_of.scale
    material = bpy.data.materials.new(look.id)
    graph = Graph(material.node_tree)
    material.node_tree.nodes.clear()
    drawn = _draw(graph, look, surface_of)
    surface = _principled(graph, look, drawn, scale)
    if look.translucency > 0:
        through = graph.node("BsdfTranslucent", {"Color": drawn.colour})
        surface = graph.node("MixShader", {0: look.translucency, 1: surface, 2: through})
    if look.transmission > 0:
        surface = _lets_shadow_rays_through(graph, look, drawn.colour, surface)
    if puddles is not None and look.texture.kind in GROUNDS:
        surface = puddles.stand_on(graph, surface, drawn.colour)
    if panes is not None and look.id == RAINED_PANE:
        surface = panes.surface(graph)
    output = material.node_tree.nodes.new("ShaderNodeOutputMaterial")
    graph.connect(output.inputs["Surface"], surface)
    material.diffuse_color = (*(colour or look.colour), 1.0)
    return material


def _draw(graph: Graph, look: LookEntry, surface: Surface) -> Drawn:
    colour, scale = surface.colour, surface.scale
    texture = look.texture
    if colour is not None:
        colour = _dyed(look, colour)
    if look.transmission > 0.5 and texture.kind == "plain":
        return Drawn(colour or look.colour)

    def coordinates(name: str) -> Socket:
        return graph.stretch(graph.attribute(name), (1 / scale, 1 / scale, 1 / scale))

    ground: Input = colour or look.colour
    if surface.print is not None:
        drawn = PRINTS[surface.print]
        own = colour or look.colour
        ground = drawn(graph, coordinates("flat"), coordinates("place"), own, second_colour(own))
    swatch = Swatch(
        graph=graph,
        colour=ground,
        second=_second_colour(look, colour),
        contrast=texture.contrast,
        size_m=texture.size_m,
        place=coordinates("place"),
        grain=coordinates("grain"),
        flat=coordinates("flat"),
        scale=scale,
    )
    return PATTERNS[texture.kind](swatch)


def _dyed(look: LookEntry, colour: Vec3) -> Vec3:
    """A colour as a look takes it: denim that was dyed is paler and greyer than what it was dyed with."""
    if look.texture.kind != "denim":
        return colour
    grey = float(np.dot(colour, _LUMINANCE))
    red, green, blue = (value + _WASHED_OUT * (grey - value) for value in colour)
    return (red, green, blue)


def _second_colour(look: LookEntry, colour: Vec3 | None) -> Rgb:
    second = look.texture.second_colour
    if colour is not None and look.texture.kind == "denim":
        # Where dye has worn off the cotton below shows, whatever the dye.
        red, green, blue = (own + _WORN * (_COTTON - own) for own in colour)
        return (red, green, blue)
    if second is None:
        r, g, b = colour or look.colour
        return (0.45 * r, 0.45 * g, 0.45 * b)
    if colour is None or look.texture.kind in JOINTED:
        return second
    # Stained wood keeps its grain: the second colour keeps its relation to the first.
    r, g, b = (
        min(1.0, own * grain / max(base, 1e-3))
        for own, grain, base in zip(colour, second, look.colour, strict=True)
    )
    return (r, g, b)


def _principled(graph: Graph, look: LookEntry, drawn: Drawn, scale: float) -> Socket:
    roughness: Input = look.roughness
    if drawn.gloss is not None and look.roughness > 0.0:
        roughness = graph.math("MAXIMUM", graph.add(drawn.gloss, look.roughness), 0.02, clamp=True)
    inputs: dict[str | int, Input] = {
        "Base Color": drawn.colour,
        "Roughness": roughness,
        "Metallic": look.metallic,
        "IOR": look.ior,
        "Alpha": look.alpha,
        "Transmission Weight": look.transmission,
        "Coat Weight": look.coat,
        "Coat Roughness": look.coat_roughness,
        "Sheen Weight": look.sheen,
        "Subsurface Weight": look.subsurface,
        "Subsurface Scale": look.subsurface_m,
        "Emission Strength": look.emission_w,
    }
    if look.emission_w > 0:
        inputs["Emission Color"] = drawn.colour
    if drawn.height is None or look.texture.bump_m == 0:
        return graph.node("BsdfPrincipled", inputs)
    relief: dict[str | int, Input] = {
        "Height": drawn.height,
        "Distance": look.texture.bump_m * scale,
        "Strength": 1.0,
    }
    end_m = FINEST * scale * (drawn.relief_m or look.texture.size_m)
    if look.roughness < ROUGH or look.metallic > 0 or end_m > FARTHEST_M:
        return graph.node("BsdfPrincipled", {**inputs, "Normal": graph.node("Bump", relief)})
    near = _nearness(graph, end_m)
    relief["Strength"] = near
    shaped = graph.node("BsdfPrincipled", {**inputs, "Normal": graph.node("Bump", relief)})
    # Cycles works out only the side of a mix that is seen: a relief costs three times its pattern.
    unseen = graph.math("LESS_THAN", near, 1e-3)
    return graph.node("MixShader", {0: unseen, 1: shaped, 2: graph.node("BsdfPrincipled", inputs)})


def _nearness(graph: Graph, end_m: float) -> Socket:
    """1 where a relief can be seen, 0 from a distance on, and for light that only bounces."""
    rays = graph.node("LightPath", {}, output="Ray Length").node
    near = graph.ramp(rays.outputs["Ray Length"], end_m / 2, end_m, 1.0, 0.0)
    return graph.multiply(near, graph.subtract(1.0, rays.outputs["Is Diffuse Ray"]))


def _lets_shadow_rays_through(graph: Graph, look: LookEntry, colour: Input, surface: Socket) -> Socket:
    """Glass that is clear to shadow and diffuse rays, darker where they graze it.

    Light through glass is a caustic that few-sample path tracing never finds; without it, glass
    would cast the shadow of a stone. Straight-through light with Fresnel-like edges stands in.
    """
    facing = graph.node("LayerWeight", {"Blend": 0.3}, output="Facing")
    edge = graph.ramp(facing, 0.35, 1.0, 0.94, 0.25)
    clear = graph.node("BsdfTransparent", {"Color": graph.shade(colour, edge)})
    rays = graph.node("LightPath", {}, output="Is Shadow Ray").node
    indirect = graph.math("MAXIMUM", rays.outputs["Is Shadow Ray"], rays.outputs["Is Diffuse Ray"])
    return graph.node("MixShader", {0: graph.multiply(indirect, look.transmission), 1: surface, 2: clear})
