"""Plan the camera of a whole film on its finished take, so that the action stays in frame."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from lichtspiel.camera import grammar
from lichtspiel.camera.aboard import outside
from lichtspiel.camera.action import CROWD, ActionPoints, points_of
from lichtspiel.camera.aerial import opening_elevation_rad, pull_back
from lichtspiel.camera.company import all_sit, fills, legs_hidden, lies_low, with_onlookers
from lichtspiel.camera.focus import focused, kept_sharp
from lichtspiel.camera.follow import FOLLOWING, SEEN_AFAR, about_its_way, first_seen, too_small
from lichtspiel.camera.framing import Format, axes, direction, fit, not_too_near, project, quaternion
from lichtspiel.camera.headroom import lowered
from lichtspiel.camera.horizon import elevation_rad, headed, levelled, settled
from lichtspiel.camera.lens import depth_along, f_stop_for
from lichtspiel.camera.moves import Path, Setup, move
from lichtspiel.camera.passing import passes_by, stand, turning_along, while_seen
from lichtspiel.camera.people import NEAR_SIZES, PERSON_FILL
from lichtspiel.camera.sides import FACE_TURN_RAD, TURNED, across, angle_between, before_faces, beside
from lichtspiel.camera.sight import LEAST_M, LEAST_SHARE, Obstacles, candidates, inside, spread
from lichtspiel.camera.track import SENSOR_MM, TRACK_RATE_HZ, Array, CameraTrack, ShotTrack
from lichtspiel.screenplay import Angle, CameraMove, OutcomeKind, Shot, ShotSize, View
from lichtspiel.stage.world import Goal, Span, World
from lichtspiel.take import Take

STANDING = (CameraMove.STATIC, CameraMove.HANDHELD, CameraMove.TRUCK, CameraMove.ORBIT)
"""Moves in which the camera stays as far away and as high as it is."""
FACES = (ShotSize.EXTREME_CLOSE_UP, ShotSize.CLOSE_UP)
MEETINGS = (OutcomeKind.HITS, OutcomeKind.KNOCKS_OVER)
WIDENING = (CameraMove.DRONE_PULL_BACK, CameraMove.DOLLY_OUT, CameraMove.ZOOM_OUT)
"""Moves that open on the start of the action and end with more in the picture."""
OPENING_SHARE = 0.4
FLAT = 0.4
"""Sides of what lies or stands as a band across the picture: along it, it may fill more."""
HIDDEN = 0.2
"""Share of the action that may be hidden; the corners of boxes lie in what things stand on."""
HIDDEN_OF_PEOPLE = 0.5
"""People may sit or stand behind a table, as long as their eyes are seen."""
OUT_OF_FRAME = 0.97
"""Picture coordinate beyond which the middle of the action counts as lost."""
CORE_SHARE = 0.5
"""The first half of a shot is always in frame."""
NARROWED_TURN_RAD = np.radians(42.0)
"""No farther from the front of a group does the camera turn to come nearer: faces matter more."""
SEATED_RAD = float(np.radians(14.0))
"""From so much higher one sees over the tables and desks that people sit at, not under them."""
LYING_RAD = float(np.radians(26.0))
"""From so much higher one sees who lies still, from beside them."""
LOW_STILL_RAD = np.radians(6.0)
"""From no higher one looks where a low angle is asked for."""
FILLED_RAD = float(np.radians(24.0))
"""And so much higher one sees into cups and bowls that people fill."""
DOWN_AT_HANDS_RAD = np.radians(36.0)
"""One looks down at hands and at what they do."""
CROWD_SPILL = 2.6
"""A crowd may run out of the picture on all sides."""
CROWD_TURN_RAD = np.radians(35.0)
"""No farther from where most of a crowd face does the camera stand: some of them face elsewhere."""
NARROWING_RAD = np.radians([15.0, -15.0, 30.0, -30.0, 45.0, -45.0, 60.0, -60.0])
"""Turns of the camera that are tried where the action is wider than the picture."""
MUCH_NEARER = 0.8
"""A camera turns for what it then shows from at most this share of the distance."""
SEEN_LONG = 0.5
"""Share of a shot from which on a still camera shows long enough what drives past; else it turns along."""
SMALLEST = 0.035
"""What moves is at least this share of the picture's longer side, or may leave towards the end."""


@dataclass(frozen=True, eq=False)
class _Scene:
    """What every shot of a film is planned against."""

    world: World
    take: Take
    picture: Format
    obstacles: Obstacles


