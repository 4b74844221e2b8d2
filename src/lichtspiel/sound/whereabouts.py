"""Where the sources of sounds are in the course of a film: props, heads and mouths, places afar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lichtspiel.library.people.rig import bones_posed, rotate
from lichtspiel.sound.modes import Array
from lichtspiel.sound.space import PATH_HZ, Whereabouts
from lichtspiel.stage.world import PlacedFigure, World
from lichtspiel.take import Take

MOUTH_M = (0.0, -0.1, 0.05)
"""From the pivot of a grown-up's head to the lips."""
STANDING_MOUTH_M = 1.5


@dataclass(frozen=True, eq=False)
class Path:
    """Positions (K, 3) at `PATH_HZ` on the film's clock from a moment on, and directions it faces (K, 3)."""

    start_s: float
    positions: Array
    facing: Array

    def at(self, film_s: float) -> Array:
        """Position (3,) at a film time."""
        return self._read(self.positions, film_s)

    def heard_from(self, film_s: float, _ears: Array) -> Array:
        """Position (3,) at a film time, wherever the microphones are."""
        return self.at(film_s)

    def followed(self, near_m: float, exponent: float) -> Whereabouts:
        """Where it is for microphones that follow it from shot to shot: in its direction, but nearer.

        A source `near_m` away is taken from there; how much nearer others are is the exponent's.
        """
        return lambda film_s, ears: _nearer(self.at(film_s), ears, near_m, exponent)

    def _read(self, values: Array, film_s: float) -> Array:
        place = float(np.clip((film_s - self.start_s) * PATH_HZ, 0, len(values) - 1))
        low = min(int(place), len(values) - 2)
        result: Array = values[low] + (place - low) * (values[low + 1] - values[low])
        return result


def _nearer(source: Array, ears: Array, near_m: float, exponent: float) -> Array:
    way = source - ears
    distance = max(float(np.linalg.norm(way)), 0.3)
    return np.asarray(ears + way / distance * near_m * (distance / near_m) ** exponent)


def of_source(world: World, take: Take, source: str, start_s: float, seconds: float) -> Path:
    """Path of a prop's first body, or of a character's mouth. Raises KeyError for neither."""
    names = world.framing.get(source, ())
    figures = [f.name for f in world.figures if f.character == source or f.name in names]
    if figures:
        return of_mouth(world, take, figures[0], start_s, seconds)
    bodies = [body for body in world.bodies if body.prop == source or body.name in names]
    if not bodies:
        raise KeyError(source)
    body = bodies[0]
    times = _world_times(world, start_s, seconds)
    if body.name in take.names:
        positions = np.array([take.pose(body.name, time)[0] for time in times])
    else:
        positions = np.tile(np.array(body.position, float), (len(times), 1))
    return Path(start_s, positions, np.tile([0.0, -1.0, 0.0], (len(times), 1)))


def of_mouth(world: World, take: Take, figure: str, start_s: float, seconds: float) -> Path:
    """Path of a figure's lips."""
    placed = world.figure(figure)
    times = _world_times(world, start_s, seconds)
    if figure not in take.figures:
        return _standing(placed, start_s, len(times))
    performance, rig = take.figures[figure], placed.physique.rig
    poses = [performance.at(time) for time in times]
    heads, turns = bones_posed(
        rig, np.array([root for root, _ in poses]), np.array([pose for _, pose in poses])
    )
    head = rig.index("head")
    scale = float(rig.heads[head, 2]) / STANDING_MOUTH_M
    lips = heads[:, head] + rotate(turns[:, head], np.tile(np.array(MOUTH_M) * scale, (len(times), 1)))
    return Path(start_s, lips, rotate(turns[:, head], np.tile([0.0, -1.0, 0.0], (len(times), 1))))


def afar(
    world: World,
    distance_m: float,
    start_s: float,
    seconds: float,
    rng: np.random.Generator,
    speed_m_s: float = 0.0,
) -> Path:
    """A place beside or behind the action, at a distance from it, in a room within its walls.

    What has a speed goes by there, across, and is nearest in the middle of its time.
    """
    angle = rng.uniform(-1.2, 1.2)
    away = -np.array(world.facing, float)
    turned = np.array([
        away[0] * np.cos(angle) - away[1] * np.sin(angle),
        away[0] * np.sin(angle) + away[1] * np.cos(angle),
        0.0,
    ])  # fmt: skip
    reach = distance_m
    if world.acoustics.room_m is not None:
        reach = min(distance_m, 0.4 * min(world.acoustics.room_m[:2]))
    point = np.array(world.action_centre, float) + turned * reach + np.array([0.0, 0.0, 0.3 + 0.1 * reach])
    count = len(_world_times(world, start_s, seconds))
    across = np.array([-turned[1], turned[0], 0.0]) * rng.choice([-1.0, 1.0])
    since = np.arange(count) / PATH_HZ - seconds / 2
    return Path(start_s, point + speed_m_s * since[:, None] * across, np.tile(-turned, (count, 1)))


def _standing(placed: PlacedFigure, start_s: float, count: int) -> Path:
    yaw = placed.yaw
    point = np.array(placed.position, float) + np.array([0.0, 0.0, STANDING_MOUTH_M])
    facing = np.array([np.sin(yaw), -np.cos(yaw), 0.0])
    return Path(start_s, np.tile(point, (count, 1)), np.tile(facing, (count, 1)))


def _world_times(world: World, start_s: float, seconds: float) -> list[float]:
    end = world.timeline[-1].film_end_s - 1e-6
    count = max(2, int(seconds * PATH_HZ) + 2)
    return [world.world_time(min(start_s + i / PATH_HZ, end)) for i in range(count)]
