"""People: whether everyone builds, whose clothes fit, who can be confused, and what a character costs.

Run as `python -m bench.cast [--people N] [--poses N] [--films N]`; the whole measurement takes over an
hour, since every person is dressed and moved through every pose.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.figures import Figure, at_most, write
from lichtspiel.library import catalogue
from lichtspiel.library.people.clothes import fit
from lichtspiel.library.people.figures import figure_of
from lichtspiel.library.people.likeness import CONFUSABLE_M, distance_m, landmarks
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import physique
from lichtspiel.library.people.population import complete, populate
from lichtspiel.library.people.rig import bones_posed, skinned
from lichtspiel.screenplay import Character, Wear, Weather

SHOWN_SHARE = 0.5
"""Most of the covered points, in %, that may show through."""
DEEPEST_MM = 5.0
COLD_S, CACHED_S, MEMORY_GIB = 8.0, 1.0, 6.0
CREW, CROWD = 12, 60
CROWD_HAIR = 0.1
FILM_CAST = ("man", "woman", "child", "grandmother", "detective", "football_player")
AGES = (1.0, 4.0, 8.0, 13.0, 19.0, 28.0, 38.0, 50.0, 63.0, 77.0, 90.0)


@dataclass
class Dressed:
    """What was measured of everyone's clothes."""

    share: float = 0.0
    deepest_m: float = 0.0
    worst: str = ""
    failed: int = 0
    flown: int = 0
    cold_s: float = 0.0
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


def dress(people: int, poses: int) -> Dressed:
    """Build, dress and move a sample of people."""
    found = Dressed()
    shares, times, again = [], [], []
    for index, person in enumerate(sample(people)):
        start = time.perf_counter()
        try:
            figure = figure_of(person)
        except (ValueError, IndexError, KeyError, FloatingPointError) as error:
            print(f"{person.wears}: {error!r}", file=sys.stderr)
            found.failed += 1
            continue
        times.append(time.perf_counter() - start)
        start = time.perf_counter()
        figure_of(person)
        again.append(time.perf_counter() - start)
        body = figure.physique
        taken = list(fit.poses(body.rig, np.random.default_rng(index), poses))
        measured = fit.measure(figure.garments, body, taken)
        shares.append(measured.share)
        if measured.deepest_m > found.deepest_m:
            found.deepest_m, found.worst = measured.deepest_m, measured.worst
        found.flown += _flies(person, taken)
    found.share = float(np.mean(shares))
    found.cold_s, found.cached_s = float(np.median(times)), float(np.max(again))
    return found


def _flies(person: Person, poses: Sequence[np.ndarray]) -> bool:
    """Whether a vertex of the body leaves the reach of its limbs in a pose."""
    body = physique(person)
    for pose in poses:
        heads, turns = bones_posed(body.rig, np.zeros(3), pose)
        moved = skinned(body.rig, body.skin, body.vertices, heads, turns)
        middle = moved.mean(0)
        if not np.isfinite(moved).all() or np.linalg.norm(moved - middle, axis=1).max() > body.height_m:
            return True
    return False


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


def memory_gib() -> float:
    """Peak of this process with twelve people and a crowd of sixty, GiB."""
    crew = Character(id="crew", role="person", count=CREW)
    crowd = Character(id="crowd", role="person", count=CROWD)
    people = populate([crew, crowd], 1, Weather.CLEAR)
    kept = [figure_of(person) for person in people["crew"]]
    kept += [figure_of(person, CROWD_HAIR) for person in people["crowd"]]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return peak if kept else 0.0


def main() -> None:
    """Measure, print, write benchmarks/cast.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--poses", type=int, default=60)
    parser.add_argument("--films", type=int, default=40)
    parser.add_argument("--no-crowd", action="store_true", help="leave the memory of a crowd out")
    asked = parser.parse_args()
    dressed = dress(asked.people, asked.poses)
    changed, nearest = likeness(asked.films)
    figures = {
        f"of {asked.people} people, not built": at_most(dressed.failed, 0, ""),
        f"of {asked.people} people, with a flying vertex": at_most(dressed.flown, 0, ""),
        f"points that show through, {asked.poses} poses": at_most(100 * dressed.share, SHOWN_SHARE, "%"),
        f"deepest ({dressed.worst})": at_most(1e3 * dressed.deepest_m, DEEPEST_MM, "mm"),
        "change of a face between shots": at_most(changed, 0, "mm"),
        f"nearest two people of {asked.films} films": Figure(
            nearest, f"≥ {1e3 * CONFUSABLE_M:g}", "mm", nearest >= 1e3 * CONFUSABLE_M
        ),
        "a character, cold (median)": at_most(dressed.cold_s, COLD_S, "s"),
        "a character, cached (worst)": at_most(dressed.cached_s, CACHED_S, "s"),
    }
    if not asked.no_crowd:
        figures["memory, 12 people and a crowd of 60"] = at_most(memory_gib(), MEMORY_GIB, "GiB")
    write("cast", figures)


if __name__ == "__main__":
    main()
