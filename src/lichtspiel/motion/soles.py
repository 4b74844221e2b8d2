"""What shoes do to feet: how thick their soles are and how high their heels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.motion import turns
from lichtspiel.motion.anatomy import Anatomy


@dataclass(frozen=True)
class Sole:
    """Of both shoes, in metres."""

    ball_m: float = 0.0
    """Thickness under the ball of the foot."""
    heel_m: float = 0.0
    """Thickness under the heel."""
    material: str = "leather"
    """Physical material that meets the ground; skin counts as leather."""

    def pitch(self, body: Anatomy) -> float:
        """How far the heel's height points the foot down, radians."""
        length = float((body.heel - body.ball)[:, 1].mean())
        return float(np.arcsin(np.clip((self.heel_m - self.ball_m) / length, 0.0, 0.9)))

    def flat(self, body: Anatomy) -> tuple[Array, Array, float]:
        """Of feet flat on the ground: angles (2, 3), bend of the toes (2,), height of the ankles."""
        pitch = self.pitch(body)
        ball = turns.about_x(pitch) @ body.ball[0]
        feet = np.array([[0.0, pitch, 0.0]] * 2)
        return feet, np.full(2, pitch), self.ball_m - float(ball[2])

    def points(self, body: Anatomy, side: int) -> tuple[Array, Array]:
        """Where heel and ball of the shoe meet the ground, (3,) in the axes of the foot, from the ankle."""
        under = turns.about_x(-self.pitch(body)) @ np.array([0.0, 0.0, 1.0])
        return body.heel[side] - self.heel_m * under, body.ball[side] - self.ball_m * under
