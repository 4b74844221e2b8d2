"""Balls, from basketball to marble. A ball's frame is at its centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lichtspiel.library import mesh as meshes
from lichtspiel.library.asset import UPRIGHT, Array, Asset, Mesh, Part, Quat, Resonator, Shape, Surface, Vec3
from lichtspiel.library.catalogue import Generator, Wish
from lichtspiel.library.records import Parameter
from lichtspiel.library.things import ball_patterns, relief
from lichtspiel.library.things.substance import is_usual, length, mass, number, sphere_drag, surface

WHITE: Vec3 = (0.8, 0.8, 0.77)

# Pool balls by number: 1-7 solid, 9-15 striped in the same colours, 8 black (WPA tournament set).
POOL_COLOURS: tuple[Vec3, ...] = (
    (0.83, 0.5, 0.02),
    (0.01, 0.04, 0.35),
    (0.55, 0.01, 0.01),
    (0.07, 0.01, 0.2),
    (0.75, 0.13, 0.01),
    (0.005, 0.13, 0.035),
    (0.14, 0.008, 0.012),
    (0.008, 0.008, 0.009),
)

GORE_COLOURS: tuple[Vec3, ...] = ((0.68, 0.02, 0.02), (0.85, 0.55, 0.02), (0.02, 0.13, 0.55))
VANE_COLOURS: tuple[Vec3, ...] = (
    (0.75, 0.04, 0.02),
    (0.02, 0.12, 0.65),
    (0.9, 0.6, 0.03),
    (0.03, 0.4, 0.1),
    (0.75, 0.22, 0.01),
)


@dataclass(frozen=True)
class _Kind:
    """What a ball is filled with when it is made of its usual material."""

    wall: float = 0.0
    """Metres; 0 is solid."""
    pressure_pa: float = 0.0
    """Overpressure of the air inside; 0 for a hollow ball without."""


def basketball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """Eight pebbled panels between broad rubber channels."""
    radius = length(parameters, wish, "radius")
    body = ball_patterns.seamed(radius, ball_patterns.basketball_seams(), radius * 0.052, radius * 0.017)
    surfaces = (surface(wish, "basketball_leather"), Surface("black_rubber"))
    return _ball(parameters, wish, body, surfaces, _tilt(rng, 0.7))


def football(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """Twelve black pentagons and twenty white hexagons."""
    radius = length(parameters, wish, "radius")
    panels, slots = ball_patterns.football_panels()
    body = ball_patterns.panelled(radius, panels, slots, radius * 0.028, radius * 0.016)
    return _ball(
        parameters, wish, body, (surface(wish, "football_white"), Surface("football_black")), _tilt(rng)
    )


def volleyball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """Eighteen panels in strips of three; the middle strips are coloured unless a colour is wished."""
    radius = length(parameters, wish, "radius")
    panels, slots = ball_patterns.volleyball_panels()
    body = ball_patterns.panelled(radius, panels, slots, radius * 0.03, radius * 0.012)
    plain = wish.colour is not None or wish.look is not None
    yellow, blue = (WHITE, WHITE) if plain else ((0.85, 0.55, 0.02), (0.015, 0.05, 0.33))
    surfaces = (
        surface(wish, "football_white"),
        Surface("football_white", yellow),
        Surface("football_white", blue),
    )
    return _ball(parameters, wish, body, surfaces, _tilt(rng))


def tennis_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """Felt in two halves with one winding rubber seam."""
    radius = length(parameters, wish, "radius")
    body = ball_patterns.seamed(radius, ball_patterns.tennis_seam(), radius * 0.085, radius * 0.028)
    return _ball(
        parameters, wish, body, (surface(wish, "tennis_felt_yellow"), Surface("tennis_seam")), _tilt(rng)
    )


def golf_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """362 dimples."""
    radius = length(parameters, wish, "radius")
    body = ball_patterns.dimpled(radius, radius * 0.083, radius * 0.0125)
    return _ball(parameters, wish, body, (surface(wish, "golf_cover"),), _tilt(rng))


def bowling_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """Three holes: two fingers at 6 mm from each other, and the thumb a hand's span away."""
    radius = length(parameters, wish, "radius")
    scale = wish.scale
    fingers, thumb = 0.0125 * scale, 0.0145 * scale
    holes = [
        (_direction(-0.0158 * scale, 0.04 * scale, radius), fingers, 0.055 * scale),
        (_direction(0.0158 * scale, 0.04 * scale, radius), fingers, 0.055 * scale),
        (_direction(0.0, -0.045 * scale, radius), thumb, 0.07 * scale),
    ]
    body = ball_patterns.drilled(radius, holes)
    surfaces = (surface(wish, "bowling_polyester"), Surface("black_rubber"))
    return _ball(parameters, wish, body, surfaces, _tilt(rng, 0.4, axis=(1.0, 0.15, 0.0), middle=0.7))