def plan(world: World, take: Take, aspect: float = 9 / 16) -> CameraTrack:
    """The camera's track through all shots. `aspect` is the picture's width over its height."""
    scene = _Scene(world, take, Format.of_aspect(aspect), Obstacles(world))
    pairs = zip(world.screenplay.shots, world.timeline, strict=True)
    return CameraTrack(tuple(_plan_shot(scene, shot, span) for shot, span in pairs))


def _plan_shot(scene: _Scene, shot: Shot, span: Span) -> ShotTrack:
    action = points_of(
        scene.world, scene.take, span, _followed_props(scene.world, shot), shot.size, shot.part
    )
    if passes_by(scene.world, shot, action):
        return _at_roadside(scene, shot, span, action)
    setup = _set_up(scene, shot, span, action)
    if shot.size is ShotSize.FULL and not action.goes and legs_hidden(scene.obstacles, setup, action):
        # Of who stands behind a bench the legs are not worth half the picture.
        action = points_of(scene.world, scene.take, span, _followed_props(scene.world, shot), ShotSize.MEDIUM)
        setup = _set_up(scene, shot, span, action)
    if shot.follow and shot.move is CameraMove.STATIC and too_small(action, shot.size, setup, scene.picture):
        shot = shot.model_copy(update={"move": CameraMove.PAN})
        setup = _set_up(scene, shot, span, action)
    if shot.move is CameraMove.PAN:
        setup = replace(setup, slack=max(1.0, first_seen(action, setup, scene.picture) / SEEN_AFAR))
    if shot.move is CameraMove.TRACKING:
        followed = _up_to_its_target(scene, span, setup.followed)
        setup = outside(scene.world, scene.take, span.world_start_s, replace(setup, followed=followed))
    path = _path(scene, shot, setup, action)
    for _ in range(9):
        if shot.move is CameraMove.STATIC or _keeps_in_frame(scene, path, setup.followed):
            break
        setup = replace(setup, distance_m=setup.distance_m * 1.12)
        path = _path(scene, shot, setup, action)
    if shot.horizon is not None:
        held = action.everything if shot.move is CameraMove.STATIC else action.path[:1]
        path = levelled(path, shot.horizon, scene.picture, held)
    elif shot.size in FACES and action.eyes.shape[1] == 1 and shot.move in STANDING:
        path = headed(path, scene.picture, action.eyes[0], action.everything)
    elif action.eyes.size and _stands_level(shot) and shot.size not in NEAR_SIZES:
        path = settled(path, scene.picture, action.everything)
    return _track(shot, span, path, action)


def _stands_level(shot: Shot) -> bool:
    return shot.angle is Angle.EYE_LEVEL and shot.move in STANDING


def _at_roadside(scene: _Scene, shot: Shot, span: Span, action: ActionPoints) -> ShotTrack:
    """A still camera that something drives past."""
    setup, shown = stand(scene.world, shot, action, scene.obstacles, scene.picture, _samples(span))
    if shot.follow and shot.move is CameraMove.STATIC and shown.mean() < SEEN_LONG:
        shot, shown = shot.model_copy(update={"move": CameraMove.PAN}), np.ones_like(shown)
        setup = turning_along(setup, action, scene.picture)
    seen = while_seen(action, shown)
    path = _path(scene, shot, setup, seen)
    if shot.horizon is not None:
        path = levelled(path, shot.horizon, scene.picture, seen.everything)
    return _track(shot, span, path, seen)


def _samples(span: Span) -> int:
    """Of the track of a shot."""
    return max(2, round((span.film_end_s - span.film_start_s) * TRACK_RATE_HZ) + 1)


def _path(scene: _Scene, shot: Shot, setup: Setup, action: ActionPoints) -> Path:
    rng = np.random.default_rng([scene.world.screenplay.seed, zlib.crc32(b"camera")])
    if shot.move is CameraMove.DRONE_PULL_BACK:
        return _within(scene, pull_back(setup, action, OPENING_SHARE, scene.picture), action)
    return _within(scene, move(shot.move, setup, rng), action)


def _up_to_its_target(scene: _Scene, span: Span, followed: Array) -> Array:
    """A camera that goes along stops where its subject meets what it was sent at."""
    sent = {body for goal in scene.world.goals for body in goal.subjects if _meets(goal)}
    aimed_at = {body for goal in scene.world.goals if _meets(goal) for body in goal.targets}
    meetings = [
        time_s
        for impact in scene.take.impacts
        if {impact.first, impact.second} & sent and {impact.first, impact.second} & aimed_at
        for time_s in scene.world.film_times(impact.time_s)
        if span.film_start_s <= time_s < span.film_end_s
    ]
    if not meetings:
        return followed
    last = round((min(meetings) - span.film_start_s) * TRACK_RATE_HZ)
    return np.concatenate([followed[: last + 1], np.tile(followed[last], (len(followed) - last - 1, 1))])


