"""What the camera must show: the acting bodies of a take as points over film time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from lichtspiel.camera.boxes import box_corners, box_of, corners_at
from lichtspiel.camera.handled import thrown_up, tools, until_it_leaves
from lichtspiel.camera.people import BodyPart, eye_points, figure_points, heading
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.mesh import rotation_matrix
from lichtspiel.screenplay import ShotSize
from lichtspiel.stage.world import Body, PlacedFigure, Span, World
from lichtspiel.take import Take

SAMPLES_PER_S = 24.0
STILL_M_S = 0.02
"""Slower than this, a body is part of the set and not of the action."""
PLACE_M = 6.0
"""Width of a place that fills the picture of a film without action."""
_LAST_S, _INSTANT_S = 0.05, 0.01
"""How long before the end of a shot a cut belongs to the next one, and how long before that it is not yet."""
LARGE = 3.0
"""A still body this much larger than the action is shown only where it is touched."""


_OF_HANDS = frozenset({"deed", "gesture"})
"""Kinds of motions of which hands are what one looks at."""
ON_FOOT_M = 0.8
"""Whose eyes move farther than this within a shot goes somewhere."""

CROWD = 20
"""From so many people on, a shot is of the crowd."""


@dataclass(frozen=True, eq=False)
class ActionPoints:
    """Points to keep in frame during one shot.

    times: (T,) film seconds. moving: (T, P, 3) corners of the boxes around the moving acting
    bodies, and points of the people. still: (S, 3) points of what stands still. eyes: (T, F, 3)
    of every person shown. ahead: (3,) where they face on the whole, as long as they agree.
    carriers: (C, 3) corners of all that acts and stands still, of which `still` may show less.
    """

    times: Array
    moving: Array
    still: Array
    eyes: Array
    ahead: Array = field(default_factory=lambda: np.zeros(3))
    carriers: Array = field(default_factory=lambda: np.zeros((0, 3)))

    @property
    def everything(self) -> Array:
        """All points of the whole shot, (N, 3)."""
        return np.concatenate([self.moving.reshape(-1, 3), self.still])

    @property
    def path(self) -> Array:
        """Middle of the moving bodies over time, (T, 3); of the still ones where nothing moves."""
        source = self.moving if self.moving.shape[1] else self.still[None].repeat(len(self.times), 0)
        low, high = source.min(1), source.max(1)
        middle: Array = (low + high) / 2
        return middle

    @property
    def goes(self) -> bool:
        """Somebody is elsewhere in the end."""
        return bool(self.eyes.size and np.ptp(self.eyes, axis=0).max() > ON_FOOT_M)

    def first_share(self, share: float) -> ActionPoints:
        """Only the first share of the shot: for things that leave for good."""
        count = max(2, round(len(self.times) * share))
        return ActionPoints(
            self.times[:count],
            self.moving[:count],
            self.still,
            self.eyes[:count],
            self.ahead,
            self.carriers,
        )


def _hands(figure: PlacedFigure, take: Take, span: Span, world_times: Array, body: Array) -> list[Array]:
    """Points (T, P, 3) of hands that do something which a shot of the upper body (T, Q, 3) is about."""
    told = [one for one in figure.directions if one.motion and one.start_s < span.world_end_s]
    kinds = {catalogue.motions()[str(one.motion)].kind for one in told}
    if not kinds & _OF_HANDS:
        return []
    hands = figure_points(figure, take, ShotSize.MEDIUM, world_times, "hands")
    if "deed" not in kinds:
        # Hands that hang down again after a gesture are not looked for.
        lowest = body[..., 2].min(1, keepdims=True)
        hands = np.concatenate([hands[..., :2], np.maximum(hands[..., 2], lowest)[..., None]], -1)
    return [hands]


def points_of(
    world: World,
    take: Take,
    span: Span,
    subjects: tuple[str, ...],
    size: ShotSize = ShotSize.MEDIUM,
    part: BodyPart | None = None,
) -> ActionPoints:
    """The action of one shot. `subjects` are ids of props and characters; empty = everything that
    acts. `size` says how much is shown of people; of a part no eyes are."""
    names = [body for prop in subjects for body in world.framing[prop]] if subjects else list(world.acting)
    times = np.linspace(
        span.film_start_s,
        span.film_end_s,
        max(2, round((span.film_end_s - span.film_start_s) * SAMPLES_PER_S) + 1),
    )
    world_times = span.world_start_s + (times - span.film_start_s) * span.rate
    world_times = np.minimum(world_times, _before_next(take, names, float(world_times[-1])))
    moving: list[Array] = []
    gone: list[Array] = []
    still: list[tuple[Body, Array]] = []
    eyes: list[Array] = []
    acting = {beat.subject for beat in world.screenplay.beats}
    people = {figure.name: figure for figure in world.figures}
    for name in names:
        if name in people:
            moving.append(figure_points(people[name], take, size, world_times, part))
            if part is None and size is ShotSize.MEDIUM:
                body = moving[-1]
                moving += _hands(people[name], take, span, world_times, body)
                moving += thrown_up(world, people[name], take, world_times, body[..., 2].max(1))
            if part is None and size is ShotSize.FULL:
                moving += tools(world, people[name], take, world_times)
            if part is None:
                eyes.append(eye_points(people[name], take, world_times))
            continue
        thing = world.body(name)
        corners = box_corners(thing.part)
        if corners is None:
            continue
        if name in take.names and _moves(take, name, world_times):
            way = np.stack([corners_at(take, name, corners, t) for t in world_times])
            (moving if thing.prop in acting else gone).append(way)
        else:
            position, orientation = _rest_pose(take, thing)
            still.append((thing, corners @ rotation_matrix(orientation).T + position))
    if eyes and gone:
        around = np.concatenate(moving, 1)
        gone = [until_it_leaves(way, around, [corners for _, corners in still]) for way in gone]
    moving += gone
    props = {world.body(name).prop for name in names if name not in people}
    for cloth in world.cloths:
        if cloth.name in take.cloths and cloth.prop in props:
            moving.append(np.stack([box_of(take.cloth(cloth.name, t)) for t in world_times]))
    moving_points = np.concatenate(moving, 1) if moving else np.zeros((len(times), 0, 3))
    all_eyes = np.stack(eyes, 1) if eyes else np.zeros((len(times), 0, 3))
    shown = [people[name] for name in names if name in people]
    ahead = _ahead([heading(figure, take, _looked_at_s(figure, world_times)) for figure in shown])
    still_points = _still_points(take, moving_points, still, acting)
    carriers = [corners for body, corners in still if body.prop in acting]
    if not (moving_points.size or still_points.size):
        still_points = _of_the_place(world)
    return ActionPoints(
        times,
        moving_points,
        still_points,
        all_eyes,
        ahead,
        np.concatenate(carriers) if carriers else np.zeros((0, 3)),
    )


def _ahead(headings: list[Array]) -> Array:
    """(3,) where people face on the whole; a crowd does where more of it than by chance face alike."""
    if not headings:
        return np.zeros(3)
    mean = np.mean(headings, axis=0)
    alike = float(np.linalg.norm(mean))
    # The mean of n directions at random is as long as one over the root of n.
    agrees = len(headings) >= CROWD and alike > 2 / np.sqrt(len(headings))
    return np.asarray(mean / alike if agrees else mean)


def _looked_at_s(figure: PlacedFigure, world_times: Array) -> float:
    """World time at which it counts where somebody faces: half way, but of who falls at the start, and of who
    aims, who turns a side to the target for it."""
    motions = catalogue.motions()
    turning = [
        one.start_s
        for one in figure.directions
        if one.motion in motions and (motions[one.motion].kind == "collapse" or motions[one.motion].aims)
    ]
    turned = any(world_times[0] <= start_s <= world_times[-1] for start_s in turning)
    return float(world_times[0] if turned else world_times.mean())


def _before_next(take: Take, names: list[str], end_s: float) -> float:
    """World time up to which a shot shows its people: those who are elsewhere after it may be there in its
    last instant already, which no frame shows."""
    told = [take.figures[name].cuts for name in names if name in take.figures]
    return min(
        (cut - _INSTANT_S for cuts in told for cut in cuts if 0 < end_s - cut < _LAST_S), default=end_s
    )


def _of_the_place(world: World) -> Array:
    """What is looked at where nobody and nothing acts: the middle of the place."""
    centre = np.array(world.action_centre)
    facing = np.array(world.facing)
    right = np.array([-facing[1], facing[0], 0.0])
    half = np.array([right, [0.0, 0.0, 1.0]]) * np.array([[PLACE_M / 2], [PLACE_M / 4]])
    return np.array([centre + a * half[0] + b * half[1] for a in (-1, 1) for b in (-1, 1)])


def _moves(take: Take, name: str, world_times: Array) -> bool:
    low = max(0, int(world_times[0] * take.rate_hz))
    high = min(len(take.positions), int(world_times[-1] * take.rate_hz) + 2)
    path = take.positions[low:high, take.index(name)]
    turns = take.orientations[low:high, take.index(name)]
    seconds = max(len(path) / take.rate_hz, 1e-6)
    travelled = float(np.linalg.norm(np.diff(path, axis=0), axis=1).sum()) / seconds
    turned = 2 * float(np.linalg.norm(np.diff(turns, axis=0), axis=1).sum()) / seconds
    return travelled > STILL_M_S or turned > 0.2


def _rest_pose(take: Take, body: Body) -> tuple[Array, Array]:
    if body.name in take.names:
        return take.pose(body.name, 0.0)
    return np.array(body.position), np.array(body.orientation)


def _still_points(take: Take, moving: Array, still: list[tuple[Body, Array]], acting: set[str]) -> Array:
    """Whole boxes of what is not much larger than the action; of the rest, where it is touched.

    Of a thing in several parts one of which is hit, that one: the backboard without its post. What only
    carries the acting thing, as a crane its ball, need not be seen whole.
    """
    points = []
    reach = np.inf
    if moving.size:
        flat = moving.reshape(-1, 3)
        reach = LARGE * float(np.linalg.norm(np.ptp(flat, axis=0)))
    hit = {name for impact in take.impacts for name in (impact.first, impact.second)}
    struck = {body.prop for body, _ in still if body.name in hit}
    for body, corners in still:
        if moving.size and body.prop in struck and body.name not in hit:
            continue
        touches = [i.position for i in take.impacts if body.name in (i.first, i.second)]
        small = np.linalg.norm(np.ptp(corners, axis=0)) <= reach
        if small and (touches or not moving.size or body.prop not in acting):
            points.append(corners)
        elif touches:
            points.append(np.array(touches))
    return np.concatenate(points) if points else np.zeros((0, 3))
