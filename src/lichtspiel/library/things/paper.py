"""Books and writing pads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Asset, Mesh, Resonator, Shape, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.forms import block, plate_sound, seen, single, slab, solid
from lichtspiel.library.things.joinery import Piece, board, fused, shown
from lichtspiel.library.things.substance import density, number, surface

CLOTHS = (
    (0.19, 0.022, 0.02), (0.018, 0.05, 0.12), (0.02, 0.075, 0.045), (0.14, 0.075, 0.03),
    (0.05, 0.02, 0.055), (0.028, 0.028, 0.03),
)  # fmt: skip
"""Linear RGB of book cloths: burgundy, navy, forest, tan, plum, charcoal."""

PAPER_DENSITY = 780.0
"""Of a block of uncoated book paper, kg/m³."""


def book(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A hardback lying on its back cover, spine to the left."""
    width, height, thick = (number(parameters, k) for k in ("width", "height", "thickness"))
    cover, square = 0.0028, 0.0035
    colour = CLOTHS[int(rng.integers(len(CLOTHS)))]
    lid = (width - 0.004, height, cover)
    pieces: list[Piece] = [
        board(lid, wish.material, (0.002, 0, cover / 2), bevel=0.001, label="cover"),
        board(lid, wish.material, (0.002, 0, thick - cover / 2), bevel=0.001, label="cover"),
        shown(_spine(width, height, thick, cover)),
        shown(_pages(width - square - 0.004, height - 2 * square, thick - 2 * cover)),
    ]
    pieces += _gilding(width, height, thick)
    pages = Shape(
        "box",
        ((width - square) / 2, height / 2 - square, thick / 2 - cover),
        "paper",
        (-square / 2, 0.0, thick / 2),
    )
    shapes = tuple(shape for piece in pieces for shape in piece.shapes)
    made = fused(
        "book",
        [Piece(pieces[0].mesh, (pages, *shapes)), *(shown(piece.mesh) for piece in pieces[1:])],
        (surface(wish, "book_cover", colour), Surface("page_paper"), Surface("gold")),
        resonator=Resonator("plate", wish.material, {"length": height, "width": width, "thickness": cover}),
        mass_kg=width
        * height
        * (thick * PAPER_DENSITY + 2 * cover * (density(wish.material) - PAPER_DENSITY)),
    )
    spots = {"top": (0.0, 0.0, thick), "edge": (0.0, -height / 2, thick)}
    return assembled([made], wish.scale, spots=spots)


def _pages(width: float, height: float, thick: float) -> Mesh:
    """The block of pages: fore-edge hollow, back round, its sides in fine uneven layers."""
    layers = 40
    z = np.linspace(-0.5, 0.5, layers)
    rounding = 0.14 * thick * (1 - (2 * z) ** 2)
    ripple = 0.00012 * np.where(np.arange(layers) % 2, 1.0, -1.0)
    rings = []
    for level, hollow, wave in zip(z, rounding, ripple, strict=True):
        left, right = -width / 2 - hollow, width / 2 - hollow + wave
        front = height / 2 + wave
        outline = np.array([[left, -front], [right, -front], [right, front], [left, front]])
        rings.append(np.column_stack([outline, np.full(4, (level + 0.5) * thick)]))
    made = meshes.loft(np.array(rings), 1, smooth_angle_rad=0.2)
    return meshes.moved(made, (-0.0005, 0, 0.0028))


