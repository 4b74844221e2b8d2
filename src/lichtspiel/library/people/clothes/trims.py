"""Plackets, buttons, zips, pockets, belts, bands and numbers, by the names that entries use."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array
from lichtspiel.library.people.clothes import collars
from lichtspiel.library.people.clothes.anatomy import BEHIND, IN_FRONT, NECK_AXIS_Y, Places
from lichtspiel.library.people.clothes.applique import Trimming, back, box, button, front
from lichtspiel.library.people.clothes.lines import Field

Trim = Callable[[Trimming], None]

_PATCH_M = 0.0014
_TOP_Z = 1.345
_SEAM_M = 0.0045
"""Half the width of a felled seam."""
_ARMHOLE_M = 0.0035
"""Half the width of the lap that a sleeve is set in with."""


def _placket(on: Trimming) -> None:
    """The overlapping edge in front."""
    at = on.sheet.piece.places
    low, high = on.order.number("front_low", 0.5), on.order.number("front_high", _TOP_Z)
    field = np.maximum(box(at, (-0.017, 0.017), (low, high)), front(at))
    on.patch(field, _PATCH_M, on.order.slot("trim"))


def _buttons(on: Trimming) -> None:
    count = int(on.order.number("buttons", 7.0))
    low, high = on.order.number("button_low", 0.86), on.order.number("button_high", 1.325)
    radius = on.order.number("button_m", 0.0055)
    rows = (-1.0, 1.0) if on.order.number("double_breasted", 0.0) > 0 else (0.0,)
    for z in np.linspace(low, high, count):
        for side in rows:
            on.fix(
                button(radius),
                (0.055 * side, IN_FRONT, float(z)),
                on.order.slot("detail"),
                0.0016,
            )


def _armholes(on: Trimming) -> None:
    """The seams that sleeves are set in with."""
    at = on.sheet.piece.places
    below = np.clip(1.33 - at.z, 0, 0.15)
    away = np.abs(at.x) - on.order.number("armhole_seam", 0.157) - 0.12 * below
    on.seam(away, _ARMHOLE_M, 0.6 * _PATCH_M, 1.12 - at.z)


def _zip(on: Trimming) -> None:
    at = on.sheet.piece.places
    low, high = on.order.number("front_low", 0.5), on.order.number("front_high", 1.5)
    on.patch(
        np.maximum(box(at, (-0.012, 0.012), (low, high)), front(at)),
        0.0012,
        on.order.slot("trim"),
    )
    on.patch(
        np.maximum(box(at, (-0.004, 0.004), (low, high)), front(at)),
        0.0026,
        on.order.slot("detail"),
    )


def _chest_pocket(on: Trimming) -> None:
    at = on.sheet.piece.places
    on.patch(np.maximum(box(at, (0.05, 0.12), (1.185, 1.265)), front(at)), _PATCH_M, 0)


def _chest_pockets(on: Trimming) -> None:
    """Two breast pockets with flaps."""
    at = on.sheet.piece.places
    for x in ((0.045, 0.115), (-0.115, -0.045)):
        on.patch(np.maximum(box(at, x, (1.18, 1.255)), front(at)), _PATCH_M, 0)
        on.patch(np.maximum(box(at, x, (1.24, 1.27)), front(at)), 2 * _PATCH_M, 0)


def _hip_pockets(on: Trimming) -> None:
    """Flapped pockets of jackets and coats."""
    at = on.sheet.piece.places
    z = on.order.number("pocket_z", 0.93)
    for x in ((0.055, 0.135), (-0.135, -0.055)):
        on.patch(np.maximum(box(at, x, (z - 0.045, z)), front(at)), 1.6 * _PATCH_M, 0)


def _kangaroo(on: Trimming) -> None:
    """The pouch of a hoodie."""
    at = on.sheet.piece.places
    half = 0.125 - 0.55 * np.clip(at.z - 0.97, 0, 0.1)
    shape = np.maximum(np.abs(at.x) - half, np.maximum(0.905 - at.z, at.z - 1.05))
    on.patch(np.maximum(shape, front(at)), 2 * _PATCH_M, 0)


def _jeans_pockets(on: Trimming) -> None:
    at = on.sheet.piece.places
    for x in ((0.03, 0.115), (-0.115, -0.03)):
        pointed = 0.012 * (1 - np.abs(at.x - np.mean(x)) / 0.0425)
        shape = np.maximum(box(at, x, (0.835, 0.925)), 0.848 - pointed - at.z)
        on.patch(np.maximum(shape, back(at)), _PATCH_M, 0)
    fly = np.maximum(box(at, (-0.004, 0.028), (0.82, 0.945)), front(at))
    on.patch(fly, 0.8 * _PATCH_M, 0)
    on.fix(button(0.008), (0.0, IN_FRONT, 0.968), on.order.slot("detail"), 0.001)


def _jeans_seams(on: Trimming) -> None:
    """Felled seams down both sides of each leg, the yoke behind and the arcs of the pockets in front."""
    at = on.sheet.piece.places
    knee = np.interp(at.z, (0.07, 0.447, 0.765, 1.0), (0.22, 0.158, 0.109, 0.0))
    below_fork = (np.abs(at.x) > knee) | (at.z < 0.74)
    sides = np.where(at.trunk & below_fork, np.abs(at.y + 0.018) - _SEAM_M, 1.0)
    arc = np.abs(np.hypot(np.abs(at.x) - 0.16, at.z - 0.96) - 0.085) - 0.6 * _SEAM_M
    yoke = np.abs(at.z - 0.915 - 0.2 * np.abs(at.x)) - 0.6 * _SEAM_M
    on.patch(sides, 0.8 * _PATCH_M, 0)
    on.patch(np.maximum(arc, front(at)), 0.8 * _PATCH_M, 0)
    on.patch(np.maximum(np.maximum(yoke, np.abs(at.x) - 0.13), back(at)), 0.8 * _PATCH_M, 0)


def _fly(on: Trimming) -> None:
    """The fly and the creases of pressed trousers."""
    at = on.sheet.piece.places
    on.patch(np.maximum(box(at, (-0.004, 0.026), (0.82, 0.955)), front(at)), 0.7 * _PATCH_M, 0)


def _belt(on: Trimming) -> None:
    at = on.sheet.piece.places
    z, half = on.order.number("belt_z", 0.972), on.order.number("belt_half", 0.015)
    level = z - on.order.number("top_dip", 0.0) * np.clip((-0.02 - at.y) / 0.12, -1, 1)
    field = np.where(at.trunk, np.abs(at.z - level) - half, 1.0)
    on.patch(field, on.order.number("belt_m", 0.003), on.order.slot("belt"))
    if "buckle" not in on.order.entry.parts:
        return
    buckle = meshes.box((0.042, 0.034, 0.004), 0.0018)
    on.fix(buckle, (0.0, IN_FRONT, z), on.order.slot("buckle"), 0.005)


def _off_arm(at: Places) -> Field:
    """(N,) a field that is negative on the trunk and runs on over the shoulder: one that jumped there would
    be cut along the edges of the mesh."""
    return np.asarray(_SHOULDER_M * (at.armness - 0.5))


def _bands(on: Trimming) -> None:
    """Reflecting tape around chest, sleeves and shins."""
    at = on.sheet.piece.places
    for z in on.order.curve("bands_z", ()):
        field = np.maximum(np.abs(at.z - z) - 0.024, _off_arm(at))
        on.patch(field, 0.0012, on.order.slot("detail"))
    for along in on.order.curve("bands_arm", ()):
        field = np.maximum(np.abs(at.arm - along) - 0.02, -_off_arm(at))
        on.patch(field, 0.0012, on.order.slot("detail"))


def _side_stripes(on: Trimming) -> None:
    """Two stripes down the outside of arms and legs."""
    at = on.sheet.piece.places
    knee = np.interp(at.z, (0.07, 0.447, 0.765, 1.0), (0.22, 0.158, 0.109, 0.0))
    leg = np.where(at.trunk & (np.abs(at.x) > knee), at.y + 0.018, 1.0)
    arm = np.where((at.armness > 0.4) & (at.z > 1.38 - 0.95 * np.abs(at.x)), at.y + 0.02, 1.0)
    for shift in (-0.012, 0.012):
        field = np.minimum(leg + shift, arm + shift)
        on.patch(np.abs(field) - 0.005, 0.0006, on.order.slot("detail"))


def _sash(on: Trimming) -> None:
    """Cloth thrown over the left shoulder, across chest and back, in folds that lie on one another; the
    lowest has a border."""
    at = on.sheet.piece.places
    slant = np.where(at.y < NECK_AXIS_Y, 1.0, 0.9)
    across = ((at.z - 1.16) - 1.25 * slant * at.x) / 1.6
    over = (at.armness < 0.6) & (at.z > 1.3) & (at.x > 0.04)
    for middle, height_m in _SASH_FOLDS:
        fold = np.where(at.armness < 0.7, np.abs(across - middle) - _SASH_FOLD_M, 1.0)
        on.patch(np.where(over, np.minimum(fold, -0.02), fold), height_m, on.order.slot("trim"))
    edge = np.abs(across - _SASH_FOLDS[0][0] + _SASH_FOLD_M - _SASH_BORDER_M) - _SASH_BORDER_M
    on.patch(
        np.where(over | (at.armness > 0.7), 1.0, edge), _SASH_FOLDS[0][1] + 0.001, on.order.slot("border")
    )


_SASH_FOLDS = ((-0.055, 0.006), (-0.02, 0.009), (0.015, 0.012), (0.05, 0.015))
"""Where the folds of a sash lie across it, and how high, in metres."""
_SASH_FOLD_M, _SASH_BORDER_M = 0.024, 0.008
"""Half the widths of a fold and of its border."""


def _plates(on: Trimming) -> None:
    """Plate armour over mail: trunk, arms and legs."""
    at = on.sheet.piece.places
    plate = on.order.slot("plate")
    # Like `_off_arm`, but pauldrons lap over the breastplate.
    off_arm, on_arm = _SHOULDER_M * (at.armness - _TRUNK_TO), _SHOULDER_M * (_ARM_FROM - at.armness)
    waist = np.maximum(np.maximum(0.995 - at.z, at.round_neck - 1.29), off_arm)
    breast = np.maximum(waist, np.abs(at.x) - 0.145 - 0.1 * np.clip(1.3 - at.z, 0, 0.2))
    on.patch(breast, 0.009, plate)
    gorget = np.maximum(np.maximum(1.268 - at.round_neck, 1.2 - at.z), off_arm)
    on.patch(gorget, 0.013, plate)
    for k in range(3):
        low = 0.945 - 0.05 * k
        hoop = np.maximum(np.maximum(low - at.z, at.z - low - 0.062), off_arm)
        on.patch(hoop, 0.014 - 0.0025 * k, plate)
    for low, high, height in _ARM_PLATES:
        on.patch(np.maximum(np.maximum(low - at.arm, at.arm - high), on_arm), height, plate)
    for low, high, height in _LEG_PLATES:
        on.patch(np.where(at.trunk, np.maximum(low - at.z, at.z - high), 1.0), height, plate)


_SHOULDER_M, _TRUNK_TO, _ARM_FROM = 0.1, 0.4, 0.2
"""Metres that stand for how much of the arm a place is, how much of it the trunk's plates reach, and from
how much on the arm's begin: a pauldron laps over the breastplate."""
_ARM_PLATES = (
    (-0.05, 0.02, 0.016), (0.01, 0.07, 0.013), (0.06, 0.17, 0.008),
    (0.185, 0.265, 0.014), (0.275, 0.43, 0.008),
)  # fmt: skip
_LEG_PLATES = ((0.53, 0.74, 0.008), (0.4, 0.52, 0.015), (0.09, 0.39, 0.008))