def billiard_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A pool ball: its number drawn by chance, or the one of the wished colour; white is the cue ball."""
    radius = length(parameters, wish, "radius")
    figure = int(rng.integers(1, 16))
    if wish.colour is not None:
        apart = [np.abs(np.array(colour) - wish.colour).sum() for colour in (*POOL_COLOURS, WHITE)]
        figure = (int(np.argmin(apart)) + 1) % (len(POOL_COLOURS) + 1)
    digits = str(figure) if figure else ""
    body = ball_patterns.numbered(radius, digits, striped=figure > 8)
    own = wish.colour or POOL_COLOURS[(figure - 1) % 8 if figure > 8 else figure - 1]
    surfaces = (
        Surface(wish.look or "billiard_resin", own),
        Surface("billiard_resin"),
        Surface("billiard_resin", POOL_COLOURS[7]),
    )
    return _ball(parameters, wish, body, surfaces, _tilt(rng, 0.45))


def beach_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """Six gores of film between two caps, alternately coloured and white."""
    radius = length(parameters, wish, "radius")
    body = ball_patterns.gored(radius, 6, 0.2, radius * 0.03)
    colours = (wish.colour,) * 3 if wish.colour is not None else GORE_COLOURS
    look = wish.look or "beach_ball_film"
    gores = [Surface(look, colour) for pair in zip(colours, (WHITE,) * 3, strict=True) for colour in pair]
    tilt = _tilt(rng, 0.3, axis=(0.8, 0.5, 0.2), middle=0.7)
    return _ball(parameters, wish, body, (Surface(look, WHITE), *gores), tilt)


def glass_marble(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A clear ball with the twisted coloured vanes of a cat's eye inside."""
    radius = length(parameters, wish, "radius")
    body = relief.as_mesh(_plain_skin(radius))
    if wish.material != "glass":
        return _ball(parameters, wish, body, (surface(wish, "glass"),), UPRIGHT)
    first, second = rng.choice(len(VANE_COLOURS), 2, replace=False)
    body = meshes.joined(body, *(meshes.in_slot(vane, 1 + k % 2) for k, vane in enumerate(_vanes(radius))))
    surfaces = (
        Surface(wish.look or "glass"),
        Surface("marble_vane", wish.colour or VANE_COLOURS[first]),
        Surface("marble_vane", WHITE if wish.colour else VANE_COLOURS[second]),
    )
    return _ball(parameters, wish, body, surfaces, _tilt(rng, 1.2))


