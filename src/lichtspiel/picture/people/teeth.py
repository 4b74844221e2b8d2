"""Teeth one by one along both arches, and the gums that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import bpy
import numpy as np
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array, IntArray
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.picture import meshes
from lichtspiel.picture.nodes import Graph

_FIRST_TOOTH_YEARS = 0.9


@dataclass(frozen=True)
class Arch:
    """Vertices of the basis from the person's right to the left, along gum and edge; crowns in metres.

    widths and heights: of an adult's teeth from the middle outward (Wheeler's averages).
    """

    gum: tuple[int, ...]
    edge: tuple[int, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]


ARCHES = {
    "upper": Arch(
        (15103, 15102, 15101, 15100, 15099, 15098, 15097, 15096, 15061,
         15060, 15062, 15063, 15064, 15065, 15066, 15067, 15068),
        (15113, 15110, 15111, 15112, 15118, 15104, 15105, 15119, 15069,
         15086, 15071, 15070, 15085, 15078, 15077, 15076, 15080),
        (0.0085, 0.0065, 0.0075, 0.0070, 0.0070, 0.0100, 0.0090),
        (0.0105, 0.0090, 0.0100, 0.0085, 0.0085, 0.0075, 0.0070),
    ),
    "lower": Arch(
        (15035, 15034, 15033, 15032, 15031, 15030, 15029, 15028, 14993,
         14992, 14994, 14995, 14996, 14997, 14998, 14999, 15000),
        (15043, 15042, 15041, 15040, 15039, 15038, 15037, 15036, 15010,
         15001, 15002, 15003, 15004, 15005, 15006, 15007, 15008),
        (0.0053, 0.0057, 0.0070, 0.0070, 0.0071, 0.0110, 0.0105),
        (0.0088, 0.0094, 0.0105, 0.0085, 0.0080, 0.0075, 0.0070),
    ),
}  # fmt: skip
_SET_M = {"upper": (0.0, -0.0026, -0.0024), "lower": (0.0, 0.0004, -0.0004)}
"""Where an old adult's teeth stand against the basis' arches: upper front teeth close over the lower ones."""
_SUNK_AGES = (8.0, 25.0, 65.0)
_SUNK_M = {"upper": (0.0, 0.0012, 0.0), "lower": (0.0012, 0.0022, 0.0008)}
"""How much lower they stand by age: parted young lips show 3.4 mm of the upper front teeth and half a
millimetre of the lower ones, old lips none of the upper and three of the lower (Vig and Brundo, 1978)."""
_WIDE_AGES = (8.0, 18.0)
_WIDE = {"upper": (1.0, 1.05), "lower": (0.96, 0.98)}
"""Arches against the basis'. Beside its own a dark gap shows in the corners of a grown mouth; the lower one
stands within the upper one."""
_EYES_M = 0.0616
"""Distance of the basis' eyes."""
_FILL = 0.995
"""Share of the arch that teeth take."""
_LARGEST = 1.08
"""Teeth against the average of a face so large: a wide mouth has room behind its last tooth."""
_AROUND = 14
_LEVELS = (-0.25, 0.02, 0.25, 0.5, 0.72, 0.88, 0.96, 1.0)
_WIDTHS = (0.66, 0.80, 0.93, 0.99, 1.0, 1.0, 0.97, 0.84)
_DEPTHS = (0.85, 1.0, 1.0, 0.86, 0.66, 0.48, 0.40, 0.24)
"""Of a front tooth from its root to its edge, against its full width and depth."""
_DEPTH = 0.85
"""Depth of a tooth at the gum against its width."""