def _spine(width: float, height: float, thick: float, cover: float) -> Mesh:
    """A rounded back that joins both covers over a groove, with raised bands."""
    turn = np.linspace(-np.pi / 2, np.pi / 2, 17)
    bulge = 0.16 * thick
    along = np.concatenate([_band_steps(height), [height / 2]])
    rings = []
    for y in along:
        band = 0.0011 * max(0.0, 1 - (min(abs(y - b) for b in _bands(height)) / 0.0028) ** 2)
        outer = _back(turn, thick / 2, bulge + band, band)
        inner = _back(turn, thick / 2 - cover * 0.9, bulge, 0.0)[::-1]
        outline = np.concatenate([outer, inner])
        rings.append(
            np.column_stack([outline[:, 0] - width / 2 + 0.006, np.full(len(outline), y), outline[:, 1]])
        )
    made = _strip_loft(np.array(rings), len(turn))
    return meshes.moved(made, (0, 0, thick / 2))


def _back(turn: Array, half: float, bulge: float, lift: float) -> Array:
    """Half an ellipse from the lower to the upper cover, in x and z."""
    points: Array = np.stack([-bulge * np.cos(turn) - 0.002, (half + lift * 0.3) * np.sin(turn)], axis=1)
    points[0, 0] = points[-1, 0] = 0.001
    return points


def _bands(height: float) -> Array:
    return np.array([-0.34, -0.17, 0.17, 0.34]) * height


def _band_steps(height: float) -> Array:
    near = [b + d for b in _bands(height) for d in np.linspace(-0.003, 0.003, 7)]
    return np.array(sorted([-height / 2, *near]))


def _strip_loft(rings: Array, count: int) -> Mesh:
    """A loft of strips of `count` points out and back, whose ends are closed by quads."""
    made = meshes.loft(rings, 0, smooth_angle_rad=0.7)
    polygons = np.split(made.corners, np.cumsum(made.sizes)[:-1])[:-2]
    total, last = 2 * count, (len(rings) - 1) * 2 * count
    faces = [list(map(int, polygon)) for polygon in polygons]
    for i in range(count - 1):
        k = total - 1 - i
        faces.append([i, k, k - 1, i + 1])
        faces.append([last + i, last + i + 1, last + k - 1, last + k])
    return meshes.from_polygons(rings.reshape(-1, 3), faces, 0, 0.7)


def _gilding(width: float, height: float, thick: float) -> list[Piece]:
    """A gilt frame and title on the front cover."""
    lift = 0.00008
    lines = []
    for inset, broad in ((0.009, 0.0008), (0.0115, 0.0004)):
        w, h = width - 0.012 - 2 * inset, height - 2 * inset
        for s in (-1.0, 1.0):
            lines.append(((w + broad, broad), (0.004, s * h / 2)))
            lines.append(((broad, h - broad), (0.004 + s * w / 2, 0.0)))
    for k, share in enumerate((0.5, 0.34, 0.42)):
        lines.append(((share * width, 0.005 if k < 2 else 0.0022), (0.004, height * (0.24 - 0.06 * k))))
    return [
        shown(meshes.moved(meshes.box((w, h, 2 * lift), 0.0, slot=2), (x, y, thick + lift / 2)))
        for (w, h), (x, y) in lines
    ]


def writing_pad(parameters: Mapping[str, Parameter], wish: Wish, _rng: Generator) -> Asset:
    """A pad of ruled paper, glued at its head, lying with its foot to -y and to +y alike."""
    width, depth, thick = (number(parameters, k) for k in ("width", "depth", "thickness"))
    pad = slab((width, depth, thick), (0, 0, thick / 2), 0.0006)
    rules = [
        slab((width * 0.96, 0.0004, 0.0002), (0, y, thick), 0.0, slot=1)
        for y in np.arange(-0.44 * depth, 0.44 * depth, 0.009)
    ]
    shapes = [block((width, depth, thick), wish.material, (0, 0, thick / 2), label="top")]
    surfaces = (surface(wish, "paper"), Surface("paper", (0.30, 0.42, 0.60)))
    return single(
        "writing_pad",
        [solid(shapes, pad), seen(*rules)],
        surfaces,
        wish,
        PAPER_DENSITY * width * depth * thick,
        plate_sound("paper", width, depth, thick),
        {"top": (0.0, 0.0, thick)},
    )
