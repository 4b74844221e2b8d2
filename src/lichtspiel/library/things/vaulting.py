"""What jumpers go over, land on and jump from: a vaulting box, a high jump with its mat, a jump box."""

from __future__ import annotations

from collections.abc import Mapping

from lichtspiel.library.asset import Asset, Surface
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things.assembly import assembled
from lichtspiel.library.things.joinery import FIXED, Piece, board, fused, rod
from lichtspiel.library.things.substance import number, surface

Parameters = Mapping[str, Parameter]
_PAD_M, _GAP_M = 0.12, 0.006
"""Height of a box's padded top, and the joint between its tiers."""
_STRIPES = 9
"""Red and white along a bar, red at both ends."""
_STILE_M, _LADDER_KG = 0.02, 6.0
"""Radius of a ladder's stiles, and what it weighs."""


def vaulting_box(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """Wooden tiers that narrow upward under a leather top; it stands across the way of who vaults over it."""
    length, width, height = (number(parameters, name) for name in ("length", "width", "height"))
    tiers = int(number(parameters, "tiers"))
    tall = (height - _PAD_M) / tiers
    pieces: list[Piece] = []
    for tier in range(tiers):
        narrow = 1.0 - 0.35 * (tier + 0.5) / tiers
        middle = (tier + 0.5) * tall
        pieces.append(board((length * (0.9 + 0.1 * narrow), width * narrow, tall - _GAP_M), wish.material,
                            (0.0, 0.0, middle), bevel=0.01))  # fmt: skip
        for side in (-1.0, 1.0):
            # The holes by which tiers are lifted off.
            at = (0.0, side * (width * narrow / 2 + 0.001), middle)
            pieces.append(board((0.14, 0.004, 0.035), wish.material, at, bevel=0.0, slot=2))
    top = (0.0, 0.0, height - _PAD_M / 2)
    pieces.append(
        board((0.96 * length, 0.66 * width, _PAD_M), "leather", top, bevel=0.035, slot=1, label="top")
    )
    surfaces = (surface(wish, "beech"), Surface("suede_tan"), Surface("dark_wood"))
    part = fused("box", pieces, surfaces, joint=FIXED)
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, height)})


def jump_box(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A plywood box to jump on to and down from, with a hand hole in each side."""
    length, width, height = (number(parameters, name) for name in ("length", "width", "height"))
    pieces = [board((length, width, height), wish.material, (0.0, 0.0, height / 2), bevel=0.004, label="top")]
    for side in (-1.0, 1.0):
        at = (0.0, side * (width / 2 + 0.001), 0.72 * height)
        pieces.append(board((0.13, 0.004, 0.04), wish.material, at, bevel=0.0, slot=1))
    part = fused("box", pieces, (surface(wish, "plywood"), Surface("dark_wood")), joint=FIXED)
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, height)})


def stepladder(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """A folding ladder one climbs towards +x: two stiles with flat steps, a platform, two legs behind."""
    steps, rise, width = (
        int(number(parameters, "steps")),
        number(parameters, "rise"),
        number(parameters, "width"),
    )
    height = steps * rise
    pieces: list[Piece] = []
    for side in (-1.0, 1.0):
        foot, top = side * (width / 2 + 0.05), side * width / 2
        pieces.append(rod((-0.1 - 0.4 * height, foot, 0.0), (-0.1, top, height), _STILE_M, wish.material))
        pieces.append(rod((0.1 + 0.3 * height, foot, 0.0), (0.1, top, height), _STILE_M, wish.material))
        pieces.append(board((0.04, 0.05, 0.02), "rubber", (-0.1 - 0.4 * height, foot, 0.01), slot=1))
        pieces.append(board((0.04, 0.05, 0.02), "rubber", (0.1 + 0.3 * height, foot, 0.01), slot=1))
    for step in range(1, steps):
        level = step * rise
        at = (-0.1 - 0.4 * (height - level), 0.0, level - 0.015)
        pieces.append(board((0.09, width + 0.03, 0.03), wish.material, at, bevel=0.006))
        pieces.append(
            rod(
                (0.1 + 0.3 * (height - level), -width / 2, level),
                (0.1 + 0.3 * (height - level), width / 2, level),
                0.009,
                wish.material,
            )
        )
    top_board = board(
        (0.3, width + 0.04, 0.03), wish.material, (0.0, 0.0, height - 0.015), bevel=0.008, slot=1, label="top"
    )
    part = fused(
        "ladder", [*pieces, top_board], (surface(wish, "aluminium"), Surface("rubber")), mass_kg=_LADDER_KG
    )
    return assembled([part], wish.scale, spots={"top": (0.0, 0.0, height)})


def high_jump(parameters: Parameters, wish: Wish, _rng: Generator) -> Asset:
    """Two standards with a striped bar across them, and behind it, towards −y, the landing mat."""
    height, wide = number(parameters, "height"), number(parameters, "width")
    deep, thick = number(parameters, "mat_depth"), number(parameters, "mat_height")
    pieces: list[Piece] = []
    for side in (-1.0, 1.0):
        x = side * (wide / 2 + 0.04)
        pieces.append(rod((x, 0.0, 0.02), (x, 0.0, height + 0.3), 0.025, "aluminium", slot=1))
        pieces.append(board((0.34, 0.5, 0.03), "steel", (x, 0.0, 0.015), slot=1))
        pieces.append(board((0.07, 0.05, 0.01), "steel", (x - side * 0.03, 0.0, height - 0.02), slot=1))
    for stripe in range(_STRIPES):
        ends = [(-0.5 + (stripe + share) / _STRIPES) * wide for share in (0, 1)]
        bar = rod((ends[0], 0.0, height), (ends[1], 0.0, height), 0.016, "plastic", slot=2 + stripe % 2)
        pieces.append(bar)
    mat = (0.0, -0.12 - deep / 2, thick / 2)
    pieces.append(board((0.94 * wide, deep, thick), wish.material, mat, bevel=0.05, label="top"))
    red, white = Surface("glossy_plastic", (0.6, 0.03, 0.03)), Surface("glossy_plastic", (0.85, 0.85, 0.83))
    part = fused(
        "apparatus", pieces, (surface(wish, "gym_mat"), Surface("aluminium"), red, white), joint=FIXED
    )
    return assembled([part], wish.scale, spots={"bar": (0.0, 0.0, height)})