def add_teeth(scene: Any, name: str, person: Person, physique: Physique) -> list[tuple[Any, IntArray]]:
    """Teeth and gums of both jaws, with the vertex of the basis that each of their vertices goes with."""
    if person.age_years < _FIRST_TOOTH_YEARS:
        return []
    made = []
    enamel, flesh = _enamel(person), _flesh()
    rng = np.random.default_rng((person.seed, 404))
    size = float(np.linalg.norm(physique.eye("l")[0] - physique.eye("r")[0])) / _EYES_M
    for jaw, arch in ARCHES.items():
        sunk = np.array([0.0, 0.0, np.interp(person.age_years, _SUNK_AGES, _SUNK_M[jaw])])
        shift = size * (np.array(_SET_M[jaw]) - sunk)
        wide = float(np.interp(person.age_years, _WIDE_AGES, _WIDE[jaw]))
        edge, gum = (_wide(physique.vertices[list(line)], wide) + shift for line in (arch.edge, arch.gum))
        for label, (vertices, quads), material in (
            ("teeth", _crowns(arch, edge, gum, size, rng), enamel),
            ("gum", _gum(edge, gum), flesh),
        ):
            data = bpy.data.meshes.new(f"{name}/{jaw} {label}")
            meshes.fill_quads(data, vertices, quads)
            data.materials.append(material)
            thing = bpy.data.objects.new(data.name, data)
            scene.collection.objects.link(thing)
            held = np.array(arch.edge + arch.gum)
            _, near = cKDTree(physique.vertices[held]).query(vertices)
            made.append((thing, held[near].astype(np.int32)))
    return made


def _wide(line: Array, wide: float) -> Array:
    """An arch (N, 3) so many times as wide."""
    middle = line[:, :1].mean(0)
    return np.hstack([middle + wide * (line[:, :1] - middle), line[:, 1:]])


def shifts(shapes: Mapping[str, tuple[IntArray, Array]], held: IntArray) -> dict[str, tuple[IntArray, Array]]:
    """Face shapes of teeth: what their vertices of the basis do."""
    found = {}
    for name, (index, deltas) in shapes.items():
        whole = np.zeros((max(int(held.max()), int(index.max())) + 1, 3))
        whole[index] = deltas
        moved = whole[held]
        if np.abs(moved).max() > 1e-5:
            found[name] = (np.arange(len(held), dtype=np.int32), moved)
    return found


def _crowns(
    arch: Arch, edge: Array, gum: Array, size: float, rng: np.random.Generator
) -> tuple[Array, IntArray]:
    """size: of the face, against an adult's."""
    length = _lengths(edge)
    scale = min(length[-1] * _FILL / 2 / sum(arch.widths), _LARGEST * size)
    vertices: list[Array] = []
    quads: list[IntArray] = []
    for side in (-1.0, 1.0):
        start = 0.0
        for place, (width, height) in enumerate(zip(arch.widths, arch.heights, strict=True)):
            at = length[-1] / 2 + side * (start + width / 2) * scale
            start += width
            frame = _frame(edge, gum, length, at, rng)
            measures = np.array([width, height]) * scale * (1 + rng.normal(0, 0.02, 2))
            points, faces = _crown(place, measures)
            quads.append((faces + sum(len(part) for part in vertices)).astype(np.int32))
            vertices.append(frame[0] + points @ frame[1])
    return np.concatenate(vertices), np.concatenate(quads)


def _lengths(line: Array) -> Array:
    steps = np.linalg.norm(np.diff(line, axis=0), axis=1)
    return np.concatenate([[0.0], np.cumsum(steps)])


def _along(line: Array, length: Array, at: float) -> Array:
    return np.array([np.interp(at, length, line[:, axis]) for axis in range(3)])