def _life_support(on: Trimming) -> None:
    """A spacesuit's backpack and the box on its chest."""
    scale = on.fitting.scale
    pack = meshes.box((0.42 * scale, 0.62 * scale, 0.2 * scale), 0.045 * scale, 4)
    on.fix(pack, (0.0, BEHIND, 1.15), on.order.slot("detail"), 0.075 * scale)
    chest = meshes.box((0.2 * scale, 0.13 * scale, 0.06 * scale), 0.012 * scale, 3)
    on.fix(chest, (0.0, IN_FRONT, 1.15), on.order.slot("detail"), 0.03 * scale)
    for k in range(3):
        knob = meshes.cylinder(0.012 * scale, 0.02 * scale, 20, 0.003 * scale)
        part = "light" if k == 0 else "trim"
        x = (k - 1) * 0.055
        on.fix(knob, (x, IN_FRONT, 1.15), on.order.slot(part), 0.065 * scale)


def _badge(on: Trimming) -> None:
    at = on.sheet.piece.places
    reach = np.hypot(at.x - 0.085, at.z - 1.245) - 0.022
    on.patch(np.maximum(reach, front(at)), 0.003, on.order.slot("detail"))


def _number(on: Trimming) -> None:
    """A player's number on the back, and small on the chest."""
    number = str(int(on.order.rng.integers(2, 24)))
    at = on.sheet.piece.places
    behind = np.maximum(digits(number, -at.x, at.z, 0.0, 1.19, 0.17), back(at))
    before = np.maximum(digits(number, at.x, at.z, 0.075, 1.235, 0.06), front(at))
    for field in (behind, before):
        on.patch(field, 0.0007, on.order.slot("detail"))


