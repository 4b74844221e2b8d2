"""Procedural patterns: what a surface's colour, relief and gloss do across it.

A pattern is drawn in metres of the surface. Sizes that are not the look's `size_m` are natural
ones: the width of a mortar joint, the length of a wood fibre.
"""

from __future__ import annotations

from lichtspiel.picture.textures import cloth, goods, nature, stone, wood
from lichtspiel.picture.textures.swatch import FINEST, Drawn, Pattern, Swatch

__all__ = ["FINEST", "PATTERNS", "Drawn", "Pattern", "Swatch"]

PATTERNS: dict[str, Pattern] = {
    pattern.__name__: pattern
    for pattern in (
        wood.wood,
        wood.planks,
        wood.parquet,
        stone.concrete,
        stone.asphalt,
        stone.tiles,
        stone.bricks,
        stone.marble,
        stone.granite,
        stone.plaster,
        nature.grass,
        nature.sand,
        nature.regolith,
        nature.gravel,
        nature.foliage,
        nature.bark,
        nature.water,
        cloth.knit,
        cloth.ribbed,
        cloth.twill,
        cloth.denim,
        cloth.mail,
        goods.plain,
        goods.noise,
        goods.speckled,
        goods.weave,
        goods.felt,
        goods.pebbled,
        goods.brushed,
        goods.scratched,
        goods.cardboard,
    )
}
