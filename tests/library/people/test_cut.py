"""How cloth is cut and tied, as prints and knots show it."""

from __future__ import annotations

import numpy as np

from lichtspiel.library.people.clothes.lines import Lines
from lichtspiel.library.people.clothes.neckwear import _knot
from lichtspiel.library.people.clothes.sewing import body_uv
from lichtspiel.library.people.clothes.shells import cut


def test_stripes_are_as_wide_on_the_shoulder_as_on_the_chest() -> None:
    piece = cut(Lines(neck=-0.014, neck_wide=-0.004, sleeve=0.17, hem=0.82), ()).piece
    along = body_uv(piece)[:, 1]
    places = piece.places
    points = np.stack([places.x, places.y, places.z], 1)[piece.corners]
    following = np.arange(1, len(points) + 1)
    following[piece.starts + piece.sizes - 1] = piece.starts
    step = points[following] - points
    length = np.linalg.norm(step, axis=1)
    # Edges that run up the trunk, from front to back over the shoulder.
    upward = (np.abs(step[:, 0]) < 0.3 * length) & (places.armness[piece.corners] < 0.1) & (length > 1e-4)
    pace = np.abs(along[following] - along)[upward] / length[upward]
    high = points[upward, 2]
    chest, shoulder = pace[(high > 1.05) & (high < 1.2)], pace[high > 1.36]
    assert len(shoulder) > 50
    assert 0.7 < np.median(shoulder) / np.median(chest) < 1.4


def test_a_knot_is_wide_above_and_narrow_below() -> None:
    knot = _knot()
    z = knot.vertices[:, 2]
    upper, lower = (np.ptp(knot.vertices[part, 0]) for part in (z > 0.01, z < -0.01))
    assert upper > 1.3 * lower
    assert np.ptp(knot.vertices[:, 1]) < 0.6 * upper
