"""Cookware and buckets of metal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.asset import Array, Asset
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import profiles
from lichtspiel.library.things.handles import Handle
from lichtspiel.library.things.substance import length
from lichtspiel.library.things.turned import lengths, turned, walled


def metal_bowl(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A mixing bowl of sheet metal with a flat base and a rolled edge."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    base = radius * 0.42
    edge = profiles.smooth_line(
        np.array([(0, 0), (base * 0.92, 0), (base * 1.1, height * 0.03)]), height * 0.04
    )
    turn = np.linspace(np.radians(24), np.radians(84), 22)
    reach = (np.sin(turn) - np.sin(turn[0])) / (np.sin(turn[-1]) - np.sin(turn[0]))
    rise = (np.cos(turn[0]) - np.cos(turn)) / (np.cos(turn[0]) - np.cos(turn[-1]))
    side = np.stack(
        [base * 1.1 + (radius * 0.955 - base * 1.1) * reach, height * 0.03 + height * 0.95 * rise], axis=1
    )
    line = np.concatenate([edge, side[1:]])
    body = profiles.sheet(line, wall)
    lip = Handle(_circle(radius * 0.955 + wall, height * 0.975, 97), np.full(97, wall * 2.4))
    return turned(parameters, wish, rng, "steel", body, handles=(lip,), resonator="bowl", handle_pieces=0)


def pan(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A frying pan with a long handle to the right."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    base = radius * 0.78
    controls = [
        (0, 0, 0, wall * 1.3),
        (base * 0.97, 0, base * 0.95, wall * 1.3),
        (base * 1.04, wall * 0.7, base * 1.0, wall * 1.7),
        (base * 1.09, wall * 2.6, base * 1.04, wall * 3.2),
        (radius * 0.975, height * 0.86, radius * 0.975 - wall * 0.95, height * 0.87),
        (radius, height - wall * 0.5, radius - wall * 0.75, height - wall * 0.1),
    ]
    t = np.linspace(0, 1, 25)[:, None]
    start, end = radius * 0.96, radius * 0.96 + length(parameters, wish, "handle")
    path = np.concatenate(
        [start + (end - start) * t, 0 * t, height * (0.72 + 0.55 * t - 0.25 * t**2)], axis=1
    )
    grip = wall * (1.6 + 1.3 * np.clip((t[:, 0] - 0.22) / 0.1, 0, 1) + 0.7 * t[:, 0])
    handle = Handle(path, np.minimum(grip, wall * 4.4 * np.sqrt(1.02 - t[:, 0] ** 24)), 1.35)
    body = walled(controls)
    return turned(
        parameters, wish, rng, "aluminium", body, handles=(handle,), inside="nonstick_coating",
        handle_look="bakelite", resonator="bowl",
    )  # fmt: skip


def pot(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A cooking pot with a sandwich base and two ears."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    base = length(parameters, wish, "base")
    controls = [
        (0, 0, 0, base),
        (radius * 0.93, 0, radius * 0.9, base),
        (radius * 0.955, base * 0.25, radius * 0.94, base * 1.15),
        (radius * 0.968, base * 0.95, radius - wall * 3.2, base * 1.45),
        (radius * 0.988, base * 1.5, radius - wall * 1.7, base * 2.3),
        (radius, base * 2.6, radius - wall, base * 3.4),
        (radius, height * 0.6, radius - wall, height * 0.6),
        (radius, height * 0.96, radius - wall, height * 0.96),
        (radius + wall * 2.5, height - wall, radius + wall * 1.8, height - wall * 0.1),
    ]
    ears = tuple(_side_ear(side, radius, height * 0.82, height * 0.035) for side in (-1.0, 1.0))
    return turned(parameters, wish, rng, "steel", walled(controls), handles=ears)


def bucket(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A tapered bucket of sheet metal; its bail hangs down at the front."""
    height, radius, wall = lengths(parameters, wish, "height", "radius", "wall")
    base = radius * 0.7
    line = [
        (0, height * 0.035),
        (base * 0.9, height * 0.035),
        (base * 0.97, height * 0.03),
        (base * 0.985, 0),
    ]
    line += [(base * 1.0, 0), (base * 1.012, height * 0.04)]
    line += [(base + (radius - base) * h, height * h) for h in (0.2, 0.4, 0.42, 0.44, 0.6, 0.8, 0.97)]
    body = profiles.sheet(profiles.smooth_line(np.array(line), height * 0.03), wall)
    bead = Handle(_circle(radius * 0.993 + wall, height * 0.985, 97), np.full(97, height * 0.012))
    t = np.linspace(0, np.pi, 49)
    bail_reach, ears_at = radius * 1.035, height * 0.9
    path = np.stack(
        [bail_reach * np.cos(t), -radius * 0.28 * np.sin(t) - radius * 0.72 * np.sin(t) ** 0.7,
         ears_at - height * 0.28 * np.sin(t)], axis=1
    )  # fmt: skip
    path[1:-1, 1] = np.minimum(
        path[1:-1, 1], -np.sqrt(np.maximum((radius * 1.03) ** 2 - path[1:-1, 0] ** 2, 0))
    )
    bail = Handle(path, np.full(49, height * 0.009))
    ears = tuple(
        Handle(
            np.array([(side * reach * radius, 0.0, ears_at) for reach in (0.94, 1.0, 1.07)]),
            np.full(3, height * 0.022),
        )
        for side in (-1.0, 1.0)
    )
    return turned(
        parameters,
        wish,
        rng,
        "steel",
        body,
        handles=(bead, bail, *ears),
        resonator="cylindrical_shell",
        handle_pieces=0,
    )


def _circle(radius: float, height: float, points: int) -> Array:
    turn = np.linspace(0, 2 * np.pi, points)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn), np.full(points, height)], axis=1)


def _side_ear(side: float, radius: float, height: float, thickness: float) -> Handle:
    """A flat loop at the left (-1) or right (1) of a pot."""
    t = np.linspace(-1, 1, 33)
    half = radius * 0.42
    path = np.stack(
        [
            side * (radius * 0.9 + radius * 0.42 * (1 - t**4)),
            half * t,
            np.full(33, height) + 0.12 * radius * (1 - t**2),
        ],
        axis=1,
    )
    return Handle(path, np.full(33, thickness))
