"""People: whether everyone builds, whose clothes fit, who can be confused, and what a character costs.

Run as `python -m bench.cast [--people N] [--poses N] [--each N] [--films N]`. Everyone in every pose
takes hours: `--each` lets each person take so many of the poses, others from person to person, so that
all poses are taken. What is measured is kept in `--keep`, and a run that was stopped goes on from there.
What hangs is measured by `bench.hanging`.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.figures import Figure, at_most, write
from lichtspiel import camera, director, motion, physics, stage
from lichtspiel.camera import CameraTrack
from lichtspiel.library import catalogue
from lichtspiel.library.people.clothes import fit
from lichtspiel.library.people.figures import figure_of
from lichtspiel.library.people.likeness import CONFUSABLE_M, distance_m, landmarks
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete, populate
from lichtspiel.picture import STANDARD
from lichtspiel.picture import film as films
from lichtspiel.picture.shoot import Shooter
from lichtspiel.screenplay import (
    Action,
    Beat,
    Character,
    Screenplay,
    Setting,
    Shot,
    ShotSize,
    Wear,
    Weather,
)
from lichtspiel.stage.world import World
from lichtspiel.take import Take

SHOWN_SHARE = 0.5
"""Most of the covered points, in %, that may show through."""
DEEPEST_MM = 5.0
COLD_S, CACHED_S, MEMORY_GIB = 8.0, 1.0, 6.0
CREW, CROWD = 12, 60
TWO = "A man and a woman stand in a living room and look at each other. The camera moves slowly towards them."
MOST_FOR_TWO = 1.6
"""Cost of a film with two people against the same without."""
_POSES_SEED = 5
_WITH_ALL_HAIR = 16
CROWD_HAIR = 0.1
FILM_CAST = ("man", "woman", "child", "grandmother", "detective", "football_player")
AGES = (1.0, 4.0, 8.0, 13.0, 19.0, 28.0, 38.0, 50.0, 63.0, 77.0, 90.0)


@dataclass(frozen=True)
class Dressed:
    """What was measured of somebody's clothes; covered and shown are numbers of points."""

    covered: int = 0
    shown: int = 0
    deepest_m: float = 0.0
    worst: str = ""
    error: str = ""
    flies: bool = False
    cold_s: float | None = None
    """None where not all of the hair was grown."""
    cached_s: float = 0.0


def sample(count: int) -> Iterator[Person]:
    """People of all ages in every garment in turn, the first `count` of them."""
    garments = [name for name, entry in catalogue.garments().items() if entry.kind != "underwear"]
    for index, garment in zip(range(count), itertools.cycle(garments), strict=False):
        age = AGES[index % len(AGES)]
        character = Character(
            id=f"sampled_{index}", role="person", age_years=age, wears=(Wear(garment=garment),)
        )
        yield complete(character, 1, 0, Weather.CLEAR)