_STROKES = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc",
    "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg", "9": "abcdfg",
}  # fmt: skip


def digits(number: str, x: Array, z: Array, middle: float, centre: float, height: float) -> Array:
    """(N,) negative inside block digits, as somebody reads them for whom x grows to the right."""
    width, stroke = 0.55 * height, 0.085 * height
    field = np.full(len(x), 1.0)
    for place, digit in enumerate(number):
        left = (place - (len(number) - 1) / 2) * width * 1.35
        u, v = (x - middle) - left, z - centre
        half_w, half_h = width / 2 - stroke, height / 2 - stroke
        spans = {
            "a": (-half_w, half_w, half_h, half_h), "d": (-half_w, half_w, -half_h, -half_h),
            "g": (-half_w, half_w, 0.0, 0.0), "b": (half_w, half_w, 0.0, half_h),
            "c": (half_w, half_w, -half_h, 0.0), "f": (-half_w, -half_w, 0.0, half_h),
            "e": (-half_w, -half_w, -half_h, 0.0),
        }  # fmt: skip
        for name in _STROKES[digit]:
            u0, u1, v0, v1 = spans[name]
            across = np.maximum(u0 - u, u - u1)
            along = np.maximum(v0 - v, v - v1)
            field = np.minimum(field, np.maximum(across, along) - stroke)
    return field


TRIMS: dict[str, Trim] = {
    "armholes": _armholes,
    "placket": _placket,
    "buttons": _buttons,
    "zip": _zip,
    "chest_pocket": _chest_pocket,
    "chest_pockets": _chest_pockets,
    "hip_pockets": _hip_pockets,
    "jeans_pockets": _jeans_pockets,
    "jeans_seams": _jeans_seams,
    "kangaroo": _kangaroo,
    "fly": _fly,
    "belt": _belt,
    "bands": _bands,
    "side_stripes": _side_stripes,
    "sash": _sash,
    "plates": _plates,
    "life_support": _life_support,
    "badge": _badge,
    "number": _number,
    "shirt_collar": collars.shirt_collar,
    "stand_collar": collars.stand_collar,
    "lapels": collars.lapels,
    "hood": collars.hood,
}
