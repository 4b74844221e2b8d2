"""Where a person of the stage looks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lichtspiel.library.asset import Array
from lichtspiel.screenplay import Beat, Gaze, View
from lichtspiel.stage.blocking import Blocking
from lichtspiel.stage.people import THREE_QUARTER_RAD, Actor, people_ground, spot_ground

AT_SPOT_M = 0.6
CAMERA_GUESS_M = 3.0
"""Where a camera stands that is planned only later: far enough that its distance hardly matters."""
VIEW_TURN: Mapping[View, float] = {
    View.FRONT: 0.0, View.THREE_QUARTER: THREE_QUARTER_RAD, View.SIDE: np.radians(90.0), View.BEHIND: np.pi,
    View.BEHIND_ASLANT: np.radians(118.0),
}  # fmt: skip
UP = np.array([0.0, 0.0, 1.0])


def gaze_of(beat: Beat) -> Gaze | None:
    """Where a beat's look or walk goes by its words alone."""
    if beat.target == "camera":
        return Gaze.CAMERA
    if beat.gaze is None and beat.target == "ground":
        return Gaze.DOWN
    return beat.gaze


def eyes_of(actor: Actor) -> Array:
    """Between the eyes of the standing figure, world metres."""
    return np.asarray(actor.position + actor.eye_height_m * UP)


def followed(blocking: Blocking, beat: Beat, actor: Actor) -> str | None:
    """Name of the figure or body that a look goes to, wherever it moves."""
    if beat.target is None:
        return None
    if beat.target in blocking.people:
        others = [other for other in blocking.people[beat.target] if other is not actor]
        nearest = sorted(others, key=lambda o: float(np.linalg.norm(o.position - actor.position)))
        return nearest[0].name if nearest else None
    if beat.target in blocking.cast:
        return blocking.cast[beat.target][0].root_body
    return None


def gaze_point(blocking: Blocking, beat: Beat, actor: Actor) -> Array | None:
    """The point that a look without a followed target goes to; None looks ahead."""
    gaze = gaze_of(beat)
    if gaze is Gaze.CAMERA:
        return _camera_point(blocking, actor)
    ground = people_ground(blocking.place)
    ahead, right = actor.ahead, ground.right
    ways: Mapping[Gaze, Array] = {
        Gaze.UP: 4.0 * (ahead + 0.9 * UP),
        Gaze.DOWN: 2.0 * (ahead - 0.75 * UP),
        Gaze.LEFT: 4.0 * (0.6 * ahead - right),
        Gaze.RIGHT: 4.0 * (0.6 * ahead + right),
        Gaze.AWAY: 4.0 * (0.3 * ahead + right - 0.3 * ground.facing),
    }
    if gaze is not None and gaze in ways:
        return np.asarray(eyes_of(actor) + ways[gaze])
    spot = spot_ground(blocking.place, beat.spot) if beat.spot else None
    if spot is None:
        return None
    # Who stands at the window looks out of it.
    there = float(np.linalg.norm((spot.centre - actor.position)[:2])) < AT_SPOT_M
    beyond = 4.0 * actor.ahead if there else np.zeros(3)
    return np.asarray(spot.centre + beyond + actor.eye_height_m * UP)


def _camera_point(blocking: Blocking, actor: Actor) -> Array:
    """About where the camera of the first shot will stand."""
    ground = people_ground(blocking.place)
    turn = VIEW_TURN[blocking.screenplay.shots[0].view]
    c, s = np.cos(turn), np.sin(turn)
    x, y, _ = ground.facing
    side = np.array([c * x - s * y, s * x + c * y, 0.0])
    return np.asarray(eyes_of(actor) + CAMERA_GUESS_M * side)
