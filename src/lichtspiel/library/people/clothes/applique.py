"""Sewing on: patches of cloth and hard parts on a shell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import Array, Mesh
from lichtspiel.library.people.clothes.anatomy import NECK_AXIS_Y, Places, nearest
from lichtspiel.library.people.clothes.cloth import Piece, clipped, kept
from lichtspiel.library.people.clothes.fitting import Fitting
from lichtspiel.library.people.clothes.layers import Order
from lichtspiel.library.people.clothes.sewing import Work, body_uv, rim_frames
from lichtspiel.library.people.clothes.sheet import Sheet

_NEAR_M = 0.04
_FLAT_FROM_M, _FLAT = 0.012, 0.1
"""So far under what covers it a patch is flat, and what is left of its height there."""


def applique(sheet: Sheet, work: Work, fields: Sequence[Array], height_m: float, slot: int) -> None:
    """Raise a copy of the cloth where no field (N,) is positive, as a patch with edges of its own.

    It is cut along one field after the other: what lies between two may be narrower than the cloth's faces.
    """
    piece = sheet.piece
    fields = [*fields, -(sheet.buried + 0.03)]
    near = np.full(len(piece.sizes), True)
    for field in fields[:-1]:
        near &= np.minimum.reduceat(field[piece.corners], piece.starts) <= 0
        near &= np.maximum.reduceat(field[piece.corners], piece.starts) < _NEAR_M
    near &= np.minimum.reduceat(fields[-1][piece.corners], piece.starts) <= 0
    if not near.any():
        return
    count = piece.matrix.shape[0]
    local = Piece(sparse.eye_array(count, format="csr"), piece.corners, piece.sizes, piece.slots)
    patch = kept(local, near)
    for field in fields:
        patch = clipped(patch, np.asarray(patch.matrix @ field))
    if not len(patch.sizes):
        return
    normals = patch.matrix @ sheet.normals
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    # What is worn over a patch presses it flat.
    height = height_m * np.clip(1 + patch.matrix @ sheet.buried / _FLAT_FROM_M, _FLAT, 1)[:, None]
    points = patch.matrix @ sheet.points + height * normals
    weights = sparse.csr_array(patch.matrix @ sheet.weights)
    on_body = Piece(sparse.csr_array(patch.matrix @ piece.matrix), patch.corners, patch.sizes, patch.slots)
    slots = np.full(len(patch.sizes), slot, np.int32)
    first = work.add(points, patch.corners, patch.sizes, slots, body_uv(on_body), weights)
    for loop in patch.loops:
        up, out = rim_frames(points, normals, loop)
        at, high = points[loop], height[loop]
        rows = np.stack([at, at + 0.4 * high * (out - 0.5 * up), at + 0.4 * high * out - 1.6 * high * up])
        own = sparse.csr_array(weights[loop])
        work.add_rows(rows, own, slot, closed=True, flip=True, join=loop + first)


def front(at: Places) -> Array:
    """(N,) negative on the front of the trunk, metres behind its middle elsewhere."""
    return np.where(at.trunk, at.y - NECK_AXIS_Y, 1.0)


def back(at: Places) -> Array:
    """(N,) negative on the back of the trunk."""
    return np.where(at.trunk, NECK_AXIS_Y - at.y, 1.0)


def box(at: Places, x: tuple[float, float], z: tuple[float, float]) -> Array:
    """(N,) negative between two widths and two heights of the canonical body."""
    across = np.maximum(x[0] - at.x, at.x - x[1])
    return np.maximum(across, np.maximum(z[0] - at.z, at.z - z[1]))


def fixed(
    sheet: Sheet, work: Work, mesh: Mesh, where: tuple[float, float, float], slot: int, lift: float = 0.0
) -> None:
    """Put a hard part on the cloth at a place (x, y, z) of the canonical body, its z off the cloth."""
    at = sheet.piece.places
    near = int(nearest(at.table[:, :3], np.array([where]))[1][0, 0])
    if sheet.buried[near] < 0:
        return
    normal = sheet.normals[near]
    up = np.array([0.0, 0.0, 1.0])
    right = np.cross(up, normal)
    right /= max(float(np.linalg.norm(right)), 1e-9)
    axes = np.stack([right, np.cross(normal, right), normal])
    points = mesh.vertices @ axes + sheet.points[near] + lift * normal
    placed = Mesh(points, mesh.corners, mesh.sizes, mesh.slots, mesh.uv, mesh.smooth_angle_rad)
    own = sparse.csr_array(sparse.vstack([sheet.weights[[near]]] * len(points)))
    work.add_mesh(placed, own, slot)


def button(radius_m: float) -> Mesh:
    """A button with a rim, lying on z = 0."""
    r, h = radius_m, 0.25 * radius_m
    profile = np.array([[r, 0], [r, h * 0.8], [r * 0.9, h], [r * 0.75, h * 0.75], [0, h * 0.65]])
    return meshes.lathe(profile, 16)


@dataclass(frozen=True, eq=False)
class Trimming:
    """A sheet that trims are being sewn onto."""

    order: Order
    fitting: Fitting
    sheet: Sheet
    work: Work

    def patch(self, field: Array, height_m: float, slot: int) -> None:
        """A raised copy of the cloth where a field (N,) is not positive."""
        applique(self.sheet, self.work, [field], height_m, slot)

    def seam(self, away: Array, half_m: float, height_m: float, within: Array | None = None) -> None:
        """A raised strip of the cloth so far on either side of where `away` (N,), signed metres, is 0.

        It may be narrower than the cloth's faces. within: (N,) only where this is not positive.
        """
        fields = [away - half_m, -away - half_m] + ([] if within is None else [within])
        applique(self.sheet, self.work, fields, height_m, 0)

    def fix(self, mesh: Mesh, where: tuple[float, float, float], slot: int, lift_m: float = 0.0) -> None:
        """A hard part at a place of the canonical body, its z off the cloth."""
        fixed(self.sheet, self.work, mesh, where, slot, lift_m)
