"""Small worlds and takes made by hand: one thing that knocks on another, heard by a still camera."""

from __future__ import annotations

import numpy as np

from lichtspiel.camera import CameraTrack, ShotTrack
from lichtspiel.library.asset import Joint, Part, Resonator, Shape
from lichtspiel.library.place import Acoustics, Sky
from lichtspiel.screenplay import Prop, Screenplay, Setting, Shot
from lichtspiel.stage.world import Body, Breakable, Span, World
from lichtspiel.take import Break, Impact, Rub, Take

OUTDOORS = Acoustics(None, 0.5, "none", -60.0)
Vec3 = tuple[float, float, float]


def thing(
    name: str, resonator: Resonator, shape: Shape, mass_kg: float | None = None, moves: bool = True
) -> Body:
    part = Part(
        "body", (shape,), mass_kg=mass_kg, resonator=resonator, joint=Joint("free" if moves else "fixed")
    )
    prop = name.split("_", maxsplit=1)[0] if moves else "place"
    return Body(name, prop, part, (0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0), moves)


def ball(material: str, radius: float = 0.02, name: str = "ball", mass_kg: float | None = None) -> Body:
    resonator = Resonator("sphere", material, {"radius": radius})
    return thing(name, resonator, Shape("sphere", (radius,), material), mass_kg)


def floor(material: str = "stone", thickness: float = 0.2) -> Body:
    resonator = Resonator("ground", material, {"thickness": thickness})
    return thing("place/floor", resonator, Shape("plane", (), material), moves=False)


def world(
    *bodies: Body,
    acoustics: Acoustics = OUTDOORS,
    seconds: float = 2.0,
    spans: tuple[Span, ...] | None = None,
    air: float = 1.2,
    seed: int = 1,
    language: str = "en",
    things: dict[str, str] | None = None,
    breakables: tuple[Breakable, ...] = (),
) -> World:
    ids = sorted({body.prop for body in bodies if body.prop != "place"})
    props = tuple(Prop(id=one, thing=(things or {}).get(one, "steel_ball")) for one in ids)
    screenplay = Screenplay.model_validate(
        {
            "title": "test", "seed": seed, "duration_s": seconds, "language": language,
            "setting": Setting(place="studio"), "props": props, "shots": (Shot(),),
        }
    )  # fmt: skip
    return World(
        screenplay=screenplay,
        bodies=bodies,
        ties=(),
        cloths=(),
        breakables=breakables,
        controls=(),
        freedoms=(),
        goals=(),
        gravity=(0.0, 0.0, -9.81),
        air_density=air,
        wind=(0.0, 0.0, 0.0),
        lamps=(),
        sky=Sky("gradient"),
        exposure_ev=0.0,
        acoustics=acoustics,
        camera_bounds=None,
        action_centre=(0.0, 0.0, 0.0),
        facing=(0.0, -1.0, 0.0),
        timeline=spans or (Span(0.0, seconds, 0.0, 1.0),),
        acting=(),
    )


def knock(
    time_s: float,
    first: Body,
    second: Body,
    impulse_ns: float = 0.1,
    speed: float = 2.0,
    position: Vec3 = (0.0, 0.0, 0.0),
    label: str = "",
) -> Impact:
    return Impact(
        time_s,
        first.name,
        second.name,
        first.part.shapes[0].material,
        second.part.shapes[0].material,
        position,
        (0.0, 0.0, -1.0),
        impulse_ns,
        speed,
        0.0,
        0.001,
        "",
        label,
    )


def take(
    *bodies: Body,
    impacts: tuple[Impact, ...] = (),
    rubs: tuple[Rub, ...] = (),
    breaks: tuple[Break, ...] = (),
    seconds: float = 4.0,
) -> Take:
    """Bodies that hover a little, so that nothing counts as resting."""
    moving = [body.name for body in bodies if body.moves]
    count = int(seconds * 100) + 1
    positions = np.zeros((count, len(moving), 3))
    positions[:, :, 2] = 0.02 * np.arange(count)[:, None] / 2
    orientations = np.zeros((count, len(moving), 4))
    orientations[..., 0] = 1.0
    present = np.tile([0.0, np.inf], (len(moving), 1))
    return Take(100.0, tuple(moving), positions, orientations, present, {}, impacts, rubs, breaks)


def camera(distance_m: float = 2.0, seconds: float = 2.0) -> CameraTrack:
    """A still camera on the -y side that looks along +y, level with the origin."""
    count = int(seconds * 60) + 1
    look = np.array([np.sqrt(0.5), np.sqrt(0.5), 0.0, 0.0])
    return CameraTrack(
        (
            ShotTrack(
                0.0,
                seconds,
                np.tile([0.0, -distance_m, 0.0], (count, 1)),
                np.tile(look, (count, 1)),
                np.full(count, 35.0),
                np.full(count, distance_m),
                4.0,
                True,
            ),
        )
    )
