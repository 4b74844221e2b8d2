"""Drink cans."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Asset, Drag, Mesh, Part, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles
from lichtspiel.library.things.substance import is_usual, length, mass, number, surface


def can(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """An empty drink can with its ring pull, closed."""
    height, radius = length(parameters, wish, "height"), length(parameters, wish, "radius")
    lid = radius * 0.82
    line = np.array(
        [
            (0, 0.085), (0.55, 0.075), (0.68, 0.035), (0.73, 0.0), (0.77, 0.0), (0.81, 0.03), (0.97, 0.16),
            (1.0, 0.25), (1.0, 0.5), (1.0, 3.04), (0.985, 3.1), (0.83, 3.4), (0.82, 3.42), (0.835, 3.455),
            (0.825, 3.483), (0.8, 3.48), (0.785, 3.44), (0.77, 3.36), (0.73, 3.345), (0.71, 3.385), (0, 3.39),
        ]
    )  # fmt: skip
    line = line * [radius, height / 3.483]
    fine = profiles.smooth_line(line, height * 0.012)
    middle = (fine[:-1, 1] + fine[1:, 1]) / 2
    printed = (
        (fine[:-1, 0] + fine[1:, 0] > 1.84 * radius) & (middle > 0.05 * height) & (middle < 0.92 * height)
    )
    shell = profiles.revolved(fine, 96, [0 if label else 1 for label in printed])
    top = height * 3.39 / 3.483
    body = meshes.joined(shell, meshes.in_slot(_ring_pull(lid, top), 1))
    own = surface(wish, "can_label")
    volume = np.pi * radius**2 * height
    wall = number(parameters, "wall")
    part = Part(
        name="can",
        shapes=(
            Shape("cylinder", (radius, height * 0.44), wish.material, (0.0, 0.0, height * 0.455)),
            Shape("cylinder", (lid, height * 0.06), wish.material, (0.0, 0.0, height * 0.935), label="rim"),
            Shape("cylinder", (radius * 0.77, height * 0.01), wish.material, (0.0, 0.0, height * 0.01)),
        ),
        mesh=body,
        surfaces=(own, own if wish.look else Surface("aluminium")),
        mass_kg=mass(
            parameters, wish, (2 * np.pi * radius * height + 2 * np.pi * radius**2) * wall * wish.scale
        ),
        resonator=Resonator(
            "cylindrical_shell",
            wish.material,
            {"radius": radius, "height": height, "thickness": wall * wish.scale},
        ),
        drag=Drag(float(2 * radius * height), 1.0, float(volume) if is_usual(parameters, wish) else 0.0),
    )
    return Asset((part,), (2 * radius, 2 * radius, height), spots={"top": (0.0, 0.0, height)})


def _ring_pull(lid: float, height: float) -> Mesh:
    """The ring and rivet on a can's lid."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.stack(
        [lid * 0.3 * np.cos(turn), lid * (-0.28 + 0.36 * np.sin(turn)), np.full(40, height + lid * 0.06)],
        axis=1,
    )
    loop = meshes.sweep(ring, lid * 0.05, 10, closed=True)
    tongue = meshes.moved(
        meshes.box((lid * 0.4, lid * 0.26, lid * 0.05), lid * 0.02), (0, lid * 0.05, height + lid * 0.06)
    )
    rivet = meshes.moved(
        meshes.cylinder(lid * 0.1, lid * 0.12, 24, lid * 0.03), (0, lid * 0.05, height + lid * 0.05)
    )
    return meshes.joined(loop, tongue, rivet)
