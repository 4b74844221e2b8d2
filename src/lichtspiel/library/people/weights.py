"""Shares of bones on the base mesh, eased where legs join the trunk and feet the legs, and drawn together
at the shoulders.

The rig's own shares change within a few centimetres of the groin. Bent by linear blending, skin folds
through itself there, and all cloth with it, so that inner layers come to lie outside. Spread over the
width of the hips the same bend is a crease. On the shoulders they do the reverse: the upper arm carries
what lies above it as far as the neck, so that arms that hang would heave it up to a dome.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from lichtspiel.library.asset import Array
from lichtspiel.library.people.basis import Basis, load
from lichtspiel.library.people.rig import Skin

INFLUENCES = 8
"""Most bones that carry a vertex: at the hips two of the trunk and three of each leg meet."""
_HIPS_M = (0.70, 0.74, 1.0, 1.06)
_ANKLES_M = (0.03, 0.06, 0.18, 0.24)
"""Heights on the base mesh between which shares begin to be eased, are, and no longer are."""
_ANKLES_SHARE = 0.5
_BESIDE_M = 0.3
"""Hands hang beside the hips farther out than this."""
_STEPS = 40
_SHOULDER_M = (-0.06, 0.03)
"""Along the upper arm from its joint: up to where the shoulder's own bone carries what lies above, and from
where on the arm does."""
_ABOVE_M = (1.27, 1.31)
"""Heights on the base mesh between the armpit, which is left as it is, and the top of the shoulder."""
_SKIN, _CLOTH = "body", "helper-tights"
_AROUND = 4
_TOUCHING_M = 1e-3


@lru_cache(maxsize=1)
def eased() -> Skin:
    """Bones of the basis' vertices: (V, INFLUENCES). Raises PackMissingError."""
    basis = load()
    bones = np.asarray(basis.arrays["weight_bones"])
    table = np.zeros((len(bones), len(basis.bone_names)))
    np.add.at(table, (np.arange(len(bones))[:, None], bones), np.asarray(basis.arrays["weight_shares"]))
    mean, linked = _mean_of_neighbours(basis)
    strength = np.where(linked, _strength(basis), 0.0)
    rows = np.flatnonzero(strength)
    columns = np.flatnonzero(table[rows].any(0))
    inner, share = sparse.csr_array(mean[rows]), 0.5 * strength[rows, None]
    near = table[:, columns]
    for _ in range(_STEPS):
        near[rows] += share * (inner @ near - near[rows])
    _lay(basis, near, strength)
    table[:, columns] = near
    _square_shoulders(basis, table)
    return heaviest(table)


def heaviest(table: Array) -> Skin:
    """The bones that carry most of each row of a table (N, B) of shares, heaviest first."""
    bones = np.argpartition(-table, INFLUENCES, axis=1)[:, :INFLUENCES]
    shares = np.take_along_axis(table, bones, 1)
    order = np.argsort(-shares, axis=1, kind="stable")
    shares = np.take_along_axis(shares, order, 1)
    shares /= np.maximum(shares.sum(1, keepdims=True), 1e-12)
    return Skin(np.take_along_axis(bones, order, 1).astype(np.int32), shares)


def _lay(basis: Basis, shares: Array, strength: Array) -> None:
    """Let skin move as the cloth that lies on it, where shares (V, K) were eased."""
    cloth = basis.group(_CLOTH)
    skin = basis.group(_SKIN)
    skin = skin[strength[skin] > 0]
    apart, near = cKDTree(basis.vertices[cloth]).query(basis.vertices[skin], k=_AROUND)
    parts = 1 / (apart + _TOUCHING_M)
    parts /= parts.sum(1, keepdims=True)
    laid = np.einsum("nk,nkb->nb", parts, shares[cloth[near]])
    shares[skin] += strength[skin, None] * (laid - shares[skin])


def _square_shoulders(basis: Basis, table: Array) -> None:
    """Leave to the shoulder's own bone what the upper arm has beside its joint, in shares (V, B)."""
    points = basis.vertices.copy()
    points[:, 2] -= points[basis.group("body"), 2].min()
    above = np.clip((points[:, 2] - _ABOVE_M[0]) / (_ABOVE_M[1] - _ABOVE_M[0]), 0, 1)
    heads, bone = basis.joint_points("head", points), basis.bone_names.index
    for side in ("L", "R"):
        joint, elbow = heads[bone(f"upperarm01.{side}")], heads[bone(f"lowerarm01.{side}")]
        along = (points - joint) @ (elbow - joint) / np.linalg.norm(elbow - joint)
        beyond = np.clip((along - _SHOULDER_M[0]) / (_SHOULDER_M[1] - _SHOULDER_M[0]), 0, 1)
        given = above * (1 - beyond * beyond * (3 - 2 * beyond))
        for part in ("upperarm01", "upperarm02"):
            moved = given * table[:, bone(f"{part}.{side}")]
            table[:, bone(f"{part}.{side}")] -= moved
            table[:, bone(f"shoulder01.{side}")] += moved


def _strength(basis: Basis) -> Array:
    """(V,) how much a vertex' shares are eased in a step, 0 … 1."""
    height = basis.vertices[:, 2] - basis.vertices[basis.group("body"), 2].min()
    aside = np.abs(basis.vertices[:, 0]) > _BESIDE_M
    hips = np.where(aside, 0.0, np.interp(height, _HIPS_M, (0.0, 1.0, 1.0, 0.0)))
    ankles = _ANKLES_SHARE * np.interp(height, _ANKLES_M, (0.0, 1.0, 1.0, 0.0))
    return np.asarray(np.maximum(hips, ankles))


def _mean_of_neighbours(basis: Basis) -> tuple[Any, NDArray[np.bool_]]:
    """(V, V) means of the vertices that each shares an edge with, and (V,) which share any."""
    faces = basis.faces[basis.faces_of(_SKIN, _CLOTH)]
    here, ahead = faces.ravel(), np.roll(faces, -1, 1).ravel()
    count = len(basis.vertices)
    links = sparse.csr_array(
        (np.ones(2 * len(here)), (np.r_[here, ahead], np.r_[ahead, here])), (count, count)
    )
    links.data[:] = 1.0
    degree = np.asarray(links.sum(1))
    return sparse.csr_array(sparse.diags_array(1 / np.maximum(degree, 1)) @ links), degree > 0