def _frame(
    edge: Array, gum: Array, length: Array, at: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Where a tooth stands, and its axes as rows: along the arch, outward, from gum to edge."""
    foot, root = _along(edge, length, at), _along(gum, length, at)
    reach = 0.03 * length[-1]
    along = _along(edge, length, at + reach) - _along(edge, length, at - reach)
    along /= np.linalg.norm(along)
    down = (foot - root) / np.linalg.norm(foot - root)
    outward = np.cross(along, down)
    outward *= np.sign(-outward[1]) if abs(outward[1]) > 0.2 else np.sign(outward[0] * foot[0])
    along = np.cross(down, outward)
    turn = rng.normal(0, 0.035, 3)
    axes = np.stack([along, outward, down])
    skew = np.array([[1, turn[0], turn[1]], [-turn[0], 1, turn[2]], [-turn[1], -turn[2], 1]])
    return foot - 0.0004 * outward, skew @ axes


def _crown(place: int, size: Array) -> tuple[Array, IntArray]:
    """A tooth about the middle of its edge: incisors are blades, canines have a tip, molars are blocks."""
    width, height = size
    turn = np.arange(_AROUND) * 2 * np.pi / _AROUND
    round_off = 2.0 / 2.9
    ring = np.stack([np.sign(f(turn)) * np.abs(f(turn)) ** round_off for f in (np.cos, np.sin)], -1)
    molar = np.clip((place - 2) / 3, 0, 1)
    rings = []
    for level, wide, blade in zip(_LEVELS, _WIDTHS, _DEPTHS, strict=True):
        deep = blade * (1 - molar) + min(1.0, blade * 1.6) * molar
        across = ring[:, 0] * width / 2 * wide
        # The outer face is nearly straight; what thins out towards the edge is the back.
        through = (
            ring[:, 1] * width / 2 * _DEPTH * deep - width / 2 * _DEPTH * (0.9 - 0.25 * level + deep) / 2
        )
        drop = np.full(_AROUND, (level - 1) * height)
        if place == 2:
            drop += level * height * 0.10 * (1 - np.abs(ring[:, 0]) * 2)
        rings.append(np.stack([across, through, drop], -1))
    points = np.concatenate(
        [*rings, rings[-1] * np.array([0.3, 0.6, 1.0]) + rings[-1].mean(0) * (0.0, 0.4, 0.0)]
    )
    rows = np.arange(len(_LEVELS))[:, None] * _AROUND
    columns = np.arange(_AROUND)
    after = (columns + 1) % _AROUND
    quads = np.stack([rows + columns, rows + after, rows + _AROUND + after, rows + _AROUND + columns], -1)
    half = _AROUND // 2
    last = len(_LEVELS) * _AROUND
    lid = [(last + i, last + i + 1, last + _AROUND - 2 - i, last + _AROUND - 1 - i) for i in range(half - 1)]
    return points, np.concatenate([quads.reshape(-1, 4), np.array(lid)]).astype(np.int32)


def _gum(edge: Array, gum: Array) -> tuple[Array, IntArray]:
    """A band along the arch from above the roots to between the necks, scalloped by the teeth."""
    length = _lengths(edge)
    stations = np.linspace(0, length[-1], 97)
    middle = edge.mean(0)
    section = np.linspace(0, np.pi, 9)
    rings = []
    for at in stations:
        foot, root = _along(edge, length, float(at)), _along(gum, length, float(at))
        inward = (middle - foot) * np.array([1.0, 1.0, 0.0])
        inward /= np.linalg.norm(inward)
        neck = foot + (root - foot) * 0.52
        across = np.cos(section)[:, None] * -0.0036 + 0.0034
        rings.append(neck + across * inward + (root - neck) * (1 - np.sin(section)[:, None] * 1.05) * 1.3)
    count = len(section)
    points = np.concatenate(rings)
    rows, columns = np.arange(len(stations) - 1)[:, None] * count, np.arange(count - 1)
    quads = np.stack(
        [rows + columns, rows + columns + 1, rows + count + columns + 1, rows + count + columns], -1
    )
    return points, quads.reshape(-1, 4).astype(np.int32)


def _enamel(person: Person) -> Any:
    old = float(np.clip((person.age_years - 25) / 60, 0, 1))
    colour = np.array([0.80, 0.73, 0.60]) * (1 - 0.12 * old) - np.array([0.0, 0.01, 0.05]) * old
    return _glossy("teeth", (float(colour[0]), float(colour[1]), float(colour[2])), 0.24, 0.0012)


def _flesh() -> Any:
    return _glossy("gums", (0.52, 0.19, 0.17), 0.25, 0.0016)


def _glossy(name: str, colour: tuple[float, float, float], rough: float, depth_m: float) -> Any:
    material = bpy.data.materials.new(name)
    graph = Graph(material.node_tree)
    material.node_tree.nodes.clear()
    surface = graph.node(
        "BsdfPrincipled",
        {
            "Base Color": colour,
            "Roughness": rough,
            "Subsurface Weight": 0.5,
            "Subsurface Radius": (1.0, 0.6, 0.4),
            "Subsurface Scale": depth_m,
        },
    )
    graph.connect(material.node_tree.nodes.new("ShaderNodeOutputMaterial").inputs["Surface"], surface)
    return material
