"""Build Blender shader node trees with expressions instead of links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Socket = Any
"""An output socket of a Blender node."""
Input = Any
"""A socket to link from, or a number, or a tuple to set as the value."""


@dataclass(frozen=True)
class Graph:
    """Adds nodes to one node tree; every method returns the output socket of a new node."""

    tree: Any

    def node(
        self, kind: str, inputs: Mapping[str | int, Input], output: str | int = 0, **settings: Any
    ) -> Socket:
        """A node of Blender type `ShaderNode<kind>`."""
        made = self.tree.nodes.new(f"ShaderNode{kind}")
        for name, value in settings.items():
            setattr(made, name, value)
        for key, value in inputs.items():
            self.connect(made.inputs[key], value)
        return made.outputs[output]

    def connect(self, target: Any, value: Input) -> None:
        """Link a socket to an input socket, or set its value; RGB gets an alpha of 1."""
        if hasattr(value, "is_output"):
            self.tree.links.new(value, target)
        elif target.type == "RGBA" and len(value) == 3:
            target.default_value = (*value, 1.0)
        else:
            target.default_value = value

    def math(self, operation: str, first: Input, second: Input = 0.0, clamp: bool = False) -> Socket:
        return self.node("Math", {0: first, 1: second}, operation=operation, use_clamp=clamp)

    def add(self, first: Input, second: Input) -> Socket:
        return self.math("ADD", first, second)

    def subtract(self, first: Input, second: Input) -> Socket:
        return self.math("SUBTRACT", first, second)

    def multiply(self, first: Input, second: Input) -> Socket:
        return self.math("MULTIPLY", first, second)

    def floor(self, value: Input) -> Socket:
        return self.math("FLOOR", value)

    def fraction(self, value: Input) -> Socket:
        return self.math("FRACT", value)

    def ramp(self, value: Input, low: Input, high: Input, first: float = 0.0, last: float = 1.0) -> Socket:
        """Smooth step from `first` at `low` to `last` at `high`."""
        inputs: dict[str | int, Input] = {
            "Value": value,
            "From Min": low,
            "From Max": high,
            "To Min": first,
            "To Max": last,
        }
        return self.node("MapRange", inputs, interpolation_type="SMOOTHSTEP")

    def mix(self, share: Input, first: Input, second: Input, blend: str = "MIX") -> Socket:
        """Colour between two colours."""
        return self.node("Mix", {0: share, 6: first, 7: second}, output=2, data_type="RGBA", blend_type=blend)

    def shade(self, colour: Input, amount: Input) -> Socket:
        """Colour times a number."""
        return self.node("VectorMath", {0: colour, "Scale": amount}, operation="SCALE")

    def shift(self, vector: Input, offset: Input) -> Socket:
        return self.node("VectorMath", {0: vector, 1: offset}, operation="ADD")

    def stretch(self, vector: Input, factors: tuple[float, float, float]) -> Socket:
        return self.node("VectorMath", {0: vector, 1: factors}, operation="MULTIPLY")

    def split(self, vector: Input) -> tuple[Socket, Socket, Socket]:
        separated = self.node("SeparateXYZ", {0: vector}).node
        return separated.outputs[0], separated.outputs[1], separated.outputs[2]

    def join(self, x: Input, y: Input, z: Input = 0.0) -> Socket:
        return self.node("CombineXYZ", {0: x, 1: y, 2: z})

    def noise(self, vector: Input, per_metre: float, detail: float = 2.0, roughness: float = 0.5) -> Socket:
        """Fractal noise, mostly between 0.3 and 0.7 with a mean of 0.5."""
        inputs: dict[str | int, Input] = {
            "Vector": vector,
            "Scale": per_metre,
            "Detail": detail,
            "Roughness": roughness,
        }
        return self.node("TexNoise", inputs, noise_dimensions="3D")

    def cells(self, vector: Input, per_metre: float, output: str = "Distance", feature: str = "F1") -> Socket:
        """Voronoi cells: distance to the cell's point, or a random colour per cell."""
        return self.node("TexVoronoi", {"Vector": vector, "Scale": per_metre}, output=output, feature=feature)

    def random(self, vector: Input) -> Socket:
        """A random number 0 … 1 for each distinct vector."""
        return self.node("TexWhiteNoise", {"Vector": vector}, noise_dimensions="3D")

    def attribute(self, name: str) -> Socket:
        return self.node("Attribute", {}, output="Vector", attribute_name=name)
