"""Which way the hair of a style lies on the scalp, and how long it is there."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.library.people.hair.scalp import azimuth_deg
from lichtspiel.library.records import Comb, HairStyleEntry

_CROWN = np.array([0.010, 0.118, 0.100])
_FRONT_Y = -0.030
"""The hairline's middle, behind the eyes."""
_BESIDE_M = 0.035
_SIDE_Z, _TOP_Z = 0.040, 0.085


def flow(places: Array, normals: Array, comb: Comb) -> Array:
    """(N, 3) unit directions along the scalp at places of the basis' head; normals are unit."""
    away = places - _origin(places, comb)
    if comb.parting_m is not None:
        # Hair falls only once it is beside its parting: there it would fall over the forehead.
        away[:, 2] *= np.clip(off_parting(places, comb) / _BESIDE_M, 0, 1)
    reach = np.linalg.norm(away, axis=1, keepdims=True)
    away = _along(away / np.maximum(reach, 1e-6), normals)
    near_crown = np.exp(-reach / 0.05) if comb.parting_m is None else np.zeros_like(reach)
    turned = away + comb.swirl * (0.4 + near_crown) * np.cross(normals, away)
    # What is swept back on top falls with the head's curve at the sides.
    lying = turned + _along(np.broadcast_to(np.asarray(comb.sweep), places.shape), normals)
    return np.asarray(lying / np.maximum(np.linalg.norm(lying, axis=1, keepdims=True), 1e-6))


def _origin(places: Array, comb: Comb) -> Array:
    """The point of crown or parting that each place lies away from."""
    if comb.parting_m is None:
        return np.broadcast_to(_CROWN, places.shape)
    end = _FRONT_Y - 0.01 + comb.parting_length_m
    y = np.clip(places[:, 1], _FRONT_Y - 0.01, end)
    # The parting bends to the crown at its end.
    bend = np.clip((y - 0.04) / 0.08, 0, 1) ** 2
    x = comb.parting_m + (0.3 * comb.parting_m - comb.parting_m) * bend
    return np.stack([x, y, np.interp(y, [-0.04, 0.0, 0.06, 0.12], [0.06, 0.1, 0.118, 0.1])], -1)


def off_parting(places: Array, comb: Comb) -> Array:
    """(N,) metres from the parting of a style that has one, seen from above."""
    return np.asarray(np.linalg.norm((places - _origin(places, comb))[:, :2], axis=1))


def _along(vectors: Array, normals: Array) -> Array:
    return np.asarray(vectors - (vectors * normals).sum(-1, keepdims=True) * normals)


def lengths(places: Array, style: HairStyleEntry) -> Array:
    """(N,) metres of an adult's hair at places of the basis' head."""
    x, y, z = np.moveaxis(places, -1, 0)
    if style.strip_m is not None:
        inside = np.clip((style.strip_m - np.abs(x)) / 0.004 + 0.5, 0, 1) * (z > -0.03)
        tall = np.interp(
            y, [-0.03, 0.02, 0.08, 0.17], [style.front_m, style.top_m, style.top_m, style.back_m]
        )
        return np.asarray(style.side_m + (tall - style.side_m) * inside)
    back = np.clip((azimuth_deg(places) - 95) / 40, 0, 1)
    low = style.side_m + (style.back_m - style.side_m) * back
    front = np.clip((0.02 - y) / 0.05, 0, 1)
    high = style.top_m + (style.front_m - style.top_m) * front
    share = np.clip((z - _SIDE_Z - 0.01 * back) / (_TOP_Z - _SIDE_Z), 0, 1)
    share = share * share * (3 - 2 * share)
    return np.asarray(low + (high - low) * share)
