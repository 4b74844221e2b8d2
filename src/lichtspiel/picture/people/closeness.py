"""How large people are seen in a film, and what of them is worth showing at that size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.camera import CameraTrack
from lichtspiel.library.people.rig import bones_posed
from lichtspiel.picture.quality import Quality
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Performance

HEAD_M = 0.24
"""Height of a head, chin to crown."""
_INSTANT_S = 1e-3
"""Before a shot's end: there the next one begins."""
_FACE_PX = 28.0
"""Heads of at least so many pixels show that a face moves."""
_ROUND_PX = (60.0, 260.0)
"""From these on the mesh is subdivided once, twice: before, its edges are shorter than the eye sees."""
_SKIN_PX = ((45.0, 256), (130.0, 512), (330.0, 1024))
"""Heads below so many pixels get skin of so many texels; larger ones get `_FINEST`."""
_FINEST = 2048
_SCATTER_PX = 120.0
"""Light that spreads below the skin is seen from here on."""
_PORES_PX = (180.0, 540.0)
"""Pores come to be drawn while they grow from half a pixel to one and a half; smaller, they are grain."""
_LASHES_PX, _BROWS_PX = 70.0, 34.0
"""Smaller lashes and brows are only drawn on the skin."""
_ROOTED_PX = 90.0
"""Brows and beards move with the face from here on; smaller ones with the head as a whole."""
_WRINKLES_PX = 40.0
"""From here on a wrinkle of cloth is some pixels wide."""
_ALL_HAIR_PX = 560.0
_SEGMENT_PX = 5.0
"""Between the points of a hair runs a smooth curve."""
_MOST_HAIR, _LEAST_HAIR = 0.75, 0.012
"""Shares of the hairs that grow: that cover every look however close, and that cover at all."""


@dataclass(frozen=True)
class Closeness:
    """The largest view of somebody. px: height of the head in pixels."""

    px: float

    @property
    def face_moves(self) -> bool:
        return self.px >= _FACE_PX

    @property
    def subdivisions(self) -> int:
        return sum(self.px >= least for least in _ROUND_PX)

    @property
    def texels(self) -> int:
        """Edge of the skin's pictures."""
        return next((size for least, size in _SKIN_PX if self.px < least), _FINEST)

    @property
    def scatters(self) -> bool:
        """Light is seen to spread below the skin."""
        return self.px >= _SCATTER_PX

    @property
    def pores(self) -> float:
        """How far the pores of the skin are drawn; the rest of them only makes it rougher."""
        return float(np.interp(self.px, _PORES_PX, (0.0, 1.0)))

    @property
    def wrinkles(self) -> bool:
        return self.px >= _WRINKLES_PX

    @property
    def lashes(self) -> bool:
        return self.px >= _LASHES_PX

    @property
    def brows(self) -> bool:
        return self.px >= _BROWS_PX

    @property
    def rooted(self) -> bool:
        """Hairs of the face move with its skin."""
        return self.px >= _ROOTED_PX

    @property
    def hair_share(self) -> float:
        """Share of the hairs that are grown: fewer are drawn thicker, and none thinner than is seen.

        It goes by the pixels that a head covers, in steps so that few heads of hair are grown twice.
        """
        wanted = _MOST_HAIR * (self.px / _ALL_HAIR_PX) ** 1.5
        return float(np.clip(2.0 ** (np.round(2 * np.log2(wanted)) / 2), _LEAST_HAIR, _MOST_HAIR))

    @property
    def segment_m(self) -> float:
        """Hairs are bent at points so far apart at least."""
        return _SEGMENT_PX * HEAD_M / self.px


FAR, NEAR, CLOSE = Closeness(20.0), Closeness(100.0), Closeness(480.0)
"""A face in a crowd, a person from head to foot, a portrait."""


def closeness_of(
    placed: PlacedFigure, performance: Performance, world: World, track: CameraTrack, quality: Quality
) -> Closeness:
    """The largest view of the figure's head that the film has."""
    sensor_px = max(quality.width, quality.height) / 36.0
    largest = 1.0
    rig = placed.physique.rig
    column = rig.index("head")
    for shot in track.shots:
        for film_s in np.linspace(shot.film_start_s, shot.film_end_s - _INSTANT_S, 5):
            lens = shot.at(float(film_s))
            heads, _ = bones_posed(rig, *performance.at(world.world_time(float(film_s))))
            away = float(np.linalg.norm(heads[column] - lens.position))
            largest = max(largest, sensor_px * lens.focal_length_mm * HEAD_M / max(away, 0.1))
    return Closeness(largest)