@dataclass(frozen=True)
class Kept:
    """File of what was measured so far, a line each: people in their order, and under their names what a
    frame and a crowd cost."""

    path: Path

    def rows(self) -> list[dict[str, Any]]:
        return (
            [json.loads(line) for line in self.path.read_text("utf-8").splitlines()]
            if self.path.exists()
            else []
        )

    def people(self) -> list[Dressed]:
        return [Dressed(**row) for row in self.rows() if "cold_s" in row]

    def add(self, row: Mapping[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def once(self, name: str, measured: Callable[[], Sequence[float]]) -> list[float]:
        """What is kept under a name, or else is measured now."""
        for row in self.rows():
            if name in row:
                return list(row[name])
        found = list(measured())
        self.add({name: found})
        return found


def dress(people: int, poses: int, each: int, keep: Kept) -> list[Dressed]:
    """Build, dress and move a sample of people; those whose figures are kept already are not done again."""
    found = keep.people()[:people]
    # Bones have the same names in every body, and so do poses.
    rig = physique(next(sample(1))).rig
    everyones = list(fit.poses(rig, np.random.default_rng(_POSES_SEED), poses))
    for index, person in itertools.islice(enumerate(sample(people)), len(found), None):
        found.append(_dressed(person, index, everyones, each))
        keep.add(asdict(found[-1]))
    return found


def _dressed(person: Person, index: int, everyones: Sequence[np.ndarray], each: int) -> Dressed:
    # All of the hair takes longer than all of the clothes; some people tell what it costs.
    hair = 1.0 if index % _WITH_ALL_HAIR == 0 else CROWD_HAIR
    start = time.process_time()
    try:
        figure = figure_of(person, hair)
    except (ValueError, IndexError, KeyError, FloatingPointError) as error:
        return Dressed(error=f"{person.wears}: {error!r}")
    cold_s = time.process_time() - start
    start = time.process_time()
    figure_of(person, hair)
    cached_s = time.process_time() - start
    poses = len(everyones)
    # Seven has no factor in common with sixty: person after person goes through all of them.
    taken = [everyones[(7 * index + k * poses // each) % poses] for k in range(each)]
    measured = fit.measure(figure.garments, figure.physique, taken)
    return Dressed(
        measured.covered,
        measured.shown,
        measured.deepest_m,
        f"{measured.worst}, person {index}",
        "",
        not measured.farthest_m < figure.physique.height_m,
        cold_s if hair == 1.0 else None,
        cached_s,
    )


def likeness(films: int) -> tuple[float, float]:
    """Largest change of a character's landmarks between shots, and least distance of two people, mm."""
    changed, nearest = 0.0, np.inf
    for film in range(films):
        cast = [Character(id=role, role=role) for role in FILM_CAST]
        people = [one for group in populate(cast, film, Weather.CLEAR).values() for one in group]
        first = people[0]
        there = complete(cast[0], film, 0, Weather.RAIN, cold=True)
        if there.seed == first.seed:
            changed = max(changed, float(np.abs(landmarks(there) - landmarks(first)).max()))
        nearest = min(nearest, *(distance_m(a, b) for a, b in itertools.combinations(people, 2)))
    return 1e3 * changed, 1e3 * nearest


def company(frames: int) -> tuple[float, float]:
    """Processor seconds of a standard frame of a film without and with its two people.

    Both have the same camera, which moves: before one that stands still, a room without people is a
    single picture. What is without people is timed before and after, since a machine that does other work
    as well changes its pace.
    """
    screenplay, _ = director.read(TWO, 0, 4.0)
    world, take, track = _staged(screenplay)
    empty = replace(world, figures=()), replace(take, figures={})
    before = _frame_s(*empty, track, frames)
    among = _frame_s(world, take, track, frames)
    return (before + _frame_s(*empty, track, frames)) / 2, among


def _staged(screenplay: Screenplay) -> tuple[World, Take, CameraTrack]:
    world = stage.build(screenplay)
    take = motion.perform(world, physics.perform(world, rehearsal=motion.rehearse(world)))
    return world, take, camera.plan(world, take)


def _frame_s(world: World, take: Take, track: CameraTrack, frames: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        film = films.build(world, take, track, STANDARD)
        shooter = Shooter(film, STANDARD, Path(folder), Path(folder))
        middle = film.frame_count // 2
        shooter.picture(middle)  # and the frame after it, which the next one needs
        start = time.process_time()
        for frame in range(middle + 1, middle + 1 + frames):
            shooter.picture(frame)
        return (time.process_time() - start) / frames


def memory_gib() -> float:
    """Peak of this process with a film of twelve people and a crowd of sixty, a frame of it rendered, GiB."""
    setting, shots = Setting(place="train_platform"), (Shot(size=ShotSize.WIDE),)
    cast = (
        Character(id="crew", role="person", count=CREW),
        Character(id="crowd", role="person", count=CROWD),
    )
    beats = tuple(Beat(subject=one.id, action=Action.STAND) for one in cast)
    screenplay = Screenplay(
        title="Crowd", duration_s=0.5, setting=setting, cast=cast, beats=beats, shots=shots
    )
    world, take, track = _staged(screenplay)
    if len(world.figures) != CREW + CROWD:
        raise RuntimeError(f"{len(world.figures)} people came")
    with tempfile.TemporaryDirectory() as folder:
        film = films.build(world, take, track, STANDARD)
        Shooter(film, STANDARD, Path(folder), Path(folder)).whole(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    """Measure, print, write benchmarks/cast.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--poses", type=int, default=60)
    parser.add_argument("--each", type=int, help="poses of each person; all where this is left out")
    parser.add_argument("--films", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="file of what was measured so far, to go on from")
    parser.add_argument("--frames", type=int, default=2, help="frames filmed with and without two people")
    parser.add_argument("--no-crowd", action="store_true", help="leave the memory of a crowd out")
    asked = parser.parse_args()
    each = asked.each or asked.poses
    keep = Kept(asked.keep or Path(tempfile.mkdtemp()) / "cast.jsonl")
    dressed = dress(asked.people, asked.poses, each, keep)
    failed = [one.error for one in dressed if one.error]
    print(*failed, sep="\n", file=sys.stderr)
    worst = max(dressed, key=lambda one: one.deepest_m)
    share = sum(one.shown for one in dressed) / max(sum(one.covered for one in dressed), 1)
    cold_s = float(np.median([one.cold_s for one in dressed if one.cold_s is not None]))
    changed, nearest = likeness(asked.films)
    figures = {
        f"of {asked.people} people, not built": at_most(len(failed), 0, ""),
        f"of {asked.people} people, with a flying vertex": at_most(sum(o.flies for o in dressed), 0, ""),
        f"points that show through, each in {each} of {asked.poses} poses": at_most(
            100 * share, SHOWN_SHARE, "%"
        ),
        f"deepest ({worst.worst})": at_most(1e3 * worst.deepest_m, DEEPEST_MM, "mm"),
        "people with something deeper than that": at_most(
            sum(1e3 * one.deepest_m > DEEPEST_MM for one in dressed), 0, ""
        ),
        "change of a face between shots": at_most(changed, 0, "mm"),
        f"nearest two people of {asked.films} films": Figure(
            nearest, f"≥ {1e3 * CONFUSABLE_M:g}", "mm", nearest >= 1e3 * CONFUSABLE_M
        ),
        "a character, cold (median)": at_most(cold_s, COLD_S, "CPU s"),
        "a character, cached (worst)": at_most(max(one.cached_s for one in dressed), CACHED_S, "CPU s"),
    }
    if asked.frames:
        without, among = keep.once(f"company, {asked.frames} frames", lambda: company(asked.frames))
        figures[f"a standard frame without people, of {asked.frames}"] = Figure(without, "", "CPU s", True)
        figures["the same with two people, times as much"] = at_most(among / without, MOST_FOR_TWO, "")
    if not asked.no_crowd:
        (crowd_gib,) = keep.once("crowd", lambda: (memory_gib(),))
        figures["memory, 12 people and a crowd of 60"] = at_most(crowd_gib, MEMORY_GIB, "GiB")
    write("cast", figures)


if __name__ == "__main__":
    main()
