"""Dresses a person: fits every garment in its layer and sews it."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterable, Sequence

import numpy as np

from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array, IntArray, Surface
from lichtspiel.library.people.basis import load
from lichtspiel.library.people.clothes.anatomy import canonical
from lichtspiel.library.people.clothes.cloth import shell
from lichtspiel.library.people.clothes.fitting import Fitting, cage_places
from lichtspiel.library.people.clothes.layers import Builder, Cover, Layer, Order, Worn
from lichtspiel.library.people.figure import Garment, Hang
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique
from lichtspiel.library.records import GarmentEntry
from lichtspiel.screenplay import Wear

_PRESSED_M, _PRESSED_WITHIN_M = 0.006, 0.012
"""How deep cloth presses skin at most, and how far from its edge on it does."""
_SMALLEST = 0.75
"""Size from which on down less skin makes no less room: babies' necks are short and fat."""
_COLLARS = frozenset({"shirt_collar", "stand_collar", "hood"})
_COLLAR_M, _NECK_Z, _BLEND_M = 0.035, 1.3, 0.03
"""So far above a seam at the neck stands a collar; where on the canonical body that is."""
_CHIN_Z = 1.40
"""Collars press the neck, not the chin over them."""


def garments_of(person: Person, physique: Physique) -> tuple[Garment, ...]:
    """The clothes of a person, in the order of `person.wears`; what others hide altogether is left out.

    Raises KeyError for unknown garments.
    """
    entries = [catalogue.garments()[wear.garment] for wear in person.wears]
    inside_out = sorted(range(len(entries)), key=lambda i: (entries[i].layer, i))
    fitting = Fitting(physique)
    layers: list[Layer] = []
    for i in inside_out:
        order = Order(entries[i], person, _generator(person, entries[i], i))
        layers.append(_builder(entries[i])(order, fitting))
    heights = _settled(layers)
    covers = _covers(layers, heights)
    made: dict[int, Garment] = {}
    for rank, i in enumerate(inside_out):
        made[i] = _garment(layers[rank], person.wears[i], heights[rank], covers[rank], fitting.scale)
    return tuple(made[i] for i in range(len(entries)) if len(made[i].mesh.sizes))


def _generator(person: Person, entry: GarmentEntry, place: int) -> np.random.Generator:
    return np.random.default_rng([person.seed, zlib.crc32(entry.id.encode()), place])


def _builder(entry: GarmentEntry) -> Builder:
    module, function = entry.builder.split(":")
    found: Builder = getattr(importlib.import_module(f"{__package__}.{module}"), function)
    return found


def _settled(layers: Sequence[Layer]) -> list[Array]:
    """Heights of all layers, pressed down where something that fits closely is worn over them."""
    at = cage_places()
    heights = [np.zeros(len(at.z)) if layer.height is None else layer.height.copy() for layer in layers]
    for outer in range(len(layers) - 1, 0, -1):
        layer = layers[outer]
        if layer.height is None or layer.beyond is None:
            continue
        deep = np.clip((0.08 - layer.beyond(at)) / 0.05, 0, 1)
        for inner in range(outer):
            pressed = np.minimum(heights[inner], heights[outer] - layer.order.entry.thickness_m - 0.001)
            heights[inner] = heights[inner] + deep * (pressed - heights[inner])
    return heights


def _covers(layers: Sequence[Layer], heights: Sequence[Array]) -> list[Cover]:
    """What lies over each layer."""
    covers: list[Cover] = []
    worn: tuple[Worn, ...] = ()
    for layer, height in zip(reversed(layers), reversed(heights), strict=True):
        covers.append(Cover(worn))
        if layer.beyond is not None:
            thickness_m = layer.order.entry.thickness_m
            rides = layer.rides or layer.beyond
            own = Worn(layer.beyond, rides, layer.margin_m, height, thickness_m, covers[-1], layer.lift)
            worn = (own, *worn)
    return covers[::-1]


def _garment(layer: Layer, wear: Wear, height: Array, cover: Cover, scale: float) -> Garment:
    entry = layer.order.entry
    mesh, skin, pinned = layer.sew(height, cover).finished()
    hangs = bool((pinned < 1).any())
    return Garment(
        garment=entry.id,
        mesh=mesh,
        surfaces=surfaces_of(entry, wear),
        skin=skin,
        thickness_m=entry.thickness_m,
        hides=_hidden(layer),
        presses=_pressing(layer, scale),
        hang=Hang(pinned, entry.mass_kg_m2, entry.stiffness) if hangs else None,
        sole=entry.sole,
        hides_hair=entry.hides_hair,
    )


def _hidden(layer: Layer) -> IntArray:
    """Faces of the body that lie so far under a garment that no pose shows them."""
    if layer.beyond is None:
        return np.zeros(0, np.int32)
    basis = load()
    faces = basis.faces_of("body")
    under = layer.beyond(canonical()) < -layer.margin_m
    return np.asarray(faces[under[basis.faces[faces]].all(1)], np.int32)


def _pressing(layer: Layer, scale: float) -> Array | None:
    """(V,) metres that skin near the edges of a garment gives way below it."""
    if layer.beyond is None:
        return None
    at = canonical()
    collared = _COLLARS & set(layer.order.text("trims").split())
    reach = (_COLLAR_M if collared else 0.0) * np.clip((at.z - _NECK_Z) / _BLEND_M, 0, 1)
    deep = np.clip((reach - layer.beyond(at)) / _PRESSED_WITHIN_M, 0, 1)
    deep = deep * np.clip((_CHIN_Z - at.z) / _BLEND_M + 1, 0, 1)
    return np.asarray(_PRESSED_M * max(scale, _SMALLEST) * (1 - at.folding) * deep * deep * (3 - 2 * deep))


def pressed(physique: Physique, garments: Iterable[Garment]) -> Array:
    """(V, 3) vertices of a body at rest whose skin gives way to what lies on it.

    Where bent limbs push skin out between the bones of cloth and skin, this is how far it may come.
    """
    most = np.zeros(len(physique.vertices))
    for garment in garments:
        if garment.presses is not None:
            most = np.maximum(most, garment.presses)
    body = shell("body", 0)
    used = body.matrix.indices
    vertices = physique.vertices.copy()
    vertices[used] -= most[used, None] * body.normals(vertices[used])
    return vertices


def surfaces_of(entry: GarmentEntry, wear: Wear) -> tuple[Surface, ...]:
    """Surfaces of the parts of a garment, in the colour, cloth and pattern it is wished in.

    Raises KeyError for an unknown colour.
    """
    surfaces = []
    for part in entry.parts.values():
        look, colour = part.look, part.colour
        if part.dyed:
            look, colour = wear.material or look, wear.colour or colour
        rgb = catalogue.colours()[colour].rgb if colour else None
        pattern = wear.pattern if part.dyed and wear.pattern != "plain" else None
        surfaces.append(Surface(look, rgb, print=pattern))
    return tuple(surfaces)
