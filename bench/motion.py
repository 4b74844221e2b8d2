"""Motions over all bodies: feet, ground, joints, flights, balance, pops. Run as `python -m bench.motion`.

Clothes are measured in one pose of every motion on every body; in more poses by `python -m bench.cast`,
those that hang by `python -m bench.hanging`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.figures import Figure, at_most, write
from bench.figures import between as within
from bench.worn import worn
from lichtspiel.library import catalogue
from lichtspiel.library.asset import Array
from lichtspiel.library.motion import WalkEntry
from lichtspiel.library.people.person import Person
from lichtspiel.library.people.physique import Physique, physique
from lichtspiel.library.people.rig import rotate
from lichtspiel.library.people.segments import segments
from lichtspiel.motion import gait
from lichtspiel.motion.acting import Flying
from lichtspiel.motion.actor import actor
from lichtspiel.motion.anatomy import anatomy
from lichtspiel.motion.course import cuts
from lichtspiel.motion.gaits import STRIDES
from lichtspiel.motion.rehearse import kinematic, rehearsed
from lichtspiel.motion.strides import speed_m_s, stride_m
from lichtspiel.motion.strip import demonstration
from lichtspiel.motion.walk import RATE_HZ
from lichtspiel.screenplay import Action, Sex
from lichtspiel.stage.world import Direction
from lichtspiel.take import Performance
from tests.motion.measures import Measures, between, measure, spins_up, unsupported
from tests.motion.people import bones, everybody, performed, person

_FALLS = "collapse"
_GRAVITY = 9.81


def main() -> int:
    """Measure and write `benchmarks/motion.json`."""
    parser = argparse.ArgumentParser(prog="python -m bench.motion", description=__doc__)
    parser.add_argument("--each", type=int, default=10, help="bodies that each motion is tried on, in turn")
    parser.add_argument("--motions", nargs="*")
    parser.add_argument("--worst", action="store_true", help="print the worst motions of each measure")
    options = parser.parse_args()
    people = list(cast().values())
    names = options.motions or [n for n, m in catalogue.motions().items() if m.kind != _FALLS]
    found: dict[str, list[Measures]] = defaultdict(list)
    parabola: dict[str, float] = defaultdict(float)
    spun: dict[str, float] = defaultdict(float)
    beside: dict[str, list[Array]] = defaultdict(list)
    met: dict[str, list[Array]] = defaultdict(list)
    poses: list[tuple[str, Array]] = []
    frames, seconds = 0, 0.0
    for number, name in enumerate(names):
        print(f"{number + 1} of {len(names)}: {name}", file=sys.stderr)
        for turn in range(options.each):
            who = people[(3 * number + turn) % len(people)]
            world, _, until = demonstration(name, None, "stand", who)
            start = time.process_time()
            parts = rehearsed(world)
            performances = {
                part: Performance(RATE_HZ, *kinematic(world, of), cuts=cuts(of.figure, world.timeline))
                for part, of in parts.items()
            }
            seconds += time.process_time() - start
            frames += len(performances) * int((until + 0.2) * 48)
            figure = world.figures[0]
            measured = measure(figure.physique, performances[figure.name])
            found[name].append(replace(measured, **_carried(name, measured)))
            played = performances[figure.name].pose
            rng = np.random.default_rng([number, turn])
            poses.append((name, played[int(rng.integers(len(played) // 4, len(played)))]))
            if _on_own_feet(name):
                beside[name].append(unsupported(figure.physique, performances[figure.name]))
            if len(world.figures) > 1:
                pair = [(f.physique, performances[f.name]) for f in world.figures[:2]]
                met[name].append(np.asarray(np.max(list(between(*pair).values()), axis=0)))
            for part in parts.values():
                for first, last in _in_air(performances[part.figure.name], part.course.flights):
                    whole = part.figure.physique, performances[part.figure.name], first, last
                    parabola[name] = max(parabola[name], _off_parabola(*whole))
                    spun[name] = max(spun[name], spins_up(*whole))
    if options.worst:
        _show(found)
        _show_flights(parabola, spun)
        _show_stands(beside, met)
    figures = _figures(found, parabola, spun, beside) | _gait_figures()
    if met:
        figures["two people in each other, 99th percentile"] = at_most(
            100 * float(np.percentile(np.concatenate([deep for each in met.values() for deep in each]), 99)),
            2.0,
            "cm",
        )
    figures |= worn(poses)
    figures["seconds of a core for a second of a figure"] = at_most(seconds / (frames / 48), 0.5, "s")
    if not options.motions:
        write("motion", figures)
    else:
        for key, figure_ in figures.items():
            print(key, figure_)
    return int(not all(figure_.ok for figure_ in figures.values()))


def _carried(name: str, measured: Measures) -> dict[str, Array]:
    """What does not count: feet of those whom something carries, and what is under water."""
    score, home = catalogue.scores()[name], catalogue.motions()[name].home
    none = np.zeros_like(measured.slide_m)
    # There is no ground to slide on at sea.
    found = {"slide_m": none} if score.gait == "glide" or home == "sea" else {}
    return found | ({"sunk_m": none} if home == "sea" else {})


def cast() -> dict[str, Person]:
    """Ten bodies from a toddler to old age."""
    return everybody() | {
        "woman": person(Sex.FEMALE, 32, 1.68, seed=9),
        "tall_woman": person(Sex.FEMALE, 22, 1.86, -0.4, seed=10),
        "boy": person(Sex.MALE, 12, 1.5, seed=11),
    }


def _on_own_feet(name: str) -> bool:
    """Whether a motion is done standing, holding on to nothing."""
    entry, score = catalogue.motions()[name], catalogue.scores()[name]
    standing = entry.kind in ("gesture", "posture", "deed") and score.base == "stand" and not score.rests
    return standing and entry.on is None and not score.travels and not score.leans


def _in_air(performance: Performance, flights: list[Flying]) -> list[tuple[int, int]]:
    """First and last samples of flights of some length that are within a performance."""
    spans = [(round(flight.start_s * 48), round(flight.end_s * 48)) for flight in flights]
    return [(first, last) for first, last in spans if last - first >= 4 and last < len(performance.root)]


def _off_parabola(body: Physique, performance: Performance, first: int, last: int) -> float:
    """Largest distance of the centre of mass from its parabola, metres."""
    there = slice(first, last + 1)
    centre = segments(body).centre_of_mass(performance.root[there], performance.pose[there])
    times = np.arange(len(centre)) / 48
    basis = np.stack([np.ones_like(times), times], 1)
    rest = centre + 0.5 * _GRAVITY * times[:, None] ** 2 * [0, 0, 1]
    fitted = basis @ np.linalg.lstsq(basis, rest, rcond=None)[0]
    return float(np.linalg.norm(rest - fitted, axis=1).max())


def _figures(
    found: dict[str, list[Measures]],
    parabola: dict[str, float],
    spun: dict[str, float],
    beside: dict[str, list[Array]],
) -> dict[str, Figure]:
    every = [measures for several in found.values() for measures in several]

    def worst(name: str) -> float:
        return float(np.percentile(np.concatenate([getattr(m, name) for m in every]), 99))

    share = float(100 * np.concatenate([m.in_bounds() for m in every]).mean())
    return {
        "motions with a movement": Figure(len(found), "≥ 120", "", len(found) >= 120),
        "frames within bounds": Figure(share, "≥ 99 %", "%", share >= 99),
        "foot slide, 99th percentile": at_most(100 * worst("slide_m"), 1.0, "cm"),
        "ground penetration, 99th percentile": at_most(100 * worst("sunk_m"), 1.0, "cm"),
        "self-penetration, 99th percentile": at_most(100 * worst("inside_m"), 3.0, "cm"),
        "beyond joint limits, 99th percentile": at_most(worst("beyond_deg"), 5.0, "°"),
        "change of speed in a frame, 99th percentile": at_most(worst("jerked"), 2.5, "m/s"),
        "off the parabola in flight": at_most(1000 * max(parabola.values(), default=0.0), 5.0, "mm"),
        "spin that comes from nothing in flight": at_most(max(spun.values(), default=0.0), 0.5, "rad/s"),
        "centre of mass beside the feet of who stands still, 99th percentile": at_most(
            100 * float(np.percentile(np.concatenate(sum(beside.values(), [np.zeros(1)])), 99)), 2.0, "cm"
        ),
    }


def _gait_figures() -> dict[str, Figure]:
    """Joint angles of the walk against Schwartz et al. (2008), and cadence by height."""
    figures = {}
    for speed, label in ((0.7, "slow"), (1.0, "natural"), (1.35, "fast")):
        for joint, error in gait_errors(speed, catalogue.walks()[label]).items():
            figures[f"{joint} of a {label} walk, share within one standard deviation"] = Figure(
                100 * error, "≥ 90 %", "%", error >= 0.9
            )
    for height, low, high in ((1.55, 1.8, 2.2), (1.9, 1.55, 1.95)):
        who = actor(p := person(Sex.MALE, 30, height), physique(p))
        steps = 2 * gait.gait(who.person, who.body, who.manner, 1.0).cycles_hz
        figures[f"steps in a second at {height} m"] = within(steps, low, high, "1/s")
    # Preferred cadence falls with size (Schepens, Willems and Cavagna, The mechanics of running in children,
    # J. Physiology 509, 1998): 4 steps in a second at two years, 2.5 to 2.9 of those who are grown up.
    for years, height, low, high in (
        (2, 0.87, 3.6, 4.4),
        (8, 1.28, 2.9, 3.5),
        (30, 1.6, 2.6, 3.0),
        (30, 1.9, 2.4, 2.8),
    ):
        who = actor(p := person(Sex.MALE, years, height), physique(p))
        steps = 2 * speed_m_s(who, STRIDES["run"], 1.0) / stride_m(who, STRIDES["run"], 1.0)
        figures[f"steps in a second of a run at {height} m"] = within(steps, low, high, "1/s")
    return figures


def gait_errors(speed: float, norm: WalkEntry) -> dict[str, float]:
    """Share of the cycle in which thigh, knee and ankle are within one standard deviation of a norm, in the
    mean of several strides."""
    who = person(Sex.MALE, 30, 1.78, seed=2)
    ahead = Direction(Action.WALK, 0.0, path=((0.0, -12.0, 0.0),), speed=speed)
    performance, take = performed(who, ahead, seconds=6.0)
    heads, turned = bones(physique(who), performance)
    left = np.array([f.time_s for f in take.footfalls if f.foot == "l"])[1:-1]
    phase = np.arange(len(norm.thigh)) / len(norm.thigh)
    clock = np.arange(len(performance.root)) / performance.rate_hz

    def at(values: Array) -> Array:
        """Angles (N,) of directions (T, 3) ahead of straight down, degrees."""
        angles = np.degrees(np.arctan2(-values[:, 1], -values[:, 2]))
        moments = left[:-1, None] + phase * np.diff(left)[:, None]
        return np.asarray(np.interp(moments, clock, angles).mean(0))

    thigh = at(heads["lowerleg01.L"] - heads["upperleg01.L"])
    shank = at(heads["foot.L"] - heads["lowerleg01.L"])
    shape = anatomy(physique(who))
    sole = shape.foot_neutral[0].T @ (shape.ball[0] - shape.heel[0])
    foot = at(rotate(turned["foot.L"], np.broadcast_to(sole, (len(clock), 3))))
    found = {"thigh": thigh, "knee": thigh - shank, "ankle": foot - shank - 90.0}
    return {
        joint: float((np.abs(angles - getattr(norm, joint)) < getattr(norm, f"{joint}_sd")).mean())
        for joint, angles in found.items()
    }


def _show(found: dict[str, list[Measures]]) -> None:
    for name in ("slide_m", "sunk_m", "inside_m", "beyond_deg", "jerked"):
        worst = sorted(
            ((max(float(getattr(m, name).max()) for m in several), key) for key, several in found.items()),
            reverse=True,
        )
        print(name, [(key, round(value, 3)) for value, key in worst[:25]])
    shares = sorted((float(np.concatenate([m.in_bounds() for m in s]).mean()), k) for k, s in found.items())
    print("in bounds", [(key, round(share, 2)) for share, key in shares[:45]])


def _show_flights(parabola: dict[str, float], spun: dict[str, float]) -> None:
    for title, values in (("parabola", parabola), ("spun", spun)):
        print(title, sorted(((round(v, 4), k) for k, v in values.items()), reverse=True)[:12])


def _show_stands(beside: dict[str, list[Array]], met: dict[str, list[Array]]) -> None:
    for title, of in (("beside", beside), ("in each other", met)):
        deepest = {name: max(float(values.max()) for values in each) for name, each in of.items()}
        print(title, sorted(((round(v, 3), k) for k, v in deepest.items()), reverse=True)[:30])


if __name__ == "__main__":
    raise SystemExit(main())