def _meets(goal: Goal) -> bool:
    return goal.kind in MEETINGS and bool(goal.targets) and not goal.never


def _followed_props(world: World, shot: Shot) -> tuple[str, ...]:
    """A following camera follows the one who acts; any other shows all who act."""
    if shot.subjects or shot.move is not CameraMove.TRACKING or not world.screenplay.beats:
        return shot.subjects
    return (world.screenplay.beats[0].subject,)


def _set_up(scene: _Scene, shot: Shot, span: Span, action: ActionPoints) -> Setup:
    focal = shot.focal_length_mm or grammar.FOCAL_LENGTH_MM[shot.size]
    count = _samples(span)
    times = np.linspace(span.film_start_s, span.film_end_s, count)
    path = action.path
    followed = np.stack([np.interp(times, action.times, path[:, axis]) for axis in range(3)], 1)
    facing, azimuth = _side(scene.world, shot, path)
    elevation = grammar.ELEVATION_RAD[shot.angle]
    people = bool(action.eyes.size)
    if people and shot.angle is Angle.EYE_LEVEL:
        elevation = _above_people(scene, shot, span, action)
    if shot.part == "hands" and shot.angle is Angle.EYE_LEVEL:
        elevation = DOWN_AT_HANDS_RAD
        azimuth = beside(facing, azimuth, action.ahead)
    if shot.move is CameraMove.DRONE_PULL_BACK:
        elevation = opening_elevation_rad(elevation)
    if shot.horizon is not None:
        elevation = elevation_rad(shot.horizon, focal, scene.picture)
    if people and shot.move is not CameraMove.TRACKING:
        azimuth = _before_people(scene.world, shot, facing, azimuth, elevation, action)
    if shot.move in FOLLOWING and action.moving.shape[1]:
        points = about_its_way(action)
        fill = PERSON_FILL[shot.size] if people else grammar.SUBJECT_FILL[shot.size]
    else:
        fill = PERSON_FILL[shot.size] if people else grammar.FILL[shot.size]
        if action.eyes.shape[1] >= CROWD:
            fill *= CROWD_SPILL
        shown = action.first_share(OPENING_SHARE) if shot.move in WIDENING else action
        frame = axes(direction(facing, azimuth, elevation))
        if shot.move in WIDENING:
            fill = grammar.FULLEST
        elif _goes_far(action) or (not people and _is_flat(shown.everything, frame, scene.picture)):
            fill = min(grammar.FULLEST, grammar.ROOM_TO_MOVE * fill)
        points = _worth_showing(shown, frame, fill)
        if shot.subjects and people and shot.size not in NEAR_SIZES:
            points = with_onlookers(scene.world, scene.take, shot, points, frame, scene.picture, fill)
    if people and shot.view is View.THREE_QUARTER and shot.move in STANDING:
        azimuth = _narrowed(scene, facing, azimuth, elevation, points, action.ahead)
    focal = max(
        focal, _beyond_table_mm(scene, shot, span, points, direction(facing, azimuth, elevation), fill)
    )
    setup = Setup(points.mean(0), facing, azimuth, elevation, 1.0, focal, followed, np.linspace(0, 1, count))
    setup = _clear_view(scene, shot, setup, points, fill, action)
    return lowered(scene.world, shot, setup, points, action.eyes, scene.picture, fill) if people else setup


def _above_people(scene: _Scene, shot: Shot, span: Span, action: ActionPoints) -> float:
    """Radians from which a camera at the height of eyes looks down at people who sit, lie, swim or pour."""
    if fills(scene.world, shot, span) and shot.size not in FACES:
        return FILLED_RAD
    if lies_low(scene.world, shot, action) and shot.size not in FACES:
        return SEATED_RAD if action.goes else LYING_RAD
    return SEATED_RAD if shot.size not in FACES and all_sit(scene.world, shot, span) else 0.0


def _beyond_table_mm(
    scene: _Scene, shot: Shot, span: Span, points: Array, toward: Array, fill: float
) -> float:
    """The focal length of who looks at people who sit from beyond what they sit at; 0 of others."""
    focal = shot.focal_length_mm or grammar.FOCAL_LENGTH_MM[shot.size]
    if not all_sit(scene.world, shot, span):
        return 0.0
    return not_too_near(points, axes(toward), focal, scene.picture, fill)


