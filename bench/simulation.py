"""What a film's simulation and sound cost: python -m bench.simulation [--only NAME …]

Processor seconds of stage, physics with its search for outcomes, motion of people, camera plan and sound,
on one core, for the reference prompts of things, those of people, and harder ones. Together they may take
no longer than the film lasts.

For films with two people, the motion of them and of what they wear is measured by itself, once bodies and
clothes are there: `bench.cast` measures those.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from bench.figures import at_most, write
from lichtspiel import camera, director, motion, physics, sound, stage
from lichtspiel.library.people.figures import garments_of
from lichtspiel.screenplay import Screenplay

EXAMPLES = Path(__file__).parent.parent / "examples"
WARMS_UP = ("two_balls", "gymnast")
"""A film of things and one of people."""
HARDER = {
    "brick wall": "A bowling ball hits a brick wall.",
    "44 bricks": "A bowling ball knocks over 44 bricks.",
    "drape": "A cloth falls over a basketball.",
    "seesaw": "A barrel lands on a seesaw and launches a ball.",
}
TWO = {
    "tango": "A couple dances tango on a wooden stage, spotlight, orbiting camera, low angle.",
    "friends": "Two friends argue in a rainy street at night, then one laughs and they hug.",
    "park": "A woman in a long evening dress and a man in a trench coat walk through a park.",
}
TWO_S, OF_FILM_S = 4.0, 4.0
"""Most that the motion of two people may take, for so many seconds of film."""


@dataclass(frozen=True)
class Cost:
    """Processor seconds of one film, and how many films' worth of outcomes were met."""

    name: str
    film_s: float
    stage_s: float
    physics_s: float
    motion_s: float
    camera_s: float
    sound_s: float
    met: int
    goals: int

    @property
    def total_s(self) -> float:
        return self.stage_s + self.physics_s + self.motion_s + self.camera_s + self.sound_s


def main(arguments: list[str] | None = None) -> int:
    """Print what every film costs and write benchmarks/simulation.json."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of all these prompts")
    options = parser.parse_args(arguments)
    prompts = _prompts("prompts.yaml") | _prompts("acting.yaml") | HARDER
    chosen = {name: prompt for name, prompt in prompts.items() if not options.only or name in options.only}
    # What is read once for all films does not count against the first.
    for name in WARMS_UP:
        measured("warm-up", director.read(prompts[name])[0])
    costs = [measured(name, director.read(prompt)[0]) for name, prompt in chosen.items()]
    rooms = ("stage s", "physics s", "motion s", "camera s", "sound s")
    table = Table("film", *rooms, "together", "film s", "goals met")
    for cost in costs:
        spent = (cost.stage_s, cost.physics_s, cost.motion_s, cost.camera_s, cost.sound_s)
        parts = (*spent, cost.total_s, cost.film_s)
        table.add_row(cost.name, *(f"{part:.2f}" for part in parts), f"{cost.met} of {cost.goals}")
    Console(width=120).print(table)
    figures = {cost.name: at_most(cost.total_s, cost.film_s, "s") for cost in costs}
    for name, prompt in TWO.items():
        if not options.only or name in options.only:
            spent = moved(director.read(prompt)[0])
            figures[f"{name}: motion of two people, for {OF_FILM_S:g} s of film"] = at_most(spent, TWO_S, "s")
    write("simulation", figures)
    return 0


def _prompts(name: str) -> dict[str, str]:
    return {item["name"]: item["prompt"] for item in yaml.safe_load((EXAMPLES / name).read_text("utf-8"))}


def moved(screenplay: Screenplay) -> float:
    """Processor seconds of all motion of people for some seconds of film; the least of two times."""
    spent = []
    for _ in range(2):
        world = stage.build(screenplay)
        for figure in world.figures:
            garments_of(figure.person)
        start = time.process_time()
        rehearsal = motion.rehearse(world)
        rehearsed = time.process_time()
        take = physics.perform(world, rehearsal=rehearsal)
        answered = time.process_time()
        motion.perform(world, take)
        spent.append(time.process_time() - answered + rehearsed - start)
    return min(spent) * OF_FILM_S / screenplay.duration_s


def measured(name: str, screenplay: Screenplay) -> Cost:
    """Simulate and score one screenplay."""
    moments = [time.process_time()]

    def passed() -> float:
        moments.append(time.process_time())
        return moments[-1] - moments[-2]

    world = stage.build(screenplay)
    stage_s = passed()
    rehearsal = motion.rehearse(world)
    motion_s = passed()
    take = physics.perform(world, rehearsal=rehearsal)
    physics_s = passed()
    take = motion.perform(world, take)
    motion_s += passed()
    track = camera.plan(world, take)
    camera_s = passed()
    sound.score(world, take, track)
    met = sum(verdict.met for verdict in take.verdicts)
    return Cost(
        name,
        screenplay.duration_s,
        stage_s,
        physics_s,
        motion_s,
        camera_s,
        passed(),
        met,
        len(take.verdicts),
    )


if __name__ == "__main__":
    raise SystemExit(main())
