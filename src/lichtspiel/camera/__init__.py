"""Cinematography: where the camera stands and what it sees, planned on the finished take."""

from lichtspiel.camera.plan import plan
from lichtspiel.camera.track import CameraTrack, Lens, ShotTrack

__all__ = ["CameraTrack", "Lens", "ShotTrack", "plan"]