def _before_people(
    world: World, shot: Shot, facing: Array, azimuth: float, elevation: float, action: ActionPoints
) -> float:
    """The azimuth, turned to the faces or the backs of people, and to the side of those who lie."""
    most = CROWD_TURN_RAD if action.eyes.shape[1] >= CROWD else FACE_TURN_RAD
    turned = TURNED.get(shot.view, partial(before_faces, most=most))
    azimuth = turned(facing, azimuth, action.ahead)
    if elevation < LYING_RAD or shot.angle is not Angle.EYE_LEVEL or not lies_low(world, shot, action):
        return azimuth
    return across(facing, azimuth, action.eyes.mean((0, 1)) - action.moving.mean((0, 1)))


def _side(world: World, shot: Shot, path: Array) -> tuple[Array, float]:
    """Facing and azimuth: a tracking camera takes its sides from the way the subject goes."""
    azimuth = grammar.AZIMUTH_RAD[shot.view]
    facing = np.array(world.facing)
    travel = path[-1] - path[0]
    travel[2] = 0.0
    if shot.move is CameraMove.TRACKING and np.linalg.norm(travel) > 0.5:
        ahead = travel / np.linalg.norm(travel)
        # From ahead in front views, in side views from the place's own side; from behind otherwise.
        beside = np.copysign(np.pi / 2, angle_between(ahead, facing))
        return ahead, {View.FRONT: 0.0, View.SIDE: beside}.get(shot.view, np.pi - 0.2)
    return facing, azimuth


def _narrowed(
    scene: _Scene, facing: Array, azimuth: float, elevation: float, points: Array, ahead: Array
) -> float:
    """The azimuth, or one from which wide action fits a tall picture from much nearer, faces in view."""
    if scene.picture.half_width_mm >= scene.picture.half_height_mm:
        return azimuth
    few = spread(points, 400)

    def away(angle: float) -> float:
        return fit(few, axes(direction(facing, angle, elevation)), SENSOR_MM, scene.picture, 1.0)[1]

    usual = away(azimuth)
    best, least = azimuth, MUCH_NEARER * usual
    for turn in NARROWING_RAD:
        angle = azimuth + turn
        seen = abs(before_faces(facing, angle, ahead, NARROWED_TURN_RAD) - angle) < 1e-6
        if seen and (distance := away(angle)) < least:
            best, least = angle, distance
    return best


def _goes_far(action: ActionPoints) -> bool:
    """What moves crosses several times its own size, so that its way sets the picture's width."""
    if not action.moving.size:
        return False
    size = np.linalg.norm(np.ptp(action.moving, axis=1), axis=1).mean()
    way = np.linalg.norm(np.ptp(action.moving.reshape(-1, 3), axis=0))
    return bool(way > 2.0 * size)


def _is_flat(points: Array, frame: Array, picture: Format) -> bool:
    """What would leave most of the picture empty above and below it, or beside it."""
    across = np.ptp(points @ frame.T, axis=0)[:2] / (picture.half_width_mm, picture.half_height_mm)
    return bool(across.min() < FLAT * across.max())


def _worth_showing(action: ActionPoints, frame: Array, fill: float) -> Array:
    """As much of the shot, from its start, as leaves what moves large enough to be seen."""
    square = Format.of_aspect(1.0)
    size = float(np.linalg.norm(np.ptp(action.moving, axis=1), axis=1).mean()) if action.moving.size else 1.0
    for share in (1.0, 0.9, 0.8, 0.7, 0.6):
        part = action.first_share(share).everything
        # At the sensor's own focal length the picture is as wide as it is far away.
        if size >= SMALLEST * fit(part, frame, SENSOR_MM, square, fill)[1]:
            return part
    return action.first_share(CORE_SHARE).everything