def moulded_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A plain ball with the fine line where the halves of its mould met."""
    radius = length(parameters, wish, "radius")
    seam = [relief.plane_distance((0.2, 0.35, 1.0))]
    body = meshes.in_slot(ball_patterns.seamed(radius, seam, radius * 0.02, -radius * 0.0025), 0)
    colour = parameters.get("colour")
    own = (colour[0], colour[1], colour[2]) if isinstance(colour, tuple) else None
    return _ball(parameters, wish, body, (surface(wish, str(parameters["look"]), own),), _tilt(rng))


def smooth_ball(parameters: Mapping[str, Parameter], wish: Wish, rng: Generator) -> Asset:
    """A plain ball: polished steel, turned wood."""
    radius = length(parameters, wish, "radius")
    body = relief.as_mesh(_plain_skin(radius))
    return _ball(parameters, wish, body, (surface(wish, str(parameters["look"])),), _tilt(rng))


def _ball(
    parameters: Mapping[str, Parameter], wish: Wish, body: Mesh, surfaces: Sequence[Surface], pose: Quat
) -> Asset:
    """The one part of a ball. Of an unusual material it is solid."""
    radius = length(parameters, wish, "radius")
    volume = 4 / 3 * np.pi * radius**3
    kind = _Kind()
    if is_usual(parameters, wish):
        kind = _Kind(length({"wall": 0.0, **parameters}, wish, "wall"), number(parameters, "pressure", 0.0))
    weight = mass(parameters, wish, volume)
    hollow = 1 - kind.wall / radius if kind.wall else 0.0
    moment = 0.4 * weight * radius**2 * _shell_factor(hollow)
    part = Part(
        name="ball",
        shapes=(Shape("sphere", (radius,), wish.material),),
        mesh=body,
        surfaces=tuple(surfaces),
        mass_kg=weight,
        inertia=(moment, moment, moment) if kind.wall else None,
        position=(0.0, 0.0, radius),
        orientation=pose,
        resonator=_resonator(kind, wish.material, radius),
        drag=sphere_drag(radius, volume),
    )
    spots = {"top": (0.0, 0.0, 2 * radius)}
    return Asset((part,), (2 * radius, 2 * radius, 2 * radius), spots=spots)


def _shell_factor(hollow: float) -> float:
    """Moment of inertia of a ball hollow to this share of its radius, against a solid one."""
    return (1 - hollow**5) / (1 - hollow**3)


def _resonator(kind: _Kind, material: str, radius: float) -> Resonator:
    if kind.pressure_pa:
        dimensions = {"radius": radius, "thickness": kind.wall, "pressure_pa": kind.pressure_pa}
        return Resonator("membrane_ball", material, dimensions)
    if kind.wall:
        return Resonator("spherical_shell", material, {"radius": radius, "thickness": kind.wall})
    return Resonator("sphere", material, {"radius": radius})


def _tilt(rng: Generator, spread: float = 0.6, axis: Vec3 | None = None, middle: float = 0.0) -> Quat:
    """A turn by chance, so that no two balls show the same side. `middle` ± `spread` radians."""
    about = rng.normal(size=3) if axis is None else np.array(axis)
    angle = middle + float(rng.uniform(-spread, spread))
    return meshes.turn((float(about[0]), float(about[1]), float(about[2])), angle)


def _direction(x: float, y: float, radius: float) -> Array:
    """Direction to the point of the upper half above (x, y)."""
    return np.array([x, y, float(np.sqrt(radius**2 - x**2 - y**2))])


def _plain_skin(radius: float) -> relief.Skin:
    ball = relief.geodesic_sphere(20)
    return relief.Skin(ball.points * radius, ball.triangles, ball.slots, ball.fixed)


def _vanes(radius: float, count: int = 4) -> list[Mesh]:
    """Thin blades about the z axis, broad in the middle, twisted by half a turn on the way."""
    along, across = np.linspace(-0.8, 0.8, 33), np.linspace(0.02, 1, 9)
    blades = []
    for number_of_blade in range(count):
        width = 0.38 * np.sqrt(np.clip(1 - (along / 0.8) ** 2, 0, 1)) * radius
        turn = along * 1.6 + 2 * np.pi * number_of_blade / count
        spread = across[None] * width[:, None]
        bend = turn[:, None] + 0.5 * across[None] ** 2
        thick = 0.1 * np.sqrt((across - across[0]) * (1 - across))[None] * width[:, None]
        height = np.repeat(along[:, None] * radius, len(across), axis=1)
        faces = []
        for side in (1.0, -1.0):
            x = spread * np.cos(bend) - side * thick * np.sin(bend)
            y = spread * np.sin(bend) + side * thick * np.cos(bend)
            sheet = meshes.grid(1.0, 1.0, len(across), len(along))
            points = np.stack([x, y, height], axis=2).reshape(-1, 3)
            corners = sheet.corners.reshape(-1, 4)
            order = corners if side < 0 else corners[:, ::-1]
            faces.append(Mesh(points, order.ravel(), sheet.sizes, sheet.slots, None, 3.1))
        blades.append(meshes.weld(meshes.joined(*faces), radius * 1e-6))
    return blades