def _clear_view(
    scene: _Scene, shot: Shot, setup: Setup, points: Array, fill: float, action: ActionPoints
) -> Setup:
    """The set-up nearest to the wanted one from which the action can be seen."""
    # Who goes somewhere is seen from head to foot; of who stays the eyes do.
    seen_first = action.eyes.reshape(-1, 3) if action.eyes.size else action.path
    path = spread(seen_first, 40) if action.moving.size else np.zeros((0, 3))
    if action.goes:
        path = spread(action.moving.reshape(-1, 3), 60)
    few = 0 < action.eyes.shape[1] < CROWD
    most = HIDDEN_OF_PEOPLE if few and not action.goes else HIDDEN
    highest = LOW_STILL_RAD if shot.angle is Angle.LOW else np.inf
    best: tuple[float, Setup] | None = None
    for azimuth, elevation in candidates(setup.azimuth_rad, setup.elevation_rad, highest):
        tried = _fitted(scene, replace(setup, azimuth_rad=azimuth, elevation_rad=elevation), points, fill)
        position = tried.centre + tried.distance_m * tried.toward_camera
        blocked = scene.obstacles.blocked_share(position, spread(points), path)
        if shot.move is CameraMove.TRACKING and action.moving.size:
            ways = position + setup.followed - setup.followed[0]
            blocked = max(blocked, scene.obstacles.blocked_along(ways, action.moving))
        if best is None or blocked < best[0] - 0.02:
            best = (blocked, tried)
        if blocked <= most or shot.angle is Angle.OVERHEAD:
            break
    assert best is not None
    return best[1]


def _fitted(scene: _Scene, setup: Setup, points: Array, fill: float) -> Setup:
    """Distance and aim for the wanted fill, off the ground and inside the room."""
    ground = float(points[:, 2].min())
    toward, focal = setup.toward_camera, setup.focal_mm
    centre, distance = setup.centre, 1.0
    for _ in range(5):
        centre, distance = fit(points, axes(toward), focal, scene.picture, fill)
        position = centre + distance * toward
        lowest = ground + LEAST_M + LEAST_SHARE * distance
        allowed = inside(scene.world.camera_bounds, position)
        allowed[2] = max(allowed[2], lowest)
        if np.allclose(allowed, position, atol=1e-3):
            break
        offset = allowed - centre
        room = float(np.linalg.norm(offset))
        toward = offset / room
        if room < distance * 0.98:
            # No room to step back: a wider lens shows as much from nearer.
            focal = max(grammar.WIDEST_MM, focal * room / distance)
    flat = np.array([toward[0], toward[1], 0.0])
    azimuth = angle_between(setup.facing, flat) if np.linalg.norm(flat) > 1e-6 else setup.azimuth_rad
    elevation = float(np.arcsin(np.clip(toward[2], -1, 1)))
    return replace(
        setup,
        centre=centre,
        distance_m=distance,
        focal_mm=focal,
        azimuth_rad=azimuth,
        elevation_rad=elevation,
    )


def _within(scene: _Scene, path: Path, action: ActionPoints) -> Path:
    positions = inside(scene.world.camera_bounds, path.positions)
    ground = float(action.everything[:, 2].min())
    lowest = ground + 0.02 + 0.03 * np.linalg.norm(path.aims - positions, axis=1)
    positions[:, 2] = np.maximum(positions[:, 2], lowest)
    return replace(path, positions=positions)


def _keeps_in_frame(scene: _Scene, path: Path, followed: Array) -> bool:
    inside_count = 0
    for position, aim, focal, point in zip(path.positions, path.aims, path.focal_mm, followed, strict=True):
        spot = project(point[None], position, axes(position - aim), float(focal), scene.picture)[0]
        inside_count += bool(np.all(np.abs(spot) < OUT_OF_FRAME))
    return inside_count >= 0.97 * len(followed)


def _track(shot: Shot, span: Span, path: Path, action: ActionPoints) -> ShotTrack:
    roll = (grammar.DUTCH_ROLL_RAD if shot.angle is Angle.DUTCH else 0.0) - np.radians(shot.tilt_deg)
    frames = [axes(p - a, roll) for p, a in zip(path.positions, path.aims, strict=True)]
    orientations = np.array([quaternion(frame) for frame in frames])
    # Neighbours in the same half space, so that blending them never takes the long way.
    flips = np.where((orientations[1:] * orientations[:-1]).sum(1) < 0, -1.0, 1.0)
    orientations[1:] *= np.cumprod(flips)[:, None]
    focus = focused(shot, path, frames, action)
    depths = depth_along(kept_sharp(shot, action, frames[0][2]), path.positions[0], frames[0][2])
    f_stop = shot.f_stop or f_stop_for(
        float(path.focal_mm[0] if shot.move in FOLLOWING else path.focal_mm.mean()),
        float(focus[0] if shot.move in FOLLOWING else focus.mean()),
        float(np.quantile(depths, 0.03)),
        float(np.quantile(depths, 0.97)),
    )
    return ShotTrack(
        film_start_s=span.film_start_s,
        film_end_s=span.film_end_s,
        positions=path.positions,
        orientations=orientations,
        focal_length_mm=path.focal_mm,
        focus_distance_m=focus,
        f_stop=f_stop,
        locked=shot.move is CameraMove.STATIC,
    )
